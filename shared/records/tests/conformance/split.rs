//! Half of every data set is never looked at while developing: its score says whether the rules fit more than the cases read.

/// A case of the unseen half, by FNV-1a of its text.
pub fn is_unseen(case: &str) -> bool {
    let hash = case.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 17) & 1 == 1
}

/// Cases and how many of them were right, for each half.
#[derive(Default)]
pub struct Score {
    halves: [(u32, u32); 2],
}

impl Score {
    pub fn count(&mut self, case: &str, right: bool) {
        let (cases, hits) = &mut self.halves[usize::from(is_unseen(case))];
        *cases += 1;
        *hits += u32::from(right);
    }

    /// Percent right of both halves together.
    pub fn percent(&self) -> f64 {
        let [seen, unseen] = self.halves;
        percent((seen.0 + unseen.0, seen.1 + unseen.1))
    }

    pub fn print(&self, what: &str) {
        let [seen, unseen] = self.halves;
        println!(
            "{what}: {:.2} % ({} cases; development half {:.2} %, unseen half {:.2} %)",
            self.percent(),
            seen.0 + unseen.0,
            percent(seen),
            percent(unseen),
        );
    }
}

fn percent((cases, hits): (u32, u32)) -> f64 {
    100.0 * f64::from(hits) / f64::from(cases.max(1))
}
