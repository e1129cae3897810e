//! Where the columns of a feed come from.

use super::{check, claims};
use crate::mapping::Mapping;
pub use crate::mapping::{ColumnLineage, MappingLineage};
use crate::{PipelineError, Result, Run};
use lake::{Files, Listed};

/// A feed's lineage, over the columns of one of its files.
#[derive(Debug, serde::Serialize)]
pub struct FeedLineage {
    pub feed: String,
    pub mapping_file: String,
    /// The newest file of the feed in the landing place.
    pub file: String,
    #[serde(flatten)]
    pub mapping: MappingLineage,
}

/// Reads a mapping's logical plan over its newest file; writes nothing.
///
/// `Invalid` for a feed that the project has not, or that has no file yet.
pub async fn lineage(run: &Run, feed: &str) -> Result<FeedLineage> {
    let feeds = &run.project.feeds;
    let Some(feed) = feeds.iter().find(|known| known.name == feed) else {
        let names: Vec<&str> = feeds.iter().map(|feed| feed.name.as_str()).collect();
        return Err(PipelineError::Invalid(format!(
            "no feed is called {feed}; c360.toml declares: {}",
            names.join(", ")
        )));
    };
    let landing = Files::open(&run.project.landing)?;
    let listed = landing.list().await?;
    let newest = |file: &&Listed| (file.modified_at, file.path.clone());
    let files = listed.iter().filter(|file| claims(feed, &file.path));
    let Some(file) = files.max_by_key(newest) else {
        return Err(PipelineError::Invalid(format!(
            "no file of feed {} is in the landing place yet ({}); its columns are not known",
            feed.name, feed.files
        )));
    };
    let (layout, _) = check::sample(feed, &landing, file).await?;
    Ok(FeedLineage {
        feed: feed.name.clone(),
        mapping_file: feed.mapping_file.clone(),
        file: file.path.clone(),
        mapping: Mapping::lineage(feed, &layout).await?,
    })
}
