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
mod json;
pub(crate) mod publication;
mod segments;
mod survivorship;
mod why;

use crate::{Pinned, PipelineError, Result, Run, extract, resolve};
use datafusion::common::ScalarValue;
use lake::{Commit, Lease, Session, Staged};
pub use publication::{Publication, Versions};
pub use segments::check;
use std::collections::{BTreeMap, HashMap};
pub use why::{Contact, Decided, Said, Why, why};

pub(crate) const INPUTS: [&str; 23] = [
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
    // The tables to replace are pinned as well: an exclusive commit refuses what came in between.
    let outputs = rewritten();
    let mut tables: Vec<&str> = INPUTS.to_vec();
    tables.extend([EVENTS, PUBLICATIONS]);
    tables.extend(outputs.iter().map(String::as_str));
    let pinned = pin(run, &tables).await?;
    let base = |table: &str| pinned.get(table).map_or(-1, |pinned| pinned.version());
    let inputs = versions_of(&pinned);
    let consumed = consumed(run, &inputs)?;
    if is_consumed(run, &consumed).await? {
        return Ok(Report::default());
    }
    let session = run.session_over(&pinned).await?;
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
    let mut report = Report {
        files_before: last.as_ref().and_then(|last| last.version(FILES)),
        files_now: inputs.get(FILES).copied(),
        ..Report::default()
    };
    let mut publication = next(run, last.as_ref(), inputs);

    let history = "scratch.published_history";
    match &last {
        Some(last) => last.register(run, &session, HISTORY, history).await?,
        None => session.register_table(history, publication::empty(run.table(HISTORY)?))?,
    }
    let mut staged = compute(run, &session).await?;
    staged.extend(segments::run(run, &session, last.as_ref(), &publication).await?);
    let events = change_events(run, &session, last.as_ref(), &publication, base(EVENTS)).await?;
    session.register_staged(&events.staged).await?;
    run.check(&session, "golden").await?;
    lease.confirm()?;

    for table in staged {
        let (name, rows) = (table.name().to_owned(), table.rows());
        let version = run.lake.commit(table, Commit::replace(base(&name))).await?;
        publication.table_versions.insert(name.clone(), version);
        report.rows.insert(name, rows);
    }
    report.rows.insert(EVENTS.into(), events.new);
    let version = run.lake.commit(events.staged, events.commit).await?;
    publication.table_versions.insert(EVENTS.into(), version);
    publication
        .publish(run, &consumed, base(PUBLICATIONS))
        .await?;
    report.is_new = true;
    report.publication_id = Some(publication.publication_id);
    Ok(report)
}

/// The gold tables that every publication replaces.
pub(crate) fn rewritten() -> Vec<String> {
    let tables = PLAN.iter().filter_map(|step| match step {
        Table(name) => Some(format!("gold.{name}")),
        Scratch(_) => None,
    });
    let segments = segments::TABLES.into_iter().map(str::to_owned);
    tables.chain(segments).collect()
}

/// Pins the newest crosswalk, and every table that it belongs with as it was then.
async fn pin(run: &Run, tables: &[&str]) -> Result<Pinned> {
    let crosswalk = run.lake.snapshot(run.table(CROSSWALK)?).await?;
    let mut beside = match &crosswalk {
        Some(crosswalk) => resolve::versions_beside(crosswalk).await?,
        None => Vec::new(),
    };
    beside.extend(crosswalk.map(|crosswalk| (CROSSWALK, crosswalk.version())));
    run.pin(tables, &beside).await
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

/// Changes when the SQL, or the rules of survivorship, consent or golden rows do.
fn rules_hash(run: &Run) -> Result<i64> {
    let mut text = run.sql.text(survivorship::FILE)?;
    text.push_str(&run.sql.text("silver/settled.sql")?);
    text.push_str(&run.project.consent.text());
    text.push_str(&run.project.golden.text());
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
async fn compute(run: &Run, session: &Session) -> Result<Vec<Staged>> {
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

struct Events {
    staged: Staged,
    commit: Commit,
    /// Events of this run.
    new: u64,
}

/// What changed since the last publication. Events that a dead run left behind go with the same commit.
async fn change_events(
    run: &Run,
    session: &Session,
    last: Option<&Publication>,
    next: &Publication,
    base: i64,
) -> Result<Events> {
    for (table, name) in [
        ("gold.dim_customer", "scratch.published_customers"),
        ("gold.customer_consents", "scratch.published_consents"),
        ("silver.crosswalk", "scratch.published_crosswalk"),
    ] {
        match last {
            Some(last) => last.register(run, session, table, name).await?,
            None => session.register_table(name, publication::empty(run.table(table)?))?,
        }
    }
    let parameters = HashMap::from([(
        "publication_id".to_owned(),
        ScalarValue::from(next.publication_id.as_str()),
    )]);
    let events = run
        .frame_with(session, "gold/change_events", parameters)
        .await?;
    let new = run.scratch_frame(session, "change_events", events).await?;
    let orphans = run
        .scratch(session, "gold/steps/orphaned_events", "orphaned_events")
        .await?;
    let (file, commit) = match orphans {
        0 => ("gold/steps/new_events", Commit::append().exclusive(base)),
        _ => ("gold/steps/published_and_new_events", Commit::replace(base)),
    };
    let frame = run.frame(session, file).await?;
    Ok(Events {
        staged: run.stage_frame(EVENTS, frame).await?,
        commit,
        new,
    })
}
