//! How two given names, or two family names, relate. Keys are lower-case ASCII.

use strsim::osa_distance;

use super::given_names::is_known;

/// Two given names, the closest relation first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Given {
    Missing,
    Exact,
    /// A nickname, a spelling variant, or one of them with a further given name.
    Variant,
    Initial,
    Typo,
    Different,
}

/// Two family names, the closest relation first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Family {
    Missing,
    Exact,
    Typo,
    /// One is part of the other: a double name, a particle.
    Part,
    Initial,
    Different,
}

pub(super) fn relate_given(a: &str, b: &str) -> Given {
    if a.is_empty() || b.is_empty() {
        return Given::Missing;
    }
    if a.len() == 1 || b.len() == 1 {
        return if a.as_bytes()[0] == b.as_bytes()[0] {
            Given::Initial
        } else {
            Given::Different
        };
    }
    if same_letters(a, b) {
        return Given::Exact;
    }
    let (mut names_a, mut names_b) = (a.split(' '), b.split(' '));
    let first = match (names_a.next(), names_b.next()) {
        (Some(x), Some(y)) if x == y => Given::Variant,
        (Some(x), Some(y)) if (x, y) != (a, b) => relate_given(x, y),
        _ => relate_single(a, b),
    };
    // "Jean Paul" and "Jean Pierre" are two people, "Jean" and "Jean Paul", or "John M" and "John Mark", may be one.
    let second = match (names_a.next(), names_b.next()) {
        (Some(x), Some(y)) => relate_given(x, y),
        _ => Given::Missing,
    };
    if second == Given::Different {
        Given::Different
    } else {
        first
    }
}

fn relate_single(a: &str, b: &str) -> Given {
    if records::nickname::same_root(a, b) || spelling(a) == spelling(b) {
        Given::Variant
    } else if is_given_typo(a, b) {
        Given::Typo
    } else {
        Given::Different
    }
}

/// One typing error. Conservative, since relatives share addresses and e-mails, and their names are often alike:
///
/// - two known names are two names (Frances, Francis; Jane, Jean);
/// - a final vowel that changes or comes is another gender (Maria, Mario; Daniel, Daniele); a known name may lose it;
/// - where neither is known, only a slip of the fingers in a long name is believed: letters swapped, lost or doubled, but
///   none replaced, and not the first one.
fn is_given_typo(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < 3
        || long.len() < 4
        || long.len() - short.len() > 1
        || osa_distance(short, long) != 1
    {
        return false;
    }
    let is_final_vowel = stem(short) == stem(long);
    match (is_known(short), is_known(long)) {
        (true, true) => false,
        (false, true) if is_final_vowel => short.len() < long.len(),
        (true, false) | (false, true) => !is_final_vowel,
        (false, false) => {
            let is_first_kept = short.as_bytes()[0] == long.as_bytes()[0];
            short.len() >= 6
                && is_first_kept
                && !is_final_vowel
                && !is_one_letter_replaced(short, long)
        }
    }
}

/// Without a final vowel.
fn stem(name: &str) -> &str {
    name.strip_suffix(|last: char| last.is_ascii() && is_vowel(last as u8))
        .unwrap_or(name)
}

fn is_one_letter_replaced(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).filter(|(x, y)| x != y).count() == 1
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// A key that spelling variants of one name share: Catherine and Katherine, Erik and Eric, Stefan and Stephan, Sonja and
/// Sonya, Matthew and Mathew, Sara and Sarah. Vowels stay, since they tell Frances from Francis; so does a final y or i,
/// since it tells Terry from Terri.
pub(crate) fn spelling(name: &str) -> String {
    let letters = name.as_bytes();
    let mut key = String::with_capacity(name.len());
    let mut i = 0;
    while let Some(&letter) = letters.get(i) {
        let next = letters.get(i + 1).copied();
        let is_inside = i > 0 && next.is_some();
        let sound = match letter {
            b'p' if next == Some(b'h') => b'f',
            b'c' | b'q' if !matches!(next, Some(b'e' | b'i' | b'y')) => b'k',
            b'z' => b's',
            b'y' | b'j' if is_inside => b'i',
            // Heard only before a vowel, and not in th, ch, ph, kh, rh.
            b'h' if i > 0
                && (next.is_none_or(|n| !is_vowel(n))
                    || matches!(letters[i - 1], b't' | b'c' | b'p' | b'k' | b'r')) =>
            {
                0
            }
            other => other,
        };
        let is_double = key.ends_with(char::from(sound)) && !is_vowel(sound);
        if sound != 0 && !is_double {
            key.push(char::from(sound));
        }
        i += 1;
    }
    key
}

pub(super) fn relate_family(a: &str, b: &str) -> Family {
    if a.is_empty() || b.is_empty() {
        return Family::Missing;
    }
    if same_letters(a, b) {
        return Family::Exact;
    }
    if a.len() == 1 || b.len() == 1 {
        return if a.as_bytes()[0] == b.as_bytes()[0] {
            Family::Initial
        } else {
            Family::Different
        };
    }
    let shorter = a.len().min(b.len());
    let allowed = match shorter {
        0..3 => 0,
        3 if a.len() == b.len() => 0,
        3..8 => 1,
        _ => 2,
    };
    if a.len().abs_diff(b.len()) <= allowed && osa_distance(a, b) <= allowed {
        Family::Typo
    } else if is_part(a, b) || is_part(b, a) {
        Family::Part
    } else {
        Family::Different
    }
}

pub(crate) fn is_part(part: &str, whole: &str) -> bool {
    let is_affix = part.len() >= 4 && (whole.starts_with(part) || whole.ends_with(part));
    is_affix
        || part
            .split(' ')
            .all(|name| whole.split(' ').any(|other| other == name))
}

/// Equal but for spaces.
pub(super) fn same_letters(a: &str, b: &str) -> bool {
    a == b
        || a.bytes()
            .filter(|&l| l != b' ')
            .eq(b.bytes().filter(|&l| l != b' '))
}
