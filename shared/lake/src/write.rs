use crate::near::DataFile;
use crate::{Author, Lake, LakeError, Result, TableDef, fault};
use deltalake::kernel::transaction::{CommitBuilder, CommitProperties, TransactionError};
use deltalake::kernel::{Action, Add, Transaction};
use deltalake::protocol::{DeltaOperation, SaveMode};
use deltalake::{DeltaTable, DeltaTableError};
use object_store::ObjectStoreExt;
use object_store::path::Path;
use serde_json::json;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// In the `commitInfo` of a commit: see [`Author`].
pub(crate) const RUN_ID: &str = "c360.run_id";
pub(crate) const TRACE_ID: &str = "c360.trace_id";

/// One replacement at a time: concurrent commits with this app id are refused by the log.
pub(crate) const EXCLUSIVE: &str = "c360.exclusive";

/// Parquet files of a table that are written but in no version yet.
pub struct Staged {
    pub(crate) def: TableDef,
    pub(crate) table: DeltaTable,
    pub(crate) adds: Vec<Add>,
    pub(crate) rows: u64,
}

impl Staged {
    pub fn name(&self) -> &str {
        &self.def.name
    }

    pub fn rows(&self) -> u64 {
        self.rows
    }

    pub fn def(&self) -> &TableDef {
        &self.def
    }

    /// The version that holds no rows either, where none are staged: to commit it would change nothing.
    pub fn empty_as_before(&self) -> Result<Option<i64>> {
        if self.rows > 0 {
            return Ok(None);
        }
        let snapshot = self.table.snapshot();
        let snapshot = snapshot.map_err(LakeError::delta(&self.def.name))?;
        let is_empty = snapshot.log_data().num_files() == 0;
        Ok(self
            .table
            .version()
            .filter(|_| is_empty)
            .map(|version| version as i64))
    }

    pub(crate) fn files(&self) -> Vec<DataFile> {
        let files = self.adds.iter();
        files
            .map(|add| DataFile::of(&self.table, &add.path, add.size))
            .collect()
    }
}

/// How staged files become a version.
pub struct Commit {
    replace: bool,
    /// The version that an exclusive commit was computed from; -1: the table did not exist.
    base: Option<i64>,
    transactions: Vec<(String, i64)>,
}

impl Commit {
    /// Adds the staged rows.
    pub fn append() -> Commit {
        Commit {
            replace: false,
            base: None,
            transactions: Vec::new(),
        }
    }

    /// The staged rows become the whole table. They were computed from version `base` of it (-1: it did not exist); where
    /// another replacement came in between, the commit is refused.
    pub fn replace(base: i64) -> Commit {
        Commit {
            replace: true,
            ..Commit::append().exclusive(base)
        }
    }

    /// No other exclusive commit may have come since version `base`.
    pub fn exclusive(mut self, base: i64) -> Commit {
        self.base = Some(base);
        self
    }

    /// Records `app_id → version` with the commit (see [`Snapshot::transaction`]).
    pub fn with_transaction(mut self, app_id: impl Into<String>, version: i64) -> Commit {
        self.transactions.push((app_id.into(), version));
        self
    }
}

impl Lake {
    /// Makes staged rows a version of their table and returns its number.
    ///
    /// `Conflict` when another replacement of the table won the race since the rows were staged.
    pub async fn commit(&self, staged: Staged, commit: Commit) -> Result<i64> {
        let name = staged.def.name.clone();
        fault::point(&format!("staged/{name}"));
        let base_version = staged.table.version().map_or(-1, |version| version as i64);
        let now = Some(snapshot_clock());
        let mut transactions: Vec<Transaction> = commit
            .transactions
            .into_iter()
            .map(|(app_id, version)| Transaction::new_with_last_update(app_id, version, now))
            .collect();
        let mut actions: Vec<Action> = Vec::new();
        if let Some(base) = commit.base {
            // Staging loads the newest version; what came between it and the pinned one was not seen by the plan. A table
            // that staging created stands at version 0.
            if base_version > base.max(0) {
                return Err(LakeError::Conflict {
                    table: name.clone(),
                    version: base_version,
                });
            }
            transactions.push(Transaction::new_with_last_update(
                EXCLUSIVE.to_owned(),
                base_version + 1,
                now,
            ));
        }
        if commit.replace {
            let snapshot = staged.table.snapshot().map_err(LakeError::delta(&name))?;
            let log = snapshot.log_data();
            actions.extend(
                log.iter()
                    .map(|file| Action::Remove(file.remove_action(true))),
            );
        }
        actions.extend(staged.adds.into_iter().map(Action::Add));
        let operation = DeltaOperation::Write {
            mode: if commit.replace {
                SaveMode::Overwrite
            } else {
                SaveMode::Append
            },
            partition_by: None,
            predicate: None,
        };
        let author = &self.author;
        let version = attempt(
            &staged.table,
            &name,
            actions,
            transactions,
            operation,
            author,
        )
        .await?;
        tracing::info!(table = name, version, rows = staged.rows, "committed");
        fault::point(&format!("committed/{name}"));
        Ok(version)
    }

    /// Deletes staged files that are not to become a version. What cannot be deleted, as by a role that may not, is left to
    /// maintenance.
    pub async fn discard(&self, staged: Staged) {
        let store = staged.table.log_store().object_store(None);
        for add in &staged.adds {
            let deleted = match Path::from_url_path(&add.path) {
                Ok(path) => store.delete(&path).await,
                Err(error) => Err(error.into()),
            };
            if let Err(error) = deleted {
                let (table, error) = (staged.name(), error.to_string());
                tracing::info!(table, error, "staged files are left for maintenance");
                return;
            }
        }
    }
}

/// How often commits of this process were tried again because another writer's came first.
pub fn retries() -> u64 {
    RETRIES.load(Ordering::Relaxed)
}

static RETRIES: AtomicU64 = AtomicU64::new(0);

/// Attempts in a row before a pause; delta-rs makes none between its own.
const BURST: usize = 4;
/// With 32 writers of one table each is through after a few.
const BURSTS: u32 = 12;

/// Commits, after however many other writers; [`LakeError::Conflict`] where one of them did what this commit excludes.
pub(crate) async fn attempt(
    table: &DeltaTable,
    name: &str,
    actions: Vec<Action>,
    transactions: Vec<Transaction>,
    operation: DeltaOperation,
    author: &Author,
) -> Result<i64> {
    let snapshot = table.snapshot().map_err(LakeError::delta(name))?;
    let version = table.version().map_or(-1, |version| version as i64);
    let mut burst = 0;
    loop {
        // Log cleanup lists the whole log at every commit; maintenance does it instead.
        let properties = CommitProperties::default()
            .with_application_transactions(transactions.clone())
            // delta-rs counts the retries there, where a reader of the log looks for them.
            .with_metadata([
                ("operationMetrics".to_owned(), json!({"num_retries": 0})),
                (RUN_ID.to_owned(), json!(author.run_id)),
                (TRACE_ID.to_owned(), json!(author.trace_id)),
            ])
            .with_max_retries(BURST - 1)
            .with_cleanup_expired_logs(Some(false));
        let done = CommitBuilder::from(properties)
            .with_actions(actions.clone())
            .build(Some(snapshot), table.log_store(), operation.clone())
            .await;
        match done {
            Ok(done) => {
                RETRIES.fetch_add(done.metrics.num_retries, Ordering::Relaxed);
                return Ok(done.version() as i64);
            }
            Err(DeltaTableError::Transaction {
                source: TransactionError::MaxCommitAttempts(_),
            }) if burst < BURSTS => {
                burst += 1;
                RETRIES.fetch_add(BURST as u64, Ordering::Relaxed);
                tokio::time::sleep(pause(burst)).await;
            }
            Err(DeltaTableError::Transaction { .. }) => {
                return Err(LakeError::Conflict {
                    table: name.to_owned(),
                    version: version + 1,
                });
            }
            Err(other) => return Err(LakeError::delta(name)(other)),
        }
    }
}

/// Longer each time, and not the same for any two writers.
fn pause(burst: u32) -> Duration {
    let longest = 50 * u64::from(burst);
    let spread = RandomState::new().hash_one(std::process::id()) % longest;
    Duration::from_millis(longest + spread)
}

/// Bookkeeping of the log itself (retention of transactions), never part of a row.
pub(crate) fn snapshot_clock() -> i64 {
    chrono::Utc::now().timestamp_millis()
}
