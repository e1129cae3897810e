//! What the roles allow, asked with the functions' own credentials: the answers are those of S3, SQS, Lambda and IAM themselves.

use super::local::{Call, Refused};
use super::stack::{STAGES, Stack};
use serde_json::{Value, json};

/// Who, `may` or `not`, what, where. `each` is every function, `queued` those with a queue, `later` those after standardize;
/// OWN is the function itself, NEXT another with a queue. `LOG` stands for the first commit of a table, which is there;
/// `landing-bucket` for the bucket of the landing place.
const RULES: &str = "
each         not  put      audit/NEXT/x.json
each         not  list     audit/
each         not  receive  queue/NEXT
each         not  send     queue/NEXT
each         not  send     dead-letters/NEXT
each         not  invoke   NEXT
each         not  roles
each         not  buckets
each         not  open     lake/
each         not  list     lake/
each         not  list     lake/elsewhere/
each         not  put      lake/elsewhere/x
queued       may  send     dead-letters/OWN
queued       not  send     queue/OWN
queued       not  invoke   maintenance
queued       not  invoke   identify
later        may  put      lake/_c360/leases/x
later        may  delete   lake/_c360/leases/x
later        not  get      landing/crm_contacts_2026-03-01.csv
later        not  list     landing/
later        not  tag      landing/crm_contacts_2026-03-01.csv

standardize  may  get      landing/crm_contacts_2026-03-01.csv
standardize  may  get      lake/silver/person_records/LOG
standardize  may  list     lake/silver/person_records/
standardize  not  list     landing-bucket/out/
standardize  not  list     landing-bucket/
standardize  may  tag      landing/crm_contacts_2026-03-01.csv
standardize  not  tag      lake/silver/person_records/LOG
standardize  not  tag      landing-bucket/out/x
standardize  may  begin    lake/silver/person_records/large
standardize  not  begin    landing/large
standardize  not  put      landing/x
standardize  not  delete   landing/crm_contacts_2026-03-01.csv
standardize  not  get      lake/silver/crosswalk/LOG
standardize  not  get      lake/gold/dim_customer/LOG
standardize  not  list     lake/gold/
standardize  not  put      lake/silver/crosswalk/x
standardize  not  put      lake/gold/dim_customer/x
standardize  not  put      lake/_c360/leases/x
standardize  not  delete   lake/silver/person_records/LOG
standardize  not  put      audit/OWN/x.json
standardize  not  delete   lake/_c360/keys/identifiers

resolve      may  get      lake/silver/person_records/LOG
resolve      may  get      lake/silver/crosswalk/LOG
resolve      may  list     lake/silver/crosswalk/
resolve      may  get      lake/silver/consents/LOG
resolve      not  put      lake/silver/consents/x
resolve      not  get      lake/gold/dim_customer/LOG
resolve      not  list     lake/gold/
resolve      not  put      lake/bronze/ingested_files/x
resolve      not  put      lake/silver/person_records/x
resolve      not  put      lake/silver/steward_decisions/x
resolve      not  put      lake/gold/dim_customer/x
resolve      not  get      lake/bronze/quarantine/LOG
resolve      not  delete   lake/silver/crosswalk/LOG
resolve      not  get      lake/_c360/keys/identifiers
resolve      not  put      audit/OWN/x.json

golden       may  get      lake/silver/crosswalk/LOG
golden       may  get      lake/gold/dim_customer/LOG
golden       may  list     lake/gold/dim_customer/
golden       may  put      audit/OWN/x.json
golden       not  get      lake/bronze/quarantine/LOG
golden       not  get      lake/_c360/keys/identifiers
golden       not  get      lake/silver/person_records/LOG
golden       not  put      lake/bronze/ingested_files/x
golden       not  put      lake/silver/crosswalk/x
golden       not  put      lake/extracts/x
golden       not  put      extracts/x
golden       not  delete   lake/gold/dim_customer/LOG

extract      may  get      lake/gold/dim_customer/LOG
extract      may  get      lake/silver/crosswalk/LOG
extract      may  list     lake/gold/dim_customer/
extract      may  put      extracts/x
extract      may  put      audit/OWN/x.json
extract      may  tag      extracts/x
extract      may  begin    extracts/large
extract      not  begin    lake/gold/dim_customer/large
extract      not  tag      lake/gold/dim_customer/LOG
extract      not  delete   extracts/x
extract      not  get      lake/silver/contact_points/LOG
extract      not  get      lake/bronze/ingested_files/LOG
extract      not  list     lake/bronze/
extract      not  get      lake/_c360/keys/identifiers
extract      not  put      lake/gold/dim_customer/x
extract      not  put      lake/silver/crosswalk/x
extract      not  delete   lake/gold/dim_customer/LOG

identify     may  get      lake/silver/crosswalk/LOG
identify     may  list     lake/silver/block_keys/
identify     not  put      lake/silver/crosswalk/x
identify     not  put      lake/_c360/leases/x
identify     not  delete   lake/silver/crosswalk/LOG
identify     not  get      lake/silver/person_records/LOG
identify     not  get      lake/gold/dim_customer/LOG
identify     not  list     lake/gold/
identify     not  get      landing/crm_contacts_2026-03-01.csv
identify     not  list     landing/
identify     not  put      extracts/x

maintenance  may  get      lake/silver/crosswalk/LOG
maintenance  may  list     lake/gold/dim_customer/
maintenance  may  put      lake/bronze/x
maintenance  may  delete   lake/bronze/x
maintenance  not  put      lake/extracts/x
maintenance  not  put      extracts/x
maintenance  not  list     extracts/
maintenance  not  delete   landing/crm_contacts_2026-03-01.csv
";

/// Each function has done its work under its own role; one step beyond, it is refused.
pub fn check(stack: &Stack) {
    let functions = STAGES.iter().chain(["maintenance", "identify"].iter());
    for (function, next) in functions.zip(STAGES.iter().cycle().skip(1)) {
        let credentials = Some(stack.credentials(function));
        let is_queued = STAGES.contains(function);
        let is_later = !["standardize", "identify"].contains(function);
        let mut asked = 0;
        for rule in RULES.lines().filter(|line| !line.is_empty()) {
            let words: Vec<&str> = rule.split_whitespace().collect();
            let (who, verdict, what) = (words[0], words[1], words[2]);
            let applies = match who {
                "each" => true,
                "queued" => is_queued,
                "later" => is_later,
                name => name == *function,
            };
            if !applies {
                continue;
            }
            let place = words.get(3).copied().unwrap_or_default();
            let place = place.replace("OWN", function).replace("NEXT", next);
            let call = Call {
                credentials: credentials.clone(),
                ..call(stack, what, &place)
            };
            let answer = stack.aws.ask(&call);
            let context = || format!("{function} {verdict} {what} {place}: {answer:?}");
            match &answer {
                Ok(_) => assert_eq!(verdict, "may", "{}", context()),
                Err(refused) => assert!(verdict == "not" && is_denial(refused), "{}", context()),
            }
            // Without TLS not even what its role allows is served.
            if verdict == "may" && ["get", "list", "send"].contains(&what) {
                let headers = Some(json!({"x-forwarded-proto": "http"}));
                let answer = stack.aws.ask(&Call { headers, ..call });
                let refused = answer.as_ref().is_err_and(is_denial);
                assert!(refused, "{} without TLS: {answer:?}", context());
            }
            asked += 1;
        }
        assert!(asked > 20, "{asked} rules for {function}");
    }
}

fn is_denial(refused: &Refused) -> bool {
    refused.0.contains("AccessDenied")
}

fn call(stack: &Stack, what: &str, place: &str) -> Call {
    let (kind, rest) = place.split_once('/').unwrap_or((place, ""));
    let output = match kind {
        "audit" => "Audit",
        "extracts" => "Extracts",
        "landing" | "landing-bucket" => "Landing",
        _ => "Lake",
    };
    let (bucket, mut prefix) = stack.place(output);
    if kind == "landing-bucket" {
        prefix.clear();
    }
    let key = format!("{prefix}{rest}").replace("LOG", "_delta_log/00000000000000000000.json");
    let object = json!({"Bucket": bucket, "Key": key});
    let url = match kind {
        "dead-letters" => stack.dead_letters(rest),
        "queue" => stack.queue(rest),
        _ => String::new(),
    };
    let (service, method, arguments): (_, _, Value) = match what {
        "get" => ("s3", "get_object", object),
        "put" => (
            "s3",
            "put_object",
            json!({"Bucket": bucket, "Key": key, "Body": "x"}),
        ),
        "delete" => ("s3", "delete_object", object),
        "begin" => ("s3", "create_multipart_upload", object),
        "tag" => {
            let tags = json!({"TagSet": [{"Key": "asked", "Value": "so"}]});
            let tagging = json!({"Bucket": bucket, "Key": key, "Tagging": tags});
            ("s3", "put_object_tagging", tagging)
        }
        // The whole bucket, where no prefix is named.
        "list" if rest.is_empty() => ("s3", "list_objects_v2", json!({"Bucket": bucket})),
        "list" => (
            "s3",
            "list_objects_v2",
            json!({"Bucket": bucket, "Prefix": key}),
        ),
        "open" => ("s3", "delete_bucket_policy", json!({"Bucket": bucket})),
        "buckets" => ("s3", "list_buckets", json!({})),
        "send" => (
            "sqs",
            "send_message",
            json!({"QueueUrl": url, "MessageBody": "{}"}),
        ),
        "receive" => ("sqs", "receive_message", json!({"QueueUrl": url})),
        "invoke" => {
            let function = format!("{}-{place}", stack.name);
            ("lambda", "invoke", json!({"FunctionName": function}))
        }
        "roles" => ("iam", "list_roles", json!({})),
        other => panic!("what is {other}?"),
    };
    Call::new(service, method, arguments)
}
