//! Addresses: street, postcode, city, country.

use super::MISSING;
use crate::distance::{is_similar, is_typo, is_within};
use crate::vector::Vector;

const EXACT: u8 = 1;
const NEAR: u8 = 2;
const ROAD: u8 = 3;
const DIFFERENT: u8 = 4;

/// Levels of the street part of an address (`PostalAddress::street_key`): house number, road, `#unit`.
pub(crate) fn street(a: &str, b: &str) -> u8 {
    if a.is_empty() || b.is_empty() {
        return MISSING;
    }
    if a == b {
        return EXACT;
    }
    let (number_a, road_a) = parts(a);
    let (number_b, road_b) = parts(b);
    if !is_near_road(road_a, road_b) {
        return DIFFERENT;
    }
    // Alike but for the unit, or slips in the road.
    if number_a == number_b { NEAR } else { ROAD }
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

fn is_near_road(a: &str, b: &str) -> bool {
    let shorter = a.len().min(b.len());
    if a == b {
        return shorter > 0;
    }
    if shorter < 4 {
        return false;
    }
    let most = 1 + shorter / 7;
    let is_part = || a.starts_with(b) || b.starts_with(a);
    is_within(a, b, most) || is_part() || is_similar(a, b, 0.9)
}

/// Postcode and city, which stand at these places of a vector: one postcode has one city, which then says nothing of its own.
pub(crate) fn towns(at: (usize, usize), a: (&str, &str), b: (&str, &str)) -> Vector {
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
pub(crate) fn city(a: &str, b: &str) -> u8 {
    if a.is_empty() || b.is_empty() {
        MISSING
    } else if a == b {
        EXACT
    } else if is_typo(a, b) || is_similar(a, b, 0.9) || is_part(a, b) || is_part(b, a) {
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
        assert_eq!(postcode("6707", "6770"), 2);
        assert_eq!(postcode("92101", "92155"), 3);
        assert_eq!(postcode("n724hf", "l584hf"), 4);
        assert_eq!(city("birmingham", "bimingham"), NEAR);
        assert_eq!(city("newcastle", "newcastle upon tyne"), NEAR);
        assert_eq!(city("london", "leeds"), 3);
    }
}
