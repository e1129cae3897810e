//! Companies, and who works for them.

use crate::support::Project;

fn resolve(lines: &[&str]) -> Project {
    let project = Project::of(&[
        "account crm",
        "account billing",
        "person crm",
        "person shop",
    ]);
    project.lines(lines);
    project.run();
    project
}

#[test]
fn companies_merge_by_tax_id_or_own_domain() {
    let project = resolve(&[
        "account crm 1; legal_name=Acme Widgets Inc.; website=https://www.acme-widgets.com/about; country=US",
        "account billing 1; legal_name=ACME Widgets; email=billing@acme-widgets.com; country=US",
        "account crm 2; legal_name=Globex Corporation; tax_id=83-4471902",
        "account billing 2; legal_name=Globex Corp; tax_id=834471902",
        // free mail is nobody's own domain
        "account crm 3; legal_name=Joe's Garage; email=joes.garage@gmail.com",
        "account billing 3; legal_name=Main Street Flowers; email=main.flowers@gmail.com",
        // one domain, two tax ids: a group of companies
        "account crm 4; legal_name=Umbrella Labs; website=umbrella.example; tax_id=11-1111112",
        "account billing 4; legal_name=Umbrella Retail; website=umbrella.example; tax_id=22-2222223",
        // alike in name only
        "account crm 5; legal_name=Stark Industries; country=US",
        "account billing 5; legal_name=Stark Industrie; country=US",
        // a shared domain of many companies
        "account crm 6; legal_name=Alpha Bakery; website=https://shops.example/alpha",
        "account crm 7; legal_name=Beta Books; website=https://shops.example/beta",
        "account crm 8; legal_name=Gamma Bikes; website=https://shops.example/gamma",
        "account crm 9; legal_name=Delta Toys; website=https://shops.example/delta",
        "account crm 10; legal_name=Omega Tools; website=https://shops.example/omega",
    ]);
    let customers = project.customers();
    let of = |record: &str| customers[&format!("account {record}")].clone();
    assert_eq!(of("crm:1"), of("billing:1"));
    assert_eq!(of("crm:2"), of("billing:2"));
    for id in 3..=5 {
        assert_ne!(
            of(&format!("crm:{id}")),
            of(&format!("billing:{id}")),
            "{id}"
        );
    }
    assert_ne!(
        of("crm:6"),
        of("crm:7"),
        "a domain of many names identifies none"
    );
    let queue = project.table("silver.review_queue");
    let waits = |a: String, b: String| {
        queue.iter().any(|row| {
            let pair = [row.get("a_customer_id"), row.get("b_customer_id")];
            row.get("entity") == "account"
                && pair.contains(&a.as_str())
                && pair.contains(&b.as_str())
        })
    };
    assert!(
        waits(of("crm:4"), of("billing:4")),
        "tax ids differ\n{queue:?}"
    );
    assert!(
        waits(of("crm:5"), of("billing:5")),
        "names alike in one country\n{queue:?}"
    );
    assert!(!waits(of("crm:3"), of("billing:3")));
    let accounts = project.table("gold.dim_account");
    assert_eq!(
        accounts.one(&[("customer_id", &of("crm:1"))]).get("domain"),
        "acme-widgets.com"
    );
}

#[test]
fn contacts_find_their_company() {
    let project = resolve(&[
        "account crm 1; legal_name=Acme Widgets Inc.; website=acme-widgets.com",
        "account crm 2; legal_name=Globex Corporation; website=globex.example",
        "account crm 3; legal_name=Twin Pines Ltd; website=north.twin-pines.example",
        "account billing 3; legal_name=Twin Pines Ltd; website=south-pines.example; country=CA",
        // by id, although the mail says Globex
        "person crm p1; full_name=Jane Roe; account_id=1; email=jane@globex.example",
        "person crm p2; full_name=Li Wei; email=li@globex.example",
        "person crm p3; full_name=Omar Haddad; company_name=ACME Widgets; email=omar.haddad@gmail.com",
        "person crm p4; full_name=Sara Lund; email=sara.lund@gmail.com",
        // two companies of that name
        "person crm p5; full_name=Pia Moss; company_name=Twin Pines Limited",
        // an id that no account has: the mail decides
        "person crm p6; full_name=Ann Lee; account_id=99; email=ann@globex.example",
        // and nothing else either
        "person crm p7; full_name=Bo Berg; account_id=99; email=bo.berg@gmail.com",
        "person crm p8; full_name=Cleo Dahl; account_id=98; company_name=Twin Pines",
        // of a system whose accounts nobody delivers: its ids say nothing
        "person shop p9; full_name=Dee Nox; account_id=97; email=dee.nox@gmail.com",
    ]);
    let customers = project.customers();
    let links = project.table("silver.account_links");
    let link = |person: &str| {
        let found = links.find(&[("source_record_id", person)]);
        found.first().map(|row| {
            (
                row.get("account_customer_id").to_owned(),
                row.get("rule").to_owned(),
            )
        })
    };
    let (acme, globex) = (&customers["account crm:1"], &customers["account crm:2"]);
    assert_eq!(link("p1"), Some((acme.clone(), "account_id".into())));
    assert_eq!(link("p2"), Some((globex.clone(), "email_domain".into())));
    assert_eq!(link("p3"), Some((acme.clone(), "company_name".into())));
    assert_eq!(link("p4"), None, "free mail is no company");
    assert_eq!(link("p6"), Some((globex.clone(), "email_domain".into())));
    assert_ne!(
        customers["account crm:3"], customers["account billing:3"],
        "two companies of one name, for p5 and p8"
    );
    let queue = project.table("silver.review_queue");
    for (person, reason) in [
        ("p5", "several accounts could be this person's company"),
        ("p7", "an account id that no account of it has"),
        ("p8", "an account id that no account of it has"),
    ] {
        assert_eq!(link(person), None, "doubtful links are not made");
        let item = queue.one(&[("kind", "account_link"), ("a_source_record_id", person)]);
        assert!(item.get("reason").contains(reason), "{person}: {queue:?}");
    }
    assert_eq!(
        queue.find(&[("kind", "account_link")]).len(),
        3,
        "who names no company is no case: {queue:?}"
    );
    let persons = project.table("gold.dim_person");
    assert_eq!(
        persons
            .one(&[("customer_id", &customers["crm:p2"])])
            .get("account_customer_id"),
        globex
    );
    let relationships = project.table("gold.customer_relationships");
    assert!(relationships.has(&[
        ("from_customer_id", &customers["crm:p2"]),
        ("to_customer_id", globex)
    ]));
}

#[test]
fn companies_that_stay_apart_are_related() {
    let project = Project::of(&[
        "account crm",
        "account billing",
        "person crm",
        "relationship crm",
    ]);
    project.lines(&[
        // one domain, three tax ids: a group
        "account crm 1; legal_name=Umbrella AG; website=umbrella.example; tax_id=11-1111112; lei=5493001KJTIIGC8Y1R12",
        "account crm 2; legal_name=Umbrella Labs Inc; website=umbrella.example; tax_id=22-2222223; parent_lei=5493 001K JTII GC8Y 1R12",
        "account billing 3; legal_name=Umbrella Retail Ltd; website=umbrella.example; tax_id=33-3333334",
        // one domain, and no group: two tenants of a shop system
        "account crm 4; legal_name=Alpha Bakery; website=shops.example; tax_id=44-4444445",
        "account crm 5; legal_name=Beta Books; website=shops.example; tax_id=55-5555556",
        "account crm 6; legal_name=Stark Industries; duns=15-048-3782",
        "account crm 7; legal_name=Hammer Forge; parent_id=6",
        "account billing 8; legal_name=Pym Labs; parent_duns=150483782",
        "account crm 9; legal_name=Oscorp",
        "relationship crm 9; to_id=6; kind=subsidiary_of; valid_from=2020-01-01",
        "relationship crm 9; to_id=6; kind=subsidiary_of; valid_from=2024-01-01",
        "person crm p1; full_name=Ada Quist; account_id=6",
        "person crm p2; full_name=Bo Frost; account_id=6",
        "person crm p3; full_name=Cleo Dahl; account_id=6; email=cleo@home.example",
        "person crm p4; full_name=Cleo Dahl; email=cleo@home.example",
        // stated with a role, ended, and between two records of one person
        "relationship crm p1; to_id=6; kind=employee_of; role=CFO; valid_from=2021-01-01",
        "relationship crm p2; to_id=6; kind=employee_of; valid_from=2010-01-01; valid_to=2020-01-01",
        "relationship crm p3; to_id=p4; kind=sibling_of",
        "relationship crm p1; to_id=p2; kind=knows",
    ]);
    project.run();
    let customers = project.customers();
    let name_of = |id: &str| {
        let found = customers.iter().find(|(_, customer)| *customer == id);
        found.unwrap().0.trim_start_matches("account ").to_owned()
    };
    let related = project.table("gold.customer_relationships");
    let mut found: Vec<String> = related
        .iter()
        .map(|row| {
            let [from, to] =
                ["from_customer_id", "to_customer_id"].map(|end| name_of(row.get(end)));
            let [kind, role, evidence] = ["kind", "role", "evidence"].map(|column| row.get(column));
            format!(
                "{from} {kind} {to} {role} ({evidence}) {}",
                row.get("valid_from").get(..4).unwrap_or("–")
            )
        })
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "billing:3 same_group crm:1  (domain_and_name) –",
            "crm:1 parent_of crm:2  (parent_lei) –",
            "crm:2 same_group crm:1  (domain_and_name) –",
            "crm:6 parent_of billing:8  (parent_duns) –",
            "crm:6 parent_of crm:7  (parent_id) –",
            "crm:6 parent_of crm:9  (stated) 2024",
            "crm:p1 knows crm:p2  (stated) –",
            "crm:p1 works_for crm:6 CFO (stated) 2021",
            "crm:p2 works_for crm:6  (account_id) –",
            "crm:p3 works_for crm:6  (account_id) –",
        ]
    );
    // The parent turns out to be a company that is known already: its children are that one's.
    project.ok(&[
        "steward", "same", "crm:6", "crm:9", "--entity", "account", "--by", "ann", "--reason",
        "a rename",
    ]);
    project.run_at("2030-01-01");
    let customers = project.customers();
    let stark = &customers["account crm:9"];
    let related = project.table("gold.customer_relationships");
    let children = related.find(&[("from_customer_id", stark), ("kind", "parent_of")]);
    assert_eq!(children.len(), 2, "nobody is their own parent: {related:?}");
    assert_eq!(
        related
            .find(&[("to_customer_id", stark), ("kind", "works_for")])
            .len(),
        3
    );
    let shown = project.ok(&["show", stark]);
    assert!(
        shown.contains("Pym Labs") && shown.contains("parent duns"),
        "{shown}"
    );
}
