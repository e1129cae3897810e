//! A comparison of two records in steps, the cheapest and most telling first, so that it may end early: most pairs of a
//! large block are of strangers, and half of what is known of them tells.

use crate::model::Weights;
use crate::vector::Vector;

/// Comparisons that are made together.
pub(crate) struct Step<R: ?Sized> {
    /// Their places in the vector.
    pub comparisons: &'static [usize],
    /// Their levels, and no others.
    pub compare: fn(&R, &R) -> Vector,
}

/// What comparisons may come to at best, before they are made: in place of levels.
pub(crate) const ANY: u8 = 1;
/// Not full agreement.
pub(crate) const LESS: u8 = 2;

/// What two single values may come to.
pub(crate) fn may(a: &str, b: &str) -> u8 {
    match (a.is_empty() || b.is_empty(), a == b) {
        (true, _) => 0,
        (_, true) => ANY,
        _ => LESS,
    }
}

/// What two lists of values may come to.
pub(crate) fn may_any(a: &str, b: &str) -> u8 {
    if a.is_empty() || b.is_empty() { 0 } else { ANY }
}

/// The comparison vector of two records, unless their match weight is below `floor`, whatever the frequency of their values.
pub(crate) fn compare_above<R>(
    steps: &[Step<R>],
    weights: &Weights,
    (a, b): (&R, &R),
    at_best: Vector,
    floor: f64,
) -> Option<Vector> {
    let mut bound = weights.bound(at_best);
    let mut vector = Vector::default();
    for step in steps {
        if bound < floor {
            return None;
        }
        let found = (step.compare)(a, b);
        vector = vector.and(found);
        for at in step.comparisons {
            bound += weights.most(*at, found.level(*at)) - weights.best(*at, at_best.level(*at));
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
    use crate::comparison::Entity;
    use crate::model::{Model, Weights};
    use crate::person::{Person, compare_people, compare_people_above};
    use crate::{Account, compare_accounts, compare_accounts_above};
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

    proptest! {
        #[test]
        fn only_pairs_below_the_floor_end_early(
            x in words(15), y in words(15), holders in any_holders(), records in 1u64..2_000_000, floor in -40.0f64..40.0,
            dates in prop::sample::select(vec![(0, 19880214), (19880214, 19880214), (19880214, 19881402), (19880200, 19880014), (19880214, 19440311)]),
        ) {
            let weights = Weights::new(&Model::shipped(Entity::Person), &[records; 15]);
            let (a, b) = (person(&x, dates.0), person(&y, dates.1));
            let whole = compare_people(&a, &b);
            match compare_people_above(&weights, &a, &b, floor) {
                Some(vector) => prop_assert_eq!(vector, whole),
                None => {
                    prop_assert!(weights.match_weight(whole, &holders) < floor + 1e-9);
                    prop_assert!(weights.match_weight(whole, &[]) < floor + 1e-9);
                }
            }
            let weights = Weights::new(&Model::shipped(Entity::Account), &[records; 12]);
            let (a, b) = (account(&x), account(&y));
            let whole = compare_accounts(&a, &b);
            match compare_accounts_above(&weights, &a, &b, floor) {
                Some(vector) => prop_assert_eq!(vector, whole),
                None => prop_assert!(weights.match_weight(whole, &holders) < floor + 1e-9),
            }
        }
    }
}
