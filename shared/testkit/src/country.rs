//! The countries the company sells in, and how each writes a phone number.

use crate::data::places::{self, City};
use crate::rng::Rng;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Country {
    Us,
    Ca,
    Gb,
    De,
    Fr,
    Nl,
    Au,
    Es,
}

impl Country {
    pub(crate) const ALL: [Country; 8] = [
        Country::Us,
        Country::Ca,
        Country::Gb,
        Country::De,
        Country::Fr,
        Country::Nl,
        Country::Au,
        Country::Es,
    ];
    /// Customers of a hundred that live in each, in the order of `ALL`.
    pub(crate) const SHARES: [u32; 8] = [62, 9, 9, 7, 4, 3, 3, 3];

    pub(crate) fn draw(rng: &mut Rng) -> Country {
        Country::ALL[rng.weighted(&Country::SHARES)]
    }

    pub(crate) fn cities(self) -> &'static [City] {
        match self {
            Country::Us => places::US,
            Country::Ca => places::CA,
            Country::Gb => places::GB,
            Country::De => places::DE,
            Country::Fr => places::FR,
            Country::Nl => places::NL,
            Country::Au => places::AU,
            Country::Es => places::ES,
        }
    }

    pub(crate) fn iso2(self) -> &'static str {
        ["US", "CA", "GB", "DE", "FR", "NL", "AU", "ES"][self as usize]
    }

    pub(crate) fn iso3(self) -> &'static str {
        ["USA", "CAN", "GBR", "DEU", "FRA", "NLD", "AUS", "ESP"][self as usize]
    }

    pub(crate) fn english(self) -> &'static str {
        [
            "United States",
            "Canada",
            "United Kingdom",
            "Germany",
            "France",
            "Netherlands",
            "Australia",
            "Spain",
        ][self as usize]
    }

    pub(crate) fn native(self) -> &'static str {
        [
            "USA",
            "Canada",
            "UK",
            "Deutschland",
            "France",
            "Nederland",
            "Australia",
            "España",
        ][self as usize]
    }

    pub(crate) fn currency(self) -> &'static str {
        ["USD", "CAD", "GBP", "EUR", "EUR", "EUR", "AUD", "EUR"][self as usize]
    }

    fn calling_code(self) -> &'static str {
        ["1", "1", "44", "49", "33", "31", "61", "34"][self as usize]
    }

    pub(crate) fn is_north_american(self) -> bool {
        matches!(self, Country::Us | Country::Ca)
    }
}

/// A number that really can be dialled in its country (but in no one's use, we hope): area and subscriber digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phone {
    country: Country,
    area: String,
    subscriber: String,
}

fn digits(rng: &mut Rng, n: usize) -> String {
    (0..n)
        .map(|_| char::from(b'0' + rng.below(10) as u8))
        .collect()
}

impl Phone {
    pub(crate) fn mobile(rng: &mut Rng, country: Country, city: &City) -> Phone {
        let (area, subscriber) = match country {
            Country::Us | Country::Ca => return Phone::landline(rng, country, city),
            Country::Gb => (
                format!("77{}{}", rng.between(1, 6), rng.below(10)),
                digits(rng, 6),
            ),
            Country::De => (
                rng.pick(&["151", "160", "170", "171", "175"]).to_owned(),
                String::new(),
            ),
            Country::Fr => (
                "6".to_owned(),
                format!("{}{}", rng.pick(&[1, 2, 5, 6, 7]), digits(rng, 7)),
            ),
            Country::Nl => (
                "6".to_owned(),
                format!("{}{}", rng.between(1, 5), digits(rng, 7)),
            ),
            Country::Au => (
                format!("4{}{}", rng.between(0, 3), rng.below(10)),
                digits(rng, 6),
            ),
            Country::Es => (format!("6{}", digits(rng, 2)), digits(rng, 6)),
        };
        let subscriber = match (country, area.as_str()) {
            (Country::De, "151") => digits(rng, 8),
            (Country::De, _) => digits(rng, 7),
            _ => subscriber,
        };
        Phone {
            country,
            area,
            subscriber,
        }
    }

    pub(crate) fn landline(rng: &mut Rng, country: Country, city: &City) -> Phone {
        let area = city.3.to_owned();
        let subscriber = match country {
            Country::Us | Country::Ca => loop {
                let exchange = rng.between(210, 989);
                // N11 are services; 555 is where films and forms dial.
                if exchange % 100 != 11 && exchange != 555 {
                    break format!("{exchange}{}", digits(rng, 4));
                }
            },
            Country::Gb if city.3 == "20" => format!("7{}", digits(rng, 7)),
            Country::Gb => format!("{}{}", rng.between(2, 4), digits(rng, 6)),
            Country::De => format!("{}{}", rng.between(2, 8), digits(rng, 6)),
            Country::Fr => format!("{}{}", rng.between(4, 7), digits(rng, 7)),
            Country::Nl => format!("{}{}", rng.between(2, 7), digits(rng, 6)),
            Country::Au => format!("9{}{}", rng.between(2, 5), digits(rng, 6)),
            Country::Es => format!("{}{}", rng.between(2, 6), digits(rng, 6)),
        };
        Phone {
            country,
            area,
            subscriber,
        }
    }

    pub(crate) fn e164(&self) -> String {
        format!(
            "+{}{}{}",
            self.country.calling_code(),
            self.area,
            self.subscriber
        )
    }

    /// As people type it. `is_local` lets the country code be left out: only where the record says its country.
    pub(crate) fn typed(&self, rng: &mut Rng, is_local: bool) -> String {
        let code = self.country.calling_code();
        let (area, rest) = (&self.area, &self.subscriber);
        if self.country.is_north_american() {
            let (exchange, line) = rest.split_at(3);
            return match rng.below(9) {
                0..=2 => format!("({area}) {exchange}-{line}"),
                3 | 4 => format!("{area}-{exchange}-{line}"),
                5 => format!("{area}.{exchange}.{line}"),
                6 => format!("+1 {area} {exchange} {line}"),
                7 => format!("1-{area}-{exchange}-{line}"),
                _ => format!("{area}{exchange}{line}"),
            };
        }
        let spaced = spaced(rest);
        // Spain has no trunk prefix; the others dial 0 first at home.
        let trunk = if self.country == Country::Es { "" } else { "0" };
        match rng.below(if is_local { 7 } else { 3 }) {
            0 => format!("+{code} {area} {spaced}"),
            // 00 is how Europe dials abroad; a record that says no country could not be read so.
            1 if is_local && self.country != Country::Au => format!("00{code} {area} {spaced}"),
            1 => format!("+{code}{area}{rest}"),
            2 if trunk.is_empty() => self.e164(),
            2 => format!("+{code} (0){area} {spaced}"),
            3 => format!("{trunk}{area} {spaced}"),
            4 if self.country == Country::De => format!("{trunk}{area}/{rest}"),
            4 => format!("{trunk}{area}-{rest}"),
            5 => format!("({trunk}{area}) {spaced}"),
            _ => format!("{trunk}{area}{rest}"),
        }
    }
}

/// "1234567" as "123 4567": blocks as people write them.
fn spaced(digits: &str) -> String {
    let (head, tail) = digits.split_at(digits.len() - 4);
    format!("{head} {tail}")
}
