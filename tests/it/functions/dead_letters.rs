//! What can never succeed: to the dead letters, with a reason that a person understands.

use super::emulator::Emulator;
use super::event::{AT, commit_to, created, drop_of, event};
use super::queue::attribute;
use super::runtime::Function;
use super::{CONTACTS, NOTHING_FAILED, check_logs, drop_files, failed, fixture, message};
use crate::support::{c360, lines::stranger, workspace};
use serde_json::{Value, json};
use std::process::Command;

fn with_queue(s3: &Emulator, queue: &str) -> Vec<(&'static str, String)> {
    let mut variables = s3.variables();
    variables.push(("C360_DEAD_LETTER_QUEUE_URL", queue.to_owned()));
    variables
}

/// The keys that a notification names.
fn keys(body: &Value) -> Vec<String> {
    let body: Value = serde_json::from_str(body.as_str().unwrap()).unwrap();
    let records = body["Records"].as_array().unwrap().iter();
    let key = |record: &Value| record["s3"]["object"]["key"].as_str().unwrap().to_owned();
    records.map(key).collect()
}

#[test]
fn each_carries_its_reason_and_nothing_personal() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    let dead = s3.queue("dead");
    let mut standardize = Function::start("standardize", &with_queue(&s3, &dead));
    let event = fixture("drops");
    let reply = standardize.invoke(&event);
    assert_eq!(failed(&reply), NOTHING_FAILED, "{}", standardize.logs());
    assert_eq!(s3.rows("lake", "prod/silver/person_records"), 4);

    let letters = s3.messages(&dead);
    let by_source = |number: u32| {
        let letter = letters
            .iter()
            .find(|letter| attribute(letter, "source_message_id") == message(number));
        letter.unwrap_or_else(|| panic!("no letter of message {number}: {letters:#?}"))
    };
    assert_eq!(letters.len(), 3, "{letters:#?}");
    let original = |number: u32| {
        let records = event["Records"].as_array().unwrap().iter();
        let found = records
            .clone()
            .find(|record| record["messageId"] == json!(message(number)));
        found.unwrap()["body"].clone()
    };
    for (number, reason) in [
        (4, "the body is no JSON (line 1, column"),
        (5, "the body is JSON but no S3 notification"),
    ] {
        let letter = by_source(number);
        assert!(attribute(letter, "reason").starts_with(reason), "{letter}");
        assert_eq!(letter["Body"], original(number));
    }
    let torn = by_source(9);
    assert!(
        attribute(torn, "reason").contains("of feed crm_contacts is refused"),
        "{torn}"
    );
    assert_eq!(
        attribute(torn, "file"),
        "s3://landing/in/crm_contacts_torn.csv"
    );
    assert_eq!(keys(&torn["Body"]), ["in/crm_contacts_torn.csv"]);
    for letter in &letters {
        assert_eq!(attribute(letter, "function"), "standardize");
        assert!(attribute(letter, "failed_at").ends_with('Z'), "{letter}");
        assert_eq!(
            attribute(letter, "run_id"),
            "00000000-0000-4000-8000-000000000001"
        );
        let attributes = letter["MessageAttributes"].to_string().to_lowercase();
        assert!(
            !attributes.contains("jane") && !attributes.contains('@'),
            "{attributes}"
        );
    }

    // Delivered again: of the refused file the dead letters know, by the tag that it was given.
    standardize.invoke(&event);
    let again = s3.messages(&dead);
    let of_file = |letter: &&Value| attribute(letter, "source_message_id") == message(9);
    assert_eq!(again.iter().filter(of_file).count(), 1);
    check_logs(&standardize.logs());
}

#[test]
fn only_the_record_of_the_refused_file_leaves_its_message() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    s3.put("landing", "in/crm_contacts_whole.csv", CONTACTS.as_bytes());
    let dead = s3.queue("dead");
    let mut standardize = Function::start("standardize", &with_queue(&s3, &dead));
    let (torn, whole) = ("in/crm_contacts_torn.csv", "in/crm_contacts_whole.csv");
    let mut undecodable: Value =
        serde_json::from_str(&created("landing", &[whole, torn], AT)).unwrap();
    undecodable["Records"][1]["s3"]["object"]["key"] = json!("in/%ff.csv");
    let reply = standardize.invoke(&event(&[
        ("both", &created("landing", &[torn, whole], AT)),
        ("torn", &created("landing", &[torn], AT)),
        ("undecodable", &undecodable.to_string()),
    ]));
    assert_eq!(failed(&reply), NOTHING_FAILED, "{}", standardize.logs());
    assert_eq!(s3.rows("lake", "prod/silver/person_records"), 4);
    let letters = s3.messages(&dead);
    let mut sources: Vec<&str> = letters
        .iter()
        .map(|letter| attribute(letter, "source_message_id"))
        .collect();
    sources.sort_unstable();
    assert_eq!(sources, ["both", "torn", "undecodable"]);
    for letter in &letters {
        let expected = match attribute(letter, "source_message_id") {
            "undecodable" => "in/%ff.csv",
            _ => torn,
        };
        assert_eq!(keys(&letter["Body"]), [expected]);
    }
    // The trace goes with it.
    assert_eq!(
        letters[0]["Attributes"]["AWSTraceHeader"],
        "Root=1-67891233-abcdef012345678912345678"
    );
}

#[test]
fn a_key_that_is_no_path_is_not_read_as_another() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    // What a path-minded reader would take the odd keys for.
    s3.put("landing", "in/crm_contacts.csv", CONTACTS.as_bytes());
    let dead = s3.queue("dead");
    let mut standardize = Function::start("standardize", &with_queue(&s3, &dead));
    let odd = ["in//crm_contacts.csv", "in/../in/crm_contacts.csv"];
    let reply = standardize.invoke(&event(&[("m1", &created("landing", &odd, AT))]));
    assert_eq!(failed(&reply), NOTHING_FAILED, "{}", standardize.logs());
    let letters = s3.messages(&dead);
    assert_eq!(letters.len(), 2, "{letters:#?}");
    for letter in &letters {
        assert!(attribute(letter, "reason").contains("no path"), "{letter}");
    }
    assert_eq!(s3.versions("lake", "prod/silver/person_records"), 0);
}

#[test]
fn where_no_queue_takes_it_the_message_comes_again() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    let nowhere = format!("http://{}/000000000000/nowhere", s3.address());
    let mut standardize = Function::start("standardize", &with_queue(&s3, &nowhere));
    let reply = standardize.invoke(&event(&[
        ("bad", "jane.roe@acme-widgets.com"),
        (
            "torn",
            &created("landing", &["in/crm_contacts_torn.csv"], AT),
        ),
        ("good", &created("landing", &[super::CONTACTS_KEY], AT)),
    ]));
    assert_eq!(failed(&reply), ["bad", "torn"], "{}", standardize.logs());
    assert_eq!(s3.rows("lake", "prod/silver/person_records"), 4);
    let logs = standardize.logs();
    check_logs(&logs);
    assert!(logs.contains("there is no such queue"), "{logs}");
}

#[test]
fn stages_bury_what_they_cannot_understand() {
    let Some(s3) = Emulator::start() else { return };
    s3.bucket("lake");
    let dead = s3.queue("dead");
    let mut golden = Function::start("golden", &with_queue(&s3, &dead));
    let reply = golden.invoke(&event(&[("bad", "{}")]));
    assert_eq!(failed(&reply), NOTHING_FAILED);
    let letters = s3.messages(&dead);
    assert_eq!(letters.len(), 1);
    assert_eq!(attribute(&letters[0], "function"), "golden");
}

/// 120 people twice; `is_one`: with one e-mail.
fn twins(is_one: bool) -> String {
    let mut rows = String::from("id,first_name,last_name,email,phone,updated_at\n");
    for number in 0..120 {
        let names = stranger(number)
            .replace("given_name=", "")
            .replace("; family_name=", ",");
        let (other, day) = if is_one {
            ("p", "2026-02-01")
        } else {
            ("other", "2026-01-01")
        };
        for (record, user) in [("a", "p"), ("b", other)] {
            rows.push_str(&format!(
                "{record}{number},{names},{user}{number}@home.example,,{day}\n"
            ));
        }
    }
    rows
}

#[test]
fn what_a_person_must_decide_does_not_come_again_by_itself() {
    let Some(s3) = Emulator::start() else { return };
    s3.bucket("landing");
    s3.bucket("lake");
    let dead = s3.queue("dead");
    let variables = with_queue(&s3, &dead);
    let mut standardize = Function::start("standardize", &variables);
    let mut resolve = Function::start("resolve", &variables);
    let woken = commit_to("bronze/ingested_files");
    for (key, is_one) in [
        ("in/crm_contacts_1.csv", false),
        ("in/crm_contacts_2.csv", true),
    ] {
        s3.put("landing", key, twins(is_one).as_bytes());
        assert_eq!(
            failed(&standardize.invoke(&drop_of(&[key]))),
            NOTHING_FAILED
        );
        assert_eq!(
            failed(&resolve.invoke(&woken)),
            NOTHING_FAILED,
            "{}",
            resolve.logs()
        );
    }
    check_logs(&resolve.logs());
    let letters = s3.messages(&dead);
    assert_eq!(letters.len(), 1, "{letters:#?}");
    let reason = attribute(&letters[0], "reason");
    for part in [
        "120 of the 240 person records",
        "id_churn_limit",
        "--accept-id-churn",
    ] {
        assert!(reason.contains(part), "{part} in {reason}");
    }
    assert_eq!(letters[0]["Body"], woken["Records"][0]["body"]);
    assert_eq!(
        s3.versions("lake", "prod/silver/crosswalk_history"),
        2,
        "created, and written once"
    );

    // A person accepts it; the letter, sent back, finds nothing to do.
    let mut accept = Command::new(c360());
    accept.args(["run", "resolve", "--accept-id-churn", "--project"]);
    accept.arg(workspace().join("tests/projects/functions"));
    let accepted = accept.envs(s3.variables()).output().unwrap();
    assert!(
        accepted.status.success(),
        "{}",
        String::from_utf8_lossy(&accepted.stderr)
    );
    let versions = s3.versions("lake", "prod/silver/crosswalk_history");
    assert_eq!(failed(&resolve.invoke(&woken)), NOTHING_FAILED);
    assert_eq!(
        s3.versions("lake", "prod/silver/crosswalk_history"),
        versions
    );
    assert_eq!(s3.messages(&dead).len(), 1);
}
