/// An error's text without what may be personal data: texts in single quotes, words with an `@`, and runs of seven
/// digits or more (spaces, dots, dashes, slashes and brackets between them included).
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
    if word.contains('@') { "…@…".into() } else { word.into() }
}

fn mask_digits(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run = String::new();
    let flush = |run: &mut String, shown: &mut String| {
        if run.chars().filter(char::is_ascii_digit).count() >= 7 {
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
            ("call +1 (212) 555-0199 now", "call …now"),
            ("it can't be: 12 rows of 345", "it can't be: 12 rows of 345"),
            ("open quote 'never closed", "open quote '…'"),
            ("table silver.persons: version 7", "table silver.persons: version 7"),
        ] {
            assert_eq!(redact(&error), shown);
        }
    }
}
