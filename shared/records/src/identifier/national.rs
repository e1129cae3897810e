//! National ids of people: those whose check digits are public.

use super::checksum::{are_digits, digits, is_day, is_luhn, is_mod_11_10, is_verhoeff, weighted};

/// What a national id of the country looks like.
pub(super) enum Verdict {
    /// It is one, and its check digits fit (or it has none).
    Fits,
    WrongForm,
    WrongCheck,
    /// Of the right form, but never given out.
    NotAssigned,
    /// We know no rules of the country.
    Unknown,
}

/// `value` is upper-case ASCII letters and digits, and the century sign in Finland.
pub(super) fn judge(iso2: &str, value: &str) -> Verdict {
    let outcome = match iso2 {
        "US" => return american(value),
        "AT" => digits::<10>(value)
            .map(|d| weighted(&d, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == d[3] && d[0] != 0),
        "AU" => digits::<9>(value)
            .map(|d| weighted(&d, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11)),
        "BE" => belgian(value),
        "BG" => digits::<10>(value).map(|d| is_bulgarian(&d)),
        "BR" => digits::<11>(value).map(|d| is_cpf(&d)),
        "CA" => digits::<9>(value).map(|d| is_luhn(&d) && !matches!(d[0], 0 | 8)),
        "CH" => digits::<13>(value).map(|d| {
            let sum = weighted(&d, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]);
            value.starts_with("756") && sum.is_multiple_of(10)
        }),
        "CN" => chinese(value),
        "CZ" | "SK" => is_birth_number(value),
        "DE" => digits::<11>(value).map(|d| d[0] != 0 && is_mod_11_10(&d)),
        // Since 2007 numbers are given out whose check digit does not fit: the birth date is what can be told.
        "DK" => digits::<10>(value).map(|d| is_day(d[2] * 10 + d[3], d[0] * 10 + d[1])),
        "EE" | "LT" => digits::<11>(value).map(|d| is_baltic(&d)),
        "ES" => is_spanish(value),
        "FI" => finnish(value),
        "FR" => french(value),
        "GB" => british(value),
        "GR" => {
            digits::<11>(value).map(|d| is_luhn(&d) && is_day(d[2] * 10 + d[3], d[0] * 10 + d[1]))
        }
        "HR" => digits::<11>(value).map(|d| is_mod_11_10(&d)),
        "HU" => digits::<9>(value).map(|d| weighted(&d, &[3, 7, 3, 7, 3, 7, 3, 7]) % 10 == d[8]),
        "IE" => is_irish(value),
        "IN" => digits::<12>(value).map(|d| d[0] > 1 && is_verhoeff(&d)),
        "IT" => italian(value),
        "LV" => is_latvian(value),
        "NL" => digits::<9>(value).map(|d| is_dutch(&d)),
        "NO" => digits::<11>(value).map(|d| {
            weighted(&d, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]).is_multiple_of(11)
                && weighted(&d, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
        }),
        "PL" => digits::<11>(value).map(|d| {
            weighted(&d, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_multiple_of(10)
                && is_day((d[2] * 10 + d[3]) % 20, d[4] * 10 + d[5])
        }),
        "PT" => digits::<9>(value)
            .map(|d| (11 - weighted(&d, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == d[8]),
        "RO" => digits::<13>(value).map(|d| {
            let rest = weighted(&d, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
            d[0] != 0
                && is_day(d[3] * 10 + d[4], d[5] * 10 + d[6])
                && rest.min(10) % 10 + rest / 10 == d[12]
        }),
        "SE" => digits::<10>(value).map(|d| {
            // Coordination numbers add 60 to the day.
            is_luhn(&d) && is_day(d[2] * 10 + d[3], (d[4] * 10 + d[5]) % 60)
        }),
        "SI" => digits::<13>(value).map(|d| {
            let check = 11 - weighted(&d, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
            check != 10 && check % 11 == d[12]
        }),
        "TR" => digits::<11>(value).map(|d| {
            let (odd, even) = (d[0] + d[2] + d[4] + d[6] + d[8], d[1] + d[3] + d[5] + d[7]);
            let tenth = (odd * 7 + 90 - even) % 10;
            d[0] != 0 && tenth == d[9] && d[..10].iter().sum::<u32>() % 10 == d[10]
        }),
        _ => return Verdict::Unknown,
    };
    match outcome {
        Some(true) => Verdict::Fits,
        Some(false) => Verdict::WrongCheck,
        None => Verdict::WrongForm,
    }
}

/// Social security numbers, and taxpayer numbers (ITIN), which start with 9. No check digit, but ranges never given out.
fn american(value: &str) -> Verdict {
    let (Some(_), Some(area), Some(group), Some(serial)) = (
        digits::<9>(value),
        value.get(..3),
        value.get(3..5),
        value.get(5..),
    ) else {
        return Verdict::WrongForm;
    };
    let is_itin = value.starts_with('9')
        && matches!(group.parse(), Ok(50..=65 | 70..=88 | 90..=92 | 94..=99));
    let is_void = matches!(area, "000" | "666")
        || (value.starts_with('9') && !is_itin)
        || group == "00"
        || serial == "0000"
        // Printed on sample cards and in advertisements.
        || matches!(value, "078051120" | "219099999");
    if is_void {
        Verdict::NotAssigned
    } else {
        Verdict::Fits
    }
}

/// Receita Federal: two check digits; all digits alike fit them, but are none.
pub(super) fn is_cpf(d: &[u32; 11]) -> bool {
    let check = |digits: &[u32], weights: &[u32]| weighted(digits, weights) * 10 % 11 % 10;
    d.iter().any(|digit| *digit != d[0])
        && check(d, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) == d[9]
        && check(d, &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) == d[10]
}

fn belgian(value: &str) -> Option<bool> {
    digits::<11>(value)?;
    let (first, check): (u64, u64) = (value[..9].parse().ok()?, value[9..].parse().ok()?);
    // Of those born since 2000 with a 2 in front.
    Some(97 - first % 97 == check || 97 - (2_000_000_000 + first) % 97 == check)
}

/// Citizens' number, or the number of a foreigner.
pub(super) fn is_bulgarian(d: &[u32; 10]) -> bool {
    let citizen = weighted(d, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == d[9];
    citizen || weighted(d, &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 == d[9]
}

/// GB 11643-1999: ISO 7064 Mod 11-2.
fn chinese(value: &str) -> Option<bool> {
    let d = digits::<17>(value.get(..17)?)?;
    let last = *value.as_bytes().get(17).filter(|_| value.len() == 18)?;
    let sum = weighted(&d, &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    let check = b"10X98765432".get((sum % 11) as usize)?;
    Some(last == *check && is_day(d[10] * 10 + d[11], d[12] * 10 + d[13]))
}

/// Czech and Slovak birth number: ten digits are divisible by 11; the nine of before 1954 have no check digit.
pub(super) fn is_birth_number(value: &str) -> Option<bool> {
    if !are_digits(value) || !matches!(value.len(), 9 | 10) {
        return None;
    }
    let month: u32 = value[2..4].parse().ok()?;
    let day: u32 = value[4..6].parse().ok()?;
    // Women's months have 50 added, and 20 where a day's numbers ran out.
    let is_dated = is_day(month % 50 % 20, day);
    let (first, last): (u64, u64) = (value[..9].parse().ok()?, value[9..].parse().unwrap_or(0));
    let is_old = value.len() == 9 && &value[..2] < "54";
    Some(is_dated && (is_old || (value.len() == 10 && first % 11 % 10 == last)))
}

fn is_baltic(d: &[u32; 11]) -> bool {
    let mut check = weighted(d, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
    if check == 10 {
        check = weighted(d, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 % 10;
    }
    check == d[10] && is_day(d[3] * 10 + d[4], d[5] * 10 + d[6])
}

/// Identity card (eight digits) or foreigner (X, Y, Z), and a letter; K, L and M are people without either.
pub(super) fn is_spanish(value: &str) -> Option<bool> {
    const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    if value.len() != 9 || !value.is_ascii() {
        return None;
    }
    let own = &value[1..8];
    let first = match value.bytes().next()? {
        b'X' | b'K'..=b'M' => '0',
        b'Y' => '1',
        b'Z' => '2',
        digit => char::from(digit)
            .is_ascii_digit()
            .then_some(char::from(digit))?,
    };
    let number =
        first.to_digit(10)? * 10_000_000 + own.parse::<u32>().ok().filter(|_| are_digits(own))?;
    let letter = LETTERS.get((number % 23) as usize)?;
    Some(value.as_bytes().last() == Some(letter))
}

/// Birth date, century sign, serial and a check character.
fn finnish(value: &str) -> Option<bool> {
    const LETTERS: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";
    if value.len() != 11 || !value.is_ascii() || !"+-ABCDEFUVWXY".contains(&value[6..7]) {
        return None;
    }
    let d = digits::<6>(&value[..6])?;
    let serial = Some(&value[7..10]).filter(|serial| are_digits(serial))?;
    let number: u32 = format!("{}{serial}", &value[..6]).parse().ok()?;
    let check = LETTERS.get((number % 31) as usize)?;
    Some(value.as_bytes().last() == Some(check) && is_day(d[2] * 10 + d[3], d[0] * 10 + d[1]))
}

/// NIR: 13 digits (2A and 2B for Corsica) and two check digits.
fn french(value: &str) -> Option<bool> {
    if value.len() != 15
        || !value.is_ascii()
        || !matches!(value.as_bytes()[0], b'1'..=b'4' | b'7' | b'8')
    {
        return None;
    }
    let number = value[..13].replacen("2A", "19", 1).replacen("2B", "18", 1);
    let number: u64 = number.parse().ok().filter(|_| are_digits(&number))?;
    Some(97 - number % 97 == value[13..].parse().ok()?)
}

/// National insurance number: no check digit, but letters and pairs never given out.
fn british(value: &str) -> Option<bool> {
    if !matches!(value.len(), 8 | 9) || !value.is_ascii() || !are_digits(&value[2..8]) {
        return None;
    }
    let letters = value.as_bytes();
    let is_letter = |b: &u8| b.is_ascii_uppercase() && !b"DFIQUV".contains(b);
    let suffix = letters.get(8).is_none_or(|b| (b'A'..=b'D').contains(b));
    let is_void = matches!(&value[..2], "BG" | "GB" | "KN" | "NK" | "NT" | "TN" | "ZZ");
    Some(
        is_letter(&letters[0])
            && is_letter(&letters[1])
            && letters[1] != b'O'
            && suffix
            && !is_void,
    )
}

/// Seven digits, a check letter, and a letter more on newer ones; companies' old ones have a letter or sign second.
pub(super) fn is_irish(value: &str) -> Option<bool> {
    if !matches!(value.len(), 8 | 9) || !value.is_ascii() || !are_digits(&value[2..7]) {
        return None;
    }
    let number = if are_digits(&value[..7]) {
        value[..7].to_owned()
    } else {
        format!("0{}{}", &value[2..7], &value[..1])
    };
    let d = digits::<7>(&number)?;
    let letters = value.as_bytes();
    let more = match letters.get(8) {
        Some(letter @ b'A'..=b'I') => u32::from(letter - b'A') + 1,
        Some(b'W') | None => 0,
        Some(_) => return None,
    };
    let check = (weighted(&d, &[8, 7, 6, 5, 4, 3, 2]) + 9 * more) % 23;
    Some(b"WABCDEFGHIJKLMNOPQRSTUV".get(check as usize) == letters.get(7))
}

/// Codice fiscale: 15 characters and a check letter; digits may be replaced by letters where two people would share one.
fn italian(value: &str) -> Option<bool> {
    const ODD: [u32; 26] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24,
        23,
    ];
    let bytes = value.as_bytes();
    let are = |from: usize, to: usize, letters: &[u8]| {
        bytes[from..to].iter().all(|b| letters.contains(b))
    };
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const DIGITS: &[u8] = b"0123456789LMNPQRSTUV";
    let is_shaped = bytes.len() == 16
        && are(0, 6, LETTERS)
        && are(6, 8, DIGITS)
        && are(8, 9, b"ABCDEHLMPRST")
        && are(9, 11, DIGITS)
        && are(11, 12, LETTERS)
        && are(12, 15, DIGITS)
        && are(15, 16, LETTERS);
    if !is_shaped {
        return None;
    }
    let value_of = |b: &u8| {
        if b.is_ascii_digit() {
            b - b'0'
        } else {
            b - b'A'
        }
    };
    let sum: u32 = bytes[..15]
        .iter()
        .enumerate()
        .map(|(at, b)| match at % 2 {
            0 => ODD.get(usize::from(value_of(b))).copied().unwrap_or(0),
            _ => u32::from(value_of(b)),
        })
        .sum();
    Some(sum % 26 == u32::from(bytes[15] - b'A'))
}

/// Those since 2017 start with 32 and hold no birth date.
pub(super) fn is_latvian(value: &str) -> Option<bool> {
    let d = digits::<11>(value)?;
    if value.starts_with("32") {
        return Some(true);
    }
    let sum = weighted(&d, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9]);
    Some((1 + sum) % 11 % 10 == d[10] && is_day(d[2] * 10 + d[3], d[0] * 10 + d[1]))
}

pub(super) fn is_dutch(d: &[u32; 9]) -> bool {
    weighted(d, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == d[8] && d.iter().any(|digit| *digit != 0)
}
