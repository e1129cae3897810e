//! `gold.change_events`: what changed since the last publication.

use super::EVENTS;
use super::publication::{Publication, empty};
use crate::{Result, Run};
use datafusion::common::ScalarValue;
use lake::{Commit, Session, Staged};
use std::collections::HashMap;

pub(super) struct Events {
    pub staged: Staged,
    pub commit: Commit,
    /// Events of this run.
    pub new: u64,
}

/// What was published last, as `scratch.published_*`.
pub(super) async fn register(
    run: &Run,
    session: &Session,
    last: Option<&Publication>,
) -> Result<()> {
    for (table, name) in [
        ("gold.dim_customer", "scratch.published_customers"),
        ("gold.customer_consents", "scratch.published_consents"),
        ("silver.crosswalk", "scratch.published_crosswalk"),
    ] {
        match last {
            Some(last) => last.register(run, session, table, name).await?,
            None => session.register_table(name, empty(run.table(table)?))?,
        }
    }
    Ok(())
}

/// Stages what changed. Events that a dead run left behind go with the same commit.
pub(super) async fn stage(
    run: &Run,
    session: &Session,
    next: &Publication,
    base: i64,
) -> Result<Events> {
    let parameters = HashMap::from([(
        "publication_id".to_owned(),
        ScalarValue::from(next.publication_id.as_str()),
    )]);
    let events = run
        .frame_with(session, "gold/change_events", parameters)
        .await?;
    let new = run.scratch_frame(session, "change_events", events).await?;
    let orphans = run
        .scratch(session, "gold/steps/orphaned_events", "orphaned_events")
        .await?;
    let (file, commit) = match orphans {
        0 => ("gold/steps/new_events", Commit::append().exclusive(base)),
        _ => ("gold/steps/published_and_new_events", Commit::replace(base)),
    };
    let frame = run.frame(session, file).await?;
    let staged = run.stage_frame(EVENTS, frame).await?;
    session.register_staged(&staged).await?;
    Ok(Events {
        staged,
        commit,
        new,
    })
}
