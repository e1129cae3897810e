use super::*;
use crate::ingest::{self, Content, Rows};
use crate::project::{Entity, Extract};
use std::io::Write;

pub fn feed(mapping: &str) -> Feed {
    Feed {
        name: "people".into(),
        source: "crm".into(),
        role: "crm".into(),
        entity: Entity::Person,
        files: "people*".into(),
        extract: Extract::Incremental,
        is_legacy: false,
        reading: crate::project::Reading::default(),
        cleaning: crate::project::Cleaning::default(),
        on_drift: crate::project::OnDrift::default(),
        max_deleted_share: 1.0,
        released: Vec::new(),
        mapping: mapping.into(),
        mapping_file: "mappings/people.sql".into(),
    }
}

async fn planned(mapping: &str, file: &str, content: &str) -> Result<(Mapping, Rows)> {
    let feed = feed(mapping);
    let mut source = tempfile::tempfile().unwrap();
    source.write_all(content.as_bytes()).unwrap();
    let reader = ingest::open(&feed, file, &Content::new(source).unwrap())?;
    let mapping = Mapping::plan(&feed, &reader.layout).await?;
    let chunk = { reader.chunks }.next().unwrap().unwrap();
    Ok((mapping, chunk().unwrap()))
}

#[tokio::test]
async fn whatever_is_asked_of_an_absent_key_plans() {
    for expression in [
        "absent",
        "input.absent",
        "Absent",
        "\"Absent Key\"",
        "absent['a']['b']",
        "absent[1]",
        "absent['a'][1]['b']",
        "there['absent']['a']",
        "coalesce(absent, 'x')",
        "coalesce(absent, 1)",
        "coalesce(absent['a'], name)",
        "CAST(absent AS DOUBLE)",
        "CAST(absent AS DATE)",
        "TRY_CAST(absent['a'] AS INT)",
        "absent + 1",
        "upper(trim(absent))",
        "absent || 'x'",
        "name || ' ' || absent",
        "concat(name, absent)",
        "substr(absent, 1, 3)",
        "split_part(absent, ' ', 1)",
        "regexp_replace(absent, 'a', 'b')",
        "CASE WHEN absent = 'x' THEN 1 ELSE 0 END",
        "CASE WHEN absent THEN 1 ELSE 0 END",
        "absent IS NULL",
        "NOT absent",
        "nullif(absent, '')",
        "absent IN ('a', 'b')",
        "absent LIKE 'a%'",
        "absent BETWEEN 1 AND 2",
        "to_timestamp(absent)",
        "date_trunc('day', to_timestamp(absent))",
        "array_to_string(absent, ',')",
        "empty || 'x'",
        "empty['a']",
        "there['null']['a']",
    ] {
        let mapping = format!("SELECT id AS source_record_id, {expression} AS x FROM input");
        let rows = "{\"id\":1,\"name\":\"Jane\",\"there\":{\"is\":1,\"null\":null},\"empty\":null}\n{\"id\":2}\n";
        let (mapping, input) = match planned(&mapping, "people.ndjson", rows).await {
            Ok(planned) => planned,
            Err(error) => panic!("{expression}: {error}"),
        };
        let mapped = mapping.map(&[1, 2], &input.batches[0].1).await.unwrap();
        assert!(
            mapped.failed.is_empty(),
            "{expression}: {:?}",
            mapped.failed
        );
        assert_eq!(mapped.batches[0].num_rows(), 2, "{expression}");
        let is_told = !expression.starts_with("empty") && !expression.contains("null']");
        assert_eq!(
            !mapping.absent.is_empty(),
            is_told,
            "{expression}: {:?}",
            mapping.absent
        );
    }
}

#[tokio::test]
async fn a_list_that_is_absent_gives_no_rows() {
    for (mapping, told) in [
        (
            "SELECT id AS source_record_id, unnest(tags) AS tag FROM input",
            "tags",
        ),
        (
            "SELECT id AS source_record_id, unnest(a['tags']) AS tag FROM input",
            "a",
        ),
        (
            "SELECT id AS source_record_id, t['x'] AS tag FROM (SELECT id, unnest(tags) AS t FROM input)",
            "tags",
        ),
    ] {
        let (mapping, input) = planned(mapping, "people.ndjson", "{\"id\":1}\n")
            .await
            .unwrap();
        assert_eq!(mapping.absent, [told]);
        let mapped = mapping.map(&[1], &input.batches[0].1).await.unwrap();
        assert!(mapped.failed.is_empty() && mapped.batches.is_empty());
    }
}

const COLUMNS: &str = "the file has: id, name, born";

async fn fault(mapping: &str) -> String {
    match planned(mapping, "people.csv", "id,name,born\n1,Jane,\n").await {
        Err(error) => error.to_string(),
        Ok(_) => panic!("it plans: {mapping}"),
    }
}

#[tokio::test]
async fn a_fault_names_its_line_and_the_columns_there_are() {
    for (expression, told) in [
        ("e_mail AS email", "there is no column e_mail;"),
        ("input.e_mail AS email", "there is no column e_mail;"),
        ("other.name AS email", "other['name']"),
        ("upperr(name) AS email", "Invalid function 'upperr';"),
        ("name - 1 AS email", "CAST(column AS DOUBLE)"),
        ("name + born AS email", "CAST(column AS DOUBLE)"),
        ("sqrt(name, born) AS email", "'sqrt'"),
        ("abs(name) AS email", "CAST(column AS DOUBLE)"),
        ("NOT name AS email", "boolean"),
        ("name['first'] AS email", "Cannot access field"),
        (
            "CAST(name AS WORDS) AS email",
            "Unsupported SQL type WORDS;",
        ),
        ("unnest(name) AS email", "unnest()"),
        (
            "coalesce() AS email",
            "coalesce must have at least one argument",
        ),
        ("-name AS email", "signed numeric"),
        ("name = 1 AND born AS email", "Boolean AND Utf8"),
        ("substr(name) AS email", "Substring without for/from"),
    ] {
        let told_of = fault(&format!(
            "SELECT id AS source_record_id,\n  'a' AS full_name,\n  {expression}\nFROM input"
        ))
        .await;
        assert!(
            told_of.starts_with("mappings/people.sql:3: "),
            "{expression}: {told_of}"
        );
        assert!(
            told_of.contains(told) && told_of.ends_with(COLUMNS),
            "{expression}: {told_of}"
        );
        for raw in [
            "Error during",
            "Execution error",
            "No function matches",
            "span",
            "..",
            ".;",
        ] {
            assert!(!told_of.contains(raw), "{expression}: {told_of}");
        }
    }
}

#[tokio::test]
async fn sql_that_cannot_be_read_is_told_with_its_line() {
    for (mapping, told) in [
        (
            "SELECT id AS source_record_id,\n name AS email,, born FROM input",
            "people.sql:2: the SQL cannot be read: Expected: an expression",
        ),
        (
            "SELECT id AS\nFROM input",
            "people.sql:2: the SQL cannot be read",
        ),
        (
            "SELECT id AS source_record_id FROM\n inputs",
            "people.sql:2: table 'inputs' not found: a mapping reads FROM input",
        ),
        ("", "people.sql:1: the mapping is empty"),
        (
            "SELECT id AS source_record_id,\n name AS source_record_id FROM input",
            "same name",
        ),
    ] {
        let told_of = fault(mapping).await;
        assert!(told_of.contains(told), "{mapping}: {told_of}");
    }
}
