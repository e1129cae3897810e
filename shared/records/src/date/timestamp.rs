//! Points in time.

use chrono::{DateTime, Datelike, NaiveDateTime, NaiveTime};

use super::{YEARS, parse_date};

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
