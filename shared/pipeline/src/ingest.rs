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
            return Err(format!(
                "its header names column {} twice (a file without a header?)",
                position + 1
            ));
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
            let is_last = end == rest.len();
            let is_torn = (spans_lines(raw) || is_last) && !is_well_quoted(raw, delimiter);
            let checked = match is_torn {
                true => Err("a quote is opened and not closed".to_owned()),
                false => check_cells(&record, names.len()),
            };
            match checked {
                Ok(()) => columns.push(row, &record, &mut input.batches)?,
                Err(reason) => {
                    let is_torn = is_torn || (record.len() != names.len() && spans_lines(raw));
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

fn spans_lines(raw: &[u8]) -> bool {
    raw.trim_ascii().contains(&b'\n')
}

/// Is every quoted cell closed, and by a quote that ends the cell? An open quote otherwise takes the rows behind it into its
/// cell, up to the next quote of any kind, and the number of cells may even be right.
fn is_well_quoted(raw: &[u8], delimiter: u8) -> bool {
    let mut bytes = raw.iter().copied().peekable();
    let mut at_start = true;
    while let Some(byte) = bytes.next() {
        if !(at_start && byte == b'"') {
            at_start = byte == delimiter || byte == b'\n' || byte == b'\r';
            continue;
        }
        loop {
            match bytes.next() {
                None => return false,
                Some(b'"') => match bytes.peek() {
                    Some(b'"') => {
                        bytes.next();
                    }
                    Some(next) if *next != delimiter && *next != b'\n' && *next != b'\r' => {
                        return false;
                    }
                    _ => break,
                },
                Some(_) => {}
            }
        }
        at_start = false;
    }
    true
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
    listed(&schema, &mut values);
    let mut batches = Vec::new();
    let mut work: Vec<&[(i64, serde_json::Value)]> = values.chunks(BATCH).rev().collect();
    // A row that does not fit the columns is found by halving, like a row on which a mapping fails.
    while let Some(chunk) = work.pop() {
        match decode(&schema, chunk) {
            Ok(Some(batch)) => {
                batches.push((chunk.iter().map(|(row, _)| *row).collect(), batch));
            }
            Ok(None) => {}
            Err(_) => match chunk {
                [(row, value)] => unreadable.push(Unreadable {
                    row: *row,
                    reason: "a field has another shape than in the other rows".into(),
                    raw: shown(value.to_string().as_bytes()),
                }),
                _ => {
                    let (first, second) = chunk.split_at(chunk.len() / 2);
                    work.push(second);
                    work.push(first);
                }
            },
        }
    }
    unreadable.sort_by_key(|bad| bad.row);
    Ok(Input {
        schema,
        batches,
        unreadable,
    })
}

/// Where some rows have a list and others a single value, the single value is a list of one.
fn listed(schema: &Schema, values: &mut [(i64, serde_json::Value)]) {
    let lists: Vec<&str> = schema
        .fields()
        .iter()
        .filter(|field| matches!(field.data_type(), DataType::List(_)))
        .map(|field| field.name().as_str())
        .collect();
    for (_, value) in values {
        for name in &lists {
            if let Some(field) = value.get_mut(*name)
                && !field.is_array()
                && !field.is_null()
            {
                *field = serde_json::Value::Array(vec![field.take()]);
            }
        }
    }
}

fn decode(
    schema: &SchemaRef,
    rows: &[(i64, serde_json::Value)],
) -> Result<Option<RecordBatch>, arrow::error::ArrowError> {
    let mut decoder = arrow::json::ReaderBuilder::new(schema.clone())
        .with_coerce_primitive(true)
        .build_decoder()?;
    let rows: Vec<&serde_json::Value> = rows.iter().map(|(_, value)| value).collect();
    decoder.serialize(&rows)?;
    decoder.flush()
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
            Err(_) => unreadable.push(Unreadable {
                row,
                reason: "a field has another shape than in the rows before".into(),
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
