//! Text as a person typed it: cleaned for output, folded for matching.

use std::borrow::Cow;
use std::ops::Deref;

use crate::rule::{Rule, Rules};
use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One reading of a value: the rules that are switched on, and those that did something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    pub(crate) on: Rules,
    pub(crate) did: Rules,
}

impl Reading {
    pub(crate) fn new(on: Rules) -> Reading {
        let did = Rules::NONE;
        Reading { on, did }
    }

    pub(crate) fn may(&self, rule: Rule) -> bool {
        self.on.contains(rule)
    }

    pub(crate) fn note(&mut self, rule: Rule) {
        self.did = self.did.with(rule);
    }
}

/// Words that exports write for "no value". Compared without regard to case.
pub(crate) const NULLS: [&str; 8] = [
    "null", "\\n", "n/a", "none", "nan", "#n/a", "(null)", "<null>",
];
const LONGEST_NULL: usize = 6;

/// Trims, collapses every run of white space (no-break spaces too) to one space, drops control and zero-width
/// characters, composes accents (NFC). `None` for nothing, and for the exports' words for nothing: `NULL`, `\N`, `N/A`,
/// `None`, `nan`.
pub fn clean(text: &str) -> Option<String> {
    cleaned(text).map(Cow::into_owned)
}

/// As [`clean`]; borrowed when there is nothing to do.
pub(crate) fn cleaned(text: &str) -> Option<Cow<'_, str>> {
    tidied(text).filter(|text| !is_null(text))
}

/// As [`clean`], the exports' words for nothing kept.
pub(crate) fn tidied(text: &str) -> Option<Cow<'_, str>> {
    let tidied = if is_plain(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(collapse(text))
    };
    (!tidied.is_empty()).then_some(tidied)
}

pub(crate) fn is_null(text: &str) -> bool {
    text.len() <= LONGEST_NULL && NULLS.iter().any(|null| text.eq_ignore_ascii_case(null))
}

/// Nothing to do: printable ASCII and the accented letters of Latin that are composed, single inner spaces.
fn is_plain(text: &str) -> bool {
    // One word. No branch a byte: the compiler takes sixteen at once.
    if text
        .bytes()
        .fold(!text.is_empty(), |all, byte| all & byte.is_ascii_graphic())
    {
        return true;
    }
    let mut previous = b' ';
    for &byte in text.as_bytes() {
        // Lead bytes of U+00C0 to U+023F, and what follows them.
        let is_shown = matches!(byte, b' '..=b'~' | 0x80..=0xbf | 0xc3..=0xc8);
        if !is_shown || (byte == b' ' && previous == b' ') {
            return false;
        }
        previous = byte;
    }
    previous != b' '
}

/// A letter of Latin, composed with its accent: no mark, and shown. Those that are most of the letters outside ASCII.
pub(crate) fn is_latin(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}')
}

fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    // Before accents are composed: what shows nothing may stand between a letter and its accent.
    let visible = text
        .chars()
        .filter(|c| c.is_whitespace() || !is_invisible(*c));
    for c in visible.nfc() {
        if c.is_whitespace() {
            gap = !out.is_empty();
        } else {
            if gap {
                out.push(' ');
                gap = false;
            }
            out.push(c);
        }
    }
    out
}

/// Control characters and format characters that show nothing. The zero-width (non-)joiner is among them: Persian and
/// Indic spelling loses a hint, matching gains.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffd}')
}

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

fn is_joining(c: char) -> bool {
    matches!(c, '’' | '‘' | 'ʼ' | '´' | '′') || is_combining_mark(c) || is_invisible(c)
}

/// The one case that letters are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Upper,
}

/// `None` for letters of both cases, and where there are none.
pub(crate) fn one_case(text: &str) -> Option<Case> {
    let (has_lower, has_upper) = if text.is_ascii() {
        let bytes = text.as_bytes();
        (
            bytes.iter().any(u8::is_ascii_lowercase),
            bytes.iter().any(u8::is_ascii_uppercase),
        )
    } else {
        (
            text.chars().any(char::is_lowercase),
            text.chars().any(char::is_uppercase),
        )
    };
    match (has_lower, has_upper) {
        (true, false) => Some(Case::Lower),
        (false, true) => Some(Case::Upper),
        _ => None,
    }
}

/// Text as it shows: HTML character references decoded, tags and emoji taken out (rule `text.markup`).
pub(crate) fn without_markup<'a>(text: &'a str, reading: &mut Reading) -> Cow<'a, str> {
    let is_marked = text.bytes().any(|b| matches!(b, b'&' | b'<') || b >= 0xe2);
    if !is_marked || !reading.may(Rule::TextMarkup) {
        return Cow::Borrowed(text);
    }
    // Exports that escape what is escaped already are common ("&amp;amp;").
    let once = decode_entities(text);
    let decoded = match decode_entities(&once) {
        Cow::Borrowed(_) => once,
        Cow::Owned(twice) => Cow::Owned(twice),
    };
    let shown = if decoded.contains('<') || decoded.contains(is_emoji) {
        Cow::Owned(without_tags(&decoded))
    } else {
        decoded
    };
    if shown != text {
        reading.note(Rule::TextMarkup);
    }
    shown
}

/// Tags (`<b>`, `</p>`, `<br/>`, comments) and emoji become a space; `<` that opens none stays.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let is_tag = c == '<'
            && after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        match after.find('>') {
            Some(end) if is_tag && !after[..end].contains(['<', '@']) => {
                out.push(' ');
                rest = &after[end + 1..];
            }
            _ => {
                out.push(if is_emoji(c) { ' ' } else { c });
                rest = after;
            }
        }
    }
    out
}

/// Pictographs, dingbats, flags, and what joins them.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{2460}'..='\u{27bf}' | '\u{2900}'..='\u{2bff}'
        | '\u{20e3}' | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f000}'..='\u{1faff}' | '\u{e0020}'..='\u{e007f}')
}

/// HTML character references that exports of web forms leave behind, decoded: numeric ones and the common named ones.
pub fn decode_entities(text: &str) -> Cow<'_, str> {
    if !(text.contains('&') && text.contains(';')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        // The longest reference we know is 8 characters between & and ;.
        let end = rest.bytes().take(10).position(|b| b == b';');
        match end.and_then(|end| entity(&rest[1..end]).map(|c| (c, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" | "lsquo" | "rsquo" => '\'',
        "nbsp" => ' ',
        "ndash" | "mdash" => '-',
        "szlig" => 'ß',
        "oslash" => 'ø',
        "Oslash" => 'Ø',
        "aelig" => 'æ',
        "AElig" => 'Æ',
        _ => return accented(name),
    })
}

/// `eacute`, `Uuml`, `ntilde` …: a letter and the name of its accent.
fn accented(name: &str) -> Option<char> {
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let accent = match &name[1..] {
        "grave" => '\u{300}',
        "acute" => '\u{301}',
        "circ" => '\u{302}',
        "tilde" => '\u{303}',
        "uml" => '\u{308}',
        "ring" => '\u{30a}',
        "cedil" => '\u{327}',
        "caron" => '\u{30c}',
        _ => return None,
    };
    unicode_normalization::char::compose(letter, accent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cleans() {
        for (text, want) in [
            ("  Jane \u{a0} Doe\t", Some("Jane Doe")),
            ("Jane\u{200b}Doe", Some("JaneDoe")),
            ("a\u{0}b", Some("ab")),
            ("", None),
            ("  ", None),
            ("NULL", None),
            ("\\N", None),
            ("n/a", None),
            ("None", None),
            ("nan", None),
            ("-", Some("-")),
            ("Cafe\u{301}", Some("Café")),
            ("x", Some("x")),
        ] {
            assert_eq!(clean(text).as_deref(), want, "{text:?}");
        }
    }

    #[test]
    fn folds() {
        for (text, want) in [
            ("Jane  DOE", "jane doe"),
            ("O'Neil", "oneil"),
            ("O’Neil", "oneil"),
            ("Müller", "muller"),
            ("Mu\u{308}ller", "muller"),
            ("Straße", "strasse"),
            ("Łódź", "lodz"),
            ("Smith-Jones", "smith jones"),
            ("Иван", "ivan"),
            ("😀 Jo", "jo"),
            ("!!", ""),
            ("北京", "bei jing"),
            ("Ｊａｎｅ", "jane"),
        ] {
            assert_eq!(fold(text), want, "{text:?}");
        }
    }

    /// What lets a text of Latin letters stay as it is.
    #[test]
    fn letters_of_latin_are_composed_and_shown() {
        for c in '\u{c0}'..='\u{24f}' {
            assert!(is_latin(c) && !is_joining(c) && !c.is_whitespace() && !is_invisible(c));
            assert!([c].into_iter().nfc().eq([c]));
            assert_eq!(collapse(&format!("a{c}{c}b")), format!("a{c}{c}b"));
        }
    }

    #[test]
    fn decodes_entities() {
        assert_eq!(
            decode_entities("AT&amp;T &#233; &#xE9; &eacute; &Uuml; R&D &bogus; &"),
            "AT&T é é é Ü R&D &bogus; &"
        );
    }

    proptest! {
        #[test]
        fn cleaning_and_folding_settle(text in "\\PC{0,40}|.{0,40}") {
            if let Some(once) = clean(&text) {
                prop_assert_eq!(clean(&once), Some(once.clone()));
            }
            let once = fold(&text);
            prop_assert!(once.bytes().all(|b| b == b' ' || b.is_ascii_lowercase() || b.is_ascii_digit()));
            prop_assert_eq!(fold(&once), once.clone());
            decode_entities(&text);
        }
    }
}
