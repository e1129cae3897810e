//! Random rules of survivorship against a plain evaluator that knows nothing of `shared/`: it reads what silver holds and asks one
//! criterion after another.

use super::support::{Feed, Project, Random};
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

const PEOPLE: usize = 50;
const SOURCES: [&str; 3] = ["crm", "shop", "support"];
const FURTHER: [&str; 3] = ["tier", "note", "score"];

/// People of one to five records that agree on who they are and on little else.
fn dropped(random: &mut Random) -> Project {
    let mapping = "SELECT id AS source_record_id, given_name, family_name, email, phone, company_name, address_line1, city, \
                   postcode, updated_at, verified_at, tier, note, score FROM input";
    let feeds: Vec<Feed> = SOURCES
        .iter()
        .map(|source| Feed::new(&format!("{source}_people"), source, "person", mapping))
        .collect();
    let project = Project::new(&feeds);
    let header = "id,given_name,family_name,email,phone,company_name,address_line1,city,postcode,updated_at,verified_at,tier,note,score\n";
    let mut files = SOURCES.map(|_| header.to_owned());
    let syllables = ["ba", "do", "fe", "gi", "ku", "la", "mo", "ne", "pi", "ru"];
    for person in 0..PEOPLE {
        let word =
            |random: &mut Random| -> String { (0..4).map(|_| *random.pick(&syllables)).collect() };
        let (given, family) = (word(random), word(random));
        for record in 0..1 + random.below(5) {
            let source = random.below(SOURCES.len());
            let phone = match random.below(4) {
                0 => String::new(),
                other => format!("+1415{}{}", 210 + person, 2000 + other),
            };
            let number = 1 + random.below(3);
            let (line, city, postcode) = match random.below(4) {
                0 => (format!("{number} Main Street"), "San Francisco", "94105"),
                1 => (
                    format!("{number}{number} Long Winding Avenue"),
                    "San Francisco",
                    "94107",
                ),
                // incomplete: it never beats a whole address
                2 => (String::new(), "San Francisco", "94110"),
                _ => (String::new(), "", ""),
            };
            let day = match random.below(6) {
                0 => String::new(),
                day => format!("2026-01-{:02}", 10 * (day % 3) + 1),
            };
            files[source].push_str(&format!(
                "{person}-{record},{given},{family},{given}.{family}@home.example,{phone},{},{line},{city},{postcode},{day},{},{},{},{}\n",
                random.pick(&["", "Acme", "Bolt", "Bolt Works"]),
                random.pick(&["", "", "2026-02-01", "2026-03-01"]),
                random.pick(&["", "gold", "silver", "Ünique"]),
                random.pick(&["", "a", "bb", "bb", "ccc", "\"with, comma\""]),
                random.pick(&["", "9", "10", "-2.5", "-20", "none", "0.5"]),
            ));
        }
    }
    for (source, content) in SOURCES.iter().zip(files) {
        project.drop(&format!("{source}_people.csv"), content);
    }
    project
}

/// A value as one record states it, under one of the roles that it may be preferred for.
#[derive(Clone, Debug)]
struct Stated {
    value: String,
    record: i64,
    role: String,
    /// Times of one form sort as text; "" is none.
    known: String,
    verified: String,
    is_valid: bool,
}

type Candidates = BTreeMap<(String, &'static str), Vec<Stated>>;

/// What the newest silver rows state, by customer and attribute, and how many attributes each record states.
fn stated(project: &Project) -> (Candidates, BTreeMap<i64, usize>) {
    let persons = project.table("silver.persons");
    let customers: BTreeMap<String, String> = project
        .table("silver.crosswalk")
        .iter()
        .map(|row| {
            (
                row.get("record_key").to_owned(),
                row.get("customer_id").to_owned(),
            )
        })
        .collect();
    let mut candidates = Candidates::new();
    let mut attributes: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    let mut known = BTreeMap::new();
    for row in persons.iter() {
        let key = row.get("record_key");
        let record: i64 = key.parse().unwrap();
        let at = match row.get("updated_at") {
            "" => row.get("extracted_at"),
            at => at,
        };
        known.insert(record, (row.get("source_role").to_owned(), at.to_owned()));
        let of = attributes.entry(record).or_default();
        for (column, attribute) in [
            ("full_name", "name"),
            ("company_name", "company_name"),
            ("country", "country"),
        ] {
            if !row.get(column).is_empty() {
                of.insert(attribute.to_owned());
            }
        }
        let mut values = vec![("company_name", row.get("company_name").to_owned())];
        let further: serde_json::Value =
            serde_json::from_str(row.get("attributes")).unwrap_or_default();
        for name in FURTHER {
            let value = further[name].as_str().unwrap_or_default().to_owned();
            if !value.is_empty() {
                of.insert(name.to_owned());
            }
            values.push((name, value));
        }
        for (attribute, value) in values {
            if !value.is_empty() {
                let of = candidates.entry((customers[key].clone(), attribute));
                of.or_default().push(Stated {
                    value,
                    record,
                    role: row.get("source_role").to_owned(),
                    known: at.to_owned(),
                    verified: String::new(),
                    is_valid: true,
                });
            }
        }
    }
    for row in project.table("silver.contact_points").iter() {
        let record: i64 = row.get("owner_key").parse().unwrap();
        attributes
            .get_mut(&record)
            .unwrap()
            .insert(row.get("channel").to_owned());
        if row.get("channel") == "phone" {
            let (role, at) = known[&record].clone();
            let of = candidates.entry((customers[row.get("owner_key")].clone(), "phone"));
            of.or_default().push(Stated {
                value: row.get("value").to_owned(),
                record,
                role,
                known: at,
                verified: row.get("verified_at").to_owned(),
                is_valid: true,
            });
        }
    }
    for row in project.table("silver.addresses").iter() {
        let record: i64 = row.get("owner_key").parse().unwrap();
        attributes
            .get_mut(&record)
            .unwrap()
            .insert("address".to_owned());
        let (role, at) = known[&record].clone();
        let area = [row.get("region"), row.get("postcode")];
        let area: Vec<&str> = area.into_iter().filter(|part| !part.is_empty()).collect();
        let parts = [
            row.get("address_line1"),
            row.get("address_line2"),
            row.get("city"),
            &area.join(" "),
            row.get("country"),
        ];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let kind = row.get("kind");
        let mut roles = vec![role];
        if !kind.is_empty() {
            roles.push(kind.to_owned());
            if !row.get("verified_at").is_empty() {
                roles.push(format!("verified_{kind}"));
            }
        }
        for role in roles {
            let of = candidates.entry((customers[row.get("owner_key")].clone(), "address"));
            of.or_default().push(Stated {
                value: parts.join(", "),
                record,
                role,
                known: at.clone(),
                verified: row.get("verified_at").to_owned(),
                is_valid: row.get("is_valid") == "true" && !row.get("address_line1").is_empty(),
            });
        }
    }
    let counts = attributes
        .into_iter()
        .map(|(record, of)| (record, of.len()));
    (candidates, counts.collect())
}

fn as_number(text: &str) -> Option<f64> {
    text.chars()
        .all(|c| c.is_ascii_digit() || "-.".contains(c))
        .then(|| text.parse().ok())
        .flatten()
}

/// `Less`: the first is better.
fn by(
    criterion: &str,
    a: &Stated,
    b: &Stated,
    of: &[Stated],
    filled: &BTreeMap<i64, usize>,
) -> Ordering {
    let frequency = |value: &str| {
        let records: BTreeSet<i64> = of
            .iter()
            .filter(|one| one.value == value)
            .map(|one| one.record)
            .collect();
        Reverse(records.len())
    };
    let smaller = || match (as_number(&a.value), as_number(&b.value)) {
        (Some(a), Some(b)) => a.partial_cmp(&b).unwrap(),
        (None, None) => a.value.cmp(&b.value),
        _ => Ordering::Equal,
    };
    let numbers_first = || {
        as_number(&a.value)
            .is_none()
            .cmp(&as_number(&b.value).is_none())
    };
    match criterion {
        "most_recent" => b.known.cmp(&a.known),
        "most_frequent" => frequency(&a.value).cmp(&frequency(&b.value)),
        "most_complete" => filled[&b.record].cmp(&filled[&a.record]),
        "longest" => b.value.chars().count().cmp(&a.value.chars().count()),
        "max" => numbers_first().then(smaller().reverse()),
        "min" => numbers_first().then(smaller()),
        "most_recently_verified" => b.verified.cmp(&a.verified),
        // nobody is reachable, and what is not valid is last anyhow
        "reachable" | "valid_first" | "not_marketing_form" => Ordering::Equal,
        order => {
            let place = |role: &str| {
                order
                    .split(" > ")
                    .position(|one| one == role)
                    .unwrap_or(usize::MAX)
            };
            place(&a.role).cmp(&place(&b.role))
        }
    }
}

/// The first criterion of a chain under which one is better, and how.
fn decided<'a>(
    chain: &'a [String],
    a: &Stated,
    b: &Stated,
    of: &[Stated],
    filled: &BTreeMap<i64, usize>,
) -> (Ordering, &'a str) {
    let valid = b.is_valid.cmp(&a.is_valid);
    if valid.is_ne() {
        return (valid, "valid_first");
    }
    for criterion in chain {
        let order = by(criterion, a, b, of, filled);
        if order.is_ne() {
            return (order, criterion);
        }
    }
    (Ordering::Equal, "value")
}

struct Rule {
    chain: Vec<String>,
    keeps_all: bool,
}

fn random_rule(random: &mut Random, attribute: &str, may_keep_all: bool) -> Rule {
    let mut criteria: Vec<String> = [
        "most_recent",
        "most_recently_verified",
        "most_frequent",
        "most_complete",
        "longest",
        "reachable",
        "valid_first",
        "not_marketing_form",
        "max",
        "min",
    ]
    .map(str::to_owned)
    .into();
    criteria.retain(|criterion| match criterion.as_str() {
        "most_recently_verified" => ["phone", "address"].contains(&attribute),
        "reachable" => attribute == "phone",
        "not_marketing_form" => false,
        _ => true,
    });
    let mut roles = SOURCES.to_vec();
    random.shuffle(&mut roles);
    roles.truncate(1 + random.below(3));
    // twice as likely as any other
    criteria.push(roles.join(" > "));
    roles.rotate_left(1);
    if roles.len() > 1 {
        criteria.push(roles.join(" > "));
    }
    random.shuffle(&mut criteria);
    criteria.truncate(1 + random.below(4));
    Rule {
        chain: criteria,
        keeps_all: may_keep_all && random.below(3) == 0,
    }
}

fn write_rules(project: &Project, rules: &BTreeMap<&'static str, Rule>) {
    let line = |attribute: &str| {
        let rule = &rules[attribute];
        let mut words: Vec<String> = rule.chain.iter().map(|word| format!("{word:?}")).collect();
        if rule.keeps_all {
            words.insert(0, "\"all\"".into());
        }
        format!("{attribute} = [{}]\n", words.join(", "))
    };
    let standard: String = ["company_name", "phone", "address"].map(line).concat();
    let further = FURTHER.map(line).concat();
    project.edit(|toml| {
        let kept = toml.split("[survivorship").next().unwrap().trim_end();
        format!(
            "{kept}\n[survivorship.person]\n{standard}[survivorship.person.attributes]\n{further}"
        )
    });
}

#[test]
fn any_rules_leave_what_a_plain_evaluator_chooses() {
    let mut random = Random(11);
    let project = dropped(&mut random);
    let (as_of, mut beaten_by) = ("2026-06-01T00:00:00Z", BTreeSet::new());
    project.run_at(as_of);
    let (candidates, filled) = stated(&project);
    let several = candidates.values().filter(|of| of.len() > 2).count();
    assert!(several > 100, "{several} choices are none at all");
    for config in 0..8 {
        let rules: BTreeMap<&'static str, Rule> = [
            ("company_name", true),
            ("phone", false),
            ("address", false),
            ("tier", true),
            ("note", true),
            ("score", true),
        ]
        .map(|(attribute, may)| (attribute, random_rule(&mut random, attribute, may)))
        .into();
        write_rules(&project, &rules);
        project.ok(&["run", "golden", "--as-of", as_of]);
        let golden = project.table("gold.golden_values");
        let lineage = project.table("gold.golden_lineage");
        let people = project.table("gold.dim_customer");
        let mut beaten = 0;
        for ((customer, attribute), of) in &candidates {
            let at = format!("configuration {config}: {attribute} of {customer}");
            let rule = &rules[attribute];
            let mut sorted = of.clone();
            sorted.sort_by(|a, b| {
                let (order, _) = decided(&rule.chain, a, b, of, &filled);
                order
                    .then_with(|| a.value.cmp(&b.value))
                    .then(a.record.cmp(&b.record))
                    .then_with(|| a.role.cmp(&b.role))
            });
            let mut seen = BTreeSet::new();
            let ranked: Vec<&Stated> = sorted
                .iter()
                .filter(|one| seen.insert(one.value.as_str()))
                .collect();
            let best = ranked[0];
            let row = golden.one(&[("customer_id", customer), ("attribute", attribute)]);
            let expected = match rule.keeps_all {
                true => serde_json::json!(ranked.iter().map(|one| &one.value).collect::<Vec<_>>())
                    .to_string(),
                false => best.value.clone(),
            };
            assert_eq!(row.get("value"), expected, "{at} by {}", row.get("rule"));
            assert_eq!(row.get("record_key"), best.record.to_string(), "{at}");
            assert_eq!(row.get("role"), best.role, "{at}");
            let shown = people.one(&[("customer_id", customer)]);
            if FURTHER.contains(attribute) {
                let object: serde_json::Value =
                    serde_json::from_str(shown.get("attributes")).unwrap();
                let value = &object[*attribute];
                assert_eq!(
                    value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned),
                    expected,
                    "{at}"
                );
            }
            let rows = lineage.find(&[("customer_id", customer), ("attribute", attribute)]);
            if rule.keeps_all {
                assert!(rows.is_empty(), "{at}: nothing is beaten");
                continue;
            }
            assert_eq!(rows.len(), ranked.len() - 1, "{at}");
            for loser in &ranked[1..] {
                beaten += 1;
                let row = lineage.one(&[
                    ("customer_id", customer),
                    ("attribute", attribute),
                    ("value", &loser.value),
                ]);
                let (_, by) = decided(&rule.chain, best, loser, of, &filled);
                let records: BTreeSet<i64> = of
                    .iter()
                    .filter(|one| one.value == loser.value)
                    .map(|one| one.record)
                    .collect();
                assert_eq!(row.get("beaten_by"), by, "{at}: {}", loser.value);
                assert_eq!(row.get("record_count"), records.len().to_string(), "{at}");
                assert_eq!(row.get("record_key"), loser.record.to_string(), "{at}");
                assert_eq!(row.get("golden_value"), expected, "{at}");
                beaten_by.insert(by.to_owned());
            }
        }
        assert!(
            beaten > 20,
            "configuration {config} has {beaten} values to beat"
        );
    }
    // every way to lose that the world can bring was seen
    for way in [
        "valid_first",
        "value",
        "most_recent",
        "most_recently_verified",
        "longest",
        "max",
        "min",
        "most_frequent",
        "most_complete",
    ] {
        assert!(
            beaten_by.contains(way),
            "{way} never decided: {beaten_by:?}"
        );
    }
    assert!(
        beaten_by.iter().any(|way| way.contains(" > ")),
        "{beaten_by:?}"
    );
}

#[test]
fn rules_that_cannot_be_are_refused_before_anything_is_written() {
    let project = dropped(&mut Random(1));
    for (rules, told) in [
        ("[survivorship.person]\nemial = [\"longest\"]", "emial"),
        ("[survivorship.person]\nphone = [\"newest\"]", "most_recent"),
        ("[survivorship.person]\nphone = [\"crm > shpo\"]", "shpo"),
        ("[survivorship.person]\nphone = [\"all\"]", "one value"),
        ("[survivorship.household]\nphone = [\"max\"]", "household"),
    ] {
        project.edit(|toml| {
            let kept = toml.split("[survivorship").next().unwrap().trim_end();
            format!("{kept}\n{rules}\n")
        });
        for command in ["check", "run"] {
            let said = project.fails(&[command]);
            assert!(
                said.contains(told) && said.contains("c360.toml"),
                "{rules}: {said}"
            );
        }
    }
    assert!(project.versions().is_empty());
}

#[test]
fn a_stewards_choice_holds_until_it_is_over_or_taken_back() {
    let mapping = "SELECT id AS source_record_id, full_name, email, phone, company_name, tier, updated_at FROM input";
    let project = Project::new(&[
        Feed::new("crm_people", "crm", "person", mapping),
        Feed::new("shop_people", "shop", "person", mapping),
    ]);
    let header = "id,full_name,email,phone,company_name,tier,updated_at\n";
    let ann = |id: u32, phone: &str, company: &str, tier: &str| {
        format!("{header}{id},Ann Abel,ann@home.example,{phone},{company},{tier},2026-01-0{id}\n")
    };
    project.drop("crm_people.csv", ann(1, "+14155552671", "Acme", "gold"));
    project.drop("shop_people.csv", ann(2, "+14155552672", "Bolt", "silver"));
    project.run_at("2026-02-01");
    let golden = |attribute: &str, column: &str| {
        let values = project.table("gold.golden_values");
        values
            .one(&[("attribute", attribute)])
            .get(column)
            .to_owned()
    };
    assert_eq!(golden("phone", "value"), "+14155552671");
    let choose = |more: &[&str]| {
        let mut command = vec!["steward", "value"];
        command.extend(more);
        command.extend([
            "--by",
            "Sue",
            "--reason",
            "she called",
            "--as-of",
            "2026-02-02",
        ]);
        command
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<String>>()
    };
    let ok = |more: &[&str]| {
        let command = choose(more);
        project.ok(&command.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let before = project.versions();
    for (more, told) in [
        (&["crm:9", "phone", "+14155552672"][..], "no person record"),
        (
            &["crm:1", "phone", "+14155552699"][..],
            "no record of this customer states",
        ),
        (&["crm:1", "shoe_size", "42"][..], "company_name, "),
        (&["crm:1", "country", "US"][..], "follows from"),
        (&["crm:1", "tier", " "][..], "empty"),
        (
            &["crm:1", "tier", "x", "--until", "2026-01-01"][..],
            "over already",
        ),
    ] {
        let command = choose(more);
        let said = project.fails(&command.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(said.contains(told), "{told}: {said}");
    }
    assert_eq!(project.versions(), before, "nothing was written");

    ok(&["crm:1", "phone", "+14155552672"]);
    ok(&["shop:2", "tier", "platinum", "--until", "2026-03-01"]);
    ok(&["crm:1", "company_name", "Abel & Co"]);
    project.run_at("2026-02-03");
    assert_eq!(golden("phone", "value"), "+14155552672");
    assert_eq!(golden("phone", "source_system"), "shop");
    assert_eq!(golden("phone", "rule"), "steward Sue: she called");
    assert_eq!(golden("tier", "value"), "platinum");
    assert_eq!(golden("tier", "role"), "steward");
    assert_eq!(golden("company_name", "value"), "Abel & Co");
    let lineage = project.table("gold.golden_lineage");
    for (attribute, beaten) in [
        ("phone", "+14155552671"),
        ("tier", "gold"),
        ("tier", "silver"),
    ] {
        let row = lineage.one(&[("attribute", attribute), ("value", beaten)]);
        assert_eq!(row.get("beaten_by"), "steward", "{attribute} {beaten}");
    }
    // a file that says it again changes nothing, nor does another run
    project.drop("crm_people_2.csv", ann(1, "+14155552671", "Acme", "bronze"));
    project.run_at("2026-02-04");
    assert_eq!(golden("company_name", "value"), "Abel & Co");
    ok(&["shop:2", "company_name", "--take-back"]);
    project.run_at("2026-03-02");
    assert_eq!(golden("tier", "value"), "silver", "the choice is over");
    assert_eq!(
        golden("company_name", "value"),
        "Acme",
        "taken back through the other record"
    );
    assert_eq!(golden("phone", "value"), "+14155552672", "for ever");
}
