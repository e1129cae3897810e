//! Which version of a record counts, whatever the order of its coming.

use crate::support::{Feed, Project};

const PEOPLE: &str = "SELECT id AS source_record_id, name AS full_name, changed AS updated_at, gone AS is_deleted FROM input";
const HEADER: &str = "id,name,changed,gone\n";

fn incremental() -> Project {
    Project::new(&[Feed::new("people", "crm", "person", PEOPLE)])
}

fn name_of(project: &Project, id: &str) -> String {
    let persons = project.table("silver.persons");
    persons
        .one(&[("source_record_id", id)])
        .get("full_name")
        .to_owned()
}

#[test]
fn the_newest_version_wins_and_a_late_file_changes_nothing() {
    let project = incremental();
    project.drop("people_1.csv", format!("{HEADER}1,Jane Roe,2026-01-05,\n1,Jane Poe,2026-01-07,\n1,Jane Doe,2026-01-06,\n2,Li Wei,,\n"));
    project.run();
    assert_eq!(name_of(&project, "1"), "Jane Poe");
    project.drop(
        "people_2.csv",
        format!("{HEADER}1,Jane Old,2025-12-31,\n2,Li Older,,\n"),
    );
    let report = project.run();
    assert_eq!(report.rows("people"), [2, 0, 2, 0]);
    assert_eq!(name_of(&project, "1"), "Jane Poe");
    project.drop("people_3.csv", format!("{HEADER}1,Jane New,2026-01-08,\n"));
    project.run();
    assert_eq!(name_of(&project, "1"), "Jane New");
    assert_eq!(
        project.table("silver.person_records").len(),
        7,
        "versions are kept"
    );
    assert_eq!(project.table("silver.crosswalk").len(), 2);
}

#[test]
fn ties_fall_the_same_way_in_every_order() {
    let versions = [
        "1,Jane Roe,2026-01-05,\n",
        "1,Jane Poe,2026-01-05,\n",
        "1,Jane Doe,2026-01-05,\n",
    ];
    let mut seen = Vec::new();
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let project = incremental();
        for (turn, version) in order.into_iter().enumerate() {
            project.drop(
                &format!("people_{turn}.csv"),
                format!("{HEADER}{}", versions[version]),
            );
            project.run();
        }
        seen.push(name_of(&project, "1"));
    }
    assert!(seen.iter().all(|name| *name == seen[0]), "{seen:?}");
}

#[test]
fn deleted_records_leave_and_may_come_back() {
    let project = incremental();
    project.drop(
        "people_1.csv",
        format!("{HEADER}1,Jane Roe,2026-01-05,\n2,Li Wei,2026-01-05,\n"),
    );
    let before = {
        project.run();
        project.customers()
    };
    project.drop(
        "people_2.csv",
        format!("{HEADER}1,Jane Roe,2026-01-06,true\n"),
    );
    let report = project.run();
    assert_eq!(report.count("/customers/person"), 1);
    let redirects = project.table("silver.customer_redirects");
    let gone = redirects.one(&[("old_customer_id", &before["crm:1"])]);
    assert_eq!(
        (gone.get("new_customer_id"), gone.get("reason")),
        ("", "deleted")
    );
    assert!(
        !project
            .table("gold.dim_customer")
            .has(&[("customer_id", &before["crm:1"])])
    );
    project.drop("people_0.csv", format!("{HEADER}1,Jane Late,2026-01-04,\n"));
    assert_eq!(
        project.run().count("/customers/person"),
        1,
        "an older version does not bring it back"
    );
    project.drop(
        "people_3.csv",
        format!("{HEADER}1,Jane Back,2026-01-07,no\n"),
    );
    assert_eq!(project.run().count("/customers/person"), 2);
    assert_eq!(
        project.customers(),
        before,
        "the record comes back to the customer that it had"
    );
    assert!(
        !project
            .table("silver.customer_redirects")
            .has(&[("old_customer_id", &before["crm:1"])])
    );
}

fn ids(project: &Project) -> Vec<String> {
    let persons = project.table("silver.persons");
    persons
        .column("source_record_id")
        .into_iter()
        .map(str::to_owned)
        .collect()
}

#[test]
fn full_extracts_are_ordered_by_their_time_and_a_b_a_ends_at_a() {
    let project = Project::new(&[Feed::new("people", "crm", "person", PEOPLE).full()]);
    let a = format!("{HEADER}1,Jane Roe,,\n2,Li Wei,,\n");
    let b = format!("{HEADER}2,Li Wei,,\n3,Al Bo,,\n");
    project.drop("people_2026-01-01.csv", &a);
    project.run();
    assert_eq!(ids(&project), ["1", "2"]);
    let first = project.customers();
    project.drop("people_2026-01-02.csv", &b);
    project.run();
    assert_eq!(
        ids(&project),
        ["2", "3"],
        "what a later full extract lacks was deleted"
    );
    project.drop("people_2026-01-03.csv", &a);
    project.run();
    assert_eq!(ids(&project), ["1", "2"]);
    assert_eq!(
        project.customers()["crm:2"],
        first["crm:2"],
        "who stayed keeps the id"
    );
    // An older extract that comes late changes nothing, nor does a copy of today's.
    project.drop("people_2025-12-31.csv", format!("{HEADER}9,Old One,,\n"));
    project.drop("people_2026-01-03_copy.csv", &a);
    project.run();
    assert_eq!(ids(&project), ["1", "2"]);
}

#[test]
fn full_extracts_come_out_the_same_in_every_order() {
    let files = [
        ("people_2026-01-01.csv", "1,Jane Roe,,\n2,Li Wei,,\n"),
        ("people_2026-01-02.csv", "2,Li Wei,,\n3,Al Bo,,\n"),
        ("people_2026-01-03.csv", "1,Jane Roe,,\n2,Li Wei,,\n"),
    ];
    for order in [[2, 1, 0], [1, 2, 0], [2, 0, 1]] {
        let project = Project::new(&[Feed::new("people", "crm", "person", PEOPLE).full()]);
        for turn in order {
            let (name, rows) = files[turn];
            project.drop(name, format!("{HEADER}{rows}"));
            project.run();
        }
        assert_eq!(ids(&project), ["1", "2"], "{order:?}");
    }
}

#[test]
fn the_same_content_under_another_name_is_known() {
    let project = incremental();
    let content = format!("{HEADER}1,Jane Roe,2026-01-05,\n");
    project.drop("people_1.csv", &content);
    project.run();
    let versions = project.versions();
    project.drop("people_1 (copy).csv", &content);
    let report = project.run();
    assert_eq!(report.rows("people"), [0; 4]);
    assert_eq!(project.table("silver.person_records").len(), 1);
    assert_eq!(project.versions(), versions);
}

#[test]
fn a_corrected_mapping_reads_the_file_again() {
    let project = Project::new(&[Feed::new(
        "people",
        "crm",
        "person",
        "SELECT id AS source_record_id, changed AS full_name FROM input",
    )]);
    project.drop(
        "people_1.csv",
        format!("{HEADER}1,Jane Roe,Jan,\n2,Li Wei,Jan,\n"),
    );
    project.run();
    assert_eq!(name_of(&project, "1"), "Jan");
    let customers = project.customers();
    project.map(
        "people",
        "SELECT id AS source_record_id, name AS full_name FROM input",
    );
    assert_eq!(project.run().rows("people"), [2, 0, 2, 0]);
    assert_eq!(name_of(&project, "1"), "Jane Roe");
    assert_eq!(
        project.customers(),
        customers,
        "the records are the same, so are the ids"
    );
    // A mapping that now filters a row takes the row back; and back to the first mapping.
    project.map(
        "people",
        "SELECT id AS source_record_id, name AS full_name FROM input WHERE id <> '2'",
    );
    assert_eq!(project.run().rows("people"), [2, 1, 1, 0]);
    assert_eq!(ids(&project), ["1"]);
    project.map(
        "people",
        "SELECT id AS source_record_id, name AS full_name FROM input",
    );
    project.run();
    assert_eq!(ids(&project), ["1", "2"]);
    assert_eq!(
        project.customers(),
        customers,
        "ids come back with their records"
    );
}
