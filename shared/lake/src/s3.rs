use crate::{LakeError, Result};
use deltalake::DeltaResult;
use deltalake::logstore::{
    LogStore, LogStoreFactory, ObjectStoreRef, StorageConfig, default_logstore, logstore_factories,
};
use object_store::{DynObjectStore, aws::AmazonS3Builder};
use std::sync::Arc;
use url::Url;

/// Opens `s3://bucket/prefix`: root of the store, store, and the place itself, ending in a slash.
pub(crate) fn open(location: &str) -> Result<(Url, Arc<DynObjectStore>, Url)> {
    let refuse = |reason: String| LakeError::Location {
        location: location.to_owned(),
        reason,
    };
    let parse = |text: &str| Url::parse(text).map_err(|error| refuse(error.to_string()));
    let url = parse(&format!("{}/", location.trim_end_matches('/')))?;
    let bucket = url
        .host_str()
        .ok_or_else(|| refuse("the bucket's name is missing".into()))?;
    // Credentials, region and endpoint come from the environment, as every AWS tool reads them.
    let store = AmazonS3Builder::from_env()
        .with_bucket_name(bucket)
        .build()
        .map_err(|error| refuse(error.to_string()))?;
    let root = parse(&format!("{}://{bucket}/", url.scheme()))?;
    let scheme = parse(&format!("{}://", url.scheme()))?;
    logstore_factories().insert(scheme, Arc::new(ConditionalPut));
    Ok((root, Arc::new(store), url))
}

/// The log of a table on S3. delta-rs knows logs of folders only, unless its AWS SDK is linked in; since S3 has
/// `If-None-Match`, the same log store commits there too: by a put that fails where the version exists already.
struct ConditionalPut;

impl LogStoreFactory for ConditionalPut {
    fn with_options(
        &self,
        table: ObjectStoreRef,
        root: ObjectStoreRef,
        location: &Url,
        options: &StorageConfig,
    ) -> DeltaResult<Arc<dyn LogStore>> {
        Ok(default_logstore(table, root, location, options))
    }
}
