//! What `[consent]` makes of grants, what flags refuse, and whom else a record's "no" is for.

use super::super::support::Project;
use super::desk::{effects, permission, told, why};
use serde_json::Value;

#[test]
fn grants_meet_the_terms_of_where_people_live() {
    let project = Project::of(&["person crm", "consent crm"]);
    project.edit(|toml| {
        toml + "[consent.jurisdictions.DE]\ndouble_opt_in = [\"email\"]\n\
                [consent.jurisdictions.EU]\ngrants_last_days = 30\nlegal_bases = [\"consent\"]\n"
    });
    let grant = "purpose=marketing; channel=email; status=granted; stated_at=2026-02-20";
    project.lines(&[
        "person crm 1; given_name=Ann; family_name=Abel; email=us@example.org; country=US",
        "person crm 2; given_name=Bea; family_name=Berg; email=de@example.org; country=DE",
        "person crm 3; given_name=Cleo; family_name=Dahl; email=doi@example.org; country=Germany",
        "person crm 4; given_name=Dag; family_name=Eide; email=fr@example.org; country=FR",
        "person crm 5; given_name=Eva; family_name=Foss; email=old@example.org; country=FR",
        "person crm 6; given_name=Finn; family_name=Gran; email=basis@example.org; country=FR",
        "person crm 7; given_name=Gro; family_name=Holm; email=law@example.org; country=US",
        &format!("consent crm; email=us@example.org; {grant}"),
        &format!("consent crm; email=de@example.org; {grant}"),
        &format!("consent crm; email=doi@example.org; {}", grant.replace("granted", "Double Opt-In")),
        &format!("consent crm; email=fr@example.org; {grant}"),
        &format!("consent crm; email=old@example.org; {}", grant.replace("2026-02-20", "2026-01-20")),
        &format!("consent crm; email=basis@example.org; {grant}; legal_basis=Legitimate interest"),
        &format!("consent crm; email=law@example.org; {grant}; jurisdiction=de"),
        // what is owed needs no terms
        "consent crm; email=de@example.org; purpose=service; channel=email; status=granted; stated_at=2024-02-20",
    ]);
    project.run();
    for (email, expected, unmet) in [
        ("us", "granted", Value::Null),
        ("de", "unknown", "confirmation".into()),
        ("doi", "granted", "time".into()),
        ("fr", "granted", "time".into()),
        ("old", "unknown", "time".into()),
        ("basis", "unknown", "legal_basis".into()),
        ("law", "unknown", "confirmation".into()),
    ] {
        let email = format!("{email}@example.org");
        assert_eq!(
            permission(&project, &email, "marketing", "email"),
            expected,
            "{email}"
        );
        let said = why(&project, &email, "marketing", "email");
        assert_eq!(said["permission"], expected, "{email}");
        assert_eq!(said["statements"][0]["unmet"], unmet, "{email}");
    }
    assert_eq!(
        permission(&project, "de@example.org", "service", "email"),
        "granted"
    );
    let refused = |text: &str, reason: &str| {
        project.edit(|toml| format!("{}{text}", toml.split("[consent").next().unwrap()));
        let said = project.fails(&["check"]);
        assert!(said.contains(reason), "{said}");
    };
    refused(
        "[consent.jurisdictions.Atlantis]\n",
        "no country has this name",
    );
    refused("[consent]\nsuppress_above = 2.0\n", "no probability");
    refused("[consent]\ndouble_opt_in = true\n", "double_opt_in");
}

#[test]
fn flags_that_refuse_are_denials_and_stand_as_tags() {
    let project = Project::of(&["person crm", "consent crm"]);
    project.lines(&[
        "person crm 1; given_name=Ann; family_name=Abel; email=ann@example.org; phone=+1 312 867 4411",
        "person crm 2; given_name=Bea; family_name=Berg; email=bea@example.org",
        "person crm 3; given_name=Cleo; family_name=Dahl; email=cleo@example.org",
        "consent crm; email=ann@example.org; purpose=marketing; channel=ads; status=granted; stated_at=2026-01-01",
        "consent crm; person_id=1; purpose=GPC; status=true; stated_at=2026-02-01",
        "consent crm; person_id=2; purpose=DoNotContactEmail; status=1; stated_at=2026-02-01",
        "consent crm; person_id=3; purpose=do not sell; status=false; stated_at=2026-02-01",
    ]);
    project.run();
    assert_eq!(
        permission(&project, "ann@example.org", "sale", "ads"),
        "denied"
    );
    assert_eq!(
        permission(&project, "ann@example.org", "marketing", "ads"),
        "denied",
        "who must not be sold is not handed to ad platforms"
    );
    let said = why(&project, "ann@example.org", "marketing", "ads");
    assert_eq!(
        (&said["permission"], &said["is_unsold"]),
        (&"denied".into(), &true.into())
    );
    assert_eq!(
        permission(&project, "ann@example.org", "marketing", "email"),
        "nothing"
    );
    assert_eq!(
        permission(&project, "bea@example.org", "marketing", "email"),
        "denied"
    );
    assert_eq!(
        permission(&project, "cleo@example.org", "sale", "email"),
        "unknown",
        "the flag is not set"
    );
    let customers = project.table("gold.dim_customer");
    let tags = |name: &str| {
        customers
            .one(&[("given_name", name)])
            .get("tags")
            .to_owned()
    };
    assert_eq!(tags("Ann"), "DoNotSell,DoNotTarget");
    assert_eq!(tags("Bea"), "DoNotContactEmail");
    assert_eq!(tags("Cleo"), "");
    let points = project.table("gold.customer_contact_points");
    assert_eq!(
        points.one(&[("value", "bea@example.org")]).get("tags"),
        "DoNotContactEmail"
    );
}

#[test]
fn whoever_may_be_the_one_who_said_no_is_not_written_to() {
    // Alike, and not enough to be merged.
    let crm = "person crm 1; given_name=Robert; family_name=Castellanos; birth_date=1971-05-20; email=rc71@example.org; \
        address_line1=12 Elm Street; city=Chicago; postcode=60601; country=US";
    let shop = "person shop 2; given_name=Bob; family_name=Castellanos; email=bobby@example.net; \
        address_line1=12 Elm St; city=Chicago; postcode=60601; country=US";
    let project = Project::of(&["person crm", "person shop", "consent crm", "consent shop"]);
    project.lines(&[
        crm,
        shop,
        "consent shop; email=bobby@example.net; purpose=marketing; channel=email; status=granted; stated_at=2026-01-01",
        "consent crm; person_id=1; purpose=marketing; channel=email; status=denied; stated_at=2026-01-02",
    ]);
    project.run();
    let customers = project.customers();
    assert_ne!(
        customers["crm:1"], customers["shop:2"],
        "the case is made of two who are not merged"
    );
    let edge = project.table("silver.scored_edges");
    let probability: f64 = edge
        .iter()
        .next()
        .expect("they are compared")
        .get("match_probability")
        .parse()
        .unwrap();
    assert!((0.05..0.94).contains(&probability), "{probability}");
    let above = |threshold: f64| {
        project.edit(|toml| {
            format!(
                "{}[consent]\nsuppress_above = {threshold}\n",
                toml.split("[consent").next().unwrap()
            )
        });
        project.run();
        permission(&project, "bobby@example.net", "marketing", "email")
    };
    assert_eq!(above((probability + 1.0) / 2.0), "granted");
    assert_eq!(above(probability / 2.0), "denied");
    let said = why(&project, "bobby@example.net", "marketing", "email");
    assert!(
        effects(&said).contains(&told("denies", "crm", "possible_match")),
        "{said}"
    );
    assert!((said["statements"][0]["probability"].as_f64().unwrap() - probability).abs() < 1e-9);
    assert!(
        project
            .extract("suppression_email")
            .has(&[("email", "bobby@example.net")])
    );
    // A yes of the one is none of the other; it takes back the no.
    project.lines(&["consent crm; person_id=1; purpose=marketing; channel=email; status=granted; stated_at=2026-02-02"]);
    project.run();
    assert_eq!(
        permission(&project, "bobby@example.net", "marketing", "email"),
        "granted"
    );
    project.lines(&["consent crm; person_id=1; purpose=marketing; channel=email; status=denied; stated_at=2026-02-03"]);
    project.run();
    assert_eq!(
        permission(&project, "bobby@example.net", "marketing", "email"),
        "denied"
    );
    // A steward knows that they are two.
    project.ok(&[
        "steward",
        "distinct",
        "crm:1",
        "shop:2",
        "--by",
        "Kim",
        "--reason",
        "father and son",
        "--as-of",
        "2026-03-01",
    ]);
    project.run_at("2026-03-02");
    assert_eq!(
        permission(&project, "bobby@example.net", "marketing", "email"),
        "granted"
    );
}

#[test]
fn coming_apart_gives_each_record_its_own_state_back() {
    let project = Project::of(&["person crm", "person shop", "consent crm", "consent shop"]);
    project.lines(&[
        "person crm 1; given_name=Ann; family_name=Abel; birth_date=1980-02-03; email=ann@example.org; updated_at=2026-01-01",
        "person shop 7; given_name=Ann; family_name=Abel; birth_date=1980-02-03; email=ann.abel@example.net; updated_at=2026-01-01",
        "consent shop; email=ann.abel@example.net; purpose=marketing; channel=email; status=granted; stated_at=2026-01-01",
        "consent crm; person_id=1; purpose=marketing; channel=email; status=denied; stated_at=2026-01-02",
    ]);
    project.ok(&[
        "run",
        "standardize",
        "--landing",
        &project.landing().display().to_string(),
    ]);
    project.run();
    let together = |project: &Project| {
        let customers = project.customers();
        customers["crm:1"] == customers["shop:7"]
    };
    if !together(&project) {
        project.ok(&[
            "steward",
            "same",
            "crm:1",
            "shop:7",
            "--by",
            "Kim",
            "--reason",
            "asked her",
            "--as-of",
            "2026-03-01",
        ]);
        project.run_at("2026-03-02");
    }
    assert!(together(&project));
    assert_eq!(
        permission(&project, "ann.abel@example.net", "marketing", "email"),
        "denied",
        "one customer, one no"
    );
    project.ok(&[
        "steward",
        "distinct",
        "crm:1",
        "shop:7",
        "--by",
        "Kim",
        "--reason",
        "mother and daughter",
        "--as-of",
        "2026-03-03",
    ]);
    project.run_at("2026-03-04");
    assert!(!together(&project));
    assert_eq!(
        permission(&project, "ann.abel@example.net", "marketing", "email"),
        "granted"
    );
    assert_eq!(
        permission(&project, "ann@example.org", "marketing", "email"),
        "denied"
    );
}

#[test]
fn who_may_not_be_sold_is_not_sold_by_any_contact_point() {
    let project = Project::of(&["person crm", "consent crm", "consent shop"]);
    let flag = "purpose=GPC; channel=email; status=true; stated_at=2026-02-01";
    project.lines(&[
        "person crm 1; given_name=Eve; family_name=Foss; email=eve@example.org; phone=+1 312 867 4411",
        "consent shop; phone=+1 312 867 4411; purpose=marketing; channel=ads; status=granted; stated_at=2026-01-01",
        &format!("consent crm; email=eve@example.org; {flag}"),
    ]);
    project.run();
    for (contact, channel) in [
        ("eve@example.org", "email"),
        ("eve@example.org", "ads"),
        ("+13128674411", "ads"),
        ("+13128674411", "sms"),
    ] {
        assert_eq!(
            permission(&project, contact, "sale", channel),
            "denied",
            "{contact} {channel}"
        );
    }
    assert_eq!(
        permission(&project, "+13128674411", "marketing", "ads"),
        "denied"
    );
    let customers = project.table("gold.dim_customer");
    assert_eq!(
        customers.one(&[("given_name", "Eve")]).get("tags"),
        "DoNotSell,DoNotTarget",
        "and not DoNotProfile"
    );
    // a yes that names the same contact point takes that back, and sells the named one only
    project.lines(&["consent crm; email=eve@example.org; purpose=sale; channel=all; status=granted; stated_at=2026-02-02"]);
    project.run();
    assert_eq!(
        permission(&project, "eve@example.org", "sale", "ads"),
        "granted"
    );
    assert_eq!(
        permission(&project, "+13128674411", "sale", "ads"),
        "unknown"
    );
    assert_eq!(
        permission(&project, "+13128674411", "marketing", "ads"),
        "granted"
    );
}

#[test]
fn terms_hold_where_an_address_is_and_the_desk_confirms() {
    let project = Project::of(&["person crm", "address crm", "consent crm"]);
    project.edit(|toml| toml + "[consent.jurisdictions.DE]\ndouble_opt_in = [\"email\"]\nlegal_bases = [\"consent\"]\n");
    let grant = "purpose=marketing; channel=email; status=granted; stated_at=2026-02-20";
    project.lines(&[
        "person crm 1; given_name=Ann; family_name=Abel; email=ann@example.org",
        "address crm; person_id=1; kind=home; address_line1=Hauptstrasse 1; city=Berlin; postcode=10115; country=DE",
        "person crm 2; given_name=Bea; family_name=Berg; email=bea@example.org; country=DE",
        &format!("consent crm; email=ann@example.org; {grant}"),
        &format!("consent crm; email=bea@example.org; {}", grant.replace("granted", "double opt-in")),
        // later, and less: it takes nothing away
        &format!("consent crm; email=bea@example.org; {}", grant.replace("02-20", "02-25")),
    ]);
    project.run();
    assert_eq!(
        permission(&project, "ann@example.org", "marketing", "email"),
        "unknown"
    );
    assert_eq!(
        permission(&project, "bea@example.org", "marketing", "email"),
        "granted"
    );
    let said = why(&project, "bea@example.org", "marketing", "email");
    assert_eq!(effects(&said)[0].0, "does not meet the terms");
    for email in ["ann@example.org", "bea@example.org"] {
        project.ok(&[
            "consent",
            "set",
            email,
            "granted",
            "--purpose",
            "marketing",
            "--channel",
            "email",
            "--by",
            "Kim",
            "--evidence",
            "a call",
            "--as-of",
            "2026-03-01",
        ]);
    }
    project.run_at("2026-03-02");
    assert_eq!(
        permission(&project, "ann@example.org", "marketing", "email"),
        "granted"
    );
    assert_eq!(
        permission(&project, "bea@example.org", "marketing", "email"),
        "granted"
    );
    // A country that has no terms is no reason for those of the project's own.
    project.edit(|toml| toml.replace("country = \"US\"", "country = \"DE\""));
    project.lines(&[
        "person crm 3; given_name=Cleo; family_name=Dahl; email=cleo@example.org; country=US",
        "person crm 4; given_name=Dag; family_name=Eide; email=dag@example.org",
        &format!("consent crm; email=cleo@example.org; {grant}"),
        &format!("consent crm; email=dag@example.org; {grant}"),
    ]);
    project.run_at("2026-03-03");
    assert_eq!(
        permission(&project, "cleo@example.org", "marketing", "email"),
        "granted"
    );
    assert_eq!(
        permission(&project, "dag@example.org", "marketing", "email"),
        "unknown"
    );
}

#[test]
fn a_permission_may_be_narrower_than_a_channel() {
    let project = Project::of(&["person crm", "account crm", "consent crm"]);
    project.lines(&[
        "account crm 9; legal_name=Acme Widgets Inc; email=office@acme-widgets.example",
        "person crm 1; given_name=Ann; family_name=Abel; email=ann@acme-widgets.example",
        "consent crm; account_id=9; purpose=account updates; channel=email; status=granted; stated_at=2026-01-01",
        "consent crm; email=ann@acme-widgets.example; purpose=account updates; channel=email; status=granted; stated_at=2026-01-01",
    ]);
    project.run();
    for email in ["office@acme-widgets.example", "ann@acme-widgets.example"] {
        assert_eq!(
            permission(&project, email, "account_updates", "email"),
            "granted"
        );
        assert_eq!(permission(&project, email, "marketing", "email"), "nothing");
    }
    assert_eq!(project.extract("audience_email").len(), 0, "no campaign");
    // "all" takes the narrow permission away as well
    project.lines(&["consent crm; email=ann@acme-widgets.example; purpose=all; channel=all; status=denied; stated_at=2026-02-01"]);
    project.run();
    assert_eq!(
        permission(
            &project,
            "ann@acme-widgets.example",
            "account_updates",
            "email"
        ),
        "denied"
    );
}
