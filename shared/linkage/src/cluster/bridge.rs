//! Weak bridges: links without which a cluster falls into two groups of two records and more (Tarjan 1974, iterative).

use super::forest::Forest;

/// Two records to join, by their positions.
#[derive(Clone, Copy)]
pub(super) struct Link {
    pub(super) a: u32,
    pub(super) b: u32,
    /// Too little to hold two groups of records together.
    pub(super) is_weak: bool,
}

/// Joins records by links, the strongest first, without the weak bridges.
///
/// Of several candidates in a cluster the strongest are spared as long as that leaves no two groups joined by one of them:
/// a chain of single records is cut in few places, not shattered.
pub(super) fn cut_weak(records: usize, links: &[Link]) -> Forest {
    let mut is_candidate = vec![false; links.len()];
    if links.iter().any(|link| link.is_weak) {
        for position in Graph::new(records, links).bridges() {
            is_candidate[position as usize] = links[position as usize].is_weak;
        }
    }
    let mut forest = Forest::new(records);
    let mut size = vec![1u32; records];
    for is_second_pass in [false, true] {
        let candidates = is_candidate.iter();
        for (link, _) in links
            .iter()
            .zip(candidates)
            .filter(|(_, is)| **is == is_second_pass)
        {
            let (a, b) = (forest.root(link.a), forest.root(link.b));
            if a == b || is_second_pass && size[a as usize].min(size[b as usize]) > 1 {
                continue;
            }
            let (stays, was) = forest.join(a, b);
            size[stays as usize] += size[was as usize];
        }
    }
    forest
}

/// Adjacency in compressed rows: the edges of `record` are `edges[starts[record]..starts[record + 1]]`.
struct Graph {
    starts: Vec<u32>,
    /// (neighbour, position of the link)
    edges: Vec<(u32, u32)>,
}

impl Graph {
    fn new(records: usize, links: &[Link]) -> Graph {
        let mut starts = vec![0u32; records + 1];
        for link in links {
            starts[link.a as usize + 1] += 1;
            starts[link.b as usize + 1] += 1;
        }
        for record in 0..records {
            starts[record + 1] += starts[record];
        }
        let mut next = starts.clone();
        let mut edges = vec![(0, 0); links.len() * 2];
        for (position, link) in (0u32..).zip(links) {
            for (from, to) in [(link.a, link.b), (link.b, link.a)] {
                edges[next[from as usize] as usize] = (to, position);
                next[from as usize] += 1;
            }
        }
        Graph { starts, edges }
    }

    /// The positions of the links that are bridges with two records and more on both sides.
    fn bridges(&self) -> Vec<u32> {
        const NO_LINK: u32 = u32::MAX;
        struct Visit {
            record: u32,
            /// The link it was reached by.
            by: u32,
            next_edge: u32,
        }
        let records = self.starts.len() - 1;
        let mut found_at = vec![0u32; records]; // 0: not yet
        let mut low = vec![0u32; records];
        let mut size = vec![1u32; records];
        let mut clock = 0;
        let mut path: Vec<Visit> = Vec::new();
        let mut bridges = Vec::new();
        let mut below: Vec<(u32, u32)> = Vec::new(); // (link, records beyond it) in this component

        for root in 0..records as u32 {
            if found_at[root as usize] != 0 {
                continue;
            }
            let mut entering = Some((root, NO_LINK));
            loop {
                if let Some((record, by)) = entering.take() {
                    clock += 1;
                    found_at[record as usize] = clock;
                    low[record as usize] = clock;
                    path.push(Visit {
                        record,
                        by,
                        next_edge: self.starts[record as usize],
                    });
                }
                let Some(visit) = path.last_mut() else { break };
                let record = visit.record as usize;
                if visit.next_edge < self.starts[record + 1] {
                    let (neighbour, position) = self.edges[visit.next_edge as usize];
                    visit.next_edge += 1;
                    if position == visit.by {
                        continue;
                    }
                    match found_at[neighbour as usize] {
                        0 => entering = Some((neighbour, position)),
                        seen => low[record] = low[record].min(seen),
                    }
                } else {
                    let by = visit.by;
                    path.pop();
                    let Some(parent) = path.last().map(|visit| visit.record as usize) else {
                        break;
                    };
                    low[parent] = low[parent].min(low[record]);
                    size[parent] += size[record];
                    if low[record] > found_at[parent] {
                        below.push((by, size[record]));
                    }
                }
            }
            let all = size[root as usize];
            bridges.extend(
                below
                    .drain(..)
                    .filter(|&(_, n)| n.min(all - n) >= 2)
                    .map(|(position, _)| position),
            );
        }
        bridges
    }
}
