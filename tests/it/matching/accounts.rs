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
