//! Text as a person typed it: cleaned for output, folded for matching.

use std::borrow::Cow;

use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that exports write for "no value". Compared without regard to case.
const NULLS: [&str; 8] = [
    "null", "\\n", "n/a", "none", "nan", "#n/a", "(null)", "<null>",
];

/// Trims, collapses every run of white space (no-break spaces too) to one space, drops control and zero-width
/// characters, composes accents (NFC). `None` for nothing, and for the exports' words for nothing: `NULL`, `\N`, `N/A`,
/// `None`, `nan`.
pub fn clean(text: &str) -> Option<String> {
    let cleaned = if is_plain(text) {
        text.to_owned()
    } else {
        collapse(text)
    };
    if cleaned.is_empty() || NULLS.iter().any(|null| cleaned.eq_ignore_ascii_case(null)) {
        None
    } else {
        Some(cleaned)
    }
}

/// Nothing to do: printable ASCII, single inner spaces.
fn is_plain(text: &str) -> bool {
    let mut previous = b' ';
    for &byte in text.as_bytes() {
        if !(b' '..=b'~').contains(&byte) || (byte == b' ' && previous == b' ') {
            return false;
        }
        previous = byte;
    }
    previous != b' '
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
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            push(&mut out, &mut gap, c.to_ascii_lowercase());
        } else if is_joining(c) {
            // O'Neil and ONeil are one word; a combining accent belongs to the letter before it.
        } else if !c.is_ascii() && c.is_alphanumeric() {
            for t in deunicode_char(c).unwrap_or("").chars() {
                if t.is_ascii_alphanumeric() {
                    push(&mut out, &mut gap, t.to_ascii_lowercase());
                } else if t == ' ' {
                    gap = !out.is_empty();
                }
            }
        } else {
            gap = !out.is_empty();
        }
    }
    out
}

fn push(out: &mut String, gap: &mut bool, c: char) {
    if *gap {
        out.push(' ');
        *gap = false;
    }
    out.push(c);
}

fn is_joining(c: char) -> bool {
    matches!(c, '\'' | '`')
        || (!c.is_ascii()
            && (matches!(c, '’' | '‘' | 'ʼ' | '´' | '′')
                || is_combining_mark(c)
                || is_invisible(c)))
}

/// HTML character references that exports of web forms leave behind, decoded: numeric ones and the common named ones.
pub fn decode_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
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
