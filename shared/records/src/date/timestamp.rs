//! Points in time.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime};

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
        _ => usual(text).or_else(|| in_any_form(text)),
    }?;
    let year = DateTime::from_timestamp_micros(micros)?.year();
    YEARS.contains(&year).then_some(micros)
}

/// `2024-03-01T10:00:00`, with decimals and zone perhaps: what nearly all are, without a look at the form. `None` for
/// other forms, and for times that no clock shows.
fn usual(text: &str) -> Option<i64> {
    let (date_and_time, rest) = text.as_bytes().split_first_chunk::<19>()?;
    let [
        y1,
        y2,
        y3,
        y4,
        b'-',
        m1,
        m2,
        b'-',
        d1,
        d2,
        b'T' | b' ',
        time @ ..,
    ] = date_and_time
    else {
        return None;
    };
    let [h1, h2, b':', n1, n2, b':', s1, s2] = time else {
        return None;
    };
    let year = number(&[*y1, *y2, *y3, *y4])?;
    let [month, day, hour, minute, second] =
        [[m1, m2], [d1, d2], [h1, h2], [n1, n2], [s1, s2]].map(|[a, b]| number(&[*a, *b]));
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month?, day?)?;
    let (decimals, zone) = match rest.strip_prefix(b".") {
        Some(rest) => rest.split_at(rest.iter().take_while(|b| b.is_ascii_digit()).count()),
        None => (&b"0"[..], rest),
    };
    let places = u32::try_from(decimals.len())
        .ok()
        .filter(|places| (1..=9).contains(places))?;
    let nanos = number(decimals)? * 10_u32.pow(9 - places);
    let time = NaiveTime::from_hms_nano_opt(hour?, minute?, second?, nanos)?;
    let east = match zone {
        [] | [b'Z'] => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (number(&[*h1, *h2])?, number(&[*m1, *m2])?);
            let seconds = i64::from(hours * 3600 + minutes * 60);
            let is_zone = hours < 24 && minutes < 60;
            is_zone.then_some(if *sign == b'+' { seconds } else { -seconds })?
        }
        _ => return None,
    };
    Some(date.and_time(time).and_utc().timestamp_micros() - east * 1_000_000)
}

/// Of up to nine digits.
fn number(digits: &[u8]) -> Option<u32> {
    let add = |number, digit: &u8| {
        digit
            .is_ascii_digit()
            .then(|| number * 10 + u32::from(digit - b'0'))
    };
    digits.iter().try_fold(0, add)
}

/// By every form.
fn in_any_form(text: &str) -> Option<i64> {
    with_zone(text).or_else(|| without_zone(text))
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
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_usual_form_is_read_as_by_every_form(
            text in "(1[0-9]|20|[0-9]{2})[0-9]{2}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{1,10})?(Z|[+-][0-2][0-9]:[0-6][0-9]| UTC)?",
        ) {
            if let Some(micros) = usual(&text) {
                prop_assert_eq!(Some(micros), in_any_form(&text));
            }
        }
    }
}
