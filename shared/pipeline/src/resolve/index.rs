//! Where a record that is not in the lake yet finds those that it is compared with: the keys of all blocks, and what of each
//! record is compared. Both are written while blocks are built, in order, so that a reader skips all but a few pages.

use super::blocks::Blocks;
use super::comparables::Comparables;
use crate::{PipelineError, Result, Run};
use arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use lake::{LakeError, Staged, TableDef};
use std::sync::Arc;
use tokio::sync::mpsc::{Sender, channel};
use tokio::task::JoinHandle;

/// Rows between two writes.
const BATCH: usize = 16_384;

/// Batches that wait for the writer.
const AHEAD: usize = 4;

/// A table that is written beside the work that its rows come from.
struct Writing {
    def: TableDef,
    send: Sender<RecordBatch>,
    written: JoinHandle<Result<Staged, LakeError>>,
}

impl Writing {
    fn begin(run: &Run, table: &str) -> Result<Writing> {
        let def = run.table(table)?.clone();
        let (send, receive) = channel(AHEAD);
        let rows = futures::stream::unfold(receive, async |mut receive| {
            receive.recv().await.map(|batch| (Ok(batch), receive))
        });
        let rows = RecordBatchStreamAdapter::new(def.schema.clone(), rows);
        let (lake, of_table) = (run.lake.clone(), def.clone());
        let written =
            tokio::spawn(async move { lake.stage(&of_table, vec![Box::pin(rows)]).await });
        Ok(Writing { def, send, written })
    }

    /// The columns of some rows, in the order of the table's.
    async fn write(&self, columns: Vec<ArrayRef>) -> Result<()> {
        let rows = RecordBatch::try_new(self.def.schema.clone(), columns)
            .map_err(PipelineError::arrow(format!("writing {}", self.def.name)))?;
        // Nobody reads any more when writing failed, which the end tells.
        let _ = self.send.send(rows).await;
        Ok(())
    }

    async fn end(self) -> Result<Staged> {
        drop(self.send);
        let what = || PipelineError::Invalid(format!("writing {} stopped", self.def.name));
        Ok(self.written.await.map_err(|_| what())??)
    }
}

fn same(text: &str, rows: usize) -> ArrayRef {
    Arc::new(StringArray::new_repeated(text, rows))
}

fn integers(values: impl Iterator<Item = i64>) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(values))
}

/// `silver.block_keys` and `silver.compared_records`, on their way.
pub struct Index {
    keys: Writing,
    records: Writing,
}

impl Index {
    pub fn begin(run: &Run) -> Result<Index> {
        Ok(Index {
            keys: Writing::begin(run, "silver.block_keys")?,
            records: Writing::begin(run, "silver.compared_records")?,
        })
    }

    /// The (key, position) of one rule, in order.
    pub async fn add_keys(
        &self,
        comparables: &Comparables,
        rule: &str,
        keys: &[(i64, u32)],
    ) -> Result<()> {
        for part in keys.chunks(BATCH) {
            let records = part.iter().map(|(_, at)| comparables.key(*at));
            let columns = vec![
                same(comparables.entity().name(), part.len()),
                same(rule, part.len()),
                integers(part.iter().map(|(key, _)| *key)),
                integers(records),
            ];
            self.keys.write(columns).await?;
        }
        Ok(())
    }

    pub async fn add_records(&self, comparables: &Comparables, blocks: &Blocks) -> Result<()> {
        let positions: Vec<u32> = (0..comparables.len() as u32).collect();
        let parts = positions.chunks(BATCH);
        for (part, fingerprints) in parts.zip(blocks.fingerprints.chunks(BATCH)) {
            let evidence = part.iter().map(|at| comparables.packed(*at));
            let columns = vec![
                same(comparables.entity().name(), part.len()),
                integers(part.iter().map(|at| comparables.key(*at))),
                integers(fingerprints.iter().copied()),
                Arc::new(StringArray::from_iter_values(evidence)),
            ];
            self.records.write(columns).await?;
        }
        Ok(())
    }

    /// Both tables, staged.
    pub async fn end(self) -> Result<(Staged, Staged)> {
        Ok((self.keys.end().await?, self.records.end().await?))
    }
}
