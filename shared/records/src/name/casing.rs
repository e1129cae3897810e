//! Display case.

use super::affix::is_small_particle;
use super::tidy::is_initial;

/// Scottish and Irish names with a capital after Mac; most words in Mac- (Machado, Mackey) have none.
const MAC_NAMES: [&str; 22] = [
    "alister", "allister", "arthur", "askill", "aulay", "beth", "callum", "cormack", "donald",
    "donell", "dougall", "dowell", "farlane", "gregor", "intosh", "intyre", "kenzie", "lachlan",
    "leod", "millan", "neil", "pherson",
];

/// Words of a given name: initials keep their full stop, pairs of consonants (JP, TJ) their capitals.
pub(super) fn given(words: &[String]) -> Option<String> {
    join(words, |word| match word {
        word if is_initial(word) => initial(word),
        word if is_consonants(word) => word.to_owned(),
        word => recase(word, false),
    })
}

pub(super) fn family(words: &[String]) -> Option<String> {
    let count = words.len();
    let mut seen = 0;
    join(words, |word| {
        seen += 1;
        if is_initial(word) && (seen == count || word != "y") {
            initial(word)
        } else {
            recase(word, seen < count)
        }
    })
}

fn join(words: &[String], mut case: impl FnMut(&str) -> String) -> Option<String> {
    let mut out = String::with_capacity(words.iter().map(|word| word.len() + 1).sum());
    for word in words {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&case(word));
    }
    (!out.is_empty()).then_some(out)
}

fn initial(word: &str) -> String {
    format!("{}.", word.trim_end_matches('.').to_uppercase())
}

fn is_consonants(word: &str) -> bool {
    word.len() == 2
        && word
            .bytes()
            .all(|b| b.is_ascii_uppercase() && !b"AEIOUY".contains(&b))
}

/// Usual case for a word in one case only; mixed case stays. `before_name`: particles stay small.
fn recase(word: &str, before_name: bool) -> String {
    let has_lower = word.chars().any(char::is_lowercase);
    let has_upper = word.chars().any(char::is_uppercase);
    if has_lower == has_upper {
        return word.to_owned();
    }
    let lower = word.to_lowercase();
    if before_name && (is_small_particle(lower.trim_matches('\'')) || lower == "y") {
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
    title_case(&lower)
}

/// A capital at the start, after O', D', L', Mc and (in known names) Mac. Takes a word in small letters.
pub(crate) fn title_case(lower: &str) -> String {
    if let Some((before, after)) = lower.split_once('\'')
        && (before.chars().count() == 1 || matches!(before, "dell" | "dall" | "sant"))
    {
        return format!("{}'{}", capitalize(before), capitalize(after));
    }
    for (prefix, is_prefix) in [("mc", lower.len() > 4), ("mac", true)] {
        if let Some(rest) = lower.strip_prefix(prefix)
            && is_prefix
            && (prefix == "mc" || MAC_NAMES.contains(&rest))
        {
            return format!("{}{}", capitalize(prefix), capitalize(rest));
        }
    }
    capitalize(lower)
}

fn capitalize(lower: &str) -> String {
    let mut chars = lower.chars();
    match chars.next() {
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
