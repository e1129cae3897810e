//! The deployed system on a local AWS: the template that goes to AWS, the real functions, each under its own role.

mod chain;
mod local;
mod roles;
mod stack;
mod template;

use crate::support;
use local::Aws;
use serde_json::{Value, json};
use stack::{Stack, c360, sample};
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

/// What must be the same wherever it ran; ids may differ, since a lake that is filled file by file mints them earlier.
const CUSTOMERS: &str = "SELECT display_name, email, phone, city, is_marketing_reachable, source_record_count \
                         FROM gold.dim_customer ORDER BY 1, 2, 3";

fn drop_sample(stack: &Stack) {
    for file in fs::read_dir(sample().join("landing")).unwrap() {
        stack.drop_file(&file.unwrap().path());
    }
}

/// Rows of a CSV, the column with ids left out.
fn without_ids(csv: &str) -> BTreeSet<String> {
    let header: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    let keep = |line: &str| {
        let cells = line.split(',').zip(&header);
        let kept = cells.filter(|(_, column)| **column != "customer_id");
        kept.map(|(cell, _)| cell).collect::<Vec<_>>().join(",")
    };
    csv.lines().skip(1).map(keep).collect()
}

#[test]
fn a_drop_becomes_customers_and_files_with_no_hand_on_it() {
    let Some(aws) = Aws::start() else { return };
    let stack = Stack::deploy(&aws, "c360", &[]);
    // What the README has people run: drops the sample, waits, shows what came of it.
    let told = stack.walk();
    for said in [
        "Margaret Okafor",
        "Golden values",
        "rob.whitfield@stonebrook.example,P-",
    ] {
        assert!(told.contains(said), "{said} not in\n{told}");
    }
    stack.wait_until_quiet();

    let here = tempfile::tempdir().unwrap();
    let project = here.path().join("sample");
    copy(&sample(), &project);
    local::finish(c360(&["run"], &project));
    let customers = local::finish(c360(&["query", CUSTOMERS], &project));
    assert!(customers.contains("Margaret Okafor"), "{customers}");
    assert_eq!(
        stack.c360(&["query", CUSTOMERS]),
        customers,
        "{}",
        aws.log()
    );

    let suppressed = without_ids(&stack.extract("suppression_email"));
    let emails: Vec<&str> = suppressed
        .iter()
        .map(|row| row.split(',').next().unwrap())
        .collect();
    assert_eq!(
        emails,
        [
            "noor.haddad@willowgate.example",
            "rob.whitfield@stonebrook.example"
        ]
    );

    // Upkeep takes no row away and adds none.
    let upkeep = json!({"FunctionName": "c360-maintenance", "Payload": "{}"});
    let reply = aws.call("lambda", "invoke", upkeep);
    assert_eq!(reply["FunctionError"], json!(null), "{}", aws.log());
    assert_eq!(stack.c360(&["query", CUSTOMERS]), customers);

    // Somebody who is there is recognized, and nobody reads of it.
    let ask = |question: Value| -> Value {
        let asked = json!({"FunctionName": "c360-identify", "Payload": question.to_string()});
        let reply = aws.call("lambda", "invoke", asked);
        assert_eq!(reply["FunctionError"], json!(null), "{}", aws.log());
        serde_json::from_str(reply["Payload"].as_str().unwrap()).unwrap()
    };
    let noor = "noor.haddad@willowgate.example";
    let answer = ask(json!({"record": {"full_name": "Noor Haddad", "email": noor}}));
    assert_eq!(answer["decision"], "match", "{answer}");
    let email = format!(
        "SELECT email FROM gold.dim_customer WHERE customer_id = '{}'",
        answer["customer_id"].as_str().unwrap()
    );
    assert!(stack.c360(&["query", &email]).contains(noor), "{answer}");
    let heard = aws.log().matches("noor.").count();
    for (question, why) in [
        (json!({"record": {"name": noor}}), "no column \"name\""),
        (
            json!({"record": {"email": noor}, "feed": noor}),
            "has no feed",
        ),
        (json!({"who": noor}), "not understood"),
        (json!(noor), "not understood"),
    ] {
        let answer = ask(question);
        let refused = answer["refused"].as_str().unwrap_or_default();
        assert!(refused.contains(why), "{answer}");
    }
    assert_eq!(aws.log().matches("noor.").count(), heard, "{}", aws.log());

    roles::check(&stack);
    check_loopback(&aws);
}

/// Nothing that was started listens beyond this machine.
fn check_loopback(aws: &Aws) {
    let ours: BTreeSet<String> = aws
        .processes()
        .iter()
        .filter_map(|process| fs::read_dir(format!("/proc/{}/fd", process.id)).ok())
        .flatten()
        .filter_map(|descriptor| fs::read_link(descriptor.ok()?.path()).ok())
        .filter_map(|target| {
            let name = target.to_str()?.strip_prefix("socket:[")?;
            Some(name.trim_end_matches(']').to_owned())
        })
        .collect();
    let mut listening = 0;
    for (table, loopback) in [
        ("/proc/net/tcp", "0100007F"),
        ("/proc/net/tcp6", "00000000000000000000000001000000"),
    ] {
        for line in fs::read_to_string(table).unwrap_or_default().lines() {
            let cells: Vec<&str> = line.split_whitespace().collect();
            // 0A: listening; the tenth column is the socket's inode.
            if cells.get(3) == Some(&"0A") && ours.contains(cells[9]) {
                listening += 1;
                assert!(
                    cells[1].starts_with(loopback),
                    "listens beyond loopback: {line}"
                );
            }
        }
    }
    assert!(listening > 0, "no listening socket was found");
}

#[test]
fn a_bucket_that_exists_already_keeps_its_notifications() {
    let Some(aws) = Aws::start() else { return };
    aws.call("s3", "create_bucket", json!({"Bucket": "theirs"}));
    let queue = aws.call("sqs", "create_queue", json!({"QueueName": "theirs"}));
    let policy = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": "*"}]});
    let attributes = json!({"Policy": policy.to_string()});
    aws.call(
        "sqs",
        "set_queue_attributes",
        json!({"QueueUrl": queue["QueueUrl"], "Attributes": attributes}),
    );
    let theirs = json!({"Id": "theirs", "QueueArn": "arn:aws:sqs:us-east-1:000000000000:theirs",
        "Events": ["s3:ObjectCreated:*"], "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "out/"}]}}});
    let configuration = json!({"QueueConfigurations": [theirs]});
    aws.call(
        "s3",
        "put_bucket_notification_configuration",
        json!({"Bucket": "theirs", "NotificationConfiguration": configuration}),
    );
    let notifications = || {
        let reply = aws.call(
            "s3",
            "get_bucket_notification_configuration",
            json!({"Bucket": "theirs"}),
        );
        let queues = reply["QueueConfigurations"].as_array().cloned();
        let ids = queues.unwrap_or_default();
        ids.iter()
            .map(|queue| queue["Id"].as_str().unwrap().to_owned())
            .collect::<BTreeSet<_>>()
    };

    // What a creation that fails leaves is in nobody's way.
    let taken = json!({"Bucket": "second-audit-000000000000-us-east-1"});
    aws.call("s3", "create_bucket", taken.clone());
    let refused = Stack::try_deploy(&aws, "second", &["ExistingLandingBucket=theirs"]);
    let said = refused.expect_err("the bucket is there");
    assert!(said.contains("ROLLBACK_COMPLETE"), "{said}");
    aws.call("s3", "delete_bucket", taken);

    let mut stack = Stack::deploy(&aws, "second", &["ExistingLandingBucket=theirs"]);
    let both = BTreeSet::from(["second-landing".into(), "theirs".into()]);
    assert_eq!(notifications(), both);
    // What an update is not given stays as it is.
    stack.update(&["LogRetentionDays=30"]);
    assert!(stack.output("Landing").starts_with("s3://theirs/"));
    assert_eq!(notifications(), both);
    drop_sample(&stack);
    stack.wait_until_quiet();
    assert!(
        stack
            .c360(&["query", CUSTOMERS])
            .contains("Margaret Okafor")
    );

    stack.update(&["ExistingLandingBucket="]);
    assert!(stack.output("Landing").starts_with("s3://second-landing-"));
    assert_eq!(notifications(), BTreeSet::from(["theirs".into()]));
    aws.stack(&["delete", "--name", "second", "--with-data"]);
    let buckets = aws.call("s3", "list_buckets", json!({}));
    let names: Vec<&str> = buckets["Buckets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|bucket| bucket["Name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["theirs"]);
}

#[test]
fn a_zip_that_lambda_would_refuse_is_not_packed() {
    let here = tempfile::tempdir().unwrap();
    let (project, built) = (here.path().join("project"), here.path().join("built"));
    fs::create_dir_all(project.join("mappings")).unwrap();
    fs::create_dir_all(&built).unwrap();
    fs::write(project.join("c360.toml"), "").unwrap();
    // Any program will do; the first function of the list is packed first.
    fs::copy("/bin/true", built.join("standardize")).unwrap();
    let large = fs::File::create(project.join("mappings/large.sql")).unwrap();
    large.set_len(263_000_000).unwrap();
    let out = here.path().join("zips");
    let mut package = Command::new(support::workspace().join("infra/package"));
    package
        .arg("--project")
        .arg(&project)
        .arg("--built")
        .arg(&built);
    let packed = package.arg("--out").arg(&out).output().unwrap();
    assert!(!packed.status.success());
    let said = String::from_utf8_lossy(&packed.stderr).into_owned();
    assert!(said.contains("standardize.zip is over"), "{said}");
    assert_eq!(fs::read_dir(&out).unwrap().count(), 0);
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
