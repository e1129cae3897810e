//! What a function can only know afterwards: that a commit came through though its answer was lost, who made the commit that
//! woke it, how long the oldest drop waited, and that SQS is about to give up.

use super::emulator::Emulator;
use super::event::{created, drop_of, event, wake};
use super::proxy::{Proxy, Trouble};
use super::queue::attribute;
use super::runtime::Function;
use super::{CONTACTS_KEY, NEWSLETTER_KEY, NOTHING_FAILED, check_logs, drop_files, failed};
use serde_json::Value;

const FIRST: &str = "2026-03-01T10:00:00.250Z";
const SECOND: &str = "2026-03-01T11:00:00.250Z";

fn lines(function: &Function) -> Vec<Value> {
    let logs = function.logs();
    let lines = logs.lines().map(|line| serde_json::from_str(line).unwrap());
    lines.collect()
}

fn invoke(name: &str, variables: &[(&'static str, String)], event: &Value) -> Function {
    let mut function = Function::start(name, variables);
    let reply = function.invoke(event);
    assert_eq!(failed(&reply), NOTHING_FAILED, "{}", function.logs());
    function
}

/// The message until nothing comes back.
fn until_done(function: &mut Function, event: &Value) {
    for _ in 0..5 {
        if failed(&function.invoke(event)).is_empty() {
            return;
        }
    }
    panic!("it never ends\n{}", function.logs());
}

#[test]
fn a_commit_whose_answer_is_lost_counts_once() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    let proxy = Proxy::before(s3.address());
    let variables = s3.variables_by(proxy.address());
    for (stage, commits, event) in [
        (
            "standardize",
            &[
                "person_records/_delta_log/00000000000000000001.json",
                "ingested_files/_delta_log/00000000000000000001.json",
            ][..],
            drop_of(&[CONTACTS_KEY, NEWSLETTER_KEY]),
        ),
        (
            "resolve",
            &[
                "persons/_delta_log/00000000000000000001.json",
                "crosswalk/_delta_log/00000000000000000001.json",
            ],
            wake(),
        ),
        (
            "golden",
            &[
                "dim_customer/_delta_log/00000000000000000001.json",
                "publications/_delta_log/00000000000000000001.json",
            ],
            wake(),
        ),
    ] {
        for commit in commits {
            // A table is created at version 0; the rows come with version 1.
            proxy.trouble("PUT /lake", commit, Trouble::Lose, 1);
        }
        let mut function = Function::start(stage, &variables);
        until_done(&mut function, &event);
        assert_eq!(proxy.left(), 0, "{stage}: no answer was lost");
    }
    assert_eq!(s3.rows("lake", "prod/silver/person_records"), 4);
    assert_eq!(s3.rows("lake", "prod/bronze/ingested_files"), 2);
    assert_eq!(s3.rows("lake", "prod/silver/crosswalk"), 4);
    assert_eq!(s3.rows("lake", "prod/gold/dim_customer"), 3);
    assert_eq!(s3.rows("lake", "prod/gold/publications"), 1);
}

#[test]
fn a_drop_can_be_followed_from_commit_to_commit() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    let standardize = invoke("standardize", &s3.variables(), &drop_of(&[CONTACTS_KEY]));
    let run = |function: &Function| {
        let lines = lines(function);
        let mut runs = lines
            .iter()
            .filter_map(|line| line["span"]["run_id"].as_str());
        runs.next().expect("a run id").to_owned()
    };
    let woken = |function: &Function, table: &str, by: &Function, trace: &Value| {
        let lines = lines(function);
        let told = lines
            .iter()
            .find(|line| line["message"] == "woken by a commit");
        let told = told.unwrap_or_else(|| panic!("{}", function.logs()));
        assert_eq!(
            (told["table"].as_str(), told["by"].as_str()),
            (Some(table), Some(&*run(by)))
        );
        let done = lines.iter().find(|line| line["message"] == "done").unwrap();
        assert_eq!(&done["span"]["trace_id"], trace, "{done}");
    };
    let first = lines(&standardize);
    let trace = first.iter().map(|line| &line["span"]["trace_id"]);
    let trace = trace
        .clone()
        .find(|trace| trace.is_string())
        .expect("a trace id");
    let commit_to = |table: &str| {
        let key = format!("prod/{table}/_delta_log/00000000000000000001.json");
        let mut event = event(&[("m1", &created("lake", &[&key], FIRST))]);
        // S3's notifications carry no trace.
        let attributes = event["Records"][0]["attributes"].as_object_mut().unwrap();
        attributes.remove("AWSTraceHeader");
        event
    };
    let resolve = invoke(
        "resolve",
        &s3.variables(),
        &commit_to("bronze/ingested_files"),
    );
    woken(&resolve, "bronze.ingested_files", &standardize, trace);
    let golden = invoke("golden", &s3.variables(), &commit_to("silver/crosswalk"));
    woken(&golden, "silver.crosswalk", &resolve, trace);
}

#[test]
fn the_lag_is_that_of_the_drop_that_waited_longest() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    let lag = |function: &Function| {
        let lines = lines(function);
        let mut lags = lines.iter().filter_map(|line| line["LagSeconds"].as_f64());
        lags.next().expect("a lag")
    };
    let drop_at = |key: &str, at: &str| {
        let told = created("landing", &[key], at);
        invoke("standardize", &s3.variables(), &event(&[("m1", &told)]))
    };
    let publish = || {
        invoke("resolve", &s3.variables(), &wake());
        lag(&invoke("golden", &s3.variables(), &wake()))
    };
    // Two drops, an hour apart, in one publication.
    drop_at(CONTACTS_KEY, FIRST);
    drop_at(NEWSLETTER_KEY, SECOND);
    let since = |at: &str| {
        let at: chrono::DateTime<chrono::Utc> = at.parse().unwrap();
        (chrono::Utc::now() - at).as_seconds_f64()
    };
    let both = publish();
    assert!((both - since(FIRST)).abs() < 600.0, "{both}");
    // What is published waits no more.
    s3.put(
        "landing",
        "in/crm_contacts_3.csv",
        super::CONTACTS.replace("Li,", "Lin,").as_bytes(),
    );
    drop_at("in/crm_contacts_3.csv", SECOND);
    let third = publish();
    assert!((third - since(SECOND)).abs() < 600.0, "{third}");
}

#[test]
fn what_sqs_would_give_up_goes_to_the_dead_letters_with_its_reason() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    let dead = s3.queue("dead");
    let proxy = Proxy::before(s3.address());
    let denied = Trouble::Refuse("403 Forbidden", "AccessDenied");
    proxy.trouble("PUT /lake/", "_delta_log", denied, 1_000_000);
    let mut variables = s3.variables_by(proxy.address());
    variables.push(("C360_DEAD_LETTER_QUEUE_URL", dead.clone()));
    variables.push(("C360_DELIVERIES", "3".into()));
    let mut standardize = Function::start("standardize", &variables);
    let mut event = drop_of(&[CONTACTS_KEY]);
    for delivery in ["1", "2"] {
        event["Records"][0]["attributes"]["ApproximateReceiveCount"] = delivery.into();
        assert_eq!(failed(&standardize.invoke(&event)), ["m1"], "{delivery}");
        assert!(s3.messages(&dead).is_empty());
    }
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = "3".into();
    assert_eq!(
        failed(&standardize.invoke(&event)),
        NOTHING_FAILED,
        "{}",
        standardize.logs()
    );
    let letters = s3.messages(&dead);
    assert_eq!(letters.len(), 1, "{letters:#?}");
    let reason = attribute(&letters[0], "reason");
    assert!(
        reason.contains("failed 3 times") && reason.contains("AccessDenied"),
        "{reason}"
    );
    assert_eq!(letters[0]["Body"], event["Records"][0]["body"]);
    check_logs(&standardize.logs());
}
