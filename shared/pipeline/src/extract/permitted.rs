//! What the SELECT of an extract may see.
//!
//! One of administration sees gold as it is. One that contacts somebody is planned in a session of its own, where the tables of gold
//! have the customers of whom that is granted, and of them the contact points that may be used: what a SELECT says can then use
//! nothing else, and consent cannot be forgotten.

use super::hash::{self, Kind};
use crate::mapping::refused_expression;
use crate::project::{ExtractRule, Platform, Purpose};
use crate::{PipelineError, Result, Run};
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{ParamValues, ScalarValue};
use datafusion::logical_expr::{Expr, JoinType, ScalarUDF};
use datafusion::prelude::{DataFrame, col, lit, strpos, when};
use lake::Session;
use std::collections::HashMap;

const POINTS: &str = "gold.customer_contact_points";
const ADDRESSES: &str = "gold.customer_addresses";
const PREFERENCES: &str = "gold.customer_preferences";

/// The tables that an extract that contacts somebody may read, and the columns that name their customers.
pub(super) const VISIBLE: [(&str, &[&str]); 14] = [
    ("gold.dim_customer", &["customer_id"]),
    ("gold.dim_person", &["customer_id"]),
    ("gold.dim_account", &["customer_id"]),
    (POINTS, &["customer_id"]),
    (ADDRESSES, &["customer_id"]),
    ("gold.customer_segments", &["customer_id"]),
    (PREFERENCES, &["customer_id"]),
    ("gold.customer_firmographics", &["customer_id"]),
    (
        "gold.customer_relationships",
        &["from_customer_id", "to_customer_id"],
    ),
    ("gold.fact_orders", &["customer_id"]),
    ("gold.fact_invoices", &["customer_id"]),
    ("gold.fact_subscriptions", &["customer_id"]),
    ("gold.fact_tickets", &["customer_id"]),
    ("gold.fact_interactions", &["customer_id"]),
];

/// Plans the SELECT of an extract over what it may see of `gold`, as of `as_of` (µs, UTC).
///
/// Errors name the file of the SELECT.
pub(super) async fn plan(
    run: &Run,
    gold: &Session,
    rule: &ExtractRule,
    as_of: i64,
    events_after: i64,
) -> Result<DataFrame> {
    let fail = |message: String| PipelineError::Project {
        file: rule.file.clone(),
        message: match rule.purpose {
            Purpose::Administration => message,
            Purpose::Contact { .. } => {
                let tables: Vec<&str> = VISIBLE.iter().map(|(table, _)| *table).collect();
                format!(
                    "{message} (an extract for {} reads {})",
                    rule.purpose.name(),
                    tables.join(", ")
                )
            }
        },
    };
    let permitted;
    let session = match &rule.purpose {
        Purpose::Administration => gold,
        Purpose::Contact {
            purpose,
            channel,
            is_shared,
        } => {
            permitted = sight(run, gold, purpose, channel, *is_shared, rule.hash).await?;
            &permitted
        }
    };
    let frame = session
        .query(&rule.select)
        .await
        .map_err(|error| fail(error.to_string()))?;
    if let Some(why) = refused(&frame)? {
        return Err(fail(format!(
            "{why}; $as_of is the time of the publication"
        )));
    }
    let parameters = HashMap::from([
        (
            "as_of".to_owned(),
            ScalarValue::TimestampMicrosecond(Some(as_of), Some("UTC".into())).into(),
        ),
        (
            "after_sequence".to_owned(),
            ScalarValue::Int64(Some(events_after)).into(),
        ),
    ]);
    let frame = frame
        .with_param_values(ParamValues::Map(parameters))
        .map_err(|error| fail(error.strip_backtrace()))?;
    let columns: Vec<&str> = frame
        .schema()
        .fields()
        .iter()
        .map(|field| field.name().as_str())
        .collect();
    let asked = rule.changed_by.iter().chain(&rule.partition_by);
    for name in asked {
        if !columns.contains(&name.as_str()) {
            return Err(fail(format!(
                "it has no column {name:?}, which key or partition_by names; it has {}",
                columns.join(", ")
            )));
        }
    }
    let mut seen = std::collections::HashSet::new();
    let reserved = (!rule.changed_by.is_empty()).then_some(super::changed::CHANGE);
    if let Some(twice) = columns
        .iter()
        .find(|name| !seen.insert(**name) || reserved == Some(**name))
    {
        return Err(fail(format!(
            "the column {twice:?} would stand twice; name it otherwise"
        )));
    }
    Ok(frame)
}

/// What looks at the clock, or answers otherwise every time.
fn refused(frame: &DataFrame) -> Result<Option<String>> {
    let mut refused = None;
    let walked = frame.logical_plan().apply_with_subqueries(|node| {
        node.apply_expressions(|expression| {
            expression.apply(|part| {
                if matches!(part, Expr::ScalarFunction(_)) {
                    refused = refused
                        .take()
                        .or(refused_expression(part).map(|(_, why)| why));
                }
                Ok(TreeNodeRecursion::Continue)
            })
        })
    });
    walked.map_err(PipelineError::query("reading an extract"))?;
    Ok(refused)
}

/// A session whose tables of gold hold what may be used for a purpose by a channel.
async fn sight(
    run: &Run,
    gold: &Session,
    purpose: &str,
    channel: &str,
    is_shared: bool,
    hash: Option<Platform>,
) -> Result<Session> {
    let fail = || PipelineError::query(format!("what may be used for {purpose} by {channel}"));
    for step in ["points", "customers"] {
        let parameters = HashMap::from([
            ("purpose".to_owned(), ScalarValue::from(purpose)),
            ("channel".to_owned(), ScalarValue::from(channel)),
            ("is_shared".to_owned(), ScalarValue::from(is_shared)),
        ]);
        let file = format!("extracts/permitted/{step}");
        let frame = run.frame_with(gold, &file, parameters).await?;
        // A view: other purposes have other ones, and nothing of theirs is overwritten while it is read.
        gold.register_table(&format!("scratch.permitted_{step}"), frame.into_view())?;
    }
    let table = async |name: &str| gold.context.table(name).await.map_err(fail());
    let customers = table("scratch.permitted_customers").await?;
    let points = table("scratch.permitted_points")
        .await?
        .select(vec![
            col("customer_id").alias("point_of"),
            col("contact_key").alias("point_key"),
        ])
        .map_err(fail())?;
    let function = hash.map(hash::function);
    let (session, _) = run.session(&[]).await?;
    for (name, keys) in VISIBLE {
        let rows = table(name).await?;
        let columns: Vec<Expr> = rows
            .schema()
            .fields()
            .iter()
            .map(|field| seen(name, field.name(), hash.zip(function.as_ref())))
            .collect();
        let mut rows = rows;
        for (at, key) in keys.iter().enumerate() {
            rows = match at {
                0 => rows.join(
                    customers.clone(),
                    JoinType::Inner,
                    &[key],
                    &["permitted_id"],
                    None,
                ),
                _ => {
                    let others = customers
                        .clone()
                        .select(vec![col("permitted_id").alias("other_id")]);
                    rows.join(
                        others.map_err(fail())?,
                        JoinType::LeftSemi,
                        &[key],
                        &["other_id"],
                        None,
                    )
                }
            }
            .map_err(fail())?;
        }
        rows = match name {
            POINTS => rows.join(
                points.clone(),
                JoinType::LeftSemi,
                &["customer_id", "contact_key"],
                &["point_of", "point_key"],
                None,
            ),
            ADDRESSES => rows.filter(col("permits_post")),
            _ => Ok(rows),
        }
        .map_err(fail())?;
        let rows = rows.select(columns).map_err(fail())?;
        session.register_table(name, rows.into_view())?;
    }
    Ok(session)
}

/// A column as it may be seen.
fn seen(table: &str, column: &str, hash: Option<(Platform, &ScalarUDF)>) -> Expr {
    let nothing = || lit(ScalarValue::Utf8(None));
    let only_if = |condition: Expr| {
        when(condition, col(column))
            .otherwise(nothing())
            .unwrap_or_else(|_| nothing())
    };
    let plain = match (table, column) {
        (_, "email") => col("permitted_email"),
        (_, "phone") => col("permitted_phone"),
        (_, "address_line1" | "address_line2") => only_if(col("permits_post")),
        // no message needs them
        (_, "national_id" | "tax_id") => nothing(),
        // free words, which may hold an address that nobody has asked about
        (_, "attributes" | "subject" | "detail" | "evidence") | (PREFERENCES, "value") => {
            only_if(strpos(col(column), lit("@")).eq(lit(0)))
        }
        _ => col(column),
    };
    let Some((platform, function)) = hash else {
        return plain.alias(column);
    };
    let hashed = |kind: Expr, value: Expr| function.call(vec![kind, value]);
    match (table, column) {
        (POINTS, "value") => hashed(col("channel"), plain),
        (PREFERENCES, "value") => nothing(),
        _ => match hash::kind_of(platform, column) {
            Kind::Plain => plain,
            Kind::Hashed => hashed(lit(column), plain),
            Kind::Hidden => nothing(),
        },
    }
    .alias(column)
}
