//! Auto edges → clusters of records: what weighs most is joined first, and what contradicts stays apart (`linkage::cluster`).

use crate::resolve::auto_weight;
use crate::udf::{integers, strings};
use crate::{PipelineError, Result, Run};
use arrow::array::{Array, AsArray, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Date32Type, Field, Float64Type, Schema};
use datafusion::datasource::MemTable;
use futures::StreamExt;
use lake::Session;
use linkage::{
    CutReason, Decisions, Edge, Model, Traits, components, match_weight_of, packed_date,
};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Bits above the weight that merges, from which one link holds two groups of records together whatever the names.
const FIRM: f64 = 5.0;

/// Bits of a guard: no weight of evidence merges.
const AGAINST: f32 = -10.0;

/// Bits by which the evidence of a pair may lie below none before it speaks against joining: people have two e-mails.
const FORGIVEN: f32 = 2.0;

/// Bits of another birth date: it outweighs a link that hardly merges, not one that is sure, for dates are mistaken too.
const OTHER_DATE: f32 = -4.5;

/// In components up to this size every two records are looked at for contradictions.
const LOOKED_AT: usize = 200;

/// The clusters of one entity.
pub struct Clustered {
    pub entity: &'static str,
    /// Source keys (`source_system`, unit separator, `source_record_id`) of each cluster, sorted.
    pub clusters: Vec<Vec<String>>,
    pub auto_edges: u64,
    /// Links that were not followed: record keys, smaller first, and why.
    pub cuts: Vec<(i64, i64, &'static str)>,
}

type Pairs = Vec<(u32, u32)>;

/// Columns of the records to cluster, kept as Arrow columns so that traits borrow their text.
struct Records {
    batch: RecordBatch,
    position: HashMap<i64, u32>,
}

/// Clusters the records of the model's entity.
pub async fn run(run: &Run, session: &Session, model: &Model) -> Result<Clustered> {
    let entity = model.entity().name();
    let records = Records::read(run, session, entity).await?;
    let (together, apart) = records.decisions(run, session, entity).await?;
    let mut edges = records.links(session, entity).await?;
    let auto_edges = edges.len();
    let linked = edges.iter().map(|edge| (edge.a, edge.b));
    let component_of = components(records.len(), linked.chain(together.iter().copied()));
    records
        .doubts(
            session,
            entity,
            &component_of,
            &mut edges,
            match_weight_of(model.prior()) as f32,
        )
        .await?;
    let traits = records.traits(entity)?;
    let clashes = clashes(&traits, &component_of, &mut edges);
    edges.extend(clashes);
    let least = auto_weight() as f32;
    let decisions = Decisions {
        together: &together,
        apart: &apart,
    };
    let clustering = linkage::cluster(records.len(), &edges, least, decisions);
    let keys = records.keys()?;
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
            let (a, b) = (keys.value(edge.a as usize), keys.value(edge.b as usize));
            let reason = match cut.reason {
                CutReason::Contradiction => named(edge.a, edge.b),
                reason => reason,
            };
            Some((a.min(b), a.max(b), word(entity, reason)))
        })
        .collect();
    Ok(Clustered {
        entity,
        clusters: records.clusters(&clustering.cluster_of)?,
        auto_edges: auto_edges as u64,
        cuts,
    })
}

/// What traits say against two records of a component that are not linked: lowers what they weigh, where they stand in a
/// common block, and else gives an edge.
fn clashes(traits: &[Traits<'_>], component_of: &[u32], edges: &mut [Edge]) -> Vec<Edge> {
    let mut known: HashSet<(u32, u32)> = HashSet::new();
    let mut members: HashMap<u32, Vec<u32>> = HashMap::new();
    for edge in edges {
        known.insert((edge.a.min(edge.b), edge.a.max(edge.b)));
        if edge.weight <= 0.0
            && let Some(weight) = clash(traits, edge.a, edge.b)
        {
            edge.weight = edge.weight.min(weight);
        }
        for record in [edge.a, edge.b] {
            let component = component_of[record as usize];
            members.entry(component).or_default().push(record);
        }
    }
    let mut clashes = Vec::new();
    for mut records in members.into_values() {
        records.sort_unstable();
        records.dedup();
        if records.len() > LOOKED_AT {
            continue;
        }
        for (at, &a) in records.iter().enumerate() {
            for &b in records.iter().skip(at + 1) {
                if !known.contains(&(a, b))
                    && let Some(weight) = clash(traits, a, b)
                {
                    clashes.push(Edge {
                        a,
                        b,
                        weight,
                        is_weak: false,
                    });
                }
            }
        }
    }
    clashes
}

/// Bits of a contradiction. Names are no such: what they weigh is for the model to say.
fn clash(traits: &[Traits<'_>], a: u32, b: u32) -> Option<f32> {
    match traits[a as usize].contradicts(&traits[b as usize])? {
        CutReason::Suffix | CutReason::Country | CutReason::Id => Some(AGAINST),
        CutReason::BirthDate => Some(OTHER_DATE),
        _ => None,
    }
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
    let table = MemTable::try_new(schema, vec![vec![batch]])
        .map_err(PipelineError::query("listing cut links"))?;
    session.register_table("scratch.cuts", Arc::new(table))?;
    Ok(())
}

fn text<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a StringArray> {
    strings(batch, name).ok_or_else(|| PipelineError::Invalid(format!("column {name} is not text")))
}

fn number<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a Int64Array> {
    integers(batch, name)
        .ok_or_else(|| PipelineError::Invalid(format!("column {name} is no integer")))
}

fn or_empty(column: &StringArray, row: usize) -> &str {
    if column.is_null(row) {
        ""
    } else {
        column.value(row)
    }
}

impl Records {
    async fn read(run: &Run, session: &Session, entity: &str) -> Result<Records> {
        let columns = match entity {
            "person" => "given_key, family_key, name_suffix, country, birth_date",
            _ => "country, tax_id",
        };
        let sql = format!(
            "SELECT record_key, source_system, source_record_id, {columns} FROM scratch.comparable_{entity}s \
             ORDER BY source_system, source_record_id"
        );
        let what = "reading the records to cluster";
        let frame = session.sql(what, &sql).await?;
        let schema = Arc::new(frame.schema().as_arrow().clone());
        let batches = run.collect(frame, what).await?;
        let batch = arrow::compute::concat_batches(&schema, &batches)
            .map_err(PipelineError::arrow(what))?;
        let position = number(&batch, "record_key")?
            .values()
            .iter()
            .enumerate()
            .map(|(position, key)| (*key, position as u32))
            .collect();
        Ok(Records { batch, position })
    }

    fn keys(&self) -> Result<&Int64Array> {
        number(&self.batch, "record_key")
    }

    fn len(&self) -> usize {
        self.batch.num_rows()
    }

    /// A steward's must-links, and the pairs to keep apart. A decision about a record that is gone binds nobody.
    async fn decisions(
        &self,
        run: &Run,
        session: &Session,
        entity: &str,
    ) -> Result<(Pairs, Pairs)> {
        let sql = format!("SELECT * FROM scratch.settled WHERE entity = '{entity}'");
        let what = "reading steward decisions";
        let frame = session.sql(what, &sql).await?;
        let (mut together, mut apart) = (Vec::new(), Vec::new());
        for batch in run.collect(frame, what).await? {
            let kinds = text(&batch, "kind")?;
            for (row, pair) in self.pairs(&batch)?.into_iter().enumerate() {
                match (pair, kinds.value(row)) {
                    (Some(pair), "same") => together.push(pair),
                    (Some(pair), _) => apart.push(pair),
                    (None, _) => {}
                }
            }
        }
        Ok((together, apart))
    }

    /// By row, the positions of both records, where both are here.
    fn pairs(&self, batch: &RecordBatch) -> Result<Vec<Option<(u32, u32)>>> {
        let (a, b) = (
            number(batch, "a_record_key")?,
            number(batch, "b_record_key")?,
        );
        let pairs = a.values().iter().zip(b.values());
        Ok(pairs
            .map(|(a, b)| Some((*self.position.get(a)?, *self.position.get(b)?)))
            .collect())
    }

    async fn edges(
        &self,
        session: &Session,
        what: &str,
        sql: &str,
        mut see: impl FnMut(Edge),
    ) -> Result<()> {
        let frame = session.sql(what, sql).await?;
        let mut rows = frame
            .execute_stream()
            .await
            .map_err(PipelineError::query(what))?;
        while let Some(batch) = rows.next().await {
            let batch = batch.map_err(PipelineError::query(what))?;
            let weights = batch
                .column_by_name("weight")
                .and_then(|column| column.as_primitive_opt::<Float64Type>())
                .ok_or_else(|| PipelineError::Invalid("column weight is no number".into()))?;
            let weak = batch
                .column_by_name("is_weak")
                .and_then(|column| column.as_boolean_opt());
            let pairs = self.pairs(&batch)?.into_iter().zip(weights.values());
            for (row, (pair, weight)) in pairs.enumerate() {
                if let Some((a, b)) = pair {
                    see(Edge {
                        a,
                        b,
                        weight: *weight as f32,
                        is_weak: weak.is_some_and(|weak| weak.value(row)),
                    });
                }
            }
        }
        Ok(())
    }

    async fn links(&self, session: &Session, entity: &str) -> Result<Vec<Edge>> {
        let sql = format!(
            "SELECT a_record_key, b_record_key, link_weight AS weight, \
             link_weight < {firm} AND CASE entity WHEN 'person' \
             THEN name_level NOT IN ('exact', 'swapped', 'nickname', 'typo') \
             ELSE name_similarity < 0.85 END AS is_weak \
             FROM scratch.scored_{entity}_edges WHERE decision = 'auto'",
            firm = auto_weight() + FIRM
        );
        let mut links = Vec::new();
        self.edges(session, "reading auto edges", &sql, |edge| {
            links.push(edge);
        })
        .await?;
        Ok(links)
    }

    /// Adds the pairs inside a component that do not link.
    async fn doubts(
        &self,
        session: &Session,
        entity: &str,
        component_of: &[u32],
        edges: &mut Vec<Edge>,
        prior: f32,
    ) -> Result<()> {
        let linked: HashSet<(u32, u32)> =
            edges.iter().map(|e| (e.a.min(e.b), e.a.max(e.b))).collect();
        // What is guarded stands against joining, whatever it weighs.
        let sql = format!(
            "SELECT pairs.a_record_key, pairs.b_record_key, \
             CASE WHEN guarded.a_record_key IS NULL THEN pairs.match_weight ELSE {AGAINST} END AS weight \
             FROM scratch.weighed_pairs AS pairs \
             LEFT JOIN (SELECT a_record_key, b_record_key FROM scratch.scored_{entity}_edges WHERE is_guarded) AS guarded \
             ON guarded.a_record_key = pairs.a_record_key AND guarded.b_record_key = pairs.b_record_key"
        );
        let is_inside = |edge: &Edge| {
            component_of[edge.a as usize] == component_of[edge.b as usize]
                && !linked.contains(&(edge.a.min(edge.b), edge.a.max(edge.b)))
        };
        self.edges(session, "reading weighed pairs", &sql, |mut edge| {
            if is_inside(&edge) {
                // What is not linked speaks against joining or not at all; and that two records drawn at random are
                // hardly one speaks no more when others link them.
                edge.weight = match edge.weight == AGAINST {
                    true => AGAINST,
                    false => (edge.weight - prior + FORGIVEN).min(0.0),
                };
                edges.push(edge);
            }
        })
        .await
    }

    fn traits(&self, entity: &str) -> Result<Vec<Traits<'_>>> {
        let batch = &self.batch;
        let countries = text(batch, "country")?;
        let country = |row: usize| match or_empty(countries, row).as_bytes() {
            [a, b, ..] => u16::from_be_bytes([*a, *b]),
            _ => 0,
        };
        let mut traits = Vec::with_capacity(batch.num_rows());
        if entity != "person" {
            let tax_ids = text(batch, "tax_id")?;
            for row in 0..batch.num_rows() {
                let id = match or_empty(tax_ids, row) {
                    "" => 0,
                    // 0 says unknown.
                    id => (crate::udf::key_hash(id) as u64).max(1),
                };
                traits.push(Traits {
                    id,
                    country: country(row),
                    ..Traits::default()
                });
            }
            return Ok(traits);
        }
        let (given, family) = (text(batch, "given_key")?, text(batch, "family_key")?);
        let suffixes = text(batch, "name_suffix")?;
        let births = batch
            .column_by_name("birth_date")
            .and_then(|column| column.as_primitive_opt::<Date32Type>());
        let mut suffix_numbers: HashMap<&str, u8> = HashMap::from([("", 0)]);
        for row in 0..batch.num_rows() {
            let next = suffix_numbers.len().min(255) as u8;
            let suffix = *suffix_numbers
                .entry(or_empty(suffixes, row))
                .or_insert(next);
            let birth_date = births
                .filter(|births| !births.is_null(row))
                .map_or(0, |births| packed_date(births.value(row)));
            traits.push(Traits {
                birth_date,
                suffix,
                country: country(row),
                id: 0,
                given: or_empty(given, row),
                family: or_empty(family, row),
            });
        }
        Ok(traits)
    }

    fn clusters(&self, cluster_of: &[u32]) -> Result<Vec<Vec<String>>> {
        let (sources, ids) = (
            text(&self.batch, "source_system")?,
            text(&self.batch, "source_record_id")?,
        );
        let mut clusters: Vec<Vec<String>> = Vec::new();
        let mut number: HashMap<u32, usize> = HashMap::new();
        for (row, cluster) in cluster_of.iter().enumerate() {
            let position = *number.entry(*cluster).or_insert_with(|| {
                clusters.push(Vec::new());
                clusters.len() - 1
            });
            clusters[position].push(format!("{}\u{1f}{}", sources.value(row), ids.value(row)));
        }
        Ok(clusters)
    }
}
