//! People who share an address and a family name, or a contact point → households that last. Nobody is merged.

use crate::standardize::Rows;
use crate::udf::{integers, strings};
use crate::{Result, Run};
use lake::{Session, Staged};
use linkage::components;
use mastering::{Previous, assign_ids};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// More people than this are rather a hostel, an office or a mistake than a household: they are kept as one, and counted.
pub const LARGE: usize = 10;

pub struct Households {
    pub table: Staged,
    pub households: u64,
    /// Of more than ten people: somebody should look.
    pub large: u64,
}

/// Who is tied to whom: customers by position, and what they have in common.
#[derive(Default)]
struct Ties {
    customers: Vec<String>,
    /// Words for what ties a customer to others, by position.
    evidence: Vec<BTreeSet<String>>,
    pairs: Vec<(u32, u32)>,
}

/// The crosswalk and the redirects of this run stand in for the published ones.
pub async fn run(run: &Run, session: &Session) -> Result<Households> {
    for step in ["household_homes", "household_points", "household_ties"] {
        run.scratch(session, &format!("silver/{step}"), step)
            .await?;
    }
    let ties = read_ties(run, session).await?;
    let mut members: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let home_of = components(ties.customers.len(), ties.pairs.iter().copied());
    for (customer, home) in home_of.into_iter().enumerate() {
        members.entry(home).or_default().push(customer);
    }
    let clusters: Vec<Vec<String>> = members
        .values()
        .map(|members| {
            members
                .iter()
                .map(|at| ties.customers[*at].clone())
                .collect()
        })
        .collect();
    let household_of = read_households(run, session).await?;
    let assignment = assign_ids(
        "household",
        &clusters,
        &Previous {
            customer_of: &household_of,
            departed: &HashMap::new(),
            issued: &household_of.values().map(String::as_str).collect(),
        },
    );
    let def = run.table("silver.households")?;
    let mut rows = Rows::new(def);
    for (members, household_id) in members.values().zip(&assignment.ids) {
        for &customer in members {
            let evidence: Vec<&str> = ties.evidence[customer].iter().map(String::as_str).collect();
            rows.text("household_id", Some(household_id));
            rows.text("customer_id", Some(&ties.customers[customer]));
            rows.text("evidence", Some(&evidence.join(",")));
            rows.text("run_id", Some(&run.run_id));
            rows.end();
        }
    }
    let mut stager = run.lake.stager(def).await?;
    stager.write(rows.take()?).await?;
    Ok(Households {
        table: stager.finish().await?,
        households: clusters.len() as u64,
        large: clusters.iter().filter(|of| of.len() > LARGE).count() as u64,
    })
}

/// Everyone who shares a thing is tied to the first who has it.
async fn read_ties(run: &Run, session: &Session) -> Result<Ties> {
    let what = "reading what households share";
    let sql = "SELECT customer_id, tie_key, evidence FROM scratch.household_ties ORDER BY customer_id, tie_key";
    let frame = session.sql(what, sql).await?;
    let mut ties = Ties::default();
    let mut first: HashMap<i64, u32> = HashMap::new();
    for batch in run.collect(frame, what).await? {
        let (customers, evidence) = (
            strings(&batch, "customer_id")?,
            strings(&batch, "evidence")?,
        );
        let keys = integers(&batch, "tie_key")?;
        for row in 0..batch.num_rows() {
            let customer = customers.value(row);
            if ties.customers.last().is_none_or(|last| last != customer) {
                ties.customers.push(customer.to_owned());
                ties.evidence.push(BTreeSet::new());
            }
            let at = ties.customers.len() - 1;
            ties.evidence[at].insert(evidence.value(row).to_owned());
            let at = at as u32;
            ties.pairs
                .push((*first.entry(keys.value(row)).or_insert(at), at));
        }
    }
    Ok(ties)
}

/// Household by customer, as published; of customers that were merged since, by the one that they are now.
async fn read_households(run: &Run, session: &Session) -> Result<HashMap<String, String>> {
    let what = "reading households";
    let sql = "SELECT coalesce(redirects.new_customer_id, households.customer_id) AS customer_id, households.household_id \
               FROM scratch.previous_households AS households \
               LEFT JOIN silver.customer_redirects AS redirects \
               ON redirects.entity = 'person' AND redirects.old_customer_id = households.customer_id \
               ORDER BY 2, 1";
    let frame = session.sql(what, sql).await?;
    let mut household_of = HashMap::new();
    for batch in run.collect(frame, what).await? {
        let (customers, ids) = (
            strings(&batch, "customer_id")?,
            strings(&batch, "household_id")?,
        );
        for row in 0..batch.num_rows() {
            household_of
                .entry(customers.value(row).to_owned())
                .or_insert_with(|| ids.value(row).to_owned());
        }
    }
    Ok(household_of)
}
