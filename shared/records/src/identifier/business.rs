//! Numbers of companies outside of VAT: each function says whether a value has the form, and whether its check digits fit.

use super::checksum::{are_digits, digits, is_luhn, mod_97, weighted};

/// `None`: the form is wrong. `Some(false)`: the check digits are, or the range was never given out.
pub(super) type Outcome = Option<bool>;

/// US employer identification number: no check digit, but the first two are an IRS campus or "internet".
pub(super) fn ein(value: &str) -> Outcome {
    digits::<9>(value)?;
    let unassigned = [
        "00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89",
        "96", "97",
    ];
    Some(!unassigned.contains(&value.get(..2)?))
}

/// Australian business number.
pub(super) fn abn(value: &str) -> Outcome {
    let d = digits::<11>(value)?;
    let sum = weighted(&d, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
    Some(d[0] > 0 && (sum - 10).is_multiple_of(89))
}

/// Canadian business number, alone or with a program account (`RT0001`).
pub(super) fn bn(value: &str) -> Outcome {
    let (number, account) = value.split_at_checked(9)?;
    let d = digits::<9>(number)?;
    let (program, reference) = account.split_at_checked(2).unwrap_or((account, ""));
    let is_account = account.is_empty()
        || (program.bytes().all(|b| b.is_ascii_uppercase()) && digits::<4>(reference).is_some());
    is_account.then(|| is_luhn(&d))
}

/// Brazil's company number: since 2026 with letters too, which count as their ASCII code less 48.
pub(super) fn cnpj(value: &str) -> Outcome {
    let (number, check) = value.split_at_checked(12)?;
    let check = digits::<2>(check)?;
    let mut d = [0; 13];
    for (value, byte) in d.iter_mut().zip(number.bytes()) {
        let is_valid = byte.is_ascii_digit() || byte.is_ascii_uppercase();
        *value = u32::from(is_valid.then(|| byte - b'0')?);
    }
    let digit = |sum: u32| match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    let first = digit(weighted(&d, &[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]));
    d[12] = first;
    let second = digit(weighted(&d, &[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]));
    Some([first, second] == check && d[..12].iter().any(|digit| *digit != d[0]))
}

/// India's goods and services tax number: state, PAN, entity, a letter (Z), and a check character modulo 36.
pub(super) fn gstin(value: &str) -> Outcome {
    let bytes: &[u8; 15] = value.as_bytes().try_into().ok()?;
    let of = |b: &u8| match b {
        b'0'..=b'9' => Some(u32::from(b - b'0')),
        b'A'..=b'Z' => Some(u32::from(b - b'A') + 10),
        _ => None,
    };
    let state: u32 = Some(value.get(..2)?)
        .filter(|state| are_digits(state))?
        .parse()
        .ok()?;
    let is_shaped = is_pan(value.get(2..12)?)
        && bytes[12] != b'0'
        && bytes[13].is_ascii_uppercase()
        && matches!(state, 1..=38 | 97 | 99);
    let mut sum = 0;
    for (at, byte) in bytes[..14].iter().enumerate() {
        let product = of(byte)? * if at % 2 == 0 { 1 } else { 2 };
        sum += product / 36 + product % 36;
    }
    let check = (36 - sum % 36) % 36;
    is_shaped.then(|| of(&bytes[14]) == Some(check))
}

/// India's permanent account number: five letters, four digits, a letter.
pub(super) fn is_pan(value: &str) -> bool {
    let (letters, digits) = (value.get(..5), value.get(5..9));
    let are_letters = |text: &str| text.bytes().all(|b| b.is_ascii_uppercase());
    value.len() == 10
        && letters.is_some_and(are_letters)
        && digits.is_some_and(are_digits)
        && value.get(9..).is_some_and(are_letters)
}

/// Dun & Bradstreet's: nine digits. Its check digit was given up in 2006.
pub(super) fn duns(value: &str) -> Outcome {
    digits::<9>(value).map(|_| true)
}

/// ISO 17442: 18 letters and digits, and two check digits of ISO 7064 Mod 97-10.
pub(super) fn lei(value: &str) -> Outcome {
    let (_, check) = value.split_at_checked(18)?;
    digits::<2>(check)?;
    value
        .bytes()
        .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        .then(|| mod_97(value.bytes()) == 1)
}
