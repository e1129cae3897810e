//! What blocking brought, and what it did not: `silver.blocking_rules`, `silver.shared_values`.

use super::blocks::{Blocks, SharedValue, Tally};
use super::pairs::Compared;
use crate::standardize::Rows;
use crate::{Result, Run};
use lake::Staged;
use linkage::Entity;

/// Of one entity.
pub struct Brought {
    /// Pairs compared, each once.
    pub pairs: u64,
    entity: Entity,
    /// Name, blocks, and pairs that no rule before it brings.
    rules: Vec<(String, Tally, u64)>,
    /// With the names of their rules.
    shared_values: Vec<(String, SharedValue)>,
}

impl Brought {
    pub fn new(entity: Entity, blocks: &Blocks, compared: Compared) -> Brought {
        let name = |number: u8| {
            let rule = blocks.rules.iter().find(|rule| rule.number == number);
            rule.map(|rule| rule.name.to_string()).unwrap_or_default()
        };
        let rules = blocks.rules.iter().zip(&blocks.tallies);
        let shared_values = blocks.shared_values.iter();
        Brought {
            pairs: compared.iter().sum(),
            entity,
            rules: rules
                .map(|(rule, tally)| {
                    let added = compared.get(usize::from(rule.number)).copied();
                    (rule.name.to_string(), *tally, added.unwrap_or_default())
                })
                .collect(),
            shared_values: shared_values
                .map(|value| (name(value.rule), *value))
                .collect(),
        }
    }
}

/// Rows of `silver.blocking_rules`; rules without any block have none.
pub async fn blocking_rules(run: &Run, brought: &[Brought]) -> Result<Staged> {
    let def = run.table("silver.blocking_rules")?;
    let mut stager = run.lake.stager(def).await?;
    let mut rows = Rows::new(def);
    for of_entity in brought {
        for (name, tally, added) in &of_entity.rules {
            if tally.blocks + tally.refused_blocks == 0 {
                continue;
            }
            rows.text("entity", Some(of_entity.entity.name()));
            rows.text("rule", Some(name));
            for (column, count) in [
                ("blocks", tally.blocks),
                ("largest", tally.largest),
                ("pairs", tally.pairs),
                ("added_pairs", *added),
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
