#![doc = include_str!("../README.md")]

mod audit;
mod aws;
mod copy;
mod dead_letters;
mod deadline;
mod event;
mod invocation;
mod landing;
mod logs;
mod message;
mod metrics;
mod objects;
mod place;
mod publish;
mod queue;
mod redact;
mod settings;
mod state;
mod wake;

pub use aws::{Aws, AwsError};
pub use dead_letters::{DeadLetters, Depth, Letter};
pub use deadline::StageError;
pub use event::{BodyError, Created, Notice, decode};
pub use invocation::{Asking, Invocation, notification};
pub use landing::Newest;
pub use message::Message;
pub use metrics::Metrics;
pub use objects::Tags;
pub use place::Place;
pub use queue::DeadLetter;
pub use redact::redact;
pub use settings::{Settings, SettingsError};
pub use state::{Limits, State};

use std::process::ExitCode;

/// What a function's handler may fail with.
pub type Error = lambda_runtime::Error;

/// Starts the function `name`: logs, configuration, project, lake. What is wrong is logged, and then there is no state.
pub fn start(name: &'static str) -> Option<State> {
    let settings = Settings::from_environment();
    logs::start(
        settings
            .as_ref()
            .map_or(None, |settings| settings.log_level.as_deref()),
    );
    let state = settings
        .map_err(Error::from)
        .and_then(|settings| State::open(name, settings).map_err(Error::from));
    state
        .inspect_err(|error| {
            tracing::error!(function = name, error = redact(error), "cannot start")
        })
        .ok()
}

/// How a `main` ends. An error is logged here, redacted, and not printed as it is.
pub fn exit(name: &'static str, ended: Result<(), Error>) -> ExitCode {
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(function = name, error = redact(&error), "ended");
            ExitCode::FAILURE
        }
    }
}
