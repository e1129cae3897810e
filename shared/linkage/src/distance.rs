//! String distances on the stack: no allocation, for keys up to 64 bytes. Candidate pairs are compared by the hundred
//! million, and most of what differs, differs altogether.

/// Longest key that a machine word's bits can mark.
const LONGEST: usize = 64;

/// Edits (insertion, deletion, replacement, two neighbours swapped) that make `a` of `b`: optimal string alignment, the
/// restricted Damerau-Levenshtein distance, by Hyyrö's bit-parallel algorithm ("A bit-vector algorithm for computing
/// Levenshtein and Damerau edit distances", 2003). `a` is the shorter, of 1 to 64 ASCII letters.
fn edits(a: &[u8], b: &[u8]) -> usize {
    let mut places = [0u64; 128];
    for (at, &letter) in a.iter().enumerate() {
        if let Some(place) = places.get_mut(usize::from(letter & 127)) {
            *place |= 1 << at;
        }
    }
    let last = 1u64 << (a.len() - 1);
    let (mut rises, mut falls, mut diagonal, mut before) = (!0u64, 0u64, 0u64, 0u64);
    let mut distance = a.len();
    for &letter in b {
        let here = places
            .get(usize::from(letter & 127))
            .copied()
            .unwrap_or_default();
        let swapped = ((!diagonal & here) << 1) & before;
        diagonal = ((here & rises).wrapping_add(rises) ^ rises) | here | falls | swapped;
        let up = falls | !(diagonal | rises);
        let down = diagonal & rises;
        distance += usize::from(up & last != 0);
        distance -= usize::from(down & last != 0);
        let up = (up << 1) | 1;
        rises = (down << 1) | !(diagonal | up);
        falls = up & diagonal;
        before = here;
    }
    distance
}

/// Are two keys at most `most` edits apart? Keys are ASCII. What they have in common at both ends, and their letters,
/// answer most often. Of keys that differ over more than 64 letters it is not believed.
pub(crate) fn is_within(a: &str, b: &str, most: usize) -> bool {
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    // One slip does not change both ends, but of the shortest keys.
    if most == 1 && a.len().min(b.len()) > 2 && a.first() != b.first() && a.last() != b.last() {
        return false;
    }
    let (a, b) = without_common_ends(a, b);
    if b.len() <= most {
        return true;
    }
    match most {
        0 => false,
        1 => matches!((a, b), ([x, y], [v, w]) if x == w && y == v),
        _ if a.is_empty() || a.len() > LONGEST => false,
        _ => {
            let (only_a, only_b) = only(letters(a), letters(b));
            only_a.max(only_b) <= most && edits(a, b) <= most
        }
    }
}

/// A key, and which letters it has: two sets of letters tell most keys apart.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Key<'a> {
    pub text: &'a str,
    /// One bit for a letter; several may share one.
    letters: u32,
}

impl<'a> Key<'a> {
    pub fn of(text: &'a str) -> Key<'a> {
        Key {
            text,
            letters: letters(text.as_bytes()),
        }
    }

    /// Has it the same letters, spaces aside?
    pub fn has_letters_of(self, other: Key<'_>) -> bool {
        self.letters >> 1 == other.letters >> 1
    }

    /// Has the other all its letters?
    pub fn is_spelt_from(self, other: Key<'_>) -> bool {
        self.letters & !other.letters == 0
    }

    /// See [`is_within`].
    pub fn is_within(self, other: Key<'_>, most: usize) -> bool {
        let (only_a, only_b) = only(self.letters, other.letters);
        only_a.max(only_b) <= most && is_within(self.text, other.text, most)
    }

    /// See [`is_typo`].
    pub fn is_typo(self, other: Key<'_>) -> bool {
        most_slips(self.text, other.text).is_some_and(|most| self.is_within(other, most))
    }

    /// Is the Jaro-Winkler similarity at least `least`? Their letters answer most often.
    pub fn is_similar(self, other: Key<'_>, least: f32) -> bool {
        let (a, b) = (self.text, other.text);
        let (only_a, only_b) = only(self.letters, other.letters);
        let matches = (a.len() - only_a).min(b.len() - only_b) as f32;
        let most = (matches / a.len() as f32 + matches / b.len() as f32 + 1.0) / 3.0;
        winkler(a.as_bytes(), b.as_bytes(), most) >= least && similarity(a, b) >= least
    }
}

fn letters(key: &[u8]) -> u32 {
    key.iter().fold(0, |set, letter| set | 1 << (letter & 31))
}

/// How many different letters each set has that the other lacks, or fewer: every edit brings one at most.
fn only(a: u32, b: u32) -> (usize, usize) {
    let count = |set: u32| set.count_ones() as usize;
    (count(a & !b), count(b & !a))
}

/// What a typing error is believed to have changed in words of this length: nothing in three letters, one edit in four to
/// eight, two beyond.
pub(crate) fn is_typo(a: &str, b: &str) -> bool {
    most_slips(a, b).is_some_and(|most| is_within(a, b, most))
}

fn most_slips(a: &str, b: &str) -> Option<usize> {
    match a.len().min(b.len()) {
        0..3 => None,
        3 => Some(usize::from(a.len() != b.len())),
        4..8 => Some(1),
        _ => Some(2),
    }
}

/// See [`Key::is_similar`].
pub(crate) fn is_similar(a: &str, b: &str, least: f32) -> bool {
    Key::of(a).is_similar(Key::of(b), least)
}

/// Jaro similarity raised for a common beginning of up to four letters.
fn winkler(a: &[u8], b: &[u8], jaro: f32) -> f32 {
    let prefix = a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count() as f32;
    (jaro + prefix * 0.1 * (1.0 - jaro)).min(1.0)
}

/// Jaro-Winkler similarity in 0..=1 of two keys; 0 when one is empty, or longer than 64 bytes. Symmetric.
fn similarity(a: &str, b: &str) -> f32 {
    let (a, b) = if (a.len(), a) <= (b.len(), b) {
        (a.as_bytes(), b.as_bytes())
    } else {
        (b.as_bytes(), a.as_bytes())
    };
    if a.is_empty() || b.len() > LONGEST {
        return 0.0;
    }
    // Where the letters of `b` are; several letters may share a row.
    let mut places = [0u64; 32];
    for (at, letter) in b.iter().enumerate() {
        if let Some(row) = places.get_mut(usize::from(letter & 31)) {
            *row |= 1 << at;
        }
    }
    let window = (b.len() / 2).saturating_sub(1);
    let (mut marked_a, mut marked_b) = (0u64, 0u64);
    for (at, letter) in a.iter().enumerate() {
        let near = (!0u64 >> (63 - (at + window).min(63))) & (!0u64 << at.saturating_sub(window));
        let row = places.get(usize::from(letter & 31));
        let mut free = row.copied().unwrap_or_default() & near & !marked_b;
        while free != 0 {
            let place = free.trailing_zeros() as usize;
            if b.get(place) == Some(letter) {
                marked_a |= 1 << at;
                marked_b |= 1 << place;
                break;
            }
            free &= free - 1;
        }
    }
    let matches = marked_a.count_ones() as f32;
    if matches == 0.0 {
        return 0.0;
    }
    let mut out_of_place = 0;
    while marked_a != 0 {
        let places = (marked_a.trailing_zeros(), marked_b.trailing_zeros());
        let letters = (a.get(places.0 as usize), b.get(places.1 as usize));
        out_of_place += u8::from(letters.0 != letters.1);
        marked_a &= marked_a - 1;
        marked_b &= marked_b - 1;
    }
    let jaro = (matches / a.len() as f32
        + matches / b.len() as f32
        + (matches - f32::from(out_of_place / 2)) / matches)
        / 3.0;
    winkler(a, b, jaro)
}

fn without_common_ends<'a>(a: &'a [u8], b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (
        a.get(start..).unwrap_or_default(),
        b.get(start..).unwrap_or_default(),
    );
    let end = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let cut = |letters: &'a [u8]| letters.get(..letters.len() - end).unwrap_or_default();
    (cut(a), cut(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn typing_errors() {
        for (a, b, want) in [
            ("gisela", "gisiela", true),
            ("renate", "reante", true),
            ("uwe", "ukwe", true),
            ("jan", "jon", false),
            ("kai", "kai", true),
            ("katherine", "kahterime", true),
            ("martin", "marion", false),
            ("ab", "abc", false),
        ] {
            assert_eq!(is_typo(a, b), want, "{a} {b}");
            assert_eq!(is_typo(b, a), want, "{b} {a}");
        }
    }

    proptest! {
        #[test]
        fn as_strsim_has_it(a in "[a-e ]{0,12}", b in "[a-e ]{0,12}") {
            prop_assert_eq!(similarity(&a, &b), similarity(&b, &a));
            prop_assert!((0.0..=1.0).contains(&similarity(&a, &b)));
            let (short, long) = if (a.len(), &a) <= (b.len(), &b) { (&a, &b) } else { (&b, &a) };
            // Its common beginning counts from a Jaro similarity of 0.7 only.
            let peer = strsim::jaro_winkler(short, long) as f32;
            if !short.is_empty() && peer > 0.7 {
                prop_assert!((similarity(&a, &b) - peer).abs() < 1e-5, "{peer}");
            }
            if !a.is_empty() {
                prop_assert_eq!(similarity(&a, &a), 1.0);
            }
            let (key_a, key_b) = (Key::of(&a), Key::of(&b));
            for most in 0..6 {
                prop_assert_eq!(is_within(&a, &b, most), strsim::osa_distance(&a, &b) <= most);
                prop_assert_eq!(key_a.is_within(key_b, most), is_within(&a, &b, most));
            }
            prop_assert_eq!(key_a.is_typo(key_b), is_typo(&a, &b));
            for least in [0.5, 0.8, 0.88, 0.95] {
                prop_assert_eq!(is_similar(&a, &b, least), similarity(&a, &b) >= least);
            }
        }

        #[test]
        fn long_keys_are_told_apart_without_panic(a in "[a-c]{0,90}", b in "[a-c]{0,90}") {
            prop_assert!(!is_within(&a, &b, 3) || a.len().abs_diff(b.len()) <= 3);
            prop_assert!(is_within(&a, &a, 0));
            similarity(&a, &b);
        }
    }
}
