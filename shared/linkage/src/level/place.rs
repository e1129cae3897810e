//! Addresses: street, postcode, city, country.

use super::MISSING;
use crate::distance::{Key, is_within};
use crate::vector::Vector;

const EXACT: u8 = 1;
const NEAR: u8 = 2;
const ROAD: u8 = 3;
const DIFFERENT: u8 = 4;

/// The street part of an address (`PostalAddress::street_key`): house number, road, `#unit`.
#[derive(Clone, Copy, Default)]
pub(crate) struct Street<'a> {
    whole: &'a str,
    number: &'a str,
    road: Key<'a>,
}

impl<'a> Street<'a> {
    pub fn of(whole: &'a str) -> Street<'a> {
        let (number, road) = parts(whole);
        Street {
            whole,
            number,
            road: Key::of(road),
        }
    }
}

pub(crate) fn street(a: &Street<'_>, b: &Street<'_>) -> u8 {
    if a.whole.is_empty() || b.whole.is_empty() {
        return MISSING;
    }
    if a.whole == b.whole {
        return EXACT;
    }
    if !is_near_road(a.road, b.road) {
        return DIFFERENT;
    }
    // Alike but for the unit, or slips in the road.
    if a.number == b.number { NEAR } else { ROAD }
}

/// House number, road; without the unit.
fn parts(street: &str) -> (&str, &str) {
    let cut = |text: &'_ str, at: u8| text.bytes().position(|letter| letter == at);
    let whole = cut(street, b'#')
        .and_then(|unit| street.get(..unit))
        .unwrap_or(street);
    let whole = whole.trim_ascii_end();
    let Some(end) = cut(whole, b' ') else {
        return ("", whole);
    };
    match (whole.get(..end), whole.get(end + 1..)) {
        (Some(number), Some(road)) if number.bytes().any(|letter| letter.is_ascii_digit()) => {
            (number, road)
        }
        _ => ("", whole),
    }
}

fn is_near_road(a: Key<'_>, b: Key<'_>) -> bool {
    let shorter = a.text.len().min(b.text.len());
    if a == b {
        return shorter > 0;
    }
    if shorter < 4 {
        return false;
    }
    let most = 1 + shorter / 7;
    let is_part = || a.text.starts_with(b.text) || b.text.starts_with(a.text);
    a.is_within(b, most) || is_part() || a.is_similar(b, 0.9)
}

/// Postcode and city, which stand at these places of a vector: one postcode has one city, which then says nothing of its own.
pub(crate) fn towns(at: (usize, usize), a: (&str, Key<'_>), b: (&str, Key<'_>)) -> Vector {
    let postcode = postcode(a.0, b.0);
    let city = if postcode == EXACT {
        MISSING
    } else {
        city(a.1, b.1)
    };
    Vector::of(&[(at.0, postcode), (at.1, city)])
}

/// Levels of postcodes in lower-case letters and digits.
pub(crate) fn postcode(a: &str, b: &str) -> u8 {
    if a.is_empty() || b.is_empty() {
        return MISSING;
    }
    if a == b {
        return EXACT;
    }
    let shorter = a.len().min(b.len());
    if shorter >= 4 && is_within(a, b, 1) {
        return 2;
    }
    // Half of it: a sectional centre, an outward code, a town.
    let area = shorter.div_ceil(2).max(2);
    if a.bytes().take(area).eq(b.bytes().take(area)) {
        3
    } else {
        4
    }
}

/// Levels of folded names of cities.
pub(crate) fn city(a: Key<'_>, b: Key<'_>) -> u8 {
    let is_either_part = || is_part(a.text, b.text) || is_part(b.text, a.text);
    if a.text.is_empty() || b.text.is_empty() {
        MISSING
    } else if a == b {
        EXACT
    } else if a.is_typo(b) || a.is_similar(b, 0.9) || is_either_part() {
        NEAR
    } else {
        3
    }
}

/// "newcastle", "newcastle upon tyne"
fn is_part(part: &str, whole: &str) -> bool {
    part.len() >= 5
        && whole
            .strip_prefix(part)
            .is_some_and(|rest| rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streets() {
        let street = |a, b| street(&Street::of(a), &Street::of(b));
        for (a, b, want) in [
            ("", "12 main st", MISSING),
            ("12 main st", "12 main st", EXACT),
            ("12 main st #4", "12 main st", NEAR),
            ("12 shackleton cct", "12 shackletok cct", NEAR),
            ("12 main st", "14 main st", ROAD),
            ("main st", "14 main st", ROAD),
            ("12 main st", "12 oak ave", DIFFERENT),
        ] {
            assert_eq!(street(a, b), want, "{a} {b}");
            assert_eq!(street(b, a), want, "{b} {a}");
        }
    }

    #[test]
    fn postcodes_and_cities() {
        let city = |a, b| city(Key::of(a), Key::of(b));
        assert_eq!(postcode("6707", "6770"), 2);
        assert_eq!(postcode("92101", "92155"), 3);
        assert_eq!(postcode("n724hf", "l584hf"), 4);
        assert_eq!(city("birmingham", "bimingham"), NEAR);
        assert_eq!(city("newcastle", "newcastle upon tyne"), NEAR);
        assert_eq!(city("london", "leeds"), 3);
    }
}
