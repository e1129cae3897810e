//! Would every mapping run? Plans on samples, writes nothing.

use super::{blocking, claims, columns};
use crate::ingest::{self, Content, Layout, Reader, Rows};
use crate::mapping::{Mapping, at_line, line_of};
use crate::project::Feed;
use crate::{PipelineError, Result, Run};
use lake::{Files, LakeError, Listed};

/// One mapping planned against a sample of its file, for `c360 check`.
#[derive(Debug)]
pub struct CheckedFeed {
    pub feed: String,
    /// The file it was planned on; `None` when none is there yet.
    pub file: Option<String>,
    pub problem: Option<PipelineError>,
    /// What is allowed and may not be meant.
    pub notes: Vec<String>,
}

/// Bytes of a file that a check plans on.
const SAMPLE_BYTES: u64 = 1 << 20;
/// Files of a feed that are looked at for a key that the first one lacks.
const SAMPLE_FILES: usize = 20;

/// Plans every mapping against a sample of its file; writes nothing.
pub async fn check(run: &Run) -> Result<Vec<CheckedFeed>> {
    let landing = Files::open(&run.project.landing)?;
    let listed = landing.list().await?;
    let mut checked = Vec::new();
    for feed in &run.project.feeds {
        let mut files = listed.iter().filter(|file| claims(feed, &file.path));
        let mut done = CheckedFeed {
            feed: feed.name.clone(),
            file: None,
            problem: None,
            notes: Vec::new(),
        };
        if let Some(file) = files.next() {
            done.file = Some(file.path.clone());
            let others: Vec<&Listed> = files.take(SAMPLE_FILES).collect();
            match check_one(feed, &landing, file, &others).await {
                Ok(notes) => done.notes = notes,
                Err(problem) => done.problem = Some(problem),
            }
        }
        checked.push(done);
    }
    Ok(checked)
}

async fn check_one(
    feed: &Feed,
    landing: &Files,
    file: &Listed,
    others: &[&Listed],
) -> Result<Vec<String>> {
    let (layout, sampled) = sample(feed, landing, file).await?;
    let mapping = Mapping::plan(feed, &layout).await?;
    // One batch is run as well: what fails on every row is a mistake in the mapping, not in the data.
    if let Some((rows, batch)) = sampled.batches.first() {
        let mapped = mapping.map(rows, batch).await?;
        if mapped.failed.len() == batch.num_rows()
            && let Some((_, reason)) = mapped.failed.first()
        {
            let message = format!("it fails on every row of {}: {reason}", file.path);
            return Err(at_line(feed, 1, message));
        }
    }
    let mut absent = mapping.absent.clone();
    for other in others {
        if absent.is_empty() {
            break;
        }
        // What is wrong with the other file is for the run to say.
        if let Ok((layout, _)) = sample(feed, landing, other).await
            && let Ok(other) = Mapping::plan(feed, &layout).await
        {
            absent.retain(|name| other.absent.contains(name));
        }
    }
    if let Some(first) = absent.first() {
        let name = first.split('[').next().unwrap_or(first);
        let line = line_of(&feed.mapping, name).unwrap_or(1);
        let keys: Vec<&str> = layout
            .schema
            .fields()
            .iter()
            .map(|field| field.name().as_str())
            .collect();
        let message = format!(
            "no row of {} has {}, which would be null; the rows have: {}",
            file.path,
            absent.join(", "),
            keys.join(", ")
        );
        return Err(at_line(feed, line, message));
    }
    Ok(columns::misspelt(feed.entity, &mapping))
}

/// The start of a file: its layout, and the first rows that can be read.
pub(super) async fn sample(feed: &Feed, landing: &Files, file: &Listed) -> Result<(Layout, Rows)> {
    let content = Content::new(landing.open_file(&file.path).await?).map_err(LakeError::Scratch)?;
    let content = content.start(SAMPLE_BYTES);
    let (feed, path) = (feed.clone(), file.path.clone());
    blocking(move || {
        let Reader { layout, chunks } = ingest::open(&feed, &path, &content)?;
        for chunk in chunks {
            let rows = chunk.and_then(|chunk| chunk());
            match rows.map_err(PipelineError::Invalid)? {
                rows if rows.batches.is_empty() => {}
                rows => return Ok((layout, rows)),
            }
        }
        Ok((layout, Rows::default()))
    })
    .await
}
