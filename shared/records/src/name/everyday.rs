//! Names of one plain given and one plain family name, which most are: read without looking for what they do not hold.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::affix::{self, LONGEST};
use super::{PersonName, aside, casing, company, couple, tidy};
use crate::lookup::Set;
use crate::rule::Rules;
use crate::text::{self, Reading};

/// Words, in small letters, that are more than a given or a family name to any of the rules, alone or beside another.
static NOTABLE: LazyLock<Set> = LazyLock::new(|| {
    let phrases = tidy::placeholders().chain(text::NULLS);
    let mut words: HashSet<_, _> = phrases.flat_map(|text| text.split(' ')).collect();
    words.extend(affix::words());
    words.extend(company::words());
    words.extend(couple::AND.into_iter().chain(aside::ALSO));
    words.extend(["aps", "sas", "spa"]); // legal forms
    words
});

/// As [`PersonName::parse_with`] reads it in full; `None` for what has to be read so.
pub(super) fn read(
    [given, middle, family, suffix, full]: [Option<&str>; 5],
    on: Rules,
) -> Option<PersonName> {
    if middle.is_some() || suffix.is_some() {
        return None;
    }
    let (given, family) = match (given, family, full) {
        (Some(given), Some(family), _) => (given, family),
        (None, None, Some(full)) => full.split_once(' ')?,
        _ => return None,
    };
    if !is_everyday(given) || !is_everyday(family) {
        return None;
    }
    let mut reading = Reading::new(on);
    let mut cased = |word| Some(casing::recase(word, false, &mut reading).into_owned());
    Some(PersonName {
        given: cased(given),
        family: cased(family),
        rules: reading.did,
        ..PersonName::default()
    })
}

/// Three letters or more of ASCII and nothing else: two may be initials.
fn is_everyday(word: &str) -> bool {
    let mut letters = [0; LONGEST];
    let Some(letters) = letters.get_mut(..word.len()) else {
        return false;
    };
    letters.copy_from_slice(word.as_bytes());
    letters.make_ascii_lowercase();
    letters.len() > 2
        && letters.iter().all(u8::is_ascii_lowercase)
        && std::str::from_utf8(letters).is_ok_and(|word| !NOTABLE.contains(word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn word() -> impl Strategy<Value = String> {
        let words: Vec<String> = NOTABLE.iter().map(|word| (*word).to_owned()).collect();
        let notable = prop::sample::select(words);
        let name = "[A-Z][a-z]{1,9}|[A-Z]{2,9}|[a-z]{2,9}|Mc[A-Z]{1,5}|Mac(donald|hado)|De[A-Z]{2}";
        let cased = (notable, 0..3).prop_map(|(word, case)| match case {
            0 => word.to_uppercase(),
            1 => casing::title_case(word.as_str()),
            _ => word,
        });
        prop_oneof![3 => name, 2 => cased, 1 => "[A-Za-z'. \\-&,éß]{0,6}"]
    }

    proptest! {
        /// The name, and the rules that did something.
        #[test]
        fn is_read_as_it_is_in_full(given in word(), family in word(), off in 0..crate::Rule::ALL.len()) {
            let full = format!("{given} {family}");
            let one_off = Rules::ALL.without(crate::Rule::ALL[off]);
            let texts = [[Some(given.as_str()), None, Some(&family), None, None], [None, None, None, None, Some(&full)]];
            for (texts, on) in texts.into_iter().flat_map(|texts| [(texts, Rules::ALL), (texts, one_off)]) {
                if let Some(name) = read(texts, on) {
                    let in_full = PersonName::read(texts, on).unwrap();
                    prop_assert_eq!(name.rules(), in_full.rules());
                    prop_assert_eq!(name, in_full);
                }
            }
        }
    }

    #[test]
    fn most_names_are_everyday() {
        for name in ["Jane Doe", "JANE DOE", "robert smith"] {
            assert!(read([None, None, None, None, Some(name)], Rules::ALL).is_some());
        }
        for name in [
            "Jane  Doe",
            "Dr Doe",
            "Jane Doe Jr",
            "J Doe",
            "Walk In",
            "Jane and",
            "José Doe",
        ] {
            assert!(
                read([None, None, None, None, Some(name)], Rules::ALL).is_none(),
                "{name}"
            );
        }
    }
}
