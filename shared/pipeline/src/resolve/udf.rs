//! Functions of the matching SQL: evidence, its terms, the names of blocking rules.

use super::evidence::{self, ACCOUNT_FIELDS, Evidence, PERSON_FIELDS};
use super::rules::{self, Rule};
use crate::udf::integers;
use arrow::array::{
    Array, ArrayRef, AsArray, Int64Array, RecordBatch, StringArray, StringBuilder,
    StringViewBuilder,
};
use arrow::datatypes::{DataType, Int64Type};
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, Volatility, create_udf};
use datafusion::prelude::SessionContext;
use linkage::{Entity, MOST_COMPARISONS};
use std::collections::HashMap;
use std::sync::Arc;

/// Records that hold a value, by the value's term; of terms that are not there: one.
pub type Terms = HashMap<i64, u32>;

type Implementation = dyn Fn(&[ArrayRef], usize) -> ArrayRef + Send + Sync;

fn function(
    context: &SessionContext,
    name: &str,
    arguments: Vec<DataType>,
    result: DataType,
    implementation: Arc<Implementation>,
) {
    let implementation = move |arguments: &[ColumnarValue]| -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(arguments)?;
        let rows = arrays.first().map_or(0, |array| array.len());
        Ok(ColumnarValue::Array(implementation(&arrays, rows)))
    };
    let volatility = Volatility::Immutable;
    context.register_udf(create_udf(
        name,
        arguments,
        result,
        volatility,
        Arc::new(implementation),
    ));
}

/// Registers what does not depend on a model.
pub fn register(context: &SessionContext) {
    for (name, entity, fields) in [
        ("person_evidence", Entity::Person, PERSON_FIELDS),
        ("account_evidence", Entity::Account, ACCOUNT_FIELDS),
    ] {
        function(
            context,
            name,
            vec![DataType::Utf8; fields],
            DataType::Utf8View,
            Arc::new(move |arrays, rows| pack_evidence(entity, arrays, rows)),
        );
    }
    function(
        context,
        "evidence_field",
        vec![DataType::Utf8View, DataType::Int64],
        DataType::Utf8,
        Arc::new(evidence_field),
    );
}

/// `evidence_field(evidence, n)`: the n-th field, from 0; null where it is empty.
fn evidence_field(arrays: &[ArrayRef], rows: usize) -> ArrayRef {
    let (texts, fields) = (
        arrays[0].as_string_view(),
        arrays[1].as_primitive::<Int64Type>(),
    );
    let values = (0..rows).map(|row| {
        let evidence = Evidence::read(texts.value(row))?;
        let field = usize::try_from(fields.value(row)).ok()?;
        Some(evidence.field(field)).filter(|value| !value.is_empty())
    });
    Arc::new(StringArray::from_iter(values))
}

fn pack_evidence(entity: Entity, arrays: &[ArrayRef], rows: usize) -> ArrayRef {
    let columns: Vec<&StringArray> = arrays.iter().map(|array| array.as_string()).collect();
    let mut result = StringViewBuilder::with_capacity(rows);
    let mut values = Vec::with_capacity(columns.len());
    let mut packed = String::new();
    for row in 0..rows {
        values.clear();
        values.extend(columns.iter().map(|column| match column.is_null(row) {
            true => "",
            false => column.value(row),
        }));
        packed.clear();
        evidence::pack(entity, &values, &mut packed);
        result.append_value(&packed);
    }
    Arc::new(result.finish())
}

/// Registers `rule_names(bits)`: the names of the rules in it.
pub fn register_rules(context: &SessionContext, rules: Vec<Rule>) {
    function(
        context,
        "rule_names",
        vec![DataType::Int64],
        DataType::Utf8,
        Arc::new(move |arrays, rows| {
            let bits: &Int64Array = arrays[0].as_primitive();
            let mut result = StringBuilder::with_capacity(rows, rows * 16);
            for row in 0..rows {
                result.append_value(rules::names(&rules, bits.value(row)));
            }
            Arc::new(result.finish())
        }),
    );
}

/// Reads rows of (term, records).
pub fn terms_of(batches: &[RecordBatch]) -> crate::Result<Terms> {
    let mut terms = Terms::new();
    for batch in batches {
        let (keys, records) = (integers(batch, "term")?, integers(batch, "records")?);
        for (term, records) in keys.values().iter().zip(records.values()) {
            terms.insert(*term, u32::try_from(*records).unwrap_or(u32::MAX));
        }
    }
    Ok(terms)
}

/// Four bytes for each comparison; 0 where a value is missing. Of several values, the most common one.
pub fn holders(evidence: &str, terms: &Terms) -> [u8; 4 * MOST_COMPARISONS] {
    let mut counts = [0u32; MOST_COMPARISONS];
    let known = Evidence::read(evidence)
        .into_iter()
        .flat_map(Evidence::terms);
    for (at, term) in known {
        let records = terms.get(&term).copied().unwrap_or(1);
        if let Some(count) = counts.get_mut(at) {
            *count = (*count).max(records);
        }
    }
    let mut bytes = [0; 4 * MOST_COMPARISONS];
    let (places, _) = bytes.as_chunks_mut::<4>();
    for (place, count) in places.iter_mut().zip(counts) {
        *place = count.to_le_bytes();
    }
    bytes
}

/// As `linkage::Weights` takes them.
pub fn both_holders(a: &[u8], b: &[u8]) -> [[u32; 2]; MOST_COMPARISONS] {
    let mut both = [[0; 2]; MOST_COMPARISONS];
    let pairs = a.as_chunks::<4>().0.iter().zip(b.as_chunks::<4>().0);
    for (place, (a, b)) in both.iter_mut().zip(pairs) {
        *place = [u32::from_le_bytes(*a), u32::from_le_bytes(*b)];
    }
    both
}
