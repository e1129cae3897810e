//! Organizations compared.

mod comparisons;

pub(crate) use comparisons::COMPARISONS;

use crate::level::{MISSING, code, contact, organization, place};
use crate::vector::Vector;

/// What of an account's record is compared: match keys of `records`, `""` when missing.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Account<'a> {
    /// `CompanyName::key`
    pub name: &'a str,
    /// A second one: what it trades as.
    pub trading_name: &'a str,
    /// `Domain`, of the website or the e-mail; `""` where it is not the organization's own.
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
    pub tax_id: &'a str,
    pub registration_number: &'a str,
    pub duns: &'a str,
    pub lei: &'a str,
    /// A business key that systems share.
    pub customer_number: &'a str,
}

/// The comparison vector of two organizations. Symmetric; a value that is missing on a side is no evidence.
pub fn compare_accounts(a: &Account<'_>, b: &Account<'_>) -> Vector {
    let postcode = place::postcode(a.postcode, b.postcode);
    // One postcode has one city.
    let city = if postcode == 1 {
        MISSING
    } else {
        place::city(a.city, b.city)
    };
    let levels = [
        organization::names([a.name, a.trading_name], [b.name, b.trading_name]),
        contact::domain(a.domain, b.domain),
        contact::phone(a.phone, b.phone),
        place::street(a.street, b.street),
        postcode,
        city,
        code::equality(a.country, b.country),
        code::number(a.tax_id, b.tax_id),
        code::number(a.registration_number, b.registration_number),
        code::number(a.duns, b.duns),
        code::number(a.lei, b.lei),
        code::equality(a.customer_number, b.customer_number),
    ];
    let numbered = levels.into_iter().enumerate();
    numbered.fold(Vector::default(), |vector, (at, level)| {
        vector.with(at, level)
    })
}
