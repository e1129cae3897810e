//! Postal addresses.

mod one_line;
mod postcode;
mod region;
mod street;

use thiserror::Error;

use crate::Country;
use crate::text::{clean, fold};

/// A postal address in display form. A part that is unknown is `None`, never empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PostalAddress {
    /// House number and street, in the order of the country; or a post-office box.
    pub line1: Option<String>,
    /// Unit, floor, building, care of.
    pub line2: Option<String>,
    pub city: Option<String>,
    /// State or province: the usual code in the US, Canada and Australia, elsewhere as written.
    pub region: Option<String>,
    /// In the country's usual spacing and case.
    pub postcode: Option<String>,
    /// As stated by the source; never guessed.
    pub country: Option<Country>,
}

/// The columns of an address as a system holds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AddressInput<'a> {
    pub line1: Option<&'a str>,
    pub line2: Option<&'a str>,
    pub city: Option<&'a str>,
    pub region: Option<&'a str>,
    pub postcode: Option<&'a str>,
    /// The country that the source states.
    pub country: Option<Country>,
    /// The country whose habits to read by when none is stated. It does not become the address's country.
    pub default_country: Option<Country>,
}

/// What is wrong with an address. Never holds the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AddressFault {
    /// The postcode is left out of the address.
    #[error("the postcode has not the form of the country's postcodes")]
    Postcode,
    /// The region is kept as written.
    #[error("the region is none of the country's")]
    Region,
    #[error("neither street nor city nor postcode")]
    Incomplete,
}

impl PostalAddress {
    /// Reads an address from its columns. When only a street line is filled and holds the whole address, or the city holds
    /// region and postcode too, it is taken apart. `None` without faults when there is nothing; faults are judged by the
    /// stated country only.
    pub fn parse(input: &AddressInput<'_>) -> (Option<PostalAddress>, Vec<AddressFault>) {
        let mut address = PostalAddress {
            line1: read(input.line1),
            line2: read(input.line2),
            city: read(input.city),
            region: read(input.region),
            postcode: read(input.postcode),
            country: input.country,
        };
        one_line::split(&mut address, input.default_country);
        let mut faults = Vec::new();
        let habits = address.country.or(input.default_country);
        if let Some(text) = address.postcode.take() {
            match postcode::parse(&text, habits) {
                Some(postcode) => address.postcode = Some(postcode),
                None if address.country.is_some() => faults.push(AddressFault::Postcode),
                None => address.postcode = postcode::parse(&text, None),
            }
        }
        if let Some(text) = address.region.take() {
            let code = region::code(&text, habits);
            if code.is_none() && region::has_codes(address.country) {
                faults.push(AddressFault::Region);
            }
            address.region = Some(code.map_or(text, str::to_owned));
        }
        address.city = address.city.map(street::recase_city);
        address.line1 = address.line1.map(street::recase_line);
        address.line2 = address.line2.map(street::recase_line);
        if address.line1.is_some() || address.city.is_some() || address.postcode.is_some() {
            return (Some(address), faults);
        }
        if address.line2.is_some() || address.region.is_some() {
            faults.push(AddressFault::Incomplete);
        }
        (None, faults)
    }

    /// For matching: `number street #unit|postcode|city`, folded, with street types and directions abbreviated. The ZIP
    /// code counts with five digits. Empty without a street: a city alone is no place to meet.
    pub fn key(&self) -> String {
        let street = self.street_key();
        if street.is_empty() {
            return street;
        }
        let postcode: String = self
            .postcode
            .iter()
            .flat_map(|postcode| postcode.chars())
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let is_zip4 = postcode.len() == 9 && postcode.bytes().all(|b| b.is_ascii_digit());
        let postcode = if is_zip4 { &postcode[..5] } else { &postcode };
        let city = self.city.as_deref().map(fold).unwrap_or_default();
        format!("{street}|{}|{city}", postcode.to_ascii_lowercase())
    }

    /// The street part of [`PostalAddress::key`]: house number first, then the street, then `#` and the unit.
    pub fn street_key(&self) -> String {
        self.line1
            .as_deref()
            .map(|line1| street::key(line1, self.line2.as_deref(), self.country))
            .unwrap_or_default()
    }
}

/// Words for "no value" beyond those of [`clean`].
const NOTHING: [&str; 6] = [
    "unknown",
    "nil",
    "not available",
    "not provided",
    "tbd",
    "xxx",
];

fn read(text: Option<&str>) -> Option<String> {
    let text = text?;
    let text = if text.contains('\n') {
        clean(&text.replace(['\n', '\r'], ", "))
    } else {
        clean(text)
    }?;
    let trimmed = text.trim_matches([',', ';', ' ', '"']);
    let is_nothing = trimmed.chars().all(|c| !c.is_alphanumeric())
        || trimmed == "NA"
        || NOTHING
            .iter()
            .any(|nothing| trimmed.eq_ignore_ascii_case(nothing));
    if is_nothing {
        None
    } else {
        Some(trimmed.to_owned())
    }
}

#[cfg(test)]
mod tests;
