//! `c360 profile`: how good the sources are, what the columns of a feed hold, and what standardizing did to them.

use crate::args::ProfileArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table};
use crate::query::all_tables;
use crate::rows::{Row, Rows, fetch, quoted};
use pipeline::{Run, standardize};
use serde_json::{Value, json};

pub async fn run(context: &Context, args: ProfileArgs) -> Result<()> {
    if args.rules {
        let rules: Vec<(&str, &str)> = standardize::rules().collect();
        return format::print(&match args.json {
            true => format!("{}\n", json!(rules)),
            false => {
                let mut table = Table::new("ll");
                for (name, does) in rules {
                    table.line([name, does]);
                }
                table.to_string()
            }
        });
    }
    let run = context.open()?;
    let text = match &args.feed {
        Some(feed) => {
            let (columns, schema) = newest(&run, feed).await?;
            match args.json {
                true => format!("{}\n", as_json(feed, &columns, &schema)),
                false => of_feed(feed, &columns, &schema),
            }
        }
        None => {
            let kpis = kpis(&run).await?;
            match args.json {
                true => format!("{}\n", json!({"sources": kpis_as_json(&kpis)})),
                false => of_sources(&kpis),
            }
        }
    };
    format::print(&text)
}

async fn kpis(run: &Run) -> Result<Rows> {
    let session = all_tables(run).await?;
    let sql = run.sql.text("silver/source_kpis.sql")?;
    fetch(&session, "measuring the sources", &sql).await
}

fn of_sources(kpis: &Rows) -> String {
    if kpis.is_empty() {
        return "No file was taken in yet; c360 run does.\n".into();
    }
    let head = [
        "source",
        "files",
        "e-mails",
        "valid",
        "phones",
        "valid",
        "addresses",
        "standardized",
    ];
    let mut table = Table::new("lrrrrrrr").head(head);
    for source in kpis.iter() {
        let count = |column| match source.get(column) {
            Some(_) => format::count(source.number(column) as u64),
            None => "–".into(),
        };
        let share = |column| match share(source, column) {
            Some(share) => format::percent(share),
            None => "–".into(),
        };
        table.line([
            source.text("source_system").to_owned(),
            count("files"),
            count("emails"),
            share("valid_email_share"),
            count("phones"),
            share("valid_phone_share"),
            count("addresses"),
            share("standardized_address_share"),
        ]);
    }
    format!("{table}\nc360 profile FEED shows the columns of a feed.\n")
}

fn kpis_as_json(kpis: &Rows) -> Vec<Value> {
    let sources = kpis.iter().map(|source| {
        json!({
            "source_system": source.get("source_system"),
            "files": source.number("files"),
            "emails": source.number("emails"),
            "valid_email_share": share(source, "valid_email_share"),
            "phones": source.number("phones"),
            "valid_phone_share": share(source, "valid_phone_share"),
            "addresses": source.number("addresses"),
            "standardized_address_share": share(source, "standardized_address_share"),
        })
    });
    sources.collect()
}

fn share(row: Row<'_>, column: &str) -> Option<f64> {
    row.get(column)?.parse().ok()
}

/// The profile and the schema of a feed's newest file.
async fn newest(run: &Run, feed: &str) -> Result<(Rows, Rows)> {
    let session = all_tables(run).await?;
    let newest = format!(
        "(SELECT p.file_key FROM silver.feed_profiles AS p JOIN scratch.active_files AS f ON f.file_key = p.file_key \
         WHERE p.feed = {} ORDER BY p.ingested_at DESC, p.source_file DESC LIMIT 1)",
        quoted(feed)
    );
    let columns = fetch(
        &session,
        "reading the profile of a feed",
        &format!(
            "SELECT * FROM silver.feed_profiles WHERE file_key IN {newest} ORDER BY column_name"
        ),
    )
    .await?;
    if columns.is_empty() {
        let known: Vec<&str> = run
            .project
            .feeds
            .iter()
            .map(|feed| feed.name.as_str())
            .collect();
        return Err(Error::Refused(match known.contains(&feed) {
            true => format!("feed {feed} has taken in no file with rows yet; c360 run does"),
            false => format!(
                "no feed of c360.toml is named {feed}; there are: {}",
                known.join(", ")
            ),
        }));
    }
    let schema = fetch(
        &session,
        "reading the columns of a feed",
        &format!("SELECT * FROM bronze.feed_schemas WHERE file_key IN {newest} ORDER BY position, column_name"),
    )
    .await?;
    Ok((columns, schema))
}

fn of_feed(feed: &str, columns: &Rows, schema: &Rows) -> String {
    let first = columns.first();
    let mut text = format!(
        "{feed}: {} rows of {}, taken in {}\n",
        first.map_or(0, |row| row.number("row_count")),
        first.map_or("", |row| row.text("source_file")),
        first.map_or("", |row| row.text("ingested_at")),
    );
    let mut table = Table::new("lrrrl")
        .head(["column", "filled", "valid", "distinct", "most are like"])
        .fit();
    for column in columns.iter() {
        let part = |part: &str, whole: &str| {
            let whole = column.number(whole) as u64;
            match whole {
                0 => "–".into(),
                whole => format::percent(format::share(column.number(part) as u64, whole)),
            }
        };
        table.line([
            column.text("column_name").to_owned(),
            part("filled", "row_count"),
            part("valid", "filled"),
            match column.get("distinct_values") {
                Some(_) => format::count(column.number("distinct_values") as u64),
                None => String::new(),
            },
            likes(column),
        ]);
    }
    text.push_str(&table.to_string());
    text.push_str(&changes(columns, schema));
    let mut rules = Table::new("llrll").head(["column", "rule", "values", "such as", "became"]);
    for column in columns.iter() {
        for (rule, tally) in tallies(column) {
            rules.line([
                column.text("column_name").to_owned(),
                rule,
                format::count(tally["values"].as_u64().unwrap_or_default()),
                tally["before"].as_str().unwrap_or_default().to_owned(),
                tally["after"].as_str().unwrap_or_default().to_owned(),
            ]);
        }
    }
    if !rules.is_empty() {
        text.push_str(&format::section(
            "what rules changed or noticed (letters are shown as a, digits as 9)",
            &rules,
        ));
    }
    text
}

/// The most frequent patterns of a column.
fn likes(column: Row<'_>) -> String {
    let patterns: Vec<(String, f64)> =
        serde_json::from_str(column.text("patterns")).unwrap_or_default();
    let shown = patterns.iter().take(3).map(|(pattern, share)| {
        let share = format::percent(*share);
        format!("{pattern} {share}")
    });
    let mut shown: Vec<String> = shown.collect();
    if let Some(order) = column.get("date_order") {
        shown.push(format!("({})", order.replace('_', " ")));
    }
    shown.join(", ")
}

/// What changed since the file before, in columns and in values.
fn changes(columns: &Rows, schema: &Rows) -> String {
    let mut table = Table::new("ll");
    for column in schema.iter() {
        if let Some(change) = column.get("change") {
            let before = column
                .get("before")
                .map_or(String::new(), |before| format!(" (was {before})"));
            table.line([
                column.text("column_name").to_owned(),
                format!("{change}{before}"),
            ]);
        }
    }
    for column in columns.iter() {
        let drifts = [
            ("filled_drift", "filled"),
            ("valid_drift", "valid"),
            ("pattern_drift", "of another pattern"),
        ];
        for (drift, what) in drifts {
            // A percent is no change.
            if let Some(drift) = share(column, drift).filter(|drift| drift.abs() >= 0.01) {
                let points = format!("{:+.0} % {what}", 100.0 * drift);
                table.line([column.text("column_name").to_owned(), points]);
            }
        }
    }
    match (
        table.is_empty(),
        columns.first().and_then(|row| row.get("previous_file")),
    ) {
        (false, Some(before)) => format::section(&format!("since {before}"), &table),
        _ => String::new(),
    }
}

fn tallies(column: Row<'_>) -> Vec<(String, Value)> {
    match serde_json::from_str(column.text("rules")) {
        Ok(Value::Object(rules)) => rules.into_iter().collect(),
        _ => Vec::new(),
    }
}

fn as_json(feed: &str, columns: &Rows, schema: &Rows) -> Value {
    let first = columns.first();
    let parsed = |row: Row<'_>, column: &str| -> Value {
        serde_json::from_str(row.text(column)).unwrap_or_default()
    };
    let profiles: Vec<Value> = columns
        .iter()
        .map(|column| {
            json!({
                "column": column.get("column_name"), "filled": column.number("filled"),
                "valid": column.number("valid"),
                "distinct": column.get("distinct_values").and_then(|number| number.parse::<i64>().ok()),
                "patterns": parsed(column, "patterns"), "rules": parsed(column, "rules"),
                "date_order": column.get("date_order"),
                "filled_drift": share(column, "filled_drift"), "valid_drift": share(column, "valid_drift"),
                "pattern_drift": share(column, "pattern_drift"),
            })
        })
        .collect();
    let schema: Vec<Value> = schema
        .iter()
        .map(|column| {
            json!({
                "column": column.get("column_name"),
                "position": column.get("position").and_then(|number| number.parse::<i64>().ok()),
                "data_type": column.get("data_type"), "looks_like": column.get("looks_like"),
                "change": column.get("change"), "before": column.get("before"),
            })
        })
        .collect();
    json!({
        "feed": feed,
        "file": first.and_then(|row| row.get("source_file")),
        "previous_file": first.and_then(|row| row.get("previous_file")),
        "rows": first.map(|row| row.number("row_count")),
        "columns": profiles,
        "schema": schema,
    })
}
