//! A cell of a CSV file that people open in spreadsheets.

use std::borrow::Cow;

/// Makes a text safe against formula injection: what a spreadsheet would run as a formula (it starts with `= + - @`, tab or
/// carriage return) gets a leading apostrophe. Phone numbers in E.164 stay as they are, because they must be dialled by
/// machines and a plus and digits compute nothing. Source: OWASP, CSV Injection.
pub(super) fn neutralize(text: &str) -> Cow<'_, str> {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula && !is_e164(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (5..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::neutralize;

    #[test]
    fn formulas_get_an_apostrophe_and_phones_do_not() {
        for (text, safe) in [
            ("Jane", "Jane"),
            ("", ""),
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("+14155552671", "+14155552671"),
            ("+1415555267a", "'+1415555267a"),
            ("+1234567890123456", "'+1234567890123456"),
            ("+12", "'+12"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(neutralize(text), safe, "{text:?}");
        }
    }
}
