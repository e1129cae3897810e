//! What two records of one cluster may not differ in.

use super::CutReason;
use crate::level::birth_date;
use crate::name::{Agreement, Name, names_agree};

/// What a record says against being somebody else. One per record.
///
/// It prints nothing, since it is personal data; but tests may.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Traits<'a> {
    /// Year, month and day as decimal digits, as in [`Person`](crate::Person); 0 when unknown (or a placeholder).
    pub birth_date: u32,
    /// Any number that stands for a generational suffix (Jr, Sr, III), 0 when unknown.
    pub suffix: u8,
    /// Any number that stands for a country, 0 when unknown.
    pub country: u16,
    /// Any number that stands for an id that an entity has once, 0 when unknown.
    pub id: u64,
    /// Name keys as in [`Name`]; both empty for accounts.
    pub given: &'a str,
    pub family: &'a str,
}

impl Traits<'_> {
    /// Why the two can hardly be one, if so: different suffixes, countries or ids, birth dates more than a slip apart, names
    /// that disagree even where a contact point is shared.
    pub fn contradicts(&self, other: &Traits<'_>) -> Option<CutReason> {
        fn differ<T: Default + PartialEq>(a: T, b: T) -> bool {
            a != b && a != T::default() && b != T::default()
        }
        fn name<'a>(traits: &Traits<'a>) -> Name<'a> {
            Name {
                given: traits.given,
                family: traits.family,
            }
        }
        if differ(self.suffix, other.suffix) {
            Some(CutReason::Suffix)
        } else if differ(self.country, other.country) {
            Some(CutReason::Country)
        } else if differ(self.id, other.id) {
            Some(CutReason::Id)
        } else if birth_date::is_apart(self.birth_date, other.birth_date) {
            Some(CutReason::BirthDate)
        } else if names_agree(name(self), name(other)) == Agreement::Disagree {
            Some(CutReason::Name)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contradictions_are_named() {
        let jane = Traits {
            birth_date: 19_880_214,
            suffix: 1,
            country: 1,
            id: 1,
            given: "jane",
            family: "doe",
        };
        for (other, reason) in [
            (jane, None),
            (Traits::default(), None),
            (Traits { suffix: 2, ..jane }, Some(CutReason::Suffix)),
            (Traits { country: 2, ..jane }, Some(CutReason::Country)),
            (Traits { id: 2, ..jane }, Some(CutReason::Id)),
            (
                Traits {
                    birth_date: 19_881_402,
                    ..jane
                },
                None,
            ),
            (
                Traits {
                    birth_date: 19_880_215,
                    ..jane
                },
                None,
            ),
            (
                Traits {
                    birth_date: 19_620_930,
                    ..jane
                },
                Some(CutReason::BirthDate),
            ),
            (
                Traits {
                    family: "miller",
                    ..jane
                },
                None,
            ),
            (
                Traits {
                    given: "john",
                    ..jane
                },
                Some(CutReason::Name),
            ),
        ] {
            assert_eq!(jane.contradicts(&other), reason, "{other:?}");
            assert_eq!(other.contradicts(&jane), reason, "{other:?}");
        }
    }
}
