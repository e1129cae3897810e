//! The end of an address in one line: city, region, postcode, country.

use super::dictionary::Meaning;
use super::find_postcode::{Found, find};
use super::number::{is_house_number, unit_length};
use super::region;
use super::street_words::{is_street, recipient_end, street_end};
use super::tail_country::take_country;
use super::tail_region::{
    is_code, is_only_city, is_region, is_region_then_city, trailing_code, trailing_region,
};
use super::words::{Segment, Word, folded, joined};
use crate::Country;
use crate::text::fold;

/// What the end of an address holds.
#[derive(Debug, Default)]
pub(super) struct Tail {
    pub city: Option<String>,
    pub region: Option<String>,
    pub postcode: Option<String>,
    /// Of the US, between city and state: for the second line.
    pub county: Option<String>,
    /// As the text names it.
    pub country: Option<Country>,
    /// By the form of the postcode, to read the rest by.
    pub habits: Option<Country>,
}

/// Takes the end off the segments; what is left of them is street lines. `None` leaves them as they are (but for a
/// country's name): nothing says where the street ends.
pub(super) fn take(
    segments: &mut Vec<Segment>,
    stated: Option<Country>,
    default: Option<Country>,
) -> Option<Tail> {
    let country = take_country(segments, stated.or(default));
    let known = stated.or(country);
    let found = find(segments, known, default);
    let mut tail = Tail {
        country,
        habits: found
            .as_ref()
            .and_then(|found| found.country)
            .or(known)
            .or(default),
        ..Tail::default()
    };
    match found {
        Some(found) => around_postcode(segments, &found, &mut tail),
        None => without_postcode(segments, &mut tail, known.is_some())?,
    }
    county_before_city(segments, &mut tail);
    city_before_us_county(segments, &mut tail);
    Some(tail)
}

fn around_postcode(segments: &mut Vec<Segment>, found: &Found, tail: &mut Tail) {
    let mut before = segments.remove(found.segment);
    let mut after = before.split_off((found.at + found.length).min(before.len()));
    let postcode = before.split_off(found.at.min(before.len()));
    tail.postcode = found.text.clone().or_else(|| joined(&postcode));
    while before.last().is_some_and(is_label) {
        before.pop();
    }
    let mut following = segments.split_off(found.segment.min(segments.len()));
    if tail.country.is_none() && !before.is_empty() {
        // "Montréal, Québec, Canada H2J 2M1"
        tail.country = Country::in_address(&folded(&before), true)
            .filter(|_| !is_region(&before, tail.habits));
        if tail.country.is_some() {
            before.clear();
        }
    }
    if !after.is_empty() {
        // "10115 Berlin", "20121 Milano (MI)", "N1 2XQ London"
        tail.region = trailing_code(&mut after, tail.habits);
        if tail.region.is_none() && tail.country.is_none() && after.len() > 1 {
            // "13353 Berlin DE"
            let code = after
                .last()
                .filter(|word| is_code(std::slice::from_ref(*word)));
            tail.country = code.and_then(|word| Country::parse(word.text));
            if tail.country.is_some() {
                after.pop();
            }
        }
        tail.city = joined(&after);
        if tail.region.is_none() && is_region(&before, tail.habits) {
            tail.region = joined(&before); // "NSW 2000 Sydney"
        } else if !before.is_empty() {
            segments.push(before);
        }
    } else if before.is_empty() {
        // The postcode has a segment of its own.
        if !following.is_empty()
            && !is_region(&following[0], tail.habits)
            && !is_region_then_city(segments, tail.habits)
        {
            tail.city = joined(&following.remove(0));
        } else {
            city_at_end(segments, tail);
        }
    } else {
        // "San Diego CA 92101", "7548 Center St San Diego CA 92101", "Kingswood Road SW2 4JE, London"
        let whole_is_region = is_region(&before, tail.habits);
        if !whole_is_region
            && !following.is_empty()
            && is_street(&before, tail.habits)
            && street_end(&before) == before.len()
        {
            segments.push(before);
            tail.city = joined(&following.remove(0));
        } else {
            segments.push(before);
            city_at_end(segments, tail);
        }
    }
    for segment in following {
        if tail.region.is_none() && is_region(&segment, tail.habits) {
            tail.region = joined(&segment);
        } else {
            segments.push(segment);
        }
    }
}

/// City and region at the end of the segments.
fn city_at_end(segments: &mut Vec<Segment>, tail: &mut Tail) {
    let Some(mut last) = segments.pop() else {
        return;
    };
    if tail.region.is_none() {
        if is_region(&last, tail.habits)
            && segments.iter().any(|segment| may_be_city(segment))
            && !is_only_city(segments, &last, tail.habits)
        {
            tail.region = joined(&last);
            match segments.pop() {
                Some(city) => last = city,
                None => return,
            }
        } else {
            tail.region = trailing_region(&mut last, tail.habits, segments.is_empty());
        }
    }
    if last.is_empty() {
        match segments.pop() {
            Some(city) => last = city,
            None => return,
        }
    }
    take_street_off(&mut last, segments, tail.habits);
    tail.city = joined(&last);
}

/// What of the city's segment belongs to the street before it: "Ste 1 Brooklyn", "s/n São Paulo", "The Book Club 100
/// Leonard St London", "7548 Center St San Diego".
fn take_street_off<'a>(
    last: &mut Segment<'a>,
    segments: &mut Vec<Segment<'a>>,
    habits: Option<Country>,
) {
    let mut split = |last: &mut Segment<'a>, at: usize| {
        let rest = last.split_off(at);
        segments.push(std::mem::replace(last, rest));
    };
    let unit = unit_length(last);
    if unit > 0 && unit < last.len() {
        split(last, unit);
    }
    let before = recipient_end(last, habits);
    if before > 0 {
        split(last, before);
    }
    let end = street_end(last);
    let starts_with_number = last.first().is_some_and(Word::has_digit);
    if end < last.len() && (starts_with_number || is_street(last, habits)) {
        split(last, end);
        return;
    }
    let is_whole_street = end == last.len() && is_street(last, habits);
    let writes_no_city = matches!(habits, Some(Country::GB | Country::IE)) && !segments.is_empty();
    if is_whole_street && (starts_with_number || segments.is_empty() || writes_no_city) {
        segments.push(std::mem::take(last));
        return;
    }
    let is_number = last.len() > 1 && last.first().is_some_and(is_house_number);
    let lacks_number =
        |street: &Segment| is_street(street, habits) && !street.iter().any(Word::starts_with_digit);
    if is_number && segments.last().is_some_and(lacks_number) {
        let rest = last.split_off(1);
        segments.push(std::mem::replace(last, rest));
    }
}

fn may_be_city(segment: &[Word]) -> bool {
    segment.iter().any(|word| !word.has_digit())
        && !segment.first().is_some_and(|word| word.is(Meaning::UNIT))
}

fn is_label(word: &Word) -> bool {
    matches!(
        word.folded.as_str(),
        "cep"
            | "cp"
            | "c p"
            | "pin"
            | "pincode"
            | "plz"
            | "zip"
            | "zipcode"
            | "postcode"
            | "postleitzahl"
            | "cap"
            | "code"
    )
}

/// "12 High Street, London", "12 Main St, San Diego, CA", "Deltona FL", "Pune, Maharashtra, India".
fn without_postcode(
    segments: &mut Vec<Segment>,
    tail: &mut Tail,
    names_country: bool,
) -> Option<()> {
    let first = segments.first()?;
    let starts_as_street = first.iter().any(Word::has_digit) || is_street(first, tail.habits);
    let is_sure = names_country && tail.country.is_some();
    let last = segments.last()?;
    if last
        .first()
        .is_some_and(|word| word.is(Meaning::UNIT) && last.len() > 1)
    {
        return None;
    }
    let is_whole_region = segments.len() > 1 && is_region(last, tail.habits);
    if is_whole_region {
        city_at_end(segments, tail);
        return Some(());
    }
    let mut words = last.clone();
    let is_last_alone = segments.len() == 1;
    if words.len() > 1
        && let Some(region) =
            trailing_region(&mut words, tail.habits.or(Some(Country::US)), is_last_alone)
        && words.len() < last.len()
        && (is_sure || starts_as_street || tail.habits.is_some() || region.len() == 2)
        && (!is_last_alone || !is_street(&words, tail.habits) || street_end(&words) < words.len())
    {
        tail.region = Some(region);
        segments.pop();
        segments.push(words);
        city_at_end(segments, tail);
        return Some(());
    }
    if last.iter().any(Word::has_digit) && !is_city_with_number(last) {
        return None;
    }
    if !is_sure && last.iter().any(|word| word.is(Meaning::RECIPIENT)) {
        return None; // "12 Main St, Attn Jane Doe"
    }
    if is_last_alone {
        // "wellington new zealand"; a street alone stays one.
        if !is_sure || is_street(last, tail.habits) {
            return None;
        }
    } else if !is_sure && (!starts_as_street || is_street(last, tail.habits)) {
        return None;
    }
    if is_street(last, tail.habits)
        && street_end(last) == last.len()
        && last.len() > 1
        && !last.first().is_some_and(|word| word.is(Meaning::DIRECTION))
    {
        return None;
    }
    tail.city = joined(&segments.pop()?);
    Some(())
}

/// "Dublin 4", "Paris 8e".
fn is_city_with_number(words: &[Word]) -> bool {
    matches!(words, [name, number] if !name.has_digit() && number.text.len() <= 3 && matches!(name.folded.as_str(), "dublin" | "paris" | "lyon" | "marseille" | "praha" | "budapest"))
}

/// "Bedford, Bedfordshire, MK42 0XE": what was taken for the city is a county, and the city stands before it.
fn county_before_city(segments: &mut Vec<Segment>, tail: &mut Tail) {
    let Some(country) = tail
        .habits
        .filter(|country| matches!(*country, Country::GB | Country::IE))
    else {
        return;
    };
    let region = |text: &str| region::find(&fold(text), country);
    // "Bedfordshire, England": the nation makes room for the county.
    let has_county = tail
        .region
        .as_deref()
        .and_then(region)
        .is_some_and(|region| region.code == "-");
    let is_county = tail.city.as_deref().and_then(region).is_some();
    let is_city =
        |last: &Segment| !is_street(last, tail.habits) && !last.iter().any(Word::has_digit);
    if !has_county && is_county && segments.last().is_some_and(is_city) {
        tail.region = tail.city.take();
        tail.city = segments.pop().and_then(|city| joined(&city));
    }
}

/// "Fort Garland, Costilla County, CO 08113": a county or township is no city when a place stands before it.
fn city_before_us_county<'a>(segments: &mut Vec<Segment<'a>>, tail: &mut Tail) {
    let is_county = tail.city.as_deref().is_some_and(|city| {
        [" County", " Parish", " Township"]
            .iter()
            .any(|kind| city.ends_with(kind))
    });
    if !is_county || tail.habits.is_some_and(|country| country != Country::US) {
        return;
    }
    let is_place = |last: &Segment| {
        !is_street(last, tail.habits) && may_be_city(last) && !last.iter().any(Word::has_digit)
    };
    if segments.last().is_some_and(is_place)
        && let Some(place) = segments.pop()
    {
        tail.county = tail.city.take();
        tail.city = joined(&place);
    }
}
