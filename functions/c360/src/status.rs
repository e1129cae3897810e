//! `c360 status`: what stands in the lake, how far each stage is, what waits in the queues.

#[cfg(feature = "s3")]
mod queues;

use crate::args::StatusArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table, age, count};
use crate::run::rfc3339;
use pipeline::status::{Status, status};
use serde::Serialize;
use serde_json::Value;

/// What `--json` prints.
#[derive(Serialize)]
struct Told<'a> {
    as_of: String,
    #[serde(flatten)]
    lake: &'a Status,
    /// Seconds since the oldest drop that no publication has yet; 0: all are published, null: nothing was dropped.
    lag_seconds: Option<i64>,
    queues: Value,
    /// What failed for good: some of the dead letters of these queues.
    errors: Value,
}

/// What `--queues` adds: how much waits and what failed for good, as JSON and as tables.
struct Queues {
    depths: Value,
    errors: Value,
    waiting: Table,
    failed: Table,
}

#[cfg(not(feature = "s3"))]
impl Queues {
    fn none() -> Queues {
        Queues {
            depths: serde_json::json!([]),
            errors: serde_json::json!([]),
            waiting: Table::new(""),
            failed: Table::new(""),
        }
    }
}

pub async fn run(context: &Context, args: StatusArgs) -> Result<()> {
    let run = context.open()?;
    let lake = status(&run).await?;
    #[cfg(feature = "s3")]
    let seen = queues::look(&args.queues).await?;
    #[cfg(not(feature = "s3"))]
    let seen = Queues::none();
    if args.json {
        let told = Told {
            as_of: rfc3339(context.as_of),
            lag_seconds: lag(&lake, context.as_of),
            lake: &lake,
            queues: seen.depths,
            errors: seen.errors,
        };
        let json = serde_json::to_string(&told).map_err(Error::write("the status"))?;
        return format::print(&format!("{json}\n"));
    }
    let mut text = format::section("Tables", &tables(&lake, context.as_of));
    text.push_str(&format::section("Path", &path(&lake, context.as_of)));
    text.push_str(&format::section("Quarantined by the last run", &bad(&lake)));
    text.push_str(&format::section("Queues", &seen.waiting));
    text.push_str(&format::section("Failed for good", &seen.failed));
    format::print(text.trim_start_matches('\n'))
}

/// How long the oldest drop without a publication has been waiting for it.
fn lag(status: &Status, now: i64) -> Option<i64> {
    status.newest_drop?;
    let waiting = status.oldest_unpublished_drop;
    Some(waiting.map_or(0, |drop| (now - drop) / 1_000_000))
}

fn tables(status: &Status, now: i64) -> Table {
    let mut table = Table::new("lrrl").head(["table", "version", "rows", "last commit"]);
    for one in &status.tables {
        let since = one.committed_at.map(|at| age((now - at) / 1_000_000));
        table.line([
            one.table.clone(),
            one.version.to_string(),
            count(one.rows),
            since.map_or_else(|| "–".into(), |age| format!("{age} ago")),
        ]);
    }
    table
}

fn path(status: &Status, now: i64) -> Table {
    let mut table = Table::new("ll");
    let ago = |at: i64| format!("{} ({} ago)", rfc3339(at), age((now - at) / 1_000_000));
    table.line([
        "newest drop".to_owned(),
        status.newest_drop.map_or_else(|| "none".into(), ago),
    ]);
    let published = match (&status.publication, status.published_as_of) {
        (Some(id), Some(at)) => format!("{id}, as of {}", ago(at)),
        _ => "none".into(),
    };
    table.line(["newest publication".to_owned(), published]);
    let lag = match lag(status, now) {
        Some(0) => "none: everything dropped is published".into(),
        Some(seconds) => format!("{}, and growing", age(seconds)),
        None => "nothing was dropped".into(),
    };
    table.line(["lag".to_owned(), lag]);
    for waiting in &status.waiting {
        let behind = format::plural(waiting.behind as u64, waiting.of);
        table.line([
            format!("{} has yet to read", waiting.stage),
            format!("{behind} of {}", waiting.table),
        ]);
    }
    for lease in &status.leases {
        let holder = format!("run {}", lease.holder);
        table.line([format!("{} is being rewritten by", lease.name), holder]);
    }
    for (extract, behind) in &status.extracts_behind {
        table.line([
            "extract has yet to write".to_owned(),
            format!(
                "{extract}, {} behind",
                format::plural(*behind as u64, "publication")
            ),
        ]);
    }
    table
}

fn bad(status: &Status) -> Table {
    let mut table = Table::new("lrl").head(["feed", "rows", "reason"]).fit();
    for one in &status.quarantined {
        table.line([
            one.feed.clone(),
            count(one.rows.max(0) as u64),
            one.reason.clone(),
        ]);
    }
    table
}
