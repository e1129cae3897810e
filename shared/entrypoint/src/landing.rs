//! The objects of the landing place: are they there, and what their tags tell.

use crate::aws::AwsError;
use crate::objects::Tags;
use crate::{Created, State, redact};
use pipeline::standardize::claims;
use std::collections::BTreeSet;
use tracing::warn;

/// The tag that names the message by which the dead letters know of a refused file.
const MESSAGE: &str = "c360-message";

/// What an object is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newest {
    pub version_id: Option<String>,
    pub etag: Option<String>,
}

impl State {
    /// The newest version of an event's object; `None` where it was deleted since. A missing bucket is an error.
    pub async fn newest(&self, object: &Created) -> Result<Option<Newest>, AwsError> {
        let head = self.aws.head(object).await?;
        Ok(head.map(|head| Newest {
            version_id: head.version_id,
            etag: head.e_tag,
        }))
    }

    /// Is there a queue for what can never succeed?
    pub fn has_dead_letters(&self) -> bool {
        self.settings.dead_letter_queue.is_some()
    }

    /// Do the dead letters know of this refused file by this message?
    pub async fn is_buried(&self, object: &Created, message_id: &str) -> bool {
        let tag = self.aws.tag_of(object, MESSAGE).await;
        tag.is_ok_and(|tag| tag.as_deref() == Some(message_id))
    }

    /// Tags a dropped file with its source systems, its feeds and what became of it; `refused_by` is the message by which the
    /// dead letters know that it was refused. A tag that cannot be set is a warning.
    pub async fn tag_drop(&self, object: &Created, path: &str, refused_by: Option<&str>) {
        let feeds = self.feeds().iter().filter(|feed| claims(feed, path));
        let feeds: Vec<_> = feeds.collect();
        if feeds.is_empty() {
            return;
        }
        let sources: BTreeSet<&str> = feeds.iter().map(|feed| &*feed.source).collect();
        let sources: Vec<&str> = sources.into_iter().collect();
        let names: Vec<&str> = feeds.iter().map(|feed| &*feed.name).collect();
        let state = refused_by.map_or("ingested", |_| "refused");
        let mut tags = Tags::from([
            ("c360-source", plain(&sources.join(" "))),
            ("c360-feed", plain(&names.join(" "))),
            ("c360-state", state.to_owned()),
        ]);
        if let Some(message) = refused_by.filter(|message| !message.is_empty()) {
            tags.insert(MESSAGE, plain(message));
        }
        if let Err(error) = self.aws.tag(&object.bucket, &object.key, &tags).await {
            warn!(
                key = redact(&object.key),
                error = redact(&error),
                "not tagged"
            );
        }
    }
}

/// What S3 takes in a tag's value.
fn plain(text: &str) -> String {
    let letters = text.chars().map(|letter| {
        let is_plain = letter.is_alphanumeric() || " +-=._:/@".contains(letter);
        if is_plain { letter } else { '_' }
    });
    letters.take(256).collect()
}
