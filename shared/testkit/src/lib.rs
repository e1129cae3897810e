#![doc = include_str!("../README.md")]

mod address;
mod company;
mod country;
mod data;
mod fill;
mod household;
mod kind;
mod moment;
mod names;
mod output;
mod record;
mod rng;
mod systems;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub use kind::{ErrorKind, System};

use company::Companies;
use household::Household;
use output::TruthFile;
use record::Plan;
use rng::Rng;
use systems::Systems;

/// The day the extracts were taken: in every file's name, and after every time inside.
pub const EXTRACT_DATE: &str = "2026-06-30";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// People to make up; each has about 2.5 records.
    pub people: usize,
    pub seed: u64,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    pub people: u64,
    pub households: u64,
    pub companies: u64,
    /// Rows by file, damaged ones left out.
    pub rows: BTreeMap<&'static str, u64>,
    /// Rows that are no rows, by file; only files that have some.
    pub damaged_rows: BTreeMap<&'static str, u64>,
    /// Distinct person records: the rows of `truth.csv`.
    pub person_records: u64,
    /// Records by what is wrong with them.
    pub errors: BTreeMap<ErrorKind, u64>,
    /// Pairs of records of one person.
    pub duplicate_pairs: u64,
    /// Those that share no exact e-mail, phone or customer number.
    pub pairs_without_shared_identifier: u64,
    /// Those of them that no chain through the person's other records joins either.
    pub unlinked_pairs: u64,
}

impl Summary {
    /// The part of duplicate pairs, 0 to 1, that no exact identifier joins, straight or through other records.
    pub fn unlinked_share(&self) -> f64 {
        self.unlinked_pairs as f64 / self.duplicate_pairs.max(1) as f64
    }
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot write {path}: {source}")]
    Io {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("cannot write orders: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    #[error("cannot build orders: {0}")]
    Arrow(#[from] arrow::error::ArrowError),
    #[error("cannot write a shop customer: {0}")]
    Json(#[from] serde_json::Error),
}

impl Error {
    fn io(path: &Path, source: std::io::Error) -> Error {
        Error::Io {
            path: path.to_owned(),
            source,
        }
    }
}

/// Writes the extracts to `dir/landing` and the truth to `dir`, over what is there.
pub fn generate(dir: &Path, options: Options) -> Result<Summary, Error> {
    let Options { people, seed } = options;
    let landing = dir.join("landing");
    fs::create_dir_all(&landing).map_err(|e| Error::io(&landing, e))?;
    let companies = Companies::new(seed, people);
    let mut truth = Truth::create(dir)?;
    let mut summary = Summary {
        companies: companies.len() as u64,
        ..Summary::default()
    };
    let mut systems = Systems::create(&landing, seed, companies.clone())?;
    while summary.people < people as u64 {
        let mut home = Household::at(seed, summary.households, summary.people, &companies);
        home.members.truncate(people - summary.people as usize);
        write_household(&home, seed, &mut systems, &mut truth, &mut summary)?;
        summary.households += 1;
        summary.people += home.members.len() as u64;
    }
    let mut written = vec![systems.write_accounts(&landing, seed, |id, company| {
        truth.accounts.line(&format!("crm,{id},C{company:08}"))
    })?];
    written.extend(systems.finish()?);
    for (file, rows, damaged) in written {
        summary.rows.insert(file, rows);
        if damaged > 0 {
            summary.damaged_rows.insert(file, damaged);
        }
    }
    truth.finish()?;
    Ok(summary)
}

fn write_household(
    home: &Household,
    seed: u64,
    systems: &mut Systems,
    truth: &mut Truth,
    summary: &mut Summary,
) -> Result<(), Error> {
    for person in &home.members {
        let rng = &mut Rng::new(seed, 5, person.index);
        let plans = record::plan(rng, person, home);
        count_pairs(&plans, summary);
        let keeps_accents = plans.iter().any(|p| p.apart.is_some());
        for plan in &plans {
            let filled = fill::fill(rng, plan, person, home, keeps_accents);
            let id = systems.write(rng, &filled)?;
            let source = plan.system.name();
            truth
                .people
                .line(&format!("{source},{id},P{:08}", person.index))?;
            summary.person_records += 1;
            for kind in &filled.kinds {
                truth
                    .errors
                    .line(&format!("{source},{id},{}", kind.name()))?;
                *summary.errors.entry(*kind).or_default() += 1;
            }
        }
    }
    Ok(())
}

fn count_pairs(plans: &[Plan], summary: &mut Summary) {
    let group = record::groups(plans);
    for i in 0..plans.len() {
        for j in 0..i {
            summary.duplicate_pairs += 1;
            summary.pairs_without_shared_identifier +=
                u64::from(plans[i].identifiers() & plans[j].identifiers() == 0);
            summary.unlinked_pairs += u64::from(group[i] != group[j]);
        }
    }
}

struct Truth {
    people: TruthFile,
    accounts: TruthFile,
    errors: TruthFile,
}

impl Truth {
    fn create(dir: &Path) -> Result<Truth, Error> {
        Ok(Truth {
            people: TruthFile::create(dir, "truth.csv", "source,record_id,entity_id")?,
            accounts: TruthFile::create(dir, "truth_accounts.csv", "source,record_id,entity_id")?,
            errors: TruthFile::create(dir, "truth_errors.csv", "source,record_id,kind")?,
        })
    }

    fn finish(self) -> Result<(), Error> {
        self.people.finish()?;
        self.accounts.finish()?;
        self.errors.finish()
    }
}
