//! How much of everything is published.

use super::history::published;
use super::{Customers, Report};
use crate::{Result, Run, households};
use lake::Session;

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
pub async fn count_customers(run: &Run, session: &Session) -> Result<Customers> {
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
