//! `c360 consent why` and `c360 consent set`, and what `[consent]` makes of grants.

use super::super::support::{Feed, Project};
use serde_json::Value;
use std::fs;

/// What `consent why` says of a contact point, of one purpose and channel.
fn why(project: &Project, contact: &str, purpose: &str, channel: &str) -> Value {
    let as_of = ["--as-of", "2026-03-01T00:00:00Z"];
    let mut arguments = vec![
        "consent",
        "why",
        contact,
        "--purpose",
        purpose,
        "--channel",
        channel,
        "--json",
    ];
    arguments.extend(as_of);
    let answer: Value = serde_json::from_str(&project.ok(&arguments)).unwrap();
    assert_eq!(answer["decisions"].as_array().unwrap().len(), 1, "{answer}");
    answer["decisions"][0].clone()
}

fn permission(project: &Project, value: &str, purpose: &str, channel: &str) -> String {
    let consents = project.table("gold.customer_consents");
    let wanted = [
        ("contact_value", value),
        ("purpose", purpose),
        ("channel", channel),
    ];
    let found = consents.find(&wanted);
    found
        .first()
        .map_or("nothing", |row| row.get("permission"))
        .to_owned()
}

/// Effect, source and how it came to bind, of each statement.
fn effects(decision: &Value) -> Vec<(String, String, String)> {
    let text = |said: &Value, name: &str| said[name].as_str().unwrap().to_owned();
    let said = decision["statements"].as_array().unwrap().iter();
    said.map(|one| {
        (
            text(one, "effect"),
            text(one, "source_system"),
            text(one, "bound_by"),
        )
    })
    .collect()
}

fn told(effect: &str, source: &str, bound_by: &str) -> (String, String, String) {
    (effect.into(), source.into(), bound_by.into())
}

#[test]
fn why_names_every_statement_and_what_it_does() {
    let project = Project::of(&["person crm", "person shop", "consent crm", "consent shop"]);
    project.lines(&[
        "person crm 1; given_name=Ann; family_name=Abel; birth_date=1980-02-03; email=ann@example.org; phone=+1 312 867 4411",
        "person shop 7; given_name=Ann; family_name=Abel; birth_date=1980-02-03; email=ann@example.org",
        "consent shop; email=ann@example.org; purpose=marketing; channel=email; status=granted; stated_at=2026-01-01; evidence=form 3",
        "consent shop; email=ann@example.org; purpose=marketing; channel=email; status=pending; stated_at=2025-12-01",
        "consent crm; person_id=1; purpose=marketing; channel=email; status=denied; stated_at=2026-02-01; evidence=a letter",
    ]);
    project.run();
    let said = why(&project, "Ann@Example.org", "marketing", "email");
    assert_eq!(said["permission"], "denied");
    assert_eq!(
        effects(&said),
        [
            told("denies", "crm", "record"),
            told("grants", "shop", "contact_point"),
            told("replaced by a newer statement", "shop", "contact_point"),
        ]
    );
    assert_eq!(said["statements"][0]["evidence"], "a letter");
    assert_eq!(said["statements"][0]["record"], "person 1");
    assert_eq!(said["statements"][0]["source_row"], 1);
    // before the denial was made it counts all the same: clocks differ, and silence is the safe side
    let text = project.ok(&["consent", "why", "ann@example.org", "--as-of", "2026-01-15"]);
    assert!(text.contains("marketing by email: denied"), "{text}");
    // by phone nothing was said; of a stranger neither
    let phone = project.ok(&["consent", "why", "+1 (312) 867-4411", "--channel", "sms"]);
    assert!(phone.contains("unknown is not consent"), "{phone}");
    let nobody = project.ok(&["consent", "why", "nobody@example.org"]);
    assert!(
        nobody.contains("no customer of today has it") && nobody.contains("unknown"),
        "{nobody}"
    );
    let refused = project.fails(&["consent", "why", "P-nobody"]);
    assert!(
        refused.contains("no e-mail address, no phone number"),
        "{refused}"
    );
}

#[test]
fn a_request_at_the_front_desk_outlives_what_sources_deliver() {
    let project = Project::of(&["person crm", "consent crm full", "consent shop"]);
    let people = "person crm 1; given_name=Ann; family_name=Abel; email=ann@example.org; phone=+1 312 867 4411";
    let grant = "consent crm; email=ann@example.org; purpose=marketing; channel=email; status=granted; stated_at=2026-01-01";
    let service = "consent shop; email=ann@example.org; purpose=service; channel=email; status=granted; stated_at=2026-01-01";
    project.lines_as("2026-01-05", &[people, grant, service]);
    project.run_at("2026-01-10");
    assert_eq!(
        permission(&project, "ann@example.org", "marketing", "email"),
        "granted"
    );
    let set = |more: &[&str]| {
        let mut arguments = vec!["consent", "set"];
        arguments.extend(more);
        arguments.extend(["--by", "Kim", "--evidence", "a call"]);
        arguments
            .iter()
            .map(|text| (*text).to_owned())
            .collect::<Vec<_>>()
    };
    let ok = |more: &[&str]| {
        let arguments = set(more);
        project.ok(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    };
    ok(&["ann@example.org", "withdrawn", "--as-of", "2026-01-20"]);
    ok(&["ann@example.org", "withdrawn", "--as-of", "2026-01-20"]);
    project.run_at("2026-01-21");
    assert_eq!(
        permission(&project, "ann@example.org", "marketing", "email"),
        "denied"
    );
    assert_eq!(
        project
            .table("silver.consents")
            .find(&[("source_role", "front_desk")])
            .len(),
        1,
        "once"
    );
    assert!(
        !project
            .extract("audience_email")
            .has(&[("email", "ann@example.org")])
    );
    assert!(
        project
            .extract("suppression_email")
            .has(&[("email", "ann@example.org")])
    );
    // The source says yes again, in another file, and under another mapping: it was not asked.
    project.lines_as("2026-02-01", &[&grant.replace("2026-01-01", "2026-01-31")]);
    project.map(
        "crm_consent",
        &format!(
            "SELECT {} FROM input WHERE true",
            "email, purpose, channel, status, stated_at"
        ),
    );
    project.run_at("2026-02-02");
    assert_eq!(
        permission(&project, "ann@example.org", "marketing", "email"),
        "denied"
    );
    // A record of another source, all of it; and back again, by the front desk alone.
    ok(&[
        "crm:1",
        "denied",
        "--channel",
        "sms",
        "--as-of",
        "2026-02-03",
    ]);
    ok(&[
        "ann@example.org",
        "granted",
        "--purpose",
        "marketing",
        "--channel",
        "email",
        "--as-of",
        "2026-02-04",
    ]);
    project.run_at("2026-02-05");
    assert_eq!(
        permission(&project, "+13128674411", "marketing", "sms"),
        "denied"
    );
    assert_eq!(
        permission(&project, "ann@example.org", "marketing", "email"),
        "granted"
    );
    assert_eq!(
        permission(&project, "ann@example.org", "service", "email"),
        "denied",
        "only marketing was granted again"
    );
    // Killed between writing a request and taking it in: the next run finishes.
    let requests = project.lake().join("requests");
    let last = fs::read_dir(&requests)
        .unwrap()
        .map(|file| file.unwrap().path())
        .max()
        .unwrap();
    let text = fs::read_to_string(&last)
        .unwrap()
        .replace("2026-02-04", "2026-02-06")
        .replace("granted", "denied");
    fs::write(requests.join("2026-02-06-0123456789abcdef.ndjson"), text).unwrap();
    let report = project.run_at("2026-02-07");
    assert_eq!(report.rows("consent_requests"), [1, 0, 1, 0]);
    assert_eq!(
        permission(&project, "ann@example.org", "marketing", "email"),
        "denied"
    );
    // What cannot be recorded is told, and nothing is written.
    let before = project.versions();
    for (more, reason) in [
        (&["ann@example.org", "granted"][..], "names what it grants"),
        (
            &["not an address", "denied"],
            "no e-mail address, no phone number",
        ),
        (&["crm:2", "denied"], "no person record crm:2"),
        (
            &["ann@example.org", "denied", "--channel", "pigeon"],
            "possible values",
        ),
    ] {
        let arguments = set(more);
        let said = project.fails(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(said.contains(reason) && !said.contains("ann@"), "{said}");
    }
    let said = project.fails(&[
        "consent",
        "set",
        "ann@example.org",
        "denied",
        "--by",
        " ",
        "--evidence",
        "a call",
    ]);
    assert!(said.contains("--by is empty"), "{said}");
    assert_eq!(project.versions(), before);
    let project = Project::new(&[Feed::new(
        "consent_requests",
        "crm",
        "consent",
        "SELECT email FROM input",
    )]);
    assert!(project.fails(&["check"]).contains("the name is taken"));
}

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
        ("doi", "granted", Value::Null),
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
