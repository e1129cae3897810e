//! Dead letters as a person reads them, and their way back.

use crate::aws::{Aws, AwsError};
use crate::decode;
use aws_sdk_sqs::types::{
    Message, MessageAttributeValue, MessageSystemAttributeName, MessageSystemAttributeNameForSends,
    MessageSystemAttributeValue, QueueAttributeName,
};
use std::collections::HashMap;

/// Seconds for which letters that are being read are kept from other readers.
const HELD: i32 = 300;
/// The most that SQS gives and takes at once.
const BATCH: i32 = 10;
/// A queue is read to its end when it gave nothing that often in a row: one answer asks only some of its servers.
const SILENCES: u32 = 2;
/// How a service says that it does not know an action.
const UNKNOWN: [&str; 3] = [
    "InvalidAction",
    "UnknownOperationException",
    "AWS.SimpleQueueService.UnsupportedOperation",
];
/// What the functions say of a letter; not sent back with it.
const OURS: [&str; 6] = [
    "reason",
    "file",
    "failed_at",
    "function",
    "run_id",
    "source_message_id",
];

/// One message that failed for good.
#[derive(Clone, Debug)]
pub struct Letter {
    pub message_id: String,
    /// Why, in words.
    pub reason: String,
    /// `s3://bucket/key`s, where it is about files.
    pub file: String,
    pub function: String,
    /// When it came to this queue (ms since 1970).
    pub sent_at: i64,
    message: Message,
}

/// A queue of dead letters.
#[derive(Clone, Debug)]
pub struct DeadLetters {
    aws: Aws,
    url: String,
}

/// How much waits in a queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Depth {
    pub queue: String,
    pub waiting: u64,
    /// Being worked on.
    pub in_flight: u64,
    pub delayed: u64,
    /// The queue that takes what fails too often.
    pub dead_letter_queue: Option<String>,
}

impl Aws {
    /// The URL of a queue by its name; a URL stays as it is.
    async fn queue_url(&self, queue: &str) -> Result<String, AwsError> {
        if queue.contains("://") {
            return Ok(queue.to_owned());
        }
        let get = self.sqs().await.get_queue_url().queue_name(queue).send();
        let got = get
            .await
            .map_err(AwsError::of(format!("GetQueueUrl {queue}")))?;
        Ok(got.queue_url().unwrap_or_default().to_owned())
    }

    /// What waits in the queues whose names start with a prefix, or in one queue by its URL; sorted by name.
    pub async fn depths(&self, prefix_or_url: &str) -> Result<Vec<Depth>, AwsError> {
        let mut urls = Vec::new();
        if prefix_or_url.contains("://") {
            urls.push(prefix_or_url.to_owned());
        } else {
            let list = self.sqs().await.list_queues();
            let mut pages = list
                .queue_name_prefix(prefix_or_url)
                .max_results(1_000)
                .into_paginator()
                .send();
            while let Some(page) = pages.next().await {
                let page = page.map_err(AwsError::of(format!("ListQueues {prefix_or_url}")))?;
                urls.extend(page.queue_urls.unwrap_or_default());
            }
        }
        urls.sort();
        let mut depths = Vec::new();
        for url in urls {
            depths.push(self.depth(&url).await?);
        }
        Ok(depths)
    }

    async fn depth(&self, url: &str) -> Result<Depth, AwsError> {
        let get = self.sqs().await.get_queue_attributes().queue_url(url);
        let got = get.attribute_names(QueueAttributeName::All).send().await;
        let got = got.map_err(AwsError::of(format!("GetQueueAttributes {url}")))?;
        let attributes = got.attributes.unwrap_or_default();
        let number = |name| {
            let value = attributes.get(&name).and_then(|value| value.parse().ok());
            value.unwrap_or(0)
        };
        let policy = attributes.get(&QueueAttributeName::RedrivePolicy);
        let policy = policy.and_then(|text| serde_json::from_str(text).ok());
        let target = policy.as_ref().and_then(|policy: &serde_json::Value| {
            let arn = policy.get("deadLetterTargetArn")?.as_str()?;
            arn.rsplit(':').next()
        });
        Ok(Depth {
            queue: url.rsplit('/').next().unwrap_or(url).to_owned(),
            waiting: number(QueueAttributeName::ApproximateNumberOfMessages),
            in_flight: number(QueueAttributeName::ApproximateNumberOfMessagesNotVisible),
            delayed: number(QueueAttributeName::ApproximateNumberOfMessagesDelayed),
            dead_letter_queue: target.map(str::to_owned),
        })
    }
}

impl DeadLetters {
    /// The queue of that name or URL.
    pub async fn open(aws: &Aws, queue: &str) -> Result<DeadLetters, AwsError> {
        Ok(DeadLetters {
            aws: aws.clone(),
            url: aws.queue_url(queue).await?,
        })
    }

    /// Every letter, oldest first. For five minutes, or until [`DeadLetters::release`], no one else sees them.
    pub async fn read(&self) -> Result<Vec<Letter>, AwsError> {
        let mut letters: HashMap<String, Letter> = HashMap::new();
        let mut silences = 0;
        while silences < SILENCES {
            let got = self.receive(HELD).await?;
            silences = if got.is_empty() { silences + 1 } else { 0 };
            letters.extend(
                got.into_iter()
                    .map(|letter| (letter.message_id.clone(), letter)),
            );
        }
        let mut letters: Vec<Letter> = letters.into_values().collect();
        letters.sort_by(|a, b| (a.sent_at, &a.message_id).cmp(&(b.sent_at, &b.message_id)));
        Ok(letters)
    }

    /// Some of the letters, up to ten; a second later others see them again.
    pub async fn peek(&self) -> Result<Vec<Letter>, AwsError> {
        self.receive(1).await
    }

    async fn receive(&self, held_seconds: i32) -> Result<Vec<Letter>, AwsError> {
        let receive = self.aws.sqs().await.receive_message().queue_url(&self.url);
        let got = receive
            .max_number_of_messages(BATCH)
            .visibility_timeout(held_seconds)
            .wait_time_seconds(1)
            .message_attribute_names("All")
            .message_system_attribute_names(MessageSystemAttributeName::All)
            .send()
            .await
            .map_err(AwsError::of(format!("ReceiveMessage {}", self.url)))?;
        let messages = got.messages.unwrap_or_default();
        Ok(messages.into_iter().map(Letter::from).collect())
    }

    /// The queues whose redrive policy names this one.
    pub async fn sources(&self) -> Result<Vec<String>, AwsError> {
        let list = self.aws.sqs().await.list_dead_letter_source_queues();
        let listed = list.queue_url(&self.url).send().await;
        let what = format!("ListDeadLetterSourceQueues {}", self.url);
        match listed.map_err(AwsError::of(what)) {
            Ok(listed) => Ok(listed.queue_urls),
            // Not every emulator knows the question; the queues know the answer.
            Err(error) if UNKNOWN.contains(&error.code.as_str()) => self.sources_by_policy().await,
            Err(error) => Err(error),
        }
    }

    async fn sources_by_policy(&self) -> Result<Vec<String>, AwsError> {
        let own = self.url.rsplit('/').next();
        let mut sources = Vec::new();
        for depth in self.aws.depths("").await? {
            if depth.dead_letter_queue.as_deref() == own {
                sources.push(self.aws.queue_url(&depth.queue).await?);
            }
        }
        Ok(sources)
    }

    /// Sends a letter to the queue that it came from, and then takes it from this one: killed in between, it is in both,
    /// which the functions are used to.
    pub async fn send_back(&self, letter: &Letter, to: &str) -> Result<(), AwsError> {
        let attributes = letter.message.message_attributes.iter().flatten();
        let others: HashMap<String, MessageAttributeValue> = attributes
            .filter(|(name, _)| !OURS.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let send = self.aws.sqs().await.send_message().queue_url(to);
        let mut send = send
            .message_body(letter.message.body().unwrap_or_default())
            .set_message_attributes((!others.is_empty()).then_some(others));
        let trace = MessageSystemAttributeName::AwsTraceHeader;
        if let Some(trace) = letter.attribute(&trace) {
            let header = MessageSystemAttributeValue::builder()
                .data_type("String")
                .string_value(trace)
                .build()
                .map_err(|error| AwsError::invalid("a trace header", error.to_string()))?;
            send = send.message_system_attributes(
                MessageSystemAttributeNameForSends::AwsTraceHeader,
                header,
            );
        }
        send.send()
            .await
            .map_err(AwsError::of(format!("SendMessage {to}")))?;
        self.remove(letter).await
    }

    /// Takes a letter from the queue, for good.
    pub async fn remove(&self, letter: &Letter) -> Result<(), AwsError> {
        let delete = self.aws.sqs().await.delete_message().queue_url(&self.url);
        delete
            .set_receipt_handle(letter.message.receipt_handle.clone())
            .send()
            .await
            .map_err(AwsError::of(format!("DeleteMessage {}", self.url)))?;
        Ok(())
    }

    /// Lets others see letters again that were read and stay.
    pub async fn release(&self, letters: &[&Letter]) -> Result<(), AwsError> {
        for letter in letters {
            let change = self.aws.sqs().await.change_message_visibility();
            change
                .queue_url(&self.url)
                .set_receipt_handle(letter.message.receipt_handle.clone())
                .visibility_timeout(0)
                .send()
                .await
                .map_err(AwsError::of(format!(
                    "ChangeMessageVisibility {}",
                    self.url
                )))?;
        }
        Ok(())
    }
}

impl Letter {
    fn attribute(&self, name: &MessageSystemAttributeName) -> Option<&str> {
        let attributes = self.message.attributes.as_ref()?;
        attributes.get(name).map(String::as_str)
    }
}

impl From<Message> for Letter {
    fn from(message: Message) -> Letter {
        let said = |name: &str| {
            let value = message.message_attributes.as_ref()?.get(name)?;
            value.string_value().map(str::to_owned)
        };
        // SQS itself moves what was handed back too often, and says nothing of why.
        let reason = said("reason").unwrap_or_else(|| {
            "handed back too often; the log of the function says why each time".into()
        });
        let file = said("file").unwrap_or_else(|| files(message.body()));
        let function = said("function").unwrap_or_default();
        let mut letter = Letter {
            message_id: message.message_id().unwrap_or_default().to_owned(),
            reason,
            file,
            function,
            sent_at: 0,
            message,
        };
        let sent = letter.attribute(&MessageSystemAttributeName::SentTimestamp);
        letter.sent_at = sent.and_then(|sent| sent.parse().ok()).unwrap_or(0);
        letter
    }
}

/// The objects that a notification is about.
fn files(body: Option<&str>) -> String {
    let Ok(notice) = decode(body) else {
        return String::new();
    };
    let names = notice.objects.iter();
    let names: Vec<String> = names
        .map(|object| crate::redact(&format!("s3://{}/{}", object.bucket, object.key)))
        .collect();
    names.join(", ")
}
