//! Small data files of an object store, fetched once and several at a time.

use crate::table::url_of;
use async_trait::async_trait;
use datafusion::datasource::listing::ListingTableUrl;
use deltalake::DeltaTable;
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
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A data file as the Delta log names it.
#[derive(Clone, Debug)]
pub(crate) struct DataFile {
    pub url: String,
    pub bytes: u64,
}

impl DataFile {
    /// Of a table, by its path and size in the log.
    pub fn of(table: &DeltaTable, path: &str, size: i64) -> DataFile {
        DataFile {
            url: url_of(table, path),
            bytes: u64::try_from(size).unwrap_or_default(),
        }
    }
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
    shelf: Mutex<Shelf>,
}

/// What is at hand. A function that stays warm for days sees many versions: a full shelf is emptied and filled anew.
#[derive(Debug, Default)]
struct Shelf {
    told: HashMap<Path, ObjectMeta>,
    kept: Arc<InMemory>,
    kept_bytes: u64,
}

impl Near {
    pub fn new(far: Arc<DynObjectStore>) -> Near {
        Near {
            far,
            shelf: Mutex::default(),
        }
    }

    /// Notes the sizes of `files`, and fetches those that are small and new.
    pub async fn bring(&self, files: &[DataFile]) -> datafusion::error::Result<()> {
        let mut metas = Vec::with_capacity(files.len());
        for file in files {
            metas.push(ObjectMeta {
                location: ListingTableUrl::parse(&file.url)?.prefix().clone(),
                last_modified: chrono::DateTime::UNIX_EPOCH,
                size: file.bytes,
                e_tag: None,
                version: None,
            });
        }
        let (wanted, kept) = self.shelf().note(metas);
        let fetched = wanted.into_iter().map(|path| {
            let kept = kept.clone();
            async move {
                let content = self.far.get(&path).await?.bytes().await?;
                kept.put(&path, content.into()).await
            }
        });
        let mut fetched = stream::iter(fetched).buffer_unordered(AT_ONCE);
        while fetched.try_next().await?.is_some() {}
        Ok(())
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    /// Which of these files to fetch, and where to put them.
    fn note(&mut self, files: Vec<ObjectMeta>) -> (Vec<Path>, Arc<InMemory>) {
        let is_new = |shelf: &Shelf, file: &ObjectMeta| {
            file.size <= SMALL && !shelf.told.contains_key(&file.location)
        };
        let new = files.iter().filter(|file| is_new(self, file));
        if self.kept_bytes + new.map(|file| file.size).sum::<u64>() > ROOM {
            *self = Shelf::default();
        }
        let mut wanted = Vec::new();
        for file in files {
            if is_new(self, &file) && self.kept_bytes + file.size <= ROOM {
                self.kept_bytes += file.size;
                wanted.push(file.location.clone());
            }
            self.told.insert(file.location.clone(), file);
        }
        (wanted, self.kept.clone())
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
        let (told, kept) = {
            let shelf = self.shelf();
            (shelf.told.get(location).cloned(), shelf.kept.clone())
        };
        match kept.get_opts(location, options.clone()).await {
            Err(object_store::Error::NotFound { .. }) => {}
            kept => return kept,
        }
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
