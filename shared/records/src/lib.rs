#![doc = include_str!("../README.md")]

pub mod address;
pub mod country;
pub mod date;
pub mod email;
pub mod geocode;
pub mod identifier;
mod lookup;
pub mod name;
pub mod nickname;
pub mod organization;
pub mod phone;
pub mod rule;
pub mod text;

pub use address::{AddressComponents, AddressFault, AddressInput, PostalAddress};
pub use country::Country;
pub use email::{Email, EmailFault};
pub use identifier::{Identifier, IdentifierFault, Scheme};
pub use name::{NameKeys, PersonName};
pub use organization::{CompanyName, Domain};
pub use phone::{Phone, PhoneFault, PhoneType};
pub use rule::{Rule, Rules};
