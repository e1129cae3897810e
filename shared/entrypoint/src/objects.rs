//! S3 where it is more than a store: what an event's object is now, its tags, copies, links, audit objects.

use crate::aws::{Aws, AwsError};
use crate::{Created, Place};
use aws_sdk_s3::operation::head_object::HeadObjectOutput;
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{Tag, Tagging};
use std::collections::BTreeMap;
use std::time::Duration;

/// Names and values of an object's tags.
pub type Tags = BTreeMap<&'static str, String>;

/// S3 takes no longer for granted.
const LONGEST_LINK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

impl Aws {
    /// The newest version of an event's object; `None` where it was deleted since. A missing bucket is an error.
    pub(crate) async fn head(
        &self,
        object: &Created,
    ) -> Result<Option<HeadObjectOutput>, AwsError> {
        let (bucket, key) = (&object.bucket, &object.key);
        let s3 = self.s3().await;
        let head = s3.head_object().bucket(bucket).key(key).send().await;
        match head.map_err(AwsError::of(format!("HeadObject s3://{bucket}/{key}"))) {
            Ok(head) => Ok(Some(head)),
            // An answer to HEAD has no body, and cannot say whether it is the object or the bucket that is missing; one to
            // a listing can, and asks for no more than to list what may be read.
            Err(error) if error.is_missing() => {
                let list = s3.list_objects_v2().bucket(bucket).prefix(key).max_keys(1);
                let what = format!("ListObjectsV2 s3://{bucket}/{key}");
                list.send().await.map_err(AwsError::of(what))?;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Sets tags beside those that the object has; nothing is written where they are there already.
    pub(crate) async fn tag(&self, bucket: &str, key: &str, tags: &Tags) -> Result<(), AwsError> {
        let s3 = self.s3().await;
        let what = |call: &str| AwsError::of(format!("{call} s3://{bucket}/{key}"));
        let old = s3.get_object_tagging().bucket(bucket).key(key).send().await;
        let old = old.map_err(AwsError::of(format!(
            "GetObjectTagging s3://{bucket}/{key}"
        )))?;
        let has = |name: &str, value: &str| {
            let mut old = old.tag_set().iter();
            old.any(|tag| tag.key() == name && tag.value() == value)
        };
        if tags.iter().all(|(name, value)| has(name, value)) {
            return Ok(());
        }
        let others = old.tag_set().iter().cloned();
        let mut set: Vec<Tag> = others.filter(|tag| !tags.contains_key(tag.key())).collect();
        for (name, value) in tags {
            set.push(tag(name, value)?);
        }
        let tagging = Tagging::builder().set_tag_set(Some(set)).build();
        let tagging = tagging.map_err(|error| AwsError::invalid("tags", error.to_string()))?;
        let put = s3.put_object_tagging().bucket(bucket).key(key);
        put.tagging(tagging)
            .send()
            .await
            .map_err(what("PutObjectTagging"))?;
        Ok(())
    }

    /// An object's tag, if it has it.
    pub(crate) async fn tag_of(
        &self,
        object: &Created,
        name: &str,
    ) -> Result<Option<String>, AwsError> {
        let (bucket, key) = (&object.bucket, &object.key);
        let get = self.s3().await.get_object_tagging().bucket(bucket).key(key);
        let got = get.send().await;
        let got = got.map_err(AwsError::of(format!(
            "GetObjectTagging s3://{bucket}/{key}"
        )))?;
        let mut tags = got.tag_set().iter();
        Ok(tags
            .find(|tag| tag.key() == name)
            .map(|tag| tag.value().to_owned()))
    }

    /// A whole object; `None` where there is none.
    pub(crate) async fn read(&self, bucket: &str, key: &str) -> Result<Option<Vec<u8>>, AwsError> {
        let what = format!("GetObject s3://{bucket}/{key}");
        let got = self.s3().await.get_object().bucket(bucket).key(key).send();
        let got = match got.await.map_err(AwsError::of(&what)) {
            Ok(got) => got,
            Err(error) if error.is_missing() => return Ok(None),
            Err(error) => return Err(error),
        };
        match got.body.collect().await {
            Ok(body) => Ok(Some(body.to_vec())),
            Err(error) => Err(AwsError::invalid(what, error.to_string())),
        }
    }

    /// Writes an object that is never overwritten; false where it was there already.
    pub(crate) async fn write_once(
        &self,
        bucket: &str,
        key: &str,
        content: Vec<u8>,
    ) -> Result<bool, AwsError> {
        let put = self.s3().await.put_object().bucket(bucket).key(key);
        let put = put
            .if_none_match("*")
            .content_type("application/json")
            .body(ByteStream::from(content));
        match put
            .send()
            .await
            .map_err(AwsError::of(format!("PutObject s3://{bucket}/{key}")))
        {
            Ok(_) => Ok(true),
            Err(error) if ["PreconditionFailed", "412"].contains(&error.code.as_str()) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// A link that lets whoever has it read one object of `place` until it expires.
    pub async fn link(
        &self,
        place: &Place,
        path: &str,
        lasting: Duration,
    ) -> Result<String, AwsError> {
        let (bucket, key) = (place.bucket(), place.key(path));
        let what = format!("a link to s3://{bucket}/{key}");
        if lasting > LONGEST_LINK {
            return Err(AwsError::invalid(what, "a link lasts seven days at most"));
        }
        let lasting = PresigningConfig::expires_in(lasting)
            .map_err(|error| AwsError::invalid(&what, error.to_string()))?;
        let get = self.s3().await.get_object().bucket(bucket).key(key);
        let signed = get.presigned(lasting).await.map_err(AwsError::of(what))?;
        Ok(signed.uri().to_owned())
    }
}

pub(crate) fn tag(name: &str, value: &str) -> Result<Tag, AwsError> {
    let tag = Tag::builder().key(name).value(value).build();
    tag.map_err(|error| AwsError::invalid("tags", error.to_string()))
}
