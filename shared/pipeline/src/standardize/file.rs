//! One feed's new files → staged rows → commits.

use super::batch::{Batch, Known, Standardizer};
use super::dates::Dates;
use super::deliveries::{Counts, Delivery};
use super::drift::{self, Column, Drift};
use super::history::{History, PROFILES, SCHEMAS};
use super::profile::Profile;
use super::seal::Seal;
use super::writer::Writer;
use super::{blocking, parse};
use crate::ingest::{self, Chunk, Content, Layout, Reader, Rows};
use crate::mapping::Mapping;
use crate::project::{Feed, OnDrift, SENSITIVE};
use crate::{PipelineError, Result, Run};
use arrow::array::{AsArray, BooleanArray, RecordBatch};
use arrow::compute::filter_record_batch;
use arrow::datatypes::Int64Type;
use futures::{Stream, TryStreamExt, stream};
use lake::LakeError;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) const QUARANTINE: &str = "bronze.quarantine";
/// Tables that get their rows when a file is through.
const AT_THE_END: [&str; 2] = [SCHEMAS, PROFILES];

type Chunks = Box<dyn Iterator<Item = Result<Chunk, String>> + Send>;

/// Stages the rows of one feed's new files, and commits them table by table: all files together, or a long file in parts.
///
/// Each commit of a table carries the app transaction `file_key → row`: the rows of the file up to that one are in the
/// table. A run that goes on after a kill leaves them out, wherever the parts end now.
pub struct FeedWriter<'a> {
    run: &'a Run,
    feed: &'a Feed,
    targets: BTreeMap<&'static str, Target>,
    history: History,
    /// Read when the first file needs it.
    seal: Option<Arc<Seal>>,
}

/// One file's rows, counted.
pub struct TakenIn {
    pub counts: Counts,
    /// What the mapping names and no row has (see [`Mapping::absent`]).
    pub absent: Vec<String>,
    /// In what its columns and values differ from those of the feed's file before.
    pub changes: Vec<String>,
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
    pub async fn open(run: &'a Run, feed: &'a Feed, history: History) -> Result<FeedWriter<'a>> {
        let mut targets = BTreeMap::new();
        for table in parse::tables_of(feed.entity)
            .into_iter()
            .chain([QUARANTINE])
            .chain(AT_THE_END)
        {
            let target = Target {
                writer: Writer::open(run, table).await?,
                has: 0,
                files: Vec::new(),
            };
            targets.insert(table, target);
        }
        Ok(FeedWriter {
            run,
            feed,
            targets,
            history,
            seal: None,
        })
    }

    /// Reads, maps and standardizes one file. `FileRefused` and `Mapping` errors leave nothing staged of it.
    pub async fn file(&mut self, delivery: &Delivery, content: &Content) -> Result<TakenIn> {
        // A file that is read again, by another mapping, is no news beside those that came after it.
        let before: &[Column] = match delivery.is_again {
            true => &[],
            false => &self.history.columns,
        };
        let Reader { layout, chunks } = self.reader(delivery, content).await?;
        let (first, chunks) = blocking(move || begin(chunks)).await?;
        let columns = drift::columns(&layout, &first);
        drop(first);
        let drift = Drift::between(before, columns, layout.is_sparse);
        let mut changes = self.accept(delivery, &drift)?;
        let mapping = match Mapping::plan(self.feed, &layout).await {
            Ok(mapping) => Some(Arc::new(mapping)),
            // A file of which no row can be read has nothing to map: its rows go to quarantine, whatever its header says.
            Err(error) => match self.has_rows(delivery, content).await? {
                true => return Err(self.since(error, &drift)),
                false => None,
            },
        };
        let absent = mapping.as_ref().map(|mapping| mapping.absent.clone());
        let dates = match &mapping {
            Some(mapping) => self.dates(delivery, content, mapping).await?,
            None => Dates::default(),
        };
        let (seal, sensitive) = match &mapping {
            Some(mapping) => self.sensitive(mapping, &layout).await?,
            // What stands where nobody can tell.
            None if may_be_sensitive(self.feed) => (self.seal().await?, BTreeSet::new()),
            None => (None, BTreeSet::new()),
        };
        for target in self.targets.values_mut() {
            let recorded = target.writer.recorded(&delivery.file_key).await?;
            target.has = recorded.unwrap_or(0);
        }
        let known = Known {
            mapping,
            dates: dates.clone(),
            seal,
            sensitive,
        };
        let standardizer = Arc::new(Standardizer::new(self.run, self.feed, delivery, known)?);
        let threads = self.run.lake.threads();
        let mut batches = std::pin::pin!(in_order(chunks, threads, move |chunk| {
            let standardizer = standardizer.clone();
            async move { standardizer.batch(chunk).await }
        }));
        let (mut counts, mut profile) = (Counts::default(), Profile::default());
        let (mut last, mut committed) = (0, 0);
        while let Some(mut batch) = batches.try_next().await? {
            // Parts end where the file's rows say, not where its batches happen to.
            let part = self.feed.reading.commit_rows as i64;
            if last > 0 && last / part > committed / part && last > committed {
                self.commit_part(&delivery.file_key, last).await?;
                committed = last;
            }
            counts.add(batch.counts);
            profile.merge(std::mem::take(&mut batch.profile));
            last = batch.last;
            self.write(batch).await?;
        }
        if content.is_changed() {
            return Err(PipelineError::FileChanged {
                feed: self.feed.name.clone(),
                file: delivery.file.clone(),
            });
        }
        let (schemas, profiles, told) = self
            .history
            .add(self.run, self.feed, delivery, drift, &profile, &dates)?;
        for (table, rows) in [(SCHEMAS, schemas), (PROFILES, profiles)] {
            if let Some(target) = self.targets.get_mut(table).filter(|target| target.has == 0) {
                target.writer.write(rows).await?;
            }
        }
        if self.feed.on_drift != OnDrift::Accept {
            changes.extend(told);
        }
        changes.extend(dates.contradictory().map(|(column, day, month)| {
            format!(
                "{column} has the day first {day} times and the month first {month} times; each is read as its country writes, and \
                 date_order of the feed settles it"
            )
        }));
        // A file without rows is recorded like any other.
        let last = last.max(1);
        for target in self.targets.values_mut().filter(|target| target.has < last) {
            target.files.push((delivery.file_key.clone(), last));
        }
        Ok(TakenIn {
            counts,
            absent: absent.unwrap_or_default(),
            changes,
        })
    }

    /// What changed in the columns since the file before, unless it stops the file.
    fn accept(&self, delivery: &Delivery, drift: &Drift) -> Result<Vec<String>> {
        let changes = drift.changes();
        match self.feed.on_drift {
            OnDrift::Accept => Ok(Vec::new()),
            OnDrift::Stop if !changes.is_empty() && !self.feed.is_released(&delivery.file) => {
                Err(PipelineError::FileRefused {
                    feed: self.feed.name.clone(),
                    file: delivery.file.clone(),
                    reason: format!(
                        "its columns are not those of {} ({}), and on_drift is \"stop\"; where they may be so, add the file's \
                         name to `released` of the feed in c360.toml",
                        self.history.file.as_deref().unwrap_or("the file before"),
                        changes.join("; ")
                    ),
                })
            }
            _ => Ok(changes),
        }
    }

    /// A mapping that does not fit, with what changed since it did.
    fn since(&self, error: PipelineError, drift: &Drift) -> PipelineError {
        let changes = drift.changes();
        match (error, &self.history.file) {
            (
                PipelineError::Mapping {
                    file,
                    line,
                    message,
                },
                Some(before),
            ) if !changes.is_empty() => PipelineError::Mapping {
                file,
                line,
                message: format!("{message} (since {before}: {})", changes.join("; ")),
            },
            (error, _) => error,
        }
    }

    /// How the date columns of a file are to be read: all its rows are asked before any is read.
    async fn dates(
        &self,
        delivery: &Delivery,
        content: &Content,
        mapping: &Arc<Mapping>,
    ) -> Result<Dates> {
        let empty = Dates::of(self.feed, mapping);
        if empty.is_empty() || self.feed.cleaning.date_order.is_some() {
            return Ok(empty);
        }
        let Reader { chunks, .. } = self.reader(delivery, content).await?;
        let (mut dates, mapping) = (empty.clone(), mapping.clone());
        let mut found = std::pin::pin!(in_order(chunks, self.run.lake.threads(), move |chunk| {
            let (mut dates, mapping) = (empty.clone(), mapping.clone());
            async move {
                for (rows, batch) in &chunk().map_err(PipelineError::Invalid)?.batches {
                    dates.add(&mapping.map(rows, batch).await?)?;
                }
                Ok(dates)
            }
        }));
        while let Some(part) = found.try_next().await? {
            dates.merge(&part);
        }
        Ok(dates)
    }

    async fn seal(&mut self) -> Result<Option<Arc<Seal>>> {
        if self.seal.is_none() {
            self.seal = Seal::of(self.run, self.feed).await?.map(Arc::new);
        }
        Ok(self.seal.clone())
    }

    /// The seal of sensitive values, where the mapping yields any, and the columns of the file that they come from.
    async fn sensitive(
        &mut self,
        mapping: &Mapping,
        layout: &Layout,
    ) -> Result<(Option<Arc<Seal>>, BTreeSet<String>)> {
        if !mapping.yields().any(|name| SENSITIVE.contains(&name)) {
            return Ok((None, BTreeSet::new()));
        }
        let Some(seal) = self.seal().await? else {
            return Ok((None, BTreeSet::new()));
        };
        let lineage = Mapping::lineage(self.feed, layout).await?;
        let columns = lineage.columns.into_iter();
        let sensitive = columns
            .filter(|column| seal.covers(&column.column))
            .flat_map(|column| column.from)
            .collect();
        Ok((Some(seal), sensitive))
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
            if !target.writer.has_rows || AT_THE_END.contains(table) {
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
        let run = self.run;
        let targets = self.targets.into_values();
        let commits = targets
            .filter(|target| target.writer.has_rows)
            .map(|mut target| async move { target.writer.commit(run, target.files).await });
        // Their order does not matter: no row counts before its file is named.
        futures::future::try_join_all(commits).await?;
        Ok(())
    }
}

/// Might a mapping that could not be planned yield a sensitive column?
fn may_be_sensitive(feed: &Feed) -> bool {
    let mut names = SENSITIVE.iter();
    names.any(|name| feed.mapping.contains(name)) || feed.mapping.contains('*')
}

/// The chunks with a file's first rows, and all its chunks with these among them.
fn begin(mut chunks: Chunks) -> Result<(Vec<Rows>, Chunks)> {
    let mut first: Vec<Rows> = Vec::new();
    while first.last().is_none_or(|rows| rows.last < drift::LOOKED_AT)
        && let Some(chunk) = chunks.next()
    {
        first.push(
            chunk
                .and_then(|chunk| chunk())
                .map_err(PipelineError::Invalid)?,
        );
    }
    let again = first.clone().into_iter();
    let again = again.map(|rows| -> Result<Chunk, String> { Ok(Box::new(move || Ok(rows))) });
    Ok((first, Box::new(again.chain(chunks))))
}

/// What is made of the chunks of a file, on several threads, in the order of the file.
fn in_order<T: Send + 'static, W: Future<Output = Result<T>> + Send + 'static>(
    chunks: Chunks,
    threads: usize,
    work: impl Fn(Chunk) -> W,
) -> impl Stream<Item = Result<T>> {
    stream::try_unfold(chunks, |mut chunks| {
        blocking(move || {
            let next = chunks.next().transpose().map_err(PipelineError::Invalid)?;
            Ok(next.map(|chunk| (chunk, chunks)))
        })
    })
    .map_ok(move |chunk: Chunk| {
        let made = tokio::spawn(work(chunk));
        async move {
            match made.await {
                Ok(made) => made,
                Err(error) => Err(std::io::Error::other(error).into()),
            }
        }
    })
    .try_buffered(threads)
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
