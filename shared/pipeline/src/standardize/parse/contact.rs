//! E-mail addresses and phone numbers: of a record, and as rows of their own.

use super::party::{Tags, owner};
use super::{MappedRow, Rows, Tables};
use crate::udf::contact_key;
use records::country::Country;
use records::email::Email;
use records::phone::Phone;
use std::borrow::Cow;

/// The contact values of a record, each with what it reads as.
pub struct Contacts<'a> {
    emails: Vec<(Cow<'a, str>, Option<Email>)>,
    phones: Vec<(Cow<'a, str>, Option<Phone>)>,
}

impl<'a> Contacts<'a> {
    pub fn of(row: &MappedRow<'a>, tags: &mut Tags) -> Contacts<'a> {
        let mut emails = Vec::new();
        for text in row.all("email") {
            match Email::parse_all_with(&text, row.rules()) {
                Ok(all) => {
                    for email in all {
                        row.note("email", email.rules(), &text, email.as_str());
                        emails.push((text.clone(), Some(email)));
                    }
                }
                Err(_) => emails.push((text, None)),
            }
        }
        let mut phones = Vec::new();
        for text in row.all("phone") {
            match Phone::parse_all_with(&text, row.country(), row.rules()) {
                Ok(all) => {
                    for phone in all {
                        row.note("phone", phone.rules(), &text, phone.e164());
                        phones.push((text.clone(), Some(phone)));
                    }
                }
                Err(_) => phones.push((text, None)),
            }
        }
        if emails.iter().any(|(_, email)| email.is_none()) {
            tags.add("InvalidEmail");
        }
        if phones.iter().any(|(_, phone)| phone.is_none()) {
            tags.add("InvalidPhone");
        }
        let contacts = Contacts { emails, phones };
        if !contacts.emails.is_empty() && contacts.email().is_none() {
            row.invalid("email");
        }
        if !contacts.phones.is_empty() && contacts.phone().is_none() {
            row.invalid("phone");
        }
        contacts
    }

    /// The first valid one.
    pub fn email(&self) -> Option<&Email> {
        self.emails.iter().find_map(|(_, email)| email.as_ref())
    }

    /// The first valid one.
    pub fn phone(&self) -> Option<&Phone> {
        self.phones.iter().find_map(|(_, phone)| phone.as_ref())
    }
}

/// Every contact value of a record is a row of its own.
pub fn points(
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
    let mut point = |is_primary: bool, value: &dyn Fn(&mut Rows)| {
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

/// The key of an e-mail address, the same whatever rules are off for a feed: an opt-out binds every spelling.
pub fn email_key(email: &Email) -> i64 {
    let written = email.as_str();
    let is_standard = !written.contains("xn--") && !written.chars().any(char::is_uppercase);
    let standard = match is_standard {
        true => None,
        false => Email::parse(written).ok(),
    };
    contact_key("email", standard.as_ref().map_or(written, Email::as_str))
}

/// Writes the columns of one e-mail address, read or not.
pub fn email_value(rows: &mut Rows, original: &str, email: Option<&Email>) {
    rows.text("channel", Some("email"));
    rows.boolean("is_valid", Some(email.is_some()));
    rows.text("original", Some(original));
    let Some(email) = email else { return };
    let (is_role, is_placeholder) = (email.is_role(), email.is_placeholder());
    rows.text("value", Some(email.as_str()));
    rows.integer("contact_key", Some(email_key(email)));
    if !(is_role || is_placeholder) {
        rows.text("match_value", Some(&email.match_key()));
    }
    let suggestion = email.suggestion();
    rows.text("suggestion", suggestion.as_ref().map(Email::as_str));
    let tags = [
        (is_role, "Role"),
        (is_placeholder, "Placeholder"),
        (email.is_free_mail(), "FreeMail"),
        (email.is_disposable(), "Disposable"),
        (suggestion.is_some(), "Mistyped"),
    ];
    tag(rows, &tags);
}

/// Writes the columns of one phone number, read or not.
pub fn phone_value(
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
    rows.text("number_type", Some(phone.number_type().name()));
    rows.text("extension", phone.extension());
    let tags = [
        (phone.is_placeholder(), "Placeholder"),
        (phone.number_type().is_service(), "Service"),
    ];
    tag(rows, &tags);
}

/// Writes the tags that apply; null where none does.
fn tag(rows: &mut Rows, tags: &[(bool, &'static str)]) {
    if tags.iter().any(|(applies, _)| *applies) {
        let applying = tags.iter().filter(|(applies, _)| *applies);
        rows.texts("tags", applying.map(|(_, tag)| *tag));
    }
}
