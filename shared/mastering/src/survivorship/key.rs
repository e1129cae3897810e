//! A candidate as bytes that sort as candidates do, so that any chain of criteria is one sort.

use super::{Criterion, SurvivorshipRule};

/// A value that somebody states of a customer, and what criteria ask of it. Times are in microseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Candidate<'a> {
    pub value: &'a str,
    pub role: &'a str,
    pub known_at: Option<i64>,
    pub verified_at: Option<i64>,
    /// How many of the customer's records state it.
    pub frequency: Option<i64>,
    /// How many attributes its record states.
    pub completeness: Option<i64>,
    pub is_reachable: Option<bool>,
    pub is_valid: bool,
    pub is_whole_name: Option<bool>,
    /// A steward chose it.
    pub is_chosen: bool,
}

/// What a steward chose beats all else.
const STEWARD: &str = "steward";

/// What is not valid never beats what is.
const VALIDITY: &str = "valid_first";

/// Told where two values are equal under the whole chain: the first in the order of its characters survives.
const LAST_RESORT: &str = "value";

impl SurvivorshipRule {
    /// Appends bytes that sort as candidates do: the best one's are the least. Of equal ones, the least value survives.
    pub fn write_key(&self, candidate: &Candidate<'_>, key: &mut Vec<u8>) {
        let (chosen, valid) = (candidate.is_chosen, candidate.is_valid);
        number(Some(2 * i64::from(chosen) + i64::from(valid)), key);
        for criterion in &self.chain {
            criterion.write_key(candidate, key);
        }
    }

    /// The criterion by which one of two keys is the lesser.
    pub fn decided_by(&self, a: &[u8], b: &[u8]) -> String {
        let mut at = 0;
        let criteria = self.chain.iter().map(Some);
        for criterion in std::iter::once(None).chain(criteria) {
            let end = at
                + criterion.map_or(NUMBER, |criterion| {
                    criterion.key_length(&a[at.min(a.len())..])
                });
            if a.get(at..end) != b.get(at..end) {
                return criterion.map_or_else(|| first(a, b).into(), Criterion::name);
            }
            at = end;
        }
        LAST_RESORT.into()
    }
}

/// What the first number of two keys tells apart.
fn first(a: &[u8], b: &[u8]) -> &'static str {
    let mut chosen = Vec::new();
    number(Some(2), &mut chosen);
    let is_chosen = |key: &[u8]| {
        key.get(..NUMBER)
            .is_some_and(|first| first <= chosen.as_slice())
    };
    match is_chosen(a) != is_chosen(b) {
        true => STEWARD,
        false => VALIDITY,
    }
}

/// Bytes of one number in a key.
const NUMBER: usize = 9;
/// What stands before the bytes of a decimal number in a key, and before those of any other text.
const DECIMAL: u8 = 1;
const TEXT: u8 = 2;
/// What stands after them, as it is or inverted. It is in none of them.
const END: u8 = 0;

impl Criterion {
    fn write_key(&self, candidate: &Candidate<'_>, key: &mut Vec<u8>) {
        let flag = |is: Option<bool>| is.map(i64::from);
        match self {
            Criterion::SourceOrder(roles) => {
                let place = roles.iter().position(|role| role == candidate.role);
                number(place.map(|place| -(place as i64)), key);
            }
            Criterion::MostRecent => number(candidate.known_at, key),
            Criterion::MostRecentlyVerified => number(candidate.verified_at, key),
            Criterion::MostFrequent => number(candidate.frequency, key),
            Criterion::MostComplete => number(candidate.completeness, key),
            Criterion::Longest => number(Some(candidate.value.chars().count() as i64), key),
            Criterion::Reachable => number(flag(candidate.is_reachable), key),
            Criterion::ValidFirst => number(Some(i64::from(candidate.is_valid)), key),
            Criterion::NotMarketingForm => number(flag(candidate.is_whole_name), key),
            Criterion::Max => size(candidate.value, true, key),
            Criterion::Min => size(candidate.value, false, key),
            Criterion::MostRestrictive => number(None, key),
        }
    }

    /// How many of the first bytes of a key are this criterion's.
    fn key_length(&self, key: &[u8]) -> usize {
        match self {
            Criterion::Max | Criterion::Min => key
                .iter()
                .position(|byte| [END, !END].contains(byte))
                .map_or(key.len(), |last| last + 1),
            _ => NUMBER,
        }
    }
}

/// The greatest first, none last.
fn number(value: Option<i64>, key: &mut Vec<u8>) {
    key.push(u8::from(value.is_none()));
    // With the sign turned, the bytes of integers sort as they do.
    let rising = value.unwrap_or_default() ^ i64::MIN;
    key.extend((!rising).to_be_bytes());
}

/// Numbers before texts; both the greatest first, or the least.
fn size(value: &str, is_greatest_first: bool, key: &mut Vec<u8>) {
    let mut rising = Vec::new();
    match Decimal::of(value) {
        Some(decimal) => {
            key.push(DECIMAL);
            decimal.write(&mut rising);
        }
        None => {
            key.push(TEXT);
            // A NUL would end a key early; 0xFF is no byte of UTF-8.
            rising.extend(value.bytes().filter(|byte| *byte != END));
            rising.push(END);
        }
    }
    key.extend(rising.into_iter().map(|byte| match is_greatest_first {
        true => !byte,
        false => byte,
    }));
}

/// A number as it is written, however long: `-12.50`, `.5`, `007`, `1e5`. No leading zeros, and none at the end.
struct Decimal {
    is_negative: bool,
    whole: String,
    fraction: String,
}

/// Digits that an exponent may move the point by.
const FARTHEST: i64 = 400;
/// Of the length of a number, in bytes that are neither [`END`] nor its inverse.
const BASE: usize = 254;

impl Decimal {
    fn of(text: &str) -> Option<Decimal> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (digits, exponent) = match digits.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i64>().ok()?),
            None => (digits, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0
            || !is_plain(whole)
            || !is_plain(fraction)
            || exponent.abs() > FARTHEST
        {
            return None;
        }
        let moved = exponent.unsigned_abs() as usize;
        let (before, after) = match exponent < 0 {
            true => ("0".repeat(moved), String::new()),
            false => (String::new(), "0".repeat(moved)),
        };
        let all = format!("{before}{whole}{fraction}{after}");
        let point = (before.len() + whole.len()).checked_add_signed(exponent as isize)?;
        let (whole, fraction) = all.split_at_checked(point)?;
        let (whole, fraction) = (
            whole.trim_start_matches('0'),
            fraction.trim_end_matches('0'),
        );
        Some(Decimal {
            // There is one zero.
            is_negative: text.starts_with('-') && whole.len() + fraction.len() > 0,
            whole: whole.to_owned(),
            fraction: fraction.to_owned(),
        })
    }

    /// Bytes that sort as the numbers do: the sign, how long the whole part is, the digits.
    fn write(&self, key: &mut Vec<u8>) {
        let mut size = Vec::new();
        let mut length = self.whole.len();
        for _ in 0..4 {
            size.insert(0, (length % BASE) as u8 + 1);
            length /= BASE;
        }
        let digits = self.whole.bytes().chain(self.fraction.bytes());
        let body = size.into_iter().chain(digits).chain([END]);
        match self.is_negative {
            true => {
                key.push(1);
                key.extend(body.map(|byte| !byte));
            }
            false => {
                key.push(2);
                key.extend(body);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(chain: Vec<Criterion>) -> SurvivorshipRule {
        SurvivorshipRule {
            entity: "person".into(),
            attribute: "tier".into(),
            chain,
            keeps_all: false,
        }
    }

    fn key(rule: &SurvivorshipRule, candidate: Candidate<'_>) -> Vec<u8> {
        let mut key = Vec::new();
        rule.write_key(&candidate, &mut key);
        key
    }

    #[test]
    fn the_best_has_the_least_key() {
        let of = |value| Candidate {
            value,
            is_valid: true,
            ..Candidate::default()
        };
        let sorted = |criterion, values: &[&'static str]| {
            let rule = rule(vec![criterion]);
            let mut values = values.to_vec();
            values.sort_by_key(|value| key(&rule, of(value)));
            values
        };
        assert_eq!(
            sorted(
                Criterion::Max,
                &["abc", "9", "10", "-3", "-20.5", "ab", "b", "ä", "0", "-0"]
            )[..6],
            ["10", "9", "0", "-0", "-3", "-20.5"]
        );
        assert_eq!(
            sorted(Criterion::Max, &["abc", "ab", "b", "ä"]),
            ["ä", "b", "abc", "ab"]
        );
        assert_eq!(
            sorted(Criterion::Min, &["abc", "ab", "b", "10", "9", "-1"]),
            ["-1", "9", "10", "ab", "abc", "b"]
        );
        assert_eq!(
            sorted(Criterion::Longest, &["ä", "bb", "ccc"]),
            ["ccc", "bb", "ä"]
        );
    }

    #[test]
    fn numbers_are_as_long_as_they_are_written() {
        let rising = [
            "-1e5",
            "-20.51",
            "-20.5",
            "-3",
            "-.5",
            "0",
            "0.05",
            ".5",
            "5e-1",
            "0.51",
            "007",
            "9",
            "9.09",
            "1e1",
            "99",
            "1e5",
            "100001",
            "9007199254740992",
            "9007199254740993",
            "1e300",
        ];
        let rule = rule(vec![Criterion::Min, Criterion::Max]);
        let of = |value| {
            let candidate = Candidate {
                value,
                ..Candidate::default()
            };
            key(&rule, candidate)
        };
        for pair in rising.windows(2) {
            let order = of(pair[0]).cmp(&of(pair[1]));
            let expected = match pair {
                [".5", "5e-1"] => std::cmp::Ordering::Equal,
                _ => std::cmp::Ordering::Less,
            };
            assert_eq!(order, expected, "{pair:?}");
        }
        assert_eq!(rule.decided_by(&of(".5"), &of("5e-1")), "value");
        assert_eq!(rule.decided_by(&of("-3"), &of("-.5")), "min");
        assert_eq!(of("-0"), of("0.0"));
        for text in [
            "",
            "-",
            ".",
            "1.2.3",
            "1,000",
            "NaN",
            "1e",
            "1e9999",
            "2026-01-01",
        ] {
            assert!(Decimal::of(text).is_none(), "{text}");
        }
    }

    #[test]
    fn null_never_wins_and_the_deciding_criterion_is_told() {
        let order = Criterion::source_order("crm > shop").unwrap();
        let rule = rule(vec![order, Criterion::Min, Criterion::MostRecent]);
        let base = Candidate {
            value: "gold",
            role: "shop",
            known_at: Some(i64::MIN),
            is_valid: true,
            ..Candidate::default()
        };
        let wins = |winner: Candidate<'_>, loser: Candidate<'_>| {
            let (winner, loser) = (key(&rule, winner), key(&rule, loser));
            assert!(winner <= loser);
            rule.decided_by(&winner, &loser)
        };
        let other = Candidate {
            role: "app",
            ..base
        };
        assert_eq!(wins(base, other), "crm > shop");
        let longer = Candidate {
            value: "gold plus",
            ..base
        };
        assert_eq!(wins(base, longer), "min");
        let undated = Candidate {
            known_at: None,
            ..base
        };
        assert_eq!(wins(base, undated), "most_recent");
        let invalid = Candidate {
            role: "crm",
            is_valid: false,
            ..base
        };
        assert_eq!(wins(base, invalid), "valid_first");
        assert_eq!(wins(base, base), "value");
        let chosen = Candidate {
            is_chosen: true,
            ..invalid
        };
        assert_eq!(wins(chosen, base), "steward");
    }
}
