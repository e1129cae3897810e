//! Many writers of one table, two rewriting runs at once, and upkeep beside them: real processes, on a folder and on S3.

use super::functions::emulator::Emulator;
use super::functions::runtime::Function;
use super::support::{Project, Report};
use serde_json::json;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(90);
const FIRST_DAY: &str = "2026-03-01T00:00:00Z";

fn project() -> Project {
    let project = Project::of(&["person crm", "person shop", "consent shop"]);
    project.lines_as("2026-02-01", &[
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@acme-widgets.example; updated_at=2026-01-05",
        "person crm 2; given_name=Li; family_name=Wei; email=li.wei@example.org; updated_at=2026-01-05",
        "person shop A; full_name=Jane Roe; email=jane@acme-widgets.example",
        "consent shop; email=li.wei@example.org; purpose=marketing; channel=email; status=granted; stated_at=2026-01-05",
    ]);
    project
}

fn undisturbed() -> Project {
    let project = project();
    project.run_at(FIRST_DAY);
    project
}

fn started(mut command: Command) -> Child {
    let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn ended(child: Child) -> Report {
    Report::of(&child.wait_with_output().unwrap())
}

/// Waits until a process has stopped itself at its armed point.
fn expect_stopped(child: &Child) {
    let begun = Instant::now();
    loop {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
        let state = stat.rsplit(')').next().unwrap().trim_start();
        if state.starts_with('T') {
            return;
        }
        assert!(!state.starts_with('Z'), "it ended and never stopped");
        assert!(begun.elapsed() < PATIENCE, "it never stopped");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args([name, &id])
            .status()
            .unwrap()
            .success()
    );
}

/// One run stops at a point, another comes; the second's outcome, then the first's when it goes on.
fn overtaken_at(point: &str, project: &Project, lapse: Duration) -> (Report, Report) {
    let mut first = project.run_command(FIRST_DAY);
    first.env("C360_CRASH_AT", format!("stop:{point}"));
    let first = started(first);
    expect_stopped(&first);
    std::thread::sleep(lapse);
    let second = project.try_run(FIRST_DAY);
    signal(&first, "-CONT");
    (second, ended(first))
}

#[test]
fn two_runs_at_once_leave_what_one_leaves() {
    let expected = undisturbed().everything();
    let project = project();
    let runs: Vec<Child> = (0..3)
        .map(|_| started(project.run_command(FIRST_DAY)))
        .collect();
    for run in runs {
        let report = ended(run);
        assert!(report.succeeded, "{}", report.stderr);
    }
    expected.assert_equal(&project.everything(), "three runs at once");
}

#[test]
fn on_a_folder_the_second_run_waits_and_then_says_who_works() {
    let expected = undisturbed().everything();
    let project = project();
    let (second, first) = overtaken_at("written/gold.dim_customer", &project, Duration::ZERO);
    assert!(!second.succeeded);
    assert!(
        second.stderr.contains("is working on golden"),
        "{}",
        second.stderr
    );
    assert!(first.succeeded, "{}", first.stderr);
    expected.assert_equal(&project.everything(), "the first went on");
}

#[test]
fn a_run_that_overslept_its_lease_commits_nothing() {
    let expected = undisturbed().tables();
    for point in [
        // before it asks whether the lease is still its own, and after
        "written/silver.persons",
        "staged/silver.persons",
        "written/gold.dim_customer",
        "staged/gold.fact_orders",
        "staged/gold.publications",
    ] {
        let Some(s3) = Emulator::start() else { return };
        s3.bucket("lake");
        let mut variables = s3.variables();
        variables.push(("C360_LEASE_SECONDS", "2".into()));
        let project = project()
            .with_variables(variables)
            .with_lake("s3://lake/prod");
        let (second, first) = overtaken_at(point, &project, Duration::from_secs(3));
        // Of the two exactly one commits: the one that has the lease, or, where the other had begun to commit, the
        // log decides, and a third run completes what is open.
        assert!(!first.succeeded, "{point}: both committed");
        assert!(
            first.stderr.contains("took over") || first.stderr.contains("another run committed"),
            "{point}: {}",
            first.stderr
        );
        assert!(second.succeeded, "{point}: {}", second.stderr);
        let quiet = project.run_at(FIRST_DAY);
        assert!(quiet.succeeded);
        expected.assert_equal(&project.tables(), point);
        assert_eq!(s3.rows("lake", "prod/gold/publications"), 1, "{point}");
    }
}

#[test]
fn thirty_two_functions_append_to_one_table() {
    const WRITERS: u32 = 32;
    let Some(s3) = Emulator::start() else { return };
    s3.bucket("landing");
    s3.bucket("lake");
    let event = |writer: u32| {
        let record = json!({
            "eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-east-1",
            "eventTime": "2026-03-01T10:00:00.000Z", "eventName": "ObjectCreated:Put",
            "userIdentity": {"principalId": "A"}, "requestParameters": {"sourceIPAddress": "10.0.0.1"},
            "responseElements": {},
            "s3": {"bucket": {"name": "landing"}, "object": {"key": key(writer), "size": 1}},
        });
        let body = json!({ "Records": [record] }).to_string();
        json!({"Records": [{"messageId": writer.to_string(), "body": body}]})
    };
    for writer in 0..WRITERS {
        let content = format!(
            "id,first_name,last_name,email,phone,updated_at\n{writer},Jane,Roe,jane{writer}@example.org,,2026-01-05\n"
        );
        s3.put("landing", &key(writer), content.as_bytes());
    }
    let mut functions: Vec<Function> = (0..WRITERS)
        .map(|_| Function::start("standardize", &s3.variables()))
        .collect();
    for (writer, function) in (0..).zip(&functions) {
        function.send(&event(writer));
    }
    for function in &mut functions {
        let reply = function.reply();
        assert_eq!(reply["batchItemFailures"], json!([]), "{}", function.logs());
    }
    for table in [
        "silver/person_records",
        "silver/contact_points",
        "bronze/ingested_files",
    ] {
        assert_eq!(
            s3.rows("lake", &format!("prod/{table}")),
            u64::from(WRITERS),
            "{table}"
        );
    }
    // The log tells how often each commit was tried again.
    assert!(s3.commit_retries("lake", "prod/silver/person_records") > 0);
}

fn key(writer: u32) -> String {
    format!("in/crm_contacts_{writer:02}.csv")
}

#[test]
fn upkeep_changes_files_and_nothing_else() {
    let project = Project::of(&["person crm", "order crm"]);
    for drop in 1..=12 {
        project.lines(&[
            &format!("person crm {drop}; given_name=Jane; family_name=Roe; email=jane{drop}@example.org; updated_at=2026-01-05"),
            &format!("order crm O-{drop}; person_id={drop}; ordered_at=2026-01-10; amount=12.50; currency=usd"),
        ]);
        project.ok(&[
            "run",
            "standardize",
            "--landing",
            project.landing().to_str().unwrap(),
        ]);
    }
    project.run_at(FIRST_DAY);
    let versions = project.versions();
    // Upkeep while a drop is taken in: neither is in the other's way.
    project.lines(&["person crm 13; given_name=Late; family_name=Comer; email=late@example.org; updated_at=2026-01-05"]);
    let drop = started(project.command(&[
        "run",
        "standardize",
        "--landing",
        project.landing().to_str().unwrap(),
    ]));
    let said = project.ok(&["maintain"]);
    assert!(drop.wait_with_output().unwrap().status.success());
    assert!(said.contains("silver.person_records"), "{said}");
    assert!(said.contains("bronze.ingested_files"), "{said}");
    assert!(project.versions()["silver.orders"] > versions["silver.orders"]);
    project.run_at(FIRST_DAY);
    assert_eq!(project.customers().len(), 13);
    assert_eq!(project.table("silver.orders").iter().count(), 12);

    // Again, and nothing is new for any stage.
    project.ok(&["maintain"]);
    let versions = project.versions();
    project.run_at(FIRST_DAY);
    let resolved =
        |versions: &std::collections::BTreeMap<String, usize>| versions["silver.crosswalk"];
    assert_eq!(resolved(&project.versions()), resolved(&versions));
    let orders = project.table("gold.fact_orders");
    assert_eq!(orders.iter().count(), 12);
    assert!(
        orders
            .iter()
            .all(|order| !order.get("person_customer_id").is_empty())
    );
}
