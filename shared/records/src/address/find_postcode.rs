//! Where in an address the postcode stands, by its form and its neighbours.

use super::dictionary::{Meaning, suffix};
use super::plain_number::{number_after_city, number_before_city};
use super::postcode::{forms, is_postcode};
use super::region;
use super::street_words::is_street;
use super::words::{Segment, Word, folded};
use crate::Country;

/// A postcode in the segments.
#[derive(Debug)]
pub(super) struct Found {
    pub segment: usize,
    pub at: usize,
    pub length: usize,
    /// The country whose form it has.
    pub country: Option<Country>,
    /// When it is not the words as they stand: without the country's letters.
    pub text: Option<String>,
}

/// Looks for the known country's form; without one, for forms that no other country has, for the default's, and for
/// numbers that a state or a city next to them makes postcodes.
pub(super) fn find(
    segments: &[Segment],
    known: Option<Country>,
    default: Option<Country>,
) -> Option<Found> {
    if let Some(country) = known {
        let found = by_form(segments, country);
        if found.is_some() {
            return found;
        }
    }
    let shape = Shape::of(segments);
    for country in [
        Country::GB,
        Country::CA,
        Country::IE,
        Country::BR,
        Country::PL,
        Country::NL,
    ] {
        if shape.may_hold(country)
            && known.is_none_or(|known| {
                known == country || matches!(country, Country::GB | Country::CA)
            })
            && let Some(found) = by_form(segments, country).filter(|found| is_sure(segments, found))
        {
            return Some(found);
        }
    }
    if known.is_some() {
        return None;
    }
    let is_mexican = |segment: &Segment| {
        segment.len() < 4 && region::find(&folded(segment), Country::MX).is_some()
    };
    let spoken = match street_language(segments) {
        Some(Country::ES) if segments.iter().skip(2).any(is_mexican) => Some(Country::MX),
        spoken => spoken,
    };
    for country in [Country::US, Country::AU] {
        if let Some(found) = by_form(segments, country)
            && (default == Some(country) && spoken.is_none()
                || follows_region(segments, &found, country, default))
        {
            return Some(found);
        }
    }
    spoken
        .and_then(|country| by_form(segments, country))
        .or_else(|| by_form(segments, default?))
        .or_else(|| number_before_city(segments))
        .or_else(|| number_after_city(segments))
}

/// What signs the words with digits have: enough to rule most forms out.
#[derive(Default)]
struct Shape {
    has_letters: bool,
    has_dash: bool,
}

impl Shape {
    fn of(segments: &[Segment]) -> Shape {
        let mut shape = Shape::default();
        for segment in segments {
            for (at, word) in segment
                .iter()
                .enumerate()
                .filter(|(_, word)| word.has_digit())
            {
                shape.has_dash |= word.text.contains('-');
                // "1012 LG" has its letters in the next word
                let next = segment
                    .get(at + 1)
                    .filter(|next| next.text.len() == 2 && word.text.len() == 4);
                shape.has_letters |=
                    next.is_some() || word.text.bytes().any(|b| b.is_ascii_alphabetic());
            }
        }
        shape
    }

    fn may_hold(&self, country: Country) -> bool {
        match country {
            Country::BR | Country::PL => self.has_dash,
            _ => self.has_letters,
        }
    }
}

/// A country of the language of the street, where the word for it is of one language.
fn street_language(segments: &[Segment]) -> Option<Country> {
    segments.iter().flatten().find_map(|word| {
        let folded = word.folded.as_str();
        Some(match folded {
            "via" | "viale" | "piazza" | "piazzale" | "corso" | "vicolo" | "strada" => Country::IT,
            "rue" | "quai" | "chemin" | "impasse" => Country::FR,
            "calle" | "avda" | "paseo" | "carrer" | "carretera" | "ctra" => Country::ES,
            "rua" | "praca" | "travessa" | "rodovia" => Country::BR,
            "ul" | "ulica" | "aleja" | "aleje" | "osiedle" => Country::PL,
            _ if word.is(Meaning::TYPE_SUFFIX) => match suffix(folded)? {
                "strasse" | "str" | "gasse" | "platz" | "damm" | "ufer" => Country::DE,
                "straat" | "laan" | "gracht" | "plein" | "singel" => Country::NL,
                _ => return None,
            },
            _ => return None,
        })
    })
}

/// The last words that have the country's form at a place where a postcode may stand.
fn by_form(segments: &[Segment], country: Country) -> Option<Found> {
    let forms = forms(country)?;
    let letters = country_letters(country);
    for (index, segment) in segments.iter().enumerate().rev() {
        if !segment.iter().any(Word::has_digit) {
            continue;
        }
        for at in (0..segment.len()).rev() {
            for length in [2, 1] {
                let Some(words) = segment.get(at..at + length) else {
                    continue;
                };
                if !words.iter().any(Word::has_digit) {
                    continue;
                }
                let texts = [words[0].text, words.get(1).map_or("", |word| word.text)];
                let number = without_letters(texts[0], letters);
                let has_letters = number.is_some();
                let texts = [number.unwrap_or(texts[0]), texts[1]];
                if !is_postcode(&texts[..length], forms) {
                    continue;
                }
                let found = Found {
                    segment: index,
                    at,
                    length,
                    country: Some(country),
                    text: has_letters.then(|| texts[..length].join(" ")),
                };
                let is_number = texts
                    .iter()
                    .flat_map(|text| text.bytes())
                    .all(|b| b.is_ascii_digit());
                if !is_number || has_letters || may_stand(segments, &found, country) {
                    return Some(found);
                }
            }
        }
    }
    None
}

/// `D-10115` for Germany is `10115`: what the postcode may begin with.
fn country_letters(country: Country) -> [&'static str; 2] {
    match country {
        Country::DE => ["DE", "D"],
        Country::AT => ["AT", "A"],
        Country::FR => ["FR", "F"],
        Country::BE => ["BE", "B"],
        Country::IT => ["IT", "I"],
        Country::ES => ["ES", "E"],
        Country::CH => ["CH", "CH"],
        Country::NL => ["NL", "NL"],
        Country::PL => ["PL", "PL"],
        _ => ["", ""],
    }
}

fn without_letters<'a>(text: &'a str, letters: [&str; 2]) -> Option<&'a str> {
    let mut letters = letters.into_iter().filter(|letters| !letters.is_empty());
    letters.find_map(|letters| {
        let rest = text.strip_prefix(letters)?;
        let number = rest.strip_prefix('-').unwrap_or(rest);
        let is_number = number.len() >= 4 && number.starts_with(|c: char| c.is_ascii_digit());
        is_number.then_some(number)
    })
}

/// A plain number is a postcode at the end of a segment or before a city, but not where a house number stands.
fn may_stand(segments: &[Segment], found: &Found, country: Country) -> bool {
    let Some(segment) = segments.get(found.segment) else {
        return false;
    };
    let (before, after) = (
        segment.get(..found.at).unwrap_or_default(),
        segment.get(found.at + found.length..).unwrap_or_default(),
    );
    let is_address_start = found.segment == 0 && found.at == 0;
    if is_address_start
        && (segments.len() > 1 || after.is_empty())
        && (after.is_empty() || is_street(after, Some(country)) || before_city(country))
    {
        return after.is_empty() && segments.len() == 1; // "12345 Main St, …"
    }
    if after.is_empty() {
        let others = segment.len() - found.length;
        let is_house_number = others > 0
            && writes_number_last(country)
            && is_street(before, Some(country))
            && !before.iter().any(Word::has_digit);
        return !is_house_number;
    }
    // "10115 Berlin", "1420 Braine-l'Alleud", "75008 Paris 8"
    !after.first().is_some_and(Word::has_digit) && !is_street(after, Some(country))
}

/// Whether the postcode comes behind the city there.
fn before_city(country: Country) -> bool {
    matches!(
        country,
        Country::US
            | Country::CA
            | Country::AU
            | Country::NZ
            | Country::GB
            | Country::IE
            | Country::IN
    )
}

pub(super) fn writes_number_last(country: Country) -> bool {
    !matches!(
        country,
        Country::US
            | Country::CA
            | Country::AU
            | Country::NZ
            | Country::GB
            | Country::IE
            | Country::IN
            | Country::FR
    )
}

/// Forms that hold letters or a dash may still be something else when no country is known.
fn is_sure(segments: &[Segment], found: &Found) -> bool {
    let Some(segment) = segments.get(found.segment) else {
        return false;
    };
    let is_address_start = found.segment == 0 && found.at == 0 && segment.len() > found.length;
    let after = segment.get(found.at + found.length..).unwrap_or_default();
    let words = segment
        .get(found.at..found.at + found.length)
        .unwrap_or_default();
    let signs = words
        .iter()
        .flat_map(|word| word.text.bytes())
        .filter(u8::is_ascii_alphanumeric)
        .count();
    match found.country.as_ref().map(Country::iso2) {
        Some("NL") => {
            !is_address_start
                && words.iter().all(|word| {
                    word.text
                        .bytes()
                        .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
                })
                && (!after.is_empty() || found.segment + 1 < segments.len())
                && !after.iter().any(Word::has_digit)
                && !is_street(after, None)
                && !matches!(
                    words.get(1).map_or("", |word| word.text),
                    "NE" | "NW" | "SE" | "SW" | "ST" | "RD" | "DR"
                )
        }
        Some("PL" | "BR") => !is_address_start && words.iter().any(|word| word.text.contains('-')),
        Some("IE") => signs == 7 && words.iter().any(|word| word.text.len() >= 4),
        _ => true,
    }
}

/// A state before the number, in its segment or as the one before. With a city behind the number ("NSW 2000 Sydney") the
/// state stands alone, else it is a word of the street: "12 Vic St".
fn follows_region(
    segments: &[Segment],
    found: &Found,
    country: Country,
    default: Option<Country>,
) -> bool {
    let Some(segment) = segments.get(found.segment) else {
        return false;
    };
    let has_city = segment.len() > found.at + found.length;
    let before = match segment.get(..found.at).unwrap_or_default() {
        [] if !has_city => found
            .segment
            .checked_sub(1)
            .and_then(|index| segments.get(index))
            .map_or(&[][..], Vec::as_slice),
        before => before,
    };
    let least = if has_city { before.len() } else { 1 };
    (least..=4.min(before.len())).any(|length| {
        before.get(before.len() - length..).is_some_and(|words| {
            let name = folded(words);
            let is_of_default = default.is_some_and(|default| {
                default != country && region::find(&name, default).is_some() // WA is of both
            });
            region::find(&name, country).is_some() && !is_of_default
        })
    })
}
