//! Given, middle and family names, and generational suffixes.

use super::MISSING;
use crate::distance::{is_similar, is_typo};
use crate::name::{is_known_given, is_part, spelling};

/// Jaro-Winkler similarity from which names are alike though no typing error explains it.
const ALIKE: f32 = 0.88;

const EXACT: u8 = 1;
const NICKNAME: u8 = 2;
const TYPO: u8 = 3;
const SIMILAR: u8 = 4;
const INITIAL: u8 = 5;
const SWAPPED: u8 = 6;
const DIFFERENT: u8 = 7;

/// Levels of given and family name. Where the two have changed places, the given name says so, and the family name is
/// missing: it is no evidence of its own.
pub(crate) fn names(a: (&str, &str), b: (&str, &str)) -> (u8, u8) {
    let ((given_a, family_a), (given_b, family_b)) = (a, b);
    let levels = (given(given_a, given_b), family(family_a, family_b));
    if levels.0 == EXACT && levels.1 != FAMILY_DIFFERENT {
        return levels;
    }
    let is_crossed = |given: &str, family: &str| given.len() > 1 && given == family;
    let (first, second) = (is_crossed(given_a, family_b), is_crossed(given_b, family_a));
    let is_near = |given: &str, family: &str| is_typo(given, family);
    if (first || is_near(given_a, family_b)) && (second || is_near(given_b, family_a)) {
        return (SWAPPED, MISSING);
    }
    // A name of one word may stand in the wrong field.
    let is_lone =
        given_a.is_empty() || family_a.is_empty() || given_b.is_empty() || family_b.is_empty();
    if is_lone && (first || second) {
        return (MISSING, MISSING);
    }
    levels
}

fn given(a: &str, b: &str) -> u8 {
    if a.is_empty() || b.is_empty() {
        return MISSING;
    }
    if a.len() == 1 || b.len() == 1 {
        return if a.as_bytes().first() == b.as_bytes().first() {
            INITIAL
        } else {
            DIFFERENT
        };
    }
    if a == b {
        return EXACT;
    }
    if is_short_form(a, b) || records::nickname::same_root(a, b) {
        return NICKNAME;
    }
    let is_typo = is_typo(a, b);
    if !is_typo && !is_similar(a, b, ALIKE) {
        return DIFFERENT;
    }
    if spelling(a) == spelling(b) {
        NICKNAME
    } else if is_known_given(a) && is_known_given(b) {
        // Mary and Mark are two names, not one and a typing error.
        DIFFERENT
    } else if is_typo {
        TYPO
    } else {
        SIMILAR
    }
}

/// "jean" and "jeanpaul", "alex" and "alexander"; one letter more is a typing error.
fn is_short_form(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() >= 3 && long.len() >= short.len() + 2 && long.starts_with(short)
}

const FAMILY_DIFFERENT: u8 = 6;

fn family(a: &str, b: &str) -> u8 {
    if a.is_empty() || b.is_empty() {
        MISSING
    } else if a == b && a.len() > 1 {
        1
    } else if a.len() == 1 || b.len() == 1 {
        if a.as_bytes().first() == b.as_bytes().first() {
            5
        } else {
            FAMILY_DIFFERENT
        }
    } else if is_typo(a, b) {
        2
    } else if is_part(a, b) || is_part(b, a) {
        4
    } else if is_similar(a, b, ALIKE) {
        3
    } else {
        FAMILY_DIFFERENT
    }
}

pub(crate) fn middle(a: &str, b: &str) -> u8 {
    if a.is_empty() || b.is_empty() {
        MISSING
    } else if a == b && a.len() > 1 {
        1
    } else if a.len() == 1 || b.len() == 1 {
        if a.as_bytes().first() == b.as_bytes().first() {
            2
        } else {
            4
        }
    } else if is_typo(a, b) || is_short_form(a, b) {
        3
    } else {
        4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names() {
        for (a, b, want) in [
            ("jane", "", MISSING),
            ("jane", "jane", EXACT),
            ("bob", "robert", NICKNAME),
            ("jean", "jeanpaul", NICKNAME),
            ("catherine", "katherine", NICKNAME),
            ("gisela", "gisiela", TYPO),
            ("theodore", "etheodroe", TYPO),
            ("frances", "francis", DIFFERENT),
            ("j", "jane", INITIAL),
            ("k", "jane", DIFFERENT),
            ("j", "j", INITIAL),
            ("jane", "john", DIFFERENT),
        ] {
            assert_eq!(given(a, b), want, "{a} {b}");
            assert_eq!(given(b, a), want, "{b} {a}");
        }
    }

    #[test]
    fn family_names() {
        for (a, b, want) in [
            ("doe", "", MISSING),
            ("doe", "doe", 1),
            ("schreiber", "schreuber", 2),
            ("smith", "smithjones", 4),
            ("s", "smith", 5),
            ("smith", "miller", FAMILY_DIFFERENT),
        ] {
            assert_eq!(family(a, b), want, "{a} {b}");
            assert_eq!(family(b, a), want, "{b} {a}");
        }
    }

    #[test]
    fn names_change_places() {
        assert_eq!(
            names(("james", "dixon"), ("dixon", "james")),
            (SWAPPED, MISSING)
        );
        assert_eq!(
            names(("james", "dixon"), ("dixno", "james")),
            (SWAPPED, MISSING)
        );
        assert_eq!(
            names(("reuben", ""), ("james", "reuben")),
            (MISSING, MISSING)
        );
        assert_eq!(names(("james", "james"), ("james", "james")), (EXACT, 1));
        assert_eq!(names(("james", "dixon"), ("jane", "dixon")).1, 1);
    }
}
