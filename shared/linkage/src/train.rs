//! Training without labels: u from random pairs, m and the prior by expectation maximization over blocked ones. Where somebody has
//! decided on pairs, what was decided counts for all pairs that look like them.

use crate::comparison::Entity;
use crate::model::{Estimate, Model, RELATIVES_PER_MATCH};
use crate::vector::Vector;
use std::collections::BTreeMap;

/// Pairs by their comparison vector: (vector, pairs). Vectors may repeat, in any order: `GROUP BY vector`.
pub type Counts = Vec<(Vector, u64)>;

impl Decided {
    /// One decision.
    pub fn on(vector: Vector, is_same: bool) -> Decided {
        let same = u64::from(is_same);
        Decided {
            vector,
            same,
            distinct: 1 - same,
        }
    }
}

/// What a model is trained on. All of it may be empty: the shipped model is what remains.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// How many pairs of records there are at all: `n (n - 1) / 2`, or the product of two sources that are only linked.
    pub pairs: u64,
    /// Random pairs among them, a million say; of few records, all pairs.
    pub random: Counts,
    /// Pairs of different blocking rules, each by itself.
    pub passes: Vec<Pass>,
    /// The pairs of all blocking rules together, each once: those that will be scored.
    pub candidates: Counts,
    /// Pairs that somebody has decided on.
    pub decided: Vec<Decided>,
}

/// Decisions on pairs of one comparison vector.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decided {
    pub vector: Vector,
    pub same: u64,
    pub distinct: u64,
}

/// Pairs that a blocking rule brings.
#[derive(Clone, Debug, Default)]
pub struct Pass {
    /// Names of the comparisons that the rule makes agree: it can say nothing of them.
    pub blocked: Vec<String>,
    pub pairs: Counts,
}

/// Pairs that the shipped m are worth, and the share of them beside any number of pairs: a model is never far from sense.
const PRIOR_MATCHES: f64 = 100.0;
const PRIOR_SHARE: f64 = 0.05;

/// Matches that the shipped number of relatives per match is worth.
const PRIOR_RELATIVES: f64 = 10.0;

/// Decisions on pairs that look alike that what the model says of them is worth.
const PRIOR_DECISIONS: f64 = 10.0;

/// Random pairs that the shipped u are worth.
const PRIOR_RANDOM: f64 = 500.0;

/// An estimate stays within this factor below the shipped one: levels that were never seen are rare, not impossible.
const FLOOR: f64 = 1.0 / 8.0;

/// Records that the shipped u are meant for; with more of them the floor of u sinks.
const SHIPPED_RECORDS: f64 = 100_000.0;

const MOST_ROUNDS: usize = 60;
const SETTLED: f64 = 1e-5;

/// A model of the evidence. The order of it does not matter.
///
/// Pairs are a mixture of one entity, two strangers, and two relatives (see [`Weights`](crate::Weights)); the last keeps
/// households from being taken for people who look alike. A blocking pass has shares of its own, and says nothing of what
/// it blocks on. The shipped probabilities are blended in as counts of pairs.
pub fn train(entity: Entity, evidence: &Evidence) -> Model {
    let mut model = Model::shipped(entity);
    let random = sorted(&evidence.random);
    let passes: Vec<Blocked> = evidence
        .passes
        .iter()
        .map(|pass| Blocked::new(entity, pass))
        .collect();
    let candidates = sorted(&evidence.candidates);
    let decided = Decisions::new(&evidence.decided);
    let pairs = evidence.pairs.max(1) as f64;
    let mut shares: Vec<[f64; 3]> = vec![[0.1, 0.1, 0.8]; passes.len()];
    model.prior = (1.0 / pairs).clamp(1e-12, 0.001);
    // Strangers are told first: what random pairs are, before what looks like a match is taken from them.
    update_strangers(&mut model, &random, &decided, pairs, true);

    for _ in 0..MOST_ROUNDS {
        let before = model.clone();
        let mut counts = Tally::new(entity);
        for (pass, share) in passes.iter().zip(&mut shares) {
            let mut mass = [1.0, 1.0, 8.0];
            for &(vector, pairs) in &pass.pairs {
                let thought = model.responsibility(vector, pass.seen, *share);
                let [is_match, is_relative, is_stranger] = decided.told(vector, thought);
                counts.add(vector, pass.seen, is_match * pairs);
                mass[0] += is_match * pairs;
                mass[1] += is_relative * pairs;
                mass[2] += is_stranger * pairs;
            }
            let all: f64 = mass.iter().sum();
            *share = mass.map(|part| part / all);
        }
        let found = update_prior(&mut model, &candidates, &decided, pairs);
        update_matches(&mut model, counts.or(found));
        update_strangers(&mut model, &random, &decided, pairs, false);
        if distance(&before, &model) < SETTLED {
            break;
        }
    }
    model.rounded()
}

/// By vector: same, distinct.
struct Decisions(BTreeMap<Vector, [f64; 2]>);

impl Decisions {
    fn new(decided: &[Decided]) -> Decisions {
        let mut decisions: BTreeMap<Vector, [f64; 2]> = BTreeMap::new();
        for one in decided {
            let [same, distinct] = decisions.entry(one.vector).or_default();
            *same += one.same as f64;
            *distinct += one.distinct as f64;
        }
        Decisions(decisions)
    }

    /// What a pair is thought to be (one entity, relatives, strangers), with what was decided on pairs that look like it: the share of
    /// one entity has a beta prior around what the model says.
    fn told(&self, vector: Vector, thought: [f64; 3]) -> [f64; 3] {
        let Some([same, distinct]) = self.0.get(&vector) else {
            return thought;
        };
        let [is_match, is_relative, is_stranger] = thought;
        let told = (PRIOR_DECISIONS * is_match + same) / (PRIOR_DECISIONS + same + distinct);
        match is_relative + is_stranger {
            others if others > 0.0 => {
                let scale = (1.0 - told) / others;
                [told, scale * is_relative, scale * is_stranger]
            }
            _ => [told, 0.0, 1.0 - told],
        }
    }
}

struct Blocked {
    /// Bit of each comparison that the pass may look at.
    seen: u16,
    pairs: Vec<(Vector, f64)>,
}

impl Blocked {
    fn new(entity: Entity, pass: &Pass) -> Blocked {
        let blocked = pass.blocked.iter().filter_map(|name| entity.position(name));
        Blocked {
            seen: blocked.fold(!0, |seen, position| seen & !(1 << position)),
            pairs: sorted(&pass.pairs),
        }
    }
}

/// Each vector once, in order: sums of floats do not depend on how the counts came.
fn sorted(counts: &Counts) -> Vec<(Vector, f64)> {
    let mut counts = counts.clone();
    counts.sort_unstable();
    let mut sums: Vec<(Vector, f64)> = Vec::new();
    for (vector, pairs) in counts {
        match sums.last_mut() {
            Some((last, sum)) if *last == vector => *sum += pairs as f64,
            _ => sums.push((vector, pairs as f64)),
        }
    }
    sums
}

impl Model {
    /// Probabilities that a pair is of one entity, of relatives, of strangers, given the shares of these among the pairs.
    fn responsibility(&self, vector: Vector, seen: u16, share: [f64; 3]) -> [f64; 3] {
        let mut likelihood = share;
        for (comparison, level) in vector.levels().filter(|(at, _)| seen >> at & 1 == 1) {
            let estimates = self.levels.get(comparison);
            let level = usize::from(level).checked_sub(1);
            if let Some(estimate) = estimates.zip(level).and_then(|(all, level)| all.get(level)) {
                likelihood[0] *= estimate.m;
                likelihood[1] *= estimate.relatives;
                likelihood[2] *= estimate.u;
            }
        }
        let all: f64 = likelihood.iter().sum();
        if all > 0.0 {
            likelihood.map(|part| part / all)
        } else {
            [0.0, 0.0, 1.0]
        }
    }

    /// To nine digits, which every reader of numbers gives back as they were written.
    fn rounded(mut self) -> Model {
        let round = |p: f64| {
            let scale = 10f64.powi(8 - p.log10().floor() as i32);
            (p * scale).round() / scale
        };
        self.prior = round(self.prior);
        self.relatives_per_match = round(self.relatives_per_match);
        for estimate in self.levels.iter_mut().flatten() {
            estimate.m = round(estimate.m);
            estimate.u = round(estimate.u);
        }
        self
    }

    fn random_share(&self) -> [f64; 3] {
        let relatives = (self.prior * self.relatives_per_match).min(0.5);
        [self.prior, relatives, 1.0 - self.prior - relatives]
    }
}

/// Pairs by comparison and level.
struct Tally(Vec<Vec<f64>>);

impl Tally {
    fn new(entity: Entity) -> Tally {
        let comparisons = entity.comparisons().iter();
        Tally(
            comparisons
                .map(|comparison| vec![0.0; comparison.levels.len()])
                .collect(),
        )
    }

    fn add(&mut self, vector: Vector, seen: u16, pairs: f64) {
        for (comparison, level) in vector.levels().filter(|(at, _)| seen >> at & 1 == 1) {
            let levels = self.0.get_mut(comparison);
            let level = usize::from(level).checked_sub(1);
            if let Some(count) = levels
                .zip(level)
                .and_then(|(all, level)| all.get_mut(level))
            {
                *count += pairs;
            }
        }
    }
}

impl Tally {
    /// With the levels of the candidates for what no pass could say anything of. They are the better half of the matches,
    /// those that share a key, but the data's own.
    fn or(mut self, found: Tally) -> Tally {
        for (counts, found) in self.0.iter_mut().zip(found.0) {
            if counts.iter().all(|pairs| *pairs == 0.0) {
                *counts = found;
            }
        }
        self
    }
}

/// Counted pairs, and shipped ones of this weight, as shares; none below this part of the shipped one.
fn blend(counts: &[f64], shipped: &[f64], weight: f64, floor: f64) -> Vec<f64> {
    let all = counts.iter().sum::<f64>() + weight;
    let share = |(count, shipped): (&f64, &f64)| {
        let share = (count + weight * shipped) / all;
        share.max(shipped * floor).clamp(1e-10, 1.0 - 1e-10)
    };
    counts.iter().zip(shipped).map(share).collect()
}

fn update_matches(model: &mut Model, counts: Tally) {
    let shipped = model.entity.comparisons().iter();
    for ((estimates, counts), shipped) in model.levels.iter_mut().zip(&counts.0).zip(shipped) {
        let shipped: Vec<f64> = shipped.levels.iter().map(|level| level.m).collect();
        let weight = PRIOR_MATCHES + PRIOR_SHARE * counts.iter().sum::<f64>();
        let shares = blend(counts, &shipped, weight, FLOOR);
        for (estimate, share) in estimates.iter_mut().zip(shares) {
            estimate.m = share;
        }
    }
}

/// u, from random pairs without those that look like a match or like relatives.
fn update_strangers(
    model: &mut Model,
    random: &[(Vector, f64)],
    decided: &Decisions,
    pairs: f64,
    is_first: bool,
) {
    let mut counts = Tally::new(model.entity);
    let share = model.random_share();
    for &(vector, pairs) in random {
        let is_stranger = match is_first {
            true => 1.0,
            false => decided.told(vector, model.responsibility(vector, !0, share))[2],
        };
        counts.add(vector, !0, is_stranger * pairs);
    }
    // The more records, the rarer what two strangers share that is not theirs: an address, a number.
    let floor = FLOOR * (SHIPPED_RECORDS / (2.0 * pairs).sqrt()).min(1.0);
    let shipped = model.entity.comparisons().iter();
    for ((estimates, counts), shipped) in model.levels.iter_mut().zip(&counts.0).zip(shipped) {
        let shipped: Vec<f64> = shipped.levels.iter().map(|level| level.u).collect();
        let shares = blend(counts, &shipped, PRIOR_RANDOM, floor);
        for (estimate, share) in estimates.iter_mut().zip(shares) {
            estimate.u = share;
        }
    }
}

/// Matches expected among the candidates, of all pairs; and relatives, per match. Returns the levels of these matches.
fn update_prior(
    model: &mut Model,
    candidates: &[(Vector, f64)],
    decided: &Decisions,
    pairs: f64,
) -> Tally {
    let share = model.random_share();
    let mut found = Tally::new(model.entity);
    let (mut matches, mut relatives) = (1.0, 0.0);
    for &(vector, pairs) in candidates {
        let thought = model.responsibility(vector, !0, share);
        let [is_match, is_relative, _] = decided.told(vector, thought);
        found.add(vector, !0, is_match * pairs);
        matches += is_match * pairs;
        relatives += is_relative * pairs;
    }
    model.prior = (matches / (pairs + 1.0)).clamp(1e-12, 0.1);
    let blended = relatives + PRIOR_RELATIVES * RELATIVES_PER_MATCH;
    model.relatives_per_match = (blended / (matches + PRIOR_RELATIVES)).clamp(0.001, 10.0);
    found
}

/// The largest change of a probability.
fn distance(a: &Model, b: &Model) -> f64 {
    let all = |model: &Model| -> Vec<Estimate> { model.levels.iter().flatten().copied().collect() };
    let changes = all(a).into_iter().zip(all(b));
    changes
        .map(|(x, y)| (x.m - y.m).abs().max((x.u - y.u).abs()))
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests;
