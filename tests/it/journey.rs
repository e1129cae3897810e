use super::support::Project;

/// Commits by table, but for those of the functions' own bookkeeping: there is none.
fn nothing_new(project: &Project, as_of: &str) {
    let (versions, everything) = (project.versions(), project.everything());
    let report = project.run_at(as_of);
    for feed in report.json["feeds"].as_array().unwrap() {
        assert_eq!(feed["rows_read"], 0, "{feed}");
    }
    assert_eq!(project.versions(), versions, "no table has a new version");
    everything.assert_equal(&project.everything(), "a run that finds nothing new");
}

#[test]
fn a_drop_a_merge_an_opt_out_a_deletion_a_full_extract() {
    let project = Project::of(&[
        "person crm",
        "account crm full",
        "person shop",
        "order shop",
        "person marketing",
        "consent marketing",
        "person support",
        "interaction support",
    ]);

    // Week 1: four systems drop their first extracts.
    project.lines_as("2026-01-05", &[
        "account crm 1; legal_name=Acme Widgets Inc.; website=https://www.acme-widgets.example; industry=Manufacturing",
        "account crm 2; legal_name=Globex Corporation; website=globex.example",
        "person crm 100; given_name=Robert; family_name=Stone; email=bob@acme-widgets.example; phone=+1 312 867 4411; account_id=1; birth_date=1975-07-07; updated_at=2026-01-02",
        "person crm 101; given_name=Jane; family_name=Roe; email=jane.roe@globex.example; account_id=2; updated_at=2026-01-02",
        "person shop S-1; full_name=Bob Stone; email=bob@acme-widgets.example; address_line1=12 Oak Avenue; city=Chicago; region=IL; postcode=60601; updated_at=2026-01-03",
        "person shop S-2; full_name=Jane Roe; email=jane@home.example; updated_at=2026-01-03",
        "order shop O-1; person_id=S-1; ordered_at=2026-01-03; amount=120.50; currency=usd; status=paid",
        "order shop O-2; email=jane@home.example; ordered_at=2024-06-01; amount=15; currency=usd; status=paid",
        "person marketing M-1; full_name=BOB S; email=bob@acme-widgets.example",
        "consent marketing; email=bob@acme-widgets.example; purpose=marketing; channel=email; status=granted; stated_at=2026-01-01",
        "consent marketing; email=jane@home.example; purpose=marketing; channel=email; status=granted; stated_at=2026-01-01",
        "consent marketing; email=stranger@home.example; purpose=marketing; channel=email; status=unsubscribed; stated_at=2026-01-01",
        "person support U-1; full_name=Robert Stone; phone=(312) 867-4411",
        "interaction support I-1; person_id=U-1; occurred_at=2026-01-04; kind=call; channel=phone; detail=asked for an invoice",
    ]);
    let report = project.run_at("2026-01-05");
    assert_eq!(report.rows("crm_person"), [2, 0, 2, 0]);
    assert_eq!(
        (
            report.count("/customers/person"),
            report.count("/customers/account")
        ),
        (3, 2)
    );
    let week1 = project.customers();
    let (bob, jane) = (&week1["crm:100"], &week1["crm:101"]);
    for record in ["shop:S-1", "marketing:M-1", "support:U-1"] {
        assert_eq!(&week1[record], bob, "{record} is Bob");
    }
    assert_ne!(
        &week1["shop:S-2"], jane,
        "nothing says yet that the two Janes are one"
    );
    let persons = project.table("gold.dim_person");
    let golden = persons.one(&[("customer_id", bob)]);
    for (column, value) in [
        ("full_name", "Robert Stone"),
        ("email", "bob@acme-widgets.example"),
        ("phone", "+13128674411"),
        ("city", "Chicago"),
        ("birth_date", "1975-07-07"),
        ("account_customer_id", &week1["account crm:1"]),
        ("lifecycle_stage", "Active"),
        ("is_marketing_reachable", "true"),
        ("source_record_count", "4"),
        ("source_systems", "crm,marketing,shop,support"),
    ] {
        assert_eq!(golden.get(column), value, "{column}");
    }
    let customers = project.table("gold.dim_customer");
    assert_eq!(
        customers
            .one(&[("customer_id", &week1["shop:S-2"])])
            .get("lifecycle_stage"),
        "ChurnRisk"
    );
    assert_eq!(
        customers
            .one(&[("customer_id", jane)])
            .get("lifecycle_stage"),
        "Lead"
    );
    let values = project.table("gold.golden_values");
    let city = values.one(&[("customer_id", bob), ("attribute", "address")]);
    assert_eq!(
        (city.get("source_system"), city.get("source_record_id")),
        ("shop", "S-1")
    );
    let orders = project.table("gold.fact_orders");
    assert_eq!(
        orders
            .one(&[("source_record_id", "O-1")])
            .get("customer_id"),
        bob
    );
    let by_mail = orders.one(&[("source_record_id", "O-2")]);
    assert_eq!(
        (by_mail.get("customer_id"), by_mail.get("owner_rule")),
        (week1["shop:S-2"].as_str(), "email")
    );
    assert_eq!(
        project
            .table("gold.fact_interactions")
            .one(&[])
            .get("customer_id"),
        bob
    );
    assert_eq!(
        project.extract("audience_email").column("email"),
        ["bob@acme-widgets.example", "jane@home.example"]
    );
    assert_eq!(
        project.extract("suppression_email").column("email"),
        ["stranger@home.example"]
    );
    nothing_new(&project, "2026-01-05");

    // Week 2: the CRM learns Jane's private address, and the two Janes are one.
    project.lines_as("2026-01-12", &[
        "person crm 102; given_name=Jane; family_name=Roe; email=jane@home.example; phone=+1 312 867 4499; updated_at=2026-01-10",
        "person crm 101; given_name=Jane; family_name=Roe; email=jane.roe@globex.example; phone=+1 312 867 4499; account_id=2; updated_at=2026-01-10",
    ]);
    project.run_at("2026-01-12");
    let week2 = project.customers();
    let jane = &week2["crm:101"];
    assert!(
        ["crm:102", "shop:S-2"]
            .iter()
            .all(|record| &week2[*record] == jane)
    );
    assert_eq!(&week2["crm:100"], bob, "Bob is left alone");
    let gone = [&week1["crm:101"], &week1["shop:S-2"]]
        .into_iter()
        .find(|id| *id != jane)
        .unwrap();
    let redirects = project.table("silver.customer_redirects");
    assert_eq!(
        redirects
            .one(&[("old_customer_id", gone)])
            .get("new_customer_id"),
        jane
    );
    assert_eq!(
        project
            .table("gold.fact_orders")
            .one(&[("source_record_id", "O-2")])
            .get("customer_id"),
        jane
    );
    nothing_new(&project, "2026-01-12");

    // Week 3: Bob opts out, by his contact point; the withdrawal reaches every file.
    project.lines_as("2026-01-19", &[
        "consent marketing; email=Bob@Acme-Widgets.example; purpose=marketing; channel=email; status=unsubscribed; stated_at=2026-01-18",
    ]);
    project.run_at("2026-01-19");
    assert_eq!(
        project.extract("audience_email").column("email"),
        ["jane@home.example"]
    );
    let suppressed = project.extract("suppression_email");
    assert_eq!(
        suppressed
            .one(&[("email", "bob@acme-widgets.example")])
            .get("customer_id"),
        bob
    );
    let customers = project.table("gold.dim_customer");
    assert_eq!(
        customers
            .one(&[("customer_id", bob)])
            .get("is_marketing_reachable"),
        "false"
    );
    let events = project.extract_text("change_events");
    assert!(
        events
            .lines()
            .any(|line| line.contains("customer.consent_changed") && line.contains(bob.as_str())),
        "{events}"
    );
    assert!(!events.contains('@'));

    // Week 4: the shop deletes Jane's account; the CRM's full extract of companies lacks Globex.
    project.lines_as("2026-01-26", &[
        "person shop S-2; is_deleted=true; updated_at=2026-01-25",
        "account crm 1; legal_name=Acme Widgets Inc.; website=https://www.acme-widgets.example; industry=Manufacturing",
    ]);
    let report = project.run_at("2026-01-26");
    assert_eq!(
        (
            report.count("/customers/person"),
            report.count("/customers/account")
        ),
        (2, 1)
    );
    let week4 = project.customers();
    assert_eq!(
        &week4["crm:101"], jane,
        "Jane is still known to the CRM, under the same id"
    );
    assert!(!week4.contains_key("shop:S-2") && !week4.contains_key("account crm:2"));
    let redirects = project.table("silver.customer_redirects");
    let globex = redirects.one(&[("old_customer_id", &week1["account crm:2"])]);
    assert_eq!(
        (globex.get("new_customer_id"), globex.get("reason")),
        ("", "deleted")
    );
    let persons = project.table("gold.dim_person");
    assert_eq!(
        persons
            .one(&[("customer_id", jane)])
            .get("account_customer_id"),
        ""
    );
    // Jane granted for her address, not for her shop account: the grant stands.
    assert_eq!(
        project.extract("audience_email").column("email"),
        ["jane@home.example"]
    );
    assert_eq!(
        project.extract("suppression_email").column("email"),
        ["bob@acme-widgets.example", "stranger@home.example"]
    );
    nothing_new(&project, "2026-01-26");

    // Everything on one customer, and why.
    let shown = project.ok(&["show", bob]);
    for told in ["Robert Stone", "crm", "+13128674411", "denied"] {
        assert!(shown.contains(told), "{told} in\n{shown}");
    }
    assert!(project.ok(&["find", "stone"]).contains(bob.as_str()));
    let why = project.ok(&["explain", "crm:100", "support:U-1"]);
    assert!(why.contains("phone"), "{why}");
}
