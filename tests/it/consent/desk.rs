//! `c360 consent why` and `c360 consent set`.

use super::super::support::{Feed, Project};
use serde_json::Value;
use std::fs;

/// What `consent why` says of a contact point, of one purpose and channel.
pub fn why(project: &Project, contact: &str, purpose: &str, channel: &str) -> Value {
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

pub fn permission(project: &Project, value: &str, purpose: &str, channel: &str) -> String {
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
pub fn effects(decision: &Value) -> Vec<(String, String, String)> {
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

pub fn told(effect: &str, source: &str, bound_by: &str) -> (String, String, String) {
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
        .replace("confirmed", "denied");
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
        (&["crm:2", "denied"], "no such person record"),
        (
            &["ann@example.org", "denied", "--channel", "pigeon"],
            "possible values",
        ),
        (
            &["ann@example.org", "denied", "--purpose", "markting"],
            "no statement is of purpose markting",
        ),
        (
            &[
                "ann@example.org",
                "granted",
                "--purpose",
                "all",
                "--channel",
                "email",
            ],
            "names what it grants",
        ),
        (
            &["ann@example.org", "denied", "--expires-at", "2027-01-01"],
            "a denial has no end",
        ),
        (
            &[
                "ann@example.org",
                "granted",
                "--purpose",
                "marketing",
                "--channel",
                "email",
                "--expires-at",
                "2020-01-01",
            ],
            "over already",
        ),
        (
            &[
                "ann@example.org",
                "granted",
                "--purpose",
                "marketing",
                "--channel",
                "sms",
            ],
            "does not reach",
        ),
        (
            &["ann@example.org", "denied", "--jurisdiction", "Atlantis"],
            "no country and no law",
        ),
        (&["1:3128674411", "denied"], "no such person record"),
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
fn one_row_may_make_several_statements() {
    let people = "SELECT id AS source_record_id, given_name, family_name, email, phone FROM input";
    let consents = "SELECT id AS person_id, c['email'] AS email, c['purpose'] AS purpose, c['channel'] AS channel, \
        c['status'] AS status, c['at'] AS stated_at, c['how'] AS evidence FROM (SELECT id, unnest(consents) AS c FROM input)";
    let project = Project::new(&[
        Feed::new("people", "crm", "person", people).files("*.ndjson"),
        Feed::new("consents", "crm", "consent", consents).files("*.ndjson"),
    ]);
    let said = |email: &str, status: &str, at: &str, how: &str| {
        format!(
            r#"{{"email":{email},"purpose":"marketing","channel":"email","status":"{status}","at":"{at}","how":"{how}"}}"#
        )
    };
    project.drop(
        "crm.ndjson",
        format!(
            r#"{{"id":"1","given_name":"Bob","family_name":"Berg","email":"bob@example.org","phone":null,"consents":[{},{}]}}"#,
            said("\"ann@example.org\"", "granted", "2026-01-02", "form 1"),
            said("null", "denied", "2026-02-03", "form 2"),
        ) + "\n"
            + &format!(
                r#"{{"id":"2","given_name":"Cleo","family_name":"Dahl","email":"cleo@example.org","phone":null,"consents":[{},{}]}}"#,
                said("\"cleo@example.org\"", "granted", "2026-01-02", "form 3"),
                said("\"cleo@example.org\"", "pending", "2026-01-01", "form 4"),
            )
            + "\n",
    );
    project.run();
    assert_eq!(
        permission(&project, "bob@example.org", "marketing", "email"),
        "denied",
        "the second is about the record"
    );
    assert_eq!(
        permission(&project, "ann@example.org", "marketing", "email"),
        "granted"
    );
    let said = why(&project, "cleo@example.org", "marketing", "email");
    let evidence: Vec<&Value> = said["statements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["evidence"])
        .collect();
    assert_eq!(evidence, ["form 3", "form 4"], "each its own");
}

#[test]
fn many_desks_at_once_lose_nothing_and_long_evidence_is_shown_in_part() {
    let project = Project::of(&["person crm", "consent crm"]);
    let long = "e".repeat(70_000);
    project.lines(&[
        "person crm 1; given_name=Ann; family_name=Abel; email=ann@example.org",
        &format!("consent crm; email=ann@example.org; purpose=marketing; channel=email; status=granted; stated_at=2026-01-01; evidence={long}"),
    ]);
    project.run();
    let shown = project.ok(&["consent", "why", "ann@example.org"]);
    assert!(
        shown.contains('…') && shown.len() < 10_000,
        "{}",
        shown.len()
    );
    assert_eq!(
        why(&project, "ann@example.org", "marketing", "email")["statements"][0]["evidence"],
        long.as_str()
    );
    let desks: Vec<_> = (0..6)
        .map(|number| {
            let email = format!("desk{number}@example.org");
            let mut command = project.command(&[
                "consent",
                "set",
                &email,
                "denied",
                "--by",
                "Kim",
                "--evidence",
                "a call",
                "--as-of",
                "2026-03-01",
            ]);
            command
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for desk in desks {
        let done = desk.wait_with_output().unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    }
    project.run_at("2026-03-02");
    for number in 0..6 {
        assert_eq!(
            permission(
                &project,
                &format!("desk{number}@example.org"),
                "marketing",
                "email"
            ),
            "denied"
        );
    }
    assert_eq!(
        project
            .table("silver.consents")
            .find(&[("source_role", "front_desk")])
            .len(),
        6
    );
}
