//! The records of one entity as comparisons see them, in memory: evidence, and how many records hold each of its values.
//! A record's position is its place in the order of the record keys.

use super::evidence::{Evidence, Record};
use crate::udf::integers;
use crate::{PipelineError, Result, Run};
use arrow::array::AsArray;
use datafusion::execution::memory_pool::{MemoryConsumer, MemoryReservation};
use futures::StreamExt;
use lake::Session;
use linkage::{Entity, Frequency, MOST_COMPARISONS};

/// About 200 bytes a record; held against the memory ceiling of the session.
pub struct Comparables {
    entity: Entity,
    /// Sorted.
    keys: Vec<i64>,
    /// Where the evidence of each position begins among `texts`.
    starts: Vec<usize>,
    texts: String,
    /// By the first bits of a key, the first position that has them: keys are hashes, so a step or two leads to a record.
    directory: Vec<u32>,
    /// By comparison and position, how many records hold the value (of several, the most common one); 0 where it is missing.
    /// No column where the number says nothing.
    holders: Vec<Vec<u32>>,
    /// By comparison: how many records have a value.
    filled: Vec<u64>,
    reservation: MemoryReservation,
}

impl Comparables {
    /// Reads `sql/silver/<entity>_evidence.sql`.
    ///
    /// Errors: `Query` when the evidence is larger than the memory ceiling.
    pub async fn read(run: &Run, session: &Session, entity: Entity) -> Result<Comparables> {
        let file = format!("silver/{}_evidence", entity.name());
        let fail = || PipelineError::query(format!("reading {file}"));
        let pool = &session.context.runtime_env().memory_pool;
        let name = format!("what of {} records is compared", entity.name());
        let reservation = MemoryConsumer::new(name).register(pool);
        let mut unsorted: Vec<(i64, usize)> = Vec::new();
        let mut texts = String::new();
        let frame = run.frame(session, &file).await?;
        let mut rows = frame.execute_stream().await.map_err(fail())?;
        while let Some(batch) = rows.next().await {
            let batch = batch.map_err(fail())?;
            let evidence = batch
                .column_by_name("evidence")
                .and_then(|column| column.as_string_view_opt());
            let (Some(keys), Some(evidence)) = (integers(&batch, "record_key"), evidence) else {
                return Err(PipelineError::Invalid(format!(
                    "{file}.sql does not give record_key and evidence"
                )));
            };
            let before = texts.len();
            for (key, text) in keys.values().iter().zip(evidence.iter()) {
                unsorted.push((*key, texts.len()));
                texts.push_str(text.unwrap_or_default());
            }
            // Keys, starts and directory take twenty bytes, the columns of holders as many as there are.
            let bytes = texts.len() - before + batch.num_rows() * (20 + 4 * MOST_COMPARISONS);
            reservation.try_grow(bytes).map_err(fail())?;
        }
        unsorted.sort_unstable();
        let (keys, starts): (Vec<i64>, Vec<usize>) = unsorted.into_iter().unzip();
        let mut comparables = Comparables {
            entity,
            directory: directory(&keys),
            keys,
            starts,
            texts,
            holders: Vec::new(),
            filled: Vec::new(),
            reservation,
        };
        (comparables.holders, comparables.filled) = comparables.count(run.lake.threads());
        Ok(comparables)
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
        let start = self.starts.get(position as usize).copied();
        let text = start.and_then(|start| self.texts.get(start..));
        text.and_then(Evidence::read)
            .unwrap_or_else(|| Evidence::nothing(self.entity))
    }

    pub fn record(&self, position: u32) -> Record<'_> {
        self.evidence(position).record()
    }

    /// As `linkage::Weights` takes them.
    pub fn holders(&self, a: u32, b: u32) -> [[u32; 2]; MOST_COMPARISONS] {
        let mut both = [[0; 2]; MOST_COMPARISONS];
        for (place, column) in both.iter_mut().zip(&self.holders) {
            if let (Some(a), Some(b)) = (column.get(a as usize), column.get(b as usize)) {
                *place = [*a, *b];
            }
        }
        both
    }

    fn count(&self, threads: usize) -> (Vec<Vec<u32>>, Vec<u64>) {
        let comparisons: Vec<usize> = (0..self.entity.comparisons().len()).collect();
        let (mut holders, mut filled) = (Vec::new(), Vec::new());
        super::in_order(
            threads,
            &comparisons,
            |at| self.count_one(*at),
            |(of_one, known)| {
                holders.push(of_one);
                filled.push(known);
                true
            },
        );
        (holders, filled)
    }

    fn count_one(&self, at: usize) -> (Vec<u32>, u64) {
        let comparisons = self.entity.comparisons();
        let counts = comparisons
            .get(at)
            .is_some_and(|comparison| comparison.frequency != Frequency::Ignored);
        let mut filled = 0;
        let mut terms: Vec<(i64, u32)> = Vec::new();
        for position in 0..self.len() as u32 {
            let evidence = self.evidence(position);
            filled += u64::from(!evidence.field(at).is_empty());
            if counts {
                terms.extend(evidence.terms_of(at).map(|term| (term, position)));
            }
        }
        if !counts {
            return (Vec::new(), filled);
        }
        terms.sort_unstable();
        let mut holders = vec![0; self.len()];
        for same in terms.chunk_by(|(a, _), (b, _)| a == b) {
            for (_, position) in same {
                if let Some(most) = holders.get_mut(*position as usize) {
                    *most = (same.len() as u32).max(*most);
                }
            }
        }
        (holders, filled)
    }
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
