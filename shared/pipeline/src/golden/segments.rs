//! `[segments]`: the customers that meet a condition, how many they are, and who came and went since the last publication.

use super::publication::{Publication, empty};
use crate::predicate::planned;
use crate::{PipelineError, Result, Run};
use arrow::array::{ArrayRef, RecordBatch, StringArray};
use datafusion::common::ScalarValue;
use datafusion::prelude::{DataFrame, col, lit};
use lake::{Session, Staged};
use std::collections::HashMap;
use std::sync::Arc;

/// In the order in which they are made.
pub(super) const TABLES: [&str; 2] = ["gold.customer_segments", "gold.segment_sizes"];

const CUSTOMERS: &str = "gold.dim_customer";
const SUCH_AS: &str = "a condition on one row of gold.dim_customer, such as \"lifetime_value > 1000 AND is_email_reachable\"";

/// Plans the conditions over no customers.
///
/// Errors name the line of `c360.toml`.
pub async fn check(run: &Run) -> Result<()> {
    if run.project.golden.segments.is_empty() {
        return Ok(());
    }
    let (session, _) = run.session(&[]).await?;
    session.register_empty(run.table(CUSTOMERS)?)?;
    members(run, &session).await?;
    Ok(())
}

/// Stages [`TABLES`]; the customers of this run stand in the session.
pub(super) async fn run(
    run: &Run,
    session: &Session,
    last: Option<&Publication>,
    next: &Publication,
) -> Result<Vec<Staged>> {
    for (table, name) in [
        (TABLES[0], "scratch.published_segments"),
        (TABLES[1], "scratch.published_segment_sizes"),
    ] {
        match last {
            Some(last) => last.register(run, session, table, name).await?,
            None => session.register_table(name, empty(run.table(table)?))?,
        }
    }
    session.register_rows("config.segments", conditions(run)?)?;
    let members = members(run, session).await?;
    session.register_table("scratch.segment_members", members.into_view())?;
    let mut staged = Vec::new();
    for table in TABLES {
        let parameters = HashMap::from([(
            "publication_id".to_owned(),
            ScalarValue::from(next.publication_id.as_str()),
        )]);
        let file = table.replace('.', "/");
        let frame = run.frame_with(session, &file, parameters).await?;
        let table = run.stage_frame(table, frame).await?;
        session.register_staged(&table).await?;
        staged.push(table);
    }
    Ok(staged)
}

/// segment, customer_id, entity: one row per segment and customer in it.
async fn members(run: &Run, session: &Session) -> Result<DataFrame> {
    let fail = || PipelineError::query("who is in a segment");
    let customers = session.context.table(CUSTOMERS).await.map_err(fail())?;
    let chosen = |frame: DataFrame, name: &str| {
        frame.select(vec![
            lit(name).alias("segment"),
            col("customer_id"),
            col("entity"),
        ])
    };
    let nobody = customers.clone().filter(lit(false)).map_err(fail())?;
    let mut all = chosen(nobody, "").map_err(fail())?;
    for segment in &run.project.golden.segments {
        let condition = planned(session, &customers, &segment.condition, SUCH_AS).await?;
        let inside = customers.clone().filter(condition).map_err(fail())?;
        let inside = chosen(inside, &segment.name).map_err(fail())?;
        all = all.union(inside).map_err(fail())?;
    }
    Ok(all)
}

/// segment, segment_version, condition: one row per segment. The version is a hash of the condition.
fn conditions(run: &Run) -> Result<RecordBatch> {
    let segments = &run.project.golden.segments;
    let texts = |values: Vec<String>| -> ArrayRef { Arc::new(StringArray::from(values)) };
    let version = |sql: &str| format!("S-{:016x}", crate::udf::key_hash(sql.trim()));
    let rows = RecordBatch::try_from_iter_with_nullable([
        (
            "segment",
            texts(segments.iter().map(|one| one.name.clone()).collect()),
            true,
        ),
        (
            "segment_version",
            texts(
                segments
                    .iter()
                    .map(|one| version(&one.condition.sql))
                    .collect(),
            ),
            true,
        ),
        (
            "condition",
            texts(
                segments
                    .iter()
                    .map(|one| one.condition.sql.clone())
                    .collect(),
            ),
            true,
        ),
    ]);
    rows.map_err(PipelineError::arrow("config.segments"))
}
