//! One record, now: which customer is it, though no run has seen it? It is standardized, blocked, weighed and clustered by the same
//! code as in a run, with the model and the frequencies of the last one, against those alone that share a block with it.

mod answer;
mod near;
mod search;

use super::CROSSWALK;
use super::consumed::goes_on;
use super::history::register_previous;
use crate::golden::publication::empty;
use crate::project::Feed;
use crate::standardize::{One, feed_of, one};
use crate::{PipelineError, Result, Run};
pub use answer::{Answer, Asked, Candidate, Decision};
use lake::Session;
use linkage::Entity;
use search::Search;
use serde_json::{Map, Value};

/// What the newest run left that one record is compared with; in a session `scratch.previous_*`.
const LEFT: [&str; 7] = [
    CROSSWALK,
    "silver.match_models",
    "silver.resolve_runs",
    "silver.compared_records",
    "silver.block_keys",
    "silver.limited_blocks",
    "silver.value_frequencies",
];

/// Tables that are read as they are now.
const READ: [&str; 4] = [
    CROSSWALK,
    "bronze.ingested_files",
    "silver.mail_domains",
    "silver.steward_decisions",
];

/// Resolves one record against what the last run published, and changes nothing. Customers are taken as they stand: a record that
/// is linked with a part of one and contradicts another part is a matter of review, where a run may divide the customer.
///
/// Errors: `Invalid` where nobody is resolved yet or the rules are not those of the last run, for a feed that is not there or holds
/// neither persons nor accounts, and for a record that would go to quarantine.
pub async fn identify(run: &Run, asked: Asked<'_>, mut row: Map<String, Value>) -> Result<Answer> {
    let is_sourced = matches!(asked, Asked::OfFeed(_));
    let feed = match asked {
        Asked::OfFeed(name) => named(run, name)?.clone(),
        Asked::Of(entity) => feed_of(run, entity, &mut row)?,
    };
    let entity = match feed.entity {
        crate::Entity::Person => Entity::Person,
        crate::Entity::Account => Entity::Account,
        other => {
            let (feed, other) = (&feed.name, other.as_str());
            return Err(PipelineError::Invalid(format!(
                "feed {feed} holds rows of kind {other}; only persons and accounts are matched"
            )));
        }
    };
    let pinned = run.pin(&READ, &[]).await?;
    let first = "`c360 run` is first";
    if pinned.get(CROSSWALK).is_none_or(|table| table.0.is_none()) {
        let message = format!("nobody is resolved yet, so nobody can be found: {first}");
        return Err(PipelineError::Invalid(message));
    }
    if !goes_on(run, &pinned).await? {
        let message =
            format!("the matching rules, or c360 itself, are others than in the last run: {first}");
        return Err(PipelineError::Invalid(message));
    }
    let session = run.session_over(&pinned).await?;
    register_previous(run, &session, &pinned, &LEFT).await?;
    // What was weighed before is of other pairs.
    let edges = run.table("silver.scored_edges")?;
    session.register_table("scratch.previous_scored_edges", empty(edges))?;
    let record = run.steps.take("record", one(run, &feed, &row)).await?;
    let key = record.record_key;
    let held = register(run, &session, entity, record);
    run.steps.take("comparable", held).await?;
    let search = Search {
        run,
        session,
        entity,
        key,
        is_sourced,
    };
    search.answer().await
}

fn named<'a>(run: &'a Run, name: &str) -> Result<&'a Feed> {
    let feeds = &run.project.feeds;
    feeds.iter().find(|feed| feed.name == name).ok_or_else(|| {
        let known: Vec<&str> = feeds.iter().map(|feed| feed.name.as_str()).collect();
        PipelineError::Invalid(format!(
            "c360.toml has no feed {name:?}; it has {}",
            known.join(", ")
        ))
    })
}

/// The record, alone, in the tables that blocking reads: `scratch.comparable_*` and `scratch.match_points`.
async fn register(run: &Run, session: &Session, entity: Entity, record: One) -> Result<()> {
    let what = "holding the record";
    run.active_files(session).await?;
    let listed = run.frame(session, "silver/mail_domains").await?;
    run.hold(session, "scratch.mail_domains", listed).await?;
    for table in [
        "silver.person_records",
        "silver.account_records",
        "silver.contact_points",
        "silver.persons",
        "silver.accounts",
    ] {
        session.register_empty(run.table(table)?)?;
    }
    for (table, rows) in record.tables {
        session.register_rows(table, rows)?;
    }
    let files = format!(
        "SELECT '{}' AS file_key, to_timestamp_micros(NULL) AS extracted_at",
        record.file_key
    );
    let files = session.sql(what, &files).await?;
    run.hold(session, "scratch.active_files", files).await?;
    let entity = entity.name();
    for (file, table) in [
        (format!("silver/{entity}s"), format!("silver.{entity}s")),
        ("silver/match_points".into(), "scratch.match_points".into()),
        (
            format!("silver/comparable_{entity}s"),
            format!("scratch.comparable_{entity}s"),
        ),
    ] {
        let frame = run.frame(session, &file).await?;
        let rows = run.hold(session, &table, frame).await?;
        if rows == 0 && table == format!("silver.{entity}s") {
            let message = "the record says of itself that it is deleted";
            return Err(PipelineError::Invalid(message.into()));
        }
    }
    Ok(())
}
