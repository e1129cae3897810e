//! Person and account rows: the record, its contact points, its address.

use super::contact::{Contacts, points};
use super::{MappedRow, Tables};
use crate::udf::record_key;
use chrono::Datelike;
use records::address::{AddressInput, PostalAddress};
use records::country::Country;
use records::date::{ParsedDate, is_placeholder_birth_date, parse_date_with};
use records::email::Email;
use records::identifier::{IdentifierFault, Scheme, parse_identifier, parse_tax_id};
use records::name::PersonName;
use records::organization::{CompanyName, Domain};
use records::phone::Phone;
use records::rule::Rule;

/// Names under which a profile counts what is read from several columns.
const NAME: &str = "(name)";

/// What was found while standardizing a record; its names are the tags.
#[derive(Default)]
pub struct Tags(Vec<&'static str>);

impl Tags {
    pub fn add(&mut self, tag: &'static str) {
        if !self.0.contains(&tag) {
            self.0.push(tag);
        }
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
    if let Some(name) = person_name(row) {
        if name.rules().contains(Rule::NameCompany) {
            tags.add("CompanyInPersonName");
        }
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
    if let Some(date) = birth_date(row, &mut tags) {
        rows.date("birth_date", Some(days(date)));
    }
    rows.text("gender", row.get("gender"));
    let contacts = Contacts::of(row, &mut tags);
    let email = contacts.email();
    rows.text("email", email.map(Email::as_str));
    rows.text("phone", contacts.phone().map(Phone::e164));
    let domain = email.and_then(Domain::from_any_email);
    rows.text("company_domain", domain.as_ref().map(Domain::as_str));
    let number = row.get("customer_number").and_then(parse_identifier);
    rows.text("customer_number", number.as_deref());
    let national = Some(Scheme::NationalId);
    identifier(
        row,
        rows,
        &mut tags,
        "national_id",
        national,
        "InvalidNationalId",
    );
    identifier(row, rows, &mut tags, "tax_id", None, "InvalidTaxId");
    rows.text("account_id", row.get("account_id"));
    if let Some(company) = company(row, "company_name") {
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
    let employees = row.count("employee_count")?;
    let Some(rows) = tables.get_mut("silver.account_records") else {
        return Ok(());
    };
    let before = rows.len();
    if let Err(reason) = row.version(rows, "account") {
        return abandon(tables, "silver.account_records", before, reason);
    }
    let (legal, trading) = (company(row, "legal_name"), company(row, "trading_name"));
    // A name that nobody could read is no reason to go without one.
    let stated = match row.get("legal_name") {
        Some(_) => &legal,
        None => &trading,
    };
    if let Some(name) = stated {
        let key = name.key();
        rows.text("legal_name", Some(&name.display));
        rows.text("name_key", filled(&key));
        rows.text("phonetic_key", filled(&linkage::phonetic(&key)));
    }
    rows.text(
        "trading_name",
        trading.as_ref().map(|name| name.display.as_str()),
    );
    identifier(row, rows, &mut tags, "tax_id", None, "InvalidTaxId");
    for (column, scheme, invalid) in [
        ("duns", Scheme::Duns, "InvalidDuns"),
        ("lei", Scheme::Lei, "InvalidLei"),
        ("parent_duns", Scheme::Duns, "InvalidParentDuns"),
        ("parent_lei", Scheme::Lei, "InvalidParentLei"),
    ] {
        identifier(row, rows, &mut tags, column, Some(scheme), invalid);
    }
    rows.text("parent_id", row.get("parent_id"));
    for column in ["registration_number", "customer_number"] {
        let value = row.get(column).and_then(parse_identifier);
        rows.text(column, value.as_deref());
    }
    let contacts = Contacts::of(row, &mut tags);
    let email = contacts.email();
    rows.text("email", email.map(Email::as_str));
    rows.text("phone", contacts.phone().map(Phone::e164));
    rows.text("website", row.get("website"));
    // A web address at a free-mail provider says less than an e-mail address elsewhere.
    let site = row.get("website").and_then(Domain::from_website);
    let domain = site
        .clone()
        .filter(|site| !site.is_free_mail())
        .or_else(|| email.and_then(Domain::from_any_email))
        .or(site);
    rows.text("domain", domain.as_ref().map(Domain::as_str));
    rows.text("industry", row.get("industry"));
    rows.integer("employee_count", employees);
    let address = address_columns(row, rows, &mut tags);
    finish(row, rows, &tags);
    points(row, tables, "account", &contacts, None);
    address_row(row, tables, "account", address, None);
    Ok(())
}

/// The name that a row states, in parts or whole.
fn person_name(row: &MappedRow) -> Option<PersonName> {
    const PARTS: [&str; 4] = ["given_name", "middle_name", "family_name", "name_suffix"];
    let [given, middle, family, suffix] = PARTS.map(|part| row.get(part));
    let full = row.get("full_name");
    let stated = || [given, middle, family, suffix, full].into_iter().flatten();
    stated().next()?;
    let mut profile = row.from.profile.borrow_mut();
    profile.value(NAME);
    let Some(name) = PersonName::parse_with(given, middle, family, suffix, full, row.rules())
    else {
        profile.invalid(NAME);
        return None;
    };
    let change = || (stated().collect::<Vec<_>>().join(" "), name.full());
    profile.note(NAME, name.rules(), change);
    Some(name)
}

/// The birth date, unless it is none, or one that stands for none.
fn birth_date(row: &MappedRow, tags: &mut Tags) -> Option<chrono::NaiveDate> {
    let text = row.get("birth_date")?;
    let from = row.from;
    let reading = from.dates.reading(
        from.feed,
        "birth_date",
        text,
        row.country(),
        from.today.year(),
    );
    let parsed = match parse_date_with(text, &reading, row.rules()) {
        // Of two digits for the year of the run: this year or a hundred years ago.
        Ok(parsed) if parsed.date > from.today && parsed.rules.contains(Rule::DateTwoDigitYear) => {
            let before = parsed.date.with_year(parsed.date.year() - 100);
            before.map(|date| ParsedDate { date, ..parsed })
        }
        read => read.ok(),
    };
    // Nobody is born in the future.
    let Some(parsed) = parsed.filter(|parsed| parsed.date <= from.today) else {
        row.invalid("birth_date");
        tags.add("InvalidBirthDate");
        return None;
    };
    row.note("birth_date", parsed.rules, text, "9999-99-99");
    let is_placeholder = is_placeholder_birth_date(parsed.date);
    if is_placeholder && row.rules().contains(Rule::DatePlaceholder) {
        row.invalid("birth_date");
        tags.add("PlaceholderBirthDate");
        return None;
    }
    Some(parsed.date)
}

pub(super) fn company(row: &MappedRow, column: &'static str) -> Option<CompanyName> {
    let text = row.get(column)?;
    let Some(name) = CompanyName::parse_with(text, row.rules()) else {
        row.invalid(column);
        return None;
    };
    row.note(column, name.rules(), text, &name.display);
    Some(name)
}

/// Writes an identifier, or the tag that says it is none.
fn identifier(
    row: &MappedRow,
    rows: &mut super::Rows,
    tags: &mut Tags,
    column: &'static str,
    scheme: Option<Scheme>,
    invalid: &'static str,
) {
    match row.identifier(column, scheme) {
        Some(Ok(id)) if id.is_placeholder() => tags.add("PlaceholderIdentifier"),
        // Words that stand for none: EXEMPT, applied for.
        Some(Ok(id)) if column == "tax_id" && parse_tax_id(id.as_str()).is_none() => {
            tags.add("PlaceholderIdentifier");
        }
        Some(Ok(id)) => {
            rows.text(column, Some(&row.kept(column, &id)));
            near(row, rows, column, Some(id.as_str()));
        }
        Some(Err(IdentifierFault::Empty | IdentifierFault::Placeholder)) => {
            tags.add("PlaceholderIdentifier");
        }
        Some(Err(_)) => {
            tags.add(invalid);
            rows.text(column, row.kept_invalid(column).as_deref());
            near(row, rows, column, row.get(column));
        }
        None => {}
    }
}

/// What tells a slip in a sealed national id.
fn near(row: &MappedRow, rows: &mut super::Rows, column: &str, value: Option<&str>) {
    if column == "national_id" {
        let tokens = value.and_then(|value| row.near(column, value));
        rows.text("national_id_near", tokens.as_deref());
    }
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
    let (address, faults) = super::facts::read_address(row, &input);
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

pub fn owner(row: &MappedRow, rows: &mut super::Rows, entity: &str) {
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
