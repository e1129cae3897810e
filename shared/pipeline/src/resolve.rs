//! Stage 2: standardized records → candidate pairs → scored edges → clusters → crosswalk.
//!
//! Every table is rewritten from pinned inputs; `silver.crosswalk` is committed last and carries what was consumed.

mod blocks;
mod brought;
mod comparables;
mod consumed;
mod counts;
mod evidence;
pub mod explain;
mod history;
mod in_order;
mod index;
mod kept;
mod left;
mod limits;
mod meet;
mod now;
mod pairs;
mod plan;
mod review;
mod rules;
mod score;
mod train;
pub(crate) mod udf;

pub(crate) use comparables::Comparables;
pub use consumed::estimate;
pub(crate) use consumed::{DRIVERS, ROWS, versions_beside};
pub use counts::counts;
pub use history::{Churn, IdChurn, published};
pub(crate) use in_order::in_order;
pub use now::{Answer, Asked, Candidate, Decision, identify};
pub use plan::{Plan, plan, rehearse};
pub use rules::{Rule, shipped};
pub use score::auto_weight;

use crate::cluster::{self, Clustered};
use crate::crosswalk;
use crate::customers;
use crate::households;
use crate::{Anew, Pinned, Result, Run, keep_freed_pages};
use blocks::{Blocks, read_keys};
use brought::Brought;
use consumed::{VERSION, WROTE, bytes, consumption, goes_on, is_consumed, rules_hash};
use counts::count_customers;
use index::Index;
use kept::Kept;
use lake::{Commit, Lease, Session, Staged};
use left::{Effort, Left};
use limits::Limits;
use linkage::{Entity, match_weight_of};
use std::sync::Arc;
use train::Trained;

/// Tables that this stage reads. The function wakes on `bronze.ingested_files` and `silver.steward_decisions`: the others
/// are committed before the file that they belong to is named.
pub const INPUTS: [&str; 10] = [
    "bronze.ingested_files",
    "silver.person_records",
    "silver.account_records",
    "silver.contact_points",
    "silver.addresses",
    "silver.mail_domains",
    "silver.orders",
    "silver.tickets",
    "silver.consents",
    "silver.steward_decisions",
];

/// In the order of their commits; the crosswalk closes the stage.
pub(crate) const OUTPUTS: [&str; 19] = [
    "silver.persons",
    "silver.accounts",
    "silver.match_models",
    "silver.blocking_rules",
    "silver.scored_edges",
    "silver.shared_values",
    "silver.compared_records",
    "silver.block_keys",
    "silver.limited_blocks",
    "silver.value_frequencies",
    "silver.departed_records",
    "silver.customer_redirects",
    "silver.crosswalk_history",
    "silver.resolve_runs",
    "silver.customers",
    "silver.households",
    "silver.account_links",
    "silver.review_queue",
    "silver.crosswalk",
];

/// Whoever rewrites these tables holds it.
pub(crate) const LEASE: &str = "resolve";

const CROSSWALK: &str = "silver.crosswalk";

#[derive(Clone, Copy, Debug, Default, serde::Serialize)]
pub struct Customers {
    pub person: u64,
    pub account: u64,
}

#[derive(Clone, Copy, Debug, Default, serde::Serialize)]
pub struct Report {
    /// False when every input version had been consumed before.
    pub is_new: bool,
    pub records: Customers,
    pub customers: Customers,
    /// Those that are new, other than in the run before, or gone; all where nothing was kept of that.
    pub records_changed: u64,
    /// Customers that have, or had, one of these.
    pub customers_touched: u64,
    pub pairs_compared: u64,
    /// Of the tables that this stage reads.
    pub bytes_read: u64,
    pub auto_edges: u64,
    pub review_queue: u64,
    pub shared_values: u64,
    /// Zeros where nothing was new.
    pub id_churn: IdChurn,
    pub households: u64,
    /// Of more than ten people: somebody should look.
    pub large_households: u64,
}

/// Resolves everything anew, if anything is new.
pub async fn run(run: &Run) -> Result<Report> {
    run.exclusively(LEASE, async |lease| resolve(run, lease).await)
        .await
}

async fn resolve(run: &Run, lease: &Lease) -> Result<Report> {
    keep_freed_pages();
    // What will be replaced is pinned as well: an exclusive commit refuses what came in between.
    let tables: Vec<&str> = INPUTS.iter().chain(&OUTPUTS).copied().collect();
    let pinned = run.pin(&tables, &[]).await?;
    if run.anew == Anew::News && is_consumed(run, &pinned).await? {
        return counts(run).await;
    }
    let resolved = compute(run, &pinned).await?;
    let checks = run.steps.take("checks", resolved.refused(run));
    if let Err(refused) = checks.await {
        resolved.discard(run).await;
        return Err(refused);
    }
    lease.confirm()?;
    let base = |table: &str| pinned.get(table).map_or(-1, |pinned| pinned.version());
    let mut commit = Commit::replace(base(CROSSWALK));
    for staged in resolved.tables {
        let name = staged.name().to_owned();
        let version = match staged.empty_as_before()? {
            Some(version) => version,
            None => {
                let replace = Commit::replace(base(&name));
                run.lake.commit(staged, replace).await?
            }
        };
        commit = commit.with_transaction(format!("{WROTE}{name}"), version);
    }
    for (app_id, version) in consumption(run, &pinned)? {
        commit = commit.with_transaction(app_id, version);
    }
    run.lake.commit(resolved.crosswalk, commit).await?;
    Ok(resolved.report)
}

/// Who is who, computed and not published.
struct Resolved {
    report: Report,
    /// The staged tables stand in for the published ones in it.
    session: Session,
    /// [`OUTPUTS`], in their order, but the crosswalk.
    tables: Vec<Staged>,
    crosswalk: Staged,
}

impl Resolved {
    /// Errors: why it may not be published.
    async fn refused(&self, run: &Run) -> Result<()> {
        run.check(&self.session, "resolve").await?;
        history::allow(run, &self.report.id_churn)
    }

    /// Deletes what was written aside.
    async fn discard(self, run: &Run) {
        for staged in self.tables.into_iter().chain([self.crosswalk]) {
            run.lake.discard(staged).await;
        }
    }
}

async fn compute(run: &Run, pinned: &Pinned) -> Result<Resolved> {
    let session = run.session_over(pinned).await?;
    run.active_files(&session).await?;
    let mut report = Report {
        is_new: true,
        ..Report::default()
    };
    run.scratch(&session, "silver/mail_domains", "mail_domains")
        .await?;
    let persons = run.stage(&session, "silver.persons").await?;
    let accounts = run.stage(&session, "silver.accounts").await?;
    report.records = Customers {
        person: persons.rows(),
        account: accounts.rows(),
    };
    session.register_staged(&persons).await?;
    session.register_staged(&accounts).await?;
    run.scratch(&session, "silver/settled", "settled").await?;
    history::register(run, &session, pinned).await?;
    run.scratch(&session, "silver/match_points", "match_points")
        .await?;
    let mut clustered: Vec<Clustered> = Vec::new();
    let mut models: Vec<Trained> = Vec::new();
    let mut brought: Vec<Brought> = Vec::new();
    let (mut efforts, mut left) = (Vec::new(), Vec::new());
    let goes_on = goes_on(run, pinned).await?;
    let index = Index::begin(run)?;
    for entity in [Entity::Person, Entity::Account] {
        let linked = link(run, &session, entity, goes_on, &index).await?;
        report.pairs_compared += linked.effort.pairs_compared;
        report.records_changed += linked.effort.changed.len() as u64;
        efforts.push(linked.effort);
        left.push(linked.left);
        report.auto_edges += linked.clustered.auto_edges;
        clustered.push(linked.clustered);
        models.push(linked.trained);
        brought.push(linked.brought);
    }
    review::register(&session, &models);
    train::register(&session, run, &models)?;
    let models = run.stage(&session, "silver.match_models").await?;
    session.register_staged(&models).await?;
    let rules = brought::blocking_rules(run, &session, &brought).await?;
    session.register_staged(&rules).await?;
    let shared = brought::shared_values(run, &brought).await?;
    let (keys, compared) = run.steps.take("index", index.end()).await?;
    let limited = left::limited_blocks(run, &left).await?;
    let frequencies = left::value_frequencies(run, &left).await?;
    drop(left);
    left::register_efforts(&session, efforts).await?;
    report.shared_values = shared.rows();
    let edges = run.stage(&session, "silver.scored_edges").await?;
    session.register_staged(&edges).await?;
    cluster::register_cuts(&session, &clustered)?;
    let assigned = crosswalk::run(run, &session, clustered);
    let assigned = run.steps.take("silver.crosswalk", assigned).await?;
    // From here on the staged crosswalk stands in for the published one.
    session.register_staged(&assigned.crosswalk).await?;
    session.register_staged(&assigned.redirects).await?;
    session.register_staged(&assigned.departed).await?;
    let (history, runs) = history::stage(run, &session, VERSION, rules_hash(run)?).await?;
    run.scratch(&session, "silver/owned_facts", "owned_facts")
        .await?;
    let customers = customers::run(run, &session).await?;
    session.register_staged(&customers).await?;
    report.customers = count_customers(run, &session).await?;
    let households = households::run(run, &session).await?;
    (report.households, report.large_households) = (households.households, households.large);
    session.register_staged(&households.table).await?;
    let links = run.stage(&session, "silver.account_links").await?;
    session.register_staged(&links).await?;
    for step in ["doubtful_pairs", "torn_records", "review_items"] {
        run.scratch(&session, &format!("silver/{step}"), step)
            .await?;
    }
    let queue = run.stage(&session, "silver.review_queue").await?;
    report.review_queue = queue.rows();
    session.register_staged(&queue).await?;
    (report.id_churn, report.customers_touched) = history::outcome(run, &session).await?;
    report.bytes_read = bytes(pinned)?;
    Ok(Resolved {
        report,
        session,
        tables: vec![
            persons,
            accounts,
            models,
            rules,
            edges,
            shared,
            compared,
            keys,
            limited,
            frequencies,
            assigned.departed,
            assigned.redirects,
            history,
            runs,
            customers,
            households.table,
            links,
            queue,
        ],
        crosswalk: assigned.crosswalk,
    })
}

/// What came of the records of one entity.
struct Linked {
    brought: Brought,
    trained: Trained,
    clustered: Clustered,
    effort: Effort,
    left: Left,
}

/// Blocks, trains, scores and clusters the records of one entity; leaves `scratch.scored_<entity>_edges`. Where it goes on from the
/// run before, only what changed since is compared.
async fn link(
    run: &Run,
    session: &Session,
    entity: Entity,
    goes_on: bool,
    index: &Index,
) -> Result<Linked> {
    let comparable = format!("comparable_{}s", entity.name());
    run.scratch(session, &format!("silver/{comparable}"), &comparable)
        .await?;
    let (matching, steps) = (&run.project.matching, &run.steps);
    let rules = matching.rules(entity);
    udf::register_rules(&session.context, rules.clone());
    let comparables = Comparables::read(run, session, entity);
    let mut comparables = steps.take("comparables", comparables).await?;
    let kept = match goes_on {
        true => Kept::read(run, session, &comparables, &rules).await?,
        false => None,
    };
    let none = Limits::new();
    let limits = kept.as_ref().map_or(&none, |kept| &kept.limits);
    let blocks = Blocks::build(matching, &comparables, limits, async |rule| {
        let keys = read_keys(run, session, rule, &comparables).await?;
        index.add_keys(&comparables, &rule.name, &keys).await?;
        Ok(keys)
    });
    let blocks = Arc::new(steps.take("blocks", blocks).await?);
    index.add_records(&comparables, &blocks).await?;
    let changes = kept
        .as_ref()
        .map(|kept| kept.changes(&comparables, &blocks));
    let changed = match &changes {
        Some(changes) => changes.keys.clone(),
        None => comparables.keys().to_vec(),
    };
    let kept = kept.zip(changes).filter(|(kept, changes)| match run.anew {
        Anew::News => !kept.is_outdated(run, &comparables, changes),
        Anew::Pairs => true,
        Anew::Model => false,
    });
    let threads = run.lake.threads();
    let frequencies = kept.as_ref().map(|(kept, _)| &kept.frequencies);
    let counting = async { comparables.count(threads, frequencies) };
    steps.take("frequencies", counting).await?;
    let comparables = Arc::new(comparables);
    let is_trained = kept.is_none();
    let (trained, changes) = match kept {
        Some((kept, changes)) => (kept.trained, (run.anew == Anew::News).then_some(changes)),
        None => {
            let decided = cluster::decisions(run, session, &comparables).await?;
            let labels = &matching.labels;
            let training = async { train::run(threads, &comparables, &blocks, labels, &decided) };
            (steps.take("training", training).await?, None)
        }
    };
    let is_whole = changes.is_none();
    let weights = Arc::new(trained.weights());
    let changes = changes.map(Arc::new);
    let model_id = &trained.model_id;
    let compared = score::run(
        run,
        session,
        &comparables,
        &blocks,
        &weights,
        changes,
        model_id,
    )
    .await?;
    let prior = match_weight_of(trained.model.prior()) as f32;
    let clustering = cluster::run(run, session, &comparables, prior, |component_of| {
        pairs::inside(&comparables, &blocks, &weights, component_of)
    });
    let clustered = steps.take("clusters", clustering).await?;
    Ok(Linked {
        effort: Effort {
            entity,
            is_trained,
            changed,
            pairs_compared: compared.iter().sum(),
        },
        left: Left::new(&comparables, &blocks)?,
        brought: Brought::new(entity, &blocks, compared, is_whole),
        trained,
        clustered,
    })
}
