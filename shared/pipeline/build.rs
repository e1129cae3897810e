//! The SQL is part of the binary; a changed file is a changed crate.
fn main() {
    println!("cargo:rerun-if-changed=../../sql");
}
