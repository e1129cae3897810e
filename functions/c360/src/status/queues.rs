//! What waits in the queues, and in the dead letters of each.

use super::Queues;
use crate::error::Result;
use crate::format::{Table, count};
use crate::run::rfc3339;
use entrypoint::{Aws, DeadLetters, Depth, Letter};
use serde_json::{Value, json};

/// What waits and what failed, in every queue with one of the prefixes, or of that URL.
pub async fn look(prefixes: &[String]) -> Result<Queues> {
    let depths = depths(prefixes).await?;
    let letters = letters(&depths).await?;
    Ok(Queues {
        depths: json!(depths),
        errors: told(&letters),
        waiting: table(&depths),
        failed: errors(&letters),
    })
}

async fn depths(prefixes: &[String]) -> Result<Vec<Depth>> {
    let aws = Aws::default();
    let mut depths = Vec::new();
    for prefix in prefixes {
        depths.extend(aws.depths(prefix).await?);
    }
    depths.dedup();
    Ok(depths)
}

/// Some of the letters in the queues of dead letters among these: what failed last, and why.
async fn letters(depths: &[Depth]) -> Result<Vec<(String, Letter)>> {
    let aws = Aws::default();
    let mut found = Vec::new();
    for depth in depths.iter().filter(|depth| depth.waiting > 0) {
        let is_dead = |other: &Depth| other.dead_letter_queue.as_ref() == Some(&depth.queue);
        if depths.iter().any(is_dead) {
            let queue = DeadLetters::open(&aws, &depth.queue).await?;
            let letters = queue.peek().await?.into_iter();
            found.extend(letters.map(|letter| (depth.queue.clone(), letter)));
        }
    }
    found.sort_by_key(|(_, letter)| std::cmp::Reverse(letter.sent_at));
    Ok(found)
}

fn told(letters: &[(String, Letter)]) -> Value {
    let letters = letters.iter().map(|(queue, letter)| {
        json!({
            "queue": queue, "message_id": letter.message_id, "sent_at": rfc3339(letter.sent_at * 1_000),
            "function": letter.function, "file": letter.file, "reason": letter.reason,
        })
    });
    letters.collect()
}

fn errors(letters: &[(String, Letter)]) -> Table {
    let mut table = Table::new("llll")
        .head(["queue", "since", "file", "reason"])
        .fit();
    for (queue, letter) in letters {
        table.line([
            queue.clone(),
            rfc3339(letter.sent_at * 1_000),
            letter.file.clone(),
            letter.reason.clone(),
        ]);
    }
    table
}

fn table(depths: &[Depth]) -> Table {
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
