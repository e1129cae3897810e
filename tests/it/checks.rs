//! A planted violation is a model that someone broke (`C360_SQL_DIR`), or a table that something damaged.

mod damage;
mod denials;

use super::support::{Project, workspace};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// How a shipped file is broken.
enum Break {
    /// A piece of its text, and what stands there instead.
    Replace(&'static str, &'static str),
    /// The whole SELECT as `model`, inside another.
    Around(&'static str),
}
use Break::{Around, Replace};

struct Plant {
    check: &'static str,
    file: &'static str,
    broken: Break,
}

const fn plant(check: &'static str, file: &'static str, broken: Break) -> Plant {
    Plant {
        check,
        file,
        broken,
    }
}

const PLANTS: [Plant; 33] = [
    plant(
        "resolve/02_versions_once",
        "silver/persons.sql",
        Replace("WHERE version_rank > 1", "WHERE version_rank > 2"),
    ),
    plant(
        "resolve/03_crosswalk_complete",
        "silver/comparable_persons.sql",
        Around("SELECT * FROM model WHERE source_record_id <> '2'"),
    ),
    plant(
        "resolve/04_every_id_leads_somewhere",
        "silver/crosswalk_history.sql",
        Around(
            "SELECT * FROM model UNION ALL SELECT * REPLACE ('P-nobody' AS customer_id) FROM model",
        ),
    ),
    plant(
        "resolve/04_history_is_the_crosswalk",
        "silver/crosswalk_history.sql",
        Around("SELECT * FROM model WHERE source_record_id <> '2'"),
    ),
    plant(
        "resolve/04_history_is_the_crosswalk",
        "silver/crosswalk_history.sql",
        Around("SELECT * REPLACE (valid_from AS valid_to) FROM model"),
    ),
    plant(
        "resolve/04_history_is_the_crosswalk",
        "silver/crosswalk_history.sql",
        Around(
            "SELECT * REPLACE ('another' AS run_id) FROM model UNION ALL SELECT * REPLACE ($run_id AS run_id) FROM model",
        ),
    ),
    plant(
        "resolve/03_customers_have_a_status",
        "silver/customers.sql",
        Around("SELECT * FROM model WHERE entity = 'account'"),
    ),
    plant(
        "resolve/03_households_are_of_customers",
        "silver/household_ties.sql",
        Around("SELECT * REPLACE ('P-nobody' || customer_id AS customer_id) FROM model"),
    ),
    plant(
        "resolve/06_decisions_hold",
        "silver/settled.sql",
        Around("SELECT * FROM model WHERE false"),
    ),
    plant(
        "resolve/06_decisions_hold",
        "silver/settled.sql",
        Around("SELECT * FROM model WHERE kind = 'same'"),
    ),
    plant(
        "golden/03_every_record_is_counted",
        "gold/dim_person.sql",
        Around("SELECT * REPLACE (source_record_count + 1 AS source_record_count) FROM model"),
    ),
    plant(
        "golden/03_one_golden_row_per_customer",
        "gold/dim_customer.sql",
        Around("SELECT * FROM model UNION ALL SELECT * FROM model WHERE entity = 'account'"),
    ),
    plant(
        "golden/03_one_row_per_address",
        "gold/customer_addresses.sql",
        Around("SELECT * FROM model UNION ALL SELECT * FROM model"),
    ),
    plant(
        "golden/04_relationships_name_customers",
        "gold/customer_relationships.sql",
        Around("SELECT * REPLACE ('A-merged' AS to_customer_id) FROM model"),
    ),
    plant(
        "golden/04_relationships_name_customers",
        "gold/customer_relationships.sql",
        Around("SELECT * FROM model UNION ALL SELECT * FROM model"),
    ),
    plant(
        "golden/05_denials_hold",
        "gold/customer_consents.sql",
        Around("SELECT * FROM model WHERE permission <> 'denied'"),
    ),
    plant(
        "golden/05_reachable_is_granted",
        "gold/dim_customer.sql",
        Around("SELECT * REPLACE (true AS is_marketing_reachable) FROM model"),
    ),
    plant(
        "golden/07_golden_rows_are_golden_values",
        "gold/dim_customer.sql",
        Around("SELECT * REPLACE ('invented' AS segment) FROM model"),
    ),
    plant(
        "golden/07_golden_values_have_a_source",
        "gold/golden_values.sql",
        Around("SELECT * REPLACE (CAST(NULL AS TEXT) AS rule) FROM model"),
    ),
    plant(
        "golden/08_facts_are_neither_lost_nor_doubled",
        "gold/fact_orders.sql",
        Around("SELECT * FROM model WHERE false"),
    ),
    plant(
        "golden/08_facts_are_neither_lost_nor_doubled",
        "gold/fact_orders.sql",
        Around("SELECT * FROM model UNION ALL SELECT * FROM model"),
    ),
    plant(
        "golden/08_facts_name_customers",
        "gold/fact_orders.sql",
        Around("SELECT * REPLACE ('P-nobody' AS customer_id) FROM model"),
    ),
    plant(
        "golden/08_keys_lead_somewhere",
        "gold/customer_addresses.sql",
        Around("SELECT * REPLACE ('P-nobody' AS customer_id) FROM model"),
    ),
    plant(
        "golden/09_events_carry_no_personal_data",
        "gold/change_events.sql",
        Around(
            "SELECT * REPLACE (concat(customer_id, ' jane', chr(64), 'acme.example') AS customer_id) FROM model",
        ),
    ),
    plant(
        "extract/05_audience_is_granted",
        "extracts/permitted/points.sql",
        Replace("AND permission = 'granted'", ""),
    ),
    plant(
        "extract/05_contact_points_are_granted",
        "extracts/permitted/points.sql",
        Replace("permission = 'granted'", "permission <> 'unknown'"),
    ),
    plant(
        "extract/05_audience_is_not_suppressed",
        "extracts/suppression_email.sql",
        Replace(
            "permission = 'denied'",
            "permission IN ('denied', 'granted')",
        ),
    ),
    plant(
        "extract/05_suppression_misses_no_one",
        "extracts/suppression_email.sql",
        Around("SELECT * FROM model WHERE false"),
    ),
    plant(
        "extract/05_suppression_misses_no_one",
        "extracts/suppression_sms.sql",
        Around("SELECT * FROM model WHERE false"),
    ),
    plant(
        "extract/05_suppression_misses_no_one",
        "extracts/suppression_ads.sql",
        Around("SELECT * FROM model WHERE contact_channel = 'email'"),
    ),
    plant(
        "extract/05_suppression_misses_no_one",
        "extracts/suppression_post.sql",
        Around("SELECT * FROM model WHERE false"),
    ),
    plant(
        "extract/08_files_hold_each_row_once",
        "extracts/audience_email.sql",
        Around("SELECT * FROM model UNION ALL SELECT * FROM model"),
    ),
    plant(
        "extract/08_files_hold_each_row_once",
        "extracts/crm_id_map.sql",
        Around("SELECT * FROM model UNION ALL SELECT * FROM model"),
    ),
];

/// Checks whose violation needs a damaged table: see [`damage`].
const DAMAGED: [&str; 3] = [
    "standardize/01_rows_conserved",
    "standardize/02_delivered_once",
    "resolve/04_ids_keep_hands",
];

#[test]
fn every_check_has_a_planted_violation() {
    let planted: BTreeSet<String> = PLANTS
        .iter()
        .map(|plant| plant.check)
        .chain(DAMAGED)
        .map(str::to_owned)
        .collect();
    let mut there = BTreeSet::new();
    for stage in fs::read_dir(workspace().join("sql/checks")).unwrap() {
        let stage = stage.unwrap();
        for check in fs::read_dir(stage.path()).unwrap() {
            let check = check.unwrap().file_name().into_string().unwrap();
            there.insert(format!(
                "{}/{}",
                stage.file_name().to_string_lossy(),
                check.trim_end_matches(".sql")
            ));
        }
    }
    assert_eq!(
        there, planted,
        "checks there are, and checks with a planted violation"
    );
}

/// A published lake, and a drop that has not been run yet.
fn published() -> Project {
    let project = Project::of(&[
        "person crm",
        "person shop",
        "account crm",
        "consent shop",
        "order shop",
    ]);
    project.lines(&[
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@acme-widgets.example; phone=+1 312 867 4411; updated_at=2026-01-01",
        "person crm 2; given_name=Li; family_name=Wei; email=li@home.example; updated_at=2026-01-01",
        "person crm 3; given_name=Omar; family_name=Haddad; email=omar@home.example; address_line1=1 Oak Avenue; city=Chicago",
        "person shop A; given_name=Pia; family_name=Moss; email=pia@home.example",
        "person shop B; given_name=Eva; family_name=Foss; email=eva@home.example",
        "person shop C; given_name=Tom; family_name=Foss; phone=+1 312 867 4490",
        "person shop D; given_name=Ute; family_name=Foss; phone=+1 312 867 4490",
        "account crm 1; legal_name=Acme Widgets; website=acme-widgets.example",
        "consent shop; email=li@home.example; purpose=marketing; channel=email; status=granted; stated_at=2026-01-01",
        "consent shop; email=omar@home.example; purpose=marketing; channel=email; status=denied; stated_at=2026-01-01",
        "consent shop; phone=+1 312 867 4411; purpose=marketing; channel=sms; status=denied; stated_at=2026-01-01",
        "consent shop; phone=+1 312 867 4411; purpose=marketing; channel=ads; status=denied; stated_at=2026-01-01",
        "consent shop; person_id=A; purpose=marketing; channel=post; status=denied; stated_at=2026-01-01",
        "order shop O-1; person_id=A; ordered_at=2026-02-01; amount=10; currency=usd",
    ]);
    project.run();
    project.ok(&[
        "steward",
        "same",
        "crm:3",
        "shop:A",
        "--by",
        "ann",
        "--reason",
        "a test",
        "--as-of",
        "2026-02-01",
    ]);
    project.run();
    project.ok(&[
        "steward",
        "same",
        "shop:A",
        "shop:B",
        "--by",
        "ann",
        "--reason",
        "a test",
        "--as-of",
        "2026-02-02",
    ]);
    project.ok(&[
        "steward",
        "distinct",
        "crm:3",
        "shop:B",
        "--by",
        "ann",
        "--reason",
        "a test",
        "--as-of",
        "2026-02-03",
    ]);
    project.lines(&[
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@acme-widgets.example; phone=+1 312 867 4411; updated_at=2026-02-01",
        "person crm 9; given_name=Dag; family_name=Eide; email=dag@home.example",
        "order shop O-2; person_id=B; ordered_at=2026-02-02; amount=11; currency=usd",
    ]);
    project
}

/// What readers see of a lake: commits by table, and the newest manifests.
fn seen(project: &Project) -> (BTreeMap<String, usize>, Vec<String>) {
    let manifests = [
        "audience_email",
        "suppression_email",
        "crm_id_map",
        "change_events",
    ];
    (
        project.versions(),
        manifests
            .map(|name| project.manifest(name).to_string())
            .to_vec(),
    )
}

/// The run refuses by this check, and what the stage and those after it had published is untouched.
fn refuses(
    project: &Project,
    check: &str,
    sql: Option<&std::path::Path>,
) -> super::support::Report {
    let (versions, manifests) = seen(project);
    let mut run = project.run_command("2026-03-01");
    if let Some(folder) = sql {
        run.env("C360_SQL_DIR", folder);
    }
    let report = super::support::Report::of(&run.output().unwrap());
    assert!(!report.succeeded, "{check}: a refusal is no success");
    assert!(
        report.failed_checks().contains(&check),
        "{check} is not in {:?}\n{}",
        report.failed_checks(),
        report.stderr
    );
    let stage = check.split('/').next().unwrap();
    let (versions_after, manifests_after) = seen(project);
    assert_eq!(
        manifests, manifests_after,
        "{check}: the files are untouched"
    );
    for (table, before) in &versions {
        let is_earlier = match stage {
            "standardize" => {
                table != "bronze.ingested_files"
                    && (table.starts_with("bronze.") || table.starts_with("silver."))
            }
            "resolve" => is_standardized(table),
            "golden" => !table.starts_with("gold."),
            _ => true,
        };
        assert!(
            is_earlier || versions_after[table] == *before,
            "{check}: {table} is untouched"
        );
    }
    report
}

/// Tables that standardize writes and resolve does not.
fn is_standardized(table: &str) -> bool {
    let derived = [
        "silver.persons",
        "silver.accounts",
        "silver.match_models",
        "silver.blocking_rules",
        "silver.scored_edges",
        "silver.shared_values",
        "silver.customer_redirects",
        "silver.crosswalk_history",
        "silver.resolve_runs",
        "silver.customers",
        "silver.households",
        "silver.account_links",
        "silver.review_queue",
        "silver.departed_records",
        "silver.crosswalk",
    ];
    !table.starts_with("gold.") && !derived.contains(&table)
}

fn plant_all(stage: &str) {
    let published = published();
    for plant in PLANTS.iter().filter(|plant| plant.check.starts_with(stage)) {
        let project = published.fork();
        let shipped = fs::read_to_string(workspace().join("sql").join(plant.file)).unwrap();
        let broken = match plant.broken {
            Replace(from, to) => {
                assert!(shipped.contains(from), "{} says {from}", plant.file);
                shipped.replace(from, to)
            }
            Around(select) => format!("WITH model AS (\n{shipped}\n)\n{select}"),
        };
        let folder = project.tmp().join("sql");
        let file = folder.join(plant.file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, broken).unwrap();
        refuses(&project, plant.check, Some(&folder));
        // With the model mended, the same run goes through.
        project.run();
    }
}

#[test]
fn resolve_refuses() {
    plant_all("resolve/");
}

#[test]
fn golden_refuses() {
    plant_all("golden/");
}

#[test]
fn extract_refuses() {
    plant_all("extract/");
}
