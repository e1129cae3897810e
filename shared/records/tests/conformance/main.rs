//! Scores of each type on cases made by others (`../shared/datasets`, or `C360_SHARED`); skipped loudly where they are absent.

mod email;
mod phone;
mod split;
mod address;
mod country;

use std::path::PathBuf;

/// A data set's folder, or `None` with a word on standard error.
fn dataset(name: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("C360_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let folder = shared.join("datasets").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: {} is absent", folder.display());
    None
}
