//! A full extract that lacks too many records is held until a person says that they are gone: half an extract looks like
//! half of the customers left.

use super::columns;
use super::deliveries::{self, Delivery};
use crate::project::{Extract, Feed};
use crate::udf::integers;
use crate::{PipelineError, Result, Run};

/// New deliveries in the order in which they count: full extracts one after the other, each against what the one before left.
pub fn in_order<'a>(feed: &Feed, new: &'a [Delivery]) -> Vec<Vec<&'a Delivery>> {
    let is_full = feed.extract == Extract::Full;
    let mut ordered: Vec<&Delivery> = new.iter().collect();
    if is_full {
        ordered.sort_by_key(|delivery| delivery.extracted_at);
    }
    let parts = ordered.chunk_by(|a, b| !is_full || a.extracted_at == b.extracted_at);
    parts.map(<[&Delivery]>::to_vec).collect()
}

/// Why these deliveries are not to count yet; `None` where they may.
pub async fn held(run: &Run, feed: &Feed, new: &[&Delivery]) -> Result<Option<String>> {
    let is_released = |delivery: &&Delivery| feed.is_released(&delivery.file);
    if feed.extract == Extract::Incremental || new.iter().all(is_released) {
        return Ok(None);
    }
    let (had, lost) = losses(run, feed, new).await?;
    if lost as f64 <= feed.max_deleted_share * had as f64 {
        return Ok(None);
    }
    let percent = 100.0 * lost as f64 / had.max(1) as f64;
    Ok(Some(format!(
        "it lacks {lost} of the {had} records of the feed ({percent:.0} %), which would count as deleted, and \
         max_deleted_share is {}; where they are gone indeed, add the file's name to `released` of the feed in c360.toml",
        feed.max_deleted_share
    )))
}

/// Records of the feed that there are, and those of them that there would not be with these deliveries.
async fn losses(run: &Run, feed: &Feed, new: &[&Delivery]) -> Result<(i64, i64)> {
    let what = "comparing a full extract with the records there are";
    let table = feed.entity.table();
    let (session, _) = run.session(&["bronze.ingested_files", table]).await?;
    run.scratch(&session, "silver/active_files", "files_before")
        .await?;
    let known = session
        .sql(what, "SELECT * FROM bronze.ingested_files")
        .await?;
    let added = session
        .context
        .read_batch(deliveries::named(run, feed, new)?)
        .map_err(PipelineError::query(what))?;
    let all = known.union(added).map_err(PipelineError::query(what))?;
    session.register_table("bronze.ingested_files", all.into_view())?;
    run.scratch(&session, "silver/active_files", "files_after")
        .await?;
    let feed_name = feed.name.replace('\'', "''");
    let of = |files: &str, columns: &str| {
        format!(
            "SELECT {columns} FROM {table} WHERE feed = '{feed_name}' \
             AND file_key IN (SELECT file_key FROM scratch.{files})"
        )
    };
    let sql = match columns::is_versioned(feed.entity) {
        true => format!(
            "SELECT count(*) AS had, count(*) - count(after.record_key) AS lost \
             FROM ({} AND NOT is_deleted) AS before LEFT JOIN ({}) AS after ON after.record_key = before.record_key",
            of("files_before", "DISTINCT record_key"),
            of("files_after", "DISTINCT record_key")
        ),
        // Rows without an id of their own are counted.
        false => format!(
            "SELECT before.rows AS had, CASE WHEN after.rows < before.rows THEN before.rows - after.rows ELSE 0 END AS lost \
             FROM ({}) AS before CROSS JOIN ({}) AS after",
            of("files_before", "count(*) AS rows"),
            of("files_after", "count(*) AS rows")
        ),
    };
    let frame = session.sql(what, &sql).await?;
    let batches = run.collect(frame, what).await?;
    let Some(counts) = batches.first() else {
        return Ok((0, 0));
    };
    let number = |name| integers(counts, name).map(|column| column.value(0));
    Ok((number("had")?, number("lost")?))
}
