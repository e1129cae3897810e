/// Of a national number with its area code, up to E.164's longest.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 9..=15;

/// A text without what may be personal data: what stands in single quotes, words with an `@`, and runs of as many digits
/// as phones have (spaces, dots, dashes, slashes and brackets between them included; dates stay).
///
/// Errors of the query engine quote values ("cannot cast string '…'"); the log needs the rest of the sentence.
pub fn redact(error: &impl ToString) -> String {
    let text = error.to_string();
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.as_str();
    // A quote inside a word is an apostrophe ("can't").
    while let Some(open) = quote(rest) {
        shown.push_str(&rest[..open]);
        shown.push_str("'…'");
        let quoted = &rest[open + 1..];
        rest = quoted.find('\'').map_or("", |close| &quoted[close + 1..]);
    }
    shown.push_str(rest);
    let words: Vec<String> = shown.split(' ').map(mask_email).collect();
    mask_digits(&words.join(" "))
}

fn quote(text: &str) -> Option<usize> {
    let mut before = ' ';
    for (position, letter) in text.char_indices() {
        if letter == '\'' && !before.is_alphanumeric() {
            return Some(position);
        }
        before = letter;
    }
    None
}

fn mask_email(word: &str) -> String {
    if word.contains('@') {
        "…@…".into()
    } else {
        word.into()
    }
}

/// Does it start as `2026-03-01` does?
fn is_date(run: &str) -> bool {
    let mut parts = run.split(['-', ' ']).map(str::len);
    (run.starts_with("19") || run.starts_with("20"))
        && [parts.next(), parts.next(), parts.next()] == [Some(4), Some(2), Some(2)]
}

fn mask_digits(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run = String::new();
    let flush = |run: &mut String, shown: &mut String| {
        let digits = run.chars().filter(char::is_ascii_digit).count();
        if PHONE_DIGITS.contains(&digits) && !is_date(run) {
            shown.push('…');
        } else {
            shown.push_str(run);
        }
        run.clear();
    };
    for letter in text.chars() {
        let joins = matches!(letter, ' ' | '-' | '.' | '/' | '(' | ')') && !run.is_empty();
        if letter.is_ascii_digit() || letter == '+' || joins {
            run.push(letter);
        } else {
            flush(&mut run, &mut shown);
            shown.push(letter);
        }
    }
    flush(&mut run, &mut shown);
    shown
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn masks_values_and_keeps_the_sentence() {
        for (error, shown) in [
            (
                "Cast error: Cannot cast string 'Jane O Doe' to value of Int64 type",
                "Cast error: Cannot cast string '…' to value of Int64 type",
            ),
            (
                "file crm/jane.doe@example.com.csv of feed crm is refused",
                "file …@… of feed crm is refused",
            ),
            (
                "in/crm 2026-03-01 10 Köln.csv",
                "in/crm 2026-03-01 10 Köln.csv",
            ),
            (
                "_delta_log/00000000000000000007.json",
                "_delta_log/00000000000000000007.json",
            ),
            ("call +1 (212) 555-0199 now", "call …now"),
            ("it can't be: 12 rows of 345", "it can't be: 12 rows of 345"),
            ("open quote 'never closed", "open quote '…'"),
            (
                "table silver.persons: version 7",
                "table silver.persons: version 7",
            ),
        ] {
            assert_eq!(redact(&error), shown);
        }
    }
}
