//! One record, standardized in memory by its feed's mapping, as if it stood alone in a file; nothing is written.

use super::batch::{Known, Standardizer};
use super::dates::Dates;
use super::deliveries::Delivery;
use super::file::QUARANTINE;
use super::seal::Seal;
use super::{blocking, columns};
use crate::ingest::{self, Content, Layout, Rows};
use crate::mapping::Mapping;
use crate::project::{Cleaning, Entity, Feed, SENSITIVE};
use crate::udf::{integers, strings};
use crate::{PipelineError, Result, Run};
use arrow::array::RecordBatch;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;

/// The file that the record would stand in.
const FILE: &str = "record.ndjson";

/// Endings of files whose values have types of their own; the cells of others are all text.
const TYPED: [&str; 9] = [
    "json", "ndjson", "jsonl", "parquet", "avro", "xlsx", "xls", "xlsm", "ods",
];
/// And of what such a file may be packed in.
const PACKED: [&str; 5] = [".gz", ".zst", ".zstd", ".bz2", ".zip"];

/// Bytes of a record, and values of a list in it, that somebody waits for.
const MOST_BYTES: usize = 256 << 10;
const MOST_VALUES: usize = 100;

/// A record as the silver tables would hold it.
pub struct One {
    pub record_key: i64,
    /// Of all its rows.
    pub file_key: &'static str,
    /// By table.
    pub tables: BTreeMap<&'static str, RecordBatch>,
}

/// A feed of records in the columns of their entity, which is nobody's source.
///
/// Errors: `Invalid` for a column that the entity does not have.
pub fn feed_of(run: &Run, entity: Entity, row: &mut Map<String, Value>) -> Result<Feed> {
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
        // No feed has such a source: what stands in the lake under this id is another record.
        source: "\u{1f}".into(),
        files: FILE.into(),
        cleaning: Cleaning {
            plain: plain_of(run, entity),
            ..Cleaning::default()
        },
        ..Feed::undeclared("record", entity)
    })
}

/// Errors: those of [`standardized`], and `Invalid` where the mapping makes no record of it, or several.
pub async fn one(run: &Run, feed: &Feed, row: &Map<String, Value>) -> Result<One> {
    let tables = standardized(run, feed, row).await?;
    let records = tables.get(feed.entity.table());
    match records.filter(|records| records.num_rows() == 1) {
        Some(records) => Ok(One {
            record_key: integers(records, "record_key")?.value(0),
            file_key: FILE,
            tables,
        }),
        None => Err(PipelineError::Invalid(format!(
            "{} makes {} records of it, and one is needed",
            feed.mapping_file,
            records.map_or(0, RecordBatch::num_rows)
        ))),
    }
}

/// The rows that a record becomes, by table.
///
/// Errors: `Invalid` where it is empty or too large, or where it would go to quarantine, with the reason; `Mapping` where the
/// mapping does not fit.
pub(super) async fn standardized(
    run: &Run,
    feed: &Feed,
    row: &Map<String, Value>,
) -> Result<BTreeMap<&'static str, RecordBatch>> {
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
        true => Seal::to_compare(run, feed).await?.map(Arc::new),
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
    Ok(batch.tables)
}

/// The sensitive columns that all feeds of an entity keep as they are.
fn plain_of(run: &Run, entity: Entity) -> Vec<String> {
    let of_entity = || {
        run.project
            .feeds
            .iter()
            .filter(|feed| feed.entity == entity)
    };
    let is_plain = |name: &&str| {
        let keeps = |feed: &Feed| feed.cleaning.plain.iter().any(|plain| plain == name);
        of_entity().next().is_some() && of_entity().all(keeps)
    };
    let plain = SENSITIVE.into_iter().filter(is_plain);
    plain.map(str::to_owned).collect()
}

fn empty() -> PipelineError {
    PipelineError::Invalid("the record is empty".into())
}

fn refused(reason: &str) -> PipelineError {
    PipelineError::Invalid(format!("the record would go to quarantine: {reason}"))
}

/// Have the values of such files types of their own?
fn is_typed(pattern: &str) -> bool {
    let lower = pattern.to_lowercase();
    let packed = PACKED.iter().find_map(|ending| lower.strip_suffix(ending));
    let ending = packed.unwrap_or(&lower).rsplit('.').next();
    ending.is_some_and(|ending| TYPED.contains(&ending.trim_end_matches('*')))
}

/// The row as a reader of files sees it.
async fn read(feed: &Feed, row: &Map<String, Value>) -> Result<(Layout, Rows)> {
    let mut row = row.clone();
    let lists = row.values().filter_map(Value::as_array);
    let is_long = lists.into_iter().any(|list| list.len() > MOST_VALUES);
    if !is_typed(&feed.files) {
        for value in row.values_mut() {
            if value.is_number() || value.is_boolean() {
                *value = value.to_string().into();
            } else if value == "" {
                // As a reader of cells has it.
                *value = Value::Null;
            }
        }
    }
    let (feed, text) = (feed.clone(), Value::Object(row).to_string());
    if is_long || text.len() > MOST_BYTES {
        return Err(PipelineError::Invalid(format!(
            "the record is larger than {} KiB, or a list in it longer than {MOST_VALUES} values",
            MOST_BYTES >> 10
        )));
    }
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
