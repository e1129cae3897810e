//! Rows of a table → Parquet → a commit.

use crate::{Result, Run};
use arrow::array::RecordBatch;
use lake::{Commit, LakeError, Snapshot, Staged};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Batches that wait for the writer of a table.
const WAITING: usize = 1;

/// Rows of a table on their way into Parquet, which is a thread's work of its own.
pub struct Writer {
    rows: Option<mpsc::Sender<RecordBatch>>,
    staged: JoinHandle<Result<Staged, LakeError>>,
    /// The table that will be committed to.
    table: Snapshot,
    pub has_rows: bool,
}

impl Writer {
    pub async fn open(run: &Run, table: &str) -> Result<Writer> {
        let mut stager = run.lake.stager(run.table(table)?).await?;
        let table = stager.table();
        let (rows, mut waiting) = mpsc::channel::<RecordBatch>(WAITING);
        let staged = tokio::spawn(async move {
            while let Some(rows) = waiting.recv().await {
                stager.write(rows).await?;
            }
            stager.finish().await
        });
        Ok(Writer {
            rows: Some(rows),
            staged,
            table,
            has_rows: false,
        })
    }

    /// The row of a file up to which its rows are in the table.
    pub async fn recorded(&self, file_key: &str) -> Result<Option<i64>> {
        Ok(self.table.transaction(file_key).await?)
    }

    pub async fn write(&mut self, rows: RecordBatch) -> Result<()> {
        if rows.num_rows() == 0 {
            return Ok(());
        }
        self.has_rows = true;
        // A writer that no longer takes rows says why when it is committed.
        if let Some(writer) = &self.rows {
            let _ = writer.send(rows).await;
        }
        Ok(())
    }

    /// Makes what was written a version of the table. The writer takes no more rows.
    pub async fn commit(&mut self, run: &Run, files: Vec<(String, i64)>) -> Result<()> {
        self.rows = None;
        let staged = match (&mut self.staged).await {
            Ok(staged) => staged?,
            Err(error) => return Err(std::io::Error::other(error).into()),
        };
        let mut commit = Commit::append();
        for (file_key, row) in files {
            commit = commit.with_transaction(file_key, row);
        }
        run.lake.commit(staged, commit).await?;
        Ok(())
    }
}
