//! One number as it was written, before any numbering plan is asked, and the plan's number it stands for.

use super::numbering::{Plan, Plans};
use super::{PhoneFault, PhoneType};
use crate::{Country, Rule, Rules};
use std::borrow::Cow;

/// What people write before the digits to dial once connected, the longer first.
pub(super) const EXTENSION_MARKS: [&str; 19] = [
    "nebenstelle",
    "extension",
    "durchwahl",
    "apparat",
    "interno",
    "toestel",
    "anexo",
    "poste",
    "ramal",
    "extn",
    "app",
    "ext",
    "int",
    "nst",
    "wew",
    "dw",
    "x",
    "#",
    ",",
];

pub(super) const MOST_EXTENSION_DIGITS: usize = 7;

pub(super) struct Written {
    pub(super) is_international: bool,
    pub(super) digits: String,
    /// The digits with letters dialled as on a keypad (1-800-FLOWERS); empty when there are none.
    vanity: String,
    pub(super) extension: Option<String>,
    pub(super) rules: Rules,
}

/// A number of a plan.
pub(super) struct Found {
    /// Country calling code, decimal.
    pub(super) code: &'static str,
    pub(super) national: String,
    pub(super) country: Option<Country>,
    pub(super) number_type: PhoneType,
    pub(super) rules: Rules,
}

impl Written {
    /// `text` is ASCII and holds one number, with words around it perhaps.
    pub(super) fn read(text: &str, on: Rules) -> Result<Written, PhoneFault> {
        let mut rules = Rules::NONE;
        let start = text
            .find(|c: char| c == '+' || c.is_ascii_digit())
            .ok_or(PhoneFault::NotANumber)?;
        let (mut number, mut extension) = (&text[start..], None);
        if on.contains(Rule::PhoneExtension)
            && let Some((before, digits)) = split_extension(number)
        {
            (number, extension) = (before, Some(digits.to_owned()));
            rules = rules.with(Rule::PhoneExtension);
        }
        let is_international = number.starts_with('+');
        let mut digits = String::with_capacity(number.len());
        let mut letters = 0;
        for byte in number.bytes() {
            if byte.is_ascii_digit() {
                digits.push(char::from(byte));
            } else if byte.is_ascii_alphabetic() {
                letters += 1;
            }
        }
        if digits.len() + usize::from(is_international) < number.len() || start > 0 {
            if !on.contains(Rule::PhonePunctuation) {
                return Err(PhoneFault::NotANumber);
            }
            rules = rules.with(Rule::PhonePunctuation);
        }
        // +44 (0)20 …: the zero is dialled within the country only; in Italy it is part of the number.
        if is_international
            && on.contains(Rule::PhoneTrunk)
            && !digits.starts_with("39")
            && let Some(at) = number.find("(0)")
        {
            digits.remove(count_digits(&number[..at]));
            rules = rules.with(Rule::PhoneTrunk);
        }
        let vanity = if letters >= 3 && on.contains(Rule::PhoneVanity) {
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
                rules,
            }),
        }
    }

    pub(super) fn find(&self, region: Option<Country>, on: Rules) -> Result<Found, PhoneFault> {
        let outcome = self.resolve(&self.digits, region, on);
        if outcome.is_ok() || self.vanity.is_empty() {
            return outcome;
        }
        // 1-800-CONTACTS: North American exchanges ignore the letters too many.
        let ten = if self.vanity.starts_with('1') { 11 } else { 10 };
        let dialled = [Some(self.vanity.as_str()), self.vanity.get(..ten)];
        dialled
            .into_iter()
            .flatten()
            .find_map(|digits| {
                let found = self.resolve(digits, region, on).ok()?;
                (digits.len() == self.vanity.len() || found.code == "1").then_some(found)
            })
            .map(|found| Found {
                rules: found.rules.with(Rule::PhoneVanity),
                ..found
            })
            .map_or(outcome, Ok)
    }

    fn resolve(
        &self,
        digits: &str,
        region: Option<Country>,
        on: Rules,
    ) -> Result<Found, PhoneFault> {
        let plans = Plans::get();
        let abroad = |rest| {
            international(rest, plans, on).map(|found| found.by(Rule::PhoneInternationalPrefix))
        };
        let dials_abroad = on.contains(Rule::PhoneInternationalPrefix);
        if self.is_international {
            return match digits.strip_prefix("00").filter(|_| dials_abroad) {
                Some(rest) => abroad(rest),
                None => international(digits, plans, on),
            };
        }
        let home = region.and_then(|region| plans.of_country(region));
        let Some(home) = home else {
            let rest = digits
                .strip_prefix("00")
                .or_else(|| digits.strip_prefix("011"));
            return rest
                .filter(|_| dials_abroad)
                .map_or(Err(PhoneFault::NoCountry), abroad);
        };
        if dials_abroad
            && let Some(rest) = home.strip_international_prefix(digits)
            && let Ok(found) = abroad(rest)
        {
            return Ok(found);
        }
        let mut outcome = Err(PhoneFault::NoCountry);
        if on.contains(Rule::PhoneRegion) {
            outcome = in_plan(home, digits, plans, on).map(|found| found.by(Rule::PhoneRegion));
        }
        if outcome.is_err()
            && on.contains(Rule::PhoneMissingPlus)
            && let Some(rest) = digits.strip_prefix(home.code)
        {
            return in_plan(home, rest, plans, on)
                .map(|found| found.by(Rule::PhoneMissingPlus))
                .or(outcome);
        }
        outcome
    }
}

impl Found {
    fn by(self, rule: Rule) -> Found {
        Found {
            rules: self.rules.with(rule),
            ..self
        }
    }
}

fn international(digits: &str, plans: &'static Plans, on: Rules) -> Result<Found, PhoneFault> {
    let (main, national) = plans.split_code(digits).ok_or(PhoneFault::CountryCode)?;
    in_plan(main, national, plans, on)
}

/// A national number, with or without its trunk prefix, found in the plans that share the country calling code.
fn in_plan(
    plan: &'static Plan,
    digits: &str,
    plans: &'static Plans,
    on: Rules,
) -> Result<Found, PhoneFault> {
    let owner = |national: &str| {
        plans
            .sharing(plan)
            .find_map(|plan| Some((plan.country, plan.owns(national)?)))
    };
    let mut national = Cow::from(digits);
    if on.contains(Rule::PhoneTrunk) {
        national = plan.strip_national_prefix(digits);
        // What is left may be a prefix and a number once more (in Japan), and would be read so the next time.
        if national != digits {
            let again = plan.strip_national_prefix(&national).into_owned();
            if matches!(owner(&again), Some((_, Some(_)))) {
                national = again.into();
            }
        }
    }
    let owner = owner(&national);
    let Some((country, Some(number_type))) = owner else {
        return Err(plan.fault(&national));
    };
    let rules = if national == digits {
        Rules::NONE
    } else {
        Rules::NONE.with(Rule::PhoneTrunk)
    };
    Ok(Found {
        code: plan.code,
        national: national.into_owned(),
        country,
        number_type,
        rules,
    })
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

pub(super) fn count_digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// "x123", "ext. 5", "#12", ";ext=7", ", 9" at the end: the text before, and the digits.
fn split_extension(text: &str) -> Option<(&str, &str)> {
    let trimmed = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let head = trimmed.trim_end_matches(|c: char| c.is_ascii_digit());
    let extension = &trimmed[head.len()..];
    if extension.len() > MOST_EXTENSION_DIGITS {
        return None;
    }
    let head = head.trim_end_matches([' ', '.', ':', '=', '-', ')', '(']);
    // The usual number ends in digits behind a mark that is none of these.
    if head.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let before = EXTENSION_MARKS.iter().find_map(|mark| {
        let at = head.len().checked_sub(mark.len())?;
        (head.is_char_boundary(at) && head[at..].eq_ignore_ascii_case(mark)).then(|| &head[..at])
    })?;
    (count_digits(before) >= 5).then_some((before, extension))
}
