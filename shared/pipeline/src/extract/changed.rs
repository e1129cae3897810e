//! What changed since the file before: the rows of that one are kept beside it, as Parquet.

use crate::project::ExtractRule;
use crate::{PipelineError, Result};
use arrow::array::{RecordBatch, RecordBatchReader};
use bytes::Bytes;
use datafusion::common::Column;
use datafusion::functions_aggregate::expr_fn::count;
use datafusion::logical_expr::{Expr, JoinType, Operator, binary_expr};
use datafusion::prelude::{DataFrame, SessionContext, coalesce, lit, when};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// The column that says how a row changed: `added`, `changed` or `removed`.
pub(super) const CHANGE: &str = "change";

/// The rows beside a file that has only changes: what the reader of all files has by then.
pub(super) const STATE: &str = "state.parquet";

/// A column by its very name.
pub(super) fn named(name: &str) -> Expr {
    Expr::Column(Column::from_name(name))
}

/// Errors where a key is not one: null, or of several rows.
pub(super) async fn check_key(rule: &ExtractRule, rows: &DataFrame) -> Result<()> {
    let what = || PipelineError::query(format!("the key of extract {}", rule.name));
    let fail = |why: String| PipelineError::Project {
        file: rule.file.clone(),
        message: format!("{why}; name other columns in key, or write rows = \"all\""),
    };
    let key: Vec<Expr> = rule.changed_by.iter().map(|name| named(name)).collect();
    let shown = rule.changed_by.join(", ");
    let nulls = key.iter().cloned().map(Expr::is_not_null);
    // Of several columns some may be empty, as a denied address has no customer.
    let some = nulls.reduce(Expr::or).unwrap_or_else(|| lit(false));
    let unnamed = rows.clone().filter(!some).map_err(what())?;
    let unnamed = unnamed.count().await.map_err(what())?;
    if unnamed > 0 {
        return Err(fail(format!("{unnamed} rows have no {shown}")));
    }
    let twice = rows
        .clone()
        .aggregate(key, vec![count(lit(1)).alias("rows_of_key")])
        .and_then(|groups| groups.filter(named("rows_of_key").gt(lit(1))))
        .map_err(what())?;
    let twice = twice.count().await.map_err(what())?;
    if twice > 0 {
        return Err(fail(format!(
            "{twice} values of {shown} stand in several rows"
        )));
    }
    Ok(())
}

/// The rows that are new, other or gone since `before`, a Parquet file; of those that are gone, the key.
pub(super) fn since(
    context: &SessionContext,
    rule: &ExtractRule,
    rows: DataFrame,
    before: Option<Bytes>,
) -> Result<DataFrame> {
    let what = || PipelineError::query(format!("what changed of extract {}", rule.name));
    let names: Vec<String> = rows
        .schema()
        .fields()
        .iter()
        .map(|field| field.name().clone())
        .collect();
    let Some(before) = before else {
        let mut columns = vec![lit("added").alias(CHANGE)];
        columns.extend(names.iter().map(|name| named(name)));
        return rows.select(columns).map_err(what());
    };
    let unreadable = |error: String| {
        PipelineError::Invalid(format!("{STATE} of extract {}: {error}", rule.name))
    };
    let reader = ParquetRecordBatchReaderBuilder::try_new(before)
        .and_then(|builder| builder.build())
        .map_err(|error| unreadable(error.to_string()))?;
    // A file of no rows has columns all the same.
    let mut batches = vec![RecordBatch::new_empty(reader.schema())];
    for batch in reader {
        batches.push(batch.map_err(|error| unreadable(error.to_string()))?);
    }
    let was = |name: &str| format!("before {name}");
    let before = context.read_batches(batches).map_err(what())?;
    let known: Vec<String> = before
        .schema()
        .fields()
        .iter()
        .map(|field| field.name().clone())
        .collect();
    if let Some(key) = rule.changed_by.iter().find(|key| !known.contains(key)) {
        return Err(PipelineError::Project {
            file: rule.file.clone(),
            message: format!(
                "the file before told its rows by other columns than {key:?}; give the extract another name, and its files begin anew"
            ),
        });
    }
    let renamed = known.iter().map(|name| named(name).alias(was(name)));
    let mut renamed: Vec<Expr> = renamed.collect();
    renamed.push(lit(true).alias("was there"));
    let before = before.select(renamed).map_err(what())?;
    let mut present: Vec<Expr> = names.iter().map(|name| named(name)).collect();
    present.push(lit(true).alias("is there"));
    let rows = rows.select(present).map_err(what())?;
    // Keys may be empty in part, and an empty one is itself.
    let same = rule
        .changed_by
        .iter()
        .map(|key| binary_expr(named(key), Operator::IsNotDistinctFrom, named(&was(key))));
    let both = rows.join_on(before, JoinType::Full, same).map_err(what())?;
    let is_new = named("was there").is_null();
    let is_gone = named("is there").is_null();
    let is_other = names.iter().map(|name| match known.contains(name) {
        true => binary_expr(named(name), Operator::IsDistinctFrom, named(&was(name))),
        false => lit(true),
    });
    let differs = is_other.fold(is_new.clone().or(is_gone.clone()), Expr::or);
    let change = when(is_gone, lit("removed"))
        .when(is_new, lit("added"))
        .otherwise(lit("changed"))
        .map_err(what())?;
    let mut columns = vec![change.alias(CHANGE)];
    columns.extend(
        names
            .iter()
            .map(|name| match rule.changed_by.contains(name) {
                true => coalesce(vec![named(name), named(&was(name))]).alias(name),
                false => named(name),
            }),
    );
    let changed = both.filter(differs).map_err(what())?;
    changed.select(columns).map_err(what())
}
