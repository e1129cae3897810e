//! The forms of dates.

use chrono::{Days, NaiveDate};

use super::{DateFault, DateOrder, DateReading, SerialSystem};
use crate::text::fold;
use crate::{Rule, Rules};

/// First letters of the names of months, folded: English, German, French, Spanish, Italian, Portuguese, Dutch, Polish.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "sty"],
    &["feb", "fev", "lut"],
    &["mar", "mrt", "maa", "mae"],
    &["apr", "avr", "abr", "kwi"],
    &["may", "mai", "mag", "mei", "maj"],
    &["jun", "juin", "giu", "cze"],
    &["jul", "juil", "lug", "lip"],
    &["aug", "aou", "ago", "sie"],
    &["sep", "set", "wrz"],
    &["oct", "okt", "ott", "out", "paz"],
    &["nov", "lis"],
    &["dec", "dez", "dic", "des", "gru"],
];
/// Words between the parts of a date, and days of the week.
const FILLERS: [&str; 18] = [
    "de",
    "del",
    "of",
    "the",
    "mon",
    "monday",
    "tue",
    "tuesday",
    "wed",
    "wednesday",
    "thu",
    "thursday",
    "fri",
    "friday",
    "sat",
    "saturday",
    "sun",
    "sunday",
];

/// The calendar date that is written, of any year.
pub(super) fn read(
    text: &str,
    reading: &DateReading,
    on: Rules,
) -> Result<(NaiveDate, Rules), DateFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateFault::Empty);
    }
    let mut rules = Rules::NONE;
    let (mut day, time) = split_time(text);
    if !time.is_empty() {
        if !on.contains(Rule::DateTime) {
            return Err(DateFault::NotADate);
        }
        day = day.trim_end();
        rules = rules.with(Rule::DateTime);
    }
    if let Some(parts) = iso(day) {
        return Ok((date(parts)?, rules));
    }
    if let Some(system) = reading.serials.filter(|_| on.contains(Rule::DateSerial))
        && let Some(days) = serial(text)
    {
        let date = of_serial(days, system).ok_or(DateFault::Impossible)?;
        return Ok((date, Rules::NONE.with(Rule::DateSerial)));
    }
    if !on.contains(Rule::DateFormat) {
        return Err(DateFault::NotADate);
    }
    rules = rules.with(Rule::DateFormat);
    if day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()) {
        let part = |from, to| {
            day.get(from..to)
                .and_then(number)
                .ok_or(DateFault::NotADate)
        };
        return Ok((date((part(0, 4)?, part(4, 6)?, part(6, 8)?))?, rules));
    }
    let (year, month, day, how) = match numbers(day) {
        Some(numbers) => ordered(numbers, reading, on)?,
        None => with_month_name(day, reading, on)?,
    };
    Ok((date((year, month, day))?, rules.and(how)))
}

fn date((year, month, day): (u32, u32, u32)) -> Result<NaiveDate, DateFault> {
    if (month, day) == (0, 0) {
        return Err(DateFault::Placeholder);
    }
    i32::try_from(year)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .ok_or(DateFault::Impossible)
}

/// The date, and the time behind it: from the last space or T before the first colon.
fn split_time(text: &str) -> (&str, &str) {
    let Some(colon) = text.find(':') else {
        return (text, "");
    };
    let at = text[..colon].rfind([' ', 'T', 't']);
    match at {
        Some(at) if text[at + 1..].starts_with(|c: char| c.is_ascii_digit()) => text.split_at(at),
        _ => (text, ""),
    }
}

/// `2024-03-01`
fn iso(text: &str) -> Option<(u32, u32, u32)> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let parts = (text.get(..4)?, text.get(5..7)?, text.get(8..)?);
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    Some((number(parts.0)?, number(parts.1)?, number(parts.2)?))
}

fn number(text: &str) -> Option<u32> {
    let is_number = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

/// Three numbers between slashes, hyphens or dots, and how many digits the first and the last have.
struct Numbers {
    values: [u32; 3],
    digits: (usize, usize),
}

fn numbers(text: &str) -> Option<Numbers> {
    let separator = text
        .bytes()
        .find(|b| !b.is_ascii_digit())
        .filter(|b| matches!(b, b'-' | b'/' | b'.'))?;
    let mut parts = text.splitn(3, char::from(separator));
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let values = [number(first)?, number(second)?, number(third)?];
    (second.len() <= 2).then_some(Numbers {
        values,
        digits: (first.len(), third.len()),
    })
}

type Parts = (u32, u32, u32, Rules);

/// Year, month and day, and the rules that told them apart.
fn ordered(numbers: Numbers, reading: &DateReading, on: Rules) -> Result<Parts, DateFault> {
    let [first, second, third] = numbers.values;
    let mut rules = Rules::NONE;
    let year = match numbers.digits {
        (4, 1..=2) => return Ok((first, second, third, rules)),
        (1..=2, 4) => third,
        // 80-12-25
        (2, 1..=2) if first > 31 => {
            let year = full_year(first, reading, on)?;
            return Ok((year, second, third, rules.with(Rule::DateTwoDigitYear)));
        }
        (1..=2, 2) => {
            rules = rules.with(Rule::DateTwoDigitYear);
            full_year(third, reading, on)?
        }
        _ => return Err(DateFault::NotADate),
    };
    let mut order = reading.order;
    let contradicts = match order {
        DateOrder::DayFirst => second > 12 && first <= 12,
        DateOrder::MonthFirst => first > 12 && second <= 12,
    };
    if contradicts && on.contains(Rule::DateSwapped) {
        rules = rules.with(Rule::DateSwapped);
        order = match order {
            DateOrder::DayFirst => DateOrder::MonthFirst,
            DateOrder::MonthFirst => DateOrder::DayFirst,
        };
    } else if first <= 12 && second <= 12 && first != second {
        rules = rules.with(Rule::DateOrder);
        if !on.contains(Rule::DateOrder) {
            return Err(DateFault::NotADate);
        }
    }
    Ok(match order {
        DateOrder::DayFirst => (year, second, first, rules),
        DateOrder::MonthFirst => (year, first, second, rules),
    })
}

/// The last year up to the latest one that ends in the two digits.
fn full_year(short: u32, reading: &DateReading, on: Rules) -> Result<u32, DateFault> {
    let latest = reading
        .latest_year
        .filter(|_| on.contains(Rule::DateTwoDigitYear))
        .and_then(|year| u32::try_from(year).ok())
        .ok_or(DateFault::TwoDigitYear)?;
    let year = latest / 100 * 100 + short;
    if year > latest {
        year.checked_sub(100).ok_or(DateFault::Year)
    } else {
        Ok(year)
    }
}

/// `1 Mar 2024`, `March 1st, 2024`, `1. März 24`: of two small numbers the first is the day.
fn with_month_name(text: &str, reading: &DateReading, on: Rules) -> Result<Parts, DateFault> {
    let (mut year, mut month, mut day, mut short) = (None, None, None, None);
    let separators = [' ', ',', '-', '.', '/', '\''];
    for word in text.split(separators).filter(|word| !word.is_empty()) {
        let digits = word.trim_end_matches(char::is_alphabetic);
        if digits.is_empty() {
            match month_of(word) {
                Some(found) if month.is_none() => month = Some(found),
                _ if FILLERS
                    .iter()
                    .any(|filler| filler.eq_ignore_ascii_case(word)) => {}
                _ => return Err(DateFault::NotADate),
            }
            continue;
        }
        let value = number(digits).ok_or(DateFault::NotADate)?;
        let place = match digits.len() {
            4 => &mut year,
            1 | 2 if day.is_none() => &mut day,
            2 => &mut short,
            _ => return Err(DateFault::NotADate),
        };
        if place.replace(value).is_some() {
            return Err(DateFault::NotADate);
        }
    }
    let (month, day) = (
        month.ok_or(DateFault::NotADate)?,
        day.ok_or(DateFault::NotADate)?,
    );
    match (year, short) {
        (Some(year), None) => Ok((year, month, day, Rules::NONE)),
        (None, Some(short)) => {
            let year = full_year(short, reading, on)?;
            Ok((year, month, day, Rules::NONE.with(Rule::DateTwoDigitYear)))
        }
        _ => Err(DateFault::NotADate),
    }
}

fn month_of(word: &str) -> Option<u32> {
    let folded;
    let word = if word.is_ascii() {
        word
    } else {
        folded = fold(word);
        &folded
    };
    let starts = |name: &&str| {
        word.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    let at = MONTHS.iter().position(|names| names.iter().any(starts))?;
    u32::try_from(at + 1).ok()
}

/// Days of a spreadsheet's calendar, from 10000 to 73415; a fraction is the time of day.
fn serial(text: &str) -> Option<u32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = whole.len() == 5 && fraction.bytes().all(|b| b.is_ascii_digit());
    let days = whole
        .parse()
        .ok()
        .filter(|_| is_number && !fraction.is_empty())?;
    (10_000..=73_415).contains(&days).then_some(days)
}

fn of_serial(days: u32, system: SerialSystem) -> Option<NaiveDate> {
    let zero = match system {
        // The day that never was lies before 10000: what follows it counts from a day earlier.
        SerialSystem::From1900 => NaiveDate::from_ymd_opt(1899, 12, 30),
        SerialSystem::From1904 => NaiveDate::from_ymd_opt(1904, 1, 1),
    }?;
    zero.checked_add_days(Days::new(u64::from(days)))
}

/// The two numbers from 1 to 31 in front of a year, one of which may be a month: a column's evidence.
pub(super) fn before_year(text: &str) -> Option<(u32, u32)> {
    match numbers(split_time(text.trim()).0.trim_end()) {
        Some(Numbers {
            values: [first @ 1..=31, second @ 1..=31, _],
            digits: (1..=2, 2 | 4),
        }) if first <= 12 || second <= 12 => Some((first, second)),
        _ => None,
    }
}
