//! `c360 consent`: why a contact point may be used or not, and requests at the front desk.

use crate::args::{ConsentCommand, Party, RequestArgs, WhyArgs, parse_record};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table, section};
use crate::steward::is_known;
use pipeline::Run;
use pipeline::golden::{Contact, Decided, Said, Why, why};
use pipeline::standardize::{Request, request};

/// Letters of a statement's evidence in a table, and of a request's at most.
const EVIDENCE_SHOWN: usize = 60;
const MOST_EVIDENCE: usize = 4_000;

pub async fn run(context: &Context, command: ConsentCommand) -> Result<()> {
    let run = context.open()?;
    match command {
        ConsentCommand::Why(args) => explain(&run, args).await,
        ConsentCommand::Set(args) => set(&run, args).await,
    }
}

async fn explain(run: &Run, args: WhyArgs) -> Result<()> {
    let contact = match Contact::parse(run, &args.contact) {
        Some(contact) => contact,
        None => Contact::post(&args.contact),
    };
    let mut answer = why(run, &contact).await?;
    if contact.channel == "address" && answer.customers.is_empty() {
        return Err(Error::Refused(
            "that is no e-mail address, no phone number (write it with its country: +14155552671), and no customer_id of today".into(),
        ));
    }
    let of_all = answer.decisions.len();
    answer.only(args.purpose.as_deref(), args.channel.as_deref());
    format::print(&match args.json {
        true => format!(
            "{}\n",
            serde_json::to_string(&answer).map_err(Error::write("the answer"))?
        ),
        false => in_words(&answer, of_all),
    })
}

/// `of_all`: decisions there are, of any purpose and channel.
fn in_words(answer: &Why, of_all: usize) -> String {
    let ids: Vec<&str> = answer.customers.iter().map(String::as_str).collect();
    let mut text = match (answer.contact_channel, ids.as_slice()) {
        ("address", _) => format!("Post to customer {}.\n", answer.contact),
        (_, []) => format!("{}: no customer of today has it.\n", answer.contact),
        (_, ids) => format!("{}: of {}.\n", answer.contact, ids.join(", ")),
    };
    if answer.decisions.is_empty() {
        text.push_str(match of_all {
            0 => "Nothing was stated of it: that is unknown, and unknown is not consent.\n",
            _ => "Nothing was stated of it for this purpose and channel: that is unknown, and unknown is not consent.\n",
        });
    }
    for decided in &answer.decisions {
        text.push_str(&section(&title(decided), &table(&decided.statements)));
    }
    text.push_str(&format!(
        "\nAs of {}, by what publication {} has.\n",
        answer.as_of, answer.publication_id
    ));
    text
}

fn title(decided: &Decided) -> String {
    let published = match &decided.published {
        Some(published) => format!(" (published: {published})"),
        None => String::new(),
    };
    let unsold = match decided.is_unsold {
        true => ", as it must not be sold or shared",
        false => "",
    };
    format!(
        "{} by {}: {}{unsold}{published}",
        decided.purpose, decided.channel, decided.permission
    )
}

fn table(statements: &[Said]) -> Table {
    let mut table = Table::new("lllllll").head([
        "effect",
        "source",
        "said",
        "at",
        "binds it by",
        "evidence",
        "from",
    ]);
    for said in statements {
        let status = match &said.unmet {
            Some(unmet) => format!("{} (unmet: {unmet})", said.stated_status),
            None => said.stated_status.clone(),
        };
        let until = said
            .expires_at
            .as_ref()
            .map_or(String::new(), |at| format!(" until {at}"));
        let binds = match (said.bound_by.as_str(), said.probability, &said.record) {
            ("possible_match", Some(probability), Some(record)) => {
                format!("may be {record} ({probability:.2})")
            }
            ("former_record", _, Some(record)) => format!("{record}, gone"),
            ("former_contact_point", _, Some(record)) => format!("once of {record}"),
            ("record", _, Some(record)) => record.clone(),
            ("contact_point", _, _) => "it is named".into(),
            ("holder", _, _) => "another contact point of its customer".into(),
            (other, _, _) => other.to_owned(),
        };
        table.line([
            said.effect.to_owned(),
            said.source_system.clone(),
            format!("{status}{until}"),
            said.stated_at.clone().unwrap_or_default(),
            binds,
            short(said.evidence.as_deref().unwrap_or_default()),
            format!("{}, row {}", said.source_file, said.source_row),
        ]);
    }
    table
}

/// What fits beside the rest; `--json` has all of it.
fn short(text: &str) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(EVIDENCE_SHOWN).collect();
    match letters.next() {
        Some(_) => format!("{start}…"),
        None => start,
    }
}

async fn set(run: &Run, args: RequestArgs) -> Result<()> {
    for (what, text) in [("--by", &args.by), ("--evidence", &args.evidence)] {
        if text.trim().is_empty() {
            return Err(Error::Refused(format!(
                "{what} is empty; a request says who took it, and how it was made"
            )));
        }
    }
    let is_named = args
        .purpose
        .as_ref()
        .is_some_and(|purpose| !["", "all"].contains(&purpose.trim()));
    if args.status.is_grant() && (!is_named || args.channel.is_none()) {
        return Err(Error::Refused(
            "a grant names what it grants: give --purpose and --channel (a denial without them denies everything)".into(),
        ));
    }
    if args.evidence.chars().count() > MOST_EVIDENCE {
        return Err(Error::Refused(format!(
            "--evidence is longer than {MOST_EVIDENCE} characters; say where the document is kept"
        )));
    }
    match (args.status.is_grant(), args.expires_at) {
        (true, Some(end)) if end <= run.as_of => {
            return Err(Error::Refused(
                "--expires-at is over already: the grant would grant nothing".into(),
            ));
        }
        (false, Some(_)) => {
            return Err(Error::Refused(
                "a denial has no end: leave --expires-at out".into(),
            ));
        }
        _ => {}
    }
    let mut wish = Request {
        purpose: args.purpose.clone().unwrap_or_else(|| "all".into()),
        channel: args.channel.clone().unwrap_or_else(|| "all".into()),
        status: args.status.as_str().into(),
        stated_at: time(run.as_of),
        evidence: args.evidence.trim().into(),
        legal_basis: args.legal_basis.clone(),
        expires_at: args.expires_at.map(time),
        jurisdiction: args.jurisdiction.clone(),
        taken_by: args.by.trim().into(),
        ..Request::default()
    };
    let contact = Contact::parse(run, &args.subject);
    let reached: &[&str] = match contact.as_ref().map(|contact| contact.channel) {
        Some("email") => &["email", "ads", "post"],
        Some(_) => &["phone", "sms", "ads", "post"],
        None => &[],
    };
    if let Some(channel) = args
        .channel
        .as_ref()
        .filter(|_| args.status.is_grant() && contact.is_some())
        && !reached.contains(&channel.as_str())
    {
        return Err(Error::Refused(format!(
            "{channel} does not reach such a contact point: the grant would grant nothing; name the other one, or the record"
        )));
    }
    match contact {
        Some(contact) if contact.channel == "email" => wish.email = Some(contact.value),
        Some(contact) => wish.phone = Some(contact.value),
        None => of_record(run, &args, &mut wish).await?,
    }
    request(run, &wish).await?;
    format::print(
        "Recorded. It holds from the next `c360 run` on, for every file that is published then; files that were handed out before do not know it.\n",
    )
}

/// The record that a request is about.
async fn of_record(run: &Run, args: &RequestArgs, wish: &mut Request) -> Result<()> {
    let Ok(record) = parse_record(&args.subject) else {
        return Err(Error::Refused(
            "the subject is no e-mail address, no phone number (write it with its country: +14155552671), and no record SOURCE:ID".into(),
        ));
    };
    if !is_known(run, args.entity, &record).await? {
        // The subject is not repeated: it may be a contact point that is written wrongly.
        return Err(Error::Refused(format!(
            "the crosswalk has no such {} record; `c360 find` looks records up (--entity says of which kind)",
            args.entity.as_str()
        )));
    }
    match args.entity {
        Party::Person => wish.person_id = Some(record.id),
        Party::Account => wish.account_id = Some(record.id),
    }
    wish.owner_source = Some(record.source);
    Ok(())
}

fn time(micros: i64) -> String {
    chrono::DateTime::from_timestamp_micros(micros).map_or_else(String::new, |time| {
        time.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
    })
}
