//! From an address to a point on the map: a trait, and a table of postcodes as its simplest implementation.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use crate::address::postcode;
use crate::{Country, PostalAddress};

/// WGS 84, in degrees: latitude −90 to 90 (north positive), longitude −180 to 180 (east positive).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    pub latitude: f64,
    pub longitude: f64,
}

/// How large the area is that the position stands for, the smallest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// The building. No table of postcodes gives it; a geocoding service may.
    Building,
    Street,
    /// The centroid of the whole postcode.
    Postcode,
    /// The centroid of what the first part of the postcode covers: a British outward code, a Canadian forward sortation
    /// area, an Irish routing key, the digits of a Dutch postcode.
    PostcodeArea,
    City,
}

/// A position and what it is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Location {
    pub position: Position,
    pub precision: Precision,
}

/// Finds where an address is. Implementations answer from memory: they are asked once per address of a load.
pub trait Geocoder {
    /// `None` when the address says too little or the place is not known.
    fn locate(&self, address: &PostalAddress) -> Option<Location>;
}

/// Postcode → centroid, from a reference table such as GeoNames' postal codes.
///
/// ```
/// use records::geocode::{Geocoder, PostcodeTable, Precision};
/// use records::{AddressInput, Country, PostalAddress};
///
/// let table = PostcodeTable::new([(Country::GB, "SW1A", 51.502, -0.135)]);
/// let input = AddressInput { line1: Some("10 Downing Street, London, SW1A 2AA, UK"), ..AddressInput::default() };
/// let address = PostalAddress::parse(&input).0.unwrap();
/// let found = table.locate(&address).unwrap();
/// assert_eq!(found.precision, Precision::PostcodeArea);
/// assert_eq!(found.position.latitude, 51.502);
/// ```
#[derive(Debug, Clone, Default)]
pub struct PostcodeTable {
    places: HashMap<(Country, String), Position>,
    rejected: usize,
}

impl PostcodeTable {
    /// From rows of country, postcode (in any spacing; whole, or only its first part), latitude, longitude. A postcode with
    /// several rows gets their mean. Rows without postcode or with a position that is none on earth are left out and counted.
    pub fn new<P: AsRef<str>>(
        rows: impl IntoIterator<Item = (Country, P, f64, f64)>,
    ) -> PostcodeTable {
        let mut sums: HashMap<(Country, String), (Position, f64)> = HashMap::new();
        let mut rejected = 0;
        for (country, postcode, latitude, longitude) in rows {
            let code = bare(postcode.as_ref());
            let is_on_earth =
                (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
            if code.is_empty() || !is_on_earth {
                rejected += 1;
                continue;
            }
            let nowhere = Position {
                latitude: 0.0,
                longitude: 0.0,
            };
            let (sum, count) = sums.entry((country, code)).or_insert((nowhere, 0.0));
            sum.latitude += latitude;
            sum.longitude += longitude;
            *count += 1.0;
        }
        let mean = |(key, (sum, count)): (_, (Position, f64))| {
            (
                key,
                Position {
                    latitude: sum.latitude / count,
                    longitude: sum.longitude / count,
                },
            )
        };
        PostcodeTable {
            places: sums.into_iter().map(mean).collect(),
            rejected,
        }
    }

    /// How many postcodes it knows.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// How many rows were left out.
    pub fn rejected(&self) -> usize {
        self.rejected
    }

    /// The place of a postcode, in any spacing: of the whole, else of its first part.
    pub fn find(&self, country: Country, postcode: &str) -> Option<Location> {
        let (code, first) = postcode_keys(country, postcode)?;
        let located = |precision| {
            move |position: &Position| Location {
                position: *position,
                precision,
            }
        };
        let whole = self.places.get(&(country, code));
        whole.map(located(Precision::Postcode)).or_else(|| {
            let area = self.places.get(&(country, first?));
            area.map(located(Precision::PostcodeArea))
        })
    }
}

impl Geocoder for PostcodeTable {
    /// By the stated country only: the same digits are postcodes of many countries.
    fn locate(&self, address: &PostalAddress) -> Option<Location> {
        self.find(address.country?, address.postcode.as_deref()?)
    }
}

/// A postcode of a list as addresses of the country write it, or a first part that is an area of its own. `None` for what is
/// neither.
pub fn listed_postcode(country: Country, text: &str) -> Option<String> {
    postcode::parse(text, Some(country)).or_else(|| {
        let code = bare(text);
        let starts_with_letter = code.starts_with(|first: char| first.is_ascii_alphabetic());
        let (lengths, has_letters) = first_parts(country)?;
        let is_first = lengths.contains(&code.len()) && starts_with_letter == has_letters;
        is_first.then_some(code)
    })
}

/// What a postcode is looked up by, in any spacing: the whole, and its first part where that is an area of its own. `None`
/// without any letter or digit.
pub fn postcode_keys(country: Country, postcode: &str) -> Option<(String, Option<String>)> {
    let mut code = bare(postcode);
    if code.is_empty() {
        return None;
    }
    // The ZIP code of five digits is the whole: the other four are a delivery route.
    if country == Country::US && code.len() == 9 {
        code.truncate(5);
    }
    let first = first_part(country, &code).map(str::to_owned);
    Some((code, first))
}

fn bare(postcode: &str) -> String {
    let signs = postcode.chars().filter(char::is_ascii_alphanumeric);
    signs.map(|c| c.to_ascii_uppercase()).collect()
}

/// The lengths of first parts that are areas of their own, and whether they start with a letter.
fn first_parts(country: Country) -> Option<(RangeInclusive<usize>, bool)> {
    match country.iso2() {
        "GB" | "GG" | "IM" | "JE" => Some((2..=4, true)),
        "CA" | "IE" => Some((3..=3, true)),
        "NL" | "PT" => Some((4..=4, false)),
        "BR" => Some((5..=5, false)),
        _ => None,
    }
}

fn first_part(country: Country, code: &str) -> Option<&str> {
    let (lengths, _) = first_parts(country)?;
    // Where their lengths differ, three signs stand behind.
    let length = match lengths.start() == lengths.end() {
        true => *lengths.end(),
        false => code.len().checked_sub(3)?,
    };
    code.get(..length)
        .filter(|first| !first.is_empty() && first.len() < code.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AddressInput;

    fn table() -> PostcodeTable {
        PostcodeTable::new([
            (Country::US, "92101", 32.7, -117.2),
            (Country::CA, "m5v", 43.6, -79.4),
            (Country::NL, "1012", 52.37, 4.89),
            (Country::DE, "10115", 52.0, 13.0),
            (Country::DE, "10115", 53.0, 14.0),
            (Country::DE, "", 53.0, 14.0),
            (Country::DE, "10117", 91.0, f64::NAN),
        ])
    }

    #[test]
    fn finds_postcodes_and_their_first_parts() {
        let table = table();
        assert_eq!((table.len(), table.rejected()), (4, 2));
        for (country, postcode, want) in [
            (Country::US, "92101-1234", Some((32.7, Precision::Postcode))),
            (
                Country::CA,
                "M5V 3L9",
                Some((43.6, Precision::PostcodeArea)),
            ),
            (
                Country::NL,
                "1012 LG",
                Some((52.37, Precision::PostcodeArea)),
            ),
            (Country::DE, "10115", Some((52.5, Precision::Postcode))),
            (Country::AT, "1011", None),
            (Country::GB, "1", None),
            (Country::US, "", None),
        ] {
            let found = table.find(country, postcode);
            let found = found.map(|found| (found.position.latitude, found.precision));
            assert_eq!(found, want, "{postcode}");
        }
    }

    #[test]
    fn listed_postcodes_are_written_as_addresses_write_them() {
        for (country, text, want) in [
            (Country::US, "2101", Some("02101")),
            (Country::DE, "D-10115", Some("10115")),
            (Country::GB, "sw1a2aa", Some("SW1A 2AA")),
            (Country::GB, "sw1a", Some("SW1A")),
            (Country::CA, "m5v", Some("M5V")),
            (Country::NL, "1012", Some("1012")),
            (Country::US, "--", None),
            (Country::US, "SW1A", None),
            (Country::CA, "123", None),
        ] {
            assert_eq!(listed_postcode(country, text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn the_country_is_never_guessed() {
        let mut input = AddressInput {
            postcode: Some("92101"),
            ..AddressInput::default()
        };
        let locate = |input: &AddressInput| table().locate(&PostalAddress::parse(input).0.unwrap());
        input.default_country = Some(Country::US);
        assert_eq!(locate(&input), None);
        input.country = Some(Country::US);
        assert!(locate(&input).is_some());
    }
}
