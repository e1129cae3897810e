#![doc = include_str!("../README.md")]

mod args;
mod check;
mod context;
mod demo;
mod error;
mod evaluate;
mod explain;
mod export;
mod find;
mod format;
mod init;
mod maintain;
mod progress;
mod query;
mod rows;
mod run;
mod show;
mod steward;

fn main() -> std::process::ExitCode {
    context::main()
}
