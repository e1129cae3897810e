//! Identifiers, and values that are alike or not.

use super::MISSING;
use crate::distance::is_within;

/// Levels of identifiers in upper-case letters and digits.
pub(crate) fn number(a: &str, b: &str) -> u8 {
    if a.is_empty() || b.is_empty() {
        MISSING
    } else if a == b {
        1
    } else if a.len().min(b.len()) >= 6 && is_within(a, b, 1) {
        2
    } else {
        3
    }
}

/// Levels of identifiers that may be sealed: behind the first word stand tokens that sealed values one slip apart share.
pub(crate) fn sealed_number(a: &str, b: &str) -> u8 {
    let slips = |text| str::split_once(text, ' ').map(|(_, tokens)| tokens.split(' '));
    match (slips(a), slips(b)) {
        (Some(mut of_a), Some(of_b)) if a != b => {
            match of_a.any(|token| of_b.clone().any(|other| other == token)) {
                true => 2,
                false => 3,
            }
        }
        _ => number(a, b),
    }
}

/// 1 equal, 2 not.
pub(crate) fn equality(a: &str, b: &str) -> u8 {
    if a.is_empty() || b.is_empty() {
        MISSING
    } else if a == b {
        1
    } else {
        2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels() {
        assert_eq!(number("7925975", "7925975"), 1);
        assert_eq!(number("7925975", "7925075"), 2);
        assert_eq!(number("7925975", "7929575"), 2);
        assert_eq!(number("7925975", "1701634"), 3);
        assert_eq!(number("12345", "12346"), 3);
        assert_eq!(number("", "12346"), MISSING);
        assert_eq!(sealed_number("*75~9f a1 b2", "*75~9f a1 b2"), 1);
        assert_eq!(sealed_number("*75~9f a1 b2", "*35~0c b2 c3"), 2);
        assert_eq!(sealed_number("*75~9f a1 b2", "*35~0c c3"), 3);
        assert_eq!(sealed_number("7925975", "7925075"), 2);
        assert_eq!(sealed_number("", "*75~9f a1 b2"), MISSING);
        assert_eq!(
            (equality("f", "f"), equality("f", "m"), equality("", "f")),
            (1, 2, 0)
        );
    }
}
