use aws_lambda_events::event::sqs::SqsMessage;

/// A message of the function's queue.
#[derive(Clone, Debug, Default)]
pub struct Message {
    pub id: String,
    pub body: Option<String>,
    pub(crate) receipt: Option<String>,
    /// X-Ray's header of whoever sent it.
    pub(crate) trace: Option<String>,
    /// How often it was delivered, this time included.
    pub deliveries: u32,
}

impl From<SqsMessage> for Message {
    fn from(mut message: SqsMessage) -> Message {
        let deliveries = message.attributes.get("ApproximateReceiveCount");
        Message {
            id: message.message_id.unwrap_or_default(),
            body: message.body,
            receipt: message.receipt_handle,
            deliveries: deliveries.and_then(|n| n.parse().ok()).unwrap_or(1),
            trace: message.attributes.remove("AWSTraceHeader"),
        }
    }
}
