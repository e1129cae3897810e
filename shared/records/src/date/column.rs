//! Whether a column writes the day or the month first: asked of all its values, not of each.

use super::DateOrder;
use super::written::before_year;

/// Evidence from the values of a column on how it writes dates. Feed it every text, in any order; parts of a column may be
/// counted apart and merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DateColumn {
    /// The first number is above 12.
    pub day_first: u64,
    /// The second number is above 12.
    pub month_first: u64,
    /// Both numbers could be either.
    pub either: u64,
    /// The order does not matter: year first, names of months, a spreadsheet's number, no date, or day and month alike.
    pub others: u64,
}

/// What a column's values say on its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnOrder {
    DayFirst,
    MonthFirst,
    /// No value says anything: take the country's.
    Ambiguous,
    /// Values say the one and the other: two sources in one column, or one that changed.
    Contradictory,
}

impl ColumnOrder {
    /// `None` when the values do not decide.
    pub fn order(self) -> Option<DateOrder> {
        match self {
            ColumnOrder::DayFirst => Some(DateOrder::DayFirst),
            ColumnOrder::MonthFirst => Some(DateOrder::MonthFirst),
            ColumnOrder::Ambiguous | ColumnOrder::Contradictory => None,
        }
    }
}

impl DateColumn {
    pub fn add(&mut self, text: &str) {
        *(match before_year(text) {
            Some((13.., _)) => &mut self.day_first,
            Some((_, 13..)) => &mut self.month_first,
            Some((first, second)) if first != second => &mut self.either,
            _ => &mut self.others,
        }) += 1;
    }

    pub fn merge(&mut self, other: &DateColumn) {
        self.day_first += other.day_first;
        self.month_first += other.month_first;
        self.either += other.either;
        self.others += other.others;
    }

    /// One in a hundred against the others is a slip of who typed it, more are a contradiction.
    pub fn order(&self) -> ColumnOrder {
        let (less, more) = (
            self.day_first.min(self.month_first),
            self.day_first.max(self.month_first),
        );
        if more == 0 {
            ColumnOrder::Ambiguous
        } else if less > more / 100 {
            ColumnOrder::Contradictory
        } else if more == self.day_first {
            ColumnOrder::DayFirst
        } else {
            ColumnOrder::MonthFirst
        }
    }
}
