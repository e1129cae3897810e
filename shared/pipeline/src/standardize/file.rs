//! One feed's new files → staged rows → commits.

use super::batch::{Batch, Standardizer};
use super::deliveries::{Counts, Delivery};
use super::{blocking, parse};
use crate::ingest::{self, Chunk, Content, Reader};
use crate::mapping::Mapping;
use crate::project::Feed;
use crate::{PipelineError, Result, Run};
use arrow::array::{AsArray, BooleanArray, RecordBatch};
use arrow::compute::filter_record_batch;
use arrow::datatypes::Int64Type;
use futures::{Stream, TryStreamExt, stream};
use lake::{Commit, LakeError, Snapshot, Staged};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

pub(super) const QUARANTINE: &str = "bronze.quarantine";
/// Batches that wait for the writer of a table.
const WAITING: usize = 1;

/// Stages the rows of one feed's new files, and commits them table by table: all files together, or a long file in parts.
///
/// Each commit of a table carries the app transaction `file_key → row`: the rows of the file up to that one are in the
/// table. A run that goes on after a kill leaves them out, wherever the parts end now.
pub struct FeedWriter<'a> {
    run: &'a Run,
    feed: &'a Feed,
    targets: BTreeMap<&'static str, Target>,
}

/// One file's rows, counted.
pub struct TakenIn {
    pub counts: Counts,
    /// What the mapping names and no row has (see [`Mapping::absent`]).
    pub absent: Vec<String>,
}

/// One table.
struct Target {
    writer: Writer,
    /// Of the file at work: the last row that this table had when its writer was opened.
    has: i64,
    /// Transactions of the next commit.
    files: Vec<(String, i64)>,
}

impl<'a> FeedWriter<'a> {
    pub async fn open(run: &'a Run, feed: &'a Feed) -> Result<FeedWriter<'a>> {
        let mut targets = BTreeMap::new();
        for table in parse::tables_of(feed.entity)
            .into_iter()
            .chain([QUARANTINE])
        {
            let target = Target {
                writer: Writer::open(run, table).await?,
                has: 0,
                files: Vec::new(),
            };
            targets.insert(table, target);
        }
        Ok(FeedWriter { run, feed, targets })
    }

    /// Reads, maps and standardizes one file. `FileRefused` and `Mapping` errors leave nothing staged of it.
    pub async fn file(&mut self, delivery: &Delivery, content: &Content) -> Result<TakenIn> {
        let Reader { layout, chunks } = self.reader(delivery, content).await?;
        let mapping = match Mapping::plan(self.feed, &layout).await {
            Ok(mapping) => Some(mapping),
            // A file of which no row can be read has nothing to map: its rows go to quarantine, whatever its header says.
            Err(error) => match self.has_rows(delivery, content).await? {
                true => return Err(error),
                false => None,
            },
        };
        let absent = mapping.as_ref().map(|mapping| mapping.absent.clone());
        for target in self.targets.values_mut() {
            let recorded = target.writer.recorded(&delivery.file_key).await?;
            target.has = recorded.unwrap_or(0);
        }
        let standardizer = Standardizer::new(self.run, self.feed, delivery, mapping)?;
        let mut batches = std::pin::pin!(in_order(chunks, standardizer, self.run.lake.threads()));
        let mut counts = Counts::default();
        let (mut last, mut committed) = (0, 0);
        while let Some(batch) = batches.try_next().await? {
            // Parts end where the file's rows say, not where its batches happen to.
            let part = self.feed.reading.commit_rows as i64;
            if last > 0 && last / part > committed / part && last > committed {
                self.commit_part(&delivery.file_key, last).await?;
                committed = last;
            }
            counts.add(batch.counts);
            last = batch.last;
            self.write(batch).await?;
        }
        if content.is_changed() {
            return Err(PipelineError::FileChanged {
                feed: self.feed.name.clone(),
                file: delivery.file.clone(),
            });
        }
        // A file without rows is recorded like any other.
        let last = last.max(1);
        for target in self.targets.values_mut().filter(|target| target.has < last) {
            target.files.push((delivery.file_key.clone(), last));
        }
        Ok(TakenIn {
            counts,
            absent: absent.unwrap_or_default(),
        })
    }

    async fn reader(&self, delivery: &Delivery, content: &Content) -> Result<Reader> {
        let (feed, file, content) = (self.feed.clone(), delivery.file.clone(), content.clone());
        blocking(move || ingest::open(&feed, &file, &content)).await
    }

    /// Can any row of a file be read?
    async fn has_rows(&self, delivery: &Delivery, content: &Content) -> Result<bool> {
        let reader = self.reader(delivery, content).await?;
        blocking(move || {
            for chunk in reader.chunks {
                let rows = chunk.and_then(|chunk| chunk());
                if !rows.map_err(PipelineError::Invalid)?.batches.is_empty() {
                    return Ok(true);
                }
            }
            Ok(false)
        })
        .await
    }

    async fn write(&mut self, batch: Batch) -> Result<()> {
        for (table, rows) in batch.tables {
            let Some(target) = self.targets.get_mut(table) else {
                continue;
            };
            let rows = match target.has {
                has if has < batch.first => rows,
                has if has >= batch.last => continue,
                has => behind(&rows, has)?,
            };
            target.writer.write(rows).await?;
        }
        Ok(())
    }

    /// Commits what is staged, where the file at work is in up to row `last`.
    async fn commit_part(&mut self, file_key: &str, last: i64) -> Result<()> {
        for (table, target) in &mut self.targets {
            if !target.writer.has_rows {
                continue;
            }
            let mut files = std::mem::take(&mut target.files);
            if target.has < last {
                files.push((file_key.to_owned(), last));
                target.has = last;
            }
            target.writer.commit(self.run, files).await?;
            target.writer = Writer::open(self.run, table).await?;
            // Whoever has written since has written this file as well.
            if target.writer.recorded(file_key).await? != Some(target.has) {
                return Err(LakeError::Conflict {
                    table: (*table).to_owned(),
                    version: target.has,
                }
                .into());
            }
        }
        Ok(())
    }

    /// Commits every table that got something, the quarantine among them.
    pub async fn commit(self) -> Result<()> {
        for mut target in self.targets.into_values() {
            if !target.files.is_empty() {
                target.writer.commit(self.run, target.files).await?;
            }
        }
        Ok(())
    }
}

/// The chunks of a file, standardized on several threads, in the order of the file.
fn in_order(
    chunks: Box<dyn Iterator<Item = Result<Chunk, String>> + Send>,
    standardizer: Standardizer,
    threads: usize,
) -> impl Stream<Item = Result<Batch>> {
    let standardizer = Arc::new(standardizer);
    stream::try_unfold(chunks, |mut chunks| {
        blocking(move || {
            let next = chunks.next().transpose().map_err(PipelineError::Invalid)?;
            Ok(next.map(|chunk| (chunk, chunks)))
        })
    })
    .map_ok(move |chunk: Chunk| {
        let standardizer = standardizer.clone();
        let batch = tokio::spawn(async move { standardizer.batch(chunk).await });
        async move {
            match batch.await {
                Ok(batch) => batch,
                Err(error) => Err(std::io::Error::other(error).into()),
            }
        }
    })
    .try_buffered(threads)
}

/// Rows of a table on their way into Parquet, which is a thread's work of its own.
struct Writer {
    rows: Option<mpsc::Sender<RecordBatch>>,
    staged: JoinHandle<Result<Staged, LakeError>>,
    /// The table that will be committed to.
    table: Snapshot,
    has_rows: bool,
}

impl Writer {
    async fn open(run: &Run, table: &str) -> Result<Writer> {
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
    async fn recorded(&self, file_key: &str) -> Result<Option<i64>> {
        Ok(self.table.transaction(file_key).await?)
    }

    async fn write(&mut self, rows: RecordBatch) -> Result<()> {
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
    async fn commit(&mut self, run: &Run, files: Vec<(String, i64)>) -> Result<()> {
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

/// The rows behind row `has` of the file.
fn behind(rows: &RecordBatch, has: i64) -> Result<RecordBatch> {
    let numbers = rows
        .column_by_name("source_row")
        .and_then(|numbers| numbers.as_primitive_opt::<Int64Type>());
    let is_new: BooleanArray = match numbers {
        Some(numbers) => numbers.iter().map(|row| row.map(|row| row > has)).collect(),
        None => return Err(PipelineError::Invalid("rows without their number".into())),
    };
    filter_record_batch(rows, &is_new)
        .map_err(PipelineError::arrow("leaving out rows that are committed"))
}
