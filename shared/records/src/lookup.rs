//! Tables of words, made once and asked several times a value.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

/// A table that the code fills, never the data: no one can fill it with keys that collide.
pub(crate) type Table<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// Multiplies eight bytes at once; the standard library's hasher costs ten times as much on a word.
#[derive(Default)]
pub(crate) struct WordHasher(u64);

impl WordHasher {
    fn mix(&mut self, bits: u64) {
        const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
        self.0 = (self.0.rotate_left(23) ^ bits).wrapping_mul(ODD);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((eight, behind)) = rest.split_first_chunk::<8>() {
            self.mix(u64::from_le_bytes(*eight));
            rest = behind;
        }
        let last = match (rest.first_chunk::<4>(), rest.last_chunk::<4>(), rest) {
            (Some(first), Some(last), _) => {
                u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
            }
            (.., [first, .., last]) => {
                let middle = rest.get(1).copied().unwrap_or_default();
                u64::from(*first) << 16 | u64::from(middle) << 8 | u64::from(*last)
            }
            (.., [only]) => u64::from(*only),
            (.., []) => 0,
        };
        self.mix(last ^ (bytes.len() as u64) << 56);
    }

    /// A string's hash ends with a byte that no text has; the length does the same.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

pub(crate) type Set = HashSet<&'static str, BuildHasherDefault<WordHasher>>;

/// A set of words, written as one text.
pub(crate) struct Words {
    list: &'static str,
    set: OnceLock<Set>,
}

impl Words {
    pub(crate) const fn new(list: &'static str) -> Words {
        let set = OnceLock::new();
        Words { list, set }
    }

    pub(crate) fn contains(&self, word: &str) -> bool {
        let words = || self.iter().collect();
        self.set.get_or_init(words).contains(word)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.list.split_ascii_whitespace()
    }
}

/// A set of texts of one word or more.
pub(crate) struct Phrases {
    list: &'static [&'static str],
    set: OnceLock<Set>,
}

impl Phrases {
    pub(crate) const fn new(list: &'static [&'static str]) -> Phrases {
        let set = OnceLock::new();
        Phrases { list, set }
    }

    pub(crate) fn contains(&self, text: &str) -> bool {
        let texts = || self.iter().collect();
        self.set.get_or_init(texts).contains(text)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.list.iter().copied()
    }
}
