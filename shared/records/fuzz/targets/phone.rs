//! No panic; what was read reads back; with no rule on, nothing is changed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use records::{Country, Phone, Rules};

fuzz_target!(|input: ([u8; 2], &str)| {
    let (region, text) = input;
    let region = std::str::from_utf8(&region).ok().and_then(Country::parse);
    if let Ok(once) = Phone::parse(text, region) {
        assert_eq!(
            Phone::parse(once.e164(), None).as_ref().map(Phone::e164),
            Ok(once.e164())
        );
        assert_eq!(Phone::parse(&once.to_uri(), None), Ok(once));
    }
    if let Ok(plain) = Phone::parse_with(text, region, Rules::NONE) {
        assert_eq!(plain.e164(), text.trim());
    }
    if let Ok(all) = Phone::parse_all(text, region) {
        assert!(!all.is_empty());
    }
    if let Some(possible) = Phone::possible_e164(text, region) {
        assert!(possible.len() <= 20 && possible.starts_with('+'));
    }
});
