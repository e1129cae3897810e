//! Rows that belong to a party: contact points, addresses, consents, preferences, relationships, and facts.

use super::contact::{email_key, email_value, phone_value};
use super::{MappedRow, Rows, Tables};
use crate::project::Entity;
use crate::standardize::columns::present;
use crate::udf::{contact_key, record_key};
use consent::{Status, is_confirmed, parse_channel, parse_purpose, parse_refusal};
use records::address::{AddressFault, AddressInput, PostalAddress};
use records::country::Country;

/// Name under which a profile counts addresses, which are read from several columns.
const ADDRESS: &str = "(address)";

pub fn contact_point(row: &MappedRow, tables: &mut Tables) -> Result<(), String> {
    let stated = present("channel", row.get("channel"))?;
    let channel = match stated.to_lowercase().as_str() {
        "email" | "e-mail" | "mail" => "email",
        "phone" | "sms" | "mobile" | "tel" | "telephone" | "fax" | "whatsapp" => "phone",
        _ => return Err("channel is neither email nor phone".into()),
    };
    let value = present("value", row.get("value"))?;
    in_row(row, tables, |row, rows| {
        row.owner(rows)?;
        rows.text("origin", Some("feed"));
        rows.text("kind", row.get("kind"));
        match channel {
            "email" => {
                let email = row.read_email("value", value);
                if email.is_none() {
                    row.invalid("value");
                }
                email_value(rows, value, email.as_ref());
            }
            _ => {
                let phone = row.read_phone("value", value);
                if phone.is_none() {
                    row.invalid("value");
                }
                phone_value(rows, value, phone.as_ref(), row.country());
            }
        }
        rows.boolean("is_primary", row.boolean("is_primary")?);
        rows.timestamp("verified_at", row.timestamp("verified_at")?);
        Ok(())
    })
}

pub fn address(row: &MappedRow, tables: &mut Tables) -> Result<(), String> {
    let input = AddressInput {
        line1: row.get("address_line1"),
        line2: row.get("address_line2"),
        city: row.get("city"),
        region: row.get("region"),
        postcode: row.get("postcode"),
        country: row.stated_country(),
        default_country: row.from.default_country,
    };
    let (address, faults) = read_address(row, &input);
    let address = address.ok_or("no address in the row")?;
    in_row(row, tables, |row, rows| {
        row.owner(rows)?;
        rows.text("origin", Some("feed"));
        rows.text("kind", row.get("kind").map(address_kind).as_deref());
        postal(rows, &address, faults.is_empty(), row.from.default_country);
        rows.boolean("is_primary", row.boolean("is_primary")?);
        rows.timestamp("verified_at", row.timestamp("verified_at")?);
        rows.text("original", Some(row.original()));
        Ok(())
    })
}

/// Reads an address, and counts what was done to it.
pub(super) fn read_address(
    row: &MappedRow,
    input: &AddressInput,
) -> (Option<PostalAddress>, Vec<AddressFault>) {
    let stated = || {
        let parts = [
            input.line1,
            input.line2,
            input.city,
            input.region,
            input.postcode,
        ];
        parts.into_iter().flatten()
    };
    if stated().next().is_none() {
        return (None, Vec::new());
    }
    let (address, faults) = PostalAddress::parse_with(input, row.rules());
    let mut profile = row.from.profile.borrow_mut();
    profile.value(ADDRESS);
    let has_country = input.country.is_some() || row.get("country").is_none();
    if address.is_none() || !faults.is_empty() || !has_country {
        profile.invalid(ADDRESS);
    }
    if let Some(address) = &address {
        let change = || {
            (
                stated().collect::<Vec<_>>().join(", "),
                address.normalized(),
            )
        };
        profile.note(ADDRESS, address.rules(), change);
    }
    (address, faults)
}

/// One word for each kind, so that survivorship finds a delivery address under every name it goes by.
fn address_kind(written: &str) -> String {
    match written.to_lowercase().as_str() {
        "shipping" | "ship_to" | "ship-to" | "ship to" | "delivery" => "delivery".to_owned(),
        "invoice" | "bill_to" | "bill-to" | "bill to" | "billing" => "billing".to_owned(),
        other => other.to_owned(),
    }
}

/// Writes the columns of an address row.
pub(super) fn postal(
    rows: &mut Rows,
    address: &PostalAddress,
    is_valid: bool,
    default_country: Option<Country>,
) {
    let key = address.key();
    rows.text("address_line1", address.line1.as_deref());
    rows.text("address_line2", address.line2.as_deref());
    rows.text("city", address.city.as_deref());
    rows.text("region", address.region.as_deref());
    rows.text("postcode", address.postcode.as_deref());
    let country = address.country.or(default_country);
    rows.text("country", country.as_ref().map(Country::iso2));
    rows.boolean("is_country_stated", Some(address.country.is_some()));
    rows.text("address_key", (!key.is_empty()).then_some(key.as_str()));
    let parts = address.components();
    rows.text("recipient", parts.recipient.as_deref());
    rows.text("house_number", parts.house_number.as_deref());
    rows.text("street", parts.road.as_deref());
    rows.text("unit", parts.unit.as_deref());
    rows.text("po_box", parts.po_box.as_deref());
    rows.text("suburb", parts.suburb.as_deref());
    rows.text("region_code", parts.region_code.as_deref());
    rows.boolean("is_valid", Some(is_valid));
}

/// A statement is one row for each contact point it names, or one row for its record where it names none. Where the named
/// contact point cannot be read, the statement falls back on its record, as the more restrictive reading of a denial; a
/// grant for something unreadable grants nothing.
pub fn consent(row: &MappedRow, tables: &mut Tables) -> Result<(), String> {
    let (stated_status, stated_purpose) = (
        row.get("status").unwrap_or_default(),
        row.get("purpose").unwrap_or_default(),
    );
    // A purpose may be worded as a refusal ("do not sell"): then a yes is a no.
    let refusal = parse_refusal(stated_purpose);
    let (status, purpose) = match refusal {
        Some((refused, _)) => {
            let status = Status::of_refusal(stated_status);
            let status = status.ok_or("it refuses, and has no status: true or false")?;
            (status, refused.to_owned())
        }
        None => (Status::parse(stated_status), parse_purpose(stated_purpose)),
    };
    // A denial that names no channel, or one that nobody knows, denies them all; anything else must name one.
    let stated_channel = row.get("channel").and_then(parse_channel);
    let channel = match (refusal, stated_channel) {
        // "do not call" says which
        (Some((_, channel)), _) if channel != "all" => channel,
        // Whoever may not be sold may not be sold anywhere.
        _ if purpose == "sale" && status.is_denial() => "all",
        (_, Some(channel)) => channel,
        (Some(_), None) => "all",
        (None, None) if status.is_denial() => "all",
        (None, None) => return Err("channel is none of email, sms, phone, post, ads, all".into()),
    };
    if status.is_grant() && row.get("purpose").is_none() {
        return Err("it grants consent for no stated purpose".into());
    }
    let email = row.email("email");
    let phone = row.phone("phone");
    let names_contact = row.get("email").is_some() || row.get("phone").is_some();
    let has_record = row.get("person_id").is_some() || row.get("account_id").is_some();
    let mut contacts: Vec<Option<(&str, &str, i64)>> = Vec::new();
    contacts.extend(
        email
            .as_ref()
            .map(|email| Some(("email", email.as_str(), email_key(email)))),
    );
    contacts.extend(
        phone
            .as_ref()
            .map(|phone| Some(("phone", phone.e164(), contact_key("phone", phone.e164())))),
    );
    if contacts.is_empty() {
        if !has_record {
            return Err("no subject: neither a record id nor a valid email or phone".into());
        }
        if names_contact && status.is_grant() {
            return Err("it grants consent for an email or phone that is not valid".into());
        }
        contacts.push(None);
    }
    // A row may make several statements, of one list in it.
    let told = format!(
        "{}\n{}\n{}",
        row.from.file_key,
        row.source_row,
        row.original()
    );
    let statement_key = crate::udf::key_hash(&told);
    // A denial is kept even if its date cannot be read.
    let time = |column: &'static str| match row.timestamp(column) {
        Err(_) if status.is_denial() => Ok(None),
        read => read,
    };
    for contact in contacts {
        in_row(row, tables, |row, rows| {
            rows.integer("statement_key", Some(statement_key));
            consent_owner(row, rows);
            if let Some((contact_channel, value, key)) = contact {
                rows.text("contact_channel", Some(contact_channel));
                rows.text("contact_value", Some(value));
                rows.integer("contact_key", Some(key));
            }
            rows.text("purpose", Some(&purpose));
            rows.text("channel", Some(channel));
            rows.text("status", Some(status.name()));
            rows.boolean(
                "is_confirmed",
                Some(status.is_grant() && is_confirmed(stated_status)),
            );
            rows.timestamp("stated_at", time("stated_at")?);
            rows.text("evidence", row.get("evidence"));
            rows.text("legal_basis", row.get("legal_basis"));
            rows.timestamp("expires_at", time("expires_at")?);
            rows.text("jurisdiction", row.get("jurisdiction"));
            rows.text("original", Some(row.original()));
            Ok(())
        })?;
    }
    Ok(())
}

fn consent_owner(row: &MappedRow, rows: &mut Rows) {
    let source = row.get("owner_source").unwrap_or(&row.from.feed.source);
    for (column, entity) in [("person_id", "person"), ("account_id", "account")] {
        if let Some(id) = row.get(column) {
            rows.text("owner_entity", Some(entity));
            rows.text("owner_record_id", Some(id));
            rows.integer("owner_key", Some(record_key(entity, source, id)));
            return;
        }
    }
}

pub fn preference(row: &MappedRow, tables: &mut Tables) -> Result<(), String> {
    let name = present("name", row.get("name"))?;
    in_row(row, tables, |row, rows| {
        row.owner(rows)?;
        rows.text("name", Some(name));
        rows.text("value", row.get("value"));
        rows.timestamp("updated_at", row.timestamp("updated_at")?);
        Ok(())
    })
}

pub fn relationship(row: &MappedRow, tables: &mut Tables) -> Result<(), String> {
    let from = present("from_id", row.get("from_id"))?;
    let to = present("to_id", row.get("to_id"))?;
    in_row(row, tables, |row, rows| {
        rows.text("from_id", Some(from));
        rows.text("to_id", Some(to));
        rows.text("kind", row.get("kind"));
        rows.text("role", row.get("role"));
        rows.timestamp("valid_from", row.timestamp("valid_from")?);
        rows.timestamp("valid_to", row.timestamp("valid_to")?);
        Ok(())
    })
}

pub fn fact(row: &MappedRow, tables: &mut Tables) -> Result<(), String> {
    let entity = row.from.feed.entity;
    let (times, texts): (&[&str], &[&str]) = match entity {
        Entity::Order => (&["ordered_at"], &["status"]),
        Entity::Invoice => (&["issued_at", "paid_at"], &["status"]),
        Entity::Subscription => (&["started_at", "ended_at"], &["plan", "status"]),
        Entity::Ticket => (
            &["opened_at", "closed_at"],
            &["status", "priority", "subject"],
        ),
        _ => (&["occurred_at"], &["kind", "channel", "detail"]),
    };
    in_row(row, tables, |row, rows| {
        row.version(rows, entity.as_str())?;
        row.owner(rows)?;
        for column in times {
            rows.timestamp(column, row.timestamp(column)?);
        }
        for column in texts {
            rows.text(column, row.get(column));
        }
        rows.number("amount", row.number("amount")?);
        let currency = row.get("currency").map(str::to_uppercase);
        rows.text("currency", currency.as_deref());
        rows.text("original", Some(row.original()));
        rows.text("attributes", row.attributes().as_deref());
        Ok(())
    })
}

/// Writes one row of the feed's own table, or takes it back whole.
pub(super) fn in_row(
    row: &MappedRow,
    tables: &mut Tables,
    write: impl FnOnce(&MappedRow, &mut Rows) -> Result<(), String>,
) -> Result<(), String> {
    let Some(rows) = tables.get_mut(row.from.feed.entity.table()) else {
        return Ok(());
    };
    let before = rows.len();
    let written = write(row, rows);
    row.provenance(rows);
    rows.end();
    if written.is_err() {
        rows.take_back(before);
    }
    written
}
