//! Business keys: tax ids, registration numbers, customer numbers, national ids, bank accounts.

mod business;
mod checksum;
mod iban;
mod keyed;
mod national;
mod placeholder;
mod vat;
mod written;

use std::fmt;
use std::hash::{Hash, Hasher};

use thiserror::Error;

use crate::{Country, Rule, Rules};
pub use keyed::HashKey;
use national::Verdict;
use placeholder::{has_placeholder_digits, is_placeholder};
use written::Written;

/// An identifier of a scheme, in the form that compares equal across systems: upper-case letters and digits (and the
/// century sign of a Finnish one). Two are equal when their values are.
#[derive(Clone)]
pub struct Identifier {
    value: String,
    scheme: Scheme,
    country: Option<Country>,
    is_verified: bool,
    rules: Rules,
}

/// Who gives the identifier out, and so what form it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scheme {
    /// US employer identification number: nine digits, and a campus that exists.
    Ein,
    /// VAT number with its prefix: members of the European Union, `GB` and `XI`, `CHE`, `NO`; check digits.
    Vat,
    /// Australian business number: eleven digits, check digits.
    Abn,
    /// Canadian business number: nine digits with a check digit, a program account perhaps (`RT0001`).
    Bn,
    /// Brazil, companies: 14 characters, check digits.
    Cnpj,
    /// Brazil, people: eleven digits, check digits.
    Cpf,
    /// India, goods and services tax: 15 characters, check character.
    Gstin,
    /// Dun & Bradstreet: nine digits.
    Duns,
    /// Legal entity identifier, ISO 17442: 20 characters, check digits.
    Lei,
    /// Bank account, ISO 13616: the country's form, check digits.
    Iban,
    /// A person's: social security, identity card, tax number, by the rules of the country where we know them.
    NationalId,
    /// Anything else: customer numbers, registration numbers. No form, no check.
    Other,
}

impl Scheme {
    /// Every scheme.
    pub const ALL: [Scheme; 12] = [
        Scheme::Ein,
        Scheme::Vat,
        Scheme::Abn,
        Scheme::Bn,
        Scheme::Cnpj,
        Scheme::Cpf,
        Scheme::Gstin,
        Scheme::Duns,
        Scheme::Lei,
        Scheme::Iban,
        Scheme::NationalId,
        Scheme::Other,
    ];

    /// In lower case with underscores: `national_id`.
    pub fn name(self) -> &'static str {
        match self {
            Scheme::Ein => "ein",
            Scheme::Vat => "vat",
            Scheme::Abn => "abn",
            Scheme::Bn => "bn",
            Scheme::Cnpj => "cnpj",
            Scheme::Cpf => "cpf",
            Scheme::Gstin => "gstin",
            Scheme::Duns => "duns",
            Scheme::Lei => "lei",
            Scheme::Iban => "iban",
            Scheme::NationalId => "national_id",
            Scheme::Other => "other",
        }
    }

    /// Of a person or of money: to be kept as a keyed hash and a masked form.
    pub fn is_sensitive(self) -> bool {
        matches!(self, Scheme::NationalId | Scheme::Cpf | Scheme::Iban)
    }
}

/// Why a text is no identifier of its scheme. Never holds the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IdentifierFault {
    #[error("empty")]
    Empty,
    #[error("typed to fill a field: one digit repeated, a run of digits, a word for nothing")]
    Placeholder,
    #[error("not of the form of its kind: length, letters and digits")]
    Form,
    #[error("the check digits do not fit")]
    CheckDigits,
    #[error("of a range that was never given out")]
    NotAssigned,
}

impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identifier")
            .field("scheme", &self.scheme)
            .field("country", &self.country)
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Identifier {
    fn eq(&self, other: &Identifier) -> bool {
        self.value == other.value
    }
}

impl Eq for Identifier {}

impl Hash for Identifier {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl Identifier {
    /// Reads an identifier of one scheme. `country` says whose rules a national id follows, and the prefix of a VAT number
    /// that has none; other schemes do not need it.
    pub fn parse(
        text: &str,
        scheme: Scheme,
        country: Option<Country>,
    ) -> Result<Identifier, IdentifierFault> {
        Identifier::parse_with(text, scheme, country, Rules::ALL)
    }

    /// As [`Identifier::parse`], with the rules that are `on`. What only a rule switched off could read is refused.
    pub fn parse_with(
        text: &str,
        scheme: Scheme,
        country: Option<Country>,
        on: Rules,
    ) -> Result<Identifier, IdentifierFault> {
        Written::read(text, scheme, country, on)?.identify(scheme, country, on)
    }

    /// Reads a tax id whose scheme is not told: a VAT prefix says it, or the form under the country's rules. What fits none
    /// of them (a German Steuernummer, say) is kept without check, as [`Scheme::Other`].
    pub fn tax_id(text: &str, country: Option<Country>) -> Result<Identifier, IdentifierFault> {
        Identifier::tax_id_with(text, country, Rules::ALL)
    }

    /// As [`Identifier::tax_id`], with the rules that are `on`.
    pub fn tax_id_with(
        text: &str,
        country: Option<Country>,
        on: Rules,
    ) -> Result<Identifier, IdentifierFault> {
        let bare = written::without_label(text, on);
        let mut id = Identifier::bare_tax_id(bare, country, on)?;
        if bare.len() < text.trim().len() {
            id.rules = id.rules.with(Rule::IdLabel);
        }
        Ok(id)
    }

    fn bare_tax_id(
        bare: &str,
        country: Option<Country>,
        on: Rules,
    ) -> Result<Identifier, IdentifierFault> {
        let scheme = tax_scheme(bare, country);
        let outcome = Identifier::parse_with(bare, scheme, country, on);
        match outcome {
            Err(IdentifierFault::Form) => {}
            // A VAT number without prefix may be another tax number of the country's.
            Err(IdentifierFault::CheckDigits) if scheme == Scheme::Vat && !has_vat_prefix(bare) => {
            }
            // A sole trader's in the US is a social security number.
            Err(IdentifierFault::NotAssigned) if scheme == Scheme::Ein => {
                let person = Identifier::parse_with(bare, Scheme::NationalId, country, on);
                return person.or(outcome);
            }
            _ => return outcome,
        }
        if let Some(country) = country.filter(|country| has_national_rules(*country))
            && let Ok(person) = Identifier::parse_with(bare, Scheme::NationalId, Some(country), on)
            // Zeros put in front may make it another number.
            && !person.rules.contains(Rule::IdSpreadsheet)
        {
            return Ok(person);
        }
        Identifier::parse_with(bare, Scheme::Other, country, on)
    }

    /// The standard form: upper-case letters and digits, a VAT number with its prefix.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The country that the identifier itself names, or by whose rules it was read.
    pub fn country(&self) -> Option<Country> {
        self.country
    }

    /// Form and check digits were looked at, and fit.
    pub fn is_verified(&self) -> bool {
        self.is_verified
    }

    /// Of the right form, but typed to fill a field: 12-3456789.
    pub fn is_placeholder(&self) -> bool {
        self.rules.contains(Rule::IdPlaceholder)
    }

    /// For people to recognize it by: the last four characters, of short ones fewer, the others as `*`.
    pub fn masked(&self) -> String {
        masked(&self.value)
    }

    /// For matching where the value itself must not be kept.
    pub fn keyed_hash(&self, key: &HashKey) -> String {
        key.hash(&self.value)
    }

    /// The rules that changed the text or noticed something about the identifier.
    pub fn rules(&self) -> Rules {
        self.rules
    }
}

/// The last four characters, of those with fewer than eight a quarter; the others as `*`.
pub fn masked(value: &str) -> String {
    let length = value.chars().count();
    let shown = if length < 8 { length / 4 } else { 4 };
    let hidden = length - shown;
    value
        .chars()
        .enumerate()
        .map(|(at, c)| if at < hidden { '*' } else { c })
        .collect()
}

impl Written {
    fn identify(
        self,
        scheme: Scheme,
        country: Option<Country>,
        on: Rules,
    ) -> Result<Identifier, IdentifierFault> {
        let value = self.value.as_str();
        let tells_placeholders = on.contains(Rule::IdPlaceholder);
        let judged = match scheme {
            Scheme::Other => Verdict::Unknown,
            _ if !value.is_ascii() => Verdict::WrongForm,
            Scheme::Vat => match vat::split_prefix(value) {
                Some((prefix, number)) if vat::has_form(prefix, number) => {
                    verdict(Some(vat::is_checked(prefix, number)), Verdict::WrongCheck)
                }
                _ => Verdict::WrongForm,
            },
            Scheme::NationalId => country.map_or(Verdict::Unknown, |country| {
                national::judge(country.iso2(), value)
            }),
            Scheme::Ein => verdict(business::ein(value), Verdict::NotAssigned),
            Scheme::Abn => verdict(business::abn(value), Verdict::WrongCheck),
            Scheme::Bn => verdict(business::bn(value), Verdict::WrongCheck),
            Scheme::Cnpj => verdict(business::cnpj(value), Verdict::WrongCheck),
            Scheme::Cpf => national::judge("BR", value),
            Scheme::Gstin => verdict(business::gstin(value), Verdict::WrongCheck),
            Scheme::Duns => verdict(business::duns(value), Verdict::WrongCheck),
            Scheme::Lei => verdict(business::lei(value), Verdict::WrongCheck),
            Scheme::Iban => verdict(iban::iban(value), Verdict::WrongCheck),
        };
        let fills_a_field = tells_placeholders
            && match scheme {
                Scheme::Other => is_placeholder(value),
                // what stands around the number is not typed to fill a field
                Scheme::Vat => has_placeholder_digits(
                    vat::split_prefix(value).map_or(value, |(_, number)| number),
                ),
                _ => has_placeholder_digits(value),
            };
        let checks = on.contains(Rule::IdCheckDigits);
        let is_verified = match judged {
            Verdict::Fits => true,
            Verdict::Unknown if !fills_a_field => false,
            Verdict::WrongCheck | Verdict::NotAssigned if !checks && !fills_a_field => false,
            _ if fills_a_field => return Err(IdentifierFault::Placeholder),
            Verdict::WrongCheck => return Err(IdentifierFault::CheckDigits),
            Verdict::NotAssigned => return Err(IdentifierFault::NotAssigned),
            Verdict::WrongForm | Verdict::Unknown => return Err(IdentifierFault::Form),
        };
        let mut rules = self.rules;
        // One digit repeated is none, even where the check digits fit.
        if fills_a_field {
            let mut digits = value.bytes().filter(u8::is_ascii_digit);
            let first = digits.next();
            if digits.all(|digit| Some(digit) == first) {
                return Err(IdentifierFault::Placeholder);
            }
            rules = rules.with(Rule::IdPlaceholder);
        }
        let own_country = match scheme {
            Scheme::Vat => vat::split_prefix(value).map(|(prefix, _)| vat::country_of(prefix)),
            Scheme::Iban => value.get(..2),
            Scheme::Ein => Some("US"),
            Scheme::Abn => Some("AU"),
            Scheme::Bn => Some("CA"),
            Scheme::Cnpj | Scheme::Cpf => Some("BR"),
            Scheme::Gstin => Some("IN"),
            Scheme::NationalId => country.as_ref().map(Country::iso2),
            Scheme::Duns | Scheme::Lei | Scheme::Other => None,
        };
        Ok(Identifier {
            scheme,
            country: own_country.and_then(Country::parse),
            is_verified,
            rules: rules.only(on),
            value: self.value,
        })
    }
}

fn verdict(outcome: business::Outcome, wrong: Verdict) -> Verdict {
    match outcome {
        None => Verdict::WrongForm,
        Some(true) => Verdict::Fits,
        Some(false) => wrong,
    }
}

fn has_vat_prefix(bare: &str) -> bool {
    let value = written::letters_and_digits(bare);
    value.is_ascii()
        && vat::split_prefix(&value).is_some_and(|(prefix, number)| vat::has_form(prefix, number))
}

fn has_national_rules(country: Country) -> bool {
    !matches!(national::judge(country.iso2(), ""), Verdict::Unknown)
}

/// By prefix, else by the country and the form.
fn tax_scheme(bare: &str, country: Option<Country>) -> Scheme {
    if has_vat_prefix(bare) {
        return Scheme::Vat;
    }
    let iso2 = country.as_ref().map(Country::iso2).unwrap_or_default();
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    match iso2 {
        // 123-45-6789 is a person's, 12-3456789 an employer's.
        "US" if bare.as_bytes().get(3) == Some(&b'-') => Scheme::NationalId,
        "US" => Scheme::Ein,
        "AU" => Scheme::Abn,
        "CA" => Scheme::Bn,
        "BR" if digits <= 11 => Scheme::Cpf,
        "BR" => Scheme::Cnpj,
        "IN" => Scheme::Gstin,
        _ if vat::prefix_of(iso2).is_some() => Scheme::Vat,
        _ => Scheme::Other,
    }
}

/// An identifier in the form that compares equal across systems: trimmed, upper-case, letters and digits only
/// (`"12-345 6789"` → `"123456789"`; letters of every script are kept). `None` for what stands for no identifier: fewer
/// than two characters, one character repeated, a run such as 123456789, `N/A`, `NONE`, `UNKNOWN`, `TEST`.
pub fn parse_identifier(text: &str) -> Option<String> {
    let id = written::letters_and_digits(text);
    if is_placeholder(&id) { None } else { Some(id) }
}

/// A tax id in the form of [`parse_identifier`]. `None` also for words that stand for none (`EXEMPT`, `applied for`): a tax id
/// has a digit, and digits that are no placeholder without the letters around them (`GB000000000`).
pub fn parse_tax_id(text: &str) -> Option<String> {
    let id = parse_identifier(text)?;
    let digits: String = id.chars().filter(char::is_ascii_digit).collect();
    (!is_placeholder(&digits)).then_some(id)
}

#[cfg(test)]
mod tests;
