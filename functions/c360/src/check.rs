//! `c360 check`: would every mapping run? Nothing is written.

use crate::args::Landing;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table};
use pipeline::{customers, extract, golden, standardize};

pub async fn run(context: &Context, landing: Landing) -> Result<()> {
    let run = context.open_with(landing.landing)?;
    let checked = standardize::check(&run).await?;
    let mut table = Table::new("lll");
    let mut problems = Vec::new();
    let mut notes = Vec::new();
    for feed in checked {
        let verdict = match (&feed.problem, &feed.file) {
            (Some(_), _) => "problem",
            (None, Some(_)) => "ok",
            (None, None) => "no file",
        };
        table.line([
            verdict.to_owned(),
            feed.feed.clone(),
            feed.file
                .unwrap_or_else(|| "its pattern matches nothing in the landing place yet".into()),
        ]);
        notes.extend(
            feed.notes
                .iter()
                .map(|note| format!("{}: {note}", feed.feed)),
        );
        problems.extend(feed.problem.map(|problem| (feed.feed, problem)));
    }
    if let Err(problem) = customers::check(&run).await {
        problems.push(("[customers]".into(), problem));
    }
    if let Err(problem) = golden::check(&run).await {
        problems.push(("[segments]".into(), problem));
    }
    if let Err(problem) = extract::check(&run).await {
        problems.push(("[[extracts]]".into(), problem));
    }
    format::print(&table.to_string())?;
    for note in notes {
        println!("note: {note}");
    }
    if problems.is_empty() {
        return Ok(());
    }
    for (feed, problem) in problems {
        println!("\n{feed}\n  {problem}");
    }
    Err(Error::Reported)
}
