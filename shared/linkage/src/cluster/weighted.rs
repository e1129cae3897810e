//! Clusters of scored pairs: match weights decide, for and against.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::union::Forest;
use super::{Clustering, Cut, CutReason};

/// Two records and their match weight in bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    pub a: u32,
    pub b: u32,
    pub weight: f32,
}

/// What one pair says for or against, in thousandths of a bit: two that agree do not outweigh one that contradicts.
const MOST_FOR: f32 = 5_000.0;
const MOST_AGAINST: f32 = -10_000.0;

/// A steward's word, and what it leaves of any sum of pairs.
const APART: i64 = i64::MIN / 4;
const KEPT_APART: i64 = APART / 2;

/// Clusters records by scored pairs: follows those of at least `least` bits, the strongest first, unless the pairs between
/// the two clusters speak against it in sum. That keeps one doubtful record from chaining others that contradict each
/// other: a greedy form of correlation clustering (Bansal, Blum and Chawla, 2004; Keuper and others, "greedy additive edge
/// contraction", 2015). A pair that is not among the edges says nothing, so give those of negative weight too, at least
/// where both records are in one of the [`components`].
///
/// `together` and `apart` are a steward's must-links and cannot-links; the latter stand above everything. The order does
/// not matter. Pairs that name a record twice, or one that is not there, are ignored; a pair that comes twice counts twice.
pub fn cluster_by_weight(
    records: usize,
    edges: &[Edge],
    least: f32,
    together: &[(u32, u32)],
    apart: &[(u32, u32)],
) -> Clustering {
    let is_pair = |a: u32, b: u32| a != b && (a.max(b) as usize) < records;
    let is_link = |edge: &Edge| is_pair(edge.a, edge.b) && edge.weight >= least;
    let mut clusters = Weighed {
        forest: Forest::new(records),
        between: HashMap::new(),
    };
    for edge in edges.iter().filter(|edge| is_pair(edge.a, edge.b)) {
        // What is not a number says nothing.
        let says = (edge.weight * 1000.0).clamp(MOST_AGAINST, MOST_FOR) as i64;
        clusters.add(edge.a, edge.b, says);
    }
    for &(a, b) in apart.iter().filter(|&&(a, b)| is_pair(a, b)) {
        clusters.add(a, b, APART);
    }

    let mut decided: Vec<(u32, u32)> = together
        .iter()
        .map(|&(a, b)| (a.min(b), a.max(b)))
        .collect();
    decided.retain(|&(a, b)| is_pair(a, b));
    decided.sort_unstable();
    for (a, b) in decided {
        clusters.join(a, b, |sum| sum > KEPT_APART);
    }
    let mut order: Vec<(usize, &Edge)> = edges.iter().enumerate().collect();
    order.retain(|(_, edge)| is_link(edge));
    order.sort_unstable_by_key(|(_, edge)| {
        let strength = Reverse((edge.weight * 1000.0) as i64);
        (strength, edge.a.min(edge.b), edge.a.max(edge.b))
    });
    for (_, edge) in &order {
        clusters.join(edge.a, edge.b, |sum| sum > 0);
    }

    let mut cut: Vec<Cut> = Vec::new();
    for (link, edge) in order {
        let (a, b) = (clusters.forest.root(edge.a), clusters.forest.root(edge.b));
        if a != b {
            let reason = match clusters.between(a, b) {
                ..KEPT_APART => CutReason::KeptApart,
                _ => CutReason::Contradiction,
            };
            cut.push(Cut { link, reason });
        }
    }
    cut.sort_unstable_by_key(|cut| cut.link);
    Clustering {
        cluster_of: (0..records as u32)
            .map(|record| clusters.forest.root(record))
            .collect(),
        cut,
    }
}

/// For every record the smallest position among those that pairs connect it to: what clustering cannot go beyond.
pub fn components(records: usize, pairs: impl IntoIterator<Item = (u32, u32)>) -> Vec<u32> {
    let mut forest = Forest::new(records);
    for (a, b) in pairs {
        if (a.max(b) as usize) < records {
            let (a, b) = (forest.root(a), forest.root(b));
            if a != b {
                forest.join(a, b);
            }
        }
    }
    (0..records as u32)
        .map(|record| forest.root(record))
        .collect()
}

/// Sets, and what the pairs between them say in sum.
struct Weighed {
    forest: Forest,
    /// By root, to other roots. Integers, so that sums do not depend on their order.
    between: HashMap<u32, HashMap<u32, i64>>,
}

impl Weighed {
    /// Before any join.
    fn add(&mut self, a: u32, b: u32, says: i64) {
        for (from, to) in [(a, b), (b, a)] {
            let sum = self.between.entry(from).or_default().entry(to).or_default();
            *sum = sum.saturating_add(says);
        }
    }

    fn between(&self, a: u32, b: u32) -> i64 {
        let sums = self.between.get(&a);
        sums.and_then(|sums| sums.get(&b))
            .copied()
            .unwrap_or_default()
    }

    /// Joins the clusters of two records when the sum between them is such.
    fn join(&mut self, a: u32, b: u32, is_good: impl Fn(i64) -> bool) {
        let (a, b) = (self.forest.root(a), self.forest.root(b));
        if a == b || !is_good(self.between(a, b)) {
            return;
        }
        let (stays, was) = self.forest.join(a, b);
        let theirs = self.between.remove(&was).unwrap_or_default();
        for (other, says) in theirs {
            if let Some(sums) = self.between.get_mut(&other) {
                sums.remove(&was);
            }
            if other != stays {
                self.add(stays, other, says);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edge(a: u32, b: u32, weight: f32) -> Edge {
        Edge { a, b, weight }
    }

    #[test]
    fn a_chain_does_not_join_what_contradicts() {
        let edges = [edge(0, 1, 6.0), edge(1, 2, 5.0), edge(0, 2, -12.0)];
        let clustering = cluster_by_weight(3, &edges, 4.0, &[], &[]);
        assert_eq!(clustering.cluster_of, [0, 0, 2]);
        let reason = CutReason::Contradiction;
        assert_eq!(clustering.cut, [Cut { link: 1, reason }]);
    }

    #[test]
    fn many_agreements_outweigh_a_slip() {
        let edges = [
            edge(0, 1, 9.0),
            edge(0, 2, 9.0),
            edge(1, 2, 9.0),
            edge(0, 3, 8.0),
            edge(1, 3, 8.0),
            edge(2, 3, -4.0),
        ];
        let clustering = cluster_by_weight(4, &edges, 4.0, &[], &[]);
        assert_eq!(clustering.cluster_of, [0; 4]);
    }

    #[test]
    fn weak_pairs_never_link() {
        let edges = [edge(0, 1, 3.9), edge(2, 3, f32::NAN)];
        assert_eq!(
            cluster_by_weight(4, &edges, 4.0, &[], &[]).cluster_of,
            [0, 1, 2, 3]
        );
    }

    #[test]
    fn a_steward_decides() {
        let edges = [edge(0, 1, 9.0), edge(1, 2, -20.0)];
        let clustering = cluster_by_weight(3, &edges, 4.0, &[(1, 2)], &[(1, 0)]);
        assert_eq!(clustering.cluster_of, [0, 1, 1]);
        let reason = CutReason::KeptApart;
        assert_eq!(clustering.cut, [Cut { link: 0, reason }]);
    }

    fn any_edges() -> impl Strategy<Value = Vec<Edge>> {
        let any_edge =
            (0u32..9, 0u32..9, -12i32..12).prop_map(|(a, b, weight)| edge(a, b, weight as f32));
        prop::collection::vec(any_edge, 0..30)
    }

    proptest! {
        #[test]
        fn the_order_does_not_matter(edges in any_edges(), turn in 0usize..30, apart in (0u32..9, 0u32..9)) {
            let mut other: Vec<Edge> = edges.iter().map(|e| edge(e.b, e.a, e.weight)).collect();
            other.rotate_left(turn.min(edges.len()));
            let clusters = |edges: &[Edge]| cluster_by_weight(8, edges, 3.0, &[], &[apart]).cluster_of;
            prop_assert_eq!(clusters(&edges), clusters(&other));
        }

        #[test]
        fn links_hold_clusters_together(edges in any_edges(), apart in (0u32..8, 0u32..8)) {
            let clustering = cluster_by_weight(8, &edges, 3.0, &[], &[apart]);
            let of = |record: u32| clustering.cluster_of[record as usize];
            let links = edges.iter().filter(|e| e.weight >= 3.0 && e.a.max(e.b) < 8);
            let within = links.filter(|e| of(e.a) == of(e.b)).map(|e| (e.a, e.b));
            prop_assert_eq!(components(8, within), clustering.cluster_of.clone());
            prop_assert!(apart.0 == apart.1 || of(apart.0) != of(apart.1));
        }
    }
}
