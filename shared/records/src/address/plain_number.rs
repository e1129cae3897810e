//! Postcodes that are plain numbers, where no country says so: their neighbours tell.

use super::find_postcode::Found;
use super::region;
use super::street_words::is_street;
use super::words::{Segment, Word, folded};
use crate::Country;

/// Without any country: four to six digits at the start of a segment, with a city behind them.
pub(super) fn number_before_city(segments: &[Segment]) -> Option<Found> {
    for (index, segment) in segments.iter().enumerate().rev() {
        let Some((first, rest)) = segment.split_first() else {
            continue;
        };
        let (number, has_letters) = match first.text.split_once('-') {
            Some((letters, number))
                if letters.len() <= 2 && letters.bytes().all(|b| b.is_ascii_uppercase()) =>
            {
                (number, true)
            }
            _ => (first.text, false),
        };
        let is_number =
            (4..=6).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        if is_number && !rest.is_empty() && is_city(rest) && (index > 0 || segments.len() == 1) {
            let text = has_letters.then(|| number.to_owned());
            let letters = first.text.split('-').next().unwrap_or_default();
            let country = if has_letters {
                of_letters(letters)
            } else {
                None
            };
            return Some(Found {
                segment: index,
                at: 0,
                length: 1,
                country,
                text,
            });
        }
    }
    // "Hauptstr. 5 10115 Berlin": within the segment, when a street stands before it and a city behind.
    for (index, segment) in segments.iter().enumerate().rev() {
        for at in (1..segment.len().saturating_sub(1)).rev() {
            let (before, rest) = segment.split_at(at);
            let Some((number, after)) = rest.split_first() else {
                continue;
            };
            let is_number = (4..=6).contains(&number.text.len())
                && number.text.bytes().all(|b| b.is_ascii_digit());
            if is_number && is_street(before, None) && is_city(after) {
                return Some(Found {
                    segment: index,
                    at,
                    length: 1,
                    country: None,
                    text: None,
                });
            }
        }
    }
    None
}

/// "Marseille Cedex 01", "Lyon 2e": no number but the town's.
fn is_city(words: &[Word]) -> bool {
    let is_number_of_town = |(at, word): (usize, &Word)| {
        !word.has_digit()
            || at > 0
                && (words
                    .get(at - 1)
                    .is_some_and(|before| before.folded == "cedex")
                    || matches!(
                        word.folded.trim_start_matches(|c: char| c.is_ascii_digit()),
                        "e" | "er" | "eme"
                    ))
    };
    words.iter().enumerate().all(is_number_of_town) && !is_street(words, None)
}

/// Without any country: four to six digits at the end, behind a city or alone: "Jakarta 10220".
pub(super) fn number_after_city(segments: &[Segment]) -> Option<Found> {
    for (index, segment) in segments.iter().enumerate().skip(1).rev().take(2) {
        let Some((last, rest)) = segment.split_last() else {
            continue;
        };
        let is_number =
            (4..=6).contains(&last.text.len()) && last.text.bytes().all(|b| b.is_ascii_digit());
        if is_number && !rest.iter().any(Word::has_digit) && !is_street(rest, None) {
            let before = if rest.is_empty() {
                segments.get(index - 1)?.as_slice()
            } else {
                rest
            };
            let is_indian = region::find(&folded(before), Country::IN).is_some()
                || segments
                    .get(index + 1)
                    .is_some_and(|after| region::find(&folded(after), Country::IN).is_some());
            let country = Some(Country::IN).filter(|_| is_indian && last.text.len() == 6);
            return Some(Found {
                segment: index,
                at: rest.len(),
                length: 1,
                country,
                text: None,
            });
        }
    }
    None
}

fn of_letters(letters: &str) -> Option<Country> {
    Some(match letters {
        "D" => Country::DE,
        "A" => Country::AT,
        "F" => Country::FR,
        "B" => Country::BE,
        "I" => Country::IT,
        "E" => Country::ES,
        code if code.len() == 2 => return Country::parse(code),
        _ => return None,
    })
}
