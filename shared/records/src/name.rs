//! Names of people.

mod affix;
mod aside;
mod casing;
mod company;
mod couple;
mod everyday;
mod given;
mod split;
mod surname;
mod tidy;

pub use crate::text::fold;
pub(crate) use casing::{title_case, titled};

use crate::rule::{Rule, Rules};
use crate::text::{Reading, ShortFold, fold_joined};
use affix::Affixes;
use split::Parts;
use tidy::{Segments, in_one};

/// A person's name in parts, in display case. A part that is unknown is `None`, never empty.
#[derive(Debug, Clone, Default)]
pub struct PersonName {
    pub given: Option<String>,
    /// Further given names; an initial carries its full stop ("M.").
    pub middle: Option<String>,
    /// With its particles: "van der Berg", "O'Neil". Two of them in Spanish and Portuguese names: "García López".
    pub family: Option<String>,
    /// Generational only: "Jr", "Sr", "II" … "VIII".
    pub suffix: Option<String>,
    rules: Rules,
}

/// Equal when the parts are, whatever it took to read them.
impl PartialEq for PersonName {
    fn eq(&self, other: &PersonName) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for PersonName {}

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
        PersonName::parse_with(given, middle, family, suffix, full, Rules::ALL)
    }

    /// With some rules only (see [`Rule`]). Without any, white space is collapsed, and a full name is cut into parts.
    pub fn parse_with(
        given: Option<&str>,
        middle: Option<&str>,
        family: Option<&str>,
        suffix: Option<&str>,
        full: Option<&str>,
        on: Rules,
    ) -> Option<PersonName> {
        let texts = [given, middle, family, suffix, full];
        everyday::read(texts, on).or_else(|| PersonName::read(texts, on))
    }

    /// Any name.
    fn read(
        [given, middle, family, suffix, full]: [Option<&str>; 5],
        on: Rules,
    ) -> Option<PersonName> {
        let mut reading = Reading::new(on);
        if let Some(company) = company_in(given, family, full, &mut reading) {
            return Some(company);
        }
        let mut affixes = Affixes::default();
        let texts = [given, middle, family, suffix]
            .map(|text| text.and_then(|text| tidy::name_in(text, &mut reading)));
        let [given, middle, family, suffix] = texts.each_ref().map(|text| {
            let segments = text.as_ref().map(|text| tidy::segments(text, &mut reading));
            segments.unwrap_or_default()
        });
        affixes.read_suffix_field(&suffix, &mut reading);
        let given = one_person(affixes.lift(given, &mut reading), &mut reading);
        let middle = affixes.lift(middle, &mut reading);
        let mut family = one_person(affixes.lift(family, &mut reading), &mut reading);
        let mut parts = Parts {
            given: in_one(given),
            middle: in_one(middle),
            family: Vec::new(),
        };
        if parts.given.is_empty() && family.len() > 1 && reading.may(Rule::NameOrder) {
            // "Doe, Jane" in the column for the family name.
            reading.note(Rule::NameOrder);
            parts.given = in_one(family.split_off(1));
        }
        parts.family = in_one(family);
        let full = full.filter(|_| parts.given.is_empty() || parts.family.is_empty());
        let full = full.and_then(|full| tidy::name_in(full, &mut reading));
        let full = full
            .as_ref()
            .map(|full| tidy::segments(full, &mut reading))
            .unwrap_or_default();
        if !full.is_empty() {
            let full = affixes.lift(one_person(full, &mut reading), &mut reading);
            parts.fill(full, affixes.had_title, &mut reading);
            // A part may start or end with what was in the middle of the whole ("John Jr Doe").
            for part in [&mut parts.given, &mut parts.middle, &mut parts.family] {
                let words = vec![std::mem::take(part)];
                *part = in_one(affixes.lift(words, &mut reading));
            }
        }
        let Parts {
            mut given,
            mut middle,
            family,
        } = parts;
        // "Jane M" in the column for the given name.
        if middle.is_empty() && given.len() > 1 && given[1..].iter().all(tidy::Word::is_initial) {
            middle = given.split_off(1);
        }
        let is_read = reading.may(Rule::NamePlaceholder);
        let is_nobody = |part: &str| tidy::is_placeholder(part) || tidy::is_nothing(part);
        let named = |part: &Option<String>| part.as_deref().is_some_and(is_nobody);
        let mut name = PersonName {
            given: casing::given(&given, &mut reading),
            middle: casing::middle(&middle, &mut reading),
            family: casing::family(&family, &mut reading),
            suffix: affixes.suffix,
            rules: Rules::NONE,
        };
        for part in [&mut name.given, &mut name.middle, &mut name.family] {
            if is_read && named(part) {
                reading.note(Rule::NamePlaceholder);
                *part = None;
            }
        }
        let is_named = name.given.is_some() || name.middle.is_some() || name.family.is_some();
        name.rules = reading.did;
        // "Walk" and "In" are placeholders together only.
        (is_named && !(is_read && tidy::is_placeholder(&name.full()))).then_some(name)
    }

    /// The rules that changed the name, or noticed something about it.
    pub fn rules(&self) -> Rules {
        self.rules
    }

    /// "Jane M. Doe Jr".
    pub fn full(&self) -> String {
        if let (Some(given), None, Some(family), None) =
            (&self.given, &self.middle, &self.family, &self.suffix)
            && aside::is_east_asian(given)
            && aside::is_east_asian(family)
        {
            return format!("{family}{given}");
        }
        let length = self
            .parts()
            .iter()
            .flatten()
            .map(|part| part.len() + 1)
            .sum();
        let mut full = String::with_capacity(length);
        for part in self.parts().into_iter().flatten() {
            if !full.is_empty() {
                full.push(' ');
            }
            full.push_str(part);
        }
        full
    }

    fn parts(&self) -> [Option<&str>; 4] {
        [&self.given, &self.middle, &self.family, &self.suffix].map(Option::as_deref)
    }

    /// Empty for a form of address ("Valued Customer"), which is nobody's name.
    pub fn keys(&self) -> NameKeys {
        if self.words().all(is_form_of_address) {
            return NameKeys::default();
        }
        let key = |part: &Option<String>| part.as_deref().map(fold_joined).unwrap_or_default();
        let (given, family) = (key(&self.given), without_umlauts(key(&self.family)));
        let mut full = String::with_capacity(given.len() + 1 + family.len());
        full.push_str(&given);
        if !given.is_empty() && !family.is_empty() {
            full.push(' ');
        }
        full.push_str(&family);
        NameKeys {
            full,
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
    ShortFold::<10>::new(word).is_some_and(|word| {
        matches!(
            &*word,
            "all"
                | "customer"
                | "dear"
                | "everyone"
                | "friend"
                | "guest"
                | "kunde"
                | "kundin"
                | "member"
                | "reader"
                | "shopper"
                | "sir"
                | "subscriber"
                | "team"
                | "there"
                | "user"
                | "valued"
        )
    })
}

/// Without partners; what stands behind a partner's comma is about the partner.
fn one_person<'a>(segments: Segments<'a>, reading: &mut Reading) -> Segments<'a> {
    let firsts = segments
        .into_iter()
        .map(|words| couple::first(words, reading));
    firsts.filter(|words| !words.is_empty()).collect()
}

/// The company that stands where a person should: alone in one of the columns.
fn company_in(
    given: Option<&str>,
    family: Option<&str>,
    full: Option<&str>,
    reading: &mut Reading,
) -> Option<PersonName> {
    if !reading.may(Rule::NameCompany) {
        return None;
    }
    let filled = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
    let text = match (filled(given), filled(family)) {
        (true, true) => return None,
        (true, false) => given,
        (false, true) => family,
        (false, false) => full,
    };
    let company = company::read(text?, reading)?;
    reading.note(Rule::NameCompany);
    Some(PersonName {
        family: Some(company),
        rules: reading.did,
        ..PersonName::default()
    })
}

fn without_umlauts(key: String) -> String {
    let is_pair = |pair: &[u8]| matches!(pair, b"ae" | b"oe" | b"ue");
    if key.len() < 5 || !key.as_bytes().windows(2).any(is_pair) {
        return key;
    }
    key.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

#[cfg(test)]
mod tests;
