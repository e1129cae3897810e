//! Candidate pairs: blocking rules (`sql/silver/blocking/*.sql`, one rule a file) → keys → blocks → pairs.

use crate::{PipelineError, Result, Run};
use datafusion::common::ScalarValue;
use datafusion::prelude::DataFrame;
use lake::Session;
use std::collections::HashMap;

/// A value under which more people than this stand identifies nobody.
const SHARED_NAMES: i64 = 3;
/// Blocks up to this size are compared pair by pair.
const BLOCK_RECORDS: i64 = 200;
/// Shared blocks up to this size still give candidates for review.
const SHARED_RECORDS: i64 = 30;

/// Rules and their bits; identities below 16, candidates from 16 on. `sql/silver/scored_*_edges.sql` reads the bits.
const PERSON: [(&str, i64); 6] = [
    ("person_email", 1),
    ("person_phone", 2),
    ("person_customer_number", 4),
    ("person_name_company", 8),
    ("person_family_birth_date", 16),
    ("person_family_address", 32),
];
const ACCOUNT: [(&str, i64); 3] = [
    ("account_domain", 1),
    ("account_tax_id", 2),
    ("account_country_name", 16),
];

/// Leaves `scratch.person_pairs` and `scratch.account_pairs`; returns the number of pairs.
pub async fn run(run: &Run, session: &Session) -> Result<u64> {
    run.scratch(session, "silver/match_points", "match_points")
        .await?;
    let mut pairs = 0;
    for (entity, rules) in [
        ("person", PERSON.as_slice()),
        ("account", ACCOUNT.as_slice()),
    ] {
        let comparable = format!("comparable_{entity}s");
        run.scratch(session, &format!("silver/{comparable}"), &comparable)
            .await?;
        keys(run, session, entity, rules).await?;
        let blocks = format!("{entity}_blocks");
        run.scratch(session, &format!("silver/{blocks}"), &blocks)
            .await?;
        let name = format!("{entity}_pairs");
        let found = frame(run, session, &format!("silver/{name}"))
            .await?
            .execute_stream()
            .await
            .map_err(PipelineError::query("pairing records"))?;
        pairs += session.scratch(&name, found).await?;
    }
    Ok(pairs)
}

/// Plans a file that takes the limits above as parameters.
pub async fn frame(run: &Run, session: &Session, file: &str) -> Result<DataFrame> {
    let parameters = HashMap::from([
        ("shared_names".to_owned(), ScalarValue::from(SHARED_NAMES)),
        ("block_records".to_owned(), ScalarValue::from(BLOCK_RECORDS)),
        (
            "shared_records".to_owned(),
            ScalarValue::from(SHARED_RECORDS),
        ),
    ]);
    run.frame_with(session, file, parameters).await
}

/// `scratch.<entity>_keys(rule, block_key, record_key)`: integers only.
async fn keys(run: &Run, session: &Session, entity: &str, rules: &[(&str, i64)]) -> Result<()> {
    let fail = || PipelineError::query(format!("blocking {entity} records"));
    let mut all: Option<DataFrame> = None;
    for (rule, bit) in rules {
        let frame = run
            .frame(session, &format!("silver/blocking/{rule}"))
            .await?
            .with_column("rule", datafusion::prelude::lit(*bit))
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
    session.scratch(&format!("{entity}_keys"), rows).await?;
    Ok(())
}
