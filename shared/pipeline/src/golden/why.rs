//! Why a contact point may be used or not: the statements that bind it, and what each of them does to the answer.

use super::publication::Publication;
use crate::udf::{contact_key, integers, key_hash, strings};
use crate::udf_consent::VOID;
use crate::{PipelineError, Result, Run};
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::Float64Type;
use consent::{Effect, Statement, Status, effects, may_contact, parse_purpose};
use datafusion::common::ScalarValue;
use lake::Session;
use records::email::Email;
use records::phone::Phone;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

const DENIED: &str = "denied";
/// When a grant ends that never counted here, or counts no more.
const ENDED: i64 = 0;

/// What somebody can be reached by.
// No `Debug`: it is a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Contact {
    /// email, phone; address stands for all addresses of a customer, whose id is the value
    pub channel: &'static str,
    /// Lower-case e-mail, E.164, customer_id.
    pub value: String,
    pub key: i64,
}

/// An answer. Times are RFC 3339, UTC.
// No `Debug`: it is a person.
#[derive(Serialize)]
pub struct Why {
    pub contact_channel: &'static str,
    pub contact: String,
    pub as_of: String,
    pub publication_id: String,
    /// Who has it today.
    pub customers: BTreeSet<String>,
    pub decisions: Vec<Decided>,
}

/// What holds for one purpose and channel.
#[derive(Serialize)]
pub struct Decided {
    pub purpose: String,
    pub channel: String,
    /// As of the time that was asked for.
    pub permission: &'static str,
    /// As the last publication has it, where that is something else.
    pub published: Option<String>,
    /// Denied, whatever was stated of it: whoever must not be sold is not handed to ad platforms.
    pub is_unsold: bool,
    pub statements: Vec<Said>,
}

/// A statement, and what it does.
#[derive(Serialize)]
pub struct Said {
    pub effect: &'static str,
    pub bound_by: String,
    pub probability: Option<f64>,
    pub source_system: String,
    /// As it counts here, and as its source stated it.
    pub status: String,
    pub stated_status: String,
    pub unmet: Option<String>,
    pub stated_at: Option<String>,
    pub expires_at: Option<String>,
    /// The record that it names: `person 1001`.
    pub record: Option<String>,
    pub evidence: Option<String>,
    pub legal_basis: Option<String>,
    pub jurisdiction: Option<String>,
    pub source_file: String,
    pub source_row: i64,
    #[serde(skip)]
    subject: String,
    #[serde(skip)]
    times: (Option<i64>, Option<i64>),
    #[serde(skip)]
    is_front_desk: bool,
}

impl Why {
    /// Keeps what is said of one purpose, as people write it, and of one channel.
    pub fn only(&mut self, purpose: Option<&str>, channel: Option<&str>) {
        let purpose = purpose.map(parse_purpose);
        self.decisions.retain(|one| {
            purpose.as_ref().is_none_or(|wanted| *wanted == one.purpose)
                && channel.is_none_or(|wanted| wanted == one.channel)
        });
    }
}

impl Contact {
    /// An e-mail address or a phone number, as people write them; `None` for anything else, such as a record SOURCE:ID.
    pub fn parse(run: &Run, text: &str) -> Option<Contact> {
        let plain = text.trim();
        let plain = plain
            .strip_prefix("tel:")
            .or(plain.strip_prefix("mailto:"))
            .unwrap_or(plain);
        if plain.contains(':') {
            return None;
        }
        let of = |channel, value: &str| Contact {
            channel,
            key: contact_key(channel, value),
            value: value.to_owned(),
        };
        match Email::parse(plain) {
            Ok(email) => Some(of("email", email.as_str())),
            // Digits of an id are no number that anybody could call.
            Err(_) if plain.contains(char::is_alphabetic) => None,
            Err(_) => Phone::parse(plain, run.project.country)
                .ok()
                .map(|phone| of("phone", phone.e164())),
        }
    }

    /// All addresses of a customer.
    pub fn post(customer_id: &str) -> Contact {
        Contact {
            channel: "address",
            value: customer_id.to_owned(),
            key: key_hash(customer_id),
        }
    }
}

/// What the last publication knows of a contact point, decided as of the run's time.
///
/// Errors: `Invalid` where nothing is published yet.
pub async fn why(run: &Run, contact: &Contact) -> Result<Why> {
    let (session, _) = run.session(&[]).await?;
    let Some(publication) = Publication::last(run, &session).await? else {
        return Err(PipelineError::Invalid(
            "nothing is published yet; `c360 run` publishes".into(),
        ));
    };
    for table in [
        "gold.consent_statements",
        "gold.customer_consents",
        "gold.customer_contact_points",
        "gold.dim_customer",
    ] {
        publication.register(run, &session, table, table).await?;
    }
    let mut customers = BTreeSet::new();
    let mut published: BTreeMap<(String, String), String> = BTreeMap::new();
    for batch in rows(run, &session, "consent/holders", contact.key).await? {
        let column = |name| strings(&batch, name);
        let (ids, purposes) = (column("customer_id")?, column("purpose")?);
        let (channels, permissions) = (column("channel")?, column("permission")?);
        for row in 0..batch.num_rows() {
            if !ids.is_null(row) {
                customers.insert(ids.value(row).to_owned());
            }
            if !purposes.is_null(row) {
                let of = (
                    purposes.value(row).to_owned(),
                    channels.value(row).to_owned(),
                );
                published.insert(of, permissions.value(row).to_owned());
            }
        }
    }
    let mut said: BTreeMap<(String, String), Vec<Said>> = BTreeMap::new();
    for batch in rows(run, &session, "consent/statements", contact.key).await? {
        let (purposes, channels) = (strings(&batch, "purpose")?, strings(&batch, "channel")?);
        for row in 0..batch.num_rows() {
            let of = (
                purposes.value(row).to_owned(),
                channels.value(row).to_owned(),
            );
            said.entry(of).or_default().push(read(&batch, row)?);
        }
    }
    for of in published.keys() {
        said.entry(of.clone()).or_default();
    }
    let decided = |((purpose, channel), statements): ((String, String), Vec<Said>)| {
        let known = published.get(&(purpose.clone(), channel.clone()));
        decide(run.as_of, purpose, channel, statements, known)
    };
    let mut decisions: Vec<Decided> = said.into_iter().map(decided).collect();
    let is_denied =
        |one: &Decided| (&*one.purpose, &*one.channel, one.permission) == ("sale", "ads", DENIED);
    if decisions.iter().any(is_denied) {
        for one in decisions
            .iter_mut()
            .filter(|one| one.channel == "ads" && one.purpose != "sale")
        {
            (one.permission, one.is_unsold) = (DENIED, true);
        }
    }
    for one in &mut decisions {
        one.published = one.published.take().filter(|known| known != one.permission);
    }
    Ok(Why {
        contact_channel: contact.channel,
        contact: contact.value.clone(),
        as_of: shown(run.as_of),
        publication_id: publication.publication_id,
        customers,
        decisions,
    })
}

async fn rows(run: &Run, session: &Session, file: &str, key: i64) -> Result<Vec<RecordBatch>> {
    let parameters = HashMap::from([("contact_key".to_owned(), ScalarValue::Int64(Some(key)))]);
    let frame = run.frame_with(session, file, parameters).await?;
    run.collect(frame, "reading statements").await
}

fn read(batch: &RecordBatch, row: usize) -> Result<Said> {
    let text = |name: &str| -> Result<Option<String>> {
        let column = strings(batch, name)?;
        Ok((!column.is_null(row)).then(|| column.value(row).to_owned()))
    };
    let number = |name: &str| -> Result<Option<i64>> {
        let column = integers(batch, name)?;
        Ok((!column.is_null(row)).then(|| column.value(row)))
    };
    let probability = batch
        .column_by_name("probability")
        .and_then(|column| column.as_primitive_opt::<Float64Type>())
        .and_then(|column| (!column.is_null(row)).then(|| column.value(row)));
    let is_front_desk = batch
        .column_by_name("is_front_desk")
        .and_then(|column| column.as_boolean_opt())
        .is_some_and(|column| column.value(row));
    let times = (number("stated_at")?, number("expires_at")?);
    let record = text("owner_entity")?.zip(text("owner_record_id")?);
    Ok(Said {
        effect: "",
        bound_by: text("bound_by")?.unwrap_or_default(),
        probability,
        source_system: text("source_system")?.unwrap_or_default(),
        status: text("status")?.unwrap_or_default(),
        stated_status: text("stated_status")?.unwrap_or_default(),
        unmet: text("unmet")?,
        stated_at: times.0.map(shown),
        // 1970 only says that it grants nothing here
        expires_at: times.1.filter(|at| *at > 0).map(shown),
        record: record.map(|(entity, id)| format!("{entity} {id}")),
        evidence: text("evidence")?,
        legal_basis: text("legal_basis")?,
        jurisdiction: text("jurisdiction")?,
        source_file: text("source_file")?.unwrap_or_default(),
        source_row: number("source_row")?.unwrap_or_default(),
        subject: text("subject")?.unwrap_or_default(),
        times,
        is_front_desk,
    })
}

fn decide(
    as_of: i64,
    purpose: String,
    channel: String,
    mut said: Vec<Said>,
    published: Option<&String>,
) -> Decided {
    let permission = {
        let (counted, void): (Vec<&mut Said>, Vec<&mut Said>) =
            said.iter_mut().partition(|one| one.status != VOID);
        let statements: Vec<Statement<'_>> = counted
            .iter()
            .map(|one| Statement {
                source: &one.source_system,
                subject: &one.subject,
                status: Status::parse(&one.status),
                stated_at: one.times.0,
                expires_at: one.times.1,
                is_front_desk: one.is_front_desk,
            })
            .collect();
        let permission = may_contact(&statements, as_of).name();
        let effects = effects(&statements, as_of);
        for (one, effect) in counted.into_iter().zip(effects) {
            one.effect = match (effect, one.times.1, one.bound_by.as_str()) {
                (Effect::Expired, Some(ENDED), "contact_point") => "its source states it no more",
                (Effect::Expired, Some(ENDED), _) => "grants nothing here",
                (effect, ..) => effect.name(),
            };
        }
        for one in void {
            one.effect = "does not meet the terms";
        }
        permission
    };
    Decided {
        purpose,
        channel,
        permission,
        published: published.cloned(),
        is_unsold: false,
        statements: said,
    }
}

fn shown(micros: i64) -> String {
    chrono::DateTime::from_timestamp_micros(micros).map_or_else(
        || micros.to_string(),
        |time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
    )
}
