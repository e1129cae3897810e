//! Which clusters count as customers: by the predicates of `[customers]` in `c360.toml`. Whatever they say, ids are given and
//! kept by the crosswalk alone.

use crate::mapping::refused_expression;
use crate::project::Predicate;
use crate::{PipelineError, Result, Run};
use arrow::datatypes::DataType;
use datafusion::common::tree_node::{Transformed, TreeNode, TreeNodeRecursion};
use datafusion::logical_expr::{Expr, ExprSchemable, TryCast};
use datafusion::prelude::{DataFrame, col, lit};
use lake::{Session, Staged};

/// Plans the predicates over empty tables.
///
/// Errors name the line of `c360.toml`: a column that is not there, what is no condition, what looks beyond one record.
pub async fn check(run: &Run) -> Result<()> {
    let mut predicates = run.project.customers.predicates().into_iter();
    if predicates.all(|(_, predicate)| predicate.is_none()) {
        return Ok(());
    }
    let (session, _) = run.session(&[]).await?;
    for table in run.sql.tables() {
        session.register_empty(table)?;
    }
    run.active_files(&session).await?;
    run.scratch(&session, "silver/owned_facts", "owned_facts")
        .await?;
    judge(run, &session).await?;
    Ok(())
}

/// Stages `silver.customers`. The crosswalk of this run stands in for the published one, and `scratch.owned_facts` is there.
pub async fn run(run: &Run, session: &Session) -> Result<Staged> {
    let judged = judge(run, session).await?;
    session.register_table("scratch.judged_records", judged.into_view())?;
    run.stage(session, "silver.customers").await
}

/// One row per current record: may it found a customer, and is it in scope?
async fn judge(run: &Run, session: &Session) -> Result<DataFrame> {
    let records = run.frame(session, "silver/customer_records").await?;
    let mut columns = vec![col("record_key")];
    for (name, predicate) in run.project.customers.predicates() {
        let condition = match predicate {
            Some(predicate) => planned(session, &records, predicate).await?,
            None => lit(true),
        };
        columns.push(condition.alias(name));
    }
    records
        .select(columns)
        .map_err(PipelineError::query("judging who counts as a customer"))
}

async fn planned(session: &Session, records: &DataFrame, predicate: &Predicate) -> Result<Expr> {
    let fail = |message: String| PipelineError::Project {
        file: predicate.place.clone(),
        message: format!(
            "{message}; write a condition on one record and what its customer did, such as \"email IS NOT NULL OR orders > 0\""
        ),
    };
    let faulty = |error: datafusion::error::DataFusionError| fail(error.strip_backtrace());
    let schema = records.schema();
    let context = &session.context;
    let expression = context
        .parse_sql_expr(&predicate.sql, schema)
        .map_err(faulty)?;
    let mut refused = None;
    let walked = expression.apply(|part| {
        refused = match part {
            Expr::AggregateFunction(_) | Expr::WindowFunction(_) => {
                Some("it looks at other records".to_owned())
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
    let tried = records.clone().filter(expression.clone());
    let tried = tried.map_err(faulty)?.create_physical_plan().await;
    tried.map_err(faulty)?;
    Ok(expression)
}
