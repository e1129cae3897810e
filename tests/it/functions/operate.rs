//! `c360 status`, `link` and `redrive`, as a person who keeps the system up uses them.

use super::emulator::Emulator;
use super::event::{AT, created, event, wake};
use super::http::{self, Message};
use super::publish::{json, published, run};
use super::runtime::Function;
use super::{CONTACTS, CONTACTS_KEY, NOTHING_FAILED, drop_files, failed};
use crate::support::c360;
use serde_json::Value;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output};

/// The command on the project of the functions.
fn command(s3: &Emulator, arguments: &[&str]) -> Output {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/functions");
    let mut command = Command::new(c360());
    command.args(arguments).arg("--project").arg(project);
    command.envs(s3.variables());
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn status(s3: &Emulator) -> Value {
    let told = command(s3, &["status", "--json", "--queues", "standardize"]);
    assert!(told.status.success(), "{}", text(&told.stderr));
    serde_json::from_slice(&told.stdout).unwrap()
}

#[test]
fn status_tells_how_far_the_work_is() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    let (queue, _) = s3.queue_with_dead_letters("standardize");
    s3.send_message(&queue, "{}");
    let empty = status(&s3);
    assert_eq!(empty["tables"], Value::Array(Vec::new()));
    assert!(empty["lag_seconds"].is_null());
    assert_eq!(empty["queues"][0]["queue"], "standardize");
    assert_eq!(empty["queues"][0]["waiting"], 1);
    assert_eq!(empty["queues"][0]["dead_letter_queue"], "standardize-dead");
    assert_eq!(empty["queues"][1]["waiting"], 0);

    let mut standardize = Function::start("standardize", &s3.variables());
    standardize.invoke(&event(&[("m1", &created("landing", &[CONTACTS_KEY], AT))]));
    let dropped = status(&s3);
    let waits = |status: &Value, stage: &str| {
        let waiting = status["waiting"].as_array().unwrap();
        waiting.iter().any(|one| one["stage"] == stage)
    };
    assert!(waits(&dropped, "resolve"), "{dropped}");
    assert!(dropped["lag_seconds"].as_i64().unwrap() > 0, "{dropped}");
    let tables = dropped["tables"].as_array().unwrap();
    let persons = tables
        .iter()
        .find(|one| one["table"] == "silver.person_records");
    assert_eq!(persons.unwrap()["rows"], 4);
    assert!(persons.unwrap()["committed_at"].is_i64());

    for function in ["resolve", "golden", "extract"] {
        let mut function = Function::start(function, &s3.variables());
        assert_eq!(
            failed(&function.invoke(&wake())),
            NOTHING_FAILED,
            "{}",
            function.logs()
        );
    }
    let done = status(&s3);
    assert_eq!(done["waiting"], Value::Array(Vec::new()));
    assert_eq!(done["lag_seconds"], 0);
    assert_eq!(done["extracts_behind"], serde_json::json!({}));
    let told = text(&command(&s3, &["status"]).stdout);
    for said in [
        "gold.dim_customer",
        "everything dropped is published",
        "000001-",
    ] {
        assert!(told.contains(said), "{said} not in\n{told}");
    }
}

#[test]
fn dead_letters_are_read_sent_back_and_dropped() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    let (queue, dead) = s3.queue_with_dead_letters("standardize");
    let mut variables = s3.variables();
    variables.push(("C360_DEAD_LETTER_QUEUE_URL", dead.clone()));
    let mut standardize = Function::start("standardize", &variables);
    let torn = "in/crm_contacts_torn.csv";
    standardize.invoke(&event(&[
        ("m1", "rubbish"),
        ("m2", &created("landing", &[torn], AT)),
    ]));
    assert_eq!(s3.messages(&dead).len(), 2);

    let known = status(&s3);
    let errors = known["errors"].as_array().unwrap();
    let is_told = |error: &Value| {
        error["file"].as_str().unwrap().ends_with(torn)
            && error["reason"].as_str().unwrap().contains("is refused")
    };
    assert!(errors.iter().any(is_told), "{known}");
    std::thread::sleep(std::time::Duration::from_secs(2));

    // Looking takes nothing away, and hides nothing from the next who looks.
    for _ in 0..2 {
        let seen = command(&s3, &["redrive", "standardize-dead"]);
        assert!(seen.status.success(), "{}", text(&seen.stderr));
        let told = text(&seen.stdout);
        for said in ["the body is no JSON", torn, "is refused", "standardize"] {
            assert!(told.contains(said), "{said} not in\n{told}");
        }
        assert!(
            text(&seen.stderr).contains("2 messages waiting"),
            "{}",
            text(&seen.stderr)
        );
    }

    // The file is mended, and its letter goes back.
    s3.put("landing", torn, CONTACTS.as_bytes());
    let back = command(
        &s3,
        &["redrive", "standardize-dead", "--apply", "--only", "torn"],
    );
    assert!(back.status.success(), "{}", text(&back.stderr));
    let sent = s3.messages(&queue);
    assert_eq!(sent.len(), 1);
    assert!(sent[0]["MessageAttributes"].is_null(), "{}", sent[0]);
    assert_eq!(s3.messages(&dead).len(), 1);
    let body = sent[0]["Body"].as_str().unwrap();
    let reply = standardize.invoke(&event(&[("m3", body)]));
    assert_eq!(failed(&reply), NOTHING_FAILED);
    assert_eq!(s3.rows("lake", "prod/silver/person_records"), 4);
    assert_eq!(s3.tags("landing", torn)["c360-state"], "ingested");

    let unsure = command(&s3, &["redrive", "standardize-dead", "--drop"]);
    assert!(!unsure.status.success());
    assert!(text(&unsure.stderr).contains("--yes"));
    assert_eq!(s3.messages(&dead).len(), 1);
    let dropped = command(&s3, &["redrive", "standardize-dead", "--drop", "--yes"]);
    assert!(dropped.status.success(), "{}", text(&dropped.stderr));
    assert!(s3.messages(&dead).is_empty());

    let nowhere = command(&s3, &["redrive", "no-such-queue"]);
    assert!(!nowhere.status.success());
    assert!(
        text(&nowhere.stderr).contains("there is no such queue"),
        "{}",
        text(&nowhere.stderr)
    );
}

#[test]
fn a_link_lets_its_holder_download_the_newest_file() {
    let Some(s3) = Emulator::start() else { return };
    let variables = published(&s3);
    let early = command(&s3, &["link", "audience_email"]);
    assert!(!early.status.success());
    assert!(
        text(&early.stderr).contains("not written yet"),
        "{}",
        text(&early.stderr)
    );
    run("extract", &variables, &wake());

    let link = command(&s3, &["link", "audience_email", "--expires", "10m"]);
    assert!(link.status.success(), "{}", text(&link.stderr));
    let link = text(&link.stdout);
    assert!(link.contains("X-Amz-Expires=600"), "{link}");
    let target = link
        .trim()
        .strip_prefix(&format!("http://{}", s3.address()))
        .unwrap();
    let stream = TcpStream::connect(s3.address()).unwrap();
    let start = format!("GET {target} HTTP/1.1");
    http::write(&stream, &start, &[("host", s3.address())], b"");
    let got = Message::read(&stream).unwrap();
    let manifest = json(&s3, "lake", "prod/extracts/audience_email/manifest.json");
    let file = manifest["file"].as_str().unwrap();
    assert_eq!(got.body, s3.get("lake", &format!("prod/extracts/{file}")));

    let wrong = command(&s3, &["link", "audience_fax"]);
    assert!(!wrong.status.success());
    assert!(
        text(&wrong.stderr).contains("there are audience_email,"),
        "{}",
        text(&wrong.stderr)
    );
    let long = command(&s3, &["link", "audience_email", "--expires", "8d"]);
    assert!(
        text(&long.stderr).contains("seven days"),
        "{}",
        text(&long.stderr)
    );
}
