//! The demo's crosswalk against its truth, overall and per kind of error.

use crate::error::{Error, Result};
use crate::evaluate::metrics::{Pairs, pairs};
use crate::evaluate::truth::{Compared, Truth, compare};
use crate::evaluate::{Measures, metrics::bcubed};
use pipeline::Run;
use std::collections::BTreeMap;
use std::path::Path;

pub struct Score {
    /// Person records.
    pub records: u64,
    pub pairwise: Pairs,
    pub bcubed: Measures,
    pub missing: u64,
    pub unjudged: u64,
    /// By kind of error, in the generator's order.
    pub kinds: Vec<Kind>,
    pub accounts: Pairs,
}

/// Pairs in which at least one record has a kind of error.
pub struct Kind {
    pub name: &'static str,
    pub records: u64,
    pub pairs: Pairs,
}

pub async fn score(run: &Run, dir: &Path) -> Result<Score> {
    let accounts = Truth::read(&dir.join("truth_accounts.csv"), "account")?;
    let accounts = compare(run, &accounts).await?;
    let truth = Truth::read(&dir.join("truth.csv"), "person")?;
    let Compared {
        labels,
        missing,
        unjudged,
    } = compare(run, &truth).await?;
    let mut records_of = records_by_kind(&dir.join("truth_errors.csv"), &truth)?;
    let mut kinds = Vec::new();
    for kind in testkit::ErrorKind::ALL {
        let name = kind.name();
        let Some(records) = records_of.remove(name) else {
            continue;
        };
        let mut is_marked = vec![false; labels.len()];
        for at in &records {
            is_marked[*at] = true;
        }
        kinds.push(Kind {
            name,
            records: records.len() as u64,
            pairs: pairs(&labels, |at| is_marked[at]),
        });
    }
    Ok(Score {
        pairwise: pairs(&labels, |_| true),
        bcubed: bcubed(&labels).into(),
        missing,
        unjudged,
        kinds,
        records: labels.len() as u64,
        accounts: pairs(&accounts.labels, |_| true),
    })
}

/// Positions of the truth's records by kind of error.
fn records_by_kind(path: &Path, truth: &Truth) -> Result<BTreeMap<String, Vec<usize>>> {
    let mut reader = csv::Reader::from_path(path).map_err(Error::write("the score"))?;
    let mut records: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut row = csv::StringRecord::new();
    while reader
        .read_record(&mut row)
        .map_err(Error::write("the score"))?
    {
        let (Some(source), Some(id), Some(kind)) = (row.get(0), row.get(1), row.get(2)) else {
            continue;
        };
        let Some(at) = truth.position("person", source, id) else {
            continue;
        };
        match records.get_mut(kind) {
            Some(positions) => positions.push(at),
            None => {
                records.insert(kind.to_owned(), vec![at]);
            }
        }
    }
    Ok(records)
}
