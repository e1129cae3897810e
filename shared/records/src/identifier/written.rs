//! An identifier as it was written: labels, separators, what a spreadsheet took off.

use super::checksum::are_digits;
use super::{IdentifierFault, Scheme, vat};
use crate::{Country, Rule, Rules};

/// Words in front of an identifier that name it.
const LABELS: [&str; 50] = [
    "ABN",
    "BN",
    "BSN",
    "BTW",
    "BUSINESS",
    "CIF",
    "CNPJ",
    "CPF",
    "DIC",
    "DUNS",
    "EIN",
    "FEIN",
    "FEDERAL",
    "GST",
    "GSTIN",
    "IBAN",
    "ID",
    "IDENTIFICATION",
    "IDNR",
    "IVA",
    "LEI",
    "MOMS",
    "MVA",
    "MWST",
    "NIF",
    "NIP",
    "NO",
    "NR",
    "NUM",
    "NUMBER",
    "NUMERO",
    "PESEL",
    "REG",
    "REGISTRATION",
    "SIN",
    "SSN",
    "TAX",
    "TIN",
    "TVA",
    "UID",
    "UST",
    "USTID",
    "USTIDNR",
    "VAT",
    "VATIN",
    "VATNO",
    "VATNR",
    "VATNUMBER",
    "VATREG",
    "VATREGNO",
];

pub(super) struct Written {
    pub(super) value: String,
    pub(super) rules: Rules,
}

impl Written {
    pub(super) fn read(
        text: &str,
        scheme: Scheme,
        country: Option<Country>,
        on: Rules,
    ) -> Result<Written, IdentifierFault> {
        let mut rules = Rules::NONE;
        let mut text = text.trim();
        if on.contains(Rule::IdSpreadsheet)
            && let Some(float) = text.strip_suffix(".0").filter(|rest| are_digits(rest))
        {
            text = float;
            rules = rules.with(Rule::IdSpreadsheet);
        }
        if scheme != Scheme::Other {
            let bare = without_label(text, on);
            if bare.len() < text.len() {
                text = bare;
                rules = rules.with(Rule::IdLabel);
            }
        }
        let mut value = text.to_owned();
        if on.contains(Rule::IdSeparators) {
            // The sign in a Finnish number tells the century.
            let signs = scheme == Scheme::NationalId && country.is_some_and(|c| c.iso2() == "FI");
            value = text
                .char_indices()
                .filter(|(at, c)| c.is_alphanumeric() || (signs && *at == 6 && "+-".contains(*c)))
                .map(|(_, c)| c)
                .collect();
            if value.len() < text.len() {
                rules = rules.with(Rule::IdSeparators);
            }
        }
        let is_upper = value.is_ascii() && !value.bytes().any(|b| b.is_ascii_lowercase());
        if on.contains(Rule::IdCase) && !is_upper {
            let upper = upper(&value);
            if upper != value {
                rules = rules.with(Rule::IdCase);
                value = upper;
            }
        }
        if value.is_empty() {
            return Err(IdentifierFault::Empty);
        }
        let mut written = Written { value, rules };
        if scheme == Scheme::Vat && on.contains(Rule::IdCountryPrefix) {
            written.add_prefix(country);
        }
        if on.contains(Rule::IdSpreadsheet) {
            written.add_zeros(scheme, country);
        }
        let is_swedish = scheme == Scheme::NationalId && country.is_some_and(|c| c.iso2() == "SE");
        if is_swedish && on.contains(Rule::IdSeparators) {
            written.drop_century();
        }
        Ok(written)
    }

    /// A VAT number gets the prefix of its country, and Greece's is `EL`.
    fn add_prefix(&mut self, country: Option<Country>) {
        let stated = vat::split_prefix(&self.value)
            .filter(|(prefix, number)| vat::has_form(prefix, number) || country.is_none());
        let with_prefix = match stated {
            Some((prefix, number)) => format!("{prefix}{number}"),
            None => {
                let prefix = country.and_then(|country| vat::prefix_of(country.iso2()));
                match prefix {
                    Some(prefix) if !self.value.starts_with(prefix) => {
                        format!("{prefix}{}", self.value)
                    }
                    _ => return,
                }
            }
        };
        if with_prefix != self.value {
            self.rules = self.rules.with(Rule::IdCountryPrefix);
            self.value = with_prefix;
        }
    }

    /// Numbers that a spreadsheet took the leading zeros of: at most two.
    fn add_zeros(&mut self, scheme: Scheme, country: Option<Country>) {
        let iso2 = country.as_ref().map(Country::iso2).unwrap_or_default();
        let length = match (scheme, iso2) {
            (Scheme::Ein | Scheme::Duns, _) | (Scheme::NationalId, "US" | "NL" | "PT") => 9,
            (Scheme::Cpf, _) | (Scheme::NationalId, "BR" | "BE" | "PL" | "NO" | "LV" | "GR") => 11,
            (Scheme::NationalId, "DK" | "BG") => 10,
            (Scheme::Cnpj, _) => 14,
            // Belgian numbers had nine digits before 2005.
            (Scheme::Vat, _) => match self.value.get(..2) {
                Some("BE") => 12,
                Some("EL") => 11,
                _ => return,
            },
            _ => return,
        };
        let at = if scheme == Scheme::Vat { 2 } else { 0 };
        let missing = length - self.value.len().min(length);
        if (1..=2).contains(&missing) && self.value.get(at..).is_some_and(are_digits) {
            self.value.insert_str(at, &"00"[..missing]);
            self.rules = self.rules.with(Rule::IdSpreadsheet);
        }
    }

    /// Swedish numbers are written with or without century: ten digits tell people apart.
    fn drop_century(&mut self) {
        if self.value.len() == 12 && are_digits(&self.value) {
            self.value.drain(..2);
            self.rules = self.rules.with(Rule::IdSeparators);
        }
    }
}

/// Upper-case letters and digits, whatever was between them.
pub(super) fn letters_and_digits(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_uppercase());
        } else if !c.is_ascii() && c.is_alphanumeric() {
            id.extend(c.to_uppercase().filter(|upper| upper.is_alphanumeric()));
        }
    }
    id
}

fn upper(value: &str) -> String {
    value
        .chars()
        .flat_map(char::to_uppercase)
        .filter(|c| c.is_alphanumeric() || c.is_ascii())
        .collect()
}

/// `VAT No. DE811907980`, `USt-IdNr.: DE811907980`: words in front that only name the number are left out.
pub(super) fn without_label(text: &str, on: Rules) -> &str {
    let mut rest = text.trim();
    if !on.contains(Rule::IdLabel) || vat::is_norwegian(rest) {
        return rest;
    }
    while let Some(end) = rest.find(|c: char| !c.is_alphabetic()) {
        let (word, behind) = rest.split_at(end);
        let is_label = LABELS.iter().any(|label| label.eq_ignore_ascii_case(word));
        let next = behind.trim_start_matches([' ', '.', ':', '#', '-', '/', '=', '\u{a0}']);
        if next.len() == behind.len() || !(word.is_empty() || is_label) {
            break;
        }
        rest = next;
    }
    rest
}
