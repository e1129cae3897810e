//! CRM accounts: a full extract, with some companies entered twice.

use std::path::Path;

use crate::Error;
use crate::company::{Companies, Company};
use crate::country::Country;
use crate::moment::Moment;
use crate::output::{Damage, Row, TextFile};
use crate::rng::{Rng, scramble};
use crate::systems::Written;

const HEADER: &str = "account_id,account_name,trading_name,website,tax_id,phone,billing_street,billing_city,billing_state,\
billing_postal_code,billing_country,industry,employees,last_modified_at";

pub(super) fn write(
    landing: &Path,
    seed: u64,
    companies: &Companies,
    mut truth: impl FnMut(&str, usize) -> Result<(), Error>,
) -> Result<Written, Error> {
    let path = landing.join(format!("crm_accounts_{}.csv", crate::EXTRACT_DATE));
    let mut file = TextFile::create(path, Some(HEADER), Damage::None, Rng::new(seed, 3, 100))?;
    for index in 0..companies.len() {
        let rng = &mut Rng::new(seed, 4, index as u64);
        let company = companies.at(index);
        for is_second in [false, true] {
            if !is_second || has_second(index) {
                let id = account_id(index, is_second);
                truth(&id, index)?;
                file.push(row(rng, &id, &company, is_second))?;
            }
        }
    }
    let (rows, damaged) = file.finish()?;
    Ok(("crm_accounts", rows, damaged))
}

/// Whether the sales people entered the company twice.
fn has_second(index: usize) -> bool {
    scramble(index as u64 + 31).is_multiple_of(11)
}

/// The account a contact hangs on: now and then the second one.
pub(super) fn account_of(rng: &mut Rng, company: &Company) -> String {
    account_id(company.index, has_second(company.index) && rng.chance(0.25))
}

fn account_id(index: usize, is_second: bool) -> String {
    format!(
        "001{:09}",
        scramble(index as u64 * 2 + u64::from(is_second) + 9_000_000)
    )
}

fn row(rng: &mut Rng, id: &str, company: &Company, is_second: bool) -> String {
    let Company {
        name,
        legal_form,
        domain,
        address,
        ..
    } = company;
    let legal_name = match rng.below(if is_second { 5 } else { 2 }) {
        0 => format!("{name} {legal_form}"),
        1 => format!("{name}, {legal_form}"),
        2 => name.to_uppercase(),
        3 => format!("The {name} Company"),
        _ => name.clone(),
    };
    // The second entry may lack what would give it away: then only the name says so.
    let keeps = if is_second { 0.6 } else { 0.92 };
    let website = rng.chance(keeps).then(|| match rng.below(4) {
        0 => domain.clone(),
        1 => format!("http://{domain}"),
        2 => format!("https://www.{domain}/"),
        _ => format!("www.{domain}"),
    });
    let has_tax_id = rng.chance(if is_second { 0.45 } else { 0.8 });
    let country = if rng.chance(0.5) {
        address.country.english()
    } else {
        address.country.native()
    };
    let knows_country = rng.chance(0.95) || address.country != Country::Us;
    Row::new(id)
        .field(&legal_name)
        .optional((rng.chance(0.3)).then_some(name.as_str()))
        .optional(website.as_deref())
        .optional(has_tax_id.then_some(company.tax_id.as_str()))
        .field(&company.switchboard.typed(rng, true))
        .field(&address.line1(rng.chance(0.5)))
        .field(address.city.0)
        .field(address.city.1)
        .field(&address.postcode)
        .field(if knows_country { country } else { "" })
        .field(company.industry)
        .field(&company.employees.to_string())
        .field(&Moment::before(rng, 900, 1).iso())
        .end()
}
