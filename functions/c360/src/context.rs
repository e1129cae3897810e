//! From what was typed to a run: the one place that reads the clock and the environment.

use crate::args::{Cli, Command, Common, Micros};
use crate::error::{Error, Result};
use crate::{
    check, consent, demo, evaluate, explain, export, find, format, golden, identify, init, lineage,
    maintain, model, profile, query, report, resolve, review, run, show, status, steward, who,
};
#[cfg(feature = "s3")]
use crate::{link, redrive};
use chrono::{DateTime, Utc};
use clap::Parser;
use pipeline::{Project, Run, Secret, Settings, Sql, Steps};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tracing_subscriber::EnvFilter;

/// How long a command waits for another run on the same lake before it says so and ends.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the environment says.
#[derive(Clone, Debug, Default)]
struct Environment {
    /// `C360_SQL_DIR`: as --sql-dir.
    sql_dir: Option<PathBuf>,
    /// `C360_LEASE_SECONDS`: how long a lease on a bucket lasts without being renewed.
    lease: Option<Duration>,
    /// `C360_HASH_KEY`: identifiers of people are hashed with it.
    hash_key: Option<Secret>,
    /// `C360_CRASH_AT`: the crash point to die at, for tests.
    crash_at: Option<String>,
    /// `C360_LOG`: which log lines go to standard error, such as `info` or `pipeline=debug`.
    log: Option<String>,
}

impl Environment {
    #[allow(clippy::disallowed_methods)] // here and nowhere else
    fn read() -> Environment {
        let get = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Environment {
            sql_dir: get("C360_SQL_DIR").map(PathBuf::from),
            lease: get("C360_LEASE_SECONDS")
                .and_then(|seconds| seconds.parse().ok())
                .map(Duration::from_secs),
            hash_key: get("C360_HASH_KEY").map(Secret::new),
            crash_at: get("C360_CRASH_AT"),
            log: get("C360_LOG"),
        }
    }
}

/// What every subcommand is given.
#[derive(Clone, Debug)]
pub struct Context {
    pub project: PathBuf,
    pub as_of: Micros,
    /// As typed; `as_of` is the clock's where nothing was.
    pub chosen_as_of: Option<Micros>,
    pub run_id: String,
    sql_folder: Option<PathBuf>,
    hash_key: Option<Secret>,
    lake_options: lake::Options,
}

impl Context {
    fn new(common: Common, environment: &Environment, started: DateTime<Utc>) -> Context {
        Context {
            project: common.project,
            as_of: common.as_of.unwrap_or(started.timestamp_micros()),
            chosen_as_of: common.as_of,
            run_id: run_id(started, std::process::id()),
            sql_folder: common.sql_dir.or(environment.sql_dir.clone()),
            hash_key: environment.hash_key.clone(),
            lake_options: lake::Options {
                memory_bytes: common.memory,
                threads: common.threads,
                lease: environment.lease.unwrap_or(lake::Options::default().lease),
            },
        }
    }

    /// The SQL that its runs work by.
    fn sql(&self) -> Result<Sql> {
        Ok(Sql::load(self.sql_folder.clone())?)
    }

    /// A run over the project's lake.
    pub fn open(&self) -> Result<Run> {
        self.open_with(None)
    }

    /// Like [`Context::open`], with another landing place.
    pub fn open_with(&self, landing: Option<String>) -> Result<Run> {
        self.start(landing, self.lake_options.clone())
    }

    /// A run whose queries use one thread, so that rows come in the tables' own order.
    pub fn open_ordered(&self) -> Result<Run> {
        let options = lake::Options {
            threads: 1,
            ..self.lake_options.clone()
        };
        self.start(None, options)
    }

    /// The same command on another project, as of another time.
    pub fn at(&self, project: &Path, as_of: Micros) -> Context {
        Context {
            project: project.to_owned(),
            as_of,
            ..self.clone()
        }
    }

    fn start(&self, landing: Option<String>, lake_options: lake::Options) -> Result<Run> {
        let project = Project::load(&self.project)?;
        let settings = Settings {
            as_of: self.as_of,
            run_id: self.run_id.clone(),
            landing,
            sql_folder: self.sql_folder.clone(),
            lake_options,
            patience: PATIENCE,
            hash_key: self.hash_key.clone(),
            accepts_id_churn: false,
            accepted: BTreeSet::new(),
            steps: Steps::default(),
        };
        Ok(Run::start(project, settings)?)
    }
}

/// The command as it was called, so that a command we print works where it is read.
pub fn program() -> String {
    std::env::args().next().unwrap_or_else(|| "c360".into())
}

/// Later runs sort after earlier ones; two at once differ.
fn run_id(started: DateTime<Utc>, process: u32) -> String {
    let unique = (started.timestamp_subsec_nanos() << 2) ^ process.rotate_left(16);
    format!("{}-{unique:08x}", started.format("%Y%m%dT%H%M%S"))
}

pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let environment = Environment::read();
    if let Some(plan) = &environment.crash_at {
        lake::fault::arm(plan);
    }
    log_to_stderr(environment.log.as_deref());
    let context = Context::new(cli.common, &environment, Utc::now());
    let done = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::Refused(format!("threads cannot be started: {error}")))
        .and_then(|runtime| runtime.block_on(dispatch(cli.command, &context)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(Error::Reported) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(command: Command, context: &Context) -> Result<()> {
    match command {
        Command::Demo(args) => demo::run(context, args).await,
        Command::Init { dir } => init::run(&dir),
        Command::Check(landing) => check::run(context, landing).await,
        Command::Run(args) => run::run(context, args).await,
        Command::Golden(args) => golden::run(context, args).await,
        Command::Report(args) => report::run(context, args).await,
        Command::Resolve(args) => resolve::run(context, args).await,
        Command::Status(args) => status::run(context, args).await,
        #[cfg(feature = "s3")]
        Command::Link(args) => link::run(context, args).await,
        #[cfg(feature = "s3")]
        Command::Redrive(args) => redrive::run(context, args).await,
        Command::Show { customer_id } => show::run(context, &customer_id).await,
        Command::Find(args) => find::run(context, args).await,
        Command::Who(args) => who::run(context, args).await,
        Command::Match(args) => identify::run(context, args).await,
        Command::Explain(args) => explain::run(context, args).await,
        Command::Model(command) => model::run(context, command).await,
        Command::Lineage(args) => lineage::run(context, args).await,
        Command::Profile(args) => profile::run(context, args).await,
        Command::Query { sql } => query::run(context, &sql).await,
        Command::Dictionary => format::print(&context.sql()?.dictionary()?),
        Command::Export(args) => export::run(context, args).await,
        Command::Evaluate(args) => evaluate::run(context, args).await,
        Command::Maintain => maintain::run(context).await,
        Command::Review(args) => review::run(context, args).await,
        Command::Consent(command) => consent::run(context, command).await,
        Command::Steward(command) => steward::run(context, command).await,
    }
}

fn log_to_stderr(wanted: Option<&str>) {
    let filter = EnvFilter::new(wanted.unwrap_or("off,c360=warn,pipeline=warn,lake=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn run_ids_sort_by_time_and_differ() {
        let time = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let first = run_id(time("2026-03-01T00:00:00.5Z"), 7);
        let second = run_id(time("2026-03-01T00:00:01Z"), 7);
        assert!(first.starts_with("20260301T000000-"));
        assert!(first < second);
        assert_ne!(first, run_id(time("2026-03-01T00:00:00.5Z"), 8));
    }
}
