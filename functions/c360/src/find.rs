//! `c360 find`: customers by part of a name, e-mail, phone or id.

use crate::args::FindArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table};
use crate::query::all_tables;
use crate::rows::{fetch, quoted};

pub async fn run(context: &Context, args: FindArgs) -> Result<()> {
    let needle = needle(&args.text);
    if needle.is_empty() {
        return Err(Error::Refused("name something to look for".into()));
    }
    let run = context.open()?;
    let session = all_tables(&run).await?;
    let found = fetch(
        &session,
        "looking for customers",
        &sql(&needle, args.limit + 1),
    )
    .await?;
    let mut table = Table::new("llllrl").head([
        "customer_id",
        "name",
        "e-mail",
        "phone",
        "records",
        "found in",
    ]);
    for row in found.iter().take(args.limit) {
        table.line([
            row.text("customer_id"),
            row.text("display_name"),
            row.text("email"),
            row.text("phone"),
            row.text("records"),
            row.text("found_in"),
        ]);
    }
    if table.is_empty() {
        return Err(Error::Refused("nothing found".into()));
    }
    format::print(&table.to_string())?;
    if found.len() > args.limit {
        eprintln!("and more; `--limit N` shows N");
    }
    Ok(())
}

/// What is compared: lower case; a phone number as its digits, since tables hold E.164.
fn needle(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_phone = digits.len() >= 6
        && text.contains(|c: char| !c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || " ()+-./".contains(c));
    if is_phone { digits } else { text }
}

/// Every place has one column list: customer_id and where it was found.
fn sql(needle: &str, limit: usize) -> String {
    let needle = quoted(needle);
    let has = |columns: &str| format!("strpos(lower(concat_ws(' ', {columns})), {needle}) > 0");
    format!(
        "WITH hits AS ( \
           SELECT customer_id, '1 customer' AS place FROM gold.dim_customer WHERE {golden} \
           UNION ALL SELECT customer_id, '2 contact point' FROM gold.customer_contact_points WHERE {point} \
           UNION ALL SELECT c.customer_id, '3 record ' || c.source_system || ':' || c.source_record_id \
             FROM silver.crosswalk AS c JOIN silver.persons AS p ON p.record_key = c.record_key WHERE {person} \
           UNION ALL SELECT c.customer_id, '3 record ' || c.source_system || ':' || c.source_record_id \
             FROM silver.crosswalk AS c JOIN silver.accounts AS a ON a.record_key = c.record_key WHERE {account} \
           UNION ALL SELECT new_customer_id, '4 former id' FROM silver.customer_redirects WHERE {former} \
         ), found AS (SELECT customer_id, min(place) AS place FROM hits GROUP BY customer_id), \
         members AS (SELECT customer_id, count(*) AS records FROM silver.crosswalk GROUP BY customer_id) \
         SELECT f.customer_id, d.display_name, d.email, d.phone, m.records, substr(f.place, 3) AS found_in \
         FROM found AS f JOIN members AS m ON m.customer_id = f.customer_id \
         LEFT JOIN gold.dim_customer AS d ON d.customer_id = f.customer_id \
         ORDER BY f.place, d.display_name, f.customer_id LIMIT {limit}",
        golden = has(
            "customer_id, display_name, given_name, family_name, email, phone, company_name, domain"
        ),
        point = has("value"),
        person = has(
            "c.source_system || ':' || c.source_record_id, p.full_name, p.given_name || ' ' || p.family_name, \
             p.email, p.phone, p.customer_number, p.company_name"
        ),
        account = has(
            "c.source_system || ':' || c.source_record_id, a.legal_name, a.trading_name, a.domain, a.email, a.phone, \
             a.customer_number, a.tax_id"
        ),
        former = has("old_customer_id"),
    )
}

#[cfg(test)]
mod tests {
    use super::needle;

    #[test]
    fn phones_are_looked_for_by_their_digits() {
        assert_eq!(needle("(415) 555-2671"), "4155552671");
        assert_eq!(needle("+1 415 555"), "1415555");
        assert_eq!(needle(" Jane.Doe@Example.com "), "jane.doe@example.com");
        assert_eq!(needle("2026-A"), "2026-a");
        assert_eq!(needle("1001"), "1001");
    }
}
