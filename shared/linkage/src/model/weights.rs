//! Match weights: what a model makes of a comparison vector, term by term.

use super::{Estimate, Model};
use crate::comparison::{Comparison, Frequency, TermFrequency};
use crate::step::{Outline, SEVERAL};
use crate::vector::{MOST_COMPARISONS, MOST_LEVELS, Vector};

/// Records of one entity that may share an identifying value before it counts as common.
const RECORDS_OF_ONE: f64 = 10.0;

/// Nothing is rarer: a name that one record in ten million bears.
const RAREST: f64 = 1e-7;

/// Records that the usual frequency of a value is worth: a name that three of five records bear is not that common.
const USUAL_RECORDS: f64 = 2.0;

/// Forms that typing errors give a name, of which all are equally likely, as it were.
const MISTYPED_FORMS: f64 = 30.0;

/// Share of records in which a name is mistyped.
const MISTYPED_SHARE: f64 = 0.03;

/// Factors of two that numbers of holders span, and none.
const RARITIES: usize = u32::BITS as usize + 1;

/// Bits that a sum of [`MOST_COMPARISONS`] numbers of 32 bits may lack.
const ROUNDED: f64 = 0.001;

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
    /// Bits that a pair weighs at most beyond its comparisons: the prior, what tells two from relatives, and what rounding
    /// to 32 bits loses.
    beyond: f64,
    /// By comparison and level.
    terms: Vec<[Term; MOST_LEVELS]>,
    /// Bits that a comparison weighs at most: of values that are equal, by how many hold them (see [`Weights::rarity`]); that
    /// are not equal; and whatever they are.
    equal: [[f32; RARITIES]; MOST_COMPARISONS],
    unequal: [f32; MOST_COMPARISONS],
    any: [f32; MOST_COMPARISONS],
}

#[derive(Clone, Copy, Debug)]
struct Term {
    /// `log2(m / u)`
    weight: f64,
    /// With the greatest adjustment for the frequency of values.
    most: f64,
    /// `log2(relatives / u)`
    relatives: f64,
    term_frequency: TermFrequency,
    /// `u` of the level, and of full agreement: the frequency of the average value.
    u: f64,
    usual: f64,
    /// Weight of full agreement.
    full: f64,
    /// Records with a value: 0 when they were not counted.
    filled: f64,
    /// Records of one entity that may hold a value, and floor of the frequency of others.
    own: f64,
    rarest: f64,
    is_shared_by_relatives: bool,
}

/// One term of a match weight, as a waterfall chart shows it.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
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
            let mut terms = [Term::MISSING; MOST_LEVELS];
            for (place, term) in terms
                .iter_mut()
                .skip(1)
                .zip(Term::all(comparison, estimates, filled))
            {
                *place = term;
            }
            terms
        });
        let terms: Vec<[Term; MOST_LEVELS]> = terms.collect();
        let mut equal = [[0.0; RARITIES]; MOST_COMPARISONS];
        let (mut unequal, mut any) = ([0.0; MOST_COMPARISONS], [0.0; MOST_COMPARISONS]);
        for (at, (terms, comparison)) in terms.iter().zip(comparisons).enumerate() {
            // Other values may make the level missing, which weighs nothing.
            let least = match comparison.name {
                "given_name" | "family_name" | "birth_date" | "city" => 0.0,
                _ => f64::NEG_INFINITY,
            };
            let levels = terms.get(1..=comparison.levels.len()).unwrap_or_default();
            let less = levels.get(1..).unwrap_or_default();
            let most = |levels: &[Term]| levels.iter().map(|term| term.most).fold(least, f64::max);
            (unequal[at], any[at]) = (most(less) as f32, most(levels) as f32);
            for (rarity, most) in equal[at].iter_mut().enumerate() {
                // The fewest of that rarity: the more, the less their agreement weighs.
                let holders = [(1u64 << rarity >> 1).min(u64::from(u32::MAX)) as u32; 2];
                let weights = levels
                    .iter()
                    .map(|term| term.weight + term.adjustment(holders));
                *most = weights.fold(least, f64::max) as f32;
            }
        }
        let (prior, odds) = (model.prior, model.prior / (1.0 - model.prior));
        let relatives = (model.relatives_per_match * prior / (1.0 - prior)).min(0.5);
        Weights {
            comparisons,
            prior: odds.log2(),
            relatives,
            beyond: odds.log2() - (1.0 - relatives).log2() + ROUNDED,
            equal,
            unequal,
            any,
            terms,
        }
    }

    /// The match weight of a pair: bits. `holders`, in the order of the entity's comparisons: how many records hold the
    /// value of the one side, and of the other (of several values, the most common one); 0, or none, where that is not
    /// known.
    pub fn match_weight(&self, vector: Vector, holders: &[[u32; 2]]) -> f64 {
        let mut sum = self.prior;
        let mut relatives = 0.0;
        self.visit(vector, holders, |_, _, term, adjustment| {
            sum += term.weight + adjustment;
            relatives += term.against_relatives(adjustment);
        });
        sum + self.loss_to_relatives(relatives)
    }

    /// Bits that a level of a comparison weighs at most, whatever the values.
    pub(crate) fn most(&self, at: usize, level: u8) -> f64 {
        let terms = self.terms.get(at);
        let term = terms.and_then(|terms| terms.get(usize::from(level)));
        term.map_or(0.0, |term| term.most)
    }

    /// How rare a value is that so many records hold: by factors of two. 0 where that is not known.
    pub fn rarity(holders: u32) -> u8 {
        (u32::BITS - holders.leading_zeros()) as u8
    }

    /// What is known of a record before it is compared: by comparison, a number that equal values alone share (0: missing;
    /// see [`SEVERAL`](crate::SEVERAL)), and how rare the value is.
    pub fn outline(
        &self,
        values: &[u32; MOST_COMPARISONS],
        rarities: &[u8; MOST_COMPARISONS],
    ) -> Outline {
        let mut equal = [0.0; MOST_COMPARISONS];
        for ((most, of_rarities), rarity) in equal.iter_mut().zip(&self.equal).zip(rarities) {
            *most = of_rarities[usize::from(*rarity) % RARITIES];
        }
        Outline {
            values: *values,
            equal,
        }
    }

    /// By comparison, bits that it weighs at most, before it is made.
    pub(crate) fn best(&self, (a, b): (&Outline, &Outline)) -> [f32; MOST_COMPARISONS] {
        let mut best = [0.0; MOST_COMPARISONS];
        for (at, most) in best.iter_mut().enumerate() {
            let (x, y) = (a.values[at], b.values[at]);
            let unlike = match (x | y) & SEVERAL {
                0 => self.unequal[at],
                _ => self.any[at],
            };
            let known = if x == y { a.equal[at] } else { unlike };
            *most = if x == 0 || y == 0 { 0.0 } else { known };
        }
        best
    }

    /// Match weight that no pair whose comparisons weigh at most so much exceeds.
    pub(crate) fn bound(&self, best: &[f32; MOST_COMPARISONS]) -> f64 {
        f64::from(best.iter().sum::<f32>()) + self.beyond
    }

    /// Bits of what is compared beyond names: where it is not above 0, the pair may be of namesakes, however rare the name is
    /// among these records.
    pub fn weight_beyond_names(&self, vector: Vector, holders: &[[u32; 2]]) -> f64 {
        let mut sum = 0.0;
        self.visit(vector, holders, |at, _, term, adjustment| {
            if self
                .comparisons
                .get(at)
                .is_some_and(Comparison::is_beyond_names)
            {
                sum += term.weight + adjustment;
            }
        });
        sum
    }

    /// The terms that sum up to the match weight, the prior first and relatives last.
    pub fn explain(&self, vector: Vector, holders: &[[u32; 2]]) -> Vec<Part> {
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
    fn visit(
        &self,
        vector: Vector,
        holders: &[[u32; 2]],
        mut see: impl FnMut(usize, u8, &Term, f64),
    ) {
        let mut rest = vector.0;
        let mut at = 0;
        while rest != 0 && at < MOST_COMPARISONS {
            let skipped = rest.trailing_zeros() as usize / 4;
            at += skipped;
            rest >>= 4 * skipped;
            let level = (rest & 15) as u8;
            let terms = self.terms.get(at);
            if let Some(term) = terms.and_then(|terms| terms.get(usize::from(level))) {
                let here = holders.get(at).copied().unwrap_or_default();
                let adjustment = match (term.term_frequency, self.terms.get(at + 1)) {
                    (TermFrequency::OfBoth, Some([_, next, ..])) => {
                        let there = holders.get(at + 1).copied().unwrap_or_default();
                        (term.full(here) + next.full(there) - term.weight).min(0.0)
                    }
                    _ => term.adjustment(here),
                };
                see(at, level, term, adjustment);
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
    const MISSING: Term = Term {
        weight: 0.0,
        most: 0.0,
        relatives: 0.0,
        term_frequency: TermFrequency::Ignored,
        u: 1.0,
        usual: 1.0,
        full: 0.0,
        filled: 0.0,
        own: 0.0,
        rarest: 1.0,
        is_shared_by_relatives: false,
    };

    /// The terms of a comparison's levels.
    fn all(comparison: &Comparison, estimates: &[Estimate], filled: u64) -> Vec<Term> {
        let weight = |estimate: &Estimate| (estimate.m / estimate.u).log2();
        let usual = estimates.first().map_or(1.0, |exact| exact.u);
        let full = estimates.first().map_or(0.0, weight);
        let (own, rarest) = match comparison.frequency {
            // A name that nobody else bears is rarer than one record of these.
            Frequency::OfNames => (1.0, RAREST.max(0.5 / (filled as f64 + USUAL_RECORDS))),
            Frequency::OfIdentities => (RECORDS_OF_ONE, usual),
            Frequency::Ignored => (0.0, 1.0),
        };
        let last = estimates.len().saturating_sub(1);
        let mut weakest = full;
        let levels = estimates.iter().zip(comparison.levels).enumerate();
        let terms = levels.map(|(at, (estimate, level))| {
            let learned = weight(estimate);
            // No agreement in part weighs more than agreement in full, none less than disagreement.
            let weight = match level.term_frequency {
                _ if at == last => learned.min(weakest),
                TermFrequency::OfBoth => learned,
                _ => learned.min(full),
            };
            weakest = weakest.min(weight);
            let term = Term {
                weight,
                most: weight,
                relatives: (estimate.relatives / estimate.u).log2() + weight - learned,
                term_frequency: level.term_frequency,
                u: estimate.u,
                usual,
                full,
                filled: filled as f64,
                own,
                rarest,
                is_shared_by_relatives: comparison.is_shared_by_relatives,
            };
            Term {
                most: weight + term.greatest_adjustment(),
                ..term
            }
        });
        terms.collect()
    }

    /// Shares of the records with a value that hold the commoner and the rarer of two values, without the pair's own. The
    /// commoner one is blended with the usual frequency.
    fn shares(&self, holders: [u32; 2]) -> Option<(f64, f64)> {
        if holders.contains(&0) || self.filled == 0.0 {
            return None;
        }
        let others = |records: u32| (f64::from(records) - self.own).max(0.0);
        let [x, y] = holders;
        let common = others(x.max(y)) + USUAL_RECORDS * self.usual;
        Some((
            (common / (self.filled + USUAL_RECORDS)).clamp(self.rarest, 1.0),
            (others(x.min(y)) / self.filled).clamp(0.0, 1.0),
        ))
    }

    /// Weight of full agreement in the commoner of two values.
    fn full(&self, holders: [u32; 2]) -> f64 {
        let by_common = |(common, _): (f64, f64)| (self.usual / common).log2();
        self.full + self.shares(holders).map_or(0.0, by_common)
    }

    /// Bits for the frequency of the values: `log2` of the average chance of strangers to agree so, to that with these
    /// values. Never more than brings the level to full agreement in the commoner value.
    fn adjustment(&self, holders: [u32; 2]) -> f64 {
        let Some((common, rarer)) = self.shares(holders) else {
            return 0.0;
        };
        let adjustment = match self.term_frequency {
            TermFrequency::Ignored | TermFrequency::OfBoth => return 0.0,
            TermFrequency::OfCommon(share) => share * (self.usual / common).log2(),
            TermFrequency::OfMistyped => {
                let mistyped = MISTYPED_FORMS * rarer + MISTYPED_SHARE * common;
                (self.u / (mistyped + 0.5 * self.u)).log2()
            }
        };
        adjustment.min(self.full(holders) - self.weight)
    }

    /// That of the rarest values, none below 0: without frequencies nothing is adjusted.
    fn greatest_adjustment(&self) -> f64 {
        let rarest = match self.term_frequency {
            TermFrequency::Ignored | TermFrequency::OfBoth => 0.0,
            TermFrequency::OfCommon(share) => share * (self.usual / self.rarest).log2(),
            TermFrequency::OfMistyped => {
                (self.u / (MISTYPED_SHARE * self.rarest + 0.5 * self.u)).log2()
            }
        };
        rarest.max(0.0)
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

/// Match probability from which a pair is merged without being asked about: one for all data. It is that of the most
/// doubtful pair; most lie far above it.
pub const AUTO_MERGE: f64 = 0.94;

/// Match weight in bits of a probability in 0..1, exclusive.
pub fn match_weight_of(probability: f64) -> f64 {
    (probability / (1.0 - probability)).log2()
}

/// Probability of a match weight in bits.
pub fn probability(match_weight: f64) -> f64 {
    1.0 / (1.0 + (-match_weight).exp2())
}
