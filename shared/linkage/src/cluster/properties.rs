//! What holds for any records and links.

use super::*;
use crate::name::{Agreement, Name, names_agree};
use proptest::prelude::*;

const RECORDS: u32 = 10;

fn traits() -> impl Strategy<Value = Traits<'static>> {
    let given = prop::sample::select(vec!["", "j", "jane", "john", "doe"]);
    let family = prop::sample::select(vec!["", "doe", "doe", "miller", "smith", "jane"]);
    (0i32..3, 0u8..2, 0u16..2, given, family).prop_map(
        |(birth_date, suffix, country, given, family)| Traits {
            birth_date,
            suffix,
            country,
            given,
            family,
        },
    )
}

fn any_link() -> impl Strategy<Value = Link> {
    (
        0..RECORDS,
        0..RECORDS,
        0u32..3,
        prop::bool::weighted(0.5),
        prop::bool::weighted(0.1),
    )
        .prop_map(|(a, b, strength, is_weak, is_decided)| Link {
            a,
            b,
            strength,
            is_weak,
            is_decided,
        })
}

type Case = (Vec<Traits<'static>>, Vec<Link>, Vec<(u32, u32)>);

fn cases() -> impl Strategy<Value = Case> {
    let plain = prop::collection::vec(Just(Traits::default()), RECORDS as usize);
    let various = prop::collection::vec(traits(), RECORDS as usize);
    (
        prop_oneof![plain, various],
        prop::collection::vec(any_link(), 0..25),
        prop::collection::vec((0..RECORDS, 0..RECORDS), 0..3),
    )
}

/// The cut links by value, since positions change with the order.
fn cuts(result: &Clustering, links: &[Link]) -> Vec<(u32, u32, u32, bool, bool, CutReason)> {
    let mut cuts: Vec<_> = result
        .cut
        .iter()
        .map(|cut| (links[cut.link], cut.reason))
        .map(|(l, reason)| {
            (
                l.a.min(l.b),
                l.a.max(l.b),
                l.strength,
                l.is_weak,
                l.is_decided,
                reason,
            )
        })
        .collect();
    cuts.sort_unstable();
    cuts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn order_and_direction_do_not_matter(
        ((records, links, apart), shuffled, flips) in cases().prop_flat_map(|case| {
            let (links, n) = (case.1.clone(), case.1.len());
            (Just(case), Just(links).prop_shuffle(), prop::collection::vec(any::<bool>(), n))
        })
    ) {
        let flipped: Vec<Link> = shuffled
            .iter()
            .zip(flips)
            .map(|(l, flip)| if flip { Link { a: l.b, b: l.a, ..*l } } else { *l })
            .collect();
        let apart_flipped: Vec<(u32, u32)> = apart.iter().rev().map(|&(a, b)| (b, a)).collect();
        let one = cluster(&records, &links, &apart);
        let other = cluster(&records, &flipped, &apart_flipped);
        prop_assert_eq!(&one.cluster_of, &other.cluster_of);
        prop_assert_eq!(cuts(&one, &links), cuts(&other, &flipped));
    }

    #[test]
    fn clusters_are_what_the_uncut_links_connect((records, links, apart) in cases()) {
        let result = cluster(&records, &links, &apart);
        let mut label: Vec<u32> = (0..RECORDS).collect();
        let uncut = (0..links.len()).filter(|link| result.cut.iter().all(|cut| cut.link != *link));
        let uncut: Vec<Link> = uncut.map(|link| links[link]).collect();
        for _ in 0..RECORDS {
            for l in &uncut {
                let smallest = label[l.a as usize].min(label[l.b as usize]);
                (label[l.a as usize], label[l.b as usize]) = (smallest, smallest);
            }
        }
        prop_assert_eq!(&label, &result.cluster_of);
        for cut in &result.cut {
            let l = links[cut.link];
            prop_assert_ne!(label[l.a as usize], label[l.b as usize]);
            prop_assert!(!l.is_decided || cut.reason == CutReason::KeptApart);
            prop_assert!(l.is_weak || cut.reason != CutReason::WeakBridge);
        }
    }

    #[test]
    fn what_contradicts_is_apart((records, links, apart) in cases()) {
        let result = cluster(&records, &links, &apart);
        let is_together = |a: u32, b: u32| result.cluster_of[a as usize] == result.cluster_of[b as usize];
        prop_assert!(apart.iter().all(|&(a, b)| a == b || !is_together(a, b)));

        let undecided: Vec<Link> = links.iter().map(|l| Link { is_decided: false, ..*l }).collect();
        let result = cluster(&records, &undecided, &apart);
        for (a, x) in records.iter().enumerate() {
            for (b, y) in records.iter().enumerate() {
                if result.cluster_of[a] == result.cluster_of[b] {
                    prop_assert!(x.birth_date == 0 || y.birth_date == 0 || x.birth_date == y.birth_date);
                    prop_assert!(x.suffix == 0 || y.suffix == 0 || x.suffix == y.suffix);
                    prop_assert!(x.country == 0 || y.country == 0 || x.country == y.country);
                    let name = |t: &Traits<'static>| Name { given: t.given, family: t.family };
                    prop_assert_ne!(names_agree(name(x), name(y)), Agreement::Disagree);
                }
            }
        }
    }
}
