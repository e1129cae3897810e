//! What a run did: JSON for programs, text for people.

use crate::error::{Error, Result};
use crate::format::{self, Table};
use chrono::DateTime;
use pipeline::resolve::{self, Customers, IdChurn};
use pipeline::{Breach, FailedCheck, Run, standardize};
use serde::Serialize;
use std::fmt;

/// The contract's one object on standard output.
#[derive(Clone, Debug, Serialize)]
pub struct RunReport {
    pub run_id: String,
    /// RFC 3339, UTC.
    pub as_of: String,
    /// Every feed of the project; zeros where nothing was new.
    pub feeds: Vec<FeedCounts>,
    pub stages: Vec<StageUsage>,
    /// Who counts as a customer after the run.
    pub customers: Customers,
    /// Rows of `silver.review_queue` after the run.
    pub review_queue: u64,
    /// How many records changed their customer_id; `None` where who is who was not decided anew.
    pub id_churn: Option<IdChurn>,
    /// What deciding it took; `None` likewise.
    pub resolved: Option<Resolved>,
    /// Two or more people each, after the run; and those of more than ten, which somebody should look at.
    pub households: u64,
    pub large_households: u64,
    /// KPIs of the publication that this run made which pass a limit.
    pub breaches: Vec<Breach>,
    pub failed_checks: Vec<FailedCheck>,
    /// What ended the run until a person decides, and how.
    pub undecided: Option<String>,
    /// Files that could not be read at all.
    pub refused: Vec<standardize::Refused>,
    /// JSON files that lack keys their mapping names.
    pub absent: Vec<standardize::Absent>,
    /// Files whose content came before under another name.
    pub repeated: Vec<standardize::Repeated>,
    /// Files whose columns or values are not like those of the file before, or contradict each other.
    pub drifted: Vec<standardize::Drifted>,
    /// Files in the landing place that no feed claims.
    pub unclaimed: Vec<String>,
}

/// Rows of this run. `rows_read` = filtered + standardized + quarantined.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FeedCounts {
    pub feed: String,
    /// Files that were new.
    pub files: usize,
    pub rows_read: u64,
    pub rows_filtered: u64,
    pub rows_standardized: u64,
    pub rows_quarantined: u64,
}

#[derive(Clone, Debug, Serialize)]
pub struct StageUsage {
    pub stage: &'static str,
    pub seconds: f64,
    /// Largest resident memory during the stage; 0 where the system does not tell.
    pub peak_rss_bytes: u64,
}

/// What it took to decide who is who.
#[derive(Clone, Debug, Serialize)]
pub struct Resolved {
    /// New, other than in the run before, or gone.
    pub records_changed: u64,
    /// Customers that have, or had, one of these; all where the model was trained.
    pub customers_touched: u64,
    pub pairs_compared: u64,
    /// Of the tables that were read.
    pub bytes_read: u64,
}

impl Resolved {
    pub fn of(report: &resolve::Report) -> Resolved {
        Resolved {
            records_changed: report.records_changed,
            customers_touched: report.customers_touched,
            pairs_compared: report.pairs_compared,
            bytes_read: report.bytes_read,
        }
    }
}

impl fmt::Display for Resolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "done, {} compared for {}",
            format::plural(self.pairs_compared, "pair"),
            format::plural(self.records_changed, "changed record"),
        )
    }
}

impl RunReport {
    pub fn begin(run: &Run) -> RunReport {
        let feeds = run.project.feeds.iter().map(|feed| FeedCounts {
            feed: feed.name.clone(),
            ..FeedCounts::default()
        });
        RunReport {
            run_id: run.run_id.clone(),
            as_of: rfc3339(run.as_of),
            feeds: feeds.collect(),
            stages: Vec::new(),
            customers: Customers::default(),
            review_queue: 0,
            id_churn: None,
            resolved: None,
            households: 0,
            large_households: 0,
            breaches: Vec::new(),
            failed_checks: Vec::new(),
            undecided: None,
            refused: Vec::new(),
            absent: Vec::new(),
            repeated: Vec::new(),
            drifted: Vec::new(),
            unclaimed: Vec::new(),
        }
    }

    /// Takes over what `standardize` counted, and says it in a few words.
    pub fn take_in(&mut self, done: standardize::Report) -> String {
        for counted in done.feeds {
            let feed = FeedCounts {
                feed: counted.feed,
                files: counted.files,
                rows_read: counted.rows_read,
                rows_filtered: counted.rows_filtered,
                rows_standardized: counted.rows_standardized,
                rows_quarantined: counted.rows_quarantined,
            };
            match self.feeds.iter_mut().find(|known| known.feed == feed.feed) {
                Some(known) => *known = feed,
                // requests at the front desk, of which no project has a feed
                None => self.feeds.push(feed),
            }
        }
        self.refused = done.refused;
        self.absent = done.absent;
        self.repeated = done.repeated;
        self.drifted = done.drifted;
        self.unclaimed = done.unclaimed;
        let (files, rows) = self.feeds.iter().fold((0, 0), |(files, rows), feed| {
            (files + feed.files, rows + feed.rows_read)
        });
        if files == 0 {
            return "nothing new".into();
        }
        format::plural(rows, "row")
    }

    pub fn is_new(&self) -> bool {
        self.feeds.iter().any(|feed| feed.files > 0)
    }

    pub fn json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(Error::write("the report"))
    }

    /// Did a stage publish nothing, so that none after it may run?
    pub fn is_stopped(&self) -> bool {
        !self.failed_checks.is_empty() || self.undecided.is_some()
    }

    /// An error if a file was refused or the run was stopped, said on standard error.
    pub fn succeed(&self) -> Result<()> {
        for refused in &self.refused {
            eprintln!("error: {}", refused.reason);
        }
        for failed in &self.failed_checks {
            eprintln!(
                "error: check {} failed on {} rows, such as: {}",
                failed.check, failed.rows, failed.sample
            );
        }
        if let Some(undecided) = &self.undecided {
            eprintln!("error: {undecided}");
        }
        if self.refused.is_empty() && !self.is_stopped() {
            return Ok(());
        }
        Err(Error::Reported)
    }
}

impl fmt::Display for RunReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut feeds = Table::new("lrrrrr").head([
            "feed",
            "new files",
            "rows read",
            "filtered",
            "standardized",
            "quarantined",
        ]);
        for feed in self.feeds.iter().filter(|feed| feed.files > 0) {
            feeds.line([
                feed.feed.clone(),
                format::count(feed.files as u64),
                format::count(feed.rows_read),
                format::count(feed.rows_filtered),
                format::count(feed.rows_standardized),
                format::count(feed.rows_quarantined),
            ]);
        }
        if feeds.is_empty() {
            writeln!(f, "Nothing new in the landing place.")?;
        } else {
            write!(f, "{feeds}")?;
        }
        for absent in &self.absent {
            writeln!(
                f,
                "Feed {}: no row of {} has {}; taken as null.",
                absent.feed,
                absent.file,
                absent.columns.join(", ")
            )?;
        }
        for repeated in &self.repeated {
            writeln!(
                f,
                "Feed {}: {} has the content of {}, which was taken in before.",
                repeated.feed, repeated.file, repeated.first
            )?;
        }
        for drifted in &self.drifted {
            writeln!(
                f,
                "Feed {}: {}: {}.",
                drifted.feed,
                drifted.file,
                drifted.changes.join("; ")
            )?;
        }
        for file in &self.unclaimed {
            writeln!(f, "No feed of c360.toml claims the file {file}.")?;
        }
        if let Some(churn) = self.id_churn {
            for (entity, of) in [("person", churn.person), ("account", churn.account)] {
                if of.records_moved > 0 {
                    writeln!(
                        f,
                        "{} of the {} known before ({}) have another customer_id.",
                        format::count(of.records_moved),
                        format::plural(of.records_kept, &format!("{entity} record")),
                        format::percent(of.id_churn),
                    )?;
                }
            }
        }
        for breach in &self.breaches {
            writeln!(f, "Limit: {breach}.")?;
        }
        if self.large_households > 0 {
            writeln!(
                f,
                "{} of more than ten people: kept as they are, but look at them in silver.households.",
                format::plural(self.large_households, "household")
            )?;
        }
        writeln!(
            f,
            "\n{}, {}, {}; {} in the review queue. As of {}, run {}.",
            format::plural(self.customers.person, "person"),
            format::plural(self.customers.account, "account"),
            format::plural(self.households, "household"),
            format::plural(self.review_queue, "case"),
            self.as_of,
            self.run_id,
        )
    }
}

/// Microseconds as `2026-03-01T00:00:00Z`.
pub fn rfc3339(micros: i64) -> String {
    DateTime::from_timestamp_micros(micros).map_or_else(
        || micros.to_string(),
        |time| time.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true),
    )
}
