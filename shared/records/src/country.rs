//! Countries as ISO 3166-1 alpha-2 codes.

mod names;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::fold;

/// A country by its ISO 3166-1 alpha-2 code (and `XK`, the code in use for Kosovo): two upper-case ASCII letters.
#[derive(Copy, Clone, Eq, PartialEq, Hash, Ord, PartialOrd, Debug)]
pub struct Country([u8; 2]);

static BY_NAME: LazyLock<HashMap<&'static str, Country>> = LazyLock::new(|| {
    let mut by_name = HashMap::with_capacity(1024);
    for line in names::COUNTRIES.lines() {
        let mut parts = line.splitn(3, ' ');
        let (Some(alpha2), Some(alpha3), Some(names)) = (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let &[a, b] = alpha2.as_bytes() else { continue };
        let country = Country([a, b]);
        by_name.insert(alpha2, country);
        by_name.insert(alpha3, country);
        by_name.extend(names.split('|').map(|name| (name, country)));
    }
    by_name
});

/// What official names put in front of the short one; the longer first.
const FORMS_OF_STATE: [&str; 14] = [
    "commonwealth of the ",
    "federal democratic republic of ",
    "federal republic of ",
    "grand duchy of ",
    "islamic republic of ",
    "kingdom of the ",
    "kingdom of ",
    "principality of ",
    "republic of the ",
    "republic of ",
    "republica de ",
    "republique de ",
    "sultanate of ",
    "the ",
];

impl Country {
    pub const AT: Country = Country(*b"AT");
    pub const AU: Country = Country(*b"AU");
    pub const BE: Country = Country(*b"BE");
    pub const CA: Country = Country(*b"CA");
    pub const CH: Country = Country(*b"CH");
    pub const DE: Country = Country(*b"DE");
    pub const ES: Country = Country(*b"ES");
    pub const FR: Country = Country(*b"FR");
    pub const GB: Country = Country(*b"GB");
    pub const IE: Country = Country(*b"IE");
    pub const IT: Country = Country(*b"IT");
    pub const NL: Country = Country(*b"NL");
    pub const PH: Country = Country(*b"PH");
    pub const US: Country = Country(*b"US");

    /// Reads an ISO 3166-1 code of two or three letters, or a name in English or a larger European language, whatever
    /// the case, accents and punctuation ("U.K.", "Deutschland", "États-Unis").
    pub fn parse(text: &str) -> Option<Country> {
        let text = text.trim();
        if let 2 | 3 = text.len()
            && text.is_ascii()
            && let Some(country) = BY_NAME.get(text.to_ascii_uppercase().as_str())
        {
            return Some(*country);
        }
        let name = fold(text);
        let short = FORMS_OF_STATE
            .iter()
            .find_map(|form| name.strip_prefix(form));
        BY_NAME
            .get(name.as_str())
            .or_else(|| BY_NAME.get(short?))
            .copied()
    }

    /// The ISO 3166-1 alpha-2 code: two upper-case ASCII letters.
    pub fn iso2(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_codes_and_names() {
        for (text, iso2) in [
            ("US", "US"),
            ("us", "US"),
            ("usa", "US"),
            ("U.S.A.", "US"),
            ("United States", "US"),
            ("États-Unis", "US"),
            ("UK", "GB"),
            ("U.K.", "GB"),
            ("Great Britain", "GB"),
            ("GBR", "GB"),
            ("England", "GB"),
            ("Deutschland", "DE"),
            ("DEUTSCHLAND", "DE"),
            ("Österreich", "AT"),
            ("Oesterreich", "AT"),
            ("Côte d'Ivoire", "CI"),
            ("España", "ES"),
            ("The Netherlands", "NL"),
            ("Holland", "NL"),
            (" Türkiye ", "TR"),
            ("Россия", "RU"),
            ("Schweiz", "CH"),
            ("Suisse", "CH"),
            ("Korea, Republic of", "KR"),
            ("Republic of Korea", "KR"),
            ("Republic of Kenya", "KE"),
            ("Grand Duchy of Luxembourg", "LU"),
        ] {
            assert_eq!(
                Country::parse(text).map(|c| c.iso2().to_owned()).as_deref(),
                Some(iso2),
                "{text}"
            );
        }
        for text in [
            "",
            " ",
            "ZZ",
            "QQQ",
            "Atlantis",
            "California",
            "N/A",
            "null",
            "-",
        ] {
            assert_eq!(Country::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_code_reads_back() {
        let mut codes = 0;
        for line in names::COUNTRIES.lines() {
            let (alpha2, rest) = line.split_at(2);
            assert_eq!(Country::parse(alpha2).unwrap().iso2(), alpha2);
            assert_eq!(Country::parse(&rest[1..4]).unwrap().iso2(), alpha2);
            for name in rest[5..].split('|') {
                assert_eq!(fold(name), name, "names are folded");
                assert_eq!(
                    Country::parse(name).unwrap().iso2(),
                    alpha2,
                    "{name} stands for one country"
                );
            }
            codes += 1;
        }
        assert_eq!(codes, 250);
    }
}
