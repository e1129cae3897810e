#![doc = include_str!("../README.md")]

mod identity;
mod redirects;
mod survivorship;

pub use identity::{Assignment, Previous, Redirect, RedirectReason, assign_ids, mint};
pub use redirects::Redirects;
pub use survivorship::{SurvivorshipError, SurvivorshipRule, TieBreaker, parse_survivorship};
