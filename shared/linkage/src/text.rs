//! Similarities of folded match keys (`records`): lower-case ASCII words with single spaces. All are symmetric, lie in
//! 0..=1, are 1 for equal keys and 0 when a key is missing.

use rphonetic::DoubleMetaphone;
use strsim::{jaro_winkler, osa_distance};

/// Just below the 0.9 at which two addresses in one country are candidates.
const NOT_ONE_ADDRESS: f64 = 0.89;
/// Just below the 0.92 at which two legal names are candidates.
const NOT_ONE_ORGANIZATION: f64 = 0.9;

/// Jaro-Winkler.
pub fn text_similarity(a: &str, b: &str) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    // Jaro's greedy matching is not quite symmetric.
    jaro_winkler(a.min(b), a.max(b)).min(1.0)
}

/// Two addresses (`PostalAddress::key`): the share of words that they have in common, a typing error forgiven. At 0.9 and
/// above they are one address but for typing errors and missing parts; never with different house numbers, or when each
/// has a word that the other lacks.
pub fn address_similarity(a: &str, b: &str) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let words = Words::pair(a, b, |x, y| {
        is_same_word(x, y) || is_abbreviation(x, y) || is_abbreviation(y, x)
    });
    let house_number = |words: &[&str]| {
        words
            .iter()
            .copied()
            .find(|word| is_number(word))
            .map(str::to_owned)
    };
    let is_contradiction = house_number(&words.a) != house_number(&words.b)
        || (words.only_a().any(is_telling) && words.only_b().any(is_telling));
    // Parts that one side lacks (a city, a unit) take less than words that differ.
    let similarity = 0.75 * words.overlap() + 0.25 * words.dice();
    if is_contradiction {
        similarity.min(NOT_ONE_ADDRESS)
    } else {
        similarity
    }
}

/// Two organizations (`CompanyName::key`, without the legal form), in any word order. At 0.92 and above they are one name
/// but for typing errors; "acme holdings" and "acme labs", or "acme" and "acme labs", stay below.
pub fn organization_similarity(a: &str, b: &str) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let words = Words::pair(a, b, is_same_word);
    let joined = |mut words: Vec<&str>| {
        words.sort_unstable();
        words.concat()
    };
    let sorted = text_similarity(&joined(words.a.clone()), &joined(words.b.clone()));
    let (letters_a, letters_b) = (a.replace(' ', ""), b.replace(' ', ""));
    // "data dog", "datadog"; with as many words on both sides, these are compared one by one.
    let is_respaced = words.a.len() != words.b.len()
        && letters_a.len() >= 5
        && osa_distance(&letters_a, &letters_b) <= 1;
    // Among mere letters order matters.
    let is_orderless = words.a.iter().any(|word| word.len() >= 3) || letters_a == letters_b;
    let is_aligned = is_orderless && words.only_a().chain(words.only_b()).next().is_none();
    if is_respaced || is_aligned {
        // A typing error in a short name weighs as much as a different word; the alignment knows better.
        sorted
            .max(text_similarity(&letters_a, &letters_b))
            .max(0.94)
    } else {
        (0.5 * sorted + 0.5 * words.dice()).min(NOT_ONE_ORGANIZATION)
    }
}

/// A key for blocking: the primary Double Metaphone code (4 sounds) of every word, concatenated; digits as they are.
pub fn phonetic(key: &str) -> String {
    let encoder = DoubleMetaphone::default();
    key.split_ascii_whitespace()
        .map(|word| {
            let is_word = word.is_ascii() && !word.bytes().any(|b| b.is_ascii_digit());
            if is_word {
                encoder.double_metaphone(word).primary()
            } else {
                word.to_owned()
            }
        })
        .collect()
}

/// Two keys' words, each matched with at most one of the other's.
struct Words<'a> {
    a: Vec<&'a str>,
    b: Vec<&'a str>,
    is_matched_a: Vec<bool>,
    is_matched_b: Vec<bool>,
}

impl<'a> Words<'a> {
    fn pair(a: &'a str, b: &'a str, is_same: impl Fn(&str, &str) -> bool) -> Words<'a> {
        let (a, b) = (a.min(b), a.max(b));
        let a: Vec<&str> = a.split_ascii_whitespace().collect();
        let b: Vec<&str> = b.split_ascii_whitespace().collect();
        let (mut is_matched_a, mut is_matched_b) = (vec![false; a.len()], vec![false; b.len()]);
        // Equal words first, so that a near one does not take their place.
        for is_exact in [true, false] {
            for (i, x) in a.iter().enumerate() {
                if is_matched_a[i] {
                    continue;
                }
                let partner = b.iter().enumerate().position(|(j, y)| {
                    !is_matched_b[j] && if is_exact { x == y } else { is_same(x, y) }
                });
                if let Some(j) = partner {
                    (is_matched_a[i], is_matched_b[j]) = (true, true);
                }
            }
        }
        Words {
            a,
            b,
            is_matched_a,
            is_matched_b,
        }
    }

    fn only_a(&self) -> impl Iterator<Item = &'a str> {
        self.a
            .iter()
            .zip(&self.is_matched_a)
            .filter(|(_, is_matched)| !**is_matched)
            .map(|(word, _)| *word)
    }

    fn only_b(&self) -> impl Iterator<Item = &'a str> {
        self.b
            .iter()
            .zip(&self.is_matched_b)
            .filter(|(_, is_matched)| !**is_matched)
            .map(|(word, _)| *word)
    }

    /// (matched, all) on either side, a word weighing its letters, at most six.
    fn weights(&self) -> [(f64, f64); 2] {
        let weigh = |words: &[&str], is_matched: &[bool]| {
            let weight = |word: &str| word.len().min(6) as f64;
            let matched = words
                .iter()
                .zip(is_matched)
                .filter(|(_, m)| **m)
                .map(|(word, _)| weight(word))
                .sum();
            (matched, words.iter().map(|word| weight(word)).sum())
        };
        [
            weigh(&self.a, &self.is_matched_a),
            weigh(&self.b, &self.is_matched_b),
        ]
    }

    fn dice(&self) -> f64 {
        let [(matched_a, a), (matched_b, b)] = self.weights();
        ratio(matched_a + matched_b, a + b)
    }

    fn overlap(&self) -> f64 {
        let [(matched_a, a), (matched_b, b)] = self.weights();
        if a <= b {
            ratio(matched_a, a)
        } else {
            ratio(matched_b, b)
        }
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 {
        (part / whole).min(1.0)
    } else {
        0.0
    }
}

/// Equal but for a typing error: one in words of four letters, two in nine. Numbers have none, except long ones
/// (postcodes) that keep their beginning.
fn is_same_word(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let shorter = a.len().min(b.len());
    if is_number(a) || is_number(b) {
        return shorter >= 5 && a.bytes().take(3).eq(b.bytes().take(3)) && osa_distance(a, b) == 1;
    }
    let allowed = match shorter {
        0..4 => 0,
        4..9 => 1,
        _ => 2,
    };
    a.len().abs_diff(b.len()) <= allowed
        && a.as_bytes()[0] == b.as_bytes()[0]
        && osa_distance(a, b) <= allowed
}

/// st, street; apt, apartment
fn is_abbreviation(short: &str, long: &str) -> bool {
    short.len() >= 2 && !is_number(short) && long.starts_with(short)
}

fn is_number(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit())
}

/// Short words (directions, street types) may be missing or written otherwise.
fn is_telling(word: &str) -> bool {
    word.len() >= 3 || is_number(word)
}

#[cfg(test)]
mod tests;
