//! Organizations compared.

mod comparisons;

pub(crate) use comparisons::COMPARISONS;

use crate::level::{code, contact, organization, place};
use crate::model::Weights;
use crate::step::{self, Outline, Step};
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
pub fn compare_accounts<'a>(a: &Account<'a>, b: &Account<'a>) -> Vector {
    step::compare(&Account::STEPS, a, b)
}

/// The same, unless the match weight of the two is below `floor`.
pub fn compare_accounts_above<'a>(
    weights: &Weights,
    a: (&Account<'a>, &Outline),
    b: (&Account<'a>, &Outline),
    floor: f64,
) -> Option<Vector> {
    step::compare_above(&Account::STEPS, weights, (a.0, b.0), (a.1, b.1), floor)
}

const NAME: usize = 0;
const DOMAIN: usize = 1;
const PHONE: usize = 2;
const STREET: usize = 3;
const POSTCODE: usize = 4;
const CITY: usize = 5;
const COUNTRY: usize = 6;
const TAX_ID: usize = 7;
const REGISTRATION_NUMBER: usize = 8;
const DUNS: usize = 9;
const LEI: usize = 10;
const CUSTOMER_NUMBER: usize = 11;

impl<'a> Account<'a> {
    const STEPS: [Step<Account<'a>>; 7] = [
        Step {
            comparisons: &[COUNTRY, CUSTOMER_NUMBER],
            compare: |a, b| {
                let number = code::equality(a.customer_number, b.customer_number);
                let country = code::equality(a.country, b.country);
                Vector::of(&[(COUNTRY, country), (CUSTOMER_NUMBER, number)])
            },
        },
        Step {
            comparisons: &[POSTCODE, CITY],
            compare: |a, b| {
                place::towns((POSTCODE, CITY), (a.postcode, a.city), (b.postcode, b.city))
            },
        },
        Step {
            comparisons: &[TAX_ID, REGISTRATION_NUMBER, DUNS, LEI],
            compare: |a, b| {
                Vector::of(&[
                    (TAX_ID, code::number(a.tax_id, b.tax_id)),
                    (
                        REGISTRATION_NUMBER,
                        code::number(a.registration_number, b.registration_number),
                    ),
                    (DUNS, code::number(a.duns, b.duns)),
                    (LEI, code::number(a.lei, b.lei)),
                ])
            },
        },
        Step {
            comparisons: &[STREET],
            compare: |a, b| Vector::of(&[(STREET, place::street(a.street, b.street))]),
        },
        Step {
            comparisons: &[PHONE],
            compare: |a, b| Vector::of(&[(PHONE, contact::phone(a.phone, b.phone))]),
        },
        Step {
            comparisons: &[DOMAIN],
            compare: |a, b| Vector::of(&[(DOMAIN, contact::domain(a.domain, b.domain))]),
        },
        Step {
            comparisons: &[NAME],
            compare: |a, b| {
                let names = [[a.name, a.trading_name], [b.name, b.trading_name]];
                Vector::of(&[(NAME, organization::names(names[0], names[1]))])
            },
        },
    ];
}
