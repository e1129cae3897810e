//! What stands before and after a name: titles, degrees, generational suffixes.

mod table;

use table::{DEGREES, PARTICLES, SOME_DEGREES, SOME_TITLES, TITLES};

use super::given::is_given;
use super::tidy::Word;
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
    pub(super) fn read_suffix_field(&mut self, segments: &[Vec<Word>], reading: &mut Reading) {
        if !reading.may(Rule::NameSuffix) {
            let words: Vec<&str> = segments
                .iter()
                .flatten()
                .map(|word| word.text.as_str())
                .collect();
            self.suffix = Some(words.join(" ")).filter(|suffix| !suffix.is_empty());
            return;
        }
        for word in segments.iter().flatten() {
            match generation(&word.key, true) {
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
    pub(super) fn lift(
        &mut self,
        segments: Vec<Vec<Word>>,
        reading: &mut Reading,
    ) -> Vec<Vec<Word>> {
        let mut left: usize = segments.iter().map(Vec::len).sum();
        let mut kept: Vec<Vec<Word>> = Vec::with_capacity(segments.len());
        for mut words in segments {
            let before = words.len();
            // "Jane Doe, FACHE"; not where all is in capitals: "VAN DYKE, CLAIRE".
            let is_whole = kept.iter().flatten().count() > 1
                && kept
                    .iter()
                    .flatten()
                    .any(|word| word.text.contains(char::is_lowercase));
            if !kept.is_empty() && is_credentials(&words, is_whole) && reading.may(Rule::NameDegree)
            {
                reading.note(Rule::NameDegree);
                left -= before; // ", D.O."
                continue;
            }
            self.lift_titles(&mut words, !kept.is_empty(), left, reading);
            let is_behind = !kept.is_empty() && words.len() == before;
            let left_now = left + words.len() - before;
            self.lift_suffixes(&mut words, is_behind, left_now, reading);
            left -= before - words.len();
            if !words.is_empty() {
                kept.push(words);
            }
        }
        kept
    }

    fn lift_titles(
        &mut self,
        words: &mut Vec<Word>,
        after_comma: bool,
        mut left: usize,
        reading: &mut Reading,
    ) {
        if !reading.may(Rule::NameTitle) {
            return;
        }
        let mut lifted = 0;
        while let Some(first) = words.get(lifted) {
            let title = first.key.as_str();
            let is_sure = TITLES.contains(title) && (left > 1 || after_comma);
            let is_title = is_sure || (SOME_TITLES.contains(title) && left > 2);
            if !is_title || (after_comma && words.len() == 1 && generation(title, true).is_some()) {
                break;
            }
            lifted += 1;
            left -= 1;
        }
        // "State Senator", "Vice President": the first word is a title in front of another one only.
        if lifted == 0 && left > 3 && words.len() > 2 && is_rank(&words[0].key) {
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
        words: &mut Vec<Word>,
        after_comma: bool,
        mut left: usize,
        reading: &mut Reading,
    ) {
        while let Some(last) = words.last() {
            let is_alone = words.len() == 1 && !after_comma;
            let is_sure = after_comma || left > 2;
            let generation = generation(&last.key, is_sure).filter(|_| !is_alone);
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
        is_degree(word)
            || (left > 2 && SOME_DEGREES.contains(word.key.as_str()) && is_hardly_a_name(word))
    };
    match words {
        [.., attorney, at, law]
            if left > 4 && is_attorney(attorney) && at.key == "at" && law.key == "law" =>
        {
            3
        }
        [.., first, second]
            if left > 3 && second.key.len() <= 3 && is_joined_degree(first, second) =>
        {
            2
        }
        [.., last] if is_one(last) || (left > 2 && is_profession(last)) => 1,
        _ => 0,
    }
}

/// "Ph. D.", "M. D." in two words.
fn is_joined_degree(first: &Word, second: &Word) -> bool {
    let is_part = |word: &Word| word.is_initial() || word.key == "ph";
    let joined = format!("{}{}", first.key, second.key);
    is_part(first) && is_part(second) && DEGREES.contains(joined.as_str())
}

/// Ma, Do and Pe are family names too; RN and DC hardly are.
fn is_hardly_a_name(word: &Word) -> bool {
    word.key.len() > 2 || matches!(word.key.as_str(), "dc" | "np" | "od" | "rn")
}

fn is_attorney(word: &Word) -> bool {
    matches!(
        word.key.as_str(),
        "attorney" | "atty" | "attorneys" | "counselor"
    )
}

/// Behind the last name only.
fn is_profession(word: &Word) -> bool {
    is_attorney(word)
        || matches!(
            word.key.as_str(),
            "architect" | "executor" | "executrix" | "trustee" | "notary"
        )
}

/// What stands behind a comma and holds no name: degrees, or capitals behind a whole name ("Jane Doe, FACHE").
fn is_credentials(words: &[Word], is_whole: bool) -> bool {
    let joined: String = words.iter().map(|word| word.key.as_str()).collect();
    let is_acronym = |word: &Word| {
        let letters = word.text.chars().filter(|c| c.is_alphabetic()).count();
        is_whole && (2..=6).contains(&letters) && !word.text.chars().any(char::is_lowercase)
    };
    let is_known = |word: &Word| is_degree(word) || SOME_DEGREES.contains(word.key.as_str());
    let is_generation = words
        .iter()
        .any(|word| generation(&word.key, true).is_some());
    let is_degrees = is_any_degree(&joined)
        || words.iter().all(is_known)
        || (is_whole && (words.last().is_some_and(is_profession) || joined.ends_with("atlaw")));
    // "Bob Jones, composer"
    let is_remark =
        |word: &Word| is_whole && word.text.starts_with(char::is_lowercase) && !is_given(&word.key);
    is_degrees || (!is_generation && (words.iter().all(is_acronym) || words.iter().all(is_remark)))
}

fn is_any_degree(key: &str) -> bool {
    DEGREES.contains(key) || SOME_DEGREES.contains(key)
}

pub(super) fn is_degree(word: &Word) -> bool {
    // "AIA-CSI"
    DEGREES.contains(word.key.as_str())
        || (word.text.contains('-')
            && word
                .text
                .split('-')
                .all(|piece| DEGREES.contains(piece.to_lowercase().as_str())))
}

pub(super) fn is_title(word: &Word) -> bool {
    TITLES.contains(word.key.as_str())
}

/// In front of another title only.
fn is_rank(key: &str) -> bool {
    matches!(
        key,
        "state"
            | "vice"
            | "deputy"
            | "assistant"
            | "former"
            | "staff"
            | "first"
            | "us"
            | "chief"
            | "brigadier"
    )
}

pub(super) fn is_particle(key: &str) -> bool {
    PARTICLES.contains(key)
}

/// A particle that running text writes small ("van", not "San").
pub(super) fn is_small_particle(lower: &str) -> bool {
    /// Written with a capital even in running text.
    const CAPITAL: [&str; 8] = ["ben", "dela", "mac", "mc", "san", "santa", "santo", "st"];
    is_particle(lower) && !CAPITAL.contains(&lower)
}

/// The normal form of a generational suffix. Those that are names or initials as well (Junior, V) count when `is_sure`.
fn generation(key: &str, is_sure: bool) -> Option<&'static str> {
    Some(match key {
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
