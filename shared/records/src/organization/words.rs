//! The words of an organization's name, folded, each with its place in the name.

use std::ops::Range;

use crate::text::{fold_joined, is_latin};

/// Words are letters and digits; full stops and apostrophes join ("S.A." is "sa", "L'Oréal" is "loreal"), `&` and `+` are
/// "and", and each East Asian character is a word of its own.
pub(super) struct NameWords<'a> {
    name: &'a str,
    /// The folded words without spaces between them.
    letters: String,
    words: Vec<Place>,
}

struct Place {
    name: Range<usize>,
    letters: Range<usize>,
}

impl<'a> NameWords<'a> {
    pub(super) fn new(name: &'a str) -> NameWords<'a> {
        let mut words = NameWords {
            name,
            letters: String::with_capacity(name.len()),
            words: Vec::with_capacity(8),
        };
        each_word(name, |place| {
            let start = words.letters.len();
            push_letters(&mut words.letters, &name[place.clone()]);
            if words.letters.len() > start {
                words.words.push(Place {
                    name: place,
                    letters: start..words.letters.len(),
                });
            }
        });
        words
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The folded word.
    pub(super) fn word(&self, at: usize) -> &str {
        &self.letters[self.words[at].letters.clone()]
    }

    /// The word as it stands in the name.
    pub(super) fn source(&self, at: usize) -> &'a str {
        &self.name[self.words[at].name.clone()]
    }

    pub(super) fn is_in_brackets(&self, at: usize) -> bool {
        let place = &self.words[at].name;
        self.name[..place.start].ends_with(['(', '（'])
            && self.name[place.end..].starts_with([')', '）'])
    }

    /// The folded words without spaces between them.
    pub(super) fn letters(&self, range: &Range<usize>) -> &str {
        &self.letters[self.words[range.start].letters.start..self.words[range.end - 1].letters.end]
    }

    pub(super) fn all_letters(&self) -> &str {
        &self.letters
    }

    /// Where the words stand in the name.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        self.words[range.start].name.start..self.words[range.end - 1].name.end
    }
}

/// The folded words with spaces between them.
pub(super) fn joined(name: &str) -> String {
    let mut joined = String::with_capacity(name.len() + 8);
    each_word(name, |place| {
        let end = joined.len();
        if end > 0 {
            joined.push(' ');
        }
        let start = joined.len();
        push_letters(&mut joined, &name[place]);
        if joined.len() == start {
            joined.truncate(end);
        }
    });
    joined
}

fn each_word(name: &str, mut give: impl FnMut(Range<usize>)) {
    let mut start = None;
    for (at, c) in name.char_indices() {
        if c.is_ascii_alphanumeric() || is_joining(c) {
            start.get_or_insert(at);
        } else if is_ideograph(c) || matches!(c, '&' | '+') {
            if let Some(start) = start.take() {
                give(start..at);
            }
            give(at..at + c.len_utf8());
        } else if !c.is_ascii() && c.is_alphanumeric() {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            give(start..at);
        }
    }
    if let Some(start) = start {
        give(start..name.len());
    }
}

fn push_letters(letters: &mut String, word: &str) {
    if matches!(word, "&" | "+") {
        letters.push_str("and");
    } else if word.is_ascii() {
        for byte in word.bytes().filter(u8::is_ascii_alphanumeric) {
            letters.push(char::from(byte.to_ascii_lowercase()));
        }
    } else {
        letters.push_str(&fold_joined(&word.replace('.', "")));
    }
}

/// Chinese, Japanese, Korean.
fn is_ideograph(c: char) -> bool {
    c >= '\u{2e80}'
        && matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

fn is_joining(c: char) -> bool {
    matches!(c, '.' | '\'' | '`')
        || (!c.is_ascii()
            && !is_latin(c)
            && (matches!(c, '’' | '‘' | 'ʼ' | '´' | '′' | '״')
                || unicode_normalization::char::is_combining_mark(c)))
}
