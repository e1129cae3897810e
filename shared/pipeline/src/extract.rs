//! Stage 4: files for others.
//!
//! Every file is made from one publication: the table versions that `gold.publications` names. All of them are computed first
//! and checked together (a marketing file against the suppression files), then written one by one: the file, its manifest,
//! and last `extracts/<name>/manifest.json`, which names the newest. A reader that starts there never sees half a file.

mod cell;
mod encode;
mod manifest;

use crate::golden::publication::{Publication, Versions};
use crate::{PipelineError, Result, Run};
use bytes::Bytes;
use datafusion::common::ScalarValue;
use datafusion::prelude::{SessionContext, col};
use encode::{Encoder, Format};
use futures::TryStreamExt;
use lake::{Files, Lease, Session, fault};
pub use manifest::Manifest;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Below the lake.
const FOLDER: &str = "extracts";

/// `sql/extracts/<name>.sql` → `extracts/<name>/<publication_id>/<name>.<format>`
const EXTRACTS: [(&str, Format); 8] = [
    ("audience_email", Format::Csv),
    ("suppression_email", Format::Csv),
    ("suppression_sms", Format::Csv),
    ("suppression_phone", Format::Csv),
    ("suppression_post", Format::Csv),
    ("suppression_ads", Format::Csv),
    ("crm_id_map", Format::Csv),
    (CHANGE_EVENTS, Format::Ndjson),
];

/// Each of its files holds only what came after the one before: a reader needs them all.
const CHANGE_EVENTS: &str = "change_events";

/// What the SELECTs and checks may read, at the publication's versions.
const TABLES: [&str; 9] = [
    "gold.dim_customer",
    "gold.customer_contact_points",
    "gold.customer_addresses",
    "gold.customer_consents",
    "gold.change_events",
    "silver.crosswalk",
    "silver.customer_redirects",
    "silver.persons",
    "silver.accounts",
];

/// What the run did.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Report {
    /// Was any file written?
    pub is_new: bool,
    /// The files written.
    pub files: Vec<Manifest>,
}

/// Writes the files of the last publication that are not there yet.
pub async fn run(run: &Run) -> Result<Report> {
    run.exclusively("extract", async |lease| publish(run, lease).await)
        .await
}

async fn publish(run: &Run, lease: &Lease) -> Result<Report> {
    let (session, _) = run.session(&[]).await?;
    let mut report = Report::default();
    let Some(publication) = Publication::last(run, &session).await? else {
        return Ok(report);
    };
    let files = run.lake.files(FOLDER);
    let mut missing = Vec::new();
    let mut events_after = 0;
    for (name, format) in EXTRACTS {
        let newest = manifest::newest(&files, name).await?;
        if name == CHANGE_EVENTS {
            events_after = newest.as_ref().map_or(0, |newest| newest.sequence);
        }
        if newest.is_none_or(|newest| newest.publication_id != publication.publication_id) {
            missing.push((name, format));
        }
    }
    if missing.is_empty() {
        return Ok(report);
    }
    for table in TABLES {
        publication.register(run, &session, table, table).await?;
    }
    // Files are checked against each other, so all are computed, also where only one is missing.
    for (name, _) in EXTRACTS {
        compute(run, &session, name, events_after).await?;
    }
    run.check(&session, "extract").await?;
    for (name, format) in missing {
        // A file is put whole, but nothing else keeps an older run from pointing at an older one.
        lease.confirm()?;
        report
            .files
            .push(write(&session, &files, &publication, name, format).await?);
    }
    report.is_new = true;
    Ok(report)
}

/// The names of all extracts.
pub fn names() -> impl Iterator<Item = &'static str> {
    EXTRACTS.iter().map(|(name, _)| *name)
}

/// The manifest of an extract's newest file; `None` where none was written yet.
pub async fn newest(run: &Run, name: &str) -> Result<Option<Manifest>> {
    manifest::newest(&run.lake.files(FOLDER), name).await
}

/// The manifests that a reader who knows publications up to number `sequence` has yet to see, oldest first: the newest, and
/// of the change events all since.
pub async fn published_after(run: &Run, name: &str, sequence: i64) -> Result<Vec<Manifest>> {
    let newest = newest(run, name).await?;
    let Some(newest) = newest.filter(|newest| newest.sequence > sequence) else {
        return Ok(Vec::new());
    };
    if name != CHANGE_EVENTS {
        return Ok(vec![newest]);
    }
    let mut manifests = manifest::all(&run.lake.files(&format!("{FOLDER}/{name}"))).await?;
    // What is newer than the newest was cut off before it was published.
    manifests.retain(|one| sequence < one.sequence && one.sequence <= newest.sequence);
    manifests.sort_by_key(|manifest| manifest.sequence);
    Ok(manifests)
}

/// One file's rows, as `scratch.<name>`.
async fn compute(run: &Run, session: &Session, name: &str, events_after: i64) -> Result<()> {
    let parameters = HashMap::from([(
        "after_sequence".to_owned(),
        ScalarValue::Int64(Some(events_after)),
    )]);
    let file = format!("extracts/{name}");
    let frame = run.frame_with(session, &file, parameters).await?;
    run.scratch_frame(session, name, frame).await?;
    Ok(())
}

async fn write(
    session: &Session,
    files: &Files,
    publication: &Publication,
    name: &str,
    format: Format,
) -> Result<Manifest> {
    let (content, columns, rows) = encode_rows(&session.context, name, format).await?;
    let folder = format!("{name}/{}", publication.publication_id);
    let manifest = Manifest {
        name: name.to_owned(),
        publication_id: publication.publication_id.clone(),
        sequence: publication.sequence,
        as_of: chrono::DateTime::from_timestamp_micros(publication.as_of)
            .map_or_else(String::new, |time| {
                time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
            }),
        file: format!("{folder}/{name}.{}", format.extension()),
        rows,
        bytes: content.len() as u64,
        sha256: format!("{:x}", Sha256::digest(&content)),
        columns,
        table_versions: table_versions(publication),
    };
    fault::point(&format!("extract/{name}/computed"));
    files.write(&manifest.file, Bytes::from(content)).await?;
    fault::point(&format!("extract/{name}/file"));
    manifest::write(files, &format!("{folder}/manifest.json"), &manifest).await?;
    fault::point(&format!("extract/{name}/manifest"));
    manifest::write(files, &format!("{name}/manifest.json"), &manifest).await?;
    fault::point(&format!("extract/{name}/pointer"));
    Ok(manifest)
}

/// The gold tables of the publication, and the silver tables beside them that the SELECTs read.
fn table_versions(publication: &Publication) -> Versions {
    let mut versions = publication.table_versions.clone();
    for table in TABLES {
        if let Some(version) = publication.version(table) {
            versions.insert(table.to_owned(), version);
        }
    }
    versions
}

/// The rows of `scratch.<name>`, sorted by all columns so that equal rows make equal files.
async fn encode_rows(
    context: &SessionContext,
    name: &str,
    format: Format,
) -> Result<(Vec<u8>, Vec<String>, u64)> {
    let what = || PipelineError::query(format!("reading {name}"));
    let table = context
        .table(format!("scratch.{name}"))
        .await
        .map_err(what())?;
    let columns: Vec<String> = table
        .schema()
        .fields()
        .iter()
        .map(|field| field.name().clone())
        .collect();
    let order = columns
        .iter()
        .map(|name| col(name).sort(true, true))
        .collect();
    let mut stream = table
        .sort(order)
        .map_err(what())?
        .execute_stream()
        .await
        .map_err(what())?;
    let mut encoder = Encoder::new(format, &stream.schema())?;
    let mut rows = 0;
    while let Some(batch) = stream.try_next().await.map_err(what())? {
        rows += batch.num_rows() as u64;
        encoder.write(&batch)?;
    }
    Ok((encoder.finish()?, columns, rows))
}
