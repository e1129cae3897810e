//! A project folder and its runs.

use super::table::Table;
use super::{lines, variable};
use serde_json::Value;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// The time of most runs.
const AS_OF: &str = "2026-03-01T00:00:00Z";

/// The command: `C360_BIN`, else the binary that the workspace's build left beside this test.
pub fn c360() -> PathBuf {
    if let Some(path) = variable("C360_BIN") {
        return path.into();
    }
    let test = std::env::current_exe().unwrap();
    let path = test.parent().and_then(Path::parent).unwrap().join("c360");
    assert!(
        path.exists(),
        "{} is missing: run `cargo build --workspace` first",
        path.display()
    );
    path
}

/// One `[[feeds]]` entry with its mapping.
#[derive(Clone)]
pub struct Feed {
    name: String,
    source: String,
    role: String,
    entity: String,
    files: String,
    extract: &'static str,
    /// Further lines of the entry.
    settings: String,
    mapping: String,
}

impl Feed {
    /// A feed that reads `<name>.*`, or `<name>_….*`.
    pub fn new(name: &str, source: &str, entity: &str, mapping: &str) -> Feed {
        Feed {
            name: name.into(),
            source: source.into(),
            role: source.into(),
            entity: entity.into(),
            files: format!("{name}*"),
            extract: "incremental",
            settings: String::new(),
            mapping: mapping.into(),
        }
    }

    pub fn files(mut self, pattern: &str) -> Feed {
        self.files = pattern.into();
        self
    }

    /// One more line of its entry, such as `delimiter = ";"`.
    pub fn with(mut self, setting: &str) -> Feed {
        self.settings.push_str(&format!("{setting}\n"));
        self
    }

    /// The role of its source, in place of the source's name.
    pub fn role(mut self, role: &str) -> Feed {
        self.role = role.into();
        self
    }

    /// Full extracts, which may lack whatever they like.
    pub fn full(self) -> Feed {
        self.guarded().with("max_deleted_share = 1.0")
    }

    /// Full extracts that are held when they lack too much.
    pub fn guarded(mut self) -> Feed {
        self.extract = "full";
        self
    }

    /// `person crm`, `person crm full`, `consent branch role=front_desk`: passes the columns of the design through.
    fn parse(text: &str) -> Feed {
        let mut words = text.split_whitespace();
        let (entity, source) = (words.next().unwrap(), words.next().unwrap());
        let mapping = format!("SELECT {} FROM input", lines::columns(entity).join(", "));
        let mut feed = Feed::new(&format!("{source}_{entity}"), source, entity, &mapping);
        for word in words {
            match word.split_once('=') {
                Some(("role", role)) => feed.role = role.into(),
                None if word == "full" => feed = feed.full(),
                _ => panic!("what is {word} in {text}?"),
            }
        }
        feed
    }
}

/// A project in a temporary folder: `project/` with c360.toml, mappings and lake, and `landing/` beside it.
pub struct Project {
    home: TempDir,
    drops: Cell<u32>,
    /// What its commands find in their environment.
    variables: Vec<(String, String)>,
}

impl Project {
    pub fn new(feeds: &[Feed]) -> Project {
        let project = Project::empty();
        let mut toml =
            String::from("[lake]\nlocation = \"./lake\"\n[defaults]\ncountry = \"US\"\n");
        for feed in feeds {
            toml.push_str(&format!(
                "[[feeds]]\nname = {:?}\nsource = {:?}\nrole = {:?}\nentity = {:?}\nfiles = {:?}\nextract = {:?}\n{}",
                feed.name, feed.source, feed.role, feed.entity, feed.files, feed.extract, feed.settings
            ));
            project.map(&feed.name, &feed.mapping);
        }
        fs::write(project.root().join("c360.toml"), toml).unwrap();
        project
    }

    /// Feeds in short: see [`Feed::parse`]. Their rows come by [`Project::lines`].
    pub fn of(feeds: &[&str]) -> Project {
        Project::new(
            &feeds
                .iter()
                .map(|text| Feed::parse(text))
                .collect::<Vec<_>>(),
        )
    }

    /// A committed project folder, copied.
    pub fn copy(folder: &Path) -> Project {
        let project = Project::empty();
        fs::copy(folder.join("c360.toml"), project.root().join("c360.toml")).unwrap();
        for mapping in fs::read_dir(folder.join("mappings")).unwrap() {
            let mapping = mapping.unwrap();
            fs::copy(
                mapping.path(),
                project.root().join("mappings").join(mapping.file_name()),
            )
            .unwrap();
        }
        project
    }

    /// The whole of it, copied: two futures of one past.
    pub fn fork(&self) -> Project {
        let copy = Project::empty();
        copy_folder(&self.root(), &copy.root());
        copy_folder(&self.landing(), &copy.landing());
        copy.drops.set(self.drops.get());
        copy.with_variables(self.variables.clone())
    }

    fn empty() -> Project {
        let home = tempfile::Builder::new()
            .prefix("c360-it-")
            .tempdir()
            .unwrap();
        for folder in ["project/mappings", "landing", "tmp"] {
            fs::create_dir_all(home.path().join(folder)).unwrap();
        }
        Project {
            home,
            drops: Cell::new(0),
            variables: Vec::new(),
        }
    }

    /// Its commands find these in their environment.
    pub fn with_variables<K: Into<String>, V: Into<String>>(
        mut self,
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Project {
        let owned = variables.into_iter().map(|(k, v)| (k.into(), v.into()));
        self.variables.extend(owned);
        self
    }

    /// The same project on a lake elsewhere, such as `s3://lake/prod`.
    pub fn with_lake(self, location: &str) -> Project {
        self.edit(|toml| toml.replace("./lake", location));
        self
    }

    /// Rewrites c360.toml.
    pub fn edit(&self, change: impl FnOnce(String) -> String) {
        let file = self.root().join("c360.toml");
        let toml = fs::read_to_string(&file).unwrap();
        fs::write(file, change(toml)).unwrap();
    }

    pub fn root(&self) -> PathBuf {
        self.home.path().join("project")
    }

    pub fn landing(&self) -> PathBuf {
        self.home.path().join("landing")
    }

    pub fn lake(&self) -> PathBuf {
        self.root().join("lake")
    }

    /// Room for a test's own files.
    pub fn tmp(&self) -> PathBuf {
        self.home.path().join("tmp")
    }

    /// Writes (or corrects) a mapping.
    pub fn map(&self, feed: &str, mapping: &str) {
        fs::write(self.root().join(format!("mappings/{feed}.sql")), mapping).unwrap();
    }

    /// Drops one file.
    pub fn drop(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.landing().join(name), content).unwrap();
    }

    /// Drops one file per source and entity that the lines name.
    pub fn lines(&self, lines: &[&str]) {
        self.drops.set(self.drops.get() + 1);
        self.lines_as(&format!("{:03}", self.drops.get()), lines);
    }

    /// The same, as `<source>_<entity>_<suffix>.csv`.
    pub fn lines_as(&self, suffix: &str, rows: &[&str]) {
        for ((source, entity), content) in lines::to_csv(rows) {
            self.drop(&format!("{source}_{entity}_{suffix}.csv"), content);
        }
    }

    /// `c360 ARGUMENTS --project …`, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(c360());
        command
            .arg("--project")
            .arg(self.root())
            .args(arguments)
            .env("TMPDIR", self.tmp())
            .env_remove("C360_SQL_DIR")
            .env_remove("C360_CRASH_AT")
            .env_remove("C360_LOG")
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// `c360 run --json` as of a time, not yet started.
    pub fn run_command(&self, as_of: &str) -> Command {
        let mut command = self.command(&["run", "--json", "--as-of", as_of, "--landing"]);
        command.arg(self.landing());
        command
    }

    /// Runs a command that must succeed; its standard output.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        assert!(
            output.status.success(),
            "c360 {arguments:?}: {}",
            stderr(&output)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a command that must fail; everything it said.
    pub fn fails(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        assert!(!output.status.success(), "c360 {arguments:?} succeeded");
        format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            stderr(&output)
        )
    }

    /// All stages; must succeed.
    pub fn run(&self) -> Report {
        self.run_at(AS_OF)
    }

    pub fn run_at(&self, as_of: &str) -> Report {
        let report = self.try_run(as_of);
        assert!(
            report.succeeded,
            "the run failed: {}\n{}",
            report.stderr, report.json
        );
        report
    }

    pub fn try_run(&self, as_of: &str) -> Report {
        Report::of(&self.run_command(as_of).output().unwrap())
    }

    /// All rows of a table.
    pub fn table(&self, name: &str) -> Table {
        Table::from_csv(self.ok(&["export", name, "--format", "csv"]).as_bytes())
    }

    /// Which customer a record belongs to; `crm:1`, or `account crm:1`.
    pub fn customers(&self) -> BTreeMap<String, String> {
        let crosswalk = self.table("silver.crosswalk");
        let customers = crosswalk.iter().map(|row| {
            let prefix = if row.get("entity") == "account" {
                "account "
            } else {
                ""
            };
            let record = format!(
                "{prefix}{}:{}",
                row.get("source_system"),
                row.get("source_record_id")
            );
            (record, row.get("customer_id").to_owned())
        });
        customers.collect()
    }

    /// The newest manifest of an extract.
    pub fn manifest(&self, name: &str) -> Value {
        let path = self.lake().join(format!("extracts/{name}/manifest.json"));
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    }

    /// The newest content of an extract.
    pub fn extract_text(&self, name: &str) -> String {
        let file = self.manifest(name)["file"].as_str().unwrap().to_owned();
        fs::read_to_string(self.lake().join("extracts").join(file)).unwrap()
    }

    /// The newest rows of a CSV extract.
    pub fn extract(&self, name: &str) -> Table {
        Table::from_csv(self.extract_text(name).as_bytes())
    }

    /// The number of commits of every table there is.
    pub fn versions(&self) -> BTreeMap<String, usize> {
        let mut versions = BTreeMap::new();
        for layer in ["bronze", "silver", "gold"] {
            let Ok(tables) = fs::read_dir(self.lake().join(layer)) else {
                continue;
            };
            for table in tables {
                let table = table.unwrap();
                let log = fs::read_dir(table.path().join("_delta_log")).unwrap();
                let commits = log.filter(|entry| {
                    entry
                        .as_ref()
                        .unwrap()
                        .file_name()
                        .to_string_lossy()
                        .ends_with(".json")
                });
                let name = format!("{layer}.{}", table.file_name().to_string_lossy());
                versions.insert(name, commits.count());
            }
        }
        versions
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What `c360 run --json` said.
pub struct Report {
    pub succeeded: bool,
    pub json: Value,
    pub stderr: String,
}

impl Report {
    pub fn of(output: &Output) -> Report {
        let stdout = String::from_utf8_lossy(&output.stdout);
        let stderr = stderr(output);
        // Every run of every test: an e-mail address is the easiest thing to leak.
        assert!(
            !stdout.contains('@') && !stderr.contains('@'),
            "personal data?\n{stdout}{stderr}"
        );
        Report {
            succeeded: output.status.success(),
            json: serde_json::from_str(&stdout).unwrap_or(Value::Null),
            stderr,
        }
    }

    /// Rows read, filtered, standardized, quarantined of one feed, which conserve.
    pub fn rows(&self, feed: &str) -> [u64; 4] {
        let feeds = self.json["feeds"].as_array().expect("feeds in the report");
        let counts = feeds.iter().find(|counts| counts["feed"] == feed);
        let counts = counts.unwrap_or_else(|| panic!("no feed {feed} in {}", self.json));
        let of = |name: &str| counts[name].as_u64().unwrap();
        let [read, filtered, standardized, quarantined] = [
            "rows_read",
            "rows_filtered",
            "rows_standardized",
            "rows_quarantined",
        ]
        .map(of);
        assert_eq!(
            read,
            filtered + standardized + quarantined,
            "{feed} conserves its rows"
        );
        [read, filtered, standardized, quarantined]
    }

    pub fn failed_checks(&self) -> Vec<&str> {
        let failed = self.json["failed_checks"].as_array();
        let failed = failed.unwrap_or_else(|| panic!("no report: {}", self.stderr));
        failed
            .iter()
            .map(|check| check["check"].as_str().unwrap())
            .collect()
    }

    pub fn count(&self, path: &str) -> u64 {
        self.json
            .pointer(path)
            .and_then(Value::as_u64)
            .unwrap_or_else(|| panic!("no {path}"))
    }
}
