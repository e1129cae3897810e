use entrypoint::{exit, start};
use lambda_runtime::{run, service_fn};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let Some(state) = start("extract") else {
        return ExitCode::FAILURE;
    };
    exit(
        "extract",
        run(service_fn(|event| Box::pin(extract::handle(event, &state)))).await,
    )
}
