//! No panic; what was read reads back; with no rule on, nothing is changed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use records::identifier::{parse_identifier, parse_tax_id};
use records::{Country, Identifier, Rules, Scheme};

fuzz_target!(|input: (u8, [u8; 2], &str)| {
    let (scheme, country, text) = input;
    let scheme = Scheme::ALL[usize::from(scheme) % Scheme::ALL.len()];
    let country = std::str::from_utf8(&country).ok().and_then(Country::parse);
    if let Ok(once) = Identifier::parse(text, scheme, country) {
        assert_eq!(
            Identifier::parse(once.as_str(), scheme, country).as_ref(),
            Ok(&once)
        );
        assert_eq!(once.masked().chars().count(), once.as_str().chars().count());
    }
    if let Ok(once) = Identifier::tax_id(text, country) {
        assert_eq!(Identifier::tax_id(once.as_str(), country), Ok(once));
    }
    if let Ok(plain) = Identifier::parse_with(text, scheme, country, Rules::NONE) {
        assert_eq!(plain.as_str(), text.trim());
    }
    if let Some(once) = parse_identifier(text) {
        assert_eq!(parse_identifier(&once), Some(once));
    }
    parse_tax_id(text);
});
