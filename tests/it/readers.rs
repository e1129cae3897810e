use super::support::{Project, c360, skip, variable, workspace};
use std::path::Path;
use std::process::Command;

/// Every table of `sql/schema/gold` that is in the lake.
fn gold_tables() -> Vec<String> {
    let files = std::fs::read_dir(workspace().join("sql/schema/gold")).unwrap();
    let mut names: Vec<String> = files
        .map(|file| {
            file.unwrap()
                .file_name()
                .into_string()
                .unwrap()
                .trim_end_matches(".sql")
                .to_owned()
        })
        .collect();
    names.sort();
    names
}

fn run(arguments: &[&str]) -> String {
    let output = Command::new(c360()).args(arguments).output().unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn any_delta_reader_reads_gold() {
    let Some(venv) = variable("C360_TEST_VENV") else {
        return skip(
            "C360_TEST_VENV names no Python environment with deltalake and polars; tests/run makes one",
        );
    };
    let home = Project::of(&[]);
    let folder = home.tmp().join("demo");
    let dir = folder.to_str().unwrap();
    run(&["demo", "--dir", dir, "--people", "400", "--seed", "3"]);
    // A second run as of another day: tables that were rewritten, with files that no longer count.
    run(&["run", "--project", dir, "--as-of", "2026-08-01", "--json"]);
    let exports = home.tmp().join("exports");
    std::fs::create_dir(&exports).unwrap();
    let mut counts = serde_json::Map::new();
    for table in gold_tables() {
        let file = exports.join(format!("{table}.parquet"));
        let name = format!("gold.{table}");
        run(&[
            "export",
            &name,
            "--project",
            dir,
            "--format",
            "parquet",
            "--out",
            file.to_str().unwrap(),
        ]);
        let told = run(&[
            "query",
            &format!("SELECT count(*) AS n FROM {name}"),
            "--project",
            dir,
        ]);
        let number = told
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .map(|part| part.parse::<u64>().unwrap());
        counts.insert(table, number.max().expect("a count").into());
    }
    std::fs::write(
        exports.join("counts.json"),
        serde_json::Value::from(counts).to_string(),
    )
    .unwrap();
    let script = workspace().join("tests/it/readers.py");
    let output = Command::new(Path::new(&venv).join("bin/python"))
        .arg(script)
        .arg(folder.join("lake/gold"))
        .arg(&exports)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    println!("{told}");
    assert!(
        output.status.success(),
        "{told}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
