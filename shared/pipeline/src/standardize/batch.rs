//! A chunk of a file → rows of the silver tables, counted. No two chunks know of each other.

use super::columns;
use super::dates::Dates;
use super::deliveries::{Counts, Delivery};
use super::file::QUARANTINE;
use super::mapped_rows::MappedRows;
use super::parse::{self, MappedRow, Provenance, Tables};
use super::profile::Profile;
use super::rows::Rows;
use super::seal::Seal;
use crate::ingest::{self, Chunk};
use crate::mapping::{Mapped, Mapping, ROW};
use crate::project::Feed;
use crate::{PipelineError, Result, Run};
use arrow::array::{ArrayRef, AsArray, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use arrow::util::display::array_value_to_string;
use chrono::{DateTime, NaiveDate};
use lake::TableDef;
use records::country::Country;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const REPEATED: &str = "the mapping makes several rows of one source_record_id from this row; \
     give each an id of its own (email and phone of a person may be lists)";

/// What the chunks of one file have in common.
pub struct Standardizer {
    feed: Feed,
    delivery: Delivery,
    /// `None` where no row of the file can be read.
    mapping: Option<Arc<Mapping>>,
    dates: Dates,
    seal: Option<Arc<Seal>>,
    /// Columns of the file whose values are sensitive.
    sensitive: BTreeSet<String>,
    tables: BTreeMap<&'static str, TableDef>,
    default_country: Option<Country>,
    as_of: i64,
    today: NaiveDate,
    run_id: String,
}

/// What is known of a file before its rows are standardized.
pub struct Known {
    /// `None` where no row of the file can be read.
    pub mapping: Option<Arc<Mapping>>,
    pub dates: Dates,
    pub seal: Option<Arc<Seal>>,
    /// Columns of the file that the mapping makes sensitive ones of.
    pub sensitive: BTreeSet<String>,
}

/// The standardized rows of a chunk, by table.
pub struct Batch {
    /// Rows of the file that it is made of.
    pub first: i64,
    pub last: i64,
    pub counts: Counts,
    pub tables: BTreeMap<&'static str, RecordBatch>,
    pub profile: Profile,
}

impl Standardizer {
    pub fn new(run: &Run, feed: &Feed, delivery: &Delivery, known: Known) -> Result<Standardizer> {
        let mut tables = BTreeMap::new();
        for table in parse::tables_of(feed.entity)
            .into_iter()
            .chain([QUARANTINE])
        {
            tables.insert(table, run.table(table)?.clone());
        }
        Ok(Standardizer {
            feed: feed.clone(),
            delivery: delivery.clone(),
            mapping: known.mapping,
            dates: known.dates,
            seal: known.seal,
            sensitive: known.sensitive,
            tables,
            default_country: run.project.country,
            as_of: run.as_of,
            today: DateTime::from_timestamp_micros(run.as_of)
                .map_or_else(NaiveDate::default, |time| time.date_naive()),
            run_id: run.run_id.clone(),
        })
    }

    /// Reads, maps and standardizes the rows of a chunk.
    pub async fn batch(&self, chunk: Chunk) -> Result<Batch> {
        let ingest::Rows {
            last,
            count,
            batches,
            unreadable,
        } = chunk().map_err(PipelineError::Invalid)?;
        let mut tables = Tables::new();
        for (table, def) in &self.tables {
            tables.insert(table, self.rows(def));
        }
        let mut counts = Counts {
            read: count,
            quarantined: unreadable.len() as u64,
            ..Counts::default()
        };
        for bad in &unreadable {
            let raw = match self.seal.is_none() {
                true => Cow::from(&bad.raw),
                // Where a sensitive value stands in such a row nobody can tell.
                false => bad.raw.replace(char::is_numeric, "*").into(),
            };
            self.quarantine(&mut tables, bad.row, &bad.reason, &raw);
        }
        let profile = RefCell::default();
        for (rows, batch) in &batches {
            let Some(mapping) = &self.mapping else { break };
            let mapped = mapping.map(rows, batch).await?;
            self.standardize(rows, batch, mapped, &mut tables, &mut counts, &profile)?;
        }
        let mut standardized = BTreeMap::new();
        for (table, rows) in &mut tables {
            standardized.insert(*table, rows.take()?);
        }
        Ok(Batch {
            first: last + 1 - count as i64,
            last,
            counts,
            tables: standardized,
            profile: profile.into_inner(),
        })
    }

    fn standardize(
        &self,
        rows: &[i64],
        batch: &RecordBatch,
        mapped: Mapped,
        tables: &mut Tables,
        counts: &mut Counts,
        profile: &RefCell<Profile>,
    ) -> Result<()> {
        let from = Provenance {
            feed: &self.feed,
            file_key: &self.delivery.file_key,
            default_country: self.default_country,
            extracted_at: self.delivery.extracted_at,
            dates: &self.dates,
            today: self.today,
            seal: self.seal.as_deref(),
            profile,
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
            let values = MappedRows::new(output, |name| {
                columns::kind(self.feed.entity, name).is_none()
            })?;
            // An input row may yield several rows (unnest); it stands or falls as one.
            let mut begun: Option<(i64, Vec<usize>)> = None;
            let mut ids: BTreeSet<Cow<str>> = BTreeSet::new();
            for position in 0..output.num_rows() {
                let source_row = numbers.value(position);
                if bad.contains_key(&source_row) {
                    continue;
                }
                if begun.as_ref().is_none_or(|(row, _)| *row != source_row) {
                    profile.borrow_mut().end(true);
                    let lengths = tables.values().map(Rows::len).collect();
                    begun = Some((source_row, lengths));
                    ids.clear();
                }
                let row = MappedRow::new(&from, &values, position, source_row);
                let is_repeated = row.record_id().is_some_and(|id| !ids.insert(id));
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
                        profile.borrow_mut().end(false);
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
            let standing: Vec<Option<i64>> = numbers
                .values()
                .iter()
                .map(|row| good.contains(row).then_some(*row))
                .collect();
            let mut profile = profile.borrow_mut();
            profile.end(true);
            profile.observe(&values, standing.len(), |position| standing[position]);
        }
        for (source_row, reason) in &bad {
            let raw = match rows.binary_search(source_row) {
                Ok(position) => as_json(&self.without_sensitive(&batch.slice(position, 1))?)?,
                Err(_) => String::new(),
            };
            self.quarantine(tables, *source_row, reason, &raw);
        }
        counts.quarantined += bad.len() as u64;
        counts.standardized += good.len() as u64;
        counts.filtered += (rows.len() - bad.len() - good.len()) as u64;
        Ok(())
    }

    /// A row of the file with its sensitive values sealed.
    fn without_sensitive(&self, row: &RecordBatch) -> Result<RecordBatch> {
        let Some(seal) = self.seal.as_ref().filter(|_| !self.sensitive.is_empty()) else {
            return Ok(row.clone());
        };
        let what = || PipelineError::arrow("sealing a row for the quarantine");
        let (mut fields, mut columns) = (Vec::new(), Vec::new());
        for (field, column) in row.schema().fields().iter().zip(row.columns()) {
            if !self.sensitive.contains(field.name()) {
                fields.push(field.as_ref().clone());
                columns.push(column.clone());
                continue;
            }
            let shown = array_value_to_string(column, 0).map_err(what())?;
            let sealed = (!shown.is_empty()).then(|| seal.seal(&shown));
            fields.push(Field::new(field.name(), DataType::Utf8, true));
            columns.push(Arc::new(StringArray::from(vec![sealed])) as ArrayRef);
        }
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(what())
    }

    fn quarantine(&self, tables: &mut Tables, row: i64, reason: &str, raw: &str) {
        let Some(rows) = tables.get_mut(QUARANTINE) else {
            return;
        };
        rows.integer("source_row", Some(row));
        rows.text("reason", Some(reason));
        rows.text("raw", Some(raw));
        rows.end();
    }

    /// Rows of a table, which all have this file's provenance.
    fn rows(&self, def: &TableDef) -> Rows {
        let mut rows = Rows::new(def);
        rows.constant_text("feed", &self.feed.name);
        rows.constant_text("source_system", &self.feed.source);
        rows.constant_text("source_role", &self.feed.role);
        rows.constant_text("source_file", &self.delivery.file);
        rows.constant_text("file_key", &self.delivery.file_key);
        rows.constant_timestamp("ingested_at", self.as_of);
        rows.constant_text("run_id", &self.run_id);
        rows
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
