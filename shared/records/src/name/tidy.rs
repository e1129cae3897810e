//! From raw text to words.

use unicode_normalization::char::is_combining_mark;

use super::affix::is_degree;
use crate::text::{clean, decode_entities, fold};

/// Folded texts that stand for no name.
const PLACEHOLDERS: [&str; 49] = [
    "accounts payable",
    "accounts receivable",
    "anonymous",
    "asdf",
    "cash customer",
    "cash sale",
    "cash sales",
    "deleted",
    "deleted user",
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
    "inconnu",
    "last name",
    "lastname",
    "lname",
    "missing",
    "n a",
    "nil",
    "no first name",
    "no last name",
    "no name",
    "noname",
    "none",
    "not applicable",
    "not available",
    "not provided",
    "null",
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
    "walk in",
    "walk in customer",
    "walkin customer",
    "xxx",
];

/// The words between commas, or `None` for a text that is no name. Words hold letters, inner apostrophes, hyphens and
/// full stops; ordinals ("3rd") keep their digit.
pub(super) fn segments(text: &str) -> Option<Vec<Vec<String>>> {
    let text = clean(&decode_entities(text))?;
    // An address in the column for the name; and R's NA, while Na is a name.
    if text.contains('@') || text.contains("://") || text == "NA" {
        return None;
    }
    let segments = match words_of_segments(&without_nicknames(&text)) {
        segments if segments.is_empty() => words_of_segments(&text),
        segments => segments,
    };
    if segments.is_empty() || is_placeholder(&text) {
        None
    } else {
        Some(segments)
    }
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

fn words_of_segments(text: &str) -> Vec<Vec<String>> {
    text.split([',', ';'])
        .map(words)
        .filter(|words| !words.is_empty())
        .collect()
}

fn words(segment: &str) -> Vec<String> {
    let mut words = Vec::with_capacity(4);
    let mut word = String::new();
    for c in segment.chars().chain([' ']) {
        match c {
            '’' | '‘' | 'ʼ' | '´' | '`' | '\'' => word.push('\''),
            '-' | '‐' | '‑' | '–' => word.push('-'),
            '.' | '0'..='9' => word.push(c),
            c if c.is_alphabetic() || is_combining_mark(c) => word.push(c),
            '&' | '+' => {
                push(&mut words, &mut word);
                words.push("&".to_owned());
            }
            _ => push(&mut words, &mut word),
        }
    }
    without_partner(words)
}

fn push(words: &mut Vec<String>, word: &mut String) {
    let text = std::mem::take(word);
    let bare = bare(&text);
    if bare.contains(|c: char| c.is_ascii_digit()) && !is_ordinal(bare) {
        let letters: String = bare.chars().filter(|c| !c.is_ascii_digit()).collect();
        push_letters(words, self::bare(&letters));
    } else {
        push_letters(words, bare);
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

fn push_letters(words: &mut Vec<String>, bare: &str) {
    if !bare.contains(|c: char| c.is_alphabetic()) {
        return;
    }
    if bare == "y" {
        words.push(bare.to_owned()); // "Ortega y Gasset"
    } else if is_initial(bare) {
        words.push(format!("{bare}."));
    } else if bare.contains('.') && !is_degree(bare) {
        bare.split('.')
            .for_each(|part| push_letters(words, self::bare(part))); // "J.R.", "Dr.Smith", "jane.doe"
    } else {
        words.push(bare.to_owned());
    }
}

/// "John & Jane Doe" is read as John Doe, "Mr & Mrs Doe" as Doe.
fn without_partner(mut words: Vec<String>) -> Vec<String> {
    while let Some(at) = words
        .iter()
        .position(|word| matches!(word.as_str(), "&" | "and" | "AND" | "And" | "und" | "et"))
    {
        let is_pair = at > 0 && at + 2 < words.len();
        words.drain(at..if is_pair { at + 2 } else { at + 1 });
    }
    words
}

/// Without what stands in parentheses, brackets or quotes: nicknames, maiden names, remarks.
fn without_nicknames(text: &str) -> String {
    if !text.contains(['(', '[', '{', '"', '“', '„', '«', '\'', '‘']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let starts_word = out.is_empty() || out.ends_with(' ');
        let close: &[char] = match c {
            '(' => &[')'],
            '[' => &[']'],
            '{' => &['}'],
            '"' | '“' | '„' => &['"', '”', '“'],
            '«' => &['»'],
            '\'' | '‘' if starts_word => &['\'', '’'],
            _ => &[],
        };
        match after.find(close) {
            // 'Bob' ends at a word's end: the apostrophe of "'t Hooft O'Neil" does not.
            Some(end) if !close.is_empty() && ends_word(after, end, c) => {
                out.push(' ');
                rest = after[end..].trim_start_matches(close);
            }
            _ => {
                out.push(c);
                rest = after;
            }
        }
    }
    out
}

fn ends_word(after: &str, end: usize, open: char) -> bool {
    let next = after[end..].chars().nth(1);
    !matches!(open, '\'' | '‘') || next.is_none_or(|c| !c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    #[test]
    fn placeholders_are_sorted() {
        assert!(super::PLACEHOLDERS.is_sorted());
    }
}
