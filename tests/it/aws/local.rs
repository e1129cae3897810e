//! A local AWS as a process of its own on loopback, over TLS and with every role enforced; calls to it; what runs on it.

use crate::support;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

/// Its answer in place of a reply: code and message.
#[derive(Clone, Debug)]
pub struct Refused(pub String);

/// One call to one service.
#[derive(Clone, Debug, Default)]
pub struct Call {
    pub service: &'static str,
    /// As boto3 spells it.
    pub method: &'static str,
    pub arguments: Value,
    /// Credentials of a function; `None`: the account's root.
    pub credentials: Option<Value>,
    /// Headers to add.
    pub headers: Option<Value>,
    /// What to send as `Body`.
    pub file: Option<PathBuf>,
}

impl Call {
    pub fn new(service: &'static str, method: &'static str, arguments: Value) -> Call {
        Call {
            service,
            method,
            arguments,
            ..Call::default()
        }
    }
}

/// The local AWS; it ends with this value.
pub struct Aws {
    folder: tempfile::TempDir,
    environment: Vec<(String, String)>,
    client: Mutex<Client>,
}

impl Aws {
    /// Starts it, with the virtual environment `C360_TEST_VENV`. Without one the test is skipped, and says so; in CI it
    /// fails.
    pub fn start() -> Option<Aws> {
        if support::variable("C360_TEST_VENV").is_none() {
            support::skip(
                "C360_TEST_VENV names no Python environment with a local AWS; tests/run makes one",
            );
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("aws");
        let mut start = python("localstack/emulator.py");
        start.arg("start").arg(&home).args(["--port", "0"]);
        finish(start);
        let lines = fs::read_to_string(home.join("environment")).unwrap();
        let environment: Vec<(String, String)> = lines
            .lines()
            .map(|line| {
                let (name, value) = line
                    .trim_start_matches("export ")
                    .split_once('=')
                    .expect("NAME=value");
                (name.to_owned(), value.trim_matches('\'').to_owned())
            })
            .collect();
        let client = Mutex::new(Client::start(&environment));
        Some(Aws {
            folder,
            environment,
            client,
        })
    }

    /// What a process needs to find it.
    pub fn environment(&self) -> &[(String, String)] {
        &self.environment
    }

    /// A folder that ends with it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Asks it.
    pub fn ask(&self, call: &Call) -> Result<Value, Refused> {
        self.client.lock().unwrap().ask(call)
    }

    /// Asks it as root, who is refused nothing.
    pub fn call(&self, service: &'static str, method: &'static str, arguments: Value) -> Value {
        self.ask(&Call::new(service, method, arguments))
            .unwrap_or_else(|refused| panic!("{service} {method}: {refused:?}"))
    }

    /// What `infra/stack.py` prints, given these words.
    pub fn stack(&self, words: &[&str]) -> String {
        let mut command = python("infra/stack.py");
        command
            .args(words)
            .envs(self.environment.iter().map(|(k, v)| (k, v)));
        finish(command)
    }

    /// What it wrote to its log, the functions' output included.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("aws/log")).unwrap()
    }

    /// Its process and those of the functions that it started, by their environment.
    pub fn processes(&self) -> Vec<Process> {
        let endpoint = &self.environment[0];
        let mark = format!("{}={}", endpoint.0, endpoint.1);
        let entries = fs::read_dir("/proc").unwrap().flatten();
        entries
            .filter_map(|entry| {
                let id: u32 = entry.file_name().to_str()?.parse().ok()?;
                let environment = fs::read(entry.path().join("environ")).ok()?;
                let text = String::from_utf8_lossy(&environment);
                let variables: HashMap<String, String> = text
                    .split('\0')
                    .filter_map(|line| line.split_once('='))
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect();
                text.split('\0')
                    .any(|line| line == mark)
                    .then_some(Process { id, variables })
            })
            .collect()
    }
}

impl Drop for Aws {
    fn drop(&mut self) {
        let mut stop = python("localstack/emulator.py");
        stop.arg("stop").arg(self.folder.path().join("aws"));
        let _ = stop.output();
    }
}

/// A process that belongs to it.
pub struct Process {
    pub id: u32,
    pub variables: HashMap<String, String>,
}

/// A process that passes calls on; several may ask at once.
pub struct Client {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Client {
    pub fn start(environment: &[(String, String)]) -> Client {
        let mut process = python("tests/it/aws/client.py")
            .envs(environment.iter().map(|(k, v)| (k, v)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        Client {
            process,
            input,
            output,
        }
    }

    pub fn ask(&mut self, call: &Call) -> Result<Value, Refused> {
        let line = json!({
            "service": call.service, "method": call.method, "arguments": call.arguments, "file": call.file,
            "credentials": call.credentials, "headers": call.headers,
        });
        writeln!(self.input, "{line}").unwrap();
        let mut answer = String::new();
        self.output.read_line(&mut answer).unwrap();
        let mut answer: Value = serde_json::from_str(&answer)
            .unwrap_or_else(|_| panic!("no answer to {line}: {answer:?}"));
        match answer.get("refused") {
            None => Ok(answer["reply"].take()),
            Some(refused) => Err(Refused(format!(
                "{}: {}",
                refused["code"], refused["message"]
            ))),
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A script of this workspace, run by the environment of the tests.
pub fn python(script: &str) -> Command {
    let mut command = Command::new(support::workspace().join("infra/python"));
    command.arg(support::workspace().join(script));
    command.current_dir(support::workspace());
    command
}

/// Its standard output, once it has ended well.
pub fn finish(mut command: Command) -> String {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}
