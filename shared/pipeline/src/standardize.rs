//! Stage 1: file drops → standardized records.
//!
//! A file's identity is (feed, content, mapping). Its rows are appended to the silver tables, each with the app
//! transaction `file_key`, then to the quarantine, and only then does `bronze.ingested_files` name the file: downstream
//! reads rows of named files only, so that a kill at any moment leaves either the whole file or nothing of it.

mod batch;
mod check;
pub mod columns;
mod dates;
mod deliveries;
mod drift;
mod file;
mod guard;
mod history;
mod lineage;
mod mapped_rows;
mod one;
mod parse;
mod positions;
mod profile;
mod report;
mod requests;
mod rows;
mod seal;
mod writer;

use crate::ingest::Content;
use crate::project::{Extract, Feed};
use crate::{PipelineError, Result, Run};
pub use check::{CheckedFeed, check};
use deliveries::{Deliveries, Delivery};
use file::{FeedWriter, QUARANTINE};
use history::Histories;
use lake::{Commit, Files, LakeError, Listed};
pub use lineage::{ColumnLineage, FeedLineage, MappingLineage, lineage};
pub(crate) use one::{One, feed_of, one};
pub use report::{Absent, Drifted, FeedReport, Refused, Repeated, Report};
pub(crate) use requests::FEED as REQUESTS;
pub use requests::{Request, request};
pub(crate) use rows::Rows;
use sha2::{Digest, Sha256};

/// What to look at.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// Paths below the landing place; `None`: everything there.
    pub files: Option<Vec<String>>,
}

/// Deliveries of one file at once that are sorted out here; beyond it the error says to run again.
const ATTEMPTS: u32 = 8;

/// Takes in every new file.
pub async fn run(run: &Run, input: Input) -> Result<Report> {
    let landing = Files::open(&run.project.landing)?;
    let listed = match &input.files {
        None => landing.list().await?,
        Some(paths) => {
            let mut found = Vec::new();
            for path in paths {
                found.extend(landing.head(path).await?);
            }
            found
        }
    };
    let mut report = Report::default();
    let mut deliveries = Deliveries::load(run).await?;
    // Read when the first new file needs it.
    let mut histories: Option<Histories> = None;
    for feed in &run.project.feeds {
        let files: Vec<&Listed> = listed
            .iter()
            .filter(|file| claims(feed, &file.path))
            .collect();
        let mut attempts = 1;
        let counted = loop {
            let mut found = Report::default();
            match take_in(
                run,
                feed,
                &landing,
                &files,
                &mut deliveries,
                &mut histories,
                &mut found,
            )
            .await
            {
                // Another process takes in one of these files at this moment, and what it has done is known now; or somebody
                // writes to one, and it is another file now.
                Err(
                    PipelineError::Lake(LakeError::Conflict { .. })
                    | PipelineError::FileChanged { .. },
                ) if attempts < ATTEMPTS => {
                    attempts += 1;
                    deliveries = Deliveries::load(run).await?;
                }
                counted => {
                    report.refused.append(&mut found.refused);
                    report.absent.append(&mut found.absent);
                    report.repeated.append(&mut found.repeated);
                    report.drifted.append(&mut found.drifted);
                    break counted?;
                }
            }
        };
        report.feeds.push(counted);
    }
    // Who asks for single files is told of them by events, and of requests by nobody.
    if input.files.is_none() {
        let counted = requests::run(run, &mut deliveries, &mut report).await?;
        // A feed that nobody declared is named where it brought something.
        if counted.files > 0 {
            report.feeds.push(counted);
        }
    }
    report.unclaimed = listed
        .iter()
        .filter(|file| {
            !run.project
                .feeds
                .iter()
                .any(|feed| claims(feed, &file.path))
        })
        .map(|file| file.path.clone())
        .collect();
    Ok(report)
}

/// Does a feed's glob match a path below the landing place, or its file name?
pub fn claims(feed: &Feed, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    glob_match::glob_match(&feed.files, path) || glob_match::glob_match(&feed.files, name)
}

async fn take_in(
    run: &Run,
    feed: &Feed,
    landing: &Files,
    files: &[&Listed],
    deliveries: &mut Deliveries,
    histories: &mut Option<Histories>,
    told: &mut Report,
) -> Result<FeedReport> {
    let mut report = FeedReport {
        feed: feed.name.clone(),
        ..FeedReport::default()
    };
    let mapping_hash = mapping_hash(run, feed);
    let mut writer: Option<FeedWriter> = None;
    let mut new: Vec<Delivery> = Vec::new();
    for listed in files {
        let opened = match landing.open_file(&listed.path).await {
            Ok(file) => hashed(file).await,
            Err(error) => Err(error),
        };
        let (content, content_hash) = match opened {
            Ok(opened) => opened,
            Err(error) if error.is_unreadable_file() => {
                told.refused.push(Refused {
                    feed: feed.name.clone(),
                    file: listed.path.clone(),
                    reason: format!(
                        "file {} of feed {} is refused: {error}",
                        listed.path, feed.name
                    ),
                });
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let extracted_at = extracted_at(feed, listed);
        let mut delivery = Delivery {
            file: listed.path.clone(),
            file_key: file_key(feed, &content_hash, &mapping_hash),
            content_hash,
            mapping_hash: mapping_hash.clone(),
            extracted_at,
            ..Delivery::default()
        };
        if let Some(first) = deliveries.other_name(feed, &delivery) {
            told.repeated.push(Repeated {
                feed: feed.name.clone(),
                file: listed.path.clone(),
                first: first.to_owned(),
            });
        }
        delivery.is_again = deliveries.has(feed, &delivery);
        if deliveries.is_known(feed, &delivery) {
            report.files_known += 1;
            continue;
        }
        if let Some(counts) = deliveries.rows_of(&delivery.file_key) {
            // Its rows are there: only the delivery is new (a full extract repeated, a mapping taken back).
            delivery.counts = counts;
            report.files_known += 1;
        } else {
            let writer = match &mut writer {
                Some(writer) => writer,
                None => {
                    let histories = match histories {
                        Some(histories) => histories,
                        None => histories.insert(Histories::load(run).await?),
                    };
                    writer.insert(FeedWriter::open(run, feed, histories.of(feed)).await?)
                }
            };
            match writer.file(&delivery, &content).await {
                Ok(done) => {
                    delivery.counts = done.counts;
                    if !done.absent.is_empty() {
                        told.absent.push(Absent {
                            feed: feed.name.clone(),
                            file: listed.path.clone(),
                            columns: done.absent,
                        });
                    }
                    if !done.changes.is_empty() {
                        told.drifted.push(Drifted {
                            feed: feed.name.clone(),
                            file: listed.path.clone(),
                            changes: done.changes,
                        });
                    }
                }
                Err(
                    error @ (PipelineError::FileRefused { .. } | PipelineError::Mapping { .. }),
                ) => {
                    let reason = match &error {
                        PipelineError::Mapping { .. } => format!(
                            "file {} of feed {} does not fit its mapping: {error}",
                            listed.path, feed.name
                        ),
                        _ => error.to_string(),
                    };
                    told.refused.push(Refused {
                        feed: feed.name.clone(),
                        file: listed.path.clone(),
                        reason,
                    });
                    continue;
                }
                Err(error) => return Err(error),
            }
            delivery.is_fresh = true;
        }
        deliveries.add(feed, &mut delivery);
        new.push(delivery);
    }
    if let Some(writer) = writer {
        writer.commit().await?;
    }
    for part in guard::in_order(feed, &new) {
        if let Some(reason) = guard::held(run, feed, &part).await? {
            let held = part.iter().map(|delivery| Refused {
                feed: feed.name.clone(),
                file: delivery.file.clone(),
                reason: format!(
                    "file {} of feed {} is held: {reason}",
                    delivery.file, feed.name
                ),
            });
            told.refused.extend(held);
            continue;
        }
        complete(run, feed, &part).await?;
        for delivery in part.iter().filter(|delivery| delivery.is_fresh) {
            report.files += 1;
            report.rows_read += delivery.counts.read;
            report.rows_filtered += delivery.counts.filtered;
            report.rows_standardized += delivery.counts.standardized;
            report.rows_quarantined += delivery.counts.quarantined;
        }
    }
    Ok(report)
}

/// A file with the hash of its content.
async fn hashed(file: std::fs::File) -> Result<(Content, String), LakeError> {
    blocking(move || {
        let content = Content::new(file)?;
        let hash = content.hash()?;
        Ok((content, hash))
    })
    .await
}

/// Work that waits for files or computes for long, off the threads that wait for others.
async fn blocking<T: Send + 'static, E: From<std::io::Error> + Send + 'static>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, E> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(std::io::Error::other(error).into()),
    }
}

/// The rules of standardizing: name, and what it does.
pub fn rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = records::rule::Rule::ALL.iter();
    all.map(|rule| (rule.name(), rule.does()))
}

/// Names the files in `bronze.ingested_files`, once the checks agree.
async fn complete(run: &Run, feed: &Feed, new: &[&Delivery]) -> Result<()> {
    let def = run.table("bronze.ingested_files")?;
    let mut stager = run.lake.stager(def).await?;
    let mut unnamed: Vec<&Delivery> = Vec::new();
    let mut commit = Commit::append();
    for delivery in new {
        // Another process may have named it since this one looked.
        let app_id = format!("{}/{}", delivery.file_key, delivery.generation);
        if stager.transaction(&app_id).await?.is_none() {
            commit = commit.with_transaction(app_id, 1);
            unnamed.push(delivery);
        }
    }
    if unnamed.is_empty() {
        return Ok(());
    }
    stager
        .write(deliveries::named(run, feed, &unnamed)?)
        .await?;
    let staged = stager.finish().await?;
    let (session, _) = run.session(&[QUARANTINE, feed.entity.table()]).await?;
    session.register_staged(&staged).await?;
    // Named one by one: a join with their table would hold all rows in memory.
    let keys: Vec<String> = unnamed
        .iter()
        .map(|delivery| format!("'{}'", delivery.file_key))
        .collect();
    let keys = keys.join(", ");
    let table = feed.entity.table();
    let record_key = match columns::is_versioned(feed.entity) {
        true => "record_key",
        false => "NULL AS record_key",
    };
    for (rows, column, table) in [
        ("scratch.standardized_rows", record_key, table),
        ("scratch.quarantined_rows", "reason", QUARANTINE),
    ] {
        let sql = format!(
            "SELECT file_key, source_row, {column} FROM {table} WHERE file_key IN ({keys})"
        );
        let frame = session.sql("checking what was standardized", &sql).await?;
        session.register_table(rows, frame.into_view())?;
    }
    run.check(&session, "standardize").await?;
    run.lake.commit(staged, commit).await?;
    Ok(())
}

/// The identity of (feed, content, mapping).
fn file_key(feed: &Feed, content_hash: &str, mapping_hash: &str) -> String {
    let digest = Sha256::digest(format!("{}\n{content_hash}\n{mapping_hash}", feed.name));
    hex(&digest)[..32].to_owned()
}

/// The mapping and everything else of the feed's declaration that shapes its rows.
fn mapping_hash(run: &Run, feed: &Feed) -> String {
    let country = run
        .project
        .country
        .as_ref()
        .map_or("", |country| country.iso2());
    hex(&Sha256::digest(format!(
        "{}\n{}\n{}\n{:?}\n{}\n{country}\n{}{}{}",
        feed.source,
        feed.role,
        feed.entity.as_str(),
        feed.extract,
        feed.is_legacy,
        feed.mapping,
        feed.reading.shape(),
        feed.cleaning.shape()
    )))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The date in a file's name (`2026-06-30`, `20260630`, with a time behind it if there is one); for a full extract
/// without one the file's own time.
fn extracted_at(feed: &Feed, listed: &Listed) -> Option<i64> {
    let name = listed.path.rsplit('/').next().unwrap_or(&listed.path);
    let named = deliveries::date_in_name(name);
    match feed.extract {
        Extract::Full => named.or(Some(listed.modified_at)),
        Extract::Incremental => named,
    }
}
