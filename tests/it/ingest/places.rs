//! Where files lie: patterns, odd folder names, folders that cannot be written to, things that are no files.

use crate::support::{Feed, Project, Report, c360};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;

const PEOPLE: &str = "SELECT id AS source_record_id, name AS full_name, email FROM input";
const JANE: &str = "id,name,email\n1,Jane Roe,jane@acme.example\n";

#[test]
fn a_pattern_that_can_match_nothing_is_refused() {
    for pattern in [
        "crm[.csv",
        "crm{a,b.csv",
        "/data/crm.csv",
        "../crm.csv",
        "./crm.csv",
        "",
    ] {
        let project = Project::new(&[Feed::new("people", "crm", "person", PEOPLE).files(pattern)]);
        for command in [&["check"][..], &["run"]] {
            let told = project.fails(command);
            assert!(
                told.contains("c360.toml")
                    && told.contains("feed people")
                    && told.contains(&format!("{pattern:?}")),
                "{pattern}: {told}"
            );
        }
    }
}

/// A project whose lake and landing place lie in folders of this name.
fn placed(name: &str) -> Project {
    let project = Project::new(&[Feed::new("people", "crm", "person", PEOPLE)]);
    let places =
        format!("[landing]\nlocation = './{name}/landing'\n[lake]\nlocation = './{name}/lake'\n");
    project.edit(|toml| toml.replace("[lake]\nlocation = \"./lake\"\n", &places));
    let landing = project.root().join(name).join("landing");
    fs::create_dir_all(&landing).unwrap();
    fs::write(landing.join(format!("people {name}.csv")), JANE).unwrap();
    project
}

#[test]
fn folders_may_have_odd_names() {
    for name in ["a b", "a#b", "a?b", "100%", "a%zz", "a[b]*{c}", "ü+=&"] {
        let project = placed(name);
        project.ok(&["run"]);
        let persons = project.table("silver.persons");
        assert_eq!(
            persons.column("source_file"),
            [format!("people {name}.csv")]
        );
        assert!(
            project
                .root()
                .join(name)
                .join("lake/gold/dim_customer/_delta_log")
                .is_dir()
        );
    }
}

#[test]
fn a_lake_that_delta_readers_would_look_for_elsewhere_is_refused() {
    for name in ["a%20b", "a\\b"] {
        let project = placed(name);
        let told = project.fails(&["run"]);
        assert!(
            told.contains(&name.escape_debug().to_string()) && told.contains("rename"),
            "{told}"
        );
        assert!(!project.root().join("a b").exists());
    }
}

/// As root every folder can be written to: then the command is run as another user.
fn unprivileged(project: &Project, arguments: &[&str]) -> std::process::Output {
    let mut command = project.command(arguments);
    if fs::metadata(project.root()).unwrap().uid() == 0 {
        let copy = project.tmp().join("c360");
        if !copy.exists() && fs::hard_link(c360(), &copy).is_err() {
            fs::copy(c360(), &copy).unwrap();
        }
        let given: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
        let tmp = project.tmp();
        command = std::process::Command::new(copy);
        command.args(given).env("TMPDIR", tmp).uid(65534).gid(65534);
    }
    command.output().unwrap()
}

fn allow(folder: &Path, mode: u32) {
    fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_folder_that_cannot_be_written_to_is_named_before_anything_is_written() {
    let project = Project::new(&[Feed::new("people", "crm", "person", PEOPLE)]);
    project.drop("people.csv", JANE);
    project.run();
    for folder in [project.root().parent().unwrap().to_owned(), project.root()] {
        allow(&folder, 0o755);
    }
    allow(&project.tmp(), 0o777);
    let table = project.lake().join("silver/person_records");
    project.drop("people_2.csv", "id,name,email\n2,Li Wei,li@acme.example\n");
    let landing = project.landing();
    for folder in [
        project.lake().join("silver/person_records/_delta_log"),
        table.clone(),
    ] {
        let open: Vec<_> = walk(&project.lake());
        open.iter().for_each(|folder| allow(folder, 0o777));
        allow(&folder, 0o555);
        let output = unprivileged(&project, &["run", "--landing", landing.to_str().unwrap()]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{told}");
        assert!(
            told.contains("silver.person_records") && told.contains(folder.to_str().unwrap()),
            "{told}"
        );
        assert!(
            told.contains("cannot be written") && !told.contains("panicked"),
            "{told}"
        );
        // Reading goes on.
        let read = unprivileged(&project, &["query", "SELECT count(*) FROM silver.persons"]);
        assert!(
            read.status.success(),
            "{}",
            String::from_utf8_lossy(&read.stderr)
        );
    }
    walk(&project.lake())
        .iter()
        .for_each(|folder| allow(folder, 0o755));
    assert_eq!(project.run().count("/customers/person"), 2);
}

#[test]
fn a_file_that_cannot_be_opened_is_refused_and_the_others_go_on() {
    let project = Project::new(&[Feed::new("people", "crm", "person", PEOPLE)]);
    project.drop("people.csv", JANE);
    project.drop(
        "people_locked.csv",
        "id,name,email\n2,Li Wei,li@acme.example\n",
    );
    for folder in [
        project.root().parent().unwrap().to_owned(),
        project.root(),
        project.tmp(),
    ] {
        allow(&folder, 0o777);
    }
    let (landing, locked) = (
        project.landing(),
        project.landing().join("people_locked.csv"),
    );
    allow(&locked, 0o000);
    let output = unprivileged(
        &project,
        &["run", "--json", "--landing", landing.to_str().unwrap()],
    );
    let report = Report::of(&output);
    assert!(!report.succeeded);
    assert_eq!(report.count("/customers/person"), 1, "{}", report.stderr);
    assert!(
        report.stderr.contains("people_locked.csv") && report.stderr.contains("ermission denied"),
        "{}",
        report.stderr
    );
    let check = unprivileged(&project, &["check", "--landing", landing.to_str().unwrap()]);
    assert!(
        check.status.success(),
        "{}",
        String::from_utf8_lossy(&check.stderr)
    );
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = vec![folder.to_owned()];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(walk(&path));
        }
    }
    found
}

#[test]
fn what_is_no_file_is_left_alone() {
    let project =
        Project::new(&[Feed::new("people", "crm", "person", PEOPLE).files("people*.csv")]);
    project.drop("people.csv", JANE);
    let landing = project.landing();
    fs::create_dir(landing.join("people_folder.csv")).unwrap();
    std::os::unix::fs::symlink("nowhere.csv", landing.join("people_dangling.csv")).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(landing.join("people_pipe.csv"))
        .status();
    assert!(made.unwrap().success());
    let told = project.run();
    assert_eq!(told.rows("people"), [1, 0, 1, 0]);
    project.ok(&["check", "--landing", landing.to_str().unwrap()]);
}
