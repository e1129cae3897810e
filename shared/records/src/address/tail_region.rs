//! The state, province or county at the end of an address.

use super::region;
use super::street_words::{is_street, street_end};
use super::words::{Segment, Word, folded, joined};
use crate::Country;

/// "New York" as state and city in one: it is the city when what is before it is a street.
pub(super) fn is_only_city(segments: &[Segment], last: &[Word], habits: Option<Country>) -> bool {
    let name = folded(last);
    let is_city_too = matches!(
        name.as_str(),
        "new york"
            | "washington"
            | "quebec"
            | "luxembourg"
            | "berlin"
            | "hamburg"
            | "bremen"
            | "delhi"
            | "new delhi"
            | "chandigarh"
            | "madrid"
            | "rio de janeiro"
            | "sao paulo"
    ) || matches!(
        habits,
        Some(
            Country::IT
                | Country::ES
                | Country::DE
                | Country::AT
                | Country::CH
                | Country::NL
                | Country::BE
        )
    ) && !is_code(last);
    is_city_too
        && segments
            .last()
            .is_none_or(|before| is_street(before, habits) || before.iter().any(Word::has_digit))
}

pub(super) fn is_code(words: &[Word]) -> bool {
    matches!(words, [word] if word.text.len() <= 3 && word.text.bytes().all(|b| b.is_ascii_uppercase()))
}

/// The postcode stands behind "San Diego, CA": the city is not what follows it.
pub(super) fn is_region_then_city(segments: &[Segment], habits: Option<Country>) -> bool {
    segments.len() > 1 && segments.last().is_some_and(|last| is_region(last, habits))
}

/// A code in capitals or brackets behind the city: "Milano MI", "Barletta (BT)".
pub(super) fn trailing_code(words: &mut Segment, habits: Option<Country>) -> Option<String> {
    let last = words.last().filter(|_| words.len() > 1)?;
    let bare = last.text.trim_matches(['(', ')']);
    let in_brackets = bare.len() < last.text.len();
    let is_code = (2..=3).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_uppercase());
    let is_known = habits.is_some_and(|country| {
        !matches!(country, Country::FR | Country::NL | Country::BE)
            && region::find(&bare.to_lowercase(), country).is_some()
    });
    if !(in_brackets && !bare.is_empty() || is_code && is_known) {
        return None;
    }
    let region = bare.to_owned();
    words.pop();
    Some(region)
}

/// The state at the end of the words, by name or code, where the country writes it behind the city. New York may be the
/// city as well: it stays when nothing else is the city.
pub(super) fn trailing_region(
    words: &mut Segment,
    habits: Option<Country>,
    is_first: bool,
) -> Option<String> {
    let by_name = match habits {
        None => &[Country::US, Country::CA, Country::AU][..],
        Some(Country::US) => &[Country::US],
        Some(Country::CA) => &[Country::CA],
        Some(Country::AU) => &[Country::AU],
        Some(Country::IN) => &[Country::IN],
        Some(Country::GB) => &[Country::GB],
        Some(Country::IE) => &[Country::IE],
        Some(Country::BR | Country::MX | Country::IT | Country::ES | Country::CH) => {
            return trailing_code(words, habits);
        }
        _ => return None,
    };
    for length in (1..=4.min(words.len())).rev() {
        let at = words.len() - length;
        let name = folded(words.get(at..)?);
        if !by_name
            .iter()
            .any(|country| region::find(&name, *country).is_some())
        {
            continue;
        }
        if at == 0 && length > 1 && name.starts_with("washington d") {
            let district = words.split_off(1); // "Washington D.C."
            return joined(&district);
        }
        let is_city_too = matches!(
            name.as_str(),
            "new york" | "washington" | "quebec" | "delhi" | "new delhi" | "chandigarh"
        );
        if at == 0 && is_first && !is_city_too {
            continue;
        }
        let region = joined(words.get(at..)?);
        let is_street_before = words.get(..at).is_some_and(|before| {
            !before.is_empty() && is_street(before, habits) && street_end(before) == at
        });
        if is_city_too && (at == 0 || is_street_before) {
            // "350 5th Ave, New York 10118": city and state in one.
            return region;
        }
        words.truncate(at);
        return region;
    }
    None
}

/// Whether all the words are one state, province or county, by name or code.
pub(super) fn is_region(words: &[Word], habits: Option<Country>) -> bool {
    let name = folded(words);
    let name = name.as_str();
    match habits {
        Some(country) => region::find(name, country).is_some(),
        None => [Country::US, Country::CA, Country::AU, Country::BR]
            .into_iter()
            .any(|country| region::find(name, country).is_some()),
    }
}
