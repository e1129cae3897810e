use entrypoint::{exit, start};
use lambda_runtime::{run, service_fn};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let Some(state) = start("standardize") else {
        return ExitCode::FAILURE;
    };
    exit(
        "standardize",
        run(service_fn(|event| {
            Box::pin(standardize::handle(event, &state))
        }))
        .await,
    )
}
