//! Names of organizations, and of employers.

use super::MISSING;
use crate::distance::Key;

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

/// A name's key (`CompanyName::key`, without the legal form), with its words told apart.
#[derive(Clone, Copy, Default)]
pub(crate) struct Name<'a> {
    key: Key<'a>,
    words: [Key<'a>; MOST_WORDS],
    count: usize,
}

impl<'a> Name<'a> {
    pub fn of(key: &'a str) -> Name<'a> {
        let mut words = [Key::default(); MOST_WORDS];
        let mut count = 0;
        let telling = key
            .split(' ')
            .filter(|word| !matches!(*word, "" | "and" | "of" | "the"));
        for (place, word) in words.iter_mut().zip(telling) {
            *place = Key::of(word);
            count += 1;
        }
        Name {
            key: Key::of(key),
            words,
            count,
        }
    }

    fn words(&self) -> &[Key<'a>] {
        self.words.get(..self.count).unwrap_or_default()
    }

    /// "ibm" of "international business machines".
    fn is_acronym_of(&self, long: &Name<'_>) -> bool {
        let initials = long
            .words()
            .iter()
            .filter_map(|word| word.text.bytes().next());
        let letters = || self.words().iter().flat_map(|word| word.text.bytes());
        // One word, or letters set apart.
        let is_short = self.count == 1 || self.words().iter().all(|word| word.text.len() == 1);
        is_short && long.count >= 2 && letters().count() >= 2 && letters().eq(initials)
    }
}

/// The closest level of the names of two organizations, each with a second name (a trading name) or `""`.
pub(crate) fn names(a: &[Name<'_>; 2], b: &[Name<'_>; 2]) -> u8 {
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    let levels = pairs.map(|(x, y)| name(x, y));
    levels
        .filter(|level| *level != MISSING)
        .min()
        .unwrap_or(MISSING)
}

/// Level of two employers' names.
pub(crate) fn company(a: &Name<'_>, b: &Name<'_>) -> u8 {
    match name(a, b) {
        MISSING => MISSING,
        EXACT => 1,
        WORDS..=ABBREVIATION | PART => 2,
        _ => 3,
    }
}

fn name(a: &Name<'_>, b: &Name<'_>) -> u8 {
    if a.key.text.is_empty() || b.key.text.is_empty() {
        return MISSING;
    }
    if a.key == b.key {
        return EXACT;
    }
    let (a, b) = if a.key.text < b.key.text {
        (a, b)
    } else {
        (b, a)
    };
    let paired = Paired::new(a.words(), b.words());
    if paired.left_a == 0 && paired.left_b == 0 {
        return match paired {
            Paired {
                abbreviated: 1.., ..
            } => ABBREVIATION,
            Paired { mistyped: 1.., .. } => TYPO,
            _ => WORDS,
        };
    }
    let shorter = a.key.text.len().min(b.key.text.len());
    let is_longer = shorter >= 5;
    if is_longer && a.key.has_letters_of(b.key) && letters(a.key.text).eq(letters(b.key.text)) {
        return WORDS;
    }
    if a.is_acronym_of(b) || b.is_acronym_of(a) {
        return ACRONYM;
    }
    let is_telling = paired.letters >= 4;
    if is_telling && (paired.left_a == 0 || paired.left_b == 0) {
        return PART;
    }
    if is_longer && a.key.is_within(b.key, 1 + shorter / 10) {
        return TYPO;
    }
    if is_telling || a.key.is_similar(b.key, 0.9) {
        SHARED
    } else {
        DIFFERENT
    }
}

fn letters(key: &str) -> impl Iterator<Item = u8> {
    key.bytes().filter(|letter| *letter != b' ')
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
    fn new(a: &[Key<'_>], b: &[Key<'_>]) -> Paired {
        let mut paired = Paired::default();
        let (mut used_a, mut used_b) = (0u32, 0u32);
        // Equal words first, so that a near one does not take their place.
        let kinds: [fn(Key<'_>, Key<'_>) -> bool; 3] = [|x, y| x == y, is_slip, is_abbreviation];
        for (kind, is_pair) in kinds.into_iter().enumerate() {
            for (i, x) in a.iter().enumerate() {
                if used_a >> i & 1 == 1 || used_b.count_ones() as usize == b.len() {
                    continue;
                }
                let partner = b
                    .iter()
                    .enumerate()
                    .find(|(j, y)| used_b >> j & 1 == 0 && is_pair(*x, **y));
                if let Some((j, y)) = partner {
                    used_a |= 1 << i;
                    used_b |= 1 << j;
                    paired.mistyped += usize::from(kind == 1);
                    paired.abbreviated += usize::from(kind == 2);
                    paired.letters = paired.letters.max(x.text.len().min(y.text.len()));
                }
            }
        }
        paired.left_a = a.len() - used_a.count_ones() as usize;
        paired.left_b = b.len() - used_b.count_ones() as usize;
        paired
    }
}

/// A typing error; numbers have none.
fn is_slip(a: Key<'_>, b: Key<'_>) -> bool {
    let has_digit = |word: &str| word.bytes().any(|letter| letter.is_ascii_digit());
    a.is_typo(b) && !has_digit(a.text) && !has_digit(b.text)
}

/// "instr", "instruments"; "mfg", "manufacturing": the first letter, and the others in their order.
fn is_abbreviation(a: Key<'_>, b: Key<'_>) -> bool {
    let (short, long) = if a.text.len() <= b.text.len() {
        (a, b)
    } else {
        (b, a)
    };
    if !short.is_spelt_from(long) {
        return false;
    }
    let (short, long) = (short.text, long.text);
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
            let (x, y) = (Name::of(a), Name::of(b));
            assert_eq!(name(&x, &y), want, "{a} {b}");
            assert_eq!(name(&y, &x), want, "{b} {a}");
        }
    }

    #[test]
    fn a_second_name_counts() {
        let names =
            |a: [&'static str; 2], b: [&'static str; 2]| names(&a.map(Name::of), &b.map(Name::of));
        assert_eq!(
            names(["mullenkranz", "autowerkz"], ["autowerkz", ""]),
            EXACT
        );
        assert_eq!(names(["", ""], ["autowerkz", ""]), MISSING);
        let company = |a, b| company(&Name::of(a), &Name::of(b));
        assert_eq!(
            (company("acme", "acme labs"), company("acme", "zeta")),
            (2, 3)
        );
    }
}
