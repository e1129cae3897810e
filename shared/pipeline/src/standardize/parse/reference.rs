//! Reference data: postcodes, mail domains, firmographics. A row is known by what it describes, unless it gives an id.

use super::facts::in_row;
use super::{MappedRow, Tables};
use crate::project::Entity;
use crate::standardize::columns::present;
use records::geocode::postcode_keys;
use records::organization::{CompanyName, Domain};

/// What a mail domain may be called.
const KINDS: [&str; 4] = ["free_mail", "disposable", "shared", "own"];

pub fn postcode(row: &MappedRow, tables: &mut Tables) -> Result<(), String> {
    let postcode = present("postcode", row.get("postcode"))?;
    // Postcodes of two countries look alike: what was meant is not guessed.
    let country = match row.get("country") {
        Some(_) => row
            .stated_country()
            .ok_or("country is none that is known")?,
        None => row
            .country()
            .ok_or("country is missing, and [defaults] of c360.toml names none")?,
    };
    if postcode_keys(country, postcode).is_none() {
        return Err("postcode has no letter and no digit".into());
    }
    let on_earth = |column: &str, most: f64| match row.number(column)? {
        Some(degrees) if degrees.abs() > most => {
            Err(format!("{column} lies outside −{most} to {most} degrees"))
        }
        degrees => Ok(degrees),
    };
    let (latitude, longitude) = (on_earth("latitude", 90.0)?, on_earth("longitude", 180.0)?);
    if latitude.is_some() != longitude.is_some() {
        return Err("of latitude and longitude one is missing".into());
    }
    // Several places may share a postcode: each is a row.
    let place = row.get("city").unwrap_or_default().to_lowercase();
    let id = format!("{}:{postcode}:{place}", country.iso2());
    in_row(row, tables, |row, rows| {
        row.version_of(
            rows,
            Entity::Postcode.as_str(),
            row.get("source_record_id").unwrap_or(&id),
        )?;
        rows.text("country", Some(country.iso2()));
        rows.text("postcode", Some(postcode));
        rows.text("city", row.get("city"));
        rows.text("region", row.get("region"));
        rows.number("latitude", latitude);
        rows.number("longitude", longitude);
        rows.text("attributes", row.attributes().as_deref());
        Ok(())
    })
}

pub fn mail_domain(row: &MappedRow, tables: &mut Tables) -> Result<(), String> {
    let domain = domain(row)?;
    let stated = present("kind", row.get("kind"))?;
    let kind = stated.to_lowercase().replace([' ', '-'], "_");
    if !KINDS.contains(&kind.as_str()) {
        return Err(format!(
            "kind is none of {}: write one of these",
            KINDS.join(", ")
        ));
    }
    in_row(row, tables, |row, rows| {
        row.version_of(
            rows,
            Entity::MailDomain.as_str(),
            row.get("source_record_id").unwrap_or(domain.as_str()),
        )?;
        rows.text("domain", Some(domain.as_str()));
        rows.text("kind", Some(&kind));
        rows.text("attributes", row.attributes().as_deref());
        Ok(())
    })
}

pub fn firmographic(row: &MappedRow, tables: &mut Tables) -> Result<(), String> {
    let domain = domain(row)?;
    let name = row.get("legal_name").and_then(|text| {
        let name = CompanyName::parse_with(text, row.rules())?;
        row.note("legal_name", name.rules(), text, &name.display);
        Some(name)
    });
    in_row(row, tables, |row, rows| {
        row.version_of(
            rows,
            Entity::Firmographic.as_str(),
            row.get("source_record_id").unwrap_or(domain.as_str()),
        )?;
        rows.text("domain", Some(domain.as_str()));
        rows.text(
            "legal_name",
            name.as_ref().map(|name| name.display.as_str()),
        );
        rows.text("industry", row.get("industry"));
        let employees = row.number("employee_count")?;
        rows.integer("employee_count", employees.map(|count| count as i64));
        rows.number("annual_revenue", row.number("annual_revenue")?);
        let currency = row.get("currency").map(str::to_uppercase);
        rows.text("currency", currency.as_deref());
        let country = row.stated_country();
        rows.text("country", country.as_ref().map(|country| country.iso2()));
        rows.text("attributes", row.attributes().as_deref());
        Ok(())
    })
}

/// The domain that a row describes: a name of a host, a web address, or an e-mail address at it.
fn domain(row: &MappedRow) -> Result<Domain, String> {
    let text = present("domain", row.get("domain"))?;
    let host = text.rsplit('@').next().unwrap_or(text);
    Domain::from_website(host).ok_or_else(|| {
        row.invalid("domain");
        "domain is no name of a host".into()
    })
}
