#![doc = include_str!("../README.md")]

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use entrypoint::{Invocation, State};
use lambda_runtime::{Error, LambdaEvent};
use pipeline::Run;
use pipeline::extract::{self, Report, newest};
use pipeline::golden::last_publication;
use serde_json::json;
use tracing::{Instrument, info};

/// `golden` commits a publication when all its tables are there.
const INPUTS: [&str; 1] = ["gold.publications"];

/// Writes the files for others, once for all messages that tell of a publication.
pub async fn handle(
    event: LambdaEvent<SqsEvent>,
    state: &State,
) -> Result<SqsBatchResponse, Error> {
    let mut call = Invocation::begin(state, event.context);
    let span = call.span();
    let work = async move {
        let stage = |run: Run| async move { extract::run(&run).await };
        if let Some(report) = call.wake(event.payload, &INPUTS, stage).await
            && let Err(error) = settle(&mut call, &report).await
        {
            call.hand_back_all(&error);
        }
        Ok(call.end().await)
    };
    Box::pin(work).instrument(span).await
}

/// Tags and publishes the files, and puts them on record. Each looks at what is there and not at what this run did, so that the
/// next run completes what a killed one left.
async fn settle(call: &mut Invocation<'_>, report: &Report) -> Result<(), Error> {
    let run = call.run_as_of(call.now.timestamp_micros());
    call.state.tag_extracts(&report.files).await;
    let published = call.state.publish_extracts(&run).await?;
    if !published.is_empty() {
        info!(files = published.len(), "published");
    }
    if report.is_new {
        call.metrics
            .count("FilesWritten", report.files.len() as u64);
        call.count_lag(None);
    }
    if !call.state.is_audited() {
        return Ok(());
    }
    if let Some(last) = last_publication(&run).await? {
        let mut files = Vec::new();
        for name in extract::names(&run)? {
            files.extend(newest(&run, &name).await?);
        }
        let record = json!({"function": call.state.function, "files": files});
        call.state.audit(&last.run_id, last.as_of, &record).await?;
    }
    Ok(())
}
