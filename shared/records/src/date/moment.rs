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
/// day behind it perhaps (`3/1/2024 10:15`, `1 Mar 2024, 3:05:30 PM`). No zone means UTC, a date alone its midnight.
pub fn parse_timestamp_with(
    text: &str,
    reading: &DateReading,
    on: Rules,
) -> Result<ParsedTime, DateFault> {
    let text = text.trim();
    // Up to ten characters are a date alone, and its order is the column's.
    if text.len() > 10
        && let Some(micros) = parse_timestamp(text)
    {
        return Ok(ParsedTime {
            micros,
            rules: Rules::NONE,
        });
    }
    let (date, time) = match on.contains(Rule::DateFormat) {
        true => apart(text),
        false => (text, None),
    };
    let parsed = parse_date_with(date, reading, on)?;
    let at = parsed.date.and_time(time.unwrap_or(NaiveTime::MIN));
    let rules = match time {
        Some(_) => parsed.rules.with(Rule::DateFormat),
        None => parsed.rules,
    };
    Ok(ParsedTime {
        micros: at.and_utc().timestamp_micros(),
        rules,
    })
}

/// A date and the time of day behind it, where there is one.
fn apart(text: &str) -> (&str, Option<NaiveTime>) {
    const FORMS: [&str; 6] = [
        "%H:%M",
        "%H:%M:%S",
        "%H:%M:%S%.f",
        "%I:%M %p",
        "%I:%M:%S %p",
        "%I:%M%p",
    ];
    if !text.contains(':') {
        return (text, None);
    }
    for (at, _) in text.match_indices(' ') {
        let (date, time) = text.split_at(at);
        let time = time.trim_start();
        let mut forms = FORMS.iter();
        if let Some(time) = forms.find_map(|form| NaiveTime::parse_from_str(time, form).ok()) {
            return (date.trim_end_matches(','), Some(time));
        }
    }
    (text, None)
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
        assert_eq!(read("soon 10:15", DayFirst), None);
    }
}
