//! More rubbish: what a person gets told, and that nothing crashes.

use crate::support::{Feed, Project};

const PEOPLE: &str =
    "SELECT id AS source_record_id, name AS full_name, updated AS updated_at FROM input";

fn project() -> Project {
    Project::new(&[Feed::new("people", "crm", "person", PEOPLE)])
}

fn check(project: &Project) -> String {
    let landing = project.landing();
    let output = project
        .command(&["check", "--landing", landing.to_str().unwrap()])
        .output()
        .unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

#[test]
fn a_year_out_of_range_is_called_so() {
    let project = project();
    project.drop(
        "people.csv",
        "id,name,updated\n1,Jane Roe,2999-01-01\n2,Li Wei,soon\n3,Al Bo,2999-01-01T00:00:00Z\n",
    );
    assert_eq!(project.run().rows("people"), [3, 0, 0, 3]);
    let quarantine = project.table("bronze.quarantine");
    let reason = |row: &str| {
        quarantine
            .one(&[("source_row", row)])
            .get("reason")
            .to_owned()
    };
    assert_eq!(
        reason("1"),
        "updated_at lies outside the years 1850 to 2100"
    );
    assert_eq!(reason("2"), "updated_at holds no date or time");
    assert_eq!(reason("3"), reason("1"));
}

#[test]
fn a_column_that_is_nearly_one_of_ours_is_noted() {
    let mapping = "SELECT id AS source_record_id, first AS given_nmae, last AS family_name, a AS address_line1, \
                   b AS address_line2, c AS address_line3, tier AS loyalty_tier FROM input";
    let project = Project::new(&[Feed::new("people", "crm", "person", mapping)]);
    project.drop(
        "people.csv",
        "id,first,last,a,b,c,tier\n1,Jane,Roe,,,,gold\n",
    );
    let said = check(&project);
    let notes: Vec<&str> = said
        .lines()
        .filter(|line| line.starts_with("note: "))
        .collect();
    assert_eq!(
        notes,
        ["note: people: kept as attribute given_nmae; did you mean given_name?"],
        "{said}"
    );
    project.ok(&["check", "--landing", project.landing().to_str().unwrap()]);
}

#[test]
fn a_corrected_mapping_leaves_its_quarantine_behind() {
    let project = project();
    project.drop(
        "people.csv",
        "id,name,updated\n1,Jane Roe,?\n2,Li Wei,2026-01-01\n",
    );
    assert_eq!(project.run().rows("people"), [2, 0, 1, 1]);
    let current =
        "SELECT count(*) AS rows FROM bronze.quarantine JOIN scratch.active_files USING (file_key)";
    let counted = |project: &Project| {
        project
            .ok(&["query", current])
            .lines()
            .last()
            .unwrap()
            .trim()
            .to_owned()
    };
    assert_eq!(counted(&project), "1");
    project.map("people", "SELECT id AS source_record_id, name AS full_name, nullif(updated, '?') AS updated_at FROM input");
    assert_eq!(project.run().rows("people"), [2, 0, 2, 0]);
    assert_eq!(
        project.table("bronze.quarantine").len(),
        1,
        "what came is kept"
    );
    assert_eq!(counted(&project), "0", "and no longer counts");
}

#[test]
fn a_query_only_reads() {
    let project = project();
    project.drop("people.csv", "id,name,updated\n1,Jane Roe,2026-01-01\n");
    project.run();
    for sql in [
        "SELECT 1",
        " with a as (select 1) select * from a",
        "\n-- how many\nselect count(*) from gold.dim_customer",
        "/* a */ (SELECT 1)",
        "VALUES (1), (2)",
        "EXPLAIN SELECT 1",
        "EXPLAIN ANALYZE SELECT count(*) FROM gold.dim_customer",
        "show tables",
        "show columns from gold.dim_customer",
        "describe gold.dim_customer",
    ] {
        project.ok(&["query", sql]);
    }
    let versions = project.versions();
    let file = project.tmp().join("out.csv");
    for sql in [
        "INSERT INTO gold.dim_customer VALUES (1)",
        "insert into silver.steward_decisions select * from silver.steward_decisions",
        &format!("COPY (SELECT 1) TO '{}'", file.display()),
        "explain analyze insert into silver.steward_decisions select * from silver.steward_decisions",
        "/* select */ drop table gold.dim_customer",
        "create external table t stored as csv location '/etc'",
        "SELECT 1 AS one INTO gold.mine",
        "CREATE TABLE gold.mine AS SELECT 1",
        "SET datafusion.execution.batch_size = 1",
        "PREPARE a AS SELECT 1",
        "DELETE FROM gold.dim_customer",
        "UPDATE gold.dim_customer SET email = NULL",
    ] {
        let told = project.fails(&["query", sql]);
        assert!(told.contains("only reads"), "{sql}: {told}");
    }
    for sql in [
        "",
        "/* select */",
        "SELECT 1; SELECT 2",
        "SELECT nothing FROM gold.dim_customer",
    ] {
        project.fails(&["query", sql]);
    }
    assert_eq!(project.versions(), versions);
    assert!(!file.exists());
}

#[test]
fn wide_and_long_and_broken_files_are_read_row_by_row() {
    let wide = |columns: usize| {
        let names: Vec<String> = (0..columns - 3).map(|at| format!("c{at}")).collect();
        let (names, cells) = (names.join(","), ",".repeat(columns - 4));
        format!("id,name,updated,{names}\n1,Jane Roe,,{cells}\n")
    };
    let long = |bytes: usize| {
        let (quoted, plain) = ("x".repeat(bytes), "y".repeat(bytes));
        format!("id,name,updated\n1,\"{quoted}\",\n2,{plain},\n3,Li Wei,\n4,\"open,\n5,Al Bo,\n")
    };
    let long_json = format!(
        "{{\"id\":1,\"name\":\"{}\"}}\n{{\"id\":2,\"name\":\"Li Wei\"}}\n",
        "x".repeat((10 << 20) + 1)
    );
    let cases: [(&str, Vec<u8>, [u64; 4]); 8] = [
        ("wide.csv", wide(2_000).into(), [1, 0, 1, 0]),
        ("long.csv", long(10 << 20).into(), [5, 0, 4, 1]),
        ("longer.csv", long((10 << 20) + 1).into(), [5, 0, 2, 3]),
        ("longer_json.ndjson", long_json.into(), [2, 0, 1, 1]),
        (
            "cr_only.csv",
            b"id,name,updated\r1,Jane Roe,\r2,Li Wei,\r".to_vec(),
            [2, 0, 2, 0],
        ),
        ("header_cr.csv", b"id,name,updated\r".to_vec(), [0; 4]),
        (
            "nuls.csv",
            b"id,name,updated\n\0\0\0\0\n2,Li Wei,\n".to_vec(),
            [2, 0, 1, 1],
        ),
        ("empty.ndjson", b"\n\n".to_vec(), [0; 4]),
    ];
    let name = |file: &str| file.split('.').next().unwrap().to_owned();
    let feeds: Vec<Feed> = cases
        .iter()
        .map(|(file, _, _)| Feed::new(&name(file), &name(file), "person", PEOPLE).files(file))
        .collect();
    let project = Project::new(&feeds);
    for (file, content, _) in &cases {
        project.drop(file, content);
    }
    let report = project.run();
    for (file, _, counts) in &cases {
        assert_eq!(report.rows(&name(file)), *counts, "{file}");
    }
    check(&project);
    let quarantine = project.table("bronze.quarantine");
    for row in quarantine.find(&[("source_file", "longer.csv")]) {
        let is_torn = row.get("source_row") == "4";
        let told = if is_torn {
            "not closed"
        } else {
            "10485760 bytes"
        };
        assert!(row.get("reason").contains(told), "{}", row.get("reason"));
    }
    let project = Project::new(&[Feed::new("wide", "crm", "person", PEOPLE)]);
    project.drop("wide_2.csv", wide(2_001));
    let report = project.try_run("2026-03-01");
    assert!(report.stderr.contains("2001 columns"), "{}", report.stderr);
}
