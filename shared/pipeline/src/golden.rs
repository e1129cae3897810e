//! Stage 3: clusters → golden customers.
//!
//! Everything is computed from pinned versions and staged, the checks look at it, and only then the tables are committed, one
//! by one; `gold.publications` comes last and names the versions that belong together. A run that died on the way left tables
//! newer than the last publication; the next run computes them again and replaces them, so nothing is lost or doubled.
//!
//! A run is skipped when the last publication has consumed the same versions of all inputs, by the same SQL and rules, on the
//! same day of `as_of`: consents expire and customers lapse by the day, not by the minute.

mod completeness;
mod consent;
mod events;
mod json;
mod kpis;
mod plan;
pub(crate) mod publication;
mod segments;
mod survivorship;
mod why;

use crate::error::Breach;
use crate::{Pinned, PipelineError, Result, Run, extract, resolve};
use events::Events;
use lake::{Commit, Lease, Session, Staged};
pub use plan::{Plan, plan};
pub use publication::{Publication, Versions, published};
pub use segments::check;
use std::collections::BTreeMap;
pub use why::{Contact, Decided, Said, Why, why};

pub(crate) const INPUTS: [&str; 24] = [
    "bronze.ingested_files",
    "silver.accounts",
    "silver.account_links",
    "silver.addresses",
    "silver.consents",
    "silver.contact_points",
    "silver.crosswalk",
    "silver.customer_redirects",
    "silver.customers",
    "silver.firmographics",
    "silver.golden_overrides",
    "silver.households",
    "silver.interactions",
    "silver.invoices",
    "silver.orders",
    "silver.persons",
    "silver.postcodes",
    "silver.preferences",
    "silver.relationships",
    "silver.review_queue",
    "silver.scored_edges",
    "silver.steward_decisions",
    "silver.subscriptions",
    "silver.tickets",
];

const CROSSWALK: &str = "silver.crosswalk";
const HISTORY: &str = "gold.dim_customer_history";
const EVENTS: &str = "gold.change_events";
const PUBLICATIONS: &str = "gold.publications";

/// One SELECT of the plan.
enum Step {
    /// `sql/gold/steps/<name>.sql` → `scratch.<name>`
    Scratch(&'static str),
    /// `sql/gold/<name>.sql` → `gold.<name>`
    Table(&'static str),
}
use Step::{Scratch, Table};

/// In this order: each reads what stands above it.
const PLAN: &[Step] = &[
    // who there is
    Scratch("complete_files"),
    Scratch("members"),
    Scratch("customers"),
    Scratch("owned_contact_points"),
    Scratch("contact_owners"),
    Scratch("contact_points"),
    Scratch("addresses"),
    Scratch("person_accounts"),
    Scratch("places"),
    // who may be contacted
    Scratch("contact_channels"),
    Scratch("customer_points"),
    Scratch("statements"),
    Scratch("likely_customers"),
    Scratch("record_statements"),
    Scratch("contact_terms"),
    Scratch("bound_statements"),
    Scratch("permissions"),
    Scratch("reachable"),
    Scratch("reachable_customers"),
    Scratch("denial_tags"),
    Scratch("contact_tags"),
    Scratch("customer_tags"),
    // what they did
    Scratch("fact_owners"),
    Table("fact_orders"),
    Table("fact_invoices"),
    Table("fact_subscriptions"),
    Table("fact_tickets"),
    Table("fact_interactions"),
    Scratch("counted_orders"),
    Scratch("activity"),
    Scratch("metrics"),
    // which values survive
    Scratch("derived"),
    Scratch("overrides"),
    Scratch("candidates"),
    Scratch("survivors"),
    Scratch("golden_addresses"),
    Scratch("golden_countries"),
    Scratch("custom_attributes"),
    Table("golden_values"),
    Table("golden_lineage"),
    Table("dim_person"),
    Table("dim_account"),
    Table("dim_customer"),
    Table("dim_customer_history"),
    Table("dim_household"),
    Table("customer_contact_points"),
    Table("customer_addresses"),
    Table("customer_consents"),
    Table("consent_statements"),
    Table("customer_firmographics"),
    Table("customer_preferences"),
    Table("customer_relationships"),
];

/// What the run did.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Report {
    /// Was anything published?
    pub is_new: bool,
    pub publication_id: Option<String>,
    /// Rows by gold table; of `gold.change_events`, the new ones.
    pub rows: BTreeMap<String, u64>,
    /// Limits that it does not keep to; of those that stop a publication, such as a person has accepted.
    pub breaches: Vec<Breach>,
    /// Versions of `bronze.ingested_files` that the publication before had read, and this one.
    pub files_before: Option<i64>,
    pub files_now: Option<i64>,
}

/// What names the files.
pub(crate) const FILES: &str = "bronze.ingested_files";

/// Whoever rewrites the gold tables holds it.
pub(crate) const LEASE: &str = "golden";

/// Computes and publishes the gold tables, if anything changed.
pub async fn run(run: &Run) -> Result<Report> {
    run.exclusively(LEASE, async |lease| publish(run, lease).await)
        .await
}

async fn publish(run: &Run, lease: &Lease) -> Result<Report> {
    let pinned = pin(run).await?;
    let Some(computed) = compute(run, &pinned).await? else {
        return Ok(Report::default());
    };
    computed.refused(run).await?;
    lease.confirm()?;
    computed.commit(run, &pinned).await
}

/// A publication that is computed and staged, and not yet committed.
struct Computed {
    session: Session,
    report: Report,
    publication: Publication,
    /// What it consumes, as app transactions.
    consumed: Vec<(String, i64)>,
    tables: Vec<Staged>,
    events: Events,
}

/// `None` where nothing is new.
async fn compute(run: &Run, pinned: &Pinned) -> Result<Option<Computed>> {
    let inputs = versions_of(pinned);
    let consumed = consumed(run, &inputs)?;
    if is_consumed(run, &consumed).await? {
        return Ok(None);
    }
    let session = run.session_over(pinned).await?;
    json::register(&session.context);
    survivorship::register(run, &session)?;
    consent::register(run, &session)?;
    completeness::register(run, &session)?;
    run.active_files(&session).await?;
    run.scratch(&session, "silver/settled", "settled").await?;
    let last = Publication::last(run, &session).await?;
    if let Some(last) = last.as_ref().filter(|last| run.as_of < last.as_of) {
        return Err(PipelineError::Invalid(format!(
            "as of {} is before publication {}, which is as of {}: what expired or was opted out of since would come back; \
             nothing is published, run with a later --as-of",
            shown(run.as_of),
            last.publication_id,
            shown(last.as_of)
        )));
    }
    let last = last.as_ref();
    let publication = next(run, last, inputs);
    events::register(run, &session, last).await?;
    let history = "scratch.published_history";
    match last {
        Some(last) => last.register(run, &session, HISTORY, history).await?,
        None => session.register_table(history, publication::empty(run.table(HISTORY)?))?,
    }
    let mut tables = plan_tables(run, &session).await?;
    tables.extend(segments::run(run, &session, last, &publication).await?);
    tables.push(kpis::stage(run, &session, last, &publication).await?);
    let events = events::stage(run, &session, &publication, base(pinned, EVENTS)).await?;
    let mut rows: BTreeMap<String, u64> = tables
        .iter()
        .map(|table| (table.name().to_owned(), table.rows()))
        .collect();
    rows.insert(EVENTS.into(), events.new);
    let report = Report {
        is_new: true,
        publication_id: Some(publication.publication_id.clone()),
        rows,
        breaches: kpis::breaches(run, &session, &publication.publication_id).await?,
        files_before: last.and_then(|last| last.version(FILES)),
        files_now: publication.input_versions.get(FILES).copied(),
    };
    Ok(Some(Computed {
        session,
        report,
        publication,
        consumed,
        tables,
        events,
    }))
}

impl Computed {
    /// Errors: what keeps it from being published, a check that fails or a limit that is passed.
    async fn refused(&self, run: &Run) -> Result<()> {
        run.check(&self.session, "golden").await?;
        kpis::allow(run, &self.report.breaches)
    }

    async fn commit(mut self, run: &Run, pinned: &Pinned) -> Result<Report> {
        let versions = &mut self.publication.table_versions;
        for table in self.tables {
            let name = table.name().to_owned();
            let commit = Commit::replace(base(pinned, &name));
            versions.insert(name, run.lake.commit(table, commit).await?);
        }
        let Events { staged, commit, .. } = self.events;
        versions.insert(EVENTS.into(), run.lake.commit(staged, commit).await?);
        self.publication
            .publish(run, &self.consumed, base(pinned, PUBLICATIONS))
            .await?;
        Ok(self.report)
    }

    /// Deletes what was written aside.
    async fn discard(self, run: &Run) {
        for staged in self.tables.into_iter().chain([self.events.staged]) {
            run.lake.discard(staged).await;
        }
    }
}

/// The version that a commit follows.
fn base(pinned: &Pinned, table: &str) -> i64 {
    pinned.get(table).map_or(-1, |pinned| pinned.version())
}

/// The gold tables that every publication replaces.
pub(crate) fn rewritten() -> Vec<String> {
    let tables = PLAN.iter().filter_map(|step| match step {
        Table(name) => Some(format!("gold.{name}")),
        Scratch(_) => None,
    });
    let others = segments::TABLES.into_iter().chain([kpis::TABLE]);
    tables.chain(others.map(str::to_owned)).collect()
}

/// Pins the newest crosswalk, every table that it belongs with as it was then, and those to replace: an exclusive commit refuses
/// what came in between.
async fn pin(run: &Run) -> Result<Pinned> {
    let outputs = rewritten();
    let mut tables: Vec<&str> = INPUTS.to_vec();
    tables.extend([EVENTS, PUBLICATIONS]);
    tables.extend(outputs.iter().map(String::as_str));
    let crosswalk = run.lake.snapshot(run.table(CROSSWALK)?).await?;
    let mut beside = match &crosswalk {
        Some(crosswalk) => resolve::versions_beside(crosswalk).await?,
        None => Vec::new(),
    };
    beside.extend(crosswalk.map(|crosswalk| (CROSSWALK, crosswalk.version())));
    run.pin(&tables, &beside).await
}

/// What was published last; `None` before the first publication.
pub async fn last_publication(run: &Run) -> Result<Option<Publication>> {
    let (session, _) = run.session(&[]).await?;
    Publication::last(run, &session).await
}

fn shown(micros: i64) -> String {
    chrono::DateTime::from_timestamp_micros(micros)
        .map_or_else(|| micros.to_string(), |time| time.to_rfc3339())
}

fn versions_of(pinned: &Pinned) -> Versions {
    INPUTS
        .iter()
        .map(|table| {
            let version = pinned.get(*table).map_or(-1, |pinned| pinned.version());
            ((*table).to_owned(), version)
        })
        .collect()
}

/// What this run consumes, as app transactions.
fn consumed(run: &Run, inputs: &Versions) -> Result<Vec<(String, i64)>> {
    let mut consumed: Vec<(String, i64)> = inputs
        .iter()
        .map(|(table, version)| (format!("golden:{table}"), *version))
        .collect();
    consumed.push(("golden:as_of_day".into(), run.day()));
    consumed.push(("golden:rules".into(), rules_hash(run)?));
    Ok(consumed)
}

/// Changes when the SQL, or the rules of survivorship, consent, golden rows or limits do.
fn rules_hash(run: &Run) -> Result<i64> {
    let mut text = run.sql.text(survivorship::FILE)?;
    text.push_str(&run.sql.text("silver/settled.sql")?);
    text.push_str(&run.project.consent.text());
    text.push_str(&run.project.golden.text());
    text.push_str(&format!("{:?}", run.project.limits));
    // Another extract needs a publication to be made from.
    text.push_str(&extract::text(run));
    for folder in ["gold", "gold/steps"] {
        for file in run.sql.list(folder) {
            text.push_str(&run.sql.text(&file)?);
        }
    }
    // a transaction's version is not negative
    Ok(crate::udf::key_hash(&text) & i64::MAX)
}

async fn is_consumed(run: &Run, consumed: &[(String, i64)]) -> Result<bool> {
    let Some(published) = run.lake.snapshot(run.table("gold.publications")?).await? else {
        return Ok(false);
    };
    for (app_id, version) in consumed {
        if published.transaction(app_id).await? != Some(*version) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The publication that this run will be. Its id comes from its number and day, so that a run that is started again after a
/// crash gives the same.
fn next(run: &Run, last: Option<&Publication>, input_versions: Versions) -> Publication {
    let sequence = last.map_or(0, |last| last.sequence) + 1;
    let day = chrono::DateTime::from_timestamp_micros(run.as_of)
        .map_or_else(String::new, |time| time.format("%Y%m%d").to_string());
    Publication {
        publication_id: format!("{sequence:06}-{day}"),
        sequence,
        run_id: run.run_id.clone(),
        as_of: run.as_of,
        table_versions: Versions::new(),
        input_versions,
    }
}

/// Runs the plan. Every table is staged and stands in for its published version in the session.
async fn plan_tables(run: &Run, session: &Session) -> Result<Vec<Staged>> {
    let mut staged = Vec::new();
    for step in PLAN {
        match step {
            Scratch(name) => {
                run.scratch(session, &format!("gold/steps/{name}"), name)
                    .await?;
            }
            Table(name) => {
                let table = run.stage(session, &format!("gold.{name}")).await?;
                session.register_staged(&table).await?;
                staged.push(table);
            }
        }
    }
    Ok(staged)
}
