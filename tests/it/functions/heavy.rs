//! Work that outgrows a function goes to the container job, which is the same binary.

use super::emulator::Emulator;
use super::event::{AT, commit_to, created, event};
use super::runtime::Function;
use super::{CONTACTS_KEY, NOTHING_FAILED, check_logs, drop_files, failed};

#[test]
fn resolve_hands_over_what_is_too_large_and_the_job_does_it() {
    let Some(s3) = Emulator::start() else { return };
    drop_files(&s3);
    let queue = s3.queue("heavy");
    let mut standardize = Function::start("standardize", &s3.variables());
    standardize.invoke(&event(&[("m1", &created("landing", &[CONTACTS_KEY], AT))]));

    let mut variables = s3.variables();
    variables.push(("C360_HEAVY_QUEUE_URL", queue.clone()));
    variables.push(("C360_RESOLVE_MAX_RECORDS", "3".into()));
    let mut resolve = Function::start("resolve", &variables);
    let commit = commit_to("bronze/ingested_files");
    assert_eq!(
        failed(&resolve.invoke(&commit)),
        NOTHING_FAILED,
        "{}",
        resolve.logs()
    );
    assert!(resolve.logs().contains("handed over"), "{}", resolve.logs());
    assert_eq!(s3.messages(&queue).len(), 1);
    assert_eq!(s3.versions("lake", "prod/silver/crosswalk"), 0);

    // A queue that is not there: the message comes again.
    variables.retain(|(name, _)| *name != "C360_HEAVY_QUEUE_URL");
    let nowhere = format!("http://{}/000000000000/nowhere", s3.address());
    variables.push(("C360_HEAVY_QUEUE_URL", nowhere));
    let mut astray = Function::start("resolve", &variables);
    assert_eq!(failed(&astray.invoke(&commit)), ["m1"]);

    // Outside Lambda the binary runs once, whatever the size.
    let (succeeded, logs) = Function::run_alone("resolve", &variables);
    assert!(succeeded, "{logs}");
    check_logs(&logs);
    assert_eq!(s3.rows("lake", "prod/silver/crosswalk"), 4);
    assert!(logs.contains("PairsCompared"), "{logs}");
}

#[test]
fn a_job_that_fails_says_why_and_ends_so() {
    let Some(s3) = Emulator::start() else { return };
    s3.bucket("lake");
    let log = "prod/bronze/ingested_files/_delta_log/00000000000000000000.json";
    s3.put("lake", log, b"torn");
    let (succeeded, logs) = Function::run_alone("resolve", &s3.variables());
    assert!(!succeeded);
    check_logs(&logs);
    assert!(logs.contains("bronze.ingested_files"), "{logs}");
}
