//! Our functions for SQL: keys, comparisons, and how many people a value's names belong to.

use crate::{PipelineError, compare};
use arrow::array::{
    Array, ArrayRef, AsArray, Float64Builder, Int64Array, Int64Builder, RecordBatch, StringArray,
    StringBuilder,
};
use arrow::datatypes::{DataType, Int64Type};
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, Volatility, create_udf};
use datafusion::prelude::SessionContext;
use records::country::Country;
use records::geocode::postcode_keys;
use records::name::fold;
use records::organization::{CompanyName, Domain};
use std::collections::HashMap;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;
/// Similarity from which two spellings are one organization.
const SAME_ORGANIZATION: f64 = 0.85;

/// The integer that stands for a text in joins: xxh3-64.
pub fn key_hash(text: &str) -> i64 {
    xxh3_64(text.as_bytes()) as i64
}

/// `record_key` of (entity, source system, record id).
pub fn record_key(entity: &str, source_system: &str, source_record_id: &str) -> i64 {
    key_hash(&[entity, source_system, source_record_id].join("\u{1f}"))
}

/// `contact_key` of (channel, value).
pub fn contact_key(channel: &str, value: &str) -> i64 {
    key_hash(&[channel, value].join("\u{1f}"))
}

/// Registers every function of ours.
pub fn register(context: &SessionContext) {
    integer(context, "key_hash", 1, |text| Some(key_hash(text[0])));
    integer(context, "contact_key", 2, |text| {
        Some(contact_key(text[0], text[1]))
    });
    integer(context, "record_key", 3, |text| {
        Some(record_key(text[0], text[1], text[2]))
    });
    integer(context, "postcode_key", 2, |text| {
        Some(postcode_key(text[0], &postcode(text)?.0))
    });
    integer(context, "postcode_area_key", 2, |text| {
        Some(postcode_key(text[0], &postcode(text)?.1?))
    });
    integer(context, "is_free_mail", 1, |text| {
        let domain = Domain::from_host(text[0]);
        Some(i64::from(
            domain.is_some_and(|domain| domain.is_free_mail()),
        ))
    });
    text(context, "folded", fold);
    text(context, "phonetic", linkage::phonetic);
    text(context, "postcode_form", postcode_form);
    text(context, "company_key", |text| {
        CompanyName::parse(text).map_or(String::new(), |name| name.key())
    });
    text(context, "sorted_words", |text| {
        let mut words: Vec<&str> = text.split(' ').collect();
        words.sort_unstable();
        words.concat()
    });
    text(context, "longest_word", |text| {
        let words = text.split(' ').rev();
        words
            .max_by_key(|word| word.len())
            .unwrap_or_default()
            .to_owned()
    });
    word(context, "name_level", |text| {
        compare::name(text[0], text[1], text[2], text[3]).0.name()
    });
    word(
        context,
        "are_relatives_names",
        |text| match compare::are_relatives_names(text[0], text[1], text[2], text[3]) {
            true => "yes",
            false => "no",
        },
    );
    number(context, "name_similarity", 4, |text| {
        compare::name(text[0], text[1], text[2], text[3]).1
    });
    number(context, "address_similarity", 2, |text| {
        linkage::address_similarity(text[0], text[1])
    });
    number(context, "organization_similarity", 2, |text| {
        linkage::organization_similarity(text[0], text[1])
    });
    crate::resolve::udf::register(context);
    crate::udf_rows::register(context);
    crate::udf_consent::register(context);
}

/// What `postcode` of (country, postcode) is looked up by, see [`postcode_keys`].
fn postcode(text: &[&str]) -> Option<(String, Option<String>)> {
    postcode_keys(Country::parse(text[0])?, text[1])
}

/// Lower-case letters and digits; of nine digits the five of a ZIP code.
fn postcode_form(text: &str) -> String {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    let mut form: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    if form.len() == 9 && form.bytes().all(|b| b.is_ascii_digit()) {
        form.truncate(5);
    }
    form
}

fn postcode_key(country: &str, code: &str) -> i64 {
    key_hash(&[country, code].join("\u{1f}"))
}

/// How many organizations, at least, stand under one value: spellings of one name are one.
pub(crate) fn organization_groups(names: &[(String, String)]) -> usize {
    let mut groups: Vec<&str> = Vec::new();
    for (name, _) in names {
        let is_new = !groups
            .iter()
            .any(|group| linkage::organization_similarity(group, name) >= SAME_ORGANIZATION);
        if is_new {
            groups.push(name);
        }
    }
    groups.len()
}

/// Columns of text; a null is `""`, which is how the keys say "missing".
fn texts(arguments: &[ColumnarValue]) -> Result<Vec<ArrayRef>> {
    ColumnarValue::values_to_arrays(arguments)
}

fn text_at<'a>(columns: &[&'a StringArray], row: usize, into: &mut Vec<&'a str>) {
    into.clear();
    into.extend(columns.iter().map(|column| {
        if column.is_null(row) {
            ""
        } else {
            column.value(row)
        }
    }));
}

fn integer(context: &SessionContext, name: &str, arity: usize, f: fn(&[&str]) -> Option<i64>) {
    let implementation = move |arguments: &[ColumnarValue]| {
        let arrays = texts(arguments)?;
        let columns: Vec<&StringArray> = arrays.iter().map(|array| array.as_string()).collect();
        let rows = columns.first().map_or(0, |column| column.len());
        let mut result = Int64Builder::with_capacity(rows);
        let mut row_texts = Vec::with_capacity(columns.len());
        for row in 0..rows {
            // A key of nothing is nothing.
            if columns.iter().any(|column| column.is_null(row)) {
                result.append_null();
                continue;
            }
            text_at(&columns, row, &mut row_texts);
            result.append_option(f(&row_texts));
        }
        Ok(ColumnarValue::Array(Arc::new(result.finish())))
    };
    context.register_udf(create_udf(
        name,
        vec![DataType::Utf8; arity],
        DataType::Int64,
        Volatility::Immutable,
        Arc::new(implementation),
    ));
}

fn number(context: &SessionContext, name: &str, arity: usize, f: fn(&[&str]) -> f64) {
    let implementation = move |arguments: &[ColumnarValue]| {
        let arrays = texts(arguments)?;
        let columns: Vec<&StringArray> = arrays.iter().map(|array| array.as_string()).collect();
        let rows = columns.first().map_or(0, |column| column.len());
        let mut result = Float64Builder::with_capacity(rows);
        let mut row_texts = Vec::with_capacity(columns.len());
        for row in 0..rows {
            text_at(&columns, row, &mut row_texts);
            result.append_value(f(&row_texts));
        }
        Ok(ColumnarValue::Array(Arc::new(result.finish())))
    };
    context.register_udf(create_udf(
        name,
        vec![DataType::Utf8; arity],
        DataType::Float64,
        Volatility::Immutable,
        Arc::new(implementation),
    ));
}

/// A function of one text; `""` is null.
pub(crate) fn text(
    context: &SessionContext,
    name: &str,
    f: impl Fn(&str) -> String + Send + Sync + 'static,
) {
    let implementation = move |arguments: &[ColumnarValue]| {
        let arrays = texts(arguments)?;
        let column: &StringArray = arrays[0].as_string();
        let mut result = StringBuilder::with_capacity(column.len(), column.len() * 8);
        // Towns and names come again and again.
        let mut known: HashMap<&str, String> = HashMap::new();
        for value in column {
            let made = value.map(|value| known.entry(value).or_insert_with(|| f(value)));
            result.append_option(made.filter(|text| !text.is_empty()));
        }
        Ok(ColumnarValue::Array(Arc::new(result.finish())))
    };
    context.register_udf(create_udf(
        name,
        vec![DataType::Utf8],
        DataType::Utf8,
        Volatility::Immutable,
        Arc::new(implementation),
    ));
}

fn word(context: &SessionContext, name: &str, f: fn(&[&str]) -> &'static str) {
    let implementation = move |arguments: &[ColumnarValue]| {
        let arrays = texts(arguments)?;
        let columns: Vec<&StringArray> = arrays.iter().map(|array| array.as_string()).collect();
        let rows = columns.first().map_or(0, |column| column.len());
        let mut result = StringBuilder::with_capacity(rows, rows * 8);
        let mut row_texts = Vec::with_capacity(columns.len());
        for row in 0..rows {
            text_at(&columns, row, &mut row_texts);
            result.append_value(f(&row_texts));
        }
        Ok(ColumnarValue::Array(Arc::new(result.finish())))
    };
    context.register_udf(create_udf(
        name,
        vec![DataType::Utf8; 4],
        DataType::Utf8,
        Volatility::Immutable,
        Arc::new(implementation),
    ));
}

/// A column of 64-bit integers.
pub(crate) fn integers<'a>(batch: &'a RecordBatch, name: &str) -> crate::Result<&'a Int64Array> {
    let column = batch.column_by_name(name);
    let column = column.and_then(|column| column.as_primitive_opt::<Int64Type>());
    column.ok_or_else(|| PipelineError::Invalid(format!("no column {name} of integers")))
}

/// A column of text.
pub(crate) fn strings<'a>(batch: &'a RecordBatch, name: &str) -> crate::Result<&'a StringArray> {
    let column = batch.column_by_name(name);
    let column = column.and_then(|column| column.as_string_opt::<i32>());
    column.ok_or_else(|| PipelineError::Invalid(format!("no column {name} of text")))
}
