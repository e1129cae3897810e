//! Crash points: places where a test kills or stops the process for real.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

static PLAN: OnceLock<(String, u32)> = OnceLock::new();
static PASSED: AtomicU32 = AtomicU32::new(0);

/// Arms one crash point: `name` dies at its first passing, `name#3` at its third; `stop:name` is stopped there (SIGSTOP)
/// until someone continues it. Called once, by the command.
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
    let (signal, armed) = match armed.strip_prefix("stop:") {
        Some(armed) => ("-STOP", armed),
        None => ("-KILL", armed.as_str()),
    };
    if armed == name && PASSED.fetch_add(1, Ordering::SeqCst) + 1 == *nth {
        // A SIGKILL of ourselves: no destructor, no flush, as a machine that goes away.
        let _ = std::process::Command::new("kill")
            .args([signal, &std::process::id().to_string()])
            .status();
        if signal == "-KILL" {
            std::process::abort();
        }
    }
}
