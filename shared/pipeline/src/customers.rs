//! Which clusters count as customers: by the predicates of `[customers]` in `c360.toml`. Whatever they say, ids are given and
//! kept by the crosswalk alone.

use crate::predicate::planned;
use crate::{PipelineError, Result, Run};
use datafusion::prelude::{DataFrame, col, lit};
use lake::{Session, Staged};

const SUCH_AS: &str = "a condition on one record and what its customer did, such as \"email IS NOT NULL OR orders > 0\"";

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
            Some(predicate) => planned(session, &records, predicate, SUCH_AS).await?,
            None => lit(true),
        };
        columns.push(condition.alias(name));
    }
    records
        .select(columns)
        .map_err(PipelineError::query("judging who counts as a customer"))
}
