//! `c360 maintain`: what the nightly function does, by hand.

use crate::context::Context;
use crate::error::Result;

pub async fn run(context: &Context) -> Result<()> {
    let report = pipeline::maintain::run(&context.open()?).await?;
    if report.tables.is_empty() {
        println!("Nothing to maintain: few small files, and none that no version needs.");
    }
    for table in &report.busy {
        println!("{table:<26} another run is rewriting it: left for the next time");
    }
    for table in report.tables {
        println!(
            "{:<26} {} files joined into {}, {} files deleted",
            table.table, table.joined, table.into, table.deleted
        );
    }
    Ok(())
}
