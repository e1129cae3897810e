use super::support::workspace;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Arrows run down only: a crate may name crates of a lower floor.
const FLOORS: [(&str, u32); 8] = [
    ("records", 1),
    ("linkage", 2),
    ("mastering", 2),
    ("consent", 2),
    ("lake", 2),
    ("pipeline", 3),
    ("entrypoint", 4),
    ("testkit", 0),
];
const FUNCTIONS: u32 = 5;
/// The tests name the command for its features.
const TESTS: u32 = 6;

/// No I/O, no Arrow, no Tokio, no DataFusion.
const PURE: [&str; 4] = ["records", "linkage", "mastering", "consent"];
const IMPURE: [&str; 6] = [
    "arrow",
    "tokio",
    "datafusion",
    "deltalake",
    "object_store",
    "reqwest",
];

struct Package {
    name: String,
    /// `functions/c360`, `shared/lake`, `tests`
    folder: String,
    dependencies: Vec<(String, bool)>,
}

fn metadata(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--offline",
            "--format-version",
            "1",
            "--filter-platform",
            &host(),
        ])
        .args(arguments)
        .current_dir(workspace())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Packages of other platforms need not be on this machine.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let line = told.lines().find_map(|line| line.strip_prefix("host: "));
    line.expect("rustc says its host").to_owned()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn packages() -> Vec<Package> {
    let metadata = metadata(&["--no-deps"]);
    let root = PathBuf::from(text(&metadata["workspace_root"]));
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .map(|package| {
            let manifest = Path::new(text(&package["manifest_path"]));
            let folder = manifest.parent().unwrap().strip_prefix(&root).unwrap();
            let dependencies = package["dependencies"].as_array().unwrap().iter();
            Package {
                name: text(&package["name"]).to_owned(),
                folder: folder.to_string_lossy().into_owned(),
                dependencies: dependencies
                    .map(|one| (text(&one["name"]).to_owned(), one["kind"] == "dev"))
                    .collect(),
            }
        })
        .collect()
}

fn floor(name: &str, folder: &str) -> u32 {
    match FLOORS.iter().find(|(known, _)| *known == name) {
        Some((_, floor)) => *floor,
        None if folder.starts_with("functions/") => FUNCTIONS,
        None if folder == "tests" => TESTS,
        None => {
            panic!("{name} in {folder} has no floor in the house: name it here and in the design")
        }
    }
}

#[test]
fn arrows_run_down_only() {
    let packages = packages();
    let folders: BTreeMap<&str, &str> = packages
        .iter()
        .map(|package| (package.name.as_str(), package.folder.as_str()))
        .collect();
    for package in &packages {
        let own = floor(&package.name, &package.folder);
        for (dependency, is_dev) in &package.dependencies {
            let Some(folder) = folders.get(dependency.as_str()) else {
                continue;
            };
            let theirs = floor(dependency, folder);
            let is_test_kit = dependency == "testkit" && own > 0;
            assert!(
                theirs < own && (dependency != "testkit" || is_test_kit),
                "{} names {dependency}, which does not stand below it",
                package.name
            );
            // The demo and the tests generate; nothing else ships the generator.
            if dependency == "testkit" && !is_dev {
                assert!(
                    ["c360", "c360-tests"].contains(&package.name.as_str()),
                    "{} ships testkit",
                    package.name
                );
            }
        }
    }
    let lake = packages
        .iter()
        .find(|package| package.name == "lake")
        .unwrap();
    let ours = lake
        .dependencies
        .iter()
        .find(|(name, _)| folders.contains_key(name.as_str()));
    assert_eq!(ours, None, "lake knows no customer");
}

#[test]
fn engines_have_one_door() {
    for package in packages() {
        let names = |wanted: &str| package.dependencies.iter().any(|(name, _)| name == wanted);
        let own = package.name.as_str();
        assert!(
            !names("deltalake") || own == "lake",
            "{own} names deltalake"
        );
        assert!(
            !names("datafusion") || ["lake", "pipeline"].contains(&own),
            "{own} names datafusion"
        );
        for dependency in IMPURE {
            assert!(
                !PURE.contains(&own) || !names(dependency),
                "{own} names {dependency}"
            );
        }
    }
}

#[test]
fn only_entrypoint_names_aws_and_the_first_command_links_none_of_it() {
    // Who is logged in, for the store of a lake that no environment tells it.
    const LOGIN: [&str; 2] = ["aws-config", "aws-credential-types"];
    for package in packages() {
        for (dependency, _) in &package.dependencies {
            let is_aws = dependency.starts_with("aws-");
            let is_login = package.name == "lake" && LOGIN.contains(&dependency.as_str());
            assert!(
                !is_aws || is_login || package.name == "entrypoint",
                "{} names {dependency}",
                package.name
            );
        }
    }
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "-p", "c360", "-e", "normal,build"])
        .args(["--prefix", "none", "--format", "{p}"])
        .current_dir(workspace())
        .output()
        .unwrap();
    assert!(output.status.success());
    let tree = String::from_utf8(output.stdout).unwrap();
    assert!(tree.starts_with("c360 "), "{tree}");
    let linked = tree
        .lines()
        .find(|line| line.starts_with("aws-sdk") || line.starts_with("aws-config"));
    assert_eq!(linked, None, "the README's first command links it");
}

#[test]
fn pure_crates_reach_no_engine_through_others() {
    let metadata = metadata(&[]);
    let name_of: BTreeMap<&str, &str> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for node in metadata["resolve"]["nodes"].as_array().unwrap() {
        let normal = node["deps"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|dependency| {
                dependency["dep_kinds"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|kind| kind["kind"].is_null())
            });
        next.insert(
            text(&node["id"]),
            normal.map(|dependency| text(&dependency["pkg"])).collect(),
        );
    }
    for member in metadata["workspace_members"]
        .as_array()
        .unwrap()
        .iter()
        .map(text)
    {
        let own = name_of[member];
        if !PURE.contains(&own) {
            continue;
        }
        let mut seen = BTreeSet::from([member]);
        let mut waiting = vec![member];
        while let Some(id) = waiting.pop() {
            assert!(
                !IMPURE.contains(&name_of[id]),
                "{own} reaches {}",
                name_of[id]
            );
            waiting.extend(next[id].iter().filter(|id| seen.insert(id)));
        }
    }
}

/// Files of the project: everything but what is built and what git keeps.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if [
            ".git",
            "target",
            "node_modules",
            ".venv",
            "__pycache__",
            "c360-demo",
        ]
        .contains(&name.as_str())
        {
            continue;
        }
        if path.is_dir() {
            files(&path, found);
        } else if name != "Cargo.lock" {
            found.push(path);
        }
    }
}

fn texts() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    files(&workspace(), &mut found);
    let texts = found.into_iter().filter_map(|path| {
        let text = String::from_utf8(fs::read(&path).unwrap()).ok()?;
        Some((path, text))
    });
    texts.collect()
}

#[test]
fn files_stay_small() {
    for (path, text) in texts() {
        let lines = text.lines().count();
        let is_code = path
            .extension()
            .is_some_and(|ending| ending == "rs" || ending == "sql" || ending == "py");
        assert!(
            !is_code || lines <= 600,
            "{} has {lines} lines",
            path.display()
        );
        if path.ends_with("src/main.rs") {
            assert!(
                lines < 25,
                "{} has {lines} lines; a main is under 25",
                path.display()
            );
        }
    }
}

#[test]
fn the_project_names_no_machine() {
    let workspace = workspace();
    let mut machine: Vec<String> = ["home", "root", "Users"]
        .iter()
        .map(|top| format!("/{top}/"))
        .collect();
    let beside = workspace.parent().unwrap().to_string_lossy().into_owned();
    if beside.len() > 1 {
        machine.push(format!("{beside}/"));
    }
    for (path, text) in texts() {
        for (at, line) in text.lines().enumerate() {
            // a folder at the start of a path, not a part of an URL's
            let named = machine.iter().find(|machine| {
                line.match_indices(machine.as_str()).any(|(from, _)| {
                    !line[..from].ends_with(|c: char| c.is_alphanumeric() || "._-$}~".contains(c))
                })
            });
            assert_eq!(named, None, "{}:{}: {line}", path.display(), at + 1);
        }
    }
}

#[test]
fn the_readme_maps_every_function() {
    let readme = fs::read_to_string(workspace().join("README.md")).unwrap();
    for function in fs::read_dir(workspace().join("functions")).unwrap() {
        let name = function.unwrap().file_name().into_string().unwrap();
        let has_row = readme
            .lines()
            .any(|line| line.trim_start().starts_with('|') && line.contains(&format!("`{name}`")));
        assert!(has_row, "README.md: no row of the map names `{name}`");
    }
}

#[test]
fn nothing_is_named_for_want_of_a_name() {
    for (path, _) in texts() {
        let stem = path.file_stem().unwrap().to_string_lossy().to_lowercase();
        for word in ["util", "common", "manager", "helper"] {
            assert!(
                stem != word && stem != format!("{word}s"),
                "{} is named {word}",
                path.display()
            );
        }
    }
}
