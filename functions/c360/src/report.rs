//! `c360 report`: one page of what a publication holds and how that came about. Counts and shares only: no value of a person.

mod kpis;

use crate::args::ReportArgs;
use crate::chart::{self, Measure, Series, escaped};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, count, percent, plural};
use crate::golden::{figure, group, shown};
use crate::rows::{Row, Rows, fetch, quoted};
use kpis::Kpis;
use lake::Session;
use pipeline::golden::{Publication, published};
use std::fmt::Write as _;

/// What it reads, as the last publication pinned it.
const TABLES: [&str; 6] = [
    "gold.change_events",
    "gold.customer_consents",
    "gold.dim_customer",
    "gold.kpis",
    "gold.segment_sizes",
    "silver.review_queue",
];

/// KPIs that stand on top, and what each is.
const TILES: [(&str, &str); 12] = [
    ("customers", "customers"),
    ("duplicate_rate", "records that were duplicates"),
    ("valid_email", "e-mails that are valid"),
    ("valid_phone", "phones that are valid"),
    ("address_known", "customers with an address"),
    ("completeness", "completeness of customers"),
    ("consent_coverage", "customers asked for consent"),
    ("marketing_reachable", "reachable by marketing"),
    ("review_backlog", "cases for a steward"),
    ("over_merge_rate", "customers that contradict themselves"),
    ("id_churn", "customer ids that went"),
    ("quarantine_rate", "rows in quarantine"),
];

/// Shares that are drawn over time.
const LINES: [&str; 6] = [
    "valid_email",
    "valid_phone",
    "address_known",
    "completeness",
    "consent_coverage",
    "marketing_reachable",
];

pub async fn run(context: &Context, args: ReportArgs) -> Result<()> {
    let run = context.open()?;
    let Some((publication, session)) = published(&run, &TABLES).await? else {
        return Err(Error::Refused(
            "nothing is published yet that a report could be of: `c360 run` is first".into(),
        ));
    };
    let page = page(&publication, &session, run.project.limits.len()).await?;
    std::fs::write(&args.out, page).map_err(Error::file(&args.out))?;
    format::print(&format!(
        "{}: publication {}\n",
        args.out.display(),
        publication.publication_id
    ))
}

async fn page(publication: &Publication, session: &Session, limits: usize) -> Result<String> {
    let kpis = Kpis::read(session, publication).await?;
    let mut parts = vec![head(publication), limited(&kpis, limits), tiles(&kpis)];
    parts.push(title("Over time"));
    parts.push(shares_over_time(&kpis));
    parts.push(customers_over_time(&kpis));
    parts.push(title("Who is known, and how well"));
    parts.push(kpis.bars(
        "Completeness",
        "Share of the attributes that matter which are known, in percent.",
        &["completeness"],
        &["entity", "segment", "source_system"],
    ));
    parts.push(kpis.bars(
        "What sources state",
        "Of the e-mails and phones that a source states, those that are valid; of its rows, those in quarantine. In percent.",
        &["valid_email", "valid_phone", "quarantine_rate"],
        &["source_system"],
    ));
    parts.push(kpis.bars(
        "Duplicates",
        "Of the records of customers, those that another one of the same customer makes superfluous, in percent.",
        &["duplicate_rate"],
        &["entity", "source_system"],
    ));
    parts.push(counted(
        session,
        "Records of one customer",
        "How many customers have so many records.",
        "SELECT entity AS what, CASE WHEN source_record_count > 9 THEN '10 and more' \
           ELSE CAST(source_record_count AS TEXT) END AS name, count(*) AS n, min(source_record_count) AS place \
         FROM gold.dim_customer GROUP BY 1, 2 ORDER BY what, place",
    )
    .await?);
    parts.push(title("Who may be contacted"));
    parts.push(kpis.bars(
        "Reachable",
        "Of the customers, those with a contact point that marketing may use, in percent.",
        &["email_reachable", "sms_reachable", "marketing_reachable"],
        &["entity", "segment"],
    ));
    parts.push(
        counted(
            session,
            "Consent to marketing",
            "Contact points of customers, by channel and what holds for it.",
            "SELECT channel AS what, permission AS name, count(*) AS n FROM gold.customer_consents \
         WHERE purpose = 'marketing' AND customer_id IS NOT NULL GROUP BY 1, 2 ORDER BY what, name",
        )
        .await?,
    );
    parts.push(title("What moves"));
    let id = quoted(&publication.publication_id);
    parts.push(counted(
        session,
        "Changes",
        "Events of this publication, against the one before.",
        &format!(
            "SELECT entity AS what, substr(event_type, 10) AS name, count(*) AS n FROM gold.change_events \
             WHERE publication_id = {id} AND run_id = {} GROUP BY 1, 2 ORDER BY what, name",
            quoted(&publication.run_id)
        ),
    )
    .await?);
    parts.push(counted(
        session,
        "Segments",
        "Customers in each, and those who came and went since the publication before.",
        &format!(
            "SELECT segment AS what, 'customers' AS name, customers AS n, 1 AS place FROM gold.segment_sizes WHERE publication_id = {id} \
             UNION ALL SELECT segment, 'joined', customers_joined, 2 FROM gold.segment_sizes WHERE publication_id = {id} \
             UNION ALL SELECT segment, 'left', customers_left, 3 FROM gold.segment_sizes WHERE publication_id = {id} \
             ORDER BY what, place"
        ),
    )
    .await?);
    parts.push(counted(
        session,
        "Waiting for a steward",
        "Doubtful cases, by kind: `c360 review` lists the most urgent.",
        "SELECT entity AS what, kind AS name, count(*) AS n FROM silver.review_queue GROUP BY 1, 2 ORDER BY what, n DESC, name",
    )
    .await?);
    parts.push(title("All KPIs"));
    parts.push(table(&kpis.last));
    Ok(chart::page("Customers in figures", &parts))
}

fn title(text: &str) -> String {
    format!("<h2>{}</h2>\n", escaped(text))
}

fn head(publication: &Publication) -> String {
    format!(
        "<p class=\"quiet\">Publication {}, as of {}, run {}.</p>\n",
        escaped(&publication.publication_id),
        escaped(&crate::run::rfc3339(publication.as_of)),
        escaped(&publication.run_id)
    )
}

/// The limits that this publication passes.
fn limited(kpis: &Kpis, limits: usize) -> String {
    let passed: Vec<Row<'_>> = kpis
        .last
        .iter()
        .filter(|row| row.get("breach").is_some())
        .collect();
    if passed.is_empty() {
        return match limits {
            0 => "<p>No limits are set: <code>[[limits]]</code> of c360.toml.</p>\n".into(),
            _ => format!("<p>All is within {}.</p>\n", plural(limits as u64, "limit")),
        };
    }
    let mut list = String::from("<h2 class=\"passed\">Limits that are passed</h2>\n<ul>\n");
    for row in passed {
        let accepted = if row.is_true("is_stop") {
            "; a person accepted it"
        } else {
            ""
        };
        let _ = writeln!(
            list,
            "<li class=\"passed\">{} of {}: {}, {}{accepted}</li>",
            escaped(&row.text("kpi").replace('_', " ")),
            escaped(&group(row.text("scope"), row.text("scope_value"))),
            escaped(&shown(row, "value")),
            escaped(row.text("breach")),
        );
    }
    list.push_str("</ul>\n");
    list
}

fn tiles(kpis: &Kpis) -> String {
    let mut tiles = String::from("<div class=\"tiles\">\n");
    for (kpi, about) in TILES {
        let Some(row) = kpis.last(kpi, "all", "all") else {
            continue;
        };
        let class = match row.get("breach") {
            Some(_) => "tile passed",
            None => "tile",
        };
        let _ = writeln!(
            tiles,
            "<div class=\"{class}\"><strong>{}</strong>{}<div class=\"quiet\">{}</div>{}</div>",
            escaped(&shown(row, "value")),
            escaped(about),
            escaped(&since(row)),
            chart::spark(&kpis.over_time(kpi, "all", "all"))
        );
    }
    tiles.push_str("</div>\n");
    tiles
}

/// How a KPI moved since the publication before.
fn since(row: Row<'_>) -> String {
    let (Some(now), Some(before)) = (figure(row, "value"), figure(row, "previous_value")) else {
        return "nothing to compare with".into();
    };
    let change = now - before;
    match row.get("of_all") {
        _ if change == 0.0 => "as before".into(),
        Some(_) => format!("{:+.1} points, was {}", 100.0 * change, percent(before)),
        None => format!("{change:+.0}, was {}", count(before.max(0.0) as u64)),
    }
}

fn shares_over_time(kpis: &Kpis) -> String {
    let series = LINES.map(|kpi| Series {
        name: kpi.replace('_', " "),
        values: kpis
            .over_time(kpi, "all", "all")
            .into_iter()
            .map(|value| value.map(|value| 100.0 * value))
            .collect(),
        figure: kpis
            .last(kpi, "all", "all")
            .map_or_else(|| "–".into(), |row| shown(row, "value")),
    });
    chart::trend(
        "Quality",
        "In percent, publication by publication.",
        &kpis.dates(),
        &series,
    )
}

fn customers_over_time(kpis: &Kpis) -> String {
    let series = ["person", "account"].map(|entity| Series {
        name: format!("{entity}s"),
        values: kpis.over_time("customers", "entity", entity),
        figure: kpis
            .last("customers", "entity", entity)
            .map_or_else(|| "–".into(), |row| shown(row, "value")),
    });
    chart::trend(
        "Customers",
        "Publication by publication.",
        &kpis.dates(),
        &series,
    )
}

/// Bars of a query: `what` the group, `name` and `n`.
async fn counted(session: &Session, title: &str, about: &str, sql: &str) -> Result<String> {
    let rows = fetch(session, "reading the report", sql).await?;
    let measures: Vec<Measure> = rows
        .iter()
        .map(|row| Measure {
            group: row.text("what").to_owned(),
            name: row.text("name").replace('_', " "),
            value: row.number("n") as f64,
            figure: count(row.number("n").unsigned_abs()),
        })
        .collect();
    Ok(chart::bars(title, about, "", &measures))
}

fn table(kpis: &Rows) -> String {
    let mut table = String::from(
        "<div class=\"wide\"><table>\n<thead><tr><th>KPI</th><th>of</th><th>value</th><th>counted</th><th>of how many</th>\
         <th>before</th><th>limit</th></tr></thead>\n<tbody>\n",
    );
    for row in kpis.iter() {
        let counted = figure(row, "counted").map(|counted| format!("{counted:.0}"));
        let of_all = row.get("of_all").map(str::to_owned);
        let cells = [
            row.text("kpi").replace('_', " "),
            group(row.text("scope"), row.text("scope_value")),
            shown(row, "value"),
            counted.unwrap_or_default(),
            of_all.unwrap_or_default(),
            shown(row, "previous_value"),
            row.text("breach").to_owned(),
        ];
        table.push_str("<tr>");
        for cell in cells {
            let _ = write!(table, "<td>{}</td>", escaped(&cell));
        }
        table.push_str("</tr>\n");
    }
    table.push_str("</tbody></table></div>\n");
    table
}
