//! People compared.

mod comparisons;

pub(crate) use comparisons::COMPARISONS;

use crate::distance::Key;
use crate::level::organization::{self, Name};
use crate::level::place::{self, Street};
use crate::level::{birth_date, code, contact, person_name};
use crate::model::Weights;
use crate::step::{self, Outline, Step};
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
    /// Of the state: a person has one. In upper-case letters and digits; or sealed, with tokens behind it, parted by spaces,
    /// of which two values that a slip parts have one in common.
    pub national_id: &'a str,
    /// A business key that systems share.
    pub customer_number: &'a str,
}

/// Made ready to be compared with many: what is looked at again and again is told apart once.
#[derive(Clone, Copy)]
pub struct PreparedPerson<'a> {
    of: Person<'a>,
    street: Street<'a>,
    city: Key<'a>,
    company: Name<'a>,
}

impl<'a> Person<'a> {
    pub fn prepared(self) -> PreparedPerson<'a> {
        PreparedPerson {
            of: self,
            street: Street::of(self.street),
            city: Key::of(self.city),
            company: Name::of(self.company),
        }
    }
}

impl<'a> std::ops::Deref for PreparedPerson<'a> {
    type Target = Person<'a>;

    fn deref(&self) -> &Person<'a> {
        &self.of
    }
}

/// The comparison vector of two people. Symmetric; a value that is missing on a side is no evidence.
pub fn compare_people(a: &Person<'_>, b: &Person<'_>) -> Vector {
    a.prepared().compare(&b.prepared())
}

impl PreparedPerson<'_> {
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

const GIVEN: usize = 0;
const FAMILY: usize = 1;
const MIDDLE: usize = 2;
const SUFFIX: usize = 3;
const BIRTH_DATE: usize = 4;
const GENDER: usize = 5;
const EMAIL: usize = 6;
const PHONE: usize = 7;
const STREET: usize = 8;
const POSTCODE: usize = 9;
const CITY: usize = 10;
const COUNTRY: usize = 11;
const COMPANY: usize = 12;
const NATIONAL_ID: usize = 13;
const CUSTOMER_NUMBER: usize = 14;

impl PreparedPerson<'_> {
    const STEPS: [Step<Self>; 13] = [
        Step {
            comparisons: &[BIRTH_DATE],
            compare: |a, b| {
                let level = birth_date::birth_date(a.birth_date, b.birth_date);
                Vector::of(&[(BIRTH_DATE, level)])
            },
        },
        Step {
            comparisons: &[GENDER],
            compare: |a, b| Vector::of(&[(GENDER, code::equality(a.gender, b.gender))]),
        },
        Step {
            comparisons: &[SUFFIX],
            compare: |a, b| Vector::of(&[(SUFFIX, code::equality(a.suffix, b.suffix))]),
        },
        Step {
            comparisons: &[COUNTRY],
            compare: |a, b| Vector::of(&[(COUNTRY, code::equality(a.country, b.country))]),
        },
        Step {
            comparisons: &[CUSTOMER_NUMBER],
            compare: |a, b| {
                let level = code::equality(a.customer_number, b.customer_number);
                Vector::of(&[(CUSTOMER_NUMBER, level)])
            },
        },
        Step {
            comparisons: &[NATIONAL_ID],
            compare: |a, b| {
                Vector::of(&[(
                    NATIONAL_ID,
                    code::sealed_number(a.national_id, b.national_id),
                )])
            },
        },
        Step {
            comparisons: &[POSTCODE, CITY],
            compare: |a, b| {
                place::towns((POSTCODE, CITY), (a.postcode, a.city), (b.postcode, b.city))
            },
        },
        Step {
            comparisons: &[GIVEN, FAMILY],
            compare: |a, b| {
                let (given, family) = person_name::names((a.given, a.family), (b.given, b.family));
                Vector::of(&[(GIVEN, given), (FAMILY, family)])
            },
        },
        Step {
            comparisons: &[PHONE],
            compare: |a, b| Vector::of(&[(PHONE, contact::phone(a.phone, b.phone))]),
        },
        Step {
            comparisons: &[STREET],
            compare: |a, b| Vector::of(&[(STREET, place::street(&a.street, &b.street))]),
        },
        Step {
            comparisons: &[MIDDLE],
            compare: |a, b| Vector::of(&[(MIDDLE, person_name::middle(a.middle, b.middle))]),
        },
        Step {
            comparisons: &[EMAIL],
            compare: |a, b| Vector::of(&[(EMAIL, contact::email(mailbox(a), mailbox(b)))]),
        },
        Step {
            comparisons: &[COMPANY],
            compare: |a, b| Vector::of(&[(COMPANY, organization::company(&a.company, &b.company))]),
        },
    ];
}

fn mailbox<'a>(person: &Person<'a>) -> contact::Mailbox<'a> {
    contact::Mailbox {
        email: person.email,
        domain: person.domain,
        given: person.given,
        family: person.family,
    }
}
