//! `golden/05_denials_hold` restates the whole decision on denials: whatever a denial names, on whatever channel.

use super::refuses;
use crate::support::{Project, workspace};
use std::collections::BTreeSet;
use std::fs;

/// Everyone has one e-mail, one phone and one address, so a denial reaches one contact point a channel, but for ads (two).
const CHANNELS: [&str; 6] = ["email", "sms", "phone", "post", "ads", "all"];

/// What a denial may name, and how many contact points it then denies on each of the channels, by the design: a statement
/// that names contact points which its channel reaches binds these, any other its customer.
const SUBJECTS: [(&str, [usize; 6]); 7] = [
    ("record", [1, 1, 1, 1, 2, 6]),
    ("email", [1, 1, 1, 1, 1, 5]),
    ("phone", [1, 1, 1, 1, 1, 5]),
    ("email phone", [1, 1, 1, 1, 2, 6]),
    ("record email", [1, 1, 1, 1, 1, 5]),
    ("record phone", [1, 1, 1, 1, 1, 5]),
    ("record email phone", [1, 1, 1, 1, 2, 6]),
];

/// One person for each combination, who denies in its way.
fn denying() -> Project {
    let project = Project::of(&["person crm", "consent crm"]);
    let mut lines = Vec::new();
    for (subject, _) in SUBJECTS {
        for channel in CHANNELS {
            let n = lines.len() / 2;
            let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
            let (email, phone) = (
                format!("p{n}@example.org"),
                format!("+1 312 867 {}", 4400 + n),
            );
            lines.push(format!(
                "person crm {n}; given_name=Ann{0}; family_name=Foss{0}{1}; email={email}; phone={phone}; \
                 address_line1={n} Oak Avenue; city=Chicago; postcode=60601; country=US",
                letter(n),
                letter(n / 26)
            ));
            let mut denial = "consent crm".to_owned();
            for named in subject.split(' ') {
                denial.push_str(&match named {
                    "record" => format!("; person_id={n}"),
                    "email" => format!("; email={email}"),
                    _ => format!("; phone={phone}"),
                });
            }
            lines.push(format!(
                "{denial}; purpose=marketing; channel={channel}; status=denied; stated_at=2026-01-01"
            ));
        }
    }
    project.lines(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    project
}

#[test]
fn no_denial_may_be_lost_whatever_it_names() {
    let project = denying();
    project.run();
    let consents = project.table("gold.customer_consents");
    let denied: BTreeSet<_> = consents
        .find(&[("permission", "denied"), ("purpose", "marketing")])
        .iter()
        .map(|row| {
            (
                row.get("contact_key").to_owned(),
                row.get("channel").to_owned(),
            )
        })
        .collect();
    let expected: usize = SUBJECTS.iter().flat_map(|(_, counts)| counts).sum();
    assert_eq!(denied.len(), expected, "denials that the table has");

    // Every one of them lost: the check misses every one of them.
    let model = fs::read_to_string(workspace().join("sql/gold/customer_consents.sql")).unwrap();
    let folder = project.tmp().join("sql");
    fs::create_dir_all(folder.join("gold")).unwrap();
    fs::write(
        folder.join("gold/customer_consents.sql"),
        format!("WITH model AS (\n{model}\n)\nSELECT * FROM model WHERE permission <> 'denied'"),
    )
    .unwrap();
    let report = refuses(&project, "golden/05_denials_hold", Some(&folder));
    let failed = report.json["failed_checks"].as_array().unwrap();
    let check = failed
        .iter()
        .find(|check| check["check"] == "golden/05_denials_hold")
        .unwrap();
    assert_eq!(check["rows"], expected, "denials that the check misses");
}
