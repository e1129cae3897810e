use super::*;
use crate::person::{Person, compare_people};
use crate::{Weights, probability};
use proptest::prelude::*;

const GIVEN: [&str; 6] = ["jane", "john", "maria", "ahmed", "olga", "kenji"];
const FAMILY: [&str; 7] = [
    "doe", "miller", "garcia", "khan", "petrov", "sato", "okafor",
];

/// A number that looks random: the step of a linear congruential generator.
fn next(state: &mut u64) -> usize {
    *state = state
        .wrapping_mul(6364136223846793005)
        .wrapping_add(1442695040888963407);
    (*state >> 33) as usize
}

/// People, each with two records, of which one in five has a wrong birth date; `emails` says whether they have any.
fn records(people: usize, emails: &[String]) -> Vec<Person<'_>> {
    let mut state = 7;
    let mut records = Vec::new();
    for person in 0..people {
        let one = Person {
            given: GIVEN[next(&mut state) % GIVEN.len()],
            family: FAMILY[next(&mut state) % FAMILY.len()],
            birth_date: (19400000
                + next(&mut state) % 60 * 10000
                + 101
                + next(&mut state) % 9 * 100) as u32,
            email: emails.get(person).map_or("", String::as_str),
            gender: "f",
            ..Person::default()
        };
        let other = match next(&mut state) % 5 {
            0 => Person {
                birth_date: one.birth_date + 10,
                ..one
            },
            _ => one,
        };
        records.extend([one, other]);
    }
    records
}

fn counts(records: &[Person<'_>], is_pair: impl Fn(&Person<'_>, &Person<'_>) -> bool) -> Counts {
    let mut counts = Counts::new();
    for (i, a) in records.iter().enumerate() {
        for b in records.iter().take(i).filter(|b| is_pair(a, b)) {
            counts.push((compare_people(a, b), 1));
        }
    }
    counts
}

fn evidence(records: &[Person<'_>]) -> Evidence {
    let is_born = |a: &Person<'_>, b: &Person<'_>| a.birth_date == b.birth_date;
    let is_named = |a: &Person<'_>, b: &Person<'_>| (a.given, a.family) == (b.given, b.family);
    Evidence {
        pairs: (records.len() * (records.len() - 1) / 2) as u64,
        random: counts(records, |_, _| true),
        passes: vec![
            Pass {
                blocked: ["birth_date"].map(str::to_owned).to_vec(),
                pairs: counts(records, is_born),
            },
            Pass {
                blocked: ["given_name", "family_name"].map(str::to_owned).to_vec(),
                pairs: counts(records, is_named),
            },
        ],
        candidates: counts(records, |a, b| is_born(a, b) || is_named(a, b)),
        decided: Vec::new(),
    }
}

fn estimate(model: &Model, comparison: &str, level: &str) -> Estimate {
    let mut all = model.estimates();
    all.find(|(c, l, _)| (*c, *l) == (comparison, level))
        .unwrap()
        .2
}

#[test]
fn learns_m_u_and_the_prior() {
    let emails: Vec<String> = (0..300)
        .map(|n| format!("customer{n}@mail.example"))
        .collect();
    let people = records(300, &emails);
    let model = train(Entity::Person, &evidence(&people));
    let birth_date = estimate(&model, "birth_date", "typo");
    assert!((0.12..0.25).contains(&birth_date.m), "{birth_date:?}");
    let family = estimate(&model, "family_name", "exact");
    assert!((0.12..0.18).contains(&family.u), "one in seven: {family:?}");
    assert!(family.m > 0.9);
    let truth = 300.0 / (300.0 * 599.0);
    assert!(
        (0.8..1.2).contains(&(model.prior() / truth)),
        "{}",
        model.prior() / truth
    );
}

#[test]
fn a_constant_column_says_nothing() {
    let model = train(Entity::Person, &evidence(&records(300, &[])));
    let gender = estimate(&model, "gender", "exact");
    assert!((gender.m / gender.u).log2() < 0.1, "{gender:?}");
}

#[test]
fn without_evidence_the_shipped_model_remains() {
    let model = train(Entity::Account, &Evidence::default());
    let shipped = Model::shipped(Entity::Account);
    for ((_, level, a), (_, _, b)) in model.estimates().zip(shipped.estimates()) {
        assert!(
            (a.m - b.m).abs() < 1e-9 && (a.u - b.u).abs() < 1e-9,
            "{level}"
        );
    }
}

#[test]
fn households_are_not_learned_as_people() {
    // Couples, and no person twice: what looks most like a match is none.
    let couples: Vec<(String, String)> = (0..400)
        .map(|n| {
            (
                format!("family{}", n * 7919 % 400),
                format!("{} road{n} st", n % 90),
            )
        })
        .collect();
    let record = |n: usize| Person {
        given: GIVEN[n * 31 % 6],
        family: &couples[n / 2].0,
        birth_date: 19400101 + (n * 37 % 60 * 10000 + n % 12 * 100 + n * 7 % 28) as u32,
        street: &couples[n / 2].1,
        postcode: "92101",
        ..Person::default()
    };
    let people: Vec<Person<'_>> = (0..800).map(record).collect();
    let at_home = |a: &Person<'_>, b: &Person<'_>| a.street == b.street;
    let evidence = Evidence {
        pairs: 800 * 799 / 2,
        random: counts(&people, |_, _| true),
        passes: vec![Pass {
            blocked: ["street", "postcode", "city"].map(str::to_owned).to_vec(),
            pairs: counts(&people, at_home),
        }],
        candidates: counts(&people, at_home),
        decided: Vec::new(),
    };
    let weights = Weights::new(&train(Entity::Person, &evidence), &[]);
    let couple = compare_people(&people[0], &people[1]);
    let parts = weights.explain(couple, &[]);
    assert!(
        probability(weights.match_weight(couple, &[])) < 0.1,
        "{parts:?}"
    );
}

#[test]
fn decisions_teach_what_pairs_like_theirs_are() {
    let emails: Vec<String> = (0..300)
        .map(|n| format!("customer{n}@mail.example"))
        .collect();
    let people = records(300, &emails);
    let evidence = evidence(&people);
    // One name, another birth date: one in five of those who are one, and many namesakes.
    let doubtful = compare_people(
        &people[0],
        &Person {
            birth_date: people[0].birth_date + 10,
            email: "",
            ..people[0]
        },
    );
    let weight = |same: u64, distinct: u64| {
        let mut evidence = evidence.clone();
        evidence.candidates.push((doubtful, 400));
        for pass in &mut evidence.passes {
            pass.pairs.push((doubtful, 400));
        }
        evidence.decided.push(Decided {
            vector: doubtful,
            same,
            distinct,
        });
        let model = train(Entity::Person, &evidence);
        Weights::new(&model, &[]).match_weight(doubtful, &[])
    };
    let untold = weight(0, 0);
    assert!(weight(30, 0) > untold + 0.3, "{} {untold}", weight(30, 0));
    assert!(weight(0, 30) < untold - 0.3, "{} {untold}", weight(0, 30));
    assert!((weight(1, 0) - untold).abs() < 1.0, "one decision is one");
}

fn any_counts() -> impl Strategy<Value = Counts> {
    prop::collection::vec((any::<u64>().prop_map(Vector), 1u64..1000), 0..12)
}

fn any_evidence() -> impl Strategy<Value = Evidence> {
    (
        any_counts(),
        prop::collection::vec(any_counts(), 0..3),
        any_counts(),
        0u64..1_000_000,
        prop::collection::vec(any::<prop::sample::Index>(), 0..6),
    )
        .prop_map(|(random, passes, candidates, pairs, decided)| Evidence {
            pairs,
            decided: decided
                .iter()
                .filter(|_| !candidates.is_empty())
                .map(|at| Decided {
                    vector: at.get(&candidates).0,
                    same: at.index(7) as u64,
                    distinct: at.index(3) as u64,
                })
                .collect(),
            random,
            passes: passes
                .into_iter()
                .map(|pairs| Pass {
                    blocked: ["birth_date", "no such"].map(str::to_owned).to_vec(),
                    pairs,
                })
                .collect(),
            candidates,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_does_not_matter(evidence in any_evidence()) {
        let mut other = evidence.clone();
        other.random.reverse();
        other.candidates.rotate_left(evidence.candidates.len() / 2);
        other.decided.reverse();
        // Counts in parts are the same counts.
        let halves: Counts = other.random.iter().map(|(vector, n)| (*vector, n / 2)).collect();
        let rest = other.random.iter().zip(&halves).map(|((v, n), (_, half))| (*v, n - half));
        other.random = rest.chain(halves.iter().copied()).collect();
        prop_assert_eq!(train(Entity::Person, &evidence), train(Entity::Person, &other));
    }

    #[test]
    fn any_counts_give_a_model(evidence in any_evidence()) {
        for entity in [Entity::Person, Entity::Account] {
            let model = train(entity, &evidence);
            let text = serde_json::to_string(&model).unwrap();
            prop_assert_eq!(serde_json::from_str::<Model>(&text).unwrap(), model);
        }
    }
}
