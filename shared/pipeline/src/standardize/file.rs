//! One feed's new files → staged rows → commits.

use super::deliveries::{Counts, Delivery};
use super::parse::{self, MappedRow, Provenance, Tables};
use super::rows::{MappedRows, Rows};
use crate::ingest;
use crate::mapping::{Mapped, Mapping, ROW};
use crate::project::Feed;
use crate::{PipelineError, Result, Run};
use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::Int64Type;
use bytes::Bytes;
use lake::Commit;
use std::collections::{BTreeMap, BTreeSet};

const QUARANTINE: &str = "bronze.quarantine";
const REPEATED: &str = "the mapping makes several rows of one source_record_id from this row; \
     give each an id of its own (email and phone of a person may be lists)";

/// Stages the rows of one feed's new files, and commits each table once with one app transaction per file.
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

struct Target {
    stager: lake::Stager,
    /// Files whose rows are in this table already: a run was killed between two tables.
    has: BTreeSet<String>,
    files: Vec<String>,
}

impl<'a> FeedWriter<'a> {
    pub async fn open(run: &'a Run, feed: &'a Feed) -> Result<FeedWriter<'a>> {
        let mut targets = BTreeMap::new();
        for table in parse::tables_of(feed.entity)
            .into_iter()
            .chain([QUARANTINE])
        {
            let def = run.table(table)?;
            targets.insert(
                table,
                Target {
                    stager: run.lake.stager(def).await?,
                    has: BTreeSet::new(),
                    files: Vec::new(),
                },
            );
        }
        Ok(FeedWriter { run, feed, targets })
    }

    /// Reads, maps and standardizes one file. `FileRefused` and `Mapping` errors leave nothing staged of it.
    pub async fn file(&mut self, delivery: &Delivery, content: Bytes) -> Result<TakenIn> {
        let input = ingest::read(self.feed, &delivery.file, content)?;
        // A file of which no row could be read has nothing to map: its rows go to quarantine, whatever its header says.
        let mapping = match input.batches.is_empty() {
            true => None,
            false => Some(Mapping::plan(self.feed, &input).await?),
        };
        let absent = mapping.as_ref().map(|mapping| mapping.absent.clone());
        for target in self.targets.values_mut() {
            let app_id = &delivery.file_key;
            if target.stager.transaction(app_id).await?.is_some() {
                target.has.insert(app_id.clone());
            } else {
                target.files.push(app_id.clone());
            }
        }
        let mut counts = Counts {
            read: input.rows(),
            ..Counts::default()
        };
        let mut tables: Tables = Tables::new();
        for table in self.targets.keys() {
            tables.insert(table, Rows::new(self.run.table(table)?));
        }
        for bad in &input.unreadable {
            self.quarantine(&mut tables, delivery, bad.row, &bad.reason, &bad.raw);
        }
        counts.quarantined += input.unreadable.len() as u64;
        self.flush(delivery, &mut tables).await?;
        for (rows, batch) in &input.batches {
            let Some(mapping) = &mapping else { break };
            let mapped = mapping.map(rows, batch).await?;
            self.batch(delivery, rows, batch, mapped, &mut tables, &mut counts)?;
            self.flush(delivery, &mut tables).await?;
        }
        Ok(TakenIn {
            counts,
            absent: absent.unwrap_or_default(),
        })
    }

    fn batch(
        &self,
        delivery: &Delivery,
        rows: &[i64],
        batch: &RecordBatch,
        mapped: Mapped,
        tables: &mut Tables,
        counts: &mut Counts,
    ) -> Result<()> {
        let from = Provenance {
            feed: self.feed,
            default_country: self.run.project.country,
            file: &delivery.file,
            file_key: &delivery.file_key,
            extracted_at: delivery.extracted_at,
            ingested_at: self.run.as_of,
            run_id: &self.run.run_id,
        };
        let mut bad: BTreeMap<i64, String> = BTreeMap::new();
        for (position, reason) in mapped.failed {
            bad.insert(rows[position], reason);
        }
        let mut good: BTreeSet<i64> = BTreeSet::new();
        for output in &mapped.batches {
            let numbers = output
                .column_by_name(ROW)
                .and_then(|column| column.as_primitive_opt::<Int64Type>())
                .ok_or_else(|| PipelineError::Invalid("a mapping lost its row numbers".into()))?;
            let values = MappedRows::new(output)?;
            // An input row may yield several rows (unnest); it stands or falls as one.
            let mut begun: Option<(i64, Vec<usize>)> = None;
            let mut ids: BTreeSet<&str> = BTreeSet::new();
            for position in 0..output.num_rows() {
                let source_row = numbers.value(position);
                if bad.contains_key(&source_row) {
                    continue;
                }
                if begun.as_ref().is_none_or(|(row, _)| *row != source_row) {
                    let lengths = tables.values().map(Rows::len).collect();
                    begun = Some((source_row, lengths));
                    ids.clear();
                }
                let row = MappedRow {
                    from: &from,
                    values: &values,
                    position,
                    source_row,
                };
                let is_repeated = row
                    .get("source_record_id")
                    .is_some_and(|id| !ids.insert(id));
                let parsed = match is_repeated {
                    // Two versions of one record at one place: neither is the newer one.
                    true => Err(REPEATED.to_owned()),
                    false => parse::row(&row, tables),
                };
                match parsed {
                    Ok(()) => {
                        good.insert(source_row);
                    }
                    Err(reason) => {
                        good.remove(&source_row);
                        bad.insert(source_row, reason);
                        if let Some((_, lengths)) = &begun {
                            for (rows, length) in tables.values_mut().zip(lengths) {
                                rows.take_back(*length);
                            }
                        }
                    }
                }
            }
        }
        for (source_row, reason) in &bad {
            let position = rows.iter().position(|row| row == source_row);
            let raw = match position {
                Some(position) => as_json(&batch.slice(position, 1))?,
                None => String::new(),
            };
            self.quarantine(tables, delivery, *source_row, reason, &raw);
        }
        counts.quarantined += bad.len() as u64;
        counts.standardized += good.len() as u64;
        counts.filtered += (rows.len() - bad.len() - good.len()) as u64;
        Ok(())
    }

    fn quarantine(
        &self,
        tables: &mut Tables,
        delivery: &Delivery,
        row: i64,
        reason: &str,
        raw: &str,
    ) {
        let Some(rows) = tables.get_mut(QUARANTINE) else {
            return;
        };
        rows.text("feed", Some(&self.feed.name));
        rows.text("source_system", Some(&self.feed.source));
        rows.text("source_file", Some(&delivery.file));
        rows.integer("source_row", Some(row));
        rows.text("reason", Some(reason));
        rows.text("raw", Some(raw));
        rows.text("file_key", Some(&delivery.file_key));
        rows.timestamp("ingested_at", Some(self.run.as_of));
        rows.text("run_id", Some(&self.run.run_id));
        rows.end();
    }

    async fn flush(&mut self, delivery: &Delivery, tables: &mut Tables) -> Result<()> {
        for (table, rows) in tables {
            let batch = rows.take()?;
            if let Some(target) = self.targets.get_mut(table)
                && !target.has.contains(&delivery.file_key)
            {
                target.stager.write(batch).await?;
            }
        }
        Ok(())
    }

    /// Commits every table that got something, the quarantine among them.
    pub async fn commit(self) -> Result<()> {
        for target in self.targets.into_values() {
            let staged = target.stager.finish().await?;
            if target.files.is_empty() {
                continue;
            }
            let mut commit = Commit::append();
            for file_key in target.files {
                commit = commit.with_transaction(file_key, 1);
            }
            self.run.lake.commit(staged, commit).await?;
        }
        Ok(())
    }
}

/// A row as one line of JSON.
fn as_json(row: &RecordBatch) -> Result<String> {
    let mut writer = arrow::json::LineDelimitedWriter::new(Vec::new());
    writer
        .write(row)
        .and_then(|()| writer.finish())
        .map_err(PipelineError::arrow("writing a row to quarantine"))?;
    let text = String::from_utf8_lossy(&writer.into_inner())
        .trim()
        .to_owned();
    Ok(text)
}
