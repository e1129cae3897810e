//! The records of the lake that one record is compared with: found in `silver.block_keys` and `silver.compared_records`, of which a
//! reader needs a few pages.

use super::super::comparables::{Comparables, Frequencies};
use super::super::kept::{frequencies, limits, read};
use super::super::limits::{Limit, Limits};
use super::super::rules::Rule;
use crate::udf::{integers, strings};
use crate::{PipelineError, Result, Run};
use arrow::array::{Int64Array, RecordBatch, StringViewArray};
use arrow::datatypes::{DataType, Field, Schema};
use lake::Session;
use linkage::Entity;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The record and those that it meets.
pub struct Near {
    entity: Entity,
    pub rules: Vec<Rule>,
    /// By the number of a rule: (block key, record key), in order.
    keys: BTreeMap<u8, Vec<(i64, i64)>>,
    /// How the blocks were compared that the record would stand in.
    pub limits: Limits,
    /// By record key, packed evidence.
    evidence: BTreeMap<i64, String>,
}

impl Near {
    /// Of the record under `key`, which `scratch.comparable_*` and `scratch.match_points` hold alone.
    pub async fn of(run: &Run, session: &Session, entity: Entity, key: i64) -> Result<Near> {
        let mut near = Near {
            entity,
            rules: run.project.matching.rules(entity),
            keys: BTreeMap::new(),
            limits: Limits::new(),
            evidence: BTreeMap::new(),
        };
        let file = format!("silver/{}_evidence", entity.name());
        let own = run.frame(session, &file).await?;
        for batch in run
            .collect(own, "reading what of the record is compared")
            .await?
        {
            near.add_evidence(&batch)?;
        }
        for rule in near.rules.clone() {
            let what = format!("blocking by {}", rule.name);
            let frame = rule.keys(run, session, entity).await?;
            for batch in run.collect(frame, &what).await? {
                let own = integers(&batch, "block_key")?.values().iter();
                let known = near.keys.entry(rule.number).or_default();
                known.extend(own.map(|block| (*block, key)));
            }
        }
        if let Some(wanted) = near.of_blocks() {
            near.limits = limits(session, entity, &near.rules, &wanted, |_| Ok(())).await?;
        }
        let members = near.read_members(session, key);
        run.steps.take("members of blocks", members).await?;
        let members: BTreeSet<i64> = near.members().collect();
        let evidence = near.read_evidence(session, &members);
        run.steps.take("evidence", evidence).await?;
        Ok(near)
    }

    fn members(&self) -> impl Iterator<Item = i64> {
        self.keys.values().flatten().map(|(_, record)| *record)
    }

    /// Rules whose block of this record is too large to be compared.
    pub fn refused(&self) -> Vec<String> {
        let is_refused = |rule: &&Rule| {
            let mut limits = self.limits.iter();
            limits.any(|((number, _), limit)| *number == rule.number && *limit == Limit::Refused)
        };
        let refused = self.rules.iter().filter(is_refused);
        refused.map(|rule| rule.name.to_string()).collect()
    }

    /// SQL: a row of one of these blocks.
    fn of_blocks(&self) -> Option<String> {
        let mut of_rules = Vec::new();
        for rule in &self.rules {
            let keys = self.keys.get(&rule.number).into_iter().flatten();
            let keys: BTreeSet<i64> = keys.map(|(key, _)| *key).collect();
            if !keys.is_empty() {
                let name = rule.name.replace('\'', "''");
                let of_keys = any_of("block_key", &Vec::from_iter(keys));
                of_rules.push(format!("(rule = '{name}' AND {of_keys})"));
            }
        }
        (!of_rules.is_empty()).then(|| of_rules.join(" OR "))
    }

    fn number(&self, name: &str) -> Option<u8> {
        let rule = self.rules.iter().find(|rule| rule.name == name);
        rule.map(|rule| rule.number)
    }

    /// Of blocks that are too large to be compared nobody is read: one more does not make them smaller.
    async fn read_members(&mut self, session: &Session, own: i64) -> Result<()> {
        let is_refused = |rule, key| self.limits.get(&(rule, key)) == Some(&Limit::Refused);
        for (rule, known) in &mut self.keys {
            known.retain(|(key, _)| !is_refused(*rule, *key));
        }
        let Some(of_blocks) = self.of_blocks() else {
            return Ok(());
        };
        let what = "reading who shares a block";
        let sql = format!(
            "SELECT rule, block_key, record_key FROM scratch.previous_block_keys \
             WHERE entity = '{}' AND ({of_blocks}) AND record_key <> {own}",
            self.entity.name()
        );
        let mut found = Vec::new();
        read(session, what, &sql, |batch| {
            let names = strings(batch, "rule")?;
            let keys = integers(batch, "block_key")?;
            let records = integers(batch, "record_key")?;
            for row in 0..batch.num_rows() {
                let number = self.number(names.value(row));
                found.extend(number.map(|number| (number, keys.value(row), records.value(row))));
            }
            Ok(())
        })
        .await?;
        for (number, key, record) in found {
            self.keys.entry(number).or_default().push((key, record));
        }
        for known in self.keys.values_mut() {
            known.sort_unstable();
            known.dedup();
        }
        Ok(())
    }

    /// Of those that are not known yet. `true`: there were some.
    pub async fn read_evidence(
        &mut self,
        session: &Session,
        records: &BTreeSet<i64>,
    ) -> Result<bool> {
        let is_new = |key: &&i64| !self.evidence.contains_key(*key);
        let wanted: Vec<i64> = records.iter().filter(is_new).copied().collect();
        if wanted.is_empty() {
            return Ok(false);
        }
        let what = "reading what of records is compared";
        let sql = format!(
            "SELECT record_key, arrow_cast(evidence, 'Utf8View') AS evidence \
             FROM scratch.previous_compared_records WHERE entity = '{}' AND {}",
            self.entity.name(),
            any_of("record_key", &wanted)
        );
        read(session, what, &sql, |batch| self.add_evidence(batch)).await?;
        Ok(true)
    }

    fn add_evidence(&mut self, batch: &RecordBatch) -> Result<()> {
        let keys = integers(batch, "record_key")?.values().iter();
        let texts = Comparables::texts_of(batch)?;
        let known = keys.zip(texts.iter());
        let known = known.map(|(key, text)| (*key, text.unwrap_or_default().to_owned()));
        self.evidence.extend(known);
        Ok(())
    }

    /// Everything known, as `scratch.near_records`, and as rules look at it, as `scratch.comparable_*`.
    pub async fn comparables(&self, run: &Run, session: &Session) -> Result<Comparables> {
        let what = "holding what of records is compared";
        let schema = Arc::new(Schema::new(vec![
            Field::new("record_key", DataType::Int64, false),
            Field::new("evidence", DataType::Utf8View, false),
        ]));
        let keys = self.evidence.keys().copied();
        let columns = vec![
            Arc::new(Int64Array::from_iter_values(keys)) as _,
            Arc::new(StringViewArray::from_iter_values(self.evidence.values())) as _,
        ];
        let rows = RecordBatch::try_new(schema, columns).map_err(PipelineError::arrow(what))?;
        session.register_rows("scratch.near_records", rows)?;
        let entity = self.entity.name();
        let frame = run.frame(session, &format!("match/near_{entity}s")).await?;
        let comparable = format!("scratch.comparable_{entity}s");
        run.hold(session, &comparable, frame).await?;
        let rows = session
            .sql(what, "SELECT * FROM scratch.near_records")
            .await?;
        Comparables::of(session, self.entity, rows).await
    }

    /// (key, position) of those that have the key of a rule, sorted.
    pub fn keys(&self, comparables: &Comparables, rule: &Rule) -> Vec<(i64, u32)> {
        let known = self.keys.get(&rule.number).into_iter().flatten();
        let here = known.filter_map(|(key, record)| Some((*key, comparables.position(*record)?)));
        let mut keys: Vec<(i64, u32)> = here.collect();
        keys.sort_unstable();
        keys
    }

    /// How many records hold the values of all these.
    pub async fn frequencies(
        &self,
        session: &Session,
        comparables: &Comparables,
    ) -> Result<Frequencies> {
        let positions = 0..comparables.len() as u32;
        let terms = positions.flat_map(|at| comparables.evidence(at).terms());
        let terms: BTreeSet<i64> = terms.map(|(_, term)| term).collect();
        let terms: Vec<i64> = terms.into_iter().collect();
        if terms.is_empty() {
            return Ok(vec![HashMap::new(); self.entity.comparisons().len()]);
        }
        let wanted = any_of("value_key", &terms);
        frequencies(session, self.entity, &wanted, |_| Ok(())).await
    }
}

/// Values in a list that DataFusion still holds against the statistics of pages; and so many pages that all may be read.
const OF_A_LIST: usize = 20;
const MOST: usize = 2_000;

/// SQL: the column is one of these.
pub fn any_of(column: &str, values: &[i64]) -> String {
    let list = |values: &[i64]| {
        let values: Vec<String> = values.iter().map(i64::to_string).collect();
        format!("{column} IN ({})", values.join(", "))
    };
    if values.len() <= OF_A_LIST || values.len() > MOST {
        return list(values);
    }
    // Neighbours lie in the same pages; and between two bounds the list is not joined with the others.
    let mut values = values.to_vec();
    values.sort_unstable();
    let bounded = values.chunks(OF_A_LIST).map(|values| {
        let (first, last) = (values.first(), values.last());
        let (first, last) = (first.unwrap_or(&0), last.unwrap_or(&0));
        format!("({column} BETWEEN {first} AND {last} AND {})", list(values))
    });
    format!("({})", bounded.collect::<Vec<_>>().join(" OR "))
}
