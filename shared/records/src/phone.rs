//! Telephone numbers as E.164.

mod numbering;

use std::fmt;

use deunicode::deunicode_char;
use thiserror::Error;

use crate::Country;
use numbering::{Plan, Plans};

/// A valid telephone number in E.164 (`+12125550187`), by the numbering plans of Google's libphonenumber.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone {
    e164: String,
    /// Length of `+` and country calling code: where the national number starts.
    prefix: usize,
    country: Option<Country>,
    extension: Option<String>,
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
            .finish_non_exhaustive()
    }
}

impl Phone {
    /// Reads a number as people write it. `region` is the country to dial from: it is needed for numbers that carry no
    /// country calling code. An extension is split off; of two numbers in one text the first counts.
    pub fn parse(text: &str, region: Option<Country>) -> Result<Phone, PhoneFault> {
        let written = Written::read(text)?;
        let plans = Plans::get();
        let mut outcome = written.resolve(&written.digits, plans, region);
        if outcome.is_err() && !written.vanity.is_empty() {
            outcome = written.resolve(&written.vanity, plans, region).or(outcome);
        }
        let (code, national, country) = outcome?;
        Ok(Phone {
            prefix: 1 + code.len(),
            e164: format!("+{code}{national}"),
            country,
            extension: written.extension,
        })
    }

    /// For matching, never for dialling: the E.164 form of a number that has a length of its country's numbers, though
    /// the plan has no such number (617-111-2833). Two systems that hold the same wrong number still hold the same one.
    /// `None` for placeholders too.
    pub fn possible_e164(text: &str, region: Option<Country>) -> Option<String> {
        let written = Written::read(text).ok()?;
        let plans = Plans::get();
        let (plan, digits) = match region.and_then(|region| plans.of_country(region)) {
            Some(home) if !written.is_international => (home, written.digits.as_str()),
            _ if written.is_international => plans.split_code(&written.digits)?,
            _ => return None,
        };
        let national = plan.strip_national_prefix(digits);
        if !plan.has_length(&national) {
            return None;
        }
        let phone = Phone {
            e164: format!("+{}{national}", plan.code),
            prefix: 1 + plan.code.len(),
            country: None,
            extension: None,
        };
        (!phone.is_placeholder()).then_some(phone.e164)
    }

    /// `+`, country calling code, national number: at most 15 digits.
    pub fn e164(&self) -> &str {
        &self.e164
    }

    /// The country whose plan the number belongs to; `None` for numbers of no country (+800 …).
    pub fn country(&self) -> Option<Country> {
        self.country
    }

    /// Digits to dial once connected.
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// A number typed to fill a field: six last digits alike, 555-0000, directory enquiries, 123456789.
    pub fn is_placeholder(&self) -> bool {
        let national = self.e164.get(self.prefix..).unwrap_or_default();
        let bytes = national.as_bytes();
        let tail = &bytes[bytes.len().saturating_sub(6)..];
        tail.windows(2).all(|pair| pair[0] == pair[1])
            || (self.e164.starts_with("+1")
                && (national.ends_with("5550000") || national.ends_with("5551212")))
            || [
                "123456789",
                "1234567890",
                "0123456789",
                "12345678",
                "987654321",
                "9876543210",
            ]
            .contains(&national)
    }
}

/// What was written, before any numbering plan is asked.
struct Written {
    is_international: bool,
    digits: String,
    /// The digits with letters dialled as on a keypad (1-800-FLOWERS); empty when there are none.
    vanity: String,
    extension: Option<String>,
}

type Resolved = (&'static str, String, Option<Country>);

impl Written {
    fn read(text: &str) -> Result<Written, PhoneFault> {
        // pandas and spreadsheets turn a column with gaps into floats.
        let text = match text.trim().strip_suffix(".0") {
            Some(float) if float.bytes().all(|b| b.is_ascii_digit()) => float,
            _ => text.trim(),
        };
        if text.len() > 250 {
            return Err(PhoneFault::TooLong);
        }
        let ascii: String = if text.is_ascii() {
            text.to_owned()
        } else {
            text.chars().map(to_ascii).collect()
        };
        let start = ascii
            .find(|c: char| c == '+' || c.is_ascii_digit())
            .ok_or(PhoneFault::NotANumber)?;
        let (number, extension) = split_extension(first_number(&ascii[start..]));
        let is_international = number.starts_with('+');
        let number = if is_international && !number.contains("+39") {
            number.replacen("(0)", "", 1)
        } else {
            number.to_owned()
        };
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let letters = number.bytes().filter(u8::is_ascii_alphabetic).count();
        let vanity = if letters >= 3 {
            number.chars().filter_map(keypad).collect()
        } else {
            String::new()
        };
        match digits.len() {
            0 => Err(PhoneFault::NotANumber),
            1..4 if vanity.is_empty() => Err(PhoneFault::TooShort),
            20.. => Err(PhoneFault::TooLong),
            _ => Ok(Written {
                is_international,
                digits,
                vanity,
                extension,
            }),
        }
    }

    fn resolve(
        &self,
        digits: &str,
        plans: &'static Plans,
        region: Option<Country>,
    ) -> Result<Resolved, PhoneFault> {
        let home = region.and_then(|region| plans.of_country(region));
        if self.is_international {
            let digits = digits.strip_prefix("00").unwrap_or(digits);
            return international(digits, plans);
        }
        let Some(home) = home else {
            return match digits
                .strip_prefix("00")
                .or_else(|| digits.strip_prefix("011"))
            {
                Some(rest) => international(rest, plans),
                None => Err(PhoneFault::NoCountry),
            };
        };
        if let Some(rest) = home.strip_international_prefix(digits) {
            let outcome = international(rest, plans);
            if outcome.is_ok() {
                return outcome;
            }
        }
        let outcome = in_plan(home, digits, plans);
        if outcome.is_err()
            && let Some(rest) = digits.strip_prefix(home.code)
        {
            return in_plan(home, rest, plans).or(outcome); // country code without its plus
        }
        outcome
    }
}

fn international(digits: &str, plans: &'static Plans) -> Result<Resolved, PhoneFault> {
    let (main, national) = plans.split_code(digits).ok_or(PhoneFault::CountryCode)?;
    in_plan(main, national, plans)
}

/// A national number, with or without its trunk prefix, found in the plans that share the country calling code.
fn in_plan(
    plan: &'static Plan,
    digits: &str,
    plans: &'static Plans,
) -> Result<Resolved, PhoneFault> {
    let national = plan.strip_national_prefix(digits);
    match plans.sharing(plan).find(|plan| plan.owns(&national)) {
        Some(owner) if owner.is_valid(&national) => {
            Ok((plan.code, national.into_owned(), owner.country))
        }
        _ => Err(plan.fault(&national)),
    }
}

fn to_ascii(c: char) -> char {
    match c {
        '＋' => '+',
        c if c.is_ascii() => c,
        c if c.is_numeric() => deunicode_char(c)
            .and_then(|digit| digit.chars().next())
            .unwrap_or(' '),
        _ => ' ',
    }
}

fn keypad(c: char) -> Option<char> {
    Some(match c.to_ascii_uppercase() {
        '0'..='9' => c,
        'A'..='C' => '2',
        'D'..='F' => '3',
        'G'..='I' => '4',
        'J'..='L' => '5',
        'M'..='O' => '6',
        'P'..='S' => '7',
        'T'..='V' => '8',
        'W'..='Z' => '9',
        _ => return None,
    })
}

fn count_digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// "212-555-0187 / 212-555-0188": both sides must be long enough to be numbers, since "030/1234567" is one.
fn first_number(text: &str) -> &str {
    for (at, _) in text.match_indices(['/', ';', ',', '|', '\\', '&']) {
        if count_digits(&text[..at]) >= 7 && count_digits(&text[at..]) >= 7 {
            return &text[..at];
        }
    }
    text
}

/// Splits "x123", "ext. 5", "#12", ";ext=7", ", 9" from the end.
fn split_extension(text: &str) -> (&str, Option<String>) {
    const MARKS: [&str; 12] = [
        "extension",
        "extn",
        "ext",
        "poste",
        "anexo",
        "durchwahl",
        "dw",
        "int",
        "app",
        "x",
        "#",
        ",",
    ];
    let trimmed = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let head = trimmed.trim_end_matches(|c: char| c.is_ascii_digit());
    let extension = &trimmed[head.len()..];
    if extension.len() > 7 || extension.len() == trimmed.len() {
        return (text, None);
    }
    let head = head.trim_end_matches([' ', '.', ':', '=', '-', ')', '(']);
    for mark in MARKS {
        let Some(at) = head.len().checked_sub(mark.len()) else {
            continue;
        };
        if head.is_char_boundary(at)
            && head[at..].eq_ignore_ascii_case(mark)
            && count_digits(&head[..at]) >= 5
        {
            return (&head[..at], Some(extension.to_owned()));
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests;
