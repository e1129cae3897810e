use entrypoint::{exit, start};
use lambda_runtime::{run, service_fn};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let Some(state) = start("resolve") else {
        return ExitCode::FAILURE;
    };
    let ended = match state.is_lambda() {
        true => run(service_fn(|event| Box::pin(resolve::handle(event, &state)))).await,
        false => resolve::once(&state).await,
    };
    exit("resolve", ended)
}
