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

/// Laws that sources name in place of where they hold.
const LAWS: [(&str, &str); 10] = [
    ("GDPR", EU),
    ("EEA", EU),
    ("EUROPEAN UNION", EU),
    ("UK GDPR", "GB"),
    ("PECR", "GB"),
    ("CCPA", "US"),
    ("CPRA", "US"),
    ("CAN SPAM", "US"),
    ("CASL", "CA"),
    ("LGPD", "BR"),
];

impl ConsentRules {
    /// The jurisdiction of `[consent]` that a text names (`DE`, `Germany`, `US-CA`, `GDPR`), by its key; of a text that names none,
    /// the project's country counts. `None` where no terms are set for it, nor a default.
    pub fn jurisdiction(&self, text: &str) -> Option<&str> {
        let plain: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let upper = plain.join(" ").to_uppercase();
        let law = LAWS
            .iter()
            .find(|(law, _)| *law == upper)
            .map(|(_, code)| (*code).to_owned());
        let code = match upper.as_str() {
            EU => Some(EU.to_owned()),
            _ => law
                .or_else(|| Country::parse(text).map(|country| country.iso2().to_owned()))
                // a state of a country: US-CA
                .or_else(|| Country::parse(plain.first()?).map(|country| country.iso2().to_owned()))
                .or_else(|| self.country.map(|country| country.iso2().to_owned())),
        };
        let own = code.as_deref().and_then(|code| {
            let member = EU_MEMBERS.contains(&code).then_some(EU);
            let known = |code: &str| self.terms.get_key_value(code).map(|(key, _)| key.as_str());
            known(code).or_else(|| known(member?))
        });
        own.or_else(|| {
            self.terms
                .get_key_value(DEFAULT)
                .map(|(key, _)| key.as_str())
        })
    }

    /// The terms under a key that [`ConsentRules::jurisdiction`] gave.
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
        for (text, key) in [
            ("DE", Some("DE")),
            ("Germany", Some("DE")),
            ("de-BY", Some("DE")),
            ("FR", Some("EU")),
            ("Norway", Some("EU")),
            ("EU", Some("EU")),
            ("gdpr", Some("EU")),
            ("UK-GDPR", Some("GB")),
            ("GB", Some("GB")),
            ("US-CA", None),
            ("CCPA", None),
            ("", None),
            ("Atlantis", None),
        ] {
            assert_eq!(rules.jurisdiction(text), key, "{text}");
        }
        assert_eq!(
            rules.terms("GB").unwrap().legal_bases,
            Some(vec!["legitimate_interest".to_owned()])
        );
        let rules =
            read("[jurisdictions.default]\ngrants_last_days = 10\n[jurisdictions.US]").unwrap();
        assert_eq!(rules.jurisdiction("FR"), Some("default"));
        assert_eq!(rules.jurisdiction(""), Some("US"), "the project's country");
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
