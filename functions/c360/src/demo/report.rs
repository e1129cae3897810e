//! What a person reads after the demo.

use super::score::{self, Score};
use super::setup::Made;
use crate::context::program;
use crate::error::Result;
use crate::format::{Table, count, heading, measure, mebibytes, percent, plural, seconds, share};
use crate::query::all_tables;
use crate::rows::{Rows, fetch};
use crate::run::RunReport;
use lake::Session;
use pipeline::Run;
use std::fmt::Write;
use std::path::Path;

/// Kinds of reason shown of the quarantine.
const REASONS: usize = 12;

pub async fn write(run: &Run, dir: &Path, made: &Made, done: &RunReport) -> Result<String> {
    let session = all_tables(run).await?;
    let mut text = format!(
        "\n{} people and {} companies in five systems (seed {}), as of {}.\n",
        count(made.people),
        count(made.companies),
        made.seed,
        done.as_of
    );
    text.push_str(if done.is_new() {
        "These figures are of this run.\n"
    } else {
        "Nothing was new: these figures are of the tables as they stand.\n"
    });
    sources(&session, &mut text).await?;
    quarantine(&session, &mut text).await?;
    customers(&session, made, done, &mut text).await?;
    consent(&session, &mut text).await?;
    files(run, &mut text).await?;
    against_truth(&score::score(run, dir).await?, &mut text);
    stages(done, &mut text);
    next(&session, dir, &mut text).await?;
    Ok(text)
}

async fn sources(session: &Session, text: &mut String) -> Result<()> {
    let rows = fetch(
        session,
        "counting rows",
        "SELECT source_system, feed, sum(rows_read) AS read, sum(rows_filtered) AS filtered, \
           sum(rows_standardized) AS standardized, sum(rows_quarantined) AS quarantined \
         FROM bronze.ingested_files GROUP BY source_system, feed ORDER BY source_system, feed",
    )
    .await?;
    let mut table = Table::new("llrrrr").head([
        "source",
        "feed",
        "rows read",
        "filtered",
        "standardized",
        "quarantined",
    ]);
    let mut last = "";
    for row in rows.iter() {
        let source = row.text("source_system");
        let figure = |column: &str| count(row.number(column).unsigned_abs());
        table.line([
            if source == last {
                String::new()
            } else {
                source.to_owned()
            },
            row.text("feed").to_owned(),
            figure("read"),
            figure("filtered"),
            figure("standardized"),
            figure("quarantined"),
        ]);
        last = source;
    }
    text.push_str(&heading("Rows by source"));
    text.push_str(&table.to_string());
    Ok(())
}

async fn quarantine(session: &Session, text: &mut String) -> Result<()> {
    let sql = format!(
        "SELECT reason, count(*) AS rows, count(DISTINCT feed) AS feeds FROM bronze.quarantine \
         JOIN scratch.active_files USING (file_key) GROUP BY reason ORDER BY rows DESC, reason LIMIT {REASONS}"
    );
    let rows = fetch(session, "reading the quarantine", &sql).await?;
    let mut table = Table::new("rrl").head(["rows", "feeds", "reason"]).fit();
    for row in rows.iter() {
        table.line([row.text("rows"), row.text("feeds"), row.text("reason")]);
    }
    if !table.is_empty() {
        text.push_str(&heading("Quarantined"));
        text.push_str(&table.to_string());
    }
    Ok(())
}

async fn customers(
    session: &Session,
    made: &Made,
    done: &RunReport,
    text: &mut String,
) -> Result<()> {
    let records = fetch(
        session,
        "counting records",
        "SELECT entity, count(*) AS records, count(DISTINCT customer_id) AS customers \
         FROM silver.crosswalk GROUP BY entity ORDER BY entity DESC",
    )
    .await?;
    let mut table = Table::new("lrrr").head(["", "records", "customers", "duplicate records"]);
    for row in records.iter() {
        let (records, customers) = (
            row.number("records").unsigned_abs(),
            row.number("customers").unsigned_abs(),
        );
        table.line([
            format!("{}s", row.text("entity")),
            count(records),
            count(customers),
            percent(share(records - customers.min(records), records)),
        ]);
    }
    text.push_str(&heading("Customers"));
    text.push_str(&table.to_string());
    let queue = fetch(
        session,
        "reading the review queue",
        "SELECT kind, count(*) AS pairs FROM silver.review_queue GROUP BY kind ORDER BY pairs DESC, kind",
    )
    .await?;
    let kinds: Vec<String> = queue
        .iter()
        .map(|row| {
            format!(
                "{} {}",
                count(row.number("pairs").unsigned_abs()),
                row.text("kind")
            )
        })
        .collect();
    let _ = writeln!(
        text,
        "  Review queue: {} ({})",
        plural(done.review_queue, "case"),
        kinds.join(", ")
    );
    let _ = writeln!(
        text,
        "  Of the {} pairs of records of one person, {} share no exact e-mail, phone or id;\n  {} are joined by no chain of such values either.",
        count(made.duplicate_pairs),
        percent(share(made.hard_pairs, made.duplicate_pairs)),
        percent(share(made.unlinked_pairs, made.duplicate_pairs))
    );
    Ok(())
}

async fn consent(session: &Session, text: &mut String) -> Result<()> {
    let rows = fetch(
        session,
        "counting consents",
        "WITH channels AS ( \
           SELECT * FROM (VALUES ('email', 'email'), ('sms', 'phone'), ('phone', 'phone')) AS c(channel, contact_channel) \
         ), consents AS ( \
           SELECT DISTINCT customer_id, contact_key, channel, permission FROM gold.customer_consents \
           WHERE purpose = 'marketing' \
         ) \
         SELECT channels.channel, count(*) AS points, \
           sum(CASE WHEN permission = 'granted' THEN 1 ELSE 0 END) AS granted, \
           sum(CASE WHEN permission = 'denied' THEN 1 ELSE 0 END) AS denied \
         FROM gold.customer_contact_points AS point \
         JOIN channels ON channels.contact_channel = point.channel \
         LEFT JOIN consents ON consents.customer_id = point.customer_id \
           AND consents.contact_key = point.contact_key AND consents.channel = channels.channel \
         GROUP BY channels.channel ORDER BY channels.channel",
    )
    .await?;
    let mut table =
        Table::new("lrrrr").head(["channel", "contact points", "granted", "denied", "unknown"]);
    for row in rows.iter() {
        let figure = |column: &str| row.number(column).unsigned_abs();
        let (points, granted, denied) = (figure("points"), figure("granted"), figure("denied"));
        table.line([
            row.text("channel").to_owned(),
            count(points),
            percent(share(granted, points)),
            percent(share(denied, points)),
            percent(share(points - (granted + denied).min(points), points)),
        ]);
    }
    text.push_str(&heading("Consent to marketing"));
    text.push_str(&table.to_string());
    let reachable = fetch(
        session,
        "counting reachable customers",
        "SELECT count(*) AS persons, sum(CASE WHEN is_marketing_reachable THEN 1 ELSE 0 END) AS reachable \
         FROM gold.dim_customer WHERE entity = 'person'",
    )
    .await?;
    if let Some(row) = reachable.first() {
        let figure = |column: &str| row.number(column).unsigned_abs();
        let _ = writeln!(
            text,
            "  {} of {} persons ({}) may be reached by marketing.",
            count(figure("reachable")),
            count(figure("persons")),
            percent(share(figure("reachable"), figure("persons")))
        );
    }
    Ok(())
}

/// What stands in the lake's `extracts` folder, by the manifests that publish it.
async fn files(run: &Run, text: &mut String) -> Result<()> {
    let extracts = run.lake.files("extracts");
    let mut table = Table::new("lrrl").head(["file", "rows", "bytes", "below extracts/"]);
    for listed in extracts.list().await? {
        // extracts/<name>/manifest.json points at what is published; the manifests below it are of single publications.
        let Some((name, "manifest.json")) = listed.path.split_once('/') else {
            continue;
        };
        let Some(content) = extracts.read_if_present(&listed.path).await? else {
            continue;
        };
        let manifest: serde_json::Value = serde_json::from_slice(&content).unwrap_or_default();
        let number = |key: &str| manifest.get(key).and_then(serde_json::Value::as_u64);
        let parts = manifest.get("files").and_then(serde_json::Value::as_array);
        let shown = match parts.map(Vec::as_slice) {
            Some([part]) => part.get("file").and_then(serde_json::Value::as_str),
            _ => None,
        };
        let parted = || format!("{name}/… ({} files)", parts.map_or(0, Vec::len));
        table.line([
            name.to_owned(),
            number("rows").map_or_else(String::new, count),
            number("bytes").map_or_else(String::new, count),
            shown.map_or_else(parted, str::to_owned),
        ]);
    }
    if !table.is_empty() {
        text.push_str(&heading("Files for others"));
        text.push_str(&table.to_string());
    }
    Ok(())
}

fn against_truth(score: &Score, text: &mut String) {
    let overall = score.pairwise;
    let mut table = Table::new("lrrrr").head([
        "pairs with a record of kind",
        "records",
        "pairs",
        "precision",
        "recall",
    ]);
    for kind in &score.kinds {
        table.line([
            kind.name.replace('_', " "),
            count(kind.records),
            count(kind.pairs.expected),
            measure(kind.pairs.precision()),
            measure(kind.pairs.recall()),
        ]);
    }
    table.line([
        "any record".to_owned(),
        count(score.records),
        count(overall.expected),
        measure(overall.precision()),
        measure(overall.recall()),
    ]);
    text.push_str(&heading("Against the truth (persons, pairwise)"));
    text.push_str(&table.to_string());
    let _ = writeln!(
        text,
        "  B-cubed: precision {}, recall {}, F1 {}.",
        measure(score.bcubed.precision),
        measure(score.bcubed.recall),
        measure(score.bcubed.f1)
    );
    let _ = writeln!(
        text,
        "  Accounts, pairwise: precision {}, recall {} of {} pairs.",
        measure(score.accounts.precision()),
        measure(score.accounts.recall()),
        count(score.accounts.expected)
    );
    if score.missing + score.unjudged > 0 {
        let _ = writeln!(
            text,
            "  {} records of the truth are not in the crosswalk, {} of the crosswalk not in the truth.",
            count(score.missing),
            count(score.unjudged)
        );
    }
}

fn stages(done: &RunReport, text: &mut String) {
    let mut table = Table::new("lrr").head(["stage", "time", "peak memory"]);
    let mut total = 0.0;
    for stage in &done.stages {
        total += stage.seconds;
        table.line([
            stage.stage.to_owned(),
            seconds(stage.seconds),
            mebibytes(stage.peak_rss_bytes),
        ]);
    }
    table.line(["all".to_owned(), seconds(total), String::new()]);
    text.push_str(&heading("Stages"));
    text.push_str(&table.to_string());
}

/// Commands that work as they stand: with a customer of several sources, and two records of one that needed more than an
/// equal e-mail.
async fn next(session: &Session, dir: &Path, text: &mut String) -> Result<()> {
    let shown = fetch(
        session,
        "choosing an example",
        "SELECT customer_id FROM gold.dim_customer WHERE entity = 'person' AND is_marketing_reachable \
         ORDER BY source_record_count DESC, customer_id LIMIT 1",
    )
    .await?;
    let pair = fetch(
        session,
        "choosing an example",
        "SELECT a_source_system || ':' || a_source_record_id || ' ' || b_source_system || ':' || b_source_record_id AS pair \
         FROM silver.scored_edges WHERE entity = 'person' AND decision = 'auto' AND name_level = 'nickname' \
         ORDER BY a_record_key, b_record_key LIMIT 1",
    )
    .await?;
    let example = |rows: &Rows, column: &str| rows.first().map(|row| row.text(column).to_owned());
    let dir = dir.display();
    let mut lines: Vec<(String, &str)> = Vec::new();
    if let Some(id) = example(&shown, "customer_id") {
        lines.push((
            format!("show {id}"),
            "a customer, and where each value comes from",
        ));
    }
    if let Some(pair) = example(&pair, "pair") {
        lines.push((
            format!("explain {pair}"),
            "why two records are one customer",
        ));
    }
    lines.push(("review".into(), "what waits for a steward"));
    lines.push((
        "export gold.dim_customer --format csv --out customers.csv".into(),
        "take them away",
    ));
    text.push_str(&heading("Where to look next"));
    let c360 = program();
    for (command, what) in lines {
        let _ = writeln!(text, "  # {what}\n  {c360} {command} --project {dir}");
    }
    let _ = writeln!(
        text,
        "  # the project: mappings to read, extracts to change\n  ls {dir} {dir}/mappings {dir}/landing"
    );
    Ok(())
}
