//! Where each column of a mapping comes from, read from its logical plan.

use super::{Mapping, ROW, rowwise};
use crate::ingest::Layout;
use crate::project::Feed;
use crate::{PipelineError, Result};
use arrow::datatypes::{Fields, Schema};
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{DFSchema, DataFusionError};
use datafusion::logical_expr::{Expr, LogicalPlan, Operator};
use std::collections::BTreeSet;

/// One column that a mapping yields.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct ColumnLineage {
    pub column: String,
    /// Columns of the file; none: a constant.
    pub from: BTreeSet<String>,
    /// Functions, operators and casts on the way, such as `coalesce` or `CAST(Date32)`.
    pub through: BTreeSet<String>,
}

/// What a mapping reads.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct MappingLineage {
    pub columns: Vec<ColumnLineage>,
    /// Columns of the file that decide in WHERE which rows are kept.
    pub filters: BTreeSet<String>,
    /// Columns of the file that nothing reads.
    pub unread: Vec<String>,
}

impl Mapping {
    /// The lineage of a feed's mapping over a file's columns. Errors as [`Mapping::plan`].
    pub async fn lineage(feed: &Feed, file: &Layout) -> Result<MappingLineage> {
        let planned = Mapping::plan(feed, file).await?;
        // The columns as planned: with those that no row has.
        let fields = planned.input.fields().iter();
        let fields: Fields = fields
            .filter(|field| field.name() != ROW)
            .cloned()
            .collect();
        let columns = Schema::new(fields);
        let what = || PipelineError::query("reading a mapping's lineage");
        let (context, _) = Mapping::context(&columns).map_err(what())?;
        let plan = rowwise::plan(feed, &columns, &context.state()).await;
        let plan = plan.map_err(|fault| fault.explain(feed, &file.schema, None))?;
        let mut lineage = MappingLineage::default();
        let origins = trace(&plan, &mut lineage.filters).map_err(what())?;
        let names = plan.schema().fields().iter().map(|field| field.name());
        for (name, origin) in names.zip(origins) {
            if name != ROW {
                lineage.columns.push(ColumnLineage {
                    column: name.clone(),
                    ..origin
                });
            }
        }
        let is_read = |name: &String| {
            let mut columns = lineage.columns.iter();
            columns.any(|column| column.from.contains(name)) || lineage.filters.contains(name)
        };
        let fields = file.schema.fields().iter().map(|field| field.name());
        lineage.unread = fields.filter(|name| !is_read(name)).cloned().collect();
        Ok(lineage)
    }
}

/// The origin of each field of a plan's schema, in order.
fn trace(
    plan: &LogicalPlan,
    filters: &mut BTreeSet<String>,
) -> Result<Vec<ColumnLineage>, DataFusionError> {
    Ok(match plan {
        LogicalPlan::TableScan(scan) => {
            let fields = scan.projected_schema.fields().iter();
            fields
                .map(|field| ColumnLineage {
                    from: BTreeSet::from([field.name().clone()]),
                    ..ColumnLineage::default()
                })
                .collect()
        }
        LogicalPlan::Projection(projection) => {
            let input = trace(&projection.input, filters)?;
            let schema = projection.input.schema();
            let expressions = projection.expr.iter();
            expressions
                .map(|expression| origin(expression, schema, &input))
                .collect::<Result<_, _>>()?
        }
        LogicalPlan::Filter(filter) => {
            let input = trace(&filter.input, filters)?;
            filters.extend(origin(&filter.predicate, filter.input.schema(), &input)?.from);
            input
        }
        LogicalPlan::Unnest(unnest) => {
            let input = trace(&unnest.input, filters)?;
            let lists: BTreeSet<usize> = unnest
                .list_type_columns
                .iter()
                .map(|(index, _)| *index)
                .collect();
            let dependencies = unnest.dependency_indices.iter();
            dependencies
                .map(|index| {
                    let mut origin = input.get(*index).cloned().unwrap_or_default();
                    if lists.contains(index) {
                        origin.through.insert("unnest".into());
                    }
                    origin
                })
                .collect()
        }
        LogicalPlan::SubqueryAlias(alias) => trace(&alias.input, filters)?,
        other => {
            let fields = other.schema().fields().len();
            vec![ColumnLineage::default(); fields]
        }
    })
}

fn origin(
    expression: &Expr,
    schema: &DFSchema,
    input: &[ColumnLineage],
) -> Result<ColumnLineage, DataFusionError> {
    let mut found = ColumnLineage::default();
    expression.apply(|part| {
        if let Expr::Column(column) = part {
            let origin = schema
                .maybe_index_of_column(column)
                .and_then(|index| input.get(index));
            if let Some(origin) = origin {
                found.from.extend(origin.from.iter().cloned());
                found.through.extend(origin.through.iter().cloned());
            }
        }
        found.through.extend(name(part));
        Ok(TreeNodeRecursion::Continue)
    })?;
    Ok(found)
}

/// What an expression does to a value; nothing for those that only name or carry it.
fn name(expression: &Expr) -> Option<String> {
    Some(match expression {
        Expr::ScalarFunction(call) => call.func.name().to_owned(),
        Expr::Cast(cast) => format!("CAST({})", cast.field.data_type()),
        Expr::TryCast(cast) => format!("TRY_CAST({})", cast.field.data_type()),
        Expr::Case(_) => "CASE".into(),
        Expr::BinaryExpr(binary) if binary.op == Operator::StringConcat => "||".into(),
        Expr::BinaryExpr(binary) => binary.op.to_string(),
        Expr::Like(_) => "LIKE".into(),
        Expr::InList(_) => "IN".into(),
        Expr::Not(_) => "NOT".into(),
        Expr::IsNull(_) | Expr::IsNotNull(_) => "IS NULL".into(),
        _ => return None,
    })
}
