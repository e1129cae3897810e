//! The promises themselves, each a rule over the template's resources.

use serde_json::{Map, Value, json};

pub type Resources = Map<String, Value>;

/// Runs a rule over resources; what breaks it is told.
type Rule = fn(&Resources) -> Vec<String>;

const RULES: [Rule; 6] = [buckets, queues, functions, alarms, schedules, container_job];

/// How long a job may wait for another run to end (`JOB_PATIENCE` of `entrypoint`), seconds.
const JOB_PATIENCE: u64 = 6 * 3600;

/// What breaks any of the rules.
pub fn faults(resources: &Resources) -> Vec<String> {
    RULES.iter().flat_map(|rule| rule(resources)).collect()
}

/// The resources of a type, by name.
fn of_type<'a>(all: &'a Resources, kind: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let found = all.iter().filter(move |(_, one)| one["Type"] == kind);
    found.map(|(name, one)| (&**name, one))
}

fn statements(policy: &Value) -> &[Value] {
    let found = policy
        .pointer("/Properties/PolicyDocument/Statement")
        .and_then(Value::as_array);
    found.map_or(&[], Vec::as_slice)
}

/// Does a policy refuse whatever comes without TLS?
fn is_tls_only(policy: &Value, arn: &str) -> bool {
    statements(policy).iter().any(|one| {
        one["Effect"] == "Deny"
            && one["Principal"] == "*"
            && one["Condition"] == json!({"Bool": {"aws:SecureTransport": "false"}})
            && (one["Resource"] == arn || one["Resource"][0] == arn)
    })
}

fn number(value: &Value) -> u64 {
    let text = value.as_str().map(str::parse);
    text.map_or(value.as_u64(), Result::ok).unwrap_or(0)
}

/// Notes each of the claims that does not hold.
fn unless<'a>(name: &'a str, claims: &'a [(bool, &'a str)]) -> impl Iterator<Item = String> + 'a {
    let broken = claims.iter().filter(|(holds, _)| !holds);
    broken.map(move |(_, claim)| format!("{name}: {claim}"))
}

fn buckets(all: &Resources) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, bucket) in of_type(all, "AWS::S3::Bucket") {
        let has = &bucket["Properties"];
        let encryption = &has["BucketEncryption"]["ServerSideEncryptionConfiguration"][0]["ServerSideEncryptionByDefault"];
        let is_encrypted = match encryption["SSEAlgorithm"].as_str() {
            Some("aws:kms") => encryption["KMSMasterKeyID"].is_string(),
            Some("AES256") => true,
            _ => false,
        };
        let blocks = [
            "BlockPublicAcls",
            "BlockPublicPolicy",
            "IgnorePublicAcls",
            "RestrictPublicBuckets",
        ];
        let rules = has["LifecycleConfiguration"]["Rules"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let cleans = |what: &str| {
            rules
                .iter()
                .any(|rule| rule["Status"] == "Enabled" && !rule[what].is_null())
        };
        let is_audit = name == "auditBucket";
        let lock = &has["ObjectLockConfiguration"]["Rule"]["DefaultRetention"];
        let is_locked = has["ObjectLockEnabled"] == true
            && lock["Mode"] == "GOVERNANCE"
            && number(&lock["Days"]) > 0;
        let arn = format!("${{{name}.Arn}}");
        let mut policies = of_type(all, "AWS::S3::BucketPolicy");
        let guarded = policies.any(|(_, policy)| {
            policy["Properties"]["Bucket"] == format!("${{{name}}}") && is_tls_only(policy, &arn)
        });
        faults.extend(unless(
            name,
            &[
                (is_encrypted, "is not encrypted"),
                (
                    has["VersioningConfiguration"]["Status"] == "Enabled",
                    "has no versions",
                ),
                (
                    blocks
                        .iter()
                        .all(|block| has["PublicAccessBlockConfiguration"][block] == true),
                    "may be opened to the public",
                ),
                (
                    has["OwnershipControls"]["Rules"][0]["ObjectOwnership"]
                        == "BucketOwnerEnforced",
                    "heeds ACLs",
                ),
                (
                    cleans("AbortIncompleteMultipartUpload"),
                    "keeps torn uploads",
                ),
                (
                    is_audit || cleans("NoncurrentVersionExpiration"),
                    "keeps old versions",
                ),
                (!is_audit || is_locked, "is not locked"),
                (
                    bucket["DeletionPolicy"] == "RetainExceptOnCreate",
                    "does not outlive the stack, or outlives a failed creation",
                ),
                (bucket["UpdateReplacePolicy"] == "Retain", "may be replaced"),
                (guarded, "takes requests without TLS"),
            ],
        ));
    }
    faults
}

fn queues(all: &Resources) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, queue) in of_type(all, "AWS::SQS::Queue") {
        let has = &queue["Properties"];
        let arn = format!("${{{name}.Arn}}");
        let is_dead = name.ends_with("DeadLetters");
        let guarded =
            of_type(all, "AWS::SQS::QueuePolicy").any(|(_, policy)| is_tls_only(policy, &arn));
        let is_encrypted = has["SqsManagedSseEnabled"] == true || has["KmsMasterKeyId"].is_string();
        let metric = if is_dead {
            "ApproximateNumberOfMessagesVisible"
        } else {
            "ApproximateAgeOfOldestMessage"
        };
        let watched = of_type(all, "AWS::CloudWatch::Alarm").any(|(_, alarm)| {
            let about = &alarm["Properties"];
            about["MetricName"] == metric
                && about["Dimensions"][0]["Value"] == format!("${{{name}.QueueName}}")
        });
        // Where SQS puts what fails too often, and whether that queue lets it.
        let target = has["RedrivePolicy"]["deadLetterTargetArn"]
            .as_str()
            .unwrap_or_default();
        let dead = all
            .get(target.trim_start_matches("${").trim_end_matches(".Arn}"))
            .unwrap_or(&Value::Null);
        let dead = &dead["Properties"];
        let whole = format!(
            "arn:aws:sqs:eu-central-1:111122223333:{}",
            has["QueueName"].as_str().unwrap()
        );
        let allowed = &dead["RedriveAllowPolicy"]["sourceQueueArns"];
        let is_let = allowed
            .as_array()
            .is_some_and(|sources| sources.contains(&json!(whole)));
        let outlives =
            number(&dead["MessageRetentionPeriod"]) > number(&has["MessageRetentionPeriod"]);
        faults.extend(unless(
            name,
            &[
                (is_encrypted, "is not encrypted"),
                (guarded, "takes requests without TLS"),
                (watched, "has no alarm"),
                (
                    is_dead || number(&has["RedrivePolicy"]["maxReceiveCount"]) >= 5,
                    "gives up too soon, or never",
                ),
                (
                    is_dead || is_let,
                    "has no dead letters, or such as refuse its own",
                ),
                (
                    is_dead || outlives,
                    "has dead letters that do not outlive its messages",
                ),
            ],
        ));
    }
    faults
}

fn functions(all: &Resources) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, function) in of_type(all, "AWS::Serverless::Function") {
        let has = &function["Properties"];
        let log = &all[&format!("{name}Log")]["Properties"];
        let timeout = number(&has["Timeout"]);
        let alarm = |kind: &str| {
            &all.get(&format!("{name}{kind}Alarm"))
                .unwrap_or(&Value::Null)["Properties"]
        };
        faults.extend(unless(
            name,
            &[
                (
                    number(&has["ReservedConcurrentExecutions"]) > 0,
                    "has no reserved concurrency",
                ),
                (has["Tracing"] == "Active", "is not traced"),
                (
                    has["LoggingConfig"]["LogGroup"] == format!("${{{name}Log}}"),
                    "logs elsewhere",
                ),
                (
                    number(&log["RetentionInDays"]) > 0,
                    "keeps its log for ever",
                ),
                (alarm("Error")["MetricName"] == "Errors", "fails unheard"),
                (
                    number(&alarm("Duration")["Threshold"]) == timeout * 800,
                    "has no alarm at 80 % of its timeout",
                ),
            ],
        ));
        for source in has["Events"].as_object().into_iter().flat_map(Map::values) {
            let source = &source["Properties"];
            let queue = &all[&format!("{name}Queue")]["Properties"];
            let given_up = number(&has["Environment"]["Variables"]["C360_DELIVERIES"]);
            let is_batch = number(&source["BatchSize"]) > 10;
            faults.extend(unless(
                name,
                &[
                    (
                        source["FunctionResponseTypes"] == json!(["ReportBatchItemFailures"]),
                        "fails as a batch",
                    ),
                    (
                        source["ScalingConfig"]["MaximumConcurrency"]
                            == has["ReservedConcurrentExecutions"],
                        "is offered more than its reserved concurrency",
                    ),
                    (
                        number(&queue["VisibilityTimeout"]) == 6 * timeout,
                        "has a queue that delivers too soon",
                    ),
                    // Lambda refuses such a source.
                    (
                        !is_batch || number(&source["MaximumBatchingWindowInSeconds"]) > 0,
                        "has large batches without a window",
                    ),
                    (
                        given_up > 0
                            && given_up < number(&queue["RedrivePolicy"]["maxReceiveCount"]),
                        "leaves it to SQS to give up, without a reason",
                    ),
                ],
            ));
        }
    }
    faults
}

fn alarms(all: &Resources) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, alarm) in of_type(all, "AWS::CloudWatch::Alarm") {
        let told = alarm["Properties"]["AlarmActions"] == json!(["${alarmTopic}"]);
        faults.extend(unless(name, &[(told, "tells nobody")]));
    }
    let policy = all.get("alarmTopicPolicy").unwrap_or(&Value::Null);
    let may_publish = |service: &str| {
        statements(policy)
            .iter()
            .any(|one| one["Effect"] == "Allow" && one["Principal"]["Service"] == service)
    };
    let has_job = all.contains_key("heavyQueue");
    faults.extend(unless(
        "alarms",
        &[
            (
                ["lagAlarm", "quarantineAlarm", "reviewAlarm", "limitsAlarm"]
                    .iter()
                    .all(|name| all.contains_key(*name)),
                "say nothing of the product itself",
            ),
            (
                may_publish("cloudwatch.amazonaws.com"),
                "are refused by the topic",
            ),
            (
                !has_job || may_publish("events.amazonaws.com"),
                "of the job are refused by the topic",
            ),
        ],
    ));
    faults
}

fn schedules(all: &Resources) -> Vec<String> {
    let wakes = |target: &str| {
        let mut schedules = of_type(all, "AWS::Scheduler::Schedule");
        let role = &all["scheduleRole"]["Properties"]["Policies"].to_string();
        schedules.any(|(_, schedule)| schedule["Properties"]["Target"]["Arn"] == target)
            && role.contains(target)
    };
    let targets = [
        "${resolveQueue.Arn}",
        "${goldenQueue.Arn}",
        "${maintenance.Arn}",
    ];
    let missed = targets.into_iter().filter(|target| !wakes(target));
    missed
        .map(|target| format!("{target}: nothing wakes it at night, or nothing may"))
        .collect()
}

fn container_job(all: &Resources) -> Vec<String> {
    if !all.contains_key("heavyQueue") {
        return Vec::new();
    }
    let job = &all["jobDefinition"]["Properties"];
    let container = &job["ContainerProperties"];
    let variable = |name: &str| {
        let mut variables = container["Environment"].as_array().unwrap().iter();
        variables
            .find(|one| one["Name"] == name)
            .map_or(&Value::Null, |one| &one["Value"])
    };
    let needs = |kind: &str| {
        let mut needs = container["ResourceRequirements"].as_array().unwrap().iter();
        number(&needs.find(|one| one["Type"] == kind).unwrap()["Value"])
    };
    let query_bytes = number(variable("C360_MEMORY_BYTES"));
    let at_once = number(&all["jobEnvironment"]["Properties"]["ComputeResources"]["MaxvCpus"]);
    let rule = &all.get("jobFailed").unwrap_or(&Value::Null)["Properties"];
    let failed = json!({"source": ["aws.batch"], "detail-type": ["Batch Job State Change"],
        "detail": {"status": ["FAILED"], "jobQueue": ["${jobQueue}"]}});
    // Of the policies that the job's role has, none lets it do more than work with data.
    let roles = |policy: &Value| {
        policy["Properties"]["Roles"]
            .to_string()
            .contains("${jobRole}")
    };
    let mut granted = of_type(all, "AWS::IAM::Policy")
        .filter(|(_, policy)| roles(policy))
        .flat_map(|(_, policy)| statements(policy));
    let only_data = granted.all(|one| {
        one["Action"].to_string().matches('"').count() / 2
            == one["Action"].to_string().matches("s3:").count()
    });
    unless(
        "container job",
        &[
            (
                number(&job["Timeout"]["AttemptDurationSeconds"]) >= 2 * JOB_PATIENCE,
                "is ended while it waits",
            ),
            (at_once == needs("VCPU"), "works beside itself"),
            (
                query_bytes > 0 && query_bytes < needs("MEMORY") << 20,
                "has no ceiling of memory",
            ),
            (
                variable("AWS_LAMBDA_FUNCTION_NAME") == "c360-resolve",
                "is counted apart from the function",
            ),
            (
                rule["EventPattern"] == failed && rule["Targets"][0]["Arn"] == "${alarmTopic}",
                "fails unheard",
            ),
            (
                number(&all["jobLog"]["Properties"]["RetentionInDays"]) > 0,
                "keeps its log for ever",
            ),
            (only_data, "may do more than its work"),
        ],
    )
    .collect()
}
