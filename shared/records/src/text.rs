//! Text as a person typed it: cleaned for output, folded for matching.

mod fold;

use std::borrow::Cow;

pub use fold::fold;
pub(crate) use fold::{ShortFold, fold_into, fold_joined};

use crate::rule::{Rule, Rules};
use unicode_normalization::{UnicodeNormalization, is_nfc};

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

/// A text whose case was changed: letters and accents may be apart in one case only ("ẖ", "H̱").
pub(crate) fn composed(text: String) -> String {
    if text.is_ascii() || is_nfc(&text) {
        text
    } else {
        text.nfc().collect()
    }
}

/// Control characters and format characters that show nothing. The zero-width (non-)joiner is among them: Persian and
/// Indic spelling loses a hint, matching gains.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffd}')
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
    // What one step uncovers may be markup to the next: "&amp;amp;", "&lt;b>", "<\u{7f}b>".
    let mut shown = tidied(text).unwrap_or_default();
    while let Some(less) = less_marked(&shown) {
        reading.note(Rule::TextMarkup);
        shown = Cow::Owned(tidied(&less).unwrap_or_default().into_owned());
    }
    shown
}

/// `None` where there is no markup.
fn less_marked(text: &str) -> Option<String> {
    let decoded = decode_entities(text);
    let shown = match decoded.contains('<') || decoded.contains(is_emoji) {
        true => without_tags(&decoded),
        false => decoded.into_owned(),
    };
    (shown != text).then_some(shown)
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
    use super::fold::is_joining;
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
    fn markup_under_markup_goes_as_well() {
        for text in [
            "<\u{7f}b>Acme",
            "&lt;b>Acme",
            "&amp;amp;lt;b>Acme",
            "&l\u{200b}t;i>Acme",
            "<b\u{ad}></b>Acme",
        ] {
            let mut reading = Reading::new(Rules::ALL);
            assert_eq!(without_markup(text, &mut reading), "Acme", "{text}");
            assert!(reading.did.contains(Rule::TextMarkup));
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
