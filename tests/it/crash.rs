use super::support::{Project, Random, State};
use std::os::unix::process::ExitStatusExt;
use std::time::{Duration, Instant};

const SECOND_DAY: &str = "2026-03-02T00:00:00Z";

/// A lake of one run, and a second drop that changes everything a drop can change.
fn before_the_second_day() -> Project {
    let project = Project::of(&[
        "person crm",
        "person shop full",
        "consent shop",
        "order shop",
        "account crm",
    ]);
    project.lines_as("2026-02-01", &[
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@acme-widgets.example; phone=+1 212 736 5000; account_id=1; updated_at=2026-01-05",
        "person crm 2; given_name=Li; family_name=Wei; email=li.wei@example.org; updated_at=2026-01-05",
        "person crm 3; given_name=Omar; family_name=Haddad; email=omar@globex.example; updated_at=2026-01-05",
        "person shop A; full_name=Jane Roe; email=jane.roe@home.example",
        "person shop B; full_name=Pia Moss; email=pia@home.example",
        "consent shop; email=jane@acme-widgets.example; purpose=marketing; channel=email; status=granted; stated_at=2026-01-05",
        "consent shop; email=li.wei@example.org; purpose=marketing; channel=email; status=granted; stated_at=2026-01-05",
        "order shop O-1; person_id=A; ordered_at=2026-01-10; amount=12.50; currency=usd",
        "account crm 1; legal_name=Acme Widgets Inc.; website=acme-widgets.example",
    ]);
    project.run();
    project.lines_as("2026-03-01", &[
        // a merge, a deletion, a new version, a withdrawal, a row that cannot be read, a new order
        "person crm 3; given_name=Omar; family_name=Haddad; is_deleted=true; updated_at=2026-02-20",
        "person crm 4; given_name=Eva; family_name=Foss; email=eva@globex.example; updated_at=2026-02-20",
        "person crm ; given_name=Nobody",
        "person shop A; full_name=Jane Roe; email=jane.roe@home.example; phone=212-736-5000",
        "consent shop; email=li.wei@example.org; purpose=marketing; channel=email; status=withdrawn; stated_at=2026-02-20",
        "consent shop; person_id=A; purpose=marketing; channel=pigeon; status=granted",
        "order shop O-2; person_id=A; ordered_at=2026-02-20; amount=7; currency=eur",
        "account crm 2; legal_name=Globex; website=globex.example",
    ]);
    project
}

fn undisturbed(before: &Project) -> (Duration, State) {
    let project = before.fork();
    let begun = Instant::now();
    project.run_at(SECOND_DAY);
    (begun.elapsed(), project.everything())
}

/// What the manifests name is there whole, whatever died beside it.
fn published_files_are_whole(project: &Project, what: &str) {
    for name in [
        "audience_email",
        "suppression_email",
        "crm_id_map",
        "change_events",
    ] {
        let bytes = project.extract_text(name).len() as u64;
        assert_eq!(
            project.manifest(name)["bytes"].as_u64(),
            Some(bytes),
            "{what}: {name}"
        );
    }
}

fn dies_at(points: &[&str]) {
    let before = before_the_second_day();
    let (_, expected) = undisturbed(&before);
    for point in points {
        let project = before.fork();
        let status = project
            .run_command(SECOND_DAY)
            .env("C360_CRASH_AT", point)
            .output()
            .unwrap()
            .status;
        assert_eq!(status.signal(), Some(9), "{point} was hit");
        published_files_are_whole(&project, point);
        project.run_at(SECOND_DAY);
        expected.assert_equal(&project.everything(), point);
    }
}

#[test]
fn standardize_dies_before_and_between_its_commits() {
    dies_at(&[
        "written/silver.person_records",
        "staged/silver.person_records",
        "committed/silver.person_records",
        "committed/silver.contact_points",
        "committed/silver.consents",
        "committed/bronze.quarantine",
        "staged/bronze.ingested_files",
        "committed/bronze.ingested_files",
        "committed/bronze.ingested_files#3",
    ]);
}

#[test]
fn resolve_dies_before_and_between_its_commits() {
    dies_at(&[
        "written/silver.persons",
        "staged/silver.persons",
        "committed/silver.persons",
        "committed/silver.scored_edges",
        "committed/silver.compared_records",
        "committed/silver.block_keys",
        "committed/silver.customer_redirects",
        "committed/silver.departed_records",
        "committed/silver.crosswalk_history",
        "committed/silver.resolve_runs",
        "committed/silver.account_links",
        "staged/silver.crosswalk",
        "committed/silver.crosswalk",
    ]);
}

#[test]
fn golden_dies_before_and_between_its_commits() {
    dies_at(&[
        "written/gold.fact_orders",
        "staged/gold.fact_orders",
        "committed/gold.dim_person",
        "committed/gold.dim_customer",
        "committed/gold.customer_consents",
        "staged/gold.change_events",
        "committed/gold.change_events",
        "staged/gold.publications",
        "committed/gold.publications",
    ]);
}

#[test]
fn extract_dies_between_a_file_and_its_manifest() {
    dies_at(&[
        "extract/audience_email/computed",
        "extract/audience_email/file",
        "extract/audience_email/manifest",
        "extract/audience_email/pointer",
        "extract/suppression_email/file",
        "extract/change_events/file",
        "extract/change_events/pointer",
    ]);
}

#[test]
fn twenty_random_moments() {
    let before = before_the_second_day();
    let (duration, expected) = undisturbed(&before);
    let mut random = Random(20);
    let mut killed = 0;
    for lake in 0..10 {
        let project = before.fork();
        // Twice in each lake, at moments spread over the whole of a run.
        for moment in [lake, 19 - lake] {
            let share = (moment as f64 + random.below(1000) as f64 / 1000.0) / 20.0;
            let mut run = project.run_command(SECOND_DAY);
            let quiet = [std::process::Stdio::null(), std::process::Stdio::null()];
            let [stdout, stderr] = quiet;
            let mut run = run.stdout(stdout).stderr(stderr).spawn().unwrap();
            std::thread::sleep(duration.mul_f64(share));
            run.kill().unwrap();
            killed += u32::from(run.wait().unwrap().signal() == Some(9));
            published_files_are_whole(&project, &format!("lake {lake}, moment {moment}"));
        }
        project.run_at(SECOND_DAY);
        expected.assert_equal(&project.everything(), &format!("lake {lake}"));
    }
    // Most moments lie within a run; a second run finds less to do and may be through.
    assert!(killed >= 10, "only {killed} of 20 runs were still at work");
}

#[test]
fn a_run_that_dies_over_and_over_gets_there() {
    let before = before_the_second_day();
    let (_, expected) = undisturbed(&before);
    let project = before.fork();
    for point in [
        "committed/silver.person_records",
        "committed/silver.contact_points",
        "committed/bronze.ingested_files",
        "committed/silver.persons",
        "staged/silver.crosswalk",
        "committed/gold.dim_person",
        "committed/gold.change_events",
        "staged/gold.publications",
        "extract/audience_email/file",
    ] {
        let status = project
            .run_command(SECOND_DAY)
            .env("C360_CRASH_AT", point)
            .output()
            .unwrap()
            .status;
        assert_eq!(status.signal(), Some(9), "{point} was hit");
    }
    project.run_at(SECOND_DAY);
    expected.assert_equal(&project.everything(), "after nine deaths");
}
