//! The model of a run: trained on the run's own pairs, without labels.

use super::{evidence, rules};
use crate::udf::{integers, key_hash};
use crate::{PipelineError, Result, Run};
use arrow::array::{
    ArrayRef, AsArray, Int64Array, Int64Builder, ListBuilder, RecordBatch, StringArray,
};
use arrow::datatypes::{DataType, Field};
use datafusion::datasource::MemTable;
use futures::StreamExt;
use lake::Session;
use linkage::{Counts, Entity, Evidence, Model, Pass, Vector, train};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// Random pairs that u is learned from; of few records, all pairs.
const RANDOM_PAIRS: u64 = 1_000_000;

/// A model, and what it was trained on.
#[derive(Clone, Debug)]
pub struct Trained {
    /// Hash of what the model says: equal models have one id.
    pub model_id: String,
    pub model: Model,
    /// The model as JSON.
    pub parameters: String,
    pub records: u64,
    pub pairs: u64,
    /// By comparison: how many records have a value.
    pub filled: Vec<u64>,
}

/// Trains on `scratch.evidence` and `scratch.pairs` of the entity.
pub async fn run(run: &Run, session: &Session, entity: Entity) -> Result<Trained> {
    let (records, filled) = filled(session, entity).await?;
    let (passes, candidates) = passes(run, session, entity).await?;
    let evidence = Evidence {
        pairs: records * records.saturating_sub(1) / 2,
        random: random(session, records).await?,
        passes,
        candidates,
    };
    let pairs = evidence.candidates.iter().map(|(_, pairs)| pairs).sum();
    let model = train(entity, &evidence);
    let parameters = serde_json::to_string(&model)
        .map_err(|error| PipelineError::Invalid(format!("writing the model: {error}")))?;
    Ok(Trained {
        model_id: format!("M-{:016x}", key_hash(&parameters)),
        model,
        parameters,
        records,
        pairs,
        filled,
    })
}

/// `scratch.trained_models`: rows of `silver.match_models`.
pub fn register(session: &Session, run: &Run, models: &[Trained]) -> Result<()> {
    let schema = run.table("silver.match_models")?.schema.clone();
    let texts = |of: &dyn Fn(&Trained) -> String| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(models.iter().map(of)))
    };
    let numbers = |of: &dyn Fn(&Trained) -> u64| -> ArrayRef {
        Arc::new(Int64Array::from_iter_values(
            models.iter().map(|model| of(model) as i64),
        ))
    };
    let element = Field::new("element", DataType::Int64, true);
    let mut filled = ListBuilder::new(Int64Builder::new()).with_field(element);
    for model in models {
        for count in &model.filled {
            filled.values().append_value(*count as i64);
        }
        filled.append(true);
    }
    let what = "listing models";
    let batch = RecordBatch::try_new(
        schema.clone(),
        vec![
            texts(&|model| model.model_id.clone()),
            texts(&|model| model.model.entity().name().to_owned()),
            Arc::new(run.as_of_column(models.len())),
            numbers(&|model| model.records),
            numbers(&|model| model.pairs),
            Arc::new(filled.finish()),
            texts(&|model| model.parameters.clone()),
            texts(&|_| run.run_id.clone()),
        ],
    )
    .map_err(PipelineError::arrow(what))?;
    let table = MemTable::try_new(schema, vec![vec![batch]]).map_err(PipelineError::query(what))?;
    session.register_table("scratch.trained_models", Arc::new(table))?;
    Ok(())
}

/// Records, and how many of them have a value for each comparison.
async fn filled(session: &Session, entity: Entity) -> Result<(u64, Vec<u64>)> {
    let what = "counting what records have";
    let sql = "SELECT evidence FROM scratch.evidence";
    let mut filled = vec![0; entity.comparisons().len()];
    let mut records = 0;
    let mut read = |text: &str| {
        records += 1;
        if let Some(known) = evidence::Evidence::read(text) {
            for (at, count) in filled.iter_mut().enumerate() {
                *count += u64::from(!known.field(at).is_empty());
            }
        }
    };
    each_evidence(session, what, sql, &mut read).await?;
    Ok((records, filled))
}

/// Vectors of random pairs: of each record with those that follow it in the order of their keys, which are hashes.
async fn random(session: &Session, records: u64) -> Result<Counts> {
    if records < 2 {
        return Ok(Counts::new());
    }
    let followers = RANDOM_PAIRS
        .div_ceil(records)
        .min((records - 1).div_ceil(2));
    // Of more records than pairs, some.
    let stride = (records / RANDOM_PAIRS).max(1);
    let sql = format!(
        "SELECT evidence FROM scratch.evidence WHERE abs(record_key % {stride}) = 0 ORDER BY record_key"
    );
    let mut counts: BTreeMap<Vector, u64> = BTreeMap::new();
    let mut first: Vec<String> = Vec::new();
    let mut before: VecDeque<String> = VecDeque::new();
    let mut pair = |text: &str, before: &mut VecDeque<String>| {
        for other in before.iter() {
            *counts.entry(evidence::compare(other, text)).or_default() += 1;
        }
        if before.len() as u64 == followers {
            before.pop_front();
        }
        before.push_back(text.to_owned());
    };
    let what = "comparing random pairs";
    each_evidence(session, what, &sql, &mut |text| {
        if (first.len() as u64) < followers {
            first.push(text.to_owned());
        }
        pair(text, &mut before);
    })
    .await?;
    // The last are followed by the first, so that every record stands in as many pairs.
    if stride == 1 && records > 2 * followers {
        for text in &first {
            pair(text, &mut before);
        }
    }
    Ok(counts.into_iter().collect())
}

async fn each_evidence(
    session: &Session,
    what: &str,
    sql: &str,
    read: &mut impl FnMut(&str),
) -> Result<()> {
    let frame = session.sql(what, sql).await?;
    let mut rows = frame
        .execute_stream()
        .await
        .map_err(PipelineError::query(what))?;
    while let Some(batch) = rows.next().await {
        let batch = batch.map_err(PipelineError::query(what))?;
        let texts = batch.column(0).as_string_view();
        texts.iter().flatten().for_each(&mut *read);
    }
    Ok(())
}

/// Vectors of the pairs that each blocking rule brings, and of all pairs.
async fn passes(run: &Run, session: &Session, entity: Entity) -> Result<(Vec<Pass>, Counts)> {
    let what = "counting comparison vectors";
    let sql = format!(
        "SELECT rules & {} AS rules, vector, count(*) AS pairs FROM scratch.pairs GROUP BY 1, 2",
        (1i64 << rules::MOST_RULES) - 1
    );
    let frame = session.sql(what, &sql).await?;
    let mut all: Vec<(i64, Vector, u64)> = Vec::new();
    for batch in run.collect(frame, what).await? {
        let columns = ["rules", "vector", "pairs"].map(|name| integers(&batch, name));
        let [Some(rules), Some(vectors), Some(pairs)] = columns else {
            continue;
        };
        for row in 0..batch.num_rows() {
            all.push((
                rules.value(row),
                Vector(vectors.value(row) as u64),
                pairs.value(row) as u64,
            ));
        }
    }
    let trains = rules::rules(entity)
        .iter()
        .filter(|rule| !rule.blocked.is_empty());
    let passes = trains.map(|rule| Pass {
        blocked: rule.blocked.iter().map(|name| (*name).to_owned()).collect(),
        pairs: all
            .iter()
            .filter(|(rules, ..)| rules >> rule.number & 1 == 1)
            .map(|(_, vector, pairs)| (*vector, *pairs))
            .collect(),
    });
    let candidates = all.iter().map(|(_, vector, pairs)| (*vector, *pairs));
    Ok((passes.collect(), candidates.collect()))
}
