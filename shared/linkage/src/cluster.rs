//! Links to clusters, without silent over-merges.

mod bridge;
mod union;
mod weighted;

use std::cmp::Reverse;

use union::Union;

pub use weighted::{Edge, cluster_by_weight, components};

/// What a record says against being somebody else. 40 bytes; one per record.
///
/// It prints nothing, since it is personal data; but tests may.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Traits<'a> {
    /// Any number that stands for a date, 0 when unknown (or a placeholder).
    pub birth_date: i32,
    /// Any number that stands for a generational suffix (Jr, Sr, III), 0 when unknown.
    pub suffix: u8,
    /// Any number that stands for a country, 0 when unknown.
    pub country: u16,
    /// Name keys as in [`Name`](crate::Name); both empty for accounts.
    pub given: &'a str,
    pub family: &'a str,
}

/// Two records that may be linked, by their positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub a: u32,
    pub b: u32,
    /// Stronger links are followed first.
    pub strength: u32,
    /// One identifier only, and no full-name agreement: too little to hold two groups of records together.
    pub is_weak: bool,
    /// A steward's must-link: traits and weakness do not cut it.
    pub is_decided: bool,
}

/// Why a link was not followed. Every cut link is work for a steward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CutReason {
    /// A steward's cannot-link.
    KeptApart,
    BirthDate,
    Suffix,
    Country,
    /// Given names that disagree.
    Name,
    /// More than two family names.
    Families,
    /// A weak link, the only one between two groups of two records and more.
    WeakBridge,
    /// The scored pairs between the two clusters speak against it in sum.
    Contradiction,
}

impl CutReason {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            CutReason::KeptApart => "kept_apart",
            CutReason::BirthDate => "birth_date",
            CutReason::Suffix => "suffix",
            CutReason::Country => "country",
            CutReason::Name => "name",
            CutReason::Families => "families",
            CutReason::WeakBridge => "weak_bridge",
            CutReason::Contradiction => "contradiction",
        }
    }
}

/// A link that was not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Its position in the links.
    pub link: usize,
    pub reason: CutReason,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clustering {
    /// For every record the smallest position in its cluster.
    pub cluster_of: Vec<u32>,
    /// The links between different clusters, by position.
    pub cut: Vec<Cut>,
}

/// Clusters records: follows links, a steward's first and then the strongest first, unless the two clusters contradict
/// each other; then cuts weak bridges. `apart` holds a steward's cannot-links, which stand above every link.
///
/// Two clusters contradict each other when a steward keeps two of their members apart, or when members differ in a known
/// birth date, suffix or country, or have names that disagree, or when they bear more than two family names together. What
/// one cluster already holds together (a steward said so) is no contradiction.
///
/// The result does not depend on the order of `links` or `apart`, nor on the direction of a pair. Pairs that name a record
/// twice, or one that is not there, are ignored.
pub fn cluster(records: &[Traits<'_>], links: &[Link], apart: &[(u32, u32)]) -> Clustering {
    let is_pair = |a: u32, b: u32| a != b && (a.max(b) as usize) < records.len();
    let mut order: Vec<u32> = (0..links.len() as u32).collect();
    order.retain(|&link| is_pair(links[link as usize].a, links[link as usize].b));
    order.sort_unstable_by_key(|&position| {
        let Link {
            a,
            b,
            strength,
            is_weak,
            is_decided,
        } = links[position as usize];
        (
            !is_decided,
            Reverse(strength),
            a.min(b),
            a.max(b),
            is_weak,
            position,
        )
    });

    let mut union = Union::new(records);
    for &(a, b) in apart.iter().filter(|&&(a, b)| is_pair(a, b)) {
        union.keep_apart(a, b);
    }
    let mut cut: Vec<(u32, CutReason)> = Vec::new();
    let mut followed: Vec<u32> = Vec::with_capacity(order.len());
    for position in order {
        let link = links[position as usize];
        match union.join(link.a, link.b, link.is_decided) {
            Ok(()) => followed.push(position),
            Err(reason) => cut.push((position, reason)),
        }
    }
    let (mut forest, bridges) = bridge::cut_weak(records.len(), links, &followed);
    cut.extend(
        bridges
            .into_iter()
            .map(|position| (position, CutReason::WeakBridge)),
    );

    // A link may have been refused when its records came together by a steward's word on others.
    cut.retain(|&(position, _)| {
        let link = links[position as usize];
        forest.root(link.a) != forest.root(link.b)
    });
    cut.sort_unstable();
    Clustering {
        cluster_of: (0..records.len() as u32)
            .map(|record| forest.root(record))
            .collect(),
        cut: cut
            .into_iter()
            .map(|(position, reason)| Cut {
                link: position as usize,
                reason,
            })
            .collect(),
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
