//! NDJSON: one object a line; a row has the keys it has.

use super::{BATCH, Input, Unreadable, shown};
use crate::mapping::Shapes;
use crate::project::Feed;
use arrow::array::RecordBatch;
use arrow::datatypes::{DataType, Field, Fields, Schema, SchemaRef};
use arrow::error::ArrowError;
use serde_json::Value;
use std::sync::Arc;

/// Reads one object a line; the columns are those of all rows together, and what the feed's mapping asks of them.
pub(super) fn read(feed: &Feed, content: &[u8]) -> Result<Input, String> {
    refuse_other_json(content)?;
    let mut values: Vec<(i64, Value)> = Vec::new();
    let mut unreadable = Vec::new();
    let mut row = 0;
    for line in content.split(|byte| *byte == b'\n') {
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        row += 1;
        match serde_json::from_slice::<Value>(line) {
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
    let (schema, absent) = Shapes::of(feed, &schema).complete(&schema);
    for (_, value) in &mut values {
        listed(schema.fields(), value);
    }
    let mut batches = Vec::new();
    let mut work: Vec<&[(i64, Value)]> = values.chunks(BATCH).rev().collect();
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
        is_sparse: true,
        absent,
    })
}

/// One array, or one object over several lines, would be a file of unreadable rows.
fn refuse_other_json(content: &[u8]) -> Result<(), String> {
    let content = content.trim_ascii();
    let (first, rest) = match content.iter().position(|byte| *byte == b'\n') {
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

/// Where some rows have a list and others a single value, the single value is a list of one.
fn listed(fields: &Fields, value: &mut Value) {
    for field in fields {
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

/// The columns of all rows together. A row whose field is, say, a text where the rows before had an object cannot stand
/// in one table with them: it goes to quarantine.
fn infer(
    values: &mut Vec<(i64, Value)>,
    unreadable: &mut Vec<Unreadable>,
) -> Result<SchemaRef, String> {
    let whole = arrow::json::reader::infer_json_schema_from_iterator(
        values.iter().map(|(_, value)| Ok(value)),
    );
    if let Ok(schema) = whole {
        return Ok(Arc::new(schema));
    }
    let mut kept: Vec<(i64, Value)> = Vec::with_capacity(values.len());
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

fn merge_json(a: &Schema, b: &Schema) -> Result<Schema, ArrowError> {
    let mut fields: Vec<Field> = a
        .fields()
        .iter()
        .map(|field| field.as_ref().clone())
        .collect();
    for field in b.fields() {
        match fields.iter_mut().find(|known| known.name() == field.name()) {
            None => fields.push(field.as_ref().clone()),
            Some(known) => {
                let merged = merge_types(known.data_type(), field.data_type())?;
                *known = Field::new(field.name(), merged, true);
            }
        }
    }
    Ok(Schema::new(fields))
}

/// A single value beside lists is a list of one; numbers beside other values are text, as the decoder makes them.
fn merge_types(a: &DataType, b: &DataType) -> Result<DataType, ArrowError> {
    use DataType::{Float64, Int64, List, Null, Struct};
    Ok(match (a, b) {
        (Null, other) | (other, Null) => other.clone(),
        (a, b) if a == b => a.clone(),
        (Struct(a), Struct(b)) => {
            Struct(merge_json(&Schema::new(a.clone()), &Schema::new(b.clone()))?.fields)
        }
        (List(a), List(b)) => list(merge_types(a.data_type(), b.data_type())?),
        (List(item), one) | (one, List(item)) => list(merge_types(item.data_type(), one)?),
        (Int64, Float64) | (Float64, Int64) => Float64,
        (a, b) if !a.is_nested() && !b.is_nested() => DataType::Utf8,
        (a, b) => return Err(ArrowError::SchemaError(format!("{b} here and {a} there"))),
    })
}

fn list(item: DataType) -> DataType {
    DataType::List(Arc::new(Field::new_list_field(item, true)))
}
