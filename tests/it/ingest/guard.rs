//! A full extract that lacks too much is held; a copy of a file under another name is told.

use crate::support::{Feed, Project};

const PEOPLE: &str = "SELECT id AS source_record_id, name AS full_name FROM input";

fn people(ids: impl Iterator<Item = u32>) -> String {
    let rows: String = ids.map(|id| format!("{id},Jane Roe{id}\n")).collect();
    format!("id,name\n{rows}")
}

#[test]
fn half_an_extract_deletes_nobody_until_a_person_says_so() {
    let project = Project::new(&[Feed::new("people", "crm", "person", PEOPLE).guarded()]);
    project.drop("people_2026-01-01.csv", people(1..=10));
    assert_eq!(project.run().rows("people"), [10, 0, 10, 0]);
    project.drop("people_2026-01-02.csv", people(3..=12));
    project.run();
    assert_eq!(
        project.table("silver.persons").len(),
        10,
        "two of ten may go"
    );
    project.drop("people_2026-01-03.csv", people(8..=12));
    for _ in 0..2 {
        let report = project.try_run("2026-03-01");
        assert!(!report.succeeded);
        let told = report
            .stderr
            .lines()
            .find(|line| line.contains("people_2026-01-03.csv"))
            .unwrap();
        assert!(
            told.contains("held") && told.contains("5 of the 10") && told.contains("released"),
            "{told}"
        );
        assert_eq!(report.rows("people"), [0; 4]);
        assert_eq!(project.table("silver.persons").len(), 10);
    }
    // A later whole one is not held up by it, and what it lacks is gone.
    project.drop("people_2026-01-04.csv", people(4..=12));
    assert_eq!(project.try_run("2026-03-01").rows("people"), [9, 0, 9, 0]);
    assert_eq!(project.table("silver.persons").len(), 9);

    let released = "released = [\"people_2026-01-05.csv\", \"people_2026-01-03.csv\"]\n";
    project.edit(|toml| toml + released);
    project.drop("people_2026-01-05.csv", people(12..=12));
    let report = project.run();
    assert_eq!(
        report.rows("people"),
        [6, 0, 6, 0],
        "with the one that was held"
    );
    assert_eq!(
        project.table("silver.persons").column("source_record_id"),
        ["12"]
    );
    assert_eq!(
        project.table("silver.person_records").len(),
        10 + 10 + 5 + 9 + 1,
        "no row twice"
    );
}

#[test]
fn the_same_content_under_another_name_is_told() {
    let project = Project::new(&[Feed::new("people", "crm", "person", PEOPLE)]);
    project.drop("people.csv", people(1..=2));
    let report = project.run();
    assert_eq!(report.json["repeated"].as_array().unwrap().len(), 0);
    project.drop("people_copy.csv", people(1..=2));
    let report = project.run();
    assert_eq!(report.rows("people"), [0; 4]);
    let repeated = &report.json["repeated"][0];
    assert_eq!(
        (repeated["file"].as_str(), repeated["first"].as_str()),
        (Some("people_copy.csv"), Some("people.csv"))
    );
    assert_eq!(project.table("silver.person_records").len(), 2);
}
