//! Two records' keys, level by level, and the blocking values that they share. The SQL is the stage's own, so that what is
//! explained is what was compared.

use super::{Record, names};
use crate::chart::{self, Term};
use crate::error::Result;
use crate::format::{Table, heading, plural, section};
use crate::rows::{Row, Rows, fetch};
use lake::Session;
use linkage::{Entity, Part};
use pipeline::resolve::auto_weight;
use pipeline::resolve::explain::{stored_model, weigh};
use pipeline::{Run, compare};
use std::path::Path;

/// The evidence as text, and whether any blocking value is shared.
pub async fn write(
    run: &Run,
    session: &Session,
    entity: &str,
    a: &Record,
    b: &Record,
    chart: Option<&Path>,
) -> Result<(String, bool)> {
    let mut text = names(session, entity, &[a, b]).await?.to_string();
    run.active_files(session).await?;
    run.scratch(session, "silver/match_points", "match_points")
        .await?;
    let comparable = format!("comparable_{entity}s");
    run.scratch(session, &format!("silver/{comparable}"), &comparable)
        .await?;
    let sql = format!(
        "SELECT * FROM scratch.{comparable} WHERE record_key IN ({}, {}) ORDER BY record_key = {}",
        a.key, b.key, b.key
    );
    let keys = fetch(session, "reading match keys", &sql).await?;
    let points = points(session, a, b).await?;
    let mut rows = keys.iter();
    if let (Some(left), Some(right)) = (rows.next(), rows.next()) {
        let mut table = Table::new("llll").head([
            "compared",
            &a.name.to_string(),
            &b.name.to_string(),
            "level",
        ]);
        for line in compared(entity, left, right)
            .into_iter()
            .chain(contact(&points, a, b))
        {
            table.line(line);
        }
        text.push_str(&section(
            "Match keys (folded for comparing; – = no evidence)",
            &table,
        ));
    }
    text.push_str(&weight(run, session, entity, a, b, chart).await?);
    text.push_str(&heading("Values in common"));
    let shared = shared_values(run, session, entity, a, b).await?;
    if shared.is_empty() {
        text.push_str("  none that a blocking rule looks at\n");
    }
    text.push_str(&shared.to_string());
    Ok((text, !shared.is_empty()))
}

/// The match weight, term by term: what each comparison says for the pair or against it.
async fn weight(
    run: &Run,
    session: &Session,
    entity: &str,
    a: &Record,
    b: &Record,
    chart: Option<&Path>,
) -> Result<String> {
    let Some(kind) = Entity::named(entity) else {
        return Ok(String::new());
    };
    let Some(model) = stored_model(run, session, kind, None).await? else {
        return Ok(String::new());
    };
    let Some(weighed) = weigh(run, session, &model, a.key, b.key).await? else {
        return Ok(String::new());
    };
    if let Some(file) = chart {
        let terms: Vec<Term<'_>> = weighed
            .parts
            .iter()
            .map(|part| Term {
                comparison: part.comparison,
                level: part.level,
                bits: part.weight,
            })
            .collect();
        let title = format!("{} and {} (model {})", a.name, b.name, weighed.model_id);
        let drawn = chart::waterfall(&title, &terms, auto_weight());
        chart::write(file, &title, &[drawn])?;
    }
    let table = terms(&weighed.parts);
    let title = format!(
        "Match weight {:+.1} bits, probability {:.4} (model {}; merged from {:+.1} bits on)",
        weighed.match_weight,
        weighed.match_probability,
        weighed.model_id,
        auto_weight()
    );
    Ok(section(&title, &table))
}

/// What adds up to a match weight, term by term.
pub fn terms(parts: &[Part]) -> Table {
    let mut table = Table::new("llrrl").head(["evidence", "level", "bits", "sum", ""]);
    let mut sum = 0.0;
    for part in parts {
        sum += part.weight;
        table.line([
            part.comparison.to_owned(),
            part.level.replace('_', " "),
            format!("{:+.1}", part.weight),
            format!("{sum:+.1}"),
            bar(part.weight),
        ]);
    }
    table
}

/// A bar of one mark a bit.
fn bar(bits: f64) -> String {
    const LONGEST: usize = 24;
    let marks = (bits.abs().round() as usize).min(LONGEST);
    match bits < 0.0 {
        true => "-".repeat(marks),
        false => "+".repeat(marks),
    }
}

type Line = [String; 4];

fn compared(entity: &str, a: Row<'_>, b: Row<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    if entity == "account" {
        lines.push(similar(
            "legal name",
            "name_key",
            a,
            b,
            linkage::organization_similarity,
        ));
        for (what, column) in [
            ("domain", "domain"),
            ("tax id", "tax_id"),
            ("country", "country"),
        ] {
            lines.push(equal(what, column, a, b));
        }
    } else {
        let (level, similarity) = compare::name(
            a.text("given_key"),
            a.text("family_key"),
            b.text("given_key"),
            b.text("family_key"),
        );
        let name = |row: Row<'_>| {
            format!(
                "{} / {}",
                shown(row.text("given_key")),
                shown(row.text("family_key"))
            )
        };
        lines.push([
            "given / family name".into(),
            name(a),
            name(b),
            format!("{}, {similarity:.2}", level.name()),
        ]);
        for (what, column) in [
            ("birth date", "birth_date"),
            ("suffix", "name_suffix"),
            ("country", "country"),
            ("company", "company_key"),
            ("customer number", "customer_number"),
        ] {
            lines.push(equal(what, column, a, b));
        }
    }
    lines.push(similar(
        "address",
        "address_key",
        a,
        b,
        linkage::address_similarity,
    ));
    lines
}

fn equal(what: &str, column: &str, a: Row<'_>, b: Row<'_>) -> Line {
    let (a, b) = (a.text(column), b.text(column));
    let level = match (a, b) {
        ("", _) | (_, "") => "missing",
        (a, b) if a == b => "exact",
        _ => "different",
    };
    [what.into(), shown(a), shown(b), level.into()]
}

fn similar(
    what: &str,
    column: &str,
    a: Row<'_>,
    b: Row<'_>,
    similarity: fn(&str, &str) -> f64,
) -> Line {
    let (a, b) = (a.text(column), b.text(column));
    let level = if a.is_empty() || b.is_empty() {
        "missing".into()
    } else {
        format!("{:.2}", similarity(a, b))
    };
    [what.into(), shown(a), shown(b), level]
}

fn shown(value: &str) -> String {
    if value.is_empty() { "–" } else { value }.to_owned()
}

async fn points(session: &Session, a: &Record, b: &Record) -> Result<Rows> {
    let sql = format!(
        "SELECT DISTINCT record_key, channel, match_value FROM scratch.match_points \
         WHERE record_key IN ({}, {}) ORDER BY match_value",
        a.key, b.key
    );
    fetch(session, "reading contact points", &sql).await
}

/// E-mails and phones that take part in matching.
fn contact(points: &Rows, a: &Record, b: &Record) -> Vec<Line> {
    let of = |record: &Record, channel: &str| -> Vec<String> {
        let is_here = |row: &Row<'_>| {
            row.number("record_key") == record.key && row.text("channel") == channel
        };
        points
            .iter()
            .filter(is_here)
            .map(|row| row.text("match_value").to_owned())
            .collect()
    };
    let line = |channel: &str| {
        let (left, right) = (of(a, channel), of(b, channel));
        let level = if left.is_empty() || right.is_empty() {
            "missing"
        } else if left.iter().any(|value| right.contains(value)) {
            "exact"
        } else {
            "different"
        };
        [
            channel.into(),
            shown(&left.join(" ")),
            shown(&right.join(" ")),
            level.into(),
        ]
    };
    vec![line("email"), line("phone")]
}

/// Runs every blocking rule and keeps what the two have in common.
async fn shared_values(
    run: &Run,
    session: &Session,
    entity: &str,
    a: &Record,
    b: &Record,
) -> Result<Table> {
    let mut table = Table::new("lrl");
    for file in run.sql.list("silver/blocking") {
        let rule = file
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".sql");
        let Some(name) = rule
            .strip_prefix(entity)
            .and_then(|rest| rest.strip_prefix('_'))
        else {
            continue;
        };
        let frame = run
            .frame(session, &format!("silver/blocking/{rule}"))
            .await?;
        session.register_table("scratch.block", frame.into_view())?;
        let sql = format!(
            "WITH shared AS ( \
               SELECT block_key FROM scratch.block WHERE record_key IN ({}, {}) \
               GROUP BY block_key HAVING count(DISTINCT record_key) = 2 \
             ) \
             SELECT shared.block_key, count(DISTINCT block.record_key) AS records, max(known.names) AS names \
             FROM shared JOIN scratch.block AS block ON block.block_key = shared.block_key \
             LEFT JOIN silver.shared_values AS known \
               ON known.entity = '{entity}' AND known.match_key = '{name}' AND known.block_key = shared.block_key \
             GROUP BY shared.block_key",
            a.key, b.key
        );
        for row in fetch(session, "looking for shared values", &sql)
            .await?
            .iter()
        {
            let records = plural(row.number("records").unsigned_abs(), "record");
            let says = match row.get("names") {
                Some(names) => format!("{names} names share it: it identifies nobody"),
                None => String::new(),
            };
            table.line([name.to_owned(), format!("on {records}"), says]);
        }
    }
    Ok(table)
}
