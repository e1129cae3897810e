use crate::{LakeError, Result};
use bytes::Bytes;
use futures::TryStreamExt;
use object_store::{DynObjectStore, GetResultPayload, ObjectStore, ObjectStoreExt, path::Path};
use std::fs::File;
use std::io::Write;
use std::sync::Arc;

/// Plain files below one place.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<DynObjectStore>,
}

/// One listed file: its path below the place, its size and when it was last written (µs, UTC).
#[derive(Clone, Debug)]
pub struct Listed {
    pub path: String,
    pub bytes: u64,
    pub modified_at: i64,
}

impl Files {
    pub(crate) fn new(store: Arc<DynObjectStore>) -> Files {
        Files { store }
    }

    /// Every file, sorted by path.
    pub async fn list(&self) -> Result<Vec<Listed>> {
        let mut files: Vec<Listed> = self
            .store
            .list(None)
            .map_ok(|meta| Listed {
                path: meta.location.to_string(),
                bytes: meta.size,
                modified_at: meta.last_modified.timestamp_micros(),
            })
            .try_collect()
            .await
            .map_err(store_error("(listing)"))?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    /// One file's size and time, without its content.
    pub async fn head(&self, path: &str) -> Result<Option<Listed>> {
        match self.store.head(&parse(path)?).await {
            Ok(meta) => Ok(Some(Listed {
                path: path.to_owned(),
                bytes: meta.size,
                modified_at: meta.last_modified.timestamp_micros(),
            })),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(store_error(path)(error)),
        }
    }

    pub async fn read(&self, path: &str) -> Result<Bytes> {
        let got = self
            .store
            .get(&parse(path)?)
            .await
            .map_err(store_error(path))?;
        got.bytes().await.map_err(store_error(path))
    }

    /// Opens one file for reading: where it lies on this machine, or as a copy in the folder for temporary files, which
    /// goes when the file is closed.
    ///
    /// `NoRoom` where the copy does not fit.
    pub async fn open_file(&self, path: &str) -> Result<File> {
        let got = self
            .store
            .get(&parse(path)?)
            .await
            .map_err(store_error(path))?;
        let bytes = got.meta.size;
        let mut parts = match got.payload {
            GetResultPayload::File(file, _) => return Ok(file),
            GetResultPayload::Stream(parts) => parts,
        };
        let full = |source: std::io::Error| LakeError::NoRoom {
            path: path.to_owned(),
            bytes,
            folder: std::env::temp_dir().display().to_string(),
            source,
        };
        let mut copy = tempfile::tempfile().map_err(full)?;
        while let Some(part) = parts.try_next().await.map_err(store_error(path))? {
            copy.write_all(&part).map_err(full)?;
        }
        Ok(copy)
    }

    /// Like [`Files::read`], with `None` for a file that is not there.
    pub async fn read_if_present(&self, path: &str) -> Result<Option<Bytes>> {
        match self.read(path).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(LakeError::Store { source, .. })
                if matches!(*source, object_store::Error::NotFound { .. }) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Writes a whole file; readers see the old one or the new one, never a part.
    pub async fn write(&self, path: &str, content: Bytes) -> Result<()> {
        self.store
            .put(&parse(path)?, content.into())
            .await
            .map_err(store_error(path))?;
        Ok(())
    }

    /// Removes a file; one that is not there is gone already.
    pub async fn delete(&self, path: &str) -> Result<()> {
        match self.store.delete(&parse(path)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(store_error(path)(error)),
        }
    }
}

fn parse(path: &str) -> Result<Path> {
    Path::parse(path).map_err(|error| LakeError::Location {
        location: path.to_owned(),
        reason: error.to_string(),
    })
}

fn store_error(path: &str) -> impl FnOnce(object_store::Error) -> LakeError + '_ {
    move |source| LakeError::Store {
        path: path.to_owned(),
        source: Box::new(source),
    }
}
