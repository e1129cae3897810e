//! Organizations: their names and their domains.

mod company;
mod domain;
mod legal_form;
mod words;

pub use company::CompanyName;
pub use domain::Domain;
