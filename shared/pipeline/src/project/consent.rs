//! `[consent]`: what a jurisdiction demands of a grant, and from which likeness on a stranger's no holds too.

use consent::{Terms, basis, parse_channel};
use records::country::Country;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What of consent a project may set. The defaults work untouched: they demand nothing but a grant.
#[derive(Clone, Debug)]
pub struct ConsentRules {
    /// From this match probability on, what a record forbids holds for customers who may be the same as well.
    pub suppress_above: f64,
    /// By ISO code, `EU` or `default`.
    terms: BTreeMap<String, Terms>,
    /// Of the project.
    country: Option<Country>,
}

const SUPPRESS_ABOVE: f64 = 0.5;
const DEFAULT: &str = "default";
const EU: &str = "EU";

/// Member states of the European Union, and of the European Economic Area: one law on consent.
const EU_MEMBERS: [&str; 30] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS",
    "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Laws that sources name in place of where they hold; the first that is found, word by word.
const LAWS: [(&str, &str); 15] = [
    ("UK GDPR", "GB"),
    ("PECR", "GB"),
    ("GDPR", EU),
    ("DSGVO", EU),
    ("RGPD", EU),
    ("AVG", EU),
    ("EEA", EU),
    ("EUROPEAN UNION", EU),
    ("EU", EU),
    ("CCPA", "US"),
    ("CPRA", "US"),
    ("CALIFORNIA", "US"),
    ("CAN SPAM", "US"),
    ("CASL", "CA"),
    ("LGPD", "BR"),
];

/// Where a law holds.
enum Place {
    In(Country),
    Europe,
}

impl Place {
    fn of(text: &str) -> Option<Place> {
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        if let Some(country) = Country::parse(text) {
            return Some(Place::In(country));
        }
        let upper = format!(" {} ", words.join(" ").to_uppercase());
        let law = LAWS
            .iter()
            .find(|(law, _)| upper.contains(&format!(" {law} ")));
        match law {
            Some((_, EU)) => Some(Place::Europe),
            Some((_, code)) => Country::parse(code).map(Place::In),
            // a state of a country: US-CA
            None => Country::parse(words.first()?).map(Place::In),
        }
    }
}

impl ConsentRules {
    /// The keys of the terms that hold in what a text names (`DE`, `Germany`, `US-CA`, `GDPR`), comma-separated: a country's own and those
    /// of the `EU`, else the `default`; `none` where there are none. Of an empty text, those of the project's country; of one that names
    /// no place, these and the default.
    pub fn jurisdictions(&self, text: &str) -> String {
        let places: Vec<String> = match Place::of(text) {
            Some(Place::Europe) => vec![EU.to_owned()],
            Some(Place::In(country)) => vec![country.iso2().to_owned()],
            None => {
                let own = self.country.map(|country| country.iso2().to_owned());
                let any = (!text.trim().is_empty() || own.is_none()).then(|| DEFAULT.to_owned());
                own.into_iter().chain(any).collect()
            }
        };
        let mut keys: Vec<&str> = Vec::new();
        for place in &places {
            let member = EU_MEMBERS.contains(&place.as_str()).then_some(EU);
            let of_place = [Some(place.as_str()), member].into_iter().flatten();
            let known: Vec<&str> = of_place.filter_map(|key| self.key(key)).collect();
            match known.is_empty() {
                true => keys.extend(self.key(DEFAULT)),
                false => keys.extend(known),
            }
        }
        keys.dedup();
        match keys.is_empty() {
            true => "none".to_owned(),
            false => keys.join(","),
        }
    }

    fn key(&self, key: &str) -> Option<&str> {
        self.terms.get_key_value(key).map(|(key, _)| key.as_str())
    }

    /// Does a text name a country, or a law that holds somewhere?
    pub(crate) fn names_place(text: &str) -> bool {
        Place::of(text).is_some()
    }

    /// The terms under a key that [`ConsentRules::jurisdictions`] gave.
    pub fn terms(&self, jurisdiction: &str) -> Option<&Terms> {
        self.terms.get(jurisdiction)
    }

    /// Another text where consent is decided by other rules.
    pub(crate) fn text(&self) -> String {
        format!("{self:?}")
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    suppress_above: Option<f64>,
    #[serde(default)]
    jurisdictions: BTreeMap<String, WrittenTerms>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTerms {
    #[serde(default)]
    double_opt_in: Vec<String>,
    grants_last_days: Option<u32>,
    legal_bases: Option<Vec<String>>,
}

impl Written {
    /// Errors: what is wrong, and what to write instead.
    pub fn read(self, country: Option<Country>) -> Result<ConsentRules, String> {
        let suppress_above = self.suppress_above.unwrap_or(SUPPRESS_ABOVE);
        if !(suppress_above > 0.0 && suppress_above <= 1.0) {
            return Err(format!(
                "[consent] suppress_above = {suppress_above} is no probability; write a number above 0, up to 1"
            ));
        }
        let mut terms = BTreeMap::new();
        for (name, written) in self.jurisdictions {
            let at = format!("[consent.jurisdictions.{name}]");
            let code = match name.as_str() {
                DEFAULT | EU => name,
                _ => Country::parse(&name).map(|country| country.iso2().to_owned()).ok_or_else(|| {
                    format!("{at}: no country has this name; write an ISO code such as DE, or EU, or default")
                })?,
            };
            let mut double_opt_in = Vec::new();
            for channel in &written.double_opt_in {
                match parse_channel(channel) {
                    Some("all") => double_opt_in.extend(["email", "sms", "phone", "post", "ads"]),
                    Some(channel) => double_opt_in.push(channel),
                    None => {
                        return Err(format!(
                            "{at}: double_opt_in names {channel:?}, which is none of email, sms, phone, post, ads, all"
                        ));
                    }
                }
            }
            let of_code = Terms {
                double_opt_in,
                grants_last_days: written.grants_last_days,
                legal_bases: written
                    .legal_bases
                    .map(|bases| bases.iter().map(|text| basis(text)).collect()),
            };
            if of_code.legal_bases.as_ref().is_some_and(Vec::is_empty) {
                return Err(format!(
                    "{at}: legal_bases = [] would let no grant count; name one, such as \"consent\""
                ));
            }
            if terms.insert(code.clone(), of_code).is_some() {
                return Err(format!(
                    "{at}: {code} has terms already, under another of its names"
                ));
            }
        }
        Ok(ConsentRules {
            suppress_above,
            terms,
            country,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<ConsentRules, String> {
        toml::from_str::<Written>(text)
            .unwrap()
            .read(Country::parse("US"))
    }

    #[test]
    fn a_text_leads_to_the_terms_that_hold_there() {
        let rules = read(
            "[jurisdictions.DE]\ndouble_opt_in = [\"email\"]\n[jurisdictions.EU]\ngrants_last_days = 730\n\
             [jurisdictions.\"United Kingdom\"]\nlegal_bases = [\"Legitimate Interest\"]",
        )
        .unwrap();
        for (text, keys) in [
            ("DE", "DE,EU"),
            ("Germany", "DE,EU"),
            ("de-BY", "DE,EU"),
            ("FR", "EU"),
            ("Norway", "EU"),
            ("EU", "EU"),
            ("gdpr", "EU"),
            ("GDPR Art. 6(1)(a)", "EU"),
            ("DSGVO", "EU"),
            ("UK-GDPR", "GB"),
            ("GB", "GB"),
            ("US-CA", "none"),
            ("California", "none"),
            ("", "none"),
            ("Atlantis", "none"),
        ] {
            assert_eq!(rules.jurisdictions(text), keys, "{text}");
        }
        assert_eq!(
            rules.terms("GB").unwrap().legal_bases,
            Some(vec!["legitimate_interest".to_owned()])
        );
        let rules =
            read("[jurisdictions.default]\ngrants_last_days = 10\n[jurisdictions.US]").unwrap();
        assert_eq!(rules.jurisdictions("FR"), "default");
        assert_eq!(rules.jurisdictions(""), "US", "the project's country");
        assert_eq!(rules.jurisdictions("Atlantis"), "US,default");
    }

    #[test]
    fn mistakes_are_told() {
        for (text, told) in [
            ("suppress_above = 0", "suppress_above"),
            ("suppress_above = 1.5", "suppress_above"),
            ("[jurisdictions.Atlantis]", "Atlantis"),
            ("[jurisdictions.DE]\ndouble_opt_in = [\"pigeon\"]", "pigeon"),
            ("[jurisdictions.DE]\nlegal_bases = []", "legal_bases"),
            ("[jurisdictions.DE]\n[jurisdictions.Germany]", "already"),
        ] {
            assert!(read(text).unwrap_err().contains(told), "{text}");
        }
    }
}
