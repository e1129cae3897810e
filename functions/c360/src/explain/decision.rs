//! What was decided on the very pair: by the rules, in the review queue, by stewards.

use super::{Record, in_words};
use crate::error::Result;
use crate::rows::{Row, fetch, quoted};
use lake::Session;
use pipeline::Run;

/// Something that was decided on this very pair.
pub struct Decided {
    pub text: String,
    /// Does it make the two one customer?
    pub is_link: bool,
}

pub async fn on_pair(
    run: &Run,
    session: &Session,
    entity: &str,
    a: &Record,
    b: &Record,
) -> Result<Vec<Decided>> {
    let sql = format!(
        "SELECT * FROM silver.scored_edges WHERE entity = '{entity}' AND a_record_key = {} AND b_record_key = {}",
        a.key.min(b.key),
        a.key.max(b.key)
    );
    let edges = fetch(session, "reading the edge", &sql).await?;
    let mut decided: Vec<Decided> = edges
        .iter()
        .map(|edge| Decided {
            text: in_words(edge),
            is_link: edge.text("decision") == "auto",
        })
        .collect();
    let sql = format!(
        "SELECT kind, reason FROM silver.review_queue WHERE {}",
        on(entity, a, b)
    );
    let waiting = fetch(session, "reading the review queue", &sql).await?;
    decided.extend(waiting.iter().map(|row| Decided {
        text: format!(
            "in the review queue: {}, {}",
            row.text("kind"),
            row.text("reason")
        ),
        is_link: false,
    }));
    decided.extend(by_stewards(run, session, entity, a, b).await?);
    Ok(decided)
}

/// A steward's decisions on the pair, the newest first. Only the newest counts, and it is said where it is not applied.
async fn by_stewards(
    run: &Run,
    session: &Session,
    entity: &str,
    a: &Record,
    b: &Record,
) -> Result<Vec<Decided>> {
    let sql = format!(
        "SELECT kind, reason, decided_by FROM silver.steward_decisions WHERE {} \
         ORDER BY decided_at DESC, decision_id DESC",
        on(entity, a, b)
    );
    let rows = fetch(session, "reading decisions", &sql).await?;
    let mut decided = Vec::new();
    for row in rows.iter() {
        let said = said(row);
        if !decided.is_empty() {
            decided.push(Decided {
                text: format!("before that, a steward decided: {said}"),
                is_link: false,
            });
            continue;
        }
        let is_same = row.text("kind") == "same";
        let is_applied = is_same == (a.customer_id == b.customer_id);
        let mut text = format!("a steward decided: {said}");
        if !is_applied {
            text.push_str(&why_not_applied(run, session, entity, a, b).await?);
        }
        decided.push(Decided {
            text,
            is_link: is_same && is_applied,
        });
    }
    Ok(decided)
}

/// The decisions that keep the two customers apart, or else that no run has come since.
async fn why_not_applied(
    run: &Run,
    session: &Session,
    entity: &str,
    a: &Record,
    b: &Record,
) -> Result<String> {
    run.scratch(session, "silver/settled", "settled").await?;
    let sql = format!(
        "SELECT x.source_system AS a_source, x.source_record_id AS a_id, \
           y.source_system AS b_source, y.source_record_id AS b_id, settled.kind, settled.reason, settled.decided_by \
         FROM scratch.settled AS settled \
         JOIN silver.crosswalk AS x ON x.entity = settled.entity AND x.record_key = settled.a_record_key \
         JOIN silver.crosswalk AS y ON y.entity = settled.entity AND y.record_key = settled.b_record_key \
         WHERE settled.entity = '{entity}' AND settled.kind = 'distinct' AND x.customer_id <> y.customer_id \
           AND x.customer_id IN ({0}, {1}) AND y.customer_id IN ({0}, {1}) \
         ORDER BY a_source, a_id, b_source, b_id",
        quoted(&a.customer_id),
        quoted(&b.customer_id)
    );
    let in_the_way = fetch(session, "looking for decisions in the way", &sql).await?;
    if in_the_way.is_empty() {
        return Ok(" – not applied yet, the next run will".into());
    }
    let mut text = String::from(" – not applied, since other decisions stand against it:");
    for row in in_the_way.iter() {
        text.push_str(&format!(
            "\n    {}:{} and {}:{}: {}",
            row.text("a_source"),
            row.text("a_id"),
            row.text("b_source"),
            row.text("b_id"),
            said(row)
        ));
    }
    Ok(text)
}

fn said(row: Row<'_>) -> String {
    format!(
        "{}, {} (by {})",
        row.text("kind"),
        row.text("reason"),
        row.text("decided_by")
    )
}

/// Rows that name the pair, either way round.
fn on(entity: &str, a: &Record, b: &Record) -> String {
    let named = |a: &Record, b: &Record| {
        format!(
            "(a_source_system = {} AND a_source_record_id = {} AND b_source_system = {} AND b_source_record_id = {})",
            quoted(&a.name.source),
            quoted(&a.name.id),
            quoted(&b.name.source),
            quoted(&b.name.id)
        )
    };
    format!(
        "entity = '{entity}' AND ({} OR {})",
        named(a, b),
        named(b, a)
    )
}
