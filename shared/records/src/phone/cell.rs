//! A field that should hold one number: what spreadsheets and URIs make of it, and where several numbers part.

use std::borrow::Cow;

use deunicode::deunicode_char;

use super::written::{EXTENSION_MARKS, MOST_EXTENSION_DIGITS, Written, count_digits};
use super::{Phone, PhoneFault};
use crate::{Country, Rule, Rules};

/// Fewer digits than these are an area code or an extension, not a number of its own.
const LEAST_DIGITS: usize = 7;
/// More characters are prose.
const MOST_CHARS: usize = 250;

pub(super) fn first(text: &str, region: Option<Country>, on: Rules) -> Result<Phone, PhoneFault> {
    let cell = Cell::read(text, on)?;
    let mut pieces = cell.pieces(on);
    let piece = pieces.next().ok_or(PhoneFault::NotANumber)?;
    let is_one = pieces.next().is_none();
    match cell.phone(piece, region, on) {
        Ok(phone) if is_one => Ok(phone),
        Ok(phone) => Ok(phone.one_of_several(on)),
        Err(fault) if on.contains(Rule::PhoneSeveral) => cell
            .two(piece, region, on)
            .map(|[first, _]| first)
            .ok_or(fault),
        Err(fault) => Err(fault),
    }
}

pub(super) fn all(
    text: &str,
    region: Option<Country>,
    on: Rules,
) -> Result<Vec<Phone>, PhoneFault> {
    let cell = Cell::read(text, on)?;
    let (mut phones, mut faults): (Vec<Phone>, Vec<PhoneFault>) = Default::default();
    for piece in cell.pieces(on) {
        match cell.phone(piece, region, on) {
            Ok(phone) => phones.push(phone),
            Err(fault) if on.contains(Rule::PhoneSeveral) => match cell.two(piece, region, on) {
                Some(two) => phones.extend(two),
                None => faults.push(fault),
            },
            Err(fault) => faults.push(fault),
        }
    }
    let mut seen: Vec<Phone> = Vec::with_capacity(phones.len());
    let are_several = phones.len() + faults.len() > 1;
    for phone in phones {
        if !seen.contains(&phone) {
            seen.push(if are_several {
                phone.one_of_several(on)
            } else {
                phone
            });
        }
    }
    if seen.is_empty() {
        return Err(faults.first().copied().unwrap_or(PhoneFault::NotANumber));
    }
    Ok(seen)
}

pub(super) fn first_written(text: &str, on: Rules) -> Result<Written, PhoneFault> {
    let cell = Cell::read(text, on)?;
    let piece = cell.pieces(on).next().ok_or(PhoneFault::NotANumber)?;
    Written::read(piece, on)
}

impl Phone {
    fn one_of_several(mut self, on: Rules) -> Phone {
        self.rules = self.rules.with(Rule::PhoneSeveral).only(on);
        self
    }

    /// The number that ends in `digits` instead of its own last ones.
    fn ending(&self, digits: &str, on: Rules) -> Option<Phone> {
        let kept = self.national().len().checked_sub(digits.len())?;
        let kept = self.e164.get(..self.prefix + kept)?;
        first(&format!("{kept}{digits}"), None, on).ok()
    }
}

/// ASCII: digits of other scripts are read as ours, all else outside ASCII is a space.
struct Cell<'a> {
    text: Cow<'a, str>,
    rules: Rules,
}

impl<'a> Cell<'a> {
    fn read(text: &'a str, on: Rules) -> Result<Cell<'a>, PhoneFault> {
        let text = text.trim();
        if text.len() > MOST_CHARS {
            return Err(PhoneFault::TooLong);
        }
        let mut cell = Cell {
            text: Cow::Borrowed(text),
            rules: Rules::NONE,
        };
        if !text.is_ascii() {
            cell.text = Cow::Owned(to_ascii(text, on));
            if count_digits(&cell.text) != count_digits(text) {
                cell.rules = cell.rules.with(Rule::PhoneDigits);
            }
        }
        if on.contains(Rule::PhoneSpreadsheet)
            && let Some(digits) = float(&cell.text)
        {
            cell.text = Cow::Owned(digits);
            cell.rules = cell.rules.with(Rule::PhoneSpreadsheet);
        }
        if on.contains(Rule::PhoneUri) && cell.text.contains([':', ';']) {
            let written = uri(&cell.text)?;
            if let Some(written) = written {
                cell.text = Cow::Owned(written);
                cell.rules = cell.rules.with(Rule::PhoneUri);
            }
        }
        Ok(cell)
    }

    fn pieces(&self, on: Rules) -> Pieces<'_> {
        Pieces {
            rest: &self.text,
            is_split: on.contains(Rule::PhoneSeveral),
        }
    }

    fn phone(&self, piece: &str, region: Option<Country>, on: Rules) -> Result<Phone, PhoneFault> {
        let mut written = Written::read(piece, on)?;
        written.rules = written.rules.and(self.rules);
        let found = written.find(region, on)?;
        Ok(Phone::new(written, found, on))
    }

    /// What is no number as a whole may be two: `212-555-0187/88`, or two with a space between.
    fn two(&self, piece: &str, region: Option<Country>, on: Rules) -> Option<[Phone; 2]> {
        let one = |text| {
            self.phone(text, region, on)
                .map(|phone| phone.one_of_several(on))
        };
        if let Some((before, ending)) = piece.rsplit_once('/') {
            let ending = ending.trim();
            if (1..=4).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_digit()) {
                let first = one(before).ok()?;
                let second = first.ending(ending, on)?.one_of_several(on);
                return Some([first, second]);
            }
        }
        let digits = count_digits(piece);
        if digits < 2 * LEAST_DIGITS {
            return None;
        }
        piece.match_indices(' ').find_map(|(at, _)| {
            let (left, right) = piece.split_at(at);
            let before = count_digits(left);
            let are_long = before >= LEAST_DIGITS && digits - before >= LEAST_DIGITS;
            Some([one(left).ok().filter(|_| are_long)?, one(right).ok()?])
        })
    }
}

/// The texts of single numbers, in order.
struct Pieces<'a> {
    rest: &'a str,
    is_split: bool,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let end = if self.is_split {
            parting(self.rest)
        } else {
            None
        };
        let (piece, rest) = match end {
            Some(at) => (&self.rest[..at], &self.rest[at..]),
            None => (self.rest, ""),
        };
        self.rest = rest.trim_start_matches(['/', ';', ',', '|', '\\', '&', '\n', '\r']);
        Some(piece)
    }
}

/// Where the first number ends and another begins: both sides are long enough to be numbers, since "030/1234567" is one.
fn parting(text: &str) -> Option<usize> {
    let total = count_digits(text);
    if total < 2 * LEAST_DIGITS {
        return None;
    }
    let bytes = text.as_bytes();
    let (mut at, mut digits) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_digit() {
            digits += 1;
        } else if digits >= LEAST_DIGITS {
            if total - digits < LEAST_DIGITS {
                return None;
            }
            if matches!(
                byte,
                b'/' | b';' | b',' | b'|' | b'\\' | b'&' | b'\n' | b'\r' | b'+'
            ) {
                return Some(at);
            }
            if byte.is_ascii_alphabetic() || byte == b'#' {
                let Some((length, extension)) = extension_at(&text[at..]) else {
                    return Some(at);
                };
                digits += extension;
                at += length;
                continue;
            }
        }
        at += 1;
    }
    None
}

/// Length of the mark and the digits behind it when they are an extension, and how many digits.
fn extension_at(text: &str) -> Option<(usize, usize)> {
    let word = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len())
        .max(1);
    let is_mark = EXTENSION_MARKS
        .iter()
        .any(|mark| mark.eq_ignore_ascii_case(&text[..word]));
    let rest = text[word..].trim_start_matches([' ', '.', ':', '=']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (is_mark && (1..=MOST_EXTENSION_DIGITS).contains(&digits))
        .then(|| (text.len() - rest.len() + digits, digits))
}

fn to_ascii(text: &str, on: Rules) -> String {
    let reads_digits = on.contains(Rule::PhoneDigits);
    let ascii = |c: char| match c {
        '＋' if reads_digits => '+',
        c if c.is_ascii() => c,
        c if c.is_numeric() && reads_digits => deunicode_char(c)
            .and_then(|digit| digit.chars().next())
            .unwrap_or(' '),
        _ => ' ',
    };
    if text.contains("доб") {
        return text.replace("доб", "ext").chars().map(ascii).collect(); // Russian for it
    }
    text.chars().map(ascii).collect()
}

/// The digits of `2125550187.0` (pandas and spreadsheets turn a column with gaps into floats) and of `2.125550187E9` (Java).
/// Too few digits for the exponent were rounded off: then it is no number any more.
fn float(text: &str) -> Option<String> {
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(whole) = text.strip_suffix(".0").or_else(|| text.strip_suffix(".00")) {
        return are_digits(whole).then(|| whole.to_owned());
    }
    let (mantissa, exponent) = text.split_once(['E', 'e'])?;
    let (whole, fraction) = mantissa.split_once('.')?;
    let exponent: usize = exponent.trim_start_matches('+').parse().ok()?;
    let is_exact = whole.len() == 1
        && (8..=14).contains(&exponent)
        && fraction.len() <= exponent
        && fraction.len() >= 8;
    (is_exact && are_digits(whole) && are_digits(fraction))
        .then(|| format!("{whole}{fraction:0<exponent$}"))
}

/// RFC 3966: `tel:+1-201-555-0123;ext=5`, `tel:863-1234;phone-context=+1-914-555`. As the number would be written by
/// hand; `None` when the text is no such URI.
fn uri(text: &str) -> Result<Option<String>, PhoneFault> {
    let scheme = text
        .get(..4)
        .filter(|scheme| scheme.eq_ignore_ascii_case("tel:"));
    let rest = scheme.map_or(text, |_| &text[4..]);
    let mut parameters = rest.split(';');
    let number = parameters.next().unwrap_or_default();
    let (mut context, mut extension) = ("", "");
    for parameter in parameters {
        match parameter.split_once('=') {
            Some((name, value)) if name.eq_ignore_ascii_case("phone-context") => context = value,
            Some((name, value)) if name.eq_ignore_ascii_case("ext") => extension = value,
            Some(_) => {} // isub and whatever else
            None if scheme.is_some() => {}
            None => return Ok(None), // a list with semicolons
        }
    }
    if scheme.is_none() && context.is_empty() {
        return Ok(None);
    }
    // A domain as context says whose number it is, not where: the number stays as it is.
    let context = if context.starts_with('+') {
        context
    } else {
        ""
    };
    if context.len() > 1
        && !context[1..]
            .bytes()
            .all(|b| b.is_ascii_digit() || b"-.()".contains(&b))
    {
        return Err(PhoneFault::CountryCode);
    }
    let mark = if extension.is_empty() { "" } else { " ext " };
    Ok(Some(format!("{context}{number}{mark}{extension}")))
}
