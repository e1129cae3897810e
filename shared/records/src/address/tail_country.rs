//! The country that an address names at its end.

use super::region;
use super::street_words::is_street;
use super::words::{Segment, Word, folded};
use crate::Country;

/// A country's name at the end, alone or behind the city. A name that is a state's too (Georgia, New Mexico), is left
/// for the region; a code of two letters is a country's behind the postcode, or when it is no state's.
pub(super) fn take_country(
    segments: &mut Vec<Segment>,
    habits: Option<Country>,
) -> Option<Country> {
    let (last, before) = segments.split_last_mut()?;
    for length in (1..=last.len().min(5)).rev() {
        let at = last.len() - length;
        let is_alone = at == 0;
        let words = last.get(at..)?;
        if is_alone && before.is_empty() || words.iter().any(Word::has_digit) {
            continue; // nothing but a country
        }
        let name = folded(words);
        let country = if name.len() == 2 && name != "uk" {
            is_alone.then(|| of_two_letters(words, before)).flatten()
        } else {
            Country::in_address(&name, is_alone).filter(|_| !is_state(last, at, habits))
        };
        let Some(country) = country else { continue };
        last.truncate(at);
        if last.is_empty() {
            segments.pop();
        }
        return Some(country);
    }
    None
}

fn of_two_letters(words: &[Word], before: &[Segment]) -> Option<Country> {
    let [word] = words else { return None };
    let country =
        Country::parse(word.text).filter(|_| word.text.bytes().all(|b| b.is_ascii_uppercase()))?;
    let is_state = [
        Country::US,
        Country::CA,
        Country::AU,
        Country::BR,
        Country::IT,
    ]
    .into_iter()
    .any(|state_of| region::find(&word.folded, state_of).is_some());
    let holds_postcode = |segment: &Segment| {
        segment
            .iter()
            .any(|word| word.text.len() > 2 && word.has_digit())
            && !is_street(segment, None)
    };
    let follows_postcode = before.iter().skip(1).any(holds_postcode);
    (follows_postcode || !is_state).then_some(country)
}

/// Whether the words from there on, with none to three before them, are a state ("New Mexico").
fn is_state(words: &[Word], at: usize, habits: Option<Country>) -> bool {
    (at.saturating_sub(3)..=at).any(|from| {
        words.get(from..).is_some_and(|words| {
            let name = folded(words);
            [Some(Country::US), habits]
                .into_iter()
                .flatten()
                .any(|country| region::find(&name, country).is_some())
        })
    })
}
