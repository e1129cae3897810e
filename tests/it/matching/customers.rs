//! Who counts as a customer, by `[customers]` of c360.toml.

use crate::support::Project;
use std::fs;

fn scoped(feeds: &[&str], rules: &str) -> Project {
    let project = Project::of(feeds);
    project.edit(|toml| format!("{toml}\n[customers]\n{rules}\n"));
    project
}

fn status(project: &Project, customer: &str) -> String {
    let customers = project.table("silver.customers");
    customers
        .one(&[("customer_id", customer)])
        .get("status")
        .to_owned()
}

#[test]
fn a_lead_becomes_a_contact_becomes_a_customer_under_one_id() {
    let project = scoped(
        &[
            "person marketing",
            "person crm",
            "account crm",
            "order crm",
            "consent marketing",
        ],
        "founds = \"source_role <> 'marketing'\"\nscope = \"entity = 'account' OR orders > 0\"",
    );
    let is_golden = |customer: &str| {
        let golden = project.table("gold.dim_customer");
        golden.has(&[("customer_id", customer)])
    };
    project.lines_as("2026-01-05", &[
        "person marketing M-1; full_name=Jane Roe; email=jane@home.example",
        "person marketing M-2; full_name=Bo Frost; email=bo@home.example; phone=+1 312 867 4411",
        "account crm 1; legal_name=Acme Widgets; website=acme-widgets.example",
        "consent marketing; email=jane@home.example; purpose=marketing; channel=email; status=granted; stated_at=2026-01-01",
        // names a record only
        "consent marketing; person_id=M-2; purpose=marketing; channel=all; status=denied; stated_at=2026-01-01",
    ]);
    let report = project.run_at("2026-01-05");
    assert_eq!(
        (
            report.count("/customers/person"),
            report.count("/customers/account")
        ),
        (0, 1)
    );
    let jane = project.customers()["marketing:M-1"].clone();
    let bo = project.customers()["marketing:M-2"].clone();
    assert_eq!(
        (status(&project, &jane), status(&project, &bo)),
        ("prospect".into(), "prospect".into())
    );
    assert!(!is_golden(&jane) && !is_golden(&bo));
    assert_eq!(project.table("gold.dim_customer").len(), 1, "the account");
    assert_eq!(
        project.extract("audience_email").len(),
        0,
        "an audience is of customers"
    );
    // Who is no customer has said no all the same.
    assert_eq!(
        project.extract("suppression_email").column("email"),
        ["bo@home.example"]
    );
    for file in ["suppression_sms", "suppression_phone"] {
        assert_eq!(
            project.extract(file).column("phone"),
            ["+13128674411"],
            "{file}"
        );
    }
    assert!(
        project
            .extract("suppression_post")
            .has(&[("customer_id", &bo)])
    );
    let shown = project.ok(&["show", &jane]);
    assert!(
        shown.contains("prospect, by [customers]") && shown.contains("jane@home.example"),
        "{shown}"
    );

    // The lead becomes a contact: somebody may found a customer, who has ordered nothing yet.
    project.lines_as(
        "2026-01-12",
        &["person crm 7; given_name=Jane; family_name=Roe; email=jane@home.example"],
    );
    project.run_at("2026-01-12");
    assert_eq!(
        (
            &project.customers()["crm:7"],
            &project.customers()["marketing:M-1"]
        ),
        (&jane, &jane)
    );
    assert_eq!(status(&project, &jane), "out_of_scope");
    assert!(!is_golden(&jane));

    // An order makes a customer, with everything from before.
    project.lines_as("2026-01-19", &[
        "order crm O-1; email=jane@home.example; ordered_at=2026-01-18; amount=10; currency=usd; updated_at=2026-01-18",
    ]);
    let report = project.run_at("2026-01-19");
    assert_eq!(report.count("/customers/person"), 1);
    assert_eq!(
        project.customers()["marketing:M-1"],
        jane,
        "the id of the lead"
    );
    assert_eq!(status(&project, &jane), "customer");
    let golden = project.table("gold.dim_person");
    assert_eq!(
        golden.one(&[("customer_id", &jane)]).get("source_systems"),
        "crm,marketing"
    );
    assert_eq!(
        project.extract("audience_email").column("customer_id"),
        [jane.as_str()]
    );
    assert_eq!(
        project
            .table("gold.fact_orders")
            .one(&[])
            .get("customer_id"),
        jane
    );
    let created = |events: &str, kind: &str| {
        events
            .lines()
            .any(|line| line.contains(kind) && line.contains(jane.as_str()))
    };
    assert!(created(
        &project.extract_text("change_events"),
        "customer.created"
    ));

    // It was a mistake.
    project.lines_as(
        "2026-01-26",
        &["order crm O-1; email=jane@home.example; is_deleted=true; updated_at=2026-01-25"],
    );
    project.run_at("2026-01-26");
    assert_eq!(
        (status(&project, &jane), is_golden(&jane)),
        ("out_of_scope".into(), false)
    );
    assert_eq!(project.customers()["crm:7"], jane);
    assert!(created(
        &project.extract_text("change_events"),
        "customer.deleted"
    ));
    assert_eq!(
        project.extract("suppression_email").column("email"),
        ["bo@home.example"]
    );
}

#[test]
fn a_condition_on_the_day_is_asked_every_day() {
    let project = scoped(
        &["person crm", "order crm"],
        // In whatever letters it is written.
        "scope = \"last_order_at > As_Of - INTERVAL '30 days'\"",
    );
    project.lines(&[
        "person crm 1; full_name=Jane Roe; email=jane@home.example",
        "order crm O-1; person_id=1; ordered_at=2026-01-10; amount=10; currency=usd",
    ]);
    for (day, customers) in [("2026-01-20", 1), ("2026-02-20", 0)] {
        let report = project.run_at(day);
        assert_eq!(report.count("/customers/person"), customers, "{day}");
        assert_eq!(
            project.table("gold.dim_customer").len() as u64,
            customers,
            "{day}"
        );
    }
}

#[test]
fn what_a_condition_cannot_read_is_unknown_and_an_order_is_of_whom_it_names() {
    let project = scoped(
        &["person crm", "order crm"],
        "scope = \"CAST(customer_number AS BIGINT) > 1000 OR orders > 0\"",
    );
    project.lines(&[
        "person crm 1; full_name=Jane Roe; email=jane@home.example; customer_number=A12",
        "person crm 2; full_name=Li Wei; email=li@home.example; customer_number=2001",
        "person crm 3; full_name=Bo Frost; email=bo@home.example; phone=+1 312 867 4411",
        // Nobody has the e-mail.
        "order crm O-1; email=bo@work.example; phone=+1 312 867 4411; ordered_at=2026-01-10; amount=10; currency=usd",
        // Somebody has it: the phone says nothing beside it.
        "order crm O-2; email=li@home.example; phone=+1 312 867 4411; ordered_at=2026-01-10; amount=10; currency=usd",
    ]);
    project.run_at("2026-02-01");
    let of = |record: &str| status(&project, &project.customers()[record]);
    assert_eq!(
        [of("crm:1"), of("crm:2"), of("crm:3")],
        ["out_of_scope", "customer", "customer"]
    );
    let customers = project.customers();
    let orders = project.table("gold.fact_orders");
    for (order, owner) in [("O-1", "crm:3"), ("O-2", "crm:2")] {
        let order = orders.one(&[("source_record_id", order)]);
        assert_eq!(order.get("customer_id"), customers[owner]);
    }
}

#[test]
fn a_customer_that_joins_a_larger_prospect_is_merged_and_not_split() {
    let project = scoped(
        &["person marketing", "person crm"],
        "founds = \"source_role <> 'marketing'\"",
    );
    project.lines_as("2026-01-05", &[
        "person marketing M-1; given_name=Jane; family_name=Roe; email=jane@home.example",
        "person marketing M-2; given_name=Jane; family_name=Roe; email=jane@home.example",
        "person marketing M-3; given_name=Jane; family_name=Roe; email=jane@home.example",
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@work.example; updated_at=2026-01-01",
    ]);
    project.run_at("2026-01-05");
    let before = project.customers();
    let (prospect, customer) = (&before["marketing:M-1"], &before["crm:1"]);
    assert_eq!(status(&project, prospect), "prospect");
    project.lines_as(
        "2026-01-12",
        &["person crm 1; given_name=Jane; family_name=Roe; email=jane@home.example; updated_at=2026-01-10"],
    );
    project.run_at("2026-01-12");
    assert_eq!(&project.customers()["crm:1"], prospect);
    let events = project.table("gold.change_events");
    let mut kinds: Vec<[&str; 2]> = events
        .iter()
        .filter(|event| event.get("occurred_at").starts_with("2026-01-12"))
        .map(|event| [event.get("event_type"), event.get("old_customer_id")])
        .collect();
    kinds.sort_unstable();
    assert_eq!(
        kinds,
        [["customer.created", ""], ["customer.merged", customer]]
    );
}

#[test]
fn a_condition_that_cannot_be_one_is_refused_with_its_line() {
    for (rules, said) in [
        ("scope = \"ordrs > 0\"", "ordrs"),
        ("scope = \"orders\"", "not true or false"),
        ("scope = \"sum(orders) > 1\"", "other rows"),
        ("scope = \"row_number() OVER () > 1\"", "other rows"),
        ("scope = \"random() > 0.5\"", "another answer at every call"),
        ("scope = \"now() > updated_at\"", "reads the clock"),
        (
            "scope = \"email IN (SELECT email FROM silver.persons)\"",
            "c360.toml",
        ),
        ("scope = \"true; DROP TABLE x\"", "c360.toml"),
        ("founds = \"orders > given_name || city AND\"", "c360.toml"),
        ("founds = 'true'\nscoop = 'true'", "scoop"),
    ] {
        let project = scoped(&["person crm"], rules);
        project.lines(&["person crm 1; full_name=Jane Roe; email=jane@home.example"]);
        let landing = project.landing().display().to_string();
        let toml = fs::read_to_string(project.root().join("c360.toml")).unwrap();
        let line = toml.lines().position(|line| line == "[customers]").unwrap() + 2;
        for command in ["check", "run"] {
            let told = project.fails(&[command, "--landing", &landing]);
            assert!(told.contains(said), "{rules}: {told}");
            let place = format!("c360.toml:{line}");
            assert!(
                told.contains(&place) || rules.contains("scoop"),
                "{rules}: {told}"
            );
        }
        assert!(
            project.versions().is_empty(),
            "{rules}: nothing was written"
        );
    }
}
