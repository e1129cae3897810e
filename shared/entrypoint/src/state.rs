use crate::place::Place;
use crate::{Aws, Created, Settings};
use lake::{Author, Options};
use pipeline::{Feed, Project, Result, Run, Steps};

/// The most that a function takes on itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub bytes: u64,
    pub records: u64,
}

/// What a function opens once and keeps between invocations.
#[derive(Clone, Debug)]
pub struct State {
    /// The function's name, for its logs.
    pub function: &'static str,
    /// Where files land; `None` where that is no bucket.
    pub landing: Option<Place>,
    /// Where the lake is; `None` where that is no bucket.
    pub lake: Option<Place>,
    pub(crate) settings: Settings,
    pub(crate) aws: Aws,
    idle: Run,
}

impl State {
    /// Reads the project and opens its lake.
    pub fn open(function: &'static str, settings: Settings) -> Result<State> {
        let mut project = Project::load(&settings.project)?;
        if let Some(lake) = &settings.lake {
            project.lake = lake.clone();
        }
        if let Some(landing) = &settings.landing {
            project.landing = landing.clone();
        }
        Ok(State {
            function,
            landing: Place::parse(&project.landing),
            lake: Place::parse(&project.lake),
            idle: Run::start(
                project,
                pipeline::Settings {
                    lake_options: Options {
                        memory_bytes: settings.memory_bytes,
                        ..Options::default()
                    },
                    hash_key: settings.hash_key.clone(),
                    ..pipeline::Settings::default()
                },
            )?,
            aws: Aws::default(),
            settings,
        })
    }

    /// The project's feeds.
    pub(crate) fn feeds(&self) -> &[Feed] {
        &self.idle.project.feeds
    }

    /// A run over the lake, as of `as_of` (µs, UTC).
    pub(crate) fn run(&self, run_id: &str, as_of: i64, trace_id: Option<String>) -> Run {
        Run {
            lake: self.idle.lake.by(Author {
                run_id: run_id.to_owned(),
                trace_id,
            }),
            run_id: run_id.to_owned(),
            as_of,
            steps: Steps::default(),
            ..self.idle.clone()
        }
    }

    /// Who committed a version of a table.
    pub(crate) async fn author_of(&self, table: &str, version: i64) -> Result<Option<Author>> {
        Ok(self.idle.lake.author_of(table, version).await?)
    }

    /// The name under which it is deployed: what its metrics are counted under.
    pub(crate) fn deployed_as(&self) -> String {
        let name = self.settings.deployed_as.as_deref();
        name.unwrap_or(self.function).to_owned()
    }

    /// Does the Lambda service run this process? Else it is a job, and runs once.
    pub fn is_lambda(&self) -> bool {
        self.settings.is_lambda
    }

    /// What a function hands over; `None` where no container job takes it.
    pub fn limits(&self) -> Option<Limits> {
        self.settings.heavy_queue.as_ref().map(|_| Limits {
            bytes: self.settings.heavy_bytes,
            records: self.settings.heavy_records,
        })
    }

    /// Is there a place for audit objects?
    pub fn is_audited(&self) -> bool {
        self.settings.audit.is_some()
    }

    /// Does any of the objects commit to one of the tables (`layer.name`)?
    pub fn is_commit_to(&self, tables: &[&str], objects: &[Created]) -> bool {
        let committed = |object| self.lake.as_ref()?.committed_table(object);
        let mut committed = objects.iter().filter_map(committed);
        committed.any(|table| tables.contains(&table.as_str()))
    }
}
