//! Further columns of a mapping, which silver keeps as JSON under their own names, and lists of golden values.

use crate::cells::{lists, texts as texts_of};
use crate::project::{is_free_text, is_standard};
use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, ListArray, StringArray, StringBuilder, StructArray,
};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, Field, Fields};
use datafusion::common::DataFusionError;
use datafusion::logical_expr::{ColumnarValue, ScalarUDF, Volatility, create_udf};
use datafusion::prelude::SessionContext;
use std::sync::Arc;

/// Registers:
///
/// - `json_entries(json)` → array of struct (key, value): those of a JSON object, as texts; blank ones and nulls are left out.
/// - `json_array(texts)` → a JSON array of a list of texts.
/// - `is_custom(entity, attribute)` → is it a mapping's further column, and no attribute of every project?
/// - `is_free_text(entity, attribute)` → may a steward write a value of it that no record states?
pub(super) fn register(context: &SessionContext) {
    let entries_of_json = function(
        "json_entries",
        vec![DataType::Utf8],
        DataType::List(entry()),
        |arrays| Ok(Arc::new(entries(&texts_of(arrays, 0)?)?)),
    );
    context.register_udf(entries_of_json);
    let texts = DataType::List(Arc::new(Field::new("item", DataType::Utf8, true)));
    let array_of_texts = function("json_array", vec![texts], DataType::Utf8, |arrays| {
        let mut written = StringBuilder::new();
        for list in lists(arrays, 0)?.iter() {
            written.append_option(list.map(|list| {
                let texts: Vec<&str> = list.as_string::<i32>().iter().flatten().collect();
                serde_json::Value::from(texts).to_string()
            }));
        }
        Ok(Arc::new(written.finish()))
    });
    context.register_udf(array_of_texts);
    context.register_udf(of_names("is_custom", |entity, name| {
        !is_standard(entity, name)
    }));
    context.register_udf(of_names("is_free_text", is_free_text));
}

/// A question about an attribute of an entity, by their names.
fn of_names(name: &str, ask: fn(&str, &str) -> bool) -> ScalarUDF {
    let texts = vec![DataType::Utf8; 2];
    function(name, texts, DataType::Boolean, move |arrays| {
        let (entities, names) = (texts_of(arrays, 0)?, texts_of(arrays, 1)?);
        let pairs = entities.iter().zip(names.iter());
        let answers: BooleanArray = pairs
            .map(|(entity, name)| Some(ask(entity?, name?)))
            .collect();
        Ok(Arc::new(answers))
    })
}

/// A function of arguments that are brought to its types.
fn function(
    name: &str,
    arguments: Vec<DataType>,
    answer: DataType,
    work: impl Fn(&[ArrayRef]) -> Result<ArrayRef, DataFusionError> + Send + Sync + 'static,
) -> ScalarUDF {
    let implementation = move |arguments: &[ColumnarValue]| {
        let arrays = ColumnarValue::values_to_arrays(arguments)?;
        Ok(ColumnarValue::Array(work(&arrays)?))
    };
    let implementation = Arc::new(implementation);
    create_udf(
        name,
        arguments,
        answer,
        Volatility::Immutable,
        implementation,
    )
}

fn entry_fields() -> Fields {
    Fields::from(vec![
        Field::new("key", DataType::Utf8, true),
        Field::new("value", DataType::Utf8, true),
    ])
}

/// What a list of entries holds.
fn entry() -> Arc<Field> {
    Arc::new(Field::new("item", DataType::Struct(entry_fields()), true))
}

fn entries(json: &StringArray) -> Result<ListArray, DataFusionError> {
    let (mut keys, mut values) = (StringBuilder::new(), StringBuilder::new());
    let mut lengths = Vec::with_capacity(json.len());
    for text in json {
        let found = text.map(entries_of).unwrap_or_default();
        lengths.push(found.len());
        for (key, value) in found {
            keys.append_value(key);
            values.append_value(value);
        }
    }
    let columns: Vec<ArrayRef> = vec![Arc::new(keys.finish()), Arc::new(values.finish())];
    let entries = StructArray::try_new(entry_fields(), columns, None)?;
    Ok(ListArray::try_new(
        entry(),
        OffsetBuffer::from_lengths(lengths),
        Arc::new(entries),
        None,
    )?)
}

fn entries_of(json: &str) -> Vec<(String, String)> {
    let Ok(serde_json::Value::Object(object)) = serde_json::from_str(json) else {
        return Vec::new();
    };
    let texts = object.into_iter().filter_map(|(key, value)| {
        let text = match value {
            serde_json::Value::Null => return None,
            serde_json::Value::String(text) => text.trim().to_owned(),
            other => other.to_string(),
        };
        (!text.is_empty()).then_some((key, text))
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use super::entries_of;

    #[test]
    fn reads_what_says_something() {
        let json = r#"{"segment":" vip ","tier":3,"empty":"","none":null}"#;
        let told = [("segment", "vip"), ("tier", "3")].map(|(k, v)| (k.to_owned(), v.to_owned()));
        let mut found = entries_of(json);
        found.sort();
        assert_eq!(found, told);
        assert_eq!(entries_of("no json"), []);
        assert_eq!(entries_of("[1]"), []);
    }
}
