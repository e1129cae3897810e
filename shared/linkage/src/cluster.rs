//! Links to clusters, without silent over-merges.

mod bridge;
mod forest;
mod traits;
mod weighted;

pub use traits::Traits;
pub use weighted::{Decisions, Edge, cluster, components};

/// Why a link was not followed. Every cut link is work for a steward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CutReason {
    /// A steward's cannot-link.
    KeptApart,
    BirthDate,
    Suffix,
    Country,
    /// An id that an entity has once.
    Id,
    /// Given names that disagree.
    Name,
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
            CutReason::Id => "id",
            CutReason::Name => "name",
            CutReason::WeakBridge => "weak_bridge",
            CutReason::Contradiction => "contradiction",
        }
    }
}

/// A link that was not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Its position among the edges.
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
