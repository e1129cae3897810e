//! What a run would change, before it does: the same computation, and nothing published.

use super::{CROSSWALK, INPUTS, OUTPUTS, Report, Resolved, compute, is_consumed};
use crate::{Anew, PipelineError, Result, Run};

/// A resolution that was computed and not published.
pub struct Plan {
    /// Why a run would publish nothing: a check that fails, or too many ids that change.
    pub stopped: Option<PipelineError>,
    resolved: Resolved,
}

/// Resolves everything anew, and publishes nothing; `None` where nothing is new, neither a record nor a rule. Afterwards
/// `scratch.moves` says who would move (`sql/silver/moves.sql`).
///
/// No lease is taken: a run beside it changes what it is compared with, not what it reads.
///
/// Errors: `Invalid` where nothing was published yet that could change.
pub async fn plan(run: &Run) -> Result<Option<Plan>> {
    let tables: Vec<&str> = INPUTS.iter().chain(&OUTPUTS).copied().collect();
    let pinned = run.pin(&tables, &[]).await?;
    if pinned.get(CROSSWALK).is_none_or(|table| table.0.is_none()) {
        let message = "nobody is resolved yet, so nothing can change: `c360 run` is first";
        return Err(PipelineError::Invalid(message.into()));
    }
    if run.anew == Anew::News && is_consumed(run, &pinned).await? {
        return Ok(None);
    }
    let resolved = compute(run, &pinned).await?;
    run.scratch(&resolved.session, "silver/moves", "moves")
        .await?;
    let stopped = match resolved.refused(run).await {
        Ok(()) => None,
        Err(error @ PipelineError::ChecksFailed { .. }) => Some(error),
        Err(error) if error.asks_a_person() => Some(error),
        Err(error) => return Err(error),
    };
    Ok(Some(Plan { stopped, resolved }))
}

/// Resolves everything as a run would, new or not, and publishes nothing: to look at how it is done.
pub async fn rehearse(run: &Run) -> Result<Plan> {
    let tables: Vec<&str> = INPUTS.iter().chain(&OUTPUTS).copied().collect();
    let pinned = run.pin(&tables, &[]).await?;
    Ok(Plan {
        stopped: None,
        resolved: compute(run, &pinned).await?,
    })
}

impl Plan {
    pub fn report(&self) -> &Report {
        &self.resolved.report
    }

    /// Over the tables as they would be, and as they are: `scratch.previous_crosswalk` and its kin.
    pub fn session(&self) -> &lake::Session {
        &self.resolved.session
    }

    /// Deletes what was written aside.
    pub async fn discard(self, run: &Run) {
        self.resolved.discard(run).await;
    }
}
