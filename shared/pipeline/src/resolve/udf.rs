//! Functions of the matching SQL: evidence, the blocks that two records share, comparison vectors, match weights.

use super::evidence::{self, ACCOUNT_FIELDS, Evidence, PERSON_FIELDS};
use super::{rules, shared_blocks};
use crate::udf::integers;
use arrow::array::{
    Array, ArrayRef, AsArray, BinaryViewArray, BinaryViewBuilder, Float64Builder, Int64Array,
    Int64Builder, ListBuilder, RecordBatch, StringArray, StringBuilder, StringViewArray,
    StringViewBuilder,
};
use arrow::datatypes::{DataType, Field, Int64Type};
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, Volatility, create_udf};
use datafusion::prelude::SessionContext;
use linkage::{Entity, MOST_COMPARISONS, Vector, Weights};
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
        "rule_names",
        vec![DataType::Utf8, DataType::Int64],
        DataType::Utf8,
        Arc::new(|arrays, rows| rule_names(arrays[0].as_string(), arrays[1].as_primitive(), rows)),
    );
    let list = DataType::List(Arc::new(Field::new_list_field(DataType::Int64, true)));
    function(
        context,
        "evidence_terms",
        vec![DataType::Utf8View],
        list.clone(),
        Arc::new(|arrays, rows| terms(arrays[0].as_string_view(), rows)),
    );
    function(
        context,
        "block_list",
        vec![list],
        DataType::BinaryView,
        Arc::new(|arrays, rows| block_list(&arrays[0], rows)),
    );
    function(
        context,
        "rules_of_pair",
        vec![DataType::BinaryView, DataType::BinaryView, DataType::Int64],
        DataType::Int64,
        Arc::new(|arrays, rows| {
            let (a, b): (&BinaryViewArray, &BinaryViewArray) =
                (arrays[0].as_binary_view(), arrays[1].as_binary_view());
            let blocks: &Int64Array = arrays[2].as_primitive();
            let mut result = Int64Builder::with_capacity(rows);
            for row in 0..rows {
                let rules =
                    shared_blocks::rules_of_pair(a.value(row), b.value(row), blocks.value(row));
                result.append_value(rules.unwrap_or_default());
            }
            Arc::new(result.finish())
        }),
    );
    function(
        context,
        "comparison_vector",
        vec![DataType::Utf8View, DataType::Utf8View],
        DataType::Int64,
        Arc::new(|arrays, rows| {
            let (a, b): (&StringViewArray, &StringViewArray) =
                (arrays[0].as_string_view(), arrays[1].as_string_view());
            let vectors =
                (0..rows).map(|row| evidence::compare(a.value(row), b.value(row)).0 as i64);
            Arc::new(Int64Array::from_iter_values(vectors))
        }),
    );
}

/// Registers `evidence_holders(evidence)`: how many records hold each of a record's values.
pub fn register_terms(context: &SessionContext, terms: Arc<Terms>) {
    function(
        context,
        "evidence_holders",
        vec![DataType::Utf8View],
        DataType::BinaryView,
        Arc::new(move |arrays, rows| {
            let column: &StringViewArray = arrays[0].as_string_view();
            let mut result = BinaryViewBuilder::with_capacity(rows);
            for row in 0..rows {
                result.append_value(holders(column.value(row), &terms));
            }
            Arc::new(result.finish())
        }),
    );
}

/// Registers `match_weight(vector, holders, holders)`, and of the same `weight_beyond_names`: bits.
pub fn register_weights(context: &SessionContext, weights: &Arc<Weights>) {
    type Weigh = fn(&Weights, Vector, &[[u32; 2]]) -> f64;
    let functions: [(&str, Weigh); 2] = [
        ("match_weight", Weights::match_weight),
        ("weight_beyond_names", Weights::weight_beyond_names),
    ];
    for (name, weigh) in functions {
        let weights = weights.clone();
        function(
            context,
            name,
            vec![DataType::Int64, DataType::BinaryView, DataType::BinaryView],
            DataType::Float64,
            Arc::new(move |arrays, rows| {
                let vectors: &Int64Array = arrays[0].as_primitive();
                let (a, b): (&BinaryViewArray, &BinaryViewArray) =
                    (arrays[1].as_binary_view(), arrays[2].as_binary_view());
                let mut result = Float64Builder::with_capacity(rows);
                for row in 0..rows {
                    let vector = Vector(vectors.value(row) as u64);
                    let holders = both_holders(a.value(row), b.value(row));
                    result.append_value(weigh(&weights, vector, &holders));
                }
                Arc::new(result.finish())
            }),
        );
    }
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

fn rule_names(entities: &StringArray, bits: &Int64Array, rows: usize) -> ArrayRef {
    let mut result = StringBuilder::with_capacity(rows, rows * 16);
    for row in 0..rows {
        let entity = Entity::named(entities.value(row));
        result.append_option(entity.map(|entity| rules::names(entity, bits.value(row))));
    }
    Arc::new(result.finish())
}

fn terms(column: &StringViewArray, rows: usize) -> ArrayRef {
    let mut result = ListBuilder::new(Int64Builder::new());
    for row in 0..rows {
        let evidence = Evidence::read(column.value(row));
        for (_, term) in evidence.into_iter().flat_map(Evidence::terms) {
            result.values().append_value(term);
        }
        result.append(true);
    }
    Arc::new(result.finish())
}

fn block_list(lists: &ArrayRef, rows: usize) -> ArrayRef {
    let lists = lists.as_list::<i32>();
    let mut result = BinaryViewBuilder::with_capacity(rows);
    let mut packed = Vec::new();
    for row in 0..rows {
        let labels = lists.value(row);
        let labels = labels.as_primitive::<Int64Type>();
        shared_blocks::pack(labels.values().iter().copied(), &mut packed);
        result.append_value(&packed);
    }
    Arc::new(result.finish())
}

/// Reads rows of (term, records).
pub fn terms_of(batches: &[RecordBatch]) -> Terms {
    let mut terms = Terms::new();
    for batch in batches {
        let columns = (integers(batch, "term"), integers(batch, "records"));
        if let (Some(keys), Some(records)) = columns {
            for (term, records) in keys.values().iter().zip(records.values()) {
                terms.insert(*term, u32::try_from(*records).unwrap_or(u32::MAX));
            }
        }
    }
    terms
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
