//! Survivorship rules, as data.

use serde::Deserialize;

/// Which value of an attribute survives into the golden customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurvivorshipRule {
    /// `person` or `account`.
    pub entity: String,
    pub attribute: String,
    /// Sources, the preferred first: roles, address kinds, derivations. Empty when all are equal.
    pub roles: Vec<String>,
    /// Asked in order between values of equally preferred sources.
    pub tie_breakers: Vec<TieBreaker>,
}

/// How one of two values of equally preferred sources is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TieBreaker {
    MostRecent,
    /// The newest `verified_at`; never verified comes last.
    MostRecentlyVerified,
    Longest,
    /// What `may_contact` allows for marketing comes first.
    Reachable,
    /// What standardizing found valid comes first.
    ValidFirst,
    /// What people type to get past a form ("Friend", "J") comes last.
    NotMarketingForm,
    /// For consents.
    MostRestrictive,
}

impl TieBreaker {
    const ALL: [TieBreaker; 7] = [
        TieBreaker::MostRecent,
        TieBreaker::MostRecentlyVerified,
        TieBreaker::Longest,
        TieBreaker::Reachable,
        TieBreaker::ValidFirst,
        TieBreaker::NotMarketingForm,
        TieBreaker::MostRestrictive,
    ];

    pub fn parse(name: &str) -> Option<TieBreaker> {
        TieBreaker::ALL.into_iter().find(|t| t.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            TieBreaker::MostRecent => "most_recent",
            TieBreaker::MostRecentlyVerified => "most_recently_verified",
            TieBreaker::Longest => "longest",
            TieBreaker::Reachable => "reachable",
            TieBreaker::ValidFirst => "valid_first",
            TieBreaker::NotMarketingForm => "not_marketing_form",
            TieBreaker::MostRestrictive => "most_restrictive",
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
        let known = || TieBreaker::ALL.map(TieBreaker::name).join(", ");
        let tie_breakers = order(&row.tie_breakers)
            .map(|name| {
                TieBreaker::parse(name)
                    .ok_or_else(|| fault(format!("no tie-breaker {name:?}; known: {}", known())))
            })
            .collect::<Result<_, _>>()?;
        let roles = order(&row.role_order).map(str::to_owned).collect();
        rules.push(SurvivorshipRule {
            entity: row.entity,
            attribute: row.attribute,
            roles,
            tie_breakers,
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
        let email = rule("person", "email");
        assert_eq!(email.roles, ["crm", "shop", "support", "marketing"]);
        assert_eq!(
            email.tie_breakers[..2],
            [TieBreaker::MostRecentlyVerified, TieBreaker::Reachable]
        );
        assert_eq!(rule("person", "phone").roles, ["crm", "support", "shop"]);
        assert_eq!(rule("person", "name").roles, ["crm", "shop"]);
        assert_eq!(
            rule("person", "address").roles,
            ["verified_delivery", "billing", "crm"]
        );
        assert_eq!(rule("account", "domain").roles, ["crm", "from_email"]);
        assert_eq!(rule("person", "lifecycle_stage").roles, ["crm", "derived"]);
        assert_eq!(
            rule("person", "consent").tie_breakers,
            [TieBreaker::MostRestrictive]
        );
    }

    #[test]
    fn names_round_trip() {
        for tie_breaker in TieBreaker::ALL {
            assert_eq!(TieBreaker::parse(tie_breaker.name()), Some(tie_breaker));
        }
        assert_eq!(TieBreaker::parse("newest"), None);
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
