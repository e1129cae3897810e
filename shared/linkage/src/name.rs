//! Person names: one comparison, and what it says about people who share an e-mail or phone.

mod given_names;
mod part;

use std::cmp::Reverse;

use given_names::is_known;
use part::{Family, Given, relate_family, relate_given, same_letters};

pub(crate) use given_names::is_known as is_known_given;
pub(crate) use part::{is_part, spelling};

use crate::text::text_similarity;

/// A person's name as match keys (`records::name::NameKeys`): lower-case ASCII, `""` when missing. Personal data, so it
/// prints nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    pub given: &'a str,
    pub family: &'a str,
}

/// The comparison level of two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameLevel {
    /// Nothing to compare: a name is missing, or is a lone initial, or one has only what the other lacks.
    Missing,
    Exact,
    /// Given and family name have changed places.
    Swapped,
    /// The given name is a nickname, a spelling variant, or has a further given name; the family name agrees.
    Nickname,
    /// Given or family name is an initial of the other's.
    Initial,
    /// A typing error in one part or both.
    Typo,
    /// The given name agrees, the family name does not: married, divorced, double name.
    FamilyChanged,
    /// The given name agrees, a family name is missing.
    FamilyMissing,
    /// The family name agrees, a given name is missing.
    GivenMissing,
    /// The family name agrees, the given name does not: relatives.
    GivenDiffers,
    Different,
}

impl NameLevel {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            NameLevel::Missing => "missing",
            NameLevel::Exact => "exact",
            NameLevel::Swapped => "swapped",
            NameLevel::Nickname => "nickname",
            NameLevel::Initial => "initial",
            NameLevel::Typo => "typo",
            NameLevel::FamilyChanged => "family_changed",
            NameLevel::FamilyMissing => "family_missing",
            NameLevel::GivenMissing => "given_missing",
            NameLevel::GivenDiffers => "given_differs",
            NameLevel::Different => "different",
        }
    }

    /// May the two be one person, given that they share an e-mail, a phone or an id?
    pub fn agreement(self) -> Agreement {
        match self {
            NameLevel::Missing => Agreement::Unknown,
            NameLevel::GivenDiffers | NameLevel::Different => Agreement::Disagree,
            _ => Agreement::Agree,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Agreement {
    Agree,
    Disagree,
    /// A side says nothing.
    Unknown,
}

/// The level, and the similarity in 0..=1: Jaro-Winkler of "given family", the best over changed places and equal
/// nickname roots; 0 when a name is missing. Symmetric.
pub fn compare_names(a: Name<'_>, b: Name<'_>) -> (NameLevel, f64) {
    let level = level(a, b);
    if is_missing(a) || is_missing(b) {
        return (level, 0.0);
    }
    let full = |given: &str, family: &str| [given, family].join(" ").trim().to_owned();
    let similarity = |a: Name<'_>, b: Name<'_>| {
        let (name_a, name_b) = (full(a.given, a.family), full(b.given, b.family));
        let swapped = text_similarity(&full(a.family, a.given), &name_b)
            .max(text_similarity(&name_a, &full(b.family, b.given)));
        text_similarity(&name_a, &name_b).max(swapped)
    };
    let mut best = similarity(a, b);
    if relate_given(a.given, b.given) == Given::Variant {
        // As if both bore the longer one.
        let given = std::cmp::max_by_key(a.given, b.given, |given| (given.len(), *given));
        best = best.max(similarity(Name { given, ..a }, Name { given, ..b }));
    }
    (level, best)
}

/// May these be one person, *given that they share an e-mail, a phone or an id*? Relatives do share them: different given
/// names disagree even when the family name is one, and near ones (twins, Erik and Erika) are not taken for typos.
pub fn names_agree(a: Name<'_>, b: Name<'_>) -> Agreement {
    level(a, b).agreement()
}

/// Are these the names of two relatives rather than one name and a typing error: one family, and two given names that are
/// both common and are not forms of one?
pub fn are_relatives_names(a: Name<'_>, b: Name<'_>) -> bool {
    level(a, b) == NameLevel::GivenDiffers && is_known(a.given) && is_known(b.given)
}

pub(crate) fn level(a: Name<'_>, b: Name<'_>) -> NameLevel {
    if is_missing(a) || is_missing(b) {
        return NameLevel::Missing;
    }
    if a == b && a.given.len() > 1 && a.family.len() > 1 {
        return NameLevel::Exact;
    }
    match (
        relate_given(a.given, b.given),
        relate_family(a.family, b.family),
    ) {
        (Given::Missing, Family::Missing | Family::Initial) => NameLevel::Missing,
        (Given::Missing, Family::Exact | Family::Typo | Family::Part) => NameLevel::GivenMissing,
        (Given::Exact | Given::Variant | Given::Typo, Family::Missing) => NameLevel::FamilyMissing,
        (Given::Initial, Family::Missing) => NameLevel::Missing,
        (Given::Missing, Family::Different) | (_, Family::Missing)
            if is_lone_word_of(a, b) || is_lone_word_of(b, a) =>
        {
            NameLevel::Missing
        }
        (Given::Missing, Family::Different) | (_, Family::Missing) => NameLevel::Different,

        (Given::Exact, Family::Exact) => NameLevel::Exact,
        (Given::Variant, Family::Exact) => NameLevel::Nickname,
        (Given::Exact | Given::Variant, Family::Typo) => NameLevel::Typo,
        (Given::Exact | Given::Variant, Family::Initial) => NameLevel::Initial,
        (Given::Exact | Given::Variant, Family::Part | Family::Different) => {
            NameLevel::FamilyChanged
        }
        (Given::Initial, Family::Exact | Family::Typo | Family::Part | Family::Initial) => {
            NameLevel::Initial
        }
        (Given::Typo, Family::Exact | Family::Typo | Family::Part) => NameLevel::Typo,
        _ if is_swapped(a, b) => NameLevel::Swapped,
        (_, Family::Exact | Family::Typo | Family::Part) => NameLevel::GivenDiffers,
        _ => NameLevel::Different,
    }
}

/// A name of one word may stand in the wrong field.
fn is_lone_word_of(a: Name<'_>, b: Name<'_>) -> bool {
    let is_near = |x: &str, y: &str| matches!(relate_family(x, y), Family::Exact | Family::Typo);
    match (a.given, a.family) {
        (word, "") | ("", word) => is_near(word, b.given) || is_near(word, b.family),
        _ => false,
    }
}

fn is_swapped(a: Name<'_>, b: Name<'_>) -> bool {
    let is_crossed = |a: Name<'_>, b: Name<'_>| {
        let given = relate_given(a.given, b.family);
        let family = relate_family(a.family, b.given);
        let is_near = matches!(family, Family::Exact | Family::Typo | Family::Initial);
        (given == Given::Exact && is_near) || (given == Given::Variant && family == Family::Exact)
    };
    is_crossed(a, b) || is_crossed(b, a)
}

/// A lone initial says nothing either.
fn is_missing(name: Name<'_>) -> bool {
    name.given.len() + name.family.len() <= 1
}

/// Two typing errors of one name need not be near each other. Does `known` tell that `a` and `b`, which disagree, are such?
pub(crate) fn reconciles(known: Name<'_>, a: Name<'_>, b: Name<'_>) -> bool {
    let agrees = |name: Name<'_>| level(known, name).agreement() == Agreement::Agree;
    let is_typo = |name: Name<'_>| relate_given(known.given, name.given) == Given::Typo;
    is_known(known.given)
        && !(is_known(a.given) && is_known(b.given))
        && (is_typo(a) || is_typo(b))
        && agrees(a)
        && agrees(b)
}

/// Marriages change a family name; more than two in one person's records are a sign of several people.
pub(crate) const MOST_FAMILY_NAMES: usize = 2;

/// Counting people in a value stops here: what so many share identifies nobody.
const MOST_GROUPS: usize = 100;

/// How many mutually incompatible people the (given, family) keys hold: greedy groups of names that agree with one
/// another, with at most two family names. Names that are missing count for nobody. The order does not matter. At most
/// 100: what so many share identifies nobody.
pub fn name_groups(names: &[(String, String)]) -> usize {
    let mut names: Vec<Name<'_>> = names
        .iter()
        .map(|(given, family)| Name { given, family })
        .filter(|name| !is_missing(*name))
        .collect();
    // The most telling first: initials and lone names then join a group rather than open one.
    names.sort_unstable_by_key(|name| {
        let fullness = (name.given.len().min(2), name.family.len().min(2));
        (
            Reverse((is_known(name.given), fullness)),
            name.given,
            name.family,
        )
    });
    names.dedup();

    let mut groups: Vec<Vec<Name<'_>>> = Vec::new();
    for name in names {
        let joins = |group: &Vec<Name<'_>>| {
            let families = group.iter().chain([&name]).copied();
            let is_compatible = |member: &Name<'_>| {
                names_agree(*member, name) != Agreement::Disagree
                    || group.iter().any(|known| reconciles(*known, *member, name))
            };
            group.iter().all(is_compatible) && family_names(families) <= MOST_FAMILY_NAMES
        };
        match groups.iter().position(joins) {
            Some(group) => groups[group].push(name),
            None => groups.push(vec![name]),
        }
        if groups.len() == MOST_GROUPS {
            break;
        }
    }
    groups.len()
}

/// How many different family names there are among names of one person: variants, parts and initials count once, and a
/// name in the given name's place not at all.
pub(crate) fn family_names<'a>(names: impl Iterator<Item = Name<'a>> + Clone) -> usize {
    let mut different: Vec<&str> = Vec::new();
    for name in names.clone() {
        let is_given = || {
            names
                .clone()
                .any(|other| same_letters(other.given, name.family))
        };
        let is_new = !name.family.is_empty()
            && different
                .iter()
                .all(|family| relate_family(family, name.family) == Family::Different);
        if is_new && !is_given() {
            different.push(name.family);
        }
    }
    different.len()
}

#[cfg(test)]
mod tests;
