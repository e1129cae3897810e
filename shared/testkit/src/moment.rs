//! Times of day, written as systems write them. Everything lies before the day of the extracts.

use chrono::{Datelike, Days, NaiveDate};

use crate::household::base_date;
use crate::rng::Rng;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment {
    date: NaiveDate,
    second: u32,
}

impl Moment {
    /// A working hour between `most` and `least` days before the extracts.
    pub(crate) fn before(rng: &mut Rng, most: i64, least: i64) -> Moment {
        let date = base_date() - Days::new(rng.between(least, most).unsigned_abs());
        Moment {
            date,
            second: 6 * 3600 + rng.below(16 * 3600) as u32,
        }
    }

    /// Between this and the day of the extracts.
    pub(crate) fn later(self, rng: &mut Rng) -> Moment {
        let days = (base_date() - self.date).num_days();
        let passed = rng.below(days.max(1) as usize) as u64;
        Moment {
            date: self.date + Days::new(passed),
            second: (self.second + 600).min(86_399),
        }
    }

    /// `days` after this, but not after the extracts.
    pub(crate) fn plus(self, days: u64) -> Moment {
        Moment {
            date: (self.date + Days::new(days)).min(base_date()),
            second: (self.second + 600).min(86_399),
        }
    }

    /// `2026-03-01T10:15:00Z`
    pub(crate) fn iso(self) -> String {
        self.written('T', "Z")
    }

    /// `2026-03-01 10:15:00`, in UTC all the same.
    pub(crate) fn plain(self) -> String {
        self.written(' ', "")
    }

    /// Microseconds since 1970, UTC.
    pub(crate) fn micros(self) -> i64 {
        let days = (self.date - NaiveDate::default()).num_days();
        (days * 86_400 + i64::from(self.second)) * 1_000_000
    }

    fn written(self, between: char, end: &str) -> String {
        let (h, m, s) = (self.second / 3600, self.second / 60 % 60, self.second % 60);
        format!("{}{between}{h:02}:{m:02}:{s:02}{end}", day(self.date))
    }
}

/// `2026-03-01`
pub(crate) fn day(date: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}
