//! Scores of each type on cases made by others (`../shared/datasets`, or `C360_SHARED`); skipped loudly where they are absent.

mod address;
mod country;
mod email;
mod labelled;
mod name;
mod organization;
mod phone;
mod split;

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

/// Right and wrong cases, of the half that was looked at during development and of the half that was not.
#[derive(Default)]
struct Score {
    right: [u32; 2],
    total: [u32; 2],
    misses: Vec<String>,
}

impl Score {
    /// `case` decides the half: looked at are those with an even CRC-32.
    fn add(&mut self, case: &str, is_right: bool, miss: impl FnOnce() -> String) {
        let shift = |crc: u32| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        let crc = !case.bytes().fold(!0, |crc: u32, byte| {
            (0..8).fold(crc ^ u32::from(byte), |crc, _| shift(crc))
        });
        let half = usize::from(crc & 1 == 1);
        self.total[half] += 1;
        if is_right {
            self.right[half] += 1;
        } else if half == 0 {
            self.misses.push(miss());
        }
    }

    /// Prints both halves and the misses of the first one; the whole must reach `floor`.
    fn report(&self, what: &str, floor: f64) {
        let share = |half: usize| f64::from(self.right[half]) / f64::from(self.total[half].max(1));
        let (right, total) = (
            self.right.iter().sum::<u32>(),
            self.total.iter().sum::<u32>(),
        );
        let whole = f64::from(right) / f64::from(total.max(1));
        for miss in &self.misses {
            println!("  {what}: {miss}");
        }
        println!(
            "{what}: {right} of {total}, {whole:.4} (looked at {:.4}, unseen {:.4})",
            share(0),
            share(1)
        );
        assert!(whole >= floor, "{what}: {whole:.4} is below {floor}");
    }
}
