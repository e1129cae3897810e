use entrypoint::{exit, start};
use lambda_runtime::{run, service_fn};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let Some(state) = start("identify") else {
        return ExitCode::FAILURE;
    };
    let handler = service_fn(|event| Box::pin(identify::handle(event, &state)));
    exit("identify", run(handler).await)
}
