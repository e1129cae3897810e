//! What a run leaves for the next one (see `kept.rs`), and what it did.

use super::blocks::Blocks;
use super::comparables::{Comparables, Frequencies};
use super::limits::Limit;
use crate::standardize::Rows;
use crate::{PipelineError, Result, Run};
use arrow::array::{ArrayRef, BooleanArray, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use datafusion::execution::memory_pool::MemoryReservation;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use lake::{Session, Staged};
use linkage::Entity;
use std::collections::HashMap;
use std::sync::Arc;

/// Rows between two writes.
const BATCH: usize = 65_536;

/// What of one entity the next run goes on from.
pub struct Left {
    pub entity: Entity,
    pub limits: Vec<((String, i64), Limit)>,
    pub frequencies: Arc<Frequencies>,
    /// Holds what it takes against the ceiling of the session.
    _held: MemoryReservation,
}

impl Left {
    /// Errors: `Query` when that is more than the memory ceiling.
    pub fn new(comparables: &Comparables, blocks: &Blocks) -> Result<Left> {
        let limits = blocks.limits.iter();
        let mut limits: Vec<((String, i64), Limit)> = limits
            .map(|((rule, key), limit)| ((blocks.rule_name(*rule).to_owned(), *key), *limit))
            .collect();
        limits.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let frequencies = comparables.frequencies();
        let frequent: usize = frequencies.iter().map(HashMap::len).sum();
        let bytes = 2 * size_of::<(i64, u32)>() * frequent
            + size_of::<((String, i64), Limit)>() * limits.len();
        Ok(Left {
            _held: comparables.reserve_apart(bytes)?,
            entity: comparables.entity(),
            limits,
            frequencies,
        })
    }
}

/// What a run did for one entity.
pub struct Effort {
    pub entity: Entity,
    pub is_trained: bool,
    /// Record keys: see [`Changes`](super::kept::Changes).
    pub changed: Vec<i64>,
    pub pairs_compared: u64,
}

/// `scratch.effort`, a row an entity, and `scratch.changed_records`, for `silver.resolve_runs`.
pub async fn register_efforts(session: &Session, efforts: Vec<Effort>) -> Result<()> {
    let what = "listing what was compared";
    let arrow = || PipelineError::arrow(what);
    let field = |name, kind| Field::new(name, kind, false);
    let schema = Arc::new(Schema::new(vec![
        field("entity", DataType::Utf8),
        field("is_trained", DataType::Boolean),
        field("records_changed", DataType::Int64),
        field("pairs_compared", DataType::Int64),
    ]));
    let numbers = |of: &dyn Fn(&Effort) -> usize| -> ArrayRef {
        Arc::new(Int64Array::from_iter_values(
            efforts.iter().map(|effort| of(effort) as i64),
        ))
    };
    let names = efforts.iter().map(|effort| effort.entity.name());
    let trained: Vec<bool> = efforts.iter().map(|effort| effort.is_trained).collect();
    let batch = RecordBatch::try_new(
        schema.clone(),
        vec![
            Arc::new(StringArray::from_iter_values(names)),
            Arc::new(BooleanArray::from(trained)),
            numbers(&|effort| effort.changed.len()),
            numbers(&|effort| effort.pairs_compared as usize),
        ],
    )
    .map_err(arrow())?;
    session.register_rows("scratch.effort", batch)?;

    let schema = Arc::new(Schema::new(vec![field("record_key", DataType::Int64)]));
    let of_entities = efforts.into_iter().map(|effort| effort.changed);
    let batches: Vec<_> = of_entities
        .map(|changed| {
            let keys = Arc::new(Int64Array::from(changed));
            RecordBatch::try_new(schema.clone(), vec![keys]).map_err(Into::into)
        })
        .collect();
    let rows = RecordBatchStreamAdapter::new(schema, futures::stream::iter(batches));
    session
        .scratch("changed_records", vec![Box::pin(rows)])
        .await?;
    Ok(())
}

/// Rows of `silver.limited_blocks`.
pub async fn limited_blocks(run: &Run, left: &[Left]) -> Result<Staged> {
    let def = run.table("silver.limited_blocks")?;
    let mut stager = run.lake.stager(def).await?;
    let mut rows = Rows::new(def);
    for of_entity in left {
        for ((rule, block_key), limit) in &of_entity.limits {
            rows.text("entity", Some(of_entity.entity.name()));
            rows.text("rule", Some(rule));
            rows.integer("block_key", Some(*block_key));
            rows.text("treatment", Some(limit.treatment()));
            rows.integer("first_record_key", limit.first());
            rows.end();
            if rows.len() == BATCH {
                stager.write(rows.take()?).await?;
            }
        }
    }
    stager.write(rows.take()?).await?;
    Ok(stager.finish().await?)
}

/// Rows of `silver.value_frequencies`.
pub async fn value_frequencies(run: &Run, left: &[Left]) -> Result<Staged> {
    let def = run.table("silver.value_frequencies")?;
    let mut stager = run.lake.stager(def).await?;
    let mut rows = Rows::new(def);
    for of_entity in left {
        let comparisons = of_entity.entity.comparisons().iter();
        for (comparison, values) in comparisons.zip(of_entity.frequencies.iter()) {
            let mut values: Vec<(&i64, &u32)> = values.iter().collect();
            values.sort_unstable();
            for (value, records) in values {
                rows.text("entity", Some(of_entity.entity.name()));
                rows.text("comparison", Some(comparison.name));
                rows.integer("value_key", Some(*value));
                rows.integer("records", Some(i64::from(*records)));
                rows.end();
                if rows.len() == BATCH {
                    stager.write(rows.take()?).await?;
                }
            }
        }
    }
    stager.write(rows.take()?).await?;
    Ok(stager.finish().await?)
}
