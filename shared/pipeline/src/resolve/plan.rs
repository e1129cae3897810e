//! What a run would change, before it does: the same computation, and nothing published.

use super::{INPUTS, OUTPUTS, Report, compute, is_consumed};
use crate::{Result, Run};
use lake::{Session, Staged};

/// A resolution that was computed and not published.
pub struct Plan {
    pub report: Report,
    /// Over the tables as they would be, and as they are: `scratch.previous_crosswalk` and its kin, and `scratch.moves` (see
    /// `sql/silver/moves.sql`).
    pub session: Session,
    staged: Vec<Staged>,
}

/// Resolves everything anew, and publishes nothing; `None` where nothing is new, neither a record nor a rule.
///
/// No lease is taken: a run beside it changes what it is compared with, not what it reads.
pub async fn plan(run: &Run) -> Result<Option<Plan>> {
    let tables: Vec<&str> = INPUTS.iter().chain(&OUTPUTS).copied().collect();
    let pinned = run.pin(&tables, &[]).await?;
    if is_consumed(run, &pinned).await? {
        return Ok(None);
    }
    let resolved = compute(run, &pinned).await?;
    run.scratch(&resolved.session, "silver/moves", "moves")
        .await?;
    let mut staged = resolved.tables;
    staged.push(resolved.crosswalk);
    Ok(Some(Plan {
        report: resolved.report,
        session: resolved.session,
        staged,
    }))
}

impl Plan {
    /// Deletes what was written aside.
    pub async fn discard(self, run: &Run) -> Result<()> {
        for staged in self.staged {
            run.lake.discard(staged).await?;
        }
        Ok(())
    }
}
