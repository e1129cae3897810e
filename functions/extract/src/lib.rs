#![doc = include_str!("../README.md")]

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use entrypoint::State;
use lambda_runtime::{Error, LambdaEvent};

/// `golden` commits a publication when all its tables are there.
const INPUTS: [&str; 1] = ["gold.publications"];

/// Writes the files for others, once for all messages that tell of a publication.
pub async fn handle(
    event: LambdaEvent<SqsEvent>,
    state: &State,
) -> Result<SqsBatchResponse, Error> {
    let now = chrono::Utc::now();
    Ok(entrypoint::wake(event, state, &INPUTS, now, pipeline::extract::run).await)
}
