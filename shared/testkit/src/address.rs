//! Postal addresses, and how their country writes them.

use crate::country::Country;
use crate::data::places::{self, City};
use crate::rng::Rng;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) country: Country,
    pub(crate) city: City,
    pub(crate) postcode: String,
    number: u32,
    street: String,
    /// Index into `TYPES_EN`; used where English is spoken.
    street_type: usize,
    unit: Option<String>,
}

impl Address {
    pub(crate) fn draw(rng: &mut Rng, country: Country) -> Address {
        let city = country.cities()[rng.skewed(country.cities().len())];
        let street = match country {
            Country::Us | Country::Ca | Country::Gb | Country::Au => {
                word(rng, places::STREETS_EN, ' ')
            }
            Country::De => {
                let ending = rng.pick(&["straße", "straße", "straße", "weg", "allee", "platz"]);
                format!("{}{ending}", word(rng, places::STREETS_DE, ' '))
            }
            Country::Nl => {
                let ending = rng.pick(&["straat", "straat", "laan", "weg", "plein"]);
                format!("{}{ending}", word(rng, places::STREETS_NL, ' '))
            }
            Country::Fr => {
                let kind = rng.pick(&["rue", "rue", "avenue", "boulevard", "place"]);
                format!("{kind} {}", word(rng, places::STREETS_FR, '|'))
            }
            Country::Es => {
                let kind = rng.pick(&["Calle", "Calle", "Avenida", "Plaza"]);
                format!("{kind} {}", word(rng, places::STREETS_ES, '|'))
            }
        };
        let highest = if country.is_north_american() || country == Country::Au {
            9899
        } else {
            180
        };
        let unit = rng
            .chance(0.18)
            .then(|| format!("{}{}", rng.between(1, 40), rng.pick(&["", "A", "B", "C"])));
        Address {
            country,
            city,
            postcode: postcode(rng, city.2),
            number: rng.between(1, highest) as u32,
            street,
            street_type: rng.skewed(places::TYPES_EN.len()),
            unit: if country.is_north_american() || country == Country::Gb {
                unit
            } else {
                None
            },
        }
    }

    /// Street and house number; `is_short` abbreviates the type as forms do.
    pub(crate) fn line1(&self, is_short: bool) -> String {
        match self.country {
            Country::Us | Country::Ca | Country::Gb | Country::Au => {
                let (long, short) = places::TYPES_EN[self.street_type];
                format!(
                    "{} {} {}",
                    self.number,
                    self.street,
                    if is_short { short } else { long }
                )
            }
            Country::De if is_short => {
                format!("{} {}", self.street.replace("straße", "str."), self.number)
            }
            Country::De | Country::Nl => format!("{} {}", self.street, self.number),
            Country::Fr => format!("{} {}", self.number, self.street),
            Country::Es if is_short => {
                format!("{}, {}", self.street.replace("Calle", "C/"), self.number)
            }
            Country::Es => format!("{}, {}", self.street, self.number),
        }
    }

    pub(crate) fn line2(&self) -> Option<String> {
        let unit = self.unit.as_ref()?;
        Some(if self.country == Country::Gb {
            format!("Flat {unit}")
        } else {
            format!("Apt {unit}")
        })
    }
}

fn word(rng: &mut Rng, list: &'static str, separator: char) -> String {
    let words: Vec<&str> = list.split(separator).collect();
    rng.pick(&words).to_owned()
}

fn postcode(rng: &mut Rng, pattern: &str) -> String {
    // Letters that the British and Canadian post use at these places.
    const LETTERS: &[u8] = b"ABEGHJLNPRSTXY";
    pattern
        .chars()
        .map(|c| match c {
            '#' => char::from(b'0' + rng.below(10) as u8),
            '@' => char::from(rng.pick(LETTERS)),
            c => c,
        })
        .collect()
}
