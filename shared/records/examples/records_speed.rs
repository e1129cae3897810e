//! Time per value of every parser, in the profile it is run with: `cargo run -p records --example records_speed`.

use std::hint::black_box;
use std::time::Instant;

use records::{
    AddressInput, CompanyName, Country, Domain, Email, PersonName, PostalAddress, date, identifier,
    nickname, phone::Phone, text,
};

const ROUNDS: u32 = 20_000;

fn time<T>(what: &str, values: &[&str], mut run: impl FnMut(&str) -> T) {
    for value in values {
        black_box(run(value)); // tables and expressions are compiled on first use
    }
    let start = Instant::now();
    for _ in 0..ROUNDS {
        for value in values {
            black_box(run(black_box(value)));
        }
    }
    let values = ROUNDS * u32::try_from(values.len()).unwrap_or(1);
    println!(
        "{what:<24} {:>8.0} ns",
        start.elapsed().as_nanos() as f64 / f64::from(values)
    );
}

fn columns(line1: &str) -> AddressInput<'_> {
    AddressInput {
        line1: Some(line1),
        city: Some("San Diego"),
        region: Some("CA"),
        postcode: Some("92101"),
        country: Some(Country::US),
        ..AddressInput::default()
    }
}

fn main() {
    let names = [
        "Jane Doe",
        "DOE, JANE M., JR.",
        "Dr. Hans-Peter Müller",
        "maria de la cruz",
    ];
    let emails = ["jane.doe86@gmail.com", "Jane Doe <Jane@acme.example>"];
    let us = Some(Country::US);
    time("text::clean", &names, text::clean);
    time("text::fold", &names, text::fold);
    time("name, full", &names, |text| {
        PersonName::parse(None, None, None, None, Some(text))
    });
    time("name, parts", &["Jane", "ROBERT"], |text| {
        PersonName::parse(Some(text), None, Some("Doe"), None, None)
    });
    time("name, parts and keys", &["Jane", "ROBERT"], |text| {
        PersonName::parse(Some(text), None, Some("Doe"), None, None).map(|n| n.keys())
    });
    time("nickname::same_root", &["bob", "liz"], |text| {
        nickname::same_root(text, "robert")
    });
    time("email", &emails, Email::parse);
    time("email and match key", &emails, |text| {
        Email::parse(text).map(|email| email.match_key())
    });
    time("email, judgements", &emails, |text| {
        Email::parse(text).map(|e| (e.is_free_mail(), e.is_role(), e.is_placeholder()))
    });
    time(
        "phone, US",
        &["212-555-0187", "(212) 555-0187", "+12125550187"],
        |text| Phone::parse(text, us),
    );
    time(
        "phone, five countries",
        &[
            "+44 20 7946 0958",
            "+49 30 123456",
            "+33 6 12 34 56 78",
            "+39 02 3661 8300",
            "+61 412 345 678",
        ],
        |text| Phone::parse(text, us),
    );
    time("phone, invalid", &["555-0187", "000-000-0000"], |text| {
        Phone::parse(text, us)
    });
    time(
        "country",
        &["US", "Deutschland", "United Kingdom"],
        Country::parse,
    );
    time(
        "country, rarer names",
        &["Německo", "Iran, Islamic Republic of", "Germny"],
        Country::parse,
    );
    let lines = [
        "7548 Center St, San Diego, CA 92101",
        "Hauptstr. 5, 10115 Berlin",
    ];
    time("address, one line", &lines, |text| {
        PostalAddress::parse(&AddressInput {
            line1: Some(text),
            default_country: us,
            ..AddressInput::default()
        })
    });
    time("address, its components", &lines, |text| {
        let input = AddressInput {
            line1: Some(text),
            default_country: us,
            ..AddressInput::default()
        };
        PostalAddress::parse(&input).0.map(|a| a.components())
    });
    time("address, columns", &["12 Main St Apt 4"], |text| {
        PostalAddress::parse(&columns(text))
    });
    time("address, columns and key", &["12 Main St Apt 4"], |text| {
        PostalAddress::parse(&columns(text)).0.map(|a| a.key())
    });
    time(
        "company",
        &[
            "Acme, Inc.",
            "greenfield energy",
            "Müller & Söhne GmbH & Co. KG",
        ],
        CompanyName::parse,
    );
    time(
        "company and key",
        &[
            "Acme, Inc.",
            "greenfield energy",
            "Müller & Söhne GmbH & Co. KG",
        ],
        |text| CompanyName::parse(text).map(|c| c.key()),
    );
    time(
        "domain",
        &["https://www.acme.example/en", "acme.co.uk"],
        Domain::from_website,
    );
    time("date", &["2024-03-01", "3/1/2024", "20240301"], |text| {
        date::parse_date(text, us)
    });
    time(
        "timestamp",
        &["2024-03-01T10:00:00Z", "2024-03-01 10:00:00", "2024-03-01"],
        date::parse_timestamp,
    );
    time(
        "identifier",
        &["12-345 6789x"],
        identifier::parse_identifier,
    );
}
