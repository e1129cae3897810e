#![doc = include_str!("../README.md")]

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use entrypoint::{Invocation, State};
use lambda_runtime::{Error, LambdaEvent};
use pipeline::Run;
use pipeline::resolve::{self, Report};
use tracing::{Instrument, info};

/// A drop is complete when its file is named in `bronze.ingested_files`, which is committed last; the rows it brought are
/// commits of other tables, and too early to read.
const INPUTS: [&str; 2] = ["bronze.ingested_files", "silver.steward_decisions"];

/// What came of a run.
#[derive(Debug)]
enum Outcome {
    Resolved(Report),
    /// Too much work for a function: nothing was done.
    Outgrown {
        records: u64,
        bytes: u64,
    },
}

/// Decides who is who, once for all messages that tell of new input. Work that outgrows a function goes to the container job.
pub async fn handle(
    event: LambdaEvent<SqsEvent>,
    state: &State,
) -> Result<SqsBatchResponse, Error> {
    let mut call = Invocation::begin(state, event.context);
    let span = call.span();
    let work = async move {
        let limits = state.limits();
        let stage = move |run: Run| async move {
            if let Some(limits) = limits {
                let size = resolve::estimate(&run).await?;
                let (records, bytes) = (size.rows, size.bytes);
                if records > limits.records || bytes > limits.bytes {
                    return Ok(Outcome::Outgrown { records, bytes });
                }
            }
            resolve::run(&run).await.map(Outcome::Resolved)
        };
        match call.wake(event.payload, &INPUTS, stage).await {
            None => {}
            Some(Outcome::Resolved(report)) => count(&mut call, &report),
            Some(Outcome::Outgrown { records, bytes }) => match call.hand_over().await {
                Ok(()) => info!(records, bytes, "handed over to the container job"),
                Err(error) => call.hand_back_all(&error),
            },
        }
        Ok(call.end().await)
    };
    Box::pin(work).instrument(span).await
}

/// The container job: one run without a deadline, whatever its size.
pub async fn once(state: &State) -> Result<(), Error> {
    let mut call = Invocation::job(state);
    let span = call.span();
    let work = async move {
        let stage = |run: Run| async move { resolve::run(&run).await };
        let report = call.run(call.now, stage).await?;
        info!(?report, "done");
        count(&mut call, &report);
        call.end().await;
        Ok(())
    };
    Box::pin(work).instrument(span).await
}

fn count(call: &mut Invocation<'_>, report: &Report) {
    if !report.is_new {
        return;
    }
    let customers = report.customers.person + report.customers.account;
    call.metrics.count("PairsCompared", report.pairs_compared);
    call.metrics.count("AutoMerges", report.auto_edges);
    call.metrics.count("Customers", customers);
    call.metrics.count("ReviewQueue", report.review_queue);
    let churn = report.id_churn;
    let moved = churn.person.records_moved + churn.account.records_moved;
    call.metrics.count("RecordsMoved", moved);
    call.metrics
        .count("LargeHouseholds", report.large_households);
    call.count_lag(None);
}
