//! The columns of all rows of a file together.

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::error::ArrowError;
use arrow::json::reader::infer_json_schema_from_iterator;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Columns found so far, and the rows that cannot stand in one table with those before: a text where they have an object.
#[derive(Default)]
pub struct Inferred {
    merged: Option<Schema>,
    misfits: BTreeSet<i64>,
}

impl Inferred {
    /// Takes in the next rows.
    pub fn add(&mut self, values: Vec<(i64, Value)>) {
        if values.is_empty() {
            return;
        }
        let whole = infer_json_schema_from_iterator(values.iter().map(|(_, value)| Ok(value)));
        let joined = whole.and_then(|whole| match &self.merged {
            None => Ok(whole),
            Some(merged) => merge(merged, &whole),
        });
        if let Ok(joined) = joined {
            self.merged = Some(joined);
            return;
        }
        for (row, value) in values {
            let alone = infer_json_schema_from_iterator(std::iter::once(Ok(&value)));
            let before = self.merged.take().unwrap_or_else(Schema::empty);
            let joined = alone.and_then(|alone| merge(&before, &alone));
            self.merged = Some(joined.unwrap_or_else(|_| {
                self.misfits.insert(row);
                before
            }));
        }
    }

    pub fn finish(self) -> (SchemaRef, BTreeSet<i64>) {
        let schema = self.merged.unwrap_or_else(Schema::empty);
        (Arc::new(schema), self.misfits)
    }
}

fn merge(a: &Schema, b: &Schema) -> Result<Schema, ArrowError> {
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
            Struct(merge(&Schema::new(a.clone()), &Schema::new(b.clone()))?.fields)
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
