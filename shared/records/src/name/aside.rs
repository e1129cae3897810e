//! What stands beside a name: nicknames, maiden names, the same name in another script.

use std::borrow::Cow;

use super::tidy::Segments;
use crate::rule::Rule;
use crate::text::Reading;

/// Words that announce another name of the same person, to the end of the text.
pub(super) const ALSO: [&str; 12] = [
    "aka", "a.k.a.", "a/k/a", "alias", "fka", "f/k/a", "geb.", "geborene", "nee", "nee.", "née",
    "né",
];

/// Without what stands in parentheses, brackets or quotes, and without what follows "aka" or "née".
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

/// Where " aka …" starts; a name stands before it.
fn also(text: &str) -> Option<usize> {
    let is_short = |word: &str| (2..=8).contains(&word.len());
    let mut at = 0;
    for word in text.split(' ') {
        if at > 0 && is_short(word) && ALSO.iter().any(|also| also.eq_ignore_ascii_case(word)) {
            return Some(at);
        }
        at += word.len() + 1;
    }
    None
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

/// The script of the first letter.
pub(super) fn script(text: &str) -> Option<Script> {
    let letter = text.chars().find(|c| c.is_alphabetic())?;
    Some(match letter {
        'µ' => Script::Greek, // its capital is
        '\u{0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{ff21}'..='\u{ff5a}' => Script::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{1100}'..='\u{11ff}'
        | '\u{3005}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' => Script::EastAsian,
        _ => Script::Other,
    })
}
