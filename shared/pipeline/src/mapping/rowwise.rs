//! From a mapping's text to a logical plan that is row-wise and carries the row number.

use super::ROW;
use crate::project::Feed;
use crate::{PipelineError, Result};
use arrow::datatypes::Schema;
use datafusion::common::tree_node::{Transformed, TreeNode, TreeNodeRecursion};
use datafusion::common::{Column, DataFusionError, SchemaError};
use datafusion::execution::SessionState;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, Volatility};
use datafusion::sql::parser::Statement;
use datafusion::sql::sqlparser::ast::{self, Ident, visit_expressions_mut};
use std::ops::ControlFlow;

/// Functions whose answer depends on when they are asked. Time is an input of a run (`as_of`), never of a mapping.
const CLOCKS: [&str; 5] = [
    "now",
    "current_date",
    "current_time",
    "current_timestamp",
    "today",
];

pub(super) async fn plan(feed: &Feed, file: &Schema, state: &SessionState) -> Result<LogicalPlan> {
    let wrong = |error: DataFusionError| explain(feed, file, &error);
    let dialect = state.config_options().sql_parser.dialect;
    let mut statement = state
        .sql_to_statement(&feed.mapping, &dialect)
        .map_err(wrong)?;
    let Statement::Statement(inner) = &mut statement else {
        return Err(at_line(
            feed,
            1,
            "a mapping is one SELECT … FROM input".into(),
        ));
    };
    if !matches!(inner.as_ref(), ast::Statement::Query(_)) {
        return Err(at_line(
            feed,
            1,
            "a mapping is one SELECT … FROM input".into(),
        ));
    }
    match_case(inner.as_mut(), file);
    let plan = state.statement_to_plan(statement).await.map_err(wrong)?;
    refuse_what_is_not_rowwise(feed, &plan)?;
    carry_row(plan).map_err(wrong)
}

/// `SELECT FirstName` finds the column FirstName: an unquoted name that differs from a column's only in case is that column.
fn match_case(statement: &mut ast::Statement, file: &Schema) {
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

fn refused_expression(expression: &Expr) -> Option<(&'static str, String)> {
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

/// An error of the engine as a mapping's author needs it: file, line, and for a missing column the columns there are.
pub(super) fn explain(feed: &Feed, file: &Schema, error: &DataFusionError) -> PipelineError {
    let root = error.find_root();
    if let DataFusionError::SchemaError(schema_error, _) = root
        && let SchemaError::FieldNotFound { field, .. } = schema_error.as_ref()
    {
        let line = line_of(&feed.mapping, &field.name).unwrap_or(1);
        return at_line(
            feed,
            line,
            format!(
                "there is no column {}; the file has: {}",
                field.name,
                columns_of(file)
            ),
        );
    }
    let text = root.strip_backtrace();
    let line = line_in(&text).unwrap_or(1);
    let hint = if text.contains("coerce") || text.contains("operator") {
        " (columns of a CSV file are text: CAST(column AS DOUBLE) and the like)"
    } else {
        ""
    };
    at_line(
        feed,
        line,
        format!("{}{hint}", text.lines().next().unwrap_or_default()),
    )
}

/// A file's columns for a message. Names that look like values are not shown: a file without a header has a person there.
fn columns_of(file: &Schema) -> String {
    let is_value =
        |name: &str| name.contains('@') || name.bytes().filter(u8::is_ascii_digit).count() >= 5;
    let names: Vec<&str> = file
        .fields()
        .iter()
        .map(|field| field.name().as_str())
        .collect();
    if names.iter().any(|name| is_value(name)) {
        return format!(
            "{} columns, but their names look like data: the file seems to have no header",
            names.len()
        );
    }
    names.join(", ")
}

pub(crate) fn at_line(feed: &Feed, line: usize, message: String) -> PipelineError {
    PipelineError::Mapping {
        file: feed.mapping_file.clone(),
        line,
        message,
    }
}

/// sqlparser's own words: `… at Line: 3, Column: 7`.
fn line_in(message: &str) -> Option<usize> {
    let rest = message.split("Line: ").nth(1)?;
    rest.split(',').next()?.trim().parse().ok()
}

/// The line of the first whole-word occurrence, comments left out.
pub(crate) fn line_of(sql: &str, word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    let is_part =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    sql.lines()
        .position(|line| {
            let line = line.split("--").next().unwrap_or_default().to_lowercase();
            line.match_indices(&word).any(|(at, found)| {
                let bytes = line.as_bytes();
                let before = at.checked_sub(1).and_then(|before| bytes.get(before));
                let is_word =
                    word.starts_with(|first: char| first.is_alphanumeric() || first == '_');
                !is_word || !(is_part(before) || is_part(bytes.get(at + found.len())))
            })
        })
        .map(|line| line + 1)
}
