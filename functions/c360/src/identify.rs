//! `c360 match`: which customer a record belongs to that no run has seen yet.

use crate::args::{MatchArgs, Party};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::explain::terms;
use crate::format::{self, Table, heading, section};
use pipeline::Entity;
use pipeline::resolve::{Answer, Asked, Candidate, Decision, auto_weight, identify};
use serde_json::{Map, Value};
use std::io::Read;
use std::path::Path;

/// Customers that are shown term by term.
const SHOWN: usize = 3;

pub async fn run(context: &Context, args: MatchArgs) -> Result<()> {
    let run = context.open()?;
    let row = read(&args.record)?;
    let asked = match (&args.feed, args.entity) {
        (Some(feed), _) => Asked::OfFeed(feed),
        (None, Party::Person) => Asked::Of(Entity::Person),
        (None, Party::Account) => Asked::Of(Entity::Account),
    };
    let answer = identify(&run, asked, row).await?;
    format::print(&match args.json {
        true => format!(
            "{}\n",
            serde_json::to_string(&answer).map_err(Error::write("the answer"))?
        ),
        false => in_words(&answer),
    })
}

/// The record as it was typed. No error repeats it: it is a person.
fn read(typed: &str) -> Result<Map<String, Value>> {
    let text = match typed {
        "-" => {
            let mut text = String::new();
            let read = std::io::stdin().read_to_string(&mut text);
            read.map_err(Error::file(Path::new("standard input")))?;
            text
        }
        typed => typed.to_owned(),
    };
    if text.trim().is_empty() {
        return Err(Error::Refused(
            "there is no record: nothing was typed, or nothing came from standard input".into(),
        ));
    }
    serde_json::from_str(&text).map_err(|error| {
        Error::Refused(format!(
            "the record is no JSON object (column {} of line {}); write one such as {{\"given_name\": \"Ann\", \"email\": \"ann@example.com\"}}",
            error.column(),
            error.line()
        ))
    })
}

fn in_words(answer: &Answer) -> String {
    let joined: Vec<&Candidate> = answer.candidates.iter().filter(|c| c.is_joined).collect();
    let mut text = match (answer.decision, joined.as_slice()) {
        (Decision::Match, []) => "Nobody else: its customer stays what it is.\n".to_owned(),
        (Decision::Match, [one, ..]) => format!("It is {}: {}.\n", one.customer_id, one.reason),
        (Decision::Several, several) => {
            let ids: Vec<&str> = several.iter().map(|c| &*c.customer_id).collect();
            format!(
                "It would join {} customers that are apart today: {}.\n",
                several.len(),
                ids.join(", ")
            )
        }
        (Decision::Review, _) => {
            "Nobody surely: a steward would be asked about the customers below.\n".into()
        }
        _ => "Nobody that is known: it would be a new customer.\n".into(),
    };
    if let Some(known) = &answer.known_as {
        text.push_str(&format!(
            "A record of this source and id is there already, as one of {known}; this one is taken for its newer version.\n"
        ));
    }
    if !answer.not_compared.is_empty() {
        text.push_str(&format!(
            "Too many records share its {} to be compared by it.\n",
            answer.not_compared.join(", ")
        ));
    }
    if answer.candidates.is_empty() {
        return text;
    }
    let mut table = Table::new("llrrll").head([
        "customer",
        "record",
        "bits",
        "probability",
        "decision",
        "why",
    ]);
    for candidate in &answer.candidates {
        let decision = match (candidate.is_joined, candidate.decision.as_str()) {
            (true, _) => "match",
            (false, "auto" | "same" | "distinct") => "kept apart",
            (false, other) => other,
        };
        table.line([
            candidate.customer_id.clone(),
            format!("{}:{}", candidate.source_system, candidate.source_record_id),
            format!("{:+.1}", candidate.match_weight),
            format!("{:.4}", candidate.match_probability),
            decision.to_owned(),
            candidate.reason.clone(),
        ]);
    }
    text.push_str(&heading("Candidates"));
    text.push_str(&table.to_string());
    for candidate in answer.candidates.iter().take(SHOWN) {
        let title = format!(
            "{}:{} of {}, by {} (merged from {:+.1} bits on)",
            candidate.source_system,
            candidate.source_record_id,
            candidate.customer_id,
            candidate.match_keys.replace(',', ", "),
            auto_weight()
        );
        text.push_str(&section(&title, &terms(&candidate.parts)));
    }
    text
}
