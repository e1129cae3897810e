//! What a file holds and what it was made from; written after the file, so that it vouches for it.

use crate::golden::publication::Versions;
use crate::{PipelineError, Result};
use bytes::Bytes;
use lake::Files;
use serde::{Deserialize, Serialize};

/// `extracts/<name>/<publication_id>/manifest.json`, and a copy at `extracts/<name>/manifest.json` that names the newest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub name: String,
    pub publication_id: String,
    /// Number of the publication: 1, 2, …
    pub sequence: i64,
    /// RFC 3339, UTC.
    pub as_of: String,
    /// What it may be used for: `administration`, `marketing` …
    pub purpose: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// Are the rows what changed since the file before? A reader needs them all.
    pub is_changes: bool,
    /// Of all files: rows of data, the header left out.
    pub rows: u64,
    pub bytes: u64,
    /// Of an extract in one file: its path below `extracts/`, and its SHA-256 in hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The files, one for each value of the column that it is parted by.
    pub files: Vec<Part>,
    pub columns: Vec<String>,
    /// Delta version by table.
    pub table_versions: Versions,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Path below `extracts/`.
    pub file: String,
    /// The value that its rows have in the column that the extract is parted by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partition: Option<String>,
    pub rows: u64,
    pub bytes: u64,
    /// Hexadecimal.
    pub sha256: String,
}

/// The newest manifest of an extract.
pub(super) async fn newest(files: &Files, name: &str) -> Result<Option<Manifest>> {
    let path = format!("{name}/manifest.json");
    let Some(bytes) = files.read_if_present(&path).await? else {
        return Ok(None);
    };
    let manifest = serde_json::from_slice(&bytes)
        .map_err(|error| PipelineError::Invalid(format!("extracts/{path}: {error}")))?;
    Ok(Some(manifest))
}

/// The manifests of all publications of one extract; `files` are those below its folder.
pub(super) async fn all(files: &Files) -> Result<Vec<Manifest>> {
    let mut manifests = Vec::new();
    for listed in files.list().await? {
        if !listed.path.ends_with("/manifest.json") {
            continue;
        }
        let bytes = files.read(&listed.path).await?;
        let manifest = serde_json::from_slice(&bytes).map_err(|error| {
            PipelineError::Invalid(format!("extracts/…/{}: {error}", listed.path))
        })?;
        manifests.push(manifest);
    }
    Ok(manifests)
}

pub(super) async fn write(files: &Files, path: &str, manifest: &Manifest) -> Result<()> {
    let json = serde_json::to_vec_pretty(manifest)
        .map_err(|error| PipelineError::Invalid(format!("extracts/{path}: {error}")))?;
    Ok(files.write(path, Bytes::from(json)).await?)
}
