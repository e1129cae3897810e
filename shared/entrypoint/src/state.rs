use crate::place::Place;
use crate::{Created, Settings, redact};
use lake::{Files, Options};
use pipeline::{Project, Result, Run};
use tracing::{info, warn};

/// What a function opens once and keeps between invocations.
#[derive(Clone, Debug)]
pub struct State {
    /// The function's name, for its logs.
    pub function: &'static str,
    /// Where files land; `None` where that is no bucket.
    landing: Option<Place>,
    landing_files: Files,
    /// Where the lake is; `None` where that is no bucket.
    lake: Option<Place>,
    idle: Run,
}

/// Files that events say were dropped, and that are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    /// Paths below the landing place.
    pub files: Vec<String>,
    /// Time of the latest of their events (µs, UTC); `None`: no files.
    pub as_of: Option<i64>,
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

    /// Those of the objects that lie in the landing place and are still there; of the others the log tells.
    pub async fn dropped(&self, objects: &[Created]) -> Result<Dropped> {
        let mut dropped = Dropped::default();
        for object in objects {
            let key = || redact(&object.key);
            match self.landing.as_ref().and_then(|place| place.below(object)) {
                None => info!(key = key(), "not in the landing place"),
                Some(path) if self.landing_files.head(path).await?.is_none() => {
                    warn!(key = key(), "deleted before it was read");
                }
                Some(path) => {
                    dropped.files.push(path.to_owned());
                    dropped.as_of = dropped.as_of.max(Some(object.at));
                }
            }
        }
        Ok(dropped)
    }

    /// Does any of the objects commit to one of the tables (`layer.name`)?
    pub fn is_commit_to(&self, tables: &[&str], objects: &[Created]) -> bool {
        let committed = |object| self.lake.as_ref()?.committed_table(object);
        let mut committed = objects.iter().filter_map(committed);
        committed.any(|table| tables.contains(&table.as_str()))
    }
}
