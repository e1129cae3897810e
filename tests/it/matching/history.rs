//! What the crosswalk was: as-of answers, redirects for every id, and how many ids a run may change.

use crate::support::{Project, Report, lines::stranger};
use serde_json::Value;
use std::collections::BTreeSet;

const FEEDS: [&str; 3] = ["person crm", "person shop", "person support"];

fn who(project: &Project, arguments: &[&str]) -> Value {
    let told = project.ok(&[&["who", "--json"], arguments].concat());
    serde_json::from_str(&told).unwrap()
}

fn records(answer: &Value) -> Vec<&str> {
    let records = answer["records"].as_array().unwrap().iter();
    records.map(|one| one["record"].as_str().unwrap()).collect()
}

/// From, until, customer, and how it ended, of every row that a record has in the history.
fn spans(project: &Project, source: &str, id: &str) -> Vec<[String; 4]> {
    let history = project.table("silver.crosswalk_history");
    let mut spans: Vec<[String; 4]> = history
        .find(&[("source_system", source), ("source_record_id", id)])
        .iter()
        .map(|row| {
            ["valid_from", "valid_to", "customer_id", "closed_as"]
                .map(|column| row.get(column).to_owned())
        })
        .collect();
    spans.sort();
    spans
}

/// Whatever happened: every id ever published is in use or redirected, never both, and leads to its end in one step.
fn every_id_leads_somewhere(project: &Project) {
    let column = |table: &str, name: &str| -> BTreeSet<String> {
        let table = project.table(table);
        table.iter().map(|row| row.get(name).to_owned()).collect()
    };
    let published = column("silver.crosswalk_history", "customer_id");
    let in_use = column("silver.crosswalk", "customer_id");
    let redirects = project.table("silver.customer_redirects");
    let gone = column("silver.customer_redirects", "old_customer_id");
    assert_eq!(in_use.intersection(&gone).count(), 0, "{redirects:?}");
    assert_eq!(published, &in_use | &gone, "{redirects:?}");
    for row in redirects.iter() {
        let (new, reason) = (row.get("new_customer_id"), row.get("reason"));
        assert_eq!(new.is_empty(), reason == "deleted");
        let is_dead = |id: &str| redirects.has(&[("old_customer_id", id), ("reason", "deleted")]);
        assert!(
            new.is_empty() || in_use.contains(new) || is_dead(new),
            "{redirects:?}"
        );
    }
}

#[test]
fn who_was_who_as_of_a_time() {
    let project = Project::of(&FEEDS);
    let refused = project.fails(&["who", "crm:1"]);
    assert!(
        refused.contains("no person record crm:1 was ever"),
        "{refused}"
    );
    project.lines(&[
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@work.example; updated_at=2026-01-01",
        "person crm 2; given_name=Jane; family_name=Roe; email=jane@work.example; updated_at=2026-01-01",
        "person shop A; given_name=Jane; family_name=Roe; email=jane@home.example; updated_at=2026-01-01",
        "person shop B; given_name=Li; family_name=Wei; email=li@home.example; updated_at=2026-01-01",
    ]);
    project.run_at("2026-01-05");
    let first = project.customers();
    let (jane, home, li) = (&first["crm:1"], &first["shop:A"], &first["shop:B"]);
    assert_ne!(jane, home);
    // A merge, a deletion, a return, a split.
    project.lines(&[
        "person crm 2; given_name=Jane; family_name=Roe; email=jane@work.example; phone=+1 312 867 4411; updated_at=2026-01-10",
        "person support X; given_name=Jane; family_name=Roe; email=jane@home.example; phone=+1 312 867 4411",
    ]);
    let report = project.run_at("2026-01-12");
    let churn = &report.json["id_churn"]["person"];
    assert_eq!(
        (
            churn["records_kept"].as_u64(),
            churn["records_moved"].as_u64()
        ),
        (Some(4), Some(1)),
        "{churn}"
    );
    project.lines(&["person shop B; is_deleted=true; updated_at=2026-01-15"]);
    project.run_at("2026-01-19");
    every_id_leads_somewhere(&project);
    project.lines(&["person shop B; given_name=Li; family_name=Wei; email=li@home.example; updated_at=2026-01-20"]);
    project.run_at("2026-01-26");
    project.lines(&["person crm 1; given_name=Jane; family_name=Roe; email=other.jane@home.example; updated_at=2026-02-01"]);
    project.run_at("2026-02-02");
    let last = project.customers();
    assert_ne!(&last["crm:1"], jane, "left by its only common value");

    let span = |from: &str, until: &str, customer: &str, ended: &str| {
        let time = |day: &str| match day {
            "" => String::new(),
            day => format!("{day}T00:00:00Z"),
        };
        [
            time(from),
            time(until),
            customer.to_owned(),
            ended.to_owned(),
        ]
    };
    assert_eq!(
        spans(&project, "shop", "A"),
        [
            span("2026-01-05", "2026-01-12", home, "merged"),
            span("2026-01-12", "", jane, "")
        ]
    );
    assert_eq!(
        spans(&project, "shop", "B"),
        [
            span("2026-01-05", "2026-01-19", li, "departed"),
            span("2026-01-26", "", li, "")
        ]
    );
    assert_eq!(
        spans(&project, "crm", "1"),
        [
            span("2026-01-05", "2026-02-02", jane, "split"),
            span("2026-02-02", "", &last["crm:1"], "")
        ]
    );
    every_id_leads_somewhere(&project);

    // Asked by record and by id, then and now.
    let then = who(&project, &["shop:A", "--as-of", "2026-01-11"]);
    assert_eq!(
        (then["customer_id"].as_str(), records(&then)),
        (Some(home.as_str()), vec!["shop:A"])
    );
    assert_eq!(then["redirect"]["new_customer_id"], jane.as_str());
    assert_eq!(then["history"].as_array().unwrap().len(), 2);
    let runs = project.table("silver.resolve_runs");
    let run = runs.one(&[
        ("entity", "person"),
        ("run_id", then["run"]["run_id"].as_str().unwrap()),
    ]);
    assert_eq!(run.get("as_of"), "2026-01-05T00:00:00Z");
    for column in ["model_id", "rules_id", "c360_version"] {
        assert_eq!(then["run"][column], run.get(column), "{column}");
    }
    assert!(
        project
            .table("silver.match_models")
            .has(&[("model_id", run.get("model_id"))])
    );
    assert!(
        project
            .table("silver.crosswalk_history")
            .has(&[("run_id", run.get("run_id"))])
    );
    let then = who(&project, &[jane, "--as-of", "2026-01-12"]);
    assert_eq!(records(&then), ["crm:1", "crm:2", "shop:A", "support:X"]);
    assert_eq!(then["redirect"], Value::Null);
    let now = who(&project, &["shop:A"]);
    assert_eq!(records(&now), ["crm:2", "shop:A", "support:X"]);
    let now = who(&project, &[home]);
    assert_eq!(
        (records(&now), &now["redirect"]["reason"]),
        (vec![], &Value::from("merged"))
    );
    let told = project.ok(&["who", "shop:A", "--as-of", "2026-01-11"]);
    for part in [home, jane, "rules R-", "model M-", "merged", "2026-01-12"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    for (arguments, said) in [
        (
            vec!["who", "crm:404"],
            "no person record crm:404 was ever in the crosswalk",
        ),
        (
            vec!["who", "P-nobody"],
            "no customer P-nobody was ever published",
        ),
        (
            vec!["who", "shop:A", "--as-of", "2026-01-04"],
            "it came at 2026-01-05",
        ),
        (
            vec!["who", "shop:B", "--as-of", "2026-01-20"],
            "it left at 2026-01-19",
        ),
    ] {
        let refused = project.fails(&arguments);
        assert!(refused.contains(said), "{said} in {refused}");
    }
}

#[test]
fn no_time_belongs_to_two_crosswalks() {
    let project = Project::of(&FEEDS);
    let version = |email: &str, day: &str| {
        let line = format!(
            "person crm 1; given_name=Jane; family_name=Roe; email={email}; updated_at={day}"
        );
        project.lines(&[line.as_str()]);
    };
    project.lines(&["person shop A; given_name=Jane; family_name=Roe; email=jane@work.example"]);
    version("jane@work.example", "2026-01-01");
    project.run_at("2026-03-01");
    // As of the same time, and then of an earlier one: who is who is still decided one after the other.
    version("other@home.example", "2026-01-02");
    project.run_at("2026-03-01");
    version("jane@work.example", "2026-01-03");
    for stage in ["standardize", "resolve"] {
        let landing = project.landing();
        project.ok(&[
            "run",
            stage,
            "--as-of",
            "2026-02-01",
            "--landing",
            landing.to_str().unwrap(),
        ]);
    }
    let spans = spans(&project, "shop", "A");
    let column =
        |at: usize| -> BTreeSet<&str> { spans.iter().map(|span| span[at].as_str()).collect() };
    let begun = [
        "2026-03-01T00:00:00Z",
        "2026-03-01T00:00:00.000001Z",
        "2026-03-01T00:00:00.000002Z",
    ];
    assert_eq!(column(0), BTreeSet::from(begun), "{spans:?}");
    assert_eq!(
        column(1),
        BTreeSet::from([begun[1], begun[2], ""]),
        "one ends where the next begins: {spans:?}"
    );
    let runs = project.table("silver.resolve_runs");
    assert!(runs.has(&[
        ("as_of", "2026-02-01T00:00:00Z"),
        ("valid_from", "2026-03-01T00:00:00.000002Z")
    ]));
    every_id_leads_somewhere(&project);
}

#[test]
fn a_run_that_died_is_not_continued() {
    let project = Project::of(&FEEDS);
    project.lines(&[
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@work.example; updated_at=2026-01-01",
        "person crm 2; given_name=Jane; family_name=Roe; email=jane@work.example; updated_at=2026-01-01",
        "person shop A; given_name=Jane; family_name=Roe; email=jane@home.example; updated_at=2026-01-01",
        "person shop B; given_name=Li; family_name=Wei; email=li@home.example; updated_at=2026-01-01",
    ]);
    project.run_at("2026-03-01");
    project.lines(&["person shop B; is_deleted=true; updated_at=2026-01-02"]);
    project.run_at("2026-03-02");
    let before = project.customers();
    // The dead run merges one customer, and brings a dead one back to life; then the drop is taken back.
    project.lines(&[
        "person shop A; given_name=Jane; family_name=Roe; email=jane@work.example; updated_at=2026-01-03",
        "person shop B; given_name=Li; family_name=Wei; email=li@home.example; updated_at=2026-01-03",
    ]);
    let mut dying = project.run_command("2026-03-03");
    dying.env("C360_CRASH_AT", "staged/silver.crosswalk");
    assert!(!dying.output().unwrap().status.success());
    let now = who(&project, &["shop:A"]);
    assert_eq!(
        now["customer_id"],
        before["shop:A"].as_str(),
        "what was published, and no more"
    );
    project.lines(&[
        "person shop A; given_name=Jane; family_name=Roe; email=jane@home.example; updated_at=2026-01-04",
        "person shop B; is_deleted=true; updated_at=2026-01-04",
    ]);
    project.run_at("2026-03-04");
    assert_eq!(project.customers(), before);
    assert_eq!(spans(&project, "shop", "A").len(), 1);
    assert_eq!(spans(&project, "shop", "B").len(), 1);
    every_id_leads_somewhere(&project);
}

/// Pairs of records that are no customers of two yet; `is_one`: they are, by their e-mail.
fn pairs(is_one: bool) -> Vec<String> {
    let day = if is_one { "2026-02-01" } else { "2026-01-01" };
    let pair = |number: usize| {
        let name = stranger(number);
        let other = if is_one { "p" } else { "other" };
        [
            format!("person crm {number}; {name}; email=p{number}@home.example; updated_at={day}"),
            format!(
                "person shop {number}; {name}; email={other}{number}@home.example; updated_at={day}"
            ),
        ]
    };
    (0..120).flat_map(pair).collect()
}

fn run(project: &Project, more: &[&str]) -> Report {
    Report::of(
        &project
            .run_command("2026-03-02")
            .args(more)
            .output()
            .unwrap(),
    )
}

#[test]
fn too_many_new_ids_wait_for_a_person() {
    let project = Project::of(&FEEDS);
    let drop = |is_one| {
        let lines = pairs(is_one);
        project.lines(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    };
    drop(false);
    let begun = project.run_at("2026-03-01");
    assert_eq!(begun.count("/customers/person"), 240);
    drop(true);
    let (published, customers) = (project.versions(), project.customers());
    // However often: nothing is published, and it says who must decide what.
    for _ in 0..2 {
        let stopped = run(&project, &[]);
        assert!(!stopped.succeeded);
        for part in [
            "120 of the 240 person records",
            "50.0 %",
            "id_churn_limit is 0.1",
            "--accept-id-churn",
        ] {
            assert!(
                stopped.stderr.contains(part),
                "{part} in {}",
                stopped.stderr
            );
            assert!(stopped.json["undecided"].as_str().unwrap().contains(part));
        }
        assert_eq!(stopped.failed_checks(), [""; 0]);
    }
    assert_eq!(project.customers(), customers);
    let versions = project.versions();
    let of_resolve = [
        "crosswalk",
        "crosswalk_history",
        "customer_redirects",
        "persons",
        "resolve_runs",
        "review_queue",
    ];
    let of_resolve = of_resolve.map(|table| format!("silver.{table}"));
    let of_golden = versions.keys().filter(|table| table.starts_with("gold."));
    for table in of_golden.chain(&of_resolve) {
        assert_eq!(versions[table], published[table], "{table} is untouched");
    }
    // A higher limit lets it through, for good; a person's word, this once.
    let tolerant = project.fork();
    for (wrong, said) in [
        ("id_churn_limit = 1.5", "from 0 to 1"),
        ("id_churn = 0.5", "unknown field"),
    ] {
        let project = project.fork();
        project.edit(|toml| format!("{toml}[matching]\n{wrong}\n"));
        let refused = project.fails(&["check"]);
        assert!(refused.contains(said), "{said} in {refused}");
    }
    tolerant.edit(|toml| toml + "[matching]\nid_churn_limit = 0.5\n");
    assert!(run(&tolerant, &[]).succeeded);
    let accepted = run(&project, &["--accept-id-churn"]);
    assert!(accepted.succeeded, "{}", accepted.stderr);
    assert_eq!(accepted.json["id_churn"]["person"]["id_churn"], 0.5);
    assert_eq!(accepted.json["undecided"], Value::Null);
    let runs = project.table("silver.resolve_runs");
    let last = runs.one(&[("entity", "person"), ("records_moved", "120")]);
    for (column, value) in [
        ("id_churn", "0.5"),
        ("customers", "120"),
        ("customers_new", "0"),
        ("customers_merged", "120"),
        ("customers_deleted", "0"),
        ("customers_split", "0"),
    ] {
        assert_eq!(last.get(column), value, "{column}");
    }
    assert_eq!(project.customers(), tolerant.customers());
    every_id_leads_somewhere(&project);
    let again = run(&project, &[]);
    assert!(
        again.succeeded && again.json["id_churn"].is_null(),
        "{}",
        again.json
    );
}
