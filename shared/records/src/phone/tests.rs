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
fn a_prefix_behind_a_prefix_goes_as_well() {
    for text in ["+81 0 003768 33-110-1100", "+81331101100"] {
        assert_eq!(e164(text, "").as_deref(), Some("+81331101100"));
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

#[test]
fn reads_several_numbers() {
    let (one, two) = ("+12125550187", "+12125550188");
    for (text, want) in [
        ("212-555-0187", &[one][..]),
        ("212-555-0187 / 212-555-0188", &[one, two]),
        ("212-555-0187; 212-555-0188, 212-555-0187", &[one, two]),
        ("212-555-0187\n212-555-0188", &[one, two]),
        ("+12125550187+12125550188", &[one, two]),
        ("home 212-555-0187 work 212-555-0188", &[one, two]),
        ("212-555-0187 or 212-555-0188", &[one, two]),
        ("212-555-0187 ext. 5 or 212-555-0188", &[one, two]),
        ("212-555-0187 212-555-0188", &[one, two]),
        ("212-555-0187/88", &[one, two]),
        ("000-000-0000 / 212-555-0188", &[two]),
        ("2125550187, 5", &[one]),
    ] {
        let phones = Phone::parse_all(text, Some(Country::US)).unwrap();
        let found: Vec<&str> = phones.iter().map(Phone::e164).collect();
        assert_eq!(found, want, "{text:?}");
        let several = phones[0].rules().contains(Rule::PhoneSeveral);
        assert_eq!(several, text.len() >= 15, "{text:?}");
    }
    let none = Phone::parse_all("n/a", Some(Country::US));
    assert_eq!(none, Err(PhoneFault::NotANumber));
}

#[test]
fn reads_uris_spreadsheets_and_vanity_numbers() {
    for (text, want) in [
        ("tel:+1-201-555-0123;ext=5", "tel:+12015550123;ext=5"),
        // Found by fuzzing: an extension as long as a number.
        ("201-555-0123 x5755559", "tel:+12015550123;ext=5755559"),
        ("tel:555-0123;phone-context=+1-201", "tel:+12015550123"),
        (
            "TEL:2015550123;phone-context=example.com",
            "tel:+12015550123",
        ),
        ("tel:+1-201-555-0123;isub=12;x=y", "tel:+12015550123"),
        ("2.015550123E9", "tel:+12015550123"),
        ("1.2015550123e+10", "tel:+12015550123"),
        ("1-800-CONTACTS", "tel:+18002668228"),
        ("1 (800) FLOWERS", "tel:+18003569377"),
        ("8 495 123-45-67 доб. 12", "tel:+74951234567;ext=12"),
    ] {
        let region = Country::parse(if text.starts_with('8') { "RU" } else { "US" });
        let phone = Phone::parse(text, region).unwrap();
        assert_eq!(phone.to_uri(), want, "{text}");
        assert_eq!(Phone::parse(want, None), Ok(phone), "{want}");
    }
    for text in ["2.0156E+09", "tel:;ext=5", "tel:5550123;phone-context=+1x"] {
        assert!(Phone::parse(text, Some(Country::US)).is_err(), "{text}");
    }
}

#[test]
fn knows_what_a_number_is_for() {
    for (text, want) in [
        ("+1 212 555 0187", "fixed_line_or_mobile"),
        ("+1 800 356 9377", "toll_free"),
        ("+1 900 555 0187", "premium_rate"),
        ("+44 20 7946 0958", "fixed_line"),
        ("+44 7400 123456", "mobile"),
        ("+44 56 1234 5678", "voip"),
        ("+49 30 123456", "fixed_line"),
        ("+33 6 12 34 56 78", "mobile"),
        ("+800 1234 5678", "toll_free"),
    ] {
        let phone = Phone::parse(text, None).unwrap();
        assert_eq!(phone.number_type().name(), want, "{text}");
        let is_service = phone.rules().contains(Rule::PhoneService);
        assert_eq!(is_service, phone.number_type().is_service());
    }
}

#[test]
fn says_which_rules_did_something() {
    use Rule::*;
    for (text, region, want) in [
        ("+12125550187", "", &[][..]),
        ("2125550187", "US", &[PhoneRegion]),
        ("+1 212 555 0187", "", &[PhonePunctuation]),
        ("12125550187", "US", &[PhoneTrunk, PhoneRegion]),
        ("442079460958", "GB", &[PhoneMissingPlus]),
        ("00442079460958", "DE", &[PhoneInternationalPrefix]),
        ("2125550187x5", "US", &[PhoneExtension, PhoneRegion]),
        ("+44(0)2079460958", "", &[PhonePunctuation, PhoneTrunk]),
        ("2125550000", "US", &[PhoneRegion, PhonePlaceholder]),
        ("2125550187.0", "US", &[PhoneSpreadsheet, PhoneRegion]),
    ] {
        let region = Country::parse(region);
        let phone = Phone::parse(text, region).unwrap();
        let want = want.iter().fold(Rules::NONE, |set, rule| set.with(*rule));
        assert_eq!(phone.rules(), want, "{text}");
        // Without a rule that changed something, the text is no number.
        for rule in want
            .iter()
            .filter(|rule| !matches!(rule, PhonePlaceholder | PhoneTrunk))
        {
            let without = Phone::parse_with(text, region, Rules::ALL.without(rule));
            assert_ne!(
                without.ok().map(|p| p.rules()),
                Some(want),
                "{text} {rule:?}"
            );
        }
    }
}

proptest! {
    #[test]
    fn settles(text in ".{0,24}|[0-9+() .x/-]{0,20}|\\+[0-9]{6,14}", region in "US|GB|DE|IT|AR|MX|BR|RU|CN|") {
        if let Ok(once) = Phone::parse(&text, Country::parse(&region)) {
            let again = Phone::parse(once.e164(), None).unwrap();
            prop_assert_eq!(again.e164(), once.e164());
            prop_assert_eq!(Phone::parse(&once.to_uri(), None), Ok(once));
        }
        if let Ok(plain) = Phone::parse_with(&text, Country::parse(&region), Rules::NONE) {
            prop_assert_eq!((plain.e164(), plain.rules()), (text.trim(), Rules::NONE));
        }
        if let Ok(all) = Phone::parse_all(&text, Country::parse(&region)) {
            prop_assert!(!all.is_empty());
        }
    }
}
