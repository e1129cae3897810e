//! Files as rows: CSV, NDJSON and Parquet, each read so that a bad row is a bad row and not a bad file.

use crate::{PipelineError, Result};
use arrow::array::{ArrayRef, RecordBatch, StringBuilder};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use bytes::Bytes;
use std::sync::Arc;

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
/// Errors (`FileRefused`): another ending, a CSV without a header, a header that names a column twice, a Parquet file
/// that is none.
pub fn read(feed: &str, file: &str, content: Bytes) -> Result<Input> {
    let refuse = |reason: String| PipelineError::FileRefused {
        feed: feed.to_owned(),
        file: file.to_owned(),
        reason,
    };
    let ending = file.rsplit('.').next().unwrap_or_default().to_lowercase();
    match ending.as_str() {
        "csv" => read_csv(&content, b',').map_err(refuse),
        "tsv" => read_csv(&content, b'\t').map_err(refuse),
        "ndjson" | "jsonl" | "json" => read_ndjson(&content).map_err(refuse),
        "parquet" => read_parquet(content).map_err(refuse),
        _ => Err(refuse(format!(
            "files ending in .{ending} are not read; drop .csv, .tsv, .ndjson, .jsonl or .parquet"
        ))),
    }
}

fn reader(content: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(content)
}

fn read_csv(content: &[u8], delimiter: u8) -> Result<Input, String> {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let mut record = csv::ByteRecord::new();
    let mut header_reader = reader(content, delimiter);
    let has_header = header_reader
        .read_byte_record(&mut record)
        .map_err(|error| error.to_string())?;
    if !has_header {
        return Err("it is empty: a CSV file starts with a header".into());
    }
    let mut names: Vec<String> = Vec::with_capacity(record.len());
    for (position, cell) in record.iter().enumerate() {
        let name = std::str::from_utf8(cell)
            .map_err(|_| format!("the name of column {} is not UTF-8", position + 1))?
            .trim();
        let name = if name.is_empty() {
            format!("column_{}", position + 1)
        } else {
            name.to_owned()
        };
        if names.contains(&name) {
            return Err(format!("its header names column {name:?} twice"));
        }
        names.push(name);
    }
    let schema: SchemaRef = Arc::new(Schema::new(
        names
            .iter()
            .map(|name| Field::new(name, DataType::Utf8, true))
            .collect::<Vec<_>>(),
    ));
    let mut columns = TextColumns::new(schema.clone());
    let mut input = Input {
        schema,
        batches: Vec::new(),
        unreadable: Vec::new(),
    };
    // The reader is started anew after a torn row, at the next line: one open quote must not swallow the file.
    let mut offset = header_reader.position().byte() as usize;
    let mut row = 0;
    while offset < content.len() {
        let rest = &content[offset..];
        let mut rows = reader(rest, delimiter);
        let mut start = 0;
        let mut torn_at = None;
        loop {
            match rows.read_byte_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => return Err(error.to_string()),
            }
            let end = rows.position().byte() as usize;
            let raw = &rest[start..end];
            row += 1;
            match check_cells(&record, names.len()) {
                Ok(()) => columns.push(row, &record, &mut input.batches)?,
                Err(reason) => {
                    let is_torn = record.len() != names.len() && trimmed(raw).contains(&b'\n');
                    let raw = if is_torn { first_line(raw) } else { raw };
                    input.unreadable.push(Unreadable {
                        row,
                        reason,
                        raw: shown(raw),
                    });
                    if is_torn {
                        torn_at = Some(start + raw.len());
                        break;
                    }
                }
            }
            start = end;
        }
        match torn_at {
            Some(end) => offset += end,
            None => break,
        }
    }
    columns.finish(&mut input.batches)?;
    Ok(input)
}

fn check_cells(record: &csv::ByteRecord, expected: usize) -> Result<(), String> {
    if record.len() != expected {
        return Err(format!(
            "{} cells where the header has {expected} columns",
            record.len()
        ));
    }
    for (position, cell) in record.iter().enumerate() {
        if std::str::from_utf8(cell).is_err() {
            return Err(format!("cell {} is not UTF-8", position + 1));
        }
        if cell.contains(&0) {
            return Err(format!("cell {} holds a NUL byte", position + 1));
        }
    }
    Ok(())
}

fn trimmed(raw: &[u8]) -> &[u8] {
    raw.trim_ascii()
}

/// The first line that holds anything, with its line end.
fn first_line(raw: &[u8]) -> &[u8] {
    let blank = raw.len() - raw.trim_ascii_start().len();
    let end = raw[blank..]
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(raw.len(), |end| blank + end + 1);
    &raw[..end]
}

fn shown(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw.trim_ascii());
    text.replace('\0', "\u{fffd}")
        .chars()
        .take(RAW_KEPT)
        .collect()
}

/// Columns of text under construction; an empty cell is null.
struct TextColumns {
    schema: SchemaRef,
    rows: Vec<i64>,
    builders: Vec<StringBuilder>,
}

impl TextColumns {
    fn new(schema: SchemaRef) -> TextColumns {
        let builders = schema
            .fields()
            .iter()
            .map(|_| StringBuilder::new())
            .collect();
        TextColumns {
            schema,
            rows: Vec::new(),
            builders,
        }
    }

    fn push(
        &mut self,
        row: i64,
        record: &csv::ByteRecord,
        into: &mut Vec<(Vec<i64>, RecordBatch)>,
    ) -> Result<(), String> {
        self.rows.push(row);
        for (builder, cell) in self.builders.iter_mut().zip(record) {
            match std::str::from_utf8(cell) {
                Ok(text) if !text.is_empty() => builder.append_value(text),
                _ => builder.append_null(),
            }
        }
        if self.rows.len() == BATCH {
            self.finish(into)?;
        }
        Ok(())
    }

    fn finish(&mut self, into: &mut Vec<(Vec<i64>, RecordBatch)>) -> Result<(), String> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let columns: Vec<ArrayRef> = self
            .builders
            .iter_mut()
            .map(|builder| Arc::new(builder.finish()) as ArrayRef)
            .collect();
        let batch = RecordBatch::try_new(self.schema.clone(), columns)
            .map_err(|error| error.to_string())?;
        into.push((std::mem::take(&mut self.rows), batch));
        Ok(())
    }
}

fn read_ndjson(content: &[u8]) -> Result<Input, String> {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let mut values: Vec<(i64, serde_json::Value)> = Vec::new();
    let mut unreadable = Vec::new();
    let mut row = 0;
    for line in content.split(|byte| *byte == b'\n') {
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        row += 1;
        match serde_json::from_slice::<serde_json::Value>(line) {
            Ok(value) if value.is_object() => values.push((row, value)),
            Ok(_) => unreadable.push(Unreadable {
                row,
                reason: "the line is JSON but no object".into(),
                raw: shown(line),
            }),
            Err(error) => unreadable.push(Unreadable {
                row,
                reason: format!("the line is no JSON object: {error}"),
                raw: shown(line),
            }),
        }
    }
    let schema = infer(&mut values, &mut unreadable)?;
    let mut batches = Vec::new();
    for chunk in values.chunks(BATCH) {
        let mut decoder = arrow::json::ReaderBuilder::new(schema.clone())
            .with_coerce_primitive(true)
            .build_decoder()
            .map_err(|error| error.to_string())?;
        let rows: Vec<&serde_json::Value> = chunk.iter().map(|(_, value)| value).collect();
        decoder
            .serialize(&rows)
            .map_err(|error| error.to_string())?;
        if let Some(batch) = decoder.flush().map_err(|error| error.to_string())? {
            batches.push((chunk.iter().map(|(row, _)| *row).collect(), batch));
        }
    }
    unreadable.sort_by_key(|bad| bad.row);
    Ok(Input {
        schema,
        batches,
        unreadable,
    })
}

/// The columns of all rows together. A row whose field is, say, a text where the rows before had an object cannot stand
/// in one table with them: it goes to quarantine.
fn infer(
    values: &mut Vec<(i64, serde_json::Value)>,
    unreadable: &mut Vec<Unreadable>,
) -> Result<SchemaRef, String> {
    let whole = arrow::json::reader::infer_json_schema_from_iterator(
        values.iter().map(|(_, value)| Ok(value)),
    );
    if let Ok(schema) = whole {
        return Ok(Arc::new(schema));
    }
    let mut kept: Vec<(i64, serde_json::Value)> = Vec::with_capacity(values.len());
    let mut merged = Schema::empty();
    for (row, value) in values.drain(..) {
        let alone =
            arrow::json::reader::infer_json_schema_from_iterator(std::iter::once(Ok(&value)));
        let joined = alone.and_then(|alone| merge_json(&merged, &alone));
        match joined {
            Ok(schema) => {
                merged = schema;
                kept.push((row, value));
            }
            Err(error) => unreadable.push(Unreadable {
                row,
                reason: format!("a field has another shape than in the rows before: {error}"),
                raw: shown(value.to_string().as_bytes()),
            }),
        }
    }
    *values = kept;
    Ok(Arc::new(merged))
}

fn merge_json(a: &Schema, b: &Schema) -> Result<Schema, arrow::error::ArrowError> {
    let mut fields: Vec<Field> = a
        .fields()
        .iter()
        .map(|field| field.as_ref().clone())
        .collect();
    for field in b.fields() {
        match fields.iter_mut().find(|known| known.name() == field.name()) {
            None => fields.push(field.as_ref().clone()),
            Some(known) if known.data_type() == field.data_type() => {}
            Some(known) if known.data_type().is_null() => *known = field.as_ref().clone(),
            Some(_) if field.data_type().is_null() => {}
            Some(known) if !known.data_type().is_nested() && !field.data_type().is_nested() => {
                *known = Field::new(field.name(), DataType::Utf8, true);
            }
            Some(known) => match (known.data_type(), field.data_type()) {
                (DataType::Struct(x), DataType::Struct(y)) => {
                    let inner = merge_json(&Schema::new(x.clone()), &Schema::new(y.clone()))?;
                    *known = Field::new(field.name(), DataType::Struct(inner.fields), true);
                }
                _ => {
                    return Err(arrow::error::ArrowError::SchemaError(format!(
                        "{} is {} here and {} there",
                        field.name(),
                        field.data_type(),
                        known.data_type()
                    )));
                }
            },
        }
    }
    Ok(Schema::new(fields))
}

fn read_parquet(content: Bytes) -> Result<Input, String> {
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    let builder = ParquetRecordBatchReaderBuilder::try_new(content)
        .map_err(|error| format!("it is no readable Parquet file: {error}"))?
        .with_batch_size(BATCH);
    let schema = builder.schema().clone();
    let reader = builder.build().map_err(|error| error.to_string())?;
    let mut batches = Vec::new();
    let mut row = 0;
    for batch in reader {
        let batch = batch.map_err(|error| format!("it is torn after row {row}: {error}"))?;
        let rows = (row + 1..=row + batch.num_rows() as i64).collect();
        row += batch.num_rows() as i64;
        batches.push((rows, batch));
    }
    Ok(Input {
        schema,
        batches,
        unreadable: Vec::new(),
    })
}
