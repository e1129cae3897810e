//! Which files were delivered before, from `bronze.ingested_files`.

use super::rows::Rows;
use crate::project::{Extract, Feed};
use crate::udf::{integers, strings};
use crate::{Result, Run};
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::TimestampMicrosecondType;
use regex::Regex;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Rows of a file by what became of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub read: u64,
    pub filtered: u64,
    pub standardized: u64,
    pub quarantined: u64,
}

impl Counts {
    pub fn add(&mut self, more: Counts) {
        self.read += more.read;
        self.filtered += more.filtered;
        self.standardized += more.standardized;
        self.quarantined += more.quarantined;
    }
}

/// One delivery of a file to a feed.
#[derive(Clone, Debug, Default)]
pub struct Delivery {
    pub file: String,
    pub file_key: String,
    pub content_hash: String,
    pub mapping_hash: String,
    pub extracted_at: Option<i64>,
    pub generation: i64,
    pub counts: Counts,
    /// Its content came before.
    pub is_again: bool,
    /// Its rows came with this run.
    pub is_fresh: bool,
}

/// What is known of (feed, content).
#[derive(Default)]
struct Known {
    generation: i64,
    /// The file key that counts now.
    file_key: String,
    /// File keys and extract times at which this content came.
    delivered: HashSet<(String, Option<i64>)>,
    /// Names under which it came, and the first of them.
    names: HashSet<String>,
    first: String,
}

#[derive(Default)]
pub struct Deliveries {
    contents: HashMap<(String, String), Known>,
    counts: HashMap<String, Counts>,
}

impl Deliveries {
    pub async fn load(run: &Run) -> Result<Deliveries> {
        let (session, _) = run.session(&["bronze.ingested_files"]).await?;
        let frame = session
            .sql(
                "reading bronze.ingested_files",
                "SELECT feed, content_hash, file_key, source_file, extracted_at, generation, rows_read, rows_filtered, \
                 rows_standardized, rows_quarantined FROM bronze.ingested_files ORDER BY generation",
            )
            .await?;
        let mut deliveries = Deliveries::default();
        for batch in run.collect(frame, "reading bronze.ingested_files").await? {
            let column = |name| strings(&batch, name);
            let number = |name| integers(&batch, name);
            let (feeds, contents, keys) = (
                column("feed")?,
                column("content_hash")?,
                column("file_key")?,
            );
            let names = column("source_file")?;
            let generations = number("generation")?;
            let (read, filtered) = (number("rows_read")?, number("rows_filtered")?);
            let (standardized, quarantined) =
                (number("rows_standardized")?, number("rows_quarantined")?);
            let times = batch.column_by_name("extracted_at").and_then(|times| {
                times
                    .as_primitive_opt::<TimestampMicrosecondType>()
                    .cloned()
            });
            for row in 0..batch.num_rows() {
                let counts = Counts {
                    read: read.value(row) as u64,
                    filtered: filtered.value(row) as u64,
                    standardized: standardized.value(row) as u64,
                    quarantined: quarantined.value(row) as u64,
                };
                let extracted_at = times
                    .as_ref()
                    .and_then(|times| (!times.is_null(row)).then(|| times.value(row)));
                deliveries.remember(
                    (feeds.value(row).to_owned(), contents.value(row).to_owned()),
                    keys.value(row),
                    names.value(row),
                    extracted_at,
                    generations.value(row),
                    counts,
                );
            }
        }
        Ok(deliveries)
    }

    fn remember(
        &mut self,
        content: (String, String),
        file_key: &str,
        name: &str,
        extracted_at: Option<i64>,
        generation: i64,
        counts: Counts,
    ) {
        let known = self.contents.entry(content).or_default();
        known.delivered.insert((file_key.to_owned(), extracted_at));
        if known.names.is_empty() {
            name.clone_into(&mut known.first);
        }
        known.names.insert(name.to_owned());
        if generation > known.generation {
            known.generation = generation;
            known.file_key = file_key.to_owned();
        }
        self.counts.insert(file_key.to_owned(), counts);
    }

    /// Was exactly this delivered before, with the mapping of today and at this extract time? The same content at another
    /// time says that it was still so then.
    pub fn is_known(&self, feed: &Feed, delivery: &Delivery) -> bool {
        let key = (feed.name.clone(), delivery.content_hash.clone());
        self.contents.get(&key).is_some_and(|known| {
            known.file_key == delivery.file_key
                && known
                    .delivered
                    .contains(&(delivery.file_key.clone(), delivery.extracted_at))
        })
    }

    /// Did this content come before, whatever its name and mapping?
    pub fn has(&self, feed: &Feed, delivery: &Delivery) -> bool {
        let key = (feed.name.clone(), delivery.content_hash.clone());
        self.contents.contains_key(&key)
    }

    /// The name under which this content came first, where it never came under this one.
    pub fn other_name(&self, feed: &Feed, delivery: &Delivery) -> Option<&str> {
        let key = (feed.name.clone(), delivery.content_hash.clone());
        let known = self.contents.get(&key)?;
        (!known.names.contains(&delivery.file)).then_some(known.first.as_str())
    }

    /// The counts of a file whose rows stand in silver already.
    pub fn rows_of(&self, file_key: &str) -> Option<Counts> {
        self.counts.get(file_key).copied()
    }

    /// Notes a delivery and gives it its generation.
    pub fn add(&mut self, feed: &Feed, delivery: &mut Delivery) {
        let key = (feed.name.clone(), delivery.content_hash.clone());
        delivery.generation = self.contents.get(&key).map_or(0, |known| known.generation) + 1;
        self.remember(
            key,
            &delivery.file_key,
            &delivery.file,
            delivery.extracted_at,
            delivery.generation,
            delivery.counts,
        );
    }
}

/// The rows of `bronze.ingested_files` that name these deliveries.
pub fn named(run: &Run, feed: &Feed, deliveries: &[&Delivery]) -> Result<RecordBatch> {
    let mut rows = Rows::new(run.table("bronze.ingested_files")?);
    for delivery in deliveries {
        rows.text("feed", Some(&feed.name));
        rows.text("entity", Some(feed.entity.as_str()));
        rows.text("source_system", Some(&feed.source));
        rows.text("source_file", Some(&delivery.file));
        rows.text("content_hash", Some(&delivery.content_hash));
        rows.text("mapping_hash", Some(&delivery.mapping_hash));
        rows.text("file_key", Some(&delivery.file_key));
        rows.text(
            "extract",
            Some(match feed.extract {
                Extract::Incremental => "incremental",
                Extract::Full => "full",
            }),
        );
        rows.timestamp("extracted_at", delivery.extracted_at);
        rows.integer("generation", Some(delivery.generation));
        rows.integer("rows_read", Some(delivery.counts.read as i64));
        rows.integer("rows_filtered", Some(delivery.counts.filtered as i64));
        rows.integer(
            "rows_standardized",
            Some(delivery.counts.standardized as i64),
        );
        rows.integer("rows_quarantined", Some(delivery.counts.quarantined as i64));
        rows.timestamp("ingested_at", Some(run.as_of));
        rows.text("run_id", Some(&run.run_id));
        rows.end();
    }
    rows.take()
}

/// A date in a file's name, with a time of day behind it if there is one.
pub fn date_in_name(name: &str) -> Option<i64> {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?:^|[^0-9])((?:19|20)\d\d)[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])(?:[-_T ]?([01]\d|2[0-3])[-_:h]?([0-5]\d)[-_:m]?([0-5]\d)?)?(?:[^0-9]|$)",
        )
        .ok()
    });
    let found = DATE.as_ref()?.captures(name)?;
    let part = |index: usize| {
        found
            .get(index)
            .and_then(|part| part.as_str().parse::<u32>().ok())
    };
    let date = chrono::NaiveDate::from_ymd_opt(part(1)? as i32, part(2)?, part(3)?)?;
    let time = date.and_hms_opt(
        part(4).unwrap_or(0),
        part(5).unwrap_or(0),
        part(6).unwrap_or(0),
    )?;
    Some(time.and_utc().timestamp_micros())
}
