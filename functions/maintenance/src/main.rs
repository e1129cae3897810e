use lambda_runtime::{Error, run, service_fn};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let state = entrypoint::start("maintenance")?;
    run(service_fn(|event| maintenance::handle(event, &state))).await
}
