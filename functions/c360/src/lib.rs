#![doc = include_str!("../README.md")]

mod args;
mod chart;
mod check;
mod consent;
mod context;
mod demo;
mod error;
mod evaluate;
mod explain;
mod export;
mod find;
mod format;
mod golden;
mod identify;
mod init;
mod lineage;
#[cfg(feature = "s3")]
mod link;
mod maintain;
mod model;
mod profile;
mod progress;
mod query;
#[cfg(feature = "s3")]
mod redrive;
mod report;
mod resolve;
mod review;
mod rows;
mod run;
mod show;
mod status;
mod steward;
mod who;

/// The command: what was typed → exit code.
pub fn main() -> std::process::ExitCode {
    context::main()
}
