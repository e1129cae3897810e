//! A full name into given, middle and family name.

use super::affix::Kind;
use super::aside;
use super::given::is_given;
use super::surname::{is_iberian, is_vietnamese};
use super::tidy::{Segments, Word, in_one};
use crate::rule::Rule;
use crate::text::Reading;

/// The words of a name by part.
#[derive(Default)]
pub(super) struct Parts<'a> {
    pub(super) given: Vec<Word<'a>>,
    pub(super) middle: Vec<Word<'a>>,
    pub(super) family: Vec<Word<'a>>,
}

impl<'a> Parts<'a> {
    /// Fills the missing parts from a full name whose titles and suffixes are lifted off already.
    pub(super) fn fill(&mut self, mut full: Segments<'a>, had_title: bool, reading: &mut Reading) {
        let is_empty = self.given.is_empty() && self.family.is_empty();
        if full.len() > 1 && is_empty && reading.may(Rule::NameOrder) {
            // "Doe, Jane M."
            reading.note(Rule::NameOrder);
            let mut rest = in_one(full.split_off(1));
            self.family = in_one(full);
            let middle = rest.split_off(given_words(&rest, 2).min(rest.len()));
            if self.middle.is_empty() {
                self.middle = middle;
            }
            self.given = rest;
            return;
        }
        let is_one_segment = full.len() == 1;
        let mut words = in_one(full);
        if is_empty && is_one_segment && reading.may(Rule::NameOrder) {
            if is_east_asian(&words) {
                reading.note(Rule::NameOrder);
                (self.family, self.given) = east_asian(words);
                return;
            }
            if is_family_first(&words) {
                reading.note(Rule::NameOrder);
                self.middle = words.split_off(2);
                self.given = words.split_off(1);
                self.family = words;
                return;
            }
        }
        let known = |word: &Word| {
            self.given
                .iter()
                .chain(&self.family)
                .any(|known| known.key() == word.key())
        };
        words.retain(|word| !known(word));
        if words.is_empty() {
            return;
        }
        let bound = given_words(&words, 3);
        if self.family.is_empty() {
            let first = if !self.given.is_empty() {
                0
            } else if words.len() == 1 {
                usize::from(!had_title && is_single_given(&words[0], reading))
            } else {
                bound
            };
            let start = family_start(&words, first.min(words.len()), reading);
            self.family = words.split_off(start);
        }
        if self.given.is_empty() && !words.is_empty() {
            let rest = words.split_off(bound.min(words.len()));
            self.given = std::mem::replace(&mut words, rest);
        }
        if self.middle.is_empty() {
            self.middle = words;
        }
    }
}

/// How many words the first given name has ("Abdul Rahman", "La Toya"), where there are so many that it may have two.
fn given_words(words: &[Word], least: usize) -> usize {
    match words.first() {
        Some(first) if words.len() >= least && first.is(Kind::BOUND) && !words[1].is_initial() => 2,
        _ => 1,
    }
}

/// Of a name of one word.
fn is_single_given(word: &Word, reading: &mut Reading) -> bool {
    let key = word.key();
    if key.is_empty() || !reading.may(Rule::NameSingle) {
        return true;
    }
    reading.note(Rule::NameSingle);
    is_given(&key) || word.is_initial()
}

/// "Doe Jane M": an initial at the end alone is a middle one, unless the words before are two given names. And
/// "Nguyễn Văn An".
fn is_family_first(words: &[Word]) -> bool {
    match words {
        [family, given, last] if last.is_initial() => {
            !family.is_initial()
                && !given.is_initial()
                && (is_given(&given.key()) || !is_given(&family.key()))
        }
        [family, _, _, ..] => is_vietnamese(&family.text),
        _ => false,
    }
}

/// Where the family name starts: the last word, its particles ("van der"), what "y" joins to it, and a further family
/// name; at `first` or later.
fn family_start(words: &[Word], first: usize, reading: &mut Reading) -> usize {
    let mut start = with_particles(words, words.len().saturating_sub(1).max(first), first);
    if !reading.may(Rule::NameSurnames) || start <= first {
        return start;
    }
    // What follows a middle initial is the family name: "William N. Wood Prince".
    let initials = |from: usize| words[from..].iter().map(Word::is_initial);
    if start == first + 2
        && first == 1
        && words.len() == 4
        && initials(0).eq([false, true, false, false])
        && !is_given(&words[2].key())
    {
        start = first + 1;
    } else if is_double(words, start, first) {
        start = with_particles(words, start - 1, first);
    } else {
        return start;
    }
    reading.note(Rule::NameSurnames);
    start
}

fn with_particles(words: &[Word], mut start: usize, first: usize) -> usize {
    while start > first {
        let before = &words[start - 1];
        if before.is(Kind::PARTICLE) {
            start -= 1;
        } else if start > first + 1 && matches!(before.text.as_ref(), "y" | "Y") {
            start -= 2;
        } else {
            break;
        }
    }
    start
}

/// Is the word before the family name one as well? In "Ana García López" and "João da Silva Neto" it is.
fn is_double(words: &[Word], start: usize, first: usize) -> bool {
    let (before, last) = (&words[start - 1], &words[words.len() - 1]);
    if start <= first || !is_iberian(&before.key()) {
        return false;
    }
    let is_generation = matches!(last.key().as_str(), "filho" | "neto" | "netto" | "sobrinho");
    is_generation || is_iberian(&last.key()) || start > first + 1 || start + 1 < words.len()
}

fn is_east_asian(words: &[Word]) -> bool {
    words.len() <= 2 && words.iter().all(|word| aside::is_east_asian(&word.text))
}

/// Family and given name of "王小明", "山田 太郎", "김철수".
fn east_asian(mut words: Vec<Word<'_>>) -> (Vec<Word<'_>>, Vec<Word<'_>>) {
    const COMPOUND: [&str; 16] = [
        "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "夏侯", "尉迟", "皇甫", "司徒",
        "남궁", "황보", "제갈", "선우", "독고",
    ];
    if words.len() == 2 {
        let given = words.split_off(1);
        return (words, given);
    }
    let text = words.pop().map(|word| word.text).unwrap_or_default();
    let letters = text.chars().count();
    let is_kana = text.chars().any(|c| ('\u{3040}'..='\u{30ff}').contains(&c));
    let family = match letters {
        _ if is_kana => letters,
        4 => 2, // Japanese, or a Chinese family name of two
        3 if COMPOUND.iter().any(|family| text.starts_with(family)) => 2,
        2 | 3 => 1,
        _ => letters,
    };
    let at = text
        .char_indices()
        .nth(family)
        .map_or(text.len(), |(at, _)| at);
    let word = |text: &str| {
        Some(Word::new(text.to_owned()))
            .filter(|_| !text.is_empty())
            .into_iter()
            .collect()
    };
    (word(&text[..at]), word(&text[at..]))
}
