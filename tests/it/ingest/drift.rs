//! Columns that come, go, change their name or their type between the files of a feed.

use crate::support::{Feed, Project};
use serde_json::Value;

const PEOPLE: &str = "SELECT id AS source_record_id, name AS full_name FROM input";

fn file(header: &str, row: impl Fn(u32) -> String) -> String {
    let rows: String = (1..=120)
        .map(|id| format!("{id},Jane Roe{id},{}\n", row(id)))
        .collect();
    format!("{header}\n{rows}")
}

fn changes(report: &Value) -> Vec<String> {
    let drifted = report["drifted"].as_array().unwrap().iter();
    drifted
        .flat_map(|drifted| drifted["changes"].as_array().unwrap())
        .map(|change| change.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn changed_columns_are_told_and_a_mapping_that_still_plans_goes_on() {
    let project = Project::new(&[Feed::new("people", "crm", "person", PEOPLE)]);
    project.drop(
        "people_1.csv",
        file("id,name,E-Mail,signup,fax", |id| {
            format!("j{id}@b.example,2024-01-01,{id}")
        }),
    );
    assert!(
        changes(&project.run().json).is_empty(),
        "the first file is no change"
    );
    project.drop(
        "people_2.csv",
        file("id,name,e_mail,signup,tier", |id| {
            format!("k{id}@b.example,{id},gold")
        }),
    );
    let report = project.run();
    assert_eq!(report.rows("people"), [120, 0, 120, 0]);
    assert_eq!(
        changes(&report.json),
        [
            "E-Mail is e_mail now",
            "signup was date, is integer",
            "new: tier",
            "missing: fax"
        ]
    );
    let schemas = project.table("bronze.feed_schemas");
    let change = |column: &str| {
        let row = schemas.one(&[("source_file", "people_2.csv"), ("column_name", column)]);
        format!(
            "{} {} {}",
            row.get("position"),
            row.get("change"),
            row.get("before")
        )
    };
    assert_eq!(change("e_mail"), "3 renamed E-Mail");
    assert_eq!(change("signup"), "4 retyped date");
    assert_eq!(change("fax"), " missing ");
    assert_eq!(change("id"), "1  ");
    // Again the same columns: no news, whatever the order of columns.
    project.drop(
        "people_3.csv",
        file("id,name,tier,signup,e_mail", |id| {
            format!("gold,{id},l{id}@b.example")
        }),
    );
    assert!(changes(&project.run().json).is_empty());
    let shown = project.ok(&["profile", "people"]);
    assert!(shown.contains("people_3.csv"), "{shown}");
}

#[test]
fn a_mapping_that_no_longer_fits_is_told_what_changed() {
    let project = Project::new(&[Feed::new("people", "crm", "person", PEOPLE)]);
    project.drop("people_1.csv", "id,name\n1,Jane Roe\n");
    project.run();
    project.drop("people_2.csv", "id,Name_\n2,Li Wei\n");
    let report = project.try_run("2026-03-01");
    assert!(!report.succeeded);
    let told = report.stderr.as_str();
    assert!(
        told.contains("since people_1.csv: name is Name_ now"),
        "{told}"
    );
}

#[test]
fn a_feed_may_stop_at_changed_columns_until_a_person_lets_the_file_in() {
    let feed = Feed::new("people", "crm", "person", PEOPLE).with("on_drift = \"stop\"");
    let project = Project::new(&[feed]);
    project.drop("people_1.csv", "id,name\n1,Jane Roe\n");
    project.run();
    project.drop("people_2.csv", "id,name,tier\n2,Li Wei,gold\n");
    for _ in 0..2 {
        let report = project.try_run("2026-03-01");
        assert!(!report.succeeded && report.rows("people") == [0; 4]);
        let told = report.stderr.as_str();
        assert!(
            told.contains("new: tier") && told.contains("released"),
            "{told}"
        );
    }
    project.edit(|toml| toml + "released = [\"people_2.csv\"]\n");
    assert_eq!(project.run().rows("people"), [1, 0, 1, 0]);
    // It is the measure now.
    project.drop("people_3.csv", "id,name,tier\n3,Al Bo,gold\n");
    assert_eq!(project.run().rows("people"), [1, 0, 1, 0]);
}

#[test]
fn a_feed_may_accept_whatever_comes() {
    let feed = Feed::new("people", "crm", "person", PEOPLE).with("on_drift = \"accept\"");
    let project = Project::new(&[feed]);
    project.drop("people_1.csv", "id,name\n1,Jane Roe\n");
    project.run();
    project.drop("people_2.csv", "id,name,tier\n2,Li Wei,gold\n");
    assert!(changes(&project.run().json).is_empty());
    let schemas = project.table("bronze.feed_schemas");
    assert!(schemas.has(&[("column_name", "tier"), ("change", "new")]));
}

#[test]
fn keys_that_json_rows_leave_out_are_no_news() {
    let mapping = "SELECT id AS source_record_id, name AS full_name, phone FROM input";
    let project = Project::new(&[Feed::new("people", "crm", "person", mapping).files("people*")]);
    project.drop(
        "people_1.ndjson",
        "{\"id\":1,\"name\":\"Jane Roe\",\"phone\":\"212-555-0142\"}\n",
    );
    project.run();
    project.drop("people_2.ndjson", "{\"id\":2,\"name\":\"Li Wei\"}\n");
    assert!(changes(&project.run().json).is_empty());
    project.drop(
        "people_3.ndjson",
        "{\"id\":3,\"name\":\"Al Bo\",\"phone\":\"212-555-0143\"}\n",
    );
    assert!(changes(&project.run().json).is_empty());
    project.drop(
        "people_4.ndjson",
        "{\"id\":4,\"name\":\"Al Bo\",\"tier\":\"gold\"}\n",
    );
    assert_eq!(changes(&project.run().json), ["new: tier"]);
}

#[test]
fn a_column_that_runs_dry_is_told() {
    let mapping = "SELECT id AS source_record_id, name AS full_name, email FROM input";
    let project = Project::new(&[Feed::new("people", "crm", "person", mapping)]);
    project.drop(
        "people_1.csv",
        file("id,name,email", |id| format!("j{id}@b.example")),
    );
    project.run();
    project.drop(
        "people_2.csv",
        file("id,name,email", |id| match id % 4 {
            0 => format!("k{id}@b.example"),
            1 => "nobody".into(),
            _ => String::new(),
        }),
    );
    assert_eq!(
        changes(&project.run().json),
        [
            "email is filled in 50 %, was in 100 %",
            "email is valid in 50 %, was in 100 %"
        ]
    );
    let profiles = project.table("silver.feed_profiles");
    let email = profiles.one(&[("source_file", "people_2.csv"), ("column_name", "email")]);
    assert_eq!(
        [
            email.get("filled"),
            email.get("valid"),
            email.get("filled_drift")
        ],
        ["60", "30", "-0.5"]
    );
    assert_eq!(email.get("previous_file"), "people_1.csv");
}

#[test]
fn a_file_that_is_read_again_is_compared_with_none() {
    let feed = Feed::new("people", "crm", "person", PEOPLE)
        .with("on_drift = \"stop\"\nreleased = [\"people_2.csv\"]");
    let project = Project::new(&[feed]);
    project.drop("people_1.csv", "id,name\n1,Jane Roe\n");
    project.run();
    project.drop("people_2.csv", "id,name,tier\n2,Li Wei,gold\n");
    project.run();
    project.map(
        "people",
        "SELECT id AS source_record_id, name AS given_name FROM input",
    );
    let report = project.run();
    assert_eq!(report.rows("people"), [2, 0, 2, 0]);
    assert!(changes(&report.json).is_empty());
}

#[test]
fn numbers_and_objects_of_json_are_no_news_and_keys_are_not_told() {
    let mapping = "SELECT id AS source_record_id, name AS full_name FROM input";
    let project = Project::new(&[Feed::new("people", "crm", "person", mapping).files("people*")]);
    project.drop(
        "people_1.ndjson",
        "{\"id\":1,\"name\":\"Jane Roe\",\"price\":10,\"by\":{\"jane.corp.example\":1}}\n",
    );
    project.run();
    project.drop(
        "people_2.ndjson",
        "{\"id\":2,\"name\":\"Li Wei\",\"price\":10.5,\"by\":{\"li.corp.example\":2}}\n",
    );
    assert!(changes(&project.run().json).is_empty());
    assert!(
        !project
            .ok(&["export", "bronze.feed_schemas"])
            .contains("corp")
    );
    project.drop(
        "people_3.ndjson",
        "{\"id\":3,\"name\":\"Al Bo\",\"price\":\"ten\"}\n",
    );
    assert_eq!(changes(&project.run().json), ["price was number, is text"]);
}

#[test]
fn an_extract_that_is_held_is_no_measure_for_the_next_one() {
    let project = Project::new(&[Feed::new("people", "crm", "person", PEOPLE).guarded()]);
    let rows = |count: u32| -> String {
        (1..=count)
            .map(|id| format!("{id},Jane Roe{id}\n"))
            .collect()
    };
    project.drop("people_2026-01-01.csv", format!("id,name\n{}", rows(10)));
    project.run();
    project.drop("people_2026-01-02.csv", "id,name,bogus\n1,Jane Roe1,x\n");
    project.drop("people_2026-01-03.csv", format!("id,name\n{}", rows(11)));
    let report = project.try_run("2026-03-01");
    assert_eq!(
        changes(&report.json),
        ["new: bogus"],
        "of the one that is held"
    );
}
