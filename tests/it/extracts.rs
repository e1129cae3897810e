//! Files that a project declares: what their SELECTs may see, what changed, how they are parted, hashed and forgotten.

use super::support::{Project, Table, skip, variable, workspace};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Declares an extract and writes its SELECT.
fn declare(project: &Project, name: &str, settings: &str, select: &str) {
    let folder = project.root().join("extracts");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{name}.sql")), select).unwrap();
    project.edit(|toml| format!("{toml}\n[[extracts]]\nname = \"{name}\"\n{settings}\n"));
}

const MARKETING: &str = "purpose = \"marketing\"\nchannel = \"email\"";

/// Ann may be written to; Bea may not; Cem may at his second address only; Dan may, and may not be sold; of Eve nothing is known.
fn company() -> Project {
    let project = Project::of(&["person crm", "person shop", "consent crm", "order shop"]);
    let grant = |email: &str, channel: &str, status: &str| {
        format!(
            "consent crm; email={email}; purpose=marketing; channel={channel}; status={status}; stated_at=2026-01-02"
        )
    };
    let mut lines: Vec<String> = [
        "person crm 1; given_name=Ann; family_name=Abel; email=ann@example.org; phone=+1 312 867 4411; address_line1=1 Main Street; city=Chicago; postcode=60601; updated_at=2026-01-01",
        "person crm 2; given_name=Bea; family_name=Berg; email=bea@example.org; city=Boston; updated_at=2026-01-01",
        "person crm 3; given_name=Cem; family_name=Cole; email=cem@example.org; phone=+1 312 867 4422; city=Chicago; updated_at=2026-01-01",
        "person shop C; given_name=Cem; family_name=Cole; email=cem.two@example.org; phone=+1 312 867 4422; updated_at=2026-01-01",
        "person crm 4; given_name=Dan; family_name=Dorn; email=dan@example.org; city=Denver; updated_at=2026-01-01",
        "person crm 5; given_name=Eve; family_name=Egan; email=eve@example.org; city=Denver; updated_at=2026-01-01",
        "order shop O-1; email=ann@example.org; ordered_at=2026-02-01; amount=10; currency=USD",
        "order shop O-2; email=bea@example.org; ordered_at=2026-02-01; amount=20; currency=USD",
    ]
    .map(str::to_owned)
    .to_vec();
    for name in ["ann", "cem.two", "dan"] {
        for channel in ["email", "ads"] {
            lines.push(grant(&format!("{name}@example.org"), channel, "granted"));
        }
    }
    lines.push(grant("bea@example.org", "email", "denied"));
    lines.push("consent crm; person_id=1; purpose=marketing; channel=post; status=granted; stated_at=2026-01-02".to_owned());
    lines.push("consent crm; phone=+1 312 867 4422; purpose=marketing; channel=sms; status=granted; stated_at=2026-01-02".to_owned());
    lines.push("consent crm; email=dan@example.org; purpose=sale; channel=all; status=denied; stated_at=2026-01-03".to_owned());
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    project.lines(&lines);
    project
}

fn sorted(table: &Table, column: &str) -> Vec<String> {
    let mut values: Vec<String> = table.column(column).iter().map(|v| v.to_string()).collect();
    values.sort();
    values
}

#[test]
fn a_select_sees_what_may_be_used() {
    let project = company();
    declare(
        &project,
        "campaign",
        MARKETING,
        "SELECT customer_id, email, upper(given_name) AS first_name, phone, address_line1, city FROM gold.dim_customer",
    );
    declare(
        &project,
        "every_point",
        MARKETING,
        "SELECT p.value AS point, d.given_name FROM gold.customer_contact_points AS p JOIN gold.dim_person AS d USING (customer_id)",
    );
    declare(
        &project,
        "buyers",
        MARKETING,
        "SELECT email, (SELECT count(*) FROM gold.fact_orders) AS orders FROM gold.dim_customer
         WHERE customer_id IN (SELECT customer_id FROM gold.fact_orders WHERE ordered_at > $as_of - INTERVAL '90 days')",
    );
    declare(
        &project,
        "partner",
        "purpose = \"marketing\"\nchannel = \"email\"\nshared = true",
        "SELECT email FROM gold.dim_customer",
    );
    declare(
        &project,
        "service_mail",
        "purpose = \"service\"\nchannel = \"email\"",
        "SELECT email FROM gold.dim_customer",
    );
    declare(
        &project,
        "hashed",
        "purpose = \"marketing\"\nchannel = \"ads\"\nshared = false\nhash = \"meta\"",
        "SELECT email AS whatever, full_name, city, p.value FROM gold.dim_person JOIN gold.customer_contact_points AS p USING (customer_id)",
    );
    declare(
        &project,
        "warehouse",
        "purpose = \"administration\"\nformat = \"parquet\"\npartition_by = \"city\"",
        "SELECT customer_id, email, city, order_count, as_of FROM gold.dim_customer",
    );
    project.ok(&["check", "--landing", project.landing().to_str().unwrap()]);
    project.run();

    let granted = ["ann@example.org", "cem.two@example.org", "dan@example.org"];
    let campaign = project.extract("campaign");
    assert_eq!(sorted(&campaign, "email"), granted);
    assert_eq!(sorted(&campaign, "first_name"), ["ANN", "CEM", "DAN"]);
    assert_eq!(
        sorted(&campaign, "phone"),
        ["", "", ""],
        "no phone may be used by e-mail"
    );
    assert_eq!(sorted(&campaign, "address_line1"), ["", "", ""]);
    assert_eq!(sorted(&project.extract("every_point"), "point"), granted);
    let buyers = project.extract("buyers");
    assert_eq!(sorted(&buyers, "email"), ["ann@example.org"]);
    assert_eq!(sorted(&buyers, "orders"), ["1"], "Bea's order is not seen");
    assert_eq!(sorted(&project.extract("partner"), "email"), granted[..2]);
    assert_eq!(project.extract("service_mail").len(), 0);

    let hashed = project.extract("hashed");
    // Dan may not be sold, and no ad platform gets him, shared or not.
    assert_eq!(hashed.len(), 2);
    // printf ann@example.org | sha256sum
    let ann = "438c4c7afe600cdf1e455c369bec76dc970fc8ca463447c7b387a347f3c79331";
    for column in ["whatever", "value"] {
        let values = sorted(&hashed, column);
        assert!(values.iter().all(|value| value.len() == 64), "{values:?}");
        assert!(values.iter().any(|value| value == ann), "{values:?}");
    }
    assert_eq!(sorted(&hashed, "full_name"), ["", ""]);
    assert_eq!(project.extract("ads_meta").len(), 2);

    let letters = project.extract("audience_post");
    assert_eq!(sorted(&letters, "display_name"), ["Ann Abel"]);
    assert_eq!(sorted(&letters, "address_line1").len(), 1);
    let texts = project.extract("audience_sms");
    assert_eq!(sorted(&texts, "phone"), ["+13128674422"]);
    assert_eq!(
        project.extract("audience_phone").len(),
        0,
        "a text is no call"
    );

    let manifest = project.manifest("warehouse");
    let parts = manifest["files"].as_array().unwrap();
    let values: Vec<&str> = parts
        .iter()
        .map(|part| part["partition"].as_str().unwrap())
        .collect();
    assert_eq!(values, ["Boston", "Chicago", "Denver"]);
    assert!(
        parts[1]["file"]
            .as_str()
            .unwrap()
            .ends_with("/city=Chicago/warehouse.parquet")
    );
    assert_eq!(manifest["rows"], 5);

    let names = [
        "campaign",
        "every_point",
        "buyers",
        "partner",
        "hashed",
        "warehouse",
        "audience_email",
        "audience_sms",
        "audience_post",
        "support_contacts",
        "crm_upsert",
        "crm_id_map",
        "suppression_email",
        "suppression_changes",
        "change_events",
    ];
    read_by_others(&project.lake(), &names);
}

fn read_by_others(lake: &Path, names: &[&str]) {
    let Some(venv) = variable("C360_TEST_VENV") else {
        return skip(
            "C360_TEST_VENV names no Python environment with polars and pyarrow; tests/run makes one",
        );
    };
    let output = Command::new(Path::new(&venv).join("bin/python"))
        .arg(workspace().join("tests/it/extracts.py"))
        .arg(lake)
        .args(names)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    println!("{told}");
    assert!(
        output.status.success(),
        "{told}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Five systems of invented people with tens of thousands of statements, and SELECTs that take whatever there is to take.
#[test]
fn greedy_selects_leak_nothing() {
    let home = Project::of(&[]);
    let folder = home.tmp().join("demo");
    let dir = folder.to_str().unwrap();
    let demo = home.command(&["demo", "--dir", dir, "--people", "300", "--seed", "11"]);
    let mut demo = demo;
    assert!(demo.output().unwrap().status.success());
    fs::create_dir_all(folder.join("extracts")).unwrap();
    let mut toml = fs::read_to_string(folder.join("c360.toml")).unwrap();
    let tables = [
        "dim_customer",
        "dim_person",
        "dim_account",
        "customer_contact_points",
        "customer_addresses",
        "customer_preferences",
        "fact_tickets",
        "fact_interactions",
    ];
    let mut names: Vec<String> = Vec::new();
    for (at, channel) in ["email", "sms", "phone", "post", "ads"]
        .into_iter()
        .enumerate()
    {
        for table in tables {
            let name = format!("all_{table}_{channel}");
            fs::write(
                folder.join(format!("extracts/{name}.sql")),
                format!("SELECT * FROM gold.{table}"),
            )
            .unwrap();
            let format = ["csv", "ndjson", "parquet"][at % 3];
            toml.push_str(&format!(
                "\n[[extracts]]\nname = \"{name}\"\npurpose = \"marketing\"\nchannel = \"{channel}\"\nformat = \"{format}\"\n"
            ));
            names.push(name);
        }
    }
    fs::write(folder.join("c360.toml"), toml).unwrap();
    let run = home
        .command(&["run", "--project", dir, "--as-of", "2026-09-01"])
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let shipped = [
        "audience_email",
        "audience_sms",
        "audience_phone",
        "audience_post",
    ];
    let all: Vec<&str> = names.iter().map(String::as_str).chain(shipped).collect();
    read_by_others(&folder.join("lake"), &all);
}

#[test]
fn what_may_not_be_seen_does_not_plan() {
    let refused = |settings: &str, select: &str, told: &str| {
        let project = Project::of(&["person crm"]);
        declare(&project, "greedy", settings, select);
        let said = project.fails(&["check", "--landing", project.landing().to_str().unwrap()]);
        assert!(said.contains(told), "{select}: {said}");
        let run = project.try_run("2026-03-01");
        assert!(!run.succeeded, "{select}: a run refuses it too");
    };
    for table in [
        "gold.customer_consents",
        "gold.golden_values",
        "gold.golden_lineage",
        "gold.consent_statements",
        "silver.persons",
        "silver.contact_points",
        "scratch.permitted_points",
        "bronze.quarantine",
    ] {
        let select = format!("SELECT * FROM {table}");
        refused(MARKETING, &select, "extracts/greedy.sql");
    }
    for (settings, select, told) in [
        ("", "SELECT 1 AS one", "no purpose"),
        (
            "purpose = \"marketing\"",
            "SELECT 1 AS one",
            "needs a channel",
        ),
        (
            MARKETING,
            "SELECT customer_id, now() AS at FROM gold.dim_customer",
            "$as_of",
        ),
        (
            MARKETING,
            "SELECT random() AS at FROM gold.dim_customer",
            "$as_of",
        ),
        (MARKETING, "DELETE FROM gold.dim_customer", "only"),
        (
            MARKETING,
            "SELECT email, email FROM gold.dim_customer",
            "email",
        ),
        (
            "purpose = \"administration\"\nrows = \"changed\"",
            "SELECT email FROM gold.dim_customer",
            "no column \"customer_id\"",
        ),
        (
            "purpose = \"administration\"\npartition_by = \"town\"",
            "SELECT email FROM gold.dim_customer",
            "no column \"town\"",
        ),
    ] {
        refused(settings, select, told);
    }
    let project = Project::of(&["person crm"]);
    declare(
        &project,
        "audience_email",
        MARKETING,
        "SELECT email FROM gold.dim_customer",
    );
    assert!(
        project
            .fails(&["check", "--landing", project.landing().to_str().unwrap()])
            .contains("another name")
    );
}

#[test]
fn changes_are_told_once_and_old_files_forgotten() {
    let project = company();
    declare(
        &project,
        "news",
        &format!("{MARKETING}\nrows = \"changed\"\nkeep_days = 20"),
        "SELECT customer_id, email, city FROM gold.dim_customer",
    );
    project.run();
    let first = project.extract("news");
    assert_eq!(first.column("change"), ["added"; 3]);
    let first_folder = project
        .lake()
        .join("extracts/news")
        .join(project.manifest("news")["publication_id"].as_str().unwrap());
    assert!(first_folder.join("state.parquet").exists());

    project.lines(&[
        "consent crm; email=ann@example.org; purpose=marketing; channel=email; status=withdrawn; stated_at=2026-03-05",
        "consent crm; email=eve@example.org; purpose=marketing; channel=email; status=granted; stated_at=2026-03-05",
        "person crm 4; given_name=Dan; family_name=Dorn; email=dan@example.org; city=Dallas; updated_at=2026-03-05",
    ]);
    project.run_at("2026-03-10");
    let second = project.extract("news");
    let mut told: Vec<(String, String, String)> = second
        .iter()
        .map(|row| {
            (
                row.get("change").to_owned(),
                row.get("email").to_owned(),
                row.get("city").to_owned(),
            )
        })
        .collect();
    told.sort();
    let said = |change: &str, email: &str, city: &str| {
        (change.to_owned(), email.to_owned(), city.to_owned())
    };
    assert_eq!(
        told,
        [
            said("added", "eve@example.org", "Denver"),
            said("changed", "dan@example.org", "Dallas"),
            said("removed", "", ""),
        ]
    );
    assert!(
        !first_folder.join("state.parquet").exists(),
        "the state of older files is not kept"
    );
    assert!(
        first_folder.join("news.csv").exists(),
        "nine days are not twenty"
    );
    let removed = project.extract("suppression_changes");
    assert!(removed.has(&[
        ("change", "added"),
        ("contact_value", "ann@example.org"),
        ("channel", "email")
    ]));

    // A day on which nothing changes: an empty file, and what is too old goes.
    project.run_at("2026-03-25");
    assert_eq!(project.extract("news").len(), 0);
    assert!(!first_folder.exists() || fs::read_dir(&first_folder).unwrap().next().is_none());

    // A key that is none: the run says so, and what was published stays.
    let before = project.manifest("news");
    fs::write(
        project.root().join("extracts/news.sql"),
        "SELECT 'same' AS customer_id, email, city FROM gold.dim_customer",
    )
    .unwrap();
    let refused = project.try_run("2026-03-26");
    assert!(!refused.succeeded);
    assert!(
        refused.stderr.contains("several rows"),
        "{}",
        refused.stderr
    );
    assert_eq!(project.manifest("news"), before);
}

#[test]
fn events_are_cloud_events_each_once_and_in_order() {
    let project = Project::of(&["person crm", "person shop"]);
    let mut events: Vec<Value> = Vec::new();
    for (day, lines) in [
        (
            "2026-02-01",
            vec![
                "person crm 1; given_name=Ann; family_name=Abel; email=ann@example.org; city=Chicago; updated_at=2026-01-01",
                "person crm 2; given_name=Bea; family_name=Berg; email=bea@example.org; updated_at=2026-01-01",
                "person crm 3; given_name=Cem; family_name=Cole; city=Dallas; updated_at=2026-01-01",
                "person shop C; given_name=Cem; family_name=Cole; email=cem@example.org; updated_at=2026-01-01",
            ],
        ),
        (
            "2026-02-15",
            vec![
                "person crm 1; given_name=Ann; family_name=Abel; email=ann@example.org; city=Austin; updated_at=2026-02-10",
                "person crm 2; is_deleted=true; updated_at=2026-02-10",
                "person crm 3; given_name=Cem; family_name=Cole; email=cem@example.org; city=Dallas; updated_at=2026-02-10",
            ],
        ),
        // nothing happens
        ("2026-02-16", vec![]),
        (
            "2026-03-01",
            vec![
                "person crm 3; given_name=Zoe; family_name=Zorn; email=zoe@example.org; updated_at=2026-02-20",
            ],
        ),
    ] {
        project.lines_as(day, &lines);
        project.run_at(day);
        let file = project.extract_text("change_events");
        events.extend(
            file.lines()
                .map(|line| serde_json::from_str::<Value>(line).unwrap()),
        );
    }
    let text = |event: &Value, name: &str| event[name].as_str().unwrap_or_default().to_owned();
    for event in &events {
        for (name, value) in event.as_object().unwrap() {
            // the specification: names of lower-case letters and digits, values that are strings (but data)
            let is_name = name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
            assert!(is_name && name.len() <= 20, "{name}");
            assert!(value.is_string() || name == "data", "{name}");
        }
        assert_eq!(event["specversion"], "1.0");
        assert!(
            ["id", "source", "type", "subject", "time"]
                .iter()
                .all(|name| !text(event, name).is_empty()),
            "{event}"
        );
        assert_eq!(
            text(event, "time").len(),
            "2026-02-01T00:00:00Z".len(),
            "{event}"
        );
        assert_eq!(event["data"]["customer_id"], event["subject"]);
    }
    let sequences: Vec<String> = events.iter().map(|event| text(event, "sequence")).collect();
    assert!(
        sequences.is_sorted() && sequences.windows(2).all(|two| two[0] != two[1]),
        "{sequences:?}"
    );
    // the outbox, no more and no less, each once
    let mut ids: Vec<String> = events.iter().map(|event| text(event, "id")).collect();
    ids.sort();
    let outbox = project.table("gold.change_events");
    let mut expected: Vec<&str> = outbox.column("event_id");
    expected.sort_unstable();
    assert_eq!(ids, expected);
    let kinds = |of: &str| -> Vec<String> {
        let of = events.iter().filter(|event| event["subject"] == of);
        of.map(|event| text(event, "type")).collect()
    };
    let now = project.customers();
    assert_eq!(
        kinds(&now["crm:1"]),
        ["customer.created", "customer.updated"]
    );
    let merged = events
        .iter()
        .find(|event| event["type"] == "customer.merged")
        .unwrap();
    let split = events
        .iter()
        .find(|event| event["type"] == "customer.split")
        .unwrap();
    assert_eq!(
        merged["data"]["new_customer_id"],
        split["data"]["old_customer_id"]
    );
    assert!(
        events
            .iter()
            .any(|event| event["type"] == "customer.deleted"
                && event["data"].get("new_customer_id").is_none())
    );
}
