//! What stands beside a name: nicknames, maiden names, the same name in another script.

use std::borrow::Cow;

use super::tidy::{Segments, Word};
use crate::rule::Rule;
use crate::text::Reading;

/// Words that announce another name of the same person, to the end of the text.
pub(super) const ALSO: [&str; 7] = ["aka", "alias", "fka", "geborene", "nee", "née", "né"];
/// Such words with marks, which no word of a name keeps.
const ALSO_MARKED: [&str; 4] = ["a.k.a.", "a/k/a", "f/k/a", "geb."];

/// Without what stands in parentheses, brackets or quotes, and without what follows "a.k.a." or "geb.".
pub(super) fn without<'a>(text: &'a str, reading: &mut Reading) -> Cow<'a, str> {
    if !reading.may(Rule::NameNickname) {
        return Cow::Borrowed(text);
    }
    let text = match also(text) {
        Some(start) => {
            reading.note(Rule::NameNickname);
            &text[..start]
        }
        None => text,
    };
    // No need to look closer at what is ASCII but for these.
    let may_open = |b: u8| matches!(b, b'(' | b'[' | b'{' | b'"' | b'\'') || !b.is_ascii();
    if !text.bytes().any(may_open)
        || !text.contains(['(', '[', '{', '"', '“', '”', '„', '«', '\'', '‘', '（'])
    {
        return Cow::Borrowed(text);
    }
    let text = text.replace("''", "\"");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let starts_word = out.is_empty() || out.ends_with(' ');
        let close: &[char] = match c {
            '(' | '（' => &[')', '）'],
            '[' => &[']'],
            '{' => &['}'],
            '"' | '“' | '„' | '”' => &['"', '”', '“'],
            '«' => &['»'],
            '\'' | '‘' if starts_word => &['\'', '’'],
            _ => &[],
        };
        match after.find(close) {
            // 'Bob' ends at a word's end: the apostrophe of "'t Hooft O'Neil" does not.
            Some(end) if !close.is_empty() && ends_word(after, end, c) => {
                reading.note(aside_rule(&out, &after[..end]));
                out.push(' ');
                rest = after[end..].trim_start_matches(close);
            }
            _ => {
                out.push(c);
                rest = after;
            }
        }
    }
    Cow::Owned(out)
}

/// Where " a.k.a. …" starts; a name stands before it.
fn also(text: &str) -> Option<usize> {
    if !text.contains(['.', '/']) {
        return None;
    }
    let mut at = 0;
    for word in text.split(' ') {
        if at > 0 && is_one_of(&ALSO_MARKED, word) {
            return Some(at);
        }
        at += word.len() + 1;
    }
    None
}

/// Without what follows "aka" or "née", behind a name. Asked of words, since marks may have hidden it in the text:
/// "Jane Doe,aka Janie".
pub(super) fn without_also<'a>(mut segments: Segments<'a>, reading: &mut Reading) -> Segments<'a> {
    if !reading.may(Rule::NameNickname) {
        return segments;
    }
    let is_also = |word: &Word| (2..=8).contains(&word.text.len()) && is_one_of(&ALSO, &word.text);
    let found = segments.iter().enumerate().find_map(|(index, words)| {
        let first = usize::from(index == 0);
        let at = first + words.iter().skip(first).position(is_also)?;
        Some((index, at))
    });
    if let Some((index, at)) = found {
        reading.note(Rule::NameNickname);
        segments.truncate(index + 1);
        if let Some(words) = segments.last_mut() {
            words.truncate(at);
        }
        segments.retain(|words| !words.is_empty());
    }
    segments
}

fn is_one_of(list: &[&str], word: &str) -> bool {
    list.iter().any(|also| also.eq_ignore_ascii_case(word))
}

fn ends_word(after: &str, end: usize, open: char) -> bool {
    let next = after[end..].chars().nth(1);
    !matches!(open, '\'' | '‘') || next.is_none_or(|c| !c.is_alphabetic())
}

fn aside_rule(name: &str, aside: &str) -> Rule {
    match (script(name), script(aside)) {
        (Some(of_name), Some(of_aside)) if of_name != of_aside => Rule::NameScript,
        _ => Rule::NameNickname,
    }
}

/// Keeps the words of the script that most words are written in; of as many, the first.
pub(super) fn in_one_script<'a>(mut segments: Segments<'a>, reading: &mut Reading) -> Segments<'a> {
    let words = || segments.iter().flatten();
    if words().all(|word| word.text.is_ascii()) || !reading.may(Rule::NameScript) {
        return segments;
    }
    let count = |which: Script| words().filter(|w| script(&w.text) == Some(which)).count();
    let mut most: Option<(Script, usize)> = None;
    let mut is_mixed = false;
    for found in words().filter_map(|word| script(&word.text)) {
        match most {
            Some((which, number)) if which != found => {
                is_mixed = true;
                if count(found) > number {
                    most = Some((found, count(found)));
                }
            }
            Some(_) => {}
            None => most = Some((found, count(found))),
        }
    }
    if let Some((kept, _)) = most
        && is_mixed
    {
        reading.note(Rule::NameScript);
        for words in &mut segments {
            // "&" was a stroke between the two.
            words.retain(|word| script(&word.text) == Some(kept));
        }
        segments.retain(|words| !words.is_empty());
    }
    segments
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Greek,
    Cyrillic,
    /// Chinese, Japanese and Korean, which put the family name first.
    EastAsian,
    Other,
}

/// All of its letters.
pub(super) fn is_east_asian(text: &str) -> bool {
    let mut letters = [0; 4];
    let mut is_one = |c: char| script(c.encode_utf8(&mut letters)) == Some(Script::EastAsian);
    !text.is_empty() && text.chars().all(|c| !c.is_ascii() && is_one(c))
}

/// The script of the first letter. Signs that modify letters are of none: "ʻIolani".
pub(super) fn script(text: &str) -> Option<Script> {
    let is_sign = |c: char| matches!(c, '\u{2b0}'..='\u{36f}');
    let letter = text.chars().find(|c| c.is_alphabetic() && !is_sign(*c))?;
    Some(match letter {
        'µ' => Script::Greek, // its capital is
        '\u{0}'..='\u{2af}'
        | '\u{1d00}'..='\u{1dbf}'
        | '\u{1e00}'..='\u{1eff}'
        | '\u{2c60}'..='\u{2c7f}'
        | '\u{a720}'..='\u{a7ff}'
        | '\u{ab30}'..='\u{ab6f}'
        | '\u{fb00}'..='\u{fb06}'
        | '\u{ff21}'..='\u{ff5a}' => Script::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{a640}'..='\u{a69f}' => {
            Script::Cyrillic
        }
        '\u{1100}'..='\u{11ff}'
        | '\u{3005}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' => Script::EastAsian,
        _ => Script::Other,
    })
}

#[cfg(test)]
mod tests {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

    use super::*;

    /// Else casing would take a letter out of its name's script.
    #[test]
    fn a_letter_is_of_one_script_in_any_case() {
        let is_composed = |c: char| [c].into_iter().nfc().eq([c]);
        let letters = ('\0'..=char::MAX).filter(|c| c.is_alphabetic() && !is_combining_mark(*c));
        for c in letters.filter(|c| is_composed(*c)) {
            let of_letter = script(&c.to_string());
            for cased in [c.to_uppercase().to_string(), c.to_lowercase().to_string()] {
                assert_eq!(script(&cased), of_letter, "{c}");
            }
        }
    }
}
