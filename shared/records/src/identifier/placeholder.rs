//! What stands for no identifier.

/// Fewer than two characters, one character repeated, a run of digits, or a word for nothing.
pub(super) fn is_placeholder(id: &str) -> bool {
    let mut chars = id.chars();
    let Some(first) = chars.next() else {
        return true;
    };
    if chars.clone().next().is_none() || chars.all(|c| c == first) {
        return true;
    }
    matches!(
        id,
        "12345"
            | "123456"
            | "1234567"
            | "12345678"
            | "123456789"
            | "1234567890"
            | "0123456789"
            | "987654321"
            | "9876543210"
            | "NA"
            | "NONE"
            | "NULL"
            | "NIL"
            | "NAN"
            | "UNKNOWN"
            | "UNK"
            | "TEST"
            | "TESTING"
            | "TBD"
            | "TBA"
            | "PENDING"
            | "NOTAVAILABLE"
            | "NOTAPPLICABLE"
            | "NOTPROVIDED"
            | "MISSING"
            | "EMPTY"
            | "INVALID"
            | "DUMMY"
            | "DEFAULT"
            | "ABC123"
            | "ABCDEF"
            | "ASDF"
            | "SAMPLE"
            | "EXAMPLE"
            | "KEINE"
            | "UNBEKANNT"
            | "INCONNU"
            | "AUCUN"
            | "NINGUNO"
    )
}

/// A value typed to fill a field: its digits are one repeated, or count up or down. Few letters may stand around them.
pub(super) fn has_placeholder_digits(value: &str) -> bool {
    let digits: Vec<u8> = value.bytes().filter(u8::is_ascii_digit).collect();
    if digits.len() < 5 || value.len() > digits.len() + 4 {
        return is_placeholder(value);
    }
    // Longer ones end in two check digits that someone made to fit: 123456789-09.
    let digits = digits
        .get(..9)
        .filter(|_| digits.len() == 11)
        .unwrap_or(&digits);
    let steps = |digits: &[u8], step: u8| {
        digits
            .windows(2)
            .all(|pair| (pair[0] - b'0' + step) % 10 == pair[1] - b'0')
    };
    // 1234567890 and 9876543210 wrap around.
    [0, 1, 9].into_iter().any(|step| steps(digits, step))
}
