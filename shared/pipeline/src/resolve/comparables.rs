//! The records of one entity as comparisons see them, in memory: evidence, and how many records hold each of its values.
//! A record's position is its place in the order of the record keys.

use super::evidence::{Evidence, Record, is_list};
use crate::udf::integers;
use crate::{PipelineError, Result, Run};
use arrow::array::{AsArray, RecordBatch, StringViewArray};
use datafusion::execution::memory_pool::{MemoryConsumer, MemoryReservation};
use datafusion::prelude::DataFrame;
use futures::StreamExt;
use lake::Session;
use linkage::{Entity, Frequency, MOST_COMPARISONS, Outline, SEVERAL, Weights};
use std::collections::HashMap;
use std::sync::Arc;

/// By comparison, how many records hold each value, as its hash, that more than one holds. Of a field that may hold several values,
/// each is counted.
pub type Frequencies = Vec<HashMap<i64, u32>>;

/// About 250 bytes a record; held against the memory ceiling of the session.
pub struct Comparables {
    entity: Entity,
    /// Sorted.
    keys: Vec<i64>,
    /// Where the evidence of each position begins among `texts`.
    starts: Vec<usize>,
    texts: String,
    /// By the first bits of a key, the first position that has them: keys are hashes, so a step or two leads to a record.
    directory: Vec<u32>,
    /// By position.
    outlines: Vec<Numbers>,
    /// By comparison and number of a value, how many records hold it (of several, the most common one). None where that
    /// says nothing.
    holders: Vec<Vec<u32>>,
    /// By comparison: how many records have a value.
    filled: Vec<u64>,
    frequencies: Arc<Frequencies>,
    reservation: MemoryReservation,
}

/// Bytes of a record while a column is made of its values.
const SORTED: usize = size_of::<(i64, u32)>() + 2 * size_of::<u32>();

/// What a record's values are, and how rare: see [`Weights::outline`].
#[derive(Clone, Copy, Default)]
struct Numbers {
    values: [u32; MOST_COMPARISONS],
    rarities: [u8; MOST_COMPARISONS],
}

/// The values of one comparison.
struct Column {
    frequencies: HashMap<i64, u32>,
    /// By position: equal values have one number, from 1 on; 0 where it is missing.
    values: Vec<u32>,
    /// By number.
    holders: Vec<u32>,
    filled: u64,
}

impl Comparables {
    /// Reads `sql/silver/<entity>_evidence.sql`.
    ///
    /// Errors: `Query` when the evidence is larger than the memory ceiling.
    pub async fn read(run: &Run, session: &Session, entity: Entity) -> Result<Comparables> {
        let file = format!("silver/{}_evidence", entity.name());
        let frame = run.frame(session, &file).await?;
        Comparables::of(session, entity, frame).await
    }

    /// Reads rows of (record_key, evidence).
    ///
    /// Errors: `Query` when the evidence is larger than the memory ceiling.
    pub async fn of(session: &Session, entity: Entity, frame: DataFrame) -> Result<Comparables> {
        let what = format!("reading what of {} records is compared", entity.name());
        let fail = || PipelineError::query(what.as_str());
        let pool = &session.context.runtime_env().memory_pool;
        let name = format!("what of {} records is compared", entity.name());
        let reservation = MemoryConsumer::new(name).register(pool);
        let mut unsorted: Vec<(i64, usize)> = Vec::new();
        let mut texts = String::new();
        let mut rows = frame.execute_stream().await.map_err(fail())?;
        while let Some(batch) = rows.next().await {
            let batch = batch.map_err(fail())?;
            let keys = integers(&batch, "record_key")?;
            let evidence = Comparables::texts_of(&batch)?;
            let before = texts.len();
            for (key, text) in keys.values().iter().zip(evidence.iter()) {
                unsorted.push((*key, texts.len()));
                texts.push_str(text.unwrap_or_default());
            }
            // Keys, starts and directory take twenty bytes; numbers of holders are as many as different values at most.
            let of_one = 20 + size_of::<Numbers>() + 4 * MOST_COMPARISONS;
            let bytes = texts.len() - before + batch.num_rows() * of_one;
            reservation.try_grow(bytes).map_err(fail())?;
        }
        unsorted.sort_unstable();
        let (keys, starts): (Vec<i64>, Vec<usize>) = unsorted.into_iter().unzip();
        Ok(Comparables {
            entity,
            directory: directory(&keys),
            keys,
            starts,
            texts,
            outlines: Vec::new(),
            holders: Vec::new(),
            filled: Vec::new(),
            frequencies: Arc::default(),
            reservation,
        })
    }

    /// The packed evidence of some records.
    pub fn texts_of(batch: &RecordBatch) -> Result<&StringViewArray> {
        let column = batch.column_by_name("evidence");
        let texts = column.and_then(|column| column.as_string_view_opt());
        texts.ok_or_else(|| PipelineError::Invalid("no column of evidence".into()))
    }

    /// Numbers the values of every comparison, and counts who holds them. With frequencies that are known, from the runs since the
    /// training, no count falls: so what weighed too little to be kept weighs no more now.
    ///
    /// Errors: `Query` when that is more than the memory ceiling.
    pub fn count(&mut self, threads: usize, known: Option<&Frequencies>) -> Result<()> {
        // Each column is sorted by its values, and there are as many columns at a time as threads.
        let sorting = threads * self.len() * SORTED;
        self.reserve(sorting)?;
        self.number(threads, known);
        self.reservation.shrink(sorting);
        let frequent: usize = self.frequencies.iter().map(HashMap::len).sum();
        self.reserve(2 * size_of::<(i64, u32)>() * frequent)
    }

    /// Holds more memory against the ceiling of the session.
    pub fn reserve(&self, bytes: usize) -> Result<()> {
        let what = format!("resolving {} records", self.entity.name());
        self.reservation
            .try_grow(bytes)
            .map_err(PipelineError::query(what))
    }

    pub fn entity(&self) -> Entity {
        self.entity
    }

    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// What [`Comparables::count`] found.
    pub fn frequencies(&self) -> Arc<Frequencies> {
        self.frequencies.clone()
    }

    /// Memory that is held longer than these comparables are.
    pub fn reserve_apart(&self, bytes: usize) -> Result<MemoryReservation> {
        let apart = self.reservation.new_empty();
        let what = format!(
            "keeping what was compared of {} records",
            self.entity.name()
        );
        apart.try_grow(bytes).map_err(PipelineError::query(what))?;
        Ok(apart)
    }

    pub fn keys(&self) -> &[i64] {
        &self.keys
    }

    pub fn filled(&self) -> &[u64] {
        &self.filled
    }

    pub fn key(&self, position: u32) -> i64 {
        self.keys
            .get(position as usize)
            .copied()
            .unwrap_or_default()
    }

    pub fn position(&self, key: i64) -> Option<u32> {
        let bucket = bucket(key, self.directory.len());
        let from = *self.directory.get(bucket)? as usize;
        let later = self.keys.get(from..)?;
        let steps = later.iter().position(|known| *known >= key)?;
        (later.get(steps) == Some(&key)).then_some((from + steps) as u32)
    }

    pub fn evidence(&self, position: u32) -> Evidence<'_> {
        let known = self.text(position).and_then(Evidence::read);
        known.unwrap_or_else(|| Evidence::nothing(self.entity))
    }

    /// Evidence as it is packed; `""` where there is none.
    pub fn packed(&self, position: u32) -> &str {
        let text = self.text(position).unwrap_or_default();
        let bytes = Evidence::read(text).map(|evidence| evidence.packed_bytes());
        bytes
            .and_then(|bytes| text.get(..bytes))
            .unwrap_or_default()
    }

    /// From the evidence of a record on.
    fn text(&self, position: u32) -> Option<&str> {
        let start = self.starts.get(position as usize).copied()?;
        self.texts.get(start..)
    }

    pub fn record(&self, position: u32) -> Record<'_> {
        self.evidence(position).record()
    }

    /// As `linkage::Weights` takes them.
    pub fn holders(&self, a: u32, b: u32) -> [[u32; 2]; MOST_COMPARISONS] {
        let [a, b] = [a, b].map(|position| self.numbers(position).values);
        let mut both = [[0; 2]; MOST_COMPARISONS];
        for (at, (place, holders)) in both.iter_mut().zip(&self.holders).enumerate() {
            *place = [a[at], b[at]].map(|value| {
                let number = (value & !SEVERAL) as usize;
                holders.get(number).copied().unwrap_or_default()
            });
        }
        both
    }

    pub fn outline(&self, position: u32, weights: &Weights) -> Outline {
        let numbers = self.numbers(position);
        weights.outline(&numbers.values, &numbers.rarities)
    }

    fn numbers(&self, position: u32) -> Numbers {
        let numbers = self.outlines.get(position as usize).copied();
        numbers.unwrap_or_default()
    }

    fn number(&mut self, threads: usize, known: Option<&Frequencies>) {
        let comparisons: Vec<usize> = (0..self.entity.comparisons().len()).collect();
        let mut outlines = vec![Numbers::default(); self.len()];
        let (mut holders, mut filled) = (Vec::new(), Vec::new());
        let mut frequencies = Frequencies::new();
        super::in_order(
            threads,
            &comparisons,
            |at| self.column(*at, known.and_then(|known| known.get(*at))),
            |column| {
                let at = holders.len();
                for (numbers, value) in outlines.iter_mut().zip(&column.values) {
                    let known = column.holders.get((value & !SEVERAL) as usize);
                    numbers.values[at] = *value;
                    numbers.rarities[at] = Weights::rarity(known.copied().unwrap_or_default());
                }
                holders.push(column.holders);
                filled.push(column.filled);
                frequencies.push(column.frequencies);
                true
            },
        );
        (self.outlines, self.holders, self.filled) = (outlines, holders, filled);
        self.frequencies = Arc::new(frequencies);
    }

    fn column(&self, at: usize, known: Option<&HashMap<i64, u32>>) -> Column {
        let mut several = Vec::new();
        let mut whole: Vec<(i64, u32)> = Vec::new();
        for position in 0..self.len() as u32 {
            let evidence = self.evidence(position);
            whole.extend(evidence.value(at).map(|value| (value, position)));
            // An organization may be known by its second name alone.
            if evidence.is_several(at) {
                several.push(position);
            }
        }
        let filled = whole.len() as u64;
        whole.sort_unstable();
        let comparison = self.entity.comparisons().get(at);
        let counts = comparison.is_some_and(|known| known.frequency != Frequency::Ignored);
        let has_lists = !several.is_empty() && is_list(self.entity, at);
        let frequencies = match has_lists {
            _ if !counts => HashMap::new(),
            true => frequencies(self.terms(at), known),
            false => frequencies(whole.iter().map(|(value, _)| *value), known),
        };
        let held = |value: &i64| frequencies.get(value).copied().unwrap_or(1);
        let mut values = vec![0; self.len()];
        let mut holders = vec![0];
        for same in whole.chunk_by(|(a, _), (b, _)| a == b) {
            for (_, position) in same {
                values[*position as usize] = holders.len() as u32;
            }
            let most = match same.first() {
                // Where a field holds several values, the most common one says how many hold the field.
                Some((_, position)) if has_lists => {
                    let terms = self.evidence(*position).terms_of(at);
                    terms.map(|term| held(&term)).max().unwrap_or(1)
                }
                Some((value, _)) => held(value),
                None => 1,
            };
            holders.push(most);
        }
        if !counts {
            holders.clear();
        }
        for position in several {
            values[position as usize] |= SEVERAL;
        }
        Column {
            frequencies,
            values,
            holders,
            filled,
        }
    }

    /// Every value of a field that may hold several, in ascending order.
    fn terms(&self, at: usize) -> impl Iterator<Item = i64> {
        let positions = 0..self.len() as u32;
        let mut terms: Vec<i64> = positions
            .flat_map(|position| self.evidence(position).terms_of(at))
            .collect();
        terms.sort_unstable();
        terms.into_iter()
    }
}

/// How many hold each of these values, which come in ascending order; of values that were known, at least as many as before.
/// Those that only one holds are left out.
fn frequencies(
    values: impl Iterator<Item = i64>,
    known: Option<&HashMap<i64, u32>>,
) -> HashMap<i64, u32> {
    let mut frequencies = HashMap::new();
    let mut values = values.peekable();
    while let Some(value) = values.next() {
        let mut holders = 1;
        while values.next_if_eq(&value).is_some() {
            holders += 1;
        }
        let before = known.and_then(|known| known.get(&value));
        let holders = before.copied().unwrap_or_default().max(holders);
        if holders > 1 {
            frequencies.insert(value, holders);
        }
    }
    frequencies
}

/// Of `size` equal parts of all keys, the one that this key lies in.
fn bucket(key: i64, size: usize) -> usize {
    let place = (key as u64) ^ (1 << 63);
    ((u128::from(place) * size as u128) >> 64) as usize
}

fn directory(keys: &[i64]) -> Vec<u32> {
    let size = keys.len().max(1);
    let mut directory = vec![keys.len() as u32; size];
    for (position, key) in keys.iter().enumerate().rev() {
        if let Some(first) = directory.get_mut(bucket(*key, size)) {
            *first = position as u32;
        }
    }
    // A part without keys begins where the next one does.
    for at in (0..size.saturating_sub(1)).rev() {
        directory[at] = directory[at].min(directory[at + 1]);
    }
    directory
}
