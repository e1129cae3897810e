#![doc = include_str!("../README.md")]

use entrypoint::{State, redact};
use lambda_runtime::{Error, LambdaEvent};
use serde_json::{Value, json};
use tracing::{Instrument, error, info, info_span};

/// Maintains every table; what the event says does not matter.
pub async fn handle(event: LambdaEvent<Value>, state: &State) -> Result<Value, Error> {
    let run_id = event.context.request_id;
    let span = info_span!("invocation", function = state.function, run_id);
    let now = chrono::Utc::now().timestamp_micros();
    async {
        match pipeline::maintain::run(&state.run(&run_id, now)).await {
            Ok(report) => {
                info!(?report, "done");
                Ok(json!(report))
            }
            Err(error) => {
                let error = redact(&error);
                error!(
                    error,
                    "upkeep failed; tables before this one are maintained"
                );
                Err(error.into())
            }
        }
    }
    .instrument(span)
    .await
}
