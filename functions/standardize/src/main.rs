use lambda_runtime::{Error, run, service_fn};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let state = entrypoint::start("standardize")?;
    run(service_fn(|event| standardize::handle(event, &state))).await
}
