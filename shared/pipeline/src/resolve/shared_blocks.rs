//! Which blocks two records share. A pair meets in each of them and is made in the first; the others only say by which
//! rules it came.

use super::rules::MOST_RULES;

/// A block as one number, the same in every record of it but for [`FIRST`]: bits of its key's hash, the number of its rule,
/// flags. Made in `sql/silver/block_members.sql`.
#[derive(Clone, Copy)]
struct Label(u64);

/// Flag of one record of the block: pairs of a star have it on one side.
const FIRST: u64 = 1;
const AMBIGUOUS: u64 = 1 << 1;
const SHARED: u64 = 1 << 2;
const STAR: u64 = 1 << 3;

impl Label {
    fn block(self) -> u64 {
        self.0 & !FIRST
    }

    fn has(self, flag: u64) -> bool {
        self.0 & flag != 0
    }

    fn rule(self) -> u64 {
        self.0 >> 4 & 63
    }
}

/// Where the identities that too many names share stand in the rules of a pair, and those that several names use.
pub const SHARED_FROM: u8 = MOST_RULES;
pub const AMBIGUOUS_FROM: u8 = SHARED_FROM + 8;

/// Labels sorted, eight bytes each.
pub fn pack(labels: impl Iterator<Item = i64>, out: &mut Vec<u8>) {
    let mut sorted: Vec<u64> = labels.map(|label| label as u64).collect();
    sorted.sort_unstable();
    sorted.dedup();
    out.clear();
    out.extend(sorted.iter().flat_map(|label| label.to_le_bytes()));
}

fn labels(packed: &[u8]) -> impl Iterator<Item = Label> {
    let (labels, _) = packed.as_chunks::<8>();
    labels.iter().map(|bytes| Label(u64::from_le_bytes(*bytes)))
}

/// The rules of a pair, if `block` is the first block that makes it; else `None`. Bits from 0: rules; from [`SHARED_FROM`]:
/// those whose value too many names share; from [`AMBIGUOUS_FROM`]: those whose value more than one name uses.
pub fn rules_of_pair(a: &[u8], b: &[u8], block: i64) -> Option<i64> {
    let (mut a, mut b) = (labels(a).peekable(), labels(b).peekable());
    let mut is_made = false;
    let mut rules = 0u64;
    while let (Some(&x), Some(&y)) = (a.peek(), b.peek()) {
        if x.block() < y.block() {
            a.next();
        } else if y.block() < x.block() {
            b.next();
        } else {
            let makes = !x.has(STAR) || x.has(FIRST) || y.has(FIRST);
            if makes && !is_made {
                if x.block() != block as u64 {
                    return None;
                }
                is_made = true;
            }
            let rule = x.rule();
            rules |= 1 << rule;
            if x.has(SHARED) {
                rules |= 1 << (u64::from(SHARED_FROM) + rule % 8);
            }
            if x.has(AMBIGUOUS) {
                rules |= 1 << (u64::from(AMBIGUOUS_FROM) + rule % 8);
            }
            a.next();
            b.next();
        }
    }
    is_made.then_some(rules as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packed(labels: &[i64]) -> Vec<u8> {
        let mut out = Vec::new();
        pack(labels.iter().copied(), &mut out);
        out
    }

    fn label(key: i64, rule: i64, flags: u64) -> i64 {
        key << 10 | rule << 4 | flags as i64
    }

    #[test]
    fn a_pair_is_made_once_and_knows_all_rules() {
        let (email, phone) = (label(7, 0, SHARED | AMBIGUOUS), label(-3, 1, 0));
        let a = packed(&[email, phone, label(1, 9, 0)]);
        let b = packed(&[phone, email, label(2, 9, 0)]);
        let made: Vec<i64> = [email, phone]
            .iter()
            .filter_map(|block| rules_of_pair(&a, &b, *block))
            .collect();
        assert_eq!(made, [0b11 | 1 << SHARED_FROM | 1 << AMBIGUOUS_FROM]);
    }

    #[test]
    fn a_star_pairs_its_first_record_only() {
        let star = label(5, 0, STAR);
        let (first, other) = (packed(&[star | 1]), packed(&[star]));
        assert_eq!(rules_of_pair(&first, &other, star), Some(1));
        assert_eq!(rules_of_pair(&other, &first, star), Some(1));
        assert_eq!(rules_of_pair(&other, &other, star), None);
        let both = |mark| packed(&[star | mark, label(9, 1, 0)]);
        assert_eq!(
            rules_of_pair(&both(0), &both(0), label(9, 1, 0)),
            Some(0b11)
        );
    }

    proptest! {
        #[test]
        fn of_all_shared_blocks_one_makes_the_pair(
            a in prop::collection::vec((0i64..6, 0i64..3), 0..9), b in prop::collection::vec((0i64..6, 0i64..3), 0..9),
        ) {
            let labels = |blocks: &[(i64, i64)]| blocks.iter().map(|&(key, rule)| label(key, rule, 0)).collect::<Vec<_>>();
            let (a, b) = (labels(&a), labels(&b));
            let (x, y) = (packed(&a), packed(&b));
            let blocks: std::collections::BTreeSet<i64> = a.iter().filter(|block| b.contains(block)).copied().collect();
            let made: Vec<i64> = blocks.iter().filter_map(|block| rules_of_pair(&x, &y, *block)).collect();
            let rules = blocks.iter().fold(0, |rules, block| rules | 1 << (block >> 4 & 63));
            prop_assert_eq!(made, if blocks.is_empty() { vec![] } else { vec![rules] });
        }
    }
}
