//! What stands in a lake: table versions, what no stage has consumed yet, and how old the newest answer is.

use crate::golden::publication::empty;
use crate::{PipelineError, Result, Run, extract, golden, resolve};
use arrow::array::{Array, AsArray};
use arrow::datatypes::{Int64Type, TimestampMicrosecondType};
use lake::{LeaseRecord, Session};
use std::collections::BTreeMap;

/// A lake at one moment. Times are µs, UTC.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Status {
    /// Tables that exist, by name.
    pub tables: Vec<TableStatus>,
    /// What a stage has yet to read.
    pub waiting: Vec<Waiting>,
    /// Who may rewrite now.
    pub leases: Vec<LeaseRecord>,
    /// When the newest file was dropped, as `bronze.ingested_files` has it.
    pub newest_drop: Option<i64>,
    /// When the oldest one was that no publication has; `None`: all are published.
    pub oldest_unpublished_drop: Option<i64>,
    /// The last publication, and as of when it is.
    pub publication: Option<String>,
    pub published_as_of: Option<i64>,
    /// Publications that an extract has no file of yet, by extract.
    pub extracts_behind: BTreeMap<String, i64>,
    /// The last run that took in files, and its quarantined rows by feed and reason, most frequent first.
    pub last_ingest: Option<String>,
    pub quarantined: Vec<Quarantined>,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct TableStatus {
    pub table: String,
    pub version: i64,
    pub rows: u64,
    /// `None` where the log does not tell.
    pub committed_at: Option<i64>,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct Waiting {
    pub stage: &'static str,
    pub table: String,
    pub behind: i64,
    /// `row` or `version`
    pub of: &'static str,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct Quarantined {
    pub feed: String,
    pub reason: String,
    pub rows: i64,
}

/// Looks at every table's newest version; writes nothing.
pub async fn status(run: &Run) -> Result<Status> {
    let mut status = Status::default();
    let mut versions: BTreeMap<&str, i64> = BTreeMap::new();
    for def in run.sql.tables() {
        let Some(snapshot) = run.lake.snapshot(def).await? else {
            continue;
        };
        versions.insert(&def.name, snapshot.version());
        status.tables.push(TableStatus {
            table: def.name.clone(),
            version: snapshot.version(),
            rows: snapshot.size()?.rows,
            committed_at: snapshot.committed_at()?,
        });
    }
    status.tables.sort_by(|a, b| a.table.cmp(&b.table));
    resolve_waits(run, &mut status).await?;
    golden_waits(run, &versions, &mut status).await?;
    status.leases = run.lake.leases().await?;
    status.newest_drop = drops(run, "max", None, None).await?;
    let last = golden::last_publication(run).await?;
    let read = last.as_ref().and_then(|last| last.version(golden::FILES));
    status.oldest_unpublished_drop = oldest_drop(run, read, None).await?;
    if let Some(last) = last {
        for name in extract::names(run)? {
            let written = extract::newest(run, &name).await?;
            let behind = last.sequence - written.map_or(0, |manifest| manifest.sequence);
            if behind > 0 {
                status.extracts_behind.insert(name, behind);
            }
        }
        status.publication = Some(last.publication_id);
        status.published_as_of = Some(last.as_of);
    }
    quarantined(run, &mut status).await?;
    Ok(status)
}

/// New rows of what makes work for `resolve`.
async fn resolve_waits(run: &Run, status: &mut Status) -> Result<()> {
    let crosswalk = run.lake.snapshot(run.table("silver.crosswalk")?).await?;
    for table in resolve::DRIVERS {
        let Some(driver) = run.lake.snapshot(run.table(table)?).await? else {
            continue;
        };
        let app_id = format!("{}{table}", resolve::ROWS);
        let seen = match &crosswalk {
            Some(crosswalk) => crosswalk.transaction(&app_id).await?.unwrap_or(0),
            None => 0,
        };
        let behind = driver.size()?.rows as i64 - seen;
        status.wait("resolve", table, behind, "row");
    }
    Ok(())
}

/// Versions that `golden` would read and has not: the newest, and what belongs to the newest crosswalk as it was then.
async fn golden_waits(run: &Run, newest: &BTreeMap<&str, i64>, status: &mut Status) -> Result<()> {
    let Some(crosswalk) = run.lake.snapshot(run.table("silver.crosswalk")?).await? else {
        return Ok(());
    };
    let beside = resolve::versions_beside(&crosswalk).await?;
    let published = run.lake.snapshot(run.table("gold.publications")?).await?;
    for table in golden::INPUTS {
        let pinned = beside.iter().find(|(name, _)| *name == table);
        let version = match pinned {
            Some((_, version)) => *version,
            None => newest.get(table).copied().unwrap_or(-1),
        };
        let read = match &published {
            Some(published) => published.transaction(&format!("golden:{table}")).await?,
            None => None,
        };
        status.wait("golden", table, version - read.unwrap_or(-1), "version");
    }
    Ok(())
}

impl Status {
    fn wait(&mut self, stage: &'static str, table: &str, behind: i64, of: &'static str) {
        if behind > 0 {
            self.waiting.push(Waiting {
                stage,
                table: table.to_owned(),
                behind,
                of,
            });
        }
    }
}

/// When the oldest file was dropped (µs, UTC) that version `to` of `bronze.ingested_files` names (`None`: the newest) and
/// version `from` (`None`: there was none) does not; `None`: there is no such file.
pub async fn oldest_drop(run: &Run, from: Option<i64>, to: Option<i64>) -> Result<Option<i64>> {
    drops(run, "min", from, to).await
}

async fn drops(run: &Run, which: &str, from: Option<i64>, to: Option<i64>) -> Result<Option<i64>> {
    let (session, _) = run.session(&[]).await?;
    let def = run.table(golden::FILES)?;
    let known = match from {
        Some(version) => run.lake.snapshot_at(def, version).await?,
        None => None,
    };
    let named = match to {
        Some(version) => run.lake.snapshot_at(def, version).await?,
        None => run.lake.snapshot(def).await?,
    };
    for (name, snapshot) in [("scratch.known", known), ("scratch.named", named)] {
        match snapshot {
            Some(snapshot) => session.register_as(name, &snapshot).await?,
            None => session.register_table(name, empty(def))?,
        }
    }
    let what = "reading bronze.ingested_files";
    let sql = format!(
        "SELECT {which}(ingested_at) AS at FROM scratch.named AS n WHERE NOT EXISTS \
         (SELECT 1 FROM scratch.known AS k WHERE k.file_key = n.file_key AND k.generation = n.generation)"
    );
    let batches = run.collect(session.sql(what, &sql).await?, what).await?;
    let at = batches.first().and_then(|batch| {
        let times = batch
            .column(0)
            .as_primitive_opt::<TimestampMicrosecondType>()?;
        (!times.is_empty() && times.is_valid(0)).then(|| times.value(0))
    });
    Ok(at)
}

async fn quarantined(run: &Run, status: &mut Status) -> Result<()> {
    let (session, _) = run
        .session(&["bronze.ingested_files", "bronze.quarantine"])
        .await?;
    let last = texts(
        run,
        &session,
        "SELECT run_id FROM bronze.ingested_files ORDER BY ingested_at DESC, run_id DESC LIMIT 1",
    )
    .await?;
    let Some((run_id, ..)) = last.into_iter().next() else {
        return Ok(());
    };
    let literal = run_id.replace('\'', "''");
    let rows = texts(
        run,
        &session,
        &format!(
            "SELECT feed, reason, count(*) AS rows FROM bronze.quarantine WHERE run_id = '{literal}' \
             GROUP BY feed, reason ORDER BY rows DESC, feed, reason LIMIT 20"
        ),
    )
    .await?;
    let quarantined =
        rows.into_iter()
            .map(|(feed, reason, rows)| Quarantined { feed, reason, rows });
    status.quarantined = quarantined.collect();
    status.last_ingest = Some(run_id);
    Ok(())
}

/// Rows of up to two texts and a number.
async fn texts(run: &Run, session: &Session, sql: &str) -> Result<Vec<(String, String, i64)>> {
    let what = "reading the quarantine";
    let frame = session.sql(what, sql).await?;
    let mut rows = Vec::new();
    for batch in run.collect(frame, what).await? {
        let text = |column: usize, row: usize| {
            let texts = batch.columns().get(column)?.as_string_opt::<i32>()?;
            Some(texts.value(row).to_owned())
        };
        for row in 0..batch.num_rows() {
            let first = text(0, row)
                .ok_or_else(|| PipelineError::Invalid(format!("{what}: no text in it")))?;
            let number = batch
                .columns()
                .get(2)
                .and_then(|numbers| Some(numbers.as_primitive_opt::<Int64Type>()?.value(row)));
            rows.push((first, text(1, row).unwrap_or_default(), number.unwrap_or(0)));
        }
    }
    Ok(rows)
}
