//! What a comparison of two records comes to: one level per comparison, packed into a number that SQL can group by.

/// A comparison vector: four bits for each of at most 16 comparisons, in the order of the entity's comparisons, the first
/// in the lowest bits. 0 is missing: no evidence. Others number the levels of the comparison, from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vector(pub u64);

/// Comparisons that a vector has room for.
pub const MOST_COMPARISONS: usize = 16;

/// Levels per comparison that a vector has room for, missing among them.
pub(crate) const MOST_LEVELS: usize = 16;

const BITS: usize = 4;

impl Vector {
    /// With the level of one comparison, which had none.
    pub(crate) fn with(self, comparison: usize, level: u8) -> Vector {
        Vector(self.0 | u64::from(level) << (BITS * comparison))
    }

    /// Levels of some comparisons, by their places.
    pub(crate) fn of(levels: &[(usize, u8)]) -> Vector {
        levels
            .iter()
            .fold(Vector::default(), |vector, (at, level)| {
                vector.with(*at, *level)
            })
    }

    /// The levels of both, which have no comparison in common.
    pub(crate) fn and(self, other: Vector) -> Vector {
        Vector(self.0 | other.0)
    }

    /// 0 when missing, and for a comparison that there is no room for.
    pub fn level(self, comparison: usize) -> u8 {
        match comparison {
            0..MOST_COMPARISONS => (self.0 >> (BITS * comparison)) as u8 & (MOST_LEVELS as u8 - 1),
            _ => 0,
        }
    }

    /// (comparison, level) of those that are not missing.
    pub fn levels(self) -> impl Iterator<Item = (usize, u8)> {
        (0..MOST_COMPARISONS)
            .map(move |comparison| (comparison, self.level(comparison)))
            .filter(|(_, level)| *level != 0)
    }
}
