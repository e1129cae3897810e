//! A whole address in one column, taken apart.

use super::PostalAddress;
use super::postcode::is_postcode;
use super::region;
use super::street::{is_direction, is_street_end, is_unit};
use crate::Country;

type Words<'a> = Vec<&'a str>;

/// What the end of an address holds.
#[derive(Default)]
struct Tail {
    city: Option<String>,
    region: Option<String>,
    postcode: Option<String>,
}

/// Takes city, region, postcode and country out of the street lines, when their own columns are empty; and region and
/// postcode out of the city's.
pub(super) fn split(address: &mut PostalAddress, default_country: Option<Country>) {
    if address.region.is_some() || address.postcode.is_some() {
        return;
    }
    let habits = address.country.or(default_country);
    if let Some(city) = &address.city {
        let mut segments = segments(city);
        if city.contains(|c: char| c.is_ascii_digit())
            && let Some(tail) = take_tail(&mut segments, habits, true)
            && tail.postcode.is_some()
            && tail.city.is_some()
        {
            (address.city, address.region, address.postcode) =
                (tail.city, tail.region, tail.postcode);
        }
        return;
    }
    let Some(line1) = &address.line1 else { return };
    let text = address
        .line2
        .as_ref()
        .map_or_else(|| line1.clone(), |line2| format!("{line1}, {line2}"));
    let mut segments = segments(&text);
    let country = take_country(&mut segments, habits);
    let Some(tail) = take_tail(
        &mut segments,
        address.country.or(country).or(default_country),
        false,
    ) else {
        return;
    };
    let mut lines = segments
        .iter()
        .filter(|words| !words.is_empty())
        .map(|words| words.join(" "));
    let line1 = lines.next();
    let line2 = lines.collect::<Vec<_>>().join(", ");
    *address = PostalAddress {
        line1,
        line2: (!line2.is_empty()).then_some(line2),
        city: tail.city,
        region: tail.region,
        postcode: tail.postcode,
        country: address.country.or(country),
    };
}

fn segments(text: &str) -> Vec<Words<'_>> {
    text.split([',', ';'])
        .map(|segment| segment.split_whitespace().collect())
        .filter(|words: &Words| !words.is_empty())
        .collect()
}

/// A country's name at the end. A code of two letters, or a name that is a state's too (Georgia), is left for the region.
fn take_country(segments: &mut Vec<Words>, habits: Option<Country>) -> Option<Country> {
    let last = segments.last().filter(|_| segments.len() > 1)?.join(" ");
    let is_uk = last.eq_ignore_ascii_case("uk");
    if (last.len() <= 2 && !is_uk) || region::code(&last, habits.or(Some(Country::US))).is_some() {
        return None;
    }
    let country = Country::parse(&last)?;
    segments.pop();
    Some(country)
}

fn take_tail(segments: &mut Vec<Words>, habits: Option<Country>, is_city: bool) -> Option<Tail> {
    let mut last = segments.pop()?;
    if let Some((kept, country)) = trailing_postcode(&last, segments.last(), habits) {
        let postcode = last.split_off(kept).join(" ");
        let mut region = take_region(&mut last, country, segments);
        if last.is_empty() && region.is_none() && segments.len() > 1 {
            region = whole_region(segments, country); // "San Diego, CA, 92101"
        }
        if last.is_empty() {
            last = segments.pop().unwrap_or_default();
        }
        if segments.is_empty() && !is_city {
            let city = last.split_off(street_end(&last)); // "7548 Center St San Diego, CA 92101"
            segments.push(std::mem::replace(&mut last, city));
        }
        return Some(Tail {
            city: joined(&last),
            region,
            postcode: Some(postcode),
        });
    }
    if let Some(at) = postcode_before_city(&last, habits) {
        let tail = last.split_off(at);
        let length =
            if tail.len() > 2 && habits.is_some_and(|habits| is_postcode(&tail[..2], habits)) {
                2
            } else {
                1
            };
        let (postcode, city) = tail.split_at(length);
        let (city, region) = match city {
            [city @ .., province]
                if !city.is_empty() && province.starts_with('(') && province.ends_with(')') =>
            {
                (city, Some(*province))
            }
            [city @ .., province]
                if !city.is_empty() && habits == Some(Country::IT) && province.len() == 2 =>
            {
                (city, Some(*province))
            }
            city => (city, None),
        };
        segments.push(last);
        let region = region.map(|province| province.trim_matches(['(', ')']).to_owned());
        return Some(Tail {
            city: joined(city),
            region,
            postcode: joined(postcode),
        });
    }
    // "12 High Street, London" and "12 Main St, San Diego, CA"
    let has_digit = |words: &Words| {
        words
            .iter()
            .any(|word| word.contains(|c: char| c.is_ascii_digit()))
    };
    if is_city || !segments.first().is_some_and(has_digit) || has_digit(&last) || is_unit(last[0]) {
        return None;
    }
    let region = region::code(&last.join(" "), habits)
        .filter(|_| segments.len() > 1)
        .map(str::to_owned);
    let city = if region.is_some() {
        segments.pop()?
    } else {
        last
    };
    Some(Tail {
        city: joined(&city),
        region,
        postcode: None,
    })
}

fn joined(words: &[&str]) -> Option<String> {
    (!words.is_empty()).then(|| words.join(" "))
}

/// The country by the form of the postcode at the end, and how many words come before it. A ZIP code and an Australian
/// postcode are plain numbers: they need a state before them, or the country's habits.
fn trailing_postcode(
    words: &[&str],
    before: Option<&Words>,
    habits: Option<Country>,
) -> Option<(usize, Country)> {
    let count = words.len();
    let last = words.last()?;
    for (country, inward) in [(Country::CA, 3), (Country::GB, 3), (Country::IE, 4)] {
        let is_known = country != Country::IE || habits == Some(Country::IE);
        if is_known
            && count >= 2
            && last.len() == inward
            && is_postcode(&words[count - 2..], country)
        {
            return Some((count - 2, country));
        }
        if is_known && last.len() >= 5 && is_postcode(&[last], country) {
            return Some((count - 1, country));
        }
    }
    for country in [Country::US, Country::AU] {
        if !is_postcode(&[last], country) {
            continue;
        }
        let mut rest = words[..count - 1].to_vec();
        let before = before.filter(|_| count == 1).map(|before| before.join(" "));
        let follows_region = take_name(&mut rest, country).is_some()
            || before.is_some_and(|before| region::code(&before, Some(country)).is_some());
        if follows_region || habits == Some(country) {
            return Some((count - 1, country));
        }
    }
    None
}

/// The state at the end of the words. New York may be the city as well: it stays when nothing else is the city.
fn take_region(words: &mut Words, country: Country, segments: &[Words]) -> Option<String> {
    let all = words.clone();
    let code = take_name(words, country)?;
    let needs_city = words.is_empty() && segments.len() <= 1;
    if needs_city
        && matches!(
            all.as_slice(),
            ["New", "York"] | ["Washington"] | ["Quebec" | "Québec"]
        )
    {
        *words = all;
    }
    Some(code.to_owned())
}

fn take_name(words: &mut Words, country: Country) -> Option<&'static str> {
    for length in (1..=3.min(words.len())).rev() {
        let at = words.len() - length;
        if let Some(code) = region::code(&words[at..].join(" "), Some(country)) {
            words.truncate(at);
            return Some(code);
        }
    }
    None
}

fn whole_region(segments: &mut Vec<Words>, country: Country) -> Option<String> {
    let code = region::code(&segments.last()?.join(" "), Some(country))?;
    segments.pop();
    Some(code.to_owned())
}

/// Where "10115 Berlin" starts: in front of the segment, or (by the country's habits) within it.
fn postcode_before_city(words: &[&str], habits: Option<Country>) -> Option<usize> {
    let is_number = |word: &str| {
        let digits = word.split_once('-').filter(|(letters, _)| {
            letters.len() <= 2 && letters.bytes().all(|b| b.is_ascii_uppercase())
        });
        let digits = digits.map_or(word, |(_, digits)| digits);
        (4..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit() || b == b'-')
    };
    let is_city = |rest: &[&str]| {
        !rest.is_empty()
            && rest
                .iter()
                .all(|word| !word.contains(|c: char| c.is_ascii_digit()))
            && !rest.iter().any(|word| is_street_end(word))
    };
    let fits = |at: usize, length: usize| {
        habits.is_some_and(|habits| is_postcode(&words[at..at + length], habits))
            && is_city(&words[at + length..])
    };
    if words.len() > 2 && fits(0, 2)
        || words.len() > 1 && is_number(words[0]) && is_city(&words[1..])
    {
        return Some(0);
    }
    if matches!(
        habits,
        None | Some(Country::US | Country::CA | Country::GB | Country::AU | Country::IE)
    ) {
        return None;
    }
    (2..words.len()).find(|&at| (at + 2 < words.len() && fits(at, 2)) || fits(at, 1))
}

/// Where an English street line ends that runs on into the city: behind the street type, a direction and the unit.
fn street_end(words: &[&str]) -> usize {
    let Some(at) = (2..words.len()).find(|&at| is_street_end(words[at])) else {
        return words.len();
    };
    let mut end = at + 1;
    while end < words.len() && is_direction(words[end]) && end + 1 < words.len() {
        end += 1;
    }
    while end + 1 < words.len() && is_unit(words[end]) {
        end += if words[end].len() > 1 && words[end].starts_with('#') {
            1
        } else {
            2
        };
    }
    end
}
