//! Extracts → a bucket of their own, which others may read.

use crate::aws::AwsError;
use crate::copy::ObjectName;
use crate::objects::Tags;
use crate::{Error, Place, State, redact};
use pipeline::Run;
use pipeline::extract::{self, Manifest};
use tracing::warn;

const FOLDER: &str = "extracts";

/// Tags of an extract's file: what consent it rests on, and the publication it was made from.
fn tags(manifest: &Manifest) -> Tags {
    let consent = match manifest.channel {
        Some(_) => manifest.purpose.as_str(),
        None if manifest.name.starts_with("suppression") => "suppression",
        None => "operational",
    };
    Tags::from([
        ("c360-consent", consent.to_owned()),
        ("c360-publication", manifest.publication_id.clone()),
    ])
}

impl State {
    /// Tags the files of manifests where the lake has them. A tag that cannot be set is a warning.
    pub async fn tag_extracts(&self, manifests: &[Manifest]) {
        let Some(lake) = &self.lake else { return };
        for manifest in manifests {
            for part in &manifest.files {
                let key = lake.key(&format!("{FOLDER}/{}", part.file));
                if let Err(error) = self.aws.tag(lake.bucket(), &key, &tags(manifest)).await {
                    warn!(
                        extract = manifest.name,
                        error = redact(&error),
                        "not tagged"
                    );
                }
            }
        }
    }

    /// Copies what `C360_EXTRACTS` lacks: the file, its manifest, and last the manifest that names the newest, so that a
    /// reader that starts there never sees half a file. A copy that was cut off goes on where the next run looks again.
    ///
    /// Returns the manifests of the files copied.
    pub async fn publish_extracts(&self, run: &Run) -> Result<Vec<Manifest>, Error> {
        let Some(location) = &self.settings.extracts else {
            return Ok(Vec::new());
        };
        let to = Place::parse(location)
            .ok_or_else(|| AwsError::invalid("C360_EXTRACTS", "is no s3://bucket/prefix"))?;
        let from = self.lake.as_ref().ok_or_else(|| {
            AwsError::invalid(
                "C360_EXTRACTS",
                "extracts are copied from a lake on S3 only",
            )
        })?;
        let mut published = Vec::new();
        for name in extract::names(run)? {
            let pointer = format!("{name}/manifest.json");
            let there = self.aws.read(to.bucket(), &to.key(&pointer)).await?;
            let there: Option<Manifest> = there
                .map(|bytes| serde_json::from_slice(&bytes))
                .transpose()?;
            let after = there.map_or(0, |manifest| manifest.sequence);
            for manifest in extract::published_after(run, &name, after).await? {
                for part in &manifest.files {
                    self.copy(from, &to, &part.file, &manifest, part.bytes)
                        .await?;
                }
                let beside = format!("{name}/{}/manifest.json", manifest.publication_id);
                self.copy(from, &to, &beside, &manifest, 0).await?;
                self.copy_to(from, &beside, &to, &pointer, &manifest, 0)
                    .await?;
                published.push(manifest);
            }
        }
        Ok(published)
    }

    async fn copy(
        &self,
        from: &Place,
        to: &Place,
        path: &str,
        manifest: &Manifest,
        bytes: u64,
    ) -> Result<(), AwsError> {
        self.copy_to(from, path, to, path, manifest, bytes).await
    }

    async fn copy_to(
        &self,
        from: &Place,
        path: &str,
        to: &Place,
        as_path: &str,
        manifest: &Manifest,
        bytes: u64,
    ) -> Result<(), AwsError> {
        let (source, target) = (from.key(&format!("{FOLDER}/{path}")), to.key(as_path));
        let from = ObjectName {
            bucket: from.bucket(),
            key: &source,
        };
        let to = ObjectName {
            bucket: to.bucket(),
            key: &target,
        };
        let part = self.settings.copy_part_bytes;
        self.aws.copy(from, to, &tags(manifest), bytes, part).await
    }
}
