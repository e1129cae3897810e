//! Two people in one field: the first is read, with the family name that both share.

use super::affix::is_title;
use super::given::is_given;
use super::tidy::Word;
use crate::rule::Rule;
use crate::text::Reading;

/// Takes a partner out of the words between two commas. "John & Jane Doe" is read as John Doe, "Mr & Mrs Doe" as Doe,
/// "John Doe & Jane Roe" as John Doe.
pub(super) fn first<'a>(mut words: Vec<Word<'a>>, reading: &mut Reading) -> Vec<Word<'a>> {
    while let Some(at) = words.iter().position(is_and) {
        if !reading.may(Rule::NameCouple) {
            return words;
        }
        let second = words.split_off(at);
        let second: Vec<Word> = second.into_iter().skip_while(is_and).collect();
        if second.is_empty() || words.is_empty() {
            words.extend(second);
            continue;
        }
        reading.note(Rule::NameCouple);
        let names = |words: &[Word]| words.iter().filter(|word| !is_title(word)).count();
        if names(&words) == 0 {
            // "Mr & Mrs John Doe": the second title says nothing new.
            words.extend(second.into_iter().skip_while(is_title));
        } else if lacks_family(&words, &second) {
            let mut shared: Vec<Word> = second
                .into_iter()
                .skip_while(is_title)
                .take_while(|word| !is_and(word))
                .collect();
            let is_given = |word: &Word| word.is_initial() || is_given(&word.key());
            let given = 1 + shared
                .iter()
                .skip(1)
                .take_while(|word| is_given(word))
                .count();
            let given = given.min(shared.len().saturating_sub(1)).max(1);
            shared.drain(..given.min(shared.len()));
            words.extend(shared);
        }
    }
    words
}

/// Has the first person a given name only, and the second one a family name?
fn lacks_family(first: &[Word], second: &[Word]) -> bool {
    let is_name = |word: &&Word| !is_title(word) && !word.is_initial();
    let had_title = first.first().is_some_and(is_title);
    let longest = second.iter().filter(is_name).count();
    let mut names = first.iter().filter(is_name);
    match (names.next(), names.next(), names.next()) {
        (None, ..) => true,
        // "Dr. Doe & Dr. Roe", "Mr. John & Mrs. Jane Doe".
        (Some(_), None, _) => !had_title || longest > 1,
        // "Mary Ann & John Doe"
        (Some(first), Some(last), None) => {
            longest > 1 && is_given(&first.key()) && is_given(&last.key())
        }
        _ => false,
    }
}

/// Words between two names, in small letters.
pub(super) const AND: [&str; 9] = ["&", "and", "und", "et", "or", "oder", "och", "og", "и"];

fn is_and(word: &Word) -> bool {
    // In any letters, for so they may come out of casing; "Or" and "Og" are names.
    ["and", "und", "et"]
        .iter()
        .any(|and| word.text.eq_ignore_ascii_case(and))
        || matches!(
            word.text.as_ref(),
            "&" | "or" | "OR" | "oder" | "och" | "og" | "и" | "И"
        )
}
