//! `c360 explain`: why two records are one customer, or are not.

mod chain;
mod evidence;

use crate::args::{ExplainArgs, RecordName};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table, heading};
use crate::query::all_tables;
use crate::rows::{Row, fetch, quoted};
use lake::Session;

/// A record of the crosswalk.
#[derive(Clone, Debug)]
struct Record {
    name: RecordName,
    key: i64,
    customer_id: String,
}

pub async fn run(context: &Context, args: ExplainArgs) -> Result<()> {
    let run = context.open()?;
    let entity = args.entity.as_str();
    if args.a == args.b {
        return Err(Error::Refused("name two different records".into()));
    }
    let session = all_tables(&run).await?;
    let a = find(&session, entity, &args.a).await?;
    let b = find(&session, entity, &args.b).await?;
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
    let (evidence, has_shared) = evidence::write(&run, &session, entity, &a, &b).await?;
    text.push_str(&evidence);
    text.push_str(&heading("Decision"));
    let direct = decision(&session, entity, &a, &b).await?;
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

/// Something that was decided on this very pair.
struct Decided {
    text: String,
    /// Does it make the two one customer?
    is_link: bool,
}

async fn decision(session: &Session, entity: &str, a: &Record, b: &Record) -> Result<Vec<Decided>> {
    let sql = format!(
        "SELECT * FROM silver.scored_edges WHERE entity = '{entity}' AND a_record_key = {} AND b_record_key = {}",
        a.key.min(b.key),
        a.key.max(b.key)
    );
    let edges = fetch(session, "reading the edge", &sql).await?;
    let mut decided: Vec<Decided> = edges
        .iter()
        .map(|edge| Decided {
            text: in_words(edge),
            is_link: edge.text("decision") == "auto",
        })
        .collect();
    for (table, what) in [
        ("silver.review_queue", "in the review queue"),
        ("silver.steward_decisions", "a steward decided"),
    ] {
        let sql = format!(
            "SELECT * FROM {table} WHERE entity = '{entity}' AND ({} OR {})",
            named(a, b),
            named(b, a)
        );
        let rows = fetch(session, "reading decisions", &sql).await?;
        decided.extend(rows.iter().map(|row| {
            let by = row.get("decided_by");
            Decided {
                text: format!(
                    "{what}: {}, {}{}",
                    row.text("kind"),
                    row.text("reason"),
                    by.map_or_else(String::new, |by| format!(" (by {by})"))
                ),
                is_link: by.is_some() && row.text("kind") == "same",
            }
        }));
    }
    Ok(decided)
}

fn named(a: &Record, b: &Record) -> String {
    format!(
        "(a_source_system = {} AND a_source_record_id = {} AND b_source_system = {} AND b_source_record_id = {})",
        quoted(&a.name.source),
        quoted(&a.name.id),
        quoted(&b.name.source),
        quoted(&b.name.id)
    )
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
