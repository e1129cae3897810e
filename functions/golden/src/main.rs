use entrypoint::{exit, start};
use lambda_runtime::{run, service_fn};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let Some(state) = start("golden") else {
        return ExitCode::FAILURE;
    };
    exit(
        "golden",
        run(service_fn(|event| Box::pin(golden::handle(event, &state)))).await,
    )
}
