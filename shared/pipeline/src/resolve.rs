//! Stage 2: standardized records → candidate pairs → scored edges → clusters → crosswalk.
//!
//! Every table is rewritten from pinned inputs; `silver.crosswalk` is committed last and carries what was consumed.

mod blocks;
mod brought;
mod comparables;
mod evidence;
pub mod explain;
mod history;
mod in_order;
mod kept;
mod left;
mod pairs;
mod plan;
mod review;
mod rules;
mod score;
mod train;
pub(crate) mod udf;

pub(crate) use comparables::Comparables;
pub use history::{Churn, IdChurn, published};
pub(crate) use in_order::in_order;
pub use plan::{Plan, plan, rehearse};
pub use rules::{Rule, shipped};
pub use score::auto_weight;

use crate::cluster::{self, Clustered};
use crate::crosswalk;
use crate::customers;
use crate::households;
use crate::project::Predicate;
use crate::{Anew, Pinned, Result, Run};
use blocks::{Blocks, Limits};
use brought::Brought;
use kept::Kept;
use lake::{Commit, Lease, Session, Size, Snapshot, Staged};
use left::{Effort, Left};
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
pub(crate) const OUTPUTS: [&str; 18] = [
    "silver.persons",
    "silver.accounts",
    "silver.match_models",
    "silver.blocking_rules",
    "silver.scored_edges",
    "silver.shared_values",
    "silver.compared_records",
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

/// Before the name of a table: the app transaction of the crosswalk that tells which version of it was written beside.
const WROTE: &str = "resolve.wrote:";

/// Before the name of an input: the version that was pinned, and the rows that it held.
const READ: &str = "resolve:";
pub(crate) const ROWS: &str = "resolve.rows:";

const RULES: &str = "resolve:rules";

/// What makes work: a row of another input counts only when its file is named here. Both are only appended to, so their
/// rows tell whether anything is new; their versions also move when small files are joined.
pub(crate) const DRIVERS: [&str; 2] = ["bronze.ingested_files", "silver.steward_decisions"];

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
    for entity in [Entity::Person, Entity::Account] {
        let linked = link(run, &session, entity, goes_on).await?;
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
    let compared = left::compared_records(run, &left).await?;
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
async fn link(run: &Run, session: &Session, entity: Entity, goes_on: bool) -> Result<Linked> {
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
    let blocks = Blocks::build(run, session, &comparables, limits);
    let blocks = Arc::new(steps.take("blocks", blocks).await?);
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
            let training = async { train::run(threads, &comparables, &blocks) };
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

/// What this run consumes: its inputs, and the rules themselves.
fn consumption(run: &Run, pinned: &Pinned) -> Result<Vec<(String, i64)>> {
    let mut consumed: Vec<(String, i64)> = INPUTS
        .iter()
        .filter_map(|table| Some((format!("{READ}{table}"), pinned.get(*table)?.version())))
        .collect();
    consumed.extend(work(run, pinned)?);
    Ok(consumed)
}

/// The part of it that says whether there is work.
fn work(run: &Run, pinned: &Pinned) -> Result<Vec<(String, i64)>> {
    let mut work = Vec::new();
    for table in DRIVERS {
        let snapshot = pinned.get(table).and_then(|pinned| pinned.0.as_ref());
        let rows = match snapshot {
            Some(snapshot) => snapshot.size()?.rows,
            None => 0,
        };
        work.push((format!("{ROWS}{table}"), rows as i64));
    }
    work.push((RULES.into(), rules_hash(run)?));
    // Who counts may change from day to day.
    let predicates = run.project.customers.predicates();
    let is_of_today = |(_, predicate): &(_, Option<&Predicate>)| {
        predicate.is_some_and(|predicate| predicate.sql.to_lowercase().contains("as_of"))
    };
    if predicates.iter().any(is_of_today) {
        work.push(("resolve:day".into(), run.day()));
    }
    Ok(work)
}

/// Constants in Rust are rules too: another version of c360 resolves anew, and so does other code that compares (build.rs).
const VERSION: &str = env!("CARGO_PKG_VERSION");
const CODE: &str = env!("C360_MATCHING_CODE");

/// Changes when the version or the matching SQL does.
fn rules_hash(run: &Run) -> Result<i64> {
    let mut rules = format!("{VERSION} {CODE}");
    for folder in ["silver", "silver/blocking"] {
        for file in run.sql.list(folder) {
            rules.push_str(&run.sql.text(&file)?);
        }
    }
    rules.push_str(&run.project.matching.rules_text());
    for (name, predicate) in run.project.customers.predicates() {
        let sql = predicate.map_or("", |predicate| &predicate.sql);
        rules.push_str(&format!("{name} {sql}\n"));
    }
    Ok(crate::udf::key_hash(&rules))
}

/// May what the run before left be gone on from: did it see records by these rules?
async fn goes_on(run: &Run, pinned: &Pinned) -> Result<bool> {
    let rules = Some(rules_hash(run)?);
    match pinned.get(CROSSWALK).and_then(|table| table.0.as_ref()) {
        Some(crosswalk) => Ok(crosswalk.transaction(RULES).await? == rules),
        None => Ok(false),
    }
}

/// Of all inputs, by the log.
fn bytes(pinned: &Pinned) -> Result<u64> {
    let mut bytes = 0;
    for table in INPUTS {
        if let Some(snapshot) = pinned.get(table).and_then(|pinned| pinned.0.as_ref()) {
            bytes += snapshot.size()?.bytes;
        }
    }
    Ok(bytes)
}

async fn is_consumed(run: &Run, pinned: &Pinned) -> Result<bool> {
    let Some(crosswalk) = pinned.get(CROSSWALK).and_then(|table| table.0.as_ref()) else {
        return Ok(false);
    };
    for (app_id, version) in work(run, pinned)? {
        if crosswalk.transaction(&app_id).await? != Some(version) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The versions that belong to a crosswalk: what was written beside it, and the files that it knows. Another run may be
/// between two of its commits, so the newest of each would not fit together.
pub(crate) async fn versions_beside(crosswalk: &Snapshot) -> Result<Vec<(&'static str, i64)>> {
    let mut versions = Vec::new();
    let tables = OUTPUTS.iter().map(|table| (WROTE, *table));
    for (kind, table) in tables.chain([(READ, DRIVERS[0])]) {
        if let Some(version) = crosswalk.transaction(&format!("{kind}{table}")).await? {
            versions.push((table, version));
        }
    }
    Ok(versions)
}

/// How much there is to resolve, from the statistics of the tables alone; nothing where nothing is new.
pub async fn estimate(run: &Run) -> Result<Size> {
    let mut all = Size::default();
    let [first, second] = DRIVERS;
    let pinned = run.pin(&[first, second, CROSSWALK], &[]).await?;
    if is_consumed(run, &pinned).await? {
        return Ok(all);
    }
    let read = [
        "silver.person_records",
        "silver.account_records",
        "silver.contact_points",
    ];
    for (_, snapshot) in run.pin(&read, &[]).await? {
        if let Some(snapshot) = snapshot.0 {
            let size = snapshot.size()?;
            all.files += size.files;
            all.rows += size.rows;
            all.bytes += size.bytes;
        }
    }
    Ok(all)
}

const COUNTED: [&str; 6] = [
    "silver.persons",
    "silver.accounts",
    "silver.customers",
    "silver.review_queue",
    "silver.shared_values",
    "silver.households",
];

/// The counts of what is published.
pub async fn counts(run: &Run) -> Result<Report> {
    let session = published(run, &COUNTED).await?;
    let mut report = Report::default();
    report.records.person =
        count(run, &session, "SELECT count(*) AS n FROM silver.persons").await?;
    report.records.account =
        count(run, &session, "SELECT count(*) AS n FROM silver.accounts").await?;
    report.customers = count_customers(run, &session).await?;
    report.review_queue = count(
        run,
        &session,
        "SELECT count(*) AS n FROM silver.review_queue",
    )
    .await?;
    report.shared_values = count(
        run,
        &session,
        "SELECT count(*) AS n FROM silver.shared_values",
    )
    .await?;
    report.households = count(
        run,
        &session,
        "SELECT count(DISTINCT household_id) AS n FROM silver.households",
    )
    .await?;
    let large = format!(
        "SELECT count(*) AS n FROM (SELECT household_id FROM silver.households \
         GROUP BY household_id HAVING count(*) > {})",
        households::LARGE
    );
    report.large_households = count(run, &session, &large).await?;
    Ok(report)
}

/// Those who count as customers.
async fn count_customers(run: &Run, session: &Session) -> Result<Customers> {
    let of = |entity: &str| {
        format!(
            "SELECT count(*) AS n FROM silver.customers WHERE status = 'customer' AND entity = '{entity}'"
        )
    };
    Ok(Customers {
        person: count(run, session, &of("person")).await?,
        account: count(run, session, &of("account")).await?,
    })
}

pub(crate) async fn count(run: &Run, session: &Session, sql: &str) -> Result<u64> {
    let frame = session.sql("counting", sql).await?;
    let batches = run.collect(frame, "counting").await?;
    let first = batches.iter().find(|batch| batch.num_rows() > 0);
    let counted = first.map(|batch| crate::udf::integers(batch, "n"));
    Ok(counted.transpose()?.map_or(0, |column| column.value(0)) as u64)
}
