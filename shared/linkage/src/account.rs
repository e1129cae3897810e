//! Organizations compared.

mod comparisons;

pub(crate) use comparisons::COMPARISONS;

use crate::distance::Key;
use crate::level::organization::{self, Name};
use crate::level::place::{self, Street};
use crate::level::{code, contact};
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

/// Made ready to be compared with many: what is looked at again and again is told apart once.
#[derive(Clone, Copy)]
pub struct PreparedAccount<'a> {
    of: Account<'a>,
    names: [Name<'a>; 2],
    street: Street<'a>,
    city: Key<'a>,
}

impl<'a> Account<'a> {
    pub fn prepared(self) -> PreparedAccount<'a> {
        PreparedAccount {
            of: self,
            names: [self.name, self.trading_name].map(Name::of),
            street: Street::of(self.street),
            city: Key::of(self.city),
        }
    }
}

impl<'a> std::ops::Deref for PreparedAccount<'a> {
    type Target = Account<'a>;

    fn deref(&self) -> &Account<'a> {
        &self.of
    }
}

/// The comparison vector of two organizations. Symmetric; a value that is missing on a side is no evidence.
pub fn compare_accounts(a: &Account<'_>, b: &Account<'_>) -> Vector {
    a.prepared().compare(&b.prepared())
}

impl PreparedAccount<'_> {
    /// The comparison vector with another.
    pub fn compare(&self, other: &Self) -> Vector {
        step::compare(&Self::STEPS, self, other)
    }

    /// The same, unless the match weight of the two is below `floor`. The outlines are those of this one and of the other.
    pub fn compare_above(
        &self,
        other: &Self,
        weights: &Weights,
        outlines: (&Outline, &Outline),
        floor: f64,
    ) -> Option<Vector> {
        step::compare_above(&Self::STEPS, weights, (self, other), outlines, floor)
    }
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

impl PreparedAccount<'_> {
    const STEPS: [Step<Self>; 7] = [
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
            compare: |a, b| Vector::of(&[(STREET, place::street(&a.street, &b.street))]),
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
            compare: |a, b| Vector::of(&[(NAME, organization::names(&a.names, &b.names))]),
        },
    ];
}
