//! Pairs: every two records that meet in a block, compared and weighed once, block by block, on all threads. A pair that comes
//! to nothing is counted and forgotten, so that memory and disk grow with what is kept, not with what is compared.

use super::blocks::{Blocks, is_identified};
use super::comparables::Comparables;
use super::evidence::Record;
use super::kept::{Changes, KnownPair, known_pairs};
use super::meet::{meet, tasks};
use super::rules::MOST_RULES;
use crate::{PipelineError, Result, Run};
use arrow::array::{ArrayRef, Float64Array, Int64Array, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use lake::Session;
use linkage::{Counts, Decided, Outline, Pass, Vector, Weights};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

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

/// Weighs all pairs; leaves those of `floor` bits and more, and those that share an identity that identifies, in
/// `scratch.weighed_pairs`: keys (the smaller first), rules (see [`Blocks::made`]), comparison vector, match weight, and the part of it
/// that is not about names.
///
/// Where it is known what changed since another run, the pairs that it left stand for those between records that did not.
pub async fn weigh(
    run: &Run,
    session: &Session,
    comparables: Arc<Comparables>,
    blocks: Arc<Blocks>,
    weights: Arc<Weights>,
    changes: Option<Arc<Changes>>,
    floor: f64,
) -> Result<Compared> {
    let known = match &changes {
        Some(changes) => known_pairs(session, &comparables, changes).await?,
        None => Vec::new(),
    };
    let threads = run.lake.threads();
    let (send, receive) = tokio::sync::mpsc::channel(2 * threads);
    let (of_schema, schema) = (schema(), schema());
    let steps = run.steps.clone();
    let work = tokio::task::spawn_blocking(move || {
        let mut compared: Compared = [0; MOST_RULES as usize];
        let weigher = Weigher {
            comparables: &comparables,
            blocks: &blocks,
            weights: &weights,
            changes: changes.as_deref(),
            known: &known,
            floor,
        };
        let known: Vec<&[KnownPair]> = known.chunks(KNOWN_AT_ONCE).collect();
        super::in_order(
            threads,
            &known,
            |known| weigher.weigh_known(known),
            |kept| {
                let batch = batch(&of_schema, &comparables, &kept);
                send.blocking_send(batch.map_err(Into::into)).is_ok()
            },
        );
        let tasks = tasks(&blocks);
        let mut ended = 0;
        super::in_order(
            threads,
            &tasks,
            |range| weigher.weigh_blocks(range.clone()),
            |(kept, of_task)| {
                ended += 1;
                steps.advance(ended, tasks.len() as u64);
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
    let written = session.scratch("weighed_pairs", vec![Box::pin(rows)]);
    run.steps.take("pairs", written).await?;
    work.await
        .map_err(|error| PipelineError::Invalid(format!("weighing pairs: {error}")))
}

/// Known pairs that are weighed at once.
const KNOWN_AT_ONCE: usize = 65_536;

struct Weigher<'a> {
    comparables: &'a Comparables,
    blocks: &'a Blocks,
    weights: &'a Weights,
    changes: Option<&'a Changes>,
    known: &'a [KnownPair],
    floor: f64,
}

impl Weigher<'_> {
    /// What is known of pairs says what they weigh; which blocks they stand in may be another matter now.
    fn weigh_known(&self, known: &[KnownPair]) -> Vec<Weighed> {
        let still = known.iter().filter_map(|pair| {
            let rules = self.blocks.rules_of(pair.a, pair.b)?;
            self.weighed(pair.a, pair.b, rules, pair.vector)
        });
        still.collect()
    }

    /// The rules of a pair that is to be compared when `block` comes.
    fn wanted(&self, a: u32, b: u32, block: u32) -> Option<i64> {
        match self.changes {
            Some(changes) if !changes.has(a) && !changes.has(b) => {
                let is_known = self
                    .known
                    .binary_search_by_key(&(a, b), |pair| (pair.a, pair.b));
                match is_known {
                    Ok(_) => None,
                    Err(_) => self.blocks.made_anew(a, b, block),
                }
            }
            _ => self.blocks.made(a, b, block),
        }
    }

    fn weigh_blocks(&self, range: Range<u32>) -> (Vec<Weighed>, Compared) {
        let (comparables, weights) = (self.comparables, self.weights);
        let mut kept = Vec::new();
        let mut compared: Compared = [0; MOST_RULES as usize];
        let describe = |member| {
            (
                comparables.record(member),
                comparables.outline(member, weights),
            )
        };
        let see = |block, (a, left): (u32, &Described<'_>), (b, right): (u32, &Described<'_>)| {
            let Some(rules) = self.wanted(a, b, block) else {
                return;
            };
            if let Some(added) = compared.get_mut(usize::from(self.blocks.rule(block))) {
                *added += 1;
            }
            let vector = match is_identified(rules) {
                true => Some(left.0.compare(&right.0)),
                false => {
                    let outlines = (&left.1, &right.1);
                    left.0
                        .compare_above(&right.0, weights, outlines, self.floor)
                }
            };
            kept.extend(vector.and_then(|vector| self.weighed(a, b, rules, vector)));
        };
        meet(self.blocks, self.changes, range, describe, see);
        (kept, compared)
    }

    /// The pair, if it is to be kept.
    fn weighed(&self, a: u32, b: u32, rules: i64, vector: Vector) -> Option<Weighed> {
        let holders = self.comparables.holders(a, b);
        let weight = self.weights.match_weight(vector, &holders);
        (is_identified(rules) || weight >= self.floor).then(|| Weighed {
            a,
            b,
            rules,
            vector,
            weight,
            beyond_names: self.weights.weight_beyond_names(vector, &holders),
        })
    }
}

/// A record, and the outline of it.
type Described<'a> = (Record<'a>, Outline);

/// Comparison vectors to train on.
pub struct Sample {
    pub passes: Vec<Pass>,
    pub candidates: Counts,
    pub labelled: Vec<Decided>,
}

/// Samples the pairs of each rule, and all pairs, each once. Of a rule that brings many pairs, some, chosen by their keys, each
/// counted for as many as it stands for. `labels`: the entity of each position, 0 where it is not known; all pairs of which both are.
pub fn sample(
    threads: usize,
    comparables: &Comparables,
    blocks: &Blocks,
    labels: &[u32],
) -> Sample {
    let mut stands_for = [1; MOST_RULES as usize];
    for (rule, tally) in blocks.rules.iter().zip(&blocks.tallies) {
        stands_for[usize::from(rule.number)] = tally.pairs.div_ceil(TRAINING_PAIRS).max(1);
    }
    let mut of_rules: HashMap<u8, HashMap<Vector, u64>> = HashMap::new();
    let mut all: HashMap<Vector, u64> = HashMap::new();
    let mut labelled: BTreeMap<Vector, Decided> = BTreeMap::new();
    let label = |position: u32| labels.get(position as usize).filter(|label| **label > 0);
    super::in_order(
        threads,
        &tasks(blocks),
        |range| {
            let mut of_rules: HashMap<u8, HashMap<Vector, u64>> = HashMap::new();
            let mut all: HashMap<Vector, u64> = HashMap::new();
            let mut labelled: Vec<Decided> = Vec::new();
            let range = range.clone();
            let describe = |member| (comparables.record(member), comparables.key(member));
            meet(
                blocks,
                None,
                range,
                describe,
                |block, (a, left), (b, right)| {
                    let rule = blocks.rule(block);
                    let stands_for = stands_for[usize::from(rule)];
                    if let (Some(x), Some(y)) = (label(a), label(b))
                        && blocks.is_first(a, b, block).0
                    {
                        labelled.push(Decided::on(left.0.compare(&right.0), x == y));
                    }
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
                },
            );
            (of_rules, all, labelled)
        },
        |(rules, counts, decided)| {
            for decided in decided {
                let known = labelled.entry(decided.vector).or_insert(Decided {
                    vector: decided.vector,
                    ..Decided::default()
                });
                known.same += decided.same;
                known.distinct += decided.distinct;
            }
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
    Sample {
        passes: passes.collect(),
        candidates: all.into_iter().collect(),
        labelled: labelled.into_values().collect(),
    }
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
