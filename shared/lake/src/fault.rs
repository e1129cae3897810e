//! Crash points: places where a test kills the process for real.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

static PLAN: OnceLock<(String, u32)> = OnceLock::new();
static PASSED: AtomicU32 = AtomicU32::new(0);

/// Arms one crash point: `name` dies at its first passing, `name#3` at its third. Called once, by the command.
pub fn arm(plan: &str) {
    let (name, nth) = match plan.rsplit_once('#') {
        Some((name, nth)) => (name, nth.parse().unwrap_or(1)),
        None => (plan, 1),
    };
    let _ = PLAN.set((name.to_owned(), nth));
}

/// Dies here, if this point was armed. `name` is `what/table`, such as `staged/gold.dim_person`.
pub fn point(name: &str) {
    let Some((armed, nth)) = PLAN.get() else {
        return;
    };
    if armed == name && PASSED.fetch_add(1, Ordering::SeqCst) + 1 == *nth {
        // A SIGKILL of ourselves: no destructor, no flush, as a machine that goes away.
        let _ = std::process::Command::new("kill")
            .args(["-9", &std::process::id().to_string()])
            .status();
        std::process::abort();
    }
}
