//! What the body of a message says, as SQS delivers it.

use aws_lambda_events::event::s3::S3EventRecord;
use serde_json::Value;
use std::fmt;

/// An object was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Created {
    pub bucket: String,
    /// As it is in the bucket, no longer URL-encoded.
    pub key: String,
    /// When S3 says it was written (µs, UTC).
    pub at: i64,
    pub version_id: Option<String>,
    pub etag: Option<String>,
    /// The record of the notification that says so, as it came.
    pub record: Value,
}

/// What a message asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notice {
    /// The objects that were created, in the body's order.
    pub objects: Vec<Created>,
    /// Records that can never be understood, and why.
    pub refused: Vec<(Value, BodyError)>,
    /// `{"c360": "wake"}`: a schedule asks for a run.
    pub is_wake: bool,
}

/// Why a body, or a record of it, cannot be understood. It quotes nothing of the body, which may hold anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyError {
    Missing,
    NotJson { line: usize, column: usize },
    NotS3,
    Record,
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
            BodyError::NotS3 => write!(to, "the body is JSON but no S3 notification"),
            BodyError::Record => write!(to, "a record is no S3 notification"),
            BodyError::NoBucketOrKey => write!(to, "a record names no bucket or no key"),
            BodyError::Key => write!(to, "a key is not URL-encoded UTF-8"),
        }
    }
}

/// Decodes the body of a message. An error is about the body as a whole; a record that cannot be understood holds up no other.
pub fn decode(body: Option<&str>) -> Result<Notice, BodyError> {
    let body = body.ok_or(BodyError::Missing)?;
    let mut value: Value = serde_json::from_str(body).map_err(|error| BodyError::NotJson {
        line: error.line(),
        column: error.column(),
    })?;
    let says = |name: &str, what: &str| value.get(name).and_then(Value::as_str) == Some(what);
    if says("c360", "wake") {
        return Ok(Notice {
            is_wake: true,
            ..Notice::default()
        });
    }
    // S3 sends this once, when notifications are switched on.
    if says("Event", "s3:TestEvent") {
        return Ok(Notice::default());
    }
    let Some(Value::Array(records)) = value.get_mut("Records").map(Value::take) else {
        return Err(BodyError::NotS3);
    };
    let mut notice = Notice::default();
    for record in records {
        match created(&record) {
            Ok(None) => {}
            Ok(Some(created)) => notice.objects.push(created),
            Err(error) => notice.refused.push((record, error)),
        }
    }
    Ok(notice)
}

/// `None`: a record of another event, such as a deletion.
fn created(value: &Value) -> Result<Option<Created>, BodyError> {
    let record: S3EventRecord =
        serde_json::from_value(value.clone()).map_err(|_| BodyError::Record)?;
    let name = record.event_name.as_deref().unwrap_or_default();
    if !name.trim_start_matches("s3:").starts_with("ObjectCreated:") {
        return Ok(None);
    }
    let (Some(bucket), Some(key)) = (record.s3.bucket.name, record.s3.object.key) else {
        return Err(BodyError::NoBucketOrKey);
    };
    Ok(Some(Created {
        bucket,
        key: decode_key(&key).ok_or(BodyError::Key)?,
        at: record.event_time.timestamp_micros(),
        version_id: record.s3.object.version_id,
        etag: record.s3.object.e_tag,
        record: value.clone(),
    }))
}

/// URL-decodes a key as S3 encodes it in notifications: `+` for a space, `%XX` for any other byte.
fn decode_key(key: &str) -> Option<String> {
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
        assert_eq!(
            decode_key("crm/a+b%2Bc.csv").as_deref(),
            Some("crm/a b+c.csv")
        );
        assert_eq!(
            decode_key("shop/K%C3%B6ln+%E5%AE%A2.ndjson").as_deref(),
            Some("shop/Köln 客.ndjson")
        );
        assert_eq!(
            decode_key("dt%3D1/x%25.csv").as_deref(),
            Some("dt=1/x%.csv")
        );
        for torn in ["a%2", "a%", "a%zz", "a%ff"] {
            assert_eq!(decode_key(torn), None, "{torn}");
        }
    }

    #[test]
    fn reads_every_created_object_and_sets_bad_records_aside() {
        let bad = record("ObjectCreated:Put", "jane%ff");
        let body = body(vec![
            record("ObjectCreated:Put", "a.csv"),
            record("ObjectRemoved:Delete", "b.csv"),
            bad.clone(),
            json!("no record"),
            record("ObjectCreated:CompleteMultipartUpload", "c.csv"),
        ]);
        let notice = decode(Some(&body)).unwrap();
        let keys: Vec<&str> = notice.objects.iter().map(|object| &*object.key).collect();
        assert_eq!(keys, ["a.csv", "c.csv"]);
        assert_eq!(notice.objects[0].at, 1_772_359_200_250_000);
        assert_eq!(
            notice.refused,
            [
                (bad, BodyError::Key),
                (json!("no record"), BodyError::Record)
            ]
        );
    }

    #[test]
    fn a_test_event_and_no_records_ask_for_nothing() {
        let test = r#"{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-03-01T10:00:00.000Z","Bucket":"landing","RequestId":"1","HostId":"2"}"#;
        assert_eq!(decode(Some(test)), Ok(Notice::default()));
        assert_eq!(decode(Some(r#"{"Records":[]}"#)), Ok(Notice::default()));
        assert!(decode(Some(r#"{"c360":"wake"}"#)).unwrap().is_wake);
        assert_eq!(decode(Some(r#"{"c360":"sleep"}"#)), Err(BodyError::NotS3));
    }

    #[test]
    fn a_bad_body_is_described_and_not_quoted() {
        let secret = "jane.doe@example.com";
        for body in [
            None,
            Some(secret.to_owned()),
            Some(format!("{{\"Records\": \"{secret}\"}}")),
            Some(format!("{{\"email\": \"{secret}\"}}")),
        ] {
            let error = decode(body.as_deref()).unwrap_err();
            assert!(!error.to_string().contains("jane"), "{error}");
            assert!(!format!("{error:?}").contains("jane"), "{error:?}");
        }
    }
}
