//! `c360 run`: every stage in order, on what is new.

mod report;

pub use report::{Resolved, RunReport, StageUsage, rfc3339};

use crate::args::{RunArgs, StageName};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format;
use crate::progress::Step;
use clap::ValueEnum;
use pipeline::{PipelineError, Run, customers, extract, golden, resolve, standardize};

pub async fn run(context: &Context, args: RunArgs) -> Result<()> {
    let mut run = context.open_with(args.landing.landing)?;
    run.accepts_id_churn = args.accept_id_churn;
    run.accepted = args.accept.into_iter().collect();
    report(&run, args.stage, args.json).await
}

/// Runs all stages, or one, and says what came of it.
pub async fn report(run: &Run, only: Option<StageName>, as_json: bool) -> Result<()> {
    let report = stages(run, only).await?;
    if as_json {
        println!("{}", report.json()?);
    } else {
        format::print(&report.to_string())?;
    }
    report.succeed()
}

/// Runs all stages, or one. A failed check ends the run and is part of the report, and so does what a person is to decide; any other
/// error is an error.
pub async fn stages(run: &Run, only: Option<StageName>) -> Result<RunReport> {
    let mut report = RunReport::begin(run);
    customers::check(run).await?;
    golden::check(run).await?;
    extract::check(run).await?;
    for stage in StageName::value_variants() {
        if only.is_some_and(|only| only != *stage) {
            continue;
        }
        let step = Step::begin(stage.as_str(), run.steps.clone());
        let outcome = match stage_once(run, *stage, &mut report).await {
            Ok(outcome) => outcome,
            Err(Error::Pipeline(PipelineError::ChecksFailed { failed })) => {
                report.failed_checks = failed;
                "a check failed, nothing of this stage was published".into()
            }
            Err(Error::Pipeline(error)) if error.asks_a_person() => {
                report.undecided = Some(error.to_string());
                "somebody must decide, nothing of this stage was published".into()
            }
            Err(error) => return Err(error),
        };
        let usage = step.end(&outcome);
        report.stages.push(StageUsage {
            stage: stage.as_str(),
            seconds: usage.seconds,
            peak_rss_bytes: usage.peak_rss_bytes,
        });
        if report.is_stopped() {
            break;
        }
    }
    count_customers(run, &mut report).await?;
    Ok(report)
}

/// Runs one stage and says in a few words what came of it.
async fn stage_once(run: &Run, stage: StageName, report: &mut RunReport) -> Result<String> {
    Ok(match stage {
        StageName::Standardize => {
            let done = standardize::run(run, standardize::Input::default()).await?;
            report.take_in(done)
        }
        StageName::Resolve => {
            let done = resolve::run(run).await?;
            report.id_churn = done.is_new.then_some(done.id_churn);
            report.resolved = done.is_new.then(|| Resolved::of(&done));
            match &report.resolved {
                Some(resolved) => resolved.to_string(),
                None => outcome(false),
            }
        }
        StageName::Golden => {
            let done = golden::run(run).await?;
            report.breaches = done.breaches;
            outcome(done.is_new)
        }
        StageName::Extract => outcome(extract::run(run).await?.is_new),
    })
}

fn outcome(is_new: bool) -> String {
    if is_new { "done" } else { "nothing new" }.into()
}

async fn count_customers(run: &Run, report: &mut RunReport) -> Result<()> {
    let counts = resolve::counts(run).await?;
    report.customers = counts.customers;
    report.review_queue = counts.review_queue;
    report.households = counts.households;
    report.large_households = counts.large_households;
    Ok(())
}
