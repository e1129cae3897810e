//! One mapped row → rows of the silver tables.

use super::columns;
use super::rows::{MappedRows, Rows};
use crate::project::{Entity, Feed};
use crate::udf::{contact_key, record_key};
use records::country::Country;
use records::email::Email;
use records::phone::Phone;
use std::cell::OnceCell;
use std::collections::BTreeMap;

pub mod facts;
pub mod party;

/// The silver tables that one feed writes, by name.
pub type Tables = BTreeMap<&'static str, Rows>;

/// What the rows of one file have in common.
pub struct Provenance<'a> {
    pub feed: &'a Feed,
    pub default_country: Option<Country>,
    pub extracted_at: Option<i64>,
}

/// One mapped row: its values and where they came from.
pub struct MappedRow<'a> {
    pub from: &'a Provenance<'a>,
    values: &'a MappedRows,
    position: usize,
    source_row: i64,
    original: OnceCell<String>,
    stated_country: OnceCell<Option<Country>>,
}

impl<'a> MappedRow<'a> {
    pub fn new(
        from: &'a Provenance<'a>,
        values: &'a MappedRows,
        position: usize,
        source_row: i64,
    ) -> MappedRow<'a> {
        MappedRow {
            from,
            values,
            position,
            source_row,
            original: OnceCell::new(),
            stated_country: OnceCell::new(),
        }
    }

    pub fn get(&self, column: &str) -> Option<&'a str> {
        self.values.get(column, self.position)
    }

    pub fn all(&self, column: &str) -> Vec<String> {
        self.values.get_all(column, self.position)
    }

    /// Writes the provenance column that differs from row to row; the others are constants.
    pub fn provenance(&self, rows: &mut Rows) {
        rows.integer("source_row", Some(self.source_row));
    }

    /// Writes the columns of a version: identity, time, and what settles ties.
    pub fn version(&self, rows: &mut Rows, entity: &str) -> Result<(), String> {
        let id = columns::present("source_record_id", self.get("source_record_id"))?;
        let source = &self.from.feed.source;
        rows.integer("record_key", Some(record_key(entity, source, id)));
        rows.text("source_record_id", Some(id));
        rows.timestamp("updated_at", self.timestamp("updated_at")?);
        rows.boolean(
            "is_deleted",
            Some(self.boolean("is_deleted")?.unwrap_or(false)),
        );
        rows.timestamp("extracted_at", self.from.extracted_at);
        rows.integer("row_hash", Some(crate::udf::key_hash(self.original())));
        Ok(())
    }

    /// Writes the owner columns. Errors when the row names no owner at all.
    pub fn owner(&self, rows: &mut Rows) -> Result<(), String> {
        let source = &self.from.feed.source;
        let email = self.email("email");
        let phone = self.phone("phone");
        let owner = match (self.get("person_id"), self.get("account_id")) {
            (Some(id), _) => Some(("person", id)),
            (None, Some(id)) => Some(("account", id)),
            (None, None) => None,
        };
        if owner.is_none() && email.is_none() && phone.is_none() {
            return Err(
                "no owner: neither person_id nor account_id, nor a valid email or phone".into(),
            );
        }
        if let Some((entity, id)) = owner {
            rows.text("owner_entity", Some(entity));
            rows.text("owner_record_id", Some(id));
            rows.integer("owner_key", Some(record_key(entity, source, id)));
        }
        rows.text("owner_email", email.as_ref().map(Email::as_str));
        rows.text("owner_phone", phone.as_ref().map(Phone::e164));
        Ok(())
    }

    pub fn email(&self, column: &str) -> Option<Email> {
        Email::parse(self.get(column)?).ok()
    }

    pub fn phone(&self, column: &str) -> Option<Phone> {
        Phone::parse(self.get(column)?, self.country()).ok()
    }

    /// The stated country, else the project's default.
    pub fn country(&self) -> Option<Country> {
        self.stated_country().or(self.from.default_country)
    }

    pub fn stated_country(&self) -> Option<Country> {
        let parse = || self.get("country").and_then(Country::parse);
        *self.stated_country.get_or_init(parse)
    }

    pub fn timestamp(&self, column: &str) -> Result<Option<i64>, String> {
        let Some(text) = self.get(column) else {
            return Ok(None);
        };
        if let Some(time) = records::date::parse_timestamp(text) {
            return Ok(Some(time));
        }
        let date = records::date::parse_date(text, self.country());
        date.and_then(|date| date.and_hms_opt(0, 0, 0))
            .map(|time| Some(time.and_utc().timestamp_micros()))
            .ok_or_else(
                || match records::date::is_of_another_year(text, self.country()) {
                    true => format!(
                        "{column} lies outside the years {} to {}",
                        records::date::YEARS.start(),
                        records::date::YEARS.end()
                    ),
                    false => format!("{column} holds no date or time"),
                },
            )
    }

    pub fn number(&self, column: &str) -> Result<Option<f64>, String> {
        let Some(text) = self.get(column) else {
            return Ok(None);
        };
        let plain: String = text
            .chars()
            .filter(|letter| !matches!(letter, '$' | '€' | '£' | ' ' | '\u{a0}'))
            .collect();
        // 1,234.50 is a number; 1,5 is not guessed at.
        let plain = match plain.split_once('.') {
            Some((whole, part)) if !part.contains(',') => {
                format!("{}.{part}", whole.replace(',', ""))
            }
            _ => plain,
        };
        plain
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map(Some)
            .ok_or_else(|| format!("{column} holds no number"))
    }

    pub fn boolean(&self, column: &str) -> Result<Option<bool>, String> {
        let Some(text) = self.get(column) else {
            return Ok(None);
        };
        match text.to_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "1" => Ok(Some(true)),
            "false" | "f" | "no" | "n" | "0" => Ok(Some(false)),
            _ => Err(format!("{column} says neither true nor false")),
        }
    }

    /// The mapped values as they came, as JSON.
    pub fn original(&self) -> &str {
        let json = || self.values.json(self.position, false);
        self.original.get_or_init(json)
    }

    /// Further columns under their own names, as JSON; `None` when there are none.
    pub fn attributes(&self) -> Option<String> {
        let json = self.values.json(self.position, true);
        (json != "{}").then_some(json)
    }
}

/// Standardizes one row. An error is the reason for its quarantine, and nothing of it is kept in `tables`.
pub fn row(row: &MappedRow, tables: &mut Tables) -> Result<(), String> {
    match row.from.feed.entity {
        Entity::Person => party::person(row, tables),
        Entity::Account => party::account(row, tables),
        Entity::ContactPoint => facts::contact_point(row, tables),
        Entity::Address => facts::address(row, tables),
        Entity::Consent => facts::consent(row, tables),
        Entity::Preference => facts::preference(row, tables),
        Entity::Relationship => facts::relationship(row, tables),
        Entity::Order
        | Entity::Invoice
        | Entity::Subscription
        | Entity::Ticket
        | Entity::Interaction => facts::fact(row, tables),
    }
}

/// The silver tables that an entity's rows go to.
pub fn tables_of(entity: Entity) -> Vec<&'static str> {
    match entity {
        Entity::Person | Entity::Account => {
            vec![entity.table(), "silver.contact_points", "silver.addresses"]
        }
        other => vec![other.table()],
    }
}

/// Writes the columns of one e-mail address, read or not.
pub(super) fn email_value(rows: &mut Rows, original: &str, email: Option<&Email>) {
    rows.text("channel", Some("email"));
    rows.boolean("is_valid", Some(email.is_some()));
    rows.text("original", Some(original));
    if let Some(email) = email {
        let identifies = !(email.is_role() || email.is_placeholder());
        rows.text("value", Some(email.as_str()));
        rows.integer("contact_key", Some(contact_key("email", email.as_str())));
        rows.text(
            "match_value",
            identifies.then(|| email.match_key()).as_deref(),
        );
    }
}

/// Writes the columns of one phone number, read or not.
pub(super) fn phone_value(
    rows: &mut Rows,
    original: &str,
    phone: Option<&Phone>,
    country: Option<Country>,
) {
    rows.text("channel", Some("phone"));
    rows.boolean("is_valid", Some(phone.is_some()));
    rows.text("original", Some(original));
    let Some(phone) = phone else {
        // A number that no plan knows cannot be called, but two systems that hold it still hold the same one.
        let possible = Phone::possible_e164(original, country);
        rows.text("match_value", possible.as_deref());
        return;
    };
    rows.text("value", Some(phone.e164()));
    rows.integer("contact_key", Some(contact_key("phone", phone.e164())));
    rows.text(
        "match_value",
        (!phone.is_placeholder()).then_some(phone.e164()),
    );
}
