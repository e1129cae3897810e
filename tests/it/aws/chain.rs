//! Five systems' files by eight senders in random order, some twice, with functions killed under them, against one local run.

use super::local::{Aws, Client};
use super::stack::{STAGES, Stack};
use crate::support::{Project, Random};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Each file that can be split is: 9 of them, and 2 that cannot.
const PARTS: usize = 25;
const SENDERS: usize = 8;
const KILLS: usize = 8;

/// No feed can read them.
const BROKEN: [(&str, &[u8], &str); 3] = [
    ("crm_contacts_empty.csv", b"", "is empty"),
    (
        "shop_orders_torn.parquet",
        b"PAR1 and no more",
        "no readable Parquet",
    ),
    (
        "support_users_other.csv",
        b"nothing,known\n1,2\n",
        "does not fit its mapping",
    ),
];

#[test]
fn two_hundred_files_in_any_order_some_twice_and_functions_killed() {
    let Some(aws) = Aws::start() else { return };
    let demo = aws.folder().join("demo");
    let mut generate = Command::new(crate::support::c360());
    generate
        .args(["demo", "--people", "300", "--dir"])
        .arg(&demo);
    super::local::finish(generate);

    let here = Project::copy(&demo);
    let files = split(&demo.join("landing"), &here.landing());
    assert!(files.len() >= 200, "{} files", files.len());
    let stack = Stack::deploy_project(&aws, "chain", &demo);

    // The test only puts objects, kills processes, and reads tables and queues.
    let sending = AtomicBool::new(true);
    let killed = std::thread::scope(|scope| {
        let killer = scope.spawn(|| kill_now_and_then(&aws, &sending));
        send(&aws, &stack, &files);
        sending.store(false, Ordering::Release);
        killer.join().unwrap()
    });
    assert!(killed > 0, "no function was killed");
    let broken = dead_letters_are_the_broken_files(&stack);
    assert_eq!(broken, BROKEN.len());

    // One file is mended and its message sent back.
    let (name, _, _) = BROKEN[2];
    let mended = here.landing().join(name);
    let users = files
        .iter()
        .find(|file| named(file).starts_with("support_users"))
        .unwrap();
    fs::copy(users, &mended).unwrap();
    let content = fs::read_to_string(&mended).unwrap();
    fs::write(
        &mended,
        content.lines().take(3).collect::<Vec<_>>().join("\n"),
    )
    .unwrap();
    redrive(&stack, &mended, name);
    stack.wait_until_quiet_but_for(BROKEN.len() as u64 - 1);

    let there = Project::copy(&demo)
        .with_lake(&stack.output("Lake"))
        .with_variables(aws.environment().iter().cloned());
    // Time is an input: the local run takes place at the moment of the chain's last one.
    let report = here.run_at(&last_run(&there));
    assert!(report.succeeded);
    let expected = here.current_tables(|_| true);
    expected.assert_same(
        &there.current_tables(|_| true),
        "the chain and one local run",
    );
    for name in ["audience_email", "suppression_email", "suppression_sms"] {
        assert_eq!(
            super::without_ids(&stack.extract(name)),
            super::without_ids(&here.extract_text(name)),
            "{name}"
        );
    }
}

/// Splits what can be split; a full extract is one file, and so is a Parquet file.
fn split(from: &Path, to: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let (stem, ending) = named(&path)
            .rsplit_once('.')
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .unwrap();
        if ending == "parquet" || stem.starts_with("crm_accounts") {
            let target = to.join(named(&path));
            fs::copy(&path, &target).unwrap();
            files.push(target);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        let header = if ending == "csv" {
            format!("{}\n", lines.remove(0))
        } else {
            String::new()
        };
        let size = lines.len().div_ceil(PARTS).max(1);
        for (part, chunk) in lines.chunks(size).enumerate() {
            let target = to.join(format!("{stem}_{part:02}.{ending}"));
            fs::write(&target, format!("{header}{}\n", chunk.join("\n"))).unwrap();
            files.push(target);
        }
    }
    files.sort();
    files
}

fn named(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// Eight senders, each with a connection of its own; three files of ten go twice, half of these under another name.
fn send(aws: &Aws, stack: &Stack, files: &[PathBuf]) {
    let broken = aws.folder().join("broken");
    fs::create_dir_all(&broken).unwrap();
    let mut random = Random(200);
    let mut calls = Vec::new();
    for file in files {
        calls.push(stack.dropping(file, named(file)));
        match random.below(20) {
            0..3 => calls.push(stack.dropping(file, named(file))),
            3..6 => calls.push(stack.dropping(file, &named(file).replace('.', "_again."))),
            _ => {}
        }
    }
    for (name, content, _) in BROKEN {
        fs::write(broken.join(name), content).unwrap();
        calls.push(stack.dropping(&broken.join(name), name));
    }
    random.shuffle(&mut calls);
    let calls = Mutex::new(calls);
    std::thread::scope(|scope| {
        for _ in 0..SENDERS {
            scope.spawn(|| {
                let mut client = Client::start(aws.environment());
                loop {
                    let Some(call) = calls.lock().unwrap().pop() else {
                        return;
                    };
                    client.ask(&call).unwrap();
                    std::thread::sleep(Duration::from_millis(150));
                }
            });
        }
    });
}

/// Kills processes of functions while files are sent, and a little longer; how many.
fn kill_now_and_then(aws: &Aws, sending: &AtomicBool) -> usize {
    let mut random = Random(9);
    let mut killed = 0;
    while killed < KILLS && sending.load(Ordering::Acquire) {
        std::thread::sleep(Duration::from_millis(400 + random.below(1500) as u64));
        let functions: Vec<u32> = aws
            .processes()
            .into_iter()
            .filter(|process| process.variables.contains_key("AWS_LAMBDA_FUNCTION_NAME"))
            .map(|process| process.id)
            .collect();
        if functions.is_empty() {
            continue;
        }
        let id = random.pick(&functions).to_string();
        killed += usize::from(
            Command::new("kill")
                .args(["-9", &id])
                .status()
                .unwrap()
                .success(),
        );
    }
    killed
}

/// Waits until all is quiet, and reads what failed for good: the files that were broken on purpose, each with its reason.
fn dead_letters_are_the_broken_files(stack: &Stack) -> usize {
    stack.wait_until_quiet_but_for(BROKEN.len() as u64);
    for stage in STAGES {
        let dead = stack.waiting(&stack.dead_letters(stage));
        assert_eq!(
            dead,
            if stage == "standardize" {
                BROKEN.len() as u64
            } else {
                0
            },
            "{stage}"
        );
    }
    let letters = read(stack);
    for (name, _, reason) in BROKEN {
        let said = |letter: &&Value, attribute: &str| {
            letter["MessageAttributes"][attribute]["StringValue"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        let letter = letters
            .iter()
            .find(|letter| said(letter, "file").ends_with(name));
        let letter = letter.unwrap_or_else(|| panic!("{name} not in {letters:?}"));
        assert!(said(&letter, "reason").contains(reason), "{name}: {letter}");
    }
    letters.len()
}

/// The dead letters of standardize, which stay where they are.
fn read(stack: &Stack) -> Vec<Value> {
    let mut letters = Vec::new();
    loop {
        let arguments = json!({"QueueUrl": stack.dead_letters("standardize"), "MaxNumberOfMessages": 10,
            "VisibilityTimeout": 5, "MessageAttributeNames": ["All"]});
        let reply = stack.aws.call("sqs", "receive_message", arguments);
        match reply["Messages"].as_array() {
            Some(messages) if !messages.is_empty() => letters.extend(messages.clone()),
            _ => break,
        }
    }
    // Until they can be seen again.
    std::thread::sleep(Duration::from_secs(6));
    letters
}

/// A file is mended in place, and its message goes back to its queue. The put wakes standardize by itself; the message that
/// goes back finds the file known, and is done.
fn redrive(stack: &Stack, mended: &Path, name: &str) {
    stack.aws.ask(&stack.dropping(mended, name)).unwrap();
    stack.c360(&[
        "redrive",
        &stack.dead_letters("standardize"),
        "--apply",
        "--only",
        name,
    ]);
}

fn last_run(there: &Project) -> String {
    let sql =
        "SELECT to_char(max(as_of), '%Y-%m-%dT%H:%M:%S%.6fZ') AS as_of FROM gold.customer_consents";
    let told = there.ok(&["query", sql]);
    let moment = told.split_whitespace().find(|word| word.starts_with("20"));
    moment
        .unwrap_or_else(|| panic!("no moment in {told}"))
        .to_owned()
}
