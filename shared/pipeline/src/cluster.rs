//! Auto edges → clusters of records, by union-find that refuses contradictions (`linkage::cluster`).

use crate::udf::{integers, strings};
use crate::{PipelineError, Result, Run};
use arrow::array::{Array, AsArray, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Date32Type, Field, Schema};
use datafusion::datasource::MemTable;
use lake::Session;
use linkage::{CutReason, Link, Traits};
use std::collections::HashMap;
use std::sync::Arc;

/// The clusters of one entity.
pub struct Clustered {
    pub entity: &'static str,
    /// Source keys (`source_system`, unit separator, `source_record_id`) of each cluster, sorted.
    pub clusters: Vec<Vec<String>>,
    pub auto_edges: u64,
    /// Links that were not followed: record keys, smaller first, and why.
    pub cuts: Vec<(i64, i64, &'static str)>,
}

/// Columns of the records to cluster, kept as Arrow columns so that traits borrow their text.
struct Records {
    batch: RecordBatch,
    position: HashMap<i64, u32>,
}

pub async fn run(run: &Run, session: &Session, entity: &'static str) -> Result<Clustered> {
    let records = Records::read(run, session, entity).await?;
    let (mut links, apart) = records.decisions(run, session, entity).await?;
    let auto_edges = records.edges(run, session, entity, &mut links).await?;
    let traits = records.traits(entity)?;
    let clustering = linkage::cluster(&traits, &links, &apart);
    let keys = records.keys()?;
    // What a steward keeps apart is no question. A steward's "same" that another decision stands against is one, and the
    // review queue finds it from the decisions themselves, to name them both.
    let cuts = clustering
        .cut
        .iter()
        .filter(|cut| cut.reason != CutReason::KeptApart)
        .map(|cut| {
            let link = &links[cut.link];
            let (a, b) = (keys.value(link.a as usize), keys.value(link.b as usize));
            (a.min(b), a.max(b), reason(entity, cut.reason))
        })
        .collect();
    Ok(Clustered {
        entity,
        clusters: records.clusters(&clustering.cluster_of)?,
        auto_edges,
        cuts,
    })
}

/// Accounts have no birth date; their tax id takes its place in the traits.
fn reason(entity: &str, reason: CutReason) -> &'static str {
    match (entity, reason) {
        ("account", CutReason::BirthDate) => "tax_id",
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

    /// A steward's must-links, and the pairs to keep apart. A decision about a record that is gone binds nobody.
    async fn decisions(
        &self,
        run: &Run,
        session: &Session,
        entity: &str,
    ) -> Result<(Vec<Link>, Vec<(u32, u32)>)> {
        let sql = format!("SELECT * FROM scratch.settled WHERE entity = '{entity}'");
        let what = "reading steward decisions";
        let frame = session.sql(what, &sql).await?;
        let (mut links, mut apart) = (Vec::new(), Vec::new());
        for batch in run.collect(frame, what).await? {
            let kinds = text(&batch, "kind")?;
            let (a, b) = (
                number(&batch, "a_record_key")?,
                number(&batch, "b_record_key")?,
            );
            for row in 0..batch.num_rows() {
                let (Some(a), Some(b)) = (
                    self.position.get(&a.value(row)),
                    self.position.get(&b.value(row)),
                ) else {
                    continue;
                };
                if kinds.value(row) == "same" {
                    links.push(Link {
                        a: *a,
                        b: *b,
                        strength: u32::MAX,
                        is_weak: false,
                        is_decided: true,
                    });
                } else {
                    apart.push((*a, *b));
                }
            }
        }
        Ok((links, apart))
    }

    async fn edges(
        &self,
        run: &Run,
        session: &Session,
        entity: &str,
        links: &mut Vec<Link>,
    ) -> Result<u64> {
        // Weak: one identity only (strength counts 1000 for each), and names that do not fully agree.
        let sql = format!(
            "SELECT a_record_key, b_record_key, strength, \
             strength < 2000 AND CASE entity WHEN 'person' \
             THEN name_level NOT IN ('exact', 'swapped', 'nickname', 'typo') \
             ELSE name_similarity < 0.85 END AS is_weak \
             FROM silver.scored_edges WHERE decision = 'auto' AND entity = '{entity}'"
        );
        let what = "reading auto edges";
        let frame = session.sql(what, &sql).await?;
        let mut count = 0;
        for batch in run.collect(frame, what).await? {
            let (a, b) = (
                number(&batch, "a_record_key")?,
                number(&batch, "b_record_key")?,
            );
            let strengths = number(&batch, "strength")?;
            let weak = batch
                .column_by_name("is_weak")
                .and_then(|column| column.as_boolean_opt());
            for row in 0..batch.num_rows() {
                let (Some(a), Some(b)) = (
                    self.position.get(&a.value(row)),
                    self.position.get(&b.value(row)),
                ) else {
                    continue;
                };
                count += 1;
                links.push(Link {
                    a: *a,
                    b: *b,
                    strength: strengths.value(row).clamp(0, i64::from(u32::MAX) - 1) as u32,
                    is_weak: weak.is_some_and(|weak| weak.value(row)),
                    is_decided: false,
                });
            }
        }
        Ok(count)
    }

    fn traits(&self, entity: &str) -> Result<Vec<Traits<'_>>> {
        let batch = &self.batch;
        let countries = text(batch, "country")?;
        let country = |row: usize| {
            let bytes = or_empty(countries, row).as_bytes();
            match bytes {
                [a, b, ..] => u16::from_be_bytes([*a, *b]),
                _ => 0,
            }
        };
        let mut traits = Vec::with_capacity(batch.num_rows());
        if entity != "person" {
            let tax_ids = text(batch, "tax_id")?;
            for row in 0..batch.num_rows() {
                let tax_id = or_empty(tax_ids, row);
                let number = match tax_id {
                    "" => 0,
                    // 0 says unknown.
                    id => match crate::udf::key_hash(id) as i32 {
                        0 => 1,
                        hash => hash,
                    },
                };
                traits.push(Traits {
                    birth_date: number,
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
                // The epoch itself is day 0, which says unknown; no real table is the worse for a shift by one.
                .map_or(0, |births| match births.value(row) {
                    day if day >= 0 => day + 1,
                    day => day,
                });
            traits.push(Traits {
                birth_date,
                suffix,
                country: country(row),
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
