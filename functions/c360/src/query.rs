//! `c360 query`: one SELECT over all tables, as an aligned table.

use crate::context::Context;
use crate::error::Result;
use crate::format::{self, Table, count, plural};
use crate::rows::Rows;
use futures::StreamExt;
use lake::{LakeError, Session};
use pipeline::Run;
use std::io::IsTerminal;

/// Rows shown; more are for `c360 export`.
const SHOWN: usize = 10_000;

pub async fn run(context: &Context, sql: &str) -> Result<()> {
    let run = context.open()?;
    let session = all_tables(&run).await?;
    let frame = session.query(sql).await?;
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

/// A session over the newest version of every table, and `scratch.active_files`: the files whose rows count.
pub async fn all_tables(run: &Run) -> Result<Session> {
    let names: Vec<&str> = run.sql.tables().map(|table| table.name.as_str()).collect();
    let (session, _) = run.session(&names).await?;
    let active = run.frame(&session, "silver/active_files").await?;
    session.register_table("scratch.active_files", active.into_view())?;
    Ok(session)
}
