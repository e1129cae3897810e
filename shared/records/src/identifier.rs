//! Business keys: tax ids, registration numbers, customer numbers, national ids.

/// An identifier in the form that compares equal across systems: trimmed, upper-case, letters and digits only
/// (`"12-345 6789"` → `"123456789"`; letters of every script are kept). `None` for what stands for no identifier: fewer
/// than two characters, one character repeated, a run such as 123456789, `N/A`, `NONE`, `UNKNOWN`, `TEST`.
pub fn parse_identifier(text: &str) -> Option<String> {
    let mut id = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_uppercase());
        } else if !c.is_ascii() && c.is_alphanumeric() {
            id.extend(c.to_uppercase().filter(|upper| upper.is_alphanumeric()));
        }
    }
    if is_placeholder(&id) { None } else { Some(id) }
}

/// A tax id in the form of [`parse_identifier`]. `None` also for words that stand for none (`EXEMPT`, `applied for`): a tax id
/// has a digit, and digits that are no placeholder without the letters around them (`GB000000000`).
pub fn parse_tax_id(text: &str) -> Option<String> {
    let id = parse_identifier(text)?;
    let digits: String = id.chars().filter(char::is_ascii_digit).collect();
    (!is_placeholder(&digits)).then_some(id)
}

fn is_placeholder(id: &str) -> bool {
    let mut chars = id.chars();
    let Some(first) = chars.next() else {
        return true;
    };
    if chars.clone().next().is_none() || chars.all(|c| c == first) {
        return true;
    }
    matches!(
        id,
        "12345"
            | "123456"
            | "1234567"
            | "12345678"
            | "123456789"
            | "1234567890"
            | "0123456789"
            | "987654321"
            | "9876543210"
            | "NA"
            | "NONE"
            | "NULL"
            | "NIL"
            | "NAN"
            | "UNKNOWN"
            | "UNK"
            | "TEST"
            | "TESTING"
            | "TBD"
            | "TBA"
            | "PENDING"
            | "NOTAVAILABLE"
            | "NOTAPPLICABLE"
            | "NOTPROVIDED"
            | "MISSING"
            | "EMPTY"
            | "INVALID"
            | "DUMMY"
            | "DEFAULT"
            | "ABC123"
            | "ABCDEF"
            | "ASDF"
            | "SAMPLE"
            | "EXAMPLE"
            | "KEINE"
            | "UNBEKANNT"
            | "INCONNU"
            | "AUCUN"
            | "NINGUNO"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_identifiers() {
        for (text, want) in [
            (" 12-345 6789x ", Some("123456789X")),
            ("de 811.907.980", Some("DE811907980")),
            ("C-1001", Some("C1001")),
            ("000-00-0000", None),
            ("999999999", None),
            ("123-45-6789", None),
            ("N/A", None),
            ("none", None),
            ("Unknown", None),
            ("TEST", None),
            ("", None),
            ("-", None),
            ("7", None),
            ("42", Some("42")),
            ("ΑΒ123", Some("ΑΒ123")),
        ] {
            assert_eq!(parse_identifier(text).as_deref(), want, "{text:?}");
        }
    }

    #[test]
    fn reads_tax_ids() {
        for (text, want) in [
            ("DE 811.907.980", Some("DE811907980")),
            ("83-4471902", Some("834471902")),
            ("GB000000000", None),
            ("DE123456789", None),
            ("12-3456789", None),
            ("EXEMPT", None),
            ("applied for", None),
            ("not registered", None),
        ] {
            assert_eq!(parse_tax_id(text).as_deref(), want, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn settles(text in ".{0,24}") {
            if let Some(once) = parse_identifier(&text) {
                prop_assert_eq!(parse_identifier(&once), Some(once.clone()));
            }
        }
    }
}
