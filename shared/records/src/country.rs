//! Countries as ISO 3166-1 alpha-2 codes.

mod cldr;
mod names;
mod official;
mod phrase;
mod spelling;
mod wording;

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::lookup::Table;
use crate::rule::{Rule, Rules};
use crate::text::{decode_entities, fold};

/// A country by its ISO 3166-1 alpha-2 code (and `XK`, the code in use for Kosovo): two upper-case ASCII letters.
#[derive(Copy, Clone, Eq, PartialEq, Hash, Ord, PartialOrd, Debug)]
pub struct Country([u8; 2]);

/// Codes and the names that data hold most, with the rule that reads them; the other names are in [`cldr`].
struct Tables {
    /// Upper-case codes of two and three letters, and numbers.
    codes: Table<&'static str, (Country, Rules)>,
    /// Folded names.
    names: Table<&'static str, (Country, Rules)>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut codes = Table::with_capacity_and_hasher(1024, Default::default());
    let mut by_name = Table::with_capacity_and_hasher(2048, Default::default());
    let code = Rules::NONE.with(Rule::CountryCode);
    for (name, alpha2) in names::pairs(names::OTHER_CODES) {
        codes.extend(Country::listed(alpha2).map(|country| (name, (country, code))));
    }
    for (table, rule) in [
        (names::PEOPLE, Rule::CountryPeople),
        (names::OFFICIAL, Rule::CountryName),
        (names::PARTS, Rule::CountryPart),
        (names::FORMER, Rule::CountryFormer),
    ] {
        for (name, alpha2) in names::pairs(table) {
            let rules = Rules::NONE.with(rule);
            by_name.extend(Country::listed(alpha2).map(|country| (name, (country, rules))));
        }
    }
    for (alpha2, alpha3, number, all) in names::countries() {
        let Some(country) = Country::listed(alpha2) else {
            continue;
        };
        codes.insert(alpha2, (country, Rules::NONE));
        codes.insert(alpha3, (country, code));
        codes.insert(number, (country, code));
        let rules = Rules::NONE.with(Rule::CountryName);
        by_name.extend(all.map(|name| (name, (country, rules))));
    }
    Tables {
        codes,
        names: by_name,
    }
});

impl Country {
    pub const AT: Country = Country(*b"AT");
    pub const AU: Country = Country(*b"AU");
    pub const BE: Country = Country(*b"BE");
    pub const BR: Country = Country(*b"BR");
    pub const CA: Country = Country(*b"CA");
    pub const CH: Country = Country(*b"CH");
    pub const DE: Country = Country(*b"DE");
    pub const ES: Country = Country(*b"ES");
    pub const FR: Country = Country(*b"FR");
    pub const GB: Country = Country(*b"GB");
    pub const IE: Country = Country(*b"IE");
    pub const IN: Country = Country(*b"IN");
    pub const IT: Country = Country(*b"IT");
    pub const MX: Country = Country(*b"MX");
    pub const NL: Country = Country(*b"NL");
    pub const NZ: Country = Country(*b"NZ");
    pub const PH: Country = Country(*b"PH");
    pub const PL: Country = Country(*b"PL");
    pub const US: Country = Country(*b"US");

    /// Reads an ISO 3166-1 code (alpha-2, alpha-3, numeric with three digits), a code of sports or of former ISO use, or
    /// a name in any language of the Unicode CLDR, whatever the case, accents, articles and form of state ("U.K.",
    /// "Deutschland", "États-Unis", "Iran, Islamic Republic of", "Burma", "Lietuvos Respublika"). One wrong letter is
    /// forgiven in longer names, and doubled letters and missing spaces.
    /// Names that mean several states (Yugoslavia, Netherlands Antilles), cities and regions are none.
    pub fn parse(text: &str) -> Option<Country> {
        Country::parse_with(text, Rules::ALL).map(|(country, _)| country)
    }

    /// [`Country::parse`] by the rules in `on` only, and those that were needed. Without rules: alpha-2 codes.
    pub fn parse_with(text: &str, on: Rules) -> Option<(Country, Rules)> {
        let text = text.trim();
        let allowed = |found: &(Country, Rules)| on.contains_all(found.1);
        if let 2 | 3 = text.len()
            && text.is_ascii()
        {
            let mut upper = [0; 3];
            let upper = upper.get_mut(..text.len())?;
            upper.copy_from_slice(text.as_bytes());
            upper.make_ascii_uppercase();
            let code = std::str::from_utf8(upper).ok()?;
            if let Some(found) = TABLES.codes.get(code) {
                return Some(*found).filter(allowed);
            }
        }
        if on.contains(Rule::TextMarkup)
            && let Cow::Owned(decoded) = decode_entities(text)
            && decoded != text
        {
            let (country, rules) = Country::parse_with(&decoded, on.without(Rule::TextMarkup))?;
            return Some((country, rules.with(Rule::TextMarkup)));
        }
        let name = fold(text);
        if let Some(found) = known(&name, text) {
            return Some(found).filter(allowed);
        }
        phrase::read(&name, text)
            .or_else(|| {
                let country = Country::listed(spelling::find(&name)?)?;
                Some((country, Rules::NONE.with(Rule::CountrySpelling)))
            })
            .filter(allowed)
    }

    /// The country that a part of an address names, from its folded text: by the names that data hold most; in any
    /// language and by three-letter code where nothing else stands beside it (`is_alone`).
    pub(crate) fn in_address(folded: &str, is_alone: bool) -> Option<Country> {
        let is_name = |rules: &Rules| {
            rules.contains(Rule::CountryName) || rules.contains(Rule::CountryFormer)
        };
        if let Some((country, _)) = TABLES.names.get(folded).filter(|(_, rules)| is_name(rules)) {
            return Some(*country);
        }
        match folded.len() {
            3 => {
                let is_spoken = is_alone || matches!(folded, "usa" | "uae");
                let code = folded.to_ascii_uppercase();
                let found = TABLES.codes.get(code.as_str()).filter(|_| is_spoken);
                found.map(|(country, _)| *country)
            }
            4.. if is_alone => cldr::find(folded).map(Country),
            _ => None,
        }
    }

    fn listed(alpha2: &str) -> Option<Country> {
        Some(Country(alpha2.as_bytes().try_into().ok()?))
    }

    /// The ISO 3166-1 alpha-2 code: two upper-case ASCII letters.
    pub fn iso2(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// A name of the tables as it is.
fn known(name: &str, text: &str) -> Option<(Country, Rules)> {
    if let Some(found) = TABLES.names.get(name) {
        return Some(*found);
    }
    if !text.is_ascii()
        && let Some(code) = cldr::find(&text.to_lowercase())
    {
        return Some(named(code));
    }
    folded(name, text.is_ascii())
}

/// As [`known`], from the folded name alone.
fn folded(name: &str, is_ascii: bool) -> Option<(Country, Rules)> {
    if let Some(found) = TABLES.names.get(name) {
        return Some(*found);
    }
    // Two or three ASCII letters are a code, never a word of another language.
    if is_ascii && name.len() <= 3 {
        return None;
    }
    cldr::find(name).map(named)
}

fn named(code: [u8; 2]) -> (Country, Rules) {
    (Country(code), Rules::NONE.with(Rule::CountryName))
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
    fn reads_other_wordings() {
        for (text, iso2) in [
            ("276", "DE"),
            ("SUI", "CH"),
            ("Iran, Islamic Republic of", "IR"),
            ("Korea (Democratic People's Republic of)", "KP"),
            ("Korea, South", "KR"),
            ("Congo, Dem. Rep.", "CD"),
            ("Federated States of Micronesia", "FM"),
            ("Myanmar (Burma)", "MM"),
            ("Burma", "MM"),
            ("Scotland, UK", "GB"),
            ("Paris, France", "FR"),
            ("St. Lucia", "LC"),
            ("Trinidad & Tobago", "TT"),
            ("المملكة العربية السعودية", "SA"),
            ("中国", "CN"),
            ("ドイツ", "DE"),
            ("Бермудан гӀайренаш", "BM"),
            ("Costa del Marfil", "CI"),
            ("Koninkrijk der Nederlanden", "NL"),
            ("Latvijas Republika", "LV"),
            ("République d'Haïti", "HT"),
            ("ესტონეთის რესპუბლიკა", "EE"),
            ("Словацкая Республика", "SK"),
            ("جمهورية العراق", "IQ"),
            ("Al-Jumhūrīyah al-ʿIrāqīyah", "IQ"),
            ("República Democrática del Congo", "CD"),
            ("República de Corea", "KR"),
            ("ドイツ連邦共和国", "DE"),
            ("Éire-Ireland", "IE"),
            ("The Phillipines", "PH"),
            ("C&ocirc;te d&#8217;Ivoire", "CI"),
            ("Niemcy", "DE"),
            ("Germny", "DE"),
            ("German", "DE"),
        ] {
            let read = Country::parse(text);
            assert_eq!(read.as_ref().map(Country::iso2), Some(iso2), "{text}");
        }
        for text in [
            "Yugoslavia",
            "Netherlands Antilles",
            "USSR",
            "Democratic Republic",
            "Los Angeles, CA",
            "Africa",
            "44",
            "London",
            "State of Georgia",
            "Niger State",
            "Van Jordan",
            "Niger Nigeria",
            "Indiana",
        ] {
            assert_eq!(Country::parse(text), None, "{text}");
        }
    }

    #[test]
    fn each_rule_can_be_left_out() {
        for (text, rule) in [
            ("DEU", Rule::CountryCode),
            ("276", Rule::CountryCode),
            ("Germany", Rule::CountryName),
            ("Burma", Rule::CountryFormer),
            ("Scotland", Rule::CountryPart),
            ("German", Rule::CountryPeople),
            ("Kingdom of Tonga", Rule::CountryWording),
            ("Germny", Rule::CountrySpelling),
        ] {
            let (_, rules) = Country::parse_with(text, Rules::ALL).unwrap();
            assert!(rules.contains(rule), "{text}: {rules:?}");
            assert_eq!(Country::parse_with(text, Rules::ALL.without(rule)), None);
        }
        let code = Country::parse_with(" de ", Rules::NONE);
        assert_eq!(code, Some((Country::DE, Rules::NONE)));
    }

    #[test]
    fn every_code_reads_back() {
        let mut codes = 0;
        for (alpha2, alpha3, number, all) in names::countries() {
            for code in [alpha2, alpha3, number] {
                assert_eq!(Country::parse(code).unwrap().iso2(), alpha2);
            }
            for name in all {
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
        for table in [names::PEOPLE, names::OFFICIAL, names::PARTS, names::FORMER] {
            for (name, alpha2) in names::pairs(table) {
                assert_eq!(fold(name), name, "names are folded");
                assert_eq!(Country::parse(name).unwrap().iso2(), alpha2, "{name}");
            }
        }
    }
}
