//! A comparison of two records in steps, the cheapest and most telling first, so that it may end early: most pairs of a
//! large block are of strangers, and half of what is known of them tells.

use crate::model::Weights;
use crate::vector::{MOST_COMPARISONS, Vector};

/// Comparisons that are made together.
pub(crate) struct Step<R: ?Sized> {
    /// Their places in the vector.
    pub comparisons: &'static [usize],
    /// Their levels, and no others.
    pub compare: fn(&R, &R) -> Vector,
}

/// What is known of a record's values before they are compared with another's: enough to tell most strangers.
/// [`Weights::outline`] makes it.
#[derive(Clone, Copy)]
pub struct Outline {
    /// By comparison: 0 where the value is missing, else a number that equal values alone share; see [`SEVERAL`].
    pub(crate) values: [u32; MOST_COMPARISONS],
    /// Bits that agreement with an equal value weighs at most.
    pub(crate) equal: [f32; MOST_COMPARISONS],
}

/// In the number of a value: it stands for several, so that it may agree in full with one that is not equal.
pub const SEVERAL: u32 = 1 << 31;

/// The comparison vector of two records, unless their match weight is below `floor`.
pub(crate) fn compare_above<R>(
    steps: &[Step<R>],
    weights: &Weights,
    (a, b): (&R, &R),
    outlines: (&Outline, &Outline),
    floor: f64,
) -> Option<Vector> {
    let best = weights.best(outlines);
    let mut bound = weights.bound(&best);
    let mut vector = Vector::default();
    for step in steps {
        if bound < floor {
            return None;
        }
        let found = (step.compare)(a, b);
        vector = vector.and(found);
        for at in step.comparisons {
            let best = best.get(*at).copied().map_or(0.0, f64::from);
            bound += weights.most(*at, found.level(*at)).min(best) - best;
        }
    }
    (bound >= floor).then_some(vector)
}

/// The comparison vector of two records.
pub(crate) fn compare<R>(steps: &[Step<R>], a: &R, b: &R) -> Vector {
    let found = steps.iter().map(|step| (step.compare)(a, b));
    found.fold(Vector::default(), Vector::and)
}

#[cfg(test)]
mod tests {
    use super::{Outline, SEVERAL};
    use crate::comparison::Entity;
    use crate::model::{Model, Weights};
    use crate::person::{Person, compare_people};
    use crate::vector::MOST_COMPARISONS;
    use crate::{Account, compare_accounts};
    use proptest::prelude::*;

    fn any_holders() -> impl Strategy<Value = Vec<[u32; 2]>> {
        prop::collection::vec([0u32..3000, 0u32..3000], 16)
    }

    /// Values that often agree, in full or in part.
    fn words(count: usize) -> impl Strategy<Value = Vec<&'static str>> {
        let word = prop::sample::select(vec![
            "",
            "",
            "mary",
            "marie",
            "m",
            "doe",
            "doe roe",
            "12 main st",
            "14 main st",
            "main st",
            "92101",
            "92110",
            "acme foods",
            "acme",
            "acme labs",
            "jane@acme.com",
            "jane@acme.org",
            "+12125550187",
            "+12125550178 +12125550187",
            "acme.com",
            "acme.de",
        ]);
        prop::collection::vec(word, count)
    }

    fn person<'a>(words: &[&'a str], birth_date: u32) -> Person<'a> {
        Person {
            given: words[0],
            family: words[1],
            middle: words[2],
            suffix: words[3],
            birth_date,
            gender: words[4],
            email: words[5],
            phone: words[6],
            street: words[7],
            postcode: words[8],
            city: words[9],
            country: words[10],
            company: words[11],
            national_id: words[12],
            customer_number: words[13],
            domain: words[14],
        }
    }

    fn account<'a>(words: &[&'a str]) -> Account<'a> {
        Account {
            name: words[0],
            trading_name: words[1],
            domain: words[2],
            phone: words[3],
            street: words[4],
            postcode: words[5],
            city: words[6],
            country: words[7],
            tax_id: words[8],
            registration_number: words[9],
            duns: words[10],
            lei: words[11],
            customer_number: words[12],
        }
    }

    /// What `pipeline` knows of two records: which values are equal, which are missing, which are several.
    fn outlines(
        weights: &Weights,
        values: [&[String]; 2],
        several: [&[usize]; 2],
        holders: &[[u32; 2]],
    ) -> [Outline; 2] {
        [0, 1].map(|side| {
            let mut numbers = [0; MOST_COMPARISONS];
            let mut rarities = [0; MOST_COMPARISONS];
            for (at, value) in values[side].iter().enumerate() {
                numbers[at] = match (value.is_empty(), values[0][at] == values[1][at]) {
                    (true, _) => 0,
                    (_, true) => 9,
                    _ => 1 + side as u32,
                };
                rarities[at] = Weights::rarity(holders[at][side]);
            }
            for at in several[side] {
                numbers[*at] |= SEVERAL;
            }
            weights.outline(&numbers, &rarities)
        })
    }

    /// Equal values have equal holders, and what is missing has none.
    fn consistent(mut holders: Vec<[u32; 2]>, values: [&[String]; 2]) -> Vec<[u32; 2]> {
        for (at, (x, y)) in values[0].iter().zip(values[1]).enumerate() {
            let both = &mut holders[at];
            if x == y {
                both[1] = both[0];
            }
            for (place, value) in both.iter_mut().zip([x, y]) {
                if value.is_empty() {
                    *place = 0;
                }
            }
        }
        holders
    }

    proptest! {
        #[test]
        fn only_pairs_below_the_floor_end_early(
            x in words(15), y in words(15), holders in any_holders(), records in 1u64..2_000_000, floor in -40.0f64..40.0,
            dates in prop::sample::select(vec![(0, 19880214), (19880214, 19880214), (19880214, 19881402), (19880200, 19880014), (19880214, 19440311)]),
        ) {
            let weights = Weights::new(&Model::shipped(Entity::Person), &[records; 15]);
            let (a, b) = (person(&x, dates.0), person(&y, dates.1));
            let values = [&a, &b].map(|of| {
                let date = if of.birth_date == 0 { String::new() } else { of.birth_date.to_string() };
                [of.given, of.family, of.middle, of.suffix, &date, of.gender, of.email, of.phone, of.street, of.postcode, of.city,
                    of.country, of.company, of.national_id, of.customer_number].map(str::to_owned)
            });
            let values = [&values[0][..], &values[1][..]];
            let several = values.map(|of| [6, 7].into_iter().filter(|at| of[*at].contains(' ')).collect::<Vec<usize>>());
            let known = consistent(holders.clone(), values);
            let whole = compare_people(&a, &b);
            for holders in [known, vec![[0, 0]; 16]] {
                let [of_a, of_b] = outlines(&weights, values, [&several[0], &several[1]], &holders);
                match a.prepared().compare_above(&b.prepared(), &weights, (&of_a, &of_b), floor) {
                    Some(vector) => prop_assert_eq!(vector, whole),
                    None => prop_assert!(weights.match_weight(whole, &holders) < floor),
                }
            }
            let weights = Weights::new(&Model::shipped(Entity::Account), &[records; 12]);
            let (a, b) = (account(&x), account(&y));
            let values = [&a, &b].map(|of| {
                [of.name, of.domain, of.phone, of.street, of.postcode, of.city, of.country, of.tax_id, of.registration_number,
                    of.duns, of.lei, of.customer_number].map(str::to_owned)
            });
            let values = [&values[0][..], &values[1][..]];
            let several = [(&a, values[0]), (&b, values[1])].map(|(of, values)| {
                let (name, phone) = (!of.trading_name.is_empty(), values[2].contains(' '));
                [(0, name), (2, phone)].into_iter().filter(|(_, is_several)| *is_several).map(|(at, _)| at).collect::<Vec<usize>>()
            });
            let holders = consistent(holders, values);
            let whole = compare_accounts(&a, &b);
            let [of_a, of_b] = outlines(&weights, values, [&several[0], &several[1]], &holders);
            match a.prepared().compare_above(&b.prepared(), &weights, (&of_a, &of_b), floor) {
                Some(vector) => prop_assert_eq!(vector, whole),
                None => prop_assert!(weights.match_weight(whole, &holders) < floor),
            }
        }
    }
}
