//! The words of an organization's name, folded, each with its place in the name.

use std::ops::Range;

use crate::text::fold;

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
        let mut start = None;
        for (at, c) in name.char_indices() {
            if is_ideograph(c) || matches!(c, '&' | '+') {
                if let Some(start) = start.take() {
                    words.push(start..at);
                }
                words.push(at..at + c.len_utf8());
            } else if c.is_alphanumeric() || is_joining(c) {
                start.get_or_insert(at);
            } else if let Some(start) = start.take() {
                words.push(start..at);
            }
        }
        if let Some(start) = start {
            words.push(start..name.len());
        }
        words
    }

    fn push(&mut self, place: Range<usize>) {
        let start = self.letters.len();
        match &self.name[place.clone()] {
            "&" | "+" => self.letters.push_str("and"),
            word => {
                if word.is_ascii() {
                    let letters = word.bytes().filter(u8::is_ascii_alphanumeric);
                    self.letters
                        .extend(letters.map(|b| char::from(b.to_ascii_lowercase())));
                } else {
                    let folded = fold(&word.replace('.', ""));
                    self.letters.extend(folded.chars().filter(|c| *c != ' '));
                }
            }
        }
        if self.letters.len() > start {
            self.words.push(Place {
                name: place,
                letters: start..self.letters.len(),
            });
        }
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

    /// The folded words with spaces between them.
    pub(super) fn join(&self, range: Range<usize>) -> String {
        let mut joined = String::with_capacity(self.letters.len() + range.len());
        for at in range {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(self.word(at));
        }
        joined
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
            && (matches!(c, '’' | '‘' | 'ʼ' | '´' | '′' | '״')
                || unicode_normalization::char::is_combining_mark(c)))
}
