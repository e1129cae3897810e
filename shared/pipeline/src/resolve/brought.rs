//! What blocking brought, and what it did not: `silver.blocking_rules`, `silver.shared_values`.

use super::blocks::{Blocks, SharedValue, Tally};
use super::pairs::Compared;
use crate::standardize::Rows;
use crate::udf::{integers, strings};
use crate::{Result, Run};
use lake::{Session, Staged};
use linkage::Entity;
use std::collections::HashMap;

/// Of one entity.
pub struct Brought {
    entity: Entity,
    /// Was every pair compared?
    is_whole: bool,
    /// Name, blocks, and pairs that no rule before it brings.
    rules: Vec<(String, Tally, u64)>,
    /// With the names of their rules.
    shared_values: Vec<(String, SharedValue)>,
}

impl Brought {
    pub fn new(entity: Entity, blocks: &Blocks, compared: Compared, is_whole: bool) -> Brought {
        let rules = blocks.rules.iter().zip(&blocks.tallies);
        let shared_values = blocks.shared_values.iter();
        Brought {
            entity,
            is_whole,
            rules: rules
                .map(|(rule, tally)| {
                    let added = compared.get(usize::from(rule.number)).copied();
                    (rule.name.to_string(), *tally, added.unwrap_or_default())
                })
                .collect(),
            shared_values: shared_values
                .map(|value| (blocks.rule_name(value.rule).to_owned(), *value))
                .collect(),
        }
    }
}

/// Rows of `silver.blocking_rules`; rules without any block have none.
pub async fn blocking_rules(run: &Run, session: &Session, brought: &[Brought]) -> Result<Staged> {
    let before = added_before(run, session).await?;
    let def = run.table("silver.blocking_rules")?;
    let mut stager = run.lake.stager(def).await?;
    let mut rows = Rows::new(def);
    for of_entity in brought {
        for (name, tally, added) in &of_entity.rules {
            if tally.blocks + tally.refused_blocks == 0 {
                continue;
            }
            let entity = of_entity.entity.name();
            let added = match of_entity.is_whole {
                true => *added as i64,
                // Only a run that compares every pair can tell.
                false => before
                    .get(&(entity.into(), name.clone()))
                    .copied()
                    .unwrap_or_default(),
            };
            rows.text("entity", Some(entity));
            rows.text("rule", Some(name));
            rows.integer("added_pairs", Some(added));
            for (column, count) in [
                ("blocks", tally.blocks),
                ("largest", tally.largest),
                ("pairs", tally.pairs),
                ("refused_blocks", tally.refused_blocks),
                ("refused_records", tally.refused_records),
                ("refused_pairs", tally.refused_pairs),
            ] {
                rows.integer(column, Some(count as i64));
            }
            rows.text("run_id", Some(&run.run_id));
            rows.end();
        }
    }
    stager.write(rows.take()?).await?;
    Ok(stager.finish().await?)
}

/// The pairs that each rule of an entity added, as published.
async fn added_before(run: &Run, session: &Session) -> Result<HashMap<(String, String), i64>> {
    let what = "reading what rules brought before";
    let sql = "SELECT entity, rule, added_pairs FROM scratch.previous_blocking_rules";
    let mut added = HashMap::new();
    for batch in run.collect(session.sql(what, sql).await?, what).await? {
        let (entities, rules) = (strings(&batch, "entity")?, strings(&batch, "rule")?);
        let pairs = integers(&batch, "added_pairs")?;
        for row in 0..batch.num_rows() {
            let of_rule = (entities.value(row).to_owned(), rules.value(row).to_owned());
            added.insert(of_rule, pairs.value(row));
        }
    }
    Ok(added)
}

/// Rows of `silver.shared_values`.
pub async fn shared_values(run: &Run, brought: &[Brought]) -> Result<Staged> {
    let def = run.table("silver.shared_values")?;
    let mut stager = run.lake.stager(def).await?;
    let mut rows = Rows::new(def);
    for of_entity in brought {
        for (rule, value) in &of_entity.shared_values {
            rows.text("entity", Some(of_entity.entity.name()));
            rows.text("match_key", Some(rule));
            rows.integer("block_key", Some(value.block_key));
            rows.integer("records", Some(value.records as i64));
            rows.integer("names", Some(value.names as i64));
            rows.text("run_id", Some(&run.run_id));
            rows.end();
        }
    }
    stager.write(rows.take()?).await?;
    Ok(stager.finish().await?)
}
