//! What a run leaves for the next one, so that it compares what changed and nothing else: the model with the frequencies that
//! it was trained on, a fingerprint of each record, the blocks that were not compared pair by pair, and the edges.
//!
//! It counts only under the rules and the version that left it; else everything is compared anew.

use super::blocks::{Blocks, Limit, Limits};
use super::comparables::{Comparables, Frequencies};
use super::explain::model_of;
use super::rules::Rule;
use super::train::Trained;
use crate::standardize::Rows;
use crate::udf::{integers, strings};
use crate::{PipelineError, Result, Run};
use arrow::array::{ArrayRef, BooleanArray, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use datafusion::datasource::MemTable;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::prelude::DataFrame;
use futures::StreamExt;
use lake::{Session, Staged};
use linkage::{Entity, Vector};
use std::collections::HashMap;
use std::sync::Arc;

/// Of one entity, as the run before left it.
pub struct Kept {
    pub trained: Trained,
    pub frequencies: Frequencies,
    pub limits: Limits,
    /// By position: the fingerprint that the record had, if it was there.
    fingerprints: Vec<Option<i64>>,
    /// Record keys that are here no more.
    gone: Vec<i64>,
    /// Records that came, went or changed since the model was trained, over all runs.
    changed_since: u64,
}

/// What is other than it was.
pub struct Changes {
    /// By position.
    is_changed: Vec<bool>,
    /// Record keys, those of records that are gone too.
    pub keys: Vec<i64>,
}

impl Changes {
    /// Is the record at this position another than it was?
    pub fn has(&self, position: u32) -> bool {
        let is_changed = self.is_changed.get(position as usize);
        is_changed.copied().unwrap_or(true)
    }
}

/// A pair that was weighed before and needs no other look: neither record changed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownPair {
    pub a: u32,
    pub b: u32,
    pub vector: Vector,
}

impl Kept {
    /// `None` where no run left anything.
    pub async fn read(
        run: &Run,
        session: &Session,
        comparables: &Comparables,
        rules: &[Rule],
    ) -> Result<Option<Kept>> {
        let entity = comparables.entity();
        let Some((model_id, changed_since)) = last_model(run, session, entity).await? else {
            return Ok(None);
        };
        let models = format!(
            "SELECT model_id, parameters, records, pairs, filled FROM scratch.previous_match_models \
             WHERE entity = '{}' AND model_id = '{model_id}' LIMIT 1",
            entity.name()
        );
        let Some(model) = model_of(run, session, &models).await? else {
            return Ok(None);
        };
        let mut kept = Kept {
            trained: Trained {
                model_id: model.model_id,
                model: model.model,
                parameters: model.parameters,
                records: model.records,
                pairs: model.pairs,
                filled: model.filled,
            },
            frequencies: vec![HashMap::new(); entity.comparisons().len()],
            limits: Limits::new(),
            fingerprints: vec![None; comparables.len()],
            gone: Vec::new(),
            changed_since,
        };
        kept.read_fingerprints(session, comparables).await?;
        if kept.fingerprints.iter().all(Option::is_none) {
            return Ok(None);
        }
        kept.read_frequencies(session, entity).await?;
        kept.read_limits(session, entity, rules).await?;
        Ok(Some(kept))
    }

    async fn read_fingerprints(
        &mut self,
        session: &Session,
        comparables: &Comparables,
    ) -> Result<()> {
        comparables.reserve(size_of::<Option<i64>>() * comparables.len())?;
        let what = "reading what was compared before";
        let sql = format!(
            "SELECT record_key, fingerprint FROM scratch.previous_compared_records WHERE entity = '{}'",
            comparables.entity().name()
        );
        let mut rows = stream(session.sql(what, &sql).await?, what).await?;
        while let Some(batch) = rows.next().await {
            let batch = batch.map_err(PipelineError::query(what))?;
            let keys = integers(&batch, "record_key")?;
            let fingerprints = integers(&batch, "fingerprint")?;
            for (key, fingerprint) in keys.values().iter().zip(fingerprints.values()) {
                let position = comparables.position(*key).map(|at| at as usize);
                match position.and_then(|at| self.fingerprints.get_mut(at)) {
                    Some(known) => *known = Some(*fingerprint),
                    None => self.gone.push(*key),
                }
            }
        }
        Ok(())
    }

    async fn read_frequencies(&mut self, session: &Session, entity: Entity) -> Result<()> {
        let what = "reading the frequencies of values";
        let sql = format!(
            "SELECT comparison, value_key, records FROM scratch.previous_value_frequencies WHERE entity = '{}'",
            entity.name()
        );
        let mut rows = stream(session.sql(what, &sql).await?, what).await?;
        while let Some(batch) = rows.next().await {
            let batch = batch.map_err(PipelineError::query(what))?;
            let comparisons = strings(&batch, "comparison")?;
            let (values, records) = (integers(&batch, "value_key")?, integers(&batch, "records")?);
            for row in 0..batch.num_rows() {
                let at = entity.position(comparisons.value(row));
                if let Some(known) = at.and_then(|at| self.frequencies.get_mut(at)) {
                    let records = u32::try_from(records.value(row)).unwrap_or(u32::MAX);
                    known.insert(values.value(row), records);
                }
            }
        }
        Ok(())
    }

    async fn read_limits(
        &mut self,
        session: &Session,
        entity: Entity,
        rules: &[Rule],
    ) -> Result<()> {
        let what = "reading which blocks were limited";
        let sql = format!(
            "SELECT rule, block_key, treatment, first_record_key FROM scratch.previous_limited_blocks WHERE entity = '{}'",
            entity.name()
        );
        let mut rows = stream(session.sql(what, &sql).await?, what).await?;
        while let Some(batch) = rows.next().await {
            let batch = batch.map_err(PipelineError::query(what))?;
            let (names, treatments) = (strings(&batch, "rule")?, strings(&batch, "treatment")?);
            let (keys, firsts) = (
                integers(&batch, "block_key")?,
                integers(&batch, "first_record_key")?,
            );
            for row in 0..batch.num_rows() {
                let rule = rules.iter().find(|rule| rule.name == names.value(row));
                if let Some(rule) = rule {
                    let limit = Limit::of(treatments.value(row), firsts.value(row));
                    self.limits.insert((rule.number, keys.value(row)), limit);
                }
            }
        }
        Ok(())
    }

    pub fn changes(&self, comparables: &Comparables, blocks: &Blocks) -> Changes {
        let now = blocks.fingerprints.iter();
        let is_changed: Vec<bool> = now
            .zip(&self.fingerprints)
            .map(|(now, before)| *before != Some(*now))
            .collect();
        let changed = (0u32..)
            .zip(&is_changed)
            .filter(|(_, is_changed)| **is_changed);
        let mut keys: Vec<i64> = changed.map(|(at, _)| comparables.key(at)).collect();
        keys.extend(&self.gone);
        Changes { is_changed, keys }
    }

    /// Is it time to train the model anew? Few records are trained on in every run: it costs a second.
    pub fn is_outdated(&self, run: &Run, comparables: &Comparables, changes: &Changes) -> bool {
        let matching = &run.project.matching;
        let changed = self.changed_since + changes.keys.len() as u64;
        comparables.len() < matching.retrain_below
            || changed as f64 > matching.retrain_share * self.trained.records as f64
    }
}

/// The model that the newest run used, and how many records changed since it was trained.
async fn last_model(run: &Run, session: &Session, entity: Entity) -> Result<Option<(String, u64)>> {
    let what = "reading which model was used last";
    let sql = format!(
        "WITH runs AS (SELECT * FROM scratch.previous_resolve_runs WHERE entity = '{}') \
         SELECT last.model_id, CAST(coalesce(sum(later.records_changed), 0) AS BIGINT) AS changed \
         FROM (SELECT * FROM runs ORDER BY valid_from DESC LIMIT 1) AS last \
         CROSS JOIN (SELECT max(valid_from) AS at FROM runs WHERE is_trained) AS trained \
         LEFT JOIN runs AS later ON later.valid_from > trained.at \
         GROUP BY last.model_id",
        entity.name()
    );
    let batches = run.collect(session.sql(what, &sql).await?, what).await?;
    let Some(batch) = batches.iter().find(|batch| batch.num_rows() > 0) else {
        return Ok(None);
    };
    let (models, changed) = (strings(batch, "model_id")?, integers(batch, "changed")?);
    Ok(Some((models.value(0).to_owned(), changed.value(0) as u64)))
}

/// The edges of the run before between records that did not change, in ascending order.
pub async fn known_pairs(
    session: &Session,
    comparables: &Comparables,
    changes: &Changes,
) -> Result<Vec<KnownPair>> {
    let what = "reading the edges of the run before";
    let sql = format!(
        "SELECT a_record_key, b_record_key, vector FROM scratch.previous_scored_edges WHERE entity = '{}'",
        comparables.entity().name()
    );
    let unchanged = |key: i64| comparables.position(key).filter(|at| !changes.has(*at));
    let mut known = Vec::new();
    let mut rows = stream(session.sql(what, &sql).await?, what).await?;
    while let Some(batch) = rows.next().await {
        let batch = batch.map_err(PipelineError::query(what))?;
        let (a, b) = (
            integers(&batch, "a_record_key")?,
            integers(&batch, "b_record_key")?,
        );
        let vectors = integers(&batch, "vector")?;
        let before = known.len();
        for (row, vector) in vectors.values().iter().enumerate() {
            if let (Some(a), Some(b)) = (unchanged(a.value(row)), unchanged(b.value(row))) {
                let vector = Vector(*vector as u64);
                known.push(KnownPair { a, b, vector });
            }
        }
        comparables.reserve(size_of::<KnownPair>() * (known.len() - before))?;
    }
    known.sort_unstable();
    Ok(known)
}

async fn stream(frame: DataFrame, what: &'static str) -> Result<SendableRecordBatchStream> {
    frame
        .execute_stream()
        .await
        .map_err(PipelineError::query(what))
}

/// Rows between two writes.
const BATCH: usize = 65_536;

/// What of one entity the next run goes on from.
pub struct Left {
    pub entity: Entity,
    pub fingerprints: Vec<(i64, i64)>,
    pub limits: Vec<((String, i64), Limit)>,
    pub frequencies: Frequencies,
}

impl Left {
    pub fn new(comparables: &Comparables, blocks: &Blocks) -> Left {
        let name = |number: u8| {
            let rule = blocks.rules.iter().find(|rule| rule.number == number);
            rule.map(|rule| rule.name.to_string()).unwrap_or_default()
        };
        let limits = blocks.limits.iter();
        let mut limits: Vec<((String, i64), Limit)> = limits
            .map(|((rule, key), limit)| ((name(*rule), *key), *limit))
            .collect();
        limits.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let keys = comparables.keys().iter().copied();
        Left {
            entity: comparables.entity(),
            fingerprints: keys.zip(blocks.fingerprints.iter().copied()).collect(),
            limits,
            frequencies: comparables.frequencies().clone(),
        }
    }
}

/// What a run did for one entity.
pub struct Effort {
    pub entity: Entity,
    pub is_trained: bool,
    /// Record keys: see [`Changes`].
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
    let table = MemTable::try_new(schema, vec![vec![batch]]).map_err(PipelineError::query(what))?;
    session.register_table("scratch.effort", Arc::new(table))?;

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

/// Rows of `silver.compared_records`.
pub async fn compared_records(run: &Run, left: &[Left]) -> Result<Staged> {
    let def = run.table("silver.compared_records")?;
    let mut stager = run.lake.stager(def).await?;
    let mut rows = Rows::new(def);
    for of_entity in left {
        for (key, fingerprint) in &of_entity.fingerprints {
            rows.text("entity", Some(of_entity.entity.name()));
            rows.integer("record_key", Some(*key));
            rows.integer("fingerprint", Some(*fingerprint));
            rows.end();
            if rows.len() == BATCH {
                stager.write(rows.take()?).await?;
            }
        }
    }
    stager.write(rows.take()?).await?;
    Ok(stager.finish().await?)
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
        for (comparison, values) in comparisons.zip(&of_entity.frequencies) {
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
