//! Files as rows: CSV, NDJSON and Parquet, read in chunks so that a file of any size takes the same memory, and so that a bad
//! row is a bad row and not a bad file.

mod content;
mod delimited;
mod json;
mod parquet;
mod window;

use crate::project::Feed;
use crate::{PipelineError, Result};
use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
pub use content::Content;

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
#[derive(Debug)]
pub struct Unreadable {
    pub row: i64,
    pub reason: String,
    pub raw: String,
}

/// Some rows of a file, read: typed columns, and the rows that could not be read.
#[derive(Default)]
pub struct Rows {
    /// Number of the last row in the file (1 = the first row of data).
    pub last: i64,
    /// How many there are, readable or not.
    pub count: u64,
    /// Batches with the number of each row in the file.
    pub batches: Vec<(Vec<i64>, RecordBatch)>,
    pub unreadable: Vec<Unreadable>,
}

/// Some rows of a file as they lie there. Cutting a file into chunks is done in order; reading one may be done anywhere.
pub type Chunk = Box<dyn FnOnce() -> Result<Rows, String> + Send>;

/// A file, looked through once and ready to be read.
pub struct Reader {
    pub layout: Layout,
    pub chunks: Box<dyn Iterator<Item = Result<Chunk, String>> + Send>,
}

/// Opens a file by its name's ending: `.csv`, `.tsv`, `.ndjson`, `.jsonl`, `.json` (one object a line), `.parquet`. What
/// would refuse the file is found here, before any of its rows is used.
///
/// Errors (`FileRefused`): another ending, text in UTF-16, a CSV without a header, a header that names a column twice, a
/// JSON array or an object over several lines, a Parquet file that is none.
pub fn open(feed: &Feed, file: &str, content: &Content) -> Result<Reader> {
    let ending = file.rsplit('.').next().unwrap_or_default().to_lowercase();
    let opened = match ending.as_str() {
        "parquet" => parquet::open(feed, content),
        "csv" => delimited::open(feed, content, b','),
        "tsv" => delimited::open(feed, content, b'\t'),
        "ndjson" | "jsonl" | "json" => json::open(feed, content),
        _ => Err(format!(
            "files ending in .{ending} are not read; drop .csv, .tsv, .ndjson, .jsonl or .parquet"
        )),
    };
    opened.map_err(|reason| PipelineError::FileRefused {
        feed: feed.name.clone(),
        file: file.to_owned(),
        reason,
    })
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
