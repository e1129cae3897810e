//! A run compares what changed, and comes to what comparing everything comes to.

use crate::order::{drop, world};
use crate::support::{Project, Random};
use serde_json::json;
use std::collections::BTreeSet;

/// Tables whose rows must be the same, whichever way they came about.
const TABLES: [&str; 10] = [
    "silver.crosswalk",
    "silver.scored_edges",
    "silver.review_queue",
    "silver.customers",
    "silver.households",
    "silver.shared_values",
    "silver.compared_records",
    "silver.block_keys",
    "silver.limited_blocks",
    "silver.value_frequencies",
];

const GIVEN: [&str; 7] = [
    "Anna", "Bertram", "Cosima", "Dieter", "Emil", "Fritz", "Greta",
];
const FAMILY: [&str; 5] = ["Moss", "Haddad", "Kowalski", "Lindqvist", "Okafor"];

/// The model is trained in the first run alone, and blocks are limited early.
fn never_trained_again(project: &Project, shared_records: usize) {
    project.edit(|toml| {
        format!(
            "{toml}[matching]\nretrain_below = 0\nretrain_share = 1000\nblock_records = 3\n\
             shared_records = {shared_records}\nid_churn_limit = 1.0\n"
        )
    });
}

pub fn run(project: &Project) {
    let landing = project.landing().display().to_string();
    project.ok(&["run", "standardize", "--landing", &landing]);
    project.ok(&["run", "resolve"]);
}

/// What of the newest run of persons stands in `silver.resolve_runs`.
fn newest(project: &Project, column: &str) -> String {
    let runs = project.table("silver.resolve_runs");
    let newest = runs
        .find(&[("entity", "person")])
        .into_iter()
        .max_by_key(|row| row.get("valid_from").to_owned());
    newest.unwrap().get(column).to_owned()
}

fn number(project: &Project, column: &str) -> u64 {
    newest(project, column).parse().unwrap()
}

#[test]
fn any_sequence_of_drops_ends_as_if_all_were_compared() {
    let (mut pairs, mut pairs_of_all) = (0, 0);
    let mut treatments = BTreeSet::new();
    for seed in 11..=13 {
        let project = Project::of(&["person crm", "person shop", "account crm", "consent shop"]);
        never_trained_again(&project, if seed == 12 { 4 } else { 100 });
        let mut random = Random(seed);
        let mut lines = world(&mut random);
        lines.extend(world(&mut random));
        // A crowd under one phone, and companies.
        for at in 0..36 {
            lines.push(format!(
                "person crm {}; given_name={}; family_name={}; phone=+1 312 867 4499; updated_at=2026-01-02",
                100 + at,
                GIVEN[at % 7],
                FAMILY[at % 5],
            ));
            // Some leave it: the crowd grows, and shrinks.
            if at % 4 == 0 {
                lines.push(format!(
                    "person crm {}; given_name={}; family_name={}; phone=+1 312 867 4498; updated_at=2026-01-0{}",
                    100 + at,
                    GIVEN[at % 7],
                    FAMILY[at % 5],
                    1 + 2 * random.below(2),
                ));
            }
            lines.push(format!(
                "account crm {}; legal_name={} {}; website=www.{}.example; updated_at=2026-01-0{}",
                at % 12,
                random.pick(&["Acme", "Globex", "Initech"]),
                random.pick(&["Inc.", "Ltd", "Widgets Inc."]),
                random.pick(&["acme", "globex", "initech"]),
                1 + random.below(4),
            ));
        }
        random.shuffle(&mut lines);
        for (at, rows) in lines.chunks(lines.len().div_ceil(5)).enumerate() {
            drop(&project, &format!("piece{at}"), rows);
            run(&project);
            let is_trained = newest(&project, "is_trained");
            assert_eq!(
                is_trained,
                if at == 0 { "true" } else { "false" },
                "seed {seed}, drop {at}"
            );
            if at % 2 == 0 {
                let whole = project.fork();
                whole.ok(&["resolve", "--compare-all"]);
                if at > 0 {
                    pairs += number(&project, "pairs_compared");
                    pairs_of_all += number(&whole, "pairs_compared");
                    assert_eq!(newest(&project, "model_id"), newest(&whole, "model_id"));
                }
                let limited = project.table("silver.limited_blocks");
                treatments.extend(limited.iter().map(|row| row.get("treatment").to_owned()));
                for table in TABLES {
                    let of = |project: &Project| project.table(table).settled(&["run_id"]);
                    assert_eq!(of(&project), of(&whole), "{table}, seed {seed}, drop {at}");
                }
            }
        }
    }
    assert!(
        pairs < pairs_of_all,
        "{pairs} of {pairs_of_all} were compared"
    );
    assert_eq!(Vec::from_iter(treatments), ["crowd", "first", "refused"]);
}

/// A name of its own for each: digits are none of a name.
fn letters(id: usize) -> String {
    let letter = |at: usize| char::from(b'a' + (at % 26) as u8);
    format!("{}{}son", letter(id / 26), letter(id))
}

#[test]
fn a_value_that_becomes_common_is_rare_no_more() {
    let people = |from: usize, family: &'static str, town: &'static str| {
        (from..from + 60).map(move |id| {
            format!(
                "person crm {id}; given_name={}; family_name={family}{}; city={town}; email=p{id}@home{id}.example",
                ["Anna", "Berta", "Cora", "Dora", "Elsa", "Frida"][id % 6],
                if family == "F" { letters(id) } else { String::new() },
            )
        })
    };
    let first: Vec<String> = people(0, "F", "Denver").collect();
    let later: Vec<String> = people(100, "Nguyen", "Boston").collect();
    let (apart, together) = (Project::of(&["person crm"]), Project::of(&["person crm"]));
    for project in [&apart, &together] {
        project.edit(|toml| {
            toml + "[matching]\nretrain_below = 0\nretrain_share = 1000\nid_churn_limit = 1.0\n"
        });
    }
    drop(&apart, "first", &first);
    run(&apart);
    drop(&apart, "later", &later);
    run(&apart);
    drop(&together, "all", &[first, later].concat());
    run(&together);
    let held = |project: &Project, comparison: &str| -> Vec<String> {
        let held = project.table("silver.value_frequencies");
        let of = held.find(&[("entity", "person"), ("comparison", comparison)]);
        let mut records: Vec<String> = of.iter().map(|row| row.get("records").to_owned()).collect();
        records.sort_unstable();
        records
    };
    assert_eq!(newest(&apart, "is_trained"), "false");
    assert_eq!(held(&apart, "family_name"), ["60"]);
    assert_eq!(held(&apart, "city"), held(&together, "city"));
    // Namesakes of one town: strangers, however few they were when the model was trained.
    let nguyens = |project: &Project| {
        let customers = project.customers();
        let of = customers
            .iter()
            .filter(|(record, _)| record.starts_with("crm:1") && record.len() == 7);
        of.map(|(_, id)| id.clone()).collect::<BTreeSet<_>>().len()
    };
    assert_eq!(nguyens(&apart), nguyens(&together));
}

#[test]
fn a_small_drop_compares_little() {
    let project = Project::of(&["person crm"]);
    project.edit(|toml| toml + "[matching]\nretrain_below = 0\n");
    let mut random = Random(7);
    let person = |random: &mut Random, id: usize| {
        format!(
            "person crm {id}; given_name={}{}; family_name={}{}; birth_date=19{}-0{}-1{}; \
             email=p{}@home{}.example; city=Denver; postcode=802{:02}",
            random.pick(&["An", "Be", "Cor", "Dar", "El", "Fi"]),
            random.pick(&["na", "rta", "a", "lin", "ton", "go"]),
            random.pick(&["Mc", "Van", "O", "De", "Fitz", "San"]),
            random.pick(&["dowell", "berg", "reilly", "mers", "gerald", "tos"]),
            50 + random.below(50),
            1 + random.below(9),
            random.below(9),
            random.below(1500),
            random.below(3),
            random.below(40),
        )
    };
    let lines: Vec<String> = (0..2_000).map(|id| person(&mut random, id)).collect();
    drop(&project, "all", &lines);
    run(&project);
    let all = number(&project, "pairs_compared");
    assert_eq!(number(&project, "records_changed"), 2_000);
    let few: Vec<String> = (2_000..2_020).map(|id| person(&mut random, id)).collect();
    drop(&project, "few", &few);
    let reported = project.run().json["resolved"].take();
    assert_eq!(newest(&project, "is_trained"), "false");
    assert_eq!(number(&project, "records_changed"), 20);
    let (pairs, touched) = (
        number(&project, "pairs_compared"),
        number(&project, "customers_touched"),
    );
    assert!(pairs > 0 && pairs * 20 <= all, "{pairs} of {all} pairs");
    assert!(touched <= 20, "{touched} customers");
    assert_eq!(
        reported,
        json!({
            "records_changed": 20,
            "customers_touched": touched,
            "pairs_compared": pairs,
            "bytes_read": reported["bytes_read"],
        })
    );
    assert!(reported["bytes_read"].as_u64().unwrap() > 10_000);

    // A twentieth of what the model was trained on is new: it is time for another.
    let more: Vec<String> = (3_000..3_090).map(|id| person(&mut random, id)).collect();
    drop(&project, "more", &more);
    run(&project);
    assert_eq!(newest(&project, "is_trained"), "true");
}

#[test]
fn a_correction_takes_back_what_it_alone_held_together() {
    let project = Project::of(&["person crm", "person shop"]);
    project.edit(|toml| {
        toml + "[matching]\nretrain_below = 0\nretrain_share = 1000\nid_churn_limit = 1.0\n"
    });
    project.lines(&[
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@work.example; updated_at=2026-01-01",
        "person shop A; given_name=Jane; family_name=Roe; email=jane@home.example; updated_at=2026-01-01",
        "person crm 2; given_name=Jane; family_name=Roe; email=jane@work.example,jane@home.example; updated_at=2026-01-01",
        "person crm 3; given_name=Li; family_name=Wei; email=li@home.example; updated_at=2026-01-01",
    ]);
    let mapping = "SELECT source_record_id, given_name, family_name, string_to_array(email, ',') AS email, updated_at, is_deleted FROM input";
    project.map("crm_person", mapping);
    run(&project);
    let before = project.customers();
    assert_eq!(before["crm:1"], before["shop:A"]);
    project.lines(&["person crm 2; given_name=Jane; family_name=Roe; email=other@else.example; updated_at=2026-01-02"]);
    run(&project);
    assert_eq!(newest(&project, "is_trained"), "false");
    let after = project.customers();
    assert_ne!(
        after["crm:1"], after["shop:A"],
        "nothing links them any more"
    );
    assert_eq!(after["crm:3"], before["crm:3"]);
}
