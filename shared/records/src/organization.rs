//! Organizations: their names and their domains.

mod company;
mod domain;
mod legal_form;

pub use company::CompanyName;
pub use domain::Domain;
