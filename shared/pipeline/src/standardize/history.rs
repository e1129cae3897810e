//! What the files of a feed are like, one after the other: `bronze.feed_schemas` and `silver.feed_profiles`.

use super::dates::Dates;
use super::deliveries::Delivery;
use super::drift::{Column, Drift};
use super::profile::Profile;
use super::rows::Rows;
use crate::project::{Extract, Feed};
use crate::udf::{integers, strings};
use crate::{PipelineError, Result, Run};
use arrow::array::RecordBatch;
use std::collections::BTreeMap;

pub(super) const SCHEMAS: &str = "bronze.feed_schemas";
pub(super) const PROFILES: &str = "silver.feed_profiles";
/// Rows that both files must have before a change of their values is told.
const ENOUGH: u64 = 100;
/// Changes of a share that are told.
const TOLD: f64 = 0.2;

/// The newest file of a feed.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Its name; `None` before the first.
    pub file: Option<String>,
    pub columns: Vec<Column>,
    profile: BTreeMap<String, Shares>,
}

/// A column's values, as shares of the rows.
#[derive(Clone, Debug, Default)]
struct Shares {
    rows: u64,
    filled: f64,
    /// Of the filled ones.
    valid: f64,
    patterns: BTreeMap<String, f64>,
}

/// How far a column is from what it was.
struct Distance {
    filled: f64,
    valid: f64,
    pattern: f64,
}

/// The newest file of every feed.
#[derive(Debug, Default)]
pub struct Histories(BTreeMap<String, History>);

impl Histories {
    /// One look at both tables for all feeds: they have a file for each that was ever taken in.
    pub async fn load(run: &Run) -> Result<Histories> {
        let (session, _) = run
            .session(&["bronze.ingested_files", SCHEMAS, PROFILES])
            .await?;
        run.active_files(&session).await?;
        let newest = |table: &str, columns: &str| {
            // Files of one run come in the order of their names; a file that is held is no measure for others.
            format!(
                "WITH files AS (SELECT t.feed, t.file_key, max(t.ingested_at) AS ingested_at, max(t.source_file) AS source_file \
                 FROM {table} AS t LEFT SEMI JOIN scratch.active_files AS f ON f.file_key = t.file_key \
                 GROUP BY t.feed, t.file_key), \
                 ranked AS (SELECT file_key, row_number() OVER (PARTITION BY feed ORDER BY ingested_at DESC, source_file DESC) AS place \
                 FROM files) \
                 SELECT t.feed, {columns} FROM {table} AS t WHERE t.file_key IN (SELECT file_key FROM ranked WHERE place = 1)"
            )
        };
        let what = "reading what the last file of a feed was like";
        let mut histories = Histories::default();
        let columns =
            "source_file, coalesce(position, -1) AS position, column_name, data_type, looks_like";
        let sql = format!("{} ORDER BY t.feed, position", newest(SCHEMAS, columns));
        for batch in run.collect(session.sql(what, &sql).await?, what).await? {
            let text = |name| strings(&batch, name);
            let (feeds, files, names) = (text("feed")?, text("source_file")?, text("column_name")?);
            let (types, looks) = (text("data_type")?, text("looks_like")?);
            let positions = integers(&batch, "position")?;
            for row in 0..batch.num_rows() {
                let history = histories.0.entry(feeds.value(row).to_owned()).or_default();
                history.file = Some(files.value(row).to_owned());
                history.columns.push(Column {
                    name: names.value(row).to_owned(),
                    data_type: types.value(row).to_owned(),
                    looks_like: known_look(looks.value(row)),
                    is_present: positions.value(row) > 0,
                });
            }
        }
        let sql = newest(PROFILES, "column_name, row_count, filled, valid, patterns");
        for batch in run.collect(session.sql(what, &sql).await?, what).await? {
            let text = |name| strings(&batch, name);
            let number = |name| integers(&batch, name);
            let (feeds, names, patterns) = (text("feed")?, text("column_name")?, text("patterns")?);
            let (rows, filled, valid) = (number("row_count")?, number("filled")?, number("valid")?);
            for row in 0..batch.num_rows() {
                let top: Vec<(String, f64)> =
                    serde_json::from_str(patterns.value(row)).unwrap_or_default();
                let shares = Shares::new(
                    rows.value(row) as u64,
                    filled.value(row) as u64,
                    valid.value(row) as u64,
                    top,
                );
                let history = histories.0.entry(feeds.value(row).to_owned()).or_default();
                history.profile.insert(names.value(row).to_owned(), shares);
            }
        }
        Ok(histories)
    }

    pub fn of(&self, feed: &Feed) -> History {
        self.0.get(&feed.name).cloned().unwrap_or_default()
    }
}

impl History {
    /// The rows that describe a file; it is the newest one from now on. Also told: which of its values are not like those of
    /// the file before.
    pub fn add(
        &mut self,
        run: &Run,
        feed: &Feed,
        delivery: &Delivery,
        drift: Drift,
        profile: &Profile,
        dates: &Dates,
    ) -> Result<(RecordBatch, RecordBatch, Vec<String>)> {
        let schemas = self.schemas(run, feed, delivery, &drift)?;
        let (profiles, told, shares) = self.profiles(run, feed, delivery, profile, dates)?;
        // Whether a full extract counts is not known yet; what is read again is of another time.
        if feed.extract == Extract::Incremental && !delivery.is_again {
            let columns = drift.columns.into_iter();
            self.columns = columns.map(|(column, _)| column).collect();
            self.file = Some(delivery.file.clone());
            self.profile = shares;
        }
        Ok((schemas, profiles, told))
    }

    fn schemas(
        &self,
        run: &Run,
        feed: &Feed,
        delivery: &Delivery,
        drift: &Drift,
    ) -> Result<RecordBatch> {
        let mut rows = self.rows(run, feed, delivery, SCHEMAS)?;
        for (position, (column, change)) in drift.columns.iter().enumerate() {
            let position = column.is_present.then_some(position as i64 + 1);
            rows.integer("position", position);
            rows.text("column_name", Some(&column.name));
            rows.text("data_type", Some(&column.data_type));
            rows.text("looks_like", column.looks_like);
            rows.text("change", change.as_ref().map(|change| change.name()));
            rows.text("before", change.as_ref().and_then(|change| change.before()));
            rows.end();
        }
        rows.take()
    }

    fn profiles(
        &self,
        run: &Run,
        feed: &Feed,
        delivery: &Delivery,
        profile: &Profile,
        dates: &Dates,
    ) -> Result<(RecordBatch, Vec<String>, BTreeMap<String, Shares>)> {
        let mut rows = self.rows(run, feed, delivery, PROFILES)?;
        rows.constant_text("entity", feed.entity.as_str());
        let (mut told, mut shares) = (Vec::new(), BTreeMap::new());
        for (name, column) in profile.columns() {
            let is_mapped = !name.starts_with('(');
            let patterns = column.top_patterns();
            rows.text("column_name", Some(name));
            rows.integer("row_count", Some(profile.rows as i64));
            rows.integer("filled", Some(column.filled as i64));
            rows.integer("valid", Some(column.valid() as i64));
            rows.integer(
                "distinct_values",
                is_mapped.then(|| column.distinct() as i64),
            );
            rows.text("patterns", Some(&as_json(&patterns)?));
            rows.text("rules", Some(&as_json(&column.rules())?));
            rows.text("date_order", dates.shown(name));
            let top = patterns
                .iter()
                .map(|(pattern, share)| ((*pattern).to_owned(), *share));
            let now = Shares::new(profile.rows, column.filled, column.valid(), top);
            let before = self.profile.get(name).filter(|_| !delivery.is_again);
            if let Some(before) = before {
                let distance = before.distance(&now);
                rows.number("filled_drift", Some(distance.filled));
                rows.number("valid_drift", Some(distance.valid));
                rows.number("pattern_drift", Some(distance.pattern));
                if before.rows.min(now.rows) >= ENOUGH {
                    told.extend(before.told(&now, &distance, name));
                }
            }
            rows.end();
            shares.insert(name.to_owned(), now);
        }
        Ok((rows.take()?, told, shares))
    }

    fn rows(&self, run: &Run, feed: &Feed, delivery: &Delivery, table: &str) -> Result<Rows> {
        let mut rows = Rows::new(run.table(table)?);
        rows.constant_text("feed", &feed.name);
        rows.constant_text("source_system", &feed.source);
        rows.constant_text("source_file", &delivery.file);
        rows.constant_text("file_key", &delivery.file_key);
        if let Some(file) = self.file.as_ref().filter(|_| !delivery.is_again) {
            rows.constant_text("previous_file", file);
        }
        rows.constant_timestamp("ingested_at", run.as_of);
        rows.constant_text("run_id", &run.run_id);
        Ok(rows)
    }
}

impl Shares {
    fn new(
        rows: u64,
        filled: u64,
        valid: u64,
        patterns: impl IntoIterator<Item = (String, f64)>,
    ) -> Shares {
        let share = |part: u64, whole: u64| match whole {
            0 => 0.0,
            whole => part as f64 / whole as f64,
        };
        Shares {
            rows,
            filled: share(filled, rows),
            valid: share(valid, filled),
            patterns: patterns.into_iter().collect(),
        }
    }

    fn distance(&self, now: &Shares) -> Distance {
        let share =
            |of: &Shares, pattern: &String| of.patterns.get(pattern).copied().unwrap_or(0.0);
        let all = self.patterns.keys().chain(
            now.patterns
                .keys()
                .filter(|name| !self.patterns.contains_key(*name)),
        );
        let apart: f64 = all
            .map(|name| (share(self, name) - share(now, name)).abs())
            .sum();
        let is_filled = self.filled > 0.0 && now.filled > 0.0;
        Distance {
            filled: now.filled - self.filled,
            valid: if is_filled {
                now.valid - self.valid
            } else {
                0.0
            },
            pattern: if is_filled { apart / 2.0 } else { 0.0 },
        }
    }

    /// What a person should know of, in words.
    fn told(&self, now: &Shares, distance: &Distance, name: &str) -> Vec<String> {
        let percent = |share: f64| format!("{:.0} %", 100.0 * share);
        let shares = [
            ("filled", distance.filled, now.filled, self.filled),
            ("valid", distance.valid, now.valid, self.valid),
        ];
        let far = shares
            .into_iter()
            .filter(|(_, distance, ..)| distance.abs() >= TOLD);
        far.map(|(what, _, now, before)| {
            format!(
                "{name} is {what} in {}, was in {}",
                percent(now),
                percent(before)
            )
        })
        .collect()
    }
}

fn as_json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| PipelineError::Invalid(error.to_string()))
}

fn known_look(text: &str) -> Option<&'static str> {
    ["integer", "number", "date", "boolean", "text"]
        .into_iter()
        .find(|known| *known == text)
}
