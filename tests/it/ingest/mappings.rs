//! What a mapping may say, what it may not, and how it is told.

use crate::support::{Feed, Project};

const HEADER: &str = "id,name,email,born\n";

fn project(mapping: &str) -> Project {
    let project = Project::new(&[Feed::new("people", "crm", "person", mapping)]);
    project.drop(
        "people.csv",
        format!("{HEADER}1,Jane Roe,jane@acme.example,1980-02-03\n2,Li Wei,li@b.example,soon\n"),
    );
    project
}

/// `check` and `run` say the same of a faulty mapping, and nothing is written.
fn faulty(mapping: &str, told: &[&str]) {
    let project = project(mapping);
    let landing = project.landing();
    let check = project.fails(&["check", "--landing", landing.to_str().unwrap()]);
    assert!(
        !project.lake().join("silver").exists(),
        "check writes nothing"
    );
    let run = project.try_run("2026-03-01");
    assert!(!run.succeeded);
    for word in told {
        assert!(
            check.contains(word),
            "{mapping}\n{word} is not in what check said: {check}"
        );
        assert!(
            run.stderr.contains(word),
            "{mapping}\n{word} is not in what run said: {}",
            run.stderr
        );
    }
}

#[test]
fn a_missing_column_is_named_with_its_line_and_the_columns_there_are() {
    let mapping =
        "SELECT id AS source_record_id,\n  name AS full_name,\n  e_mail AS email\nFROM input";
    faulty(
        mapping,
        &["people.sql:3", "e_mail", "id", "name", "email", "born"],
    );
}

#[test]
fn a_wrong_type_is_named() {
    let mapping =
        "SELECT id AS source_record_id,\n  id = '1' AS birth_date,\n  name AS full_name FROM input";
    faulty(mapping, &["people.sql:2", "birth_date", "Boolean"]);
}

#[test]
fn a_missing_id_column_is_named() {
    faulty(
        "SELECT name AS full_name FROM input",
        &["people.sql:1", "source_record_id"],
    );
}

#[test]
fn what_is_not_row_wise_is_refused() {
    for (mapping, told) in [
        (
            "SELECT a.id AS source_record_id FROM input AS a\nJOIN input AS b ON a.id = b.id",
            "people.sql:2",
        ),
        (
            "SELECT id AS source_record_id, count(*) AS n FROM input GROUP BY id",
            "row-wise",
        ),
        (
            "SELECT id AS source_record_id, row_number() OVER (ORDER BY id) AS n FROM input",
            "row-wise",
        ),
        (
            "SELECT DISTINCT id AS source_record_id FROM input",
            "row-wise",
        ),
        (
            "SELECT id AS source_record_id FROM input ORDER BY id",
            "row-wise",
        ),
        (
            "SELECT id AS source_record_id FROM input LIMIT 1",
            "row-wise",
        ),
        (
            "SELECT id AS source_record_id FROM input WHERE id IN (SELECT max(id) FROM input)",
            "row-wise",
        ),
        (
            "SELECT id AS source_record_id,\n now() AS updated_at FROM input",
            "people.sql:2",
        ),
        (
            "SELECT id AS source_record_id, current_date AS updated_at FROM input",
            "clock",
        ),
        (
            "SELECT id AS source_record_id, random() AS n FROM input",
            "random",
        ),
        (
            "SELECT id AS source_record_id, uuid() AS full_name FROM input",
            "uuid",
        ),
        ("SELECT '1' AS source_record_id", "FROM input"),
        ("DELETE FROM input", "SELECT"),
        ("SELEC id FROM input", "people.sql:1"),
    ] {
        faulty(mapping, &["people.sql", told]);
    }
}

#[test]
fn a_failing_cast_sends_its_row_to_quarantine() {
    let project = project(
        "SELECT id AS source_record_id, name AS full_name, CAST(born AS DATE) AS birth_date FROM input",
    );
    assert_eq!(project.run().rows("people"), [2, 0, 1, 1]);
    let quarantine = project.table("bronze.quarantine");
    let row = quarantine.one(&[("source_row", "2")]);
    assert!(row.get("raw").contains("Li Wei"), "{quarantine:?}");
    assert_eq!(
        project.table("silver.persons").column("source_record_id"),
        ["1"]
    );
}

#[test]
fn where_filters_and_case_and_further_columns_are_kept() {
    let project = Project::new(&[Feed::new(
        "people",
        "crm",
        "person",
        "SELECT Id AS source_record_id, Name AS full_name, Tier AS loyalty_tier FROM input WHERE Kind <> 'test'",
    )]);
    project.drop(
        "people.csv",
        "Id,Name,Kind,Tier\n1,Jane Roe,real,gold\n2,Test,test,\n",
    );
    assert_eq!(project.run().rows("people"), [2, 1, 1, 0]);
    let persons = project.table("silver.persons");
    let jane = persons.one(&[("source_record_id", "1")]);
    assert_eq!(jane.get("attributes"), "{\"loyalty_tier\":\"gold\"}");
    assert!(
        jane.get("original").contains("Jane Roe"),
        "original values are kept: {}",
        jane.get("original")
    );
    assert_eq!(
        (jane.get("source_file"), jane.get("source_row")),
        ("people.csv", "1")
    );
}

#[test]
fn an_input_row_stands_or_falls_as_one() {
    let project = Project::new(&[Feed::new(
        "points",
        "crm",
        "contact_point",
        "SELECT person AS person_id, unnest(channels) AS channel, value FROM input",
    )]);
    project.drop(
        "points.ndjson",
        "{\"person\":\"1\",\"channels\":[\"phone\",\"sms\"],\"value\":\"+1 212 736 5000\"}\n\
         {\"person\":\"2\",\"channels\":[\"phone\",\"pigeon\",\"sms\"],\"value\":\"+1 212 736 5001\"}\n\
         {\"person\":\"3\",\"channels\":[],\"value\":\"+1 212 736 5002\"}\n",
    );
    assert_eq!(project.run().rows("points"), [3, 1, 1, 1]);
    let points = project.table("silver.contact_points");
    assert_eq!(
        points.column("owner_record_id"),
        ["1", "1"],
        "nothing of a bad row is kept\n{points:?}"
    );
    assert_eq!(
        project.table("bronze.quarantine").column("source_row"),
        ["2"]
    );
}

#[test]
fn one_file_serves_several_feeds() {
    let project = Project::new(&[
        Feed::new("people", "list", "person", "SELECT mail AS source_record_id, mail AS email, name AS full_name FROM input WHERE mail IS NOT NULL").files("list*.csv"),
        Feed::new("companies", "list", "account", "SELECT company AS source_record_id, company AS legal_name FROM input WHERE company IS NOT NULL").files("list*.csv"),
        Feed::new("consents", "list", "consent", "SELECT mail AS email, 'marketing' AS purpose, 'email' AS channel, optin AS status FROM input WHERE mail IS NOT NULL").files("list*.csv"),
    ]);
    project.drop("list.csv", "mail,name,company,optin\njane@acme-widgets.example,Jane Roe,Acme Widgets Inc.,yes\n,,Foo Ltd,\n");
    let report = project.run();
    assert_eq!(report.rows("people"), [2, 1, 1, 0]);
    assert_eq!(report.rows("companies"), [2, 0, 2, 0]);
    assert_eq!(report.rows("consents"), [2, 1, 1, 0]);
    assert_eq!(report.count("/customers/person"), 1);
    assert_eq!(report.count("/customers/account"), 2);
    assert_eq!(project.extract("audience_email").len(), 1);
}

#[test]
fn a_new_project_runs_as_it_was_written() {
    let project = Project::of(&[]);
    let root = project.tmp().join("mine");
    let init = std::process::Command::new(crate::support::c360())
        .arg("init")
        .arg(&root)
        .output()
        .unwrap();
    assert!(
        init.status.success(),
        "{}",
        String::from_utf8_lossy(&init.stderr)
    );
    for command in [&["check"][..], &["run", "--json"]] {
        let output = std::process::Command::new(crate::support::c360())
            .args(command)
            .arg("--project")
            .arg(&root)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{command:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let again = std::process::Command::new(crate::support::c360())
        .arg("init")
        .arg(&root)
        .output()
        .unwrap();
    assert!(
        !again.status.success(),
        "init leaves a folder with files in it alone"
    );
}
