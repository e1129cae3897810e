//! What the model says of one pair, term by term.

use super::evidence;
use super::udf::{self, Terms};
use crate::udf::{integers, strings};
use crate::{PipelineError, Result, Run};
use arrow::array::AsArray;
use lake::Session;
use linkage::{Entity, Model, Part, Weights, probability};

/// A pair as the model weighs it.
#[derive(Clone, Debug)]
pub struct Weighed {
    pub model_id: String,
    /// The prior first; they sum up to the weight.
    pub parts: Vec<Part>,
    /// Bits.
    pub match_weight: f64,
    pub match_probability: f64,
}

/// A model as `silver.match_models` holds it.
#[derive(Clone, Debug)]
pub struct StoredModel {
    pub model_id: String,
    pub model: Model,
    /// As JSON.
    pub parameters: String,
    pub records: u64,
    pub pairs: u64,
    /// Records with a value, by comparison.
    pub filled: Vec<u64>,
}

/// The model of `model_id`, or the one that published edges were weighed with last. `None` where there is none.
///
/// Errors: `Invalid` for a model of another format.
pub async fn stored_model(
    run: &Run,
    session: &Session,
    entity: Entity,
    model_id: Option<&str>,
) -> Result<Option<StoredModel>> {
    let wanted = match model_id {
        Some(id) => format!("AND models.model_id = '{}'", id.replace('\'', "''")),
        None => String::new(),
    };
    // Edges tell which model is in use; where there are none, the one that was trained last.
    let sql = format!(
        "SELECT models.model_id, models.parameters, models.records, models.pairs, models.filled \
         FROM silver.match_models AS models \
         LEFT JOIN (SELECT DISTINCT model_id FROM silver.scored_edges) AS used ON used.model_id = models.model_id \
         WHERE models.entity = '{}' {wanted} \
         ORDER BY used.model_id IS NULL, models.trained_at DESC, models.model_id LIMIT 1",
        entity.name()
    );
    model_of(run, session, &sql).await
}

/// The model in the first row of (model_id, parameters, records, pairs, filled).
///
/// Errors: `Invalid` for a model of another format.
pub(super) async fn model_of(
    run: &Run,
    session: &Session,
    sql: &str,
) -> Result<Option<StoredModel>> {
    let what = "reading the model";
    let frame = session.sql(what, sql).await?;
    for batch in run.collect(frame, what).await? {
        if batch.num_rows() == 0 {
            continue;
        }
        let (ids, parameters) = (strings(&batch, "model_id")?, strings(&batch, "parameters")?);
        let (records, pairs) = (integers(&batch, "records")?, integers(&batch, "pairs")?);
        let model_id = ids.value(0).to_owned();
        let model = serde_json::from_str(parameters.value(0)).map_err(|error| {
            PipelineError::Invalid(format!(
                "silver.match_models, model {model_id}: {error}; `c360 run resolve` trains one that this version reads"
            ))
        })?;
        let filled = batch
            .column_by_name("filled")
            .and_then(|column| column.as_list_opt::<i32>().map(|lists| lists.value(0)))
            .and_then(|counts| {
                let counts = counts.as_primitive_opt::<arrow::datatypes::Int64Type>()?;
                Some(counts.values().iter().map(|count| *count as u64).collect())
            });
        return Ok(Some(StoredModel {
            model_id,
            model,
            parameters: parameters.value(0).to_owned(),
            records: records.value(0) as u64,
            pairs: pairs.value(0) as u64,
            filled: filled.unwrap_or_default(),
        }));
    }
    Ok(None)
}

/// Weighs two current records, by their keys, with a stored model and the frequencies that the newest run
/// counted.
/// `scratch.comparable_<entity>s` stands. `None` where one of them is not there.
pub async fn weigh(
    run: &Run,
    session: &Session,
    stored: &StoredModel,
    a: i64,
    b: i64,
) -> Result<Option<Weighed>> {
    let entity = stored.model.entity();
    run.scratch(
        session,
        &format!("silver/{}_evidence", entity.name()),
        "packed_evidence",
    )
    .await?;
    let (Some(left), Some(right)) = (
        record(run, session, a).await?,
        record(run, session, b).await?,
    ) else {
        return Ok(None);
    };
    let terms = terms(run, session, entity, [&left, &right]).await?;
    let holders = udf::both_holders(&udf::holders(&left, &terms), &udf::holders(&right, &terms));
    let weights = Weights::new(&stored.model, &stored.filled);
    let vector = evidence::compare(&left, &right);
    let match_weight = weights.match_weight(vector, &holders);
    Ok(Some(Weighed {
        model_id: stored.model_id.clone(),
        parts: weights.explain(vector, &holders),
        match_weight,
        match_probability: probability(match_weight),
    }))
}

async fn record(run: &Run, session: &Session, key: i64) -> Result<Option<String>> {
    let what = "reading a record's evidence";
    let sql = format!(
        "SELECT CAST(evidence AS TEXT) AS evidence FROM scratch.packed_evidence WHERE record_key = {key}"
    );
    let frame = session.sql(what, &sql).await?;
    let batches = run.collect(frame, what).await?;
    let found = batches.iter().find(|batch| batch.num_rows() > 0);
    found
        .map(|batch| Ok(strings(batch, "evidence")?.value(0).to_owned()))
        .transpose()
}

/// How many records hold the values of two, as the newest run counted.
async fn terms(run: &Run, session: &Session, entity: Entity, both: [&str; 2]) -> Result<Terms> {
    let known = both.into_iter().filter_map(evidence::Evidence::read);
    let mut wanted: Vec<String> = known
        .flat_map(evidence::Evidence::terms)
        .map(|(_, term)| term.to_string())
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.is_empty() {
        return Ok(Terms::new());
    }
    let what = "counting who holds a pair's values";
    let sql = format!(
        "SELECT value_key AS term, records FROM silver.value_frequencies \
         WHERE entity = '{}' AND value_key IN ({})",
        entity.name(),
        wanted.join(", ")
    );
    let frame = session.sql(what, &sql).await?;
    udf::terms_of(&run.collect(frame, what).await?)
}
