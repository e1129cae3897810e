use crate::address::*;

/// recipient, number, road, unit, box, city, region, postcode, country
fn components(text: &str) -> [String; 9] {
    let input = AddressInput {
        line1: Some(text),
        ..AddressInput::default()
    };
    let parts = PostalAddress::parse(&input).0.unwrap().components();
    let country = parts.country.map(|country| country.iso2().to_owned());
    [
        parts.recipient,
        parts.house_number,
        parts.road,
        parts.unit,
        parts.po_box,
        parts.city,
        parts.region,
        parts.postcode,
        country,
    ]
    .map(Option::unwrap_or_default)
}

#[test]
fn knows_the_parts_of_addresses_of_many_countries() {
    for (text, want) in [
        (
            "Acme Corp, 500 W Madison St Suite 1000, Chicago IL 60661, USA",
            [
                "Acme Corp",
                "500",
                "W Madison St",
                "Suite 1000",
                "",
                "Chicago",
                "IL",
                "60661",
                "US",
            ],
        ),
        (
            "1234 NW 23rd Ave Portland OR 97210",
            [
                "",
                "1234",
                "NW 23rd Ave",
                "",
                "",
                "Portland",
                "OR",
                "97210",
                "",
            ],
        ),
        (
            "PO Box 1234, Anchorage, AK 99501",
            [
                "",
                "",
                "",
                "",
                "PO Box 1234",
                "Anchorage",
                "AK",
                "99501",
                "",
            ],
        ),
        (
            "302-1234 West Georgia Street, Vancouver BC V6E 4A2, Canada",
            [
                "",
                "1234",
                "West Georgia Street",
                "302",
                "",
                "Vancouver",
                "BC",
                "V6E 4A2",
                "CA",
            ],
        ),
        (
            "3/45 Queen St, Brisbane QLD 4000, Australia",
            [
                "", "45", "Queen St", "3", "", "Brisbane", "QLD", "4000", "AU",
            ],
        ),
        (
            "Flat 3, 12 Abbey Road, London NW8 9AY, UK",
            [
                "",
                "12",
                "Abbey Road",
                "Flat 3",
                "",
                "London",
                "",
                "NW8 9AY",
                "GB",
            ],
        ),
        (
            "1 Park Row, Leeds, West Yorkshire, LS1 5AB",
            [
                "",
                "1",
                "Park Row",
                "",
                "",
                "Leeds",
                "West Yorkshire",
                "LS1 5AB",
                "",
            ],
        ),
        (
            "27 Fitzwilliam Square, Dublin 2, D02 HX82, Ireland",
            [
                "",
                "27",
                "Fitzwilliam Square",
                "",
                "",
                "Dublin 2",
                "",
                "D02 HX82",
                "IE",
            ],
        ),
        (
            "Firma Muster GmbH, Industriestraße 5-7, 70565 Stuttgart",
            [
                "Firma Muster GmbH",
                "5-7",
                "Industriestraße",
                "",
                "",
                "Stuttgart",
                "",
                "70565",
                "",
            ],
        ),
        (
            "Straße des 17. Juni 135, 10623 Berlin, Deutschland",
            [
                "",
                "135",
                "Straße des 17. Juni",
                "",
                "",
                "Berlin",
                "",
                "10623",
                "DE",
            ],
        ),
        (
            "Mariahilfer Straße 12/3/5, 1060 Wien, Österreich",
            [
                "",
                "12",
                "Mariahilfer Straße",
                "3/5",
                "",
                "Wien",
                "",
                "1060",
                "AT",
            ],
        ),
        (
            "12 bis rue de la République, 69001 Lyon, France",
            [
                "",
                "12 bis",
                "rue de la République",
                "",
                "",
                "Lyon",
                "",
                "69001",
                "FR",
            ],
        ),
        (
            "Meir 50 bus 3, 2000 Antwerpen, België",
            ["", "50", "Meir", "bus 3", "", "Antwerpen", "", "2000", "BE"],
        ),
        (
            "Keizersgracht 123-II, 1015 CJ Amsterdam",
            [
                "",
                "123-II",
                "Keizersgracht",
                "",
                "",
                "Amsterdam",
                "",
                "1015 CJ",
                "",
            ],
        ),
        (
            "Calle de Alcalá, 50, 3º B, 28014 Madrid, España",
            [
                "",
                "50",
                "Calle de Alcalá",
                "3º B",
                "",
                "Madrid",
                "",
                "28014",
                "ES",
            ],
        ),
        (
            "Via Garibaldi, 12/A, 20121 Milano (MI)",
            [
                "",
                "12/A",
                "Via Garibaldi",
                "",
                "",
                "Milano",
                "MI",
                "20121",
                "",
            ],
        ),
        (
            "ul. Marszałkowska 10/5, 00-590 Warszawa, Polska",
            [
                "",
                "10",
                "ul. Marszałkowska",
                "5",
                "",
                "Warszawa",
                "",
                "00-590",
                "PL",
            ],
        ),
        (
            "Rua Augusta, 1500 - Consolação, São Paulo - SP, 01304-001, Brasil",
            [
                "",
                "1500",
                "Rua Augusta",
                "",
                "",
                "São Paulo",
                "SP",
                "01304-001",
                "BR",
            ],
        ),
        (
            "Av. Vallarta 3233, 44100 Guadalajara, Jalisco, México",
            [
                "",
                "3233",
                "Av. Vallarta",
                "",
                "",
                "Guadalajara",
                "Jalisco",
                "44100",
                "MX",
            ],
        ),
        (
            "23, MG Road, Ashok Nagar, Bengaluru, Karnataka 560001, India",
            [
                "",
                "23",
                "MG Road",
                "",
                "",
                "Bengaluru",
                "Karnataka",
                "560001",
                "IN",
            ],
        ),
    ] {
        assert_eq!(components(text), want.map(str::to_owned), "{text}");
    }
}

#[test]
fn the_normalized_form_reads_back() {
    for (text, want) in [
        (
            "12 MAIN ST APT 4\nSAN DIEGO CA 92101\nUSA",
            "12 Main St Apt 4, San Diego, CA 92101, US",
        ),
        (
            "Hauptstr. 5, 10115 Berlin, Deutschland",
            "Hauptstr. 5, 10115 Berlin, DE",
        ),
        (
            "10 Downing Street London SW1A2AA UK",
            "10 Downing Street, London, SW1A 2AA, GB",
        ),
        (
            "3/45 Queen St, Brisbane Queensland 4000, Australia",
            "3/45 Queen St, Brisbane QLD 4000, AU",
        ),
        (
            "Via Roma 1, 20121 Milano MI, Italia",
            "Via Roma 1, 20121 Milano, MI, IT",
        ),
        (
            "Rua Augusta, 1500, São Paulo - SP, 01304-001, Brasil",
            "Rua Augusta, 1500, São Paulo, SP, 01304-001, BR",
        ),
    ] {
        let parse = |text: &str| {
            let input = AddressInput {
                line1: Some(text),
                ..AddressInput::default()
            };
            PostalAddress::parse(&input).0.unwrap()
        };
        let once = parse(text);
        assert_eq!(once.normalized(), want);
        assert_eq!(parse(want), once, "{text}");
    }
}

#[test]
fn components_of_columns() {
    let input = AddressInput {
        line1: Some("Broadway"),
        line2: Some("c/o Jane Doe, Suite 4"),
        city: Some("New York"),
        region: Some("New York"),
        country: Some(Country::US),
        ..AddressInput::default()
    };
    let parts = PostalAddress::parse(&input).0.unwrap().components();
    assert_eq!(parts.road.as_deref(), Some("Broadway"));
    assert_eq!(parts.recipient.as_deref(), Some("c/o Jane Doe"));
    assert_eq!(parts.unit.as_deref(), Some("Suite 4"));
    assert_eq!(parts.region_code.as_deref(), Some("US-NY"));
}

#[test]
fn each_rule_can_be_left_out() {
    for (text, rule) in [
        ("12 Main St, San Diego, CA 92101", Rule::AddressOneLine),
        ("12 Main St, San Diego, CA 92101, USA", Rule::AddressCountry),
        ("12 MAIN ST, SAN DIEGO, CA 92101", Rule::AddressCase),
        ("10 Downing Street, London, SW1A2AA", Rule::AddressPostcode),
        (
            "12 Main St, San Diego, California 92101",
            Rule::AddressRegion,
        ),
    ] {
        let input = AddressInput {
            line1: Some(text),
            ..AddressInput::default()
        };
        let with = PostalAddress::parse(&input).0.unwrap();
        let without = PostalAddress::parse_with(&input, Rules::ALL.without(rule))
            .0
            .unwrap();
        assert!(with.rules().contains(rule), "{text}");
        assert!(!without.rules().contains(rule), "{text}");
        assert_ne!(with, without, "{text}");
    }
}
