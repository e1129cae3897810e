//! No panic; a domain that was read reads back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use records::{CompanyName, Domain};

fuzz_target!(|text: &str| {
    if let Some(company) = CompanyName::parse(text) {
        company.key();
    }
    if let Some(once) = Domain::from_website(text) {
        assert_eq!(Domain::from_website(once.as_str()), Some(once));
    }
});
