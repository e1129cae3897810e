//! What functions tell queues.

use crate::aws::{Aws, AwsError};
use crate::{Message, redact};
use aws_sdk_sqs::types::{
    MessageAttributeValue, MessageSystemAttributeNameForSends, MessageSystemAttributeValue,
};
use std::collections::HashMap;
use tokio::task::JoinSet;

/// Requests at once.
const AT_ONCE: usize = 20;
/// Of a dead letter's reason: enough for a sentence about a file, and far below what a message may hold.
const LONGEST_REASON: usize = 1_000;

/// A message that can never succeed, on its way to the queue for such.
#[derive(Clone, Debug)]
pub struct DeadLetter {
    /// The original body, or a notification of the refused records alone.
    pub body: String,
    /// For a person, without personal data.
    pub reason: String,
    /// `s3://bucket/key`, redacted; where it is about a file.
    pub file: Option<String>,
}

impl Aws {
    /// Sends a dead letter; its attributes say what went wrong, when, where and to which message.
    pub(crate) async fn send_dead_letter(
        &self,
        queue: &str,
        letter: &DeadLetter,
        message: &Message,
        about: [(&str, &str); 3],
    ) -> Result<(), AwsError> {
        let mut attributes = HashMap::new();
        let reason: String = letter.reason.chars().take(LONGEST_REASON).collect();
        let file = letter.file.as_deref().unwrap_or_default();
        let said = [
            ("reason", &*reason),
            ("file", file),
            ("source_message_id", &message.id),
        ];
        for (name, value) in said.into_iter().chain(about) {
            if !value.is_empty() {
                attributes.insert(name.to_owned(), text(value)?);
            }
        }
        let send = self.sqs().await.send_message().queue_url(queue);
        let send = send
            .message_body(&letter.body)
            .set_message_attributes(Some(attributes));
        let send = match &message.trace {
            Some(trace) => send.message_system_attributes(
                MessageSystemAttributeNameForSends::AwsTraceHeader,
                header(trace)?,
            ),
            None => send,
        };
        send.send()
            .await
            .map_err(AwsError::of(format!("SendMessage {queue}")))?;
        Ok(())
    }

    /// Sends a body and nothing else.
    pub(crate) async fn send(&self, queue: &str, body: &str) -> Result<(), AwsError> {
        let send = self.sqs().await.send_message().queue_url(queue);
        send.message_body(body)
            .send()
            .await
            .map_err(AwsError::of(format!("SendMessage {queue}")))?;
        Ok(())
    }

    /// Lets messages that are handed back (receipt, seconds) come again then, and not when their visibility runs out. Several
    /// at once, since hundreds may have asked for one run; not by SQS's batches, for which emulators want a permission that
    /// AWS does not know.
    pub(crate) async fn come_again(
        &self,
        queue: &str,
        receipts: &[(&str, i32)],
    ) -> Result<(), AwsError> {
        let sqs = self.sqs().await;
        for some in receipts.chunks(AT_ONCE) {
            let mut changes = JoinSet::new();
            for (receipt, seconds) in some {
                let change = sqs.change_message_visibility().queue_url(queue);
                let change = change.receipt_handle(*receipt);
                changes.spawn(change.visibility_timeout(*seconds).send());
            }
            while let Some(changed) = changes.join_next().await {
                let what = format!("ChangeMessageVisibility {queue}");
                match changed {
                    Ok(changed) => changed.map_err(AwsError::of(what))?,
                    Err(error) => return Err(AwsError::invalid(what, error.to_string())),
                };
            }
        }
        Ok(())
    }
}

/// An attribute; SQS takes no control characters.
fn text(value: &str) -> Result<MessageAttributeValue, AwsError> {
    let shown: String = value
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    MessageAttributeValue::builder()
        .data_type("String")
        .string_value(shown)
        .build()
        .map_err(|error| AwsError::invalid("a message attribute", redact(&error)))
}

fn header(trace: &str) -> Result<MessageSystemAttributeValue, AwsError> {
    MessageSystemAttributeValue::builder()
        .data_type("String")
        .string_value(trace)
        .build()
        .map_err(|error| AwsError::invalid("a trace header", redact(&error)))
}
