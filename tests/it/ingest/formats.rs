//! Whatever form an extract comes in, its rows are the same; what is forged or torn is refused with its reason.

use crate::support::{Feed, Project, pack, skip, variable, workspace};
use std::path::Path;
use std::process::Command;

const PEOPLE: &str =
    "SELECT id AS source_record_id, name AS full_name, born AS birth_date FROM input";
const CSV: &str =
    "id,name,born\n1,Zoë Müller,1980-02-03\n2,\"Roe, Jane\",\n3,José Núñez,1990-12-31\n";

fn feed_of(file: &str) -> String {
    file.split('.').next().unwrap().to_owned()
}

fn wide(text: &str, of: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(of).collect()
}

fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|letter| letter as u8).collect()
}

#[test]
fn every_form_gives_the_same_rows() {
    let csv = CSV.as_bytes();
    let semicolons = CSV.replace(',', ";").replace("Roe; Jane", "Roe, Jane");
    let array = "[{\"id\":1,\"name\":\"Zoë Müller\",\"born\":\"1980-02-03\"},\n {\"id\":2,\n\"name\":\"Roe, Jane\"},{\"id\":3,\"name\":\"José Núñez\",\"born\":\"1990-12-31\"}]";
    let objects = "{\n  \"id\": 1, \"name\": \"Zoë Müller\",\n \"born\": \"1980-02-03\"}\n{\"id\":2,\n\"name\":\"Roe, Jane\"}{\"id\":3,\"name\":\"José Núñez\",\"born\":\"1990-12-31\"}";
    let sheet: &[&[&str]] = &[
        &["id", "name", "born"],
        &["#1", "Zoë Müller", "@29254"],
        &["#2", "Roe, Jane", ""],
        &[],
        &["#3.0", "José Núñez", "1990-12-31"],
    ];
    let people = [
        (1, "Zoë Müller", Some("1980-02-03")),
        (2, "Roe, Jane", None),
        (3, "José Núñez", Some("1990-12-31")),
    ];
    let two = [&csv[..30], &csv[30..]].map(pack::gzip).concat();
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("plain.csv", csv.to_vec()),
        ("gzip.csv.gz", pack::gzip(csv)),
        ("members.csv.gz", two),
        ("zstd.csv.zst", pack::zstd(csv)),
        ("bzip2.csv.bz2", pack::bzip2(csv)),
        (
            "zip.zip",
            pack::zip(&[("__MACOSX/x", b"x"), ("people.csv", csv)], 0),
        ),
        ("unnamed.csv", pack::gzip(csv)),
        (
            "utf16le.csv",
            wide(&format!("\u{feff}{CSV}"), u16::to_le_bytes),
        ),
        ("utf16be.csv", wide(CSV, u16::to_be_bytes)),
        ("latin.csv", latin(CSV)),
        ("latin_gz.csv.gz", pack::gzip(&latin(CSV))),
        ("semicolons.csv", semicolons.clone().into()),
        (
            "tabs.txt",
            CSV.replace(',', "\t")
                .replace("Roe\t Jane", "Roe, Jane")
                .into(),
        ),
        (
            "pipes.csv",
            CSV.replace(',', "|")
                .replace("Roe| Jane", "Roe, Jane")
                .into(),
        ),
        (
            "quotes.csv",
            CSV.replace('"', "'")
                .replace("1,Zoë Müller,1980-02-03", "'1','Zoë Müller','1980-02-03'")
                .replace("3,José Núñez,1990-12-31", "'3','José Núñez','1990-12-31'")
                .into(),
        ),
        ("array.json", array.into()),
        (
            "array_utf16.json.gz",
            pack::gzip(&wide(array, u16::to_le_bytes)),
        ),
        ("objects.json", objects.into()),
        ("plain_avro.avro", pack::avro(&people, false)),
        ("deflated_avro.avro", pack::avro(&people, true)),
        (
            "packed_avro.avro.gz",
            pack::gzip(&pack::avro(&people, true)),
        ),
        (
            "workbook.xlsx",
            pack::xlsx(&[("People", sheet), ("Notes", &[&["x"]])]),
        ),
        (
            "sheet.xlsx",
            pack::xlsx(&[("Notes", &[&["x"]]), ("People", sheet)]),
        ),
        ("headless.csv", CSV.split_once('\n').unwrap().1.into()),
        (
            "declared.csv",
            CSV.replace(',', "~")
                .replace("Roe~ Jane", "Roe, Jane")
                .into(),
        ),
    ];
    let feeds: Vec<Feed> = files
        .iter()
        .map(|(file, _)| {
            let name = feed_of(file);
            let mapping = match name.as_str() {
                "headless" => PEOPLE
                    .replace("id AS", "column_1 AS")
                    .replace("name AS", "column_2 AS")
                    .replace("born AS", "column_3 AS"),
                _ => PEOPLE.to_owned(),
            };
            let feed = Feed::new(&name, &name, "person", &mapping).files(file);
            match name.as_str() {
                "sheet" => feed.with("sheet = \"People\""),
                "declared" => feed.with("delimiter = \"~\""),
                _ => feed,
            }
        })
        .collect();
    let project = Project::new(&feeds);
    for (file, content) in &files {
        project.drop(file, content);
    }
    let landing = project.landing();
    project.ok(&["check", "--landing", landing.to_str().unwrap()]);
    let report = project.run();
    let records = project.table("silver.person_records");
    for (file, _) in &files {
        assert_eq!(report.rows(&feed_of(file)), [3, 0, 3, 0], "{file}");
        for (id, name, born) in [
            ("1", "Zoë Müller", "1980-02-03"),
            ("2", "Jane Roe", ""),
            ("3", "José Núñez", "1990-12-31"),
        ] {
            let row = records.one(&[("source_system", &feed_of(file)), ("source_record_id", id)]);
            assert_eq!(
                (row.get("full_name"), row.get("birth_date")),
                (name, born),
                "{file}"
            );
        }
    }
}

#[test]
fn what_is_forged_or_torn_is_refused_with_its_reason() {
    let csv = CSV.as_bytes();
    let gz = pack::gzip(&CSV.repeat(50).into_bytes());
    let mut flipped = pack::zip(&[("people.csv", csv)], 0);
    flipped[14] ^= 1; // the checksum stands in the directory as well, which is believed
    let at = flipped.len() - 22 - 46 - "people.csv".len() + 16;
    flipped[at] ^= 1;
    let bomb = vec![b'x'; 3 << 20];
    let files: Vec<(&str, Vec<u8>, &str)> = vec![
        (
            "torn_gz.csv.gz",
            gz[..gz.len() / 2].to_vec(),
            "cannot be read",
        ),
        (
            "torn_zst.csv.zst",
            pack::zstd(csv)[..20].to_vec(),
            "cannot be read",
        ),
        (
            "torn_zip.zip",
            pack::zip(&[("people.csv", csv)], 0)[..80].to_vec(),
            "no readable zip",
        ),
        ("crc.zip", flipped, "checksum"),
        ("no_gz.csv.gz", csv.to_vec(), "not gzip"),
        ("bomb_gz.csv.gz", pack::gzip(&bomb), "max_unpack_ratio"),
        ("bomb_bz2.csv.bz2", pack::bzip2(&bomb), "max_unpack_ratio"),
        (
            "bomb_zip.zip",
            pack::zip(&[("people.csv", &bomb)], 0),
            "max_unpack_ratio",
        ),
        (
            "bomb_xlsx.xlsx",
            pack::zip(&[("xl/workbook.xml", &bomb)], 0),
            "max_unpack_ratio",
        ),
        (
            "slip.zip",
            pack::zip(&[("../../people.csv", csv)], 0),
            "leads out of the zip",
        ),
        (
            "absolute.zip",
            pack::zip(&[("/etc/people.csv", csv)], 0),
            "leads out of the zip",
        ),
        (
            "several.zip",
            pack::zip(&[("a.csv", csv), ("b.csv", csv)], 0),
            "2 files",
        ),
        (
            "secret.zip",
            pack::zip(&[("people.csv", csv)], 1),
            "encrypted",
        ),
        ("nothing.zip", pack::zip(&[], 0), "no file"),
        (
            "odd.zip",
            pack::zip(&[("people.exe", csv)], 0),
            "files ending in .exe",
        ),
        (
            "sheetless.xlsx",
            pack::xlsx(&[("People", &[&["id"]])]),
            "no sheet \"Missing\"; it has: People",
        ),
        (
            "trailing.json",
            b"[{\"id\":1}] and more".to_vec(),
            "follows the end of its JSON array",
        ),
        (
            "binary.csv",
            (0..=255).cycle().take(4096).collect(),
            "control characters",
        ),
        ("half.avro", b"Obj\x01".to_vec(), "Avro"),
    ];
    let feeds: Vec<Feed> = files
        .iter()
        .map(|(file, _, _)| {
            let feed = Feed::new(&feed_of(file), "crm", "person", PEOPLE).files(file);
            let feed = feed
                .with("max_unpacked_mb = 1")
                .with("max_unpack_ratio = 2");
            if file.starts_with("sheetless") {
                feed.with("sheet = \"Missing\"")
            } else {
                feed
            }
        })
        .collect();
    let project = Project::new(&feeds);
    for (file, content, _) in &files {
        project.drop(file, content);
    }
    let report = project.try_run("2026-03-01");
    assert!(
        !report.succeeded && !report.stderr.contains("panicked"),
        "{}",
        report.stderr
    );
    for (file, _, why) in &files {
        let line = report.stderr.lines().find(|line| line.contains(file));
        let line = line.unwrap_or_else(|| panic!("nothing said of {file}:\n{}", report.stderr));
        assert!(line.contains(why), "{why}: {line}");
        assert_eq!(report.rows(&feed_of(file)), [0; 4]);
    }
}

#[test]
fn a_setting_that_cannot_be_meant_is_named_with_its_feed() {
    for (setting, told) in [
        ("delimiter = \"ab\"", "delimiter = \"ab\""),
        ("encoding = \"klingon\"", "klingon"),
        ("max_field_mb = 0", "max_field_mb = 0"),
        ("max_deleted_share = 1.5", "max_deleted_share = 1.5"),
    ] {
        let project = Project::new(&[Feed::new("people", "crm", "person", PEOPLE).with(setting)]);
        let said = project.fails(&["check"]);
        assert!(
            said.contains("feed people") && said.contains(told),
            "{said}"
        );
    }
}

#[test]
fn workbooks_that_other_libraries_made_are_read() {
    let Some(venv) = variable("C360_TEST_VENV") else {
        return skip(
            "C360_TEST_VENV names no Python environment with xlwt and odfpy; tests/run makes one",
        );
    };
    let feed = |name: &str, file: &str| {
        Feed::new(name, name, "person", PEOPLE)
            .files(file)
            .with("sheet = \"People\"")
    };
    let project = Project::new(&[feed("xls", "people.xls"), feed("ods", "people.ods")]);
    let script = workspace().join("tests/it/ingest/workbooks.py");
    let made = Command::new(Path::new(&venv).join("bin/python"))
        .arg(script)
        .arg(project.landing())
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let report = project.run();
    let records = project.table("silver.person_records");
    for source in ["xls", "ods"] {
        assert_eq!(report.rows(source), [3, 0, 3, 0], "{source}");
        let person = |id: &str| {
            let row = records.one(&[("source_system", source), ("source_record_id", id)]);
            [
                row.get("full_name").to_owned(),
                row.get("birth_date").to_owned(),
            ]
        };
        assert_eq!(person("1"), ["Zoë Müller", "1980-02-03"], "{source}");
        assert_eq!(person("2"), ["Jane Roe", ""], "{source}");
        assert_eq!(person("3"), ["José Núñez", "1990-12-31"], "{source}");
    }
}

#[test]
fn a_workbook_that_is_too_large_is_refused_with_advice() {
    let feeds = ["xlsx", "xls", "ods"].map(|ending| {
        Feed::new(ending, ending, "person", PEOPLE).files(&format!("people.{ending}"))
    });
    let project = Project::new(&feeds);
    for ending in ["xlsx", "xls", "ods"] {
        let path = project.landing().join(format!("people.{ending}"));
        std::fs::File::create(path)
            .unwrap()
            .set_len((100 << 20) + 1)
            .unwrap();
    }
    let report = project.try_run("2026-03-01");
    assert!(!report.succeeded);
    let told = report
        .stderr
        .matches("workbooks up to 100 MB are read; export the sheet as CSV");
    assert_eq!(told.count(), 3, "{}", report.stderr);
}
