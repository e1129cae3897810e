//! `json_text(json, key)`: further columns of a mapping, which silver keeps as JSON under their own names.

use arrow::array::{Array, AsArray, StringArray, StringBuilder};
use arrow::datatypes::DataType;
use datafusion::logical_expr::{ColumnarValue, ScalarUDF, Volatility, create_udf};
use std::sync::Arc;

/// `json_text(json, key)` → text: the value of a key of a JSON object; null where it is missing, null or blank.
pub(super) fn json_text() -> ScalarUDF {
    let implementation = |arguments: &[ColumnarValue]| {
        let arrays = ColumnarValue::values_to_arrays(arguments)?;
        let (json, key): (&StringArray, &StringArray) =
            (arrays[0].as_string(), arrays[1].as_string());
        let mut texts = StringBuilder::new();
        for row in 0..json.len() {
            let text = (!json.is_null(row) && !key.is_null(row))
                .then(|| value_of(json.value(row), key.value(row)))
                .flatten();
            texts.append_option(text);
        }
        Ok(ColumnarValue::Array(Arc::new(texts.finish())))
    };
    create_udf(
        "json_text",
        vec![DataType::Utf8; 2],
        DataType::Utf8,
        Volatility::Immutable,
        Arc::new(implementation),
    )
}

fn value_of(json: &str, key: &str) -> Option<String> {
    let object: serde_json::Value = serde_json::from_str(json).ok()?;
    let text = match object.get(key)? {
        serde_json::Value::Null => return None,
        serde_json::Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::value_of;

    #[test]
    fn reads_one_value() {
        let json = r#"{"segment":" vip ","tier":3,"empty":"","none":null}"#;
        assert_eq!(value_of(json, "segment").as_deref(), Some("vip"));
        assert_eq!(value_of(json, "tier").as_deref(), Some("3"));
        assert_eq!(value_of(json, "empty"), None);
        assert_eq!(value_of(json, "none"), None);
        assert_eq!(value_of(json, "other"), None);
        assert_eq!(value_of("no json", "segment"), None);
    }
}
