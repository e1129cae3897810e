//! The rules of `sql/seeds/survivorship.csv` as tables that `steps/survivors.sql` joins.

use crate::{PipelineError, Result, Run};
use arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use lake::Session;
use mastering::{SurvivorshipRule, TieBreaker, parse_survivorship};
use std::sync::Arc;

pub(super) const FILE: &str = "seeds/survivorship.csv";
/// Tie-breakers that a rule may have.
const TIES: usize = 3;

/// Registers `config.survivorship`, one row per rule: entity, attribute, tie_1, tie_2, tie_3, rule (in words), and
/// `config.survivorship_roles`, one row per rule and role in its order: entity, attribute, role, role_rank (1 = first).
pub(super) fn register(run: &Run, session: &Session) -> Result<()> {
    let rules =
        parse_survivorship(&run.sql.text(FILE)?).map_err(|error| refuse(error.to_string()))?;
    // Consents do not survive one by one: `may_contact` decides over all of them.
    let rules: Vec<SurvivorshipRule> = rules
        .into_iter()
        .filter(|rule| rule.tie_breakers != [TieBreaker::MostRestrictive])
        .collect();
    for rule in &rules {
        check(rule)?;
    }
    let tables = [
        ("config.survivorship", rule_rows(&rules)),
        ("config.survivorship_roles", role_rows(&rules)),
    ];
    for (name, rows) in tables {
        let rows = rows.map_err(PipelineError::arrow(name))?;
        session.register_rows(name, rows)?;
    }
    Ok(())
}

fn refuse(message: String) -> PipelineError {
    PipelineError::Sql {
        file: FILE.into(),
        message,
    }
}

/// Refuses what `steps/survivors.sql` does not know, rather than leave it out in silence.
fn check(rule: &SurvivorshipRule) -> Result<()> {
    let at = format!("{} {}", rule.entity, rule.attribute);
    if rule.tie_breakers.len() > TIES {
        return Err(refuse(format!("{at}: more than {TIES} tie-breakers")));
    }
    for tie in &rule.tie_breakers {
        if *tie == TieBreaker::MostRestrictive {
            return Err(refuse(format!(
                "{at}: the tie-breaker {} does not apply to this attribute",
                tie.name()
            )));
        }
    }
    Ok(())
}

fn rule_rows(rules: &[SurvivorshipRule]) -> Result<RecordBatch, arrow::error::ArrowError> {
    let tie = |at: usize| {
        texts(
            rules
                .iter()
                .map(|rule| rule.tie_breakers.get(at).map(|tie| tie.name())),
        )
    };
    RecordBatch::try_from_iter_with_nullable([
        (
            "entity",
            texts(rules.iter().map(|rule| Some(&rule.entity))),
            true,
        ),
        (
            "attribute",
            texts(rules.iter().map(|rule| Some(&rule.attribute))),
            true,
        ),
        ("tie_1", tie(0), true),
        ("tie_2", tie(1), true),
        ("tie_3", tie(2), true),
        (
            "rule",
            texts(rules.iter().map(|rule| Some(in_words(rule)))),
            true,
        ),
    ])
}

fn role_rows(rules: &[SurvivorshipRule]) -> Result<RecordBatch, arrow::error::ArrowError> {
    let ranked: Vec<(&SurvivorshipRule, i64, &String)> = rules
        .iter()
        .flat_map(|rule| {
            (1..)
                .zip(&rule.roles)
                .map(move |(rank, role)| (rule, rank, role))
        })
        .collect();
    let ranks: Int64Array = ranked.iter().map(|(_, rank, _)| Some(*rank)).collect();
    RecordBatch::try_from_iter_with_nullable([
        (
            "entity",
            texts(ranked.iter().map(|(rule, ..)| Some(&rule.entity))),
            true,
        ),
        (
            "attribute",
            texts(ranked.iter().map(|(rule, ..)| Some(&rule.attribute))),
            true,
        ),
        (
            "role",
            texts(ranked.iter().map(|(.., role)| Some(role))),
            true,
        ),
        ("role_rank", Arc::new(ranks), true),
    ])
}

fn texts<T: AsRef<str>>(values: impl Iterator<Item = Option<T>>) -> ArrayRef {
    Arc::new(values.collect::<StringArray>())
}

/// `crm > shop; longest > most_recent`: source order, then tie-breakers.
fn in_words(rule: &SurvivorshipRule) -> String {
    let ties: Vec<&str> = rule.tie_breakers.iter().map(|tie| tie.name()).collect();
    let parts = [rule.roles.join(" > "), ties.join(" > ")];
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{Array, AsArray};

    fn rules(csv: &str) -> Vec<SurvivorshipRule> {
        parse_survivorship(&format!(
            "entity,attribute,role_order,tie_breakers,description\n{csv}"
        ))
        .unwrap()
    }

    #[test]
    fn one_row_per_rule_and_one_per_role() {
        let rules =
            rules("person,name,crm > shop,longest > most_recent,\nperson,gender,,most_recent,\n");
        let rows = rule_rows(&rules).unwrap();
        assert_eq!(rows.num_rows(), 2);
        let words = rows
            .column_by_name("rule")
            .unwrap()
            .as_string::<i32>()
            .clone();
        assert_eq!(words.value(0), "crm > shop; longest > most_recent");
        assert_eq!(words.value(1), "most_recent");
        assert!(rows.column_by_name("tie_2").unwrap().is_null(1));
        assert_eq!(role_rows(&rules).unwrap().num_rows(), 2);
    }

    #[test]
    fn what_the_sql_does_not_know_is_refused() {
        for csv in [
            "person,name,crm,most_restrictive > longest,\n",
            "person,name,crm,longest > reachable > most_recent > valid_first,\n",
        ] {
            assert!(check(&rules(csv)[0]).is_err(), "{csv}");
        }
        assert!(check(&rules("person,name,crm,longest,\n")[0]).is_ok());
    }
}
