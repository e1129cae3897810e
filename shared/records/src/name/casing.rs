//! Display case.

use std::borrow::Cow;

use super::affix::is_small_particle;
use super::tidy::{Word, is_initial};
use crate::rule::Rule;
use crate::text::{Reading, composed, one_case};

/// Scottish and Irish names with a capital after Mac; most words in Mac- (Machado, Mackey) have none.
const MAC_NAMES: [&str; 27] = [
    "alister", "allister", "arthur", "askill", "aulay", "beth", "callum", "cormack", "donald",
    "donell", "dougall", "dowell", "farlane", "gregor", "innes", "intosh", "intyre", "iver",
    "kenzie", "lachlan", "lean", "leod", "millan", "naughton", "neil", "pherson", "quarrie",
];

/// Words of a given name: initials keep their full stop, pairs of consonants (JP, TJ) their capitals.
pub(super) fn given(words: &[Word], reading: &mut Reading) -> Option<String> {
    join(words, reading, |word, _, reading| match word {
        word if is_initial(word) => initial(word, reading),
        word if is_consonants(word) => Cow::Borrowed(word),
        word => recase(word, false, reading),
    })
}

/// Further given names: "del Carmen", "bin Salman".
pub(super) fn middle(words: &[Word], reading: &mut Reading) -> Option<String> {
    join(words, reading, |word, is_last, reading| match word {
        word if is_initial(word) => initial(word, reading),
        word if is_consonants(word) => Cow::Borrowed(word),
        word => recase(word, !is_last, reading),
    })
}

pub(super) fn family(words: &[Word], reading: &mut Reading) -> Option<String> {
    // "O CONNELL" is no initial.
    if let [o, name, rest @ ..] = words
        && matches!(o.text.as_ref(), "O" | "o")
        && !name.is_initial()
        && reading.may(Rule::NameMarks)
    {
        reading.note(Rule::NameMarks);
        let joined = [&[Word::new(format!("{}'{}", o.text, name.text))], rest].concat();
        return family(&joined, reading);
    }
    join(words, reading, |word, is_last, reading| {
        if is_initial(word) && (is_last || !matches!(word, "y" | "e" | "i" | "Y" | "E" | "I")) {
            initial(word, reading)
        } else {
            recase(word, !is_last, reading)
        }
    })
}

fn join(
    words: &[Word],
    reading: &mut Reading,
    case: impl for<'a> Fn(&'a str, bool, &mut Reading) -> Cow<'a, str>,
) -> Option<String> {
    let mut out = String::with_capacity(words.iter().map(|word| word.text.len() + 1).sum());
    for (index, word) in words.iter().enumerate() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&case(&word.text, index + 1 == words.len(), reading));
    }
    (!out.is_empty()).then_some(out)
}

fn initial<'a>(word: &'a str, reading: &mut Reading) -> Cow<'a, str> {
    let mut out = Cow::Borrowed(word);
    if reading.may(Rule::NameCase) && word.chars().any(char::is_lowercase) {
        reading.note(Rule::NameCase);
        out = Cow::Owned(composed(word.to_uppercase()));
    }
    if reading.may(Rule::NameInitial) && !out.ends_with('.') {
        reading.note(Rule::NameInitial);
        out.to_mut().push('.');
    }
    out
}

fn is_consonants(word: &str) -> bool {
    word.len() == 2
        && word
            .bytes()
            .all(|b| b.is_ascii_uppercase() && !b"AEIOUY".contains(&b))
}

/// Usual case for a word in one case only; other mixed case stays. `before_name`: particles stay small.
pub(super) fn recase<'a>(word: &'a str, before_name: bool, reading: &mut Reading) -> Cow<'a, str> {
    if !reading.may(Rule::NameCase) {
        return Cow::Borrowed(word);
    }
    let cased = if one_case(word).is_some() {
        let cased = usual_case(word, before_name);
        match word.strip_prefix('İ').and(cased.strip_prefix('I')) {
            Some(rest) => format!("İ{rest}"),
            None => cased,
        }
    } else {
        match scream(word) {
            Some(cased) => cased,
            None => return Cow::Borrowed(word),
        }
    };
    let cased = composed(cased);
    if cased != word {
        reading.note(Rule::NameCase);
    }
    Cow::Owned(cased)
}

/// "McDONALD", "O'bRIEN" and "jANE": capitals but for the second or first letters.
fn scream(word: &str) -> Option<String> {
    let is_upper = |text: &str| {
        text.chars().filter(|c| c.is_uppercase()).count() > 1
            && !text.chars().any(char::is_lowercase)
    };
    for prefix in ["Mc", "Mac", "De", "Van", "Fitz"] {
        if let Some(rest) = word.strip_prefix(prefix)
            && rest.len() > 2
            && is_upper(rest)
        {
            return Some(format!("{prefix}{}", usual_case(rest, false)));
        }
    }
    let first = word.chars().next()?;
    let rest = &word[first.len_utf8()..];
    (first.is_lowercase() && is_upper(rest) && !rest.contains('\''))
        .then(|| usual_case(word, false))
}

fn usual_case(word: &str, before_name: bool) -> String {
    let lower = lower(word);
    if !before_name && !lower.contains('-') {
        return titled(lower);
    }
    let is_joint = matches!(lower.as_str(), "y" | "e" | "i" | "v.d.");
    if before_name && (is_small_particle(lower.trim_matches('\'')) || is_joint) {
        return lower;
    }
    if lower.contains('-') {
        let pieces = lower.split('-').count();
        let cased: Vec<String> = lower
            .split('-')
            .enumerate()
            .map(|(index, piece)| {
                if index + 1 < pieces && is_small_particle(piece) {
                    piece.to_owned()
                } else {
                    title_case(piece)
                }
            })
            .collect();
        return cased.join("-");
    }
    titled(lower)
}

/// In small letters. The Turkish İ becomes a plain i, not i with a second dot.
fn lower(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let lower = word.to_lowercase();
    if lower.contains('\u{307}') {
        lower.replace("i\u{307}", "i")
    } else {
        lower
    }
}

/// A capital at the start, after O', D', L', Mc and (in known names) Mac. Takes a word in small letters.
pub(crate) fn title_case(lower: &str) -> String {
    titled(lower.to_owned())
}

/// [`title_case`] of a word that is no longer needed.
pub(crate) fn titled(mut lower: String) -> String {
    if let Some((before, after)) = lower.split_once('\'')
        && (before.chars().count() == 1 || matches!(before, "dell" | "dall" | "sant"))
        && after.chars().count() > 1
    {
        return format!("{}'{}", capitalize(before), title_case(after));
    }
    for (prefix, is_prefix) in [("mc", lower.len() > 4), ("mac", true)] {
        if let Some(rest) = lower.strip_prefix(prefix)
            && is_prefix
            && (prefix == "mc" || MAC_NAMES.contains(&rest))
        {
            return format!("{}{}", capitalize(prefix), capitalize(rest));
        }
    }
    match lower.get_mut(..1) {
        Some(first) => {
            first.make_ascii_uppercase();
            lower
        }
        None => capitalize(&lower),
    }
}

fn capitalize(lower: &str) -> String {
    let mut chars = lower.chars();
    match chars.next() {
        // These have no capital of their own: that of the micro sign is Greek, that of ŉ is ʼN.
        Some('µ' | 'ŉ') => lower.to_owned(),
        // "ß" has two capitals; only the first one leads the word.
        Some(first) => {
            let mut upper = first.to_uppercase();
            upper
                .next()
                .into_iter()
                .chain(upper.flat_map(char::to_lowercase))
                .chain(chars)
                .collect()
        }
        None => String::new(),
    }
}
