//! A truth file, and its records' customers.

use super::metrics::Labels;
use crate::error::{Error, Result};
use arrow::array::AsArray;
use futures::StreamExt;
use lake::LakeError;
use pipeline::Run;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::path::Path;

/// (entity, source system, record id).
type Key = (String, String, String);

/// Records and the true entity of each.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    /// In the order of the file.
    pub records: Vec<Key>,
    entity_of: Vec<u32>,
    at: HashMap<Key, usize>,
}

impl Truth {
    /// Where in the file a record stands (0 = first).
    pub fn position(&self, entity: &str, source: &str, record_id: &str) -> Option<usize> {
        let key = (entity.to_owned(), source.to_owned(), record_id.to_owned());
        self.at.get(&key).copied()
    }

    /// Reads `source,record_id,entity_id` in any order of columns; an `entity` column says person or account;
    /// where it is absent or empty, `party` holds.
    ///
    /// Errors name the line: a missing column, a row of another width, a record with two entities.
    pub fn read(path: &Path, party: &str) -> Result<Truth> {
        let fail = |line: u64, message: String| Error::Line {
            path: path.to_owned(),
            line,
            message,
        };
        let file = std::fs::File::open(path).map_err(Error::file(path))?;
        let mut reader = csv::Reader::from_reader(file);
        let header = reader
            .headers()
            .map_err(|error| fail(1, error.to_string()))?
            .clone();
        let find = |name: &str| header.iter().position(|column| column.trim() == name);
        let need = |name: &str| {
            find(name).ok_or_else(|| {
                let there: Vec<&str> = header.iter().collect();
                fail(
                    1,
                    format!("there is no column {name}, only {}", there.join(", ")),
                )
            })
        };
        let (source, record_id, entity_id) =
            (need("source")?, need("record_id")?, need("entity_id")?);
        let entity = find("entity");
        let mut truth = Truth::default();
        let mut numbers = Numbers::default();
        let mut row = csv::StringRecord::new();
        loop {
            let more = reader.read_record(&mut row).map_err(|error| {
                let line = error.position().map_or(0, csv::Position::line);
                fail(line, error.to_string())
            })?;
            if !more {
                return Ok(truth);
            }
            let line = row.position().map_or(0, csv::Position::line);
            let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
            let stated = entity.map(cell).filter(|stated| !stated.is_empty());
            let party = stated.unwrap_or_else(|| party.to_owned());
            let number = numbers.of((party.clone(), cell(entity_id)));
            let key = (party, cell(source), cell(record_id));
            match truth.at.get(&key) {
                Some(at) if truth.entity_of.get(*at) == Some(&number) => {}
                Some(_) => {
                    return Err(fail(
                        line,
                        format!("record {}:{} has another entity above", key.1, key.2),
                    ));
                }
                None => {
                    truth.at.insert(key.clone(), truth.records.len());
                    truth.records.push(key);
                    truth.entity_of.push(number);
                }
            }
        }
    }
}

/// The truth's records with the customers they were given.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// In the order of [`Truth::records`].
    pub labels: Labels,
    /// Records of the truth that the crosswalk lacks: each a customer of its own.
    pub missing: u64,
    /// Records of the crosswalk that the truth lacks, of the entities that it speaks of.
    pub unjudged: u64,
}

/// Looks every record of the truth up in the crosswalk.
pub async fn compare(run: &Run, truth: &Truth) -> Result<Compared> {
    let what = "reading the crosswalk";
    let (session, _) = run.session(&["silver.crosswalk"]).await?;
    let frame = session
        .sql(
            what,
            "SELECT entity, source_system, source_record_id, customer_id FROM silver.crosswalk",
        )
        .await?;
    let mut batches = frame
        .execute_stream()
        .await
        .map_err(LakeError::query(what))?;
    let parties: BTreeSet<&str> = truth.records.iter().map(|key| key.0.as_str()).collect();
    let mut customers = Numbers::default();
    let mut given: Vec<Option<u32>> = vec![None; truth.records.len()];
    let mut compared = Compared::default();
    while let Some(batch) = batches.next().await {
        let batch = batch.map_err(LakeError::query(what))?;
        let columns: Vec<_> = batch
            .columns()
            .iter()
            .filter_map(|column| column.as_string_opt::<i32>())
            .collect();
        let [entity, source, record, customer] = columns.as_slice() else {
            return Err(Error::Refused(
                "silver.crosswalk holds columns that are no text".into(),
            ));
        };
        for row in 0..batch.num_rows() {
            let key = (
                entity.value(row).to_owned(),
                source.value(row).to_owned(),
                record.value(row).to_owned(),
            );
            let slot = truth.at.get(&key).and_then(|at| given.get_mut(*at));
            match slot {
                Some(slot) => *slot = Some(customers.of(customer.value(row).to_owned())),
                None if parties.contains(key.0.as_str()) => compared.unjudged += 1,
                None => {}
            }
        }
    }
    let customer = given.into_iter().map(|customer| {
        customer.unwrap_or_else(|| {
            compared.missing += 1;
            customers.fresh()
        })
    });
    compared.labels = Labels::new(truth.entity_of.clone(), customer.collect());
    Ok(compared)
}

/// Small numbers for things, by first appearance.
#[derive(Debug)]
struct Numbers<K> {
    of: HashMap<K, u32>,
    next: u32,
}

impl<K> Default for Numbers<K> {
    fn default() -> Numbers<K> {
        Numbers {
            of: HashMap::new(),
            next: 0,
        }
    }
}

impl<K: Hash + Eq> Numbers<K> {
    fn of(&mut self, key: K) -> u32 {
        let next = &mut self.next;
        *self.of.entry(key).or_insert_with(|| {
            *next += 1;
            *next
        })
    }

    /// A number that nothing else has.
    fn fresh(&mut self) -> u32 {
        self.next += 1;
        self.next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Truth> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("truth.csv");
        std::fs::write(&path, text).unwrap();
        Truth::read(&path, "person")
    }

    #[test]
    fn persons_by_default() {
        let truth = read("entity_id,source,record_id\nj,crm,1\nj,shop,A\nb,crm,2\n").unwrap();
        assert_eq!(
            truth.records[1],
            ("person".into(), "shop".into(), "A".into())
        );
        assert_eq!(truth.entity_of, [1, 1, 2]);
    }

    #[test]
    fn an_account_is_not_the_person_of_that_id() {
        let truth =
            read("source,record_id,entity_id,entity\ncrm,1,x,person\ncrm,1,x,account\n").unwrap();
        assert_eq!(truth.entity_of, [1, 2]);
    }

    #[test]
    fn mistakes_name_their_line() {
        let error = read("source,record_id\ncrm,1\n").unwrap_err().to_string();
        assert!(
            error.contains("truth.csv:1: there is no column entity_id"),
            "{error}"
        );
        let error = read("source,record_id,entity_id\ncrm,1,a\ncrm,1,b\n")
            .unwrap_err()
            .to_string();
        assert!(error.contains("truth.csv:3: record crm:1"), "{error}");
    }
}
