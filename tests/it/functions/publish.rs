//! S3 as more than a store: tags, copies to a bucket for others, audit objects.

use super::emulator::Emulator;
use super::event::{AT, commit_to, created, event, wake};
use super::runtime::Function;
use super::{CONTACTS_KEY, NEWSLETTER_KEY, NOTHING_FAILED, drop_files, failed};
use serde_json::Value;

fn variables(s3: &Emulator) -> Vec<(&'static str, String)> {
    let mut variables = s3.variables();
    variables.extend([
        ("C360_EXTRACTS", "s3://extracts/out".to_owned()),
        ("C360_AUDIT", "s3://audit".to_owned()),
    ]);
    variables
}

pub fn run(function: &str, variables: &[(&str, String)], event: &Value) -> String {
    let mut function = Function::start(function, variables);
    let reply = function.invoke(event);
    assert_eq!(failed(&reply), NOTHING_FAILED, "{}", function.logs());
    function.logs()
}

pub fn json(s3: &Emulator, bucket: &str, key: &str) -> Value {
    serde_json::from_slice(&s3.get(bucket, key)).unwrap()
}

/// A lake with a publication, made by the functions.
pub fn published(s3: &Emulator) -> Vec<(&'static str, String)> {
    drop_files(s3);
    s3.bucket("extracts");
    s3.bucket("audit");
    let variables = variables(s3);
    let drops = created("landing", &[CONTACTS_KEY, NEWSLETTER_KEY], AT);
    run("standardize", &variables, &event(&[("m1", &drops)]));
    run("resolve", &variables, &commit_to("bronze/ingested_files"));
    run("golden", &variables, &commit_to("silver/crosswalk"));
    variables
}

#[test]
fn extracts_reach_their_bucket_tagged_and_whole() {
    let Some(s3) = Emulator::start() else { return };
    let variables = published(&s3);
    assert!(s3.keys("extracts", "").is_empty());
    run("extract", &variables, &commit_to("gold/publications"));

    for name in [
        "audience_email",
        "suppression_email",
        "crm_id_map",
        "change_events",
    ] {
        let manifest = json(&s3, "extracts", &format!("out/{name}/manifest.json"));
        let file = manifest["file"].as_str().unwrap();
        let copy = s3.get("extracts", &format!("out/{file}"));
        assert_eq!(
            copy,
            s3.get("lake", &format!("prod/extracts/{file}")),
            "{name}"
        );
        assert_eq!(
            copy.len() as u64,
            manifest["bytes"].as_u64().unwrap(),
            "{name}"
        );
        let consent = match name {
            "audience_email" => "marketing",
            "suppression_email" => "suppression",
            _ => "operational",
        };
        for (bucket, key) in [
            ("extracts", format!("out/{file}")),
            ("lake", format!("prod/extracts/{file}")),
        ] {
            let tags = s3.tags(bucket, &key);
            assert_eq!(tags["c360-consent"], consent, "{bucket} {key}");
            assert_eq!(
                tags["c360-publication"], manifest["publication_id"],
                "{bucket} {key}"
            );
        }
    }
    // Nothing new: nothing is copied, and what is there is left alone.
    let before = s3.keys("extracts", "");
    let logs = run("extract", &variables, &commit_to("gold/publications"));
    assert!(!logs.contains("\"published\""), "{logs}");
    assert_eq!(s3.keys("extracts", ""), before);
}

#[test]
fn a_copy_that_was_cut_off_is_made_by_the_next_run() {
    let Some(s3) = Emulator::start() else { return };
    let mut variables = published(&s3);
    // So small that every file is copied in parts.
    variables.push(("C360_COPY_PART_BYTES", "40".to_owned()));
    // Two publications are written in the lake before the bucket for others is looked at.
    let in_lake_only: Vec<_> = s3.variables();
    run("extract", &in_lake_only, &commit_to("gold/publications"));
    let more =
        "id,first_name,last_name,email,phone,updated_at\n9,Ada,King,ada@king.example,,2026-01-05\n";
    s3.put("landing", "in/crm_contacts_more.csv", more.as_bytes());
    let drop = created("landing", &["in/crm_contacts_more.csv"], AT);
    run("standardize", &in_lake_only, &event(&[("m1", &drop)]));
    run("resolve", &in_lake_only, &wake());
    run("golden", &in_lake_only, &wake());
    run("extract", &in_lake_only, &wake());
    let lake_events = s3.keys("lake", "prod/extracts/change_events/");
    assert_eq!(lake_events.len(), 5, "{lake_events:?}");

    run("extract", &variables, &wake());
    // Of the change events all, of the others the newest: an old audience is of no use, and may hold who has opted out since.
    assert_eq!(s3.keys("extracts", "out/change_events/").len(), 5);
    assert_eq!(s3.keys("extracts", "out/audience_email/").len(), 3);
    for key in s3.keys("extracts", "out/") {
        let original = key.replace("out/", "prod/extracts/");
        assert_eq!(s3.get("extracts", &key), s3.get("lake", &original), "{key}");
    }
}

#[test]
fn dropped_files_are_tagged_beside_the_tags_they_have() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    s3.tag("landing", CONTACTS_KEY, "team", "data");
    let keys = [
        CONTACTS_KEY,
        NEWSLETTER_KEY,
        "in/crm_contacts_torn.csv",
        "in/notes.txt",
    ];
    let drops = event(&[("m1", &created("landing", &keys, AT))]);
    run("standardize", &s3.variables(), &drops);
    let tags = s3.tags("landing", CONTACTS_KEY);
    let told: Vec<(&str, &str)> = tags.iter().map(|(key, value)| (&**key, &**value)).collect();
    assert_eq!(
        told,
        [
            ("c360-feed", "crm_contacts"),
            ("c360-source", "crm"),
            ("c360-state", "ingested"),
            ("team", "data")
        ]
    );
    assert_eq!(
        s3.tags("landing", NEWSLETTER_KEY)["c360-source"],
        "marketing"
    );
    assert_eq!(
        s3.tags("landing", "in/crm_contacts_torn.csv")["c360-state"],
        "refused"
    );
    assert!(s3.tags("landing", "in/notes.txt").is_empty());
}

#[test]
fn a_publication_is_put_on_record_once() {
    let Some(s3) = Emulator::start() else { return };
    let variables = published(&s3);
    run("extract", &variables, &wake());
    let keys = s3.keys("audit", "");
    let folders: Vec<&str> = keys
        .iter()
        .map(|key| key.split('/').next().unwrap())
        .collect();
    assert_eq!(folders, ["extract", "golden"], "{keys:?}");
    let golden = json(&s3, "audit", &keys[1]);
    assert_eq!(golden["publication"]["sequence"], 1, "{golden}");
    assert!(
        golden["publication"]["table_versions"]["gold.dim_customer"].is_i64(),
        "{golden}"
    );
    let extract = json(&s3, "audit", &keys[0]);
    assert_eq!(extract["files"].as_array().unwrap().len(), 16, "{extract}");
    for record in [&golden, &extract] {
        let text = record.to_string().to_lowercase();
        assert!(!text.contains("jane") && !text.contains('@'), "{text}");
    }
    // It is never written over, though the stages run again.
    let marked = b"as it was";
    s3.put("audit", &keys[1], marked);
    run("golden", &variables, &wake());
    assert_eq!(s3.get("audit", &keys[1]), marked);
    assert_eq!(s3.keys("audit", ""), keys);
}

#[test]
fn what_a_killed_run_left_out_the_next_one_records() {
    let Some(s3) = Emulator::start() else { return };
    // The first golden run has no place for its record, as one that was killed before it got there.
    drop_files(&s3);
    let drops = created("landing", &[CONTACTS_KEY], AT);
    run("standardize", &s3.variables(), &event(&[("m1", &drops)]));
    run("resolve", &s3.variables(), &wake());
    run("golden", &s3.variables(), &wake());
    let mut variables = variables(&s3);
    let mut golden = Function::start("golden", &variables);
    assert_eq!(
        failed(&golden.invoke(&wake())),
        ["m1"],
        "no audit bucket: it comes again"
    );
    assert!(
        golden.logs().contains("there is no such bucket"),
        "{}",
        golden.logs()
    );
    s3.bucket("audit");
    variables.retain(|(name, _)| *name != "C360_EXTRACTS");
    run("golden", &variables, &wake());
    assert_eq!(s3.keys("audit", "golden/").len(), 1);
}
