//! Which words are a street, where it begins and where it ends.

use super::dictionary::{Meaning, box_words};
use super::number::{is_house_number, unit_length};
use super::words::Word;
use crate::Country;

/// Whether the words say that they are a street: by its type.
pub(super) fn is_street(words: &[Word], habits: Option<Country>) -> bool {
    let has_number = words.first().is_some_and(Word::starts_with_digit)
        || words.last().is_some_and(Word::starts_with_digit);
    let name_at = usize::from(words.first().is_some_and(Word::starts_with_digit));
    let count = words.len();
    words.iter().enumerate().any(|(at, word)| {
        let is_abbreviation = word.text.ends_with(['.', '/']);
        if word.is(Meaning::TYPE_SUFFIX) && (!word.is(Meaning::WEAK) || has_compounds(habits)) {
            return count > 1 || word.folded.len() > 6;
        }
        if at <= name_at + 1 && word.is(Meaning::TYPE_FIRST) && at + 1 < count {
            // "Rue X", "12 bis rue X"; a weak word needs a number or its dot
            let is_start = at == name_at
                || words
                    .get(at - 1)
                    .is_some_and(|before| matches!(before.folded.as_str(), "bis" | "ter" | "b"));
            let is_linked = words.get(at + 1).is_some_and(is_link); // "Place du Capitole"
            if is_start && (!word.is(Meaning::WEAK) || has_number || is_abbreviation || is_linked) {
                return true;
            }
        }
        at > name_at.saturating_sub(1) && at >= 1 && word.is(Meaning::TYPE_LAST) && {
            let is_end = words.get(at + 1).is_none_or(|next| {
                next.is(Meaning::DIRECTION) || next.has_digit() || next.is(Meaning::UNIT)
            });
            let is_saint = word.folded == "st" && !is_end && !has_number;
            !is_saint
                && (!word.is(Meaning::WEAK)
                    || has_number && at > name_at
                    || is_end && word.folded == "st")
        }
    })
}

/// What joins a type of street to its name.
fn is_link(word: &Word) -> bool {
    matches!(
        word.folded.as_str(),
        "de" | "du" | "des" | "del" | "della" | "dei" | "da" | "do" | "dos" | "das"
    )
}

/// Whether streets are compounds there.
fn has_compounds(habits: Option<Country>) -> bool {
    matches!(
        habits,
        Some(Country::DE | Country::AT | Country::CH | Country::NL | Country::BE)
    )
}

/// Where a street ends that runs on into the city: behind its type, a direction and the unit, or behind its number where
/// that comes last. The length of the words when nothing says so.
pub(super) fn street_end(words: &[Word]) -> usize {
    let starts_with_number = words.first().is_some_and(Word::starts_with_digit);
    if !starts_with_number
        && let Some(at) = (0..words.len()).find(|&at| {
            words.get(at).is_some_and(|word| {
                word.is(Meaning::TYPE_SUFFIX)
                    || word.is(Meaning::TYPE_FIRST) && at == 0 && !word.is(Meaning::TYPE_LAST)
            })
        })
        && let Some(number) =
            (at + 1..words.len()).find(|&at| words.get(at).is_some_and(is_house_number))
    {
        let letter = words
            .get(number + 1)
            .is_some_and(|word| word.text.len() == 1);
        return number + 1 + usize::from(letter);
    }
    let numbered = (0..words.len())
        .find(|&at| is_highway(words.get(at)) && words.get(at + 1).is_some_and(Word::has_digit));
    if let Some(at) = numbered {
        // "2001 Route 46 Parsippany"
        return at
            + 2
            + usize::from(
                words
                    .get(at + 2)
                    .is_some_and(|word| word.is(Meaning::DIRECTION)),
            );
    }
    let first = if starts_with_number { 2 } else { 1 };
    let is_end = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| word.is(Meaning::TYPE_LAST))
    };
    // Without a number a building may stand before: "Castle Court Shopping Centre Castle Street Caerphilly".
    let last_sure = (first..words.len())
        .rfind(|&at| is_end(at) && words.get(at).is_some_and(|word| !word.is(Meaning::WEAK)))
        .filter(|_| !starts_with_number);
    let first_type = (first..words.len()).find(|&at| {
        is_end(at)
            && !(words.get(at).is_some_and(|word| word.folded == "st")
                && (at + 1..words.len()).any(|later| {
                    is_end(later) && words.get(later).is_some_and(|word| !word.is(Meaning::WEAK))
                }))
    });
    let Some(at) = last_sure.or(first_type) else {
        return words.len();
    };
    let mut end = at + 1;
    // "Park Avenue Road", "US Highway 431"
    while words
        .get(end)
        .is_some_and(|word| word.is(Meaning::TYPE_LAST) && !word.is(Meaning::WEAK))
        || end == at + 1
            && words
                .get(end)
                .is_some_and(|word| word.has_digit() && is_highway(words.get(at)))
    {
        end += 1;
    }
    // "Queen St W Toronto", "Queen Street West"; but "Main St West Springfield"
    while words.get(end).is_some_and(|word| {
        word.is(Meaning::DIRECTION) && (word.text.len() <= 3 || end + 1 == words.len())
    }) {
        end += 1;
    }
    while end < words.len() {
        match unit_length(words.get(end..).unwrap_or_default()) {
            0 => break,
            length => end += length,
        }
    }
    end.min(words.len())
}

pub(super) fn is_highway(word: Option<&Word>) -> bool {
    word.is_some_and(|word| {
        matches!(
            word.folded.as_str(),
            "highway"
                | "hwy"
                | "route"
                | "rte"
                | "road"
                | "rd"
                | "freeway"
                | "expressway"
                | "interstate"
                | "km"
                | "sr"
                | "cr"
                | "us"
                | "fm"
                | "county"
        )
    })
}

/// "N59", "A6", "I-80"; and the one street of a single English word.
pub(super) fn is_road_code(text: &str) -> bool {
    if text.eq_ignore_ascii_case("broadway") {
        return true;
    }
    let number = text.trim_start_matches(|c: char| c.is_ascii_uppercase() || c == '-');
    (1..=3).contains(&(text.len() - number.len()))
        && (1..=4).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit())
}

/// Words that belong to the German street behind them.
fn is_part_of_name(word: &Word) -> bool {
    let folded = word.folded.as_str();
    word.text.ends_with('.')
        || folded.ends_with("er")
        || matches!(
            folded,
            "alte"
                | "neue"
                | "grosse"
                | "kleine"
                | "obere"
                | "untere"
                | "lange"
                | "hohe"
                | "am"
                | "an"
                | "der"
                | "dem"
                | "den"
                | "zum"
                | "zur"
                | "im"
                | "in"
                | "auf"
                | "bei"
                | "von"
                | "st"
                | "sankt"
                | "dr"
                | "erste"
                | "zweite"
                | "de"
                | "van"
                | "het"
                | "oude"
                | "nieuwe"
        )
}

pub(super) fn recipient_end(words: &[Word], habits: Option<Country>) -> usize {
    let no_digit_before = |at: usize| !words.iter().take(at).any(Word::has_digit);
    if let Some(at) = (1..words.len()).find(|&at| words.get(at).is_some_and(is_house_number)) {
        let rest = words.get(at..).unwrap_or_default();
        let before = words.get(..at).unwrap_or_default();
        let follows_unit = before
            .last()
            .is_some_and(|word| word.is(Meaning::UNIT) || is_highway(Some(word)));
        let is_english = rest.len() > 2
            && rest.iter().skip(2).any(|word| {
                word.is(Meaning::TYPE_LAST) && !word.is(Meaning::WEAK) || word.folded == "st"
            });
        let is_romance = rest
            .get(1)
            .is_some_and(|word| word.is(Meaning::TYPE_FIRST) && !word.is(Meaning::WEAK));
        if (is_english || is_romance)
            && !follows_unit
            && box_words(before) == 0
            && !is_street(before, habits)
            && unit_length(before) == 0
        {
            return at;
        }
    }
    if words.first().is_some_and(Word::has_digit)
        || matches!(
            habits,
            Some(Country::US | Country::GB | Country::AU | Country::NZ | Country::IE)
        )
    {
        return 0;
    }
    let at = (2..words.len()).find(|&at| {
        words.get(at).is_some_and(|word| {
            let suffix = word.is(Meaning::TYPE_SUFFIX)
                && word.folded.len() > 7
                && words
                    .get(at - 1)
                    .is_some_and(|before| !is_part_of_name(before));
            let first = word.is(Meaning::TYPE_FIRST)
                && !word.is(Meaning::TYPE_LAST)
                && (!word.is(Meaning::WEAK) || word.text.ends_with('.'))
                && at + 1 < words.len();
            suffix || first
        })
    });
    at.filter(|&at| {
        let is_first = words
            .get(at)
            .is_some_and(|word| word.is(Meaning::TYPE_FIRST));
        no_digit_before(at)
            && (is_first || words.last().is_some_and(Word::has_digit))
            && !is_street(words.get(..at).unwrap_or_default(), habits)
    })
    .filter(|_| {
        !words
            .first()
            .is_some_and(|word| word.is(Meaning::TYPE_FIRST))
    })
    .unwrap_or(0)
}
