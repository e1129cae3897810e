//! No panic; a code that was read reads back. Cleaning and folding settle.
#![no_main]

use libfuzzer_sys::fuzz_target;
use records::{Country, text};

fuzz_target!(|input: &str| {
    if let Some(country) = Country::parse(input) {
        assert_eq!(Country::parse(country.iso2()), Some(country));
    }
    if let Some(once) = text::clean(input) {
        assert_eq!(text::clean(&once), Some(once));
    }
    let once = text::fold(input);
    assert_eq!(text::fold(&once), once);
});
