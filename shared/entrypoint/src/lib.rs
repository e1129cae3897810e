#![doc = include_str!("../README.md")]

mod event;
mod logs;
mod place;
mod redact;
mod settings;
mod state;
mod wake;

pub use event::{BodyError, Created, created};
pub use redact::redact;
pub use settings::{Settings, SettingsError};
pub use state::{Dropped, State};
pub use wake::wake;

/// What a function's `main` and handler may fail with.
pub type Error = lambda_runtime::Error;

/// Starts the function `name`: logs, configuration, project, lake. What is wrong is logged before it is returned.
pub fn start(name: &'static str) -> Result<State, Error> {
    let settings = Settings::from_environment();
    logs::start(
        settings
            .as_ref()
            .map_or(None, |settings| settings.log_level.as_deref()),
    );
    let state = settings
        .map_err(Error::from)
        .and_then(|settings| State::open(name, settings).map_err(Error::from));
    if let Err(error) = &state {
        tracing::error!(function = name, error = redact(error), "cannot start");
    }
    state
}
