//! VAT numbers of the European Union's members, by the rules the Commission publishes for VIES, and those of the United
//! Kingdom, Switzerland and Norway.

use super::checksum::{are_digits, digits, is_luhn, is_mod_11_10, mod_97, weighted};
use super::national;

/// The prefix of VAT numbers is the country's code, but for Greece (`EL`) and Switzerland (`CHE`); `XI` is Northern
/// Ireland.
const PREFIXES: [&str; 31] = [
    "AT", "BE", "BG", "CHE", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "GB", "HR",
    "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "XI",
];

/// The prefix for an ISO 3166-1 code; `None` when the country has no VAT numbers that we know.
pub(super) fn prefix_of(iso2: &str) -> Option<&'static str> {
    let prefix = match iso2 {
        "GR" => "EL",
        "CH" => "CHE",
        other => other,
    };
    PREFIXES.iter().find(|known| **known == prefix).copied()
}

/// Prefix and number. `GR` in front is Greece's too. A number starts with a digit, or is one of those with letters.
pub(super) fn split_prefix(value: &str) -> Option<(&'static str, &str)> {
    let code = value.get(..2)?;
    let (prefix, rest) = match code {
        "CH" => ("CHE", value.strip_prefix("CHE")?),
        "GR" => ("EL", value.get(2..)?),
        _ => (prefix_of(code)?, value.get(2..)?),
    };
    // CHE-107.787.577 IVA, NO 995 525 828 MVA
    let suffixes: &[&str] = match prefix {
        "CHE" => &["MWST", "TVA", "IVA"],
        "NO" => &["MVA"],
        _ => &[],
    };
    let number = suffixes
        .iter()
        .find_map(|suffix| rest.strip_suffix(suffix))
        .unwrap_or(rest);
    let fits = number.bytes().filter(u8::is_ascii_digit).count() * 2 > number.len();
    fits.then_some((prefix, number))
}

/// "NO" in front is a label of many numbers, and Norway's prefix where MVA stands behind.
pub(super) fn is_norwegian(text: &str) -> bool {
    text.starts_with("NO") && text.ends_with("MVA")
}

/// The ISO 3166-1 code of a prefix's country.
pub(super) fn country_of(prefix: &str) -> &str {
    match prefix {
        "EL" => "GR",
        "CHE" => "CH",
        "XI" => "GB",
        other => other,
    }
}

/// Does the number have the form of its country's? Without its check digits.
pub(super) fn has_form(prefix: &str, number: &str) -> bool {
    let length = number.len();
    let all_digits = are_digits(number);
    let starts = |first: &[u8]| number.bytes().next().is_some_and(|b| first.contains(&b));
    match prefix {
        "AT" => length == 9 && starts(b"U") && are_digits(&number[1..]),
        "BE" => length == 10 && all_digits && starts(b"01"),
        "BG" => matches!(length, 9 | 10) && all_digits,
        "CHE" | "EE" | "EL" | "NO" => length == 9 && all_digits,
        "CY" => {
            length == 9
                && number.is_ascii()
                && are_digits(&number[..8])
                && number.ends_with(|c: char| c.is_ascii_uppercase())
                && !number.starts_with("12")
        }
        "CZ" => (8..=10).contains(&length) && all_digits,
        "DE" | "PT" => length == 9 && all_digits && !starts(b"0"),
        "DK" | "MT" | "SI" => length == 8 && all_digits && !starts(b"0"),
        "ES" => length == 9 && number.is_ascii() && are_digits(&number[1..8]),
        "FI" | "HU" | "LU" => length == 8 && all_digits,
        "FR" => length == 11 && number.is_ascii() && are_digits(&number[2..]),
        "GB" | "XI" => match number.get(..2) {
            Some("GD" | "HA") => length == 5 && number.is_ascii() && are_digits(&number[2..]),
            _ => matches!(length, 9 | 12) && all_digits,
        },
        "HR" | "IT" | "LV" => length == 11 && all_digits,
        "IE" => {
            matches!(length, 8 | 9)
                && number.is_ascii()
                && starts(b"0123456789")
                && are_digits(&number[2..7])
                && number[7..].bytes().all(|b| b.is_ascii_uppercase())
        }
        "LT" => matches!(length, 9 | 12) && all_digits,
        "NL" => {
            length == 12
                && number.is_ascii()
                && are_digits(&number[..9])
                && number.as_bytes().get(9) == Some(&b'B')
                && are_digits(&number[10..])
        }
        "PL" | "SK" => length == 10 && all_digits,
        "RO" => (2..=10).contains(&length) && all_digits && !starts(b"0"),
        "SE" => length == 12 && all_digits,
        _ => false,
    }
}

/// Do the check digits fit? The number has the form of its country's.
pub(super) fn is_checked(prefix: &str, number: &str) -> bool {
    check(prefix, number).unwrap_or(false)
}

fn check(prefix: &str, number: &str) -> Option<bool> {
    Some(match prefix {
        "AT" => {
            let d = digits::<8>(number.get(1..)?)?;
            let doubled: u32 = [d[1], d[3], d[5]].iter().map(|d| d / 5 + d * 2 % 10).sum();
            (10 - (doubled + d[0] + d[2] + d[4] + d[6] + 4) % 10) % 10 == d[7]
        }
        "BE" => {
            let (first, last): (u32, u32) = (number[..8].parse().ok()?, number[8..].parse().ok()?);
            97 - first % 97 == last
        }
        "BG" if number.len() == 9 => is_bulgarian(&digits(number)?),
        "BG" => {
            let d = digits::<10>(number)?;
            let misc = 11 - weighted(&d, &[4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
            national::is_bulgarian(&d) || (misc != 10 && misc % 11 == d[9])
        }
        "CHE" => is_mod_11(&digits::<9>(number)?, &[5, 4, 3, 2, 7, 6, 5, 4]),
        "CY" => {
            const ODD: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
            let d = digits::<8>(&number[..8])?;
            let value = |(at, d): (usize, &u32)| {
                if at % 2 == 0 {
                    ODD.get(*d as usize).copied().unwrap_or(0)
                } else {
                    *d
                }
            };
            let sum: u32 = d.iter().enumerate().map(value).sum();
            u32::from(number.bytes().last()? - b'A') == sum % 26
        }
        "CZ" => is_czech(number)?,
        "DE" | "HR" => is_mod_11_10(
            &number
                .bytes()
                .map(|b| u32::from(b - b'0'))
                .collect::<Vec<_>>(),
        ),
        "DK" => weighted(&digits::<8>(number)?, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11),
        "EE" => weighted(&digits::<9>(number)?, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10),
        "EL" => {
            let d = digits::<9>(number)?;
            weighted(&d, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == d[8]
        }
        "ES" => is_spanish(number)?,
        "FI" => weighted(&digits::<8>(number)?, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11),
        "FR" => is_french(number)?,
        "GB" | "XI" => is_british(number)?,
        "HU" => weighted(&digits::<8>(number)?, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10),
        "IE" => national::is_irish(number)?,
        "IT" => {
            let province: u32 = number[7..10].parse().ok()?;
            is_luhn(&digits::<11>(number)?)
                && matches!(province, 1..=100 | 120 | 121 | 888 | 999)
                && !number.starts_with("0000000")
        }
        "LT" => is_lithuanian(number)?,
        "LU" => {
            let (first, last): (u32, u32) = (number[..6].parse().ok()?, number[6..].parse().ok()?);
            first % 89 == last
        }
        "LV" => {
            let d = digits::<11>(number)?;
            if d[0] > 3 {
                weighted(&d, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3
            } else {
                national::is_latvian(number)?
            }
        }
        "MT" => weighted(&digits::<8>(number)?, &[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37),
        "NL" => {
            // Sole traders' numbers since 2020 are no longer made from their citizen number.
            national::is_dutch(&digits(&number[..9])?)
                || mod_97(b"NL".iter().copied().chain(number.bytes())) == 1
        }
        "NO" => is_mod_11(&digits::<9>(number)?, &[3, 2, 7, 6, 5, 4, 3, 2]),
        "PL" => {
            let d = digits::<10>(number)?;
            weighted(&d, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == d[9]
        }
        "PT" => {
            let d = digits::<9>(number)?;
            (11 - weighted(&d, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == d[8]
        }
        "RO" => {
            let d = digits::<10>(&format!("{number:0>10}"))?;
            weighted(&d, &[7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10 % 11 % 10 == d[9]
        }
        "SE" => is_luhn(&digits::<10>(&number[..10])?) && &number[10..] != "00",
        "SI" => {
            let d = digits::<8>(number)?;
            let check = 11 - weighted(&d, &[8, 7, 6, 5, 4, 3, 2]) % 11;
            check != 11 && check % 10 == d[7]
        }
        "SK" => number.parse::<u64>().ok()?.is_multiple_of(11) && !number.starts_with('0'),
        _ => false,
    })
}

/// Weights modulo 11, the last digit makes it whole; 10 is never given out.
fn is_mod_11(digits: &[u32], weights: &[u32]) -> bool {
    let check = (11 - weighted(digits, weights) % 11) % 11;
    digits.last() == Some(&check)
}

fn is_bulgarian(d: &[u32; 9]) -> bool {
    let mut check = weighted(d, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11;
    if check == 10 {
        check = weighted(d, &[3, 4, 5, 6, 7, 8, 9, 10]) % 11;
    }
    check % 10 == d[8]
}

/// Companies have eight digits; people their birth number, or nine digits with a 6 in front.
fn is_czech(number: &str) -> Option<bool> {
    Some(match number.len() {
        8 => {
            let d = digits::<8>(number)?;
            let check = match (11 - weighted(&d, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 11 {
                0 => 1,
                check => check % 10,
            };
            check == d[7]
        }
        9 if number.starts_with('6') => {
            let d = digits::<9>(number)?;
            let rest = weighted(&d[1..], &[8, 7, 6, 5, 4, 3, 2]) % 11;
            8 - (10 - i64::from(rest)).rem_euclid(11) == i64::from(d[8])
                || national::is_birth_number(number)?
        }
        _ => national::is_birth_number(number)?,
    })
}

/// Citizens, foreigners and companies each have their own form.
fn is_spanish(number: &str) -> Option<bool> {
    let (first, last) = (number.bytes().next()?, number.bytes().last()?);
    Some(match first {
        b'0'..=b'9' | b'X'..=b'Z' | b'K'..=b'M' => national::is_spanish(number)?,
        b'A'..=b'H' | b'J' | b'N' | b'P'..=b'S' | b'U'..=b'W' => {
            let d = digits::<7>(&number[1..8])?;
            let doubled: u32 = [d[0], d[2], d[4], d[6]]
                .iter()
                .map(|d| d / 5 + d * 2 % 10)
                .sum();
            let check = (10 - (doubled + d[1] + d[3] + d[5]) % 10) % 10;
            let letter = b"JABCDEFGHI".get(check as usize).copied();
            // Which kinds of company have a digit and which a letter is told differently: both are taken.
            u32::from(last).checked_sub(48) == Some(check) || Some(last) == letter
        }
        _ => false,
    })
}

/// Two check characters and the SIREN, which has a check digit of its own (not in Monaco, which is in France's VAT).
fn is_french(number: &str) -> Option<bool> {
    let (key, siren) = number.split_at_checked(2)?;
    let company: u64 = siren.parse().ok()?;
    if !siren.starts_with("000") && !is_luhn(&digits::<9>(siren)?) {
        return Some(false);
    }
    if let Ok(key) = key.parse::<u64>() {
        return Some((company * 100 + 12) % 97 == key);
    }
    const LETTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let value = |byte: u8| LETTERS.iter().position(|letter| *letter == byte);
    let &[first, second] = key.as_bytes() else {
        return None;
    };
    let check = if first.is_ascii_digit() {
        (value(first)? * 24 + value(second)?).checked_sub(10)?
    } else {
        (value(first)? * 34 + value(second)?).checked_sub(100)?
    } as u64;
    Some((company + 1 + check / 11) % 11 == check % 11)
}

/// Departments (GD) and health authorities (HA) have three digits; the others' nine fit modulo 97, since 2010 with 55 added.
fn is_british(number: &str) -> Option<bool> {
    if number.len() == 5 {
        let own: u32 = number[2..].parse().ok()?;
        return Some(number.starts_with("GD") == (own < 500));
    }
    let d = digits::<9>(&number[..9])?;
    let sum = weighted(&d, &[8, 7, 6, 5, 4, 3, 2, 10, 1]);
    Some(sum.is_multiple_of(97) || (sum + 55).is_multiple_of(97))
}

fn is_lithuanian(number: &str) -> Option<bool> {
    let (check, number) = (number.bytes().last()?, number.get(..number.len() - 1)?);
    if !number.ends_with('1') {
        return Some(false);
    }
    let sum = |shift: usize| -> usize {
        let values = number.bytes().enumerate();
        values
            .map(|(at, b)| usize::from(b - b'0') * (1 + (at + shift) % 9))
            .sum::<usize>()
            % 11
    };
    let rest = match sum(0) {
        10 => sum(2) % 10,
        rest => rest,
    };
    Some(rest == usize::from(check - b'0'))
}
