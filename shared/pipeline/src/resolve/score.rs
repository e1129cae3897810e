//! Pairs → edges with their match weight and decision (`sql/silver/scored_*_edges.sql`).

use super::blocks::Blocks;
use super::comparables::Comparables;
use super::kept::Changes;
use super::pairs::{self, Compared};
use crate::{Result, Run};
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

/// Pairs below this weight that share no identity are counted, not kept: one in a hundred of them would be a match.
const FLOOR: f64 = -6.0;

/// Leaves `scratch.weighed_pairs` and `scratch.scored_<entity>_edges`.
pub async fn run(
    run: &Run,
    session: &Session,
    comparables: &Arc<Comparables>,
    blocks: &Arc<Blocks>,
    weights: &Arc<Weights>,
    changes: Option<Arc<Changes>>,
    model_id: &str,
) -> Result<Compared> {
    let compared = pairs::weigh(
        run,
        session,
        comparables.clone(),
        blocks.clone(),
        weights.clone(),
        changes,
        FLOOR,
    )
    .await?;
    let name = format!("scored_{}_edges", comparables.entity().name());
    let file = format!("silver/{name}");
    let parameters = HashMap::from([
        ("auto_weight".to_owned(), ScalarValue::from(auto_weight())),
        (
            "review_weight".to_owned(),
            ScalarValue::from(match_weight_of(REVIEW)),
        ),
        ("model_id".to_owned(), ScalarValue::from(model_id)),
    ]);
    let frame = run.frame_with(session, &file, parameters).await?;
    run.scratch_frame(session, &name, frame).await?;
    Ok(compared)
}
