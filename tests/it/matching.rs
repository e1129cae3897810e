//! Scenarios of one kind stand together in one project: each is about names and values of its own.

mod accounts;
mod blocking;
mod customers;
mod history;
mod households;
mod incremental;
mod lasting;
mod model;
mod now;
mod plan;
mod review;
mod traps;

use super::support::Project;
use std::collections::BTreeMap;

/// People of three systems, resolved.
struct People {
    project: Project,
    customers: BTreeMap<String, String>,
}

fn resolve(lines: &[&str]) -> People {
    let project = Project::of(&["person crm", "person shop", "person support"]);
    project.lines(lines);
    project.run();
    let customers = project.customers();
    People { project, customers }
}

impl People {
    fn are_one(&self, records: &[&str]) {
        for record in records {
            assert_eq!(
                self.customers[*record],
                self.customers[records[0]],
                "{} and {record} are one\n{:?}",
                records[0],
                self.project.table("silver.scored_edges")
            );
        }
    }

    fn are_apart(&self, records: &[&str]) {
        for (at, a) in records.iter().enumerate() {
            for b in &records[at + 1..] {
                assert_ne!(
                    self.customers[*a],
                    self.customers[*b],
                    "{a} and {b} are two\n{:?}",
                    self.project.table("silver.scored_edges")
                );
            }
        }
    }

    /// Both customers wait for a steward, as one pair of the review queue.
    fn in_review(&self, a: &str, b: &str, kind: &str) {
        let queue = self.project.table("silver.review_queue");
        let pair = [&self.customers[a], &self.customers[b]];
        let found = queue.iter().any(|row| {
            let customers = [row.get("a_customer_id"), row.get("b_customer_id")];
            row.get("kind") == kind && pair.iter().all(|id| customers.contains(&id.as_str()))
        });
        assert!(
            found,
            "{a} and {b} in review as {kind}\n{queue:?}\n{:?}",
            self.project.table("silver.scored_edges")
        );
    }

    fn not_in_review(&self, records: &[&str]) {
        let queue = self.project.table("silver.review_queue");
        for row in queue.iter() {
            let named = [
                ("a_source_system", "a_source_record_id"),
                ("b_source_system", "b_source_record_id"),
            ]
            .map(|(source, id)| format!("{}:{}", row.get(source), row.get(id)));
            assert!(
                !records.contains(&named[0].as_str()) || !records.contains(&named[1].as_str()),
                "{queue:?}"
            );
        }
    }
}

#[test]
fn exact_identities_merge() {
    let people = resolve(&[
        "person crm 1; given_name=Jane; family_name=Roe; email=Jane.Roe+news@gmail.com",
        "person shop 1; full_name=jane roe; email=janeroe@googlemail.com",
        "person crm 2; given_name=Sean; family_name=O'Connor; phone=(212) 736-5000",
        "person shop 2; full_name=Sean O Connor; phone=+1 212 736 5000",
        "person crm 3; given_name=Li; family_name=Wei; customer_number=C-0042",
        "person support 3; given_name=Li; family_name=Wei; customer_number=c0042",
        "person crm 4; given_name=Mary; family_name=Smith; company_name=Acme Widgets, Inc.",
        "person support 4; full_name=Mary Smith; company_name=ACME WIDGETS",
        // a chain: crm and support share nothing themselves
        "person crm 5; given_name=Omar; family_name=Haddad; email=omar.haddad@initech.example",
        "person shop 5; full_name=Omar Haddad; email=omar.haddad@initech.example; phone=+1 312 867 4411",
        "person support 5; full_name=Omar Haddad; phone=312-867-4411",
    ]);
    people.are_one(&["crm:1", "shop:1"]);
    people.are_one(&["crm:2", "shop:2"]);
    people.are_one(&["crm:3", "support:3"]);
    people.are_one(&["crm:4", "support:4"]);
    people.are_one(&["crm:5", "shop:5", "support:5"]);
    people.are_apart(&["crm:1", "crm:2", "crm:3", "crm:4", "crm:5"]);
    let edges = people.project.table("silver.scored_edges");
    let edge = edges.one(&[
        ("a_source_record_id", "1"),
        ("b_source_record_id", "1"),
        ("entity", "person"),
    ]);
    assert_eq!(
        (
            edge.get("match_keys").split(',').next().unwrap(),
            edge.get("decision"),
            edge.get("name_level")
        ),
        ("email", "auto", "exact")
    );
    let why = people.project.ok(&["explain", "crm:5", "support:5"]);
    assert!(
        why.contains("shop:5"),
        "a chain is explained link by link: {why}"
    );
}

#[test]
fn the_same_person_under_another_form_of_the_name() {
    let people = resolve(&[
        "person crm 1; given_name=Robert; family_name=Stone; email=bob.stone@hooli.example",
        "person shop 1; full_name=Bob Stone; email=bob.stone@hooli.example",
        // a married name
        "person crm 2; given_name=Jennifer; family_name=Doe; email=jenny77@example.org",
        "person shop 2; full_name=Jennifer Miller; email=jenny77@example.org",
        // fields in each other's column
        "person crm 3; given_name=Takahashi; family_name=Yuki; phone=+1 312 867 4412",
        "person support 3; given_name=Yuki; family_name=Takahashi; phone=+1 312 867 4412",
        // a typing error
        "person crm 4; given_name=Jonathan; family_name=Wexler; email=wexler@example.org",
        "person shop 4; full_name=Jonahtan Wexler; email=wexler@example.org",
        // an initial, and nobody else at that address
        "person crm 5; given_name=Katharina; family_name=Hollmann; email=hollmann@example.org",
        "person shop 5; full_name=K. Hollmann; email=hollmann@example.org",
        // no accents
        "person crm 6; given_name=Ramón; family_name=Núñez; email=ramon@example.org",
        "person shop 6; full_name=Ramon Nunez; email=ramon@example.org",
    ]);
    for id in 1..=6 {
        let other = if id == 3 { "support" } else { "shop" };
        people.are_one(&[&format!("crm:{id}"), &format!("{other}:{id}")]);
    }
}

#[test]
fn a_value_of_many_names_identifies_nobody() {
    let mut lines: Vec<String> = Vec::new();
    let names = [
        "Ada Berg",
        "Bo Carlsen",
        "Cleo Dahl",
        "Dag Eide",
        "Eva Foss",
        "Finn Gran",
    ];
    for (at, name) in names.iter().enumerate() {
        // an office landline, a role address, a placeholder birth date, 555-0000 and a made-up address
        lines.push(format!(
            "person crm office{at}; full_name={name}; phone=+1 415 736 2200"
        ));
        lines.push(format!(
            "person crm role{at}; full_name={name}; email=info@globex.example"
        ));
        lines.push(format!(
            "person crm fiction{at}; full_name={name}; phone=212-555-0000"
        ));
        lines.push(format!(
            "person crm none{at}; full_name={name}; email=none@none.com"
        ));
    }
    // John, junior and senior people who only share a placeholder birth date and a common family name
    lines.push("person crm b1; given_name=Alice; family_name=Berg; birth_date=1900-01-01; email=alice@example.org".into());
    lines.push("person shop b2; given_name=Gustav; family_name=Berg; birth_date=1900-01-01; email=gustav@example.org".into());
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let people = resolve(&lines);
    for kind in ["office", "role", "fiction", "none"] {
        let records: Vec<String> = (0..names.len())
            .map(|at| format!("crm:{kind}{at}"))
            .collect();
        people.are_apart(&records.iter().map(String::as_str).collect::<Vec<_>>());
    }
    people.are_apart(&["crm:b1", "shop:b2"]);
    people.not_in_review(&["crm:b1", "shop:b2"]);
    let persons = people.project.table("silver.persons");
    assert_eq!(
        persons.one(&[("source_record_id", "b1")]).get("birth_date"),
        "",
        "a placeholder is no birth date"
    );
    let shared = people.project.table("silver.shared_values");
    assert!(
        shared.has(&[("match_key", "phone"), ("names", "6")]),
        "{shared:?}"
    );
    // Contact points that identify nobody are still the customers' own.
    let points = people.project.table("gold.customer_contact_points");
    assert_eq!(points.find(&[("value", "+14157362200")]).len(), 6);
}

#[test]
fn a_family_that_shares_its_mail_stays_a_family() {
    let people = resolve(&[
        "person crm 1; given_name=Peter; family_name=Larsen; email=the.larsens@example.org",
        "person crm 2; given_name=Ingrid; family_name=Larsen; email=the.larsens@example.org",
        "person shop 1; full_name=Peter Larsen; email=the.larsens@example.org",
        // an initial that fits both is nobody's
        "person crm 3; given_name=Frank; family_name=Okafor; email=okafor@example.org",
        "person crm 4; given_name=Fiona; family_name=Okafor; email=okafor@example.org",
        "person shop 3; full_name=F. Okafor; email=okafor@example.org",
        // twins: all but the given name agrees
        "person crm 5; given_name=Maria; family_name=Costa; birth_date=1990-05-05; phone=+1 312 867 4413; address_line1=12 Oak Avenue; city=Chicago; postcode=60601; country=US",
        "person crm 6; given_name=Mario; family_name=Costa; birth_date=1990-05-05; phone=+1 312 867 4413; address_line1=12 Oak Avenue; city=Chicago; postcode=60601; country=US",
    ]);
    people.are_one(&["crm:1", "shop:1"]);
    people.are_apart(&["crm:1", "crm:2"]);
    people.are_apart(&["crm:3", "crm:4"]);
    people.are_apart(&["crm:5", "crm:6"]);
    people.are_apart(&["crm:3", "shop:3"]);
    people.are_apart(&["crm:4", "shop:3"]);
    let queue = people.project.table("silver.review_queue");
    let torn = queue.one(&[("kind", "ambiguous_match")]);
    assert_eq!(torn.get("a_customer_id"), people.customers["shop:3"]);
}

#[test]
fn a_conflict_blocks_the_merge_and_goes_to_review() {
    let people = resolve(&[
        "person crm 1; given_name=Anna; family_name=Novak; birth_date=1970-01-02; email=novak@example.org",
        "person shop 1; given_name=Anna; family_name=Novak; birth_date=1995-06-07; email=novak@example.org",
        "person crm 2; given_name=John; family_name=Bright; name_suffix=Sr; phone=+1 312 867 4414",
        "person shop 2; given_name=John; family_name=Bright; name_suffix=Jr.; phone=+1 312 867 4414",
        "person crm 3; given_name=Erik; family_name=Holm; country=SE; email=erik.holm@example.org",
        "person shop 3; given_name=Erik; family_name=Holm; country=NO; email=erik.holm@example.org",
        // through a third record that conflicts with neither
        "person crm 4; given_name=Lena; family_name=Brandt; birth_date=1980-03-03; email=lena1@example.org",
        "person shop 4; given_name=Lena; family_name=Brandt; email=lena1@example.org; phone=+1 312 867 4415",
        "person support 4; given_name=Lena; family_name=Brandt; birth_date=1985-04-04; phone=+1 312 867 4415",
    ]);
    for id in 1..=3 {
        let (crm, shop) = (format!("crm:{id}"), format!("shop:{id}"));
        people.are_apart(&[&crm, &shop]);
        people.in_review(&crm, &shop, "conflict");
    }
    people.are_apart(&["crm:4", "support:4"]);
    let queue = people.project.table("silver.review_queue");
    let reasons = queue.column("reason").join("\n");
    for conflict in [
        "birth dates differ",
        "generational suffixes differ",
        "countries differ",
    ] {
        assert!(reasons.contains(conflict), "{reasons}");
    }
    let apart = [
        people.customers["crm:4"].clone(),
        people.customers["support:4"].clone(),
    ];
    let between = queue.iter().any(|row| {
        apart.contains(&row.get("a_customer_id").to_owned())
            && apart.contains(&row.get("b_customer_id").to_owned())
    });
    assert!(between, "the cut link goes to review\n{queue:?}");
}

#[test]
fn one_weak_bridge_holds_no_cluster_together() {
    let people = resolve(&[
        // Two pairs, each sure in itself, joined by one initial at one address.
        "person crm 1; given_name=Karl; family_name=Voss; email=k.voss@example.org; phone=+1 312 867 4416",
        "person shop 1; given_name=Karl; family_name=Voss; email=k.voss@example.org; phone=+1 312 867 4416",
        "person crm 2; given_name=K.; family_name=Voss; email=sales.west@initech.example; phone=+1 415 736 2299",
        "person shop 2; given_name=K.; family_name=Voss; email=sales.west@initech.example; phone=+1 415 736 2299",
        "person support 1; given_name=Karl; family_name=Voss; email=k.voss@example.org",
        "person support 2; given_name=K; family_name=Voss; email=sales.west@initech.example; customer_number=V-77",
        "person crm 3; given_name=Karl; family_name=Voss; phone=+1 312 867 4416; customer_number=V-77",
    ]);
    people.are_one(&["crm:1", "shop:1", "support:1"]);
    people.are_one(&["crm:2", "shop:2"]);
    people.are_apart(&["crm:1", "crm:2"]);
    let queue = people.project.table("silver.review_queue");
    assert!(
        queue.has(&[("kind", "weak_bridge")]),
        "{queue:?}\n{:?}",
        people.project.table("silver.scored_edges")
    );
}

#[test]
fn without_an_identity_the_evidence_is_weighed() {
    let home = "address_line1=77 Quarry Lane; city=Denver; region=CO; postcode=80202; country=US";
    let people = resolve(&[
        // a full name, a birth date and an address are enough, typed twice
        &format!(
            "person crm 1; given_name=Margaret; family_name=Thornbury; birth_date=1961-09-09; {home}"
        ),
        &format!(
            "person shop 1; given_name=Margret; family_name=Thornbury; birth_date=1961-09-09; {}",
            home.replace("Lane", "Ln")
        ),
        // a mother and her daughter live there too
        &format!(
            "person crm 2; given_name=Helen; family_name=Okafor; birth_date=1955-02-03; {home}"
        ),
        &format!(
            "person shop 2; given_name=Irene; family_name=Okafor; birth_date=1984-11-20; {home}"
        ),
        // a name alone is nothing
        "person crm 3; given_name=Peter; family_name=Larsen",
        "person shop 3; given_name=Peter; family_name=Larsen; phone=+1 312 867 4418",
    ]);
    people.are_one(&["crm:1", "shop:1"]);
    people.are_apart(&["crm:2", "shop:2"]);
    people.are_apart(&["crm:3", "shop:3"]);
    let edges = people.project.table("silver.scored_edges");
    let edge = edges.one(&[
        ("a_source_record_id", "1"),
        ("b_source_record_id", "1"),
        ("entity", "person"),
    ]);
    let weight: f64 = edge.get("match_weight").parse().unwrap();
    let probability: f64 = edge.get("match_probability").parse().unwrap();
    assert!(weight > 4.0 && (probability - 1.0 / (1.0 + (-weight).exp2())).abs() < 1e-9);
    // The edge names the model that weighed it, and `explain` sums up to its weight.
    let models = people.project.table("silver.match_models");
    assert!(models.has(&[("model_id", edge.get("model_id")), ("entity", "person")]));
    let explained = people.project.ok(&["explain", "crm:1", "shop:1"]);
    assert!(
        explained.contains(&format!("Match weight {weight:+.1} bits")),
        "{explained}"
    );
    let sums: Vec<f64> = explained
        .lines()
        .skip_while(|line| !line.contains("Match weight"))
        .take_while(|line| !line.contains("Values in common"))
        .filter_map(|line| {
            line.split_whitespace()
                .rev()
                .find_map(|word| word.parse().ok())
        })
        .collect();
    assert!((sums.last().unwrap() - weight).abs() < 0.06, "{explained}");
    let shown = people.project.ok(&["model", "show"]);
    assert!(
        shown.contains(edge.get("model_id"))
            && shown.contains("birth date")
            && shown.contains("street postcode"),
        "{shown}"
    );
}

#[test]
fn contact_points_of_feeds_identify_too() {
    let project = Project::of(&["person crm", "person shop", "contact_point crm"]);
    project.lines(&[
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@work.example",
        "person shop A; given_name=Jane; family_name=Roe; email=jane.roe@home.example",
    ]);
    project.run();
    let before = project.customers();
    assert_ne!(before["crm:1"], before["shop:A"]);
    project.lines(&["contact_point crm 1; kind=home; channel=email; value=Jane.Roe@home.example"]);
    project.run();
    let after = project.customers();
    assert_eq!(after["crm:1"], after["shop:A"]);
}
