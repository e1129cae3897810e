use crate::login::{self, Login};
use crate::{LakeError, Result};
use deltalake::DeltaResult;
use deltalake::logstore::{
    LogStore, LogStoreFactory, ObjectStoreRef, StorageConfig, default_logstore, logstore_factories,
};
use object_store::DynObjectStore;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey as Key};
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
    let store = configured()
        .with_bucket_name(bucket)
        .build()
        .map_err(|error| refuse(error.to_string()))?;
    let root = parse(&format!("{}://{bucket}/", url.scheme()))?;
    let scheme = parse(&format!("{}://", url.scheme()))?;
    logstore_factories().insert(scheme, Arc::new(ConditionalPut));
    Ok((root, Arc::new(store), url))
}

/// Credentials, region and endpoint from where every AWS tool takes them: the environment, else whoever is logged in.
fn configured() -> AmazonS3Builder {
    let mut builder = AmazonS3Builder::from_env();
    let is_set = |builder: &AmazonS3Builder, keys: &[Key]| {
        let mut values = keys.iter().filter_map(|key| builder.get_config_value(key));
        values.any(|value| !value.is_empty())
    };
    let credentials = [
        Key::AccessKeyId,
        Key::ContainerCredentialsRelativeUri,
        Key::WebIdentityTokenFile,
    ];
    if !is_set(&builder, &credentials) {
        builder = builder.with_credentials(Arc::new(Login::default()));
    }
    if !is_set(&builder, &[Key::Region, Key::DefaultRegion])
        && let Some(region) = login::region()
    {
        builder = builder.with_region(region);
    }
    // Whoever names an endpoint without TLS means it: an emulator on this machine.
    let endpoints = [Key::S3Endpoint, Key::Endpoint];
    let mut endpoints = endpoints
        .iter()
        .filter_map(|key| builder.get_config_value(key));
    if endpoints.any(|endpoint| endpoint.starts_with("http://")) {
        builder = builder.with_allow_http(true);
    }
    builder
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
