#![doc = include_str!("../README.md")]

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use entrypoint::{BodyError, Created, State, redact};
use lambda_runtime::{Error, LambdaEvent};
use pipeline::standardize::{self, Input};
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
        let dropped = entrypoint::created(message.body.as_deref());
        if !is_done(dropped, state, &run_id).instrument(span).await {
            response.add_failure(message_id);
        }
    }
    Ok(response)
}

async fn is_done(dropped: Result<Vec<Created>, BodyError>, state: &State, run_id: &str) -> bool {
    let result = match &dropped {
        Ok(objects) => take_in(objects, state, run_id).await.map_err(|error| redact(&error)),
        Err(error) => Err(error.to_string()),
    };
    if let Err(error) = &result {
        error!(error, "the message failed and comes again");
    }
    result.is_ok()
}

async fn take_in(objects: &[Created], state: &State, run_id: &str) -> pipeline::Result<()> {
    let mut files = Vec::new();
    for object in objects {
        match state.landing.as_ref().and_then(|landing| landing.below(object)) {
            None => info!(key = redact(&object.key), "not in the landing place"),
            Some(path) if state.landing_files.head(path).await?.is_none() => {
                warn!(file = redact(&path), "deleted before it was read");
            }
            Some(path) => files.push(path.to_owned()),
        }
    }
    let (Some(as_of), false) = (objects.iter().map(|object| object.at).max(), files.is_empty()) else {
        return Ok(());
    };
    let report = standardize::run(&state.run(run_id, as_of), Input { files: Some(files) }).await?;
    for file in &report.unclaimed {
        warn!(file = redact(file), "no feed claims it");
    }
    // Trying again does not make a file readable: the message is done.
    for refused in &report.refused {
        error!(feed = refused.feed, reason = redact(&refused.reason), "a file is refused");
    }
    for feed in report.feeds.iter().filter(|feed| feed.files + feed.files_known > 0) {
        info!(?feed, "standardized");
    }
    Ok(())
}
