//! What a publication is measured by, and the limits that it must keep to.

use super::publication::{Publication, empty};
use crate::error::Breach;
use crate::project::Limit;
use crate::udf::strings;
use crate::{PipelineError, Result, Run};
use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Float64Array, RecordBatch, StringArray,
};
use arrow::datatypes::Float64Type;
use datafusion::common::ScalarValue;
use lake::{Session, Staged};
use std::collections::HashMap;
use std::sync::Arc;

pub(super) const TABLE: &str = "gold.kpis";

/// Stages [`TABLE`]: the tables of this run stand in the session, and `scratch.published_customers`.
pub(super) async fn stage(
    run: &Run,
    session: &Session,
    last: Option<&Publication>,
    next: &Publication,
) -> Result<Staged> {
    let published = "scratch.published_kpis";
    match last {
        Some(last) => last.register(run, session, TABLE, published).await?,
        None => session.register_table(published, empty(run.table(TABLE)?))?,
    }
    session.register_rows("config.limits", limits(&run.project.limits)?)?;
    for step in ["measured_customers", "measured_contact_points", "measured"] {
        run.scratch(session, &format!("gold/steps/{step}"), step)
            .await?;
    }
    let parameters = HashMap::from([(
        "publication_id".to_owned(),
        ScalarValue::from(next.publication_id.as_str()),
    )]);
    let frame = run.frame_with(session, "gold/kpis", parameters).await?;
    let staged = run.stage_frame(TABLE, frame).await?;
    session.register_staged(&staged).await?;
    Ok(staged)
}

/// The limits that a publication does not keep to, of the KPIs that stand in the session.
pub(super) async fn breaches(
    run: &Run,
    session: &Session,
    publication_id: &str,
) -> Result<Vec<Breach>> {
    let what = "reading the KPIs";
    let sql = format!(
        "SELECT kpi, scope, scope_value, breach, is_stop, value, previous_value FROM {TABLE} \
         WHERE publication_id = '{publication_id}' AND breach IS NOT NULL ORDER BY kpi, scope, scope_value"
    );
    let mut breaches = Vec::new();
    for batch in run.collect(session.sql(what, &sql).await?, what).await? {
        let [kpis, scopes, values, bounds] =
            ["kpi", "scope", "scope_value", "breach"].map(|column| strings(&batch, column));
        let (kpis, scopes, groups, bounds) = (kpis?, scopes?, values?, bounds?);
        let number = |name: &str, row: usize| {
            let column = batch
                .column_by_name(name)?
                .as_primitive_opt::<Float64Type>()?;
            column.is_valid(row).then(|| column.value(row))
        };
        let stops = batch
            .column_by_name("is_stop")
            .and_then(|column| column.as_boolean_opt());
        for row in 0..batch.num_rows() {
            breaches.push(Breach {
                kpi: kpis.value(row).to_owned(),
                scope: scopes.value(row).to_owned(),
                scope_value: groups.value(row).to_owned(),
                value: number("value", row).unwrap_or_default(),
                previous_value: number("previous_value", row),
                breach: bounds.value(row).to_owned(),
                stops: stops.is_some_and(|stops| stops.is_valid(row) && stops.value(row)),
            });
        }
    }
    Ok(breaches)
}

/// Errors: `LimitsPassed` where a limit stops the publication and nobody has accepted that.
pub(super) fn allow(run: &Run, breaches: &[Breach]) -> Result<()> {
    let stopping = breaches
        .iter()
        .filter(|breach| breach.stops && !run.accepted.contains(&breach.kpi));
    let stopping: Vec<Breach> = stopping.cloned().collect();
    if stopping.is_empty() {
        return Ok(());
    }
    Err(PipelineError::LimitsPassed { breaches: stopping })
}

/// kpi, scope, min, max, max_change, is_stop, and the bounds as they are written: one row per limit.
fn limits(limits: &[Limit]) -> Result<RecordBatch> {
    let texts = |of: &dyn Fn(&Limit) -> Option<String>| -> ArrayRef {
        Arc::new(limits.iter().map(of).collect::<StringArray>())
    };
    let numbers = |of: &dyn Fn(&Limit) -> Option<f64>| -> ArrayRef {
        Arc::new(limits.iter().map(of).collect::<Float64Array>())
    };
    let stops: BooleanArray = limits.iter().map(|limit| Some(limit.stops)).collect();
    let shown = |bound: Option<f64>| bound.map(|bound| bound.to_string());
    let columns: [(&str, ArrayRef, bool); 9] = [
        ("kpi", texts(&|limit| Some(limit.kpi.to_owned())), true),
        ("scope", texts(&|limit| Some(limit.by.to_owned())), true),
        ("min", numbers(&|limit| limit.min), true),
        ("max", numbers(&|limit| limit.max), true),
        ("max_change", numbers(&|limit| limit.max_change), true),
        ("min_text", texts(&|limit| shown(limit.min)), true),
        ("max_text", texts(&|limit| shown(limit.max)), true),
        (
            "max_change_text",
            texts(&|limit| shown(limit.max_change)),
            true,
        ),
        ("is_stop", Arc::new(stops), true),
    ];
    RecordBatch::try_from_iter_with_nullable(columns).map_err(PipelineError::arrow("config.limits"))
}
