use std::path::{Path, PathBuf};
use thiserror::Error;

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, Error)]
pub enum Error {
    #[error(transparent)]
    Pipeline(#[from] pipeline::PipelineError),
    #[error(transparent)]
    Lake(#[from] lake::LakeError),
    #[error(transparent)]
    Generate(#[from] testkit::Error),
    #[cfg(feature = "s3")]
    #[error(transparent)]
    Aws(#[from] entrypoint::AwsError),
    #[error("{path}: {source}")]
    File {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{path}:{line}: {message}")]
    Line {
        path: PathBuf,
        line: u64,
        message: String,
    },
    #[error("writing {what}: {message}")]
    Write { what: String, message: String },
    #[error("{0}")]
    Refused(String),
    /// What was wrong has been said already; only the exit code is left to give.
    #[error("")]
    Reported,
}

impl Error {
    pub fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Error + '_ {
        move |source| Error::File {
            path: path.to_owned(),
            source,
        }
    }

    pub fn write<E: std::fmt::Display>(what: &str) -> impl FnOnce(E) -> Error + '_ {
        move |error| Error::Write {
            what: what.to_owned(),
            message: error.to_string(),
        }
    }

    /// Standard output was closed by its reader (`c360 query … | head`), which is no error of ours.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Error::File { source, .. } if source.kind() == std::io::ErrorKind::BrokenPipe)
    }
}
