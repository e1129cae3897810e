//! From raw text to words.

use unicode_normalization::char::is_combining_mark;

use super::affix::is_degree;
use super::aside;
use crate::rule::Rule;
use crate::text::{Reading, clean, fold, without_markup};

/// Folded texts that stand for no name.
const PLACEHOLDERS: [&str; 62] = [
    "accounts payable",
    "accounts receivable",
    "anonymous",
    "asdf",
    "asdf asdf",
    "blank",
    "cash customer",
    "cash sale",
    "cash sales",
    "deleted",
    "deleted user",
    "desconocido",
    "do not use",
    "dummy",
    "empty",
    "fake",
    "first last",
    "first name",
    "firstname",
    "firstname lastname",
    "fname",
    "full name",
    "guest user",
    "inconnu",
    "last name",
    "lastname",
    "lname",
    "missing",
    "n a",
    "name",
    "new customer",
    "nil",
    "no first name",
    "no last name",
    "no name",
    "no name given",
    "noname",
    "none",
    "not applicable",
    "not available",
    "not given",
    "not provided",
    "not specified",
    "null",
    "qwerty",
    "sconosciuto",
    "tba",
    "tbd",
    "test",
    "test customer",
    "test test",
    "test user",
    "unbekannt",
    "undefined",
    "unknown",
    "unknown customer",
    "unknown unknown",
    "unnamed",
    "walk in",
    "walk in customer",
    "walkin customer",
    "xxx",
];

/// A word of a name: letters, inner apostrophes, hyphens and full stops; ordinals ("3rd") keep their digit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Word {
    pub(super) text: String,
    /// Folded, without spaces.
    pub(super) key: String,
}

impl Word {
    pub(super) fn new(text: String) -> Word {
        let mut key = fold(&text);
        key.retain(|c| c != ' ');
        Word { text, key }
    }

    pub(super) fn is_initial(&self) -> bool {
        is_initial(&self.text)
    }
}

/// The words between commas, or `None` for a text that is no name.
pub(super) fn segments(text: &str, reading: &mut Reading) -> Option<Vec<Vec<Word>>> {
    let text = clean(&without_markup(text, reading))?;
    if reading.may(Rule::NamePlaceholder) {
        // An address in the column for the name; and R's NA, while Na is a name.
        let is_none = text.contains('@') || text.contains("://") || text == "NA";
        if is_none || is_placeholder(&text) {
            return None;
        }
    }
    let bare = aside::without(&text, reading);
    let segments = match words_of_segments(&bare, reading) {
        segments if segments.is_empty() => words_of_segments(&text, reading),
        segments => segments,
    };
    let segments = aside::in_one_script(segments, reading);
    (!segments.is_empty()).then_some(segments)
}

pub(super) fn is_placeholder(text: &str) -> bool {
    PLACEHOLDERS.binary_search(&fold(text).as_str()).is_ok()
}

/// One letter of a script with capitals, with or without its full stop.
pub(super) fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars
        .next()
        .is_some_and(|c| (c.is_lowercase() || c.is_uppercase()) && c.to_uppercase().count() == 1)
        && matches!(chars.as_str(), "" | ".")
}

fn words_of_segments(text: &str, reading: &mut Reading) -> Vec<Vec<Word>> {
    let marks = reading.may(Rule::NameMarks);
    if !marks && !reading.may(Rule::NameOrder) {
        return vec![verbatim(text)];
    }
    let mut segments = Vec::with_capacity(2);
    for part in text.split([',', ';', '،', '，']) {
        let words = if marks {
            words(part, reading)
        } else {
            verbatim(part)
        };
        if !words.is_empty() {
            segments.push(words);
        }
    }
    segments
}

fn verbatim(text: &str) -> Vec<Word> {
    text.split_whitespace()
        .map(|word| Word::new(word.to_owned()))
        .collect()
}

fn words(segment: &str, reading: &mut Reading) -> Vec<Word> {
    let mut words = Vec::with_capacity(4);
    let mut word = String::new();
    let mut dropped = false;
    for c in segment.chars().chain([' ']) {
        match c {
            '\'' | '-' if word.ends_with(c) => dropped = true,
            '\'' | '-' | '.' | '0'..='9' => word.push(c),
            '’' | '‘' | 'ʼ' | '´' | '`' | '‐' | '‑' | '–' => {
                let plain = if matches!(c, '‐' | '‑' | '–') {
                    '-'
                } else {
                    '\''
                };
                dropped = true;
                if !word.ends_with(plain) {
                    word.push(plain);
                }
            }
            c if c.is_alphabetic() || is_combining_mark(c) => word.push(c),
            '&' | '+' | '/' => {
                dropped |= push(&mut words, &mut word);
                words.push(Word::new("&".to_owned()));
            }
            c => {
                dropped |= push(&mut words, &mut word) || !c.is_whitespace();
            }
        }
    }
    if dropped {
        reading.note(Rule::NameMarks);
    }
    words
}

/// Were digits dropped?
fn push(words: &mut Vec<Word>, word: &mut String) -> bool {
    let text = std::mem::take(word);
    let bare = bare(&text);
    if bare.contains(|c: char| c.is_ascii_digit()) && !is_ordinal(bare) {
        let mut letters = String::with_capacity(bare.len());
        for c in bare.chars().filter(|c| !c.is_ascii_digit()) {
            if c.is_alphabetic() || !letters.ends_with(c) {
                letters.push(c);
            }
        }
        push_letters(words, &text, self::bare(&letters));
        true
    } else {
        push_letters(words, &text, bare);
        false
    }
}

fn bare(text: &str) -> &str {
    text.trim_matches(['\'', '-', '.'])
}

fn is_ordinal(bare: &str) -> bool {
    ["2nd", "3rd", "4th", "5th"]
        .iter()
        .any(|ordinal| bare.eq_ignore_ascii_case(ordinal))
}

fn push_letters(words: &mut Vec<Word>, text: &str, bare: &str) {
    if !bare.contains(|c: char| c.is_alphabetic()) {
        return;
    }
    if matches!(bare, "v.d" | "V.D" | "h.c" | "H.C") {
        words.push(Word::new(format!("{bare}."))); // "v.d. Berg", "Dr. h.c."
    } else if is_initial(bare) && text.contains('.') {
        words.push(Word::new(format!("{bare}.")));
    } else if bare.contains('.') && !is_degree(&Word::new(bare.to_owned())) {
        bare.split('.')
            .for_each(|part| push_letters(words, text, self::bare(part))); // "J.R.", "Dr.Smith", "jane.doe"
    } else {
        words.push(Word::new(bare.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn placeholders_are_sorted() {
        assert!(super::PLACEHOLDERS.is_sorted());
    }
}
