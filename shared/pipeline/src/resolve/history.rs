//! What the crosswalk was: its history, the runs that made it, and how far the ids of a run may move away from it.

use super::{CROSSWALK, versions_beside};
use crate::golden::publication::empty;
use crate::udf::{integers, strings};
use crate::{Pinned, PipelineError, Result, Run};
use arrow::array::Array;
use datafusion::common::ScalarValue;
use lake::{Session, Staged};
use std::collections::HashMap;

/// Tables that a run continues.
const CONTINUED: [&str; 12] = [
    CROSSWALK,
    "silver.crosswalk_history",
    "silver.customer_redirects",
    "silver.departed_records",
    "silver.households",
    "silver.match_models",
    "silver.resolve_runs",
    "silver.scored_edges",
    "silver.blocking_rules",
    "silver.compared_records",
    "silver.limited_blocks",
    "silver.value_frequencies",
];

/// Fewer records than this may change their ids, whatever share they are: a lake that has just begun merges much of the little
/// that it has.
const FEW: u64 = 100;

/// What became of the records of one entity that the crosswalk had before and has now.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Churn {
    pub records_kept: u64,
    /// Those of them that have another customer_id.
    pub records_moved: u64,
    /// Their share.
    pub id_churn: f64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct IdChurn {
    pub person: Churn,
    pub account: Churn,
}

/// Registers as `scratch.previous_<table>` what this run continues: what was published, and not what a run that died on the
/// way may have left behind it.
pub async fn register(run: &Run, session: &Session, pinned: &Pinned) -> Result<()> {
    register_previous(run, session, pinned, &CONTINUED).await
}

/// Registers tables as they belong to the pinned crosswalk, as `scratch.previous_<table>`.
pub async fn register_previous(
    run: &Run,
    session: &Session,
    pinned: &Pinned,
    tables: &[&str],
) -> Result<()> {
    let name = |table: &str| table.replace("silver.", "scratch.previous_");
    register_beside(run, session, pinned, tables, name).await
}

/// A session over tables of this stage as they belong to the newest crosswalk.
pub async fn published(run: &Run, tables: &[&str]) -> Result<Session> {
    let (session, _) = run.session(&[]).await?;
    let pinned = run.pin(&[CROSSWALK], &[]).await?;
    register_beside(run, &session, &pinned, tables, str::to_owned).await?;
    Ok(session)
}

/// `pinned` holds the crosswalk, and may hold others, which are not opened again where they are of that version.
async fn register_beside(
    run: &Run,
    session: &Session,
    pinned: &Pinned,
    tables: &[&str],
    name: impl Fn(&str) -> String,
) -> Result<()> {
    let pinned = |table: &str| pinned.get(table).and_then(|pinned| pinned.0.clone());
    let crosswalk = pinned(CROSSWALK);
    let mut versions = match &crosswalk {
        Some(crosswalk) => versions_beside(crosswalk).await?,
        None => Vec::new(),
    };
    versions.extend(crosswalk.map(|crosswalk| (CROSSWALK, crosswalk.version())));
    for table in tables {
        let def = run.table(table)?;
        let snapshot = match versions.iter().find(|(beside, _)| beside == table) {
            Some((_, version)) => match pinned(table).filter(|known| known.version() == *version) {
                Some(known) => Some(known),
                None => run.lake.snapshot_at(def, *version).await?,
            },
            None => None,
        };
        match snapshot {
            Some(snapshot) => session.register_as(&name(table), &snapshot).await?,
            None => session.register_table(&name(table), empty(def))?,
        }
    }
    Ok(())
}

/// Stages `silver.crosswalk_history` and `silver.resolve_runs` beside the staged crosswalk and redirects.
pub async fn stage(
    run: &Run,
    session: &Session,
    version: &str,
    rules: i64,
) -> Result<(Staged, Staged)> {
    let from = valid_from(run, session).await?;
    let from = ScalarValue::TimestampMicrosecond(Some(from), Some("UTC".into()));
    let parameters = HashMap::from([
        ("valid_from".to_owned(), from),
        ("c360_version".to_owned(), ScalarValue::from(version)),
        (
            "rules_id".to_owned(),
            ScalarValue::from(format!("R-{rules:016x}")),
        ),
    ]);
    let one = async |table: &str| -> Result<Staged> {
        let file = table.replace('.', "/");
        let frame = run.frame_with(session, &file, parameters.clone()).await?;
        let staged = run.stage_frame(table, frame).await?;
        session.register_staged(&staged).await?;
        Ok(staged)
    };
    let history = one("silver.crosswalk_history").await?;
    Ok((history, one("silver.resolve_runs").await?))
}

/// From when on the crosswalk of this run counts (µs, UTC): its `as_of`, or just after the run before where that is not later.
/// So no time belongs to two crosswalks, and of two runs as of one time the later one follows the other.
async fn valid_from(run: &Run, session: &Session) -> Result<i64> {
    let what = "reading when the last run was";
    let sql = "SELECT CAST(max(valid_from) AS BIGINT) AS last FROM scratch.previous_resolve_runs";
    let batches = run.collect(session.sql(what, sql).await?, what).await?;
    let last = batches.iter().find(|batch| batch.num_rows() > 0);
    let last = last.map(|batch| integers(batch, "last")).transpose()?;
    let last = last.filter(|last| last.is_valid(0));
    Ok(last.map_or(run.as_of, |last| run.as_of.max(last.value(0) + 1)))
}

/// The churn of this run, and the customers that it touched, as `silver.resolve_runs` is to publish them.
pub async fn outcome(run: &Run, session: &Session) -> Result<(IdChurn, u64)> {
    let what = "reading the id churn";
    let sql = "SELECT entity, records_kept, records_moved, customers_touched FROM silver.resolve_runs \
               WHERE valid_from = (SELECT max(valid_from) FROM silver.resolve_runs)";
    let mut churn = IdChurn::default();
    let mut all_touched = 0;
    for batch in run.collect(session.sql(what, sql).await?, what).await? {
        let entities = strings(&batch, "entity")?;
        let (kept, moved) = (
            integers(&batch, "records_kept")?,
            integers(&batch, "records_moved")?,
        );
        let touched = integers(&batch, "customers_touched")?;
        for row in 0..batch.num_rows() {
            all_touched += touched.value(row) as u64;
            let (kept, moved) = (kept.value(row) as u64, moved.value(row) as u64);
            let of_entity = Churn {
                records_kept: kept,
                records_moved: moved,
                id_churn: moved as f64 / kept.max(1) as f64,
            };
            match entities.value(row) {
                "account" => churn.account = of_entity,
                _ => churn.person = of_entity,
            }
        }
    }
    Ok((churn, all_touched))
}

/// Errors: `IdChurn` where it is more than the project allows.
pub fn allow(run: &Run, churn: &IdChurn) -> Result<()> {
    let limit = run.project.matching.id_churn_limit;
    for (entity, of) in [("person", churn.person), ("account", churn.account)] {
        if !run.accepts_id_churn && of.records_moved >= FEW && of.id_churn > limit {
            return Err(PipelineError::IdChurn {
                entity,
                moved: of.records_moved,
                kept: of.records_kept,
                percent: 100.0 * of.id_churn,
                limit,
            });
        }
    }
    Ok(())
}
