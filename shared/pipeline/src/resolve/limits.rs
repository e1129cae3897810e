//! Blocks that are not compared pair by pair: rows of `silver.limited_blocks`.

use std::collections::HashMap;

/// How a block is compared that is not compared pair by pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// Not at all: it is too large.
    Refused,
    /// With its first record, of this key: it is too large for more.
    First(i64),
    /// Its value is shared by so many that it says nothing.
    Crowd,
}

/// By the number of a rule and a block key.
pub type Limits = HashMap<(u8, i64), Limit>;

impl Limit {
    /// As tables have it.
    pub fn of(treatment: &str, first: i64) -> Limit {
        match treatment {
            "first" => Limit::First(first),
            "crowd" => Limit::Crowd,
            _ => Limit::Refused,
        }
    }

    pub fn treatment(self) -> &'static str {
        match self {
            Limit::Refused => "refused",
            Limit::First(_) => "first",
            Limit::Crowd => "crowd",
        }
    }

    pub fn first(self) -> Option<i64> {
        match self {
            Limit::First(key) => Some(key),
            Limit::Refused | Limit::Crowd => None,
        }
    }
}
