//! Clusters → customer ids that last (`mastering::assign_ids`), and redirects from ids that did not.

use crate::cluster::Clustered;
use crate::resolve::in_order;
use crate::standardize::Rows;
use crate::udf::{record_key, strings};
use crate::{Result, Run};
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::TimestampMicrosecondType;
use lake::{Session, Staged};
use mastering::{Assignment, Previous, RedirectReason, assign_ids};
use std::collections::{BTreeMap, HashMap};

pub struct Assigned {
    pub crosswalk: Staged,
    pub departed: Staged,
    pub redirects: Staged,
}

/// Rows between two writes.
const BATCH: usize = 65_536;

/// When an id was redirected, and by which run.
#[derive(Clone)]
struct Since {
    at: i64,
    run_id: String,
}

/// By entity.
type Redirects = BTreeMap<String, mastering::Redirects<Since>>;

/// What the ids of one entity are assigned from.
struct Named {
    found: Clustered,
    /// Rows of the crosswalk before.
    before: Vec<RecordBatch>,
    /// See [`returned`].
    departed: HashMap<String, String>,
    /// Ids that are no more.
    redirected: Vec<String>,
}

impl Named {
    fn assign(&self) -> Result<Assignment> {
        let customer_of = customers_of(&self.before)?;
        let issued = customer_of.values().chain(&self.redirected);
        let previous = Previous {
            customer_of: &customer_of,
            departed: &self.departed,
            issued: &issued.map(String::as_str).collect(),
        };
        Ok(assign_ids(
            self.found.entity,
            &self.found.clusters,
            &previous,
        ))
    }
}

pub async fn run(run: &Run, session: &Session, clustered: Vec<Clustered>) -> Result<Assigned> {
    let mut redirects = read_redirects(run, session).await?;
    let since = Since {
        at: run.as_of,
        run_id: run.run_id.clone(),
    };
    let mut named: Vec<Named> = Vec::new();
    for found in clustered {
        let entity = found.entity;
        let of_entity = redirects.entry(entity.to_owned()).or_default();
        let what = "reading the crosswalk";
        let sql = format!(
            "SELECT source_system, source_record_id, customer_id FROM scratch.previous_crosswalk \
             WHERE entity = '{entity}'"
        );
        let frame = session.sql(what, &sql).await?;
        named.push(Named {
            before: run.collect(frame, what).await?,
            departed: returned(run, session, entity, of_entity).await?,
            redirected: of_entity.ids().cloned().collect(),
            found,
        });
    }
    // Entities have nothing in common: each on a thread of its own.
    let mut assignments: Vec<Result<Assignment>> = Vec::new();
    let threads = run.lake.threads();
    in_order(threads, &named, Named::assign, |assignment| {
        assignments.push(assignment);
        true
    });
    let def = run.table("silver.crosswalk")?;
    let mut stager = run.lake.stager(def).await?;
    let mut rows = Rows::new(def);
    for (Named { found, .. }, assignment) in named.into_iter().zip(assignments) {
        let (entity, assignment) = (found.entity, assignment?);
        let of_entity = redirects.entry(entity.to_owned()).or_default();
        of_entity.follow(&assignment, &since);
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

/// The records that were gone and are back, with the customer that stands for the one that they had: a full extract that lacks
/// a row by mistake renames nobody.
async fn returned(
    run: &Run,
    session: &Session,
    entity: &str,
    redirects: &mastering::Redirects<Since>,
) -> Result<HashMap<String, String>> {
    let what = "reading departed records";
    let sql = format!(
        "SELECT departed.source_system, departed.source_record_id, departed.customer_id \
         FROM scratch.previous_departed_records AS departed JOIN silver.{entity}s AS record \
         ON record.source_system = departed.source_system AND record.source_record_id = departed.source_record_id \
         WHERE departed.entity = '{entity}'"
    );
    let mut returned = read_customers(run, session, what, &sql).await?;
    for customer in returned.values_mut() {
        *customer = redirects.end_of(customer).to_owned();
    }
    Ok(returned)
}

async fn stage_redirects(run: &Run, redirects: Redirects) -> Result<Staged> {
    let def = run.table("silver.customer_redirects")?;
    let mut stager = run.lake.stager(def).await?;
    let mut rows = Rows::new(def);
    for (entity, redirects) in &redirects {
        for (old, new, since) in redirects.iter() {
            let reason = match new {
                Some(_) => RedirectReason::Merged,
                None => RedirectReason::Deleted,
            };
            rows.text("entity", Some(entity));
            rows.text("old_customer_id", Some(old));
            rows.text("new_customer_id", new);
            rows.text("reason", Some(reason.name()));
            rows.timestamp("redirected_at", Some(since.at));
            rows.text("run_id", Some(&since.run_id));
            rows.end();
        }
    }
    stager.write(rows.take()?).await?;
    Ok(stager.finish().await?)
}

/// Source keys and their customers.
async fn read_customers(
    run: &Run,
    session: &Session,
    what: &str,
    sql: &str,
) -> Result<HashMap<String, String>> {
    let frame = session.sql(what, sql).await?;
    customers_of(&run.collect(frame, what).await?)
}

/// The same, of rows that are read.
fn customers_of(batches: &[RecordBatch]) -> Result<HashMap<String, String>> {
    let rows = batches.iter().map(RecordBatch::num_rows).sum();
    let mut customer_of = HashMap::with_capacity(rows);
    for batch in batches {
        let sources = strings(batch, "source_system")?;
        let ids = strings(batch, "source_record_id")?;
        let customers = strings(batch, "customer_id")?;
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
        .sql(what, "SELECT * FROM scratch.previous_customer_redirects")
        .await?;
    let mut redirects = Redirects::new();
    for batch in run.collect(frame, what).await? {
        let entities = strings(&batch, "entity")?;
        let old = strings(&batch, "old_customer_id")?;
        let new = strings(&batch, "new_customer_id")?;
        let runs = strings(&batch, "run_id")?;
        let times = batch
            .column_by_name("redirected_at")
            .and_then(|times| times.as_primitive_opt::<TimestampMicrosecondType>());
        for row in 0..batch.num_rows() {
            let of_entity = redirects.entry(entities.value(row).to_owned());
            of_entity.or_default().insert(
                old.value(row).to_owned(),
                (!new.is_null(row)).then(|| new.value(row).to_owned()),
                Since {
                    at: times.map_or(0, |times| times.value(row)),
                    run_id: runs.value(row).to_owned(),
                },
            );
        }
    }
    Ok(redirects)
}
