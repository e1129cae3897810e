//! No panic; what was read reads back; with no rule on, nothing is changed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use records::{Domain, Email, Rules};

fuzz_target!(|text: &str| {
    if let Ok(once) = Email::parse(text) {
        assert_eq!(Email::parse(once.as_str()), Ok(once.clone()));
        let key = once.match_key();
        assert_eq!(Email::parse(&key).map(|email| email.match_key()), Ok(key));
        if let Some(ascii) = once.to_ascii() {
            assert_eq!(Email::parse(&ascii), Ok(once.clone()));
        }
        once.suggestion();
        Domain::from_email(&once);
    }
    if let Ok(plain) = Email::parse_with(text, Rules::NONE) {
        assert_eq!(plain.as_str(), text.trim());
    }
    if let Ok(all) = Email::parse_all(text) {
        assert!(!all.is_empty());
    }
});
