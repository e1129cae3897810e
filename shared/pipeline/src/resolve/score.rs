//! Pairs → edges with their match weight and decision (`sql/silver/scored_*_edges.sql`).

use super::train::Trained;
use super::udf;
use crate::{PipelineError, Result, Run};
use datafusion::common::ScalarValue;
use lake::Session;
use linkage::{AUTO_MERGE, Weights, match_weight_of};
use std::collections::HashMap;
use std::sync::Arc;

/// Match weight in bits from which a pair is merged without being asked about.
pub fn auto_weight() -> f64 {
    match_weight_of(AUTO_MERGE)
}

/// Match probability from which a pair is worth a steward's look.
const REVIEW: f64 = 0.5;

/// Pairs below this weight are counted, not kept: one in a hundred of them would be a match.
const FLOOR: f64 = -6.0;

/// Leaves `scratch.weighed_pairs` and `scratch.scored_<entity>_edges`.
pub async fn run(run: &Run, session: &Session, trained: &Trained) -> Result<()> {
    let weights = Weights::new(&trained.model, &trained.filled);
    udf::register_weights(&session.context, &Arc::new(weights));
    run.scratch(session, "silver/weighed_pairs", "weighed_pairs")
        .await?;
    let name = format!("scored_{}_edges", trained.model.entity().name());
    let file = format!("silver/{name}");
    let parameters = HashMap::from([
        ("auto_weight".to_owned(), ScalarValue::from(auto_weight())),
        (
            "review_weight".to_owned(),
            ScalarValue::from(match_weight_of(REVIEW)),
        ),
        ("floor_weight".to_owned(), ScalarValue::from(FLOOR)),
        (
            "model_id".to_owned(),
            ScalarValue::from(trained.model_id.as_str()),
        ),
    ]);
    let rows = run
        .frame_with(session, &file, parameters)
        .await?
        .execute_stream()
        .await
        .map_err(PipelineError::query(format!("computing {file}")))?;
    session.scratch(&name, rows).await?;
    Ok(())
}
