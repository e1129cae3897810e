//! What a warehouse relies on: the history of customers, households, the dictionary, and the queries that are handed out.

use super::support::{Project, workspace};
use std::collections::BTreeMap;
use std::fs;

/// The rows of a customer's history: from, to, why it ended, city.
fn stretches(project: &Project, customer: &str) -> Vec<[String; 4]> {
    let history = project.table("gold.dim_customer_history");
    let mut rows: Vec<[String; 4]> = history
        .find(&[("customer_id", customer)])
        .iter()
        .map(|row| {
            ["valid_from", "valid_to", "closed_as", "city"].map(|name| row.get(name).to_owned())
        })
        .collect();
    rows.sort();
    rows
}

fn day(text: &str) -> &str {
    text.get(..10).unwrap_or(text)
}

#[test]
fn history_says_what_was_so_and_when() {
    let project = Project::of(&["person crm", "person shop"]);
    project.lines(&[
        "person crm 1; given_name=Ann; family_name=Abel; email=ann@example.org; city=Chicago; updated_at=2026-01-01",
        "person crm 2; given_name=Bea; family_name=Berg; email=bea@example.org; city=Boston; updated_at=2026-01-01",
        "person shop C; given_name=Cem; family_name=Cole; email=cem@example.org; city=Denver; updated_at=2026-01-01",
        "person crm 3; given_name=Cem; family_name=Cole; city=Dallas; updated_at=2026-01-01",
    ]);
    project.run_at("2026-02-01");
    let before = project.customers();
    assert_ne!(before["crm:3"], before["shop:C"], "nothing ties them yet");
    project.lines(&[
        "person crm 1; given_name=Ann; family_name=Abel; email=ann@example.org; city=Austin; updated_at=2026-02-10",
        "person crm 2; is_deleted=true; updated_at=2026-02-10",
        "person crm 3; given_name=Cem; family_name=Cole; email=cem@example.org; city=Dallas; updated_at=2026-02-10",
    ]);
    project.run_at("2026-02-15");
    // nothing changes for a fortnight
    project.run_at("2026-03-01");

    let ann = stretches(&project, &before["crm:1"]);
    let shown: Vec<(&str, &str, &str, &str)> = ann
        .iter()
        .map(|[from, to, why, city]| (day(from), day(to), why.as_str(), city.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            ("2026-02-01", "2026-02-15", "changed", "Chicago"),
            ("2026-02-15", "", "", "Austin")
        ]
    );
    let bea = stretches(&project, &before["crm:2"]);
    assert_eq!(bea.len(), 1);
    assert_eq!(
        (day(&bea[0][1]), bea[0][2].as_str()),
        ("2026-02-15", "deleted")
    );
    let after = project.customers();
    assert_eq!(after["crm:3"], after["shop:C"]);
    let gone = [&before["crm:3"], &before["shop:C"]]
        .into_iter()
        .find(|id| **id != after["crm:3"])
        .unwrap();
    let merged = stretches(&project, gone);
    assert_eq!(merged.len(), 1);
    assert_eq!(
        (day(&merged[0][1]), merged[0][2].as_str()),
        ("2026-02-15", "merged")
    );

    // At any time one row a customer, and today's rows are the dimension.
    let history = project.table("gold.dim_customer_history");
    let mut spans: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for row in history.iter() {
        let of = spans.entry(row.get("customer_id")).or_default();
        of.push((row.get("valid_from"), row.get("valid_to")));
    }
    for (customer, spans) in &mut spans {
        spans.sort();
        for pair in spans.windows(2) {
            assert!(
                !pair[0].1.is_empty() && pair[0].1 <= pair[1].0,
                "{customer}: {pair:?}"
            );
        }
    }
    let today = history.find(&[("valid_to", "")]);
    assert_eq!(today.len(), project.table("gold.dim_customer").len());
}

#[test]
fn people_who_live_together_are_a_household() {
    let project = Project::of(&["person crm", "order crm"]);
    project.lines(&[
        "person crm 1; given_name=Ann; family_name=Abel; email=ann@example.org; address_line1=7 Oak Street; city=Chicago; postcode=60601",
        "person crm 2; given_name=Bob; family_name=Abel; email=bob@example.org; address_line1=7 Oak Street; city=Chicago; postcode=60601",
        "person crm 3; given_name=Zoe; family_name=Zorn; email=zoe@example.org; address_line1=1 Elm Street; city=Boston; postcode=02108",
        "order crm O-1; person_id=1; ordered_at=2026-01-05; amount=10; currency=USD",
        "order crm O-2; person_id=2; ordered_at=2026-01-09; amount=5.5; currency=USD",
        "order crm O-3; person_id=3; ordered_at=2026-01-09; amount=100; currency=USD",
    ]);
    project.run();
    let households = project.table("gold.dim_household");
    assert_eq!(households.len(), 1);
    let customers = project.customers();
    let mut members = [customers["crm:1"].as_str(), customers["crm:2"].as_str()];
    members.sort_unstable();
    let home = households.one(&[("name", "Abel"), ("city", "Chicago")]);
    for (column, expected) in [
        ("person_count", "2"),
        ("person_customer_ids", &members.join(",")),
        ("evidence", "address"),
        ("order_count", "2"),
        ("lifetime_value", "15.5"),
        ("currency", "USD"),
        ("is_marketing_reachable", "false"),
    ] {
        assert_eq!(home.get(column), expected, "{column}");
    }
}

#[test]
fn the_dictionary_is_that_of_the_ddl() {
    let project = Project::of(&[]);
    let written = fs::read_to_string(workspace().join("sql/DICTIONARY.md")).unwrap();
    assert_eq!(
        project.ok(&["dictionary"]),
        written,
        "write it anew: c360 dictionary > sql/DICTIONARY.md"
    );
}

#[test]
fn the_example_queries_run() {
    let project = Project::of(&["person crm", "person shop", "consent crm", "order shop"]);
    project.lines(&[
        "person crm 1; given_name=Ann; family_name=Abel; email=ann@example.org; address_line1=7 Oak Street; city=Chicago; postcode=60601",
        "person shop 9; given_name=Ann; family_name=Abel; email=ann@example.org; phone=+1 312 555 0143; address_line1=7 Oak Street; city=Chicago; postcode=60601",
        // whose e-mail is beaten by the two above
        "person shop 8; given_name=Ann; family_name=Abel; email=abel@example.org; phone=+1 312 555 0143; address_line1=7 Oak Street; city=Chicago; postcode=60601",
        "person crm 2; given_name=Bob; family_name=Abel; email=bob@example.org; address_line1=7 Oak Street; city=Chicago; postcode=60601",
        "consent crm; email=ann@example.org; purpose=marketing; channel=email; status=granted; stated_at=2025-01-02",
        "order shop O-1; person_id=9; ordered_at=2025-01-05; amount=10; currency=USD",
        "order shop O-2; person_id=9; ordered_at=2025-02-05; amount=10; currency=USD",
        "order shop O-3; person_id=9; ordered_at=2025-03-05; amount=10; currency=USD",
    ]);
    project.run_at("2025-12-01");
    for file in fs::read_dir(workspace().join("sql/examples")).unwrap() {
        let path = file.unwrap().path();
        let sql = fs::read_to_string(&path).unwrap();
        project.ok(&["query", &sql]);
        let counted = project.ok(&[
            "query",
            &format!("WITH answer AS (\n{sql}) SELECT count(*) = 0 AS is_empty FROM answer"),
        ]);
        assert!(
            counted.contains("false") && !counted.contains("true"),
            "{} answers nothing: {counted}",
            path.display()
        );
    }
}
