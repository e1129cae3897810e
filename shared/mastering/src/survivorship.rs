//! Survivorship rules, as data.

mod key;

pub use key::Candidate;
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
}
