//! Blocks: the records that share a blocking key (`sql/silver/blocking/*.sql`, one rule a file), and what is done with each.
//!
//! Integers only. A pair meets in every block that its records share and is made in the first; the others only say by which
//! rules it came.

use super::comparables::Comparables;
use super::limits::{Limit, Limits};
use super::rules::{IDENTITIES, LOOSE, MOST_RULES, Rule};
use crate::project::Matching;
use crate::udf::{integers, organization_groups};
use crate::{PipelineError, Result, Run};
use futures::StreamExt;
use lake::Session;
use linkage::Entity;
use std::collections::BTreeSet;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// A value under which more people than this stand identifies nobody.
const SHARED_NAMES: usize = 3;

/// Blocks of a key that strangers share, up to this size.
const LOOSE_RECORDS: usize = 50;

/// More names than this under one value are not told apart.
const NAMES_KEPT: usize = 48;

/// Where the identities that too many names share stand in the rules of a pair, and those that several names use.
const SHARED_FROM: u8 = MOST_RULES;
const AMBIGUOUS_FROM: u8 = SHARED_FROM + 8;

/// And those that so many records share that they say nothing at all.
const CROWD_FROM: u8 = AMBIGUOUS_FROM + 8;

/// Records under a shared value from which on it is a crowd.
const CROWD: usize = 30;

/// A block that is compared.
struct Block {
    /// Where its members begin.
    start: usize,
    rule: u8,
    /// Compared with its first record only: that links what belongs together at the cost of its size, not of its square.
    is_star: bool,
    /// Its value is shared by too many names; is used by more than one.
    is_shared: bool,
    is_ambiguous: bool,
    is_crowd: bool,
    /// Compared otherwise than in the run before: all its pairs are looked at again.
    is_touched: bool,
}

/// A value that identifies nobody: a row of `silver.shared_values`.
#[derive(Clone, Copy)]
pub struct SharedValue {
    pub rule: u8,
    pub block_key: i64,
    pub records: usize,
    pub names: usize,
}

/// What one rule brought: a row of `silver.blocking_rules`.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    pub blocks: u64,
    pub largest: u64,
    pub pairs: u64,
    pub refused_blocks: u64,
    pub refused_records: u64,
    pub refused_pairs: u64,
}

/// The blocks of one entity, in the order of their rules.
pub struct Blocks {
    pub rules: Vec<Rule>,
    /// By rule, in their order.
    pub tallies: Vec<Tally>,
    pub shared_values: Vec<SharedValue>,
    pub limits: Limits,
    /// By position: a hash of what is compared of the record and of the blocks that it stands in. Sums do not depend on order.
    pub fingerprints: Vec<i64>,
    blocks: Vec<Block>,
    /// Positions, ascending in each block.
    members: Vec<u32>,
    /// By position, where its blocks begin in `of_record`; ascending there.
    record_starts: Vec<usize>,
    of_record: Vec<u32>,
}

impl Blocks {
    /// Of rules that have brought nothing yet.
    fn of(rules: Vec<Rule>) -> Blocks {
        Blocks {
            rules,
            tallies: Vec::new(),
            shared_values: Vec::new(),
            limits: Limits::new(),
            fingerprints: Vec::new(),
            blocks: Vec::new(),
            members: Vec::new(),
            record_starts: Vec::new(),
            of_record: Vec::new(),
        }
    }

    /// `keys` gives, of each rule, (key, position) of the records that have it, sorted and each once; `before`: how blocks of the run
    /// before were limited.
    pub async fn build(
        matching: &Matching,
        comparables: &Comparables,
        before: &Limits,
        mut keys: impl AsyncFnMut(&Rule) -> Result<Vec<(i64, u32)>>,
    ) -> Result<Blocks> {
        let mut blocks = Blocks::of(matching.rules(comparables.entity()));
        let mut held = 0;
        comparables.reserve(size_of::<i64>() * comparables.len())?;
        let positions = 0..comparables.len() as u32;
        let fingerprints = positions.map(|at| comparables.evidence(at).fingerprint());
        blocks.fingerprints = fingerprints.collect();
        for rule in blocks.rules.clone() {
            let keys = keys(&rule).await?;
            for (key, position) in &keys {
                if let Some(fingerprint) = blocks.fingerprints.get_mut(*position as usize) {
                    let seed = u64::from(rule.number);
                    let of_key = xxh3_64_with_seed(&key.to_le_bytes(), seed) as i64;
                    *fingerprint = fingerprint.wrapping_add(of_key);
                }
            }
            let tally = blocks.add(&rule, &keys, comparables, matching, before);
            blocks.tallies.push(tally);
            let now = 4 * blocks.members.len() + size_of::<Block>() * blocks.blocks.len();
            comparables.reserve(now - held)?;
            held = now;
        }
        comparables.reserve(4 * blocks.members.len() + 8 * comparables.len())?;
        blocks.index(comparables.len());
        Ok(blocks)
    }

    /// Adds the blocks of one rule: `keys` of (key, position), sorted.
    fn add(
        &mut self,
        rule: &Rule,
        keys: &[(i64, u32)],
        comparables: &Comparables,
        matching: &Matching,
        before: &Limits,
    ) -> Tally {
        let mut tally = Tally::default();
        let is_identity = rule.number < IDENTITIES;
        let most = match rule.number {
            LOOSE.. => matching.block_records.min(LOOSE_RECORDS),
            _ => matching.block_records,
        };
        let blocks = keys.chunk_by(|(a, _), (b, _)| a == b);
        for block in blocks.filter(|block| block.len() > 1) {
            let Some((key, first)) = block.first().copied() else {
                continue;
            };
            let records = block.len();
            let names = match is_identity {
                true => names(block, comparables),
                false => 0,
            };
            let is_shared = names > SHARED_NAMES;
            if is_shared {
                self.shared_values.push(SharedValue {
                    rule: rule.number,
                    block_key: key,
                    records,
                    names,
                });
            }
            let size = records as u64;
            let square = size * (size - 1) / 2;
            let is_star = is_identity && !is_shared && records > most;
            let is_refused = match is_identity {
                true => is_shared && records > matching.shared_records,
                false => records > most,
            };
            let is_crowd = is_shared && records > CROWD;
            let limit = match (is_refused, is_star, is_crowd) {
                (true, ..) => Some(Limit::Refused),
                (_, true, _) => Some(Limit::First(comparables.key(first))),
                (.., true) => Some(Limit::Crowd),
                _ => None,
            };
            let of_block = (rule.number, key);
            let is_touched = before.get(&of_block).copied() != limit;
            self.limits.extend(limit.map(|limit| (of_block, limit)));
            if is_refused {
                tally.refused_blocks += 1;
                tally.refused_records += size;
                tally.refused_pairs += square;
                continue;
            }
            tally.blocks += 1;
            tally.largest = tally.largest.max(size);
            tally.pairs += if is_star { size - 1 } else { square };
            tally.refused_pairs += if is_star { square - (size - 1) } else { 0 };
            self.blocks.push(Block {
                start: self.members.len(),
                rule: rule.number,
                is_star,
                is_shared,
                is_ambiguous: names > 1,
                is_crowd,
                is_touched,
            });
            self.members
                .extend(block.iter().map(|(_, position)| *position));
        }
        tally
    }

    /// Notes for each record the blocks that it stands in.
    fn index(&mut self, records: usize) {
        let mut starts = vec![0usize; records + 1];
        for member in &self.members {
            starts[*member as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut of_record = vec![0u32; self.members.len()];
        for block in 0..self.blocks.len() as u32 {
            for member in self.members(block) {
                let place = &mut next[*member as usize];
                of_record[*place] = block;
                *place += 1;
            }
        }
        self.record_starts = starts;
        self.of_record = of_record;
    }

    /// What the rule of this number is called; `""` where there is none.
    pub fn rule_name(&self, number: u8) -> &str {
        let rule = self.rules.iter().find(|rule| rule.number == number);
        rule.map_or("", |rule| &rule.name)
    }

    pub fn len(&self) -> usize {
        self.blocks.len()
    }

    /// In ascending order.
    pub fn members(&self, block: u32) -> &[u32] {
        let at = block as usize;
        let start = |at: usize| self.blocks.get(at).map_or(self.members.len(), |b| b.start);
        self.members
            .get(start(at)..start(at + 1))
            .unwrap_or_default()
    }

    /// Pairs that meet in a block.
    pub fn meetings(&self, block: u32) -> u64 {
        let size = self.members(block).len() as u64;
        match self.blocks.get(block as usize) {
            Some(block) if block.is_star => size - 1,
            _ => size * (size - 1) / 2,
        }
    }

    /// How many members of the block, from the first on, are compared with those behind them.
    pub fn leaders(&self, block: u32) -> usize {
        match self.blocks.get(block as usize) {
            Some(block) if block.is_star => 1,
            _ => self.members(block).len(),
        }
    }

    pub fn rule(&self, block: u32) -> u8 {
        self.blocks
            .get(block as usize)
            .map_or(0, |block| block.rule)
    }

    /// In ascending order.
    pub fn of_record(&self, position: u32) -> &[u32] {
        let at = position as usize;
        match (self.record_starts.get(at), self.record_starts.get(at + 1)) {
            (Some(from), Some(to)) => self.of_record.get(*from..*to).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The blocks that make a pair of two positions, the smaller first.
    fn common(&self, a: u32, b: u32) -> impl Iterator<Item = (u32, &Block)> {
        let (mut left, mut right) = (self.of_record(a), self.of_record(b));
        std::iter::from_fn(move || {
            loop {
                let (&[x, ref after_x @ ..], &[y, ref after_y @ ..]) = (left, right) else {
                    return None;
                };
                match x.cmp(&y) {
                    std::cmp::Ordering::Less => left = after_x,
                    std::cmp::Ordering::Greater => right = after_y,
                    std::cmp::Ordering::Equal => {
                        (left, right) = (after_x, after_y);
                        let block = self.blocks.get(x as usize)?;
                        if !block.is_star || self.members(x).first() == Some(&a) {
                            return Some((x, block));
                        }
                    }
                }
            }
        })
    }

    /// The rules of a pair, if a block makes it. Bits from 0: rules; from [`SHARED_FROM`]: those whose value too many names
    /// share; from [`AMBIGUOUS_FROM`]: those whose value more than one name uses.
    pub fn rules_of(&self, a: u32, b: u32) -> Option<i64> {
        let bits = self.common(a, b).map(|(_, block)| block.bits());
        bits.reduce(|rules, bits| rules | bits)
    }

    /// The same, if `block` is the first block that makes the pair.
    pub fn made(&self, a: u32, b: u32, block: u32) -> Option<i64> {
        let mut common = self.common(a, b);
        let (first, made_by) = common.next()?;
        let rules = common.fold(made_by.bits(), |rules, (_, block)| rules | block.bits());
        (first == block).then_some(rules)
    }

    /// The same, if `block` is the first of the blocks that make the pair and are compared otherwise than before.
    pub fn made_anew(&self, a: u32, b: u32, block: u32) -> Option<i64> {
        let mut touched = self.common(a, b).filter(|(_, known)| known.is_touched);
        let (first, _) = touched.next()?;
        (first == block).then(|| self.rules_of(a, b)).flatten()
    }

    /// Is it compared otherwise than in the run before?
    pub fn is_touched(&self, block: u32) -> bool {
        let block = self.blocks.get(block as usize);
        block.is_some_and(|block| block.is_touched)
    }

    /// Is `block` the first block of all that makes the pair, and the first of its rule?
    pub fn is_first(&self, a: u32, b: u32, block: u32) -> (bool, bool) {
        let mut common = self.common(a, b).map(|(at, known)| (at, known.rule));
        let rule = self.rule(block);
        let Some(first) = common.next() else {
            return (false, false);
        };
        let of_rule = std::iter::once(first)
            .chain(common)
            .find(|(_, known)| *known == rule);
        (first.0 == block, of_rule.is_some_and(|(at, _)| at == block))
    }
}

impl Block {
    fn bits(&self) -> i64 {
        let mut bits = 1u64 << self.rule;
        if self.is_shared {
            bits |= 1 << (SHARED_FROM + self.rule % 8);
        }
        if self.is_ambiguous {
            bits |= 1 << (AMBIGUOUS_FROM + self.rule % 8);
        }
        if self.is_crowd {
            bits |= 1 << (CROWD_FROM + self.rule % 8);
        }
        bits as i64
    }
}

/// Has a pair of these rules an identity in common that is no crowd's?
pub fn is_identified(rules: i64) -> bool {
    let identities = (1 << IDENTITIES) - 1;
    rules & identities & !(rules >> CROWD_FROM) != 0
}

/// How many people, or organizations, at least, stand under one value.
fn names(block: &[(i64, u32)], comparables: &Comparables) -> usize {
    // Kept in order and cut off, so that what counts does not depend on the order of arrival.
    let mut known: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (_, position) in block {
        let name = comparables.evidence(*position).name();
        if name != ("", "") && known.insert(name) && known.len() > NAMES_KEPT {
            return NAMES_KEPT;
        }
    }
    let known: Vec<(String, String)> = known
        .into_iter()
        .map(|(given, family)| (given.to_owned(), family.to_owned()))
        .collect();
    match comparables.entity() {
        Entity::Person => linkage::name_groups(&known),
        Entity::Account => organization_groups(&known),
    }
}

/// Runs a rule over `scratch.comparable_*` and `scratch.match_points`: (key, position), sorted and each once.
pub async fn read_keys(
    run: &Run,
    session: &Session,
    rule: &Rule,
    comparables: &Comparables,
) -> Result<Vec<(i64, u32)>> {
    let fail = || PipelineError::query(format!("blocking by {}", rule.name));
    let frame = rule.keys(run, session, comparables.entity()).await?;
    let mut keys = Vec::new();
    let mut rows = frame.execute_stream().await.map_err(fail())?;
    while let Some(batch) = rows.next().await {
        let batch = batch.map_err(fail())?;
        let (blocks, records) = (
            integers(&batch, "block_key")?,
            integers(&batch, "record_key")?,
        );
        for (block, record) in blocks.values().iter().zip(records.values()) {
            if let Some(position) = comparables.position(*record) {
                keys.push((*block, position));
            }
        }
    }
    keys.sort_unstable();
    keys.dedup();
    Ok(keys)
}

#[cfg(test)]
mod tests;
