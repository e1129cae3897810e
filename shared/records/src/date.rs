//! Dates and timestamps as exports write them.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use crate::Country;

/// Years outside of this are typing errors, whatever the field.
pub const YEARS: std::ops::RangeInclusive<i32> = 1850..=2100;

/// Reads a calendar date: ISO 8601 (`2024-03-01`, with or without a time), `20240301`, `1.3.2024`, `3/1/2024`,
/// `1 Mar 2024`, `March 1, 2024`.
///
/// Between slashes or hyphens a number above 12 is the day; when both could be, `country` decides: month first in the
/// US, Canada and the Philippines and where no country is given, day first elsewhere; between dots the day is first
/// everywhere. `None` for what is no date, and for years before 1850 or after 2100.
pub fn parse_date(text: &str, country: Option<Country>) -> Option<NaiveDate> {
    date_of_any_year(text, country).filter(|date| YEARS.contains(&date.year()))
}

/// Is the text a date or a point in time, of a year outside [`YEARS`]? So a refusal can say what is wrong with it.
pub fn is_of_another_year(text: &str, country: Option<Country>) -> bool {
    let text = text.trim();
    let date = date_of_any_year(text, country)
        .or_else(|| text.get(..10).and_then(|day| numeric(day, country)));
    date.is_some_and(|date| !YEARS.contains(&date.year()))
}

fn date_of_any_year(text: &str, country: Option<Country>) -> Option<NaiveDate> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        compact(text)
    } else if text.bytes().any(|b| b.is_ascii_alphabetic()) && !has_time_mark(text) {
        with_month_name(text)
    } else {
        numeric(text, country)
    }
}

/// Reads a point in time as microseconds since 1970-01-01T00:00:00Z: RFC 3339, and the same with a space for the `T` or
/// without seconds; no zone means UTC, a date alone means its midnight. Unix seconds are not accepted: they cannot be
/// told from milliseconds.
pub fn parse_timestamp(text: &str) -> Option<i64> {
    let text = text.trim();
    let text = text.strip_suffix(" UTC").map_or(text, str::trim_end);
    let micros = match text.len() {
        0..8 => None,
        8..=10 => parse_date(text, None)
            .map(|date| date.and_time(NaiveTime::MIN).and_utc().timestamp_micros()),
        _ => with_zone(text).or_else(|| without_zone(text)),
    }?;
    let year = DateTime::from_timestamp_micros(micros)?.year();
    YEARS.contains(&year).then_some(micros)
}

/// Dates that forms and systems fill in by themselves, or that people type to get on: a date of birth that says nothing.
pub fn is_placeholder_birth_date(date: NaiveDate) -> bool {
    let (year, month, day) = (date.year(), date.month(), date.day());
    year <= 1900
        || year >= 2100
        || ((month, day) == (1, 1)
            && matches!(
                year,
                1901 | 1910 | 1911 | 1920 | 1950 | 1970 | 1980 | 1990 | 1999 | 2000 | 2001
            ))
        || matches!(
            (year, month, day),
            (1901, 12, 13..=14) | (1911, 11, 11) | (1969, 12, 31) | (1999, 12, 31)
        )
}

/// `2024-03-01T…`: letters that belong to a time, not to the name of a month.
fn has_time_mark(text: &str) -> bool {
    text.as_bytes()
        .get(10)
        .is_some_and(|b| matches!(b, b'T' | b't' | b' '))
        && text.as_bytes().get(4) == Some(&b'-')
}

fn compact(text: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(
        text.get(0..4)?.parse().ok()?,
        text.get(4..6)?.parse().ok()?,
        text.get(6..8)?.parse().ok()?,
    )
}

fn numeric(text: &str, country: Option<Country>) -> Option<NaiveDate> {
    let separator = text
        .chars()
        .find(|c| !c.is_ascii_digit())
        .filter(|c| matches!(c, '-' | '/' | '.'))?;
    let mut parts = text.splitn(3, separator);
    let (first, second, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let third = rest.split([' ', 'T', 't']).next()?;
    if third.len() < rest.len() && !is_time(&rest[third.len() + 1..]) {
        return None;
    }
    let (a, b, c) = (number(first)?, number(second)?, number(third)?);
    if first.len() == 4 {
        return NaiveDate::from_ymd_opt(i32::try_from(a).ok()?, b, c);
    }
    if third.len() != 4 {
        return None; // two-digit years are guesses
    }
    let year = i32::try_from(c).ok()?;
    let day_first = if a > 12 || b > 12 {
        a > 12
    } else {
        separator == '.' || !is_month_first(country)
    };
    let (day, month) = if day_first { (a, b) } else { (b, a) };
    NaiveDate::from_ymd_opt(year, month, day)
}

fn is_month_first(country: Option<Country>) -> bool {
    matches!(
        country,
        None | Some(Country::US | Country::CA | Country::PH)
    )
}

fn is_time(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_digit) && text.contains(':')
}

fn number(text: &str) -> Option<u32> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

fn with_month_name(text: &str) -> Option<NaiveDate> {
    let (mut year, mut month, mut day) = (None, None, None);
    for word in text
        .split([' ', ',', '-', '.', '/'])
        .filter(|word| !word.is_empty())
    {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if digits.is_empty() {
            month = Some(month_of(word)?).filter(|_| month.is_none());
        } else if digits.len() == 4 && year.is_none() {
            year = Some(digits.parse().ok()?);
        } else if digits.len() <= 2 && day.is_none() {
            day = Some(number(digits)?);
        } else {
            return None;
        }
    }
    NaiveDate::from_ymd_opt(year?, month?, day?)
}

fn month_of(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let start = word.get(..3)?.to_ascii_lowercase();
    MONTHS
        .iter()
        .position(|month| *month == start)
        .and_then(|index| u32::try_from(index + 1).ok())
}

fn with_zone(text: &str) -> Option<i64> {
    // `2024-03-01 10:00:00+00` is PostgreSQL's form: RFC 3339 wants minutes in the offset.
    let padded = match text
        .len()
        .checked_sub(3)
        .and_then(|at| text.as_bytes().get(at))
    {
        Some(b'+' | b'-') if text.contains(':') => format!("{text}:00"),
        _ => text.to_owned(),
    };
    let time = DateTime::parse_from_rfc3339(&padded)
        .or_else(|_| DateTime::parse_from_str(&padded, "%Y-%m-%d %H:%M:%S%.f%#z"));
    let time = time.or_else(|_| DateTime::parse_from_str(&padded, "%Y-%m-%dT%H:%M:%S%.f%#z"));
    time.map(|time| time.timestamp_micros()).ok()
}

fn without_zone(text: &str) -> Option<i64> {
    const FORMS: [&str; 4] = [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
    ];
    FORMS
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .map(|time| time.and_utc().timestamp_micros())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str, country: Option<Country>) -> Option<String> {
        parse_date(text, country).map(|date| date.to_string())
    }

    #[test]
    fn a_year_too_far_is_told_from_no_date() {
        for text in [
            "2999-01-01",
            "2999-12-31T23:59:59Z",
            "2999-01-01 10:00",
            "1.1.1066",
            "March 1, 2999",
        ] {
            assert!(is_of_another_year(text, None), "{text}");
            assert_eq!(parse_date(text, None), None, "{text}");
        }
        for text in [
            "2024-01-01",
            "soon",
            "",
            "2999-13-01",
            "\u{e4}\u{e4}\u{e4}\u{e4}\u{e4}2999",
        ] {
            assert!(!is_of_another_year(text, None), "{text}");
        }
    }

    #[test]
    fn reads_dates() {
        let (us, gb) = (Some(Country::US), Some(Country::GB));
        for (text, country, want) in [
            ("2024-03-01", None, Some("2024-03-01")),
            ("2024-03-01T10:00:00Z", us, Some("2024-03-01")),
            ("2024-03-01 10:00:00", None, Some("2024-03-01")),
            ("20240301", gb, Some("2024-03-01")),
            ("2024/3/1", None, Some("2024-03-01")),
            ("1.3.2024", us, Some("2024-03-01")),
            ("01.03.2024", None, Some("2024-03-01")),
            ("3/1/2024", us, Some("2024-03-01")),
            ("3/1/2024", gb, Some("2024-01-03")),
            ("25/12/1980", us, Some("1980-12-25")),
            ("12/25/1980", gb, Some("1980-12-25")),
            ("12-25-1980", None, Some("1980-12-25")),
            ("1 Mar 2024", None, Some("2024-03-01")),
            ("March 1st, 2024", None, Some("2024-03-01")),
            ("1-Mar-2024", None, Some("2024-03-01")),
            ("2023-02-29", None, None),
            ("31/04/2000", gb, None),
            ("9999-12-31", None, None),
            ("1111-11-11", None, None),
            ("1/2/99", us, None),
            ("", None, None),
            ("garbage", None, None),
            ("1234567", None, None),
            ("2024-03", None, None),
            ("12/25/1980 0:00:00", us, Some("1980-12-25")),
            ("1980-12-25 junk", None, None),
        ] {
            assert_eq!(date(text, country).as_deref(), want, "{text:?}");
        }
    }

    #[test]
    fn reads_timestamps() {
        for (text, want) in [
            ("1970-01-01T00:00:01Z", Some(1_000_000)),
            ("1970-01-01T01:00:01+01:00", Some(1_000_000)),
            ("1970-01-01 00:00:01", Some(1_000_000)),
            ("1970-01-01T00:00:01.5", Some(1_500_000)),
            ("1970-01-02", Some(86_400_000_000)),
            ("1970-01-01 00:00:01+00", Some(1_000_000)),
            ("1970-01-01 01:00:01.000001+01:00", Some(1_000_001)),
            ("1970-01-01 00:01", Some(60_000_000)),
            ("1970-01-01 00:00:01 UTC", Some(1_000_000)),
            ("1700000000", None),
            ("1700000000000", None),
            ("", None),
            ("soon", None),
            ("2024-13-01T00:00:00Z", None),
            ("9999-12-31T00:00:00Z", None),
        ] {
            assert_eq!(parse_timestamp(text), want, "{text:?}");
        }
    }

    #[test]
    fn knows_placeholders() {
        for (text, want) in [
            ("1900-01-01", true),
            ("1970-01-01", true),
            ("2000-01-01", true),
            ("1985-04-12", false),
            ("1985-01-01", false),
        ] {
            assert_eq!(
                is_placeholder_birth_date(parse_date(text, None).unwrap()),
                want,
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,32}|[0-9TZ:+./ -]{0,32}") {
            parse_timestamp(&text);
            if let Some(date) = parse_date(&text, None) {
                prop_assert_eq!(parse_date(&date.to_string(), None), Some(date));
            }
        }
    }
}
