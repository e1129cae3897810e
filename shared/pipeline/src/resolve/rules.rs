//! Blocking rules: what each is called, and what the comparisons that it makes agree cannot tell in training.

use crate::{PipelineError, Result, Run};
use datafusion::prelude::DataFrame;
use lake::Session;
use linkage::Entity;
use std::borrow::Cow;

/// A blocking rule: `sql/silver/blocking/<entity>_<name>.sql`, or columns that a project names.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its bit in the rules of a pair. Below [`IDENTITIES`]: the value identifies somebody, and deterministic rules speak of
    /// it. From [`LOOSE`] on: the key is one that strangers share, and only small blocks are compared.
    pub number: u8,
    pub name: Cow<'static, str>,
    /// Comparisons that agree because of the rule. Empty: its pairs train nothing, for they agree in some degree only.
    pub blocked: Cow<'static, [&'static str]>,
    /// Columns of `scratch.comparable_*` that records of a block have in common, in place of a file.
    columns: Vec<String>,
}

pub const IDENTITIES: u8 = 8;
pub const LOOSE: u8 = 32;
/// Rules have numbers below this one.
pub const MOST_RULES: u8 = 40;

const fn rule(number: u8, name: &'static str, blocked: &'static [&'static str]) -> Rule {
    Rule {
        number,
        name: Cow::Borrowed(name),
        blocked: Cow::Borrowed(blocked),
        columns: Vec::new(),
    }
}

/// Numbers of the rules that a project names by their columns.
const OF_COLUMNS: std::ops::Range<u8> = 24..LOOSE;

/// What columns are compared as.
const COMPARED_AS: [(&str, &str); 20] = [
    ("given_key", "given_name"),
    ("family_key", "family_name"),
    ("middle_key", "middle_name"),
    ("name_suffix", "name_suffix"),
    ("birth_date", "birth_date"),
    ("gender_key", "gender"),
    ("emails", "email"),
    ("phones", "phone"),
    ("street_key", "street"),
    ("postcode_key", "postcode"),
    ("city_key", "city"),
    ("country", "country"),
    ("company_key", "company"),
    ("national_id", "national_id"),
    ("customer_number", "customer_number"),
    ("name_key", "name"),
    ("sorted_name_key", "name"),
    ("domain", "domain"),
    ("tax_id", "tax_id"),
    ("registration_number", "registration_number"),
];

impl Rule {
    /// The rule of records that agree in all these columns; `at` counts such rules.
    ///
    /// `None` when there are more than there is room for.
    pub fn of_columns(entity: Entity, at: u8, columns: &[String]) -> Option<Rule> {
        let number = OF_COLUMNS.start.checked_add(at)?;
        let compared = columns.iter().filter_map(|column| {
            let (_, name) = COMPARED_AS.iter().find(|(known, _)| known == column)?;
            entity.position(name).map(|_| *name)
        });
        OF_COLUMNS.contains(&number).then(|| Rule {
            number,
            name: Cow::Owned(columns.join("+")),
            blocked: compared.collect(),
            columns: columns.to_vec(),
        })
    }

    /// What records of a block have in common, in words.
    pub fn describe(&self, run: &Run, entity: Entity) -> Result<String> {
        if !self.columns.is_empty() {
            return Ok(format!("the same {}", self.columns.join(" and ")));
        }
        let text = run.sql.text(&format!("{}.sql", self.file(entity)))?;
        let first = text.lines().next().unwrap_or_default();
        Ok(first.trim_start_matches("-- ").to_owned())
    }

    fn file(&self, entity: Entity) -> String {
        format!("silver/blocking/{}_{}", entity.name(), self.name)
    }

    /// (block_key, record_key) of all records that have the key. A record may have several, and one several times.
    ///
    /// Errors: `Sql` for a column that is not there.
    pub async fn keys(&self, run: &Run, session: &Session, entity: Entity) -> Result<DataFrame> {
        if self.columns.is_empty() {
            return run.frame(session, &self.file(entity)).await;
        }
        let list = |of: &dyn Fn(&String) -> String, between: &str| {
            self.columns
                .iter()
                .map(of)
                .collect::<Vec<_>>()
                .join(between)
        };
        let sql = format!(
            "SELECT record_key, key_hash({}) AS block_key FROM scratch.comparable_{}s WHERE {}",
            list(&|column| format!("CAST({column} AS TEXT)"), " || '|' || "),
            entity.name(),
            list(&|column| format!("{column} IS NOT NULL"), " AND "),
        );
        let planned = session.context.sql(&sql).await;
        planned.map_err(|error| PipelineError::Project {
            file: run.project.root.join("c360.toml").display().to_string(),
            message: format!(
                "[matching.{}] blocking {:?}: {}",
                entity.name(),
                self.columns,
                error.strip_backtrace()
            ),
        })
    }
}

static PERSON: [Rule; 24] = [
    rule(0, "email", &["email"]),
    rule(1, "phone", &["phone"]),
    rule(2, "customer_number", &["customer_number"]),
    rule(3, "name_company", &["given_name", "family_name", "company"]),
    rule(8, "national_id", &["national_id"]),
    rule(9, "email_user", &["email"]),
    rule(10, "birth_date_name_start", &BIRTH_DATE_NAMES),
    rule(11, "birth_date_name_sound", &BIRTH_DATE_NAMES),
    rule(
        12,
        "birth_date_postcode",
        &["birth_date", "postcode", "city"],
    ),
    rule(13, "birth_date_city", &["birth_date", "postcode", "city"]),
    rule(14, "names_birth_year", &BIRTH_DATE_NAMES),
    rule(15, "names_birthday", &BIRTH_DATE_NAMES),
    rule(
        16,
        "names_city",
        &["given_name", "family_name", "postcode", "city"],
    ),
    rule(17, "name_sounds_city", &[]),
    rule(18, "name_sounds_postcode", &[]),
    rule(19, "family_postcode", &["family_name", "postcode", "city"]),
    rule(20, "given_postcode", &["given_name", "postcode", "city"]),
    rule(
        21,
        "street_name_start",
        &["given_name", "family_name", "street"],
    ),
    rule(22, "street_postcode", &["street", "postcode", "city"]),
    rule(32, "names", &["given_name", "family_name"]),
    rule(33, "name_sounds", &[]),
    rule(34, "birth_date", &["birth_date"]),
    rule(35, "family_name", &["family_name"]),
    rule(36, "given_name", &["given_name"]),
];

const BIRTH_DATE_NAMES: [&str; 3] = ["birth_date", "given_name", "family_name"];

static ACCOUNT: [Rule; 13] = [
    rule(0, "domain", &["domain"]),
    rule(1, "tax_id", &["tax_id"]),
    rule(8, "phone", &["phone"]),
    rule(9, "registration_number", &["registration_number"]),
    rule(10, "duns", &["duns"]),
    rule(11, "lei", &["lei"]),
    rule(12, "customer_number", &["customer_number"]),
    rule(13, "name_words", &["name"]),
    rule(14, "street_postcode", &["street", "postcode", "city"]),
    rule(15, "street_city", &["street", "postcode", "city"]),
    rule(16, "word_postcode", &["name", "postcode"]),
    rule(17, "word_city", &["name", "postcode", "city"]),
    rule(18, "country_name", &[]),
];

/// Those that are shipped, in the order of their numbers.
pub fn shipped(entity: Entity) -> &'static [Rule] {
    match entity {
        Entity::Person => &PERSON,
        Entity::Account => &ACCOUNT,
    }
}

/// The names of those of `rules` that are in `bits`, comma-separated.
pub fn names(rules: &[Rule], bits: i64) -> String {
    let named = rules.iter().filter(|rule| bits >> rule.number & 1 == 1);
    named.map(|rule| &*rule.name).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_are_unique_and_comparisons_known() {
        for entity in [Entity::Person, Entity::Account] {
            let numbers: BTreeSet<u8> = shipped(entity).iter().map(|rule| rule.number).collect();
            assert_eq!(numbers.len(), shipped(entity).len());
            assert!(numbers.iter().all(|number| *number < MOST_RULES));
            for name in shipped(entity).iter().flat_map(|rule| rule.blocked.iter()) {
                assert!(entity.position(name).is_some(), "{name}");
            }
        }
        assert_eq!(names(shipped(Entity::Person), 0b1001), "email,name_company");
    }
}
