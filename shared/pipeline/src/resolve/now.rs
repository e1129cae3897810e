//! One record, now: which customer is it, though no run has seen it? It is standardized, blocked, weighed and clustered by the same
//! code as in a run, with the model and the frequencies of the last one, against those alone that share a block with it.

mod answer;
mod near;

use super::blocks::Blocks;
use super::comparables::Comparables;
use super::consumed::goes_on;
use super::history::register_beside;
use super::kept::{Changes, last_trained, read};
use super::{CROSSWALK, cluster, pairs, score, udf};
use crate::golden::publication::empty;
use crate::project::Feed;
use crate::standardize::{One, feed_of, one};
use crate::udf::{integers, strings};
use crate::{PipelineError, Result, Run};
pub use answer::{Answer, Asked, Candidate, Decision};
use arrow::array::{Array, AsArray};
use arrow::datatypes::Float64Type;
use datafusion::datasource::MemTable;
use lake::Session;
use linkage::{Entity, Weights, match_weight_of};
use near::{Near, any_of};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// What the newest run left that one record is compared with; in a session `scratch.previous_*`.
const LEFT: [&str; 7] = [
    CROSSWALK,
    "silver.match_models",
    "silver.resolve_runs",
    "silver.compared_records",
    "silver.block_keys",
    "silver.limited_blocks",
    "silver.value_frequencies",
];

/// Tables that are read as they are now.
const READ: [&str; 4] = [
    CROSSWALK,
    "bronze.ingested_files",
    "silver.mail_domains",
    "silver.steward_decisions",
];

/// Resolves one record against what the last run published, and changes nothing. Customers are taken as they stand: a record that
/// is linked with a part of one and contradicts another part is a matter of review, where a run may divide the customer.
///
/// Errors: `Invalid` where nobody is resolved yet or the rules are not those of the last run, for a feed that is not there or holds
/// neither persons nor accounts, and for a record that would go to quarantine.
pub async fn identify(run: &Run, asked: Asked<'_>, mut row: Map<String, Value>) -> Result<Answer> {
    let is_sourced = matches!(asked, Asked::OfFeed(_));
    let feed = match asked {
        Asked::OfFeed(name) => named(run, name)?.clone(),
        Asked::Of(entity) => feed_of(entity, &mut row)?,
    };
    let entity = match feed.entity {
        crate::Entity::Person => Entity::Person,
        crate::Entity::Account => Entity::Account,
        other => {
            let (feed, other) = (&feed.name, other.as_str());
            return Err(PipelineError::Invalid(format!(
                "feed {feed} holds rows of kind {other}; only persons and accounts are matched"
            )));
        }
    };
    let pinned = run.pin(&READ, &[]).await?;
    let first = "`c360 run` is first";
    if pinned.get(CROSSWALK).is_none_or(|table| table.0.is_none()) {
        let message = format!("nobody is resolved yet, so nobody can be found: {first}");
        return Err(PipelineError::Invalid(message));
    }
    if !goes_on(run, &pinned).await? {
        let message =
            format!("the matching rules, or c360 itself, are others than in the last run: {first}");
        return Err(PipelineError::Invalid(message));
    }
    let session = run.session_over(&pinned).await?;
    let left = |table: &str| table.replace("silver.", "scratch.previous_");
    register_beside(run, &session, &pinned, &LEFT, left).await?;
    // What was weighed before is of other pairs.
    let edges = run.table("silver.scored_edges")?;
    session.register_table("scratch.previous_scored_edges", empty(edges))?;
    let record = run.steps.take("record", one(run, &feed, &row)).await?;
    let key = record.record_key;
    let held = register(run, &session, entity, record);
    run.steps.take("comparable", held).await?;
    let search = Search {
        run,
        session,
        entity,
        key,
        is_sourced,
    };
    search.answer().await
}

fn named<'a>(run: &'a Run, name: &str) -> Result<&'a Feed> {
    let feeds = &run.project.feeds;
    feeds.iter().find(|feed| feed.name == name).ok_or_else(|| {
        let known: Vec<&str> = feeds.iter().map(|feed| feed.name.as_str()).collect();
        PipelineError::Invalid(format!(
            "c360.toml has no feed {name:?}; it has {}",
            known.join(", ")
        ))
    })
}

/// The record, alone, in the tables that blocking reads: `scratch.comparable_*` and `scratch.match_points`.
async fn register(run: &Run, session: &Session, entity: Entity, record: One) -> Result<()> {
    let what = "holding the record";
    run.active_files(session).await?;
    let listed = run.frame(session, "silver/mail_domains").await?;
    run.hold(session, "scratch.mail_domains", listed).await?;
    for table in [
        "silver.person_records",
        "silver.account_records",
        "silver.contact_points",
        "silver.persons",
        "silver.accounts",
    ] {
        session.register_empty(run.table(table)?)?;
    }
    let mut file_key = None;
    for (table, rows) in record.tables {
        if let Some(keys) = rows
            .column_by_name("file_key")
            .filter(|keys| !keys.is_empty())
        {
            file_key = keys
                .as_string_opt::<i32>()
                .map(|keys| keys.value(0).to_owned());
        }
        let held = MemTable::try_new(rows.schema(), vec![vec![rows]]);
        let held = held.map_err(PipelineError::query(what))?;
        session.register_table(table, Arc::new(held))?;
    }
    let files = format!(
        "SELECT '{}' AS file_key, to_timestamp_micros(NULL) AS extracted_at",
        file_key.unwrap_or_default()
    );
    let files = session.sql(what, &files).await?;
    run.hold(session, "scratch.active_files", files).await?;
    let entity = entity.name();
    for (file, table) in [
        (format!("silver/{entity}s"), format!("silver.{entity}s")),
        ("silver/match_points".into(), "scratch.match_points".into()),
        (
            format!("silver/comparable_{entity}s"),
            format!("scratch.comparable_{entity}s"),
        ),
    ] {
        let frame = run.frame(session, &file).await?;
        let rows = run.hold(session, &table, frame).await?;
        if rows == 0 && table == format!("silver.{entity}s") {
            let message = "the record says of itself that it is deleted";
            return Err(PipelineError::Invalid(message.into()));
        }
    }
    Ok(())
}

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

/// The search for one record, which the session holds alone.
struct Search<'a> {
    run: &'a Run,
    session: Session,
    entity: Entity,
    key: i64,
    /// May a record of its source and id be there?
    is_sourced: bool,
}

impl Search<'_> {
    async fn answer(&self) -> Result<Answer> {
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
        let weights = Arc::new(trained.weights());
        let near = Near::of(run, session, entity, self.key);
        let mut near = run.steps.take("near", near).await?;
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
        let found = self.found(&comparables, &weights);
        let found = run.steps.take("candidates", found).await?;
        let sure = found
            .iter()
            .filter(|found| found.candidate.decision == "auto");
        let sure: BTreeSet<&str> = sure.map(|found| &*found.candidate.customer_id).collect();
        let joined = match sure.is_empty() {
            true => BTreeSet::new(),
            false => {
                let ids: Vec<String> = sure.iter().map(|id| format!("'{id}'")).collect();
                let of_sure = format!("customer_id IN ({})", ids.join(", "));
                let members = self.owners(&of_sure);
                let mut members = run.steps.take("members", members).await?;
                members.remove(&self.key);
                let keys = members.keys().copied().collect();
                if near.read_evidence(session, &keys).await? {
                    (comparables, blocks) = self.meet(&near, is_new).await?;
                }
                let prior = match_weight_of(trained.model.prior()) as f32;
                let joined = self.joined(&members, &comparables, &blocks, &weights, prior);
                run.steps.take("clusters", joined).await?
            }
        };
        answer.decision = match joined.len() {
            0 if found.is_empty() => Decision::New,
            0 => Decision::Review,
            1 => Decision::Match,
            _ => Decision::Several,
        };
        if answer.decision == Decision::Match {
            answer.customer_id = joined.first().cloned();
        }
        let mut seen = BTreeSet::new();
        for Found { mut candidate, .. } in found {
            if seen.insert(candidate.customer_id.clone()) {
                candidate.is_joined = joined.contains(&candidate.customer_id);
                answer.candidates.push(candidate);
            }
        }
        Ok(answer)
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

    /// The kept pairs of the record, the strongest first.
    async fn found(&self, comparables: &Comparables, weights: &Weights) -> Result<Vec<Found>> {
        let what = "reading the pairs of the record";
        let key = self.key;
        let sql = format!(
            "SELECT CASE WHEN a_record_key = {key} THEN b_record_key ELSE a_record_key END AS other, \
             decision, reason, match_keys, match_weight, match_probability, vector \
             FROM scratch.scored_{}_edges \
             WHERE decision <> 'distinct' AND {key} IN (a_record_key, b_record_key) \
             ORDER BY decision, match_weight DESC, other",
            self.entity.name()
        );
        let mut found = Vec::new();
        read(&self.session, what, &sql, |batch| {
            let others = integers(batch, "other")?;
            let texts = |name: &str| strings(batch, name);
            let (decisions, reasons) = (texts("decision")?, texts("reason")?);
            let (keys, vectors) = (texts("match_keys")?, integers(batch, "vector")?);
            let number = |name: &str, row: usize| {
                let column = batch.column_by_name(name);
                let column = column.and_then(|column| column.as_primitive_opt::<Float64Type>());
                column.map_or(f64::NAN, |column| column.value(row))
            };
            for row in 0..batch.num_rows() {
                let other = others.value(row);
                let both = [key.min(other), key.max(other)].map(|key| comparables.position(key));
                let [Some(a), Some(b)] = both else {
                    continue;
                };
                let vector = linkage::Vector(vectors.value(row) as u64);
                let candidate = Candidate {
                    customer_id: String::new(),
                    is_joined: false,
                    source_system: String::new(),
                    source_record_id: String::new(),
                    decision: decisions.value(row).to_owned(),
                    reason: reasons.value(row).to_owned(),
                    match_keys: keys.value(row).to_owned(),
                    match_weight: number("match_weight", row),
                    match_probability: number("match_probability", row),
                    parts: weights.explain(vector, &comparables.holders(a, b)),
                };
                found.push(Found { other, candidate });
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
        let settled = run.frame(session, "silver/settled").await?;
        run.hold(session, "scratch.settled", settled).await?;
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
