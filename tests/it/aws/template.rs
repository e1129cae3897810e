//! What `infra/template.yaml` promises that no emulator shows: read from the resources as they are made under given parameters.

mod promises;

use super::local::{finish, python};
use crate::support;
use promises::{Resources, faults};
use serde_json::Value;

/// The template's resources; `None` where there is no Python environment to read it with.
fn resources(parameters: &[&str]) -> Option<Resources> {
    if support::variable("C360_TEST_VENV").is_none() {
        support::skip(
            "C360_TEST_VENV names no Python environment with `yaml`; tests/run makes one",
        );
        return None;
    }
    let mut read = python("tests/it/aws/template.py");
    read.arg("infra/template.yaml").args(parameters);
    Some(serde_json::from_str(&finish(read)).unwrap())
}

const JOB: [&str; 3] = [
    "JobImage=image",
    "JobSubnets=subnet-1",
    "JobSecurityGroups=sg-1",
];

#[test]
fn what_the_template_makes_is_safe_and_watched() {
    for parameters in [
        &[][..],
        &JOB,
        &["KmsKeyArn=arn:aws:kms:eu-central-1:111122223333:key/k"],
    ] {
        let Some(made) = resources(parameters) else {
            return;
        };
        assert_eq!(faults(&made), [""; 0], "{parameters:?}");
    }
    let none = [
        "ReserveConcurrency=false",
        "RequireTls=false",
        "ExistingLandingBucket=theirs",
    ];
    let Some(made) = resources(&none) else { return };
    assert!(!made.contains_key("landingBucket"));
    assert!(faults(&made).iter().any(|fault| fault.contains("TLS")));
    assert!(faults(&made).iter().any(|fault| fault.contains("reserved")));
}

/// Each line below is one that a careless hand might delete.
#[test]
fn a_line_that_is_deleted_is_missed() {
    let Some(made) = resources(&JOB) else { return };
    let paths = [
        "lakeBucket/DeletionPolicy",
        "auditBucket/UpdateReplacePolicy",
        "landingBucket/Properties/BucketEncryption",
        "lakeBucket/Properties/VersioningConfiguration",
        "extractsBucket/Properties/PublicAccessBlockConfiguration/IgnorePublicAcls",
        "extractsBucket/Properties/OwnershipControls",
        "auditBucket/Properties/LifecycleConfiguration/Rules/0",
        "lakeBucket/Properties/LifecycleConfiguration/Rules/2",
        "auditBucket/Properties/ObjectLockEnabled",
        "auditBucket/Properties/ObjectLockConfiguration/Rule",
        "landingBucketPolicy",
        "lakeBucketPolicy/Properties/PolicyDocument/Statement/0/Condition",
        "goldenQueue/Properties/RedrivePolicy",
        "goldenQueue/Properties/SqsManagedSseEnabled",
        "extractDeadLetters/Properties/MessageRetentionPeriod",
        "resolveDeadLetters/Properties/RedriveAllowPolicy/sourceQueueArns/1",
        "extractDeadLetterPolicy",
        "heavyQueuePolicy",
        "heavyOldestMessageAlarm",
        "standardizeDeadLetterAlarm",
        "resolveOldestMessageAlarm/Properties/AlarmActions",
        "goldenErrorAlarm",
        "maintenanceDurationAlarm",
        "lagAlarm",
        "quarantineAlarm",
        "reviewAlarm",
        "alarmTopicPolicy/Properties/PolicyDocument/Statement/0",
        "alarmTopicPolicy/Properties/PolicyDocument/Statement/1",
        "extract/Properties/ReservedConcurrentExecutions",
        "golden/Properties/Tracing",
        "golden/Properties/Environment/Variables/C360_DELIVERIES",
        "golden/Properties/Events/commits/Properties/FunctionResponseTypes",
        "resolve/Properties/Events/commits/Properties/MaximumBatchingWindowInSeconds",
        "standardizeLog/Properties/RetentionInDays",
        "nightlyResolve",
        "nightlyMaintenance",
        "scheduleRole/Properties/Policies/0/PolicyDocument/Statement/0/Resource/0",
        "jobEnvironment/Properties/ComputeResources/MaxvCpus",
        "jobDefinition/Properties/Timeout",
        "jobDefinition/Properties/ContainerProperties/Environment/1",
        "jobDefinition/Properties/ContainerProperties/Environment/2",
        "jobFailed",
        "jobLog/Properties/RetentionInDays",
    ];
    for path in paths {
        let mut without = made.clone();
        delete(&mut without, path);
        assert!(!faults(&without).is_empty(), "nobody misses {path}");
    }
}

fn delete(resources: &mut Resources, path: &str) {
    let (parents, last) = path.rsplit_once('/').unwrap_or(("", path));
    let mut all = Value::Object(std::mem::take(resources));
    let parent = match parents {
        "" => &mut all,
        parents => all
            .pointer_mut(&format!("/{parents}"))
            .unwrap_or_else(|| panic!("{path}")),
    };
    let found = match parent {
        Value::Array(list) => Some(list.remove(last.parse().unwrap())),
        parent => parent.as_object_mut().unwrap().remove(last),
    };
    assert!(found.is_some(), "there is no {path}");
    *resources = all.as_object().unwrap().clone();
}

/// A role that may not read one table more is found here in a moment, on a local AWS after minutes of waiting.
#[test]
fn golden_may_read_what_it_reads() {
    let read = |path: &str| std::fs::read_to_string(support::workspace().join(path)).unwrap();
    let code = read("shared/pipeline/src/golden.rs");
    let inputs = code.split_once("const INPUTS").unwrap().1;
    let inputs = inputs.split_once("];").unwrap().0;
    let template = read("infra/template.yaml");
    let role = template.split_once("  goldenData:").unwrap().1;
    let role = role.split_once("Sid: WriteGold").unwrap().0;
    let tables: Vec<&str> = inputs
        .split('"')
        .filter(|text| text.starts_with("silver.") || text.starts_with("bronze."))
        .collect();
    assert!(tables.len() > 20, "{tables:?}");
    for table in tables {
        let objects = format!("${{LakePrefix}}/{}/*\"", table.replace('.', "/"));
        assert!(role.contains(&objects), "goldenRole may not read {table}");
    }
}
