//! How much each attribute counts in `completeness_score`.

use crate::{PipelineError, Result, Run};
use arrow::array::{ArrayRef, Float64Array, RecordBatch};
use lake::Session;
use linkage::Entity;
use std::sync::Arc;

/// Registers `config.person_weights` and `config.account_weights`: one row, a column for the weight of each attribute, and `total`.
pub(super) fn register(run: &Run, session: &Session) -> Result<()> {
    for entity in [Entity::Person, Entity::Account] {
        let name = format!("config.{}_weights", entity.name());
        let weights = run
            .project
            .golden
            .weights()
            .filter(|(of, ..)| *of == entity.name());
        let mut columns: Vec<(&str, f64)> = weights
            .map(|(_, attribute, weight)| (attribute, weight))
            .collect();
        columns.push(("total", columns.iter().map(|(_, weight)| weight).sum()));
        let row = columns.into_iter().map(|(column, weight)| {
            let value: ArrayRef = Arc::new(Float64Array::from(vec![weight]));
            (column, value)
        });
        let row = RecordBatch::try_from_iter(row).map_err(PipelineError::arrow(name.clone()))?;
        session.register_rows(&name, row)?;
    }
    Ok(())
}
