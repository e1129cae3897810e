#![doc = include_str!("../README.md")]

mod decision;
mod terms;
mod vocabulary;

pub use decision::{Effect, Permission, Statement, effects, may_contact};
pub use terms::{Stated, Terms, Unmet, basis};
pub use vocabulary::{Status, is_confirmed, parse_channel, parse_purpose, parse_refusal};
