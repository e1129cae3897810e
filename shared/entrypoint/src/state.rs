use crate::{Place, Settings};
use lake::{Files, Options};
use pipeline::{Project, Result, Run};

/// What a function opens once and keeps between invocations.
#[derive(Clone, Debug)]
pub struct State {
    /// The function's name, for its logs.
    pub function: &'static str,
    /// Where files land; `None` where that is no bucket.
    pub landing: Option<Place>,
    pub landing_files: Files,
    /// Where the lake is; `None` where that is no bucket.
    pub lake: Option<Place>,
    idle: Run,
}

impl State {
    /// Reads the project and opens its lake.
    pub fn open(function: &'static str, settings: Settings) -> Result<State> {
        let mut project = Project::load(&settings.project)?;
        if let Some(lake) = settings.lake {
            project.lake = lake;
        }
        if let Some(landing) = settings.landing {
            project.landing = landing;
        }
        Ok(State {
            function,
            landing: Place::parse(&project.landing),
            landing_files: Files::open(&project.landing)?,
            lake: Place::parse(&project.lake),
            idle: Run::start(
                project,
                pipeline::Settings {
                    lake_options: Options {
                        memory_bytes: settings.memory_bytes,
                        ..Options::default()
                    },
                    ..pipeline::Settings::default()
                },
            )?,
        })
    }

    /// A run over the lake, as of `as_of` (µs, UTC).
    pub fn run(&self, run_id: &str, as_of: i64) -> Run {
        Run {
            run_id: run_id.to_owned(),
            as_of,
            ..self.idle.clone()
        }
    }
}
