use proptest::prelude::*;

use super::*;

mod components;

fn one_line(text: &str, default: &str) -> [String; 6] {
    let input = AddressInput {
        line1: Some(text),
        default_country: Country::parse(default),
        ..AddressInput::default()
    };
    shown(&PostalAddress::parse(&input).0.unwrap())
}

fn shown(address: &PostalAddress) -> [String; 6] {
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    let country = address
        .country
        .map(|country| country.iso2().to_owned())
        .unwrap_or_default();
    [
        text(&address.line1),
        text(&address.line2),
        text(&address.city),
        text(&address.region),
        text(&address.postcode),
        country,
    ]
}

#[test]
fn takes_one_line_addresses_apart() {
    for (text, default, want) in [
        (
            "7548 Center St, San Diego, CA 92101",
            "US",
            ["7548 Center St", "", "San Diego", "CA", "92101", ""],
        ),
        (
            "7548 Center St, San Diego, CA 92101",
            "",
            ["7548 Center St", "", "San Diego", "CA", "92101", ""],
        ),
        (
            "7548 Center St, Apt 4, San Diego, California, 92101-1234, USA",
            "",
            [
                "7548 Center St",
                "Apt 4",
                "San Diego",
                "CA",
                "92101-1234",
                "US",
            ],
        ),
        (
            "7548 Center St San Diego CA 92101",
            "US",
            ["7548 Center St", "", "San Diego", "CA", "92101", ""],
        ),
        (
            "12 Main St NW Apt 4 Saint Paul, MN 55101",
            "US",
            ["12 Main St NW Apt 4", "", "Saint Paul", "MN", "55101", ""],
        ),
        (
            "350 5th Ave, New York, NY 10118",
            "US",
            ["350 5th Ave", "", "New York", "NY", "10118", ""],
        ),
        (
            "350 5th Ave, New York 10118",
            "US",
            ["350 5th Ave", "", "New York", "NY", "10118", ""],
        ),
        (
            "290 Bremner Blvd, Toronto ON M5V 3L9",
            "US",
            ["290 Bremner Blvd", "", "Toronto", "ON", "M5V 3L9", ""],
        ),
        (
            "10 Downing Street, London SW1A 2AA",
            "US",
            ["10 Downing Street", "", "London", "", "SW1A 2AA", ""],
        ),
        (
            "10 Downing Street\nLondon\nSW1A 2AA\nUnited Kingdom",
            "US",
            ["10 Downing Street", "", "London", "", "SW1A 2AA", "GB"],
        ),
        (
            "Hauptstraße 5, 10115 Berlin",
            "DE",
            ["Hauptstraße 5", "", "Berlin", "", "10115", ""],
        ),
        (
            "Hauptstraße 5, D-10115 Berlin, Deutschland",
            "US",
            ["Hauptstraße 5", "", "Berlin", "", "10115", "DE"],
        ),
        (
            "Hauptstr. 5 10115 Berlin",
            "DE",
            ["Hauptstr. 5", "", "Berlin", "", "10115", ""],
        ),
        (
            "5 rue de Rivoli, 75001 Paris",
            "FR",
            ["5 rue de Rivoli", "", "Paris", "", "75001", ""],
        ),
        (
            "Damrak 1, 1012 LG Amsterdam",
            "NL",
            ["Damrak 1", "", "Amsterdam", "", "1012 LG", ""],
        ),
        (
            "Via Roma 1, 20121 Milano (MI)",
            "IT",
            ["Via Roma 1", "", "Milano", "MI", "20121", ""],
        ),
        (
            "1 George St, Sydney NSW 2000",
            "AU",
            ["1 George St", "", "Sydney", "NSW", "2000", ""],
        ),
        (
            "1 George St, NSW 2000 Sydney",
            "US",
            ["1 George St", "", "Sydney", "NSW", "2000", ""],
        ),
        (
            "12 Main St, Unknown, CA 92101",
            "US",
            ["12 Main St", "", "", "CA", "92101", ""],
        ),
        (
            "12 High Street, London",
            "GB",
            ["12 High Street", "", "London", "", "", ""],
        ),
        (
            "12 High Street",
            "GB",
            ["12 High Street", "", "", "", "", ""],
        ),
        (
            "12 MAIN STREET NW, APT 4B",
            "US",
            ["12 Main Street NW, Apt 4B", "", "", "", "", ""],
        ),
    ] {
        assert_eq!(one_line(text, default), want.map(str::to_owned), "{text}");
    }
}

#[test]
fn standardizes_columns() {
    for ((line1, city, region, postcode, country), want, faults) in [
        (
            ("12 MAIN ST", "SAN DIEGO", "California", "92101", "US"),
            ["12 Main St", "", "San Diego", "CA", "92101", "US"],
            vec![],
        ),
        (
            ("12 Main St", "San Diego", "ca", "2101", "US"),
            ["12 Main St", "", "San Diego", "CA", "02101", "US"],
            vec![],
        ),
        (
            ("12 Main St", "San Diego", "CA", "SW1A 1AA", "US"),
            ["12 Main St", "", "San Diego", "CA", "", "US"],
            vec![AddressFault::Postcode],
        ),
        (
            ("1 High St", "stoke-on-trent", "", "st41aa", "GB"),
            ["1 High St", "", "Stoke-on-Trent", "", "ST4 1AA", "GB"],
            vec![],
        ),
        (
            ("12 Main St", "San Diego, CA 92101", "", "", "US"),
            ["12 Main St", "", "San Diego", "CA", "92101", "US"],
            vec![],
        ),
        (
            ("12 Main St", "X", "Narnia", "92101", "US"),
            ["12 Main St", "", "X", "Narnia", "92101", "US"],
            vec![AddressFault::Region],
        ),
        (
            ("Domstr. 1", "Köln", "NRW", "50667", "DE"),
            ["Domstr. 1", "", "Köln", "NRW", "50667", "DE"],
            vec![],
        ),
    ] {
        let some = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        let input = AddressInput {
            line1: some(line1),
            city: some(city),
            region: some(region),
            postcode: some(postcode),
            country: Country::parse(country),
            ..AddressInput::default()
        };
        let (address, found) = PostalAddress::parse(&input);
        assert_eq!(
            (shown(&address.unwrap()), found),
            (want.map(str::to_owned), faults),
            "{line1}, {city}"
        );
    }
}

#[test]
fn what_the_text_shows_outweighs_the_default() {
    for (text, postcode) in [
        ("1 George St, Sydney NSW 2000", "2000"),
        ("1 George St, NSW 2000 Sydney", "2000"),
        ("0 taS, 0000 A", "00000"), // the state is a word of the street
        ("ul. Prosta 1, 00-950 Warszawa", "00-950"),
    ] {
        let default = Country::parse("US");
        let input = AddressInput {
            line1: Some(text),
            default_country: default,
            ..AddressInput::default()
        };
        let once = PostalAddress::parse(&input).0.unwrap();
        assert_eq!(once.postcode.as_deref(), Some(postcode), "{text}");
        let again = AddressInput {
            line1: once.line1.as_deref(),
            city: once.city.as_deref(),
            region: once.region.as_deref(),
            postcode: once.postcode.as_deref(),
            default_country: default,
            ..AddressInput::default()
        };
        assert_eq!(PostalAddress::parse(&again).0, Some(once));
    }
}

#[test]
fn nothing_is_no_address() {
    let nothing = AddressInput {
        line1: Some("N/A"),
        city: Some(" "),
        country: Some(Country::US),
        ..AddressInput::default()
    };
    assert_eq!(PostalAddress::parse(&nothing), (None, vec![]));
    let region = AddressInput {
        region: Some("CA"),
        ..nothing
    };
    assert_eq!(
        PostalAddress::parse(&region),
        (None, vec![AddressFault::Incomplete])
    );
}

fn key(line1: &str, line2: &str, city: &str, postcode: &str) -> String {
    let input = AddressInput {
        line1: Some(line1),
        line2: Some(line2),
        city: Some(city),
        postcode: Some(postcode),
        ..AddressInput::default()
    };
    PostalAddress::parse(&input).0.unwrap().key()
}

#[test]
fn keys_of_one_place_are_equal() {
    for (a, b) in [
        (
            ("12 Main Street", "Apt 4B", "San Diego", "92101-1234"),
            ("12 MAIN ST. #4B", "", "SAN DIEGO", "92101"),
        ),
        (
            ("12 North Main Street, Apartment 4", "", "X", "1"),
            ("12 N Main St", "unit 4", "X", "1"),
        ),
        (
            ("Hauptstraße 5", "", "Köln", "50667"),
            ("Hauptstr. 5", "", "Koln", "50667"),
        ),
        (
            ("Haupt Straße 5a", "", "Köln", "50667"),
            ("Hauptstrasse 5 A", "", "Köln", "50667"),
        ),
        (("P.O. Box 12", "", "X", "1"), ("PO Box 12", "", "X", "1")),
        (
            ("350 Fifth Avenue", "", "New York", "10118"),
            ("350 5th Ave", "", "New York", "10118"),
        ),
        (
            ("10 Downing Street", "", "London", "SW1A 2AA"),
            ("10 Downing St", "", "London", "sw1a2aa"),
        ),
    ] {
        assert_eq!(key(a.0, a.1, a.2, a.3), key(b.0, b.1, b.2, b.3));
    }
    assert_eq!(
        key("12 N. Main Street", "Suite 100", "San Diego", "92101"),
        "12 n main st #100|92101|san diego"
    );
    assert_eq!(
        key("Hauptstraße 5", "", "Köln", "50667"),
        "5 hauptstr|50667|koln"
    );
    assert_ne!(
        key("12 Main St Apt 4", "", "X", "1"),
        key("12 Main St Apt 5", "", "X", "1")
    );
    assert_ne!(
        key("12 Main St", "", "X", "1"),
        key("14 Main St", "", "X", "1")
    );
}

proptest! {
    /// Taking apart never panics; columns that are standard stay so.
    #[test]
    fn settles(text in ".{0,40}|[0-9]{1,4} [A-Za-z ]{0,16}(,? [A-Z]{2} [0-9]{5}|, [0-9]{4,5} [A-Za-z]+| #[0-9]+)?", default in "US|DE|GB|NL|") {
        let input = AddressInput { line1: Some(&text), default_country: Country::parse(&default), ..AddressInput::default() };
        if let (Some(once), _) = PostalAddress::parse(&input) {
            once.key();
            once.components();
            if once.city.is_some() && once.postcode.is_some() {
                let again = AddressInput {
                    line1: once.line1.as_deref(), line2: once.line2.as_deref(), city: once.city.as_deref(), region: once.region.as_deref(),
                    postcode: once.postcode.as_deref(), country: once.country, default_country: Country::parse(&default),
                };
                prop_assert_eq!(PostalAddress::parse(&again).0, Some(once));
            }
        }
    }

    /// Without rules nothing changes but white space and signs around it.
    #[test]
    fn without_rules_nothing_changes(text in "[A-Za-z0-9]{1,8}( [A-Za-z0-9,.]{1,8}){0,5}[a-z0-9]") {
        let input = AddressInput { line1: Some(&text), city: Some(&text), postcode: Some(&text), region: Some(&text), ..AddressInput::default() };
        let (address, _) = PostalAddress::parse_with(&input, Rules::NONE);
        if let Some(address) = address {
            prop_assert_eq!(address.rules(), Rules::NONE);
            for part in [&address.line1, &address.city, &address.postcode, &address.region] {
                prop_assert_eq!(part.as_deref(), Some(text.as_str()));
            }
        }
    }

    /// Any text in any column.
    #[test]
    fn never_panics(line1 in "\\PC{0,60}", line2 in "\\PC{0,20}", city in "\\PC{0,20}", country in "[A-Z]{2}") {
        let input = AddressInput { line1: Some(&line1), line2: Some(&line2), city: Some(&city), default_country: Country::parse(&country), ..AddressInput::default() };
        if let (Some(address), _) = PostalAddress::parse(&input) {
            address.components();
            address.key();
        }
        Country::parse(&line1);
    }
}
