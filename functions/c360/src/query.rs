//! `c360 query`: one SELECT over all tables, as an aligned table.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table, count, plural};
use crate::rows::Rows;
use futures::StreamExt;
use lake::{LakeError, Session};
use pipeline::Run;
use std::io::IsTerminal;

/// Rows shown; more are for `c360 export`.
const SHOWN: usize = 10_000;

pub async fn run(context: &Context, sql: &str) -> Result<()> {
    only_reads(sql)?;
    let run = context.open()?;
    let session = all_tables(&run).await?;
    let frame = session.sql("the query", sql).await?;
    let mut rows = Rows::default();
    rows.name_columns(frame.schema().as_arrow());
    let mut batches = frame
        .execute_stream()
        .await
        .map_err(LakeError::query("the query"))?;
    let mut total = 0;
    while let Some(batch) = batches.next().await {
        let batch = batch.map_err(LakeError::query("the query"))?;
        let wanted = batch.num_rows().min(SHOWN.saturating_sub(total));
        rows.push(&batch.slice(0, wanted))?;
        total += batch.num_rows();
    }
    let columns: String = rows
        .is_number
        .iter()
        .map(|is_number| if *is_number { 'r' } else { 'l' })
        .collect();
    let mut table = Table::new(&columns).head(rows.names.clone()).flush_left();
    for cells in rows.cells {
        table.line(cells.into_iter().map(Option::unwrap_or_default));
    }
    format::print(&table.to_string())?;
    if total > SHOWN {
        eprintln!(
            "{} rows, of which the first {} are shown; `c360 export` writes whole tables",
            count(total as u64),
            count(SHOWN as u64)
        );
    } else if std::io::stderr().is_terminal() {
        eprintln!("{}", plural(total as u64, "row"));
    }
    Ok(())
}

/// A session over the newest version of every table.
pub async fn all_tables(run: &Run) -> Result<Session> {
    let names: Vec<&str> = run.sql.tables().map(|table| table.name.as_str()).collect();
    let (session, _) = run.session(&names).await?;
    Ok(session)
}

/// A query reads: what a table holds is decided by the stages alone.
fn only_reads(sql: &str) -> Result<()> {
    let mut words = words(sql);
    let mut first = words.next().unwrap_or_default();
    if first == "explain" {
        first = words
            .find(|word| !matches!(word.as_str(), "analyze" | "verbose"))
            .unwrap_or_default();
    }
    match first.as_str() {
        "select" | "with" | "values" | "show" | "describe" | "desc" => Ok(()),
        "" => Err(Error::Refused("the query is empty".into())),
        _ => Err(Error::Refused(
            "a query only reads: write a SELECT (or SHOW TABLES, DESCRIBE gold.dim_customer)"
                .into(),
        )),
    }
}

/// The words of a statement in lower case, comments left out.
fn words(sql: &str) -> impl Iterator<Item = String> {
    let mut plain = String::new();
    let mut rest = sql;
    while let Some(at) = rest.find("--").into_iter().chain(rest.find("/*")).min() {
        plain.push_str(&rest[..at]);
        plain.push(' ');
        let end = if rest[at..].starts_with("--") {
            "\n"
        } else {
            "*/"
        };
        rest = rest[at..]
            .find(end)
            .map_or("", |length| &rest[at + length + end.len()..]);
    }
    plain.push_str(rest);
    let words: Vec<String> = plain
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .take(8)
        .map(str::to_lowercase)
        .collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::only_reads;

    #[test]
    fn reading_is_allowed() {
        for sql in [
            "SELECT 1",
            " with a as (select 1) select * from a",
            "-- how many\nselect count(*) from gold.dim_customer",
            "/* a */ (SELECT 1)",
            "EXPLAIN ANALYZE SELECT 1",
            "show tables",
            "describe gold.dim_customer",
        ] {
            assert!(only_reads(sql).is_ok(), "{sql}");
        }
    }

    #[test]
    fn writing_is_refused() {
        for sql in [
            "",
            "-- select",
            "INSERT INTO gold.dim_customer VALUES (1)",
            "COPY (SELECT 1) TO 'x.csv'",
            "explain analyze insert into gold.dim_customer values (1)",
            "/* select */ drop table gold.dim_customer",
            "create external table t stored as csv location '/etc'",
        ] {
            assert!(only_reads(sql).is_err(), "{sql}");
        }
    }
}
