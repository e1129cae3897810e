//! Which pairs meet in blocks, and how blocks are shared out among threads.

use super::blocks::Blocks;
use super::kept::Changes;
use std::ops::Range;

/// Pairs that a thread takes at once, at least.
const TASK_PAIRS: u64 = 50_000;

/// Ranges of blocks that are about as much work.
pub fn tasks(blocks: &Blocks) -> Vec<Range<u32>> {
    let mut tasks = Vec::new();
    let (mut from, mut pairs) = (0, 0);
    for block in 0..blocks.len() as u32 {
        pairs += blocks.meetings(block);
        if pairs >= TASK_PAIRS {
            tasks.push(from..block + 1);
            (from, pairs) = (block + 1, 0);
        }
    }
    tasks.push(from..blocks.len() as u32);
    tasks
}

/// Calls `see(block, a, b)` with the places of every two members that meet in a block, and what `describe` says of each. Where
/// changes are known: of those that may have to be compared again.
pub fn meet<T>(
    blocks: &Blocks,
    changes: Option<&Changes>,
    range: Range<u32>,
    describe: impl Fn(u32) -> T,
    mut see: impl FnMut(u32, (u32, &T), (u32, &T)),
) {
    let mut described = Vec::new();
    let mut changed = Vec::new();
    for block in range {
        let members = blocks.members(block);
        let changes = changes.filter(|_| !blocks.is_touched(block));
        if let Some(changes) = changes {
            let is_changed = |at: &usize| members.get(*at).is_some_and(|a| changes.has(*a));
            changed.clear();
            changed.extend((0..members.len()).filter(is_changed));
            if changed.is_empty() {
                continue;
            }
        }
        described.clear();
        described.extend(members.iter().map(|member| describe(*member)));
        let mut pair = |left: usize, right: usize| {
            if let (Some(a), Some(b), Some(left), Some(right)) = (
                members.get(left),
                members.get(right),
                described.get(left),
                described.get(right),
            ) {
                see(block, (*a, left), (*b, right));
            }
        };
        let leaders = blocks.leaders(block).min(members.len());
        for left in 0..leaders {
            let behind = left + 1..members.len();
            match changes {
                Some(changes) if !members.get(left).is_some_and(|a| changes.has(*a)) => {
                    let from = changed.partition_point(|at| *at <= left);
                    let others = changed.get(from..).unwrap_or_default();
                    others.iter().for_each(|right| pair(left, *right));
                }
                _ => behind.for_each(|right| pair(left, right)),
            }
        }
    }
}
