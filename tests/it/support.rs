//! Projects in temporary folders, the command as a process, tables as rows.

pub mod lines;
pub mod pack;
mod project;
mod state;
mod table;

pub use project::{Feed, Project, Report, c360};
pub use state::State;
pub use table::Table;

use std::path::{Path, PathBuf};

/// One variable of the environment; empty counts as not set.
#[allow(clippy::disallowed_methods)]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

pub fn workspace() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("tests/ lies in the workspace")
        .to_owned()
}

/// What lies outside the checkout (`C360_SHARED`, else `../shared`), such as public data sets. Absent, the test is
/// skipped and says so; in CI that is a failure.
pub fn shared(path: &str) -> Option<PathBuf> {
    let shared = match variable("C360_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => workspace().join("../shared"),
    };
    let found = shared.join(path);
    if found.exists() {
        return Some(found);
    }
    skip(&format!(
        "{path} is not in the shared folder; C360_SHARED names it"
    ));
    None
}

/// Says loudly that a test did not run; in CI nothing may be skipped.
pub fn skip(reason: &str) {
    assert!(
        variable("CI").is_none_or(|ci| ci == "false"),
        "in CI nothing is skipped: {reason}"
    );
    eprintln!("SKIPPED: {reason}");
}

/// SplitMix64: random numbers that are the same on every machine.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
