//! Violations that no model can bring about: a commit that lost its rows, an append that came twice, a stray row.

use super::{published, refuses};
use crate::support::Project;
use arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use serde_json::json;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

/// The commits of a table, oldest first.
fn commits(project: &Project, table: &str) -> Vec<PathBuf> {
    let log = project
        .lake()
        .join(table.replace('.', "/"))
        .join("_delta_log");
    let mut commits: Vec<PathBuf> = fs::read_dir(log)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    commits.sort();
    commits
}

/// Dies when all rows of the drop's first feed are written and before their file is named.
fn die_before_the_file_is_named(project: &Project) {
    let mut run: Command = project.run_command("2026-03-01");
    assert!(
        !run.env("C360_CRASH_AT", "staged/bronze.ingested_files")
            .output()
            .unwrap()
            .status
            .success()
    );
}

/// Appends one row to a table, past the pipeline: text, and integers where the text is one.
fn append(project: &Project, table: &str, row: &[(&str, &str)]) {
    let folder = project.lake().join(table.replace('.', "/"));
    let columns = row.iter().map(|(name, value)| {
        let column: ArrayRef = match (*name, value.parse::<i64>()) {
            ("source_row" | "record_key", Ok(number)) => Arc::new(Int64Array::from(vec![number])),
            _ => Arc::new(StringArray::from(vec![*value])),
        };
        (*name, column)
    });
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    let content = writer.into_inner().unwrap();
    fs::write(folder.join("stray.parquet"), &content).unwrap();
    let add = json!({"add": {
        "path": "stray.parquet", "partitionValues": {}, "size": content.len(), "modificationTime": 0, "dataChange": true,
    }});
    let version = commits(project, table).len();
    fs::write(
        folder.join(format!("_delta_log/{version:020}.json")),
        add.to_string(),
    )
    .unwrap();
}

#[test]
fn standardize_refuses_a_commit_that_lost_its_rows() {
    let project = published();
    die_before_the_file_is_named(&project);
    let log = commits(&project, "silver.person_records").pop().unwrap();
    let commit = fs::read_to_string(&log).unwrap();
    let kept: Vec<&str> = commit
        .lines()
        .filter(|line| !line.starts_with("{\"add\""))
        .collect();
    assert!(
        kept.len() < commit.lines().count() && commit.contains("\"txn\""),
        "{commit}"
    );
    fs::write(log, kept.join("\n")).unwrap();
    refuses(&project, "standardize/01_rows_conserved", None);
}

#[test]
fn standardize_refuses_an_append_that_came_twice() {
    let project = published();
    project.drop("crm_person_bad.csv", "source_record_id\n\"\"\n");
    project.map("crm_person", "SELECT source_record_id FROM input");
    die_before_the_file_is_named(&project);
    let raw = fs::read_to_string(commits(&project, "bronze.quarantine").pop().unwrap()).unwrap();
    let transaction = raw
        .lines()
        .find(|line| line.starts_with("{\"txn\""))
        .expect("the files' transactions");
    let transaction: serde_json::Value = serde_json::from_str(transaction).unwrap();
    let stands = project.table("bronze.quarantine");
    let row = stands.iter().last().expect("a quarantined row");
    let (file_key, source_row) = (
        row.get("file_key").to_owned(),
        row.get("source_row").to_owned(),
    );
    assert!(transaction["txn"]["appId"].is_string());
    append(
        &project,
        "bronze.quarantine",
        &[
            ("file_key", &file_key),
            ("source_row", &source_row),
            ("reason", "twice"),
        ],
    );
    refuses(&project, "standardize/02_delivered_once", None);
}

#[test]
fn resolve_refuses_an_id_that_would_vanish() {
    let project = published();
    append(
        &project,
        "silver.crosswalk",
        &[
            ("entity", "household"),
            ("source_system", "crm"),
            ("source_record_id", "1"),
            ("customer_id", "H-1"),
            ("record_key", "1"),
        ],
    );
    refuses(&project, "resolve/04_every_id_leads_somewhere", None);
}

#[test]
fn resolve_refuses_an_id_that_is_given_up_without_cause() {
    let project = published();
    // A record under the integer key of another: one of the two was a customer of its own.
    let crosswalk = project.table("silver.crosswalk");
    let wei = crosswalk.one(&[
        ("entity", "person"),
        ("source_system", "crm"),
        ("source_record_id", "2"),
    ]);
    append(
        &project,
        "silver.crosswalk",
        &[
            ("entity", "person"),
            ("source_system", "crm"),
            ("source_record_id", "nobody"),
            ("customer_id", "P-nobody"),
            ("record_key", wei.get("record_key")),
        ],
    );
    refuses(&project, "resolve/04_ids_keep_hands", None);
}
