//! Work under the function's deadline.

use pipeline::{PipelineError, Run};
use std::future::Future;
use std::time::{Duration, SystemTime};
use thiserror::Error;
use tokio::runtime::Handle;
use tokio::time::Instant;
use tracing::{Instrument, Span};

/// What the rest of an invocation takes: settling messages, answering.
const MARGIN: Duration = Duration::from_secs(5);
/// And that much of a long one.
const SHARE: u32 = 50;
/// Of a short invocation the margin takes no more than a quarter.
const MOST: u32 = 4;

/// Why a run gave nothing.
#[derive(Debug, Error)]
pub enum StageError {
    #[error(
        "no time is left: the run was dropped at the deadline, as if it had been killed; what it had committed stays, and \
         the next run goes on from there"
    )]
    Deadline,
    #[error("the run panicked, which is a defect: {0}")]
    Panicked(String),
    #[error(transparent)]
    Stage(#[from] PipelineError),
}

/// When runs must be over, for an invocation that Lambda ends at `end`.
pub(crate) fn deadline(now: SystemTime, end: SystemTime) -> Instant {
    let left = end.duration_since(now).unwrap_or_default();
    let margin = MARGIN.max(left / SHARE).min(left / MOST);
    Instant::now() + (left - margin)
}

/// Runs a stage until `deadline`, on a thread of its own, so that the clock goes on while it computes. Every commit is atomic
/// and carries what it consumed, so that a run dropped anywhere is like one that was killed there.
pub(crate) async fn before<R, F>(
    deadline: Option<Instant>,
    run: Run,
    stage: impl FnOnce(Run) -> F + Send + 'static,
) -> Result<R, StageError>
where
    R: Send + 'static,
    F: Future<Output = pipeline::Result<R>>,
{
    let (runtime, span) = (Handle::current(), Span::current());
    let task = tokio::task::spawn_blocking(move || {
        runtime.block_on(until(deadline, stage(run)).instrument(span))
    });
    // Where the run does not come to a pause in time, it is left behind and ends at its next one.
    match until(deadline, task).await {
        Some(Ok(Some(result))) => Ok(result?),
        Some(Err(error)) => Err(StageError::Panicked(error.to_string())),
        Some(Ok(None)) | None => Err(StageError::Deadline),
    }
}

/// `None`: the time was over first.
async fn until<T>(deadline: Option<Instant>, work: impl Future<Output = T>) -> Option<T> {
    match deadline {
        Some(deadline) => tokio::time::timeout_at(deadline, work).await.ok(),
        None => Some(work.await),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_margin_fits_the_invocation() {
        let now = SystemTime::now();
        for (seconds, left) in [(900, 882), (60, 55), (8, 6), (0, 0)] {
            let deadline = deadline(now, now + Duration::from_secs(seconds));
            let kept = deadline.duration_since(Instant::now()).as_secs_f64();
            assert!((kept - f64::from(left)).abs() < 1.0, "{seconds} s: {kept}");
        }
        let past = deadline(now, now - Duration::from_secs(9));
        assert!(past <= Instant::now());
    }
}
