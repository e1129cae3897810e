//! `c360 explain`: why two records are one customer, or are not; with `--plan`, how records are matched at all.

mod chain;
mod decision;
mod evidence;
mod plan;

pub use evidence::terms;

use crate::args::{ExplainArgs, Party, RecordName};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table, heading};
use crate::query::all_tables;
use crate::rows::{Row, fetch, quoted};
use lake::Session;
use std::path::Path;

/// A record of the crosswalk.
#[derive(Clone, Debug)]
struct Record {
    name: RecordName,
    key: i64,
    customer_id: String,
}

pub async fn run(context: &Context, args: ExplainArgs) -> Result<()> {
    let entity = args.entity;
    match (args.a, args.b) {
        (Some(a), Some(b)) => pair(context, entity, a, b, args.chart.as_deref()).await,
        _ => plan::run(context, entity).await,
    }
}

async fn pair(
    context: &Context,
    entity: Party,
    a: RecordName,
    b: RecordName,
    chart: Option<&Path>,
) -> Result<()> {
    let run = context.open()?;
    let entity = entity.as_str();
    if a == b {
        return Err(Error::Refused("name two different records".into()));
    }
    let session = all_tables(&run).await?;
    let a = find(&session, entity, &a).await?;
    let b = find(&session, entity, &b).await?;
    let is_one = a.customer_id == b.customer_id;
    let mut text = if is_one {
        format!(
            "{} and {} are one customer: {}\n",
            a.name, b.name, a.customer_id
        )
    } else {
        format!(
            "{} and {} are two customers: {} and {}\n",
            a.name, b.name, a.customer_id, b.customer_id
        )
    };
    let (evidence, has_shared) = evidence::write(&run, &session, entity, &a, &b, chart).await?;
    text.push_str(&evidence);
    text.push_str(&heading("Decision"));
    let direct = decision::on_pair(&run, &session, entity, &a, &b).await?;
    if direct.is_empty() {
        text.push_str(if has_shared {
            "  No edge: what they share is no identity and the rest is not alike enough, or very many records share it.\n"
        } else {
            "  No edge: they share no value that a blocking rule looks at, so they were not compared.\n"
        });
    }
    let is_linked = direct.iter().any(|line| line.is_link);
    for line in direct {
        text.push_str(&format!("  {}\n", line.text));
    }
    if is_one && !is_linked {
        text.push_str(&chain::write(&session, entity, &a, &b).await?);
    }
    format::print(&text)
}

async fn find(session: &Session, entity: &str, name: &RecordName) -> Result<Record> {
    let sql = format!(
        "SELECT record_key, customer_id FROM silver.crosswalk \
         WHERE entity = '{entity}' AND source_system = {} AND source_record_id = {}",
        quoted(&name.source),
        quoted(&name.id)
    );
    let found = fetch(session, "looking the record up", &sql).await?;
    let row = found.first().ok_or_else(|| {
        Error::Refused(format!(
            "the crosswalk has no {entity} record {name}: never seen, deleted, or another entity (--entity)"
        ))
    })?;
    Ok(Record {
        name: name.clone(),
        key: row.number("record_key"),
        customer_id: row.text("customer_id").to_owned(),
    })
}

/// An edge in one line: decision, reason, and the rules behind it.
fn in_words(edge: Row<'_>) -> String {
    let mut text = format!("{}: {}", edge.text("decision"), edge.text("reason"));
    text.push_str(&format!(
        " (brought together by {}",
        edge.text("match_keys")
    ));
    let shared = edge.text("shared_keys");
    if !shared.is_empty() {
        text.push_str(&format!("; too many names share the {shared}"));
    }
    text.push(')');
    text
}

/// One line a record: what a person would read first.
async fn names(session: &Session, entity: &str, records: &[&Record]) -> Result<Table> {
    let mut table = Table::new("llll");
    for record in records {
        let columns = match entity {
            "account" => "legal_name AS name, email, phone FROM silver.accounts",
            _ => {
                "coalesce(full_name, concat_ws(' ', given_name, family_name)) AS name, email, phone \
                 FROM silver.persons"
            }
        };
        let sql = format!("SELECT {columns} WHERE record_key = {}", record.key);
        let rows = fetch(session, "reading records", &sql).await?;
        if let Some(row) = rows.first() {
            table.line([
                record.name.to_string().as_str(),
                row.text("name"),
                row.text("email"),
                row.text("phone"),
            ]);
        }
    }
    Ok(table)
}
