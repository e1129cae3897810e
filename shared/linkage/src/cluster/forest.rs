//! Union-find.

/// Disjoint sets with path halving. A set's root is its smallest member.
pub(super) struct Forest {
    parent: Vec<u32>,
}

impl Forest {
    pub(super) fn new(records: usize) -> Forest {
        Forest {
            parent: (0..records as u32).collect(),
        }
    }

    pub(super) fn root(&mut self, mut record: u32) -> u32 {
        while self.parent[record as usize] != record {
            let grandparent = self.parent[self.parent[record as usize] as usize];
            self.parent[record as usize] = grandparent;
            record = grandparent;
        }
        record
    }

    /// Joins two sets by their roots; returns (the root that stays, the root that was).
    pub(super) fn join(&mut self, a: u32, b: u32) -> (u32, u32) {
        let (stays, was) = (a.min(b), a.max(b));
        self.parent[was as usize] = stays;
        (stays, was)
    }
}
