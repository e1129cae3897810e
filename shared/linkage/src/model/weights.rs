//! Match weights: what a model makes of a comparison vector, term by term.

use super::Model;
use crate::comparison::{Comparison, Frequency};
use crate::vector::{MOST_COMPARISONS, MOST_LEVELS, Vector};

/// Records of one entity that may share an identifying value before it counts as common.
const RECORDS_OF_ONE: f64 = 10.0;

/// Nothing is rarer: a name that one record in ten million bears.
const RAREST: f64 = 1e-7;

/// A model made ready to weigh pairs. Weights are base-2 logarithms of Bayes factors (bits), as in Splink: the match
/// weight is the prior's and those of all terms, summed; a weight of 0 is a probability of one half.
///
/// Its terms: the prior; each comparison's level, `log2(m / u)`; each level's term frequency; and relatives. The last is
/// what the pair loses because two relatives explain it as well as one person: in family name, address and phone they are
/// as alike. It makes the weight `log2` of match against *stranger or relative*, rather than against stranger.
#[derive(Clone, Debug)]
pub struct Weights {
    comparisons: &'static [Comparison],
    prior: f64,
    /// Share of relatives among pairs that are no match.
    relatives: f64,
    /// By comparison and level.
    terms: Vec<[Term; MOST_LEVELS]>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Term {
    /// `log2(m / u)`
    weight: f64,
    /// `log2(relatives / u)`
    relatives: f64,
    /// Share of the term-frequency adjustment.
    share: f64,
    /// Of full agreement, `log2(u)`: the frequency of the average value.
    usual: f64,
    /// Records with a value: 0 when they were not counted.
    filled: f64,
    /// Records of one entity that may hold a value, and floor of the frequency of others.
    own: f64,
    rarest: f64,
    is_shared_by_relatives: bool,
}

/// One term of a match weight, as a waterfall chart shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// A comparison's name, `prior` or `relatives`.
    pub comparison: &'static str,
    /// The level's name; `term_frequency`; or empty.
    pub level: &'static str,
    /// Bits.
    pub weight: f64,
}

impl Weights {
    /// `filled`, in the order of the entity's comparisons: how many records have a value at all. Without it, or with 0,
    /// there is no term-frequency adjustment.
    pub fn new(model: &Model, filled: &[u64]) -> Weights {
        let comparisons = model.entity.comparisons();
        let filled = filled.iter().copied().chain(std::iter::repeat(0));
        let levels = comparisons.iter().zip(&model.levels).zip(filled);
        let terms = levels.map(|((comparison, estimates), filled)| {
            let mut terms = [Term::default(); MOST_LEVELS];
            let usual = estimates.first().map_or(1.0, |exact| exact.u);
            let (own, rarest) = match comparison.frequency {
                // A name that nobody else bears is rarer than one record of these.
                Frequency::OfNames => (1.0, RAREST.max(0.5 / filled.max(1) as f64)),
                Frequency::OfIdentities => (RECORDS_OF_ONE, usual),
                Frequency::Ignored => (0.0, 1.0),
            };
            let mut weakest = f64::INFINITY;
            let last = estimates.len();
            for (at, (estimate, level)) in estimates.iter().zip(comparison.levels).enumerate() {
                let weight = (estimate.m / estimate.u).log2();
                // No agreement in part weighs more than agreement in full, none less than disagreement.
                let weight = match at {
                    0 => weight,
                    _ if at + 1 == last => weight.min(weakest),
                    _ => weight.min(terms.get(1).map_or(weight, |exact| exact.weight)),
                };
                weakest = weakest.min(weight);
                if let Some(term) = terms.get_mut(at + 1) {
                    *term = Term {
                        weight,
                        relatives: (estimate.relatives / estimate.u).log2(),
                        share: level.frequency,
                        usual: usual.log2(),
                        filled: filled as f64,
                        rarest,
                        own,
                        is_shared_by_relatives: comparison.is_shared_by_relatives,
                    };
                }
            }
            terms
        });
        let (prior, odds) = (model.prior, model.prior / (1.0 - model.prior));
        Weights {
            comparisons,
            prior: odds.log2(),
            relatives: (model.relatives_per_match * prior / (1.0 - prior)).min(0.5),
            terms: terms.collect(),
        }
    }

    /// The match weight of a pair: bits. `holders`, in the order of the entity's comparisons: how many records hold the
    /// value, of two different values the more common one; 0, or none, where that is not known.
    pub fn match_weight(&self, vector: Vector, holders: &[u32]) -> f64 {
        let mut sum = self.prior;
        let mut relatives = 0.0;
        self.visit(vector, holders, |_, _, term, adjustment| {
            sum += term.weight + adjustment;
            relatives += term.against_relatives(adjustment);
        });
        sum + self.loss_to_relatives(relatives)
    }

    /// The terms that sum up to the match weight, the prior first and relatives last.
    pub fn explain(&self, vector: Vector, holders: &[u32]) -> Vec<Part> {
        let part = |comparison, level, weight| Part {
            comparison,
            level,
            weight,
        };
        let mut parts = vec![part("prior", "", self.prior)];
        let mut relatives = 0.0;
        self.visit(vector, holders, |at, level, term, adjustment| {
            if let Some(comparison) = self.comparisons.get(at) {
                let known = usize::from(level).checked_sub(1);
                let level = known.and_then(|level| comparison.levels.get(level));
                parts.push(part(
                    comparison.name,
                    level.map_or("", |level| level.name),
                    term.weight,
                ));
                if adjustment != 0.0 {
                    parts.push(part(comparison.name, "term_frequency", adjustment));
                }
            }
            relatives += term.against_relatives(adjustment);
        });
        parts.push(part("relatives", "", self.loss_to_relatives(relatives)));
        parts
    }

    /// Calls `see(comparison, level, term, adjustment)` for each level that is not missing.
    fn visit(&self, vector: Vector, holders: &[u32], mut see: impl FnMut(usize, u8, &Term, f64)) {
        let mut rest = vector.0;
        let mut at = 0;
        while rest != 0 && at < MOST_COMPARISONS {
            let skipped = rest.trailing_zeros() as usize / 4;
            at += skipped;
            rest >>= 4 * skipped;
            let level = (rest & 15) as u8;
            if let Some(term) = self
                .terms
                .get(at)
                .and_then(|terms| terms.get(usize::from(level)))
            {
                let holders = holders.get(at).copied().unwrap_or_default();
                see(at, level, term, term.adjustment(holders));
            }
            rest >>= 4;
            at += 1;
        }
    }

    /// Bits, never above those that come from rounding.
    fn loss_to_relatives(&self, relatives: f64) -> f64 {
        -(1.0 - self.relatives + self.relatives * relatives.min(1000.0).exp2()).log2()
    }
}

impl Term {
    fn adjustment(&self, holders: u32) -> f64 {
        if self.share == 0.0 || holders == 0 || self.filled == 0.0 {
            return 0.0;
        }
        let others = ((f64::from(holders) - self.own) / self.filled).clamp(self.rarest, 1.0);
        self.share * (self.usual - others.log2())
    }

    /// `log2` of relatives against strangers. Relatives share a value as relatives do, however rare it is; what they share
    /// by chance, they share as strangers do.
    fn against_relatives(&self, adjustment: f64) -> f64 {
        if self.is_shared_by_relatives {
            self.relatives + adjustment
        } else {
            self.relatives
        }
    }
}

/// Probability of a match weight in bits.
pub fn probability(match_weight: f64) -> f64 {
    1.0 / (1.0 + (-match_weight).exp2())
}
