//! Every end-to-end test, in one binary: the real `c360` and the real functions as processes, on projects in temporary
//! folders. `README.md` beside this folder lists what stands where.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

/// The arrows and rules of the house, over `cargo metadata`.
mod architecture;
/// The deployed system on a local AWS, each function under its own role.
mod aws;
/// A planted violation for every check of `sql/checks`.
mod checks;
/// Many writers, two runs at once, and upkeep beside them.
mod concurrency;
/// Consent through the door: every case of the design's decision.
mod consent;
/// The contract that outside tests rely on.
mod contract;
/// SIGKILL at chosen points and at random moments.
mod crash;
/// The demo: quality against its truth, and nothing new the second time.
mod demo;
/// Files that a project declares.
mod extracts;
/// The Lambda functions over an S3-compatible server.
mod functions;
/// What a customer is worth, against plain arithmetic.
mod golden;
/// Rubbish in, versions, deletions, full extracts, corrected mappings.
mod ingest;
/// One company's weeks as one story.
mod journey;
/// A public CRM data set that nobody here wrote.
mod kanoniv;
/// What a publication is measured by, what stops one, and pages in a browser.
mod kpis;
/// Who is who, and who is not.
mod matching;
/// The same files in any order, split, or twice.
mod order;
/// No personal data on standard output or error.
mod privacy;
/// Python `deltalake` and `polars` read what `c360` reads.
mod readers;
/// Projects, runs and tables that the modules share.
mod support;
/// Which values survive, under any rules.
mod survivorship;
/// What a warehouse relies on.
mod warehouse;
