//! What the run before left, so that this one compares what changed and nothing else: the model with the frequencies that were
//! seen since it was trained, a fingerprint of each record, the blocks that were not compared pair by pair, and the edges.
//!
//! It counts only under the rules and the version that left it; else everything is compared anew.

use super::blocks::Blocks;
use super::comparables::{Comparables, Frequencies};
use super::explain::model_of;
use super::limits::{Limit, Limits};
use super::rules::Rule;
use super::train::Trained;
use crate::udf::{integers, strings};
use crate::{PipelineError, Result, Run};
use arrow::array::RecordBatch;
use futures::StreamExt;
use lake::Session;
use linkage::{Entity, Vector};
use std::collections::HashMap;

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
    /// One record is new.
    pub fn one(comparables: &Comparables, key: i64) -> Changes {
        let keys = comparables.keys().iter();
        Changes {
            is_changed: keys.map(|known| *known == key).collect(),
            keys: vec![key],
        }
    }

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
        let Some((trained, changed_since)) = last_trained(run, session, entity).await? else {
            return Ok(None);
        };
        let reserve = |bytes| comparables.reserve(bytes);
        let mut kept = Kept {
            trained,
            frequencies: frequencies(session, entity, "true", reserve).await?,
            limits: limits(session, entity, rules, "true", reserve).await?,
            fingerprints: vec![None; comparables.len()],
            gone: Vec::new(),
            changed_since,
        };
        kept.read_fingerprints(session, comparables).await?;
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
        read(session, what, &sql, |batch| {
            let keys = integers(batch, "record_key")?;
            let fingerprints = integers(batch, "fingerprint")?;
            for (key, fingerprint) in keys.values().iter().zip(fingerprints.values()) {
                let position = comparables.position(*key).map(|at| at as usize);
                match position.and_then(|at| self.fingerprints.get_mut(at)) {
                    Some(known) => *known = Some(*fingerprint),
                    None => self.gone.push(*key),
                }
            }
            Ok(())
        })
        .await
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
            || changed as f64 >= matching.retrain_share * self.trained.records as f64
    }
}

/// How many held each value, of the rows of `silver.value_frequencies` that are wanted (SQL); `reserve` is told of the bytes.
pub async fn frequencies(
    session: &Session,
    entity: Entity,
    wanted: &str,
    reserve: impl Fn(usize) -> Result<()>,
) -> Result<Frequencies> {
    let what = "reading the frequencies of values";
    let sql = format!(
        "SELECT comparison, value_key, records FROM scratch.previous_value_frequencies \
         WHERE entity = '{}' AND {wanted}",
        entity.name()
    );
    let mut frequencies = vec![HashMap::new(); entity.comparisons().len()];
    read(session, what, &sql, |batch| {
        reserve(2 * size_of::<(i64, u32)>() * batch.num_rows())?;
        let comparisons = strings(batch, "comparison")?;
        let (values, records) = (integers(batch, "value_key")?, integers(batch, "records")?);
        for row in 0..batch.num_rows() {
            let at = entity.position(comparisons.value(row));
            if let Some(known) = at.and_then(|at| frequencies.get_mut(at)) {
                let records = u32::try_from(records.value(row)).unwrap_or(u32::MAX);
                known.insert(values.value(row), records);
            }
        }
        Ok(())
    })
    .await?;
    Ok(frequencies)
}

/// How blocks were limited, of the rows of `silver.limited_blocks` that are wanted (SQL); `reserve` is told of the bytes.
pub async fn limits(
    session: &Session,
    entity: Entity,
    rules: &[Rule],
    wanted: &str,
    reserve: impl Fn(usize) -> Result<()>,
) -> Result<Limits> {
    let what = "reading which blocks were limited";
    let sql = format!(
        "SELECT rule, block_key, treatment, first_record_key FROM scratch.previous_limited_blocks \
         WHERE entity = '{}' AND ({wanted})",
        entity.name()
    );
    let mut limits = Limits::new();
    read(session, what, &sql, |batch| {
        reserve(2 * size_of::<((u8, i64), Limit)>() * batch.num_rows())?;
        let (names, treatments) = (strings(batch, "rule")?, strings(batch, "treatment")?);
        let (keys, firsts) = (
            integers(batch, "block_key")?,
            integers(batch, "first_record_key")?,
        );
        for row in 0..batch.num_rows() {
            let rule = rules.iter().find(|rule| rule.name == names.value(row));
            if let Some(rule) = rule {
                let limit = Limit::of(treatments.value(row), firsts.value(row));
                limits.insert((rule.number, keys.value(row)), limit);
            }
        }
        Ok(())
    })
    .await?;
    Ok(limits)
}

/// The model that the newest run used, as it was trained, and how many records changed since.
pub async fn last_trained(
    run: &Run,
    session: &Session,
    entity: Entity,
) -> Result<Option<(Trained, u64)>> {
    let Some((model_id, changed_since)) = last_model(run, session, entity).await? else {
        return Ok(None);
    };
    let models = format!(
        "SELECT model_id, parameters, records, pairs, filled FROM scratch.previous_match_models \
         WHERE entity = '{}' AND model_id = '{model_id}' LIMIT 1",
        entity.name()
    );
    let model = model_of(run, session, &models).await?;
    let trained = model.map(|model| Trained {
        model_id: model.model_id,
        model: model.model,
        parameters: model.parameters,
        records: model.records,
        pairs: model.pairs,
        filled: model.filled,
    });
    Ok(trained.map(|trained| (trained, changed_since)))
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
    read(session, what, &sql, |batch| {
        let (a, b) = (
            integers(batch, "a_record_key")?,
            integers(batch, "b_record_key")?,
        );
        let vectors = integers(batch, "vector")?;
        let before = known.len();
        for (row, vector) in vectors.values().iter().enumerate() {
            if let (Some(a), Some(b)) = (unchanged(a.value(row)), unchanged(b.value(row))) {
                let vector = Vector(*vector as u64);
                known.push(KnownPair { a, b, vector });
            }
        }
        comparables.reserve(size_of::<KnownPair>() * (known.len() - before))
    })
    .await?;
    known.sort_unstable();
    Ok(known)
}

/// Shows `see` the rows of a query, batch by batch.
pub async fn read(
    session: &Session,
    what: &'static str,
    sql: &str,
    mut see: impl FnMut(&RecordBatch) -> Result<()>,
) -> Result<()> {
    let fail = || PipelineError::query(what);
    let frame = session.sql(what, sql).await?;
    let mut rows = frame.execute_stream().await.map_err(fail())?;
    while let Some(batch) = rows.next().await {
        see(&batch.map_err(fail())?)?;
    }
    Ok(())
}
