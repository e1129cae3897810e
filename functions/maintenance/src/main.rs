use entrypoint::{exit, start};
use lambda_runtime::{run, service_fn};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let Some(state) = start("maintenance") else {
        return ExitCode::FAILURE;
    };
    let handler = service_fn(|event| Box::pin(maintenance::handle(event, &state)));
    exit("maintenance", run(handler).await)
}
