//! Pairwise and B-cubed measures of a clustering against the truth, exact and in linear time: pairs are counted in the
//! cells of the contingency table and never made.
//!
//! B-cubed: Bagga & Baldwin, "Entity-based cross-document coreferencing", 1998.

use std::collections::HashMap;

/// Each record's true entity and the customer it was given, both as small numbers.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    truth: Vec<u32>,
    customer: Vec<u32>,
    /// The cell of the contingency table: (entity, customer).
    cell: Vec<u32>,
}

impl Labels {
    /// Of as many records as both have; numbers should be dense, as memory goes by the greatest.
    pub fn new(truth: Vec<u32>, customer: Vec<u32>) -> Labels {
        let mut cells = HashMap::new();
        let cell = truth.iter().zip(&customer).map(|pair| {
            let next = cells.len() as u32;
            *cells.entry(pair).or_insert(next)
        });
        Labels {
            cell: cell.collect(),
            truth,
            customer,
        }
    }

    pub fn len(&self) -> usize {
        self.cell.len()
    }

    /// Distinct entities.
    pub fn truths(&self) -> u64 {
        distinct(&self.truth)
    }

    /// Distinct customers.
    pub fn customers(&self) -> u64 {
        distinct(&self.customer)
    }
}

fn distinct(labels: &[u32]) -> u64 {
    let sizes = sizes(labels, |_| true);
    sizes.iter().filter(|size| **size > 0).count() as u64
}

/// How many records that pass the test carry each label.
fn sizes(labels: &[u32], counts: impl Fn(usize) -> bool) -> Vec<u64> {
    let greatest = labels.iter().max().map_or(0, |label| *label as usize + 1);
    let mut sizes = vec![0; greatest];
    for (at, label) in labels.iter().enumerate() {
        sizes[*label as usize] += u64::from(counts(at));
    }
    sizes
}

/// Counts of unordered pairs of records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// One entity and one customer.
    pub agreed: u64,
    /// One customer.
    pub claimed: u64,
    /// One entity.
    pub expected: u64,
}

impl Pairs {
    pub fn precision(self) -> Option<f64> {
        (self.claimed > 0).then(|| self.agreed as f64 / self.claimed as f64)
    }

    pub fn recall(self) -> Option<f64> {
        (self.expected > 0).then(|| self.agreed as f64 / self.expected as f64)
    }
}

/// Counts the pairs in which at least one record is marked.
pub fn pairs(labels: &Labels, is_marked: impl Fn(usize) -> bool) -> Pairs {
    let count = |groups: &[u32]| -> u64 {
        // Of each group: all its pairs but those of two unmarked records.
        let all: u64 = sizes(groups, |_| true).into_iter().map(choose_two).sum();
        let unmarked: u64 = sizes(groups, |at| !is_marked(at))
            .into_iter()
            .map(choose_two)
            .sum();
        all - unmarked
    };
    Pairs {
        agreed: count(&labels.cell),
        claimed: count(&labels.customer),
        expected: count(&labels.truth),
    }
}

fn choose_two(n: u64) -> u64 {
    n * n.saturating_sub(1) / 2
}

/// Means over records; `None` of no record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bcubed {
    /// How much of a record's customer is of its entity.
    pub precision: Option<f64>,
    /// How much of a record's entity is in its customer.
    pub recall: Option<f64>,
}

pub fn bcubed(labels: &Labels) -> Bcubed {
    let truths = sizes(&labels.truth, |_| true);
    let customers = sizes(&labels.customer, |_| true);
    let cells = sizes(&labels.cell, |_| true);
    let (mut precision, mut recall) = (0.0, 0.0);
    for ((truth, customer), cell) in labels.truth.iter().zip(&labels.customer).zip(&labels.cell) {
        let both = cells[*cell as usize] as f64;
        precision += both / customers[*customer as usize] as f64;
        recall += both / truths[*truth as usize] as f64;
    }
    let mean = |sum: f64| (labels.len() > 0).then(|| sum / labels.len() as f64);
    Bcubed {
        precision: mean(precision),
        recall: mean(recall),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels(records: &[(u32, u32)]) -> Labels {
        let (truth, customer) = records.iter().copied().unzip();
        Labels::new(truth, customer)
    }

    /// The definitions, pair by pair.
    fn naive_pairs(records: &[(u32, u32)], marked: &[bool]) -> Pairs {
        let mut pairs = Pairs::default();
        for (at, (a, a_marked)) in records.iter().zip(marked).enumerate() {
            for (b, b_marked) in records.iter().zip(marked).take(at) {
                if *a_marked || *b_marked {
                    pairs.agreed += u64::from(a == b);
                    pairs.claimed += u64::from(a.1 == b.1);
                    pairs.expected += u64::from(a.0 == b.0);
                }
            }
        }
        pairs
    }

    fn naive_bcubed(records: &[(u32, u32)]) -> (f64, f64) {
        let (mut precision, mut recall) = (0.0, 0.0);
        for (truth, customer) in records {
            let of = |test: &dyn Fn(&(u32, u32)) -> bool| {
                records.iter().filter(|record| test(record)).count() as f64
            };
            let both = of(&|record| record.0 == *truth && record.1 == *customer);
            precision += both / of(&|record| record.1 == *customer);
            recall += both / of(&|record| record.0 == *truth);
        }
        let n = records.len() as f64;
        (precision / n, recall / n)
    }

    #[test]
    fn nothing_to_measure_is_no_measure() {
        let pairs = pairs(&labels(&[(1, 1), (2, 2)]), |_| true);
        assert_eq!((pairs.precision(), pairs.recall()), (None, None));
        let none = bcubed(&Labels::default());
        assert_eq!((none.precision, none.recall), (None, None));
    }

    #[test]
    fn one_wrong_merge_is_one_wrong_pair() {
        let pairs = pairs(&labels(&[(1, 1), (1, 1), (2, 1)]), |_| true);
        assert_eq!(pairs.precision(), Some(1.0 / 3.0));
        assert_eq!(pairs.recall(), Some(1.0));
    }

    proptest! {
        #[test]
        fn counting_in_cells_is_counting_pairs(
            records in prop::collection::vec(((0u32..6, 0u32..6), any::<bool>()), 1..60),
        ) {
            let (records, marked): (Vec<_>, Vec<_>) = records.into_iter().unzip();
            let labels = labels(&records);
            prop_assert_eq!(
                pairs(&labels, |at| marked[at]),
                naive_pairs(&records, &marked)
            );
            let exact = bcubed(&labels);
            let (precision, recall) = naive_bcubed(&records);
            prop_assert!((exact.precision.unwrap() - precision).abs() < 1e-9);
            prop_assert!((exact.recall.unwrap() - recall).abs() < 1e-9);
        }
    }
}
