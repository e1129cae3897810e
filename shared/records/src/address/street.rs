//! Street lines: display case and match keys.

use std::ops::Range;
use std::sync::LazyLock;

use crate::Country;
use crate::lookup::Table;
use crate::name::{title_case, titled};
use crate::text::{Case, composed, fold, one_case};

/// Folded words and what they count as, sorted. What is not here stays.
const ABBREVIATIONS: [(&str, &str); 93] = [
    ("allee", "all"),
    ("alley", "aly"),
    ("apartment", "apt"),
    ("appartement", "apt"),
    ("appt", "apt"),
    ("av", "ave"),
    ("avda", "ave"),
    ("aven", "ave"),
    ("avenida", "ave"),
    ("avenue", "ave"),
    ("avn", "ave"),
    ("bd", "blvd"),
    ("bld", "bldg"),
    ("boul", "blvd"),
    ("boulevard", "blvd"),
    ("building", "bldg"),
    ("bvd", "blvd"),
    ("calle", "c"),
    ("carrer", "c"),
    ("carretera", "ctra"),
    ("causeway", "cswy"),
    ("center", "ctr"),
    ("centre", "ctr"),
    ("chemin", "che"),
    ("circle", "cir"),
    ("close", "cl"),
    ("corner", "cor"),
    ("cors", "cor"),
    ("court", "ct"),
    ("cove", "cv"),
    ("cresc", "cres"),
    ("crescent", "cres"),
    ("cross", "x"),
    ("crossing", "xing"),
    ("drive", "dr"),
    ("drv", "dr"),
    ("east", "e"),
    ("eighth", "8th"),
    ("estate", "est"),
    ("expressway", "expy"),
    ("fifth", "5th"),
    ("first", "1st"),
    ("floor", "fl"),
    ("fort", "ft"),
    ("fourth", "4th"),
    ("freeway", "fwy"),
    ("gardens", "gdns"),
    ("grove", "grv"),
    ("heights", "hts"),
    ("highway", "hwy"),
    ("hill", "hl"),
    ("impasse", "imp"),
    ("island", "is"),
    ("junction", "jct"),
    ("lane", "ln"),
    ("manor", "mnr"),
    ("mount", "mt"),
    ("mountain", "mtn"),
    ("ninth", "9th"),
    ("north", "n"),
    ("northeast", "ne"),
    ("northwest", "nw"),
    ("parade", "pde"),
    ("park", "pk"),
    ("parkway", "pkwy"),
    ("piazza", "pza"),
    ("place", "pl"),
    ("platz", "pl"),
    ("plaza", "plz"),
    ("point", "pt"),
    ("ridge", "rdg"),
    ("road", "rd"),
    ("room", "rm"),
    ("route", "rte"),
    ("saint", "st"),
    ("sainte", "ste"),
    ("second", "2nd"),
    ("seventh", "7th"),
    ("sixth", "6th"),
    ("south", "s"),
    ("southeast", "se"),
    ("southwest", "sw"),
    ("square", "sq"),
    ("street", "st"),
    ("strt", "st"),
    ("suite", "ste"),
    ("tenth", "10th"),
    ("terr", "ter"),
    ("terrace", "ter"),
    ("third", "3rd"),
    ("trail", "trl"),
    ("turnpike", "tpke"),
    ("west", "w"),
];
const UNITS: [&str; 12] = [
    "apt", "flat", "fl", "lot", "no", "num", "rm", "ste", "top", "tur", "unit", "whg",
];

/// A folded word of a street line.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    short: &'a str,
    is_unit: bool,
}

/// What is abbreviated, and what stands for a unit: the short form, and whether it is a unit's.
static SHORT: LazyLock<Table<&'static str, (&'static str, bool)>> = LazyLock::new(|| {
    let units = UNITS.into_iter().map(|unit| (unit, (unit, true)));
    let others = ABBREVIATIONS.into_iter();
    units
        .chain(others.map(|(long, short)| (long, (short, UNITS.contains(&short)))))
        .collect()
});

impl<'a> Word<'a> {
    fn new(text: &'a str) -> Word<'a> {
        let (short, is_unit) = SHORT.get(text).copied().unwrap_or((text, false));
        Word {
            text,
            short,
            is_unit,
        }
    }
}

/// `number street #unit`: the house number first wherever it stood, words abbreviated, German street types attached
/// ("Haupt Straße" and "Hauptstr." are "hauptstr").
pub(super) fn key(line1: &str, line2: Option<&str>, country: Option<Country>) -> String {
    let folded = fold_line(line1);
    let mut words = words(&folded);
    if let Some(number) = box_number(&words) {
        return format!("pobox {number}");
    }
    let mut unit = take_unit(&mut words);
    if unit.is_empty()
        && let Some(line2) = line2
    {
        unit = take_unit(&mut self::words(&fold_line(line2)));
    }
    let mut out = String::with_capacity(folded.len() + unit.len() + 32);
    let number = push_number(&mut out, &words);
    for (at, word) in words.iter().enumerate() {
        if !number.contains(&at) {
            push_street_word(&mut out, word, country);
        }
    }
    if !unit.is_empty() {
        let blank = if out.is_empty() { "" } else { " " };
        out.extend([blank, "#", &unit]);
    }
    out
}

fn fold_line(line: &str) -> String {
    let is_mark = |b: u8| matches!(b, b'#' | b'.');
    if line.bytes().any(is_mark) || (!line.is_ascii() && line.contains('№')) {
        fold(&line.replace(['#', '№'], " unit ").replace('.', ". "))
    } else {
        fold(line)
    }
}

fn words(folded: &str) -> Vec<Word<'_>> {
    let mut words = Vec::with_capacity(8);
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        words.push(Word::new(word));
    }
    words
}

fn push_street_word(out: &mut String, word: &Word, country: Option<Country>) {
    let text = word.text;
    let is_german = text == "strasse" || (text == "str" && !is_english(country));
    let has_street = || {
        out.contains(|c: char| c.is_ascii_alphabetic())
            && !out.ends_with(|c: char| c.is_ascii_digit())
    };
    if is_german && has_street() {
        out.push_str("str");
        return;
    }
    if !out.is_empty() {
        out.push(' ');
    }
    if let Some(stem) = text.strip_suffix("strasse") {
        out.extend([stem, "str"]);
    } else if let Some(stem) = text.strip_suffix("platz").filter(|stem| stem.len() > 2) {
        out.extend([stem, "pl"]);
    } else if text == "str" && is_english(country) {
        out.push_str("st");
    } else {
        out.push_str(word.short);
    }
}

fn is_english(country: Option<Country>) -> bool {
    matches!(
        country,
        Some(Country::US | Country::CA | Country::GB | Country::AU | Country::IE)
    )
}

fn box_number<'a>(words: &[Word<'a>]) -> Option<&'a str> {
    let word = |at: usize| words.get(at).map(|word| word.text);
    match (word(0)?, word(1), word(2)) {
        ("p", Some("o"), Some("box")) | ("post", Some("office"), Some("box")) => word(3),
        ("po", Some("box"), number) => number,
        ("pobox" | "postfach" | "box" | "postbus", number, _) => number,
        _ => None,
    }
}

/// Takes "apt 4 b" out of the words: "4b".
fn take_unit(words: &mut Vec<Word<'_>>) -> String {
    let mut unit = String::new();
    let Some(at) = words.iter().position(|word| word.is_unit) else {
        return unit;
    };
    let mut end = at + 1;
    while end < words.len() && words[end].is_unit {
        end += 1; // "apt # 4", "unit no 4"
    }
    while end < words.len()
        && end < at + 4
        && (unit.is_empty() || words[end].text.len() == 1)
        && is_unit_value(words[end].text)
    {
        unit.push_str(words[end].text);
        end += 1;
    }
    // "Flat Rock Rd" has none.
    if !unit.is_empty() {
        words.drain(at..end);
    }
    unit
}

fn is_unit_value(word: &str) -> bool {
    word.len() <= 2 || word.bytes().any(|b| b.is_ascii_digit())
}

/// The house number ("12", "12b", "12-14"): which words it is. First word in English and French order, else the first
/// number behind the street.
fn push_number(out: &mut String, words: &[Word]) -> Range<usize> {
    let Some(at) = words.iter().position(|word| is_house_number(word.text)) else {
        return 0..0;
    };
    out.push_str(words[at].text);
    let mut end = at + 1;
    while end < words.len() {
        let word = words[end].text;
        let is_number = is_house_number(word);
        if !is_number && (word.len() != 1 || end + 1 < words.len()) {
            break;
        }
        if is_number {
            out.push('-');
        }
        out.push_str(word);
        end += 1;
    }
    at..end
}

fn is_house_number(word: &str) -> bool {
    let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
    letters.len() < word.len() && letters.len() <= 1
}

/// Usual case for a line all in capitals or all in small letters; `None` for any other.
pub(super) fn recase_line(line: &str) -> Option<String> {
    const CAPITALS: [&str; 16] = [
        "bp", "cp", "gpo", "c.p", "b.p", "ne", "nw", "se", "sw", "po", "p.o", "n", "s", "e", "w",
        "us",
    ];
    recase(line, |index, lower, was_upper| {
        let has_digit = lower.bytes().any(|b| b.is_ascii_digit());
        let is_ordinal = has_digit
            && ["st", "nd", "rd", "th"]
                .iter()
                .any(|ending| lower.ends_with(ending));
        if is_ordinal {
            return lower;
        }
        let is_short = lower.len() <= 3 || lower.ends_with([',', '.']);
        let is_capitals = || CAPITALS.contains(&lower.trim_end_matches([',', '.']));
        if has_digit || (is_short && is_capitals()) {
            return match was_upper || !has_digit {
                true => lower.to_uppercase(),
                false => lower,
            };
        }
        if index > 0 && is_small_word(&lower) {
            lower
        } else {
            titled(lower)
        }
    })
}

pub(super) fn recase_city(city: &str) -> Option<String> {
    recase(city, |index, lower, _| {
        if !lower.contains('-') {
            return if index > 0 && is_small_word(&lower) {
                lower
            } else {
                titled(lower)
            };
        }
        let pieces = lower.split('-').enumerate().map(|(piece, word)| {
            if index + piece > 0 && is_small_word(word) {
                word.to_owned()
            } else {
                title_case(word)
            }
        });
        pieces.collect::<Vec<_>>().join("-")
    })
}

fn is_small_word(lower: &str) -> bool {
    const SMALL: [&str; 27] = [
        "am", "an", "auf", "bei", "d'", "da", "de", "del", "dem", "den", "der", "des", "di", "do",
        "dos", "du", "et", "im", "in", "la", "le", "les", "of", "on", "sur", "upon", "von",
    ];
    // "La Paz", "Le Mans" start a name; within one, articles are small.
    lower.len() <= 4 && SMALL.contains(&lower)
}

fn recase(text: &str, case: impl Fn(usize, String, bool) -> String) -> Option<String> {
    let has_upper = one_case(text)? == Case::Upper;
    let mut cased = String::with_capacity(text.len());
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            cased.push(' ');
        }
        cased.push_str(&case(index, word.to_lowercase(), has_upper));
    }
    Some(composed(cased)).filter(|cased| cased != text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn abbreviations_are_sorted() {
        assert!(super::ABBREVIATIONS.is_sorted());
    }
}
