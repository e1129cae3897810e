//! Pairs: every two records that meet in a block, compared and weighed once, block by block, on all threads. A pair that comes
//! to nothing is counted and forgotten, so that memory and disk grow with what is kept, not with what is compared.

use super::blocks::{Blocks, is_identified};
use super::comparables::Comparables;
use super::rules::MOST_RULES;
use crate::{PipelineError, Result, Run};
use arrow::array::{ArrayRef, Float64Array, Int64Array, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use lake::Session;
use linkage::{Counts, Pass, Vector, Weights};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Pairs that a thread takes at once, at least.
const TASK_PAIRS: u64 = 50_000;

/// Pairs of each rule that a model is trained on, about.
const TRAINING_PAIRS: u64 = 200_000;

/// A pair that is kept.
struct Weighed {
    a: u32,
    b: u32,
    rules: i64,
    vector: Vector,
    weight: f64,
    beyond_names: f64,
}

/// Numbers of pairs, by the number of the first rule that brought them.
pub type Compared = [u64; MOST_RULES as usize];

/// Ranges of blocks that are about as much work.
fn tasks(blocks: &Blocks) -> Vec<Range<u32>> {
    let mut tasks = Vec::new();
    let (mut from, mut pairs) = (0, 0);
    for block in 0..blocks.len() as u32 {
        pairs += blocks.meetings(block);
        if pairs >= TASK_PAIRS {
            tasks.push(from..block + 1);
            (from, pairs) = (block + 1, 0);
        }
    }
    tasks.push(from..blocks.len() as u32);
    tasks
}

/// Calls `see(block, a, b)` with the places of every two members that meet in a block, and what `describe` says of each.
fn meet<T>(
    blocks: &Blocks,
    range: Range<u32>,
    describe: impl Fn(u32) -> T,
    mut see: impl FnMut(u32, (u32, &T), (u32, &T)),
) {
    let mut described = Vec::new();
    for block in range {
        let members = blocks.members(block);
        described.clear();
        described.extend(members.iter().map(|member| describe(*member)));
        for at in 0..blocks.leaders(block) {
            let (Some((a, behind)), Some((left, others))) = (
                members.get(at..).and_then(<[u32]>::split_first),
                described.get(at..).and_then(<[T]>::split_first),
            ) else {
                break;
            };
            for (b, right) in behind.iter().zip(others) {
                see(block, (*a, left), (*b, right));
            }
        }
    }
}

/// Weighs all pairs; leaves those of `floor` bits and more, and those that share an identity that identifies, in
/// `scratch.weighed_pairs`: keys (the smaller first), rules (see [`Blocks::made`]), comparison vector, match weight, and the part of it
/// that is not about names.
pub async fn weigh(
    run: &Run,
    session: &Session,
    comparables: Arc<Comparables>,
    blocks: Arc<Blocks>,
    weights: Arc<Weights>,
    floor: f64,
) -> Result<Compared> {
    let threads = run.lake.threads();
    let (send, receive) = tokio::sync::mpsc::channel(2 * threads);
    let (of_schema, schema) = (schema(), schema());
    let work = tokio::task::spawn_blocking(move || {
        let mut compared: Compared = [0; MOST_RULES as usize];
        super::in_order(
            threads,
            &tasks(&blocks),
            |range| weigh_blocks(&comparables, &blocks, &weights, floor, range.clone()),
            |(kept, of_task)| {
                for (sum, pairs) in compared.iter_mut().zip(of_task) {
                    *sum += pairs;
                }
                let batch = batch(&of_schema, &comparables, &kept);
                // Nobody reads any more when writing failed, which tells why.
                send.blocking_send(batch.map_err(Into::into)).is_ok()
            },
        );
        compared
    });
    let rows = futures::stream::unfold(receive, async |mut receive| {
        receive.recv().await.map(|batch| (batch, receive))
    });
    let rows = RecordBatchStreamAdapter::new(schema, rows);
    session.scratch("weighed_pairs", Box::pin(rows)).await?;
    work.await
        .map_err(|error| PipelineError::Invalid(format!("weighing pairs: {error}")))
}

fn weigh_blocks(
    comparables: &Comparables,
    blocks: &Blocks,
    weights: &Weights,
    floor: f64,
    range: Range<u32>,
) -> (Vec<Weighed>, Compared) {
    let mut kept = Vec::new();
    let mut compared: Compared = [0; MOST_RULES as usize];
    let describe = |member| {
        (
            comparables.record(member),
            comparables.outline(member, weights),
        )
    };
    meet(blocks, range, describe, |block, (a, left), (b, right)| {
        let Some(rules) = blocks.made(a, b, block) else {
            return;
        };
        if let Some(added) = compared.get_mut(usize::from(blocks.rule(block))) {
            *added += 1;
        }
        let has_identity = is_identified(rules);
        let vector = match has_identity {
            true => Some(left.0.compare(&right.0)),
            false => left
                .0
                .compare_above(&right.0, weights, (&left.1, &right.1), floor),
        };
        let Some(vector) = vector else { return };
        let holders = comparables.holders(a, b);
        let weight = weights.match_weight(vector, &holders);
        if has_identity || weight >= floor {
            kept.push(Weighed {
                a,
                b,
                rules,
                vector,
                weight,
                beyond_names: weights.weight_beyond_names(vector, &holders),
            });
        }
    });
    (kept, compared)
}

/// Comparison vectors to train on: those of the pairs of each rule, and of all pairs, each once. Of a rule that brings many
/// pairs, some, chosen by their keys, each counted for as many as it stands for.
pub fn sample(threads: usize, comparables: &Comparables, blocks: &Blocks) -> (Vec<Pass>, Counts) {
    let mut stands_for = [1; MOST_RULES as usize];
    for (rule, tally) in blocks.rules.iter().zip(&blocks.tallies) {
        stands_for[usize::from(rule.number)] = tally.pairs.div_ceil(TRAINING_PAIRS).max(1);
    }
    let mut of_rules: HashMap<u8, HashMap<Vector, u64>> = HashMap::new();
    let mut all: HashMap<Vector, u64> = HashMap::new();
    super::in_order(
        threads,
        &tasks(blocks),
        |range| {
            let mut of_rules: HashMap<u8, HashMap<Vector, u64>> = HashMap::new();
            let mut all: HashMap<Vector, u64> = HashMap::new();
            let range = range.clone();
            let describe = |member| (comparables.record(member), comparables.key(member));
            meet(blocks, range, describe, |block, (a, left), (b, right)| {
                let rule = blocks.rule(block);
                let stands_for = stands_for[usize::from(rule)];
                if draw(left.1, right.1) > u64::MAX / stands_for {
                    return;
                }
                let (is_first, is_first_of_rule) = blocks.is_first(a, b, block);
                if !is_first && !is_first_of_rule {
                    return;
                }
                let vector = left.0.compare(&right.0);
                if is_first {
                    *all.entry(vector).or_default() += stands_for;
                }
                if is_first_of_rule {
                    *of_rules.entry(rule).or_default().entry(vector).or_default() += stands_for;
                }
            });
            (of_rules, all)
        },
        |(rules, counts)| {
            for (rule, counts) in rules {
                add(of_rules.entry(rule).or_default(), counts);
            }
            add(&mut all, counts);
            true
        },
    );
    let trains = blocks.rules.iter().filter(|rule| !rule.blocked.is_empty());
    let passes = trains.map(|rule| Pass {
        blocked: rule.blocked.iter().map(|name| (*name).to_owned()).collect(),
        pairs: of_rules
            .remove(&rule.number)
            .unwrap_or_default()
            .into_iter()
            .collect(),
    });
    (passes.collect(), all.into_iter().collect())
}

fn add(sums: &mut HashMap<Vector, u64>, counts: HashMap<Vector, u64>) {
    for (vector, pairs) in counts {
        *sums.entry(vector).or_default() += pairs;
    }
}

/// A number that depends on both keys: keys are hashes, so it is as good as random.
fn draw(a: i64, b: i64) -> u64 {
    ((a as u64).rotate_left(32) ^ b as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Match weights of the pairs of blocks that lie inside one component of three records and more: what is not linked may
/// speak against those that are.
pub fn inside(
    comparables: &Comparables,
    blocks: &Blocks,
    weights: &Weights,
    component_of: &[u32],
) -> Vec<(u32, u32, f64)> {
    let mut sizes: HashMap<u32, u32> = HashMap::new();
    for component in component_of {
        *sizes.entry(*component).or_default() += 1;
    }
    let mut weighed = Vec::new();
    for (a, component) in (0u32..).zip(component_of) {
        if sizes.get(component).is_none_or(|size| *size < 3) {
            continue;
        }
        let record = comparables.record(a);
        for block in blocks.of_record(a) {
            let members = blocks.members(*block);
            let behind = members.partition_point(|member| *member <= a);
            if behind > blocks.leaders(*block) {
                continue;
            }
            let others = members.iter().skip(behind);
            for &b in others.filter(|b| component_of.get(**b as usize) == Some(component)) {
                if blocks.made(a, b, *block).is_some() {
                    let vector = record.compare(&comparables.record(b));
                    let weight = weights.match_weight(vector, &comparables.holders(a, b));
                    weighed.push((a, b, weight));
                }
            }
        }
    }
    weighed
}

fn schema() -> SchemaRef {
    let field = |name, kind| Field::new(name, kind, false);
    Arc::new(Schema::new(vec![
        field("a_record_key", DataType::Int64),
        field("b_record_key", DataType::Int64),
        field("rules", DataType::Int64),
        field("vector", DataType::Int64),
        field("match_weight", DataType::Float64),
        field("weight_beyond_names", DataType::Float64),
    ]))
}

fn batch(
    schema: &SchemaRef,
    comparables: &Comparables,
    kept: &[Weighed],
) -> std::result::Result<RecordBatch, arrow::error::ArrowError> {
    let integers = |of: &dyn Fn(&Weighed) -> i64| -> ArrayRef {
        Arc::new(Int64Array::from_iter_values(kept.iter().map(of)))
    };
    let numbers = |of: &dyn Fn(&Weighed) -> f64| -> ArrayRef {
        Arc::new(Float64Array::from_iter_values(kept.iter().map(of)))
    };
    RecordBatch::try_new(
        schema.clone(),
        vec![
            integers(&|pair| comparables.key(pair.a)),
            integers(&|pair| comparables.key(pair.b)),
            integers(&|pair| pair.rules),
            integers(&|pair| pair.vector.0 as i64),
            numbers(&|pair| pair.weight),
            numbers(&|pair| pair.beyond_names),
        ],
    )
}
