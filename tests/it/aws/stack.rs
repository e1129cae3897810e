//! The deployed stack of `infra/template.yaml`: drops, queues, tables, the functions' own credentials.

use super::local::{Aws, Call, finish};
use crate::support;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

pub const STAGES: [&str; 4] = ["standardize", "resolve", "golden", "extract"];

/// How long a drop may take in all, redeliveries included.
const PATIENCE: Duration = Duration::from_secs(1500);
/// So long nothing may move for all to be done.
const QUIET: Duration = Duration::from_secs(4);

pub struct Stack<'a> {
    pub aws: &'a Aws,
    pub name: String,
    outputs: Value,
    project: PathBuf,
}

impl<'a> Stack<'a> {
    /// Deploys the template with the functions that the workspace's build left beside this test, for the project of
    /// `localstack/sample`.
    pub fn deploy(aws: &'a Aws, name: &str, parameters: &[&str]) -> Stack<'a> {
        Stack::deploy_zips(aws, name, packaged(), &sample(), parameters)
    }

    /// The same for another project, whose functions are packed for it.
    pub fn deploy_project(aws: &'a Aws, name: &str, from: &Path) -> Stack<'a> {
        let zips = aws.folder().join(format!("{name}-zips"));
        package(from, &zips);
        Stack::deploy_zips(aws, name, &zips, from, &[])
    }

    fn deploy_zips(
        aws: &'a Aws,
        name: &str,
        zips: &Path,
        from: &Path,
        parameters: &[&str],
    ) -> Stack<'a> {
        let parameters = [&["Pace=test"], parameters].concat();
        let outputs = run(aws, name, zips, &parameters).unwrap_or_else(|said| panic!("{said}"));
        let project = aws.folder().join(format!("{name}-project"));
        let stack = Stack {
            aws,
            name: name.to_owned(),
            outputs,
            project,
        };
        stack.write_project(from);
        stack
    }

    /// Deploys with no other parameters than these: the outputs, or what was said of the failure.
    pub fn try_deploy(aws: &Aws, name: &str, parameters: &[&str]) -> Result<Value, String> {
        run(aws, name, packaged(), parameters)
    }

    /// Deploys anew, with no other parameters than these.
    pub fn update(&mut self, parameters: &[&str]) {
        let outputs = run(self.aws, &self.name, packaged(), parameters);
        self.outputs = outputs.unwrap_or_else(|said| panic!("{said}"));
    }

    /// What `localstack/walk.py` shows of the sample's path through the stack.
    pub fn walk(&self) -> String {
        let mut walk = super::local::python("localstack/walk.py");
        walk.args(["--name", &self.name])
            .arg("--c360")
            .arg(support::c360());
        walk.envs(self.aws.environment().iter().map(|(k, v)| (k, v)));
        finish(walk)
    }

    /// The project, its lake being the stack's: for the command.
    fn write_project(&self, from: &Path) {
        fs::create_dir_all(self.project.join("mappings")).unwrap();
        let settings = fs::read_to_string(from.join("c360.toml")).unwrap();
        let settings = settings.replace("./lake", &self.output("Lake"));
        fs::write(self.project.join("c360.toml"), settings).unwrap();
        for mapping in fs::read_dir(from.join("mappings")).unwrap() {
            let mapping = mapping.unwrap();
            fs::copy(
                mapping.path(),
                self.project.join("mappings").join(mapping.file_name()),
            )
            .unwrap();
        }
    }

    pub fn output(&self, name: &str) -> String {
        let value = self.outputs[name].as_str();
        value
            .unwrap_or_else(|| panic!("no output {name}"))
            .to_owned()
    }

    /// Bucket and prefix of an output; a prefix that is not empty ends in a slash.
    pub fn place(&self, output: &str) -> (String, String) {
        let location = self.output(output);
        let rest = location.strip_prefix("s3://").unwrap();
        match rest.split_once('/') {
            Some((bucket, prefix)) => (bucket.to_owned(), format!("{prefix}/")),
            None => (rest.to_owned(), String::new()),
        }
    }

    /// Puts a file into the landing place.
    pub fn drop_file(&self, path: &Path) {
        let name = path.file_name().unwrap().to_str().unwrap();
        self.aws.ask(&self.dropping(path, name)).unwrap();
    }

    /// The call that puts a file into the landing place, under a name.
    pub fn dropping(&self, path: &Path, name: &str) -> Call {
        let (bucket, prefix) = self.place("Landing");
        let arguments = json!({"Bucket": bucket, "Key": format!("{prefix}{name}")});
        Call {
            file: Some(path.to_owned()),
            ..Call::new("s3", "put_object", arguments)
        }
    }

    /// Messages of a queue: that wait, and that are worked on.
    pub fn waiting(&self, url: &str) -> u64 {
        const COUNTS: [&str; 3] = [
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed",
        ];
        let arguments = json!({"QueueUrl": url, "AttributeNames": COUNTS});
        let reply = self.aws.call("sqs", "get_queue_attributes", arguments);
        let count = |name: &&str| reply["Attributes"][name].as_str()?.parse::<u64>().ok();
        COUNTS.iter().filter_map(count).sum()
    }

    pub fn queue(&self, stage: &str) -> String {
        self.output(&format!("{stage}QueueUrl"))
    }

    pub fn dead_letters(&self, stage: &str) -> String {
        self.output(&format!("{stage}DeadLetterUrl"))
    }

    /// Waits until no queue holds a message for a while. What failed for good fails the test.
    pub fn wait_until_quiet(&self) {
        self.wait_until_quiet_but_for(0);
    }

    /// The same, where so many files are known to be broken.
    pub fn wait_until_quiet_but_for(&self, broken: u64) {
        let begun = Instant::now();
        let mut quiet = Instant::now();
        while quiet.elapsed() < QUIET {
            for stage in STAGES {
                let dead = self.waiting(&self.dead_letters(stage));
                let known = if stage == "standardize" { broken } else { 0 };
                assert!(
                    dead <= known,
                    "dead letters of {stage}:\n{}",
                    self.aws.log()
                );
                if self.waiting(&self.queue(stage)) > 0 {
                    quiet = Instant::now();
                }
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "still at work:\n{}",
                self.aws.log()
            );
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// What the command says of the stack's lake.
    pub fn c360(&self, words: &[&str]) -> String {
        let mut command = c360(words, &self.project);
        command.envs(self.aws.environment().iter().map(|(k, v)| (k, v)));
        finish(command)
    }

    /// The newest file of an extract.
    pub fn extract(&self, name: &str) -> String {
        let (lake, prefix) = self.place("Lake");
        let places = [self.place("Extracts"), (lake, format!("{prefix}extracts/"))];
        let get = |bucket: &str, key: String| {
            let arguments = json!({"Bucket": bucket, "Key": key});
            let reply = self.aws.ask(&Call::new("s3", "get_object", arguments));
            reply.map(|reply| reply["Body"].as_str().unwrap().to_owned())
        };
        for (bucket, prefix) in places {
            if let Ok(manifest) = get(&bucket, format!("{prefix}{name}/manifest.json")) {
                let manifest: Value = serde_json::from_str(&manifest).unwrap();
                let file = manifest["file"].as_str().unwrap();
                return get(&bucket, format!("{prefix}{file}")).unwrap();
            }
        }
        panic!("no extract {name}");
    }

    /// What a function signs its requests with: the session of its own role, as its process was given it.
    pub fn credentials(&self, stage: &str) -> Value {
        let function = format!("{}-{stage}", self.name);
        let processes = self.aws.processes();
        let process = processes
            .iter()
            .find(|process| process.variables.get("AWS_LAMBDA_FUNCTION_NAME") == Some(&function))
            .unwrap_or_else(|| panic!("{function} does not run"));
        let variable = |name: &str| process.variables[name].clone();
        json!({
            "aws_access_key_id": variable("AWS_ACCESS_KEY_ID"),
            "aws_secret_access_key": variable("AWS_SECRET_ACCESS_KEY"),
            "aws_session_token": variable("AWS_SESSION_TOKEN"),
        })
    }
}

/// `infra/stack.py deploy`: the outputs that it prints, or what it says of its failure.
fn run(aws: &Aws, name: &str, zips: &Path, parameters: &[&str]) -> Result<Value, String> {
    let mut deploy = super::local::python("infra/stack.py");
    deploy.args(["deploy", "--name", name, "--zips"]).arg(zips);
    for parameter in parameters {
        deploy.args(["--parameter", parameter]);
    }
    deploy.envs(aws.environment().iter().map(|(k, v)| (k, v)));
    let done = deploy.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if done.status.success() {
        return Ok(serde_json::from_slice(&done.stdout).unwrap());
    }
    Err(text(&done.stdout) + &text(&done.stderr))
}

pub fn sample() -> PathBuf {
    support::workspace().join("localstack/sample")
}

/// The command, its words and its project.
pub fn c360(words: &[&str], project: &Path) -> Command {
    let mut command = Command::new(support::c360());
    command.args(words).arg("--project").arg(project);
    command
}

/// The functions' zips for the sample, packed once.
fn packaged() -> &'static Path {
    static ZIPS: OnceLock<PathBuf> = OnceLock::new();
    ZIPS.get_or_init(|| {
        let zips = Path::new(env!("CARGO_TARGET_TMPDIR")).join("functions");
        package(&sample(), &zips);
        zips
    })
}

/// Packs the functions that the workspace's build left beside this test.
fn package(project: &Path, zips: &Path) {
    let test = std::env::current_exe().unwrap();
    let built = test.parent().and_then(Path::parent).unwrap();
    let mut package = Command::new(support::workspace().join("infra/package"));
    package.arg("--project").arg(project);
    package.arg("--built").arg(built).arg("--out").arg(zips);
    finish(package);
}
