use super::*;
use crate::person::{Person, compare_people};
use crate::vector::Vector;
use proptest::prelude::*;

fn jane() -> Person<'static> {
    Person {
        given: "jane",
        family: "doe",
        birth_date: 19880214,
        email: "jane@acme.com",
        phone: "+12125550187",
        street: "12 main st",
        postcode: "92101",
        city: "san diego",
        ..Person::default()
    }
}

fn shipped_probability(a: &Person<'_>, b: &Person<'_>) -> f64 {
    let weights = Weights::new(&Model::shipped(Entity::Person), &[]);
    probability(weights.match_weight(compare_people(a, b), &[]))
}

#[test]
fn shipped_probabilities_are_whole() {
    for entity in [Entity::Person, Entity::Account] {
        for comparison in entity.comparisons() {
            let sum = |p: fn(&crate::Level) -> f64| comparison.levels.iter().map(p).sum::<f64>();
            let sums = [sum(|l| l.m), sum(|l| l.u), sum(|l| l.relatives)];
            for total in sums {
                assert!((total - 1.0).abs() < 1e-9, "{} {sums:?}", comparison.name);
            }
            assert!(comparison.levels.len() < crate::vector::MOST_LEVELS);
        }
        assert!(entity.comparisons().len() <= crate::MOST_COMPARISONS);
    }
}

#[test]
fn weights_are_log_odds() {
    for p in [0.001, 0.5, AUTO_MERGE] {
        assert!((probability(match_weight_of(p)) - p).abs() < 1e-12);
    }
}

#[test]
fn one_person() {
    let alone = Person {
        email: "",
        phone: "",
        ..jane()
    };
    let moved = Person {
        street: "7 oak ave",
        postcode: "10001",
        city: "new york",
        ..jane()
    };
    let mistyped = Person {
        given: "jnae",
        birth_date: 19880212,
        ..jane()
    };
    for other in [jane(), alone, moved, mistyped] {
        assert!(shipped_probability(&jane(), &other) > 0.99);
    }
}

#[test]
fn a_household_is_no_person() {
    let husband = Person {
        given: "john",
        birth_date: 19850911,
        email: "",
        ..jane()
    };
    let twin = Person {
        given: "mary",
        ..jane()
    };
    let unborn = Person {
        birth_date: 0,
        ..husband
    };
    let family = Person {
        given: "",
        ..unborn
    };
    for other in [husband, unborn] {
        assert!(shipped_probability(&jane(), &other) < 0.1);
    }
    assert!(shipped_probability(&jane(), &twin) < 0.9);
    assert!(
        shipped_probability(&jane(), &family) < 0.9,
        "who of them is it?"
    );
}

#[test]
fn rare_names_weigh_more() {
    let weights = Weights::new(&Model::shipped(Entity::Person), &[1_000_000, 1_000_000]);
    let vector = Vector::default().with(0, 1).with(1, 1);
    let weigh = |holders| weights.match_weight(vector, &[[holders; 2]; 2]);
    assert!(weigh(2) > weigh(500) + 5.0);
    assert!(weigh(500) > weigh(50_000) + 5.0);
    assert_eq!(weigh(0), weights.match_weight(vector, &[]));
}

#[test]
fn a_typing_error_is_rare() {
    let weights = Weights::new(&Model::shipped(Entity::Person), &[100_000, 100_000]);
    let vector = Vector::default().with(0, 1).with(1, 2);
    let weigh = |rarer| weights.match_weight(vector, &[[0, 0], [rarer, 2_000]]);
    assert!(
        weigh(1) > weigh(900) + 5.0,
        "schmidt and schmidtt, schmidt and schmitt"
    );
}

#[test]
fn a_value_of_many_weighs_less() {
    let filled = vec![1_000_000; 15];
    let weights = Weights::new(&Model::shipped(Entity::Person), &filled);
    let email = Entity::Person.position("email").unwrap();
    let weigh = |holders| {
        let mut all = [[0; 2]; 15];
        all[email] = [holders; 2];
        weights.match_weight(Vector::default().with(email, 1), &all)
    };
    assert_eq!(weigh(2), weigh(7), "one person may have many records");
    assert!(weigh(7) > weigh(2_000) + 2.0);
}

#[test]
fn a_model_is_written_and_read() {
    for entity in [Entity::Person, Entity::Account] {
        let model = Model::shipped(entity);
        let text = serde_json::to_string(&model).unwrap();
        assert_eq!(serde_json::from_str::<Model>(&text).unwrap(), model);
        for (old, new) in [
            ("\"format\":1", "\"format\":2"),
            ("\"level\":\"exact\"", "\"level\":\"whole\""),
            ("\"prior\":0.001", "\"prior\":1.5"),
        ] {
            let other = text.replace(old, new);
            assert_ne!(other, text);
            assert!(serde_json::from_str::<Model>(&other).is_err(), "{new}");
        }
    }
}

fn any_vector() -> impl Strategy<Value = Vector> {
    let levels = Entity::Person.comparisons().iter();
    let levels: Vec<_> = levels
        .map(|comparison| 0..=comparison.levels.len() as u8)
        .collect();
    levels.prop_map(|levels| {
        let numbered = levels.into_iter().enumerate();
        numbered.fold(Vector::default(), |vector, (at, level)| {
            vector.with(at, level)
        })
    })
}

proptest! {
    #[test]
    fn an_explanation_is_exact(vector in any_vector(), holders in prop::collection::vec(any::<[u16; 2]>().prop_map(|both| both.map(u32::from)), 0..16)) {
        let weights = Weights::new(&Model::shipped(Entity::Person), &[1000; 15]);
        let parts = weights.explain(vector, &holders);
        let sum: f64 = parts.iter().map(|part| part.weight).sum();
        let weight = weights.match_weight(vector, &holders);
        prop_assert!(weight.is_finite());
        prop_assert!((sum - weight).abs() < 1e-9);
        prop_assert!((0.0..=1.0).contains(&probability(weight)));
    }

    #[test]
    fn disagreement_weighs_least(vector in any_vector(), at in 0usize..15) {
        let weights = Weights::new(&Model::shipped(Entity::Person), &[]);
        let worst = Entity::Person.comparisons()[at].levels.len() as u8;
        let level_of = |level: u8| {
            let parts = weights.explain(Vector::default().with(at, level), &[]);
            parts[1].weight
        };
        if vector.level(at) > 0 {
            prop_assert!(level_of(vector.level(at)) >= level_of(worst));
        }
    }

    #[test]
    fn any_bits_are_weighed(bits in any::<u64>()) {
        for entity in [Entity::Person, Entity::Account] {
            let weights = Weights::new(&Model::shipped(entity), &[]);
            prop_assert!(weights.match_weight(Vector(bits), &[]).is_finite());
            entity.describe(Vector(bits));
        }
    }
}

#[test]
fn a_name_alone_says_nothing_beyond_itself() {
    let weights = Weights::new(&Model::shipped(Entity::Person), &[]);
    let jane = Person {
        given: "jane",
        family: "doe",
        email: "jane@doe.example",
        ..Person::default()
    };
    let beyond =
        |other: &Person<'_>| weights.weight_beyond_names(compare_people(&jane, other), &[]);
    assert_eq!(beyond(&Person { email: "", ..jane }), 0.0);
    assert!(beyond(&jane) > 5.0);
    let other = Person {
        email: "kim@roe.example",
        ..jane
    };
    assert!(beyond(&other) < 0.0);
}

#[test]
fn few_records_do_not_make_a_name_common() {
    let model = Model::shipped(Entity::Person);
    let at = Entity::Person.position("given_name").unwrap();
    let weight = |records: u64, holders: u32| {
        let filled = vec![records; Entity::Person.comparisons().len()];
        let mut both = [[0; 2]; 16];
        both[at] = [holders; 2];
        Weights::new(&model, &filled).match_weight(Vector::default().with(at, 1), &both)
    };
    assert!(weight(5, 4) > weight(50_000, 40_000) + 0.5);
}
