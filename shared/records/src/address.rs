//! Postal addresses.

mod components;
mod dictionary;
mod find_postcode;
mod lines;
mod number;
mod plain_number;
pub(crate) mod postcode;
mod region;
mod region_names;
mod street;
mod street_words;
mod tail;
mod tail_country;
mod tail_region;
mod words;

use thiserror::Error;

pub use components::AddressComponents;

use crate::Country;
use crate::rule::{Rule, Rules};
use crate::text::{cleaned, fold, fold_into};

/// A postal address in display form. A part that is unknown is `None`, never empty.
#[derive(Debug, Clone, Default)]
pub struct PostalAddress {
    /// House number and street, in the order of the country; or a post-office box.
    pub line1: Option<String>,
    /// Unit, floor, building, care of.
    pub line2: Option<String>,
    pub city: Option<String>,
    /// State or province: the usual code in the US, Canada, Australia, Brazil and Italy, elsewhere as written.
    pub region: Option<String>,
    /// In the country's usual spacing and case.
    pub postcode: Option<String>,
    /// As stated by the source; never guessed.
    pub country: Option<Country>,
    /// By whose habits it was read, to take the lines apart.
    habits: Option<Country>,
    /// How many pieces of `line2` stood before the street.
    recipients: u8,
    rules: Rules,
}

/// By what stands in it: how it was read does not count.
impl PartialEq for PostalAddress {
    fn eq(&self, other: &PostalAddress) -> bool {
        fn parts(address: &PostalAddress) -> [Option<&str>; 5] {
            let PostalAddress {
                line1,
                line2,
                city,
                region,
                postcode,
                ..
            } = address;
            [line1, line2, city, region, postcode].map(Option::as_deref)
        }
        parts(self) == parts(other) && self.country == other.country
    }
}

impl Eq for PostalAddress {}

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
        PostalAddress::parse_with(input, Rules::ALL)
    }

    /// [`PostalAddress::parse`] by the rules in `on` only. Postcodes and regions are judged whether they are changed or not.
    pub fn parse_with(
        input: &AddressInput<'_>,
        on: Rules,
    ) -> (Option<PostalAddress>, Vec<AddressFault>) {
        let mut address = PostalAddress {
            line1: read(input.line1),
            line2: read(input.line2),
            city: read(input.city),
            region: read(input.region),
            postcode: read(input.postcode),
            country: input.country,
            habits: input.country.or(input.default_country),
            ..PostalAddress::default()
        };
        if on.contains(Rule::AddressOneLine) {
            address.take_apart(input.default_country, on);
        }
        let mut faults = Vec::new();
        address.standardize_postcode(on, &mut faults);
        address.standardize_region(on, &mut faults);
        if on.contains(Rule::AddressCase) {
            address.recase();
        }
        if address.line1.is_some() || address.city.is_some() || address.postcode.is_some() {
            return (Some(address), faults);
        }
        if address.line2.is_some() || address.region.is_some() {
            faults.push(AddressFault::Incomplete);
        }
        (None, faults)
    }

    /// The rules that changed or noticed something.
    pub fn rules(&self) -> Rules {
        self.rules
    }

    /// Takes city, region, postcode and country out of the street lines, when their own columns are empty; and region and
    /// postcode out of the city's.
    fn take_apart(&mut self, default: Option<Country>, on: Rules) {
        if self.region.is_some() || self.postcode.is_some() {
            return;
        }
        let one_line = Rule::AddressOneLine;
        if let Some(city) = &self.city {
            if !city.bytes().any(|b| b.is_ascii_digit()) {
                return;
            }
            let mut segments = words::segments(city);
            let tail = tail::take(&mut segments, self.country, default);
            let Some(tail) = tail.filter(|tail| {
                tail.postcode.is_some() && tail.city.is_some() && segments.is_empty()
            }) else {
                return;
            };
            self.set_tail(tail, on);
            self.rules = self.rules.with(one_line);
            return;
        }
        let Some(line1) = &self.line1 else { return };
        let text = match &self.line2 {
            Some(line2) => format!("{line1}, {line2}"),
            None => line1.clone(),
        };
        let mut segments = words::segments(&text);
        let Some(tail) = tail::take(&mut segments, self.country, default) else {
            return;
        };
        let lines = lines::arrange(segments, tail.habits);
        self.line1 = read(lines.line1.as_deref());
        self.line2 = read(lines.line2.as_deref());
        if let Some(county) = tail.county.clone() {
            self.line2 = Some(match self.line2.take() {
                Some(line2) => format!("{line2}, {county}"),
                None => county,
            });
        }
        self.recipients = lines.recipients;
        self.set_tail(tail, on);
        self.rules = self.rules.with(one_line);
    }

    fn set_tail(&mut self, tail: tail::Tail, on: Rules) {
        // "12 Main St, Unknown, CA 92101"
        self.city = read(tail.city.as_deref());
        self.region = read(tail.region.as_deref());
        self.postcode = tail.postcode;
        if let (None, Some(country)) = (
            self.country,
            tail.country.filter(|_| on.contains(Rule::AddressCountry)),
        ) {
            self.country = Some(country);
            self.rules = self.rules.with(Rule::AddressCountry);
        }
        self.habits = tail.habits.or(self.habits);
    }

    fn standardize_postcode(&mut self, on: Rules, faults: &mut Vec<AddressFault>) {
        let Some(text) = self.postcode.take() else {
            return;
        };
        let habits = self
            .country
            .or_else(|| self.habits_of_region())
            .or(self.habits);
        // "00-950" is a Polish postcode whatever the default.
        let parsed = if self.country.is_none() && postcode::is_polish(&text) {
            Some(text.clone())
        } else {
            postcode::parse(&text, habits)
        };
        if parsed.is_none() && self.country.is_some() {
            faults.push(AddressFault::Postcode);
            if on.contains(Rule::AddressPostcode) {
                self.rules = self.rules.with(Rule::AddressPostcode);
            } else {
                self.postcode = Some(text);
            }
            return;
        }
        let standard = parsed.or_else(|| postcode::parse(&text, None));
        if on.contains(Rule::AddressPostcode) {
            let is_changed = standard.as_deref() != Some(&text);
            self.postcode = standard;
            if is_changed {
                self.rules = self.rules.with(Rule::AddressPostcode);
            }
        } else {
            self.postcode = Some(text);
        }
    }

    /// An Australian state says that 2000 is no ZIP code that lost its zero.
    fn habits_of_region(&self) -> Option<Country> {
        let name = fold(self.region.as_deref()?);
        let is_known = self
            .habits
            .is_some_and(|habits| region::find(&name, habits).is_some());
        region::find(&name, Country::AU)
            .filter(|_| !is_known)
            .map(|region| region.country)
    }

    fn standardize_region(&mut self, on: Rules, faults: &mut Vec<AddressFault>) {
        let Some(text) = &self.region else { return };
        let code = region::code(text, self.country.or(self.habits));
        if code.is_none() && region::has_codes(self.country) {
            faults.push(AddressFault::Region);
        }
        if let Some(code) = code.filter(|code| on.contains(Rule::AddressRegion) && code != text) {
            self.region = Some(code.to_owned());
            self.rules = self.rules.with(Rule::AddressRegion);
        }
    }

    fn recase(&mut self) {
        for (part, recase) in [
            (
                &mut self.city,
                street::recase_city as fn(&str) -> Option<String>,
            ),
            (&mut self.line1, street::recase_line),
            (&mut self.line2, street::recase_line),
        ] {
            if let Some(changed) = part.as_deref().and_then(recase) {
                *part = Some(changed);
                self.rules = self.rules.with(Rule::AddressCase);
            }
        }
    }

    /// The whole address in one line, as its country orders city and postcode: `12 Main St, San Diego, CA 92101, US`. It
    /// parses back to the same parts where the street can be told from the rest.
    pub fn normalized(&self) -> String {
        let habits = self.country.or(self.habits);
        let [city, region, postcode] =
            [&self.city, &self.region, &self.postcode].map(Option::as_deref);
        let with_blank = |a: Option<&str>, b: Option<&str>| match (a, b) {
            (Some(a), Some(b)) => Some(format!("{a} {b}")),
            (a, b) => a.or(b).map(str::to_owned),
        };
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let place = match habits {
            None | Some(Country::US | Country::CA) => [owned(city), with_blank(region, postcode)],
            Some(Country::AU | Country::NZ | Country::IN) => [
                with_blank(with_blank(city, region).as_deref(), postcode),
                None,
            ],
            Some(Country::GB | Country::IE | Country::BR) => {
                [with_blank(city, None), with_blank(region, None)]
            }
            Some(_) => [with_blank(postcode, city), owned(region)],
        };
        let last =
            postcode.filter(|_| matches!(habits, Some(Country::GB | Country::IE | Country::BR)));
        let [first, second] = place;
        let country = self.country.map(|country| country.iso2().to_owned());
        let parts = [
            self.line1.clone(),
            self.line2.clone(),
            first,
            second,
            owned(last),
            country,
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// For matching: `number street #unit|postcode|city`, folded, with street types and directions abbreviated. The ZIP
    /// code counts with five digits. Empty without a street: a city alone is no place to meet.
    pub fn key(&self) -> String {
        let street = self.street_key();
        if street.is_empty() {
            return street;
        }
        let [postcode, city] =
            [&self.postcode, &self.city].map(|part| part.as_deref().unwrap_or_default());
        let mut key = street;
        key.reserve(postcode.len() + city.len() + 2);
        key.push('|');
        let signs = || postcode.bytes().filter(u8::is_ascii_alphanumeric);
        let is_zip4 = signs().count() == 9 && signs().all(|b| b.is_ascii_digit());
        let length = if is_zip4 { 5 } else { postcode.len() };
        key.extend(
            signs()
                .take(length)
                .map(|b| char::from(b.to_ascii_lowercase())),
        );
        key.push('|');
        fold_into(&mut key, city);
        key
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
    let lines;
    let text = if text.contains('\n') {
        lines = text.replace(['\n', '\r'], ", ");
        cleaned(&lines)
    } else {
        cleaned(text)
    }?;
    let trimmed = text.trim_matches(|c| matches!(c, ',' | ';' | ' ' | '"'));
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
