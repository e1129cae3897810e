//! A property test over small worlds from a seed: the files of three feeds in any order, split, delivered twice.

use super::support::{Project, Random};

const CASES: u64 = 8;
const FEEDS: [&str; 3] = ["person crm", "person shop", "consent shop"];

const GIVEN: [&str; 8] = ["Jane", "Janet", "Robert", "Bob", "Li", "Omar", "Pia", "J."];
const FAMILY: [&str; 5] = ["Roe", "Wei", "Haddad", "Moss", "O'Connor"];
const BORN: [&str; 4] = ["", "", "1980-02-03", "1991-11-12"];
const CITIES: [&str; 2] = [
    "Denver; region=CO; postcode=80202",
    "Boston; region=MA; postcode=02108",
];

/// Sixty rows: few people, so that they meet, marry, move, conflict, are deleted, and change their minds.
pub fn world(random: &mut Random) -> Vec<String> {
    let mut lines = Vec::new();
    for _ in 0..44 {
        let source = *random.pick(&["crm", "shop"]);
        let family = *random.pick(&FAMILY);
        let mut line = format!(
            "person {source} {}; given_name={}; family_name={family}; email={}",
            random.below(14),
            random.pick(&GIVEN),
            email(random),
        );
        for (column, values) in [
            (
                "phone",
                &["", "+1 312 867 4411", "+1 312 867 4412", "+1 312 867 4413"][..],
            ),
            ("birth_date", &BORN),
            ("name_suffix", &["", "", "", "Jr"]),
            (
                "company_name",
                &["", "", "Acme Widgets Inc.", "ACME Widgets"],
            ),
            ("city", &CITIES),
            ("address_line1", &["1 Elm Street", "77 Quarry Lane"]),
            ("customer_number", &["", "", "", "C-17", "C-18"]),
            (
                "updated_at",
                &["", "2026-01-01", "2026-01-02", "2026-01-02", "2026-01-03"],
            ),
            ("is_deleted", &["", "", "", "", "", "true"]),
        ] {
            line.push_str(&format!("; {column}={}", random.pick(values)));
        }
        lines.push(line);
    }
    for _ in 0..16 {
        let subject = if random.below(3) == 0 {
            format!("person_id={}", random.below(14))
        } else {
            format!("email={}", email(random))
        };
        lines.push(format!(
            "consent shop; {subject}; purpose=marketing; channel={}; status={}; stated_at={}",
            random.pick(&["email", "sms", "all"]),
            random.pick(&[
                "granted",
                "granted",
                "granted",
                "denied",
                "withdrawn",
                "pending"
            ]),
            random.pick(&["2026-01-01", "2026-01-02", "2026-01-03"]),
        ));
    }
    lines
}

fn email(random: &mut Random) -> String {
    format!(
        "{}@example.org",
        random.pick(&[
            "jane", "roe", "bob", "li", "omar", "family", "pia", "moss", "w"
        ])
    )
}

pub fn drop(project: &Project, name: &str, lines: &[String]) {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    project.lines_as(name, &lines);
}

#[test]
fn files_in_any_order_split_or_twice_give_the_same_tables() {
    for seed in 1..=CASES {
        let mut random = Random(seed);
        let lines = world(&mut random);
        let at_once = Project::of(&FEEDS);
        drop(&at_once, "all", &lines);
        at_once.run();
        let expected = at_once.current();

        // Everything once more, as one lake of several runs.
        let mut shuffled = lines.clone();
        random.shuffle(&mut shuffled);
        let pieces = 2 + random.below(3);
        let piecemeal = Project::of(&FEEDS);
        for (piece, rows) in shuffled.chunks(lines.len().div_ceil(pieces)).enumerate() {
            drop(&piecemeal, &format!("piece{piece}"), rows);
            if random.below(2) == 0 {
                drop(&piecemeal, &format!("piece{piece}_again"), rows);
            }
            if random.below(3) > 0 || piece + 1 == pieces {
                piecemeal.run();
            }
        }
        // And all of it late, once more, in one file.
        if random.below(2) == 0 {
            drop(&piecemeal, "late", &shuffled);
        }
        piecemeal.run();
        expected.assert_same(&piecemeal.current(), &format!("seed {seed}"));
    }
}

#[test]
fn a_second_run_finds_nothing_new() {
    let project = Project::of(&FEEDS);
    drop(&project, "all", &world(&mut Random(99)));
    project.run();
    let (versions, everything) = (project.versions(), project.everything());
    let report = project.run();
    assert!(
        report.json["feeds"]
            .as_array()
            .unwrap()
            .iter()
            .all(|feed| feed["rows_read"] == 0)
    );
    assert_eq!(project.versions(), versions, "no table has a new version");
    everything.assert_equal(&project.everything(), "the second run");
}
