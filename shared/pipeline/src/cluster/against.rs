//! What stands against joining two records of a component that are not linked.

use crate::resolve::Comparables;
use linkage::{CutReason, Edge, Entity, Traits};
use std::collections::{HashMap, HashSet};

/// Bits of a guard: no weight of evidence merges.
const AGAINST: f32 = -10.0;

/// Bits by which the evidence of a pair may lie below none before it speaks against joining: people have two e-mails.
const FORGIVEN: f32 = 2.0;

/// Bits of another birth date: it outweighs a link that hardly merges, not one that is sure, for dates are mistaken too.
const OTHER_DATE: f32 = -4.5;

/// In components up to this size every two records are looked at for contradictions.
pub const LOOKED_AT: usize = 200;

/// Adds the pairs inside components that do not link, of those that `weighed` has.
pub fn doubts(
    edges: &mut Vec<Edge>,
    weighed: Vec<(u32, u32, f64)>,
    guarded: &HashSet<(u32, u32)>,
    prior: f32,
) {
    let linked: HashSet<(u32, u32)> = edges.iter().map(|e| (e.a.min(e.b), e.a.max(e.b))).collect();
    let not_linked = weighed
        .into_iter()
        .filter(|(a, b, _)| !linked.contains(&(*a, *b)));
    edges.extend(not_linked.map(|(a, b, weight)| Edge {
        a,
        b,
        // What is not linked speaks against joining or not at all; and that two records drawn at random are hardly one
        // speaks no more when others link them. What is guarded stands against joining, whatever it weighs.
        weight: match guarded.contains(&(a, b)) {
            true => AGAINST,
            false => (weight as f32 - prior + FORGIVEN).min(0.0),
        },
        is_weak: false,
    }));
}

/// What traits say against two records of a component that are not linked: lowers what they weigh, where they stand in a
/// common block, and else gives an edge.
pub fn clashes(traits: &[Traits<'_>], component_of: &[u32], edges: &mut [Edge]) -> Vec<Edge> {
    let mut known: HashSet<(u32, u32)> = HashSet::new();
    let mut members: HashMap<u32, Vec<u32>> = HashMap::new();
    for edge in edges {
        known.insert((edge.a.min(edge.b), edge.a.max(edge.b)));
        if edge.weight <= 0.0
            && let Some(weight) = clash(traits, edge.a, edge.b)
        {
            edge.weight = edge.weight.min(weight);
        }
        for record in [edge.a, edge.b] {
            let component = component_of[record as usize];
            members.entry(component).or_default().push(record);
        }
    }
    let mut clashes = Vec::new();
    for mut records in members.into_values() {
        records.sort_unstable();
        records.dedup();
        if records.len() > LOOKED_AT {
            continue;
        }
        for (at, &a) in records.iter().enumerate() {
            for &b in records.iter().skip(at + 1) {
                if !known.contains(&(a, b))
                    && let Some(weight) = clash(traits, a, b)
                {
                    clashes.push(Edge {
                        a,
                        b,
                        weight,
                        is_weak: false,
                    });
                }
            }
        }
    }
    clashes
}

/// Bits of a contradiction. Names are no such: what they weigh is for the model to say.
fn clash(traits: &[Traits<'_>], a: u32, b: u32) -> Option<f32> {
    match traits[a as usize].contradicts(&traits[b as usize])? {
        CutReason::Suffix | CutReason::Country | CutReason::Id => Some(AGAINST),
        CutReason::BirthDate => Some(OTHER_DATE),
        _ => None,
    }
}

/// By position.
pub fn traits(comparables: &Comparables) -> Vec<Traits<'_>> {
    let country = |code: &str| match code.as_bytes() {
        [a, b, ..] => u16::from_be_bytes([*a, *b]),
        _ => 0,
    };
    let mut suffixes: HashMap<&str, u8> = HashMap::from([("", 0)]);
    let positions = 0..comparables.len() as u32;
    let traits = positions.map(|position| match comparables.entity() {
        Entity::Person => {
            let person = comparables.evidence(position).person();
            let next = suffixes.len().min(255) as u8;
            Traits {
                birth_date: person.birth_date,
                suffix: *suffixes.entry(person.suffix).or_insert(next),
                country: country(person.country),
                id: 0,
                given: person.given,
                family: person.family,
            }
        }
        Entity::Account => {
            let account = comparables.evidence(position).account();
            Traits {
                id: match account.tax_id {
                    "" => 0,
                    // 0 says unknown.
                    id => (crate::udf::key_hash(id) as u64).max(1),
                },
                country: country(account.country),
                ..Traits::default()
            }
        }
    });
    traits.collect()
}
