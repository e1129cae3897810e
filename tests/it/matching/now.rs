//! One record, now: `c360 match` says what the next run does with it.

use super::incremental::run;
use crate::order::drop;
use crate::support::{Project, Random};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::Stdio;

/// A line of [`crate::support::lines`] as a row of its feed: the feed, the record, the row.
fn row_of(line: &str) -> (String, String, Value) {
    let mut parts = line.split(';').map(str::trim);
    let head: Vec<&str> = parts.next().unwrap().split_whitespace().collect();
    let mut row = Map::from_iter([("source_record_id".to_owned(), json!(head[2]))]);
    for (column, value) in parts.filter_map(|part| part.split_once('=')) {
        if !value.is_empty() {
            row.insert(column.to_owned(), json!(value));
        }
    }
    let feed = format!("{}_{}", head[1], head[0]);
    (feed, format!("{}:{}", head[1], head[2]), row.into())
}

fn ask(project: &Project, arguments: &[&str]) -> Value {
    let said = project.ok(&[&["match", "--json"], arguments].concat());
    serde_json::from_str(&said).unwrap()
}

/// Somebody, and how others write of them.
#[derive(Clone)]
struct Person {
    given: String,
    family: String,
    email: String,
    phone: usize,
    born: String,
    street: String,
}

impl Person {
    fn new(random: &mut Random, id: usize) -> Person {
        let given = random.pick(&["Anna", "Bertram", "Cosima", "Dieter", "Emilia", "Friedrich"]);
        let start = random.pick(&[
            "Kowal", "Lind", "Haddad", "Moss", "Okafor", "Tanaka", "Wieder",
        ]);
        let end = random.pick(&["ski", "qvist", "inger", "man", "ov", "berg", "stein"]);
        Person {
            given: (*given).to_owned(),
            family: format!("{start}{end}"),
            email: format!("p{id}@home{}.example", id % 7),
            phone: 4000 + 7 * id,
            born: format!(
                "19{}-0{}-1{}",
                50 + random.below(49),
                1 + random.below(9),
                random.below(9)
            ),
            street: format!(
                "{} {} Street",
                1 + random.below(80),
                random.pick(&["Elm", "Oak", "Mill"])
            ),
        }
    }

    fn written(&self, random: &mut Random) -> String {
        let mut line = match random.below(4) {
            0 => format!("given_name={}; family_name={}h", self.given, self.family),
            1 => format!(
                "given_name={}; family_name={}",
                &self.given[..1],
                self.family
            ),
            _ => format!("given_name={}; family_name={}", self.given, self.family),
        };
        for (column, value) in [
            ("email", self.email.clone()),
            ("phone", format!("+1 312 867 {}", self.phone)),
            ("birth_date", self.born.clone()),
            ("address_line1", self.street.clone()),
        ] {
            if random.below(3) > 0 {
                line.push_str(&format!("; {column}={value}"));
            }
        }
        line + "; city=Denver"
    }
}

/// The records of each customer.
fn members(customers: &BTreeMap<String, String>) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut members: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (record, customer) in customers {
        members.entry(customer).or_default().insert(record);
    }
    members
}

#[test]
fn the_answer_is_what_the_next_run_does() {
    let project = Project::of(&["person crm", "person shop", "account crm"]);
    project.edit(|toml| {
        toml + "[matching]\nretrain_below = 0\nretrain_share = 1000\nid_churn_limit = 1.0\n"
    });
    let mut random = Random(41);
    let people: Vec<Person> = (0..60).map(|id| Person::new(&mut random, id)).collect();
    let mut lines: Vec<String> = Vec::new();
    for (id, person) in people.iter().enumerate() {
        lines.push(format!("person crm {id}; {}", person.written(&mut random)));
        if id % 3 == 0 {
            lines.push(format!("person shop {id}; {}", person.written(&mut random)));
        }
    }
    for at in 0..20 {
        lines.push(format!(
            "account crm {at}; legal_name={} {}; website={}; city=Denver; address_line1={at} Elm Street",
            random.pick(&["Acme", "Globex", "Initech", "Umbrella"]),
            random.pick(&["Widgets Inc.", "Ltd", "Labs"]),
            random.pick(&["", "www.acme.example", "www.globex.example"]),
        ));
    }
    drop(&project, "first", &lines);
    run(&project);
    let mut decisions: BTreeMap<String, u32> = BTreeMap::new();
    let mut divided = 0;
    let mut asked: Vec<String> = Vec::new();
    for at in 0..18 {
        let (person, other) = (&people[at], &people[at + 30]);
        let written = match at % 6 {
            // Somebody new, of the same house as somebody who is there.
            0 => Person {
                given: "Zelda".into(),
                email: format!("z{at}@new.example"),
                ..person.clone()
            }
            .written(&mut random),
            1 => Person::new(&mut random, 100 + at).written(&mut random),
            // Two people are one, it seems.
            2 => format!("{}; email={}", person.written(&mut random), other.email),
            _ => person.written(&mut random),
        };
        // Every fifth takes the place of a record that is there.
        let id = if at % 5 == 0 { at } else { 200 + at };
        asked.push(format!("person crm {id}; {written}; updated_at=2026-02-01"));
    }
    for at in 0..4 {
        asked.push(format!(
            "account crm {}; legal_name={}; website={}",
            100 + at,
            [
                "Acme Widgets",
                "Globex Ltd",
                "Soylent AG",
                "Initech Labs Inc."
            ][at],
            ["www.acme.example", "", "www.soylent.example", ""][at],
        ));
    }
    for (at, line) in asked.iter().enumerate() {
        let (feed, record, row) = row_of(line);
        let is_account = feed.ends_with("account");
        let customers = |project: &Project| {
            let crosswalk = project.table("silver.crosswalk");
            let entity = if is_account { "account" } else { "person" };
            let mut customers: BTreeMap<String, String> = BTreeMap::new();
            for row in crosswalk.find(&[("entity", entity)]) {
                let record = format!(
                    "{}:{}",
                    row.get("source_system"),
                    row.get("source_record_id")
                );
                customers.insert(record, row.get("customer_id").to_owned());
            }
            customers
        };
        let before = customers(&project);
        let versions = project.versions();
        let answer = ask(&project, &["--feed", &feed, &row.to_string()]);
        assert_eq!(project.versions(), versions, "asking writes nothing");
        assert_eq!(
            answer["known_as"].as_str(),
            before.get(&record).map(String::as_str),
            "{line}"
        );
        drop(&project, &format!("then{at}"), std::slice::from_ref(line));
        run(&project);
        let after = customers(&project);
        let own = &after[&record];
        let of_before = members(&before);
        let alone = of_before.values().filter(|records| records.len() == 1);
        let alone: BTreeSet<&str> = alone.flatten().copied().collect();
        let beside: BTreeSet<&str> = members(&after)[own.as_str()]
            .iter()
            .filter(|other| **other != record)
            .map(|other| before[*other].as_str())
            .collect();
        let decision = answer["decision"].as_str().unwrap();
        let said: BTreeSet<&str> = answer["candidates"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|candidate| candidate["is_joined"] == json!(true))
            .map(|candidate| candidate["customer_id"].as_str().unwrap())
            .collect();
        // Where it contradicts a part of a customer, a run may divide the customer, and a person is asked here.
        if decision == "review" && !beside.is_empty() {
            let linked = |candidate: &Value| {
                let id = candidate["customer_id"].as_str().unwrap();
                candidate["decision"] == "auto" && beside.contains(id)
            };
            assert!(
                answer["candidates"].as_array().unwrap().iter().any(linked),
                "{line}\n{answer:#}"
            );
            divided += 1;
            continue;
        }
        assert_eq!(said, beside, "drop {at}: {line}\n{answer:#}");
        let expected = match (said.len(), answer["candidates"].as_array().unwrap().len()) {
            // It is there, alone, and stays what it is.
            (0, 0) if alone.contains(record.as_str()) => "match",
            (0, 0) => "new",
            (0, _) => "review",
            (1, _) => "match",
            _ => "several",
        };
        assert_eq!(decision, expected, "{line}");
        if let Some(id) = answer["customer_id"].as_str() {
            let is_its_own = said.is_empty() && id == own;
            assert!(is_its_own || BTreeSet::from([id]) == said, "{line}");
        }
        *decisions.entry(decision.to_owned()).or_default() += 1;
    }
    assert!(
        decisions.len() >= 3 && divided <= 3,
        "{decisions:?} {divided}"
    );
}

#[test]
fn a_visitor_without_a_source_is_recognized() {
    let project = Project::of(&["person crm", "account crm", "consent crm"]);
    let anna = r#"{"given_name": "Anna", "family_name": "Moss", "email": ["a.moss@x.example", "ANNA@moss.example"]}"#;
    assert!(
        project
            .fails(&["match", anna])
            .contains("nobody is resolved yet")
    );
    project.lines(&[
        "person crm 1; given_name=Ana; family_name=Moss; email=anna@moss.example; birth_date=1980-02-03",
        "person crm 2; given_name=Dieter; family_name=Kowalski; phone=+1 312 867 4411",
        "account crm 7; legal_name=Acme Widgets Inc.; website=www.acme.example",
    ]);
    project.run();
    let customers = project.customers();
    let answer = ask(&project, &[anna]);
    assert_eq!(answer["decision"], "match");
    assert_eq!(answer["customer_id"], json!(customers["crm:1"]));
    let candidate = &answer["candidates"][0];
    assert_eq!(
        (&candidate["source_system"], &candidate["source_record_id"]),
        (&json!("crm"), &json!("1"))
    );
    let parts = candidate["parts"].as_array().unwrap();
    let sum: f64 = parts
        .iter()
        .map(|part| part["weight"].as_f64().unwrap())
        .sum();
    assert!((sum - candidate["match_weight"].as_f64().unwrap()).abs() < 1e-6);
    assert!(parts.iter().any(|part| part["comparison"] == "email"));

    let text = project.ok(&["match", anna]);
    assert!(
        text.starts_with(&format!("It is {}: ", customers["crm:1"])),
        "{text}"
    );
    let nobody = project.ok(&["match", r#"{"full_name": "Cosima Haddad"}"#]);
    assert!(nobody.starts_with("Nobody that is known"), "{nobody}");
    let company = r#"{"legal_name": "ACME Widgets", "website": "https://acme.example/shop"}"#;
    let answer = ask(&project, &["--entity", "account", company]);
    assert_eq!(answer["decision"], "match");
    assert!(answer["customer_id"].as_str().unwrap().starts_with("A-"));

    // A decision of a steward stands above the record that takes another's place.
    let typed = r#"{"source_record_id": "2", "given_name": "Ana", "family_name": "Moss", "email": "anna@moss.example"}"#;
    let of_feed = ["--feed", "crm_person", typed];
    assert_eq!(
        ask(&project, &of_feed)["customer_id"],
        json!(customers["crm:1"])
    );
    project.ok(&[
        "steward", "distinct", "crm:1", "crm:2", "--by", "kim", "--reason", "asked",
    ]);
    // Nobody asks again; the record is there, and stays what it is.
    let answer = ask(&project, &of_feed);
    assert_eq!(answer["decision"], "match");
    assert_eq!(answer["known_as"], json!(customers["crm:2"]));
    assert_eq!(answer["customer_id"], json!(customers["crm:2"]));
    assert_eq!(answer["candidates"][0]["decision"], "distinct");
    let other = r#"{"source_record_id": "2", "given_name": "Omar", "family_name": "Wei"}"#;
    let of_feed = ["--feed", "crm_person", other];
    assert_eq!(
        ask(&project, &of_feed)["customer_id"],
        json!(customers["crm:2"])
    );
    project.ok(&[
        "steward",
        "same",
        "crm:1",
        "crm:2",
        "--by",
        "kim",
        "--reason",
        "asked once more",
    ]);
    let answer = ask(&project, &of_feed);
    assert_eq!(answer["decision"], "match");
    assert_eq!(answer["customer_id"], json!(customers["crm:1"]));
    assert_eq!(answer["candidates"][0]["decision"], "same");

    // From standard input, where no list of processes shows it.
    let mut asking = project.command(&["match", "-", "--json"]);
    let asking = asking.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut asked = asking.spawn().unwrap();
    asked
        .stdin
        .take()
        .unwrap()
        .write_all(anna.as_bytes())
        .unwrap();
    let said = asked.wait_with_output().unwrap().stdout;
    let said: Value = serde_json::from_slice(&said).unwrap();
    assert_eq!(said["customer_id"], json!(customers["crm:1"]));
}

/// All files of the lake.
fn files(project: &Project) -> BTreeSet<std::path::PathBuf> {
    let mut folders = vec![project.lake()];
    let mut files = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => _ = files.insert(path),
            }
        }
    }
    files
}

#[test]
fn a_question_is_read_as_a_file_would_be_and_leaves_nothing() {
    let project = Project::of(&["person crm"]);
    project.lines(&[
        "person crm 1; given_name=Anna; family_name=Moss; email=anna@moss.example; phone=+1 312 867 4411",
    ]);
    project.run();
    let before = files(&project);
    // A number by which a state knows a person is hashed with a key that this lake does not have.
    let typed = r#"{"given_name": "Anna", "family_name": "Moss", "email": "anna@moss.example", "national_id": "536-22-8714"}"#;
    assert_eq!(ask(&project, &[typed])["decision"], "match");
    assert_eq!(files(&project), before);
    // Cells are text, and empty ones hold nothing.
    project.map(
        "crm_person",
        "SELECT source_record_id, given_name, family_name, replace(phone, '-', '') AS phone \
         FROM input WHERE family_name IS NOT NULL",
    );
    project.lines(&["person crm 2; given_name=Omar; family_name=Wei; phone=1-312-867-4412"]);
    project.run();
    let typed = |family: &str| {
        let row = json!({"source_record_id": 7, "given_name": "Omar", "family_name": family, "phone": 13128674412_i64});
        row.to_string()
    };
    let answer = ask(&project, &["--feed", "crm_person", &typed("Wei")]);
    assert_eq!(
        answer["customer_id"],
        json!(project.customers()["crm:2"]),
        "{answer}"
    );
    let said = project.fails(&["match", "--feed", "crm_person", &typed("")]);
    assert!(said.contains("makes 0 records"), "{said}");
    let long = format!(
        r#"{{"email": [{}"a@b.example"]}}"#,
        r#""a@b.example","#.repeat(100)
    );
    for record in [long, format!(r#"{{"city": "{}"}}"#, "x".repeat(300_000))] {
        let mut asking = project.command(&["match", "-"]);
        asking.stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut asked = asking.spawn().unwrap();
        asked
            .stdin
            .take()
            .unwrap()
            .write_all(record.as_bytes())
            .unwrap();
        let said = asked.wait_with_output().unwrap();
        let said = String::from_utf8(said.stderr).unwrap();
        assert!(said.contains("larger than 256 KiB"), "{said}");
    }
}

#[test]
fn what_cannot_be_asked_is_said_without_repeating_it() {
    let project = Project::of(&["person crm", "consent crm"]);
    project.lines(&["person crm 1; given_name=Anna; family_name=Moss; email=anna@moss.example"]);
    project.run();
    for (arguments, why) in [
        (&["match", "{anna@moss.example"][..], "no JSON object"),
        (&["match", "[1]"], "no JSON object"),
        (
            &["match", r#"{"name": "anna@moss.example"}"#],
            "no column \"name\"",
        ),
        (&["match", r#"{"email": {"a": "anna@moss.example"}}"#], ""),
        (&["match", "{}"], "empty"),
        (&["match", " "], "there is no record"),
        (
            &["match", "--feed", "shop_person", "{}"],
            "c360.toml has no feed \"shop_person\"; it has crm_person",
        ),
        (
            &["match", "--feed", "crm_consent", "{}"],
            "holds rows of kind consent",
        ),
        (
            &[
                "match",
                "--feed",
                "crm_person",
                r#"{"given_name": "anna@moss.example"}"#,
            ],
            "source_record_id",
        ),
        (
            &["match", r#"{"given_name": "Anna", "is_deleted": true}"#],
            "deleted",
        ),
    ] {
        let said = project.fails(arguments);
        assert!(said.contains(why), "{arguments:?}: {said}");
        assert!(!said.contains("moss.example"), "{arguments:?}: {said}");
    }
    project.edit(|toml| toml + "[matching]\nblock_records = 50\n");
    let said = project.fails(&["match", r#"{"given_name": "Anna"}"#]);
    assert!(said.contains("others than in the last run"), "{said}");
}
