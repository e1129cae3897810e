//! The demo's folder: project and extracts, made once per people and seed.

use crate::args::DemoArgs;
use crate::error::{Error, Result};
use crate::format::count;
use crate::init;
use crate::progress::Step;
use include_dir::{Dir, include_dir};
use pipeline::Steps;
use serde::{Deserialize, Serialize};
use std::path::Path;

static PROJECT: Dir = include_dir!("$CARGO_MANIFEST_DIR/demo");

/// Says which demo a folder holds.
const MARKER: &str = "demo.json";

/// What the generator made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    pub people: u64,
    pub seed: u64,
    /// False while extracts are being written: a demo that was killed there starts over.
    pub is_complete: bool,
    pub companies: u64,
    pub person_records: u64,
    pub duplicate_pairs: u64,
    /// Of those pairs, those that have no exact e-mail, phone or customer number in common.
    pub hard_pairs: u64,
    /// Those that no chain of such values through other records of the person joins either.
    pub unlinked_pairs: u64,
}

/// Writes project and extracts, unless the folder holds this very demo already.
pub fn prepare(args: &DemoArgs) -> Result<Made> {
    let wanted = Made {
        people: args.people as u64,
        seed: args.seed,
        ..Made::default()
    };
    match there(&args.dir)? {
        There::Demo(made)
            if made.is_complete && (made.people, made.seed) == (wanted.people, wanted.seed) =>
        {
            return Ok(made);
        }
        There::Demo(_) => {
            eprintln!(
                "  {} holds another demo, which is made anew",
                args.dir.display()
            );
            for folder in ["lake", "landing"] {
                remove(&args.dir.join(folder))?;
            }
        }
        There::Nothing => {}
        There::Something => {
            return Err(Error::Refused(format!(
                "{} is not empty and holds no demo; name another folder with --dir",
                args.dir.display()
            )));
        }
    }
    std::fs::create_dir_all(&args.dir).map_err(Error::file(&args.dir))?;
    mark(&args.dir, &wanted)?;
    init::write(&PROJECT, &args.dir)?;
    let step = Step::begin("generate", Steps::default());
    let options = testkit::Options {
        people: args.people,
        seed: args.seed,
    };
    let summary = testkit::generate(&args.dir, options)?;
    step.end(&format!("{} people", count(summary.people)));
    let made = Made {
        is_complete: true,
        companies: summary.companies,
        person_records: summary.person_records,
        duplicate_pairs: summary.duplicate_pairs,
        hard_pairs: summary.pairs_without_shared_identifier,
        unlinked_pairs: summary.unlinked_pairs,
        ..wanted
    };
    mark(&args.dir, &made)?;
    Ok(made)
}

enum There {
    Nothing,
    Something,
    Demo(Made),
}

fn there(dir: &Path) -> Result<There> {
    let path = dir.join(MARKER);
    match std::fs::read(&path) {
        // A marker that cannot be read is one that was being written.
        Ok(json) => Ok(There::Demo(
            serde_json::from_slice(&json).unwrap_or_default(),
        )),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Ok(if init::is_occupied(dir)? {
                There::Something
            } else {
                There::Nothing
            })
        }
        Err(error) => Err(Error::file(&path)(error)),
    }
}

fn mark(dir: &Path, made: &Made) -> Result<()> {
    let path = dir.join(MARKER);
    let json = serde_json::to_vec_pretty(made).map_err(Error::write(MARKER))?;
    std::fs::write(&path, json).map_err(Error::file(&path))
}

fn remove(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::file(folder)(error))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(dir: &Path, people: usize) -> DemoArgs {
        DemoArgs {
            dir: dir.to_owned(),
            people,
            seed: 1,
        }
    }

    #[tokio::test]
    async fn extracts_are_made_once() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("demo");
        let made = prepare(&args(&home, 50)).unwrap();
        assert!(made.is_complete && made.person_records > 50);
        assert!(!pipeline::Project::load(&home).unwrap().feeds.is_empty());

        let extract = home.join("landing/touched");
        std::fs::write(&extract, "").unwrap();
        assert_eq!(prepare(&args(&home, 50)).unwrap(), made);
        assert!(extract.exists(), "the same demo is left as it is");

        prepare(&args(&home, 60)).unwrap();
        assert!(!extract.exists(), "another demo is made anew");
    }

    #[tokio::test]
    async fn a_folder_of_somebody_else_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("thesis.txt"), "").unwrap();
        assert!(matches!(
            prepare(&args(dir.path(), 50)),
            Err(Error::Refused(_))
        ));
    }
}
