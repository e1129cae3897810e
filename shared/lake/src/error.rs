use thiserror::Error;

pub type Result<T, E = LakeError> = std::result::Result<T, E>;

/// What went wrong, in which table or file.
#[derive(Debug, Error)]
pub enum LakeError {
    #[error("the lake location {location:?} cannot be used: {reason}")]
    Location { location: String, reason: String },
    #[error("table {table}: its folder {folder} cannot be written to: {source}")]
    ReadOnly {
        table: String,
        folder: String,
        #[source]
        source: std::io::Error,
    },
    #[error("table {table}: {source}")]
    Delta {
        table: String,
        #[source]
        source: Box<deltalake::DeltaTableError>,
    },
    #[error(
        "table {table}: another run committed version {version} at the same time; this run stops here, run it again and it completes what is open"
    )]
    Conflict { table: String, version: i64 },
    #[error("run {holder} is working on {name}; run this again when it has ended")]
    Leased { name: String, holder: String },
    #[error(
        "another run took over {name} while this one was away; this run stops here, run it again and it completes what is open"
    )]
    LeaseLost { name: String },
    #[error("table {table} does not exist in this lake yet; `c360 run` creates it")]
    NoSuchTable { table: String },
    #[error(
        "table {table} has other columns than this version of c360 expects (missing: {missing}); it was written by another version; give [lake] another location, copy the folder requests/ there where there is one (what `c360 consent set` recorded), and run again: every file is read anew"
    )]
    Schema { table: String, missing: String },
    #[error(
        "a query only reads: write a SELECT (or WITH … SELECT, SHOW TABLES, DESCRIBE gold.dim_customer, EXPLAIN SELECT …)"
    )]
    OnlyReads,
    #[error("{what}: {source}")]
    Query {
        what: String,
        #[source]
        source: Box<datafusion::error::DataFusionError>,
    },
    #[error("file {path}: {source}")]
    Store {
        path: String,
        #[source]
        source: Box<object_store::Error>,
    },
    #[error(
        "file {path} ({bytes} bytes) cannot be copied to {folder}: {source}; give temporary files more room (on AWS the function's EphemeralStorage, elsewhere TMPDIR)"
    )]
    NoRoom {
        path: String,
        bytes: u64,
        folder: String,
        #[source]
        source: std::io::Error,
    },
    #[error("scratch space: {0}")]
    Scratch(#[from] std::io::Error),
    #[error("parquet file {path}: {source}")]
    Parquet {
        path: String,
        #[source]
        source: Box<parquet::errors::ParquetError>,
    },
}

impl LakeError {
    /// Is it a file of this machine that cannot be opened or read? Trying again would not help, as it may with a bucket.
    pub fn is_unreadable_file(&self) -> bool {
        matches!(self, LakeError::Store { source, .. }
            if matches!(**source, object_store::Error::Generic { store: "LocalFileSystem", .. }))
    }

    pub(crate) fn delta(table: &str) -> impl FnOnce(deltalake::DeltaTableError) -> LakeError + '_ {
        move |source| LakeError::Delta {
            table: table.to_owned(),
            source: Box::new(source),
        }
    }

    /// Wraps a DataFusion error with what was being done.
    pub fn query(
        what: impl Into<String>,
    ) -> impl FnOnce(datafusion::error::DataFusionError) -> LakeError {
        move |source| LakeError::Query {
            what: what.into(),
            source: Box::new(source),
        }
    }
}
