//! `c360 golden`: the stage alone; with `--plan`, what it would publish, before it does.

use crate::args::{GoldenArgs, StageName};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table, count, percent, section};
use crate::rows::{Row, Rows, fetch};
use pipeline::golden::{self, Plan};
use serde_json::{Value, json};

pub async fn run(context: &Context, args: GoldenArgs) -> Result<()> {
    let mut run = context.open()?;
    run.accepted = args.accept.into_iter().collect();
    if !args.plan {
        return crate::run::report(&run, Some(StageName::Golden), args.json).await;
    }
    golden::check(&run).await?;
    let Some(plan) = golden::plan(&run).await? else {
        return match args.json {
            true => format::print("{\"is_new\":false}\n"),
            false => format::print("Nothing is new: a run would publish nothing.\n"),
        };
    };
    let shown = show(&plan, args.json).await;
    plan.discard(&run).await;
    format::print(&shown?)
}

async fn show(plan: &Plan, as_json: bool) -> Result<String> {
    let what = "reading the plan";
    let kpis = format!(
        "SELECT kpi, scope, scope_value, value, of_all, previous_value, breach FROM gold.kpis \
         WHERE publication_id = '{}' ORDER BY kpi, scope, scope_value",
        plan.publication_id()
    );
    let kpis = fetch(plan.session(), what, &kpis).await?;
    let events = "SELECT event_type, count(*) AS events FROM scratch.change_events GROUP BY event_type ORDER BY event_type";
    let events = fetch(plan.session(), what, events).await?;
    match as_json {
        true => told(plan, &kpis, &events),
        false => Ok(text(plan, &kpis, &events)),
    }
}

fn told(plan: &Plan, kpis: &Rows, events: &Rows) -> Result<String> {
    let number = |row: Row<'_>, column: &str| -> Value { json!(figure(row, column)) };
    let kpis: Vec<Value> = kpis
        .iter()
        .map(|row| {
            json!({
                "kpi": row.text("kpi"),
                "scope": row.text("scope"),
                "scope_value": row.text("scope_value"),
                "value": number(row, "value"),
                "previous_value": number(row, "previous_value"),
                "breach": row.get("breach"),
            })
        })
        .collect();
    let events: serde_json::Map<String, Value> = events
        .iter()
        .map(|row| {
            (
                row.text("event_type").to_owned(),
                json!(row.number("events")),
            )
        })
        .collect();
    let told = json!({
        "is_new": true,
        "publication_id": plan.publication_id(),
        "stopped": plan.stopped.as_ref().map(ToString::to_string),
        "breaches": plan.report().breaches,
        "kpis": kpis,
        "events": events,
        "rows": plan.report().rows,
    });
    let told = serde_json::to_string(&told).map_err(Error::write("the plan"))?;
    Ok(format!("{told}\n"))
}

fn text(plan: &Plan, kpis: &Rows, events: &Rows) -> String {
    let mut text = match &plan.stopped {
        Some(error) => format!("A run would publish nothing: {error}\n"),
        None => format!("A run would make publication {}.\n", plan.publication_id()),
    };
    for breach in &plan.report().breaches {
        text.push_str(&format!("Limit: {breach}.\n"));
    }
    let mut table = Table::new("llrr").head(["KPI", "of", "published", "would be"]);
    for row in kpis.iter() {
        let (before, now) = (row.get("previous_value"), row.get("value"));
        let is_told = row.text("scope") == "all" || row.get("breach").is_some();
        if is_told || before != now {
            table.line([
                row.text("kpi").replace('_', " "),
                group(row.text("scope"), row.text("scope_value")),
                shown(row, "previous_value"),
                shown(row, "value"),
            ]);
        }
    }
    text.push_str(&section(
        "KPIs: of all, and of those for whom they change",
        &table,
    ));
    let mut table = Table::new("lr");
    for row in events.iter() {
        table.line([
            row.text("event_type").to_owned(),
            count(row.number("events").unsigned_abs()),
        ]);
    }
    text.push_str(&section("Change events", &table));
    text.push_str("\nNothing is published: `c360 run` does.\n");
    text
}

/// `all`, `crm`, `person`; a segment says that it is one.
pub fn group(scope: &str, value: &str) -> String {
    match scope {
        "segment" => format!("segment {value}"),
        _ => value.replace('_', " "),
    }
}

pub fn figure(row: Row<'_>, column: &str) -> Option<f64> {
    row.get(column)?.parse().ok()
}

/// A share in percent, a count as it is, `–` where there is none.
pub fn shown(row: Row<'_>, column: &str) -> String {
    match (figure(row, column), row.get("of_all")) {
        (None, _) => "–".into(),
        (Some(value), Some(_)) => percent(value),
        (Some(value), None) => count(value.max(0.0) as u64),
    }
}
