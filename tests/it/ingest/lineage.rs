//! Every value can be followed back: a column to the columns of the file, a record to its file, row and original values.

use crate::support::{Feed, Project};
use serde_json::{Value, json};

const MAPPING: &str = "SELECT Id AS source_record_id, trim(first) || ' ' || upper(last) AS full_name, \
     coalesce(mail, 'none') AS email, CAST(born AS DATE) AS birth_date, 'web' AS origin \
     FROM (SELECT *, unnest(string_to_array(mails, ';')) AS mail FROM input) AS each WHERE status <> 'test'";

fn project() -> Project {
    let project = Project::new(&[Feed::new("people", "shop", "person", MAPPING)]);
    project.drop(
        "people_1.csv",
        "Id,first,last,mails,born,status,notes\n\
         1, Jane ,roe,jane.roe@mailbox.example;,1980-02-03,live,x\n\
         2,Tess,Ting,t@mailbox.example,1981-02-03,test,x\n",
    );
    project
}

fn lineage(project: &Project, of: &str) -> Value {
    serde_json::from_str(&told(project, of, &["--json"])).unwrap()
}

fn told(project: &Project, of: &str, more: &[&str]) -> String {
    let landing = project.landing();
    let words = ["lineage", of, "--landing", landing.to_str().unwrap()];
    project.ok(&[&words, more].concat())
}

#[test]
fn a_column_names_its_source_columns_and_functions() {
    let project = project();
    let lineage = lineage(&project, "people");
    let column = |name: &str| {
        let columns = lineage["columns"].as_array().unwrap().iter();
        let mut columns = columns.filter(|column| column["column"] == name);
        columns.next().unwrap().clone()
    };
    assert_eq!(column("source_record_id")["from"], json!(["Id"]));
    assert_eq!(column("full_name")["from"], json!(["first", "last"]));
    assert_eq!(
        column("full_name")["through"],
        json!(["btrim", "upper", "||"])
    );
    assert_eq!(column("email")["from"], json!(["mails"]));
    assert_eq!(
        column("email")["through"],
        json!(["coalesce", "string_to_array", "unnest"])
    );
    assert_eq!(column("birth_date")["through"], json!(["CAST(Date32)"]));
    assert_eq!(column("origin")["from"], json!([]));
    assert_eq!(lineage["filters"], json!(["status"]));
    assert_eq!(lineage["unread"], json!(["notes"]));
    let text = told(&project, "people", &[]);
    assert!(
        text.contains("first, last") && text.contains("people_1.csv"),
        "{text}"
    );
}

#[test]
fn a_record_names_its_file_its_row_and_what_was_in_it() {
    let project = Project::new(&[Feed::new(
        "people",
        "shop",
        "person",
        "SELECT id AS source_record_id, name AS full_name, updated AS updated_at FROM input",
    )]);
    project.drop("people_1.csv", "id,name,updated\n1,JANE ROE,2026-01-01\n");
    project.drop(
        "people_2.csv",
        "id,name,updated\n9,Ann Lee,2026-01-01\n1,jane  doe,2026-02-01\n",
    );
    assert!(project.run().succeeded);
    let lineage = lineage(&project, "shop:1");
    let versions = lineage["versions"].as_array().unwrap();
    assert_eq!(versions.len(), 2, "{lineage}");
    assert_eq!(
        (&versions[0]["source_file"], &versions[0]["source_row"]),
        (&json!("people_1.csv"), &json!(1))
    );
    assert_eq!(versions[0]["original"]["full_name"], "JANE ROE");
    assert_eq!(
        (&versions[1]["source_file"], &versions[1]["source_row"]),
        (&json!("people_2.csv"), &json!(2))
    );
    assert_eq!(versions[1]["original"]["full_name"], "jane  doe");
    let text = told(&project, "shop:1", &[]);
    assert!(
        text.contains("people_2.csv") && text.contains("JANE ROE"),
        "{text}"
    );
}

#[test]
fn what_nobody_knows_is_said() {
    let project = project();
    let told = project.fails(&["lineage", "nobody"]);
    assert!(told.contains("nobody") && told.contains("people"), "{told}");
    let told = project.fails(&["lineage", "shop:404"]);
    assert!(told.contains("shop:404"), "{told}");
}
