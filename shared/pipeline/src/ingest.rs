//! Files as rows: CSV, JSON, Parquet, Avro and workbooks, packed or not, read in chunks so that a file of any size takes the same memory, and so that a bad
//! row is a bad row and not a bad file.

mod avro;
mod content;
mod delimited;
mod encoding;
mod json;
mod packing;
mod parquet;
mod window;
mod workbook;

use crate::project::Feed;
use crate::{PipelineError, Result};
use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
pub use content::Content;
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes of a chunk's text, beyond which it has fewer rows.
const CHUNK_BYTES: usize = 2 << 20;
/// Characters of an unreadable row that the quarantine keeps.
const RAW_KEPT: usize = 4096;

/// What the rows of a file have.
pub struct Layout {
    pub schema: SchemaRef,
    /// Each row names its own columns (JSON): a column that no row has is null, and no fault of the file.
    pub is_sparse: bool,
    /// Keys inside objects that the mapping asks for and no row has, such as `address['city']`; null in `schema`.
    pub absent: Vec<String>,
}

/// A row that is no row.
#[derive(Clone, Debug)]
pub struct Unreadable {
    pub row: i64,
    pub reason: String,
    pub raw: String,
}

/// Some rows of a file, read: typed columns, and the rows that could not be read.
#[derive(Clone, Default)]
pub struct Rows {
    /// Number of the last row in the file (1 = the first row of data).
    pub last: i64,
    /// How many there are, readable or not.
    pub count: u64,
    /// Batches with the number of each row in the file.
    pub batches: Vec<(Vec<i64>, RecordBatch)>,
    pub unreadable: Vec<Unreadable>,
}

impl Rows {
    /// Rows that come as a batch, and are readable therefore.
    fn of_batch(rows: RangeInclusive<i64>, batch: RecordBatch) -> Rows {
        Rows {
            last: *rows.end(),
            count: batch.num_rows() as u64,
            batches: vec![(rows.collect(), batch)],
            unreadable: Vec::new(),
        }
    }
}

/// Some rows of a file as they lie there. Cutting a file into chunks is done in order; reading one may be done anywhere.
pub type Chunk = Box<dyn FnOnce() -> Result<Rows, String> + Send>;

/// A file, looked through once and ready to be read.
pub struct Reader {
    pub layout: Layout,
    pub chunks: Box<dyn Iterator<Item = Result<Chunk, String>> + Send>,
}

impl Reader {
    /// A file of typed columns, whole or not at all: `first` is read through before `again` gives any of its rows.
    fn whole<B>(schema: SchemaRef, first: B, again: B) -> Result<Reader, String>
    where
        B: Iterator<Item = Result<RecordBatch, ArrowError>> + Send + 'static,
    {
        let mut rows = numbered(first);
        rows.try_for_each(|batch| batch.map(drop))?;
        let chunks = numbered(again).map(|batch| {
            let (rows, batch) = batch?;
            let chunk: Chunk = Box::new(move || Ok(Rows::of_batch(rows, batch)));
            Ok(chunk)
        });
        Ok(Reader {
            layout: Layout {
                schema,
                is_sparse: false,
                absent: Vec::new(),
            },
            chunks: Box::new(chunks),
        })
    }
}

/// Batches with the numbers of their rows.
fn numbered(
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
) -> impl Iterator<Item = Result<(RangeInclusive<i64>, RecordBatch), String>> {
    let mut last = 0;
    batches.map(move |batch| {
        let batch = batch.map_err(|error| format!("it is torn after row {last}: {error}"))?;
        let first = last + 1;
        last += batch.num_rows() as i64;
        Ok((first..=last, batch))
    })
}

/// Opens a file by its name's ending: `.csv`, `.tsv`, `.txt`, `.ndjson`, `.jsonl`, `.json`, `.parquet`, `.avro`, `.xlsx`, `.xls`,
/// `.ods` …, each also packed (`.gz`, `.zst`, `.bz2`, a `.zip` of one file). What would refuse the file is found here, before
/// any of its rows is used.
///
/// Errors (`FileRefused`): another ending, a packed file that is torn or unpacks to too much, a zip of several files, an empty
/// CSV, a header that names a column twice, a torn Parquet or Avro file, a workbook that is too large.
pub fn open(feed: &Feed, file: &str, content: &Content) -> Result<Reader> {
    // Readers of others' formats may fail on a broken file in ways of their own; it is a broken file all the same.
    let opened = catch_unwind(AssertUnwindSafe(|| open_by_ending(feed, file, content)));
    let opened =
        opened.unwrap_or_else(|_| Err("it is broken in a way that no reader understands".into()));
    opened.map_err(|reason| PipelineError::FileRefused {
        feed: feed.name.clone(),
        file: file.to_owned(),
        reason,
    })
}

fn open_by_ending(feed: &Feed, file: &str, content: &Content) -> Result<Reader, String> {
    let (content, name) = content.clone().unpack(file, &feed.reading)?;
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    let text = |content: Content| content.survey(&feed.reading);
    match ending.as_str() {
        "csv" | "txt" => delimited::open(feed, &text(content)?, b','),
        "tsv" => delimited::open(feed, &text(content)?, b'\t'),
        "ndjson" | "jsonl" | "json" => json::open(feed, &text(content)?),
        "parquet" => parquet::open(feed, &content.in_place()?),
        "avro" => avro::open(feed, &content),
        "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => {
            workbook::open(feed, &content.in_place()?, &ending)
        }
        _ => Err(format!(
            "files ending in .{ending} are not read; drop .csv, .tsv, .ndjson, .json, .parquet, .avro, .xlsx, .xls or .ods, or one of them packed (.gz, .zst, .bz2, .zip)"
        )),
    }
}

/// An unreadable row as the quarantine keeps it.
fn shown(raw: &[u8]) -> String {
    let raw = raw.trim_ascii();
    let text = String::from_utf8_lossy(&raw[..raw.len().min(4 * RAW_KEPT)]);
    text.replace('\0', "\u{fffd}")
        .chars()
        .take(RAW_KEPT)
        .collect()
}

fn unreadable_file(error: std::io::Error) -> String {
    format!("it cannot be read: {error}")
}
