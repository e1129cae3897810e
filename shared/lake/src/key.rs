//! The lake's own secret: made once, the same for everyone who works on the lake.

use crate::{Lake, LakeError, Result};
use bytes::Bytes;
use object_store::{Error as StoreError, ObjectStoreExt, PutMode, PutOptions};

/// Below the lake; table layers are never named so.
const PATH: &str = "_c360/keys/identifiers";
/// Of a key that the lake draws; what stands there for a key of somebody's own is longer.
pub const KEY_BYTES: usize = 32;

impl Lake {
    /// What the lake keeps of the key of its identifiers: `KEY_BYTES` random bytes, drawn by whoever asks first, or what the
    /// first one gave to know a key by that is not kept here. Who may read this object can try out the values that were
    /// hashed with a drawn key; readers of tables need no access to it.
    pub async fn hash_key(&self, known_by: Option<&str>) -> Result<Bytes> {
        if let Some(key) = self.stored_hash_key().await? {
            return Ok(key);
        }
        let mut drawn = [0; KEY_BYTES];
        getrandom::fill(&mut drawn).map_err(std::io::Error::other)?;
        let key = known_by.map_or(&drawn[..], str::as_bytes);
        let path = self.path(PATH);
        let put = self.store.put_opts(
            &path,
            Bytes::copy_from_slice(key).into(),
            PutOptions::from(PutMode::Create),
        );
        match put.await {
            // Another run drew one at the same moment, and that one counts.
            Ok(_) | Err(StoreError::AlreadyExists { .. } | StoreError::Precondition { .. }) => {}
            Err(error) => return Err(failed(error)),
        }
        let key = self.stored_hash_key().await?;
        key.ok_or_else(|| {
            failed(StoreError::NotFound {
                path: PATH.to_owned(),
                source: "it was written a moment ago".into(),
            })
        })
    }

    /// The same, where somebody has asked before; nothing is written.
    pub async fn stored_hash_key(&self) -> Result<Option<Bytes>> {
        match self.store.get(&self.path(PATH)).await {
            Ok(found) => {
                self.keep_to_owner()?;
                Ok(Some(found.bytes().await.map_err(failed)?))
            }
            Err(StoreError::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// In a folder: only its owner reads it.
    fn keep_to_owner(&self) -> Result<()> {
        #[cfg(unix)]
        if let Ok(folder) = self.url.to_file_path() {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(folder.join(PATH), std::fs::Permissions::from_mode(0o600))?;
        }
        Ok(())
    }
}

fn failed(source: StoreError) -> LakeError {
    LakeError::Store {
        path: PATH.to_owned(),
        source: Box::new(source),
    }
}
