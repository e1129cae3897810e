//! `[matching]`: which records are compared, and how far matching may go on its own.

use super::Labels;
use crate::resolve::{Rule, shipped};
use linkage::Entity;
use serde::Deserialize;

/// What of matching a project may change. The defaults work untouched.
#[derive(Clone, Debug)]
pub struct Matching {
    /// Blocks up to this size are compared pair by pair; larger ones with their first record, or not at all.
    pub block_records: usize,
    /// Blocks of a value that too many names share to identify anybody, up to this size, still give candidates.
    pub shared_records: usize,
    /// The share of an entity's records that may have another customer_id than before, without a person's word.
    pub id_churn_limit: f64,
    /// The share of the records that a model was trained on that may come, go or change before it is trained anew.
    pub retrain_share: f64,
    /// Of fewer records than this of an entity, the model is trained in every run.
    pub retrain_below: usize,
    /// Records whose entity is known: the model learns from the pairs of them that are compared. They bind nobody.
    pub labels: Labels,
    person: Vec<Rule>,
    account: Vec<Rule>,
}

const BLOCK_RECORDS: usize = 200;
const SHARED_RECORDS: usize = 30;
const RETRAIN_SHARE: f64 = 0.05;
const RETRAIN_BELOW: usize = 100_000;

impl Matching {
    /// In the order of their numbers.
    pub fn rules(&self, entity: Entity) -> Vec<Rule> {
        match entity {
            Entity::Person => self.person.clone(),
            Entity::Account => self.account.clone(),
        }
    }

    /// Another text where other records are compared. How far ids may change is no rule of who is who.
    pub(crate) fn rules_text(&self) -> String {
        let limits = (self.block_records, self.shared_records);
        let labels = self.labels.hash();
        format!("{limits:?} {:?} {:?} {labels}", self.person, self.account)
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    block_records: Option<usize>,
    shared_records: Option<usize>,
    id_churn_limit: Option<f64>,
    retrain_share: Option<f64>,
    retrain_below: Option<usize>,
    labels: Option<String>,
    #[serde(default)]
    person: WrittenEntity,
    #[serde(default)]
    account: WrittenEntity,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct WrittenEntity {
    blocking: Option<Vec<WrittenRule>>,
}

/// The name of a shipped rule, or columns that agree.
#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenRule {
    Shipped(String),
    Columns(Vec<String>),
}

impl Written {
    /// The file of labels, below the project's folder.
    pub fn labels(&self) -> Option<String> {
        self.labels.clone()
    }

    /// Errors say what to write instead.
    pub fn read(self) -> Result<Matching, String> {
        let id_churn_limit = self.id_churn_limit.unwrap_or(0.1);
        if !(0.0..=1.0).contains(&id_churn_limit) {
            return Err(format!(
                "[matching] id_churn_limit = {id_churn_limit} is no share; write a number from 0 to 1"
            ));
        }
        let retrain_share = self.retrain_share.unwrap_or(RETRAIN_SHARE);
        if !(0.0..).contains(&retrain_share) {
            return Err(format!(
                "[matching] retrain_share = {retrain_share} is no share; write a number from 0 (train in every run) on"
            ));
        }
        Ok(Matching {
            id_churn_limit,
            retrain_share,
            retrain_below: self.retrain_below.unwrap_or(RETRAIN_BELOW),
            labels: Labels::default(),
            block_records: self.block_records.unwrap_or(BLOCK_RECORDS).max(2),
            shared_records: self.shared_records.unwrap_or(SHARED_RECORDS),
            person: rules(Entity::Person, self.person.blocking)?,
            account: rules(Entity::Account, self.account.blocking)?,
        })
    }
}

fn rules(entity: Entity, written: Option<Vec<WrittenRule>>) -> Result<Vec<Rule>, String> {
    let shipped = shipped(entity);
    let Some(written) = written else {
        return Ok(shipped.to_vec());
    };
    let place = format!("[matching.{}] blocking", entity.name());
    let mut rules: Vec<Rule> = Vec::new();
    let mut of_columns = 0;
    for rule in written {
        let rule = match rule {
            WrittenRule::Shipped(name) => {
                let known = shipped.iter().find(|rule| rule.name == name);
                known.cloned().ok_or_else(|| {
                    let names: Vec<&str> = shipped.iter().map(|rule| &*rule.name).collect();
                    format!(
                        "{place}: {name:?} is no rule; write a list of columns, such as [\"family_key\", \"birth_date\"], or one of {}",
                        names.join(", ")
                    )
                })?
            }
            WrittenRule::Columns(columns) => {
                if columns.is_empty() || !columns.iter().all(|column| is_column(column)) {
                    return Err(format!("{place}: {columns:?} is no list of columns"));
                }
                of_columns += 1;
                Rule::of_columns(entity, of_columns - 1, &columns)
                    .ok_or_else(|| format!("{place}: at most eight rules of columns"))?
            }
        };
        if rules.iter().any(|known| known.name == rule.name) {
            return Err(format!("{place}: {:?} stands twice", rule.name));
        }
        rules.push(rule);
    }
    rules.sort_by_key(|rule| rule.number);
    Ok(rules)
}

fn is_column(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}
