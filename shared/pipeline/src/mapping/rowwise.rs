//! From a mapping's text to a logical plan that is row-wise and carries the row number.

use super::ROW;
use super::fault::{Fault, at_line, line_of};
use crate::project::Feed;
use crate::{PipelineError, Result};
use arrow::datatypes::Schema;
use datafusion::common::tree_node::{Transformed, TreeNode, TreeNodeRecursion};
use datafusion::common::{Column, DataFusionError};
use datafusion::execution::SessionState;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, Volatility};
use datafusion::sql::parser::Statement;
use datafusion::sql::sqlparser::ast::{self, Ident, Spanned, visit_expressions_mut};
use std::ops::ControlFlow;

/// Functions whose answer depends on when they are asked. Time is an input of a run (`as_of`), never of a mapping.
const CLOCKS: [&str; 5] = [
    "now",
    "current_date",
    "current_time",
    "current_timestamp",
    "today",
];

pub(super) async fn plan(
    feed: &Feed,
    file: &Schema,
    state: &SessionState,
) -> Result<LogicalPlan, Fault> {
    let dialect = state.config_options().sql_parser.dialect;
    let mut statement = state.sql_to_statement(&feed.mapping, &dialect)?;
    let is_query = |inner: &ast::Statement| matches!(inner, ast::Statement::Query(_));
    let inner = match &mut statement {
        Statement::Statement(inner) if is_query(inner) => inner,
        _ => return Err(at_line(feed, 1, "a mapping is one SELECT … FROM input".into()).into()),
    };
    match_case(inner.as_mut(), file);
    let plan = state.statement_to_plan(statement).await?;
    refuse_what_is_not_rowwise(feed, &plan)?;
    Ok(carry_row(plan)?)
}

/// The line of the first item of the SELECT that cannot be planned alone.
pub(super) async fn line_of_fault(
    feed: &Feed,
    file: &Schema,
    state: &SessionState,
) -> Option<usize> {
    let dialect = state.config_options().sql_parser.dialect;
    let mut statement = state.sql_to_statement(&feed.mapping, &dialect).ok()?;
    let Statement::Statement(inner) = &mut statement else {
        return None;
    };
    match_case(inner.as_mut(), file);
    let select = |statement: &ast::Statement| match statement {
        ast::Statement::Query(query) => match query.body.as_ref() {
            ast::SetExpr::Select(select) => Some(select.projection.clone()),
            _ => None,
        },
        _ => None,
    };
    for item in select(inner)? {
        let mut alone = inner.clone();
        if let ast::Statement::Query(query) = alone.as_mut()
            && let ast::SetExpr::Select(select) = query.body.as_mut()
        {
            select.projection = vec![item.clone()];
        }
        let planned = match state.statement_to_plan(Statement::Statement(alone)).await {
            Ok(plan) => state.create_physical_plan(&plan).await.map(drop),
            Err(error) => Err(error),
        };
        if planned.is_err() {
            let line = usize::try_from(item.span().start.line).ok();
            return line.filter(|line| *line > 0);
        }
    }
    None
}

/// `SELECT FirstName` finds the column FirstName: an unquoted name that differs from a column's only in case is that column.
pub(super) fn match_case(statement: &mut ast::Statement, file: &Schema) {
    let settle = |ident: &mut Ident| {
        if ident.quote_style.is_some() {
            return;
        }
        let lower = ident.value.to_lowercase();
        let fields = file.fields();
        if fields.iter().any(|field| *field.name() == lower) {
            return;
        }
        let mut alike = fields
            .iter()
            .filter(|field| field.name().to_lowercase() == lower);
        if let (Some(field), None) = (alike.next(), alike.next()) {
            ident.value = field.name().clone();
            ident.quote_style = Some('"');
        }
    };
    let _ = visit_expressions_mut(statement, |expression| {
        match expression {
            ast::Expr::Identifier(ident) => settle(ident),
            ast::Expr::CompoundIdentifier(parts) => {
                let skip = usize::from(
                    parts
                        .first()
                        .is_some_and(|part| part.value.eq_ignore_ascii_case("input")),
                );
                if let Some(part) = parts.get_mut(skip) {
                    settle(part);
                }
            }
            _ => {}
        }
        ControlFlow::<()>::Continue(())
    });
}

fn refuse_what_is_not_rowwise(feed: &Feed, plan: &LogicalPlan) -> Result<()> {
    let mut refusal: Option<(&str, String)> = None;
    let mut reads_input = false;
    let walked = plan.apply_with_subqueries(|node| {
        let refused = match node {
            LogicalPlan::Projection(_)
            | LogicalPlan::Filter(_)
            | LogicalPlan::SubqueryAlias(_)
            | LogicalPlan::Unnest(_) => None,
            LogicalPlan::TableScan(_) => {
                reads_input = true;
                None
            }
            LogicalPlan::Join(_) => Some("JOIN"),
            LogicalPlan::Aggregate(_) => Some("GROUP BY"),
            LogicalPlan::Window(_) => Some("OVER"),
            LogicalPlan::Sort(_) => Some("ORDER BY"),
            LogicalPlan::Limit(_) => Some("LIMIT"),
            LogicalPlan::Distinct(_) => Some("DISTINCT"),
            LogicalPlan::Union(_) => Some("UNION"),
            LogicalPlan::EmptyRelation(_) | LogicalPlan::Values(_) => None,
            _ => Some("SELECT"),
        };
        if let Some(word) = refused {
            refusal = Some((
                word,
                format!("{word} is not row-wise (an aggregate, join or the like)"),
            ));
            return Ok(TreeNodeRecursion::Stop);
        }
        node.apply_expressions(|expression| {
            expression.apply(|expression| {
                if let Some(found) = refused_expression(expression) {
                    refusal = Some((found.0, found.1));
                    return Ok(TreeNodeRecursion::Stop);
                }
                Ok(TreeNodeRecursion::Continue)
            })
        })
    });
    if let Some((word, message)) = refusal {
        let line = line_of(&feed.mapping, word).unwrap_or(1);
        return Err(at_line(
            feed,
            line,
            format!(
                "{message}; a mapping sees one row at a time: projection, WHERE and unnest, nothing that looks at other rows or at the clock"
            ),
        ));
    }
    walked.map_err(PipelineError::query("reading a mapping"))?;
    if !reads_input {
        return Err(at_line(
            feed,
            1,
            "the mapping never reads FROM input".into(),
        ));
    }
    Ok(())
}

/// The word to look for, and why the expression sees more than one row, or another time or chance.
pub(crate) fn refused_expression(expression: &Expr) -> Option<(&'static str, String)> {
    match expression {
        Expr::Exists(_) | Expr::InSubquery(_) | Expr::ScalarSubquery(_) => {
            Some(("SELECT", "a subquery is not row-wise".into()))
        }
        Expr::ScalarFunction(call) => {
            let name = call.func.name();
            if let Some(clock) = CLOCKS.iter().find(|clock| name.eq_ignore_ascii_case(clock)) {
                return Some((clock, format!("{clock} reads the clock")));
            }
            (call.func.signature().volatility == Volatility::Volatile)
                .then(|| ("(", format!("{name}() gives another answer at every call")))
        }
        _ => None,
    }
}

/// Adds the row number to every projection between the scan and the result.
fn carry_row(plan: LogicalPlan) -> Result<LogicalPlan, DataFusionError> {
    let carried = plan.transform_up(|node| {
        let node = match node {
            LogicalPlan::Projection(projection) => {
                let has_row = projection
                    .schema
                    .fields()
                    .iter()
                    .any(|field| field.name() == ROW);
                let mut expressions = projection.expr;
                if !has_row {
                    expressions.push(row_column(&projection.input));
                }
                LogicalPlanBuilder::from(projection.input.as_ref().clone())
                    .project(expressions)?
                    .build()?
            }
            LogicalPlan::Filter(filter) => LogicalPlanBuilder::from(filter.input.as_ref().clone())
                .filter(filter.predicate)?
                .build()?,
            LogicalPlan::SubqueryAlias(alias) => {
                LogicalPlanBuilder::from(alias.input.as_ref().clone())
                    .alias(alias.alias)?
                    .build()?
            }
            LogicalPlan::Unnest(unnest) => LogicalPlanBuilder::from(unnest.input.as_ref().clone())
                .unnest_columns_with_options(unnest.exec_columns, unnest.options)?
                .build()?,
            other => other,
        };
        Ok(Transformed::yes(node))
    })?;
    Ok(carried.data)
}

fn row_column(input: &LogicalPlan) -> Expr {
    let qualified = input
        .schema()
        .iter()
        .find(|(_, field)| field.name() == ROW)
        .map(|(qualifier, _)| Column::new(qualifier.cloned(), ROW));
    Expr::Column(qualified.unwrap_or_else(|| Column::from_name(ROW)))
}
