use crate::near::Near;
use crate::{Files, LakeError, Result};
use object_store::{
    DynObjectStore, local::LocalFileSystem, path::Path as StorePath, prefix::PrefixStore,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Limits of one lake's sessions.
#[derive(Clone, Debug)]
pub struct Options {
    /// Bytes that query memory may take; `None`: no ceiling. With a ceiling one thread works (see `session.rs`).
    pub memory_bytes: Option<usize>,
    /// Threads of a query; 0: as many as the machine has.
    pub threads: usize,
    /// How long a lease on object storage lasts without being renewed. It is renewed three times as often.
    pub lease: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            memory_bytes: None,
            threads: 0,
            lease: Duration::from_secs(60),
        }
    }
}

/// A lake: Delta tables below one location.
#[derive(Clone, Debug)]
pub struct Lake {
    /// Root of the store that holds the lake (`file:///` or `s3://bucket/`).
    pub(crate) store_url: Url,
    pub(crate) store: Arc<DynObjectStore>,
    /// Data files of a store that answers over a network.
    pub(crate) near: Option<Arc<Near>>,
    /// The lake itself, ending in a slash.
    pub(crate) url: Url,
    pub(crate) options: Options,
    pub(crate) author: Author,
}

/// Who commits, in the `commitInfo` of every commit (`c360.run_id`, `c360.trace_id`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    pub run_id: String,
    /// Of the event that all began with, where there was one.
    pub trace_id: Option<String>,
}

impl Lake {
    /// Opens a lake at a folder (made if absent) or an `s3://bucket/prefix`.
    pub fn open(location: &str, options: Options) -> Result<Lake> {
        let (store_url, store, url) = open_store(location)?;
        if let Ok(folder) = url.to_file_path() {
            refuse_ambiguous(&folder)?;
        }
        let is_far = store_url.scheme() != "file";
        Ok(Lake {
            store_url,
            near: is_far.then(|| Arc::new(Near::new(store.clone()))),
            store,
            url,
            options,
            author: Author::default(),
        })
    }

    /// The same lake, committed to by somebody.
    pub fn by(&self, author: Author) -> Lake {
        Lake {
            author,
            ..self.clone()
        }
    }

    /// The lake's location as a URL.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Threads that work on this lake may take.
    pub fn threads(&self) -> usize {
        match self.options.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        }
    }

    /// Plain files below the lake, such as `extracts/…`.
    pub fn files(&self, below: &str) -> Files {
        Files::new(Arc::new(PrefixStore::new(
            self.store.clone(),
            self.path(below),
        )))
    }

    /// Where `below` is, from the root of the store.
    pub(crate) fn path(&self, below: &str) -> StorePath {
        let path = self.url.path().trim_matches('/');
        StorePath::from_url_path(format!("{path}/{below}"))
            .unwrap_or_else(|_| StorePath::from(below))
    }

    pub(crate) fn table_url(&self, table: &str) -> Result<Url> {
        self.url
            .join(&format!("{}/", table.replace('.', "/")))
            .map_err(|error| LakeError::Location {
                location: self.url.to_string(),
                reason: error.to_string(),
            })
    }
}

impl Files {
    /// The files of a landing place: a folder or an `s3://bucket/prefix`.
    pub fn open(location: &str) -> Result<Files> {
        if !location.contains("://") && !Path::new(location).is_dir() {
            return Err(LakeError::Location {
                location: location.to_owned(),
                reason: "there is no such folder of files to read".into(),
            });
        }
        let (_, store, url) = open_store(location)?;
        let path = StorePath::from_url_path(url.path()).map_err(|error| LakeError::Location {
            location: location.to_owned(),
            reason: error.to_string(),
        })?;
        Ok(Files::new(Arc::new(PrefixStore::new(store, path))))
    }
}

/// The Delta log reads `%20` and a backslash of a folder's name as a space and a slash: the lake would lie elsewhere.
fn refuse_ambiguous(folder: &Path) -> Result<()> {
    let path = folder.to_string_lossy();
    let is_escape = |at: usize| {
        let digits = path.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    if !path.contains('\\') && !path.match_indices('%').any(|(at, _)| is_escape(at)) {
        return Ok(());
    }
    Err(LakeError::Location {
        location: path.into_owned(),
        reason: "a folder name with % before two hexadecimal digits, or with a backslash, is read differently by Delta \
                 readers; rename the folder"
            .into(),
    })
}

fn open_store(location: &str) -> Result<(Url, Arc<DynObjectStore>, Url)> {
    let refuse = |reason: String| LakeError::Location {
        location: location.to_owned(),
        reason,
    };
    if location.starts_with("s3://") || location.starts_with("s3a://") {
        return open_s3(location);
    }
    if location.contains("://") && !location.starts_with("file://") {
        return Err(refuse(
            "only folders and s3://bucket/prefix are supported".into(),
        ));
    }
    let folder = PathBuf::from(location.trim_start_matches("file://"));
    std::fs::create_dir_all(&folder).map_err(|error| refuse(error.to_string()))?;
    let folder = folder
        .canonicalize()
        .map_err(|error| refuse(error.to_string()))?;
    let url =
        Url::from_directory_path(&folder).map_err(|()| refuse("not an absolute folder".into()))?;
    let root = Url::parse("file:///").map_err(|error| refuse(error.to_string()))?;
    Ok((root, Arc::new(LocalFileSystem::new()), url))
}

#[cfg(feature = "s3")]
use crate::s3::open as open_s3;

#[cfg(not(feature = "s3"))]
fn open_s3(location: &str) -> Result<(Url, Arc<DynObjectStore>, Url)> {
    Err(LakeError::Location {
        location: location.to_owned(),
        reason: "this binary was built without S3; build it with `--features s3`".into(),
    })
}
