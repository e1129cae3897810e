//! Upkeep of the lake's tables, nightly: small files joined, checkpoints written, files away that no version needs.
//!
//! A table that a stage rewrites is only vacuumed, and under that stage's lease; one that is only appended to is also
//! compacted. What the last publication pins stays, however old it is, and so does what belongs to the newest crosswalk: where a
//! run died on the way, newer versions are not what the next one continues.

use crate::golden::publication::Publication;
use crate::{PipelineError, Result, Run, golden, resolve};
use chrono::Duration;
use lake::{LakeError, Maintained};

/// Tables are readable as they were for so long.
const RETENTION_DAYS: i64 = 7;

/// What was done.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Report {
    /// Tables where anything was.
    pub tables: Vec<Maintained>,
    /// Tables that another run was rewriting: their turn is the next time.
    pub busy: Vec<String>,
}

/// Maintains every table, one after the other.
pub async fn run(run: &Run) -> Result<Report> {
    let (session, _) = run.session(&[]).await?;
    let last = Publication::last(run, &session).await?;
    let gold = golden::rewritten();
    let beside = match run.lake.snapshot(run.table("silver.crosswalk")?).await? {
        Some(crosswalk) => resolve::versions_beside(&crosswalk).await?,
        None => Vec::new(),
    };
    let mut report = Report::default();
    for def in run.sql.tables() {
        let keep: Vec<i64> = last
            .iter()
            .filter_map(|last| last.version(&def.name))
            .chain(
                beside
                    .iter()
                    .filter_map(|(name, version)| (*name == def.name).then_some(*version)),
            )
            .collect();
        let is_of_resolve = resolve::OUTPUTS.contains(&def.name.as_str());
        let is_of_golden = def.name == "gold.change_events" || gold.contains(&def.name);
        let lease = match () {
            () if is_of_resolve => resolve::LEASE,
            () if is_of_golden => golden::LEASE,
            () => "maintenance",
        };
        let done = run
            .exclusively(lease, async |_| {
                let mut done = match is_of_resolve || is_of_golden {
                    true => Maintained::default(),
                    false => run.lake.compact(def).await?,
                };
                let retention = Duration::days(RETENTION_DAYS);
                done.deleted = run.lake.vacuum(def, retention, &keep).await?;
                Ok(done)
            })
            .await;
        let done = match done {
            Err(PipelineError::Lake(LakeError::Leased { .. })) => {
                report.busy.push(def.name.clone());
                continue;
            }
            done => done?,
        };
        if done.joined + done.deleted > 0 {
            report.tables.push(Maintained {
                table: def.name.clone(),
                ..done
            });
        }
    }
    Ok(report)
}
