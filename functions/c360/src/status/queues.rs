//! What waits in the queues, and in the dead letters of each.

use crate::error::Result;
use crate::format::{Table, count};
use entrypoint::{Aws, Depth};

/// Of every queue with one of the prefixes, or of that URL.
pub async fn depths(prefixes: &[String]) -> Result<Vec<Depth>> {
    let aws = Aws::default();
    let mut depths = Vec::new();
    for prefix in prefixes {
        depths.extend(aws.depths(prefix).await?);
    }
    depths.dedup();
    Ok(depths)
}

pub fn table(depths: &[Depth]) -> Table {
    let mut table = Table::new("lrrrl").head([
        "queue",
        "waiting",
        "in flight",
        "delayed",
        "dead letters go to",
    ]);
    for depth in depths {
        table.line([
            depth.queue.clone(),
            count(depth.waiting),
            count(depth.in_flight),
            count(depth.delayed),
            depth.dead_letter_queue.clone().unwrap_or_default(),
        ]);
    }
    table
}
