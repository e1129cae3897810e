//! `C360_MATCHING_CODE`: a hash of the code that compares and clusters. What one build has compared stands for another build only
//! where it is the same.

use std::hash::Hasher;
use std::io::Result;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::Xxh3;

const CODE: [&str; 5] = [
    "../linkage/src",
    "src/resolve",
    "src/resolve.rs",
    "src/cluster",
    "src/cluster.rs",
];

/// What only asks: no run does it.
const ASKS: [&str; 2] = ["src/resolve/now", "src/resolve/now.rs"];

fn main() -> Result<()> {
    let mut files = Vec::new();
    for path in CODE {
        println!("cargo::rerun-if-changed={path}");
        // A build script works in its package's folder.
        find(Path::new(path), &mut files)?;
    }
    files.sort_unstable();
    let mut hasher = Xxh3::new();
    for file in files {
        hasher.write(&std::fs::read(file)?);
    }
    println!(
        "cargo::rustc-env=C360_MATCHING_CODE={:016x}",
        hasher.finish()
    );
    Ok(())
}

fn find(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if ASKS.iter().any(|asks| path == Path::new(asks)) {
        return Ok(());
    }
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(path)? {
        find(&entry?.path(), files)?;
    }
    Ok(())
}
