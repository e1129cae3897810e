//! Copies from bucket to bucket, made by S3 itself.

use crate::aws::{Aws, AwsError};
use crate::objects::Tags;
use aws_config::timeout::TimeoutConfig;
use aws_sdk_s3::Client;
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart, TaggingDirective};
use std::time::Duration;

/// S3 copies five gigabytes in minutes, not in seconds.
const PATIENCE: Duration = Duration::from_secs(600);

/// One object of a bucket.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ObjectName<'a> {
    pub bucket: &'a str,
    pub key: &'a str,
}

impl Aws {
    /// Copies an object of `bytes` bytes, in parts where it is larger than `part`. The copy has its tags from the start.
    pub(crate) async fn copy(
        &self,
        from: ObjectName<'_>,
        to: ObjectName<'_>,
        tags: &Tags,
        bytes: u64,
        part: u64,
    ) -> Result<(), AwsError> {
        let timeouts = TimeoutConfig::builder().operation_attempt_timeout(PATIENCE);
        let config = self.s3().await.config().to_builder();
        let s3 = Client::from_conf(config.timeout_config(timeouts.build()).build());
        let source = format!("{}/{}", from.bucket, encode(from.key));
        let tags: Vec<String> = tags
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        let tags = tags.join("&");
        if bytes > part {
            return in_parts(&s3, &source, to, tags, bytes, part).await;
        }
        let copy = s3.copy_object().copy_source(&source);
        copy.bucket(to.bucket)
            .key(to.key)
            .tagging(tags)
            .tagging_directive(TaggingDirective::Replace)
            .send()
            .await
            .map_err(AwsError::of(about("CopyObject", &source, to)))?;
        Ok(())
    }
}

fn about(call: &str, source: &str, to: ObjectName<'_>) -> String {
    format!("{call} s3://{source} to s3://{}/{}", to.bucket, to.key)
}

async fn in_parts(
    s3: &Client,
    source: &str,
    to: ObjectName<'_>,
    tags: String,
    bytes: u64,
    part: u64,
) -> Result<(), AwsError> {
    let begin = s3.create_multipart_upload().bucket(to.bucket).key(to.key);
    let begun = begin
        .tagging(tags)
        .send()
        .await
        .map_err(AwsError::of(about("CreateMultipartUpload", source, to)))?;
    let upload = begun.upload_id().unwrap_or_default();
    match parts(s3, source, to, upload, bytes, part).await {
        Ok(()) => Ok(()),
        Err(error) => {
            // Parts cost until they are taken away; the bucket's lifecycle does it where this fails too.
            let abort = s3.abort_multipart_upload().bucket(to.bucket).key(to.key);
            let _ = abort.upload_id(upload).send().await;
            Err(error)
        }
    }
}

async fn parts(
    s3: &Client,
    source: &str,
    to: ObjectName<'_>,
    upload: &str,
    bytes: u64,
    part: u64,
) -> Result<(), AwsError> {
    let mut done = CompletedMultipartUpload::builder();
    let starts = (0..bytes).step_by(usize::try_from(part).unwrap_or(usize::MAX));
    for (number, start) in (1..).zip(starts) {
        let end = (start + part).min(bytes) - 1;
        let copy = s3.upload_part_copy().copy_source(source);
        let copied = copy
            .bucket(to.bucket)
            .key(to.key)
            .upload_id(upload)
            .part_number(number)
            .copy_source_range(format!("bytes={start}-{end}"))
            .send()
            .await
            .map_err(AwsError::of(about("UploadPartCopy", source, to)))?;
        let etag = copied.copy_part_result().and_then(|part| part.e_tag());
        let completed = CompletedPart::builder().part_number(number);
        done = done.parts(completed.set_e_tag(etag.map(str::to_owned)).build());
    }
    let complete = s3.complete_multipart_upload().bucket(to.bucket).key(to.key);
    complete
        .upload_id(upload)
        .multipart_upload(done.build())
        .send()
        .await
        .map_err(AwsError::of(about("CompleteMultipartUpload", source, to)))?;
    Ok(())
}

/// URL-encodes everything but what is plain in a path.
fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}
