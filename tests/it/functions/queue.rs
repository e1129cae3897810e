//! Queues of the emulator, in SQS's JSON protocol.

use super::emulator::Emulator;
use serde_json::{Value, json};

impl Emulator {
    /// Makes a queue; its URL.
    pub fn queue(&self, name: &str) -> String {
        self.queue_with(name, json!({}))
    }

    /// Makes a queue with a dead-letter queue; the URLs of both.
    pub fn queue_with_dead_letters(&self, name: &str) -> (String, String) {
        let dead_name = format!("{name}-dead");
        let dead = self.queue(&dead_name);
        let arn = format!("arn:aws:sqs:us-east-1:000000000000:{dead_name}");
        let policy = json!({"deadLetterTargetArn": arn, "maxReceiveCount": 3}).to_string();
        (
            self.queue_with(name, json!({"RedrivePolicy": policy})),
            dead,
        )
    }

    fn queue_with(&self, name: &str, attributes: Value) -> String {
        let made = self.sqs(
            "CreateQueue",
            &json!({"QueueName": name, "Attributes": attributes}),
        );
        made["QueueUrl"].as_str().unwrap().to_owned()
    }

    pub fn send_message(&self, queue: &str, body: &str) {
        self.sqs(
            "SendMessage",
            &json!({"QueueUrl": queue, "MessageBody": body}),
        );
    }

    /// Messages that wait in a queue, sorted by body; they stay there.
    pub fn messages(&self, queue: &str) -> Vec<Value> {
        let mut found: Vec<Value> = Vec::new();
        loop {
            let got = self.sqs(
                "ReceiveMessage",
                &json!({"QueueUrl": queue, "MaxNumberOfMessages": 10, "VisibilityTimeout": 30,
                        "MessageAttributeNames": ["All"], "MessageSystemAttributeNames": ["All"]}),
            );
            match got["Messages"].as_array().filter(|got| !got.is_empty()) {
                Some(got) => found.extend(got.iter().cloned()),
                None => break,
            }
        }
        for message in &found {
            self.sqs(
                "ChangeMessageVisibility",
                &json!({"QueueUrl": queue, "ReceiptHandle": message["ReceiptHandle"], "VisibilityTimeout": 0}),
            );
        }
        found.sort_by_key(|message| message["Body"].to_string());
        found
    }

    /// Receives messages as Lambda does, as the event that it makes of them.
    pub fn receive(&self, queue: &str, count: usize, seconds: u32) -> Value {
        let mut records: Vec<Value> = Vec::new();
        while records.len() < count {
            let got = self.sqs(
                "ReceiveMessage",
                &json!({"QueueUrl": queue, "MaxNumberOfMessages": 10, "VisibilityTimeout": seconds,
                        "MessageSystemAttributeNames": ["All"]}),
            );
            let got = got["Messages"].as_array().expect("messages").iter();
            records.extend(got.map(|message| {
                json!({"messageId": message["MessageId"], "receiptHandle": message["ReceiptHandle"],
                       "body": message["Body"], "attributes": message["Attributes"], "messageAttributes": {}})
            }));
        }
        json!({"Records": records})
    }

    fn sqs(&self, action: &str, request: &Value) -> Value {
        let target = format!("AmazonSQS.{action}");
        let headers = [
            ("content-type", "application/x-amz-json-1.0"),
            ("x-amz-target", target.as_str()),
            (
                "authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260301/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0",
            ),
        ];
        let reply = self.request("POST", "/", &headers, request.to_string().as_bytes());
        let body = String::from_utf8(reply.body).unwrap();
        assert!(
            reply.start.contains(" 200"),
            "{action}: {} {body}",
            reply.start
        );
        if body.is_empty() {
            return Value::Null;
        }
        serde_json::from_str(&body).unwrap()
    }
}

/// What an attribute of a message says.
pub fn attribute<'a>(message: &'a Value, name: &str) -> &'a str {
    message["MessageAttributes"][name]["StringValue"]
        .as_str()
        .unwrap_or_else(|| panic!("no attribute {name} in {message}"))
}
