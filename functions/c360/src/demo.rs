//! `c360 demo`: five systems' extracts of an invented company, every stage, and how well it went.

mod report;
mod score;
mod setup;

use crate::args::DemoArgs;
use crate::context::Context;
use crate::error::Result;
use crate::format;
use crate::run::stages;
use chrono::{NaiveDate, NaiveTime};

pub async fn run(context: &Context, args: DemoArgs) -> Result<()> {
    let made = setup::prepare(&args)?;
    let context = context.at(&args.dir, context.chosen_as_of.unwrap_or(demo_time()));
    let run = context.open()?;
    let done = stages(&run, None).await?;
    if done.is_stopped() {
        return done.succeed();
    }
    let report = report::write(&run, &args.dir, &made, &done).await?;
    format::print(&report)?;
    done.succeed()
}

/// The midnight after the day of the extracts: every time in them lies before it. A demo that went by the clock would
/// give other lifecycle stages every day.
fn demo_time() -> i64 {
    testkit::EXTRACT_DATE
        .parse::<NaiveDate>()
        .ok()
        .and_then(|day| day.succ_opt())
        .map_or(0, |day| {
            day.and_time(NaiveTime::MIN).and_utc().timestamp_micros()
        })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_demo_has_its_own_time() {
        assert_eq!(
            crate::run::rfc3339(super::demo_time()),
            "2026-07-01T00:00:00Z"
        );
    }
}
