//! What a run would publish, before it does: the same computation, and nothing published.

use super::{Computed, Report, compute, pin};
use crate::{PipelineError, Result, Run};

/// Golden customers that were computed and not published.
pub struct Plan {
    /// Why a run would publish nothing: a check that fails, or a limit that a KPI passes.
    pub stopped: Option<PipelineError>,
    computed: Computed,
}

/// Computes the gold tables and publishes nothing; `None` where nothing is new.
///
/// No lease is taken: a run beside it changes what it is compared with, not what it reads.
pub async fn plan(run: &Run) -> Result<Option<Plan>> {
    let pinned = pin(run).await?;
    let Some(computed) = compute(run, &pinned).await? else {
        return Ok(None);
    };
    let stopped = match computed.refused(run).await {
        Ok(()) => None,
        Err(error @ PipelineError::ChecksFailed { .. }) => Some(error),
        Err(error) if error.asks_a_person() => Some(error),
        Err(error) => return Err(error),
    };
    Ok(Some(Plan { stopped, computed }))
}

impl Plan {
    /// As of the run that it would be; nothing of it is published.
    pub fn report(&self) -> &Report {
        &self.computed.report
    }

    /// The id that the publication would have.
    pub fn publication_id(&self) -> &str {
        &self.computed.publication.publication_id
    }

    /// Over the tables as they would be; what was published last is `scratch.published_customers` and its kin.
    pub fn session(&self) -> &lake::Session {
        &self.computed.session
    }

    /// Deletes what was written aside.
    pub async fn discard(self, run: &Run) {
        self.computed.discard(run).await;
    }
}
