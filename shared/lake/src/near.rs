//! Small data files of an object store, fetched once and several at a time.

use async_trait::async_trait;
use datafusion::datasource::listing::ListingTableUrl;
use futures::stream::{self, BoxStream};
use futures::{StreamExt, TryStreamExt};
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{
    Attributes, CopyOptions, DynObjectStore, GetOptions, GetResult, GetResultPayload, ListResult,
    MultipartUpload, ObjectMeta, ObjectStore, ObjectStoreExt, PutMultipartOptions, PutOptions,
    PutPayload, PutResult, Result,
};
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A data file as the Delta log names it.
#[derive(Clone, Debug)]
pub(crate) struct DataFile {
    pub url: String,
    pub bytes: u64,
}

/// Files up to this size are kept, bytes.
const SMALL: u64 = 1 << 20;
/// All that is kept, bytes.
const ROOM: u64 = 128 << 20;
/// Requests at once.
const AT_ONCE: usize = 16;

/// A store of objects in which data files cost few requests: how long a file is, the Delta log has said (a scan would ask for
/// it file by file); a small one is fetched whole, and once, however many scans read it (a scan asks three times). Data files
/// never change, so what was fetched stays true.
#[derive(Debug)]
pub(crate) struct Near {
    far: Arc<DynObjectStore>,
    kept: InMemory,
    kept_bytes: AtomicU64,
    told: Mutex<HashMap<Path, ObjectMeta>>,
}

impl Near {
    pub fn new(far: Arc<DynObjectStore>) -> Near {
        Near {
            far,
            kept: InMemory::new(),
            kept_bytes: AtomicU64::new(0),
            told: Mutex::default(),
        }
    }

    /// Notes the sizes of `files`, and fetches those that are small and new.
    pub async fn bring(&self, files: &[DataFile]) -> datafusion::error::Result<()> {
        let mut wanted = Vec::new();
        for file in files {
            let path = ListingTableUrl::parse(&file.url)?.prefix().clone();
            let meta = ObjectMeta {
                location: path.clone(),
                last_modified: chrono::DateTime::UNIX_EPOCH,
                size: file.bytes,
                e_tag: None,
                version: None,
            };
            let known = self.told().insert(path.clone(), meta);
            if known.is_none() && file.bytes <= SMALL {
                wanted.push((path, file.bytes));
            }
        }
        let fetched = wanted
            .into_iter()
            .map(|(path, bytes)| self.keep(path, bytes));
        let mut fetched = stream::iter(fetched).buffer_unordered(AT_ONCE);
        while fetched.try_next().await?.is_some() {}
        Ok(())
    }

    async fn keep(&self, path: Path, bytes: u64) -> Result<()> {
        if self.kept_bytes.fetch_add(bytes, Ordering::Relaxed) + bytes > ROOM {
            return Ok(());
        }
        let content = self.far.get(&path).await?.bytes().await?;
        self.kept.put(&path, content.into()).await?;
        Ok(())
    }

    fn told(&self) -> std::sync::MutexGuard<'_, HashMap<Path, ObjectMeta>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for Near {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.far)
    }
}

#[async_trait]
impl ObjectStore for Near {
    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        match self.kept.get_opts(location, options.clone()).await {
            Err(object_store::Error::NotFound { .. }) => {}
            kept => return kept,
        }
        let told = self.told().get(location).cloned();
        match told {
            Some(meta) if options.head => Ok(GetResult {
                payload: GetResultPayload::Stream(stream::empty().boxed()),
                range: 0..meta.size,
                meta,
                attributes: Attributes::new(),
            }),
            _ => self.far.get_opts(location, options).await,
        }
    }

    async fn put_opts(
        &self,
        location: &Path,
        payload: PutPayload,
        options: PutOptions,
    ) -> Result<PutResult> {
        self.far.put_opts(location, payload, options).await
    }

    async fn put_multipart_opts(
        &self,
        location: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.far.put_multipart_opts(location, options).await
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        self.far.delete_stream(locations)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.far.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.far.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.far.copy_opts(from, to, options).await
    }
}
