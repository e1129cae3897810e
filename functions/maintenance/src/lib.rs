#![doc = include_str!("../README.md")]

use entrypoint::{Invocation, State, redact};
use lambda_runtime::{Error, LambdaEvent};
use pipeline::{Run, maintain};
use serde_json::{Value, json};
use tracing::{Instrument, error, info};

/// Maintains every table; what the event says does not matter.
pub async fn handle(event: LambdaEvent<Value>, state: &State) -> Result<Value, Error> {
    let call = Invocation::begin(state, event.context);
    let span = call.span();
    let work = async move {
        let upkeep = |run: Run| async move { maintain::run(&run).await };
        match call.run(call.now, upkeep).await {
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
    };
    Box::pin(work).instrument(span).await
}
