use proptest::prelude::*;

use super::*;

fn e164(text: &str, region: &str) -> Option<String> {
    Phone::parse(text, Country::parse(region))
        .ok()
        .map(|phone| phone.e164().to_owned())
}

#[test]
fn reads_numbers_of_many_countries() {
    for (text, region, want) in [
        ("212-555-0187", "US", "+12125550187"),
        ("(212) 555-0187", "US", "+12125550187"),
        ("1 212 555 0187", "US", "+12125550187"),
        ("+1.212.555.0187", "", "+12125550187"),
        ("2125550187.0", "US", "+12125550187"),
        ("tel:+1-212-555-0187", "DE", "+12125550187"),
        ("001 212 555 0187", "DE", "+12125550187"),
        ("011 44 20 7946 0958", "US", "+442079460958"),
        ("00442079460958", "", "+442079460958"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("+44 (0)20 7946 0958", "US", "+442079460958"),
        ("44 20 7946 0958", "GB", "+442079460958"),
        ("030/123456", "DE", "+4930123456"),
        ("+49 (0) 30 123456", "", "+4930123456"),
        ("0171 1234567", "DE", "+491711234567"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("02 3661 8300", "IT", "+390236618300"),
        ("+39 02 3661 8300", "", "+390236618300"),
        ("0412 345 678", "AU", "+61412345678"),
        ("8 (800) 123-45-67", "RU", "+78001234567"),
        ("+7 800 123-45-67", "", "+78001234567"),
        ("(416) 555-0123", "US", "+14165550123"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("Home: 212-555-0187", "US", "+12125550187"),
        ("212-555-0187 (mobile)", "US", "+12125550187"),
        ("212-555-0187 / 212-555-0188", "US", "+12125550187"),
        ("٠٣٠ ١٢٣٤٥٦", "DE", "+4930123456"),
        ("＋４４ 20 7946 0958", "", "+442079460958"),
    ] {
        assert_eq!(
            e164(text, region).as_deref(),
            Some(want),
            "{text:?} in {region:?}"
        );
    }
}

#[test]
fn refuses_what_is_no_number() {
    for (text, region, want) in [
        ("12", "US", PhoneFault::TooShort),
        ("", "US", PhoneFault::NotANumber),
        ("n/a", "US", PhoneFault::NotANumber),
        ("212-555-0187", "", PhoneFault::NoCountry),
        ("555-0187", "US", PhoneFault::TooShort),
        ("212-155-0187", "US", PhoneFault::NotInPlan),
        ("000-000-0000", "US", PhoneFault::NotInPlan),
        ("+999 12345678", "", PhoneFault::CountryCode),
        ("21255501871234", "US", PhoneFault::TooLong),
        ("1.21255E+10", "US", PhoneFault::TooShort),
    ] {
        assert_eq!(
            Phone::parse(text, Country::parse(region)).unwrap_err(),
            want,
            "{text:?}"
        );
    }
}

#[test]
fn splits_extensions_and_knows_the_country() {
    for (text, extension) in [
        ("212-555-0187 x123", "123"),
        ("212-555-0187 ext. 5", "5"),
        ("212-555-0187;ext=77", "77"),
        ("(212) 555-0187 #9", "9"),
        ("212.555.0187, Ext: 0042", "0042"),
    ] {
        let phone = Phone::parse(text, Some(Country::US)).unwrap();
        assert_eq!(
            (phone.e164(), phone.extension()),
            ("+12125550187", Some(extension)),
            "{text}"
        );
    }
    assert_eq!(
        Phone::parse("416-555-0123", Some(Country::US))
            .unwrap()
            .country(),
        Some(Country::CA)
    );
    assert_eq!(
        Phone::parse("+800 1234 5678", None).unwrap().country(),
        None
    );
}

#[test]
fn knows_placeholders() {
    for (text, want) in [
        ("212-555-0000", true),
        ("212-222-2222", true),
        ("202-555-1212", true),
        ("212-555-0187", false),
        ("212-555-0100", false),
    ] {
        assert_eq!(
            Phone::parse(text, Some(Country::US))
                .unwrap()
                .is_placeholder(),
            want,
            "{text}"
        );
    }
}

#[test]
fn numbers_outside_of_the_plan_still_compare() {
    for (text, want) in [
        ("617.111.2833", Some("+16171112833")),
        ("+1 617 111 2833", Some("+16171112833")),
        ("1-617-111-2833", Some("+16171112833")),
        ("212-555-0187", Some("+12125550187")),
        ("555-0187", None),
        ("000-000-0000", None),
        ("n/a", None),
    ] {
        let found = Phone::possible_e164(text, Some(Country::US));
        assert_eq!(found.as_deref(), want, "{text}");
    }
}

#[test]
fn debug_shows_no_number() {
    let shown = format!("{:?}", Phone::parse("212-555-0187", Some(Country::US)));
    assert!(!shown.contains("555"), "{shown}");
}

/// Every North American area code and a sample of exchanges, against the `phonenumber` crate.
#[test]
fn agrees_with_the_phonenumber_crate_on_north_america() {
    for area in 200..1000 {
        for (exchange, line) in [
            (200, 1234),
            (456, 7890),
            (555, 187),
            (911, 2),
            (999, 9999),
            (150, 1234),
        ] {
            let text = format!("({area}) {exchange}-{line:04}");
            let theirs = phonenumber::parse(Some(phonenumber::country::US), &text)
                .ok()
                .filter(phonenumber::is_valid);
            let ours = Phone::parse(&text, Some(Country::US)).ok();
            assert_eq!(
                ours.as_ref().map(|p| p.e164().to_owned()),
                theirs
                    .as_ref()
                    .map(|p| p.format().mode(phonenumber::Mode::E164).to_string()),
                "{text}"
            );
            let id = theirs
                .and_then(|p| p.country().id())
                .and_then(|id| Country::parse(id.as_ref()));
            assert_eq!(ours.and_then(|p| p.country()), id, "{text}");
        }
    }
}

proptest! {
    #[test]
    fn settles(text in ".{0,24}|[0-9+() .x/-]{0,20}|\\+[0-9]{6,14}", region in "US|GB|DE|IT|AR|MX|BR|RU|CN|") {
        if let Ok(once) = Phone::parse(&text, Country::parse(&region)) {
            let again = Phone::parse(once.e164(), None).unwrap();
            prop_assert_eq!(again.e164(), once.e164());
        }
    }
}
