#![doc = include_str!("../README.md")]

mod identity;
mod redirects;
mod survivorship;

pub use identity::{Assignment, Previous, Redirect, RedirectReason, assign_ids, mint};
pub use redirects::Redirects;
pub use survivorship::{
    ALL_VALUES, Candidate, Criterion, SurvivorshipError, SurvivorshipRule, parse_survivorship,
};
