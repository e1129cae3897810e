use crate::{PipelineError, Project, Result, Sql, Steps, udf};
use arrow::array::{RecordBatch, TimestampMicrosecondArray};
use datafusion::common::{ParamValues, ScalarValue};
use datafusion::datasource::MemTable;
use datafusion::prelude::DataFrame;
use lake::{Author, Lake, Lease, Options, Session, Snapshot, Staged, TableDef};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What a run is given besides its project.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The time as of which everything is computed (µs, UTC).
    pub as_of: i64,
    pub run_id: String,
    /// In place of the project's landing place.
    pub landing: Option<String>,
    /// SQL files that stand in for the shipped ones.
    pub sql_folder: Option<PathBuf>,
    pub lake_options: Options,
    /// See [`Run::patience`].
    pub patience: Duration,
    /// See [`Run::hash_key`].
    pub hash_key: Option<Secret>,
    /// See [`Run::accepts_id_churn`].
    pub accepts_id_churn: bool,
    /// See [`Run::accepted`].
    pub accepted: BTreeSet<String>,
    pub steps: Steps,
}

/// A text that no log and no error shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: String) -> Secret {
        Secret(text)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// One run over one lake: what every stage is given.
#[derive(Clone, Debug)]
pub struct Run {
    pub lake: Lake,
    pub project: Project,
    pub sql: Sql,
    pub run_id: String,
    pub as_of: i64,
    /// How long a stage waits for another run of it to end.
    pub patience: Duration,
    /// Identifiers of people are hashed with it (`C360_HASH_KEY`); without one the lake's own key does.
    pub hash_key: Option<Secret>,
    /// Publish however many records have another customer_id than before; a person has said so.
    pub accepts_id_churn: bool,
    /// KPIs that may pass the limits which stop a publication; a person has said so.
    pub accepted: BTreeSet<String>,
    /// What `resolve` does again though nothing asks for it.
    pub anew: Anew,
    /// What it has done.
    pub steps: Steps,
}

/// What is resolved anew. The first run, and one under other rules, does all of it anyway.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anew {
    /// What is new.
    #[default]
    News,
    /// All pairs are compared again, with the model as it is.
    Pairs,
    /// The model is trained on all records, and all pairs are compared with it.
    Model,
}

/// The version at which each table was pinned; tables never written are at -1.
pub type Pinned = BTreeMap<String, Snapshotted>;

/// A pinned table: its snapshot, or nothing where it was never written.
#[derive(Clone, Debug)]
pub struct Snapshotted(pub Option<Snapshot>);

impl Snapshotted {
    pub fn version(&self) -> i64 {
        self.0.as_ref().map_or(-1, Snapshot::version)
    }
}

impl Run {
    pub fn start(mut project: Project, settings: Settings) -> Result<Run> {
        if let Some(landing) = settings.landing {
            project.landing = landing;
        }
        Ok(Run {
            lake: Lake::open(&project.lake, settings.lake_options)?.by(Author {
                run_id: settings.run_id.clone(),
                trace_id: None,
            }),
            sql: Sql::load(settings.sql_folder)?,
            project,
            run_id: settings.run_id,
            as_of: settings.as_of,
            patience: settings.patience,
            hash_key: settings.hash_key,
            accepts_id_churn: settings.accepts_id_churn,
            accepted: settings.accepted,
            anew: Anew::default(),
            steps: settings.steps,
        })
    }

    /// Does `work` while this run alone may rewrite the tables of `stage`.
    pub(crate) async fn exclusively<T>(
        &self,
        stage: &str,
        work: impl AsyncFnOnce(&Lease) -> Result<T>,
    ) -> Result<T> {
        // The process belongs to the name: a run that is started again under its old name is another holder.
        let holder = format!("{} ({})", self.run_id, std::process::id());
        let lease = self.lake.lease(stage, &holder, self.patience).await?;
        let done = work(&lease).await;
        lease.release().await;
        done
    }

    pub fn table(&self, name: &str) -> Result<&TableDef> {
        self.sql.table(name)
    }

    /// A session over the newest versions of `tables`, with our functions.
    pub async fn session(&self, tables: &[&str]) -> Result<(Session, Pinned)> {
        self.session_at(tables, &[]).await
    }

    /// Like [`Run::session`], but for the tables whose version is given.
    pub(crate) async fn session_at(
        &self,
        tables: &[&str],
        versions: &[(&str, i64)],
    ) -> Result<(Session, Pinned)> {
        let pinned = self.pin(tables, versions).await?;
        Ok((self.session_over(&pinned).await?, pinned))
    }

    /// The newest version of each table, but for those whose version is given. Only logs are read.
    pub(crate) async fn pin(&self, tables: &[&str], versions: &[(&str, i64)]) -> Result<Pinned> {
        let mut pinned = Pinned::new();
        for name in tables {
            let def = self.table(name)?;
            let version = versions.iter().find(|(table, _)| table == name);
            let snapshot = match version {
                Some((_, version)) => self.lake.snapshot_at(def, *version).await?,
                None => self.lake.snapshot(def).await?,
            };
            pinned.insert((*name).to_owned(), Snapshotted(snapshot));
        }
        Ok(pinned)
    }

    /// A session over what was pinned, with our functions.
    pub(crate) async fn session_over(&self, pinned: &Pinned) -> Result<Session> {
        let session = self.lake.session()?;
        udf::register(&session.context);
        for (name, snapshot) in pinned {
            match &snapshot.0 {
                Some(snapshot) => session.register(snapshot).await?,
                None => session.register_empty(self.table(name)?)?,
            }
        }
        Ok(session)
    }

    /// Plans `sql/<file>.sql` with `$as_of` and `$run_id`.
    pub async fn frame(&self, session: &Session, file: &str) -> Result<DataFrame> {
        self.frame_with(session, file, HashMap::new()).await
    }

    /// Like [`Run::frame`], with parameters of the stage's own.
    pub async fn frame_with(
        &self,
        session: &Session,
        file: &str,
        mut parameters: HashMap<String, ScalarValue>,
    ) -> Result<DataFrame> {
        let path = format!("{file}.sql");
        let text = self.sql.text(&path)?;
        let fail = |error: datafusion::error::DataFusionError| PipelineError::Sql {
            file: path.clone(),
            message: error.strip_backtrace(),
        };
        let frame = session.context.sql(&text).await.map_err(fail)?;
        parameters.insert(
            "as_of".into(),
            ScalarValue::TimestampMicrosecond(Some(self.as_of), Some("UTC".into())),
        );
        parameters.insert("run_id".into(), ScalarValue::from(self.run_id.as_str()));
        let parameters: HashMap<String, _> = parameters
            .into_iter()
            .map(|(name, value)| (name, value.into()))
            .collect();
        frame
            .with_param_values(ParamValues::Map(parameters))
            .map_err(fail)
    }

    /// Runs the SELECT of `layer.name` (`sql/layer/name.sql`) and stages its rows.
    pub async fn stage(&self, session: &Session, table: &str) -> Result<Staged> {
        let frame = self.frame(session, &table.replace('.', "/")).await?;
        self.stage_frame(table, frame).await
    }

    pub async fn stage_frame(&self, table: &str, frame: DataFrame) -> Result<Staged> {
        let def = self.table(table)?;
        let stage = async |rows| Ok(self.lake.stage(def, rows).await?);
        self.steps.query(table, frame, stage).await
    }

    /// Runs `sql/<file>.sql` into `scratch.<name>`; returns its rows.
    pub async fn scratch(&self, session: &Session, file: &str, name: &str) -> Result<u64> {
        let frame = self.frame(session, file).await?;
        self.scratch_frame(session, name, frame).await
    }

    /// Like [`Run::scratch`], of what is planned already.
    pub async fn scratch_frame(
        &self,
        session: &Session,
        name: &str,
        frame: DataFrame,
    ) -> Result<u64> {
        let step = format!("scratch.{name}");
        let write = async |rows| Ok(session.scratch(name, rows).await?);
        self.steps.query(&step, frame, write).await
    }

    /// Holds a small result in memory, as `table`, in place of one of that name.
    pub(crate) async fn hold(
        &self,
        session: &Session,
        table: &str,
        frame: DataFrame,
    ) -> Result<u64> {
        let what = format!("computing {table}");
        let planned = Arc::new(frame.schema().as_arrow().clone());
        let rows = self.collect(frame, &what).await?;
        // Plans promise less than comes of them.
        let schema = rows.first().map_or(planned, |batch| batch.schema());
        let count = rows.iter().map(|batch| batch.num_rows() as u64).sum();
        let held = MemTable::try_new(schema, vec![rows]).map_err(PipelineError::query(what))?;
        session.register_table(table, Arc::new(held))?;
        Ok(count)
    }

    /// The files whose rows count, as `scratch.active_files`.
    pub async fn active_files(&self, session: &Session) -> Result<u64> {
        self.scratch(session, "silver/active_files", "active_files")
            .await
    }

    /// Collects a small result.
    pub async fn collect(&self, frame: DataFrame, what: &str) -> Result<Vec<RecordBatch>> {
        frame.collect().await.map_err(PipelineError::query(what))
    }

    /// The day of `as_of` (UTC), counted from 1970-01-01.
    pub(crate) fn day(&self) -> i64 {
        const MICROS_PER_DAY: i64 = 86_400_000_000;
        self.as_of.div_euclid(MICROS_PER_DAY)
    }

    /// `as_of` as a column of `rows` rows.
    pub(crate) fn as_of_column(&self, rows: usize) -> TimestampMicrosecondArray {
        TimestampMicrosecondArray::from(vec![self.as_of; rows]).with_timezone("UTC")
    }
}
