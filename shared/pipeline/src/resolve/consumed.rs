//! What `resolve` has consumed, as app transactions on the crosswalk: whether there is work, what a run may go on from, and which
//! versions of other tables belong to a crosswalk.

use super::{CROSSWALK, INPUTS, OUTPUTS};
use crate::project::Predicate;
use crate::{Pinned, Result, Run};
use lake::{Size, Snapshot};

/// Before the name of a table: the app transaction of the crosswalk that tells which version of it was written beside.
pub const WROTE: &str = "resolve.wrote:";

/// Before the name of an input: the version that was pinned, and the rows that it held.
const READ: &str = "resolve:";
pub(crate) const ROWS: &str = "resolve.rows:";

const RULES: &str = "resolve:rules";

/// What makes work: a row of another input counts only when its file is named here. Both are only appended to, so their
/// rows tell whether anything is new; their versions also move when small files are joined.
pub(crate) const DRIVERS: [&str; 2] = ["bronze.ingested_files", "silver.steward_decisions"];

/// What this run consumes: its inputs, and the rules themselves.
pub fn consumption(run: &Run, pinned: &Pinned) -> Result<Vec<(String, i64)>> {
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
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
const CODE: &str = env!("C360_MATCHING_CODE");

/// Changes when the version or the matching SQL does.
pub fn rules_hash(run: &Run) -> Result<i64> {
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
pub async fn goes_on(run: &Run, pinned: &Pinned) -> Result<bool> {
    let rules = Some(rules_hash(run)?);
    match pinned.get(CROSSWALK).and_then(|table| table.0.as_ref()) {
        Some(crosswalk) => Ok(crosswalk.transaction(RULES).await? == rules),
        None => Ok(false),
    }
}

/// Of all inputs, by the log.
pub fn bytes(pinned: &Pinned) -> Result<u64> {
    let mut bytes = 0;
    for table in INPUTS {
        if let Some(snapshot) = pinned.get(table).and_then(|pinned| pinned.0.as_ref()) {
            bytes += snapshot.size()?.bytes;
        }
    }
    Ok(bytes)
}

pub async fn is_consumed(run: &Run, pinned: &Pinned) -> Result<bool> {
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
