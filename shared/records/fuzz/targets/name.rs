//! No panic, in one field or in parts.
#![no_main]

use libfuzzer_sys::fuzz_target;
use records::PersonName;

fuzz_target!(|input: (&str, Option<&str>, Option<&str>, Option<&str>)| {
    let (full, given, middle, family) = input;
    if let Some(once) = PersonName::parse(None, None, None, None, Some(full)) {
        once.keys();
    }
    if let Some(name) = PersonName::parse(given, middle, family, None, Some(full)) {
        name.keys();
    }
});
