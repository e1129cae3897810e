//! What may succeed later: every error path hands its messages back, and the next delivery completes the work.

use super::emulator::Emulator;
use super::event::{AT, created, drop_of, event};
use super::proxy::{Proxy, Trouble};
use super::runtime::Function;
use super::{CONTACTS, CONTACTS_KEY, NOTHING_FAILED, check_logs, drop_files, failed};
use serde_json::Value;
use std::time::{Duration, Instant};

const PERSONS: &str = "prod/silver/person_records";
const DENIED: Trouble = Trouble::Refuse("403 Forbidden", "AccessDenied");
const SLOW_DOWN: Trouble = Trouble::Refuse("503 Slow Down", "SlowDown");
const SKEWED: Trouble = Trouble::Refuse("403 Forbidden", "RequestTimeTooSkewed");
const OTHER: &str = "\
id,first_name,last_name,email,phone,updated_at
7,Ada,King,ada@king.example,,2026-01-05
";
const ALWAYS: usize = 1_000_000;

/// A standardize function that reaches the emulator through a proxy.
fn behind_proxy(s3: &Emulator) -> (Proxy, Function) {
    drop_files(s3);
    let proxy = Proxy::before(s3.address());
    let function = Function::start("standardize", &s3.variables_by(proxy.address()));
    (proxy, function)
}

/// Handed back with a log that says why, and done at the next delivery.
fn fails_and_recovers(s3: &Emulator, proxy: &Proxy, function: &mut Function, said: &str) {
    let event = drop_of(&[CONTACTS_KEY]);
    let reply = function.invoke(&event);
    assert_eq!(failed(&reply), ["m1"], "{}", function.logs());
    let logs = function.logs();
    check_logs(&logs);
    assert!(logs.contains(said), "{said} not in\n{logs}");
    proxy.heal();
    let reply = function.invoke(&event);
    assert_eq!(failed(&reply), NOTHING_FAILED, "{}", function.logs());
    assert_eq!(s3.rows("lake", PERSONS), 4);
}

#[test]
fn a_missing_landing_bucket_is_no_deleted_file() {
    let Some(s3) = Emulator::start() else { return };
    s3.bucket("lake");
    let mut standardize = Function::start("standardize", &s3.variables());
    let event = drop_of(&[CONTACTS_KEY]);
    assert_eq!(failed(&standardize.invoke(&event)), ["m1"]);
    let logs = standardize.logs();
    assert!(logs.contains("there is no such bucket"), "{logs}");
    // The bucket is there and the object is not: that is a deleted file, and its message is done.
    s3.bucket("landing");
    assert_eq!(failed(&standardize.invoke(&event)), NOTHING_FAILED);
    assert!(standardize.logs().contains("deleted before it was read"));
    s3.put("landing", CONTACTS_KEY, CONTACTS.as_bytes());
    assert_eq!(failed(&standardize.invoke(&event)), NOTHING_FAILED);
    assert_eq!(s3.rows("lake", PERSONS), 4);
    // Taken in and then deleted: a late second event finds nothing, and what was taken in stays.
    s3.delete("landing", CONTACTS_KEY);
    assert_eq!(failed(&standardize.invoke(&event)), NOTHING_FAILED);
    assert_eq!(s3.rows("lake", PERSONS), 4);
}

#[test]
fn a_missing_lake_bucket_gives_the_messages_back() {
    let Some(s3) = Emulator::start() else { return };
    s3.bucket("landing");
    s3.put("landing", CONTACTS_KEY, CONTACTS.as_bytes());
    let mut standardize = Function::start("standardize", &s3.variables());
    let event = drop_of(&[CONTACTS_KEY]);
    assert_eq!(failed(&standardize.invoke(&event)), ["m1"]);
    let logs = standardize.logs();
    assert!(logs.contains("NoSuchBucket"), "{logs}");
    s3.bucket("lake");
    assert_eq!(failed(&standardize.invoke(&event)), NOTHING_FAILED);
    assert_eq!(s3.rows("lake", PERSONS), 4);
}

#[test]
fn denied_access_to_the_file() {
    let Some(s3) = Emulator::start() else { return };
    let (proxy, mut function) = behind_proxy(&s3);
    proxy.trouble("HEAD /landing", "", DENIED, ALWAYS);
    fails_and_recovers(&s3, &proxy, &mut function, "does not allow it");
}

#[test]
fn denied_access_to_the_lake() {
    let Some(s3) = Emulator::start() else { return };
    let (proxy, mut function) = behind_proxy(&s3);
    proxy.trouble("PUT /lake/", "_delta_log", DENIED, ALWAYS);
    fails_and_recovers(&s3, &proxy, &mut function, "AccessDenied");
}

#[test]
fn a_clock_that_is_wrong() {
    let Some(s3) = Emulator::start() else { return };
    let (proxy, mut function) = behind_proxy(&s3);
    proxy.trouble("", "/lake", SKEWED, ALWAYS);
    fails_and_recovers(&s3, &proxy, &mut function, "RequestTimeTooSkewed");
}

#[test]
fn throttling_that_passes_is_waited_for() {
    let Some(s3) = Emulator::start() else { return };
    let (proxy, mut function) = behind_proxy(&s3);
    for (start, holds) in [
        ("HEAD /landing", ""),
        ("GET /landing", "crm_contacts"),
        ("GET /lake", ""),
        ("PUT /lake", "_delta_log"),
        ("PUT /lake", ".parquet"),
        ("PUT /landing", "tagging"),
    ] {
        proxy.trouble(start, holds, SLOW_DOWN, 2);
    }
    let reply = function.invoke(&drop_of(&[CONTACTS_KEY]));
    assert_eq!(failed(&reply), NOTHING_FAILED, "{}", function.logs());
    assert_eq!(proxy.left(), 0, "every request was throttled first");
    assert_eq!(s3.rows("lake", PERSONS), 4);
    assert_eq!(s3.rows("lake", "prod/bronze/ingested_files"), 1);
    assert_eq!(s3.tags("landing", CONTACTS_KEY)["c360-state"], "ingested");
}

#[test]
fn throttling_that_lasts_ends_with_the_time() {
    let Some(s3) = Emulator::start() else { return };
    let (proxy, mut function) = behind_proxy(&s3);
    proxy.trouble("PUT /lake", "", SLOW_DOWN, ALWAYS);
    let event = drop_of(&[CONTACTS_KEY]);
    let reply = function.invoke_within(&event, Duration::from_secs(12));
    assert_eq!(failed(&reply), ["m1"]);
    let logs = function.logs();
    assert!(
        logs.contains("no time is left") || logs.contains("SlowDown"),
        "{logs}"
    );
    proxy.heal();
    assert_eq!(failed(&function.invoke(&event)), NOTHING_FAILED);
    assert_eq!(s3.rows("lake", PERSONS), 4);
}

#[test]
fn at_the_deadline_a_run_stops_cleanly() {
    let Some(s3) = Emulator::start() else { return };
    let (proxy, mut function) = behind_proxy(&s3);
    // Between the rows and the file's name in bronze: the worst moment.
    let slow = Trouble::Delay(Duration::from_secs(60));
    proxy.trouble("PUT /lake", "ingested_files/_delta_log", slow, ALWAYS);
    let event = drop_of(&[CONTACTS_KEY]);
    let begun = Instant::now();
    let reply = function.invoke_within(&event, Duration::from_secs(12));
    assert!(
        begun.elapsed() < Duration::from_secs(12),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(failed(&reply), ["m1"]);
    let logs = function.logs();
    check_logs(&logs);
    assert!(logs.contains("no time is left"), "{logs}");
    proxy.heal();
    assert_eq!(
        failed(&function.invoke(&event)),
        NOTHING_FAILED,
        "{}",
        function.logs()
    );
    assert_eq!(s3.rows("lake", PERSONS), 4);
    assert_eq!(s3.rows("lake", "prod/bronze/ingested_files"), 1);
}

#[test]
fn a_file_that_cannot_be_read_now_holds_up_no_other() {
    let Some(s3) = Emulator::start() else { return };
    let (proxy, mut function) = behind_proxy(&s3);
    s3.put("landing", "in/crm_contacts_other.csv", OTHER.as_bytes());
    proxy.trouble("GET /landing", "other", DENIED, ALWAYS);
    let event = event(&[
        (
            "other",
            &created("landing", &["in/crm_contacts_other.csv"], AT),
        ),
        ("contacts", &created("landing", &[CONTACTS_KEY], AT)),
    ]);
    assert_eq!(
        failed(&function.invoke(&event)),
        ["other"],
        "{}",
        function.logs()
    );
    assert_eq!(s3.rows("lake", PERSONS), 4);
    assert!(function.logs().contains("now one by one"));
    proxy.heal();
    assert_eq!(failed(&function.invoke(&event)), NOTHING_FAILED);
    assert_eq!(s3.rows("lake", PERSONS), 5);
}

#[test]
fn many_messages_are_one_run() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    let mut bodies = Vec::new();
    for number in 0..8 {
        let key = format!("in/crm_contacts_{number}.csv");
        let content = format!(
            "id,first_name,last_name,email,phone,updated_at\n{number},Ada,King,ada{number}@king.example,,2026-01-05\n"
        );
        s3.put("landing", &key, content.as_bytes());
        bodies.push((format!("m{number}"), created("landing", &[&key], AT)));
    }
    let messages: Vec<(&str, &str)> = bodies.iter().map(|(id, body)| (&**id, &**body)).collect();
    let mut function = Function::start("standardize", &s3.variables());
    assert_eq!(failed(&function.invoke(&event(&messages))), NOTHING_FAILED);
    assert_eq!(s3.rows("lake", PERSONS), 8);
    // Its creation and one commit.
    assert_eq!(s3.versions("lake", PERSONS), 2);
    assert_eq!(s3.versions("lake", "prod/bronze/ingested_files"), 2);
}

#[test]
fn what_is_handed_back_comes_again_in_seconds() {
    let Some(s3) = Emulator::start() else { return };
    s3.bucket("lake");
    let queue = s3.queue("standardize");
    for number in 0..12 {
        let key = format!("in/crm_contacts_{number}.csv");
        s3.send_message(&queue, &created("landing", &[&key], AT));
    }
    let mut variables = s3.variables();
    variables.push(("C360_QUEUE_URL", queue.clone()));
    let mut standardize = Function::start("standardize", &variables);
    // Received as Lambda does, for so long that this test would not see them again.
    let received = s3.receive(&queue, 12, 3_600);
    let reply = standardize.invoke(&received);
    assert_eq!(failed(&reply).len(), 12, "{}", standardize.logs());
    assert!(s3.messages(&queue).is_empty());
    std::thread::sleep(Duration::from_secs(6));
    assert_eq!(s3.messages(&queue).len(), 12, "{}", standardize.logs());
}

#[test]
fn what_was_too_much_together_is_done_one_by_one() {
    let Some(s3) = Emulator::start() else { return };
    let (proxy, mut function) = behind_proxy(&s3);
    s3.put("landing", "in/crm_contacts_other.csv", OTHER.as_bytes());
    // Each file is read for as long as half of the time.
    let slow = Trouble::Delay(Duration::from_secs(8));
    proxy.trouble("GET /landing", "", slow, ALWAYS);
    let mut event = event(&[
        ("a", &created("landing", &[CONTACTS_KEY], AT)),
        ("b", &created("landing", &["in/crm_contacts_other.csv"], AT)),
    ]);
    let time = Duration::from_secs(20);
    assert_eq!(failed(&function.invoke_within(&event, time)), ["a", "b"]);
    for message in event["Records"].as_array_mut().unwrap() {
        message["attributes"]["ApproximateReceiveCount"] = "3".into();
    }
    let reply = function.invoke_within(&event, time);
    assert_eq!(failed(&reply), ["b"], "{}", function.logs());
    assert_eq!(s3.rows("lake", PERSONS), 4);
    proxy.heal();
    assert_eq!(failed(&function.invoke(&event)), NOTHING_FAILED);
    assert_eq!(s3.rows("lake", PERSONS), 5);
}

#[test]
fn an_event_from_the_future_counts_as_now() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    let mut function = Function::start("standardize", &s3.variables());
    let future = created("landing", &[CONTACTS_KEY], "2199-01-01T00:00:00Z");
    assert_eq!(
        failed(&function.invoke(&event(&[("m1", &future)]))),
        NOTHING_FAILED
    );
    assert!(function.logs().contains("from the future"));
    // The stages after it run as of now, and see it.
    let mut resolve = Function::start("resolve", &s3.variables());
    resolve.invoke(&super::event::wake());
    let mut golden = Function::start("golden", &s3.variables());
    assert_eq!(
        failed(&golden.invoke(&super::event::wake())),
        NOTHING_FAILED,
        "{}",
        golden.logs()
    );
    assert_eq!(s3.rows("lake", "prod/gold/dim_customer"), 3);
    let lag = golden.logs().lines().find_map(|line| {
        let line: Value = serde_json::from_str(line).unwrap();
        line["LagSeconds"].as_f64()
    });
    assert!((0.0..120.0).contains(&lag.expect("a lag")), "{lag:?}");
}

#[test]
fn odd_keys_are_read_as_they_are() {
    let Some(s3) = Emulator::start() else { return };
    s3.bucket("landing");
    s3.bucket("lake");
    let keys = [
        "in/crm_contacts a b.csv",
        "in/crm_contacts a+b.csv",
        "in/crm_contacts_Köln 客.csv",
        "in/dt=2026-03-01/crm_contacts 100%.csv",
        "in/crm_contacts (1) & more, 'quoted'; #2?.csv",
    ];
    for (number, key) in keys.iter().enumerate() {
        let content = format!(
            "id,first_name,last_name,email,phone,updated_at\n{number},Ada,King,ada{number}@king.example,,2026-01-05\n"
        );
        s3.put("landing", key, content.as_bytes());
    }
    let mut function = Function::start("standardize", &s3.variables());
    let reply = function.invoke(&drop_of(&keys));
    assert_eq!(failed(&reply), NOTHING_FAILED, "{}", function.logs());
    assert_eq!(
        s3.rows("lake", PERSONS),
        keys.len() as u64,
        "{}",
        function.logs()
    );
    for key in keys {
        assert_eq!(s3.tags("landing", key)["c360-state"], "ingested", "{key}");
    }
}
