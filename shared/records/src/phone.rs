//! Telephone numbers as E.164.

mod cell;
mod numbering;
mod written;

use std::fmt;
use std::hash::{Hash, Hasher};

use thiserror::Error;

use crate::{Country, Rule, Rules};
use numbering::Plans;
use written::Written;

/// A valid telephone number in E.164 (`+12125550187`), by the numbering plans of Google's libphonenumber.
/// Two are equal when number and extension are.
#[derive(Clone)]
pub struct Phone {
    e164: String,
    /// Length of `+` and country calling code: where the national number starts.
    prefix: usize,
    country: Option<Country>,
    number_type: PhoneType,
    extension: Option<String>,
    rules: Rules,
}

/// What a number is for, by its country's numbering plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PhoneType {
    FixedLine,
    Mobile,
    /// In plans that do not tell them apart, North America's among them.
    FixedLineOrMobile,
    TollFree,
    PremiumRate,
    SharedCost,
    Voip,
    /// Follows its holder to any line.
    Personal,
    Pager,
    /// Universal access number: one for all sites of a company.
    Uan,
    Voicemail,
}

impl PhoneType {
    /// In lower case with underscores: `fixed_line_or_mobile`.
    pub fn name(self) -> &'static str {
        match self {
            PhoneType::FixedLine => "fixed_line",
            PhoneType::Mobile => "mobile",
            PhoneType::FixedLineOrMobile => "fixed_line_or_mobile",
            PhoneType::TollFree => "toll_free",
            PhoneType::PremiumRate => "premium_rate",
            PhoneType::SharedCost => "shared_cost",
            PhoneType::Voip => "voip",
            PhoneType::Personal => "personal",
            PhoneType::Pager => "pager",
            PhoneType::Uan => "uan",
            PhoneType::Voicemail => "voicemail",
        }
    }

    /// A company's, which many people share: it identifies no one.
    pub fn is_service(self) -> bool {
        use PhoneType::{PremiumRate, SharedCost, TollFree, Uan};
        matches!(self, TollFree | PremiumRate | SharedCost | Uan)
    }
}

/// Why a text is no phone number. Never holds the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PhoneFault {
    #[error("no phone number in the text")]
    NotANumber,
    #[error("no country calling code, and no country to read the number by")]
    NoCountry,
    #[error("unknown country calling code")]
    CountryCode,
    #[error("too few digits")]
    TooShort,
    #[error("too many digits")]
    TooLong,
    #[error("not a number of its country's numbering plan")]
    NotInPlan,
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Phone")
            .field("country", &self.country)
            .field("number_type", &self.number_type)
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Phone {
    fn eq(&self, other: &Phone) -> bool {
        self.e164 == other.e164 && self.extension == other.extension
    }
}

impl Eq for Phone {}

impl Hash for Phone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.e164.hash(state);
        self.extension.hash(state);
    }
}

impl Phone {
    /// Reads a number as people write it. `region` is the country to dial from: it is needed for numbers that carry no
    /// country calling code. An extension is split off; of several numbers in one text the first counts.
    pub fn parse(text: &str, region: Option<Country>) -> Result<Phone, PhoneFault> {
        Phone::parse_with(text, region, Rules::ALL)
    }

    /// As [`Phone::parse`], with the rules that are `on`. A number that only a rule switched off could read is refused.
    pub fn parse_with(text: &str, region: Option<Country>, on: Rules) -> Result<Phone, PhoneFault> {
        cell::first(text, region, on)
    }

    /// Every number in a text: between `/ ; , | & +`, line ends or words ("home … work …"), and changed last digits
    /// (`212-555-0187/88`). Never empty: when none is valid, the fault of the first. No number comes twice.
    pub fn parse_all(text: &str, region: Option<Country>) -> Result<Vec<Phone>, PhoneFault> {
        Phone::parse_all_with(text, region, Rules::ALL)
    }

    /// As [`Phone::parse_all`], with the rules that are `on`: without `phone.several` the text is one number.
    pub fn parse_all_with(
        text: &str,
        region: Option<Country>,
        on: Rules,
    ) -> Result<Vec<Phone>, PhoneFault> {
        cell::all(text, region, on)
    }

    /// For matching, never for dialling: the E.164 form of a number that has a length of its country's numbers, though
    /// the plan has no such number (617-111-2833). Two systems that hold the same wrong number still hold the same one.
    /// `None` for placeholders too.
    pub fn possible_e164(text: &str, region: Option<Country>) -> Option<String> {
        let written = cell::first_written(text, Rules::ALL).ok()?;
        let plans = Plans::get();
        let (plan, digits) = match region.and_then(|region| plans.of_country(region)) {
            Some(home) if !written.is_international => (home, written.digits.as_str()),
            _ if written.is_international => plans.split_code(&written.digits)?,
            _ => return None,
        };
        let national = plan.strip_national_prefix(digits);
        if !plan.has_length(&national) || is_placeholder(plan.code, &national) {
            return None;
        }
        Some(format!("+{}{national}", plan.code))
    }

    /// `+`, country calling code, national number: at most 15 digits.
    pub fn e164(&self) -> &str {
        &self.e164
    }

    /// The country whose plan the number belongs to; `None` for numbers of no country (+800 …).
    pub fn country(&self) -> Option<Country> {
        self.country
    }

    pub fn number_type(&self) -> PhoneType {
        self.number_type
    }

    /// Digits to dial once connected: at most 7.
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// The whole of it as a URI (RFC 3966): `tel:+12125550187;ext=5`.
    pub fn to_uri(&self) -> String {
        match &self.extension {
            Some(extension) => format!("tel:{};ext={extension}", self.e164),
            None => format!("tel:{}", self.e164),
        }
    }

    /// A number typed to fill a field: six last digits alike, 555-0000, directory enquiries, 123456789.
    pub fn is_placeholder(&self) -> bool {
        self.rules.contains(Rule::PhonePlaceholder)
    }

    /// The rules that changed the text or noticed something about the number.
    pub fn rules(&self) -> Rules {
        self.rules
    }

    fn new(written: Written, found: written::Found, on: Rules) -> Phone {
        let mut rules = written.rules.and(found.rules);
        if found.number_type.is_service() {
            rules = rules.with(Rule::PhoneService);
        }
        if is_placeholder(found.code, &found.national) {
            rules = rules.with(Rule::PhonePlaceholder);
        }
        Phone {
            prefix: 1 + found.code.len(),
            e164: ["+", found.code, &found.national].concat(),
            country: found.country,
            number_type: found.number_type,
            extension: written.extension,
            rules: rules.only(on),
        }
    }

    fn national(&self) -> &str {
        self.e164.get(self.prefix..).unwrap_or_default()
    }
}

fn is_placeholder(code: &str, national: &str) -> bool {
    let bytes = national.as_bytes();
    let tail = &bytes[bytes.len().saturating_sub(6)..];
    tail.windows(2).all(|pair| pair[0] == pair[1])
        || (code == "1" && (national.ends_with("5550000") || national.ends_with("5551212")))
        || matches!(
            national,
            "123456789" | "1234567890" | "0123456789" | "12345678" | "987654321" | "9876543210"
        )
}

#[cfg(test)]
mod tests;
