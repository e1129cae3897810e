#![doc = include_str!("../README.md")]

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use entrypoint::{State, redact};
use lambda_runtime::{Error, LambdaEvent};
use pipeline::standardize::{Input, Report, run};
use tracing::{Instrument, error, info, info_span, warn};

/// Standardizes the files that the messages name, message by message: a bad one holds up no other.
pub async fn handle(
    event: LambdaEvent<SqsEvent>,
    state: &State,
) -> Result<SqsBatchResponse, Error> {
    let run_id = event.context.request_id;
    let mut response = SqsBatchResponse::default();
    for message in event.payload.records {
        let message_id = message.message_id.unwrap_or_default();
        let span = info_span!("message", function = state.function, run_id, message_id);
        let done = async {
            let result = take_in(message.body.as_deref(), state, &run_id).await;
            result
                .inspect_err(|error| error!(error = redact(error), "failed, and comes again"))
                .is_ok()
        };
        if !done.instrument(span).await {
            response.add_failure(message_id);
        }
    }
    Ok(response)
}

async fn take_in(body: Option<&str>, state: &State, run_id: &str) -> Result<(), Error> {
    let dropped = state.dropped(&entrypoint::created(body)?).await?;
    // As of the last event: a second delivery computes the same.
    if let Some(as_of) = dropped.as_of {
        let files = Some(dropped.files);
        log(&run(&state.run(run_id, as_of), Input { files }).await?);
    }
    Ok(())
}

fn log(report: &Report) {
    for file in &report.unclaimed {
        warn!(file = redact(file), "no feed claims it");
    }
    for absent in &report.absent {
        let (feed, columns) = (&absent.feed, absent.columns.join(", "));
        warn!(feed, columns, "no row of a file has them, taken as null");
    }
    // Trying again does not make a file readable: its message is done.
    for refused in &report.refused {
        let reason = redact(&refused.reason);
        error!(feed = refused.feed, reason, "a file is refused");
    }
    let seen = |feed: &&pipeline::standardize::FeedReport| feed.files + feed.files_known > 0;
    for feed in report.feeds.iter().filter(seen) {
        info!(?feed, "standardized");
    }
}
