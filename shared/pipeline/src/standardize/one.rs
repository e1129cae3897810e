//! One record, standardized in memory by its feed's mapping, as if it stood alone in a file; nothing is written.

use super::batch::{Known, Standardizer};
use super::dates::Dates;
use super::deliveries::Delivery;
use super::file::QUARANTINE;
use super::seal::Seal;
use super::{blocking, columns};
use crate::ingest::{self, Content, Layout, Rows};
use crate::mapping::Mapping;
use crate::project::{Cleaning, Entity, Extract, Feed, OnDrift, Reading, SENSITIVE};
use crate::udf::{integers, strings};
use crate::{PipelineError, Result, Run};
use arrow::array::RecordBatch;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;

/// The file that the record would stand in.
const FILE: &str = "record.ndjson";

/// Endings of files whose cells are all text.
const TEXT: [&str; 3] = ["csv", "tsv", "txt"];

/// A record as the silver tables would hold it.
pub struct One {
    pub record_key: i64,
    /// By table; all have the same `file_key`.
    pub tables: BTreeMap<&'static str, RecordBatch>,
}

/// A feed of records in the columns of their entity, which is nobody's source.
///
/// Errors: `Invalid` for a column that the entity does not have.
pub fn feed_of(entity: Entity, row: &mut Map<String, Value>) -> Result<Feed> {
    if row.values().all(Value::is_null) {
        return Err(empty());
    }
    for name in row.keys() {
        if columns::kind(entity, name).is_none() {
            let known: Vec<&str> = columns::names(entity).collect();
            return Err(PipelineError::Invalid(format!(
                "a record of kind {} has no column {name:?}; it has {} (a record as a source writes it is read by the source's feed)",
                entity.as_str(),
                known.join(", ")
            )));
        }
    }
    let id = row.entry("source_record_id").or_insert(Value::Null);
    if id.is_null() {
        *id = "1".into();
    }
    Ok(Feed {
        name: "record".into(),
        // No feed has such a source: what stands in the lake under this id is another record.
        source: "\u{1f}".into(),
        role: String::new(),
        entity,
        files: FILE.into(),
        extract: Extract::Incremental,
        is_legacy: false,
        reading: Reading::default(),
        cleaning: Cleaning::default(),
        on_drift: OnDrift::Accept,
        max_deleted_share: 1.0,
        released: Vec::new(),
        mapping: "SELECT * FROM input".into(),
        mapping_file: "the record".into(),
    })
}

/// Errors: `Invalid` where the record would go to quarantine, with the reason, or where the mapping makes none of it, or several;
/// `Mapping` where the mapping does not fit.
pub async fn one(run: &Run, feed: &Feed, row: &Map<String, Value>) -> Result<One> {
    if row.values().all(Value::is_null) {
        return Err(empty());
    }
    let (layout, rows) = read(feed, row).await?;
    let unreadable = rows.unreadable.first().map(|bad| bad.reason.clone());
    if let Some(reason) = unreadable {
        return Err(refused(&reason));
    }
    let mapping = Mapping::plan(feed, &layout).await?;
    let mut dates = Dates::of(feed, &mapping);
    if !dates.is_empty() && feed.cleaning.date_order.is_none() {
        for (numbers, batch) in &rows.batches {
            dates.add(&mapping.map(numbers, batch).await?)?;
        }
    }
    let seal = match mapping.yields().any(|name| SENSITIVE.contains(&name)) {
        true => Seal::of(run, feed).await?.map(Arc::new),
        false => None,
    };
    let known = Known {
        mapping: Some(Arc::new(mapping)),
        dates,
        seal,
        // What the quarantine would hold of it is not kept.
        sensitive: BTreeSet::new(),
    };
    let delivery = Delivery {
        file: FILE.into(),
        file_key: FILE.into(),
        ..Delivery::default()
    };
    let standardizer = Standardizer::new(run, feed, &delivery, known)?;
    let batch = standardizer.batch(Box::new(move || Ok(rows))).await?;
    if let Some(bad) = batch
        .tables
        .get(QUARANTINE)
        .filter(|bad| bad.num_rows() > 0)
    {
        return Err(refused(strings(bad, "reason")?.value(0)));
    }
    let records = batch.tables.get(feed.entity.table());
    match records.filter(|records| records.num_rows() == 1) {
        Some(records) => Ok(One {
            record_key: integers(records, "record_key")?.value(0),
            tables: batch.tables,
        }),
        None => Err(PipelineError::Invalid(format!(
            "{} makes {} records of it, and one is needed",
            feed.mapping_file,
            records.map_or(0, RecordBatch::num_rows)
        ))),
    }
}

fn empty() -> PipelineError {
    PipelineError::Invalid("the record is empty".into())
}

fn refused(reason: &str) -> PipelineError {
    PipelineError::Invalid(format!("the record would go to quarantine: {reason}"))
}

/// The row as a reader of files sees it.
async fn read(feed: &Feed, row: &Map<String, Value>) -> Result<(Layout, Rows)> {
    let ending = feed.files.rsplit('.').next().unwrap_or_default();
    let mut row = row.clone();
    if TEXT.contains(&ending.to_lowercase().as_str()) {
        for value in row.values_mut() {
            if value.is_number() || value.is_boolean() {
                *value = value.to_string().into();
            }
        }
    }
    let (feed, text) = (feed.clone(), Value::Object(row).to_string());
    blocking(move || {
        let mut file = tempfile::tempfile()?;
        file.write_all(text.as_bytes())?;
        let reader = ingest::open(&feed, FILE, &Content::new(file)?)?;
        let mut chunks = reader.chunks;
        let rows = match chunks.next() {
            Some(chunk) => chunk.and_then(|chunk| chunk()),
            None => Ok(Rows::default()),
        };
        Ok((reader.layout, rows.map_err(PipelineError::Invalid)?))
    })
    .await
}
