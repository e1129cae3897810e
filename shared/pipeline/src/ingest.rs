//! Files as rows: CSV, NDJSON and Parquet, each read so that a bad row is a bad row and not a bad file.

mod delimited;
mod ndjson;
mod parquet;

use crate::project::Feed;
use crate::{PipelineError, Result};
use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use bytes::Bytes;

/// Rows of a batch.
const BATCH: usize = 8192;
/// Characters of an unreadable row that the quarantine keeps.
const RAW_KEPT: usize = 4096;

/// A file read: typed columns, and the rows that could not be read.
pub struct Input {
    pub schema: SchemaRef,
    /// Batches with the number of each row in the file (1 = the first row of data).
    pub batches: Vec<(Vec<i64>, RecordBatch)>,
    pub unreadable: Vec<Unreadable>,
    /// Each row names its own columns (JSON): a column that no row has is null, and no fault of the file.
    pub is_sparse: bool,
    /// Keys inside objects that the mapping asks for and no row has, such as `address['city']`; null in `schema`.
    pub absent: Vec<String>,
}

/// A row that is no row.
pub struct Unreadable {
    pub row: i64,
    pub reason: String,
    pub raw: String,
}

impl Input {
    pub fn rows(&self) -> u64 {
        let read: usize = self.batches.iter().map(|(rows, _)| rows.len()).sum();
        (read + self.unreadable.len()) as u64
    }
}

/// Reads a whole file by its name's ending: `.csv`, `.tsv`, `.ndjson`, `.jsonl`, `.json` (one object a line), `.parquet`.
///
/// Errors (`FileRefused`): another ending, text in UTF-16, a CSV without a header, a header that names a column twice, a
/// JSON array or an object over several lines, a Parquet file that is none.
pub fn read(feed: &Feed, file: &str, content: Bytes) -> Result<Input> {
    let refuse = |reason: String| PipelineError::FileRefused {
        feed: feed.name.clone(),
        file: file.to_owned(),
        reason,
    };
    let ending = file.rsplit('.').next().unwrap_or_default().to_lowercase();
    if ending == "parquet" {
        return parquet::read(content).map_err(refuse);
    }
    let text = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&content);
    let read = || match ending.as_str() {
        "csv" => delimited::read(utf8(text)?, b','),
        "tsv" => delimited::read(utf8(text)?, b'\t'),
        "ndjson" | "jsonl" | "json" => ndjson::read(feed, utf8(text)?),
        _ => Err(format!(
            "files ending in .{ending} are not read; drop .csv, .tsv, .ndjson, .jsonl or .parquet"
        )),
    };
    read().map_err(refuse)
}

/// Bytes of a text that may be UTF-8: single rows that are not are theirs to answer for.
fn utf8(text: &[u8]) -> Result<&[u8], String> {
    let start = &text[..text.len().min(64)];
    let has_mark = start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff");
    let is_nul_at = |odd: usize| {
        let mut every_second = start.iter().skip(odd).step_by(2);
        start.len() >= 4 && every_second.all(|byte| *byte == 0)
    };
    if has_mark || is_nul_at(0) != is_nul_at(1) {
        return Err("it is UTF-16; save it as UTF-8 (`iconv -f UTF-16 -t UTF-8`)".into());
    }
    Ok(text)
}

fn shown(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw.trim_ascii());
    text.replace('\0', "\u{fffd}")
        .chars()
        .take(RAW_KEPT)
        .collect()
}
