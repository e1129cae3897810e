//! Names of people: drawn by culture, shortened, misspelt, written without accents.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::country::Country;
use crate::data::{given_names as g, nicknames::NICKNAMES, surnames as s};
use crate::rng::Rng;

/// Given and family names of one culture, the commonest first.
#[derive(Debug)]
pub(crate) struct Culture {
    male: Vec<&'static str>,
    female: Vec<&'static str>,
    family: Vec<String>,
    /// How many of `family` are common.
    common: usize,
}

fn split(words: &'static str) -> Vec<&'static str> {
    words.split_whitespace().collect()
}

fn culture(male: &'static str, female: &'static str, family: Vec<String>) -> Culture {
    Culture {
        male: split(male),
        female: split(female),
        common: family.len(),
        family,
    }
}

fn listed(words: &str) -> Vec<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

fn with_rare(mut culture: Culture, heads: &str, tails: &str) -> Culture {
    for head in heads.split_whitespace() {
        culture
            .family
            .extend(tails.split_whitespace().map(|tail| format!("{head}{tail}")));
    }
    culture
}

static CULTURES: LazyLock<[Culture; 8]> = LazyLock::new(|| {
    let anglo = culture(g::ANGLO_MALE, g::ANGLO_FEMALE, listed(s::ANGLO));
    let german = culture(g::GERMAN_MALE, g::GERMAN_FEMALE, listed(s::GERMAN));
    let dutch = s::DUTCH.split('|').map(str::to_owned).collect();
    [
        with_rare(anglo, s::ANGLO_HEADS, s::ANGLO_TAILS),
        with_rare(german, s::GERMAN_HEADS, s::GERMAN_TAILS),
        culture(g::FRENCH_MALE, g::FRENCH_FEMALE, listed(s::FRENCH)),
        culture(g::DUTCH_MALE, g::DUTCH_FEMALE, dutch),
        culture(g::HISPANIC_MALE, g::HISPANIC_FEMALE, listed(s::HISPANIC)),
        culture(g::ASIAN_MALE, g::ASIAN_FEMALE, listed(s::ASIAN)),
        culture(g::INDIAN_MALE, g::INDIAN_FEMALE, listed(s::INDIAN)),
        culture(g::SLAVIC_MALE, g::SLAVIC_FEMALE, listed(s::SLAVIC)),
    ]
});

static SHORT_FORMS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    NICKNAMES
        .iter()
        .map(|(name, short)| (*name, split(short)))
        .collect()
});

impl Culture {
    /// Of every hundred households in a country, how many are of each culture, in the order of `CULTURES`.
    pub(crate) fn draw(rng: &mut Rng, country: Country) -> &'static Culture {
        let weights: [u32; 8] = match country {
            Country::Us => [66, 3, 2, 1, 15, 6, 5, 2],
            Country::Ca => [58, 2, 20, 1, 3, 7, 7, 2],
            Country::Gb => [82, 1, 1, 1, 1, 3, 8, 3],
            Country::De => [1, 82, 1, 1, 1, 2, 5, 7],
            Country::Fr => [1, 2, 83, 1, 4, 3, 5, 1],
            Country::Nl => [2, 3, 1, 83, 1, 3, 5, 2],
            Country::Au => [80, 2, 1, 1, 1, 9, 4, 2],
            Country::Es => [1, 1, 2, 1, 92, 1, 1, 1],
        };
        &CULTURES[rng.weighted(&weights)]
    }

    pub(crate) fn given(&self, rng: &mut Rng, is_female: bool) -> &'static str {
        let names = if is_female { &self.female } else { &self.male };
        names[rng.skewed(names.len())]
    }

    pub(crate) fn family(&self, rng: &mut Rng) -> String {
        let of = if rng.chance(0.65) {
            self.common
        } else {
            self.family.len()
        };
        self.family[rng.skewed(of)].clone()
    }
}

pub(crate) fn nickname(rng: &mut Rng, given: &str) -> Option<&'static str> {
    SHORT_FORMS.get(given).map(|short| rng.pick(short))
}

/// One slip of the finger, never in the first letter. Names of three letters and fewer are typed right.
pub(crate) fn typo(rng: &mut Rng, name: &str) -> Option<String> {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.len() < 5 {
        return None;
    }
    let at = 1 + rng.below(letters.len() - 2);
    match rng.below(4) {
        0 => letters.swap(at, at + 1),
        1 => {
            letters.remove(at);
        }
        2 => letters.insert(at, letters[at]),
        _ => letters[at] = neighbour(rng, letters[at]),
    }
    let misspelt: String = letters.into_iter().collect();
    (misspelt != name).then_some(misspelt)
}

fn neighbour(rng: &mut Rng, letter: char) -> char {
    const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    for row in ROWS {
        if let Some(at) = row.find(letter) {
            let near = if rng.chance(0.5) {
                at.wrapping_sub(1)
            } else {
                at + 1
            };
            return row.as_bytes().get(near).map_or('s', |b| char::from(*b));
        }
    }
    'e'
}

/// Without accents, as an older system or an e-mail address writes it; German umlauts with the e.
pub(crate) fn without_accents(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'Ö' => plain.push_str("Oe"),
            'Ü' => plain.push_str("Ue"),
            'ß' => plain.push_str("ss"),
            'á' | 'à' | 'ã' | 'ą' => plain.push('a'),
            'Á' => plain.push('A'),
            'ç' | 'č' | 'ć' => plain.push('c'),
            'Č' => plain.push('C'),
            'é' | 'è' | 'ê' | 'ë' | 'ě' | 'ę' => plain.push('e'),
            'É' => plain.push('E'),
            'í' | 'ï' | 'î' | 'ì' => plain.push('i'),
            'Í' => plain.push('I'),
            'ł' => plain.push('l'),
            'Ł' => plain.push('L'),
            'ñ' | 'ń' | 'ň' => plain.push('n'),
            'ó' | 'ô' | 'ò' => plain.push('o'),
            'Ó' => plain.push('O'),
            'ř' => plain.push('r'),
            'š' | 'ś' => plain.push('s'),
            'Š' => plain.push('S'),
            'ú' | 'ù' | 'û' | 'ů' => plain.push('u'),
            'ý' => plain.push('y'),
            'ž' | 'ź' | 'ż' => plain.push('z'),
            c => plain.push(c),
        }
    }
    plain
}

/// Lower-case letters and digits only: what goes into an e-mail address or a domain.
pub(crate) fn slug(name: &str) -> String {
    without_accents(name)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}
