use super::support::Project;

/// Everything here that may not be said, in every form it takes on the way.
const PERSONAL: [&str; 12] = [
    "jane",
    "roe",
    "oconnor",
    "acme-widgets",
    "7365000",
    "736-5000",
    "912345678",
    "912 345 678",
    "elm street",
    "10001-2604",
    "1980-02-03",
    "123-45-6789",
];

fn assert_silent(said: &str, what: &str) {
    let lower = said.to_lowercase();
    for personal in PERSONAL {
        assert!(
            !lower.contains(personal),
            "{personal} in what {what} said:\n{said}"
        );
    }
}

fn project() -> Project {
    let project = Project::of(&["person crm", "person shop", "consent shop", "account crm"]);
    project.lines(&[
        "person crm 1; given_name=Jane; family_name=Roe; email=jane.roe@acme-widgets.com; phone=+1 212 736 5000; \
         birth_date=1980-02-03; tax_id=123-45-6789; address_line1=1 Elm Street; city=New York; postcode=10001-2604; updated_at=2026-01-01",
        "person crm 2; given_name=Sean; family_name=OConnor; email=jane.roe@acme-widgets; phone=912 345 678; updated_at=yesterday",
        "person crm ; given_name=Jane; family_name=Roe; email=jane.roe@acme-widgets.com",
        "person shop A; full_name=Jane Roe; email=Jane.Roe@acme-widgets.com; updated_at=2026-01-01",
        "consent shop; email=jane.roe@acme-widgets.com; channel=carrier pigeon; purpose=marketing; status=granted",
        "consent shop; email=jane.roe@acme-widgets.com; channel=email; purpose=marketing; status=granted; stated_at=2026-01-01",
        "account crm 1; legal_name=Acme Widgets; website=acme-widgets.com; phone=+1 212 736 5000",
    ]);
    project.drop(
        "crm_person_torn.csv",
        "source_record_id,email\n7,\"jane.roe@acme-widgets.com",
    );
    project
}

#[test]
fn runs_say_nothing_personal() {
    let project = project();
    for (verbosity, log) in [
        ("", None),
        (" --json", None),
        (" at log level info", Some("info")),
    ] {
        let mut command = project.run_command("2026-03-01");
        if let Some(level) = log {
            command.env("C360_LOG", level);
        }
        let output = command.output().unwrap();
        let said =
            [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
        assert_silent(&said.concat(), &format!("run{verbosity}"));
        std::fs::remove_dir_all(project.lake()).unwrap();
    }
    let output = project
        .command(&["run", "--landing"])
        .arg(project.landing())
        .output()
        .unwrap();
    let said =
        [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    assert_silent(&said.concat(), "run for people");
}

#[test]
fn our_own_debug_lines_are_silent() {
    let project = project();
    let mut command = project.run_command("2026-03-01");
    command.env("C360_LOG", "c360=trace,pipeline=trace,lake=trace,linkage=trace,records=trace,consent=trace,mastering=trace");
    let output = command.output().unwrap();
    let said =
        [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    assert_silent(&said.concat(), "run at log level trace");
}

#[test]
fn refusals_and_mapping_faults_are_silent() {
    let project = project();
    project.drop(
        "crm_person_duplicate_header.csv",
        "source_record_id,source_record_id\n1,jane.roe@acme-widgets.com\n",
    );
    project.map(
        "shop_person",
        "SELECT nothing_there AS source_record_id, email FROM input",
    );
    let report = project.try_run("2026-03-01");
    assert!(!report.succeeded);
    assert_silent(
        &format!("{}{}", report.json, report.stderr),
        "a refusing run",
    );
    let mut check = project.command(&["check", "--landing"]);
    let output = check.arg(project.landing()).output().unwrap();
    let said =
        [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    assert_silent(&said.concat(), "check");
}
