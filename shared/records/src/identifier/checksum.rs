//! Check digits. Every function takes ASCII digits or letters and says whether they fit.

/// The values of `N` digits; `None` for another length or another character.
pub(super) fn digits<const N: usize>(text: &str) -> Option<[u32; N]> {
    let mut values = [0; N];
    if text.len() != N {
        return None;
    }
    for (value, byte) in values.iter_mut().zip(text.bytes()) {
        *value = u32::from(byte.is_ascii_digit().then(|| byte - b'0')?);
    }
    Some(values)
}

pub(super) fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Of as many as there are weights.
pub(super) fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum()
}

/// ISO/IEC 7812-1: every second digit from the right doubled, tens and ones added.
pub(super) fn is_luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            if at % 2 == 0 {
                *digit
            } else {
                digit * 2 / 10 + digit * 2 % 10
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// ISO 7064 Mod 11,10.
pub(super) fn is_mod_11_10(digits: &[u32]) -> bool {
    let Some((check, digits)) = digits.split_last() else {
        return false;
    };
    let product = digits.iter().fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == *check
}

/// The rest modulo 97 of a number in which letters count as 10 to 35 (ISO 7064 Mod 97-10: 1 when the check digits fit).
pub(super) fn mod_97(characters: impl Iterator<Item = u8>) -> u32 {
    characters.fold(0, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        b'A'..=b'Z' => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
        _ => rest,
    })
}

/// Verhoeff (1969): every single wrong digit and every swap of neighbours shows.
pub(super) fn is_verhoeff(digits: &[u32]) -> bool {
    const PRODUCT: [&[u8; 10]; 10] = [
        b"0123456789",
        b"1234067895",
        b"2340178956",
        b"3401289567",
        b"4012395678",
        b"5987604321",
        b"6598710432",
        b"7659821043",
        b"8765932104",
        b"9876543210",
    ];
    const PERMUTED: [&[u8; 10]; 8] = [
        b"0123456789",
        b"1576283094",
        b"5803796142",
        b"8916043527",
        b"9453126870",
        b"4286573901",
        b"2793806415",
        b"7046913258",
    ];
    let at = |table: &[&[u8; 10]], row: usize, column: usize| {
        let byte = table.get(row).and_then(|row| row.get(column));
        byte.map_or(0, |byte| usize::from(byte - b'0'))
    };
    let interim = digits
        .iter()
        .rev()
        .enumerate()
        .fold(0, |interim, (place, digit)| {
            at(&PRODUCT, interim, at(&PERMUTED, place % 8, *digit as usize))
        });
    interim == 0
}

/// The day is one of the calendar, whatever the century.
pub(super) fn is_day(month: u32, day: u32) -> bool {
    let longest = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=longest).contains(&day)
}
