//! MiniStack, a server that knows S3 with conditional writes, and SQS, as a process of its own on loopback.

use super::http::{self, Message};
use crate::support;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);

pub struct Emulator {
    server: Child,
    address: String,
    _home: tempfile::TempDir,
}

impl Emulator {
    /// Starts the server of the virtual environment `C360_TEST_VENV`. Without one the test is skipped, and says so;
    /// in CI it fails.
    pub fn start() -> Option<Emulator> {
        let Some(venv) = support::variable("C360_TEST_VENV") else {
            support::skip(
                "C360_TEST_VENV names no Python environment with `ministack`; tests/run makes one",
            );
            return None;
        };
        let home = tempfile::tempdir().unwrap();
        let free = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let mut server = Command::new(PathBuf::from(venv).join("bin/ministack"))
            .env("BIND_HOST", "127.0.0.1")
            .env("GATEWAY_PORT", free.port().to_string())
            .env("SERVICES", "s3,sqs")
            .env("TMPDIR", home.path())
            .current_dir(&home)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("C360_TEST_VENV/bin/ministack starts");
        let begun = Instant::now();
        while TcpStream::connect(free).is_err() {
            let ended = server.try_wait().unwrap();
            assert!(ended.is_none(), "ministack ended: {ended:?}");
            assert!(begun.elapsed() < PATIENCE, "ministack does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(Emulator {
            server,
            address: free.to_string(),
            _home: home,
        })
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    /// What a process needs to find it.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        self.variables_by(&self.address)
    }

    /// What a process needs to find it at another address, such as that of a proxy.
    pub fn variables_by(&self, address: &str) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ENDPOINT_URL", format!("http://{address}")),
            ("AWS_REGION", "us-east-1".into()),
            ("AWS_ACCESS_KEY_ID", "test".into()),
            ("AWS_SECRET_ACCESS_KEY", "test".into()),
        ]
    }

    pub fn bucket(&self, name: &str) {
        self.send("PUT", &format!("/{name}"), b"");
    }

    pub fn put(&self, bucket: &str, key: &str, content: &[u8]) {
        self.send("PUT", &format!("/{bucket}/{}", encode(key)), content);
    }

    pub fn delete(&self, bucket: &str, key: &str) {
        let target = format!("/{bucket}/{}", encode(key));
        let reply = self.request("DELETE", &target, &[], b"");
        assert!(reply.start.contains(" 204"), "{}", reply.start);
    }

    /// Gives an object one tag.
    pub fn tag(&self, bucket: &str, key: &str, name: &str, value: &str) {
        let target = format!("/{bucket}/{}?tagging", encode(key));
        let tags = format!(
            "<Tagging><TagSet><Tag><Key>{name}</Key><Value>{value}</Value></Tag></TagSet></Tagging>"
        );
        self.send("PUT", &target, tags.as_bytes());
    }

    /// The tags of an object.
    pub fn tags(&self, bucket: &str, key: &str) -> BTreeMap<String, String> {
        let target = format!("/{bucket}/{}?tagging", encode(key));
        let tags = String::from_utf8(self.send("GET", &target, b"")).unwrap();
        let part = |text: &str, name: &str| {
            let from = text.split(&format!("<{name}>")).nth(1).unwrap();
            from.split(&format!("</{name}>")).next().unwrap().to_owned()
        };
        let tags = tags.split("<Tag>").skip(1);
        tags.map(|tag| (part(tag, "Key"), part(tag, "Value")))
            .collect()
    }

    pub fn get(&self, bucket: &str, key: &str) -> Vec<u8> {
        self.send("GET", &format!("/{bucket}/{}", encode(key)), b"")
    }

    pub fn keys(&self, bucket: &str, prefix: &str) -> Vec<String> {
        let target = format!("/{bucket}?list-type=2&prefix={}", encode(prefix));
        let listing = String::from_utf8(self.send("GET", &target, b"")).unwrap();
        assert!(
            listing.contains("<IsTruncated>false"),
            "more than a page of keys"
        );
        let keys = listing.split("<Key>").skip(1);
        keys.map(|rest| rest.split("</Key>").next().unwrap().to_owned())
            .collect()
    }

    /// The commits of a Delta table, oldest first.
    fn commits(&self, bucket: &str, table: &str) -> Vec<String> {
        let mut keys = self.keys(bucket, &format!("{table}/_delta_log/"));
        keys.retain(|key| key.ends_with(".json"));
        keys.sort();
        keys
    }

    pub fn versions(&self, bucket: &str, table: &str) -> usize {
        self.commits(bucket, table).len()
    }

    /// How often the commits of a Delta table were tried again, as the log itself says.
    pub fn commit_retries(&self, bucket: &str, table: &str) -> u64 {
        let mut retries = 0;
        for commit in self.commits(bucket, table) {
            let log = String::from_utf8(self.get(bucket, &commit)).unwrap();
            for line in log.lines() {
                let action: Value = serde_json::from_str(line).unwrap();
                let counted = &action["commitInfo"]["operationMetrics"]["num_retries"];
                retries += counted.as_u64().unwrap_or(0);
            }
        }
        retries
    }

    /// Rows of the newest version of a Delta table, by the statistics in its log.
    pub fn rows(&self, bucket: &str, table: &str) -> u64 {
        let mut files: HashMap<String, u64> = HashMap::new();
        for commit in self.commits(bucket, table) {
            let log = String::from_utf8(self.get(bucket, &commit)).unwrap();
            for line in log.lines() {
                let action: Value = serde_json::from_str(line).unwrap();
                if let Some(path) = action["remove"]["path"].as_str() {
                    files.remove(path);
                }
                if let Some(path) = action["add"]["path"].as_str() {
                    let stats = action["add"]["stats"].as_str().unwrap();
                    let stats: Value = serde_json::from_str(stats).unwrap();
                    files.insert(path.to_owned(), stats["numRecords"].as_u64().unwrap());
                }
            }
        }
        files.values().sum()
    }

    fn send(&self, method: &str, target: &str, body: &[u8]) -> Vec<u8> {
        let reply = self.request(method, target, &[], body);
        assert!(
            reply.start.starts_with("HTTP/1.1 200"),
            "{method} {target}: {} {}",
            reply.start,
            String::from_utf8_lossy(&reply.body)
        );
        reply.body
    }

    pub(super) fn request(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Message {
        let stream = TcpStream::connect(&self.address).unwrap();
        let start = format!("{method} {target} HTTP/1.1");
        let mut all = vec![("host", self.address.as_str())];
        all.extend(headers);
        http::write(&stream, &start, &all, body);
        Message::read(&stream).expect("an answer")
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn encode(key: &str) -> String {
    key.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}
