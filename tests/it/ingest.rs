mod cleaning;
mod drift;
mod faults;
mod formats;
mod guard;
mod json;
mod lineage;
mod mappings;
mod parts;
mod places;
mod reference;
mod rubbish;
mod versions;

use super::support::{Feed, Project};

const PEOPLE: &str = "SELECT id AS source_record_id, name AS full_name, email FROM input";

/// A file and what becomes of its rows: read, filtered, standardized, quarantined.
type Case = (&'static str, &'static [u8], [u64; 4]);

const RUBBISH: [Case; 14] = [
    ("torn.csv", b"id,name,email\n1,Jane Roe,jane@acme.example\n2,\"torn", [2, 0, 1, 1]),
    ("torn_in_the_middle.csv", b"id,name,email\n1,\"open,a@b.example\n2,Li Wei,li@b.example\n3,Al Bo,al@b.example\n", [3, 0, 2, 1]),
    ("ragged.csv", b"id,name,email\n1,Jane Roe\n2,Li Wei,li@b.example,more\n3,Al Bo,al@b.example\n", [3, 0, 1, 2]),
    ("not_utf8.csv", b"id,name,email\n1,J\xf6rg Roe,j@b.example\n2,Zo\xc3\xab Wei,li@b.example\n3,\xc3\x89va,\n", [3, 0, 2, 1]),
    ("nul.csv", b"id,name,email\n1,Ja\0ne,j@b.example\n2,Li Wei,li@b.example\n", [2, 0, 1, 1]),
    ("header_only.csv", b"id,name,email\n", [0, 0, 0, 0]),
    ("bom.csv", b"\xef\xbb\xbfid,name,email\n1,Jane Roe,j@b.example\n", [1, 0, 1, 0]),
    ("line_ends.csv", b"id,name,email\r\n1,Jane Roe,j@b.example\r\n2,Li Wei,li@b.example", [2, 0, 2, 0]),
    ("quoted.csv", b"id,name,email\n1,\"Roe,\nJane\",j@b.example\n2,\"Li \"\"the\"\" Wei\",li@b.example\n", [2, 0, 2, 0]),
    ("blank_lines.csv", b"id,name,email\n\n1,Jane Roe,j@b.example\n\n\n2,Li Wei,li@b.example\n", [2, 0, 2, 0]),
    ("null_ids.csv", b"id,name,email\n,Jane Roe,j@b.example\n2,Li Wei,li@b.example\n", [2, 0, 1, 1]),
    (
        "bad_lines.ndjson",
        b"{\"id\":1,\"name\":\"Jane Roe\",\"email\":\"j@b.example\"}\nnot json\n[1,2]\n{\"id\":4,\"name\":\"Li\n\n{\"id\":5,\"name\":\"Al Bo\",\"email\":null}\n",
        [5, 0, 2, 3],
    ),
    (
        "shapes.ndjson",
        b"{\"id\":1,\"name\":\"Jane Roe\",\"email\":\"j@b.example\",\"x\":1}\n{\"id\":\"2\",\"name\":\"Li Wei\",\"email\":\"l@b.example\",\"x\":\"two\"}\n{\"id\":3,\"name\":{\"first\":\"Al\"},\"email\":\"a@b.example\"}\n",
        [3, 0, 2, 1],
    ),
    ("tabs.tsv", b"id\tname\temail\n1\tJane Roe\tj@b.example\n", [1, 0, 1, 0]),
];

#[test]
fn a_bad_row_is_a_bad_row_and_not_a_bad_file() {
    let feed_of = |file: &str| file.split('.').next().unwrap().to_owned();
    let feeds: Vec<Feed> = RUBBISH
        .iter()
        .map(|(file, _, _)| Feed::new(&feed_of(file), &feed_of(file), "person", PEOPLE).files(file))
        .collect();
    let project = Project::new(&feeds);
    for (file, content, _) in RUBBISH {
        project.drop(file, content);
    }
    let report = project.run();
    for (file, _, counts) in RUBBISH {
        assert_eq!(
            report.rows(&feed_of(file)),
            counts,
            "{file}: read, filtered, standardized, quarantined"
        );
    }
    let quarantine = project.table("bronze.quarantine");
    for row in quarantine.iter() {
        assert!(
            !row.get("reason").is_empty(),
            "every row says why\n{quarantine:?}"
        );
    }
    let torn = quarantine.one(&[("source_file", "torn.csv")]);
    assert_eq!((torn.get("source_row"), torn.get("raw")), ("2", "2,\"torn"));
    let torn = quarantine.one(&[("source_file", "torn_in_the_middle.csv")]);
    assert_eq!(
        (torn.get("source_row"), torn.get("raw")),
        ("1", "1,\"open,a@b.example")
    );
    let ragged = quarantine.find(&[("source_file", "ragged.csv")]);
    assert!(
        ragged
            .iter()
            .any(|row| row.get("reason").contains("2 cells where the header has 3"))
    );
    let null_id = quarantine.one(&[("source_file", "null_ids.csv")]);
    assert!(
        null_id.get("reason").contains("source_record_id"),
        "{}",
        null_id.get("reason")
    );
    assert!(
        null_id.get("raw").contains("Jane Roe"),
        "the row as it came: {}",
        null_id.get("raw")
    );
    let persons = project.table("silver.persons");
    let quoted = persons.one(&[("source_system", "quoted"), ("source_record_id", "1")]);
    assert_eq!(
        quoted.get("family_name"),
        "Roe",
        "a name over two lines is one name"
    );

    let again = project.run();
    for (file, _, _) in RUBBISH {
        assert_eq!(again.rows(&feed_of(file)), [0; 4], "{file} is known");
    }
    assert_eq!(project.table("bronze.quarantine").len(), quarantine.len());
}

#[test]
fn an_unreadable_file_is_refused_and_the_others_go_on() {
    let names = [
        "empty",
        "duplicate_header",
        "cut_parquet",
        "no_parquet",
        "spreadsheet",
        "good",
    ];
    let feeds: Vec<Feed> = names
        .iter()
        .map(|name| Feed::new(name, name, "person", PEOPLE))
        .collect();
    let project = Project::new(&feeds);
    project.drop("good.csv", "id,name,email\n1,Jane Roe,j@b.example\n");
    project.run();
    let parquet = project.tmp().join("crosswalk.parquet");
    project.ok(&[
        "export",
        "silver.crosswalk",
        "--format",
        "parquet",
        "--out",
        parquet.to_str().unwrap(),
    ]);
    let whole = std::fs::read(parquet).unwrap();

    project.drop("empty.csv", "");
    project.drop(
        "duplicate_header.csv",
        "id,name,email,name\n1,Jane,j@b.example,Roe\n",
    );
    project.drop("cut_parquet.parquet", &whole[..whole.len() / 2]);
    project.drop("no_parquet.parquet", "id,name\n1,Jane\n");
    project.drop("spreadsheet.xlsx", "PK");
    project.drop("good_2.csv", "id,name,email\n2,Li Wei,l@b.example\n");
    let report = project.try_run("2026-03-01");
    assert!(!report.succeeded, "a refused file is no success");
    assert_eq!(report.rows("good"), [1, 0, 1, 0]);
    assert_eq!(
        report.count("/customers/person"),
        2,
        "the others went on, through every stage"
    );
    for (file, why) in [
        ("empty.csv", "empty"),
        ("duplicate_header.csv", "names column 4 twice"),
        ("cut_parquet.parquet", "Parquet"),
        ("no_parquet.parquet", "Parquet"),
        ("spreadsheet.xlsx", "workbook"),
    ] {
        let line = report.stderr.lines().find(|line| line.contains(file));
        let line = line.unwrap_or_else(|| panic!("nothing said of {file}:\n{}", report.stderr));
        assert!(line.contains(why), "{line}");
        assert_eq!(report.rows(file.split('.').next().unwrap()), [0; 4]);
    }
    // Still there, still refused: a run does not forget what it could not read.
    assert!(!project.try_run("2026-03-01").succeeded);
    for file in [
        "empty.csv",
        "duplicate_header.csv",
        "cut_parquet.parquet",
        "no_parquet.parquet",
        "spreadsheet.xlsx",
    ] {
        std::fs::remove_file(project.landing().join(file)).unwrap();
    }
    project.run();
}

#[test]
fn parquet_goes_in_as_it_came_out() {
    let mapping = "SELECT source_system || '-' || source_record_id AS source_record_id, full_name, email, phone, \
                   birth_date, updated_at, is_deleted FROM input";
    let project = Project::new(&[
        Feed::new(
            "csv",
            "csv",
            "person",
            "SELECT id AS source_record_id, name AS full_name, email, born AS birth_date, at AS updated_at FROM input",
        ),
        Feed::new("parquet", "parquet", "person", mapping),
    ]);
    project.drop("csv.csv", "id,name,email,born,at\n1,Jane Roe,jane@acme.example,1980-02-03,2026-01-02T03:04:05Z\n2,Li Wei,,,\n");
    project.run();
    let file = project.landing().join("parquet.parquet");
    project.ok(&[
        "export",
        "silver.persons",
        "--format",
        "parquet",
        "--out",
        file.to_str().unwrap(),
    ]);
    assert_eq!(project.run().rows("parquet"), [2, 0, 2, 0]);
    let persons = project.table("silver.persons");
    let came = persons.one(&[("source_record_id", "1")]);
    let went = persons.one(&[("source_record_id", "csv-1")]);
    for column in ["full_name", "email", "birth_date", "updated_at"] {
        assert_eq!(came.get(column), went.get(column), "{column}");
    }
    let customers = project.customers();
    assert_eq!(customers["csv:1"], customers["parquet:csv-1"]);
}

#[test]
fn files_that_no_feed_claims_are_told() {
    let project = Project::new(&[Feed::new("people", "crm", "person", PEOPLE)]);
    project.drop("notes.txt", "buy milk");
    let report = project.run();
    assert_eq!(report.json["unclaimed"][0], "notes.txt");
}
