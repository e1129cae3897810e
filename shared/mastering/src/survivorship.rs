//! Survivorship rules, as data.

use serde::Deserialize;

/// Which value of an attribute survives into the golden customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurvivorshipRule {
    /// `person` or `account`.
    pub entity: String,
    pub attribute: String,
    /// Asked in order: the next one only between values that are equal under all before it.
    pub chain: Vec<Criterion>,
    /// Every value is kept, as a list in the order of the chain.
    pub keeps_all: bool,
}

impl SurvivorshipRule {
    /// `crm > shop; longest > most_recent`.
    pub fn in_words(&self) -> String {
        let mut words = String::new();
        let mut was_order = None;
        for criterion in &self.chain {
            let is_order = matches!(criterion, Criterion::SourceOrder(_));
            match was_order {
                None => {}
                Some(false) if !is_order => words.push_str(" > "),
                Some(_) => words.push_str("; "),
            }
            words.push_str(&criterion.name());
            was_order = Some(is_order);
        }
        match (self.keeps_all, words.is_empty()) {
            (false, _) => words,
            (true, true) => ALL_VALUES.into(),
            (true, false) => format!("{ALL_VALUES}; {words}"),
        }
    }
}

/// The word for a rule that keeps every value.
pub const ALL_VALUES: &str = "all";

/// How one of two values is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Criterion {
    /// Sources, the preferred first: roles, address kinds, derivations. Those that it does not name come last, and are equal.
    SourceOrder(Vec<String>),
    /// What was known last; a value without a time comes last.
    MostRecent,
    /// The newest `verified_at`; never verified comes last.
    MostRecentlyVerified,
    /// What most of the customer's records state.
    MostFrequent,
    /// What the record states that states most attributes.
    MostComplete,
    /// In characters.
    Longest,
    /// What `may_contact` allows for marketing comes first.
    Reachable,
    /// What standardizing found valid comes first.
    ValidFirst,
    /// What people type to get past a form ("Friend", "J") comes last.
    NotMarketingForm,
    /// Numbers by size and before all else, anything else by its characters.
    Max,
    Min,
    /// For consents.
    MostRestrictive,
}

/// Criteria that have a name of their own.
const NAMED: [(&str, Criterion); 11] = [
    ("most_recent", Criterion::MostRecent),
    ("most_recently_verified", Criterion::MostRecentlyVerified),
    ("most_frequent", Criterion::MostFrequent),
    ("most_complete", Criterion::MostComplete),
    ("longest", Criterion::Longest),
    ("reachable", Criterion::Reachable),
    ("valid_first", Criterion::ValidFirst),
    ("not_marketing_form", Criterion::NotMarketingForm),
    ("max", Criterion::Max),
    ("min", Criterion::Min),
    ("most_restrictive", Criterion::MostRestrictive),
];

impl Criterion {
    /// One by its name; `None` for what may be a source order.
    pub fn named(name: &str) -> Option<Criterion> {
        let found = NAMED.into_iter().find(|(known, _)| *known == name);
        found.map(|(_, criterion)| criterion)
    }

    /// The names of all that have one.
    pub fn names() -> [&'static str; NAMED.len()] {
        NAMED.map(|(name, _)| name)
    }

    /// `crm > shop > support`; `None` where it names nothing, or something twice.
    pub fn source_order(text: &str) -> Option<Criterion> {
        let roles: Vec<String> = order(text).map(str::to_owned).collect();
        let distinct: std::collections::HashSet<&String> = roles.iter().collect();
        (!roles.is_empty() && distinct.len() == roles.len())
            .then_some(Criterion::SourceOrder(roles))
    }

    /// The name, or the order.
    pub fn name(&self) -> String {
        match self {
            Criterion::SourceOrder(roles) => roles.join(" > "),
            named => NAMED
                .into_iter()
                .find(|(_, known)| known == named)
                .map_or_else(String::new, |(name, _)| name.to_owned()),
        }
    }
}

/// A rule file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("survivorship rules, line {line}: {message}")]
pub struct SurvivorshipError {
    /// 1-based; the header is line 1.
    pub line: u64,
    pub message: String,
}

#[derive(Deserialize)]
struct Row {
    entity: String,
    attribute: String,
    role_order: String,
    tie_breakers: String,
}

/// Reads rules from CSV text with the columns `entity, attribute, role_order, tie_breakers` (`description` and other
/// columns are for people). Orders are written `crm > shop > support`.
pub fn parse_survivorship(csv: &str) -> Result<Vec<SurvivorshipRule>, SurvivorshipError> {
    let mut rules: Vec<SurvivorshipRule> = Vec::new();
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(csv.as_bytes());
    let headers = reader.headers().map_err(unreadable)?.clone();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let line = record.position().map_or(0, csv::Position::line);
        let fault = |message: String| SurvivorshipError { line, message };
        let row: Row = record
            .deserialize(Some(&headers))
            .map_err(|e| fault(e.to_string()))?;

        if row.entity.is_empty() || row.attribute.is_empty() {
            return Err(fault("entity and attribute must be named".into()));
        }
        if rules
            .iter()
            .any(|rule| rule.entity == row.entity && rule.attribute == row.attribute)
        {
            return Err(fault(format!(
                "a second rule for {}.{}",
                row.entity, row.attribute
            )));
        }
        let mut chain: Vec<Criterion> = Criterion::source_order(&row.role_order)
            .into_iter()
            .collect();
        for name in order(&row.tie_breakers) {
            chain.push(Criterion::named(name).ok_or_else(|| {
                let known = Criterion::names().join(", ");
                fault(format!("no tie-breaker {name:?}; known: {known}"))
            })?);
        }
        rules.push(SurvivorshipRule {
            entity: row.entity,
            attribute: row.attribute,
            chain,
            keeps_all: false,
        });
    }
    Ok(rules)
}

fn order(text: &str) -> impl Iterator<Item = &str> {
    text.split('>')
        .map(str::trim)
        .filter(|step| !step.is_empty())
}

fn unreadable(error: csv::Error) -> SurvivorshipError {
    let line = error.position().map_or(1, csv::Position::line);
    SurvivorshipError {
        line,
        message: error.to_string(),
    }
}

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
/// What stands before the bytes of a text, and after them. The inverse of both stand around an inverted text.
const TEXT: u8 = 2;
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
        let end = match (self, key.first()) {
            (Criterion::Min, Some(&TEXT)) => END,
            (Criterion::Max, Some(&TEXT)) => !END,
            _ => return NUMBER,
        };
        key.iter()
            .position(|byte| *byte == end)
            .map_or(key.len(), |last| last + 1)
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
    let turned = |byte: u8| if is_greatest_first { !byte } else { byte };
    match as_number(value) {
        Some(value) => {
            // The bits of floats, with the sign turned, or all of them below zero, sort as floats do (IEEE 754, 5.10).
            let bits = value.to_bits();
            let rising = match bits >> 63 {
                0 => bits ^ (1 << 63),
                _ => !bits,
            };
            key.push(0);
            key.extend(rising.to_be_bytes().map(turned));
        }
        None => {
            key.push(TEXT);
            // No text that came out of a file holds a NUL, nor may one end a key early.
            key.extend(value.bytes().filter(|byte| *byte != END).map(turned));
            key.push(turned(END));
        }
    }
}

/// `-12.50`: digits, at most one point, a sign before them.
fn as_number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    // There is one zero.
    is_plain
        .then(|| text.parse().ok())
        .flatten()
        .map(|value: f64| value + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: &str = include_str!("../../../sql/seeds/survivorship.csv");

    #[test]
    fn the_seed_holds_the_default_rules() {
        let rules = parse_survivorship(SEED).unwrap();
        let rule = |entity: &str, attribute: &str| {
            rules
                .iter()
                .find(|r| r.entity == entity && r.attribute == attribute)
                .unwrap()
                .clone()
        };
        let words = |entity, attribute| rule(entity, attribute).in_words();
        assert_eq!(
            words("person", "email"),
            "crm > shop > support > marketing; most_recently_verified > reachable > most_recent"
        );
        assert_eq!(
            words("person", "name"),
            "crm > shop; not_marketing_form > longest > most_recent"
        );
        assert_eq!(words("account", "domain"), "crm > from_email; most_recent");
        assert_eq!(
            rule("person", "consent").chain,
            [Criterion::MostRestrictive]
        );
    }

    #[test]
    fn names_round_trip() {
        for name in Criterion::names() {
            assert_eq!(Criterion::named(name).unwrap().name(), name);
        }
        assert_eq!(Criterion::named("newest"), None);
        assert_eq!(
            Criterion::source_order(" crm >shop").unwrap().name(),
            "crm > shop"
        );
        assert_eq!(Criterion::source_order("crm > crm"), None);
        assert_eq!(Criterion::source_order(" > "), None);
    }

    #[test]
    fn a_chain_in_words() {
        let rule = |chain: Vec<Criterion>, keeps_all| SurvivorshipRule {
            entity: "person".into(),
            attribute: "tier".into(),
            chain,
            keeps_all,
        };
        let order = Criterion::source_order("crm > shop").unwrap();
        let chain = vec![Criterion::ValidFirst, order, Criterion::Max];
        assert_eq!(
            rule(chain.clone(), false).in_words(),
            "valid_first; crm > shop; max"
        );
        assert_eq!(
            rule(chain, true).in_words(),
            "all; valid_first; crm > shop; max"
        );
        assert_eq!(rule(Vec::new(), true).in_words(), "all");
    }

    #[test]
    fn errors_name_the_line() {
        let header = "entity,attribute,role_order,tie_breakers,description\n";
        let error = |rows: &str| {
            parse_survivorship(&format!("{header}{rows}"))
                .unwrap_err()
                .to_string()
        };
        let unknown = error("person,email,crm,longest,\nperson,phone,crm,newest,\n");
        assert!(
            unknown.contains("line 3")
                && unknown.contains("\"newest\"")
                && unknown.contains("most_recent"),
            "{unknown}"
        );
        assert!(
            error("person,email,crm,,\nperson,email,shop,,\n")
                .contains("line 3: a second rule for person.email")
        );
        assert!(error(",email,crm,,\n").contains("line 2"));
        assert!(error("person,email\n").contains("line"));
        assert!(
            parse_survivorship("entity,attribute\nperson,email\n")
                .unwrap_err()
                .message
                .contains("role_order")
        );
    }

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
