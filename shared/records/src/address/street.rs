//! Street lines: display case and match keys.

use crate::Country;
use crate::name::title_case;
use crate::text::fold;

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

/// The short form of a folded word.
pub(super) fn abbreviate(word: &str) -> &str {
    ABBREVIATIONS
        .binary_search_by(|(long, _)| (*long).cmp(word))
        .map_or(word, |index| ABBREVIATIONS[index].1)
}

/// `number street #unit`: the house number first wherever it stood, words abbreviated, German street types attached
/// ("Haupt Straße" and "Hauptstr." are "hauptstr").
pub(super) fn key(line1: &str, line2: Option<&str>, country: Option<Country>) -> String {
    let folded = fold_line(line1);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    if let Some(number) = box_number(&words) {
        return format!("pobox {number}");
    }
    let (words, mut unit) = split_unit(&words);
    if unit.is_empty()
        && let Some(line2) = line2
    {
        let folded = fold_line(line2);
        let words: Vec<&str> = folded.split(' ').collect();
        unit = split_unit(&words).1;
    }
    let (number, street) = split_number(&words);
    let mut out = number;
    for word in street {
        push_street_word(&mut out, word, country);
    }
    if !unit.is_empty() {
        out.push_str(" #");
        out.push_str(&unit);
    }
    out.trim_start().to_owned()
}

fn fold_line(line: &str) -> String {
    if line.contains(['#', '№', '.']) {
        fold(&line.replace(['#', '№'], " unit ").replace('.', ". "))
    } else {
        fold(line)
    }
}

fn push_street_word(out: &mut String, word: &str, country: Option<Country>) {
    let is_german = word == "strasse" || (word == "str" && !is_english(country));
    let has_street = out.contains(|c: char| c.is_ascii_alphabetic())
        && !out.ends_with(|c: char| c.is_ascii_digit());
    if is_german && has_street {
        out.push_str("str");
        return;
    }
    out.push(' ');
    match word
        .strip_suffix("strasse")
        .or_else(|| word.strip_suffix("platz").filter(|stem| stem.len() > 2))
    {
        Some(stem) if word.ends_with("strasse") => out.extend([stem, "str"]),
        Some(stem) => out.extend([stem, "pl"]),
        None if word == "str" && is_english(country) => out.push_str("st"),
        None => out.push_str(abbreviate(word)),
    }
}

fn is_english(country: Option<Country>) -> bool {
    matches!(
        country,
        Some(Country::US | Country::CA | Country::GB | Country::AU | Country::IE)
    )
}

fn box_number<'a>(words: &[&'a str]) -> Option<&'a str> {
    match words {
        ["p", "o", "box", number, ..]
        | ["po", "box", number, ..]
        | ["pobox" | "postfach" | "box" | "postbus", number, ..] => Some(number),
        ["post", "office", "box", number, ..] => Some(number),
        _ => None,
    }
}

/// Takes "apt 4 b" out of the words: the rest, and "4b".
fn split_unit<'a>(words: &[&'a str]) -> (Vec<&'a str>, String) {
    let Some(at) = words
        .iter()
        .position(|word| UNITS.contains(&abbreviate(word)))
    else {
        return (words.to_vec(), String::new());
    };
    let mut end = at + 1;
    while end < words.len() && UNITS.contains(&abbreviate(words[end])) {
        end += 1; // "apt # 4", "unit no 4"
    }
    let mut unit = String::new();
    while end < words.len()
        && end < at + 4
        && (unit.is_empty() || words[end].len() == 1)
        && is_unit_value(words[end])
    {
        unit.push_str(words[end]);
        end += 1;
    }
    if unit.is_empty() {
        return (words.to_vec(), unit); // "Flat Rock Rd"
    }
    (
        words[..at].iter().chain(&words[end..]).copied().collect(),
        unit,
    )
}

fn is_unit_value(word: &str) -> bool {
    word.len() <= 2 || word.bytes().any(|b| b.is_ascii_digit())
}

/// The house number ("12", "12b", "12-14") and the street. First word in English and French order, else the first number
/// behind the street.
fn split_number<'a>(words: &[&'a str]) -> (String, Vec<&'a str>) {
    let Some(at) = words.iter().position(|word| is_house_number(word)) else {
        return (String::new(), words.to_vec());
    };
    let mut number = words[at].to_owned();
    let mut end = at + 1;
    while end < words.len()
        && (is_house_number(words[end]) || (words[end].len() == 1 && end + 1 >= words.len()))
    {
        if is_house_number(words[end]) {
            number.push('-');
        }
        number.push_str(words[end]);
        end += 1;
    }
    (
        number,
        words[..at].iter().chain(&words[end..]).copied().collect(),
    )
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
        let has_digit = lower.contains(|c: char| c.is_ascii_digit());
        let is_ordinal = has_digit
            && ["st", "nd", "rd", "th"]
                .iter()
                .any(|ending| lower.ends_with(ending));
        if is_ordinal {
            return lower.to_owned();
        }
        if has_digit || CAPITALS.contains(&lower.trim_end_matches([',', '.'])) {
            return if was_upper || !has_digit {
                lower.to_uppercase()
            } else {
                lower.to_owned()
            };
        }
        if index > 0 && is_small_word(lower) {
            lower.to_owned()
        } else {
            title_case(lower)
        }
    })
}

pub(super) fn recase_city(city: &str) -> Option<String> {
    recase(city, |index, lower, _| {
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
    SMALL.contains(&lower)
}

fn recase(text: &str, case: impl Fn(usize, &str, bool) -> String) -> Option<String> {
    let has_lower = text.chars().any(char::is_lowercase);
    let has_upper = text.chars().any(char::is_uppercase);
    if has_lower == has_upper {
        return None;
    }
    let words = text
        .split(' ')
        .enumerate()
        .map(|(index, word)| case(index, &word.to_lowercase(), has_upper));
    let cased = words.collect::<Vec<_>>().join(" ");
    (cased != text).then_some(cased)
}

#[cfg(test)]
mod tests {
    #[test]
    fn abbreviations_are_sorted() {
        assert!(super::ABBREVIATIONS.is_sorted());
    }
}
