#![doc = include_str!("../README.md")]

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use entrypoint::{Invocation, State};
use lambda_runtime::{Error, LambdaEvent};
use pipeline::golden::{self, Report, last_publication};
use pipeline::{Run, status};
use serde_json::json;
use tracing::Instrument;

/// What `resolve` commits last, whatever was dropped: by then its other tables are there too.
const INPUTS: [&str; 1] = ["silver.crosswalk"];

/// Computes the golden customers, once for all messages that tell of new input.
pub async fn handle(
    event: LambdaEvent<SqsEvent>,
    state: &State,
) -> Result<SqsBatchResponse, Error> {
    let mut call = Invocation::begin(state, event.context);
    let span = call.span();
    let work = async move {
        let stage = |run: Run| async move { golden::run(&run).await };
        if let Some(report) = call.wake(event.payload, &INPUTS, stage).await
            && let Err(error) = settle(&mut call, &report).await
        {
            call.hand_back_all(&error);
        }
        Ok(call.end().await)
    };
    Box::pin(work).instrument(span).await
}

/// Counts what was published, and puts it on record. The record is the publication's, not the run's: where a run was killed
/// before it wrote it, the next one does.
async fn settle(call: &mut Invocation<'_>, report: &Report) -> Result<(), Error> {
    let as_of = call.now.timestamp_micros();
    let run = call.run_as_of(as_of);
    if report.is_new {
        let customers = report.rows.get("gold.dim_customer").copied();
        call.metrics.count("Customers", customers.unwrap_or(0));
        call.metrics
            .count("LimitsPassed", report.breaches.len() as u64);
        // Of the drop that waited longest for this publication.
        let oldest = status::oldest_drop(&run, report.files_before, report.files_now).await?;
        call.count_lag(oldest);
    }
    if !call.state.is_audited() {
        return Ok(());
    }
    if let Some(last) = last_publication(&run).await? {
        let record = json!({"function": call.state.function, "publication": last});
        call.state.audit(&last.run_id, last.as_of, &record).await?;
    }
    Ok(())
}
