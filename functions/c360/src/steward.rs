//! `c360 steward`: a person's decision on two records, or on a golden value, kept for ever; the next run applies it.

use crate::args::{DecisionArgs, Party, RecordName, StewardCommand, ValueArgs};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::rows::{fetch, quoted};
use arrow::array::{ArrayRef, RecordBatch, StringArray, TimestampMicrosecondArray};
use lake::Commit;
use pipeline::{Run, is_free_text};
use std::sync::Arc;

pub async fn run(context: &Context, command: StewardCommand) -> Result<()> {
    let run = context.open()?;
    let (kind, decision) = match &command {
        StewardCommand::Same(decision) => ("same", decision),
        StewardCommand::Distinct(decision) => ("distinct", decision),
        StewardCommand::Value(choice) => return value(&run, choice).await,
    };
    if decision.a == decision.b {
        return Err(Error::Refused("name two different records".into()));
    }
    expect_words(&decision.by, &decision.reason)?;
    for record in [&decision.a, &decision.b] {
        expect_record(&run, decision.entity, record).await?;
    }
    let decided_at = decided_at(&run, decision).await?;
    append(&run, kind, decision, decided_at).await?;
    println!(
        "Decided: {} and {} are {kind}. `c360 run` applies it.",
        decision.a, decision.b
    );
    Ok(())
}

fn expect_words(by: &str, reason: &str) -> Result<()> {
    for (what, text) in [("--by", by), ("--reason", reason)] {
        if text.trim().is_empty() {
            return Err(Error::Refused(format!(
                "{what} is empty; a decision says who and why"
            )));
        }
    }
    Ok(())
}

async fn expect_record(run: &Run, entity: Party, record: &RecordName) -> Result<()> {
    match is_known(run, entity, record).await? {
        true => Ok(()),
        false => Err(Error::Refused(format!(
            "the crosswalk has no {} record {record}",
            entity.as_str()
        ))),
    }
}

/// Records which value a steward chose, or that the choice is taken back.
async fn value(run: &Run, choice: &ValueArgs) -> Result<()> {
    expect_words(&choice.by, &choice.reason)?;
    expect_record(run, choice.entity, &choice.record).await?;
    if let Some(until) = choice.until.filter(|until| *until <= run.as_of) {
        let until = chrono::DateTime::from_timestamp_micros(until);
        let until = until.map_or_else(String::new, |time| time.to_rfc3339());
        return Err(Error::Refused(format!("--until {until} is over already")));
    }
    let value = choice.value.as_deref().map(str::trim);
    if value == Some("") {
        return Err(Error::Refused(
            "the value is empty; --take-back lets the rule decide again".into(),
        ));
    }
    expect_value(run, choice, value).await?;
    let text = |value: &str| -> ArrayRef { Arc::new(StringArray::from(vec![value.trim()])) };
    let time = |time: Option<i64>| -> ArrayRef {
        Arc::new(TimestampMicrosecondArray::from(vec![time]).with_timezone("UTC"))
    };
    let chosen: ArrayRef = Arc::new(StringArray::from(vec![value]));
    let row = RecordBatch::try_from_iter_with_nullable([
        ("override_id", text(&run.run_id), true),
        ("entity", text(choice.entity.as_str()), true),
        ("source_system", text(&choice.record.source), true),
        ("source_record_id", text(&choice.record.id), true),
        ("attribute", text(&choice.attribute), true),
        ("value", chosen, true),
        ("decided_by", text(&choice.by), true),
        ("reason", text(&choice.reason), true),
        ("decided_at", time(Some(run.as_of)), true),
        ("expires_at", time(choice.until), true),
    ])
    .map_err(Error::write("the choice"))?;
    commit(run, "silver.golden_overrides", row).await?;
    let (attribute, record) = (&choice.attribute, &choice.record);
    match value {
        Some(_) => println!("Chosen: the {attribute} of {record}. `c360 run` applies it."),
        None => println!(
            "Taken back: the rule decides the {attribute} of {record} again. `c360 run` applies it."
        ),
    }
    Ok(())
}

/// Refuses an attribute that the customer has not, and a value that no record of it states where one must.
async fn expect_value(run: &Run, choice: &ValueArgs, value: Option<&str>) -> Result<()> {
    let attribute = choice.attribute.as_str();
    if ["country", "account_customer_id"].contains(&attribute) {
        return Err(Error::Refused(format!(
            "{attribute} follows from others: a country is that of the address, an account that of the person's records"
        )));
    }
    let tables = [
        "silver.crosswalk",
        "gold.golden_values",
        "gold.golden_lineage",
    ];
    let (session, _) = run.session(&tables).await?;
    let sql = format!(
        "SELECT DISTINCT v.attribute, v.value \
         FROM (SELECT customer_id, attribute, value FROM gold.golden_values \
           UNION ALL SELECT customer_id, attribute, value FROM gold.golden_lineage) AS v \
         JOIN silver.crosswalk AS c ON c.customer_id = v.customer_id \
         WHERE c.record_key = record_key({}, {}, {}) ORDER BY v.attribute, v.value",
        quoted(choice.entity.as_str()),
        quoted(&choice.record.source),
        quoted(&choice.record.id)
    );
    let stated = fetch(&session, "reading what is stated of the customer", &sql).await?;
    let mut known: Vec<&str> = stated.iter().map(|row| row.text("attribute")).collect();
    known.dedup();
    if !known.contains(&attribute) {
        return Err(Error::Refused(format!(
            "nothing is known as {attribute:?} of this customer; known are {}",
            known.join(", ")
        )));
    }
    let is_stated = |value: &str| {
        stated
            .iter()
            .any(|row| row.text("attribute") == attribute && row.text("value") == value)
    };
    match value
        .is_none_or(|value| is_free_text(choice.entity.as_str(), attribute) || is_stated(value))
    {
        true => Ok(()),
        // The value is not repeated: errors end up in logs.
        false => Err(Error::Refused(format!(
            "no record of this customer states that {attribute}, letter by letter; `c360 show` prints what they state, and a new \
             one comes with a file of a source"
        ))),
    }
}

/// Has any run seen the record?
pub async fn is_known(run: &Run, entity: Party, record: &RecordName) -> Result<bool> {
    let (session, _) = run.session(&["silver.crosswalk"]).await?;
    let sql = format!(
        "SELECT customer_id FROM silver.crosswalk \
         WHERE entity = {} AND source_system = {} AND source_record_id = {}",
        quoted(entity.as_str()),
        quoted(&record.source),
        quoted(&record.id)
    );
    let found = fetch(&session, "looking the record up", &sql).await?;
    Ok(!found.is_empty())
}

/// Decisions as of the same instant count in the order in which they are recorded (µs).
const SAME_INSTANT: i64 = 1_000;

/// When the decision counts as made (µs, UTC): as of the run, or just after the pair's last decision where both are as of the
/// same instant. The decision recorded last is to count, so an earlier one is refused: it would never be applied.
async fn decided_at(run: &Run, decision: &DecisionArgs) -> Result<i64> {
    let (session, _) = run.session(&["silver.steward_decisions"]).await?;
    let key = |record: &RecordName| {
        format!(
            "record_key({}, {}, {})",
            quoted(decision.entity.as_str()),
            quoted(&record.source),
            quoted(&record.id)
        )
    };
    let sql = format!(
        "SELECT kind, decided_by, decided_at, CAST(decided_at AS BIGINT) AS micros \
         FROM (SELECT *, record_key(entity, a_source_system, a_source_record_id) AS a, \
           record_key(entity, b_source_system, b_source_record_id) AS b FROM silver.steward_decisions) \
         WHERE (a = {0} AND b = {1}) OR (a = {1} AND b = {0}) \
         ORDER BY decided_at DESC, decision_id DESC LIMIT 1",
        key(&decision.a),
        key(&decision.b)
    );
    let last = fetch(&session, "reading the pair's last decision", &sql).await?;
    let Some(last) = last.first() else {
        return Ok(run.as_of);
    };
    let micros = last.number("micros");
    if run.as_of + SAME_INSTANT <= micros {
        return Err(Error::Refused(format!(
            "{} and {} were decided to be {} as of {} (by {}); a decision as of an earlier time would never be applied: \
             nothing is recorded, give an --as-of from then on",
            decision.a,
            decision.b,
            last.text("kind"),
            last.text("decided_at"),
            last.text("decided_by")
        )));
    }
    Ok(run.as_of.max(micros + 1))
}

/// Appends one row to `silver.steward_decisions`; the pair is kept in one order, whichever way it was named.
async fn append(run: &Run, kind: &str, decision: &DecisionArgs, decided_at: i64) -> Result<()> {
    let (a, b) = if decision.a <= decision.b {
        (&decision.a, &decision.b)
    } else {
        (&decision.b, &decision.a)
    };
    let text = |value: &str| -> ArrayRef { Arc::new(StringArray::from(vec![value.trim()])) };
    let decided_at = TimestampMicrosecondArray::from(vec![decided_at]).with_timezone("UTC");
    let row = RecordBatch::try_from_iter([
        ("decision_id", text(&run.run_id)),
        ("entity", text(decision.entity.as_str())),
        ("kind", text(kind)),
        ("a_source_system", text(&a.source)),
        ("a_source_record_id", text(&a.id)),
        ("b_source_system", text(&b.source)),
        ("b_source_record_id", text(&b.id)),
        ("decided_by", text(&decision.by)),
        ("reason", text(&decision.reason)),
        ("decided_at", Arc::new(decided_at) as ArrayRef),
    ])
    .map_err(Error::write("the decision"))?;
    commit(run, "silver.steward_decisions", row).await
}

async fn commit(run: &Run, table: &str, row: RecordBatch) -> Result<()> {
    let mut stager = run.lake.stager(run.table(table)?).await?;
    stager.write(row).await?;
    let staged = stager.finish().await?;
    run.lake.commit(staged, Commit::append()).await?;
    Ok(())
}
