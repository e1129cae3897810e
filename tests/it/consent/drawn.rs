//! Histories of consent, drawn by lot: people who are corrected, merge, come apart and are deleted, and what is said of them.

use super::super::support::Random;
use super::evaluator::{Row, Time, Version};
use std::collections::BTreeSet;

pub const DAY: Time = 24 * 60;
/// 2026-01-01
pub const START: Time = 20_454 * DAY;
pub const DROPS: usize = 3;

/// What the histories are drawn with.
pub struct Chance(pub Random);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0.below(end)
    }

    fn is(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        *self.0.pick(of)
    }

    fn word(&mut self, syllables: usize) -> String {
        (0..syllables)
            .map(|_| {
                let consonant = self.one(&[
                    "b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh",
                    "tr",
                ]);
                format!(
                    "{consonant}{}",
                    self.one(&["a", "e", "i", "o", "u", "au", "ei"])
                )
            })
            .collect()
    }
}

/// One history: what came with each drop.
#[derive(Default)]
pub struct History {
    pub versions: [Vec<Version>; DROPS],
    pub rows: [Vec<Row>; DROPS],
}

pub fn history(number: usize, chance: &mut Chance) -> History {
    let mut history = History::default();
    let names: Vec<(String, String, String)> = (0..3)
        .map(|_| {
            let born = format!(
                "{}-{:02}-{:02}",
                1940 + chance.below(60),
                1 + chance.below(12),
                1 + chance.below(28)
            );
            (chance.word(3), chance.word(4), born)
        })
        .collect();
    let emails: Vec<String> = (0..3)
        .map(|_| format!("{}@{}.example", chance.word(5), chance.word(3)))
        .collect();
    let phones: Vec<String> = (0..2)
        .map(|at| {
            let serial = 2 * number + at;
            let exchange = 221 + serial / 10_000 % 9;
            format!(
                "+1{}{exchange}{:04}",
                ["312", "415", "212", "646", "718"][serial / 90_000 % 5],
                serial % 10_000
            )
        })
        .collect();
    let records: Vec<(&'static str, String)> = [("crm", "a"), ("shop", "b"), ("crm", "c")]
        .into_iter()
        .take(1 + chance.below(3))
        .map(|(source, letter)| (source, format!("{letter}{number}")))
        .collect();
    for (at, (source, id)) in records.iter().enumerate() {
        let mut times: BTreeSet<Time> = BTreeSet::new();
        for drop in 0..DROPS {
            if drop > 0 && !chance.is(35) {
                continue;
            }
            // an older version may come later
            let mut updated_at = START + chance.below(80) as Time * DAY;
            while !times.insert(updated_at) {
                updated_at += 1;
            }
            let who = if chance.is(55) { 0 } else { at };
            history.versions[drop].push(Version {
                source,
                id: id.clone(),
                name: names[who].clone(),
                email: (!chance.is(15))
                    .then(|| emails[if chance.is(70) { who } else { chance.below(3) }].clone()),
                phone: chance.is(50).then(|| phones[chance.below(2)].clone()),
                country: if chance.is(40) {
                    Some(chance.one(&["US", "DE", "FR"]))
                } else {
                    None
                },
                updated_at,
                is_deleted: drop > 0 && chance.is(15),
            });
        }
    }
    for drop in 0..DROPS {
        for _ in 0..chance.below(4) {
            history.rows[drop].push(row(number, &records, &emails, &phones, chance));
        }
    }
    history
}

fn row(
    number: usize,
    records: &[(&'static str, String)],
    emails: &[String],
    phones: &[String],
    chance: &mut Chance,
) -> Row {
    let source = chance.one(&["crm", "crm", "shop", "shop", "branch"]);
    let own: Vec<&String> = records
        .iter()
        .filter(|(of, _)| *of == source)
        .map(|(_, id)| id)
        .collect();
    let person_id = match own.as_slice() {
        [] => (source != "branch" && chance.is(30)).then(|| format!("never{number}")),
        own => chance.is(65).then(|| chance.one(own).clone()),
    };
    let mut email = chance.is(40).then(|| emails[chance.below(3)].clone());
    let phone = chance.is(25).then(|| phones[chance.below(2)].clone());
    if person_id.is_none() && phone.is_none() && email.is_none() {
        email = Some(emails[chance.below(3)].clone());
    }
    let status = chance.one(&[
        "granted",
        "granted",
        "granted",
        "double opt-in",
        "denied",
        "denied",
        "withdrawn",
        "pending",
        "expired",
        "unknown",
    ]);
    let is_no = matches!(status, "denied" | "withdrawn");
    // Few times, so that some are the same.
    let stated_at = START + 5 * DAY * chance.below(22) as Time;
    Row {
        source,
        is_front_desk: source == "branch",
        person_id,
        email,
        phone,
        purpose: if chance.is(55) {
            "marketing"
        } else {
            chance.one(&["all", "service", "profiling", "sale", "sale"])
        },
        channel: if chance.is(40) {
            "email"
        } else {
            chance.one(&["all", "sms", "phone", "post", "ads"])
        },
        status,
        stated_at: (is_no || !chance.is(8)).then_some(stated_at),
        expires_at: chance
            .is(20)
            .then(|| START + DAY * chance.below(110) as Time),
        evidence: chance.one(&["", "a call", "a letter"]),
        legal_basis: chance.one(&["", "consent", "legitimate_interest"]),
        jurisdiction: chance.one(&["", "", "", "DE", "FR"]),
    }
}
