#![doc = include_str!("../README.md")]

mod decision;
mod vocabulary;

pub use decision::{Permission, Statement, may_contact};
pub use vocabulary::{Status, parse_channel, parse_purpose};
