use crate::{State, created, redact};
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use chrono::{DateTime, Utc};
use lambda_runtime::LambdaEvent;
use pipeline::Run;
use std::fmt::Debug;
use tracing::{Instrument, error, info, info_span};

/// Runs `stage` once if any message tells of a commit to one of the `inputs`, however many do.
///
/// Messages that cannot be decoded fail by themselves; when the run fails, every message that asked for it does.
pub async fn wake<R: Debug>(
    event: LambdaEvent<SqsEvent>,
    state: &State,
    inputs: &[&str],
    now: DateTime<Utc>,
    stage: impl AsyncFnOnce(&Run) -> pipeline::Result<R>,
) -> SqsBatchResponse {
    let run_id = event.context.request_id;
    let span = info_span!("invocation", function = state.function, run_id);
    async {
        let mut response = SqsBatchResponse::default();
        let mut asking: Vec<String> = Vec::new();
        for message in event.payload.records {
            let message_id = message.message_id.unwrap_or_default();
            match created(message.body.as_deref()) {
                Ok(objects) if state.is_commit_to(inputs, &objects) => asking.push(message_id),
                Ok(_) => {}
                Err(error) => {
                    error!(message_id, %error, "a message cannot be decoded");
                    response.add_failure(message_id);
                }
            }
        }
        if asking.is_empty() {
            info!("no message tells of a commit to an input");
            return response;
        }
        match stage(&state.run(&run_id, now.timestamp_micros())).await {
            Ok(report) => info!(messages = asking.len(), ?report, "done"),
            Err(error) => {
                let error = redact(&error);
                error!(
                    messages = asking.len(),
                    error, "the run failed; its messages come again"
                );
                asking.into_iter().for_each(|id| response.add_failure(id));
            }
        }
        response
    }
    .instrument(span)
    .await
}
