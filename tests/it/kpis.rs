//! What a publication is measured by, what stops one, and the pages that show it.

use super::support::{Project, Table, skip, variable, workspace};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Ann is in both systems, Bea's e-mail is none, Cem's phone is none.
fn company() -> Project {
    let project = Project::of(&["person crm", "person shop", "consent crm", "order shop"]);
    project.lines(&[
        "person crm 1; given_name=Ann; family_name=Abel; email=ann@example.org; phone=+1 312 867 4411; birth_date=1980-05-17; address_line1=1 Main Street; city=Chicago; postcode=60601; country=US; updated_at=2026-01-01",
        "person shop A; given_name=Ann; family_name=Abel; email=ann@example.org; updated_at=2026-01-01",
        "person crm 2; given_name=Bea; family_name=Berg; email=bea at home; updated_at=2026-01-01",
        "person shop C; given_name=Cem; family_name=Cole; email=cem@example.org; phone=12; updated_at=2026-01-01",
        "consent crm; email=ann@example.org; purpose=marketing; channel=email; status=granted; stated_at=2026-01-02",
        "order shop O-1; email=ann@example.org; ordered_at=2026-01-20; amount=10; currency=USD",
        // of no time: quarantined
        "order shop O-2; email=ann@example.org; ordered_at=yesterday; amount=10; currency=USD",
    ]);
    project.edit(|toml| toml + "[segments]\nbuyers = \"order_count > 0\"\n");
    project
}

/// A KPI of a publication, to four digits; `""` where there is none.
fn kpi(kpis: &Table, publication: &str, name: &str, scope: &str, value: &str) -> String {
    let row = kpis.one(&[
        ("publication_id", publication),
        ("kpi", name),
        ("scope", scope),
        ("scope_value", value),
    ]);
    match row.get("value").parse::<f64>() {
        Ok(value) => format!("{}", (value * 10_000.0).round() / 10_000.0),
        Err(_) => row.get("value").to_owned(),
    }
}

fn limit(project: &Project, text: &str) {
    project.edit(|toml| format!("{toml}\n[[limits]]\n{text}\n"));
}

#[test]
fn kpis_are_what_the_drops_say() {
    let project = company();
    project.run_at("2026-02-01");
    let kpis = project.table("gold.kpis");
    let first = "000001-20260201";
    for (name, scope, of, expected) in [
        ("customers", "all", "all", "3"),
        ("customers", "entity", "person", "3"),
        ("customers", "source_system", "crm", "2"),
        ("customers", "source_system", "shop", "2"),
        ("customers", "segment", "buyers", "1"),
        ("records", "all", "all", "4"),
        ("records", "source_system", "shop", "2"),
        ("records", "segment", "buyers", "2"),
        ("duplicate_rate", "all", "all", "0.25"),
        ("duplicate_rate", "source_system", "crm", "0"),
        ("duplicate_rate", "segment", "buyers", "0.5"),
        ("largest_customer", "all", "all", "2"),
        ("over_merge_rate", "all", "all", "0"),
        ("valid_email", "all", "all", "0.75"),
        ("valid_email", "source_system", "crm", "0.5"),
        ("valid_email", "source_system", "shop", "1"),
        ("valid_phone", "all", "all", "0.5"),
        ("valid_phone", "source_system", "shop", "0"),
        ("email_known", "all", "all", "0.6667"),
        ("phone_known", "all", "all", "0.3333"),
        ("address_known", "source_system", "shop", "0.5"),
        ("consent_coverage", "all", "all", "0.3333"),
        ("email_reachable", "segment", "buyers", "1"),
        ("marketing_reachable", "all", "all", "0.3333"),
        ("sms_reachable", "all", "all", "0"),
        // seven attributes: Ann has all, Bea two, Cem three
        ("completeness", "all", "all", "0.5714"),
        ("completeness", "source_system", "shop", "0.7143"),
        ("id_churn", "all", "all", ""),
        ("review_backlog", "all", "all", "0"),
        ("facts", "table", "fact_orders", "1"),
        ("facts", "table", "fact_tickets", "0"),
    ] {
        let found = kpi(&kpis, first, name, scope, of);
        assert_eq!(found, expected, "{name} of {scope} {of}");
    }
    // the consent is a row of crm too
    assert_eq!(
        kpi(&kpis, first, "quarantine_rate", "source_system", "shop"),
        "0.25"
    );
    assert_eq!(kpi(&kpis, first, "quarantine_rate", "all", "all"), "0.1429");

    // Cem is gone, and Ann's record of the shop has another birth date (one digit is no reason not to be her).
    project.lines_as(
        "2",
        &[
            "person shop C; is_deleted=true; updated_at=2026-02-10",
            "person shop A; given_name=Ann; family_name=Abel; email=ann@example.org; birth_date=1980-05-18; updated_at=2026-02-10",
        ],
    );
    project.ok(&[
        "steward",
        "same",
        "crm:1",
        "shop:A",
        "--by",
        "kim",
        "--reason",
        "asked her",
        "--as-of",
        "2026-02-11",
    ]);
    project.run_at("2026-02-15");
    let kpis = project.table("gold.kpis");
    let second = "000002-20260215";
    for (name, of, expected) in [
        ("customers", "all", "2"),
        ("id_churn", "all", "0.3333"),
        ("over_merge_rate", "all", "0.5"),
        ("valid_phone", "all", "1"),
    ] {
        assert_eq!(kpi(&kpis, second, name, of, "all"), expected, "{name}");
    }
    let before = kpis.one(&[
        ("publication_id", second),
        ("kpi", "customers"),
        ("scope", "all"),
    ]);
    assert_eq!(before.get("previous_value"), "3.0");
    assert_eq!(
        kpi(&kpis, first, "customers", "all", "all"),
        "3",
        "what was stays"
    );

    // All that are known, and no others: they are the words of [[limits]], and what the docs explain.
    let told: BTreeSet<&str> = kpis.iter().map(|row| row.get("kpi")).collect();
    let refused = project.fails(&["run", "--accept", "nonsense"]);
    let docs = fs::read_to_string(workspace().join("sql/README.md")).unwrap();
    for kpi in &told {
        assert!(refused.contains(kpi), "{kpi} cannot be accepted: {refused}");
        assert!(
            docs.contains(&format!("`{kpi}`")),
            "sql/README.md is silent on {kpi}"
        );
    }
    assert_eq!(told.len(), 19, "{told:?}");
}

#[test]
fn a_limit_tells_and_one_that_stops_asks_a_person() {
    let project = company();
    limit(
        &project,
        "kpi = \"valid_email\"\nby = \"source_system\"\nmin = 0.98",
    );
    limit(
        &project,
        "kpi = \"customers\"\nmax_change = 0.3\nstop = true",
    );
    limit(&project, "kpi = \"completeness\"\nmin = 0.1\nstop = true");
    let report = project.run_at("2026-02-01");
    let breaches = report.json["breaches"].as_array().unwrap();
    assert_eq!(breaches.len(), 1, "{breaches:?}");
    assert_eq!(
        (
            &breaches[0]["kpi"],
            &breaches[0]["scope_value"],
            &breaches[0]["breach"]
        ),
        (
            &Value::from("valid_email"),
            &Value::from("crm"),
            &Value::from("below 0.98")
        )
    );
    assert_eq!(breaches[0]["stops"], false);

    // A third of the customers goes.
    project.lines_as(
        "2",
        &["person shop C; is_deleted=true; updated_at=2026-02-10"],
    );
    let published = project.table("gold.dim_customer");
    let extract = project.extract_text("suppression_email");
    let stopped = project.try_run("2026-02-15");
    assert!(!stopped.succeeded);
    let why = stopped.json["undecided"].as_str().unwrap();
    for told in [
        "customers is 2 (was 3)",
        "more than 0.3",
        "--accept customers",
        "golden --plan",
    ] {
        assert!(why.contains(told), "{why}");
    }
    assert_eq!(project.table("gold.dim_customer").len(), published.len());
    assert_eq!(project.table("gold.publications").len(), 1);
    assert_eq!(project.extract_text("suppression_email"), extract);

    // What it would be, without being it.
    let before = (project.versions(), files(&project.lake().join("gold")));
    let plan: Value =
        serde_json::from_str(&project.ok(&["golden", "--plan", "--json", "--as-of", "2026-02-15"]))
            .unwrap();
    assert!(plan["stopped"].as_str().unwrap().contains("customers is 2"));
    assert_eq!(plan["events"]["customer.deleted"], 1);
    let customers = plan["kpis"].as_array().unwrap().iter();
    let customers = customers
        .into_iter()
        .find(|kpi| kpi["kpi"] == "customers" && kpi["scope"] == "all");
    let customers = customers.unwrap();
    assert_eq!(
        (&customers["value"], &customers["previous_value"]),
        (&Value::from(2.0), &Value::from(3.0))
    );
    let text = project.ok(&["golden", "--plan", "--as-of", "2026-02-15"]);
    for told in [
        "A run would publish nothing",
        "customer.deleted",
        "Nothing is published",
    ] {
        assert!(text.contains(told), "{text}");
    }
    assert_eq!(
        (project.versions(), files(&project.lake().join("gold"))),
        before,
        "a plan left something behind"
    );

    // Another KPI accepted is not this one; this one is, once.
    let refused = project.fails(&[
        "golden",
        "--accept",
        "completeness",
        "--as-of",
        "2026-02-15",
    ]);
    assert!(refused.contains("customers is 2"), "{refused}");
    let told = project.ok(&["golden", "--accept", "customers", "--as-of", "2026-02-15"]);
    assert!(told.contains("Limit: customers is 2 (was 3)"), "{told}");
    assert_eq!(project.table("gold.dim_customer").len(), 2);
    let kpis = project.table("gold.kpis");
    let row = kpis.one(&[
        ("publication_id", "000002-20260215"),
        ("kpi", "customers"),
        ("scope", "all"),
    ]);
    assert_eq!(
        (row.get("breach"), row.get("is_stop")),
        ("another than before by more than 0.3", "true")
    );
    let text = project.ok(&["golden", "--plan", "--as-of", "2026-02-15T10:00:00Z"]);
    assert!(text.contains("Nothing is new"), "{text}");
    // The next day it is as before.
    assert!(project.run_at("2026-02-16").json["undecided"].is_null());
    // What cannot be meant is told before anything is read.
    limit(&project, "kpi = \"valid_emails\"\nmin = 0.98");
    let refused = project.fails(&["run"]);
    assert!(
        refused.contains("c360.toml") && refused.contains("\"valid_emails\" is none of"),
        "{refused}"
    );
}

/// Names of all files below a folder.
fn files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    found.insert(path.display().to_string());
                }
            }
        }
    }
    found
}

#[test]
fn pages_are_whole_in_a_browser() {
    let (Some(venv), Some(chromium)) = (variable("C360_TEST_VENV"), variable("C360_CHROMIUM"))
    else {
        return skip(
            "C360_TEST_VENV and C360_CHROMIUM name no Python with playwright and no browser; tests/run brings both",
        );
    };
    let project = company();
    // A name that would be markup, and one that is long.
    project.edit(|toml| {
        toml + "a_segment_with_a_name_that_is_longer_than_what_finds_room_in_a_chart = \"true\"\n"
    });
    limit(&project, "kpi = \"valid_email\"\nmin = 0.98");
    let refused = project.fails(&["report"]);
    assert!(refused.contains("c360 run"), "{refused}");
    for (day, name) in [
        ("2026-02-01", "Deb; family_name=Day"),
        ("2026-02-02", "Eve; family_name=Egan"),
        ("2026-02-09", "Fay; family_name=Finn"),
    ] {
        let email = format!("{}@example.org", name.get(..3).unwrap().to_lowercase());
        let line = format!("person crm {day}; given_name={name}; email={email}; updated_at={day}");
        project.lines_as(day, &[&line]);
        project.run_at(day);
    }
    let [report, model, pair] = ["report.html", "model.html", "pair.html"]
        .map(|name| project.root().join(name).display().to_string());
    let said = project.ok(&["report", "--out", &report]);
    assert!(said.contains("000003-20260209"), "{said}");
    project.ok(&["model", "show", "--chart", &model]);
    project.ok(&["explain", "crm:1", "shop:A", "--chart", &pair]);
    let output = Command::new(Path::new(&venv).join("bin/python"))
        .arg(workspace().join("tests/it/pages.py"))
        .args([&chromium, &report, &model, &pair])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let seen: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(seen.len(), 6);
    for page in &seen {
        let at = format!("{} at {}", page["page"], page["window"]);
        assert_eq!(page["said"], serde_json::json!([]), "{at}");
        assert_eq!(page["requests"], 1, "{at} fetches something");
        assert_eq!(page["outside"], serde_json::json!([]), "{at}");
        assert_eq!(
            page["width"], page["window"],
            "{at} is wider than the window"
        );
        assert!(page["charts"].as_u64().unwrap() > 0, "{at}");
    }
    let report = &seen[0];
    assert_eq!(report["headings"][0], "Customers in figures");
    assert_eq!(
        report["passed"][0],
        "valid email of all: 85.7 %, below 0.98"
    );
    let tile = report["tiles"][0].as_str().unwrap();
    assert!(tile.contains('6') && tile.contains("+1, was 5"), "{tile}");
    let kpis = project.table("gold.kpis");
    let newest = kpis.find(&[("publication_id", "000003-20260209")]).len();
    assert_eq!(report["rows"], newest);
    let words = report["words"].as_str().unwrap();
    for person in ["Ann", "Abel", "example.org", "8674411"] {
        assert!(!words.contains(person), "the report shows {person}");
    }
}
