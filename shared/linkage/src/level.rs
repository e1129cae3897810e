//! Levels of agreement, one file per kind of value, each with the comparisons that they belong to. Keys are as `records`
//! makes them; `""` is missing. Equal values are told first, since they are the most frequent and the cheapest.

pub(crate) mod birth_date;
pub(crate) mod code;
pub(crate) mod contact;
pub(crate) mod organization;
pub(crate) mod person_name;
pub(crate) mod place;

/// Nothing to compare: no evidence.
pub(crate) const MISSING: u8 = 0;

/// The closest level of any value of `a` to any of `b`, each values parted by spaces.
fn closest(a: &str, b: &str, level: impl Fn(&str, &str) -> u8) -> u8 {
    let is_one = |key: &str| !key.bytes().any(|letter| letter == b' ');
    if a == b || (is_one(a) && is_one(b)) {
        return level(a, b);
    }
    let pairs = a
        .split_ascii_whitespace()
        .flat_map(|x| b.split_ascii_whitespace().map(move |y| (x, y)));
    pairs.map(|(x, y)| level(x, y)).min().unwrap_or(MISSING)
}
