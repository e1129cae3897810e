//! Who lives together, without anybody being merged.

use crate::support::{Project, Table};

const FEEDS: [&str; 4] = ["person crm", "person shop", "account crm", "address shop"];

fn resolve(lines: &[&str]) -> Project {
    let project = Project::of(&FEEDS);
    project.lines(lines);
    project.run();
    project
}

/// The household of a record, and what ties it to the others.
fn household(project: &Project, record: &str) -> Option<(String, String)> {
    let customer = &project.customers()[record];
    let households: Table = project.table("silver.households");
    let found = households.find(&[("customer_id", customer)]);
    assert!(found.len() < 2, "one household each: {households:?}");
    found.first().map(|row| {
        let (id, evidence) = (row.get("household_id"), row.get("evidence"));
        (id.to_owned(), evidence.to_owned())
    })
}

fn live_together(project: &Project, records: &[&str], evidence: &str) {
    let first = household(project, records[0]);
    assert!(first.is_some(), "{} is in a household", records[0]);
    for record in records {
        let (id, tie) = household(project, record).unwrap_or_default();
        assert_eq!(
            (Some(&id), tie.as_str()),
            (first.as_ref().map(|(id, _)| id), evidence),
            "{record}"
        );
    }
}

fn live_alone(project: &Project, records: &[&str]) {
    for record in records {
        assert_eq!(household(project, record), None, "{record}");
    }
}

const OAK: &str =
    "address_line1=12 Oak Avenue; city=Chicago; region=IL; postcode=60601; country=US";

#[test]
fn an_address_and_a_name_or_a_private_contact_point_make_a_household() {
    let mut lines: Vec<String> = [
        "person shop a1; full_name=Peter Larsen; email=peter@home.example; {OAK}",
        "person shop a2; full_name=Ingrid Larsen; email=ingrid@home.example; {OAK}",
        // Peter again: one customer, and still one household of two
        "person crm a3; full_name=Peter Larsen; email=peter@home.example",
        // the lodger
        "person shop a4; full_name=Nils Berg; {OAK}",
        // the daughter, whose address another feed tells
        "person shop a5; full_name=Maja Larsen; email=maja@home.example",
        "address shop a5; kind=home; {OAK}",
        // one phone, two names
        "person shop b1; full_name=Ada Quist; phone=+1 312 867 4421",
        "person shop b2; full_name=Bo Frost; phone=+1 312 867 4421",
        // the office's phone
        "person crm c1; full_name=Cleo Dahl; phone=+1 312 867 4422; company_name=Initech",
        "person crm c2; full_name=Dag Eide; phone=+1 312 867 4422; company_name=Initech",
        // a company's phone, and a mailbox at its domain, that people gave as theirs
        "account crm 1; legal_name=Globex Corporation; phone=+1 312 867 4423; website=globex.example",
        "person shop d1; full_name=Eva Foss; phone=+1 312 867 4423",
        "person shop d2; full_name=Finn Gran; phone=+1 312 867 4423",
        "person shop d3; full_name=Gry Holt; email=west@globex.example",
        "person shop d4; full_name=Hans Iversen; email=west@globex.example",
        // a street without a number is no home
        "person shop e1; full_name=Ida Jensen; address_line1=Long Road; city=Boston; postcode=02108",
        "person shop e2; full_name=Jon Jensen; address_line1=Long Road; city=Boston; postcode=02108",
    ]
    .map(|line| line.replace("{OAK}", OAK))
    .to_vec();
    // A club's phone; and a block of flats whose units few tell, with two Smiths who are strangers.
    let names = [
        "Abel", "Bakke", "Carlsen", "Dunn", "Ellis", "Friis", "Gupta", "Hall", "Ito", "Jung",
        "Smith",
    ];
    for (at, name) in names.iter().enumerate() {
        lines.push(format!("person shop f{at}; full_name=Kim {name}; address_line1=500 Tower Road; city=Boston; postcode=02109"));
        if at < 7 {
            lines.push(format!(
                "person shop g{at}; full_name={name}y {name}son; phone=+1 312 867 4424"
            ));
        }
    }
    for line in [
        "person shop f11; full_name=Zoe Smith; address_line1=500 Tower Road; city=Boston; postcode=02109",
        "person shop f12; full_name=Minh Nguyen; address_line1=500 Tower Road; address_line2=Apt 4; city=Boston; postcode=02109",
        "person shop f13; full_name=Linh Nguyen; address_line1=500 Tower Road Apt 4; city=Boston; postcode=02109",
    ] {
        lines.push(line.into());
    }
    let project = resolve(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    live_together(
        &project,
        &["shop:a1", "crm:a3", "shop:a2", "shop:a5"],
        "address",
    );
    live_together(&project, &["shop:b1", "shop:b2"], "phone");
    live_together(&project, &["shop:f12", "shop:f13"], "address");
    live_alone(
        &project,
        &[
            "shop:a4", "crm:c1", "crm:c2", "shop:d1", "shop:d2", "shop:d3", "shop:d4", "shop:e1",
            "shop:e2", "shop:f0", "shop:f10", "shop:f11", "shop:g0", "shop:g6",
        ],
    );
    let customers = project.customers();
    assert_ne!(
        customers["shop:a1"], customers["shop:a2"],
        "nobody is merged"
    );
    let shown = project.ok(&["show", &customers["shop:a1"]]);
    let (id, _) = household(&project, "shop:a1").unwrap();
    for told in [id.as_str(), "Ingrid Larsen", "Maja Larsen"] {
        assert!(shown.contains(told), "{told} in\n{shown}");
    }
}

#[test]
fn a_household_keeps_its_id_while_people_come_and_go() {
    let project = resolve(&[
        &format!("person shop 1; full_name=Peter Larsen; updated_at=2026-01-01; {OAK}"),
        &format!("person shop 2; full_name=Ingrid Larsen; updated_at=2026-01-01; {OAK}"),
        "person shop 8; full_name=Ada Quist; phone=+1 312 867 4421",
        "person shop 9; full_name=Bo Frost; phone=+1 312 867 4421",
    ]);
    let id = household(&project, "shop:1").unwrap().0;
    let others = household(&project, "shop:8").unwrap().0;
    assert_ne!(id, others);
    // A third one comes; whoever had the smallest key may be the one who leaves.
    for (mover, place) in [("1", "7 Elm Street"), ("2", "9 Ash Street")] {
        let stays = if mover == "1" { "2" } else { "1" };
        let fork = project.fork();
        fork.lines(&[&format!("person shop 3; full_name=Maja Larsen; {OAK}")]);
        fork.run();
        live_together(&fork, &["shop:1", "shop:2", "shop:3"], "address");
        assert_eq!(household(&fork, "shop:3").unwrap().0, id);
        fork.lines(&[&format!(
            "person shop {mover}; full_name={} Larsen; updated_at=2026-02-01; address_line1={place}; city=Chicago; postcode=60602",
            if mover == "1" { "Peter" } else { "Ingrid" }
        )]);
        fork.run();
        live_together(&fork, &[&format!("shop:{stays}"), "shop:3"], "address");
        assert_eq!(
            household(&fork, "shop:3").unwrap().0,
            id,
            "the larger part keeps it"
        );
        live_alone(&fork, &[&format!("shop:{mover}")]);
        assert_eq!(
            household(&fork, "shop:8").unwrap().0,
            others,
            "others are left alone"
        );
    }
    // Two records of the household turn out to be one person: nobody is left to share with.
    project.ok(&[
        "steward",
        "same",
        "shop:8",
        "shop:9",
        "--by",
        "ann",
        "--reason",
        "a married name",
    ]);
    project.run_at("2030-01-01");
    live_alone(&project, &["shop:8", "shop:9"]);
    assert_eq!(household(&project, "shop:1").unwrap().0, id);
}

#[test]
fn a_household_of_too_many_is_kept_and_told() {
    let names = [
        "Ann", "Bea", "Cid", "Don", "Eve", "Fay", "Gus", "Hal", "Ivy", "Jan", "Kai",
    ];
    let lines = names.map(|name| format!("person shop {name}; full_name={name} Larsen; {OAK}"));
    let project = Project::of(&FEEDS);
    project.lines(&lines.each_ref().map(String::as_str)[..10]);
    let report = project.run();
    assert_eq!(
        (
            report.count("/households"),
            report.count("/large_households")
        ),
        (1, 0)
    );
    project.lines(&[&lines[10]]);
    let report = project.run();
    assert_eq!(
        (
            report.count("/households"),
            report.count("/large_households")
        ),
        (1, 1)
    );
    assert_eq!(
        project.table("silver.households").len(),
        11,
        "nobody is left out"
    );
    let landing = project.landing().display().to_string();
    let told = project.ok(&["run", "--landing", &landing]);
    assert!(
        told.contains("1 household of more than ten people"),
        "{told}"
    );
}
