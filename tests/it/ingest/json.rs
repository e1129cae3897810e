//! JSON rows name only the keys they have: what a file lacks is null, and a file that is no NDJSON is told so.

use crate::support::{Feed, Project, Table};

const MAPPING: &str = "SELECT id AS source_record_id, name AS full_name, shippingPhone AS phone, \
     address['city'] AS city, address['geo']['lat'] AS latitude, coalesce(points, 0) AS points, \
     emails AS email, address AS whole_address, CAST(score AS DOUBLE) AS score, orders AS orders FROM input";

fn project(mapping: &str) -> Project {
    Project::new(&[Feed::new("people", "shop", "person", mapping)])
}

fn check(project: &Project) -> Result<String, String> {
    let landing = project.landing();
    let output = project
        .command(&["check", "--landing", landing.to_str().unwrap()])
        .output()
        .unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    if output.status.success() {
        Ok(said)
    } else {
        Err(said)
    }
}

#[test]
fn a_key_that_no_row_has_is_null_and_told() {
    let project = project(MAPPING);
    project.drop(
        "people_1.ndjson",
        "{\"id\":1,\"name\":\"Jane Roe\",\"address\":{\"zip\":\"10001\"}}\n",
    );
    let told = check(&project).unwrap_err();
    for word in [
        "people.sql:1",
        "people_1.ndjson",
        "shippingPhone",
        "address['city']",
    ] {
        assert!(told.contains(word), "{word} is not in {told}");
    }
    let report = project.run();
    assert_eq!(report.rows("people"), [1, 0, 1, 0]);
    let absent = &report.json["absent"][0];
    assert_eq!(
        (absent["feed"].as_str(), absent["file"].as_str()),
        (Some("people"), Some("people_1.ndjson"))
    );
    let columns: Vec<&str> = absent["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    assert!(
        columns.contains(&"shippingPhone") && columns.contains(&"address['city']"),
        "{columns:?}"
    );
    assert!(!columns.contains(&"name"), "{columns:?}");
    let persons = project.table("silver.persons");
    let jane = persons.one(&[("source_record_id", "1")]);
    assert_eq!((jane.get("city"), jane.get("full_name")), ("", "Jane Roe"));
    assert_eq!(
        jane.get("attributes"),
        "{\"points\":\"0\",\"whole_address\":\"{\\\"zip\\\":\\\"10001\\\"}\"}"
    );

    // Another file of the feed has them: the mapping is right.
    project.drop(
        "people_2.ndjson",
        "{\"id\":2,\"name\":\"Li Wei\",\"shippingPhone\":\"+12125550123\",\"points\":3,\"score\":1,\"emails\":[],\"orders\":[],\
         \"address\":{\"city\":\"New York\",\"geo\":{\"lat\":40.7}}}\n",
    );
    check(&project).unwrap();
    let report = project.run();
    assert_eq!(report.json["absent"].as_array().unwrap().len(), 0);
    let text = {
        project.drop("people_3.ndjson", "{\"id\":3}\n");
        project.ok(&["run", "--landing", project.landing().to_str().unwrap()])
    };
    assert_eq!(
        text.matches("no row of people_3.ndjson has").count(),
        1,
        "{text}"
    );
}

/// Rows of a table, but for where and when they came in.
fn settled(project: &Project, table: &str) -> Table {
    let where_and_when = [
        "source_file",
        "source_row",
        "file_key",
        "ingested_at",
        "run_id",
        "address_key",
    ];
    project.table(table).settled(&where_and_when)
}

#[test]
fn the_same_rows_split_over_files_give_the_same_tables() {
    let rows = [
        "{\"id\":1,\"name\":\"Jane Roe\"}",
        "{\"id\":2,\"name\":\"Li Wei\",\"points\":1.5,\"shippingPhone\":\"+1 212 736 5000\"}",
        "{\"id\":3,\"name\":\"Al Bo\",\"points\":2,\"address\":{\"city\":\"Boston\"},\"emails\":\"al@b.example\"}",
        "{\"id\":4,\"name\":\"Cy Do\",\"address\":{\"geo\":{\"lat\":1}},\"emails\":[\"cy@b.example\",\"do@b.example\"]}",
        "{\"id\":5,\"name\":\"Di Em\",\"address\":null,\"points\":null,\"orders\":[{\"sku\":\"a\",\"n\":1}],\"score\":\"1\"}",
        "{\"id\":6,\"name\":\"Ed Fo\",\"address\":{},\"emails\":[],\"orders\":[],\"score\":\"2.5\"}",
        "{\"id\":7,\"name\":\"Flo Gu\",\"orders\":{\"sku\":\"b\"}}",
    ];
    let (whole, split) = (project(MAPPING), project(MAPPING));
    whole.drop("people.ndjson", rows.join("\n"));
    for (turn, row) in rows.iter().enumerate() {
        split.drop(&format!("people_{turn}.ndjson"), row);
    }
    assert_eq!(whole.run().rows("people"), [7, 0, 7, 0]);
    assert_eq!(split.run().rows("people"), [7, 0, 7, 0]);
    for table in [
        "silver.person_records",
        "silver.contact_points",
        "silver.addresses",
    ] {
        assert_eq!(settled(&whole, table), settled(&split, table), "{table}");
    }
    let records = settled(&whole, "silver.person_records");
    let third = records.one(&[("source_record_id", "3")]);
    assert_eq!(third.get("city"), "Boston");
    assert!(
        third.get("attributes").contains("\"points\":\"2\""),
        "{}",
        third.get("attributes")
    );
}

#[test]
fn an_absent_list_gives_no_rows() {
    let mapping = "SELECT person AS person_id, item['channel'] AS channel, item['value'] AS value \
                   FROM (SELECT person, unnest(points) AS item FROM input)";
    let project = Project::new(&[Feed::new("points", "crm", "contact_point", mapping)]);
    project.drop(
        "points_1.ndjson",
        "{\"person\":\"1\"}\n{\"person\":\"2\",\"points\":[]}\n",
    );
    project.drop("points_2.ndjson", "{\"person\":\"3\"}\n");
    project.drop("points_3.ndjson", "{\"person\":\"4\",\"points\":[{\"channel\":\"phone\",\"value\":\"+12127365000\"},{\"channel\":\"sms\"}]}\n");
    project.drop(
        "points_4.ndjson",
        "{\"person\":\"5\",\"points\":{\"channel\":\"phone\",\"value\":\"+12127365001\"}}\n",
    );
    let report = project.run();
    assert_eq!(report.rows("points"), [5, 3, 1, 1]);
    assert_eq!(
        project
            .table("silver.contact_points")
            .column("owner_record_id"),
        ["5"]
    );
}
