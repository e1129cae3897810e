//! `c360 redrive`: what waits in a queue of dead letters, and its way back.

use crate::args::RedriveArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table};
use entrypoint::{Aws, DeadLetters, Letter};

pub async fn run(context: &Context, args: RedriveArgs) -> Result<()> {
    if args.discard && !args.yes {
        return Err(Error::Refused(
            "--drop deletes messages for good; add --yes if that is meant".into(),
        ));
    }
    let queue = DeadLetters::open(&Aws::default(), &args.queue).await?;
    let letters = queue.read().await?;
    let (chosen, others): (Vec<&Letter>, Vec<&Letter>) = letters
        .iter()
        .partition(|letter| is_chosen(letter, args.only.as_deref()));
    // Whatever fails on the way: what stays in the queue is to be seen by others at once.
    let done = act(&args, &queue, &chosen).await;
    queue.release(&others).await?;
    if !args.apply && !args.discard {
        queue.release(&chosen).await?;
    }
    done?;
    format::print(&told(&chosen, context.as_of))?;
    let what = match (args.apply, args.discard) {
        (true, _) => "sent back",
        (_, true) => "dropped",
        _ => "waiting; --apply sends them back, --drop deletes them",
    };
    eprintln!("{} {what}", format::plural(chosen.len() as u64, "message"));
    Ok(())
}

async fn act(args: &RedriveArgs, queue: &DeadLetters, chosen: &[&Letter]) -> Result<()> {
    if args.apply {
        let to = source(queue, args).await?;
        for letter in chosen {
            queue.send_back(letter, &to).await?;
        }
    } else if args.discard {
        for letter in chosen {
            queue.remove(letter).await?;
        }
    }
    Ok(())
}

/// Where the messages came from.
async fn source(queue: &DeadLetters, args: &RedriveArgs) -> Result<String> {
    if let Some(to) = &args.to {
        return Ok(to.clone());
    }
    let sources = queue.sources().await?;
    match &sources[..] {
        [source] => Ok(source.clone()),
        [] => Err(Error::Refused(format!(
            "no queue's redrive policy names {}; --to URL says where its messages go back",
            args.queue
        ))),
        several => Err(Error::Refused(format!(
            "{} takes the dead letters of {}; --to URL says where they go back",
            args.queue,
            several.join(" and ")
        ))),
    }
}

fn is_chosen(letter: &Letter, only: Option<&str>) -> bool {
    only.is_none_or(|part| {
        [&letter.reason, &letter.file, &letter.message_id]
            .iter()
            .any(|text| text.contains(part))
    })
}

fn told(letters: &[&Letter], now: i64) -> String {
    let mut text = String::new();
    for letter in letters {
        let age = format::age(now / 1_000_000 - letter.sent_at / 1_000);
        let mut table = Table::new("ll").flush_left();
        for (name, value) in [
            ("reason", letter.reason.as_str()),
            ("file", &letter.file),
            ("function", &letter.function),
            ("age", &age),
            ("message", &letter.message_id),
        ] {
            if !value.is_empty() {
                table.line([name, value]);
            }
        }
        text.push_str(&format!("{table}\n"));
    }
    text
}
