//! Cases stand together in one project, each about people of its own.

mod desk;
mod drawn;
mod evaluator;
mod histories;
mod terms;

use super::support::{Project, Table};

struct Said {
    consents: Table,
    audience: Table,
    suppressed: Table,
    project: Project,
}

fn state(lines: &[&str]) -> Said {
    let project = Project::of(&[
        "person crm",
        "person shop",
        "consent crm",
        "consent shop",
        "consent branch role=front_desk",
    ]);
    project.lines(lines);
    project.run();
    read(project)
}

fn read(project: Project) -> Said {
    Said {
        consents: project.table("gold.customer_consents"),
        audience: project.extract("audience_email"),
        suppressed: project.extract("suppression_email"),
        project,
    }
}

impl Said {
    /// What is said of an e-mail address, in the table and in both files.
    fn is(&self, email: &str, permission: &str) {
        let rows = self.consents.find(&[
            ("contact_value", email),
            ("purpose", "marketing"),
            ("channel", "email"),
        ]);
        let said: Vec<&str> = rows.iter().map(|row| row.get("permission")).collect();
        match permission {
            "nothing" => assert!(said.is_empty(), "{email}: {said:?}"),
            _ => assert!(
                !said.is_empty() && said.iter().all(|one| *one == permission),
                "{email} is {said:?}, not {permission}"
            ),
        }
        assert_eq!(
            self.audience.has(&[("email", email)]),
            permission == "granted",
            "{email} in the audience"
        );
        assert_eq!(
            self.suppressed.has(&[("email", email)]),
            permission == "denied",
            "{email} in the suppression file"
        );
    }
}

const GRANT: &str = "purpose=marketing; channel=email; status=granted";
const DENY: &str = "purpose=marketing; channel=email; status=denied";

fn lines(text: &str) -> Vec<String> {
    let text = text.replace("GRANT", GRANT).replace("DENY", DENY);
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

fn said(text: &str) -> Said {
    let lines = lines(text);
    state(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn nothing_said_pending_unknown_and_expired_are_no_consent() {
    let said = said(
        "person crm 1; given_name=Ann; family_name=Abel; email=silent@example.org
         person crm 2; given_name=Bea; family_name=Berg; email=pending@example.org
         person crm 3; given_name=Cleo; family_name=Dahl; email=unknown@example.org
         person crm 4; given_name=Dag; family_name=Eide; email=expired@example.org
         person crm 5; given_name=Eva; family_name=Foss; email=granted@example.org
         person crm 6; given_name=Finn; family_name=Gran; email=service@example.org
         person crm 7; given_name=Gro; family_name=Holm; email=bysms@example.org; phone=+1 312 867 4411
         consent crm; email=pending@example.org; purpose=marketing; channel=email; status=pending; stated_at=2026-01-01
         consent crm; email=unknown@example.org; purpose=marketing; channel=email; status=perhaps; stated_at=2026-01-01
         consent crm; email=expired@example.org; GRANT; stated_at=2025-01-01; expires_at=2026-02-28
         consent crm; email=granted@example.org; GRANT; stated_at=2026-01-01; expires_at=2026-03-05
         consent crm; email=service@example.org; purpose=service; channel=email; status=granted; stated_at=2026-01-01
         consent crm; email=bysms@example.org; phone=+1 312 867 4411; purpose=marketing; channel=sms; status=granted; stated_at=2026-01-01",
    );
    for (email, permission) in [
        ("silent", "nothing"),
        ("pending", "unknown"),
        ("unknown", "unknown"),
        ("expired", "unknown"),
        ("granted", "granted"),
        ("service", "nothing"),
        ("bysms", "nothing"),
    ] {
        said.is(&format!("{email}@example.org"), permission);
    }
    assert!(said.consents.has(&[
        ("contact_value", "+13128674411"),
        ("channel", "sms"),
        ("permission", "granted")
    ]));
    assert!(
        !said
            .consents
            .has(&[("contact_value", "+13128674411"), ("channel", "phone")])
    );
    // Time is an input: a week later the last grant has expired too.
    said.project.run_at("2026-03-08");
    assert_eq!(said.project.extract("audience_email").len(), 0);
    read(said.project).is("granted@example.org", "unknown");
}

#[test]
fn a_statement_that_names_a_contact_point_binds_every_owner() {
    let said = said(
        "person crm 1; given_name=Peter; family_name=Larsen; email=larsens@example.org
         person crm 2; given_name=Ingrid; family_name=Larsen; email=larsens@example.org
         person crm 3; given_name=Karl; family_name=Okafor; email=okafors@example.org
         person crm 4; given_name=Fiona; family_name=Okafor; email=okafors@example.org
         consent shop; email=Larsens@example.org; GRANT; stated_at=2026-01-01
         consent crm; person_id=1; email=larsens@example.org; DENY; stated_at=2026-01-02
         consent shop; email=okafors@example.org; GRANT; stated_at=2026-01-01
         consent shop; email=stranger@example.org; DENY; stated_at=2026-01-01",
    );
    said.is("larsens@example.org", "denied");
    assert_eq!(
        said.suppressed
            .find(&[("email", "larsens@example.org")])
            .len(),
        2,
        "for both owners"
    );
    said.is("okafors@example.org", "granted");
    assert_eq!(
        said.audience
            .find(&[("email", "okafors@example.org")])
            .len(),
        2
    );
    said.is("stranger@example.org", "denied");
    assert_eq!(
        said.suppressed
            .one(&[("email", "stranger@example.org")])
            .get("customer_id"),
        "",
        "nobody's address is suppressed too"
    );
}

#[test]
fn a_record_denies_for_its_customer_and_grants_for_itself() {
    let said = said(
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@work.example; phone=+1 312 867 4411
         person shop 1; given_name=Jane; family_name=Roe; email=jane@home.example; phone=+1 312 867 4411
         consent shop; email=jane@home.example; GRANT; stated_at=2026-01-01
         consent crm; person_id=1; DENY; stated_at=2025-12-01
         person crm 2; given_name=Omar; family_name=Haddad; email=omar@work.example; phone=+1 312 867 4412
         person shop 2; given_name=Omar; family_name=Haddad; email=omar@home.example; phone=+1 312 867 4412
         consent crm; person_id=2; GRANT; stated_at=2026-01-01
         person crm 3; given_name=Pia; family_name=Moss; email=pia@home.example
         consent crm; person_id=3; purpose=marketing; channel=all; status=granted; stated_at=2026-01-01
         consent shop; email=pia@home.example; purpose=marketing; channel=all; status=denied; stated_at=2025-01-01",
    );
    assert_eq!(
        said.project.customers()["crm:1"],
        said.project.customers()["shop:1"]
    );
    said.is("jane@work.example", "denied");
    said.is("jane@home.example", "denied");
    said.is("omar@work.example", "granted");
    said.is("omar@home.example", "unknown");
    said.is("pia@home.example", "denied");
}

#[test]
fn newer_replaces_older_within_a_source_and_the_strictest_wins_across() {
    let said = said(
        "person crm 1; given_name=Ann; family_name=Abel; email=yesno@example.org
         consent crm; email=yesno@example.org; GRANT; stated_at=2026-01-01
         consent crm; email=yesno@example.org; DENY; stated_at=2026-01-02
         person crm 2; given_name=Bea; family_name=Berg; email=noyes@example.org
         consent crm; email=noyes@example.org; GRANT; stated_at=2026-01-02
         consent crm; email=noyes@example.org; DENY; stated_at=2026-01-01
         person crm 3; given_name=Cleo; family_name=Dahl; email=tie@example.org
         consent crm; email=tie@example.org; GRANT; stated_at=2026-01-02
         consent crm; email=tie@example.org; DENY; stated_at=2026-01-02
         person crm 4; given_name=Dag; family_name=Eide; email=across@example.org
         consent crm; email=across@example.org; GRANT; stated_at=2026-02-02
         consent shop; email=across@example.org; DENY; stated_at=2025-01-01
         person crm 5; given_name=Eva; family_name=Foss; email=silence@example.org
         consent crm; email=silence@example.org; DENY; stated_at=2026-01-01
         consent crm; email=silence@example.org; purpose=marketing; channel=email; status=pending; stated_at=2026-01-02
         person crm 6; given_name=Finn; family_name=Gran; email=future@example.org
         consent crm; email=future@example.org; GRANT; stated_at=2026-06-01
         person crm 7; given_name=Gro; family_name=Holm; email=futureno@example.org
         consent crm; email=futureno@example.org; GRANT; stated_at=2026-01-01
         consent shop; email=futureno@example.org; DENY; stated_at=2026-06-01",
    );
    for (email, permission) in [
        ("yesno", "denied"),
        ("noyes", "granted"),
        ("tie", "denied"),
        ("across", "denied"),
        ("silence", "denied"),
        ("future", "unknown"),
        ("futureno", "denied"),
    ] {
        said.is(&format!("{email}@example.org"), permission);
    }
}

#[test]
fn the_front_desk_replaces_older_statements_of_every_source() {
    let said = said(
        "person crm 1; given_name=Ann; family_name=Abel; email=back@example.org
         consent crm; email=back@example.org; DENY; stated_at=2026-01-01
         consent shop; email=back@example.org; DENY; stated_at=2026-01-02
         consent branch; email=back@example.org; GRANT; stated_at=2026-02-01; evidence=form 1077
         person crm 2; given_name=Bea; family_name=Berg; email=noproof@example.org
         consent crm; email=noproof@example.org; DENY; stated_at=2026-01-01
         consent branch; email=noproof@example.org; GRANT; stated_at=2026-02-01
         person crm 3; given_name=Cleo; family_name=Dahl; email=later@example.org
         consent branch; email=later@example.org; GRANT; stated_at=2026-01-01; evidence=form 1078
         consent shop; email=later@example.org; DENY; stated_at=2026-01-02
         person crm 4; given_name=Dag; family_name=Eide; email=out@example.org
         consent crm; email=out@example.org; GRANT; stated_at=2026-01-01
         consent branch; email=out@example.org; DENY; stated_at=2026-01-02; evidence=form 1079",
    );
    for (email, permission) in [
        ("back", "granted"),
        ("noproof", "denied"),
        ("later", "denied"),
        ("out", "denied"),
    ] {
        said.is(&format!("{email}@example.org"), permission);
    }
}

#[test]
fn consent_only_moves_forward() {
    let said = said(
        "person crm 1; given_name=Ann; family_name=Abel; email=ann@example.org; updated_at=2026-01-01
         person crm 2; given_name=Bea; family_name=Berg; email=bea@example.org; updated_at=2026-01-01
         consent crm; email=ann@example.org; GRANT; stated_at=2026-01-01
         consent crm; email=bea@example.org; DENY; stated_at=2026-01-01",
    );
    said.is("ann@example.org", "granted");
    let project = said.project;
    let granted = std::fs::read(project.landing().join("crm_consent_001.csv")).unwrap();
    project.lines(&["consent crm; email=ann@example.org; purpose=marketing; channel=email; status=withdrawn; stated_at=2026-02-01"]);
    project.run();
    // The old file comes again, under another name, and with it nothing.
    project.drop("crm_consent_redelivered.csv", granted);
    project.run();
    let said = read(project);
    said.is("ann@example.org", "denied");
    // The customers are gone; what they said is not.
    let project = said.project;
    project.lines(&[
        "person crm 1; is_deleted=true; updated_at=2026-02-02",
        "person crm 2; is_deleted=true; updated_at=2026-02-02",
    ]);
    project.run();
    let said = read(project);
    said.is("ann@example.org", "denied");
    said.is("bea@example.org", "denied");
}

#[test]
fn no_run_goes_back_behind_a_publication() {
    let said = said(
        "person crm 1; given_name=Ann; family_name=Abel; email=ann@example.org
         consent crm; email=ann@example.org; GRANT; stated_at=2026-01-01; expires_at=2026-03-05",
    );
    said.is("ann@example.org", "granted");
    said.project.run_at("2026-03-08");
    assert_eq!(said.project.extract("audience_email").len(), 0);
    said.project
        .lines(&["person crm 2; given_name=Bea; family_name=Berg"]);
    let back = said.project.try_run("2026-03-02");
    assert!(
        !back.succeeded && back.stderr.contains("--as-of"),
        "{}",
        back.stderr
    );
    assert_eq!(
        said.project.extract("audience_email").len(),
        0,
        "what expired stays expired"
    );
    said.project.run_at("2026-03-08");
}

#[test]
fn files_are_safe_to_open_in_a_spreadsheet() {
    let said = said(
        "person crm 1; given_name==HYPERLINK(\"http://x.example\"); family_name=Abel; email=one@example.org; company_name=@SUM(1+1)
         person crm 2; given_name=-2+3; family_name=+1+cmd; email=two@example.org
         consent crm; email=one@example.org; GRANT; stated_at=2026-01-01
         consent crm; email=two@example.org; GRANT; stated_at=2026-01-01",
    );
    assert_eq!(said.audience.len(), 2);
    for name in ["audience_email", "suppression_email", "crm_id_map"] {
        for row in &said.project.extract(name).rows {
            for cell in row {
                assert!(
                    !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                    "{name}: {cell}"
                );
            }
        }
    }
    let manifest = said.project.manifest("audience_email");
    assert_eq!(manifest["rows"], 2);
    assert!(
        manifest["sha256"]
            .as_str()
            .is_some_and(|sum| sum.len() == 64)
    );
    assert!(manifest["table_versions"]["gold.customer_consents"].is_i64());
}

#[test]
fn statements_that_cannot_be_placed_are_quarantined() {
    let project = Project::of(&["person crm", "consent crm"]);
    project.lines(&[
        "person crm 1; given_name=Ann; family_name=Abel; email=ann@example.org",
        "person crm 2; given_name=Bea; family_name=Berg; email=bea@example.org; phone=+1 312 867 4411",
        "consent crm; purpose=marketing; channel=email; status=granted",
        "consent crm; email=not an address; purpose=marketing; channel=email; status=granted",
        "consent crm; person_id=1; email=not an address; purpose=marketing; channel=email; status=granted",
        "consent crm; email=ann@example.org; channel=email; status=granted",
        "consent crm; email=ann@example.org; purpose=marketing; channel=telepathy; status=granted",
        // A denial is kept whatever else cannot be read: over every channel, for the record.
        "consent crm; phone=+1 312 867 4411; purpose=marketing; channel=telepathy; status=denied; stated_at=once",
        "consent crm; person_id=1; email=not an address; purpose=marketing; channel=email; status=denied",
    ]);
    assert_eq!(project.run().rows("crm_consent"), [7, 0, 2, 5]);
    assert!(
        project
            .extract("suppression_email")
            .has(&[("email", "ann@example.org")])
    );
    for name in ["suppression_sms", "suppression_phone"] {
        assert!(
            project.extract(name).has(&[("phone", "+13128674411")]),
            "{name}"
        );
    }
}
