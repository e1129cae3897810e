//! Whom the command asks S3 as, where the environment names nobody: what `aws configure` and its relatives left behind.

use super::http::{self, Message};
use crate::support::c360;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

/// An S3 that refuses everything, and remembers who asked.
fn guard() -> (String, Arc<Mutex<Vec<Message>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let all = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let Some(request) = Message::read(&stream) else {
                continue;
            };
            all.lock().unwrap().push(request);
            let body = b"<Error><Code>AccessDenied</Code><Message>so it is</Message></Error>";
            let kind = [("content-type", "application/xml")];
            http::write(&stream, "HTTP/1.1 403 Forbidden", &kind, body);
        }
    });
    (address, asked)
}

/// The command, with this home and no word on AWS in its environment but where S3 is.
fn status(home: &Path, s3: &str, variables: &[(&str, &str)]) -> Output {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/functions");
    let mut command = Command::new(c360());
    command.arg("status").arg("--project").arg(project);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_")) {
        command.env_remove(name);
    }
    command.env("HOME", home);
    command.env("AWS_ENDPOINT_URL", format!("http://{s3}"));
    // No machine's role is to be found, whatever machine this is.
    command.env("AWS_EC2_METADATA_DISABLED", "true");
    command.envs(variables.iter().copied());
    command.output().unwrap()
}

/// Key and region that the first request is signed with, and its session.
fn signed(asked: &Mutex<Vec<Message>>) -> (String, String, Option<String>) {
    let asked = asked.lock().unwrap();
    let header = |wanted: &str| {
        let mut headers = asked.first().expect("a request").headers.iter();
        let found = headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.clone())
    };
    let authorization = header("authorization").expect("a signature");
    let scope = authorization.split("Credential=").nth(1).unwrap();
    let words: Vec<&str> = scope.split('/').collect();
    let session = header("x-amz-security-token");
    (words[0].to_owned(), words[2].to_owned(), session)
}

fn write(home: &Path, name: &str, content: &str) {
    fs::create_dir_all(home.join(".aws")).unwrap();
    fs::write(home.join(".aws").join(name), content).unwrap();
}

#[test]
fn a_profile_is_who_asks_where_the_environment_names_nobody() {
    let home = tempfile::tempdir().unwrap();
    let here = home.path();
    let key = |name: &str| {
        format!("[{name}]\naws_access_key_id = AKIA{name}\naws_secret_access_key = secret\n")
    };
    write(
        here,
        "credentials",
        &format!("{}{}", key("default"), key("prod")),
    );
    write(
        here,
        "config",
        "[default]\nregion = eu-west-3\n[profile prod]\nregion = ap-south-1\n",
    );
    for (variables, expected) in [
        (vec![], ("AKIAdefault", "eu-west-3")),
        (vec![("AWS_PROFILE", "prod")], ("AKIAprod", "ap-south-1")),
        (
            vec![("AWS_REGION", "us-west-2")],
            ("AKIAdefault", "us-west-2"),
        ),
        // The environment comes first.
        (
            vec![
                ("AWS_ACCESS_KEY_ID", "AKIAenv"),
                ("AWS_SECRET_ACCESS_KEY", "secret"),
            ],
            ("AKIAenv", "eu-west-3"),
        ),
    ] {
        let (s3, asked) = guard();
        let told = status(here, &s3, &variables);
        assert!(!told.status.success());
        let (key, region, session) = signed(&asked);
        assert_eq!((&*key, &*region), expected, "{variables:?}");
        assert_eq!(session, None);
    }
}

#[test]
fn a_program_gives_credentials_that_end() {
    let home = tempfile::tempdir().unwrap();
    let program = home.path().join("login");
    let given = r#"{"Version": 1, "AccessKeyId": "AKIAprogram", "SecretAccessKey": "secret",
        "SessionToken": "a-session", "Expiration": "2099-01-01T00:00:00Z"}"#;
    fs::write(&program, format!("#!/bin/sh\ncat <<'END'\n{given}\nEND\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let config = format!(
        "[default]\nregion = eu-west-3\ncredential_process = {}\n",
        program.display()
    );
    write(home.path(), "config", &config);
    let (s3, asked) = guard();
    status(home.path(), &s3, &[]);
    let (key, region, session) = signed(&asked);
    assert_eq!((&*key, &*region), ("AKIAprogram", "eu-west-3"));
    assert_eq!(session.as_deref(), Some("a-session"));
}

#[test]
fn where_nobody_is_logged_in_the_command_says_how_to() {
    let home = tempfile::tempdir().unwrap();
    let (s3, asked) = guard();
    let told = status(home.path(), &s3, &[("AWS_REGION", "us-east-1")]);
    assert!(!told.status.success());
    let said = String::from_utf8(told.stderr).unwrap();
    assert!(said.contains("no credentials of AWS"), "{said}");
    assert!(said.contains("AWS_PROFILE"), "{said}");
    assert!(asked.lock().unwrap().is_empty());
}
