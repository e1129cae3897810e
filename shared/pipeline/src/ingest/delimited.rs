//! CSV and TSV: a header, then one row after another; every column is text.

use super::{BATCH, Input, Unreadable, shown};
use arrow::array::{ArrayRef, RecordBatch, StringBuilder};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use std::sync::Arc;

fn reader(content: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(content)
}

/// Reads text whose cells stand between delimiters, below a header.
pub(super) fn read(content: &[u8], delimiter: u8) -> Result<Input, String> {
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
        is_sparse: false,
        absent: Vec::new(),
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
