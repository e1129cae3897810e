//! Names of organizations, and of employers.

use super::MISSING;
use crate::distance::{is_similar, is_typo, is_within};

const EXACT: u8 = 1;
const WORDS: u8 = 2;
const TYPO: u8 = 3;
const ABBREVIATION: u8 = 4;
const ACRONYM: u8 = 5;
const PART: u8 = 6;
const SHARED: u8 = 7;
const DIFFERENT: u8 = 8;

/// Words of a name that are looked at; what follows says little of it.
const MOST_WORDS: usize = 12;

/// The closest level of the names of two organizations, each with a second name (a trading name) or `""`.
pub(crate) fn names(a: [&str; 2], b: [&str; 2]) -> u8 {
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    let levels = pairs.map(|(x, y)| name(x, y));
    levels
        .filter(|level| *level != MISSING)
        .min()
        .unwrap_or(MISSING)
}

/// Level of two employers' names.
pub(crate) fn company(a: &str, b: &str) -> u8 {
    match name(a, b) {
        MISSING => MISSING,
        EXACT => 1,
        WORDS..=ABBREVIATION | PART => 2,
        _ => 3,
    }
}

/// Level of two names' keys (`CompanyName::key`, without the legal form).
fn name(a: &str, b: &str) -> u8 {
    if a.is_empty() || b.is_empty() {
        return MISSING;
    }
    if a == b {
        return EXACT;
    }
    let (a, b) = (a.min(b), a.max(b));
    let (words_a, words_b) = (Words::of(a), Words::of(b));
    let paired = Paired::new(&words_a, &words_b);
    if paired.left_a == 0 && paired.left_b == 0 {
        return match paired {
            Paired {
                abbreviated: 1.., ..
            } => ABBREVIATION,
            Paired { mistyped: 1.., .. } => TYPO,
            _ => WORDS,
        };
    }
    let is_longer = a.len().min(b.len()) >= 5;
    if is_longer && letters(a).eq(letters(b)) {
        return WORDS;
    }
    if words_a.is_acronym_of(&words_b) || words_b.is_acronym_of(&words_a) {
        return ACRONYM;
    }
    let is_telling = paired.letters >= 4;
    if is_telling && (paired.left_a == 0 || paired.left_b == 0) {
        return PART;
    }
    if is_longer && is_within(a, b, 1 + a.len().min(b.len()) / 10) {
        return TYPO;
    }
    if is_telling || is_similar(a, b, 0.9) {
        SHARED
    } else {
        DIFFERENT
    }
}

fn letters(key: &str) -> impl Iterator<Item = u8> {
    key.bytes().filter(|letter| *letter != b' ')
}

struct Words<'a> {
    words: [&'a str; MOST_WORDS],
    count: usize,
}

impl<'a> Words<'a> {
    fn of(key: &'a str) -> Words<'a> {
        let mut words = [""; MOST_WORDS];
        let mut count = 0;
        let telling = key
            .split(' ')
            .filter(|word| !matches!(*word, "" | "and" | "of" | "the"));
        for (place, word) in words.iter_mut().zip(telling) {
            *place = word;
            count += 1;
        }
        Words { words, count }
    }

    fn iter(&self) -> impl Iterator<Item = &'a str> {
        self.words.iter().copied().take(self.count)
    }

    /// "ibm" of "international business machines".
    fn is_acronym_of(&self, long: &Words<'_>) -> bool {
        let initials = long.iter().filter_map(|word| word.bytes().next());
        let letters = || self.iter().flat_map(str::bytes);
        // One word, or letters set apart.
        let is_short = self.count == 1 || self.iter().all(|word| word.len() == 1);
        is_short && long.count >= 2 && letters().count() >= 2 && letters().eq(initials)
    }
}

/// Words of two names, each paired with at most one of the other's.
#[derive(Default)]
struct Paired {
    mistyped: usize,
    abbreviated: usize,
    left_a: usize,
    left_b: usize,
    /// Of the longest word that is paired.
    letters: usize,
}

impl Paired {
    fn new(a: &Words<'_>, b: &Words<'_>) -> Paired {
        let mut paired = Paired::default();
        let (mut used_a, mut used_b) = (0u32, 0u32);
        // Equal words first, so that a near one does not take their place.
        let kinds: [fn(&str, &str) -> bool; 3] = [|x, y| x == y, is_slip, is_abbreviation];
        for (kind, is_pair) in kinds.into_iter().enumerate() {
            for (i, x) in a.iter().enumerate().filter(|(_, x)| !x.is_empty()) {
                if used_a >> i & 1 == 1 || used_b.count_ones() as usize == b.count {
                    continue;
                }
                let partner = b
                    .iter()
                    .enumerate()
                    .find(|(j, y)| used_b >> j & 1 == 0 && is_pair(x, y));
                if let Some((j, y)) = partner {
                    used_a |= 1 << i;
                    used_b |= 1 << j;
                    paired.mistyped += usize::from(kind == 1);
                    paired.abbreviated += usize::from(kind == 2);
                    paired.letters = paired.letters.max(x.len().min(y.len()));
                }
            }
        }
        paired.left_a = a.count - used_a.count_ones() as usize;
        paired.left_b = b.count - used_b.count_ones() as usize;
        paired
    }
}

/// A typing error; numbers have none.
fn is_slip(a: &str, b: &str) -> bool {
    let has_digit = |word: &str| word.bytes().any(|letter| letter.is_ascii_digit());
    is_typo(a, b) && !has_digit(a) && !has_digit(b)
}

/// "instr", "instruments"; "mfg", "manufacturing": the first letter, and the others in their order.
fn is_abbreviation(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < 2
        || long.len() < short.len() + 2
        || short.as_bytes().first() != long.as_bytes().first()
    {
        return false;
    }
    let mut rest = long.bytes();
    let is_within = short
        .bytes()
        .all(|letter| rest.any(|other| other == letter));
    // Long words hold the letters of many.
    is_within && (long.starts_with(short) && short.len() >= 3 || short.len() <= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels() {
        for (a, b, want) in [
            ("acme", "", MISSING),
            ("acme foods", "acme foods", EXACT),
            ("foods acme", "acme foods", WORDS),
            ("data dog", "datadog", WORDS),
            ("cavendish textiles", "cavendihs textiles", TYPO),
            ("pinnacle mfg", "pinnacle manufacturing", ABBREVIATION),
            ("mowbray instr", "mowbray instruments", ABBREVIATION),
            ("em", "elmhurst motors", ACRONYM),
            ("i b m", "international business machines", ACRONYM),
            ("acme", "acme labs", PART),
            ("acme foods", "acme labs", SHARED),
            ("acme", "zeta", DIFFERENT),
        ] {
            assert_eq!(name(a, b), want, "{a} {b}");
            assert_eq!(name(b, a), want, "{b} {a}");
        }
    }

    #[test]
    fn a_second_name_counts() {
        assert_eq!(
            names(["mullenkranz", "autowerkz"], ["autowerkz", ""]),
            EXACT
        );
        assert_eq!(names(["", ""], ["autowerkz", ""]), MISSING);
        assert_eq!(
            (company("acme", "acme labs"), company("acme", "zeta")),
            (2, 3)
        );
    }
}
