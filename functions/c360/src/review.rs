//! `c360 review`: what waits for a steward, the most urgent first.

use crate::args::ReviewArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, plural};
use crate::rows::{Row, fetch};
use std::fmt::Write;

pub async fn run(context: &Context, args: ReviewArgs) -> Result<()> {
    let run = context.open()?;
    let session = pipeline::resolve::published(&run, &["silver.review_queue"]).await?;
    let sql = format!(
        "SELECT *, count(*) OVER () AS waiting FROM silver.review_queue \
         ORDER BY priority DESC, review_id LIMIT {}",
        args.limit
    );
    let queue = fetch(&session, "reading the review queue", &sql).await?;
    let mut text = String::new();
    for item in queue.iter() {
        write_item(&mut text, item).map_err(Error::write("the review queue"))?;
    }
    let waiting = queue.first().map_or(0, |item| item.number("waiting"));
    format::print(&text)?;
    eprintln!(
        "{} of {}; `c360 explain` and `c360 steward same|distinct` settle one, --limit N shows more",
        queue.len(),
        plural(waiting.unsigned_abs(), "case")
    );
    Ok(())
}

fn write_item(text: &mut String, item: Row<'_>) -> std::fmt::Result {
    let number = |column: &str| item.text(column).parse::<f64>().unwrap_or_default();
    write!(
        text,
        "{:6.2}  {} {}: ",
        number("priority"),
        item.text("entity"),
        item.text("kind").replace('_', " ")
    )?;
    let records: Vec<String> = ["a", "b", "other"]
        .iter()
        .filter_map(|side| {
            let source = item.get(&format!("{side}_source_system"))?;
            Some(format!(
                "{source}:{}",
                item.text(&format!("{side}_source_record_id"))
            ))
        })
        .collect();
    write!(
        text,
        "{}\n        {}",
        records.join(", "),
        item.text("reason")
    )?;
    if item.text("explanation") != item.text("reason") {
        write!(text, "\n        {}", item.text("explanation"))?;
    }
    write!(
        text,
        "\n        confidence {:.2}, {}, spend {:.2}",
        number("confidence"),
        plural(item.number("orders").unsigned_abs(), "order"),
        number("spend")
    )?;
    if item.is_true("has_consent_conflict") {
        text.push_str(", one granted what another denied");
    }
    text.push('\n');
    Ok(())
}
