#![doc = include_str!("../README.md")]

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use entrypoint::State;
use lambda_runtime::{Error, LambdaEvent};

/// What `resolve` commits last, whatever was dropped: by then its other tables are there too.
const INPUTS: [&str; 1] = ["silver.crosswalk"];

/// Computes the golden customers, once for all messages that tell of new input.
pub async fn handle(
    event: LambdaEvent<SqsEvent>,
    state: &State,
) -> Result<SqsBatchResponse, Error> {
    let now = chrono::Utc::now();
    Ok(entrypoint::wake(event, state, &INPUTS, now, pipeline::golden::run).await)
}
