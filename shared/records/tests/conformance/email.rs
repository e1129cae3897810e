//! isemail's cases. What a business calls plain, and what is odd, is said in the crate's documentation.

use records::{Email, Rules};

use crate::dataset;
use crate::split::{Score, is_unseen};

#[test]
fn agrees_with_isemail_on_plain_cases() {
    let Some(folder) = dataset("std_email") else {
        return;
    };
    for file in ["isemail_tests.csv", "isemail_tests-original.csv"] {
        let mut rows = csv::Reader::from_path(folder.join(file)).unwrap();
        let [mut plain, mut strict, mut odd_as_policy] = [(); 3].map(|()| Score::default());
        for row in rows.records() {
            let row = row.unwrap();
            let [id, address, category, diagnosis] =
                [0, 1, 2, 3].map(|column| row.get(column).unwrap());
            // Control characters stand there as their symbols.
            let control = |c: char| match u32::from(c) {
                symbol @ 0x2400..=0x241f => char::from_u32(symbol - 0x2400).unwrap(),
                _ => c,
            };
            let address: String = address.chars().map(control).collect();
            let want = match category {
                "ISEMAIL_VALID_CATEGORY" | "ISEMAIL_DNSWARN" => true,
                "ISEMAIL_ERR" | "ISEMAIL_RFC5322" => false,
                _ => {
                    odd_as_policy.count(&address, Email::parse(&address).is_err());
                    continue;
                }
            };
            // As it stands, nothing cleaned.
            let as_it_stands = Email::parse_with(&address, Rules::NONE)
                .is_ok_and(|email| email.as_str() == address);
            strict.count(&address, as_it_stands == want);
            if is_dirty(&address) || has_no_such_end(&address, diagnosis) {
                continue;
            }
            let found = Email::parse(&address);
            let right = found.is_ok() == want;
            plain.count(&address, right);
            if !right && !is_unseen(&address) {
                println!("{file} {id} {address:?} {diagnosis}: want {want}, found {found:?}");
            }
        }
        plain.print(&format!("{file}, plain cases"));
        strict.print(&format!(
            "{file}, VALID and DNSWARN against ERR and RFC5322, nothing cleaned"
        ));
        odd_as_policy.print(&format!("{file}, RFC5321, CFWS and DEPREC refused"));
        assert!(plain.percent() >= 97.0);
    }
}

/// White space, line ends or a full stop around the address: dirt of transport, which standardizing takes off.
fn is_dirty(address: &str) -> bool {
    address.trim().trim_end_matches('.') != address
}

/// A domain without an entry in the DNS, and no top-level domain that could ever be: one letter, digits or hyphens.
fn has_no_such_end(address: &str, diagnosis: &str) -> bool {
    let end = address.rsplit('.').next().unwrap_or_default();
    diagnosis.starts_with("ISEMAIL_DNSWARN")
        && (end.len() < 2 || !end.bytes().all(|b| b.is_ascii_alphabetic()))
}
