use super::*;
use proptest::prelude::*;

/// Blocks of (rule, is it a star, members), in the order of their rules.
fn blocks(records: usize, of: &[(u8, bool, Vec<u32>)]) -> Blocks {
    let mut blocks = Blocks::of(Vec::new());
    for (rule, is_star, members) in of {
        blocks.blocks.push(Block {
            start: blocks.members.len(),
            rule: *rule,
            is_star: *is_star,
            is_shared: *rule == 1,
            is_ambiguous: false,
            is_crowd: false,
            is_touched: false,
        });
        blocks.members.extend(members);
    }
    blocks.index(records);
    blocks
}

#[test]
fn a_pair_is_made_once_and_knows_all_rules() {
    let known = blocks(
        3,
        &[
            (0, false, vec![0, 1]),
            (1, false, vec![0, 1, 2]),
            (9, false, vec![1, 2]),
        ],
    );
    assert_eq!(known.made(0, 1, 0), Some(0b11 | 1 << (SHARED_FROM + 1)));
    assert_eq!(known.made(0, 1, 1), None);
    assert_eq!(known.is_first(0, 1, 1), (false, true));
    assert_eq!(
        known.made(1, 2, 1),
        Some(0b10 | 1 << 9 | 1 << (SHARED_FROM + 1))
    );
}

#[test]
fn a_star_pairs_its_first_record_only() {
    let known = blocks(3, &[(0, true, vec![0, 1, 2]), (9, false, vec![1, 2])]);
    assert_eq!(known.made(0, 2, 0), Some(1));
    assert_eq!(known.made(1, 2, 0), None);
    assert_eq!(known.made(1, 2, 1), Some(1 << 9));
    assert_eq!((known.meetings(0), known.meetings(1)), (2, 1));
}

proptest! {
    #[test]
    fn of_all_shared_blocks_one_makes_the_pair(
        of in prop::collection::vec((0u8..3, any::<bool>(), prop::collection::btree_set(0u32..6, 2..6)), 0..9),
    ) {
        let mut of: Vec<(u8, bool, Vec<u32>)> =
            of.into_iter().map(|(rule, is_star, members)| (rule, is_star, members.into_iter().collect())).collect();
        of.sort();
        let known = blocks(6, &of);
        for a in 0..6u32 {
            for b in a + 1..6 {
                let meets = |(_, is_star, members): &&(u8, bool, Vec<u32>)| {
                    members.contains(&a) && members.contains(&b) && (!is_star || members[0] == a)
                };
                let expected = of.iter().filter(meets).fold(0i64, |rules, (rule, ..)| rules | 1 << rule);
                let made: Vec<i64> = (0..of.len() as u32).filter_map(|block| known.made(a, b, block)).collect();
                let made: Vec<i64> = made.iter().map(|rules| rules & 0xFF).collect();
                prop_assert_eq!(made, if expected == 0 { vec![] } else { vec![expected] });
                let firsts = (0..of.len() as u32).filter(|block| known.is_first(a, b, *block).0).count();
                prop_assert_eq!(firsts, usize::from(expected != 0));
            }
        }
    }
}
