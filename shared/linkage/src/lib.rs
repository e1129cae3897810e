#![doc = include_str!("../README.md")]

mod account;
mod cluster;
mod comparison;
mod distance;
mod level;
mod model;
mod name;
mod person;
mod step;
mod text;
mod train;
mod vector;

pub use account::{Account, PreparedAccount, compare_accounts};
pub use cluster::{Clustering, Cut, CutReason, Decisions, Edge, Traits, cluster, components};
pub use comparison::{Comparison, Entity, Frequency, Level, TermFrequency};
pub use level::birth_date::packed_date;
pub use model::{
    AUTO_MERGE, Estimate, FORMAT, Model, ModelFault, Part, Weights, match_weight_of, probability,
};
pub use name::{
    Agreement, Name, NameLevel, are_relatives_names, compare_names, name_groups, names_agree,
};
pub use person::{Person, PreparedPerson, compare_people};
pub use step::{Outline, SEVERAL};
pub use text::{address_similarity, organization_similarity, phonetic, text_similarity};
pub use train::{Counts, Decided, Evidence, Pass, train};
pub use vector::{MOST_COMPARISONS, Vector};
