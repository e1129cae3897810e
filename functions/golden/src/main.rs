use lambda_runtime::{Error, run, service_fn};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let state = entrypoint::start("golden")?;
    run(service_fn(|event| golden::handle(event, &state))).await
}
