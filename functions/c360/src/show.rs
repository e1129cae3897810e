//! `c360 show`: everything held on one customer, and where each value comes from.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table, heading, plural, section};
use crate::query::all_tables;
use crate::rows::{Row, Rows, fetch, quoted};
use lake::Session;
use std::collections::HashMap;

/// Merges of merges followed at most.
const REDIRECTS: usize = 100;

pub async fn run(context: &Context, customer_id: &str) -> Result<()> {
    let run = context.open()?;
    let session = all_tables(&run).await?;
    let mut text = String::new();
    let id = current(&session, customer_id, &mut text).await?;
    let records = records(&session, &id).await?;
    let Some(first) = records.first() else {
        return Err(Error::Refused(format!(
            "no customer {customer_id}; `c360 find TEXT` looks names, e-mails, phones and record ids up"
        )));
    };
    let entity = first.text("entity").to_owned();
    golden(&session, &id, &entity, &mut text).await?;
    text.push_str(&section("Records", &records_table(&records)));
    contact_points(&session, &id, &mut text).await?;
    text.push_str(&addresses(&session, &id).await?);
    text.push_str(&firmographics(&session, &id).await?);
    text.push_str(&household(&session, &id).await?);
    text.push_str(&related(&session, &id).await?);
    text.push_str(&activity(&session, &id).await?);
    format::print(&text)
}

/// Follows redirects, and says so.
async fn current(session: &Session, customer_id: &str, text: &mut String) -> Result<String> {
    let mut id = customer_id.to_owned();
    for _ in 0..REDIRECTS {
        let sql = format!(
            "SELECT new_customer_id, reason, redirected_at FROM silver.customer_redirects \
             WHERE old_customer_id = {} ORDER BY redirected_at DESC LIMIT 1",
            quoted(&id)
        );
        let redirect = fetch(session, "following redirects", &sql).await?;
        let Some(row) = redirect.first() else {
            break;
        };
        let (reason, at) = (row.text("reason"), row.text("redirected_at"));
        let Some(new) = row.get("new_customer_id") else {
            return Err(Error::Refused(format!(
                "customer {id} is gone: all its records were deleted ({at})"
            )));
        };
        text.push_str(&format!("{id} is now {new} ({reason}, {at})\n"));
        id = new.to_owned();
    }
    Ok(id)
}

async fn records(session: &Session, id: &str) -> Result<Rows> {
    let id = quoted(id);
    let sql = format!(
        "SELECT c.entity, c.source_system || ':' || c.source_record_id AS record, \
           coalesce(p.full_name, concat_ws(' ', p.given_name, p.family_name)) AS name, \
           p.email, p.phone, p.updated_at, p.source_file, p.source_row \
         FROM silver.crosswalk AS c JOIN silver.persons AS p ON p.record_key = c.record_key \
         WHERE c.entity = 'person' AND c.customer_id = {id} \
         UNION ALL \
         SELECT c.entity, c.source_system || ':' || c.source_record_id, a.legal_name, \
           a.email, a.phone, a.updated_at, a.source_file, a.source_row \
         FROM silver.crosswalk AS c JOIN silver.accounts AS a ON a.record_key = c.record_key \
         WHERE c.entity = 'account' AND c.customer_id = {id} \
         ORDER BY 2"
    );
    fetch(session, "reading records", &sql).await
}

fn records_table(records: &Rows) -> Table {
    let mut table = Table::new("llllllr").head([
        "record", "name", "e-mail", "phone", "updated", "file", "row",
    ]);
    for row in records.iter() {
        table.line([
            row.text("record"),
            row.text("name"),
            row.text("email"),
            row.text("phone"),
            day(row.text("updated_at")),
            row.text("source_file"),
            row.text("source_row"),
        ]);
    }
    table
}

async fn golden(session: &Session, id: &str, entity: &str, text: &mut String) -> Result<()> {
    let sql = format!(
        "SELECT * FROM gold.dim_customer WHERE customer_id = {}",
        quoted(id)
    );
    let customer = fetch(session, "reading the golden customer", &sql).await?;
    let Some(row) = customer.first() else {
        text.push_str(&unpublished(session, id, entity).await?);
        return Ok(());
    };
    text.push_str(&format!(
        "{}  ({entity} {id})\n{}\n",
        row.text("display_name"),
        standing(row)
    ));
    let sql = format!(
        "SELECT attribute, value, source_system, source_record_id, rule FROM gold.golden_values \
         WHERE customer_id = {} ORDER BY attribute",
        quoted(id)
    );
    let values = fetch(session, "reading golden values", &sql).await?;
    let mut table = Table::new("llll").head(["attribute", "value", "from", "by the rule"]);
    for row in values.iter() {
        let value = row.text("value").replace('\u{1f}', " ");
        table.line([row.text("attribute"), &value, &from(&row), row.text("rule")]);
    }
    text.push_str(&section("Golden values", &table));
    beaten(session, id, text).await
}

/// What other records state.
async fn beaten(session: &Session, id: &str, text: &mut String) -> Result<()> {
    let sql = format!(
        "SELECT attribute, value, source_system, source_record_id, record_count, beaten_by FROM gold.golden_lineage \
         WHERE customer_id = {} ORDER BY attribute, record_count DESC, value",
        quoted(id)
    );
    let values = fetch(session, "reading what did not survive", &sql).await?;
    let mut table =
        Table::new("lllrl").head(["attribute", "value", "from", "records", "beaten by"]);
    for row in values.iter() {
        let value = row.text("value").replace('\u{1f}', " ");
        let records = row.text("record_count");
        table.line([
            row.text("attribute"),
            &value,
            &from(&row),
            records,
            row.text("beaten_by"),
        ]);
    }
    if !values.is_empty() {
        text.push_str(&section("Values that did not survive", &table));
    }
    Ok(())
}

/// The record that a golden value, or one that it beat, comes from.
fn from(row: &Row<'_>) -> String {
    match row.text("source_system") {
        "c360" => "derived".to_owned(),
        source => format!("{source}:{}", row.text("source_record_id")),
    }
}

/// Why there is no golden row.
async fn unpublished(session: &Session, id: &str, entity: &str) -> Result<String> {
    let sql = format!(
        "SELECT status FROM silver.customers WHERE customer_id = {}",
        quoted(id)
    );
    let status = fetch(session, "reading the status", &sql).await?;
    let status = status.first().map_or("", |row| row.text("status"));
    Ok(match status {
        "" | "customer" => {
            format!("{entity} {id}: not in gold.dim_customer yet; `c360 run` computes it\n")
        }
        status => format!(
            "{entity} {id}: {}, by [customers] of c360.toml\n",
            status.replace('_', " ")
        ),
    })
}

/// Stage, completeness and whether marketing may write, in one line.
fn standing(row: Row<'_>) -> String {
    let mut parts = vec![row.text("lifecycle_stage").to_owned()];
    if let Some(segment) = row.get("segment") {
        parts.push(format!("segment {segment}"));
    }
    let complete = row.text("completeness_score").parse().unwrap_or(0.0) * 100.0;
    parts.push(format!("{complete:.0} % complete"));
    parts.push(if row.is_true("is_marketing_reachable") {
        "marketing may write".into()
    } else {
        "marketing may not write".into()
    });
    match row.number("order_count") {
        0 => parts.push("no orders".into()),
        orders => {
            let worth = row.get("lifetime_value").map_or(String::new(), |value| {
                format!(", {value} {}", row.text("currency"))
            });
            let [recency, frequency, money] =
                ["recency_score", "frequency_score", "monetary_score"]
                    .map(|name| row.get(name).unwrap_or("-"));
            let orders = plural(orders.unsigned_abs(), "order");
            parts.push(format!(
                "{orders}{worth} (R{recency} F{frequency} M{money})"
            ));
        }
    }
    match row.number("open_ticket_count") {
        0 => {}
        tickets => parts.push(plural(tickets.unsigned_abs(), "open ticket")),
    }
    parts.push(format!("as of {}", row.text("as_of")));
    parts.join(" · ")
}

async fn contact_points(session: &Session, id: &str, text: &mut String) -> Result<()> {
    let id = quoted(id);
    let sql = format!(
        "SELECT channel, value, contact_key, kinds, is_golden, verified_at, source_systems, customer_count \
         FROM gold.customer_contact_points WHERE customer_id = {id} ORDER BY channel, is_golden DESC, value"
    );
    let points = fetch(session, "reading contact points", &sql).await?;
    let sql = format!(
        "SELECT contact_key, purpose, channel, permission, source_system, stated_at \
         FROM gold.customer_consents WHERE customer_id = {id} ORDER BY purpose, channel"
    );
    let consents = fetch(session, "reading consents", &sql).await?;
    let mut stated: HashMap<&str, Vec<String>> = HashMap::new();
    for row in consents.iter() {
        let said = format!(
            "{} {} {} ({}, {})",
            row.text("purpose"),
            row.text("channel"),
            row.text("permission"),
            row.text("source_system"),
            day(row.text("stated_at"))
        );
        stated
            .entry(row.text("contact_key"))
            .or_default()
            .push(said);
    }
    let mut table = Table::new("llllll").head([
        "",
        "contact point",
        "kind",
        "verified",
        "stated by",
        "may be used for",
    ]);
    for row in points.iter() {
        let said = stated.remove(row.text("contact_key")).unwrap_or_default();
        let mut said = said.into_iter();
        let mut sources = row.text("source_systems").to_owned();
        if row.number("customer_count") > 1 {
            sources.push_str(&format!(" ({} customers)", row.number("customer_count")));
        }
        table.line([
            if row.is_true("is_golden") { "*" } else { "" },
            row.text("value"),
            row.text("kinds"),
            day(row.text("verified_at")),
            &sources,
            &said.next().unwrap_or_else(|| "nothing stated".into()),
        ]);
        for more in said {
            table.line(["", "", "", "", "", &more]);
        }
    }
    text.push_str(&section("Contact points (* golden)", &table));
    // What was stated about all of a customer's addresses, say, belongs to no contact point.
    let mut others: Vec<String> = stated.into_values().flatten().collect();
    others.sort();
    if !others.is_empty() {
        text.push_str(&format!(
            "{}  {}\n",
            heading("Stated besides"),
            others.join("\n  ")
        ));
    }
    Ok(())
}

async fn addresses(session: &Session, id: &str) -> Result<String> {
    let sql = format!(
        "SELECT concat_ws(', ', address_line1, address_line2, city, region, postcode, country) AS address, \
           kinds, is_golden, verified_at, source_systems, \
           CASE WHEN location_precision IS NOT NULL THEN \
             concat(latitude, ', ', longitude, ' (', replace(location_precision, '_', ' '), ')') END AS place \
         FROM gold.customer_addresses WHERE customer_id = {} ORDER BY is_golden DESC, address",
        quoted(id)
    );
    let addresses = fetch(session, "reading addresses", &sql).await?;
    let mut table =
        Table::new("llllll").head(["", "address", "kind", "verified", "stated by", "place"]);
    for row in addresses.iter() {
        table.line([
            if row.is_true("is_golden") { "*" } else { "" },
            row.text("address"),
            row.text("kinds"),
            day(row.text("verified_at")),
            row.text("source_systems"),
            row.text("place"),
        ]);
    }
    Ok(section("Addresses (* golden)", &table))
}

/// What providers know of the company that has the account's domain.
async fn firmographics(session: &Session, id: &str) -> Result<String> {
    let sql = format!(
        "SELECT legal_name, industry, employee_count, country, domain, source_system \
         FROM gold.customer_firmographics WHERE customer_id = {} ORDER BY source_system, source_record_id",
        quoted(id)
    );
    let firms = fetch(session, "reading firmographics", &sql).await?;
    let mut table = Table::new("llrlll").head([
        "name",
        "industry",
        "employees",
        "country",
        "domain",
        "stated by",
    ]);
    for firm in firms.iter() {
        table.line([
            firm.text("legal_name"),
            firm.text("industry"),
            firm.text("employee_count"),
            firm.text("country"),
            firm.text("domain"),
            firm.text("source_system"),
        ]);
    }
    Ok(section("Firmographics", &table))
}

/// Who lives with a person, and what ties each to the others.
async fn household(session: &Session, id: &str) -> Result<String> {
    let sql = format!(
        "SELECT h.household_id, d.display_name, h.customer_id, h.evidence \
         FROM silver.households AS h LEFT JOIN gold.dim_customer AS d ON d.customer_id = h.customer_id \
         WHERE h.household_id IN (SELECT household_id FROM silver.households WHERE customer_id = {}) \
         ORDER BY d.display_name, h.customer_id",
        quoted(id)
    );
    let people = fetch(session, "reading the household", &sql).await?;
    let mut table = Table::new("lll");
    for person in people.iter() {
        table.line([
            person.text("display_name"),
            person.text("customer_id"),
            &person.text("evidence").replace(',', ", "),
        ]);
    }
    let household_id = people.first().map_or("", |row| row.text("household_id"));
    Ok(section(&format!("Household {household_id}"), &table))
}

async fn related(session: &Session, id: &str) -> Result<String> {
    let id = quoted(id);
    let sql = format!(
        "SELECT r.kind, r.role, r.evidence, \
           CASE WHEN r.from_customer_id = {id} THEN 'to' ELSE 'from' END AS direction, \
           d.customer_id, d.display_name \
         FROM gold.customer_relationships AS r JOIN gold.dim_customer AS d \
           ON d.customer_id = CASE WHEN r.from_customer_id = {id} THEN r.to_customer_id ELSE r.from_customer_id END \
         WHERE r.from_customer_id = {id} OR r.to_customer_id = {id} \
         ORDER BY r.kind, d.display_name, d.customer_id LIMIT 20"
    );
    let related = fetch(session, "reading relationships", &sql).await?;
    let mut table = Table::new("llllll");
    for row in related.iter() {
        table.line([
            row.text("kind"),
            row.text("direction"),
            row.text("display_name"),
            row.text("customer_id"),
            row.text("role"),
            &row.text("evidence").replace('_', " "),
        ]);
    }
    Ok(section("Related customers (20 at most)", &table))
}

async fn activity(session: &Session, id: &str) -> Result<String> {
    let facts = [
        ("orders", "ordered_at"),
        ("invoices", "issued_at"),
        ("subscriptions", "started_at"),
        ("tickets", "opened_at"),
        ("interactions", "occurred_at"),
    ];
    let parts: Vec<String> = facts
        .iter()
        .map(|(fact, at)| {
            format!(
                "SELECT '{fact}' AS fact, count(*) AS number, min({at}) AS first, max({at}) AS last \
                 FROM gold.fact_{fact} WHERE person_customer_id = {0} OR account_customer_id = {0}",
                quoted(id)
            )
        })
        .collect();
    let rows = fetch(session, "counting activity", &parts.join(" UNION ALL ")).await?;
    let mut table = Table::new("lrll").head(["", "number", "first", "last"]);
    for row in rows.iter().filter(|row| row.number("number") > 0) {
        table.line([
            row.text("fact"),
            row.text("number"),
            day(row.text("first")),
            day(row.text("last")),
        ]);
    }
    Ok(section("Activity", &table))
}

/// The day of an RFC 3339 time.
fn day(time: &str) -> &str {
    time.split_once('T').map_or(time, |(day, _)| day)
}
