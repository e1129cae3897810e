//! One mapped row → rows of the silver tables.

use super::columns;
use super::dates::Dates;
use super::mapped_rows::MappedRows;
use super::profile::Profile;
use super::rows::Rows;
use super::seal::Seal;
use crate::project::{Entity, Feed};
use crate::udf::record_key;
use chrono::{Datelike, NaiveDate};
use records::country::Country;
use records::date::{DateFault, parse_timestamp_with};
use records::email::Email;
use records::phone::Phone;
use records::rule::Rules;
use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

mod contact;
pub mod facts;
mod identifier;
pub mod party;
mod reference;

/// The silver tables that one feed writes, by name.
pub type Tables = BTreeMap<&'static str, Rows>;

/// What the rows of one file have in common.
pub struct Provenance<'a> {
    pub feed: &'a Feed,
    pub file_key: &'a str,
    pub default_country: Option<Country>,
    pub extracted_at: Option<i64>,
    pub dates: &'a Dates,
    /// The day of the run.
    pub today: NaiveDate,
    pub seal: Option<&'a Seal>,
    /// What is noticed on the way.
    pub profile: &'a RefCell<Profile>,
}

/// Dates of two digits for the year lie no further ahead than this many years; births lie behind.
const YEARS_AHEAD: i32 = 10;

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

    pub fn get(&self, column: &'static str) -> Option<&'a str> {
        self.values.get(column, self.position)
    }

    pub fn all(&self, column: &'static str) -> Vec<Cow<'a, str>> {
        self.values.get_all(column, self.position)
    }

    /// Writes the provenance column that differs from row to row; the others are constants.
    pub fn provenance(&self, rows: &mut Rows) {
        rows.integer("source_row", Some(self.source_row));
    }

    /// Writes the columns of a version: identity, time, and what settles ties.
    pub fn version(&self, rows: &mut Rows, entity: &str) -> Result<(), String> {
        let id = self.record_id();
        let id = columns::present("source_record_id", id.as_deref())?;
        let source = &self.from.feed.source;
        rows.integer("record_key", Some(record_key(entity, source, id)));
        rows.text("source_record_id", Some(id));
        rows.timestamp("updated_at", self.timestamp("updated_at")?);
        rows.boolean(
            "is_deleted",
            Some(self.boolean("is_deleted")?.unwrap_or(false)),
        );
        rows.timestamp("extracted_at", self.from.extracted_at);
        rows.integer("row_hash", Some(crate::udf::key_hash(&self.unkeyed())));
        Ok(())
    }

    /// The id of the record, stated, or, of reference data, made of what it describes.
    pub fn record_id(&self) -> Option<Cow<'a, str>> {
        match self.get("source_record_id") {
            Some(id) => Some(id.into()),
            None => reference::id(self).map(Cow::from),
        }
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

    /// The rules that are on for the feed.
    pub fn rules(&self) -> Rules {
        self.from.feed.cleaning.rules
    }

    /// Counts what rules did to a value of a column.
    pub fn note(&self, column: &str, rules: Rules, before: &str, after: &str) {
        if !rules.is_empty() {
            let change = || (before.to_owned(), after.to_owned());
            self.from.profile.borrow_mut().note(column, rules, change);
        }
    }

    /// Counts a value of a column that is none of its kind.
    pub fn invalid(&self, column: &str) {
        self.from.profile.borrow_mut().invalid(column);
    }

    pub fn email(&self, column: &'static str) -> Option<Email> {
        let text = self.get(column)?;
        let email = self.read_email(column, text);
        if email.is_none() {
            self.invalid(column);
        }
        email
    }

    /// Reads a text of a column as one e-mail address.
    pub fn read_email(&self, column: &str, text: &str) -> Option<Email> {
        let email = Email::parse_with(text, self.rules()).ok()?;
        self.note(column, email.rules(), text, email.as_str());
        Some(email)
    }

    pub fn phone(&self, column: &'static str) -> Option<Phone> {
        let text = self.get(column)?;
        let phone = self.read_phone(column, text);
        if phone.is_none() {
            self.invalid(column);
        }
        phone
    }

    /// Reads a text of a column as one phone number.
    pub fn read_phone(&self, column: &str, text: &str) -> Option<Phone> {
        let phone = Phone::parse_with(text, self.country(), self.rules()).ok()?;
        self.note(column, phone.rules(), text, phone.e164());
        Some(phone)
    }

    /// The stated country, else the project's default.
    pub fn country(&self) -> Option<Country> {
        self.stated_country().or(self.from.default_country)
    }

    pub fn stated_country(&self) -> Option<Country> {
        let parse = || {
            let text = self.get("country")?;
            let Some((country, rules)) = Country::parse_with(text, self.rules()) else {
                self.invalid("country");
                return None;
            };
            self.note("country", rules, text, country.iso2());
            Some(country)
        };
        *self.stated_country.get_or_init(parse)
    }

    pub fn timestamp(&self, column: &'static str) -> Result<Option<i64>, String> {
        let Some(text) = self.get(column) else {
            return Ok(None);
        };
        let latest = self.from.today.year() + YEARS_AHEAD;
        let from = self.from;
        let reading = from
            .dates
            .reading(from.feed, column, text, self.country(), latest);
        match parse_timestamp_with(text, &reading, self.rules()) {
            Ok(time) => {
                self.note(column, time.rules, text, "9999-99-99");
                Ok(Some(time.micros))
            }
            Err(fault) => {
                self.invalid(column);
                Err(match fault {
                    DateFault::Year | DateFault::Placeholder => format!(
                        "{column} lies outside the years {} to {}",
                        records::date::YEARS.start(),
                        records::date::YEARS.end()
                    ),
                    _ => format!("{column} holds no date or time"),
                })
            }
        }
    }

    pub fn number(&self, column: &'static str) -> Result<Option<f64>, String> {
        let Some(text) = self.get(column) else {
            return Ok(None);
        };
        let plain: String = text
            .chars()
            .filter(|letter| !matches!(letter, '$' | '€' | '£' | ' ' | '\u{a0}'))
            .collect();
        // 1,234.50 and 1,234,500 are numbers; 1,5 is not guessed at, nor is 1,500.
        let are_thousands = plain.matches(',').count() > 1 && is_grouped(&plain);
        let plain = match plain.split_once('.') {
            Some((whole, part)) if !part.contains(',') => {
                format!("{}.{part}", whole.replace(',', ""))
            }
            None if are_thousands => plain.replace(',', ""),
            _ => plain,
        };
        plain
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map(Some)
            .ok_or_else(|| format!("{column} holds no number"))
    }

    /// A number of things.
    pub fn count(&self, column: &'static str) -> Result<Option<i64>, String> {
        let Some(text) = self.get(column) else {
            return Ok(None);
        };
        let plain = match is_grouped(text) {
            true => text.replace(',', ""),
            false => text.to_owned(),
        };
        let whole = plain.strip_suffix(".0").unwrap_or(&plain).parse::<i64>();
        match whole {
            Ok(count) if count >= 0 => Ok(Some(count)),
            _ => Err(format!("{column} holds no whole number")),
        }
    }

    pub fn boolean(&self, column: &'static str) -> Result<Option<bool>, String> {
        let Some(text) = self.get(column) else {
            return Ok(None);
        };
        match text.to_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "1" => Ok(Some(true)),
            "false" | "f" | "no" | "n" | "0" => Ok(Some(false)),
            _ => Err(format!("{column} says neither true nor false")),
        }
    }

    /// Further columns under their own names, as JSON; `None` when there are none.
    pub fn attributes(&self) -> Option<String> {
        let json = self.values.json(self.position, true, |column, text| {
            self.sealed(column, text)
        });
        (json != "{}").then_some(json)
    }
}

/// Are the digits of a whole number set in threes by commas, as in 1,234,500?
fn is_grouped(text: &str) -> bool {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let are_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&first.len())
        && are_digits(first)
        && groups.all(|group| group.len() == 3 && are_digits(group))
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
        Entity::Postcode => reference::postcode(row, tables),
        Entity::MailDomain => reference::mail_domain(row, tables),
        Entity::Firmographic => reference::firmographic(row, tables),
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
