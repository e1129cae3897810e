//! `cargo run -p testkit --example generate -- DIR PEOPLE SEED`: the extracts alone, with what was written and how fast.

use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [dir, people, seed] = args.as_slice() else {
        return Err("usage: generate DIR PEOPLE SEED".into());
    };
    let start = Instant::now();
    let summary = testkit::generate(
        dir.as_ref(),
        testkit::Options {
            people: people.parse()?,
            seed: seed.parse()?,
        },
    )?;
    println!("{summary:#?}");
    println!(
        "unlinked {:.4}, {:.2} s",
        summary.unlinked_share(),
        start.elapsed().as_secs_f64()
    );
    Ok(())
}
