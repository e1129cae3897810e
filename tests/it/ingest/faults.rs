//! A generator of faults: files broken in every way a seed thinks of. Nothing is lost, nothing crashes, everything is told.

use crate::support::{Feed, Project, Random, Report, pack};
use std::collections::BTreeMap;
use std::fmt::Write;

const PEOPLE: &str =
    "SELECT id AS source_record_id, name AS full_name, email, updated AS updated_at FROM input";
const FILES: usize = 240;

/// A good file: CSV or NDJSON.
fn good(random: &mut Random, is_csv: bool) -> Vec<u8> {
    let mut text = String::from(if is_csv {
        "id,name,email,updated\n"
    } else {
        ""
    });
    for row in 1..=1 + random.below(30) {
        let name = *random.pick(&[
            "Jane Roe",
            "Zoë Müller",
            "Roe, Jane",
            "O\"Brien",
            "李伟",
            "Al\nBo",
            "",
        ]);
        let (email, updated) = (
            format!("p{row}@b.example"),
            *random.pick(&["2026-01-05", "soon", ""]),
        );
        if is_csv {
            writeln!(
                text,
                "{row},\"{}\",{email},{updated}",
                name.replace('"', "\"\"")
            )
            .unwrap();
        } else {
            let row =
                serde_json::json!({"id": row, "name": name, "email": email, "updated": updated});
            writeln!(text, "{row}").unwrap();
        }
    }
    text.into_bytes()
}

type Fault = fn(&mut Random, Vec<u8>) -> Vec<u8>;

const FAULTS: [Fault; 16] = [
    // cut off
    |random, file| file[..random.below(file.len() + 1)].to_vec(),
    // a byte flipped, or several
    |random, mut file| {
        for _ in 0..=random.below(8) {
            let at = random.below(file.len());
            file[at] ^= 1 << random.below(8);
        }
        file
    },
    // a quote too many
    |random, file| insert(random, file, b"\""),
    |random, file| insert(random, file, b"\n\"open,"),
    // NUL bytes
    |random, file| insert(random, file, b"\0\0"),
    // bytes of other encodings
    |random, file| insert(random, file, b"\xe9\xff\x81"),
    // ragged rows
    |random, file| insert(random, file, b",,,\n,"),
    // line ends
    |_, file| {
        String::from_utf8_lossy(&file)
            .replace('\n', "\r")
            .into_bytes()
    },
    |_, file| {
        String::from_utf8_lossy(&file)
            .replace('\n', "\r\n\r\n")
            .into_bytes()
    },
    // UTF-16, whole or half a character short
    |random, file| {
        let text = String::from_utf8_lossy(&file).into_owned();
        let mut wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        wide.truncate(wide.len() - random.below(2));
        wide
    },
    // nested rubbish
    |random, file| {
        let nested = b"{\"id\":{\"a\":[".repeat(1 + random.below(300));
        insert(random, file, &nested)
    },
    |random, file| insert(random, file, b"[{\"id\":1},{\"id\":[2]}]\n"),
    // a field longer than any may be
    |random, file| {
        let long = vec![b'x'; (1 << 20) + random.below(1 << 20)];
        insert(random, file, &long)
    },
    // a wide header
    |_, file| [vec![b'a'; 1], b",b".repeat(2_500), b"\n".to_vec(), file].concat(),
    // random bytes in the middle
    |random, file| {
        let bytes: Vec<u8> = (0..random.below(200))
            .map(|_| random.next() as u8)
            .collect();
        insert(random, file, &bytes)
    },
    // nothing at all
    |_, _| Vec::new(),
];

fn insert(random: &mut Random, file: Vec<u8>, what: &[u8]) -> Vec<u8> {
    let at = random.below(file.len() + 1);
    [&file[..at], what, &file[at..]].concat()
}

/// Packed after or before it was broken.
fn packed(random: &mut Random, file: Vec<u8>) -> (Vec<u8>, &'static str) {
    let (mut packed, ending) = match random.below(8) {
        0 => (pack::gzip(&file), ".gz"),
        1 => (pack::zstd(&file), ".zst"),
        2 => (pack::bzip2(&file), ".bz2"),
        3 => (file, ".gz"),
        _ => return (file, ""),
    };
    if random.below(2) == 0 && !packed.is_empty() {
        let at = random.below(packed.len());
        packed[at] ^= 1 << random.below(8);
    }
    (packed, ending)
}

#[test]
fn two_hundred_and_forty_broken_files_are_taken_in_or_refused() {
    let mut random = Random(4);
    let feed = |name: &str, files: &str| {
        Feed::new(name, name, "person", PEOPLE)
            .files(files)
            .with("max_field_mb = 1")
            .with("commit_rows = 9")
    };
    let project = Project::new(&[
        feed("csv", "*.csv*"),
        feed("json", "*.json*"),
        feed("zip", "*.zip"),
        feed("sheets", "*.xlsx"),
    ]);
    let mut names = Vec::new();
    for at in 0..FILES {
        let is_csv = random.below(3) > 0;
        let mut content = good(&mut random, is_csv);
        for _ in 0..=random.below(2) {
            if !content.is_empty() {
                content = random.pick(&FAULTS)(&mut random, content);
            }
        }
        let kind = if is_csv { "csv" } else { "json" };
        let name = match random.below(12) {
            0 => {
                let inner = *random.pick(&[
                    "people.csv",
                    "../people.csv",
                    "/people.json",
                    "people.json",
                    "a/b.csv",
                    "x",
                ]);
                let mut zip = pack::zip(&[(inner, &content)], (random.below(4) == 0).into());
                let end = zip.len() - random.below(2) * random.below(zip.len());
                zip.truncate(end);
                content = zip;
                format!("f{at}.zip")
            }
            1 => {
                let sheet: &[&[&str]] = &[
                    &["id", "name", "email", "updated"],
                    &["#1", "Jane Roe", "j@b.example", "@46000"],
                ];
                let mut book = pack::xlsx(&[("People", sheet)]);
                for _ in 0..random.below(3) {
                    let at = random.below(book.len());
                    book[at] ^= 1 << random.below(8);
                }
                content = book;
                format!("f{at}.xlsx")
            }
            _ => {
                let (bytes, ending) = packed(&mut random, content);
                content = bytes;
                format!("f{at}.{kind}{ending}")
            }
        };
        project.drop(&name, &content);
        names.push(name);
    }
    let run = || {
        let landing = project.landing();
        let mut command = project.command(&[
            "run",
            "standardize",
            "--json",
            "--landing",
            landing.to_str().unwrap(),
        ]);
        Report::of(&command.output().unwrap())
    };
    let report = run();
    assert!(!report.stderr.contains("panicked"), "{}", report.stderr);
    assert!(
        report.json.is_object() && report.failed_checks().is_empty(),
        "{}",
        report.stderr
    );
    let refused: BTreeMap<&str, &str> = report.json["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|refused| {
            (
                refused["file"].as_str().unwrap(),
                refused["reason"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(report.succeeded, refused.is_empty());
    let ingested = project.table("bronze.ingested_files");
    let (records, quarantine) = (
        project.table("silver.person_records"),
        project.table("bronze.quarantine"),
    );
    let repeated: Vec<&str> = report.json["repeated"]
        .as_array()
        .unwrap()
        .iter()
        .map(|repeated| repeated["file"].as_str().unwrap())
        .collect();
    let mut taken_in = 0;
    for name in &names {
        if let Some(reason) = refused.get(name.as_str()) {
            assert!(reason.contains(name.as_str()), "{name}: {reason}");
            continue;
        }
        if repeated.contains(&name.as_str()) {
            continue;
        }
        let file = ingested.one(&[("source_file", name)]);
        let [read, filtered, standardized, quarantined] = [
            "rows_read",
            "rows_filtered",
            "rows_standardized",
            "rows_quarantined",
        ]
        .map(|column| file.get(column).parse::<usize>().unwrap());
        assert_eq!(read, filtered + standardized + quarantined, "{name}");
        assert_eq!(
            records.find(&[("source_file", name)]).len(),
            standardized,
            "{name}"
        );
        assert_eq!(
            quarantine.find(&[("source_file", name)]).len(),
            quarantined,
            "{name}"
        );
        taken_in += 1;
    }
    assert!(
        taken_in > FILES / 3 && refused.len() > FILES / 10,
        "{taken_in} taken in, {} refused",
        refused.len()
    );
    // A content that one name had refused (an empty .json.gz) may be known by now from another (an empty .json).
    let again = run();
    let files = |report: &Report, list: &str| -> Vec<String> {
        let files = report.json[list].as_array().unwrap().iter();
        files
            .map(|file| file["file"].as_str().unwrap().to_owned())
            .collect()
    };
    let mut refused_again = files(&again, "refused");
    let known = files(&again, "repeated");
    refused_again.extend(
        known
            .into_iter()
            .filter(|file| refused.contains_key(file.as_str())),
    );
    refused_again.sort();
    let mut refused_before = files(&report, "refused");
    refused_before.sort();
    assert_eq!(refused_again, refused_before);
    assert_eq!(project.table("bronze.quarantine").len(), quarantine.len());
    assert_eq!(project.table("silver.person_records").len(), records.len());
}
