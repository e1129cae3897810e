//! What a run would change, before it does.

use crate::support::Project;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn files(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(&path, found),
            false => _ = found.insert(path),
        }
    }
}

#[test]
fn a_plan_says_what_a_run_then_does_and_publishes_nothing() {
    let project = Project::of(&[
        "person crm",
        "person shop",
        "person support",
        "consent shop",
    ]);
    project.lines(&[
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@work.example; updated_at=2026-01-01",
        "person shop A; given_name=Jane; family_name=Roe; email=jane@home.example; updated_at=2026-01-01",
        "person crm 3; given_name=Li; family_name=Wei; email=li@home.example; updated_at=2026-01-01",
        "person shop C; given_name=Li; family_name=Wei; email=li@home.example; updated_at=2026-01-01",
        "consent shop; person_id=A; purpose=marketing; channel=email; status=granted; stated_at=2026-01-05",
        "consent shop; person_id=C; purpose=marketing; channel=email; status=denied; stated_at=2026-01-05",
    ]);
    project.run_at("2026-01-05");
    let before = project.customers();
    assert_ne!(before["crm:1"], before["shop:A"]);
    assert_eq!(before["crm:3"], before["shop:C"]);
    let plan = || -> Value {
        let arguments = ["resolve", "--plan", "--json", "--as-of", "2026-01-10"];
        serde_json::from_str(&project.ok(&arguments)).unwrap()
    };
    assert_eq!(plan(), json!({"is_new": false}));

    // One record that joins two customers, and a word that parts one.
    project.lines(&[
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@work.example; phone=+1 312 867 4411; updated_at=2026-01-10",
        "person support X; given_name=Jane; family_name=Roe; email=jane@home.example; phone=+1 312 867 4411",
    ]);
    let landing = project.landing().display().to_string();
    project.ok(&["run", "standardize", "--landing", &landing]);
    project.ok(&[
        "steward",
        "distinct",
        "crm:3",
        "shop:C",
        "--by",
        "ann",
        "--reason",
        "two people",
    ]);
    let (versions, mut held) = (project.versions(), BTreeSet::new());
    files(&project.lake(), &mut held);
    let planned = plan();
    let text = project.ok(&["resolve", "--plan", "--as-of", "2026-01-10"]);
    assert_eq!(project.versions(), versions);
    let mut left = BTreeSet::new();
    files(&project.lake(), &mut left);
    assert_eq!(left, held, "what was written aside is gone");
    assert_eq!(project.customers(), before);

    project.ok(&["resolve", "--as-of", "2026-01-10"]);
    let after = project.customers();
    assert_eq!(after["crm:1"], after["shop:A"]);
    assert_ne!(after["crm:3"], after["shop:C"]);
    let runs = project.table("silver.resolve_runs");
    let run = runs
        .find(&[("entity", "person")])
        .into_iter()
        .max_by_key(|row| row.get("valid_from").to_owned())
        .unwrap();
    let said = &planned["entities"]["person"];
    for column in [
        "records",
        "records_kept",
        "records_moved",
        "customers",
        "customers_new",
        "customers_merged",
        "customers_split",
        "customers_deleted",
    ] {
        assert_eq!(said[column].to_string(), run.get(column), "{column}");
    }
    assert_eq!(said["redirects_new"], 1);
    let mut moved: BTreeSet<[String; 4]> = BTreeSet::new();
    for (record, old) in &before {
        let new = &after[record];
        if new != old {
            let change = if ["crm:1", "shop:A"].contains(&record.as_str()) {
                "merged"
            } else {
                "split"
            };
            moved.insert([change, record, old, new].map(str::to_owned));
        }
    }
    // Each of the shop's two has stated something.
    let of_shop = moved
        .iter()
        .filter(|[_, record, ..]| record.starts_with("shop"));
    assert_eq!(said["consent_statements"], of_shop.count());
    let said: BTreeSet<[String; 4]> = planned["moves"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            [
                "change",
                "first_record",
                "old_customer_id",
                "new_customer_id",
            ]
            .map(|name| one[name].as_str().unwrap().to_owned())
        })
        .collect();
    assert_eq!(said, moved);
    for of_move in &moved {
        assert!(
            of_move.iter().all(|word| text.contains(word.as_str())),
            "{text}"
        );
    }
    assert_eq!(plan(), json!({"is_new": false}));
}
