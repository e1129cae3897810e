//! What a review item says for itself: the terms of its match weight, in words.

use super::train::Trained;
use arrow::array::{Array, AsArray, StringBuilder};
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use datafusion::logical_expr::{ColumnarValue, Volatility, create_udf};
use lake::Session;
use linkage::{Entity, Vector, Weights};
use std::cmp::Reverse;
use std::sync::Arc;

/// Registers `weight_terms(entity, vector, match_weight)`: the terms that sum up to the weight of an edge.
pub fn register(session: &Session, models: &[Trained]) {
    let models: Vec<(Entity, Weights)> = models
        .iter()
        .map(|trained| (trained.model.entity(), trained.weights()))
        .collect();
    let implementation = move |arguments: &[ColumnarValue]| {
        let arrays = ColumnarValue::values_to_arrays(arguments)?;
        let entities = arrays[0].as_string::<i32>();
        let vectors = arrays[1].as_primitive::<Int64Type>();
        let sums = arrays[2].as_primitive::<Float64Type>();
        let mut result = StringBuilder::new();
        for row in 0..entities.len() {
            let is_weighed = !vectors.is_null(row) && !sums.is_null(row);
            let of_entity = models
                .iter()
                .find(|(entity, _)| is_weighed && entity.name() == entities.value(row));
            result.append_option(of_entity.map(|(_, weights)| {
                in_words(weights, Vector(vectors.value(row) as u64), sums.value(row))
            }));
        }
        Ok(ColumnarValue::Array(Arc::new(result.finish())))
    };
    session.context.register_udf(create_udf(
        "weight_terms",
        vec![DataType::Utf8, DataType::Int64, DataType::Float64],
        DataType::Utf8,
        Volatility::Immutable,
        Arc::new(implementation),
    ));
}

/// `for: email exact +9.1, family name exact +6.0; against: chance -17.2; in all -2.1 bits`, the heaviest first.
fn in_words(weights: &Weights, vector: Vector, sum: f64) -> String {
    let mut terms: Vec<(String, f64)> = Vec::new();
    // How rare the values are is in the sum, and not in the vector.
    let mut rarity = sum;
    for part in weights.explain(vector, &[]) {
        rarity -= part.weight;
        let name = match part.comparison {
            "prior" => "chance".to_owned(),
            name => format!("{name} {}", part.level.replace('_', " "))
                .trim_end()
                .to_owned(),
        };
        terms.push((name, part.weight));
    }
    terms.push(("rarity of the values".to_owned(), rarity));
    // What rounds to nothing says nothing.
    terms.retain(|(_, bits)| bits.abs() >= 0.05);
    terms.sort_by_key(|(_, bits)| Reverse((bits.abs() * 1e6) as i64));
    let list = |says_for: bool| -> String {
        let said = terms.iter().filter(|(_, bits)| (*bits > 0.0) == says_for);
        let said: Vec<String> = said
            .map(|(name, bits)| format!("{name} {bits:+.1}"))
            .collect();
        match said.is_empty() {
            true => "nothing".to_owned(),
            false => said.join(", "),
        }
    };
    format!(
        "for: {}; against: {}; in all {sum:+.1} bits",
        list(true),
        list(false)
    )
}
