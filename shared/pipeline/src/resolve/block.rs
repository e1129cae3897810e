//! Candidate pairs: blocking rules (`sql/silver/blocking/*.sql`, one rule a file) → keys → blocks → pairs with their
//! comparison vectors.

use super::{rules, udf};
use crate::{PipelineError, Result, Run};
use datafusion::common::ScalarValue;
use datafusion::prelude::{DataFrame, lit};
use lake::Session;
use linkage::Entity;
use std::collections::HashMap;
use std::sync::Arc;

/// A value under which more people than this stand identifies nobody.
const SHARED_NAMES: i64 = 3;
/// Blocks up to this size are compared pair by pair.
const BLOCK_RECORDS: i64 = 200;
/// Blocks of a key that strangers share, up to this size.
const LOOSE_RECORDS: i64 = 50;
/// Shared blocks up to this size still give candidates for review.
const SHARED_RECORDS: i64 = 30;

/// Leaves `scratch.evidence`, `scratch.blocks` and `scratch.pairs` of one entity; returns the number of pairs.
pub async fn run(run: &Run, session: &Session, entity: Entity) -> Result<u64> {
    let name = entity.name();
    let comparable = format!("comparable_{name}s");
    run.scratch(session, &format!("silver/{comparable}"), &comparable)
        .await?;
    run.scratch(
        session,
        &format!("silver/{name}_evidence"),
        "packed_evidence",
    )
    .await?;
    run.scratch(session, "silver/term_frequencies", "term_frequencies")
        .await?;
    udf::register_terms(&session.context, Arc::new(terms(run, session).await?));
    keys(run, session, entity).await?;
    run.scratch(session, "silver/block_sizes", "block_sizes")
        .await?;
    let names = format!("{name}_block_names");
    limited(run, session, entity, &names, "block_names").await?;
    for file in ["blocks", "block_members", "evidence"] {
        limited(run, session, entity, file, file).await?;
    }
    limited(run, session, entity, "pairs", "pairs").await
}

/// Leaves `scratch.<entity>_<table>` of `shared_values` or `blocking_rules`.
pub async fn report(run: &Run, session: &Session, entity: Entity, table: &str) -> Result<()> {
    let name = format!("{}_{table}", entity.name());
    limited(run, session, entity, &format!("entity_{table}"), &name).await?;
    Ok(())
}

/// Runs `sql/silver/<file>.sql`, which may take the entity and the limits above as parameters, into `scratch.<name>`.
async fn limited(
    run: &Run,
    session: &Session,
    entity: Entity,
    file: &str,
    name: &str,
) -> Result<u64> {
    let limits = [
        ("shared_names", SHARED_NAMES),
        ("block_records", BLOCK_RECORDS),
        ("loose_records", LOOSE_RECORDS),
        ("shared_records", SHARED_RECORDS),
        ("identities", i64::from(rules::IDENTITIES)),
        ("loose", i64::from(rules::LOOSE)),
    ];
    let limits = limits.map(|(name, value)| (name.to_owned(), ScalarValue::from(value)));
    let mut parameters = HashMap::from(limits);
    parameters.insert("entity".into(), ScalarValue::from(entity.name()));
    let file = format!("silver/{file}");
    let rows = run
        .frame_with(session, &file, parameters)
        .await?
        .execute_stream()
        .await
        .map_err(PipelineError::query(format!("computing {file}")))?;
    Ok(session.scratch(name, rows).await?)
}

async fn terms(run: &Run, session: &Session) -> Result<udf::Terms> {
    let what = "reading term frequencies";
    let frame = session
        .sql(what, "SELECT term, records FROM scratch.term_frequencies")
        .await?;
    Ok(udf::terms_of(&run.collect(frame, what).await?))
}

/// `scratch.block_keys(rule, block_key, record_key)`: integers only.
async fn keys(run: &Run, session: &Session, entity: Entity) -> Result<()> {
    let fail = || PipelineError::query(format!("blocking {} records", entity.name()));
    let mut all: Option<DataFrame> = None;
    for rule in rules::rules(entity) {
        let frame = run
            .frame(
                session,
                &format!("silver/blocking/{}_{}", entity.name(), rule.name),
            )
            .await?
            .with_column("rule", lit(i64::from(rule.number)))
            .and_then(|frame| frame.select_columns(&["rule", "block_key", "record_key"]))
            .and_then(|frame| frame.distinct())
            .map_err(fail())?;
        all = Some(match all {
            None => frame,
            Some(all) => all.union(frame).map_err(fail())?,
        });
    }
    let Some(all) = all else { return Ok(()) };
    let rows = all.execute_stream().await.map_err(fail())?;
    session.scratch("block_keys", rows).await?;
    Ok(())
}
