//! Clusters of scored pairs: match weights decide, for and against.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::bridge::{self, Link};
use super::forest::Forest;
use super::{Clustering, Cut, CutReason};

/// Two records and their match weight in bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    pub a: u32,
    pub b: u32,
    pub weight: f32,
    /// Too little to hold two groups of two records and more together alone.
    pub is_weak: bool,
}

/// A steward's must-links and cannot-links. The latter stand above everything.
#[derive(Clone, Copy, Debug, Default)]
pub struct Decisions<'a> {
    pub together: &'a [(u32, u32)],
    pub apart: &'a [(u32, u32)],
}

/// What one pair says for or against, in thousandths of a bit: two that agree do not outweigh one that contradicts.
const MOST_FOR: f32 = 5_000.0;
const MOST_AGAINST: f32 = -10_000.0;

/// A steward's word, and what it leaves of any sum of pairs.
const APART: i64 = i64::MIN / 4;
const KEPT_APART: i64 = APART / 2;

/// Clusters records by scored pairs: follows those of at least `least` bits, the strongest first, unless the pairs between the two clusters
/// speak against it in sum; then cuts weak bridges. That keeps one doubtful record from chaining others that contradict each
/// other: a greedy form of correlation clustering (Bansal, Blum and Chawla, 2004; Keuper and others, "greedy additive edge
/// contraction", 2015). A pair that is not among the edges says nothing, so give those of negative weight too, at least
/// where both records are in one of the [`components`].
///
/// The order does not matter. Pairs that name a record twice, or one that is not there, are ignored; a pair that comes twice
/// counts twice.
pub fn cluster(records: usize, edges: &[Edge], least: f32, decisions: Decisions<'_>) -> Clustering {
    let is_pair = |a: u32, b: u32| a != b && (a.max(b) as usize) < records;
    let mut clusters = Weighed {
        forest: Forest::new(records),
        between: HashMap::new(),
    };
    for edge in edges.iter().filter(|edge| is_pair(edge.a, edge.b)) {
        // What is not a number says nothing.
        let says = (edge.weight * 1000.0).clamp(MOST_AGAINST, MOST_FOR) as i64;
        clusters.add(edge.a, edge.b, says);
    }
    let apart = decisions.apart.iter();
    for &(a, b) in apart.filter(|&&(a, b)| is_pair(a, b)) {
        clusters.add(a, b, APART);
    }

    let together = decisions.together.iter();
    let mut together: Vec<(u32, u32)> = together.map(|&(a, b)| (a.min(b), a.max(b))).collect();
    together.retain(|&(a, b)| is_pair(a, b));
    together.sort_unstable();
    let firm = |(a, b): (u32, u32)| Link {
        a,
        b,
        is_weak: false,
    };
    let mut followed: Vec<Link> = Vec::with_capacity(together.len() + edges.len());
    for (a, b) in together {
        if clusters.join(a, b, |sum| sum > KEPT_APART) {
            followed.push(firm((a, b)));
        }
    }
    let mut order: Vec<(usize, &Edge)> = edges.iter().enumerate().collect();
    order.retain(|(_, edge)| is_pair(edge.a, edge.b) && edge.weight >= least);
    order.sort_unstable_by_key(|(_, edge)| {
        let strength = Reverse((edge.weight * 1000.0) as i64);
        (strength, edge.a.min(edge.b), edge.a.max(edge.b))
    });
    for (_, edge) in &order {
        if clusters.join(edge.a, edge.b, |sum| sum > 0) {
            followed.push(Link {
                is_weak: edge.is_weak,
                ..firm((edge.a.min(edge.b), edge.a.max(edge.b)))
            });
        }
    }

    let mut forest = bridge::cut_weak(records, &followed);
    let mut cut: Vec<Cut> = Vec::new();
    for (link, edge) in order {
        if forest.root(edge.a) == forest.root(edge.b) {
            continue;
        }
        let (a, b) = (clusters.forest.root(edge.a), clusters.forest.root(edge.b));
        let reason = match clusters.between(a, b) {
            _ if a == b => CutReason::WeakBridge,
            ..KEPT_APART => CutReason::KeptApart,
            _ => CutReason::Contradiction,
        };
        cut.push(Cut { link, reason });
    }
    cut.sort_unstable_by_key(|cut| cut.link);
    Clustering {
        cluster_of: (0..records as u32)
            .map(|record| forest.root(record))
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

    /// Joins the clusters of two records when the sum between them is such; says whether they are in one.
    fn join(&mut self, a: u32, b: u32, is_good: impl Fn(i64) -> bool) -> bool {
        let (a, b) = (self.forest.root(a), self.forest.root(b));
        if a == b {
            return true;
        }
        if !is_good(self.between(a, b)) {
            return false;
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
        true
    }
}

#[cfg(test)]
mod tests;
