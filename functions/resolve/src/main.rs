use lambda_runtime::{Error, run, service_fn};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let state = entrypoint::start("resolve")?;
    run(service_fn(|event| resolve::handle(event, &state))).await
}
