//! `c360 steward`: a person's decision on two records, kept for ever; the next run applies it.

use crate::args::{DecisionArgs, Party, RecordName, StewardCommand};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::rows::{fetch, quoted};
use arrow::array::{ArrayRef, RecordBatch, StringArray, TimestampMicrosecondArray};
use lake::Commit;
use pipeline::Run;
use std::sync::Arc;

pub async fn run(context: &Context, command: StewardCommand) -> Result<()> {
    let (kind, decision) = match &command {
        StewardCommand::Same(decision) => ("same", decision),
        StewardCommand::Distinct(decision) => ("distinct", decision),
    };
    let run = context.open()?;
    if decision.a == decision.b {
        return Err(Error::Refused("name two different records".into()));
    }
    for (what, text) in [("--by", &decision.by), ("--reason", &decision.reason)] {
        if text.trim().is_empty() {
            return Err(Error::Refused(format!(
                "{what} is empty; a decision says who and why"
            )));
        }
    }
    for record in [&decision.a, &decision.b] {
        if !is_known(&run, decision.entity, record).await? {
            return Err(Error::Refused(format!(
                "the crosswalk has no {} record {record}",
                decision.entity.as_str()
            )));
        }
    }
    let decided_at = decided_at(&run, decision).await?;
    append(&run, kind, decision, decided_at).await?;
    println!(
        "Decided: {} and {} are {kind}. `c360 run` applies it.",
        decision.a, decision.b
    );
    Ok(())
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
    let mut stager = run
        .lake
        .stager(run.table("silver.steward_decisions")?)
        .await?;
    stager.write(row).await?;
    run.lake
        .commit(stager.finish().await?, Commit::append())
        .await?;
    Ok(())
}
