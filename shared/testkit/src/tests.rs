use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::{Options, Summary, generate};

fn generated(people: usize, seed: u64) -> (tempfile::TempDir, Summary) {
    let dir = tempfile::tempdir().unwrap();
    let summary = generate(dir.path(), Options { people, seed }).unwrap();
    (dir, summary)
}

fn bytes(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for at in [dir.to_owned(), dir.join("landing")] {
        for entry in fs::read_dir(at)
            .unwrap()
            .map(Result::unwrap)
            .filter(|e| e.path().is_file())
        {
            files.insert(
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            );
        }
    }
    files
}

#[test]
fn one_seed_gives_one_set_of_bytes() {
    let (a, b, c) = (generated(300, 7), generated(300, 7), generated(300, 8));
    assert_eq!(bytes(a.0.path()).len(), 11 + 3);
    assert!(bytes(a.0.path()) == bytes(b.0.path()));
    assert_eq!(a.1, b.1);
    assert!(bytes(a.0.path()) != bytes(c.0.path()));
}

#[test]
fn some_duplicates_are_hard_but_not_too_many() {
    for seed in [1, 2, 3] {
        let (_dir, summary) = generated(4000, seed);
        let share = summary.unlinked_share();
        assert!((0.035..0.065).contains(&share), "{share}");
        assert!(summary.pairs_without_shared_identifier >= summary.unlinked_pairs);
        let per_person = summary.person_records as f64 / summary.people as f64;
        assert!((2.3..2.7).contains(&per_person), "{per_person}");
        assert_eq!(summary.errors.len(), crate::ErrorKind::ALL.len());
    }
}

/// Record ids in the extracts, taken by a reader that skips rows it cannot read.
fn ids(files: &BTreeMap<String, Vec<u8>>, prefix: &str) -> BTreeSet<String> {
    let (_, content) = files
        .iter()
        .find(|(name, _)| name.starts_with(prefix))
        .unwrap();
    let text = String::from_utf8_lossy(content);
    let id = |line: &str| match line.strip_prefix("{\"customer_id\":\"") {
        Some(rest) => rest.split('"').next().unwrap().to_owned(),
        None => line.split(',').next().unwrap().to_owned(),
    };
    text.lines()
        .filter(|l| !l.contains("_id,") && !l.starts_with("account_no"))
        .map(id)
        .collect()
}

#[test]
fn the_truth_has_every_person_record_once() {
    let (dir, summary) = generated(1500, 5);
    let files = bytes(dir.path());
    let truth = String::from_utf8(files["truth.csv"].clone()).unwrap();
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in truth.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        assert!(
            seen.entry(fields[0].to_owned())
                .or_default()
                .insert(fields[1].to_owned()),
            "{line} twice"
        );
    }
    assert_eq!(truth.lines().count() as u64 - 1, summary.person_records);
    for (source, prefix) in [
        ("crm", "crm_contacts"),
        ("shop", "shop_customers"),
        ("marketing", "marketing_subscribers"),
        ("support", "support_users"),
        ("billing", "billing_accounts"),
    ] {
        assert_eq!(seen[source], ids(&files, prefix), "{source}");
    }
    let errors = String::from_utf8(files["truth_errors.csv"].clone()).unwrap();
    let with_error: BTreeSet<&str> = errors
        .lines()
        .skip(1)
        .map(|l| l.rsplit_once(',').unwrap().0)
        .collect();
    assert_eq!(with_error.len() as u64, summary.person_records);
}

#[test]
fn a_tiny_company_works_too() {
    for people in [0, 1, 2, 3] {
        assert_eq!(generated(people, 1).1.people, people as u64);
    }
}
