//! JSON: one object a line, objects over several lines, or an array of objects; a row has the keys it has.

mod pieces;
mod schema;

use super::{Chunk, Content, Layout, Reader, Rows, Unreadable, shown};
use crate::mapping::Shapes;
use crate::project::Feed;
use arrow::array::RecordBatch;
use arrow::datatypes::{DataType, Fields, SchemaRef};
use arrow::error::ArrowError;
use pieces::{Pieces, Texts};
use schema::Inferred;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A row may have so many times the bytes that a field may have.
const FIELDS_OF_A_ROW: usize = 4;

/// Opens a text of JSON objects; the columns are those of all rows together, which a first pass finds, and what the feed's
/// mapping asks of them.
pub(super) fn open(feed: &Feed, content: &Content) -> Result<Reader, String> {
    let mut inferred = Inferred::default();
    for texts in Pieces::open(feed, content)? {
        let (values, _) = texts?.values();
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
    let chunks = Pieces::open(feed, content)?.map(move |texts| {
        let (texts, schema, misfits) = (texts?, schema.clone(), misfits.clone());
        Ok(Box::new(move || read(&texts, &schema, &misfits)) as Chunk)
    });
    Ok(Reader {
        layout,
        chunks: Box::new(chunks),
    })
}

impl Texts {
    /// The rows that are objects, with their numbers, and those that are not.
    fn values(&self) -> (Vec<(i64, Value)>, Vec<Unreadable>) {
        let mut values = Vec::with_capacity(self.places.len());
        let mut unreadable = Vec::new();
        for (position, place) in self.places.iter().enumerate() {
            let row = self.first + position as i64;
            let text = self.text[place.clone()].trim_ascii();
            match self.value(text) {
                Ok(value) => values.push((row, value)),
                Err(reason) => unreadable.push(Unreadable {
                    row,
                    reason,
                    raw: shown(text),
                }),
            }
        }
        (values, unreadable)
    }

    fn value(&self, text: &[u8]) -> Result<Value, String> {
        let most = self.max_field;
        let too_long = |what: &str, most: usize| {
            Err(format!(
                "{what} has more than {most} bytes (max_field_mb of the feed)"
            ))
        };
        if text.len() > FIELDS_OF_A_ROW * most {
            return too_long("the row", FIELDS_OF_A_ROW * most);
        }
        match serde_json::from_slice::<Value>(text) {
            Ok(value) if text.len() > most && has_longer(&value, most) => too_long("a field", most),
            Ok(value) if value.is_object() => Ok(value),
            Ok(_) => Err("it is JSON but no object".into()),
            Err(error) => Err(format!("it is no JSON object: {error}")),
        }
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
