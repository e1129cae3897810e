//! What stands before and after a name: titles, degrees, generational suffixes; and the particles within one.

use crate::text::fold;

/// Never a name of their own.
const TITLES: [&str; 50] = [
    "captain",
    "capt",
    "dame",
    "dhr",
    "dipl",
    "dipling",
    "doctor",
    "dott",
    "dottssa",
    "dr",
    "dra",
    "drs",
    "frau",
    "herr",
    "herrn",
    "hrn",
    "lt",
    "madame",
    "mademoiselle",
    "mevr",
    "mevrouw",
    "miss",
    "mister",
    "mlle",
    "mme",
    "monsieur",
    "mr",
    "mrs",
    "ms",
    "mx",
    "pastor",
    "prof",
    "professor",
    "rabbi",
    "rev",
    "reverend",
    "senor",
    "senora",
    "senorita",
    "sgt",
    "shri",
    "signor",
    "signora",
    "sir",
    "smt",
    "sra",
    "srta",
    "sri",
    "univprof",
    "med",
];
/// Titles that are names as well: dropped when two words remain.
const SOME_TITLES: [&str; 16] = [
    "avv", "col", "father", "fr", "gen", "hon", "hr", "ing", "lady", "lord", "mag", "maj", "mw",
    "sig", "sr", "sister",
];
const DEGREES: [&str; 48] = [
    "bsc", "cbe", "cfa", "cfp", "cpa", "cspo", "dds", "dmd", "dphil", "dvm", "edd", "esq",
    "esquire", "fca", "fcca", "frcs", "jd", "llb", "llm", "lmft", "lcsw", "mba", "mbe", "md",
    "meng", "mph", "mphil", "mrcp", "msc", "msw", "obe", "pharmd", "phd", "phr", "pmp", "psyd",
    "ret", "rph", "shrm", "bcom", "dipling", "cissp", "aprn", "bsn", "crna", "dnp", "lpn", "msn",
];
/// Degrees that are family names as well (Ma, Do): dropped after a comma only.
const SOME_DEGREES: [&str; 12] = [
    "ba", "bs", "do", "fnp", "ma", "ms", "np", "od", "pa", "pe", "rn", "dc",
];
const PARTICLES: [&str; 52] = [
    "abu", "af", "al", "auf", "av", "ben", "bin", "bint", "da", "dal", "das", "de", "degli", "dei",
    "del", "della", "delle", "dello", "den", "der", "des", "di", "do", "dos", "du", "el", "ibn",
    "la", "las", "le", "les", "lo", "los", "op", "st", "te", "ten", "ter", "van", "ver", "vom",
    "von", "vd", "zu", "zum", "zur", "san", "santa", "dela", "ap", "mac", "mc",
];
/// The particles that are written with a capital even in running text.
const CAPITAL_PARTICLES: [&str; 7] = ["ben", "dela", "mac", "mc", "san", "santa", "st"];

/// What was lifted off a name.
#[derive(Default)]
pub(super) struct Affixes {
    pub(super) suffix: Option<&'static str>,
    pub(super) had_title: bool,
}

impl Affixes {
    /// The column for the suffix may hold degrees too: those are dropped.
    pub(super) fn read_suffix_field(&mut self, segments: &[Vec<String>]) {
        self.suffix = segments
            .iter()
            .flatten()
            .find_map(|word| generation(&key(word), true));
    }

    /// Takes titles off the front, suffixes and degrees off the end, and segments that hold nothing else ("Doe, Jane, Jr").
    pub(super) fn lift(&mut self, segments: Vec<Vec<String>>) -> Vec<Vec<String>> {
        let total: usize = segments.iter().map(Vec::len).sum();
        let mut left = total;
        let mut kept: Vec<Vec<String>> = Vec::with_capacity(segments.len());
        for mut words in segments {
            let after_comma = !kept.is_empty();
            if after_comma && is_any_degree(&words.concat()) {
                left -= words.len(); // ", D.O."
                continue;
            }
            let before = words.len();
            self.lift_titles(&mut words, after_comma, left);
            self.lift_suffixes(&mut words, after_comma, left);
            left -= before - words.len();
            if !words.is_empty() {
                kept.push(words);
            }
        }
        kept
    }

    fn lift_titles(&mut self, words: &mut Vec<String>, after_comma: bool, mut left: usize) {
        while let Some(first) = words.first() {
            let title = key(first);
            let is_title = (TITLES.contains(&title.as_str()) && (left > 1 || after_comma))
                || (SOME_TITLES.contains(&title.as_str()) && left > 2);
            if !is_title || (after_comma && words.len() == 1 && generation(&title, true).is_some())
            {
                return;
            }
            self.had_title = true;
            words.remove(0);
            left -= 1;
        }
    }

    fn lift_suffixes(&mut self, words: &mut Vec<String>, after_comma: bool, mut left: usize) {
        while let Some(last) = words.last() {
            let word = key(last);
            let is_alone = words.len() == 1 && !after_comma;
            let is_sure = after_comma || left > 2;
            let generation = generation(&word, is_sure).filter(|_| !is_alone);
            let is_degree = DEGREES.contains(&word.as_str());
            if let Some(generation) = generation {
                self.suffix = self.suffix.or(Some(generation));
            } else if !is_degree || left < 2 || is_alone {
                return;
            }
            words.pop();
            left -= 1;
        }
    }
}

pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&key(word).as_str())
}

/// Degrees where nothing but a degree is likely: behind a comma.
fn is_any_degree(word: &str) -> bool {
    let key = key(word);
    DEGREES.contains(&key.as_str()) || SOME_DEGREES.contains(&key.as_str())
}

pub(super) fn is_degree(word: &str) -> bool {
    DEGREES.contains(&key(word).as_str())
}

/// A particle that running text writes small ("van", not "San").
pub(super) fn is_small_particle(lower: &str) -> bool {
    PARTICLES.contains(&lower) && !CAPITAL_PARTICLES.contains(&lower)
}

fn key(word: &str) -> String {
    fold(word).replace(' ', "")
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
        _ => return None,
    })
}
