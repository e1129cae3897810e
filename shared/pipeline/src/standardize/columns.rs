//! What a mapping may yield: the columns of each entity and the types they take.

use crate::Result;
use crate::mapping::{Mapping, ROW, at_line, line_of};
use crate::project::{Entity, Feed};
use arrow::datatypes::{DataType, Schema};

/// What a column holds; text is parsed into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A text or a list of texts.
    Texts,
    Timestamp,
    Number,
    Boolean,
}

use Kind::{Boolean, Number, Text, Texts, Timestamp};

type Columns = &'static [(&'static str, Kind)];

const ADDRESS: Columns = &[
    ("address_line1", Text),
    ("address_line2", Text),
    ("city", Text),
    ("region", Text),
    ("postcode", Text),
    ("country", Text),
];
/// Every row that has an id of its own is a version of something.
const VERSION: Columns = &[
    ("source_record_id", Text),
    ("updated_at", Timestamp),
    ("is_deleted", Boolean),
];
const OWNER: Columns = &[
    ("person_id", Text),
    ("account_id", Text),
    ("email", Text),
    ("phone", Text),
];
const PERSON: Columns = &[
    ("full_name", Text),
    ("given_name", Text),
    ("middle_name", Text),
    ("family_name", Text),
    ("name_suffix", Text),
    ("birth_date", Timestamp),
    ("gender", Text),
    ("email", Texts),
    ("phone", Texts),
    ("customer_number", Text),
    ("national_id", Text),
    ("tax_id", Text),
    ("account_id", Text),
    ("company_name", Text),
    ("verified_at", Timestamp),
];
const ACCOUNT: Columns = &[
    ("legal_name", Text),
    ("trading_name", Text),
    ("tax_id", Text),
    ("duns", Text),
    ("lei", Text),
    ("registration_number", Text),
    ("website", Text),
    ("email", Texts),
    ("phone", Texts),
    ("industry", Text),
    ("employee_count", Number),
    ("customer_number", Text),
    ("parent_id", Text),
    ("parent_duns", Text),
    ("parent_lei", Text),
];
const CONTACT_POINT: Columns = &[
    ("person_id", Text),
    ("account_id", Text),
    ("email", Text),
    ("phone", Text),
    ("kind", Text),
    ("channel", Text),
    ("value", Text),
    ("is_primary", Boolean),
    ("verified_at", Timestamp),
];
const ADDRESS_ROW: Columns = &[
    ("kind", Text),
    ("is_primary", Boolean),
    ("verified_at", Timestamp),
];
const CONSENT: Columns = &[
    ("owner_source", Text),
    ("purpose", Text),
    ("channel", Text),
    ("status", Text),
    ("stated_at", Timestamp),
    ("evidence", Text),
    ("legal_basis", Text),
    ("expires_at", Timestamp),
    ("jurisdiction", Text),
];
const PREFERENCE: Columns = &[("name", Text), ("value", Text), ("updated_at", Timestamp)];
const RELATIONSHIP: Columns = &[
    ("from_id", Text),
    ("to_id", Text),
    ("kind", Text),
    ("role", Text),
    ("valid_from", Timestamp),
    ("valid_to", Timestamp),
];
const ORDER: Columns = &[
    ("ordered_at", Timestamp),
    ("amount", Number),
    ("currency", Text),
    ("status", Text),
];
const INVOICE: Columns = &[
    ("issued_at", Timestamp),
    ("paid_at", Timestamp),
    ("amount", Number),
    ("currency", Text),
    ("status", Text),
];
const SUBSCRIPTION: Columns = &[
    ("plan", Text),
    ("status", Text),
    ("started_at", Timestamp),
    ("ended_at", Timestamp),
    ("amount", Number),
    ("currency", Text),
];
const TICKET: Columns = &[
    ("opened_at", Timestamp),
    ("closed_at", Timestamp),
    ("status", Text),
    ("priority", Text),
    ("subject", Text),
];
const INTERACTION: Columns = &[
    ("occurred_at", Timestamp),
    ("kind", Text),
    ("channel", Text),
    ("detail", Text),
];

const POSTCODE: Columns = &[
    ("country", Text),
    ("postcode", Text),
    ("city", Text),
    ("region", Text),
    ("latitude", Number),
    ("longitude", Number),
];
const MAIL_DOMAIN: Columns = &[("domain", Text), ("kind", Text)];
const FIRMOGRAPHIC: Columns = &[
    ("domain", Text),
    ("legal_name", Text),
    ("industry", Text),
    ("employee_count", Number),
    ("annual_revenue", Number),
    ("currency", Text),
    ("country", Text),
];

/// The groups of columns of an entity.
fn groups(entity: Entity) -> Vec<Columns> {
    match entity {
        Entity::Person => vec![VERSION, PERSON, ADDRESS],
        Entity::Account => vec![VERSION, ACCOUNT, ADDRESS],
        Entity::ContactPoint => vec![CONTACT_POINT],
        Entity::Address => vec![OWNER, ADDRESS_ROW, ADDRESS],
        Entity::Consent => vec![OWNER, CONSENT],
        Entity::Preference => vec![OWNER, PREFERENCE],
        Entity::Relationship => vec![RELATIONSHIP],
        Entity::Order => vec![VERSION, OWNER, ORDER],
        Entity::Invoice => vec![VERSION, OWNER, INVOICE],
        Entity::Subscription => vec![VERSION, OWNER, SUBSCRIPTION],
        Entity::Ticket => vec![VERSION, OWNER, TICKET],
        Entity::Interaction => vec![VERSION, OWNER, INTERACTION],
        Entity::Postcode => vec![VERSION, POSTCODE],
        Entity::MailDomain => vec![VERSION, MAIL_DOMAIN],
        Entity::Firmographic => vec![VERSION, FIRMOGRAPHIC],
    }
}

/// Every column that an entity has.
pub fn names(entity: Entity) -> impl Iterator<Item = &'static str> {
    let all = groups(entity).into_iter().flatten();
    all.map(|(column, _)| *column)
}

/// The kind of a known column; `None` for a further column, which becomes an attribute.
pub fn kind(entity: Entity, name: &str) -> Option<Kind> {
    groups(entity)
        .into_iter()
        .flatten()
        .find(|(column, _)| *column == name)
        .map(|(_, kind)| *kind)
}

/// Are the rows of an entity versions of something that has an id?
pub fn is_versioned(entity: Entity) -> bool {
    groups(entity).contains(&VERSION)
}

/// Further columns that are nearly one of the entity's, and that one is not mapped: a slip of the pen, perhaps.
pub fn misspelt(entity: Entity, mapping: &Mapping) -> Vec<String> {
    let yields: Vec<&str> = mapping.yields().collect();
    let further = yields.iter().filter(|name| kind(entity, name).is_none());
    let likely = further.filter_map(|name| {
        let (distance, column) = names(entity)
            .filter(|column| !yields.contains(column))
            .map(|column| (strsim::osa_distance(name, column), column))
            .min()?;
        // Of a short name two letters are another word.
        let is_slip = distance <= 2 && distance * 3 <= column.len();
        is_slip.then(|| format!("kept as attribute {name}; did you mean {column}?"))
    });
    likely.collect()
}

/// The columns without which an entity's rows mean nothing: one of each group must be mapped.
fn required(entity: Entity) -> &'static [&'static [&'static str]] {
    const ID: &[&str] = &["source_record_id"];
    const ANY_OWNER: &[&str] = &["person_id", "account_id", "email", "phone"];
    match entity {
        Entity::Person | Entity::Account => &[ID],
        Entity::ContactPoint => &[&["channel"], &["value"], ANY_OWNER],
        Entity::Address => &[ANY_OWNER, &["address_line1", "city", "postcode"]],
        Entity::Consent => &[ANY_OWNER, &["channel"], &["status"]],
        Entity::Preference => &[ANY_OWNER, &["name"]],
        Entity::Relationship => &[&["from_id"], &["to_id"]],
        Entity::Order
        | Entity::Invoice
        | Entity::Subscription
        | Entity::Ticket
        | Entity::Interaction => &[ID, ANY_OWNER],
        Entity::Postcode => &[&["postcode"], &["latitude", "city", "region"]],
        Entity::MailDomain => &[&["domain"], &["kind"]],
        Entity::Firmographic => &[&["domain"]],
    }
}

/// Checks the columns that a mapping yields.
pub fn check(feed: &Feed, output: &Schema) -> Result<()> {
    for field in output.fields() {
        let Some(kind) = kind(feed.entity, field.name()) else {
            continue;
        };
        if !takes(kind, field.data_type()) {
            let line = line_of(&feed.mapping, field.name()).unwrap_or(1);
            return Err(at_line(
                feed,
                line,
                format!(
                    "column {} is {}, but it takes {}; the mapping yields: {}",
                    field.name(),
                    field.data_type(),
                    expected(kind),
                    described(output)
                ),
            ));
        }
    }
    for group in required(feed.entity) {
        if !group
            .iter()
            .any(|name| output.field_with_name(name).is_ok())
        {
            return Err(at_line(
                feed,
                1,
                format!(
                    "entity {} needs a column {}; the mapping yields: {}",
                    feed.entity.as_str(),
                    group.join(" or "),
                    described(output)
                ),
            ));
        }
    }
    Ok(())
}

fn described(output: &Schema) -> String {
    let columns: Vec<String> = output
        .fields()
        .iter()
        .filter(|field| field.name() != ROW)
        .map(|field| format!("{} {}", field.name(), field.data_type()))
        .collect();
    columns.join(", ")
}

fn expected(kind: Kind) -> &'static str {
    match kind {
        Text => "text (or an integer)",
        Texts => "text or a list of texts",
        Timestamp => "a date, a timestamp, or text that holds one",
        Number => "a number, or text that holds one",
        Boolean => "true or false, or text that says so",
    }
}

fn takes(kind: Kind, given: &DataType) -> bool {
    let given = match given {
        DataType::Dictionary(_, value) => value.as_ref(),
        other => other,
    };
    let is_text = matches!(
        given,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null
    );
    match kind {
        Text => is_text || given.is_integer(),
        Texts => match given {
            DataType::List(item) | DataType::LargeList(item) => takes(Text, item.data_type()),
            _ => is_text || given.is_integer(),
        },
        Timestamp => {
            is_text
                || matches!(
                    given,
                    DataType::Timestamp(..) | DataType::Date32 | DataType::Date64
                )
        }
        Number => is_text || given.is_numeric(),
        Boolean => is_text || *given == DataType::Boolean || given.is_integer(),
    }
}

/// A required value of one row: the error is the reason for quarantine.
pub fn present<'a>(name: &str, value: Option<&'a str>) -> Result<&'a str, String> {
    value.ok_or_else(|| format!("{name} is missing"))
}
