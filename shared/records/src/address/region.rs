//! States, provinces, counties: ISO 3166-2 by code and name.

use std::sync::LazyLock;

use super::region_names::REGIONS;
use crate::Country;
use crate::lookup::Table;
use crate::text::{ShortFold, fold};

/// A subdivision as the tables know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub country: Country,
    /// The second part of the ISO 3166-2 code; `-` when it has none of its own.
    pub code: &'static str,
}

/// By folded name and lower-case code.
static BY_NAME: LazyLock<Table<String, Vec<Region>>> = LazyLock::new(|| {
    let mut by_name: Table<String, Vec<Region>> =
        Table::with_capacity_and_hasher(2048, Default::default());
    for (country, regions) in REGIONS {
        for (code, names) in regions.split(';').filter_map(|line| line.split_once(' ')) {
            let region = Region { country, code };
            let code = Some(code.to_ascii_lowercase()).filter(|code| code.len() > 1);
            for name in names.split('|').map(str::to_owned).chain(code) {
                by_name.entry(name).or_default().push(region);
            }
        }
    }
    by_name
});

/// The countries whose addresses write the code of the state where a name may stand too.
fn writes_codes(country: Country) -> bool {
    matches!(
        country,
        Country::US | Country::CA | Country::AU | Country::BR | Country::IT
    )
}

/// Whether every state of the country is known here and part of an address.
pub(super) fn has_codes(country: Option<Country>) -> bool {
    matches!(country, Some(Country::US | Country::CA | Country::AU))
}

/// The subdivision of the country with that folded name or code. Of two with one name (Murcia) the first.
pub(super) fn find(folded: &str, country: Country) -> Option<Region> {
    let regions = BY_NAME
        .get(folded)
        .or_else(|| BY_NAME.get(bare(folded)?))
        .or_else(|| {
            // "n y", "n s w"
            let is_spaced = folded.len() <= 5 && folded.contains(' ');
            is_spaced.then(|| BY_NAME.get(&folded.replace(' ', "")))?
        })?;
    regions
        .iter()
        .find(|region| region.country == country)
        .copied()
}

/// "Lower Silesian Voivodeship", "provincia di Milano": the name.
fn bare(folded: &str) -> Option<&str> {
    [
        "woj ",
        "wojewodztwo ",
        "provincia di ",
        "provincia de ",
        "province of ",
        "canton de ",
        "kanton ",
        "state of ",
        "land ",
    ]
    .into_iter()
    .find_map(|before| folded.strip_prefix(before))
    .or_else(|| {
        [" voivodeship", " state", " province"]
            .into_iter()
            .find_map(|after| folded.strip_suffix(after))
    })
}

/// The code that addresses of the country write for a state or province, from its code or name. Without a country: a
/// name, or a code of a US state. `None` where addresses keep the name.
pub(super) fn code(text: &str, country: Option<Country>) -> Option<&'static str> {
    let long;
    let short = ShortFold::<16>::new(text);
    let folded = match &short {
        Some(short) => short,
        None => {
            long = fold(text);
            &*long
        }
    };
    let written = |country| {
        find(folded, country)
            .filter(|region| {
                writes_codes(country) && region.code.bytes().all(|b| b.is_ascii_uppercase())
            })
            .map(|region| region.code)
    };
    match country {
        Some(country) => written(country),
        None => [Country::US, Country::CA, Country::AU]
            .into_iter()
            .find_map(written),
    }
}

/// The ISO 3166-2 code, such as `US-CA` and `DE-BY`.
pub(super) fn iso_code(text: &str, country: Country) -> Option<String> {
    let region = find(&fold(text), country).filter(|region| region.code != "-")?;
    Some(format!("{}-{}", country.iso2(), region.code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_regions() {
        for (text, country, want) in [
            ("California", "US", Some("CA")),
            ("ca", "US", Some("CA")),
            ("N.Y.", "US", Some("NY")),
            ("Calif.", "US", Some("CA")),
            ("Ontario", "CA", Some("ON")),
            ("Québec", "CA", Some("QC")),
            ("New South Wales", "AU", Some("NSW")),
            ("nsw", "AU", Some("NSW")),
            ("Washington", "", Some("WA")),
            ("São Paulo", "BR", Some("SP")),
            ("Milano", "IT", Some("MI")),
            ("Lombardia", "IT", None),
            ("Bayern", "DE", None),
            ("Ontario", "", Some("ON")),
            ("Narnia", "US", None),
            ("XX", "US", None),
            ("", "US", None),
        ] {
            assert_eq!(code(text, Country::parse(country)), want, "{text}");
        }
    }

    #[test]
    fn knows_iso_codes() {
        for (text, country, want) in [
            ("Bayern", "DE", Some("DE-BY")),
            ("NRW", "DE", Some("DE-NW")),
            ("Wien", "AT", Some("AT-9")),
            ("ZH", "CH", Some("CH-ZH")),
            ("Jalisco", "MX", Some("MX-JAL")),
            ("Karnataka", "IN", Some("IN-KA")),
            ("Lombardia", "IT", Some("IT-25")),
            ("Cataluña", "ES", Some("ES-CT")),
            ("CA", "US", Some("US-CA")),
            ("Kent", "GB", None),
        ] {
            let country = Country::parse(country).unwrap();
            assert_eq!(iso_code(text, country).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn names_are_folded() {
        for name in BY_NAME.keys() {
            assert_eq!(&fold(name), name);
        }
    }
}
