//! Points in time as exports write them, day and month in the order of their column.

use chrono::NaiveTime;

use super::{DateFault, DateReading, parse_date_with, parse_timestamp};
use crate::{Rule, Rules};

/// A point in time, in microseconds since 1970-01-01T00:00:00Z, and the rules that changed the text or noticed something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParsedTime {
    pub micros: i64,
    pub rules: Rules,
}

/// Reads a point in time: what [`parse_timestamp`] reads, and a date in any form of [`parse_date_with`], with a time of
/// day behind it perhaps (`3/1/2024 10:15`, `1 Mar 2024, 3:05:30 p.m.`, `3/1/2024 10:15 +0200`). No zone means UTC, a date
/// alone its midnight, a spreadsheet's decimals are the time of day.
///
/// Errors as [`parse_date_with`], and [`DateFault::NotADate`] where a time of day is written and cannot be read: without
/// it the order of two events could turn around.
pub fn parse_timestamp_with(
    text: &str,
    reading: &DateReading,
    on: Rules,
) -> Result<ParsedTime, DateFault> {
    let text = text.trim();
    if !text.contains(':') {
        let parsed = parse_date_with(text, reading, on)?;
        let midnight = parsed.date.and_time(NaiveTime::MIN).and_utc();
        let fraction = match parsed.rules.contains(Rule::DateSerial) {
            true => text.parse::<f64>().map_or(0.0, f64::fract),
            false => 0.0,
        };
        return Ok(ParsedTime {
            micros: midnight.timestamp_micros()
                + (fraction * SECONDS_A_DAY).round() as i64 * 1_000_000,
            rules: parsed.rules,
        });
    }
    if let Some(micros) = parse_timestamp(text) {
        return Ok(ParsedTime {
            micros,
            rules: Rules::NONE,
        });
    }
    let apart = on.contains(Rule::DateFormat).then(|| apart(text)).flatten();
    let (date, time, offset) = apart.ok_or(match parse_date_with(text, reading, on) {
        Err(DateFault::Year) => DateFault::Year,
        _ => DateFault::NotADate,
    })?;
    let parsed = parse_date_with(date, reading, on)?;
    let at = parsed.date.and_time(time).and_utc();
    Ok(ParsedTime {
        micros: at.timestamp_micros() - offset * 1_000_000,
        rules: parsed.rules.with(Rule::DateFormat).only(on),
    })
}

const SECONDS_A_DAY: f64 = 86_400.0;

/// A date, the time of day behind it, and the seconds by which its zone is ahead of UTC.
fn apart(text: &str) -> Option<(&str, NaiveTime, i64)> {
    let mut cuts = text.match_indices([' ', 'T', 't']);
    cuts.find_map(|(at, _)| {
        let (date, time) = (&text[..at], &text[at + 1..]);
        let (time, offset) = time_of_day(time.trim())?;
        Some((date.trim_end_matches([',', ' ']), time, offset))
    })
}

/// `10:15`, `10:15:30.5`, `3:05 PM`, `3:05 p.m.`, `3:05:00:000PM`, each with `Z`, `UTC`, `GMT` or an offset behind it.
fn time_of_day(text: &str) -> Option<(NaiveTime, i64)> {
    let text = text.to_ascii_uppercase().replace(".M.", "M");
    let (text, offset) = without_zone(text.trim())?;
    let (text, afternoon) = match (text.strip_suffix("AM"), text.strip_suffix("PM")) {
        (Some(text), _) => (text.trim_end(), Some(0)),
        (_, Some(text)) => (text.trim_end(), Some(12)),
        _ => (text, None),
    };
    let mut parts = text.split(':');
    let mut number = |digits: usize| -> Option<Option<u32>> {
        let Some(part) = parts.next() else {
            return Some(None);
        };
        let is_number =
            (1..=digits).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse().ok())
    };
    let (hour, minute) = (number(2)??, number(2)??);
    // The seconds may have decimals, or thousandths behind one colon more.
    let rest = parts.next().unwrap_or("0");
    let (second, decimals) = rest
        .split_once('.')
        .or(rest.split_once(','))
        .unwrap_or((rest, "0"));
    let decimals = parts.next().unwrap_or(decimals);
    if parts.next().is_some()
        || second.is_empty()
        || second.len() > 2
        || decimals.is_empty()
        || decimals.len() > 9
    {
        return None;
    }
    let nanos: u32 = format!("{decimals:0<9}").parse().ok()?;
    let hour = match afternoon {
        Some(afternoon) if (1..=12).contains(&hour) => hour % 12 + afternoon,
        Some(_) if hour > 0 => return None,
        _ => hour,
    };
    let time = NaiveTime::from_hms_nano_opt(hour, minute, second.parse().ok()?, nanos)?;
    Some((time, offset))
}

/// A time without its zone, and the seconds by which that is ahead of UTC. `None` for zones by name: there are several
/// of most names.
fn without_zone(text: &str) -> Option<(&str, i64)> {
    for name in ["Z", "UTC", "GMT"] {
        if let Some(text) = text.strip_suffix(name) {
            return Some((text.trim_end(), 0));
        }
    }
    let Some(at) = text.rfind(['+', '-']) else {
        return Some((text, 0));
    };
    let (time, zone) = text.split_at(at);
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let is_zone = zone.len() - 1 - digits.len() == usize::from(zone.contains(':'));
    let (hours, minutes): (i64, i64) = match digits.len() {
        1 | 2 => (digits.parse().ok()?, 0),
        4 => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
        _ => return None,
    };
    let is_zone = is_zone && hours <= 14 && minutes < 60;
    is_zone.then(|| (time.trim_end(), sign * (hours * 3600 + minutes * 60)))
}

#[cfg(test)]
mod tests {
    use super::super::{DateOrder, DateReading};
    use super::*;

    fn read(text: &str, order: DateOrder) -> Option<String> {
        let read = parse_timestamp_with(text, &DateReading::new(order), Rules::ALL).ok()?;
        let time = chrono::DateTime::from_timestamp_micros(read.micros)?;
        Some(time.format("%Y-%m-%d %H:%M:%S").to_string())
    }

    #[test]
    fn times_behind_dates_are_kept() {
        use DateOrder::{DayFirst, MonthFirst};
        for (text, order, expected) in [
            ("3/1/2024 10:15", MonthFirst, "2024-03-01 10:15:00"),
            ("3/1/2024 10:15", DayFirst, "2024-01-03 10:15:00"),
            ("03/01/2024", DayFirst, "2024-01-03 00:00:00"),
            ("1 Mar 2024, 3:05:30 PM", DayFirst, "2024-03-01 15:05:30"),
            ("2024-03-01 10:15:01", DayFirst, "2024-03-01 10:15:01"),
            ("2024-03-01T10:15:01+02:00", DayFirst, "2024-03-01 08:15:01"),
            ("31.12.2023 23:59:59", MonthFirst, "2023-12-31 23:59:59"),
        ] {
            assert_eq!(read(text, order).as_deref(), Some(expected), "{text}");
        }
        let first_of_march = [
            ("3/1/2024 3:05 p.m.", "15:05:00"),
            ("3/1/2024 3:05:00:000PM", "15:05:00"),
            ("3/1/2024 12:05 AM", "00:05:00"),
            ("3/1/2024 10:15:00Z", "10:15:00"),
            ("3/1/2024 10:15 +0200", "08:15:00"),
            ("3/1/2024T15:05:00+02:00", "13:05:00"),
            ("3/1/2024 15:05:00.250 -05", "20:05:00"),
        ];
        for (text, time) in first_of_march {
            let expected = format!("2024-03-01 {time}");
            assert_eq!(
                read(text, MonthFirst).as_deref(),
                Some(&*expected),
                "{text}"
            );
        }
        // A zone by name is several zones; a time that cannot be is none.
        for text in [
            "soon 10:15",
            "3/1/2024 15:05 EST",
            "2024-01-03 15:05:00 PST",
            "3/1/2024 25:99",
            "3/1/2024 13:05 PM",
        ] {
            assert_eq!(read(text, DayFirst), None, "{text}");
        }
        let mut reading = DateReading::new(DayFirst);
        reading.serials = Some(super::super::SerialSystem::From1900);
        let read = parse_timestamp_with("45352.75", &reading, Rules::ALL).unwrap();
        assert_eq!(read.micros % 86_400_000_000, 64_800_000_000);
    }
}
