//! NDJSON: one object a line; a row has the keys it has.

mod schema;

use super::window::Window;
use super::{CHUNK_BYTES, Chunk, Content, Layout, Reader, Rows, Unreadable, shown};
use crate::mapping::Shapes;
use crate::project::Feed;
use arrow::array::RecordBatch;
use arrow::datatypes::{DataType, Fields, SchemaRef};
use arrow::error::ArrowError;
use schema::Inferred;
use serde_json::Value;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// A row may have so many times the bytes that a field may have.
const FIELDS_OF_A_ROW: usize = 4;
/// Bytes by which one object a line is told from other JSON.
const LOOKED_AT: usize = 1 << 20;

/// Opens text with one object a line; the columns are those of all rows together, which a first pass finds, and what the
/// feed's mapping asks of them.
pub(super) fn open(feed: &Feed, content: &Content) -> Result<Reader, String> {
    refuse_other_json(content)?;
    let mut inferred = Inferred::default();
    for chunk in Lines::new(feed, content)? {
        let (values, _) = chunk?.values();
        inferred.add(values);
    }
    let (schema, misfits) = inferred.finish();
    let (schema, absent) = Shapes::of(feed, &schema).complete(&schema);
    let layout = Layout {
        schema: schema.clone(),
        is_sparse: true,
        absent,
    };
    let misfits = Arc::new(misfits);
    let chunks = Lines::new(feed, content)?.map(move |lines| {
        let (lines, schema, misfits) = (lines?, schema.clone(), misfits.clone());
        Ok(Box::new(move || read(&lines, &schema, &misfits)) as Chunk)
    });
    Ok(Reader {
        layout,
        chunks: Box::new(chunks),
    })
}

/// One array, or one object over several lines, would be a file of unreadable rows.
fn refuse_other_json(content: &Content) -> Result<(), String> {
    let mut window = Window::new(content.text()?);
    while window.bytes().len() < LOOKED_AT && !window.is_at_end {
        window.grow().map_err(super::unreadable_file)?;
    }
    let content = window.bytes().trim_ascii();
    let (first, rest) = match memchr::memchr(b'\n', content) {
        Some(end) => (&content[..end], content[end..].trim_ascii()),
        None => (content, &[][..]),
    };
    let alone = serde_json::from_slice::<serde::de::IgnoredAny>(first);
    let goes_on = alone.is_err_and(|error| error.is_eof());
    if content.starts_with(b"[") && (rest.is_empty() || goes_on) {
        return Err(
            "it holds a JSON array; one object a line is read: `jq -c '.[]' FILE` writes it so"
                .into(),
        );
    }
    let mut whole =
        serde_json::Deserializer::from_slice(content).into_iter::<serde::de::IgnoredAny>();
    if content.starts_with(b"{") && goes_on && matches!(whole.next(), Some(Ok(_))) {
        return Err(
            "its JSON objects span lines; one object a line is read: `jq -c . FILE` writes it so"
                .into(),
        );
    }
    Ok(())
}

/// Some rows as they lie in the file.
struct Texts {
    text: Vec<u8>,
    first: i64,
    places: Vec<Range<usize>>,
    /// Bytes of a field. A row may have some times as many; of a longer one only the start is here.
    max_field: usize,
}

/// Cuts a text into lines that are not blank.
struct Lines {
    window: Window,
    max_field: usize,
    /// Rows of a chunk.
    most: usize,
    row: i64,
    is_in_long_row: bool,
}

impl Lines {
    fn new(feed: &Feed, content: &Content) -> Result<Lines, String> {
        Ok(Lines {
            most: feed.reading.chunk_rows(),
            window: Window::new(content.text()?),
            max_field: feed.reading.max_field_bytes,
            row: 0,
            is_in_long_row: false,
        })
    }

    fn cut(&mut self) -> std::io::Result<Option<Texts>> {
        while self.is_in_long_row {
            self.is_in_long_row = !self.window.skip_line() && !self.window.is_at_end;
            if self.is_in_long_row {
                self.window.grow()?;
            }
        }
        let mut places = Vec::new();
        let mut at = 0;
        while places.len() < self.most && at < CHUNK_BYTES {
            let bytes = self.window.bytes();
            let end = match memchr::memchr(b'\n', &bytes[at..]) {
                Some(end) => at + end + 1,
                None if self.window.is_at_end => bytes.len(),
                None if !places.is_empty() => break,
                None if bytes.len() - at > FIELDS_OF_A_ROW * self.max_field => {
                    self.is_in_long_row = true;
                    bytes.len()
                }
                None => {
                    self.window.grow()?;
                    continue;
                }
            };
            if !bytes[at..end].trim_ascii().is_empty() {
                places.push(at..end);
            }
            at = end;
            if self.is_in_long_row || (self.window.is_at_end && at == self.window.bytes().len()) {
                break;
            }
        }
        let is_over = places.is_empty() && self.window.is_at_end && at == self.window.bytes().len();
        let text = self.window.take(at);
        let first = self.row + 1;
        self.row += places.len() as i64;
        Ok((!is_over).then_some(Texts {
            text,
            first,
            places,
            max_field: self.max_field,
        }))
    }
}

impl Iterator for Lines {
    type Item = Result<Texts, String>;

    fn next(&mut self) -> Option<Self::Item> {
        self.cut().map_err(super::unreadable_file).transpose()
    }
}

impl Texts {
    /// The rows that are objects, with their numbers, and those that are not.
    fn values(&self) -> (Vec<(i64, Value)>, Vec<Unreadable>) {
        let mut values = Vec::with_capacity(self.places.len());
        let mut unreadable = Vec::new();
        for (position, place) in self.places.iter().enumerate() {
            let row = self.first + position as i64;
            let text = self.text[place.clone()].trim_ascii();
            let most = self.max_field;
            let reason = if text.len() > FIELDS_OF_A_ROW * most {
                let most = FIELDS_OF_A_ROW * most;
                format!("the row has more than {most} bytes (max_field_mb of the feed)")
            } else {
                match serde_json::from_slice::<Value>(text) {
                    Ok(value) if text.len() > most && has_longer(&value, most) => {
                        format!("a field has more than {most} bytes (max_field_mb of the feed)")
                    }
                    Ok(value) if value.is_object() => {
                        values.push((row, value));
                        continue;
                    }
                    Ok(_) => "the line is JSON but no object".into(),
                    Err(error) => format!("the line is no JSON object: {error}"),
                }
            };
            unreadable.push(Unreadable {
                row,
                reason,
                raw: shown(text),
            });
        }
        (values, unreadable)
    }
}

fn has_longer(value: &Value, most: usize) -> bool {
    match value {
        Value::String(text) => text.len() > most,
        Value::Array(items) => items.iter().any(|item| has_longer(item, most)),
        Value::Object(fields) => fields.values().any(|field| has_longer(field, most)),
        _ => false,
    }
}

fn read(texts: &Texts, schema: &SchemaRef, misfits: &BTreeSet<i64>) -> Result<Rows, String> {
    let (mut values, mut unreadable) = texts.values();
    let mut refuse = |row: i64, value: &Value, than: &str| {
        unreadable.push(Unreadable {
            row,
            reason: format!("a field has another shape than in the {than}"),
            raw: shown(value.to_string().as_bytes()),
        });
    };
    values.retain(|(row, value)| {
        let is_misfit = misfits.contains(row);
        if is_misfit {
            refuse(*row, value, "rows before");
        }
        !is_misfit
    });
    for (_, value) in &mut values {
        listed(schema.fields(), value);
    }
    let mut rows = Rows {
        last: texts.first + texts.places.len() as i64 - 1,
        count: texts.places.len() as u64,
        ..Rows::default()
    };
    let mut work: Vec<&[(i64, Value)]> = match values.is_empty() {
        true => Vec::new(),
        false => vec![&values],
    };
    // A row that does not fit the columns is found by halving, like a row on which a mapping fails.
    while let Some(chunk) = work.pop() {
        match decode(schema, chunk) {
            Ok(Some(batch)) => {
                let numbers = chunk.iter().map(|(row, _)| *row).collect();
                rows.batches.push((numbers, batch));
            }
            Ok(None) => {}
            Err(_) => match chunk {
                [(row, value)] => refuse(*row, value, "other rows"),
                _ => {
                    let (first, second) = chunk.split_at(chunk.len() / 2);
                    work.push(second);
                    work.push(first);
                }
            },
        }
    }
    unreadable.sort_by_key(|bad| bad.row);
    rows.unreadable = unreadable;
    Ok(rows)
}

/// Where some rows have a list and others a single value, the single value is a list of one.
fn listed(fields: &Fields, value: &mut Value) {
    for field in fields.iter().filter(|field| field.data_type().is_nested()) {
        if let Some(value) = value.get_mut(field.name()) {
            fit(field.data_type(), value);
        }
    }
}

fn fit(wanted: &DataType, value: &mut Value) {
    match wanted {
        DataType::List(item) => {
            if !value.is_array() && !value.is_null() {
                *value = Value::Array(vec![value.take()]);
            }
            for one in value.as_array_mut().into_iter().flatten() {
                fit(item.data_type(), one);
            }
        }
        DataType::Struct(fields) => listed(fields, value),
        _ => {}
    }
}

fn decode(schema: &SchemaRef, rows: &[(i64, Value)]) -> Result<Option<RecordBatch>, ArrowError> {
    let mut decoder = arrow::json::ReaderBuilder::new(schema.clone())
        .with_coerce_primitive(true)
        .build_decoder()?;
    let rows: Vec<&Value> = rows.iter().map(|(_, value)| value).collect();
    decoder.serialize(&rows)?;
    decoder.flush()
}
