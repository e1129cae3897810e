#![doc = include_str!("../README.md")]

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use entrypoint::State;
use lambda_runtime::{Error, LambdaEvent};

/// A drop is complete when its file is named in `bronze.ingested_files`, which is committed last; the rows it brought are
/// commits of other tables, and too early to read.
const INPUTS: [&str; 2] = ["bronze.ingested_files", "silver.steward_decisions"];

/// Decides who is who, once for all messages that tell of new input.
pub async fn handle(
    event: LambdaEvent<SqsEvent>,
    state: &State,
) -> Result<SqsBatchResponse, Error> {
    let now = chrono::Utc::now();
    Ok(entrypoint::wake(event, state, &INPUTS, now, pipeline::resolve::run).await)
}
