use super::support::{Project, shared, workspace};
use std::collections::BTreeMap;

const PEOPLE: [(&str, &str); 5] = [
    ("crm", "crm_contacts"),
    ("billing", "billing_accounts"),
    ("support", "support_users"),
    ("app", "app_signups"),
    ("partner", "partner_leads"),
];

#[test]
fn a_public_crm_is_resolved_as_its_peers_do() {
    let Some(data) = shared("datasets/kanoniv_c360_crm") else {
        return;
    };
    let project = Project::copy(&workspace().join("tests/projects/kanoniv"));
    for file in std::fs::read_dir(data).unwrap() {
        let file = file.unwrap();
        if file
            .path()
            .extension()
            .is_some_and(|ending| ending == "csv")
        {
            std::fs::copy(file.path(), project.landing().join(file.file_name())).unwrap();
        }
    }
    let report = project.run();
    let read: u64 = PEOPLE.iter().map(|(_, feed)| report.rows(feed)[0]).sum();
    assert_eq!(read, 6539);
    let crosswalk = project.table("silver.crosswalk");
    let persons = crosswalk.find(&[("entity", "person")]);
    assert_eq!(
        persons.len(),
        6539,
        "all people rows stand in the crosswalk exactly once"
    );
    let mut members: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in &persons {
        let record = format!(
            "{}:{}",
            row.get("source_system"),
            row.get("source_record_id")
        );
        members
            .entry(row.get("customer_id"))
            .or_default()
            .push(record);
    }
    println!("{} person customers", members.len());
    assert!(
        (2200..=2450).contains(&members.len()),
        "{} person customers",
        members.len()
    );
    assert_eq!(report.count("/customers/person"), members.len() as u64);

    // Any merge can be explained: ten of them, spread over the whole.
    let merged: Vec<&Vec<String>> = members
        .values()
        .filter(|records| records.len() > 1)
        .collect();
    for records in merged.iter().step_by(merged.len() / 10) {
        let (a, b) = (&records[0], &records[records.len() - 1]);
        let why = project.ok(&["explain", a, b]);
        assert!(
            why.contains(a.as_str()) && why.contains(b.as_str()),
            "{why}"
        );
        assert!(
            ["email", "phone", "customer_number", "name_company"]
                .iter()
                .any(|key| why.contains(key)),
            "{why}"
        );
    }

    let everything = project.everything();
    let versions = project.versions();
    project.run();
    assert_eq!(project.versions(), versions);
    everything.assert_equal(&project.everything(), "the second run");
}
