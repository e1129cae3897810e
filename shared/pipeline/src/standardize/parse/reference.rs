//! Reference data: postcodes, mail domains, firmographics.

use super::facts::in_row;
use super::party::company;
use super::{MappedRow, Rows, Tables};
use crate::project::Entity;
use crate::standardize::columns::present;
use records::country::Country;
use records::email::Email;
use records::geocode::listed_postcode;
use records::organization::Domain;

/// What a row of reference data is known by unless it gives an id: country, postcode and city, or the host as written.
pub fn id(row: &MappedRow) -> Option<String> {
    match row.from.feed.entity {
        Entity::Postcode => {
            let country = country(row).ok()?;
            let code = listed_postcode(country, row.get("postcode")?)?;
            let city = row.get("city").unwrap_or_default().to_lowercase();
            Some(format!("{}:{code}:{city}", country.iso2()))
        }
        Entity::MailDomain | Entity::Firmographic => Some(row.get("domain")?.to_lowercase()),
        _ => None,
    }
}

pub fn postcode(row: &MappedRow, tables: &mut Tables) -> Result<(), String> {
    let stated = present("postcode", row.get("postcode"))?;
    let country = country(row)?;
    let Some(postcode) = listed_postcode(country, stated) else {
        row.invalid("postcode");
        return Err(format!(
            "postcode has not the form of {}, nor is it a first part of one",
            country.iso2()
        ));
    };
    let on_earth = |column: &'static str, most: f64| match row.number(column)? {
        Some(degrees) if degrees.abs() > most => {
            Err(format!("{column} lies outside −{most} to {most} degrees"))
        }
        degrees => Ok(degrees),
    };
    let (latitude, longitude) = (on_earth("latitude", 90.0)?, on_earth("longitude", 180.0)?);
    if latitude.is_some() != longitude.is_some() {
        return Err("of latitude and longitude one is missing".into());
    }
    described(row, tables, |rows| {
        rows.text("country", Some(country.iso2()));
        rows.text("postcode", Some(&postcode));
        rows.text("city", row.get("city"));
        rows.text("region", row.get("region"));
        rows.number("latitude", latitude);
        rows.number("longitude", longitude);
    })
}

pub fn mail_domain(row: &MappedRow, tables: &mut Tables) -> Result<(), String> {
    let text = present("domain", row.get("domain"))?;
    // Lists write *.example.com and .example.com for what stands below.
    let host = text.trim_start_matches(['*', '.']);
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let domain = match host.contains('/') {
        true => Domain::from_website(host),
        false => Domain::from_host(host),
    };
    let Some(domain) = domain else {
        row.invalid("domain");
        return Err("domain is no name of a host".into());
    };
    let is_deleted = row.boolean("is_deleted")?.unwrap_or(false);
    let kind = match row.get("kind") {
        Some(stated) => Some(
            kind(stated)
                .ok_or("kind is none of free_mail, disposable, shared, own: write one of these")?,
        ),
        None if is_deleted => None,
        None => return Err("kind is missing".into()),
    };
    described(row, tables, |rows| {
        rows.text("domain", Some(domain.as_str()));
        rows.text("kind", kind);
    })
}

pub fn firmographic(row: &MappedRow, tables: &mut Tables) -> Result<(), String> {
    let text = present("domain", row.get("domain"))?;
    let domain = match Email::parse(text) {
        Ok(email) => Domain::from_any_email(&email),
        Err(_) => Domain::from_website(text),
    };
    let Some(domain) = domain else {
        row.invalid("domain");
        return Err("domain is neither a name of a host nor a web address".into());
    };
    let name = company(row, "legal_name");
    let employees = row.count("employee_count")?;
    let revenue = row.number("annual_revenue")?;
    described(row, tables, |rows| {
        rows.text("domain", Some(domain.as_str()));
        rows.text("legal_name", name.as_ref().map(|name| &*name.display));
        rows.text("industry", row.get("industry"));
        rows.integer("employee_count", employees);
        rows.number("annual_revenue", revenue);
        let currency = row.get("currency").map(str::to_uppercase);
        rows.text("currency", currency.as_deref());
        rows.text("country", row.stated_country().as_ref().map(Country::iso2));
    })
}

/// Writes a row of the feed's table: its version, what it describes, and what it came as.
fn described(
    row: &MappedRow,
    tables: &mut Tables,
    describe: impl FnOnce(&mut Rows),
) -> Result<(), String> {
    in_row(row, tables, |row, rows| {
        row.version(rows, row.from.feed.entity.as_str())?;
        describe(rows);
        rows.text("original", Some(row.original()));
        rows.text("attributes", row.attributes().as_deref());
        Ok(())
    })
}

/// Postcodes of two countries look alike: what was meant is not guessed.
fn country(row: &MappedRow) -> Result<Country, String> {
    let country = match row.get("country") {
        Some(_) => row.stated_country().ok_or("country is none that is known"),
        None => row
            .from
            .default_country
            .ok_or("country is missing, and [defaults] of c360.toml names none"),
    };
    country.map_err(str::to_owned)
}

fn kind(stated: &str) -> Option<&'static str> {
    let letters = stated.chars().filter(char::is_ascii_alphabetic);
    match &*letters.collect::<String>().to_ascii_lowercase() {
        "freemail" | "free" => Some("free_mail"),
        "disposable" | "temporary" => Some("disposable"),
        "shared" => Some("shared"),
        "own" => Some("own"),
        _ => None,
    }
}
