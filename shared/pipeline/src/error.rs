use thiserror::Error;

pub type Result<T, E = PipelineError> = std::result::Result<T, E>;

/// What happened, where, and what to do about it.
#[derive(Debug, Error)]
pub enum PipelineError {
    #[error("{file}: {message}")]
    Project { file: String, message: String },
    #[error("{file}:{line}: {message}")]
    Mapping {
        file: String,
        line: usize,
        message: String,
    },
    #[error("file {file} of feed {feed} is refused: {reason}")]
    FileRefused {
        feed: String,
        file: String,
        reason: String,
    },
    #[error(
        "file {file} of feed {feed} was written to while it was read; run this again when it is complete"
    )]
    FileChanged { feed: String, file: String },
    #[error("sql/{file}: {message}")]
    Sql { file: String, message: String },
    #[error(
        "checks failed before publishing, nothing of this stage was published: {}",
        describe(failed)
    )]
    ChecksFailed { failed: Vec<FailedCheck> },
    #[error(
        "{moved} of the {kept} {entity} records that were published before ({percent:.1} %) would have another customer_id, and \
         [matching] id_churn_limit is {limit}; nothing of this stage was published, and what was stays. Another model, other \
         rules, or a source that gave its records other values does that: if the new ids are meant, `c360 run \
         --accept-id-churn` publishes them this once (or set a higher limit in c360.toml); if not, take back what changed"
    )]
    IdChurn {
        entity: &'static str,
        moved: u64,
        kept: u64,
        percent: f64,
        limit: f64,
    },
    #[error(
        "{}: [[limits]] of c360.toml; nothing of this stage was published, and what was stays. If it is meant, \
         `c360 run --accept {}` publishes it this once (or set another limit); if not, `c360 golden --plan` shows what it would be, \
         and what came in or was changed since the last publication has to be put right",
        all_of(breaches),
        accepting(breaches)
    )]
    LimitsPassed { breaches: Vec<Breach> },
    #[error(transparent)]
    Lake(#[from] lake::LakeError),
    #[error("{what}: {source}")]
    Arrow {
        what: String,
        #[source]
        source: Box<arrow::error::ArrowError>,
    },
    #[error("{0}")]
    Invalid(String),
}

impl From<std::io::Error> for PipelineError {
    fn from(error: std::io::Error) -> PipelineError {
        lake::LakeError::Scratch(error).into()
    }
}

/// A check of `sql/checks` that returned rows.
#[derive(Clone, Debug, serde::Serialize)]
pub struct FailedCheck {
    /// `stage/name`, the file below `sql/checks`.
    pub check: String,
    /// Offending rows.
    pub rows: usize,
    /// The first few, keys only.
    pub sample: String,
}

/// A KPI that passes a limit of `[[limits]]`.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Breach {
    pub kpi: String,
    /// What it is told for: `source_system`, `crm`; `all`, `all`.
    pub scope: String,
    pub scope_value: String,
    pub value: f64,
    /// In the publication before.
    pub previous_value: Option<f64>,
    /// Such as `below 0.98`.
    pub breach: String,
    /// Nothing may be published so until a person accepts it.
    pub stops: bool,
}

impl std::fmt::Display for Breach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.kpi)?;
        if self.scope != "all" {
            write!(
                f,
                " of {} {}",
                self.scope.replace('_', " "),
                self.scope_value
            )?;
        }
        write!(f, " is {}", rounded(self.value))?;
        if let Some(previous) = self.previous_value {
            write!(f, " (was {})", rounded(previous))?;
        }
        write!(f, ", {}", self.breach)
    }
}

/// To four digits after the point: shares and counts alike.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

fn all_of(breaches: &[Breach]) -> String {
    let lines: Vec<String> = breaches.iter().map(Breach::to_string).collect();
    lines.join("; ")
}

/// The KPIs to accept, each once.
fn accepting(breaches: &[Breach]) -> String {
    let kpis: std::collections::BTreeSet<&str> =
        breaches.iter().map(|breach| &*breach.kpi).collect();
    let kpis: Vec<&str> = kpis.into_iter().collect();
    kpis.join(" --accept ")
}

fn describe(failed: &[FailedCheck]) -> String {
    let lines: Vec<String> = failed
        .iter()
        .map(|check| {
            format!(
                "{} ({} rows, such as {})",
                check.check, check.rows, check.sample
            )
        })
        .collect();
    lines.join("; ")
}

impl PipelineError {
    /// Would the same run fail again until somebody decides?
    pub fn asks_a_person(&self) -> bool {
        matches!(
            self,
            PipelineError::IdChurn { .. } | PipelineError::LimitsPassed { .. }
        )
    }

    pub(crate) fn arrow(
        what: impl Into<String>,
    ) -> impl FnOnce(arrow::error::ArrowError) -> PipelineError {
        move |source| PipelineError::Arrow {
            what: what.into(),
            source: Box::new(source),
        }
    }

    pub(crate) fn query(
        what: impl Into<String>,
    ) -> impl FnOnce(datafusion::error::DataFusionError) -> PipelineError {
        move |source| lake::LakeError::query(what)(source).into()
    }
}
