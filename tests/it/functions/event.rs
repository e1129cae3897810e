//! Events as S3 and SQS make them.

use serde_json::{Value, json};

pub const AT: &str = "2026-03-01T10:00:00.250Z";

/// A notification that objects were created; keys are encoded as S3 does.
pub fn created(bucket: &str, keys: &[&str], at: &str) -> String {
    let record = |key: &&str| {
        let encoded: String = key
            .bytes()
            .map(|byte| match byte {
                b' ' => "+".to_owned(),
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                    char::from(byte).to_string()
                }
                other => format!("%{other:02X}"),
            })
            .collect();
        json!({
            "eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-east-1", "eventTime": at,
            "eventName": "ObjectCreated:Put", "userIdentity": {"principalId": "A"},
            "requestParameters": {"sourceIPAddress": "127.0.0.1"}, "responseElements": {},
            "s3": {"s3SchemaVersion": "1.0", "bucket": {"name": bucket}, "object": {"key": encoded, "size": 1}},
        })
    };
    json!({"Records": keys.iter().map(record).collect::<Vec<Value>>()}).to_string()
}

/// An event of messages: their ids and bodies.
pub fn event(messages: &[(&str, &str)]) -> Value {
    let records = messages.iter().map(|(id, body)| {
        json!({
            "messageId": id, "receiptHandle": format!("receipt of {id}"), "body": body,
            "attributes": {"ApproximateReceiveCount": "1", "AWSTraceHeader": "Root=1-67891233-abcdef012345678912345678"},
            "messageAttributes": {}, "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:q", "awsRegion": "us-east-1",
        })
    });
    json!({"Records": records.collect::<Vec<Value>>()})
}

/// One message about dropped files.
pub fn drop_of(keys: &[&str]) -> Value {
    event(&[("m1", &created("landing", keys, AT))])
}

/// One message about a commit to a table of the lake.
pub fn commit_to(table: &str) -> Value {
    let key = format!("prod/{table}/_delta_log/00000000000000000001.json");
    event(&[("m1", &created("lake", &[&key], AT))])
}

/// One message of the nightly schedule.
pub fn wake() -> Value {
    event(&[("m1", r#"{"c360":"wake"}"#)])
}
