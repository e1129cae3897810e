//! A long file goes in part by part, each once, whenever the run dies; many short ones go in together.

use crate::support::{Feed, Project};
use std::fmt::Write;
use std::os::unix::process::ExitStatusExt;

const DAY: &str = "2026-03-01T00:00:00Z";
const PEOPLE: &str = "SELECT id AS source_record_id, name AS full_name, email, phone, city FROM input \
                      WHERE name IS DISTINCT FROM 'Nobody'";

fn project(commit_rows: u32) -> Project {
    let setting = format!("commit_rows = {commit_rows}");
    let feed = |name: &str| Feed::new(name, name, "person", PEOPLE).with(&setting);
    Project::new(&[feed("csv"), feed("json")])
}

/// 47 rows in each file: of ten rows one is filtered and one cannot be read.
fn drop_files(project: &Project) {
    let (mut csv, mut json) = (String::from("id,name,email,phone,city\n"), String::new());
    for row in 1..=47 {
        let name = if row % 10 == 3 { "Nobody" } else { "Jane Roe" };
        let (email, phone) = (
            format!("jane{row}@b.example"),
            format!("+1 212 736 {:04}", 5000 + row),
        );
        if row % 10 == 7 {
            csv.push_str("only,two\n");
            json.push_str("no json\n");
            continue;
        }
        writeln!(csv, "{row},{name},{email},{phone},Boston").unwrap();
        writeln!(
            json,
            "{{\"id\":{row},\"name\":\"{name}\",\"email\":\"{email}\",\"phone\":\"{phone}\",\"city\":\"Boston\"}}"
        )
        .unwrap();
    }
    project.drop("csv.csv", csv);
    project.drop("json.ndjson", json);
}

const COUNTS: [u64; 4] = [47, 5, 37, 5];

#[test]
fn a_run_that_is_killed_in_the_middle_of_a_file_goes_on_there() {
    let whole = project(1_000);
    drop_files(&whole);
    let report = whole.run_at(DAY);
    assert_eq!((report.rows("csv"), report.rows("json")), (COUNTS, COUNTS));
    let expected = whole.everything();

    let project = project(10);
    drop_files(&project);
    let mut deaths = 0;
    for point in [
        "staged/silver.person_records#2",
        "committed/silver.person_records#2",
        "committed/silver.contact_points",
        "staged/bronze.quarantine#2",
        // the other feed, once the first is through
        "committed/silver.addresses#4",
        "committed/silver.contact_points#2",
        "committed/silver.person_records#2",
        "staged/bronze.ingested_files",
    ] {
        let mut run = project.run_command(DAY);
        let status = run.env("C360_CRASH_AT", point).output().unwrap().status;
        deaths += u32::from(status.signal() == Some(9));
        // What is not named is not seen.
        let seen = project.ok(&[
            "query",
            "SELECT count(*) AS rows FROM silver.person_records JOIN scratch.active_files USING (file_key)",
        ]);
        let named = project.table("bronze.ingested_files").len() * 37;
        assert_eq!(
            seen.lines().last().unwrap().trim(),
            named.to_string(),
            "{point}"
        );
    }
    assert!(deaths >= 6, "only {deaths} runs died");
    project.run_at(DAY);
    expected.assert_equal(&project.everything(), "after many deaths");
    assert_eq!(project.run_at(DAY).rows("json"), [0; 4]);
}

#[test]
fn parts_may_be_of_another_size_when_the_run_goes_on() {
    let whole = project(1_000);
    drop_files(&whole);
    whole.run_at(DAY);
    let project = project(10);
    drop_files(&project);
    let mut run = project.run_command(DAY);
    let status = run
        .env("C360_CRASH_AT", "committed/silver.addresses#2")
        .output()
        .unwrap()
        .status;
    assert_eq!(status.signal(), Some(9));
    project.edit(|toml| toml.replace("commit_rows = 10", "commit_rows = 7"));
    assert_eq!(project.run_at(DAY).rows("csv"), COUNTS);
    whole
        .everything()
        .assert_equal(&project.everything(), "other parts");
}

#[test]
fn a_long_file_is_several_commits_and_many_short_ones_are_one() {
    let commits = |project: &Project| project.versions()["silver.person_records"];
    let project = project(10);
    drop_files(&project);
    std::fs::remove_file(project.landing().join("json.ndjson")).unwrap();
    project.run();
    assert_eq!(commits(&project), 1 + 5, "the table made, five parts");
    for file in 0..8 {
        project.drop(&format!("json_{file}.ndjson"), format!("{{\"id\":{file},\"name\":\"Li Wei\",\"email\":null,\"phone\":null,\"city\":null}}\n"));
    }
    project.run();
    assert_eq!(commits(&project), 1 + 5 + 1);
}

#[test]
fn memory_does_not_grow_with_the_file() {
    let peak = |rows: usize| {
        let project = Project::new(&[Feed::new(
            "people",
            "crm",
            "preference",
            "SELECT id AS person_id, 'x' AS name, text AS value FROM input",
        )]);
        let mut csv = String::from("id,text\n");
        for row in 0..rows {
            writeln!(csv, "{row},{row:0>200}").unwrap();
        }
        project.drop("people.csv", csv);
        let output = project
            .command(&[
                "run",
                "standardize",
                "--json",
                "--threads",
                "2",
                "--landing",
                project.landing().to_str().unwrap(),
            ])
            .output()
            .unwrap();
        let report = crate::support::Report::of(&output);
        assert_eq!(report.rows("people"), [rows as u64, 0, rows as u64, 0]);
        report.count("/stages/0/peak_rss_bytes") >> 20
    };
    let (short, long) = (peak(100_000), peak(500_000));
    assert!(long < short + 150, "{short} MiB, then {long} MiB");
}
