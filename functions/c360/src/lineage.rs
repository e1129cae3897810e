//! `c360 lineage`: where a feed's columns, or a record's values, come from.

use crate::args::{LineageArgs, RecordName};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table};
use crate::query::all_tables;
use crate::rows::{Row, Rows, fetch, quoted};
use pipeline::standardize::{self, FeedLineage};
use pipeline::{Run, Sql};
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub async fn run(context: &Context, args: LineageArgs) -> Result<()> {
    let run = context.open_with(args.landing.landing)?;
    let record = args.of.split_once(':').map(|(source, id)| RecordName {
        source: source.to_owned(),
        id: id.to_owned(),
    });
    let text = match (record, args.json) {
        (None, is_json) => {
            let lineage = standardize::lineage(&run, &args.of).await?;
            match is_json {
                true => format!("{}\n", json!(lineage)),
                false => of_feed(&lineage),
            }
        }
        (Some(record), is_json) => {
            let versions = versions(&run, &record).await?;
            match is_json {
                true => format!("{}\n", json!({"versions": as_json(&versions)})),
                false => of_record(&record, &versions),
            }
        }
    };
    format::print(&text)
}

fn of_feed(lineage: &FeedLineage) -> String {
    let mut table = Table::new("llll").head(["column", "", "from", "through"]);
    for column in &lineage.mapping.columns {
        let from = match column.from.is_empty() {
            true => "(a constant)".to_owned(),
            false => joined(&column.from),
        };
        table.line([column.column.as_str(), "←", &from, &joined(&column.through)]);
    }
    let mut text = format!(
        "{} reads {}, as in {}\n{table}",
        lineage.mapping_file, lineage.feed, lineage.file
    );
    if !lineage.mapping.filters.is_empty() {
        let filters = joined(&lineage.mapping.filters);
        text.push_str(&format!("rows are kept by: {filters}\n"));
    }
    if !lineage.mapping.unread.is_empty() {
        let unread = lineage.mapping.unread.join(", ");
        text.push_str(&format!("not read: {unread}\n"));
    }
    text
}

fn joined(names: &BTreeSet<String>) -> String {
    names.iter().cloned().collect::<Vec<_>>().join(", ")
}

/// Every version of a record, in whatever table its rows are.
async fn versions(run: &Run, record: &RecordName) -> Result<Rows> {
    let selects: Vec<String> = tables(&run.sql)
        .map(|table| {
            format!(
                "SELECT '{table}' AS table_name, r.updated_at, r.feed, r.source_file, r.source_row, r.original, \
                 r.file_key, r.run_id, r.ingested_at FROM {table} AS r \
                 WHERE r.source_system = {} AND r.source_record_id = {}",
                quoted(&record.source),
                quoted(&record.id)
            )
        })
        .collect();
    // A row whose file is not named yet is none: its run was killed, and the next one goes on.
    let sql = format!(
        "SELECT v.table_name, v.updated_at, v.feed, v.source_file, v.source_row, v.original, v.run_id, v.ingested_at, \
         max(f.mapping_hash) AS mapping_hash, max(f.content_hash) AS content_hash \
         FROM ({}) AS v JOIN bronze.ingested_files AS f ON f.file_key = v.file_key \
         GROUP BY v.table_name, v.updated_at, v.feed, v.source_file, v.source_row, v.original, v.run_id, v.ingested_at \
         ORDER BY v.table_name, v.updated_at, v.source_file, v.source_row",
        selects.join(" UNION ALL ")
    );
    let session = all_tables(run).await?;
    let found = fetch(&session, "looking the record up", &sql).await?;
    if found.is_empty() {
        return Err(Error::Refused(format!(
            "no row of {record} was ever taken in; the name is SOURCE:ID, such as crm:1001, or a feed's name"
        )));
    }
    Ok(found)
}

/// Tables whose rows are versions of a source's records, with the values as they came.
fn tables(sql: &Sql) -> impl Iterator<Item = &str> {
    let has = ["source_record_id", "source_row", "original", "ingested_at"];
    let tables = sql.tables().filter(move |table| {
        let mut wanted = has.iter();
        wanted.all(|column| table.schema.field_with_name(column).is_ok())
    });
    // Current state repeats the versions.
    tables
        .map(|table| table.name.as_str())
        .filter(|name| !matches!(*name, "silver.persons" | "silver.accounts"))
}

fn of_record(record: &RecordName, versions: &Rows) -> String {
    let mut text = String::new();
    for version in versions.iter() {
        let mut table = Table::new("ll");
        table.line(["file", version.text("source_file")]);
        table.line(["row", version.text("source_row")]);
        table.line(["file's SHA-256", version.text("content_hash")]);
        table.line([
            "mapping",
            &format!(
                "of feed {}, SHA-256 {}",
                version.text("feed"),
                version.text("mapping_hash")
            ),
        ]);
        table.line(["run", version.text("run_id")]);
        table.line(["updated_at", version.text("updated_at")]);
        for (column, value) in original(version) {
            table.line([&format!("  {column}"), &value]);
        }
        let title = format!("{record} in {}", version.text("table_name"));
        text.push_str(&format::section(&title, &table));
    }
    text
}

/// The mapped values before standardizing, by column.
fn original(version: Row<'_>) -> Vec<(String, String)> {
    let values: Value = serde_json::from_str(version.text("original")).unwrap_or_default();
    let Value::Object(values) = values else {
        return Vec::new();
    };
    let text = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    let values = values.into_iter();
    values.map(|(name, value)| (name, text(value))).collect()
}

fn as_json(versions: &Rows) -> Vec<Value> {
    let versions = versions.iter().map(|version| {
        let original: Value = serde_json::from_str(version.text("original")).unwrap_or_default();
        json!({
            "table": version.get("table_name"), "updated_at": version.get("updated_at"),
            "feed": version.get("feed"), "source_file": version.get("source_file"),
            "source_row": version.number("source_row"), "mapping_hash": version.get("mapping_hash"),
            "content_hash": version.get("content_hash"), "run_id": version.get("run_id"),
            "original": original,
        })
    });
    versions.collect()
}
