//! Names of people.

mod affix;
mod casing;
mod tidy;

pub use crate::text::fold;
pub(crate) use casing::title_case;

use affix::Affixes;

/// A person's name in parts, in display case. A part that is unknown is `None`, never empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonName {
    pub given: Option<String>,
    /// Further given names; an initial carries its full stop ("M.").
    pub middle: Option<String>,
    /// With its particles: "van der Berg", "O'Neil".
    pub family: Option<String>,
    /// Generational only: "Jr", "Sr", "II" … "VI".
    pub suffix: Option<String>,
}

/// For matching only, never for output: lower-case ASCII, transliterated, no punctuation and no spaces within a part
/// ("vanderberg", "jeanpierre"). Empty means missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NameKeys {
    pub given: String,
    /// From five letters on, German ae, oe, ue count as a, o, u, so that Müller, Mueller and Muller are one key.
    pub family: String,
    /// Given and family key with one space between; no middle name, no suffix.
    pub full: String,
}

impl PersonName {
    /// Reads a name from the parts a system holds and from a full name; the parts win, `full` fills what is missing.
    ///
    /// Dropped: titles (Mr, Frau, Dr), degrees (PhD, Esq), nicknames in quotes or parentheses, emoji, digits. A suffix
    /// within another part is lifted out. Words all in capitals or all in small letters get the usual case, mixed case
    /// stays. `None` when nothing is left, and for placeholders ("N/A", "unknown", "test").
    pub fn parse(
        given: Option<&str>,
        middle: Option<&str>,
        family: Option<&str>,
        suffix: Option<&str>,
        full: Option<&str>,
    ) -> Option<PersonName> {
        let mut affixes = Affixes::default();
        let read = |text: Option<&str>| text.and_then(tidy::segments).unwrap_or_default();
        let (given, middle, family, suffix) =
            (read(given), read(middle), read(family), read(suffix));
        affixes.read_suffix_field(&suffix);
        let (mut given, mut middle) = (affixes.lift(given).concat(), affixes.lift(middle).concat());
        let mut family = affixes.lift(family);
        if given.is_empty() && family.len() > 1 {
            // "Doe, Jane" in the column for the family name.
            given = family.split_off(1).concat();
        }
        let mut family = family.concat();
        if (given.is_empty() || family.is_empty())
            && let Some(full) = full.and_then(tidy::segments)
        {
            let full = affixes.lift(full);
            fill(
                &mut given,
                &mut middle,
                &mut family,
                full,
                affixes.had_title,
            );
            // A part may start or end with what was in the middle of the whole ("John Jr Doe").
            for part in [&mut given, &mut middle, &mut family] {
                *part = affixes.lift(vec![std::mem::take(part)]).concat();
            }
        }
        // "Jane M" in the column for the given name.
        if middle.is_empty()
            && given.len() > 1
            && given[1..].iter().all(|word| tidy::is_initial(word))
        {
            middle = given.split_off(1);
        }
        let named = |part: Option<String>| part.filter(|part| !tidy::is_placeholder(part));
        let name = PersonName {
            given: named(casing::given(&given)),
            middle: named(casing::given(&middle)),
            family: named(casing::family(&family)),
            suffix: affixes.suffix.map(str::to_owned),
        };
        let is_named = name.given.is_some() || name.middle.is_some() || name.family.is_some();
        // "Walk" and "In" are placeholders together only.
        (is_named && !tidy::is_placeholder(&name.full())).then_some(name)
    }

    /// "Jane M. Doe Jr".
    pub fn full(&self) -> String {
        let parts = [&self.given, &self.middle, &self.family, &self.suffix];
        parts
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Empty for a form of address ("Valued Customer"), which is nobody's name.
    pub fn keys(&self) -> NameKeys {
        if self.words().all(is_form_of_address) {
            return NameKeys::default();
        }
        let key = |part: &Option<String>| {
            part.as_deref()
                .map(fold)
                .unwrap_or_default()
                .replace(' ', "")
        };
        let (given, family) = (key(&self.given), without_umlauts(key(&self.family)));
        let space = if given.is_empty() || family.is_empty() {
            ""
        } else {
            " "
        };
        NameKeys {
            full: format!("{given}{space}{family}"),
            given,
            family,
        }
    }

    /// A form of address that mailing lists hold in place of a name ("Friend", "Valued Customer"), or a name cut down to
    /// an initial: never the one to show.
    pub fn is_marketing_form(&self) -> bool {
        let is_cut = |part: &Option<String>| part.as_deref().is_some_and(tidy::is_initial);
        self.words().all(is_form_of_address)
            || self.words().all(tidy::is_initial)
            || is_cut(&self.given)
            || is_cut(&self.family)
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        [&self.given, &self.middle, &self.family]
            .into_iter()
            .flatten()
            .flat_map(|part| part.split(' '))
    }
}

fn is_form_of_address(word: &str) -> bool {
    const WORDS: [&str; 17] = [
        "all",
        "customer",
        "dear",
        "everyone",
        "friend",
        "guest",
        "kunde",
        "kundin",
        "member",
        "reader",
        "sir",
        "shopper",
        "subscriber",
        "team",
        "there",
        "user",
        "valued",
    ];
    WORDS.contains(&fold(word).as_str())
}

/// Fills the missing parts from a full name whose titles and suffixes are lifted off already.
fn fill(
    given: &mut Vec<String>,
    middle: &mut Vec<String>,
    family: &mut Vec<String>,
    mut full: Vec<Vec<String>>,
    had_title: bool,
) {
    if full.len() > 1 && given.is_empty() && family.is_empty() {
        // "Doe, Jane M."
        let mut rest = full.split_off(1).concat();
        *family = full.concat();
        if middle.is_empty() && rest.len() > 1 {
            *middle = rest.split_off(1);
        }
        *given = rest;
        return;
    }
    if given.is_empty() && family.is_empty() && is_family_first(&full) {
        let mut words = full.concat();
        *middle = words.split_off(2);
        *given = words.split_off(1);
        *family = words;
        return;
    }
    let known: Vec<String> = given
        .iter()
        .chain(family.iter())
        .map(|word| fold(word))
        .collect();
    let mut words = full.concat();
    words.retain(|word| !known.contains(&fold(word)));
    if words.is_empty() {
        return;
    }
    if family.is_empty() {
        let first = usize::from(given.is_empty() && !(had_title && words.len() == 1));
        let start = family_start(&words, first);
        *family = words.split_off(start);
    }
    if given.is_empty() && !words.is_empty() {
        let rest = words.split_off(1);
        *given = words;
        words = rest;
    }
    if middle.is_empty() {
        *middle = words;
    }
}

/// "Doe Jane M": an initial at the end alone is a middle one.
fn is_family_first(full: &[Vec<String>]) -> bool {
    match full {
        [words] if words.len() == 3 => {
            tidy::is_initial(&words[2]) && !words[..2].iter().any(|word| tidy::is_initial(word))
        }
        _ => false,
    }
}

/// Where the family name starts: the last word, its particles ("van der"), and what "y" joins to it; at `first` or later.
fn family_start(words: &[String], first: usize) -> usize {
    let mut start = words.len().saturating_sub(1).max(first);
    loop {
        if start > first && affix::is_particle(&words[start - 1]) {
            start -= 1;
        } else if start > first + 1 && words[start - 1] == "y" {
            start -= 2;
        } else {
            return start;
        }
    }
}

fn without_umlauts(key: String) -> String {
    if key.len() < 5 || !["ae", "oe", "ue"].iter().any(|pair| key.contains(pair)) {
        return key;
    }
    key.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

#[cfg(test)]
mod tests;
