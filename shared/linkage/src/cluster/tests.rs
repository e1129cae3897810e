use super::*;

fn person<'a>(given: &'a str, family: &'a str) -> Traits<'a> {
    Traits {
        given,
        family,
        ..Traits::default()
    }
}

fn link(a: u32, b: u32) -> Link {
    Link {
        a,
        b,
        strength: 10,
        is_weak: false,
        is_decided: false,
    }
}

fn weak(a: u32, b: u32) -> Link {
    Link {
        is_weak: true,
        ..link(a, b)
    }
}

fn decided(a: u32, b: u32) -> Link {
    Link {
        is_decided: true,
        ..link(a, b)
    }
}

#[track_caller]
fn check(
    records: &[Traits<'_>],
    links: &[Link],
    apart: &[(u32, u32)],
    clusters: &[u32],
    cuts: &[(usize, CutReason)],
) {
    let result = cluster(records, links, apart);
    assert_eq!(result.cluster_of, clusters);
    assert_eq!(
        result.cut,
        cuts.iter()
            .map(|&(link, reason)| Cut { link, reason })
            .collect::<Vec<_>>()
    );
}

#[test]
fn links_make_clusters() {
    let records = [Traits::default(); 5];
    check(
        &records,
        &[link(4, 1), link(1, 3)],
        &[],
        &[0, 1, 2, 1, 1],
        &[],
    );
    check(
        &records,
        &[link(0, 9), link(2, 2)],
        &[(7, 0), (3, 3)],
        &[0, 1, 2, 3, 4],
        &[],
    );
    check(&[], &[], &[], &[], &[]);
}

#[test]
fn contradicting_traits_cut() {
    let jane = person("jane", "doe");
    let born = |birth_date| Traits { birth_date, ..jane };
    let pair = |a, b, cut: &[(usize, CutReason)]| {
        check(
            &[a, b],
            &[link(0, 1)],
            &[],
            if cut.is_empty() { &[0, 0] } else { &[0, 1] },
            cut,
        );
    };
    pair(born(1), born(1), &[]);
    pair(born(1), born(0), &[]);
    pair(born(1), born(2), &[(0, CutReason::BirthDate)]);
    pair(
        Traits { suffix: 1, ..jane },
        Traits { suffix: 2, ..jane },
        &[(0, CutReason::Suffix)],
    );
    pair(
        Traits { country: 1, ..jane },
        Traits { country: 2, ..jane },
        &[(0, CutReason::Country)],
    );
    pair(jane, person("john", "doe"), &[(0, CutReason::Name)]);
    pair(jane, person("", ""), &[]);
    // The contradiction is between clusters, not only between the linked two.
    check(
        &[born(1), born(0), born(2)],
        &[link(0, 1), link(1, 2)],
        &[],
        &[0, 0, 2],
        &[(1, CutReason::BirthDate)],
    );
    let initials = [
        person("john", "doe"),
        person("j", "doe"),
        person("jane", "doe"),
    ];
    check(
        &initials,
        &[link(0, 1), link(1, 2)],
        &[],
        &[0, 0, 2],
        &[(1, CutReason::Name)],
    );
    let families = [
        person("jane", "doe"),
        person("jane", "miller"),
        person("jane", "smith"),
    ];
    check(
        &families,
        &[link(0, 1), link(1, 2)],
        &[],
        &[0, 0, 2],
        &[(1, CutReason::Families)],
    );
}

#[test]
fn two_errors_of_one_name_are_no_contradiction() {
    let records = [
        person("haether", "doe"),
        person("heather", "doe"),
        person("heatehr", "doe"),
    ];
    check(&records, &[link(0, 1), link(1, 2)], &[], &[0, 0, 0], &[]);
    check(
        &records,
        &[link(0, 2)],
        &[],
        &[0, 1, 2],
        &[(0, CutReason::Name)],
    );
}

#[test]
fn the_stronger_link_wins() {
    let records = [
        person("john", "doe"),
        person("j", "doe"),
        person("jane", "doe"),
    ];
    let stronger = Link {
        strength: 11,
        ..link(1, 2)
    };
    check(
        &records,
        &[link(0, 1), stronger],
        &[],
        &[0, 1, 1],
        &[(0, CutReason::Name)],
    );
}

#[test]
fn stewards_decide() {
    let records = [
        person("jane", "doe"),
        person("kim", "lee"),
        person("kim", "lee"),
        person("ann", "ray"),
    ];
    check(
        &records,
        &[link(0, 1)],
        &[],
        &[0, 1, 2, 3],
        &[(0, CutReason::Name)],
    );
    check(&records, &[decided(0, 1)], &[], &[0, 0, 2, 3], &[]);
    // What the cluster holds by decision is no contradiction for others …
    check(
        &records,
        &[link(1, 2), decided(0, 1)],
        &[],
        &[0, 0, 0, 3],
        &[],
    );
    // … but what it does not hold is.
    check(
        &records,
        &[link(0, 3), decided(0, 1)],
        &[],
        &[0, 0, 2, 3],
        &[(0, CutReason::Name)],
    );
    // Apart stands above together, also at one remove.
    check(
        &records,
        &[decided(0, 1), decided(1, 2)],
        &[(2, 0)],
        &[0, 0, 2, 3],
        &[(1, CutReason::KeptApart)],
    );
}

#[test]
fn weak_bridges_are_cut() {
    let records = [Traits::default(); 6];
    let pairs = [link(0, 1), link(2, 3)];
    let with = |extra: &[Link]| [pairs.as_slice(), extra].concat();
    check(
        &records[..4],
        &with(&[weak(1, 2)]),
        &[],
        &[0, 0, 2, 2],
        &[(2, CutReason::WeakBridge)],
    );
    // strong, doubled, closing a circle, or to a single record: no weak bridge
    check(&records[..4], &with(&[link(1, 2)]), &[], &[0; 4], &[]);
    check(
        &records[..4],
        &with(&[weak(1, 2), weak(1, 2)]),
        &[],
        &[0; 4],
        &[],
    );
    check(
        &records[..4],
        &with(&[weak(1, 2), weak(0, 3)]),
        &[],
        &[0; 4],
        &[],
    );
    check(&records[..3], &[link(0, 1), weak(1, 2)], &[], &[0; 3], &[]);
    check(
        &records[..4],
        &with(&[Link {
            is_weak: true,
            ..decided(1, 2)
        }]),
        &[],
        &[0; 4],
        &[],
    );
    // a chain is cut once, at its weakest
    let chain: Vec<Link> = (0..5)
        .map(|i| Link {
            strength: 10 - i,
            ..weak(i, i + 1)
        })
        .collect();
    check(
        &records,
        &chain,
        &[],
        &[0, 0, 0, 0, 4, 4],
        &[(3, CutReason::WeakBridge)],
    );
}

#[test]
fn a_long_chain_needs_no_deep_stack() {
    let records = vec![Traits::default(); 300_000];
    let links: Vec<Link> = (0..299_999)
        .map(|i| Link {
            is_weak: i == 150_000,
            ..link(i, i + 1)
        })
        .collect();
    let result = cluster(&records, &links, &[]);
    assert_eq!(
        result.cut,
        [Cut {
            link: 150_000,
            reason: CutReason::WeakBridge
        }]
    );
    assert_eq!(
        (result.cluster_of[150_000], result.cluster_of[299_999]),
        (0, 150_001)
    );
}
