//! Auto edges → clusters of records: what weighs most is joined first, and what contradicts stays apart (`linkage::cluster`).

mod against;

use crate::resolve::{Comparables, auto_weight};
use crate::udf::{integers, strings};
use crate::{PipelineError, Result, Run};
use against::{LOOKED_AT, clashes, doubts, traits};
use arrow::array::{AsArray, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Float64Type, Schema};
use futures::StreamExt;
use lake::Session;
use linkage::{CutReason, Decisions, Edge, components};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Bits above the weight that merges, from which one link holds two groups of records together whatever the names.
const FIRM: f64 = 5.0;

/// The clusters of one entity.
pub struct Clustered {
    pub entity: &'static str,
    /// Source keys (`source_system`, unit separator, `source_record_id`) of each cluster, sorted.
    pub clusters: Vec<Vec<String>>,
    pub auto_edges: u64,
    /// Links that were not followed: record keys, smaller first, and why.
    pub cuts: Vec<(i64, i64, &'static str)>,
}

pub type Pairs = Vec<(u32, u32)>;

/// Clusters the records of one entity. `inside` weighs the pairs that lie in one component, given the component of each
/// position; `prior` is the match weight of two records of which nothing is known.
pub async fn run(
    run: &Run,
    session: &Session,
    comparables: &Comparables,
    prior: f32,
    inside: impl FnOnce(&[u32]) -> Vec<(u32, u32, f64)>,
) -> Result<Clustered> {
    let entity = comparables.entity().name();
    let records = comparables.len();
    let (together, apart) = decisions(run, session, comparables).await?;
    let mut edges = links(session, comparables).await?;
    let auto_edges = edges.len();
    let linked = edges.iter().map(|edge| (edge.a, edge.b));
    let component_of = components(records, linked.chain(together.iter().copied()));
    let guarded = guarded(run, session, comparables).await?;
    doubts(&mut edges, inside(&component_of), &guarded, prior);
    let traits = traits(comparables);
    let clashes = clashes(&traits, &component_of, &mut edges);
    edges.extend(clashes);
    let least = auto_weight() as f32;
    let decisions = Decisions {
        together: &together,
        apart: &apart,
    };
    let clustering = linkage::cluster(records, &edges, least, decisions);
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (record, cluster) in (0u32..).zip(&clustering.cluster_of) {
        members.entry(*cluster).or_default().push(record);
    }
    // A clash between the two clusters says more than that there is one.
    let named = |a: u32, b: u32| {
        let of = |record: u32| {
            let cluster = clustering.cluster_of[record as usize];
            members.get(&cluster).map_or(&[][..], Vec::as_slice)
        };
        let pairs = of(a)
            .iter()
            .flat_map(|x| of(b).iter().map(move |y| (*x, *y)));
        let mut clashing = pairs.take(LOOKED_AT * LOOKED_AT).filter_map(|(x, y)| {
            let (x, y) = (traits.get(x as usize)?, traits.get(y as usize)?);
            x.contradicts(y)
        });
        clashing.next().unwrap_or(CutReason::Contradiction)
    };
    // What a steward keeps apart is no question. A steward's "same" that another decision stands against is one, and the
    // review queue finds it from the decisions themselves, to name them both.
    let cuts = clustering
        .cut
        .iter()
        .filter(|cut| cut.reason != CutReason::KeptApart)
        .filter_map(|cut| {
            let edge = edges.get(cut.link)?;
            let (a, b) = (comparables.key(edge.a), comparables.key(edge.b));
            let reason = match cut.reason {
                CutReason::Contradiction => named(edge.a, edge.b),
                reason => reason,
            };
            Some((a.min(b), a.max(b), word(entity, reason)))
        })
        .collect();
    Ok(Clustered {
        entity,
        clusters: clusters(session, comparables, members.into_values()).await?,
        auto_edges: auto_edges as u64,
        cuts,
    })
}

/// An account's id is its tax id.
fn word(entity: &str, reason: CutReason) -> &'static str {
    match (entity, reason) {
        ("account", CutReason::Id) => "tax_id",
        _ => reason.name(),
    }
}

/// `scratch.cuts`, for the review queue.
pub fn register_cuts(session: &Session, clustered: &[Clustered]) -> Result<()> {
    let mut entities = Vec::new();
    let (mut a, mut b, mut reasons) = (Vec::new(), Vec::new(), Vec::new());
    for found in clustered {
        for (a_key, b_key, reason) in &found.cuts {
            entities.push(found.entity);
            a.push(*a_key);
            b.push(*b_key);
            reasons.push(*reason);
        }
    }
    let schema = Arc::new(Schema::new(vec![
        Field::new("entity", DataType::Utf8, true),
        Field::new("a_record_key", DataType::Int64, true),
        Field::new("b_record_key", DataType::Int64, true),
        Field::new("reason", DataType::Utf8, true),
    ]));
    let batch = RecordBatch::try_new(
        schema.clone(),
        vec![
            Arc::new(StringArray::from(entities)),
            Arc::new(Int64Array::from(a)),
            Arc::new(Int64Array::from(b)),
            Arc::new(StringArray::from(reasons)),
        ],
    )
    .map_err(PipelineError::arrow("listing cut links"))?;
    Ok(session.register_rows("scratch.cuts", batch)?)
}

/// By row, the positions of both records, where both are here.
fn pairs(batch: &RecordBatch, comparables: &Comparables) -> Result<Vec<Option<(u32, u32)>>> {
    let (a, b) = (
        integers(batch, "a_record_key")?,
        integers(batch, "b_record_key")?,
    );
    let pairs = a.values().iter().zip(b.values());
    let positions =
        pairs.map(|(a, b)| Some((comparables.position(*a)?, comparables.position(*b)?)));
    Ok(positions.collect())
}

/// A steward's must-links, and the pairs to keep apart. A decision about a record that is gone binds nobody.
pub async fn decisions(
    run: &Run,
    session: &Session,
    comparables: &Comparables,
) -> Result<(Pairs, Pairs)> {
    let entity = comparables.entity().name();
    let sql = format!("SELECT * FROM scratch.settled WHERE entity = '{entity}'");
    let what = "reading steward decisions";
    let frame = session.sql(what, &sql).await?;
    let (mut together, mut apart) = (Vec::new(), Vec::new());
    for batch in run.collect(frame, what).await? {
        let kinds = strings(&batch, "kind")?;
        for (row, pair) in pairs(&batch, comparables)?.into_iter().enumerate() {
            match (pair, kinds.value(row)) {
                (Some(pair), "same") => together.push(pair),
                (Some(pair), _) => apart.push(pair),
                (None, _) => {}
            }
        }
    }
    Ok((together, apart))
}

async fn links(session: &Session, comparables: &Comparables) -> Result<Vec<Edge>> {
    let sql = format!(
        "SELECT a_record_key, b_record_key, link_weight, \
         link_weight < {firm} AND CASE entity WHEN 'person' \
         THEN name_level NOT IN ('exact', 'swapped', 'nickname', 'typo') \
         ELSE name_similarity < 0.85 END AS is_weak \
         FROM scratch.scored_{entity}_edges WHERE decision = 'auto'",
        firm = auto_weight() + FIRM,
        entity = comparables.entity().name(),
    );
    let what = "reading auto edges";
    let fail = || PipelineError::query(what);
    let mut links = Vec::new();
    let frame = session.sql(what, &sql).await?;
    let mut rows = frame.execute_stream().await.map_err(fail())?;
    while let Some(batch) = rows.next().await {
        let batch = batch.map_err(fail())?;
        let weights = batch
            .column_by_name("link_weight")
            .and_then(|column| column.as_primitive_opt::<Float64Type>());
        let weak = batch
            .column_by_name("is_weak")
            .and_then(|column| column.as_boolean_opt());
        let (Some(weights), Some(weak)) = (weights, weak) else {
            return Err(PipelineError::Invalid(format!("{what}: not as planned")));
        };
        for (row, pair) in pairs(&batch, comparables)?.into_iter().enumerate() {
            links.extend(pair.map(|(a, b)| Edge {
                a,
                b,
                weight: weights.value(row) as f32,
                is_weak: weak.value(row),
            }));
        }
    }
    Ok(links)
}

/// Pairs that no weight of evidence merges.
async fn guarded(
    run: &Run,
    session: &Session,
    comparables: &Comparables,
) -> Result<HashSet<(u32, u32)>> {
    let entity = comparables.entity().name();
    let sql = format!(
        "SELECT a_record_key, b_record_key FROM scratch.scored_{entity}_edges WHERE is_guarded"
    );
    let what = "reading guarded pairs";
    let frame = session.sql(what, &sql).await?;
    let mut guarded = HashSet::new();
    for batch in run.collect(frame, what).await? {
        guarded.extend(pairs(&batch, comparables)?.into_iter().flatten());
    }
    Ok(guarded)
}

/// The source keys of each cluster.
async fn clusters(
    session: &Session,
    comparables: &Comparables,
    members: impl Iterator<Item = Vec<u32>>,
) -> Result<Vec<Vec<String>>> {
    let what = "reading the keys of the records to cluster";
    let fail = || PipelineError::query(what);
    let sql = format!(
        "SELECT record_key, source_system, source_record_id FROM scratch.comparable_{}s",
        comparables.entity().name()
    );
    let mut names = vec![String::new(); comparables.len()];
    let frame = session.sql(what, &sql).await?;
    let mut rows = frame.execute_stream().await.map_err(fail())?;
    while let Some(batch) = rows.next().await {
        let batch = batch.map_err(fail())?;
        let (sources, ids) = (
            strings(&batch, "source_system")?,
            strings(&batch, "source_record_id")?,
        );
        for (row, key) in integers(&batch, "record_key")?.values().iter().enumerate() {
            let position = comparables.position(*key).map(|at| at as usize);
            if let Some(name) = position.and_then(|at| names.get_mut(at)) {
                *name = format!("{}\u{1f}{}", sources.value(row), ids.value(row));
            }
        }
    }
    let mut clusters: Vec<Vec<String>> = members
        .map(|members| {
            let names = members
                .iter()
                .map(|at| std::mem::take(&mut names[*at as usize]));
            let mut cluster: Vec<String> = names.collect();
            cluster.sort_unstable();
            cluster
        })
        .collect();
    clusters.sort_unstable();
    Ok(clusters)
}
