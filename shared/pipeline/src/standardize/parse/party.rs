//! Person and account rows: the record, its contact points, its address.

use super::{MappedRow, Tables, email_value, phone_value};
use crate::udf::record_key;
use records::address::{AddressInput, PostalAddress};
use records::country::Country;
use records::date::{is_placeholder_birth_date, parse_date};
use records::email::Email;
use records::identifier::{parse_identifier, parse_tax_id};
use records::name::PersonName;
use records::organization::{CompanyName, Domain};
use records::phone::Phone;

/// What was found while standardizing a record; its names are the tags.
#[derive(Default)]
struct Tags(Vec<&'static str>);

impl Tags {
    fn add(&mut self, tag: &'static str) {
        if !self.0.contains(&tag) {
            self.0.push(tag);
        }
    }
}

/// The contact values of a record, each with what it reads as.
struct Contacts {
    emails: Vec<(String, Option<Email>)>,
    phones: Vec<(String, Option<Phone>)>,
}

impl Contacts {
    fn of(row: &MappedRow, tags: &mut Tags) -> Contacts {
        let mut emails = Vec::new();
        for text in row.all("email") {
            let email = Email::parse(&text).ok();
            emails.push((text, email));
        }
        let mut phones = Vec::new();
        for text in row.all("phone") {
            let phone = Phone::parse(&text, row.country()).ok();
            phones.push((text, phone));
        }
        if emails.iter().any(|(_, email)| email.is_none()) {
            tags.add("InvalidEmail");
        }
        if phones.iter().any(|(_, phone)| phone.is_none()) {
            tags.add("InvalidPhone");
        }
        Contacts { emails, phones }
    }

    /// The first valid one.
    fn email(&self) -> Option<&Email> {
        self.emails.iter().find_map(|(_, email)| email.as_ref())
    }

    /// The first valid one.
    fn phone(&self) -> Option<&Phone> {
        self.phones.iter().find_map(|(_, phone)| phone.as_ref())
    }
}

pub fn person(row: &MappedRow, tables: &mut Tables) -> Result<(), String> {
    let mut tags = Tags(vec!["Standardized"]);
    if row.from.feed.is_legacy {
        tags.add("LegacySource");
    }
    let verified_at = row.timestamp("verified_at")?;
    let Some(rows) = tables.get_mut("silver.person_records") else {
        return Ok(());
    };
    let before = rows.len();
    let written = row.version(rows, "person");
    if let Err(reason) = written {
        return abandon(tables, "silver.person_records", before, reason);
    }
    let name = PersonName::parse(
        row.get("given_name"),
        row.get("middle_name"),
        row.get("family_name"),
        row.get("name_suffix"),
        row.get("full_name"),
    );
    if let Some(name) = &name {
        let keys = name.keys();
        rows.text("full_name", Some(&name.full()));
        rows.text("given_name", name.given.as_deref());
        rows.text("middle_name", name.middle.as_deref());
        rows.text("family_name", name.family.as_deref());
        rows.text("name_suffix", name.suffix.as_deref());
        rows.text("name_key", filled(&keys.full));
        rows.text("given_key", filled(&keys.given));
        rows.text("family_key", filled(&keys.family));
    }
    match row
        .get("birth_date")
        .map(|text| parse_date(text, row.country()))
    {
        Some(Some(date)) if is_placeholder_birth_date(date) => tags.add("PlaceholderBirthDate"),
        Some(Some(date)) => rows.date("birth_date", Some(days(date))),
        Some(None) => tags.add("InvalidBirthDate"),
        None => {}
    }
    rows.text("gender", row.get("gender"));
    let contacts = Contacts::of(row, &mut tags);
    let email = contacts.email();
    rows.text("email", email.map(Email::as_str));
    rows.text("phone", contacts.phone().map(Phone::e164));
    let domain = email.and_then(Domain::from_email);
    rows.text("company_domain", domain.as_ref().map(Domain::as_str));
    for identifier in ["customer_number", "national_id"] {
        let value = row.get(identifier).and_then(parse_identifier);
        rows.text(identifier, value.as_deref());
    }
    let tax_id = row.get("tax_id").and_then(parse_tax_id);
    rows.text("tax_id", tax_id.as_deref());
    rows.text("account_id", row.get("account_id"));
    let company = row.get("company_name").and_then(CompanyName::parse);
    if let Some(company) = &company {
        rows.text("company_name", Some(&company.display));
        rows.text("company_key", filled(&company.key()));
    }
    rows.timestamp("verified_at", verified_at);
    let address = address_columns(row, rows, &mut tags);
    finish(row, rows, &tags);
    points(row, tables, "person", &contacts, verified_at);
    address_row(row, tables, "person", address, verified_at);
    Ok(())
}

pub fn account(row: &MappedRow, tables: &mut Tables) -> Result<(), String> {
    let mut tags = Tags(vec!["Standardized"]);
    if row.from.feed.is_legacy {
        tags.add("LegacySource");
    }
    let employees = row.number("employee_count")?;
    let Some(rows) = tables.get_mut("silver.account_records") else {
        return Ok(());
    };
    let before = rows.len();
    if let Err(reason) = row.version(rows, "account") {
        return abandon(tables, "silver.account_records", before, reason);
    }
    let name = row
        .get("legal_name")
        .or_else(|| row.get("trading_name"))
        .and_then(CompanyName::parse);
    if let Some(name) = &name {
        let key = name.key();
        rows.text("legal_name", Some(&name.display));
        rows.text("name_key", filled(&key));
        rows.text("phonetic_key", filled(&linkage::phonetic(&key)));
    }
    let trading = row.get("trading_name").and_then(CompanyName::parse);
    rows.text(
        "trading_name",
        trading.as_ref().map(|name| name.display.as_str()),
    );
    let tax_id = row.get("tax_id").and_then(parse_tax_id);
    rows.text("tax_id", tax_id.as_deref());
    for identifier in ["duns", "lei", "registration_number", "customer_number"] {
        let value = row.get(identifier).and_then(parse_identifier);
        rows.text(identifier, value.as_deref());
    }
    let contacts = Contacts::of(row, &mut tags);
    let email = contacts.email();
    rows.text("email", email.map(Email::as_str));
    rows.text("phone", contacts.phone().map(Phone::e164));
    rows.text("website", row.get("website"));
    let domain = row
        .get("website")
        .and_then(Domain::from_website)
        // a web address at a free-mail provider is nobody's own
        .filter(|domain| {
            Email::parse(&format!("info@{}", domain.as_str()))
                .is_ok_and(|email| !email.is_free_mail())
        })
        .or_else(|| email.and_then(Domain::from_email));
    rows.text("domain", domain.as_ref().map(Domain::as_str));
    rows.text("industry", row.get("industry"));
    rows.integer("employee_count", employees.map(|count| count as i64));
    let address = address_columns(row, rows, &mut tags);
    finish(row, rows, &tags);
    points(row, tables, "account", &contacts, None);
    address_row(row, tables, "account", address, None);
    Ok(())
}

/// A row that cannot stand: its half-written cells are closed and the row is taken back.
fn abandon(
    tables: &mut Tables,
    table: &str,
    rows_before: usize,
    reason: String,
) -> Result<(), String> {
    if let Some(rows) = tables.get_mut(table) {
        rows.take_back(rows_before);
    }
    Err(reason)
}

fn finish(row: &MappedRow, rows: &mut super::Rows, tags: &Tags) {
    rows.texts("tags", tags.0.iter().copied());
    rows.text("original", Some(row.original()));
    rows.text("attributes", row.attributes().as_deref());
    row.provenance(rows);
    rows.end();
}

/// Writes the address columns of a record; returns the address for its own row.
fn address_columns(
    row: &MappedRow,
    rows: &mut super::Rows,
    tags: &mut Tags,
) -> Option<(PostalAddress, bool)> {
    let stated = row.stated_country();
    if row.get("country").is_some() && stated.is_none() {
        tags.add("InvalidAddress");
    }
    let input = AddressInput {
        line1: row.get("address_line1"),
        line2: row.get("address_line2"),
        city: row.get("city"),
        region: row.get("region"),
        postcode: row.get("postcode"),
        country: stated,
        default_country: row.from.default_country,
    };
    let (address, faults) = PostalAddress::parse(&input);
    if !faults.is_empty() {
        tags.add("InvalidAddress");
    }
    rows.text("country", stated.as_ref().map(Country::iso2));
    let address = address?;
    rows.text("address_line1", address.line1.as_deref());
    rows.text("address_line2", address.line2.as_deref());
    rows.text("city", address.city.as_deref());
    rows.text("region", address.region.as_deref());
    rows.text("postcode", address.postcode.as_deref());
    rows.text("address_key", filled(&address.key()));
    Some((address, faults.is_empty()))
}

/// Every contact value of a record is a row of its own.
fn points(
    row: &MappedRow,
    tables: &mut Tables,
    entity: &str,
    contacts: &Contacts,
    verified_at: Option<i64>,
) {
    let Some(rows) = tables.get_mut("silver.contact_points") else {
        return;
    };
    let country = row.country();
    let mut point = |is_primary: bool, value: &dyn Fn(&mut super::Rows)| {
        owner(row, rows, entity);
        rows.text("origin", Some("record"));
        value(rows);
        rows.boolean("is_primary", Some(is_primary));
        rows.timestamp("verified_at", verified_at);
        row.provenance(rows);
        rows.end();
    };
    for (position, (text, email)) in contacts.emails.iter().enumerate() {
        point(position == 0, &|rows| {
            email_value(rows, text, email.as_ref());
        });
    }
    for (position, (text, phone)) in contacts.phones.iter().enumerate() {
        point(position == 0, &|rows| {
            phone_value(rows, text, phone.as_ref(), country);
        });
    }
}

fn address_row(
    row: &MappedRow,
    tables: &mut Tables,
    entity: &str,
    address: Option<(PostalAddress, bool)>,
    verified_at: Option<i64>,
) {
    let (Some((address, is_valid)), Some(rows)) = (address, tables.get_mut("silver.addresses"))
    else {
        return;
    };
    if address.line1.is_none() && address.city.is_none() && address.postcode.is_none() {
        return;
    }
    owner(row, rows, entity);
    rows.text("origin", Some("record"));
    super::facts::postal(rows, &address, is_valid, row.from.default_country);
    rows.boolean("is_primary", Some(true));
    rows.timestamp("verified_at", verified_at);
    row.provenance(rows);
    rows.end();
}

fn owner(row: &MappedRow, rows: &mut super::Rows, entity: &str) {
    let id = row.get("source_record_id");
    let source = &row.from.feed.source;
    rows.text("owner_entity", Some(entity));
    rows.text("owner_record_id", id);
    rows.integer("owner_key", id.map(|id| record_key(entity, source, id)));
}

fn filled(key: &str) -> Option<&str> {
    (!key.is_empty()).then_some(key)
}

/// Days since the epoch, as Arrow's Date32 counts.
fn days(date: chrono::NaiveDate) -> i32 {
    date.signed_duration_since(chrono::NaiveDate::default())
        .num_days() as i32
}
