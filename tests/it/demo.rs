use super::support::{Project, Table, c360};
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// `c360 ARGUMENTS`; its standard output.
fn run(arguments: &[&str]) -> String {
    let output = Command::new(c360())
        .args(arguments)
        .env_remove("C360_SQL_DIR")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn number(dir: &str, sql: &str) -> i64 {
    let told = run(&["query", sql, "--project", dir]);
    let digits = told
        .split(|c: char| !c.is_ascii_digit())
        .rfind(|part| !part.is_empty());
    digits
        .unwrap_or_else(|| panic!("no number in {told}"))
        .parse()
        .unwrap()
}

#[test]
fn two_thousand_invented_people_are_found_again() {
    let home = Project::of(&[]);
    let folder = home.tmp().join("demo");
    let dir = folder.to_str().unwrap();
    let told = run(&["demo", "--dir", dir, "--people", "2000", "--seed", "7"]);
    for part in [
        "crm",
        "shop",
        "marketing",
        "support",
        "billing",
        "Stages",
        "precision",
        "recall",
        "suppression_email",
    ] {
        assert!(told.contains(part), "the report tells of {part}\n{told}");
    }

    let truth = folder.join("truth.csv");
    let measures = run(&[
        "evaluate",
        "--truth",
        truth.to_str().unwrap(),
        "--project",
        dir,
        "--json",
    ]);
    let measures: Value = serde_json::from_str(&measures).unwrap();
    println!("{measures}");
    let of = |name: &str| measures["pairwise"][name].as_f64().unwrap();
    assert!(of("precision") >= 0.995, "precision {}", of("precision"));
    assert!(of("recall") >= 0.90, "recall {}", of("recall"));
    assert_eq!(
        measures["missing"], 0,
        "every record of the truth is in the crosswalk"
    );
    hard_enough(&folder);

    let before = versions(&folder);
    let begun = Instant::now();
    run(&["demo", "--dir", dir, "--people", "2000", "--seed", "7"]);
    assert!(begun.elapsed().as_secs() < 20, "nothing new takes seconds");
    assert_eq!(
        versions(&folder),
        before,
        "nothing new leaves no new version"
    );
    invariants(dir);
}

/// At least 3 % of the duplicates share no exact e-mail, phone or id.
fn hard_enough(folder: &Path) {
    let made: Value =
        serde_json::from_slice(&std::fs::read(folder.join("demo.json")).unwrap()).unwrap();
    let of = |name: &str| made[name].as_f64().unwrap();
    for pairs in ["hard_pairs", "unlinked_pairs"] {
        assert!(
            of(pairs) >= 0.03 * of("duplicate_pairs"),
            "{pairs} of {made}"
        );
    }
}

fn versions(folder: &Path) -> Vec<(String, usize)> {
    let mut versions = Vec::new();
    for layer in ["bronze", "silver", "gold"] {
        for table in std::fs::read_dir(folder.join("lake").join(layer)).unwrap() {
            let table = table.unwrap();
            let commits = std::fs::read_dir(table.path().join("_delta_log"))
                .unwrap()
                .count();
            versions.push((table.file_name().into_string().unwrap(), commits));
        }
    }
    versions.sort();
    versions
}

/// What must always hold, asked in words of this test's own.
fn invariants(dir: &str) {
    for (what, sql) in [
        (
            "rows conserve",
            "SELECT count(*) FROM bronze.ingested_files WHERE rows_read <> rows_filtered + rows_standardized + rows_quarantined",
        ),
        (
            "every quarantined row says why",
            "SELECT count(*) FROM bronze.quarantine WHERE reason IS NULL OR reason = ''",
        ),
        (
            "a record is in the crosswalk once",
            "SELECT count(*) FROM (SELECT 1 FROM silver.crosswalk GROUP BY entity, source_system, source_record_id HAVING count(*) > 1)",
        ),
        (
            "every current person is in the crosswalk",
            "SELECT count(*) FROM silver.persons p LEFT ANTI JOIN silver.crosswalk c ON c.record_key = p.record_key AND c.entity = 'person'",
        ),
        (
            "one golden row per customer",
            "SELECT count(*) FROM (SELECT DISTINCT customer_id FROM silver.crosswalk) c FULL JOIN gold.dim_customer d ON d.customer_id = c.customer_id WHERE c.customer_id IS NULL OR d.customer_id IS NULL",
        ),
        (
            "golden e-mails are valid contact points of the customer",
            "SELECT count(*) FROM gold.dim_customer d LEFT ANTI JOIN gold.customer_contact_points p ON p.customer_id = d.customer_id AND p.value = d.email WHERE d.email IS NOT NULL",
        ),
        (
            "every golden value names its record and rule",
            "SELECT count(*) FROM gold.golden_values WHERE rule IS NULL OR source_system IS NULL OR source_record_id IS NULL",
        ),
        (
            "invalid e-mails are tagged, not lost",
            "SELECT count(*) FROM silver.contact_points WHERE NOT is_valid AND original IS NULL",
        ),
    ] {
        assert_eq!(number(dir, sql), 0, "{what}: {sql}");
    }
    assert!(
        number(dir, "SELECT count(*) FROM bronze.quarantine") > 0,
        "the demo has rows that cannot be read"
    );

    let lake = Path::new(dir).join("lake/extracts");
    let newest = |name: &str| -> Table {
        let manifest: Value =
            serde_json::from_slice(&std::fs::read(lake.join(name).join("manifest.json")).unwrap())
                .unwrap();
        Table::from_csv(&std::fs::read(lake.join(manifest["file"].as_str().unwrap())).unwrap())
    };
    let consents =
        Table::from_csv(run(&["export", "gold.customer_consents", "--project", dir]).as_bytes());
    let denied: std::collections::BTreeSet<&str> = consents
        .find(&[
            ("purpose", "marketing"),
            ("channel", "email"),
            ("permission", "denied"),
        ])
        .iter()
        .map(|row| row.get("contact_value"))
        .collect();
    let (audience, suppressed) = (newest("audience_email"), newest("suppression_email"));
    assert!(
        audience.len() > 100 && denied.len() > 10,
        "{} and {}",
        audience.len(),
        denied.len()
    );
    for email in audience.column("email") {
        assert!(
            !denied.contains(email),
            "a denied address is in the audience"
        );
    }
    let suppressed: std::collections::BTreeSet<&str> =
        suppressed.column("email").into_iter().collect();
    assert_eq!(suppressed, denied, "the suppression file misses no one");
}
