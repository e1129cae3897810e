//! The model of a run: trained on the run's own pairs, without labels; what stewards decided counts where it is there.

use super::blocks::Blocks;
use super::comparables::Comparables;
use super::evidence::Record;
use super::pairs;
use crate::cluster::Pairs;
use crate::project::Labels;
use crate::udf::{key_hash, record_key};
use crate::{PipelineError, Result, Run};
use arrow::array::{ArrayRef, Int64Array, Int64Builder, ListBuilder, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field};
use lake::Session;
use linkage::{Counts, Decided, Evidence, Model, Vector, Weights, train};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

/// Random pairs that u is learned from; of few records, all pairs.
const RANDOM_PAIRS: u64 = 1_000_000;

/// A model, and what it was trained on.
#[derive(Clone, Debug)]
pub struct Trained {
    /// Hash of what the model says, and of how many records it was trained on: equal models have one id.
    pub model_id: String,
    pub model: Model,
    /// The model as JSON.
    pub parameters: String,
    pub records: u64,
    pub pairs: u64,
    /// By comparison: how many records have a value.
    pub filled: Vec<u64>,
}

impl Trained {
    /// What a comparison of two records weighs.
    pub fn weights(&self) -> Weights {
        Weights::new(&self.model, &self.filled)
    }
}

/// Trains on the records and blocks of an entity, on labels, and on what stewards decided: pairs that are the same, and that are not.
pub fn run(
    threads: usize,
    comparables: &Comparables,
    blocks: &Blocks,
    labels: &Labels,
    (same, distinct): &(Pairs, Pairs),
) -> Result<Trained> {
    let entity = comparables.entity();
    let records = comparables.len() as u64;
    let sample = pairs::sample(threads, comparables, blocks, &known(comparables, labels));
    let on = |pairs: &Pairs, is_same: bool| -> Vec<Decided> {
        let decided = pairs.iter().map(|(a, b)| {
            let record = comparables.record(*a);
            Decided::on(record.compare(&comparables.record(*b)), is_same)
        });
        decided.collect()
    };
    let evidence = Evidence {
        decided: [on(same, true), on(distinct, false), sample.labelled].concat(),
        pairs: records * records.saturating_sub(1) / 2,
        random: random(comparables),
        passes: sample.passes,
        candidates: sample.candidates,
    };
    let pairs = evidence.candidates.iter().map(|(_, pairs)| pairs).sum();
    let model = train(entity, &evidence);
    let fail = |error| PipelineError::Invalid(format!("writing the model: {error}"));
    let parameters = serde_json::to_string(&model).map_err(fail)?;
    // As later runs read it, to the last bit.
    let model = serde_json::from_str(&parameters).map_err(fail)?;
    let said = format!("{parameters} {records} {:?}", comparables.filled());
    Ok(Trained {
        model_id: format!("M-{:016x}", key_hash(&said)),
        model,
        parameters,
        records,
        pairs,
        filled: comparables.filled().to_vec(),
    })
}

/// By position, the number of the entity that a label names; 0 where none does.
fn known(comparables: &Comparables, labels: &Labels) -> Vec<u32> {
    let entity = comparables.entity();
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut known = Vec::new();
    for label in labels.of(entity) {
        known.resize(comparables.len(), 0);
        let key = record_key(entity.name(), &label.source, &label.record_id);
        let next = numbers.len() as u32 + 1;
        let number = *numbers.entry(&label.entity_id).or_insert(next);
        let position = comparables.position(key).map(|at| at as usize);
        if let Some(place) = position.and_then(|at| known.get_mut(at)) {
            *place = number;
        }
    }
    known
}

/// `scratch.trained_models`: rows of `silver.match_models`.
pub fn register(session: &Session, run: &Run, models: &[Trained]) -> Result<()> {
    let schema = run.table("silver.match_models")?.schema.clone();
    let texts = |of: &dyn Fn(&Trained) -> String| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(models.iter().map(of)))
    };
    let numbers = |of: &dyn Fn(&Trained) -> u64| -> ArrayRef {
        Arc::new(Int64Array::from_iter_values(
            models.iter().map(|model| of(model) as i64),
        ))
    };
    let element = Field::new("element", DataType::Int64, true);
    let mut filled = ListBuilder::new(Int64Builder::new()).with_field(element);
    for model in models {
        for count in &model.filled {
            filled.values().append_value(*count as i64);
        }
        filled.append(true);
    }
    let what = "listing models";
    let batch = RecordBatch::try_new(
        schema.clone(),
        vec![
            texts(&|model| model.model_id.clone()),
            texts(&|model| model.model.entity().name().to_owned()),
            Arc::new(run.as_of_column(models.len())),
            numbers(&|model| model.records),
            numbers(&|model| model.pairs),
            Arc::new(filled.finish()),
            texts(&|model| model.parameters.clone()),
            texts(&|_| run.run_id.clone()),
        ],
    )
    .map_err(PipelineError::arrow(what))?;
    Ok(session.register_rows("scratch.trained_models", batch)?)
}

/// Vectors of random pairs: of each record with those that follow it in the order of their keys, which are hashes.
fn random(comparables: &Comparables) -> Counts {
    let records = comparables.len() as u64;
    if records < 2 {
        return Counts::new();
    }
    let followers = RANDOM_PAIRS
        .div_ceil(records)
        .min((records - 1).div_ceil(2)) as usize;
    // Of more records than pairs, some.
    let stride = (records / RANDOM_PAIRS).max(1) as i64;
    let keys = (0u32..).zip(comparables.keys());
    let drawn = keys.filter(|(_, key)| *key % stride == 0);
    let mut drawn: Vec<u32> = drawn.map(|(position, _)| position).collect();
    // The last are followed by the first, so that every record stands in as many pairs.
    let ends = drawn.len();
    if stride == 1 && ends > 2 * followers {
        drawn.extend_from_within(..followers);
    }
    let mut counts: BTreeMap<Vector, u64> = BTreeMap::new();
    let mut records = drawn.iter().map(|at| comparables.record(*at));
    let mut following: VecDeque<Record<'_>> = records.by_ref().take(followers).collect();
    for _ in 0..ends {
        following.extend(records.next());
        let Some(record) = following.pop_front() else {
            break;
        };
        for follower in &following {
            *counts.entry(record.compare(follower)).or_default() += 1;
        }
    }
    counts.into_iter().collect()
}
