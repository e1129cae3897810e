//! The generator's own word lists. They are written for it and shared with nothing: a matcher that is measured on
//! these extracts must not know the tables they were made from.

pub(crate) mod given_names;
pub(crate) mod nicknames;
pub(crate) mod organizations;
pub(crate) mod places;
pub(crate) mod surnames;
