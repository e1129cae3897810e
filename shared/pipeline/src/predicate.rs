//! Conditions in SQL that a user writes on one row.

use crate::mapping::refused_expression;
use crate::project::Predicate;
use crate::{PipelineError, Result};
use arrow::datatypes::DataType;
use datafusion::common::tree_node::{Transformed, TreeNode, TreeNodeRecursion};
use datafusion::logical_expr::{Expr, ExprSchemable, TryCast};
use datafusion::prelude::DataFrame;
use lake::Session;

/// Plans a condition on the rows of a frame. `such_as` says what to write.
///
/// Errors name the line of `c360.toml`: a column that is not there, what is no condition, what looks beyond one row.
pub(crate) async fn planned(
    session: &Session,
    rows: &DataFrame,
    predicate: &Predicate,
    such_as: &str,
) -> Result<Expr> {
    let fail = |message: String| PipelineError::Project {
        file: predicate.place.clone(),
        message: format!("{message}; write {such_as}"),
    };
    let faulty = |error: datafusion::error::DataFusionError| fail(error.strip_backtrace());
    let schema = rows.schema();
    let context = &session.context;
    let expression = context
        .parse_sql_expr(&predicate.sql, schema)
        .map_err(faulty)?;
    let mut refused = None;
    let walked = expression.apply(|part| {
        refused = match part {
            Expr::AggregateFunction(_) | Expr::WindowFunction(_) => {
                Some("it looks at other rows".to_owned())
            }
            part => refused_expression(part).map(|(_, why)| why),
        };
        Ok(match refused {
            Some(_) => TreeNodeRecursion::Stop,
            None => TreeNodeRecursion::Continue,
        })
    });
    walked.map_err(faulty)?;
    if let Some(why) = refused {
        return Err(fail(why));
    }
    // What cannot be cast is not known, and nobody's run ends for it.
    let tolerant = expression.transform(|part| {
        Ok(match part {
            Expr::Cast(cast) => {
                let kind = cast.field.data_type().clone();
                Transformed::yes(Expr::TryCast(TryCast::new(cast.expr, kind)))
            }
            other => Transformed::no(other),
        })
    });
    let expression = tolerant.map_err(faulty)?.data;
    let kind = expression.get_type(schema).map_err(faulty)?;
    if kind != DataType::Boolean {
        return Err(fail(format!("it yields {kind}, not true or false")));
    }
    // Types are settled when the plan is made.
    let tried = rows.clone().filter(expression.clone());
    let tried = tried.map_err(faulty)?.create_physical_plan().await;
    tried.map_err(faulty)?;
    Ok(expression)
}
