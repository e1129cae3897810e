use super::*;
use proptest::prelude::*;

const LEAST: f32 = 4.0;

fn edge(a: u32, b: u32, weight: f32) -> Edge {
    Edge {
        a,
        b,
        weight,
        is_weak: weight < 7.0,
    }
}

fn check(edges: &[Edge], want: &[u32], cut: &[(usize, CutReason)]) {
    let clustering = cluster(want.len(), edges, LEAST, Decisions::default());
    assert_eq!(clustering.cluster_of, want);
    let cuts: Vec<_> = clustering.cut.iter().map(|c| (c.link, c.reason)).collect();
    assert_eq!(cuts, cut);
}

#[test]
fn a_chain_does_not_join_what_contradicts() {
    let edges = [edge(0, 1, 6.0), edge(1, 2, 5.0), edge(0, 2, -12.0)];
    check(&edges, &[0, 0, 2], &[(1, CutReason::Contradiction)]);
}

#[test]
fn many_agreements_outweigh_a_slip() {
    let edges = [
        edge(0, 1, 9.0),
        edge(0, 2, 9.0),
        edge(1, 2, 9.0),
        edge(0, 3, 8.0),
        edge(1, 3, 8.0),
        edge(2, 3, -4.0),
    ];
    check(&edges, &[0; 4], &[]);
}

#[test]
fn weak_pairs_never_link() {
    check(&[edge(0, 1, 3.9), edge(2, 3, f32::NAN)], &[0, 1, 2, 3], &[]);
    check(&[edge(0, 0, 9.0), edge(0, 7, 9.0)], &[0, 1], &[]);
    check(&[], &[], &[]);
}

#[test]
fn a_steward_decides() {
    let edges = [edge(0, 1, 9.0), edge(1, 2, -20.0)];
    let decisions = Decisions {
        together: &[(1, 2)],
        apart: &[(1, 0)],
    };
    let clustering = cluster(3, &edges, LEAST, decisions);
    assert_eq!(clustering.cluster_of, [0, 1, 1]);
    let reason = CutReason::KeptApart;
    assert_eq!(clustering.cut, [Cut { link: 0, reason }]);
    // Apart stands above together, also at one remove.
    let decisions = Decisions {
        together: &[(0, 1), (1, 2)],
        apart: &[(2, 0)],
    };
    assert_eq!(cluster(3, &[], LEAST, decisions).cluster_of, [0, 0, 2]);
}

#[test]
fn weak_bridges_are_cut() {
    let with = |extra: &[Edge]| [&[edge(0, 1, 9.0), edge(2, 3, 9.0)], extra].concat();
    let weak = |a, b| edge(a, b, 5.0);
    check(
        &with(&[weak(1, 2)]),
        &[0, 0, 2, 2],
        &[(2, CutReason::WeakBridge)],
    );
    // strong, closing a circle, or to a single record: no weak bridge
    check(&with(&[edge(1, 2, 8.0)]), &[0; 4], &[]);
    check(&with(&[weak(1, 2), weak(0, 3)]), &[0; 4], &[]);
    check(&[edge(0, 1, 9.0), weak(1, 2)], &[0; 3], &[]);
    // a steward's word is no weak one
    let decisions = Decisions {
        together: &[(1, 2)],
        apart: &[],
    };
    assert_eq!(
        cluster(4, &with(&[weak(1, 2)]), LEAST, decisions).cluster_of,
        [0; 4]
    );
    // a chain is cut once, at its weakest
    let chain: Vec<Edge> = (0..5u8)
        .map(|i| edge(i.into(), u32::from(i) + 1, 6.5 - f32::from(i) / 2.0))
        .collect();
    check(&chain, &[0, 0, 0, 0, 4, 4], &[(3, CutReason::WeakBridge)]);
}

#[test]
fn a_long_chain_needs_no_deep_stack() {
    let weight = |i| if i == 150_000 { 5.0 } else { 9.0 };
    let edges: Vec<Edge> = (0..299_999).map(|i| edge(i, i + 1, weight(i))).collect();
    let result = cluster(300_000, &edges, LEAST, Decisions::default());
    let reason = CutReason::WeakBridge;
    assert_eq!(
        result.cut,
        [Cut {
            link: 150_000,
            reason
        }]
    );
    assert_eq!(result.cluster_of[299_999], 150_001);
}

fn any_edges() -> impl Strategy<Value = Vec<Edge>> {
    let any_edge =
        (0u32..9, 0u32..9, -12i32..12).prop_map(|(a, b, weight)| edge(a, b, weight as f32));
    prop::collection::vec(any_edge, 0..30)
}

proptest! {
    #[test]
    fn the_order_does_not_matter(edges in any_edges(), turn in 0usize..30, apart in (0u32..9, 0u32..9), same in (0u32..9, 0u32..9)) {
        let mut other: Vec<Edge> = edges.iter().map(|e| edge(e.b, e.a, e.weight)).collect();
        other.rotate_left(turn.min(edges.len()));
        let clusters = |edges: &[Edge], apart, same| {
            let decisions = Decisions { together: &[same], apart: &[apart] };
            cluster(8, edges, LEAST, decisions).cluster_of
        };
        let (trapa, emas) = ((apart.1, apart.0), (same.1, same.0));
        prop_assert_eq!(clusters(&edges, apart, same), clusters(&other, trapa, emas));
    }

    #[test]
    fn links_hold_clusters_together(edges in any_edges(), apart in (0u32..8, 0u32..8), same in (0u32..8, 0u32..8)) {
        let decisions = Decisions { together: &[same], apart: &[apart] };
        let clustering = cluster(8, &edges, LEAST, decisions);
        let of = |record: u32| clustering.cluster_of[record as usize];
        let links: Vec<&Edge> = edges.iter().filter(|e| e.weight >= 4.0 && e.a != e.b && e.a.max(e.b) < 8).collect();
        let within = links.iter().filter(|e| of(e.a) == of(e.b)).map(|e| (e.a, e.b));
        let within: Vec<_> = within.chain([same]).filter(|&(a, b)| of(a) == of(b)).collect();
        prop_assert_eq!(&components(8, within), &clustering.cluster_of);
        prop_assert!(apart.0 == apart.1 || of(apart.0) != of(apart.1));
        prop_assert!(of(same.0) == of(same.1) || (apart.0.min(apart.1), apart.0.max(apart.1)) == (same.0.min(same.1), same.0.max(same.1)));
        // Every link is inside a cluster or named as cut.
        prop_assert_eq!(clustering.cut.len(), links.iter().filter(|e| of(e.a) != of(e.b)).count());
    }
}
