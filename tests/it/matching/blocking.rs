//! Which records are compared, with how much memory, and on how many threads.

use crate::support::Project;
use std::fs;
use std::process::Command;

/// People of two families, each of them twice: once with a slip in the given name.
fn two_families(people: usize) -> String {
    let mut csv =
        String::from("source_record_id,given_name,family_name,email,birth_date,city,postcode\n");
    for at in 0..people {
        // Letters that tell all of them apart.
        let given: String = [at / 676, at / 26 % 26, at % 26, at * 7 % 26, at * 11 % 26]
            .iter()
            .map(|letter| char::from(b'a' + (letter % 26) as u8))
            .collect();
        let family = ["Abernathy", "Zielinska"][at % 2];
        let (year, month, day) = (1940 + at % 60, 1 + at % 12, 1 + at % 28);
        for (copy, given) in [(0, given.clone()), (1, format!("{given}e"))] {
            csv.push_str(&format!(
                "{at}-{copy},{given},{family},{given}{at}@mail.example,{year}-{month:02}-{day:02},Town {at},{:05}\n",
                10_000 + at
            ));
        }
    }
    csv
}

fn resolved(project: &Project, arguments: &[&str]) -> String {
    let lake = project.lake();
    let standardized = project.tmp().join("standardized");
    if standardized.exists() {
        fs::remove_dir_all(&lake).unwrap();
        copy(&standardized, &lake);
    } else {
        project.ok(&[
            "run",
            "standardize",
            "--landing",
            &project.landing().display().to_string(),
        ]);
        copy(&lake, &standardized);
    }
    project.ok(&[&["run", "resolve", "--as-of", "2026-03-01"], arguments].concat());
    project.ok(&["export", "silver.crosswalk", "--format", "csv"])
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    assert!(
        Command::new("cp")
            .arg("-r")
            .args([from, to])
            .status()
            .unwrap()
            .success()
    );
}

#[test]
fn pairs_beyond_the_ceiling_of_memory_give_the_same_crosswalk_on_any_threads() {
    let project = Project::of(&["person crm"]);
    let columns = "source_record_id, given_name, family_name, email, birth_date, city, postcode";
    project.map("crm_person", &format!("SELECT {columns} FROM input"));
    project.edit(|toml| {
        toml + "[matching]\nblock_records = 100000\n[matching.person]\nblocking = [[\"family_key\"]]\n"
    });
    project.drop("crm_person_1.csv", two_families(2_600));
    let expected = resolved(&project, &["--threads", "1"]);
    let rules = project.table("silver.blocking_rules");
    let rule = rules.one(&[("rule", "family_key")]);
    // 48 bytes each, were they kept: 322 MB.
    assert_eq!(rule.get("pairs"), (2 * 2_600 * 2_599 / 2).to_string());
    assert_eq!(rule.get("refused_blocks"), "0");
    let without_run = |csv: &str| {
        let lines = csv
            .lines()
            .map(|line| line.rsplit_once(',').unwrap().0.to_owned());
        let mut lines: Vec<String> = lines.collect();
        lines.sort();
        lines
    };
    let customers: std::collections::BTreeSet<&str> = expected
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(3).unwrap())
        .collect();
    assert_eq!(customers.len(), 2_600, "everybody once");
    for arguments in [
        ["--threads", "2"].as_slice(),
        &["--threads", "3", "--memory", "256MiB"],
    ] {
        let crosswalk = resolved(&project, arguments);
        assert_eq!(
            without_run(&crosswalk),
            without_run(&expected),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_project_says_which_records_are_compared() {
    let rows = [
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@work.example; birth_date=1980-05-17",
        "person crm 2; given_name=Janet; family_name=Roe; email=roe@home.example; birth_date=1980-05-17",
        "person crm 3; given_name=Jane; family_name=Roe; email=jane@work.example; birth_date=1977-01-02",
    ];
    let project = Project::of(&["person crm"]);
    let blocking = "[matching.person]\nblocking = [\"email\", [\"family_key\", \"birth_date\"]]\n";
    project.edit(|toml| toml + blocking);
    project.lines(&rows);
    project.run();
    let rules = project.table("silver.blocking_rules");
    let brought: Vec<_> = rules
        .iter()
        .map(|row| (row.get("rule"), row.get("added_pairs")))
        .collect();
    assert_eq!(brought, [("email", "1"), ("family_key+birth_date", "1")]);

    let with = |text: &str| {
        let project = Project::of(&["person crm"]);
        project.edit(|toml| toml + text);
        project.lines(&rows);
        let landing = project.landing().display().to_string();
        project.fails(&["run", "--landing", &landing])
    };
    let said = with("[matching.person]\nblocking = [\"e-mail\"]\n");
    assert!(
        said.contains("\"e-mail\" is no rule") && said.contains("name_company"),
        "{said}"
    );
    let said = with("[matching.person]\nblocking = [[\"surname\"]]\n");
    assert!(
        said.contains("c360.toml") && said.contains("surname"),
        "{said}"
    );
    let said = with("[matching]\nblocks = 3\n");
    assert!(
        said.contains("blocks") && said.contains("block_records"),
        "{said}"
    );
}

#[test]
fn a_slip_in_a_sealed_id_is_told() {
    let project = Project::of(&["person crm", "person shop"]);
    for feed in ["crm_person", "shop_person"] {
        // A customer number stands for a column that rows of tests do not have.
        project.map(feed, "SELECT source_record_id, given_name, family_name, birth_date, customer_number AS national_id FROM input");
    }
    project.lines(&[
        "person crm 1; given_name=Jane; family_name=Roe; customer_number=536904399; birth_date=1980-05-17",
        "person shop A; given_name=Jane; family_name=Roe; customer_number=536904398; birth_date=1980-05-17",
        "person shop B; given_name=Jane; family_name=Roe; customer_number=478211620; birth_date=1980-05-17",
    ]);
    project.run();
    let explain = |b: &str| project.ok(&["explain", "crm:1", b]);
    let of_id = |text: &str| {
        text.lines()
            .find(|line| line.contains("national_id"))
            .map(str::to_owned)
    };
    let (near, far) = (of_id(&explain("shop:A")), of_id(&explain("shop:B")));
    assert!(
        near.as_ref().is_some_and(|line| line.contains("typo")),
        "{near:?}"
    );
    assert!(
        far.as_ref().is_some_and(|line| line.contains("different")),
        "{far:?}"
    );
    let kept = project.ok(&["export", "silver.persons", "--format", "csv"]);
    assert!(
        !kept.contains("536904399") && !kept.contains("36904399"),
        "{kept}"
    );
}
