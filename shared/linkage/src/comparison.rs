//! Comparisons and their levels: names, and the m and u that are believed before any data is seen.

use crate::vector::Vector;

/// What two records are compared by, and the levels of agreement that it tells apart.
#[derive(Clone, Copy, Debug)]
pub struct Comparison {
    /// As in the model's table: `birth_date`.
    pub name: &'static str,
    /// Level `n` of a vector is the `n`th of these, counted from 1. The first is full agreement, the last none.
    pub levels: &'static [Level],
    pub frequency: Frequency,
    /// Do relatives share the value because they are relatives (family name, address), and not by chance? A rare value
    /// then tells them no better from one person.
    pub is_shared_by_relatives: bool,
}

impl Comparison {
    /// Does agreement say more than that two records are of namesakes?
    pub(crate) fn is_beyond_names(&self) -> bool {
        let of_names = [
            "given_name",
            "family_name",
            "middle_name",
            "name_suffix",
            "gender",
            "country",
            "name",
        ];
        !of_names.contains(&self.name)
    }
}

/// What the number of records that hold a value says of two that share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// Nothing.
    Ignored,
    /// Many people bear a common name: a rare one weighs more, a common one less.
    OfNames,
    /// A value identifies an entity, however many records it has, until more records share it than one entity has: a
    /// switchboard, a tower of flats, a date that a form fills in.
    OfIdentities,
}

/// One level of agreement, with its probabilities among pairs whose values are both known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    pub name: &'static str,
    /// Probability among records of one entity, as shipped.
    pub m: f64,
    /// Probability among records of two unrelated entities, as shipped.
    pub u: f64,
    /// Probability among records of two relatives: people of one family or household; companies of one group.
    pub relatives: f64,
    pub term_frequency: TermFrequency,
}

/// How the number of records that hold the two values changes a level's weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TermFrequency {
    Ignored,
    /// By the more common of the values; of its logarithm this share, in 0..=1.
    OfCommon(f64),
    /// By the rarer of the values: nobody but its one record bears a typing error, while two common names are two names.
    OfMistyped,
    /// The level speaks for the next comparison too, and weighs no more than full agreement in both values.
    OfBoth,
}

pub(crate) const fn level(name: &'static str, m: f64, u: f64, relatives: f64) -> Level {
    Level {
        name,
        m,
        u,
        relatives,
        term_frequency: TermFrequency::Ignored,
    }
}

impl Level {
    pub(crate) const fn of_common(self, share: f64) -> Level {
        Level {
            term_frequency: TermFrequency::OfCommon(share),
            ..self
        }
    }

    pub(crate) const fn of_mistyped(self) -> Level {
        Level {
            term_frequency: TermFrequency::OfMistyped,
            ..self
        }
    }

    pub(crate) const fn of_both(self) -> Level {
        Level {
            term_frequency: TermFrequency::OfBoth,
            ..self
        }
    }
}

/// What records stand for. Each kind has comparisons and a model of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entity {
    Person,
    Account,
}

impl Entity {
    /// In the order of a [`Vector`].
    pub fn comparisons(self) -> &'static [Comparison] {
        match self {
            Entity::Person => &crate::person::COMPARISONS,
            Entity::Account => &crate::account::COMPARISONS,
        }
    }

    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Entity::Person => "person",
            Entity::Account => "account",
        }
    }

    /// By its word in tables.
    pub fn named(word: &str) -> Option<Entity> {
        [Entity::Person, Entity::Account]
            .into_iter()
            .find(|entity| entity.name() == word)
    }

    /// The place of a comparison in a [`Vector`].
    pub fn position(self, comparison: &str) -> Option<usize> {
        self.comparisons()
            .iter()
            .position(|known| known.name == comparison)
    }

    /// A vector in words, for people: `given_name=exact birth_date=typo`.
    pub fn describe(self, vector: Vector) -> String {
        let words = self.comparisons().iter().enumerate();
        let words = words.filter_map(|(position, comparison)| {
            let level = usize::from(vector.level(position)).checked_sub(1)?;
            Some(format!(
                "{}={}",
                comparison.name,
                comparison.levels.get(level)?.name
            ))
        });
        words.collect::<Vec<_>>().join(" ")
    }
}
