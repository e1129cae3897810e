//! Folding: what a text is matched by.

use std::ops::Deref;

use deunicode::deunicode_char;
use unicode_normalization::char::is_combining_mark;

use super::{is_invisible, is_latin};

/// For matching only: lower-case ASCII letters and digits, transliterated, single spaces. Apostrophes, dots within
/// abbreviations and accents vanish (`O'Neil` → `oneil`, `Müller` → `muller`); every other mark becomes a space.
pub fn fold(text: &str) -> String {
    if is_word(text) {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    fold_with(text, |letter| out.push(char::from(letter)));
    out
}

/// [`fold`], behind what is in `out`.
pub(crate) fn fold_into(out: &mut String, text: &str) {
    fold_with(text, |letter| out.push(char::from(letter)));
}

/// [`fold`], without the spaces between words.
pub(crate) fn fold_joined(text: &str) -> String {
    if is_word(text) {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    fold_with(text, |letter| {
        if letter != b' ' {
            out.push(char::from(letter));
        }
    });
    out
}

/// Letters and digits of ASCII only.
fn is_word(text: &str) -> bool {
    text.bytes()
        .fold(true, |all, byte| all & byte.is_ascii_alphanumeric())
}

/// Gives the letters, digits and spaces of a folded text one by one.
fn fold_with(text: &str, mut give: impl FnMut(u8)) {
    let (mut gap, mut is_empty) = (false, true);
    let mut push = |letter, gap: &mut bool| {
        if std::mem::take(gap) && !is_empty {
            give(b' ');
        }
        is_empty = false;
        give(letter);
    };
    for c in text.chars() {
        match ASCII.get(c as usize) {
            Some(Folded::Letter(letter)) => push(*letter, &mut gap),
            Some(Folded::Gap) => gap = true,
            // O'Neil and ONeil are one word; a combining accent belongs to the letter before it.
            Some(Folded::Nothing) => {}
            None if !is_latin(c) && is_joining(c) => {}
            // Small letters first: some capitals read differently (Є is "e", є is "ie").
            None if c.is_alphanumeric() => {
                let letters = c.to_lowercase().filter_map(deunicode_char);
                for byte in letters.flat_map(str::bytes) {
                    match ASCII.get(usize::from(byte)) {
                        Some(Folded::Letter(letter)) => push(*letter, &mut gap),
                        _ if byte == b' ' => gap = true,
                        _ => {}
                    }
                }
            }
            None => gap = true,
        }
    }
}

/// What an ASCII character is folded to.
#[derive(Clone, Copy)]
enum Folded {
    Letter(u8),
    Gap,
    Nothing,
}

const ASCII: [Folded; 128] = {
    let mut table = [Folded::Gap; 128];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        if byte.is_ascii_alphanumeric() {
            table[at] = Folded::Letter(byte.to_ascii_lowercase());
        } else if matches!(byte, b'\'' | b'`') {
            table[at] = Folded::Nothing;
        }
        at += 1;
    }
    table
};

/// A folded text of at most `N` letters, on the stack: to look up what is short.
pub(crate) struct ShortFold<const N: usize> {
    letters: [u8; N],
    length: usize,
}

impl<const N: usize> ShortFold<N> {
    /// `None` when the folded text is longer.
    pub(crate) fn new(text: &str) -> Option<ShortFold<N>> {
        ShortFold::of(text, true)
    }

    /// Without the spaces between words.
    pub(crate) fn joined(text: &str) -> Option<ShortFold<N>> {
        ShortFold::of(text, false)
    }

    fn of(text: &str, with_spaces: bool) -> Option<ShortFold<N>> {
        let (mut letters, mut length) = ([0; N], 0);
        fold_with(text, |letter| {
            if letter != b' ' || with_spaces {
                if let Some(place) = letters.get_mut(length) {
                    *place = letter;
                }
                length += 1;
            }
        });
        (length <= N).then_some(ShortFold { letters, length })
    }
}

impl<const N: usize> Deref for ShortFold<N> {
    type Target = str;

    fn deref(&self) -> &str {
        let letters = self.letters.get(..self.length).unwrap_or_default();
        std::str::from_utf8(letters).unwrap_or_default()
    }
}

pub(super) fn is_joining(c: char) -> bool {
    matches!(c, '’' | '‘' | 'ʼ' | '´' | '′') || is_combining_mark(c) || is_invisible(c)
}
