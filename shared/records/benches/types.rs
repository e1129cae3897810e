//! Values per second of every type's parser: `cargo bench -p records --bench types`.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use records::date::{DateColumn, DateOrder, DateReading, parse_date_with, parse_timestamp};
use records::identifier::{HashKey, parse_identifier};
use records::{
    AddressInput, CompanyName, Country, Domain, Email, Identifier, PersonName, Phone,
    PostalAddress, Rules, Scheme,
};

/// One group a type: each value once an iteration, so that a mix of easy and hard ones counts.
fn bench<T>(
    criterion: &mut Criterion,
    group: &str,
    name: &str,
    values: &[&str],
    run: impl Fn(&str) -> T,
) {
    let mut group = criterion.benchmark_group(group);
    group.throughput(Throughput::Elements(values.len() as u64));
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            for value in values {
                black_box(run(black_box(value)));
            }
        });
    });
    group.finish();
}

fn phone(c: &mut Criterion) {
    let us = Some(Country::US);
    let national = [
        "212-555-0187",
        "(212) 555-0187",
        "2125550187",
        "1 212 555 0187",
    ];
    bench(c, "phone", "US", &national, |text| Phone::parse(text, us));
    let abroad = [
        "+44 20 7946 0958",
        "+49 30 123456",
        "+33 6 12 34 56 78",
        "0061 412 345 678",
        "+39 02 3661 8300 ext. 5",
    ];
    bench(c, "phone", "five countries", &abroad, |text| {
        Phone::parse(text, Some(Country::DE))
    });
    let several = [
        "212-555-0187 / 212-555-0188",
        "home 212-555-0187 work 212-555-0188 x5",
    ];
    bench(c, "phone", "several in a cell", &several, |text| {
        Phone::parse_all(text, us)
    });
    bench(
        c,
        "phone",
        "none",
        &["555-0187", "000-000-0000", "n/a"],
        |text| Phone::parse(text, us),
    );
}

fn email(c: &mut Criterion) {
    let plain = [
        "jane.doe86@gmail.com",
        "j.smith@acme.example",
        "info@acme.example",
        "jane@gmial.com",
    ];
    bench(c, "email", "plain", &plain, Email::parse);
    bench(c, "email", "plain, and match key", &plain, |text| {
        Email::parse(text).map(|e| e.match_key())
    });
    let dressed = [
        "Jane Doe <Jane@Acme.example>",
        "mailto:j.doe+news@googlemail.com?subject=x",
    ];
    bench(c, "email", "dressed, and match key", &dressed, |text| {
        Email::parse(text).map(|e| e.match_key())
    });
    bench(
        c,
        "email",
        "IDN",
        &["jane@müller.example", "jane@xn--mller-kva.example"],
        Email::parse,
    );
}

fn identifiers(c: &mut Criterion) {
    bench(
        c,
        "identifier",
        "any",
        &["12-345 6789x", "C-1001"],
        parse_identifier,
    );
    let vat = [
        "DE136695976",
        "GB 980 7806 84",
        "FR 40 303 265 045",
        "ESB58378431",
        "NL004495445B01",
    ];
    bench(c, "identifier", "VAT", &vat, |text| {
        Identifier::parse(text, Scheme::Vat, None)
    });
    let iban = ["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432"];
    bench(c, "identifier", "IBAN", &iban, |text| {
        Identifier::parse(text, Scheme::Iban, None)
    });
    let tax = ["91-1144442", "536-90-4399", "DE136695976"];
    bench(c, "identifier", "tax id", &tax, |text| {
        Identifier::tax_id(text, Some(Country::US))
    });
    let key = HashKey::new(&[7; 32]);
    bench(c, "identifier", "keyed hash", &["536904399"], |text| {
        key.hash(text)
    });
}

fn dates(c: &mut Criterion) {
    let reading = DateReading {
        latest_year: Some(2026),
        ..DateReading::new(DateOrder::MonthFirst)
    };
    let days = [
        "2024-03-01",
        "3/1/2024",
        "20240301",
        "25.12.80",
        "1 Mar 2024",
        "3/1/2024 10:00:00 AM",
    ];
    bench(c, "date", "date", &days, |text| {
        parse_date_with(text, &reading, Rules::ALL)
    });
    bench(c, "date", "column's evidence", &days, |text| {
        let mut column = DateColumn::default();
        column.add(text);
        column
    });
    let times = ["2024-03-01T10:00:00Z", "2024-03-01 10:00:00", "2024-03-01"];
    bench(c, "date", "timestamp", &times, parse_timestamp);
}

fn names(c: &mut Criterion) {
    let full = [
        "Jane Doe",
        "DOE, JANE M., JR.",
        "Dr. Hans-Peter Müller",
        "maria de la cruz",
    ];
    bench(c, "name", "full", &full, |text| {
        PersonName::parse(None, None, None, None, Some(text))
    });
    bench(c, "name", "parts and keys", &["Jane", "ROBERT"], |text| {
        PersonName::parse(Some(text), None, Some("Doe"), None, None).map(|name| name.keys())
    });
    let capitals = ["JANE", "ROBERT"];
    bench(c, "name", "all capitals", &capitals, |text| {
        PersonName::parse(Some(text), None, Some("DOE"), None, None).map(|name| name.keys())
    });
}

fn addresses(c: &mut Criterion) {
    let lines = [
        "7548 Center St, San Diego, CA 92101",
        "Hauptstr. 5, 10115 Berlin",
    ];
    bench(c, "address", "one line", &lines, |text| {
        PostalAddress::parse(&AddressInput {
            line1: Some(text),
            default_country: Some(Country::US),
            ..AddressInput::default()
        })
    });
    bench(
        c,
        "address",
        "columns and key",
        &["12 Main St Apt 4", "PO Box 77"],
        |text| {
            PostalAddress::parse(&AddressInput {
                line1: Some(text),
                city: Some("San Diego"),
                region: Some("CA"),
                postcode: Some("92101"),
                country: Some(Country::US),
                ..AddressInput::default()
            })
            .0
            .map(|address| address.key())
        },
    );
}

fn addresses_in_capitals(c: &mut Criterion) {
    let lines = ["12 MAIN ST APT 4", "PO BOX 77"];
    bench(c, "address", "all capitals", &lines, |text| {
        PostalAddress::parse(&AddressInput {
            line1: Some(text),
            city: Some("SAN DIEGO"),
            region: Some("CA"),
            postcode: Some("92101"),
            country: Some(Country::US),
            ..AddressInput::default()
        })
        .0
        .map(|address| address.key())
    });
}

fn organizations(c: &mut Criterion) {
    let companies = [
        "Acme, Inc.",
        "greenfield energy",
        "Müller & Söhne GmbH & Co. KG",
    ];
    bench(c, "organization", "company and key", &companies, |text| {
        CompanyName::parse(text).map(|company| company.key())
    });
    let sites = ["https://www.acme.example/en", "acme.co.uk"];
    bench(c, "organization", "domain", &sites, Domain::from_website);
}

fn countries(c: &mut Criterion) {
    let texts = ["US", "Deutschland", "United Kingdom", "Atlantis"];
    bench(c, "country", "code or name", &texts, Country::parse);
}

criterion_group! {
    name = types;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = phone, email, identifiers, dates, names, addresses, addresses_in_capitals, organizations, countries
}
criterion_main!(types);
