//! People compared.

mod comparisons;

pub(crate) use comparisons::COMPARISONS;

use crate::level::{birth_date, code, contact, organization, person_name, place};
use crate::vector::Vector;

/// What of a person's record is compared: match keys of `records`, `""` (of the birth date 0) when missing. Personal
/// data, so it prints nothing.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Person<'a> {
    /// `NameKeys::given`; an initial is one letter.
    pub given: &'a str,
    /// Further given names, folded without spaces, or an initial.
    pub middle: &'a str,
    /// `NameKeys::family`
    pub family: &'a str,
    /// Generational, in any form that is one for all records.
    pub suffix: &'a str,
    /// Year, month and day as decimal digits, 19880214: see [`packed_date`](crate::packed_date). A month or day that is
    /// not known is 00.
    pub birth_date: u32,
    /// In any form that is one for all records.
    pub gender: &'a str,
    /// `Email::match_key`; several parted by spaces.
    pub email: &'a str,
    /// The company's own domain of the e-mail; `""` at a provider of mailboxes for everyone.
    pub domain: &'a str,
    /// E.164; several parted by spaces.
    pub phone: &'a str,
    /// `PostalAddress::street_key`
    pub street: &'a str,
    /// Lower-case letters and digits.
    pub postcode: &'a str,
    /// Folded.
    pub city: &'a str,
    /// ISO 3166-1 alpha-2, where the source states it.
    pub country: &'a str,
    /// `CompanyName::key` of the employer.
    pub company: &'a str,
    /// Of the state: a person has one. In upper-case letters and digits.
    pub national_id: &'a str,
    /// A business key that systems share.
    pub customer_number: &'a str,
}

/// The comparison vector of two people. Symmetric; a value that is missing on a side is no evidence.
pub fn compare_people(a: &Person<'_>, b: &Person<'_>) -> Vector {
    let (given, family) = person_name::names((a.given, a.family), (b.given, b.family));
    let postcode = place::postcode(a.postcode, b.postcode);
    // One postcode has one city.
    let city = if postcode == 1 {
        crate::level::MISSING
    } else {
        place::city(a.city, b.city)
    };
    let levels = [
        given,
        family,
        person_name::middle(a.middle, b.middle),
        code::equality(a.suffix, b.suffix),
        birth_date::birth_date(a.birth_date, b.birth_date),
        code::equality(a.gender, b.gender),
        contact::email(mailbox(a), mailbox(b)),
        contact::phone(a.phone, b.phone),
        place::street(a.street, b.street),
        postcode,
        city,
        code::equality(a.country, b.country),
        organization::company(a.company, b.company),
        code::number(a.national_id, b.national_id),
        code::equality(a.customer_number, b.customer_number),
    ];
    let numbered = levels.into_iter().enumerate();
    numbered.fold(Vector::default(), |vector, (at, level)| {
        vector.with(at, level)
    })
}

fn mailbox<'a>(person: &Person<'a>) -> contact::Mailbox<'a> {
    contact::Mailbox {
        email: person.email,
        domain: person.domain,
        given: person.given,
        family: person.family,
    }
}
