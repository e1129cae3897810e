#![doc = include_str!("../README.md")]

mod cluster;
mod name;
mod text;

pub use cluster::{Clustering, Cut, CutReason, Link, Traits, cluster};
pub use name::{Agreement, Name, NameLevel, compare_names, name_groups, names_agree};
pub use text::{address_similarity, organization_similarity, phonetic, text_similarity};
