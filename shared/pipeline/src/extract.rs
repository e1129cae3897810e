//! Stage 4: files for others.
//!
//! Every file is made from one publication: the table versions that `gold.publications` names. All of them are computed first
//! and checked together (a marketing file against the suppression files), then written one by one: the file, its manifest,
//! and last `extracts/<name>/manifest.json`, which names the newest. A reader that starts there never sees half a file.
//!
//! What the files are is data: `sql/extracts/shipped.toml`, and `[[extracts]]` of a project.

mod cell;
mod changed;
mod encode;
mod hash;
mod manifest;
mod permitted;
mod write;

use crate::golden::publication::{Publication, empty};
use crate::golden::rewritten;
use crate::project::{ExtractRule, Purpose, ShippedExtracts};
use crate::{PipelineError, Result, Run};
use arrow::datatypes::DataType;
use changed::named;
use datafusion::prelude::{DataFrame, cast, lit};
use lake::{Lease, Session};
pub use manifest::{Manifest, Part};

/// Below the lake.
const FOLDER: &str = "extracts";

/// What is shipped.
const SHIPPED: &str = "extracts/shipped.toml";

/// Each of its files holds only what came after the one before: a reader needs them all.
const CHANGE_EVENTS: &str = "change_events";

/// What SELECTs of administration and the checks read beside what every publication replaces, at the publication's versions.
const BESIDE: [&str; 5] = [
    "gold.change_events",
    "silver.accounts",
    "silver.crosswalk",
    "silver.customer_redirects",
    "silver.persons",
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
    let rules = declared(run)?;
    let files = run.lake.files(FOLDER);
    let mut missing = Vec::new();
    let mut events_after = 0;
    for rule in &rules {
        let newest = manifest::newest(&files, &rule.name).await?;
        if rule.name == CHANGE_EVENTS {
            events_after = newest.as_ref().map_or(0, |newest| newest.sequence);
        }
        if newest
            .as_ref()
            .is_none_or(|newest| newest.publication_id != publication.publication_id)
        {
            missing.push((rule, newest));
        }
    }
    if missing.is_empty() {
        return Ok(report);
    }
    for table in tables() {
        publication.register(run, &session, &table, &table).await?;
    }
    // Files are checked against each other, so all are computed, also where only one is missing.
    for rule in &rules {
        let frame = permitted::plan(run, &session, rule, publication.as_of, events_after).await?;
        run.scratch_frame(&session, &rule.name, frame).await?;
    }
    contacting_cells(&session, &rules).await?;
    run.check(&session, "extract").await?;
    for (rule, newest) in missing {
        // A file is put whole, but nothing else keeps an older run from pointing at an older one.
        lease.confirm()?;
        let written = write::run(&session, &files, &publication, rule, newest.as_ref()).await?;
        report.files.push(written);
    }
    for rule in &rules {
        lease.confirm()?;
        write::forget(run, rule).await?;
    }
    report.is_new = true;
    Ok(report)
}

fn tables() -> impl Iterator<Item = String> {
    rewritten().into_iter().chain(BESIDE.map(str::to_owned))
}

/// What is shipped and what the project declares.
///
/// Errors name a shipped file, or the declaration that would stand in for one.
pub fn declared(run: &Run) -> Result<Vec<ExtractRule>> {
    let fail = |message: String| PipelineError::Sql {
        file: SHIPPED.into(),
        message,
    };
    let shipped: ShippedExtracts =
        toml::from_str(&run.sql.text(SHIPPED)?).map_err(|error| fail(error.to_string()))?;
    let mut rules = Vec::new();
    for written in shipped.extracts {
        let file = format!("{FOLDER}/{}.sql", written.select_name());
        let select = run.sql.text(&file)?;
        rules.push(written.read(select, file).map_err(fail)?);
    }
    for own in &run.project.extracts {
        if rules.iter().any(|rule| rule.name == own.name) {
            return Err(PipelineError::Project {
                file: own.file.clone(),
                message: format!(
                    "every project has an extract {}; give this one another name",
                    own.name
                ),
            });
        }
        rules.push(own.clone());
    }
    Ok(rules)
}

/// Plans the extracts of the project over empty tables.
///
/// Errors name the file of a SELECT.
pub async fn check(run: &Run) -> Result<()> {
    let rules = declared(run)?;
    if run.project.extracts.is_empty() {
        return Ok(());
    }
    let (session, _) = run.session(&[]).await?;
    for table in tables().chain(["gold.publications".to_owned()]) {
        session.register_table(&table, empty(run.table(&table)?))?;
    }
    for rule in &rules {
        let frame = permitted::plan(run, &session, rule, run.as_of, 0).await?;
        let planned = frame.create_physical_plan().await;
        planned.map_err(|error| PipelineError::Project {
            file: rule.file.clone(),
            message: error.strip_backtrace(),
        })?;
    }
    Ok(())
}

/// Another text where an extract is another one.
pub(crate) fn text(run: &Run) -> String {
    format!("{:?}", run.project.extracts)
}

/// The names of all extracts.
pub fn names(run: &Run) -> Result<Vec<String>> {
    Ok(declared(run)?.into_iter().map(|rule| rule.name).collect())
}

/// The manifest of an extract's newest file; `None` where none was written yet.
pub async fn newest(run: &Run, name: &str) -> Result<Option<Manifest>> {
    manifest::newest(&run.lake.files(FOLDER), name).await
}

/// The manifests that a reader who knows publications up to number `sequence` has yet to see, oldest first: the newest, and
/// of those that hold changes all since.
pub async fn published_after(run: &Run, name: &str, sequence: i64) -> Result<Vec<Manifest>> {
    let newest = newest(run, name).await?;
    let Some(newest) = newest.filter(|newest| newest.sequence > sequence) else {
        return Ok(Vec::new());
    };
    if !newest.is_changes {
        return Ok(vec![newest]);
    }
    let mut manifests = manifest::all(&run.lake.files(&format!("{FOLDER}/{name}"))).await?;
    // What is newer than the newest was cut off before it was published; the pointer is a copy of the newest.
    manifests.retain(|one| sequence < one.sequence && one.sequence <= newest.sequence);
    manifests.sort_by_key(|manifest| manifest.sequence);
    manifests.dedup_by_key(|manifest| manifest.sequence);
    Ok(manifests)
}

/// `scratch.contacting_cells` (extract, purpose, channel, column_name, cell): every text in files that contact somebody.
async fn contacting_cells(session: &Session, rules: &[ExtractRule]) -> Result<()> {
    let fail = || PipelineError::query("the cells of files that contact somebody");
    let mut all: Option<DataFrame> = None;
    for rule in rules {
        let Purpose::Contact {
            purpose, channel, ..
        } = &rule.purpose
        else {
            continue;
        };
        let table = format!("scratch.{}", rule.name);
        let rows = session.context.table(&table).await.map_err(fail())?;
        for field in rows.schema().clone().fields() {
            if !matches!(
                field.data_type(),
                DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
            ) {
                continue;
            }
            let cells = rows.clone().select(vec![
                lit(rule.name.as_str()).alias("extract"),
                lit(purpose.as_str()).alias("purpose"),
                lit(*channel).alias("channel"),
                lit(field.name().as_str()).alias("column_name"),
                cast(named(field.name()), DataType::Utf8).alias("cell"),
            ]);
            let cells = cells.map_err(fail())?;
            all = Some(match all {
                Some(all) => all.union(cells).map_err(fail())?,
                None => cells,
            });
        }
    }
    if let Some(all) = all {
        session.register_table("scratch.contacting_cells", all.into_view())?;
    }
    Ok(())
}
