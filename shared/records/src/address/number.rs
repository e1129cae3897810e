//! House numbers and units: what they look like, and where they stand in a street line.

use super::dictionary::Meaning;
use super::find_postcode::writes_number_last;
use super::street_words::is_highway;
use super::words::Word;
use crate::Country;

/// "12", "12b", "12-14", "92-10", "12/5", "123-II", "s/n"; not "5th".
pub(super) fn is_house_number(word: &Word) -> bool {
    if matches!(word.text, "s/n" | "S/N" | "s/nº" | "s/n.") {
        return true;
    }
    let text = word
        .text
        .trim_start_matches(['#', '-'])
        .trim_end_matches(['.', ')']);
    if !text.starts_with(|c: char| c.is_ascii_digit()) || text.len() > 12 {
        return false;
    }
    let letters = |c: char| c.is_alphabetic() && !matches!(c, 'º' | '°');
    text.split(|c| !letters(c)).all(|run| {
        run.chars().count() <= 1
            || matches!(run, "bis" | "ter" | "hs")
            || run.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
    })
}

/// What may follow a house number as a word of its own.
pub(super) fn is_number_addition(word: &Word) -> bool {
    matches!(
        word.folded.as_str(),
        "bis" | "ter" | "quater" | "hs" | "huis" | "rd" | "sous"
    ) && word.text.bytes().all(|b| b.is_ascii_lowercase())
}

/// "Nr.", "nº", "No.": the number follows.
pub(super) fn is_number_sign(word: &Word) -> bool {
    matches!(word.folded.as_str(), "n" | "no" | "nr" | "num" | "numero")
        && !word.text.starts_with("N ")
        && word.text != "N"
}

/// How many words at the start are a unit: "Apt 4B", "# 456", "4th Floor", "Top 5"; nought if none.
pub(super) fn unit_length(words: &[Word]) -> usize {
    let Some(first) = words.first() else { return 0 };
    if first.text.starts_with('#') {
        return if first.text.len() > 1 {
            1
        } else {
            1 + usize::from(words.len() > 1)
        };
    }
    if words.get(1).is_some_and(|word| word.is(Meaning::LEVEL)) && first.is(Meaning::ORDINAL) {
        return 2;
    }
    if !first.is(Meaning::UNIT) {
        return 0;
    }
    let mut end = 1;
    while words.get(end).is_some_and(|word| {
        matches!(word.folded.as_str(), "no" | "nr" | "num" | "")
            || word.is(Meaning::UNIT) && word.folded.len() > 1
    }) {
        end += 1; // "apt # 4", "unit no 4"
    }
    match words.get(end) {
        Some(id)
            if id.has_digit() && id.text.len() <= 8
                || id.text.trim_end_matches('.').len() <= 2
                    && id
                        .text
                        .chars()
                        .all(|c| c.is_uppercase() || !c.is_alphabetic()) =>
        {
            end + 1
        }
        _ if end > 1
            && words
                .get(1)
                .is_some_and(|word| word.text.starts_with('#') && word.text.len() > 1) =>
        {
            end
        }
        _ => 0,
    }
}

pub(super) fn is_number_only(words: &[Word]) -> bool {
    match words {
        [number] => is_house_number(number),
        [sign, number] => {
            (matches!(
                sign.folded.as_str(),
                "n" | "no" | "nr" | "num" | "numero" | ""
            ) && is_house_number(number))
                || (is_house_number(sign)
                    && !sign.text.ends_with(['º', 'ª'])
                    && (number.text.len() == 1 || matches!(number.folded.as_str(), "bis" | "ter")))
        }
        _ => false,
    }
}

/// AU and NZ write unit/number, CA unit-number, PL and AT number/unit; numbers close to each other are a range.
pub(super) fn apart_from_unit(text: &str, habits: Option<Country>) -> (&str, Option<&str>) {
    let number = |text: &str| text.parse::<u32>().ok();
    let is_range = |a: &str, b: &str, most: u32| {
        number(a)
            .zip(number(b))
            .is_some_and(|(a, b)| b > a && b - a <= most)
    };
    let by_slash = text
        .split_once('/')
        .filter(|(a, b)| is_plain(a) && b.split('/').all(is_plain));
    match (habits, by_slash, text.split_once('-')) {
        (Some(Country::AU | Country::NZ), Some((unit, number)), _) => (number, Some(unit)),
        (Some(Country::PL | Country::AT), Some((number, unit)), _)
            if !is_range(number, unit, 2) =>
        {
            (number, Some(unit))
        }
        (Some(Country::CA), _, Some((unit, number)))
            if is_plain(unit)
                && is_plain(number)
                && number.len() >= unit.len()
                && !is_range(unit, number, 20) =>
        {
            (number, Some(unit))
        }
        _ => (text, None),
    }
}

pub(super) fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// "Nr. 5", "nº 5", "#5": the number.
pub(super) fn strip_sign(number: &str) -> &str {
    let at = number.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let sign = number
        .get(..at)
        .unwrap_or_default()
        .trim_matches(['.', ' ', '#', 'º', '°', ':']);
    let is_sign = matches!(
        sign.to_lowercase().as_str(),
        "" | "n" | "no" | "nr" | "num" | "número" | "numero"
    );
    if is_sign {
        number.get(at..).unwrap_or(number)
    } else {
        number
    }
    .trim_end_matches('.')
}

/// How many words at the start are the house number: "12", "12 bis", "No. 12", "12 - 14", "12 1/2".
pub(super) fn leading_number(words: &[Word]) -> usize {
    let sign = usize::from(
        words.first().is_some_and(is_number_sign) && words.get(1).is_some_and(is_house_number),
    );
    if !words.get(sign).is_some_and(is_house_number) {
        return 0;
    }
    // "5 de Mayo", "3 Maja", "83 street": the number is the name
    if words.len() == sign + 2
        && words
            .get(sign + 1)
            .is_some_and(|word| matches!(word.folded.as_str(), "street" | "st" | "avenue" | "ave"))
    {
        return 0;
    }
    let extra = words.get(sign + 1).is_some_and(is_number_addition)
        || matches!(
            words.get(sign + 1).map(|word| word.text),
            Some("1/2" | "½" | "1/4" | "3/4")
        );
    let letter = words.get(sign + 1).is_some_and(|word| {
        word.text.len() == 1
            && word.text.bytes().all(|b| b.is_ascii_alphabetic())
            && !matches!(
                word.text,
                "N" | "S" | "E" | "W" | "R" | "n" | "s" | "e" | "w" | "r" | "C" | "c"
            )
    }) && words.len() > sign + 2;
    let range = words
        .get(sign + 1)
        .is_some_and(|word| is_house_number(word))
        && words.len() > sign + 3
        && words
            .get(sign + 2)
            .is_some_and(|word| !word.is(Meaning::TYPE_LAST));
    sign + 1 + usize::from(extra || letter || range)
}

/// Where the house number at the end begins; the length when there is none.
pub(super) fn trailing_number(words: &[Word], habits: Option<Country>) -> usize {
    let count = words.len();
    let is_letter = |word: &Word| {
        word.text.trim_end_matches('.').len() == 1
            && word.text.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let mut at = count;
    while at > 1
        && words.get(at - 1).is_some_and(|word| {
            is_house_number(word)
                || is_letter(word) && at == count && words.get(at - 2).is_some_and(is_house_number)
                || is_number_addition(word) && at == count
        })
    {
        at -= 1;
        if count - at >= 3 {
            break;
        }
    }
    if at == count || !words.get(at).is_some_and(is_house_number) {
        return count;
    }
    if at > 1 && words.get(at - 1).is_some_and(is_number_sign) {
        at -= 1;
    }
    // "Calle 60 491": the street has a number for its name
    if at == 1
        && count == 3
        && words
            .first()
            .is_some_and(|word| word.is(Meaning::TYPE_FIRST))
        && words.get(2).is_some_and(is_house_number)
    {
        at = 2;
    }
    let is_code = words.get(at - 1).is_some_and(|word| {
        matches!(
            word.folded.as_str(),
            "km" | "statale" | "provinciale" | "departementale" | "nacional" | "federal"
        )
    });
    let is_road_number = is_code
        || is_highway(words.get(at - 1)) && !habits.is_some_and(writes_number_last)
        || words
            .get(at - 1)
            .is_some_and(|word| word.text.len() == 1 && at == 1);
    let is_date = words
        .get(at)
        .is_some_and(|word| word.text.len() == 4 && habits == Some(Country::FR));
    if at == 0 || is_road_number || is_date {
        count
    } else {
        at
    }
}
