//! The Lambda Runtime API, as far as a function polls it, and a function as a process that does.

use super::http::{self, Message};
use serde_json::Value;
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const PATIENCE: Duration = Duration::from_secs(300);

/// X-Ray's name of every invocation.
pub const TRACE: &str = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";

/// A function of this workspace, started and waiting for events.
pub struct Function {
    process: Child,
    events: Sender<(String, Duration)>,
    replies: Receiver<(String, Vec<u8>)>,
    home: tempfile::TempDir,
}

impl Function {
    pub fn start(name: &str, variables: &[(&str, String)]) -> Function {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (events, waiting) = channel();
        let (answered, replies) = channel();
        std::thread::spawn(move || serve(&listener, &waiting, &answered));
        let home = tempfile::tempdir().unwrap();
        let mut command = command(name, home.path());
        command.env("AWS_LAMBDA_RUNTIME_API", address);
        command.envs(variables.iter().map(|(key, value)| (*key, value.as_str())));
        Function {
            process: command.spawn().unwrap(),
            events,
            replies,
            home,
        }
    }

    /// Runs a function outside Lambda until it ends by itself: did it succeed, and what did it log and say?
    pub fn run_alone(name: &str, variables: &[(&str, String)]) -> (bool, String) {
        let home = tempfile::tempdir().unwrap();
        let mut command = command(name, home.path());
        command.envs(variables.iter().map(|(key, value)| (*key, value.as_str())));
        let output = command.stderr(Stdio::piped()).output().unwrap();
        let logs = std::fs::read_to_string(home.path().join("logs")).unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        (output.status.success(), format!("{logs}{said}"))
    }

    /// Hands the function an event and waits for its reply.
    pub fn invoke(&mut self, event: &Value) -> Value {
        self.invoke_within(event, PATIENCE)
    }

    /// Like [`Function::invoke`], with a deadline of its own.
    pub fn invoke_within(&mut self, event: &Value, time: Duration) -> Value {
        self.events.send((event.to_string(), time)).unwrap();
        self.reply()
    }

    /// Hands the function an event.
    pub fn send(&self, event: &Value) {
        self.events.send((event.to_string(), PATIENCE)).unwrap();
    }

    /// Waits for the reply to an event that was sent.
    pub fn reply(&mut self) -> Value {
        let Ok((path, body)) = self.replies.recv_timeout(PATIENCE) else {
            panic!(
                "no reply; {:?}; logs:\n{}",
                self.process.try_wait(),
                self.logs()
            );
        };
        let body = String::from_utf8(body).unwrap();
        assert!(
            path.ends_with("/response"),
            "{path} {body}\n{}",
            self.logs()
        );
        serde_json::from_str(&body).unwrap()
    }

    /// Everything it has written to standard output.
    pub fn logs(&self) -> String {
        std::fs::read_to_string(self.home.path().join("logs")).unwrap()
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn command(name: &str, home: &Path) -> Command {
    let mut command = Command::new(binary(name));
    command
        .env_clear()
        .env("TMPDIR", home)
        .env("AWS_LAMBDA_FUNCTION_NAME", name)
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env(
            "C360_PROJECT",
            concat!(env!("CARGO_MANIFEST_DIR"), "/projects/functions"),
        )
        .stdout(File::create(home.join("logs")).unwrap());
    command
}

/// The binary that the workspace's build left beside this test.
fn binary(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let path = test.parent().and_then(Path::parent).unwrap().join(name);
    assert!(
        path.exists(),
        "{} is missing: run `cargo build --workspace` first",
        path.display()
    );
    path
}

/// Answers `next` with the next event, and passes replies on.
fn serve(
    listener: &TcpListener,
    events: &Receiver<(String, Duration)>,
    replies: &Sender<(String, Vec<u8>)>,
) {
    let mut sequence = 0;
    for stream in listener.incoming().flatten() {
        let Some(request) = Message::read(&stream) else {
            continue;
        };
        let path = request.start.split(' ').nth(1).unwrap_or_default();
        if path == "/2018-06-01/runtime/invocation/next" {
            let Ok((event, time)) = events.recv() else {
                return;
            };
            sequence += 1;
            let id = format!("00000000-0000-4000-8000-{sequence:012}");
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
            let deadline = (now + time).as_millis().to_string();
            let headers = [
                ("content-type", "application/json"),
                ("lambda-runtime-aws-request-id", &id),
                ("lambda-runtime-deadline-ms", &deadline),
                ("lambda-runtime-trace-id", TRACE),
                (
                    "lambda-runtime-invoked-function-arn",
                    "arn:aws:lambda:us-east-1:123456789012:function:c360",
                ),
            ];
            http::write(&stream, "HTTP/1.1 200 OK", &headers, event.as_bytes());
        } else {
            http::write(&stream, "HTTP/1.1 202 Accepted", &[], b"{}");
            if replies.send((path.to_owned(), request.body)).is_err() {
                return;
            }
        }
    }
}
