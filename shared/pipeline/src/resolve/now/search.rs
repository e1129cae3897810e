//! The search for one record among those that it meets.

use super::super::blocks::Blocks;
use super::super::comparables::Comparables;
use super::super::kept::{Changes, last_trained, read};
use super::super::{cluster, pairs, score, udf};
use super::answer::{Answer, Candidate, Decision};
use super::near::{Near, any_of};
use crate::udf::{integers, strings};
use crate::{Result, Run};
use lake::Session;
use linkage::{Entity, Weights, match_weight_of, probability};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Whose a record of the lake is.
#[derive(Clone)]
struct Owned {
    customer_id: String,
    source_system: String,
    source_record_id: String,
}

/// A pair of the record and another that is kept.
struct Found {
    other: i64,
    candidate: Candidate,
}

impl Found {
    /// Is it a link, if nothing contradicts?
    fn is_sure(&self) -> bool {
        ["auto", SAME].contains(&&*self.candidate.decision)
    }
}

/// A steward's decision, as `silver.steward_decisions` has it.
const SAME: &str = "same";

/// The search for one record, which the session holds alone.
pub struct Search<'a> {
    pub run: &'a Run,
    pub session: Session,
    pub entity: Entity,
    pub key: i64,
    /// May a record of its source and id be there?
    pub is_sourced: bool,
}

/// What stewards decided on the record: keys of those that it is one with, and of those that it is not.
#[derive(Default)]
struct Settled {
    same: BTreeSet<i64>,
    distinct: BTreeSet<i64>,
}

impl Search<'_> {
    pub async fn answer(&self) -> Result<Answer> {
        let (run, session, entity) = (self.run, &self.session, self.entity);
        let own = match self.is_sourced {
            true => self.owners(&any_of("record_key", &[self.key])).await?,
            false => BTreeMap::new(),
        };
        let mut answer = Answer {
            entity: entity.name(),
            decision: Decision::New,
            customer_id: None,
            known_as: own.into_values().next().map(|own| own.customer_id),
            candidates: Vec::new(),
            not_compared: Vec::new(),
            model_id: None,
            run_id: None,
        };
        // Without a model there was no record of this entity.
        let Some((trained, _)) = last_trained(run, session, entity).await? else {
            return Ok(answer);
        };
        answer.model_id = Some(trained.model_id.clone());
        answer.run_id = self.last_run().await?;
        let settled = self.settled().await?;
        let weights = Arc::new(trained.weights());
        let near = Near::of(run, session, entity, self.key);
        let mut near = run.steps.take("near", near).await?;
        near.read_evidence(session, &settled.same).await?;
        answer.not_compared = near.refused();
        let is_new = answer.known_as.is_none();
        let meet = self.meet(&near, is_new);
        let (mut comparables, mut blocks) = run.steps.take("blocks", meet).await?;
        let changes = Changes::one(&comparables, self.key);
        udf::register_rules(&session.context, near.rules.clone());
        score::run(
            run,
            session,
            &comparables,
            &blocks,
            &weights,
            Some(Arc::new(changes)),
            &trained.model_id,
        )
        .await?;
        let found = self.found(&comparables, &weights, &settled);
        let found = run.steps.take("candidates", found).await?;
        let sure = found.iter().filter(|found| found.is_sure());
        let sure: BTreeSet<&str> = sure.map(|found| &*found.candidate.customer_id).collect();
        let joined = match sure.is_empty() {
            true => BTreeSet::new(),
            false => {
                let members = self.members(&sure);
                let members = run.steps.take("members", members).await?;
                let keys = members.keys().copied().collect();
                if near.read_evidence(session, &keys).await? {
                    (comparables, blocks) = self.meet(&near, is_new).await?;
                }
                let prior = match_weight_of(trained.model.prior()) as f32;
                let joined = self.joined(&members, &comparables, &blocks, &weights, prior);
                run.steps.take("clusters", joined).await?
            }
        };
        // Of whom a steward has said that it is another, nobody asks again.
        let apart = match settled.distinct.is_empty() {
            true => BTreeMap::new(),
            false => {
                self.owners(&any_of("record_key", &Vec::from_iter(settled.distinct)))
                    .await?
            }
        };
        let apart: BTreeSet<String> = apart.into_values().map(|owned| owned.customer_id).collect();
        let is_open = |found: &Found| !apart.contains(&found.candidate.customer_id);
        answer.decision = match joined.len() {
            0 if found.iter().any(is_open) => Decision::Review,
            0 => Decision::New,
            1 => Decision::Match,
            _ => Decision::Several,
        };
        answer.customer_id = match (answer.decision, &answer.known_as) {
            (Decision::Match, _) => joined.first().cloned(),
            // It is there, and nobody's but its own customer's: that stays what it is.
            (Decision::New, Some(known)) if self.members(&[&**known].into()).await?.is_empty() => {
                answer.decision = Decision::Match;
                Some(known.clone())
            }
            _ => None,
        };
        let mut seen = BTreeSet::new();
        for Found { mut candidate, .. } in found {
            if seen.insert(candidate.customer_id.clone()) {
                candidate.is_joined = joined.contains(&candidate.customer_id);
                if !candidate.is_joined && apart.contains(&candidate.customer_id) {
                    candidate.decision = "distinct".into();
                    candidate.reason = "a steward decided that they are two".into();
                }
                answer.candidates.push(candidate);
            }
        }
        Ok(answer)
    }

    /// What stewards decided on the record, if it is there.
    async fn settled(&self) -> Result<Settled> {
        let frame = self.run.frame(&self.session, "silver/settled").await?;
        self.run
            .hold(&self.session, "scratch.settled", frame)
            .await?;
        let mut settled = Settled::default();
        if !self.is_sourced {
            return Ok(settled);
        }
        let what = "reading what stewards decided on the record";
        let key = self.key;
        let sql = format!(
            "SELECT kind, CASE WHEN a_record_key = {key} THEN b_record_key ELSE a_record_key END AS other \
             FROM scratch.settled WHERE entity = '{}' AND {key} IN (a_record_key, b_record_key)",
            self.entity.name()
        );
        read(&self.session, what, &sql, |batch| {
            let (kinds, others) = (strings(batch, "kind")?, integers(batch, "other")?);
            for (row, other) in others.values().iter().enumerate() {
                match kinds.value(row) {
                    SAME => settled.same.insert(*other),
                    _ => settled.distinct.insert(*other),
                };
            }
            Ok(())
        })
        .await?;
        Ok(settled)
    }

    /// The records of some customers, but for the record itself.
    async fn members(&self, customers: &BTreeSet<&str>) -> Result<BTreeMap<i64, Owned>> {
        let ids: Vec<String> = customers.iter().map(|id| format!("'{id}'")).collect();
        let mut members = self
            .owners(&format!("customer_id IN ({})", ids.join(", ")))
            .await?;
        members.remove(&self.key);
        Ok(members)
    }

    /// The record and those near it, and the blocks that they share with it.
    async fn meet(&self, near: &Near, is_new: bool) -> Result<(Arc<Comparables>, Arc<Blocks>)> {
        let mut comparables = near.comparables(self.run, &self.session).await?;
        let matching = &self.run.project.matching;
        let blocks = Blocks::build(matching, &comparables, &near.limits, async |rule| {
            Ok(near.keys(&comparables, rule))
        })
        .await?;
        let mut known = near.frequencies(&self.session, &comparables).await?;
        if let Some(position) = comparables.position(self.key).filter(|_| is_new) {
            // One more holds its values.
            for (at, term) in comparables.evidence(position).terms() {
                if let Some(records) = known.get_mut(at).and_then(|of| of.get_mut(&term)) {
                    *records = records.saturating_add(1);
                }
            }
        }
        comparables.count(self.run.lake.threads(), Some(&known))?;
        Ok((Arc::new(comparables), Arc::new(blocks)))
    }

    /// The pairs of the record that a steward has joined, and those that are kept, the strongest first.
    async fn found(
        &self,
        comparables: &Comparables,
        weights: &Weights,
        settled: &Settled,
    ) -> Result<Vec<Found>> {
        let what = "reading the pairs of the record";
        let key = self.key;
        let sql = format!(
            "SELECT CASE WHEN a_record_key = {key} THEN b_record_key ELSE a_record_key END AS other, \
             decision, reason, match_keys FROM scratch.scored_{}_edges \
             WHERE decision <> 'distinct' AND {key} IN (a_record_key, b_record_key) \
             ORDER BY decision, match_weight DESC, other",
            self.entity.name()
        );
        let with = |other: i64, decision: &str, reason: &str, match_keys: &str| -> Option<Found> {
            let [a, b] = [key.min(other), key.max(other)].map(|key| comparables.position(key));
            let (a, b) = a.zip(b)?;
            let vector = comparables.record(a).compare(&comparables.record(b));
            let holders = comparables.holders(a, b);
            let match_weight = weights.match_weight(vector, &holders);
            let candidate = Candidate {
                customer_id: String::new(),
                is_joined: false,
                source_system: String::new(),
                source_record_id: String::new(),
                decision: decision.to_owned(),
                reason: reason.to_owned(),
                match_keys: match_keys.to_owned(),
                match_weight,
                match_probability: probability(match_weight),
                parts: weights.explain(vector, &holders),
            };
            Some(Found { other, candidate })
        };
        let joined = "a steward decided that they are one";
        let settled_as_same = settled.same.iter();
        let mut found: Vec<Found> = settled_as_same
            .filter_map(|other| with(*other, SAME, joined, ""))
            .collect();
        read(&self.session, what, &sql, |batch| {
            let others = integers(batch, "other")?;
            let texts = |name: &str| strings(batch, name);
            let (decisions, reasons) = (texts("decision")?, texts("reason")?);
            let keys = texts("match_keys")?;
            for (row, other) in others.values().iter().enumerate() {
                if !settled.same.contains(other) {
                    let (decision, reason) = (decisions.value(row), reasons.value(row));
                    found.extend(with(*other, decision, reason, keys.value(row)));
                }
            }
            Ok(())
        })
        .await?;
        let others: Vec<i64> = found.iter().map(|found| found.other).collect();
        let owners = match others.is_empty() {
            true => BTreeMap::new(),
            false => self.owners(&any_of("record_key", &others)).await?,
        };
        found.retain_mut(|Found { other, candidate }| {
            let owner = owners.get(other).cloned();
            owner.is_some_and(|owner| {
                candidate.customer_id = owner.customer_id;
                candidate.source_system = owner.source_system;
                candidate.source_record_id = owner.source_record_id;
                true
            })
        });
        Ok(found)
    }

    /// Of the customers that the record is linked with, those that it joins: what contradicts stays apart, as in a run.
    async fn joined(
        &self,
        members: &BTreeMap<i64, Owned>,
        comparables: &Comparables,
        blocks: &Blocks,
        weights: &Weights,
        prior: f32,
    ) -> Result<BTreeSet<String>> {
        let (run, session, entity) = (self.run, &self.session, self.entity.name());
        let what = "holding who belongs together";
        // Customers stay what they are.
        let mut first: HashMap<&str, i64> = HashMap::new();
        let mut together = Vec::new();
        for (key, owner) in members {
            let first = *first.entry(&owner.customer_id).or_insert(*key);
            together.push(format!("({first}, {key})"));
        }
        let sql = format!(
            "SELECT entity, kind, a_record_key, b_record_key FROM scratch.settled \
             UNION ALL SELECT '{entity}', 'same', a, b FROM (VALUES {}) AS together (a, b) WHERE a <> b",
            together.join(", ")
        );
        let settled = session.sql(what, &sql).await?;
        run.hold(session, "scratch.settled", settled).await?;
        let clustered = cluster::run(run, session, comparables, prior, |component_of| {
            pairs::inside(comparables, blocks, weights, component_of)
        })
        .await?;
        // As `sql/match/near_*.sql` names them.
        let key_of = |name: &String| name.split_once('\u{1f}')?.1.parse::<i64>().ok();
        let mut clusters = clustered.clusters.iter();
        let own = clusters.find(|names| names.iter().any(|name| key_of(name) == Some(self.key)));
        let beside = own.into_iter().flatten().filter_map(key_of);
        let owners = beside.filter_map(|key| members.get(&key));
        Ok(owners.map(|owner| owner.customer_id.clone()).collect())
    }

    /// By record key, of the records that are wanted (SQL over the crosswalk).
    async fn owners(&self, wanted: &str) -> Result<BTreeMap<i64, Owned>> {
        let what = "reading whose records are";
        let sql = format!(
            "SELECT record_key, customer_id, source_system, source_record_id \
             FROM scratch.previous_crosswalk WHERE entity = '{}' AND {wanted}",
            self.entity.name()
        );
        let mut owners = BTreeMap::new();
        read(&self.session, what, &sql, |batch| {
            let keys = integers(batch, "record_key")?;
            let customers = strings(batch, "customer_id")?;
            let sources = strings(batch, "source_system")?;
            let ids = strings(batch, "source_record_id")?;
            for row in 0..batch.num_rows() {
                let owned = Owned {
                    customer_id: customers.value(row).to_owned(),
                    source_system: sources.value(row).to_owned(),
                    source_record_id: ids.value(row).to_owned(),
                };
                owners.insert(keys.value(row), owned);
            }
            Ok(())
        })
        .await?;
        Ok(owners)
    }

    async fn last_run(&self) -> Result<Option<String>> {
        let what = "reading which run was last";
        let sql =
            "SELECT run_id FROM scratch.previous_resolve_runs ORDER BY valid_from DESC LIMIT 1";
        let mut last = None;
        read(&self.session, what, sql, |batch| {
            if batch.num_rows() > 0 {
                last = Some(strings(batch, "run_id")?.value(0).to_owned());
            }
            Ok(())
        })
        .await?;
        Ok(last)
    }
}
