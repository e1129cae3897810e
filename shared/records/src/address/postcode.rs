//! Postcodes by country.

use std::sync::LazyLock;

use crate::Country;
use crate::lookup::Table;

/// Forms per country: `9` a digit, `A` a letter, `*` either; anything else stands for itself.
/// Sources: Universal Postal Union addressing guides; for the UK, BS 7666.
const FORMS: [(&str, &[&str]); 66] = [
    ("AD", &["AD999"]),
    ("AR", &["9999", "A9999AAA"]),
    ("AT", &["9999"]),
    ("AU", &["9999"]),
    ("BA", &["99999"]),
    ("BE", &["9999"]),
    ("BG", &["9999"]),
    ("BR", &["99999-999"]),
    ("CA", &["A9A 9A9"]),
    ("CH", &["9999"]),
    ("CL", &["9999999"]),
    ("CN", &["999999"]),
    ("CO", &["999999"]),
    ("CR", &["99999"]),
    ("CY", &["9999"]),
    ("CZ", &["999 99"]),
    ("DE", &["99999"]),
    ("DK", &["9999"]),
    ("EE", &["99999"]),
    ("EG", &["99999"]),
    ("ES", &["99999"]),
    ("FI", &["99999"]),
    ("FR", &["99999"]),
    ("GB", GB),
    ("GG", GB),
    ("GR", &["999 99"]),
    ("HR", &["99999"]),
    ("HU", &["9999"]),
    ("ID", &["99999"]),
    ("IE", &["A99 ****", "A9A ****"]),
    ("IL", &["9999999", "99999"]),
    ("IM", GB),
    ("IN", &["999999"]),
    ("IS", &["999"]),
    ("IT", &["99999"]),
    ("JE", GB),
    ("JP", &["999-9999"]),
    ("KR", &["99999"]),
    ("LI", &["9999"]),
    ("LT", &["99999"]),
    ("LU", &["9999"]),
    ("LV", &["9999"]),
    ("MA", &["99999"]),
    ("MC", &["99999"]),
    ("MX", &["99999"]),
    ("MY", &["99999"]),
    ("NL", &["9999 AA"]),
    ("NO", &["9999"]),
    ("NZ", &["9999"]),
    ("PE", &["99999"]),
    ("PH", &["9999"]),
    ("PL", &["99-999"]),
    ("PR", &["99999", "99999-9999"]),
    ("PT", &["9999-999", "9999"]),
    ("RO", &["999999"]),
    ("RS", &["99999"]),
    ("RU", &["999999"]),
    ("SE", &["999 99"]),
    ("SG", &["999999"]),
    ("SI", &["9999"]),
    ("SK", &["999 99"]),
    ("TH", &["99999"]),
    ("TR", &["99999"]),
    ("UA", &["99999"]),
    ("US", &["99999", "99999-9999"]),
    ("ZA", &["9999"]),
];
const GB: &[&str] = &[
    "A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA",
];

/// The postcode in the country's spacing and upper case, `None` when it has not the country's form. A leading country
/// letter (`D-10115`) is dropped; leading zeros that a spreadsheet lost come back. Without a country, or for one whose
/// form is not known here: upper case, and British and Canadian spacing.
pub(crate) fn parse(text: &str, country: Option<Country>) -> Option<String> {
    let forms = country.and_then(forms);
    if forms.is_some_and(|forms| forms.iter().any(|form| is_written(text, form))) {
        return Some(text.to_owned());
    }
    let text = text.strip_suffix(".0").unwrap_or(text);
    let mut bare: String = text
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    if bare.is_empty() {
        return None;
    }
    let Some(forms) = forms else {
        let spaced = [GB, &["A9A 9A9"]]
            .into_iter()
            .flatten()
            .find_map(|form| fit(&bare, form));
        return Some(spaced.unwrap_or_else(|| text.to_uppercase()));
    };
    let digits = bare.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    // D-10115, CH-8001, LV-1010
    if bare.len() - digits.len() <= 2
        && !digits.is_empty()
        && forms.iter().all(|form| form.starts_with('9'))
    {
        bare = digits.to_owned();
    }
    // A number column: 2101 for 02101. Only one or two zeros get lost.
    if forms[0] == "99999"
        && (3..5).contains(&bare.len())
        && bare.bytes().all(|b| b.is_ascii_digit())
    {
        bare = format!("{bare:0>5}");
    }
    forms.iter().find_map(|form| fit(&bare, form))
}

/// The forms of the country's postcodes, where they are known here.
pub(super) fn forms(country: Country) -> Option<&'static [&'static str]> {
    static BY_COUNTRY: LazyLock<Table<Country, &[&str]>> = LazyLock::new(|| {
        let known = FORMS
            .iter()
            .filter_map(|(iso2, forms)| Some((Country::parse(iso2)?, *forms)));
        known.collect()
    });
    BY_COUNTRY.get(&country).copied()
}

/// Is it the form already, sign by sign?
fn is_written(text: &str, form: &str) -> bool {
    text.len() == form.len()
        && text
            .bytes()
            .zip(form.bytes())
            .all(|(sign, slot)| match slot {
                b'9' => sign.is_ascii_digit(),
                b'A' => sign.is_ascii_uppercase(),
                b'*' => sign.is_ascii_digit() || sign.is_ascii_uppercase(),
                mark => sign == mark,
            })
}

/// The form filled with the postcode's letters and digits.
fn fit(bare: &str, form: &str) -> Option<String> {
    let mut chars = bare.chars();
    let mut out = String::with_capacity(form.len());
    for slot in form.chars() {
        let c = match slot {
            '9' => chars.next().filter(char::is_ascii_digit)?,
            '*' => chars.next()?,
            'A' => chars.next().filter(char::is_ascii_alphabetic)?,
            mark => mark,
        };
        out.push(c);
    }
    chars.next().is_none().then_some(out)
}

/// `00-950`: no other country writes its postcodes so.
pub(super) fn is_polish(text: &str) -> bool {
    text.len() == 6
        && text.as_bytes().get(2) == Some(&b'-')
        && fit(&text.replace('-', ""), "99-999").is_some()
}

/// Whether the words are a postcode by one of the forms; two words only where the form has its blank: `NW2 3RD` is none
/// in "NW 23rd Ave".
pub(super) fn is_postcode(words: &[&str], forms: &[&str]) -> bool {
    let length: usize = words.iter().map(|word| word.len()).sum();
    if !(3..=12).contains(&length) {
        return false;
    }
    let blank = match words {
        [first, _] => Some(first.len()),
        _ => None,
    };
    forms.iter().any(|form| {
        if blank.is_some() && form.find(' ') != blank {
            return false;
        }
        let mut signs = words.iter().flat_map(|word| word.bytes());
        let mut marks = 0;
        let mut next_sign = || loop {
            match signs.next() {
                Some(sign) if !sign.is_ascii_alphanumeric() => marks += 1,
                sign => return sign,
            }
        };
        let fits = form
            .bytes()
            .filter(|slot| !matches!(slot, b' ' | b'-'))
            .all(|slot| {
                next_sign().is_some_and(|sign| match slot {
                    b'9' => sign.is_ascii_digit(),
                    b'A' => sign.is_ascii_alphabetic(),
                    b'*' => true,
                    mark => sign.eq_ignore_ascii_case(&mark),
                })
            });
        fits && next_sign().is_none() && marks <= 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_postcodes() {
        for (text, country, want) in [
            ("92101", "US", Some("92101")),
            ("92101-1234", "US", Some("92101-1234")),
            ("921011234", "US", Some("92101-1234")),
            ("2101", "US", Some("02101")),
            ("2101.0", "US", Some("02101")),
            ("9210", "AT", Some("9210")),
            ("ABCDE", "US", None),
            ("9210123", "US", None),
            ("sw1a1aa", "GB", Some("SW1A 1AA")),
            ("M5V2T6", "CA", Some("M5V 2T6")),
            ("m5v-2t6", "CA", Some("M5V 2T6")),
            ("92101", "CA", None),
            ("D-10115", "DE", Some("10115")),
            ("1067", "DE", Some("01067")),
            ("1012ab", "NL", Some("1012 AB")),
            ("CH-8001", "CH", Some("8001")),
            ("00950", "PL", Some("00-950")),
            ("11455", "SE", Some("114 55")),
            ("d02af30", "IE", Some("D02 AF30")),
            ("12345", "", Some("12345")),
            ("ec1a 1bb", "", Some("EC1A 1BB")),
            ("SW1A 1AAA", "GB", None),
            ("", "US", None),
            ("LV-1010", "LV", Some("1010")),
            ("99 99", "AE", Some("99 99")),
        ] {
            assert_eq!(
                parse(text, Country::parse(country)).as_deref(),
                want,
                "{text} {country}"
            );
        }
        assert!(FORMS.is_sorted_by_key(|(iso2, _)| *iso2));
    }
}
