//! The functions as AWS runs them: the real binaries, polled from a Lambda Runtime API, over an S3-compatible server.

mod answers;
mod dead_letters;
pub mod emulator;
mod event;
mod failures;
mod heavy;
mod http;
mod login;
mod operate;
mod proxy;
mod publish;
mod queue;
pub mod runtime;

use emulator::Emulator;
use runtime::Function;
use serde_json::{Value, json};

const CONTACTS: &str = "\
id,first_name,last_name,email,phone,updated_at
1,Jane,Roe,jane.roe@acme-widgets.com,+1 212 736 5000,2026-01-05
2,Ramón,Núñez,ramon@nunez-hermanos.es,+34 912 345 678,2026-01-06
3,Li,Wei,li.wei@wei-imports.cn,,2026-01-07
4,Jane,Roe,Jane.Roe@acme-widgets.com,(212) 736-5000,2026-02-01
";

const NEWSLETTER: &str = "\
email,status,stated_at
jane.roe@acme-widgets.com,granted,2026-01-10
ramon@nunez-hermanos.es,withdrawn,2026-01-11
";

/// The file that the drops fixture names with a space, a plus sign and a letter beyond ASCII.
const CONTACTS_KEY: &str = "in/crm/crm_contacts 2026-03-01 Köln + Bonn.csv";
const NEWSLETTER_KEY: &str = "in/newsletter_2026-03-01.csv";

const NOTHING_FAILED: &[&str] = &[];

fn fixture(name: &str) -> Value {
    let path = format!("{}/fixtures/events/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The message of a fixture, `059f36b4-…`, by its number there.
fn message(number: u32) -> String {
    format!("059f36b4-87a3-44ab-83d2-{number:012}")
}

fn failed(reply: &Value) -> Vec<&str> {
    let failures = reply["batchItemFailures"]
        .as_array()
        .expect("a batch reply");
    failures
        .iter()
        .map(|failure| failure["itemIdentifier"].as_str().unwrap())
        .collect()
}

fn drop_files(s3: &Emulator) {
    s3.bucket("landing");
    s3.bucket("lake");
    s3.put("landing", CONTACTS_KEY, CONTACTS.as_bytes());
    s3.put("landing", NEWSLETTER_KEY, NEWSLETTER.as_bytes());
    s3.put("landing", "in/notes.txt", b"no feed's");
    s3.put("landing", "in/crm_contacts_torn.csv", b"");
}

/// Logs are JSON objects with a level, or metrics, and hold none of the personal data of the drop.
fn check_logs(logs: &str) {
    for line in logs.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"));
        let is_metrics = line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "c360";
        assert!(line["level"].is_string() || is_metrics, "{line}");
    }
    let lower = logs.to_lowercase();
    for personal in [
        "jane",
        "roe",
        "ramon",
        "nunez",
        "acme-widgets",
        "7365000",
        "736-5000",
    ] {
        assert!(!lower.contains(personal), "{personal} in\n{logs}");
    }
}

#[test]
fn standardize_answers_message_by_message() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    let mut standardize = Function::start("standardize", &s3.variables());
    let reply = standardize.invoke(&fixture("drops"));
    assert_eq!(
        failed(&reply),
        [message(4), message(5)],
        "{}",
        standardize.logs()
    );
    assert_eq!(s3.rows("lake", "prod/silver/person_records"), 4);
    assert_eq!(s3.rows("lake", "prod/silver/consents"), 2);
    assert_eq!(s3.rows("lake", "prod/bronze/ingested_files"), 2);

    // Delivered twice: the same answer, the same tables.
    let versions = s3.versions("lake", "prod/silver/person_records");
    let again = standardize.invoke(&fixture("drops"));
    assert_eq!(again, reply);
    assert_eq!(s3.versions("lake", "prod/silver/person_records"), versions);
    assert_eq!(s3.rows("lake", "prod/silver/person_records"), 4);

    let logs = standardize.logs();
    check_logs(&logs);
    for said in [
        "no JSON (line 1,",
        "no S3 notification",
        "no feed claims it",
        "deleted before it was read",
        "a file is refused",
        "not in the landing place",
        "\"run_id\":\"00000000-0000-4000-8000-000000000001\"",
        "\"RowsStandardized\":6.0",
        runtime::TRACE,
        "\"table\":\"bronze.ingested_files\",\"version\":1",
    ] {
        assert!(logs.contains(said), "{said} not in\n{logs}");
    }
}

#[test]
fn a_drop_reaches_the_files_for_others() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    let run = |function: &str, event: &str| {
        let mut function = Function::start(function, &s3.variables());
        let reply = function.invoke(&fixture(event));
        check_logs(&function.logs());
        (reply, function.logs())
    };
    run("standardize", "drops");

    let (reply, logs) = run("resolve", "commits_to_bronze");
    assert_eq!(failed(&reply), NOTHING_FAILED, "{logs}");
    assert_eq!(s3.rows("lake", "prod/silver/crosswalk"), 4);
    // Two commits of an input, one run.
    assert_eq!(logs.matches("\"message\":\"done\"").count(), 1, "{logs}");
    assert!(logs.contains("\"messages\":2"), "{logs}");

    let (reply, logs) = run("golden", "commits_to_silver");
    assert_eq!(failed(&reply), NOTHING_FAILED, "{logs}");
    assert_eq!(s3.rows("lake", "prod/gold/dim_customer"), 3);
    assert_eq!(s3.rows("lake", "prod/gold/publications"), 1);

    let (reply, logs) = run("extract", "commits_to_gold");
    assert_eq!(failed(&reply), NOTHING_FAILED, "{logs}");
    let manifest = s3.get("lake", "prod/extracts/audience_email/manifest.json");
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    assert_eq!(manifest["rows"], 1, "{manifest}");

    // Late and twice: nothing new anywhere.
    let versions = |table: &str| s3.versions("lake", &format!("prod/{table}"));
    let before = ["silver/crosswalk", "gold/dim_customer", "gold/publications"].map(versions);
    run("resolve", "commits_to_bronze");
    run("golden", "commits_to_silver");
    let after = ["silver/crosswalk", "gold/dim_customer", "gold/publications"].map(versions);
    assert_eq!(before, after);
}

#[test]
fn consents_alone_reach_the_golden_customers() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    let chain = |drop: &Value| {
        for (function, event) in [
            ("standardize", drop),
            ("resolve", &event::commit_to("bronze/ingested_files")),
            ("golden", &event::commit_to("silver/crosswalk")),
        ] {
            let mut process = Function::start(function, &s3.variables());
            let reply = process.invoke(event);
            assert_eq!(failed(&reply), NOTHING_FAILED, "{}", process.logs());
        }
    };
    chain(&event::drop_of(&[CONTACTS_KEY]));
    let crosswalk = s3.versions("lake", "prod/silver/crosswalk");
    chain(&event::drop_of(&[NEWSLETTER_KEY]));
    // `resolve` commits the crosswalk though nobody's identity changed: that is what wakes `golden`.
    assert!(s3.versions("lake", "prod/silver/crosswalk") > crosswalk);
    assert_eq!(s3.rows("lake", "prod/gold/publications"), 2);
    assert_eq!(s3.rows("lake", "prod/gold/customer_consents"), 2);
}

#[test]
fn events_of_other_tables_start_nothing() {
    let Some(s3) = Emulator::start() else { return };
    s3.bucket("lake");
    let mut extract = Function::start("extract", &s3.variables());
    let reply = extract.invoke(&fixture("commits_to_silver"));
    assert_eq!(failed(&reply), NOTHING_FAILED);
    assert!(s3.keys("lake", "").is_empty());
    assert!(
        extract
            .logs()
            .contains("no message tells of a commit to an input")
    );
}

#[test]
fn a_failed_run_gives_back_the_messages_that_asked_for_it() {
    let Some(s3) = Emulator::start() else { return };
    s3.bucket("lake");
    s3.put(
        "lake",
        "prod/bronze/ingested_files/_delta_log/00000000000000000000.json",
        b"torn",
    );
    let mut event = fixture("commits_to_bronze");
    let bad = json!({"messageId": "bad", "body": "jane.roe@acme-widgets.com"});
    event["Records"].as_array_mut().unwrap().push(bad);
    let mut resolve = Function::start("resolve", &s3.variables());
    let reply = resolve.invoke(&event);
    // Two tell of an input; the others (another table, a checkpoint) asked for nothing.
    let mut ids = failed(&reply);
    ids.sort_unstable();
    assert_eq!(ids, [message(100), message(102), "bad".into()]);
    let logs = resolve.logs();
    check_logs(&logs);
    assert!(logs.contains("failed, and comes again"), "{logs}");
    // The process lives on: the next event is answered.
    assert_eq!(
        failed(&resolve.invoke(&json!({"Records": []}))),
        NOTHING_FAILED
    );
}

#[test]
fn a_function_without_its_project_says_so_and_ends() {
    let project = (
        "C360_PROJECT",
        "/nowhere/of jane.roe@acme-widgets.com".into(),
    );
    let (succeeded, logs) = Function::run_alone("golden", &[project]);
    assert!(!succeeded);
    check_logs(&logs);
    assert!(logs.contains("cannot start"), "{logs}");
    assert!(logs.contains("/nowhere/of"), "{logs}");
}
