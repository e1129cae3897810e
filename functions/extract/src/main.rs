use lambda_runtime::{Error, run, service_fn};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let state = entrypoint::start("extract")?;
    run(service_fn(|event| extract::handle(event, &state))).await
}
