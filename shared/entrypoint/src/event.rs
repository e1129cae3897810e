//! S3 notifications, as SQS delivers them.

use aws_lambda_events::event::s3::{S3Event, S3EventRecord};
use serde_json::Value;
use std::fmt;

/// An object was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    pub bucket: String,
    /// As it is in the bucket, no longer URL-encoded.
    pub key: String,
    /// When S3 says it was written (µs, UTC).
    pub at: i64,
}

/// Why a body cannot be decoded. It quotes nothing of the body, which may hold anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyError {
    Missing,
    NotJson { line: usize, column: usize },
    NotS3 { line: usize, column: usize },
    NoBucketOrKey,
    Key,
}

impl std::error::Error for BodyError {}

impl fmt::Display for BodyError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BodyError::Missing => write!(to, "the message has no body"),
            BodyError::NotJson { line, column } => {
                write!(to, "the body is no JSON (line {line}, column {column})")
            }
            BodyError::NotS3 { line, column } => write!(
                to,
                "the body is JSON but no S3 notification (line {line}, column {column})"
            ),
            BodyError::NoBucketOrKey => write!(to, "a record names no bucket or no key"),
            BodyError::Key => write!(to, "a key is not URL-encoded UTF-8"),
        }
    }
}

/// The objects that the body of a message says were created, in its order.
pub fn created(body: Option<&str>) -> Result<Vec<Created>, BodyError> {
    let body = body.ok_or(BodyError::Missing)?;
    // S3 sends this once, when notifications are switched on.
    let value: Value = serde_json::from_str(body).map_err(|error| BodyError::NotJson {
        line: error.line(),
        column: error.column(),
    })?;
    if value.get("Event").and_then(Value::as_str) == Some("s3:TestEvent") {
        return Ok(Vec::new());
    }
    let event: S3Event = serde_json::from_str(body).map_err(|error| BodyError::NotS3 {
        line: error.line(),
        column: error.column(),
    })?;
    event.records.iter().filter_map(object).collect()
}

fn object(record: &S3EventRecord) -> Option<Result<Created, BodyError>> {
    let name = record.event_name.as_deref().unwrap_or_default();
    if !name.trim_start_matches("s3:").starts_with("ObjectCreated:") {
        return None;
    }
    let (Some(bucket), Some(key)) = (&record.s3.bucket.name, &record.s3.object.key) else {
        return Some(Err(BodyError::NoBucketOrKey));
    };
    Some(match decode(key) {
        Some(key) => Ok(Created {
            bucket: bucket.clone(),
            key,
            at: record.event_time.timestamp_micros(),
        }),
        None => Err(BodyError::Key),
    })
}

/// URL-decodes a key as S3 encodes it in notifications: `+` for a space, `%XX` for any other byte.
fn decode(key: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(key.len());
    let mut bytes = key.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                (digit()? * 16 + digit()?) as u8
            }
            other => other,
        });
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn record(name: &str, key: &str) -> Value {
        json!({
            "eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-east-1",
            "eventTime": "2026-03-01T10:00:00.250Z", "eventName": name,
            "userIdentity": {"principalId": "A"}, "requestParameters": {"sourceIPAddress": "10.0.0.1"},
            "responseElements": {}, "s3": {"bucket": {"name": "landing"}, "object": {"key": key, "size": 1}},
        })
    }

    fn body(records: Vec<Value>) -> String {
        json!({ "Records": records }).to_string()
    }

    #[test]
    fn decodes_keys_as_s3_encodes_them() {
        assert_eq!(decode("crm/a+b%2Bc.csv").as_deref(), Some("crm/a b+c.csv"));
        assert_eq!(
            decode("shop/K%C3%B6ln+%E5%AE%A2.ndjson").as_deref(),
            Some("shop/Köln 客.ndjson")
        );
        assert_eq!(decode("dt%3D1/x%25.csv").as_deref(), Some("dt=1/x%.csv"));
        for torn in ["a%2", "a%", "a%zz", "a%ff"] {
            assert_eq!(decode(torn), None, "{torn}");
        }
    }

    #[test]
    fn reads_every_created_object() {
        let body = body(vec![
            record("ObjectCreated:Put", "a.csv"),
            record("ObjectRemoved:Delete", "b.csv"),
            record("ObjectCreated:CompleteMultipartUpload", "c.csv"),
        ]);
        let keys: Vec<String> = created(Some(&body))
            .unwrap()
            .into_iter()
            .map(|object| object.key)
            .collect();
        assert_eq!(keys, ["a.csv", "c.csv"]);
        let at = created(Some(&body)).unwrap()[0].at;
        assert_eq!(at, 1_772_359_200_250_000);
    }

    #[test]
    fn a_test_event_and_no_records_ask_for_nothing() {
        let test = r#"{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-03-01T10:00:00.000Z","Bucket":"landing","RequestId":"1","HostId":"2"}"#;
        assert_eq!(created(Some(test)), Ok(Vec::new()));
        assert_eq!(created(Some(r#"{"Records":[]}"#)), Ok(Vec::new()));
    }

    #[test]
    fn a_bad_body_is_described_and_not_quoted() {
        let secret = "jane.doe@example.com";
        let bodies = [
            None,
            Some(secret.to_owned()),
            Some(format!("{{\"Records\": \"{secret}\"}}")),
            Some(format!("{{\"email\": \"{secret}\"}}")),
            Some(body(vec![record("ObjectCreated:Put", "jane%ff")])),
        ];
        for body in bodies {
            let error = created(body.as_deref()).unwrap_err();
            assert!(!error.to_string().contains("jane"), "{error}");
            assert!(!format!("{error:?}").contains("jane"), "{error:?}");
        }
    }
}
