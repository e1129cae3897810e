//! Dates and timestamps as exports write them.

mod column;
mod moment;
mod timestamp;
mod written;

use chrono::{Datelike, NaiveDate};
use thiserror::Error;

use crate::{Country, Rule, Rules};
pub use column::{ColumnOrder, DateColumn};
pub use moment::{ParsedTime, parse_timestamp_with};
pub use timestamp::parse_timestamp;

/// Years outside of this are typing errors, whatever the field.
pub const YEARS: std::ops::RangeInclusive<i32> = 1850..=2100;

/// Which of two numbers in front of a year is the day: `3/1/2024`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    DayFirst,
    MonthFirst,
}

impl DateOrder {
    /// Month first in the US, Canada and the Philippines and where no country is given, day first elsewhere.
    pub fn of_country(country: Option<Country>) -> DateOrder {
        match country {
            None | Some(Country::US | Country::CA | Country::PH) => DateOrder::MonthFirst,
            Some(_) => DateOrder::DayFirst,
        }
    }
}

/// Day 0 of a spreadsheet's dates, which are numbers of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SerialSystem {
    /// Excel's default, and every other spreadsheet's: 60 is the 29 February 1900 that never was, 61 is 1900-03-01.
    From1900,
    /// Workbooks that were made on a Macintosh: 0 is 1904-01-01.
    From1904,
}

/// What a text alone does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateReading {
    /// For dates that both orders could be. Decide it by [`DateColumn`] where there is a column.
    pub order: DateOrder,
    /// Two-digit years are read as the last year up to this one that ends so: 2024 makes `24` 2024 and `25` 1925. Give the
    /// current year for births and what else lies in the past, and later ones for due dates. `None`: such dates are refused.
    pub latest_year: Option<i32>,
    /// Set when the column may hold a spreadsheet's numbers for dates. Then a number of five digits from 10000 (1927-05-18
    /// in the 1900 system) to 73415 (2100-12-31) is one, its decimals are the time of day. Smaller numbers are not read:
    /// 2024 is a year rather than 1905-07-16.
    pub serials: Option<SerialSystem>,
}

impl DateReading {
    /// Nothing is guessed but the order.
    pub fn new(order: DateOrder) -> DateReading {
        DateReading {
            order,
            latest_year: None,
            serials: None,
        }
    }

    /// For a date that stands alone: between dots the day is first everywhere, else as the country writes.
    pub fn of(text: &str, country: Option<Country>) -> DateReading {
        let separator = text.trim_start().find(|c: char| !c.is_ascii_digit());
        let is_dotted = separator.is_some_and(|at| text.trim_start()[at..].starts_with('.'));
        DateReading::new(if is_dotted {
            DateOrder::DayFirst
        } else {
            DateOrder::of_country(country)
        })
    }
}

/// A date, and the rules that changed the text or noticed something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParsedDate {
    pub date: NaiveDate,
    pub rules: Rules,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DateFault {
    #[error("empty")]
    Empty,
    #[error("not in the form of a date")]
    NotADate,
    #[error("a day that the calendar does not have")]
    Impossible,
    #[error("a year of two digits")]
    TwoDigitYear,
    #[error("a year before 1850 or after 2100")]
    Year,
    #[error("a date that stands for none: 0000-00-00, 0001-01-01, 9999-12-31")]
    Placeholder,
}

/// Reads a calendar date: ISO 8601 (`2024-03-01`, with or without a time), `20240301`, `1.3.2024`, `3/1/2024`,
/// `1 Mar 2024`, `March 1, 2024`, `1. März 2024` (months in English, German, French, Spanish, Italian, Portuguese, Dutch,
/// Polish).
///
/// Between slashes or hyphens a number above 12 is the day; when both could be, `country` decides: month first in the
/// US, Canada and the Philippines and where no country is given, day first elsewhere; between dots the day is first
/// everywhere. `None` for what is no date, and for years before 1850 or after 2100.
pub fn parse_date(text: &str, country: Option<Country>) -> Option<NaiveDate> {
    parse_date_with(text, &DateReading::of(text, country), Rules::ALL)
        .ok()
        .map(|parsed| parsed.date)
}

/// As [`parse_date`], with what the column or the caller tells, and with the rules that are `on`: `order` decides between
/// dots too. A date that only a rule switched off could read is refused.
pub fn parse_date_with(
    text: &str,
    reading: &DateReading,
    on: Rules,
) -> Result<ParsedDate, DateFault> {
    let (date, mut rules) = written::read(text, reading, on)?;
    let stands_for_none = matches!(
        (date.year(), date.month(), date.day()),
        (1, 1, 1) | (1111, 11, 11) | (2999 | 9999, 12, 31)
    );
    if stands_for_none {
        return Err(DateFault::Placeholder);
    }
    if !YEARS.contains(&date.year()) {
        return Err(DateFault::Year);
    }
    if is_placeholder_date(date) {
        rules = rules.with(Rule::DatePlaceholder);
    }
    Ok(ParsedDate {
        date,
        rules: rules.only(on),
    })
}

/// Dates that systems write where they have none: the first and last days of their calendars.
pub fn is_placeholder_date(date: NaiveDate) -> bool {
    matches!(
        (date.year(), date.month(), date.day()),
        (1899, 12, 30 | 31)
            | (1900 | 1901 | 1904 | 1970, 1, 1)
            | (1901, 12, 13 | 14)
            | (1969, 12, 31)
            | (2038, 1, 19)
            | (2099, 12, 31)
            | (2100, _, _)
    )
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

#[cfg(test)]
mod tests;
