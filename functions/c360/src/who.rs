//! `c360 who`: which customer a record belonged to at a time, with whom, and under which model and rules.

use crate::args::{Micros, WhoArgs};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table, section};
use crate::rows::{Row, Rows, fetch, quoted};
use crate::run::rfc3339;
use lake::Session;
use pipeline::resolve;
use serde_json::{Value, json};

const TABLES: [&str; 4] = [
    "silver.crosswalk",
    "silver.crosswalk_history",
    "silver.customer_redirects",
    "silver.resolve_runs",
];

/// What is asked about, and when.
struct Question<'a> {
    /// As typed.
    of: &'a str,
    /// `None`: now.
    at: Option<Micros>,
}

pub async fn run(context: &Context, args: WhoArgs) -> Result<()> {
    let run = context.open()?;
    let session = resolve::published(&run, &TABLES).await?;
    let question = Question {
        of: &args.of,
        at: context.chosen_as_of,
    };
    let answer = match args.of.split_once(':') {
        Some((source, id)) => {
            let record = format!(
                "entity = {} AND source_system = {} AND source_record_id = {}",
                quoted(args.entity.as_str()),
                quoted(source),
                quoted(id)
            );
            let history = history(&session, &record).await?;
            if history.is_empty() {
                return Err(Error::Refused(format!(
                    "no {} record {} was ever in the crosswalk; the name is SOURCE:ID, such as crm:1001 (--entity account: of an account)",
                    args.entity.as_str(),
                    args.of
                )));
            }
            let then = question.pick(&history)?;
            Answer::of(&session, &question, then, Some(&history)).await?
        }
        None => {
            let history = history(&session, &format!("customer_id = {}", quoted(&args.of))).await?;
            // Any of its rows says its entity.
            let Some(first) = history.first() else {
                return Err(Error::Refused(format!(
                    "no customer {} was ever published; `c360 find TEXT` looks names, e-mails, phones and record ids up",
                    args.of
                )));
            };
            Answer::of(&session, &question, first, None).await?
        }
    };
    format::print(&match args.json {
        true => format!("{}\n", answer.json(&question)),
        false => answer.text(&question),
    })
}

impl Question<'_> {
    /// The rows of `silver.crosswalk_history` that hold at the time.
    fn holds(&self) -> String {
        match self.at {
            Some(at) => format!(
                "CAST(valid_from AS BIGINT) <= {at} AND (valid_to IS NULL OR CAST(valid_to AS BIGINT) > {at})"
            ),
            None => "valid_to IS NULL".into(),
        }
    }

    fn when(&self) -> String {
        self.at
            .map_or_else(|| "now".into(), |at| format!("at {}", rfc3339(at)))
    }

    /// The row of a record's history that holds at the time.
    fn pick<'a>(&self, history: &'a Rows) -> Result<Row<'a>> {
        let holds = |row: &Row<'_>| match self.at {
            Some(at) => {
                row.number("from_micros") <= at
                    && (row
                        .get("to_micros")
                        .is_none_or(|_| row.number("to_micros") > at))
            }
            None => row.get("valid_to").is_none(),
        };
        let (mut before, mut after) = (None, None);
        for row in history.iter() {
            if holds(&row) {
                return Ok(row);
            }
            match self.at.is_some_and(|at| row.number("from_micros") > at) {
                true => after = after.or(Some(row)),
                false => before = Some(row),
            }
        }
        let mut why = format!("{} {}: no customer", self.of, self.when());
        if let Some(row) = before {
            why.push_str(&format!(
                "; it left at {}, as one of {}",
                row.text("valid_to"),
                row.text("customer_id")
            ));
        }
        if let Some(row) = after {
            why.push_str(&format!(
                "; it came at {}, to {}",
                row.text("valid_from"),
                row.text("customer_id")
            ));
        }
        Err(Error::Refused(why))
    }
}

/// Rows of the history, oldest first.
async fn history(session: &Session, condition: &str) -> Result<Rows> {
    let sql = format!(
        "SELECT entity, source_system || ':' || source_record_id AS record, customer_id, valid_from, valid_to, \
         CAST(valid_from AS BIGINT) AS from_micros, CAST(valid_to AS BIGINT) AS to_micros, run_id, closed_as, closed_by \
         FROM silver.crosswalk_history WHERE {condition} ORDER BY valid_from, record"
    );
    fetch(session, "reading the history of the crosswalk", &sql).await
}

/// A customer at the time.
struct Answer {
    entity: String,
    customer_id: String,
    /// Its records then.
    records: Rows,
    /// Of the record that was asked for: all that it belonged to.
    history: Option<Rows>,
    /// The run whose crosswalk held then: none before the first.
    run: Rows,
    /// Where the id leads now, if it is no more.
    redirect: Rows,
}

impl Answer {
    async fn of(
        session: &Session,
        question: &Question<'_>,
        then: Row<'_>,
        history_of: Option<&Rows>,
    ) -> Result<Answer> {
        let (entity, customer_id) = (then.text("entity"), then.text("customer_id"));
        let of_customer = format!(
            "entity = {} AND customer_id = {}",
            quoted(entity),
            quoted(customer_id)
        );
        let records = history(session, &format!("{of_customer} AND {}", question.holds())).await?;
        let until = question.at.map_or_else(String::new, |at| {
            format!("AND CAST(valid_from AS BIGINT) <= {at} ")
        });
        let sql = format!(
            "SELECT run_id, as_of, valid_from, c360_version, rules_id, model_id FROM silver.resolve_runs \
             WHERE entity = {} {until}ORDER BY valid_from DESC LIMIT 1",
            quoted(entity)
        );
        let run = fetch(session, "reading the runs", &sql).await?;
        let sql = format!(
            "SELECT new_customer_id, reason, redirected_at FROM silver.customer_redirects \
             WHERE entity = {} AND old_customer_id = {}",
            quoted(entity),
            quoted(customer_id)
        );
        Ok(Answer {
            entity: entity.to_owned(),
            customer_id: customer_id.to_owned(),
            redirect: fetch(session, "following redirects", &sql).await?,
            history: history_of.cloned(),
            records,
            run,
        })
    }

    fn text(&self, question: &Question<'_>) -> String {
        let (when, id) = (question.when(), &self.customer_id);
        let mut text = match (&self.history, self.records.is_empty()) {
            (Some(_), _) => format!("{} {when}: {} {id}\n", question.of, self.entity),
            (None, false) => format!(
                "{id} {when}: {} of {}\n",
                self.entity,
                format::plural(self.records.len() as u64, "record")
            ),
            (None, true) => format!("{id} {when}: no record has it\n"),
        };
        match self.run.first() {
            Some(run) => text.push_str(&format!(
                "under model {} and rules {} of c360 {}, in run {} as of {}\n",
                run.text("model_id"),
                run.text("rules_id"),
                run.text("c360_version"),
                run.text("run_id"),
                run.text("as_of"),
            )),
            None => text.push_str("before the first run that the history knows\n"),
        }
        if let Some(redirect) = self.redirect.first() {
            let at = redirect.text("redirected_at");
            text.push_str(&match redirect.get("new_customer_id") {
                Some(new) => format!(
                    "today {id} leads to {new} ({}, {at})\n",
                    redirect.text("reason")
                ),
                None => format!("today {id} is gone: all its records were deleted ({at})\n"),
            });
        }
        let mut records = Table::new("lll").head(["record", "since", "until"]);
        for row in self.records.iter() {
            records.line([
                row.text("record"),
                row.text("valid_from"),
                row.text("valid_to"),
            ]);
        }
        text.push_str(&section("Records of the customer then", &records));
        let mut history =
            Table::new("lllll").head(["from", "until", "customer_id", "ended as", "by run"]);
        for row in self.history.iter().flat_map(Rows::iter) {
            history.line(
                [
                    "valid_from",
                    "valid_to",
                    "customer_id",
                    "closed_as",
                    "run_id",
                ]
                .map(|column| row.text(column)),
            );
        }
        text.push_str(&section("Customers of the record", &history));
        text
    }

    fn json(&self, question: &Question<'_>) -> Value {
        let spans = |rows: &Rows| -> Vec<Value> { rows.iter().map(span).collect() };
        let run = self.run.first().map(|run| {
            json!({
                "run_id": run.get("run_id"), "as_of": run.get("as_of"), "valid_from": run.get("valid_from"),
                "c360_version": run.get("c360_version"), "rules_id": run.get("rules_id"), "model_id": run.get("model_id"),
            })
        });
        let redirect = self.redirect.first().map(|redirect| {
            json!({
                "new_customer_id": redirect.get("new_customer_id"), "reason": redirect.get("reason"),
                "redirected_at": redirect.get("redirected_at"),
            })
        });
        json!({
            "of": question.of, "as_of": question.at.map(rfc3339), "entity": self.entity, "customer_id": self.customer_id,
            "run": run, "redirect": redirect, "records": spans(&self.records),
            "history": self.history.as_ref().map(spans),
        })
    }
}

fn span(row: Row<'_>) -> Value {
    json!({
        "record": row.get("record"), "customer_id": row.get("customer_id"),
        "valid_from": row.get("valid_from"), "valid_to": row.get("valid_to"),
        "run_id": row.get("run_id"), "closed_as": row.get("closed_as"), "closed_by": row.get("closed_by"),
    })
}
