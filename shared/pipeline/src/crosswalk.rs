//! Clusters → customer ids that last (`mastering::assign_ids`), and redirects from ids that did not.

use crate::cluster::Clustered;
use crate::standardize::Rows;
use crate::udf::{record_key, strings};
use crate::{PipelineError, Result, Run};
use arrow::array::{Array, AsArray, StringArray};
use arrow::datatypes::TimestampMicrosecondType;
use lake::{Session, Staged};
use mastering::{Previous, RedirectReason, assign_ids};
use std::collections::{BTreeMap, HashMap, HashSet};

pub struct Assigned {
    pub crosswalk: Staged,
    pub departed: Staged,
    pub redirects: Staged,
}

/// Rows between two writes.
const BATCH: usize = 65_536;

struct Redirected {
    new: Option<String>,
    reason: String,
    at: i64,
    run_id: String,
}

pub async fn run(run: &Run, session: &Session, clustered: Vec<Clustered>) -> Result<Assigned> {
    let mut redirects = read_redirects(run, session).await?;
    let def = run.table("silver.crosswalk")?;
    let mut stager = run.lake.stager(def).await?;
    let mut rows = Rows::new(def);
    for found in clustered {
        let entity = found.entity;
        let mut customer_of = read_crosswalk(run, session, entity).await?;
        let issued: HashSet<String> = customer_of
            .values()
            .cloned()
            .chain(
                redirects
                    .keys()
                    .filter(|(of, _)| of == entity)
                    .map(|(_, id)| id.clone()),
            )
            .collect();
        returned(run, session, entity, &redirects, &mut customer_of).await?;
        let assignment = assign_ids(
            entity,
            &found.clusters,
            &Previous {
                customer_of: &customer_of,
                issued: &issued,
            },
        );
        // A split is no redirect: the id lives on with the larger part, the other part has a new one.
        let gone = assignment
            .redirects
            .into_iter()
            .filter(|redirect| redirect.reason != RedirectReason::Split);
        for redirect in gone {
            redirects.insert(
                (entity.to_owned(), redirect.old),
                Redirected {
                    new: redirect.new,
                    reason: redirect.reason.name().to_owned(),
                    at: run.as_of,
                    run_id: run.run_id.clone(),
                },
            );
        }
        // An id that had died with its records is alive again.
        for customer_id in &assignment.ids {
            redirects.remove(&(entity.to_owned(), customer_id.clone()));
        }
        for (cluster, customer_id) in found.clusters.iter().zip(&assignment.ids) {
            for key in cluster {
                let (source, id) = key.split_once('\u{1f}').unwrap_or((key, ""));
                rows.text("entity", Some(entity));
                rows.text("source_system", Some(source));
                rows.text("source_record_id", Some(id));
                rows.text("customer_id", Some(customer_id));
                rows.integer("record_key", Some(record_key(entity, source, id)));
                rows.text("run_id", Some(&run.run_id));
                rows.end();
                if rows.len() == BATCH {
                    stager.write(rows.take()?).await?;
                }
            }
        }
    }
    stager.write(rows.take()?).await?;
    let crosswalk = stager.finish().await?;
    session.register_staged(&crosswalk).await?;
    Ok(Assigned {
        departed: run.stage(session, "silver.departed_records").await?,
        crosswalk,
        redirects: stage_redirects(run, redirects).await?,
    })
}

/// Adds the records that were gone and are back, under the customer that they had: a full extract that lacks a row by mistake
/// renames nobody.
async fn returned(
    run: &Run,
    session: &Session,
    entity: &str,
    redirects: &Redirects,
    customer_of: &mut HashMap<String, String>,
) -> Result<()> {
    let what = "reading departed records";
    let sql = format!(
        "SELECT departed.source_system, departed.source_record_id, departed.customer_id \
         FROM scratch.previous_departed AS departed JOIN silver.{entity}s AS record \
         ON record.source_system = departed.source_system AND record.source_record_id = departed.source_record_id \
         WHERE departed.entity = '{entity}'"
    );
    let frame = session.sql(what, &sql).await?;
    for batch in run.collect(frame, what).await? {
        let sources = column(&batch, "source_system")?;
        let ids = column(&batch, "source_record_id")?;
        let customers = column(&batch, "customer_id")?;
        for row in 0..batch.num_rows() {
            let last = customers.value(row).to_owned();
            // Merged since: the customer that it was merged into.
            let merged = redirects
                .get(&(entity.to_owned(), last.clone()))
                .and_then(|redirect| redirect.new.clone());
            customer_of
                .entry(format!("{}\u{1f}{}", sources.value(row), ids.value(row)))
                .or_insert(merged.unwrap_or(last));
        }
    }
    Ok(())
}

type Redirects = BTreeMap<(String, String), Redirected>;

/// A redirect leads to its last customer in one step: one that was redirected later is followed to its end. An end that was
/// deleted stays the end, with a row of its own that says so.
async fn stage_redirects(run: &Run, redirects: Redirects) -> Result<Staged> {
    let def = run.table("silver.customer_redirects")?;
    let mut stager = run.lake.stager(def).await?;
    let mut rows = Rows::new(def);
    for ((entity, old), redirect) in &redirects {
        let mut new = redirect.new.clone();
        let mut steps = redirects.len();
        while let Some(next) = new
            .as_ref()
            .and_then(|id| redirects.get(&(entity.clone(), id.clone())))
            .filter(|next| next.new.is_some() && steps > 0)
        {
            new = next.new.clone();
            steps -= 1;
        }
        rows.text("entity", Some(entity));
        rows.text("old_customer_id", Some(old));
        rows.text("new_customer_id", new.as_deref());
        rows.text("reason", Some(&redirect.reason));
        rows.timestamp("redirected_at", Some(redirect.at));
        rows.text("run_id", Some(&redirect.run_id));
        rows.end();
    }
    stager.write(rows.take()?).await?;
    Ok(stager.finish().await?)
}

fn column<'a>(batch: &'a arrow::array::RecordBatch, name: &str) -> Result<&'a StringArray> {
    strings(batch, name).ok_or_else(|| PipelineError::Invalid(format!("column {name} is not text")))
}

async fn read_crosswalk(
    run: &Run,
    session: &Session,
    entity: &str,
) -> Result<HashMap<String, String>> {
    let what = "reading the crosswalk";
    let sql = format!("SELECT * FROM scratch.previous_crosswalk WHERE entity = '{entity}'");
    let frame = session.sql(what, &sql).await?;
    let mut customer_of = HashMap::new();
    for batch in run.collect(frame, what).await? {
        let sources = column(&batch, "source_system")?;
        let ids = column(&batch, "source_record_id")?;
        let customers = column(&batch, "customer_id")?;
        for row in 0..batch.num_rows() {
            customer_of.insert(
                format!("{}\u{1f}{}", sources.value(row), ids.value(row)),
                customers.value(row).to_owned(),
            );
        }
    }
    Ok(customer_of)
}

async fn read_redirects(run: &Run, session: &Session) -> Result<Redirects> {
    let what = "reading redirects";
    let frame = session
        .sql(what, "SELECT * FROM silver.customer_redirects")
        .await?;
    let mut redirects = Redirects::new();
    for batch in run.collect(frame, what).await? {
        let entities = column(&batch, "entity")?;
        let old = column(&batch, "old_customer_id")?;
        let new = column(&batch, "new_customer_id")?;
        let reasons = column(&batch, "reason")?;
        let runs = column(&batch, "run_id")?;
        let times = batch
            .column_by_name("redirected_at")
            .and_then(|times| times.as_primitive_opt::<TimestampMicrosecondType>());
        for row in 0..batch.num_rows() {
            redirects.insert(
                (entities.value(row).to_owned(), old.value(row).to_owned()),
                Redirected {
                    new: (!new.is_null(row)).then(|| new.value(row).to_owned()),
                    reason: reasons.value(row).to_owned(),
                    at: times.map_or(0, |times| times.value(row)),
                    run_id: runs.value(row).to_owned(),
                },
            );
        }
    }
    Ok(redirects)
}
