//! What stands before and after a name: titles, degrees, generational suffixes.

mod table;

pub(super) use table::{Kind, LONGEST, words};

use super::given::is_given;
use super::tidy::{Segments, Word, split_joined};
use crate::rule::Rule;
use crate::text::Reading;

/// What was lifted off a name.
#[derive(Default)]
pub(super) struct Affixes {
    pub(super) suffix: Option<String>,
    pub(super) had_title: bool,
}

impl Affixes {
    /// The column for the suffix may hold degrees too: those are dropped.
    pub(super) fn read_suffix_field(&mut self, segments: &[Vec<Word<'_>>], reading: &mut Reading) {
        if !reading.may(Rule::NameSuffix) {
            let words: Vec<&str> = segments
                .iter()
                .flatten()
                .map(|word| word.text.as_ref())
                .collect();
            self.suffix = Some(words.join(" ")).filter(|suffix| !suffix.is_empty());
            return;
        }
        for word in segments.iter().flatten() {
            match generation(word, true) {
                Some(generation) if self.suffix.is_none() => {
                    if generation != word.text {
                        reading.note(Rule::NameSuffix);
                    }
                    self.suffix = Some(generation.to_owned());
                }
                Some(_) => {}
                None => reading.note(Rule::NameDegree),
            }
        }
    }

    /// Takes titles off the front, suffixes and degrees off the end, and segments that hold nothing else ("Doe, Jane, Jr").
    pub(super) fn lift<'a>(
        &mut self,
        mut segments: Segments<'a>,
        reading: &mut Reading,
    ) -> Segments<'a> {
        let mut left: usize = segments.iter().map(Vec::len).sum();
        let (mut at, mut kept) = (0, 0);
        while let Some((before, [words, ..])) = segments.split_at_mut_checked(at) {
            at += 1;
            let before = before.get(..kept).unwrap_or_default();
            let length = words.len();
            // "Jane Doe, FACHE"; not where all is in capitals: "VAN DYKE, CLAIRE".
            let is_whole = || {
                before.iter().flatten().count() > 1
                    && before
                        .iter()
                        .flatten()
                        .any(|word| word.text.contains(char::is_lowercase))
            };
            if kept > 0 && is_credentials(words, is_whole()) && reading.may(Rule::NameDegree) {
                reading.note(Rule::NameDegree);
                left -= length; // ", D.O."
                continue;
            }
            self.lift_titles(words, kept > 0, left, reading);
            let is_behind = kept > 0 && words.len() == length;
            let left_now = left + words.len() - length;
            self.lift_suffixes(words, is_behind, left_now, reading);
            left -= length - words.len();
            if !words.is_empty() {
                segments.swap(kept, at - 1);
                kept += 1;
            }
        }
        segments.truncate(kept);
        if reading.may(Rule::NameDegree) && reading.may(Rule::NameMarks) {
            // "J.D. Salinger": where no degree stands, they are initials.
            for words in &mut segments {
                split_joined(words);
            }
        }
        segments
    }

    fn lift_titles(
        &mut self,
        words: &mut Vec<Word<'_>>,
        after_comma: bool,
        mut left: usize,
        reading: &mut Reading,
    ) {
        if !reading.may(Rule::NameTitle) {
            return;
        }
        let mut lifted = 0;
        while let Some(first) = words.get(lifted) {
            let is_sure = first.is(Kind::TITLE) && (left > 1 || after_comma);
            let is_title = is_sure || (first.is(Kind::SOME_TITLE) && left > 2);
            if !is_title || (after_comma && words.len() == 1 && first.is(Kind::GENERATION)) {
                break;
            }
            lifted += 1;
            left -= 1;
        }
        // "State Senator", "Vice President": the first word is a title in front of another one only.
        if lifted == 0 && left > 3 && words.len() > 2 && words[0].is(Kind::RANK) {
            lifted = if is_title(&words[1]) { 2 } else { 0 };
        }
        if lifted > 0 {
            words.drain(..lifted);
            self.had_title = true;
            reading.note(Rule::NameTitle);
        }
    }

    fn lift_suffixes(
        &mut self,
        words: &mut Vec<Word<'_>>,
        after_comma: bool,
        mut left: usize,
        reading: &mut Reading,
    ) {
        while let Some(last) = words.last() {
            let is_alone = words.len() == 1 && !after_comma;
            let is_sure = after_comma || left > 2;
            let generation = generation(last, is_sure).filter(|_| !is_alone);
            let degree = trailing_degree(words, left);
            if let Some(generation) = generation {
                if !reading.may(Rule::NameSuffix) {
                    return;
                }
                reading.note(Rule::NameSuffix);
                self.suffix.get_or_insert_with(|| generation.to_owned());
                words.pop();
                left -= 1;
            } else if degree > 0 && left > degree && !is_alone && reading.may(Rule::NameDegree) {
                reading.note(Rule::NameDegree);
                words.truncate(words.len() - degree);
                left -= degree;
            } else {
                return;
            }
        }
    }
}

/// How many words at the end are a degree or a profession.
fn trailing_degree(words: &[Word], left: usize) -> usize {
    let is_one = |word: &Word| {
        is_degree(word) || (left > 2 && word.is(Kind::SOME_DEGREE) && is_hardly_a_name(word))
    };
    match words {
        [.., attorney, at, law]
            if left > 4
                && attorney.is(Kind::ATTORNEY)
                && at.key() == "at"
                && law.key() == "law" =>
        {
            3
        }
        [.., first, second] if left > 3 && is_joined_degree(first, second) => 2,
        [.., last] if is_one(last) || (left > 2 && is_profession(last)) => 1,
        _ => 0,
    }
}

/// "Ph. D.", "M. D." in two words.
fn is_joined_degree(first: &Word, second: &Word) -> bool {
    let is_part = |word: &Word| word.is_initial() || word.key() == "ph";
    is_part(first)
        && is_part(second)
        && second.key().len() <= 3
        && Kind::of(&(first.key() + &second.key())).is(Kind::DEGREE)
}

/// Ma, Do and Pe are family names too; RN and DC hardly are.
fn is_hardly_a_name(word: &Word) -> bool {
    let key = word.key();
    key.len() > 2 || matches!(key.as_str(), "dc" | "np" | "od" | "rn")
}

/// Behind the last name only.
fn is_profession(word: &Word) -> bool {
    word.is(Kind::ATTORNEY) || word.is(Kind::PROFESSION)
}

/// What stands behind a comma and holds no name: degrees, or capitals behind a whole name ("Jane Doe, FACHE").
fn is_credentials(words: &[Word], is_whole: bool) -> bool {
    let joined: String = words.iter().map(Word::key).collect();
    let is_acronym = |word: &Word| {
        let letters = word.text.chars().filter(|c| c.is_alphabetic()).count();
        is_whole && (2..=6).contains(&letters) && !word.text.chars().any(char::is_lowercase)
    };
    let is_known = |word: &Word| is_degree(word) || word.is(Kind::SOME_DEGREE);
    let is_generation = words.iter().any(|word| word.is(Kind::GENERATION));
    let is_any_degree = |key: &str| {
        let kind = Kind::of(key);
        kind.is(Kind::DEGREE) || kind.is(Kind::SOME_DEGREE)
    };
    let is_degrees = is_any_degree(&joined)
        || words.iter().all(is_known)
        || (is_whole && (words.last().is_some_and(is_profession) || joined.ends_with("atlaw")));
    // "Bob Jones, composer"
    let is_remark = |word: &Word| {
        is_whole && word.text.starts_with(char::is_lowercase) && !is_given(&word.key())
    };
    is_degrees || (!is_generation && (words.iter().all(is_acronym) || words.iter().all(is_remark)))
}

pub(super) fn is_degree(word: &Word) -> bool {
    // "AIA-CSI"
    word.is(Kind::DEGREE)
        || (word.text.contains('-')
            && word
                .text
                .split('-')
                .all(|piece| Kind::of(&piece.to_lowercase()).is(Kind::DEGREE)))
}

pub(super) fn is_title(word: &Word) -> bool {
    word.is(Kind::TITLE)
}

/// A particle that running text writes small ("van", not "San").
pub(super) fn is_small_particle(lower: &str) -> bool {
    /// Written with a capital even in running text.
    const CAPITAL: [&str; 8] = ["ben", "dela", "mac", "mc", "san", "santa", "santo", "st"];
    Kind::of(lower).is(Kind::PARTICLE) && !CAPITAL.contains(&lower)
}

/// The normal form of a generational suffix. Those that are names or initials as well (Junior, V) count when `is_sure`.
fn generation(word: &Word, is_sure: bool) -> Option<&'static str> {
    if !word.is(Kind::GENERATION) {
        return None;
    }
    Some(match word.key().as_str() {
        "jr" | "jnr" => "Jr",
        "sr" | "snr" => "Sr",
        "ii" | "2nd" => "II",
        "iii" | "3rd" => "III",
        "iv" | "4th" => "IV",
        "junior" | "jun" if is_sure => "Jr",
        "senior" | "sen" if is_sure => "Sr",
        "v" | "5th" if is_sure => "V",
        "vi" if is_sure => "VI",
        "vii" if is_sure => "VII",
        "viii" if is_sure => "VIII",
        _ => return None,
    })
}
