#![doc = include_str!("../README.md")]

mod drops;
mod settle;

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use drops::{Dropped, arrived};
use entrypoint::{Invocation, StageError, State};
use lambda_runtime::{Error, LambdaEvent};
use pipeline::Run;
use pipeline::standardize::{self, Input, Report};
use settle::settle;
use tracing::{Instrument, warn};

/// Standardizes the files that the messages name in one run. When that fails each message has a run of its own, so that a bad
/// one holds up no other; and the more often they were delivered, the fewer go together.
pub async fn handle(
    event: LambdaEvent<SqsEvent>,
    state: &State,
) -> Result<SqsBatchResponse, Error> {
    let mut call = Invocation::begin(state, event.context);
    let span = call.span();
    let work = async move {
        let drops = arrived(&mut call, event.payload).await;
        let deliveries = drops.iter().map(|dropped| dropped.message.deliveries);
        for part in drops.chunks(together(deliveries.max().unwrap_or(1))) {
            settle_together(&mut call, part).await;
        }
        Ok(call.end().await)
    };
    Box::pin(work).instrument(span).await
}

/// Messages of one run: where all of them were too much for the time, some or one may not be.
fn together(deliveries: u32) -> usize {
    match deliveries {
        0 | 1 => usize::MAX,
        2 => 10,
        _ => 1,
    }
}

async fn settle_together(call: &mut Invocation<'_>, drops: &[Dropped]) {
    match take_in(call, drops).await {
        Ok(report) => settle(call, drops, &report).await,
        Err(error) if drops.len() == 1 || matches!(error, StageError::Deadline) => {
            for dropped in drops {
                call.hand_back(&dropped.message, &error);
            }
        }
        Err(error) => {
            let (messages, error) = (drops.len(), entrypoint::redact(&error));
            warn!(messages, error, "failed together, now one by one");
            for dropped in drops.chunks(1) {
                match take_in(call, dropped).await {
                    Ok(report) => settle(call, dropped, &report).await,
                    Err(error) => call.hand_back(&dropped[0].message, &error),
                }
            }
        }
    }
}

async fn take_in(call: &Invocation<'_>, drops: &[Dropped]) -> Result<Report, StageError> {
    // As of the last event, so that a second delivery computes the same. A sender's clock that is ahead is not believed.
    let times = drops.iter().flat_map(|dropped| &dropped.files);
    let Some(at) = times.map(|file| file.object.at).max() else {
        return Ok(Report::default());
    };
    let as_of = match chrono::DateTime::from_timestamp_micros(at) {
        Some(at) if at <= call.now => at,
        _ => {
            warn!("an event is from the future; its file counts as dropped now");
            call.now
        }
    };
    let mut files: Vec<String> = drops
        .iter()
        .flat_map(|dropped| &dropped.files)
        .map(|file| file.path.clone())
        .collect();
    files.sort();
    files.dedup();
    let input = Input { files: Some(files) };
    let stage = |run: Run| async move { standardize::run(&run, input).await };
    call.run(as_of, stage).await
}
