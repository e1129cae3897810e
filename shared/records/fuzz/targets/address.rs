//! No panic, in one line or in columns.
#![no_main]

use libfuzzer_sys::fuzz_target;
use records::{AddressInput, Country, PostalAddress};

fuzz_target!(
    |input: ([u8; 2], &str, Option<&str>, Option<&str>, Option<&str>)| {
        let (country, line1, city, region, postcode) = input;
        let country = std::str::from_utf8(&country).ok().and_then(Country::parse);
        let input = AddressInput {
            line1: Some(line1),
            city,
            region,
            postcode,
            country,
            default_country: country,
            ..AddressInput::default()
        };
        if let Some(address) = PostalAddress::parse(&input).0 {
            address.key();
        }
    }
);
