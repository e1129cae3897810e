//! Pairs → edges with their comparison vector and decision (`sql/silver/scored_*_edges.sql`).

use crate::{Result, Run};
use lake::{Session, Staged};

/// Stages `silver.scored_edges`.
pub async fn run(run: &Run, session: &Session) -> Result<Staged> {
    for entity in ["person", "account"] {
        let name = format!("scored_{entity}_edges");
        run.scratch(session, &format!("silver/{name}"), &name)
            .await?;
    }
    run.stage(session, "silver.scored_edges").await
}
