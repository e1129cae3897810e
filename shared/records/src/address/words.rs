//! An address as segments of words: what commas, semicolons, bars and free-standing dashes separate.

use super::dictionary::{Meaning, meaning};
use crate::text::fold;

/// A word as written and folded. "St-Hyacinthe" folds to two words in one.
#[derive(Debug, Clone)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    pub folded: String,
    meaning: Meaning,
}

pub(super) type Segment<'a> = Vec<Word<'a>>;

impl<'a> Word<'a> {
    pub(super) fn new(text: &'a str) -> Word<'a> {
        let plain = text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let folded = if plain { text.to_owned() } else { fold(text) };
        let meaning = meaning(text, &folded);
        Word {
            text,
            folded,
            meaning,
        }
    }

    pub(super) fn is(&self, meaning: Meaning) -> bool {
        self.meaning.is(meaning)
    }

    pub(super) fn has_digit(&self) -> bool {
        self.text.bytes().any(|b| b.is_ascii_digit())
    }

    pub(super) fn starts_with_digit(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }
}

pub(super) fn segments(text: &str) -> Vec<Segment<'_>> {
    let mut segments = Vec::with_capacity(6);
    for piece in text.split([',', ';', '|', '\n']) {
        let mut segment: Segment = Vec::with_capacity(6);
        let mut after_dash = false;
        for token in piece.split_whitespace() {
            if matches!(token, "-" | "–" | "—" | "•" | "·") {
                after_dash = true;
                continue;
            }
            // "São Paulo - SP"; but "12 - 14 High Street" is a range.
            let in_range = token.starts_with(|c: char| c.is_ascii_digit())
                && segment
                    .last()
                    .is_some_and(|word| word.starts_with_digit() && word.text.len() < 5);
            if after_dash && !in_range && !segment.is_empty() {
                segments.push(std::mem::take(&mut segment));
            }
            after_dash = false;
            push_token(&mut segment, token);
        }
        if !segment.is_empty() {
            segments.push(segment);
        }
    }
    segments
}

/// "Hauptstr.5", "ul.Asnyka", "No.5": the blank that was left out behind an abbreviation.
fn push_token<'a>(segment: &mut Segment<'a>, token: &'a str) {
    if let Some((head, tail)) = token.split_once('.')
        && head.chars().count() >= 2
        && head.chars().all(char::is_alphabetic)
        && tail.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase())
    {
        let (head, tail) = token.split_at(token.len() - tail.len());
        segment.push(Word::new(head));
        segment.push(Word::new(tail));
        return;
    }
    segment.push(Word::new(token));
}

/// The words as written, with single spaces.
pub(super) fn joined(words: &[Word]) -> Option<String> {
    let mut texts = words.iter().map(|word| word.text);
    let mut out = texts.next()?.to_owned();
    for text in texts {
        out.push(' ');
        out.push_str(text);
    }
    Some(out)
}

/// The words folded, with single spaces.
pub(super) fn folded(words: &[Word]) -> String {
    let mut out = String::with_capacity(24);
    for word in words.iter().filter(|word| !word.folded.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word.folded);
    }
    out
}
