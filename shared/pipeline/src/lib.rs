#![doc = include_str!("../README.md")]

mod cells;
mod checks;
mod cluster;
pub mod compare;
mod crosswalk;
pub mod customers;
mod error;
pub mod extract;
pub mod golden;
mod households;
mod ingest;
pub mod maintain;
mod mapping;
mod predicate;
pub mod project;
pub mod resolve;
mod run;
mod sql;
pub mod standardize;
pub mod status;
mod step;
mod udf;
mod udf_consent;
mod udf_rows;

pub use error::{Breach, FailedCheck, PipelineError, Result};
pub use project::{Entity, Extract, Feed, Project, is_free_text};
pub use run::{Anew, Pinned, Run, Secret, Settings};
pub use sql::Sql;
pub use step::{Step, Steps, UnderWay};

/// Of every program that runs a stage: glibc's allocator keeps what threads have freed, so that its memory grows with the file
/// (measured in tests/bench/README.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Freed pages stay with the process for a tenth of a second from here on, not for a hundredth: a stage that goes from one table to
/// the next would have them cleared again and again (an eighth of `resolve`, for a fiftieth more memory).
fn keep_freed_pages() {
    /// `mi_option_purge_delay` of mimalloc 2, in milliseconds.
    const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;
    // SAFETY: sets one number in a table of the allocator, atomically; any thread may at any time.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, 100) }
}
