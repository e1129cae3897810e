//! From raw text to words.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use super::affix::{Kind, LONGEST, is_degree};
use super::aside;
use crate::lookup::Phrases;
use crate::rule::Rule;
use crate::text::{Reading, ShortFold, fold_joined, is_null, tidied, without_markup};

/// Folded texts that stand for no name.
static PLACEHOLDERS: Phrases = Phrases::new(&[
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
]);
const LONGEST_PLACEHOLDER: usize = 19;

/// A word of a name: letters, inner apostrophes, hyphens and full stops; ordinals ("3rd") keep their digit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Word<'a> {
    pub(super) text: Cow<'a, str>,
    kind: Kind,
}

/// The words between commas.
pub(super) type Segments<'a> = Vec<Vec<Word<'a>>>;

impl<'a> Word<'a> {
    pub(super) fn new(text: impl Into<Cow<'a, str>>) -> Word<'a> {
        let text = text.into();
        let key = ShortFold::<LONGEST>::joined(&text);
        let kind = key.map(|key| Kind::of(&key)).unwrap_or_default();
        Word { text, kind }
    }

    /// Folded, without spaces.
    pub(super) fn key(&self) -> String {
        fold_joined(&self.text)
    }

    pub(super) fn is(&self, kind: Kind) -> bool {
        self.kind.is(kind)
    }

    pub(super) fn is_initial(&self) -> bool {
        is_initial(&self.text)
    }
}

/// The words of all segments.
pub(super) fn in_one(mut segments: Segments<'_>) -> Vec<Word<'_>> {
    match segments.len() {
        0 | 1 => segments.pop().unwrap_or_default(),
        _ => segments.into_iter().flatten().collect(),
    }
}

/// The text that holds the name, or `None` for a text that is no name.
pub(super) fn name_in<'a>(text: &'a str, reading: &mut Reading) -> Option<Cow<'a, str>> {
    let text = match without_markup(text, reading) {
        Cow::Borrowed(text) => tidied(text)?,
        Cow::Owned(text) => Cow::Owned(tidied(&text)?.into_owned()),
    };
    let is_null = if reading.may(Rule::NamePlaceholder) {
        is_nothing(&text)
    } else {
        is_null(&text)
    };
    if is_null {
        return None;
    }
    if reading.may(Rule::NamePlaceholder) {
        // An address in the column for the name; and R's NA, while Na is a name.
        let is_none =
            text.contains('@') || (text.contains(':') && text.contains("://")) || text == "NA";
        if is_none || is_placeholder(&text) {
            return None;
        }
    }
    let bare = match &text {
        Cow::Borrowed(text) => aside::without(text, reading),
        Cow::Owned(text) => Cow::Owned(aside::without(text, reading).into_owned()),
    };
    // What stands beside the name is the name, where there is nothing else.
    let is_bare = bare.len() < text.len() && words_of_segments(&bare, reading).is_empty();
    Some(if is_bare { text } else { bare })
}

/// The words between commas of a text that holds a name.
pub(super) fn segments<'a>(name: &'a str, reading: &mut Reading) -> Segments<'a> {
    let segments = aside::without_also(words_of_segments(name, reading), reading);
    aside::in_one_script(segments, reading)
}

/// An export's word for nothing; but Nan is a name.
pub(super) fn is_nothing(text: &str) -> bool {
    is_null(text) && (!text.eq_ignore_ascii_case("nan") || matches!(text, "nan" | "NaN" | "NAN"))
}

pub(super) fn placeholders() -> impl Iterator<Item = &'static str> {
    PLACEHOLDERS.iter()
}

pub(super) fn is_placeholder(text: &str) -> bool {
    ShortFold::<LONGEST_PLACEHOLDER>::new(text).is_some_and(|text| PLACEHOLDERS.contains(&text))
}

/// One letter of a script with capitals, with or without its full stop. "i̇", the small İ, is one with its accent.
pub(super) fn is_initial(word: &str) -> bool {
    // A letter, two accents of two bytes each, and its full stop.
    if word.len() > 7 {
        return false;
    }
    let is_accent = |c| matches!(c, '\u{300}'..='\u{344}');
    let mut chars = word.chars();
    let is_letter = chars.next().is_some_and(|c| {
        (c.is_lowercase() || c.is_uppercase()) && c.to_uppercase().skip(1).all(is_accent)
    });
    is_letter && matches!(chars.as_str().trim_start_matches(is_accent), "" | ".")
}

fn words_of_segments<'a>(text: &'a str, reading: &mut Reading) -> Segments<'a> {
    let marks = reading.may(Rule::NameMarks);
    if !marks && !reading.may(Rule::NameOrder) {
        return vec![verbatim(text)];
    }
    let mut segments = Vec::with_capacity(1);
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

fn verbatim(text: &str) -> Vec<Word<'_>> {
    text.split_whitespace().map(Word::new).collect()
}

fn words<'a>(segment: &'a str, reading: &mut Reading) -> Vec<Word<'a>> {
    let mut words = Vec::with_capacity(2);
    let mut word = Run::new(segment);
    let mut dropped = false;
    for (at, c) in segment.char_indices() {
        match c {
            'a'..='z' | 'A'..='Z' => word.keep(at, c),
            '\'' | '-' if word.so_far(at).ends_with(c) => {
                word.leave_out(at, c);
                dropped = true;
            }
            '\'' | '-' | '.' | '0'..='9' => word.keep(at, c),
            '’' | '‘' | 'ʼ' | '´' | '`' | '‐' | '‑' | '–' => {
                let plain = if matches!(c, '‐' | '‑' | '–') {
                    '-'
                } else {
                    '\''
                };
                dropped = true;
                let is_double = word.so_far(at).ends_with(plain);
                word.leave_out(at, c);
                if !is_double {
                    word.push(plain);
                }
            }
            c if c.is_alphabetic() || is_combining_mark(c) => word.keep(at, c),
            '&' | '+' | '/' => {
                dropped |= push(&mut words, word.end(at, c));
                words.push(Word::new("&"));
            }
            c => {
                dropped |= push(&mut words, word.end(at, c)) || !c.is_whitespace();
            }
        }
    }
    dropped |= push(&mut words, word.end(segment.len(), ' '));
    if dropped {
        reading.note(Rule::NameMarks);
    }
    words
}

/// A word that is read letter by letter: a slice of the text as long as nothing of it is left out or replaced.
struct Run<'a> {
    text: &'a str,
    start: usize,
    own: Option<String>,
}

impl<'a> Run<'a> {
    fn new(text: &'a str) -> Run<'a> {
        let (start, own) = (0, None);
        Run { text, start, own }
    }

    fn so_far(&self, at: usize) -> &str {
        let slice = || self.text.get(self.start..at).unwrap_or_default();
        self.own.as_deref().unwrap_or_else(slice)
    }

    fn keep(&mut self, _at: usize, c: char) {
        if let Some(own) = &mut self.own {
            own.push(c);
        }
    }

    fn leave_out(&mut self, at: usize, c: char) {
        if self.own.is_none() && self.start == at {
            self.start += c.len_utf8();
        } else if self.own.is_none() {
            self.own = Some(self.so_far(at).to_owned());
        }
    }

    fn push(&mut self, c: char) {
        self.own.get_or_insert_default().push(c);
    }

    /// The word that ends before `c`.
    fn end(&mut self, at: usize, c: char) -> Cow<'a, str> {
        let slice = self.text.get(self.start..at).unwrap_or_default();
        self.start = at + c.len_utf8();
        self.own.take().map_or(Cow::Borrowed(slice), Cow::Owned)
    }
}

/// Were digits dropped?
fn push<'a>(words: &mut Vec<Word<'a>>, text: Cow<'a, str>) -> bool {
    let has_dot = text.contains('.');
    let bare = bare(text);
    if bare.bytes().any(|b| b.is_ascii_digit()) && !is_ordinal(&bare) {
        let mut letters = String::with_capacity(bare.len());
        for c in bare.chars().filter(|c| !c.is_ascii_digit()) {
            if c.is_alphabetic() || !letters.ends_with(c) {
                letters.push(c);
            }
        }
        push_letters(words, has_dot, self::bare(Cow::Owned(letters)));
        true
    } else {
        push_letters(words, has_dot, bare);
        false
    }
}

fn bare(text: Cow<'_, str>) -> Cow<'_, str> {
    const MARKS: [char; 3] = ['\'', '-', '.'];
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(MARKS)),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(MARKS).to_owned()),
    }
}

fn is_ordinal(bare: &str) -> bool {
    ["2nd", "3rd", "4th", "5th"]
        .iter()
        .any(|ordinal| bare.eq_ignore_ascii_case(ordinal))
}

/// `has_dot`: the word as it was written.
fn push_letters<'a>(words: &mut Vec<Word<'a>>, has_dot: bool, bare: Cow<'a, str>) {
    if !bare.contains(|c: char| c.is_alphabetic()) {
        return;
    }
    if !has_dot {
        words.push(Word::new(bare));
    } else if is_joined_initials(&bare) || is_initial(&bare) {
        words.push(Word::new(bare + ".")); // "v.d. Berg", "Dr. h.c."
    } else if bare.contains('.') && !is_degree(&Word::new(bare.as_ref())) {
        push_pieces(words, &bare); // "J.R.", "Dr.Smith", "jane.doe"
    } else {
        words.push(Word::new(bare));
    }
}

fn push_pieces(words: &mut Vec<Word<'_>>, text: &str) {
    for piece in text.split('.') {
        push_letters(words, true, bare(Cow::Owned(piece.to_owned())));
    }
}

/// Takes words apart that full stops still join: "J.D", which may have been a degree.
pub(super) fn split_joined(words: &mut Vec<Word<'_>>) {
    let is_joined = |word: &Word| {
        let text = word.text.trim_end_matches('.');
        text.contains('.') && !is_joined_initials(text)
    };
    if !words.iter().any(is_joined) {
        return;
    }
    for word in std::mem::take(words) {
        if is_joined(&word) {
            push_pieces(words, &word.text);
        } else {
            words.push(word);
        }
    }
}

fn is_joined_initials(bare: &str) -> bool {
    ["v.d", "h.c"]
        .iter()
        .any(|joined| bare.eq_ignore_ascii_case(joined))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_folded_and_short() {
        for text in PLACEHOLDERS.iter() {
            assert_eq!(crate::text::fold(text), text);
            assert!(text.len() <= LONGEST_PLACEHOLDER);
        }
    }
}
