use crate::near::DataFile;
use crate::session::stopped;
use crate::table::transaction;
use crate::{Author, Lake, LakeError, Result, Snapshot, TableDef, fault};
use arrow::datatypes::DataType;
use arrow::record_batch::RecordBatch;
use datafusion::execution::SendableRecordBatchStream;
use deltalake::kernel::engine::arrow_conversion::TryIntoKernel;
use deltalake::kernel::transaction::{CommitBuilder, CommitProperties, TransactionError};
use deltalake::kernel::{Action, Add, StructType, Transaction};
use deltalake::operations::create::CreateBuilder;
use deltalake::parquet::basic::{Compression, ZstdLevel};
use deltalake::parquet::file::properties::{EnabledStatistics, WriterProperties};
use deltalake::parquet::schema::types::ColumnPath;
use deltalake::protocol::{DeltaOperation, SaveMode};
use deltalake::writer::{DeltaWriter, RecordBatchWriter};
use deltalake::{DeltaTable, DeltaTableError};
use futures::StreamExt;
use object_store::ObjectStoreExt;
use object_store::path::Path;
use serde_json::json;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;

/// In the `commitInfo` of a commit: see [`Author`].
pub(crate) const RUN_ID: &str = "c360.run_id";
pub(crate) const TRACE_ID: &str = "c360.trace_id";

/// One replacement at a time: concurrent commits with this app id are refused by the log.
pub(crate) const EXCLUSIVE: &str = "c360.exclusive";

/// Parquet files of a table that are written but in no version yet.
pub struct Staged {
    pub(crate) def: TableDef,
    table: DeltaTable,
    pub(crate) adds: Vec<Add>,
    rows: u64,
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
    /// Writes rows as Parquet files of `def`'s table, seen by no reader until [`Lake::commit`]: all streams at once. Creates
    /// the table, empty, if it does not exist.
    pub async fn stage(
        &self,
        def: &TableDef,
        rows: Vec<SendableRecordBatchStream>,
    ) -> Result<Staged> {
        let mut stager = self.stager(def).await?;
        let mut writing = JoinSet::new();
        for (at, rows) in rows.into_iter().enumerate() {
            let own = stager.beside()?;
            writing.spawn(async move { (at, own.write_all(rows).await) });
        }
        // In the order of the streams, whichever ended first.
        let mut written = BTreeMap::new();
        let mut failed = None;
        while let Some(done) = writing.join_next().await {
            let what = LakeError::query(format!("writing {}", def.name));
            match done.map_err(|error| what(stopped(error))) {
                Ok((at, Ok(part))) => _ = written.insert(at, part),
                Ok((_, Err(error))) | Err(error) => failed = Some(error),
            }
        }
        if let Some(error) = failed {
            for part in written.into_values() {
                if let Part::File(staged) = part {
                    self.discard(staged).await;
                }
            }
            return Err(error);
        }
        let mut adds = Vec::new();
        for part in written.into_values() {
            match part {
                Part::File(staged) => {
                    stager.rows += staged.rows;
                    adds.extend(staged.adds);
                }
                Part::Few(batches) => {
                    for batch in batches {
                        stager.write(batch).await?;
                    }
                }
            }
        }
        let mut staged = stager.finish().await?;
        staged.adds.extend(adds);
        Ok(staged)
    }

    /// Like [`Lake::stage`], for rows that are made batch by batch.
    pub async fn stager(&self, def: &TableDef) -> Result<Stager> {
        let table = self.ensure(def).await?;
        expect_writable(&table, def)?;
        Ok(Stager {
            def: def.clone(),
            writer: writer(&table, def)?,
            table,
            rows: 0,
        })
    }

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

    async fn ensure(&self, def: &TableDef) -> Result<DeltaTable> {
        if let Some(Snapshot { table, .. }) = self.snapshot(def).await? {
            return Ok(table);
        }
        let columns: StructType = def
            .schema
            .as_ref()
            .try_into_kernel()
            .map_err(|error: arrow::error::ArrowError| LakeError::delta(&def.name)(error.into()))?;
        let log_store = self
            .builder(def)?
            .build_storage()
            .map_err(LakeError::delta(&def.name))?;
        let created = CreateBuilder::new()
            .with_log_store(log_store)
            .with_columns(columns.fields().cloned())
            .with_save_mode(SaveMode::Ignore)
            // Transactions outlive any redelivery; without this they would stay in checkpoints for ever.
            .with_configuration_property(
                deltalake::TableProperty::SetTransactionRetentionDuration,
                Some("interval 400 days"),
            )
            // Every reader reads the log from the last checkpoint on, file by file: on a bucket that is what takes time.
            .with_configuration_property(
                deltalake::TableProperty::CheckpointInterval,
                Some(CHECKPOINT_EVERY),
            )
            .with_raise_if_key_not_exists(false)
            .await;
        match created {
            Ok(table) => Ok(table),
            // Another process created it in between: then it is there now.
            Err(error) => match self.snapshot(def).await? {
                Some(Snapshot { table, .. }) => Ok(table),
                None => Err(LakeError::delta(&def.name)(error)),
            },
        }
    }
}

/// How often commits of this process were tried again because another writer's came first.
pub fn retries() -> u64 {
    RETRIES.load(Ordering::Relaxed)
}

static RETRIES: AtomicU64 = AtomicU64::new(0);

/// Commits between two checkpoints.
const CHECKPOINT_EVERY: &str = "20";

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

/// A table in a folder of this machine must take files: the writer behind [`Stager`] panics where it cannot open one.
fn expect_writable(table: &DeltaTable, def: &TableDef) -> Result<()> {
    let Ok(folder) = table.table_url().to_file_path() else {
        return Ok(());
    };
    for folder in [folder.join("_delta_log"), folder] {
        // A file without a name: nothing is left behind, whatever happens.
        tempfile::tempfile_in(&folder).map_err(|source| LakeError::ReadOnly {
            table: def.name.clone(),
            folder: folder.display().to_string(),
            source,
        })?;
    }
    Ok(())
}

/// Streams of fewer bytes than this, in memory, share a file.
const OF_ONE_FILE: usize = 4 << 20;

/// What came of one stream.
enum Part {
    File(Staged),
    Few(Vec<RecordBatch>),
}

fn writer(table: &DeltaTable, def: &TableDef) -> Result<RecordBatchWriter> {
    let writer = RecordBatchWriter::for_table(table).map_err(LakeError::delta(&def.name))?;
    Ok(writer.with_writer_properties(writer_properties(def)))
}

/// Rows on their way into Parquet files.
pub struct Stager {
    def: TableDef,
    table: DeltaTable,
    writer: RecordBatchWriter,
    rows: u64,
}

impl Stager {
    /// The version that an application has recorded on the table that will be committed to. Asked here and not of an older
    /// snapshot, so that whatever comes after is a concurrent commit, which the log refuses.
    pub async fn transaction(&self, app_id: &str) -> Result<Option<i64>> {
        transaction(&self.table, &self.def.name, app_id).await
    }

    /// The table that will be committed to.
    pub fn table(&self) -> Snapshot {
        Snapshot {
            def: self.def.clone(),
            table: self.table.clone(),
        }
    }

    /// Another one for the same version.
    fn beside(&self) -> Result<Stager> {
        Ok(Stager {
            def: self.def.clone(),
            table: self.table.clone(),
            writer: writer(&self.table, &self.def)?,
            rows: 0,
        })
    }

    async fn write_all(mut self, mut rows: SendableRecordBatchStream) -> Result<Part> {
        let mut few = Vec::new();
        let mut held = 0;
        while let Some(batch) = rows.next().await {
            let what = LakeError::query(format!("computing {}", self.def.name));
            let batch = batch.map_err(what)?;
            held += batch.get_array_memory_size();
            few.push(batch);
            if self.rows > 0 || held > OF_ONE_FILE {
                for batch in few.drain(..) {
                    self.write(batch).await?;
                }
            }
        }
        Ok(match self.rows {
            0 => Part::Few(few),
            _ => Part::File(self.finish().await?),
        })
    }

    pub async fn write(&mut self, batch: RecordBatch) -> Result<()> {
        if batch.num_rows() == 0 {
            return Ok(());
        }
        self.rows += batch.num_rows() as u64;
        let batch = conform(&self.def, batch)?;
        self.writer
            .write(batch)
            .await
            .map_err(LakeError::delta(&self.def.name))
    }

    pub async fn finish(mut self) -> Result<Staged> {
        let adds = if self.rows == 0 {
            Vec::new()
        } else {
            self.writer
                .flush()
                .await
                .map_err(LakeError::delta(&self.def.name))?
        };
        fault::point(&format!("written/{}", self.def.name));
        Ok(Staged {
            def: self.def,
            table: self.table,
            adds,
            rows: self.rows,
        })
    }
}

/// Columns by name, in the table's order and of the table's types.
fn conform(def: &TableDef, batch: RecordBatch) -> Result<RecordBatch> {
    let fail = |error: arrow::error::ArrowError| {
        LakeError::query(format!("writing {}", def.name))(error.into())
    };
    let mut columns = Vec::with_capacity(def.schema.fields().len());
    for field in def.schema.fields() {
        let column = batch
            .column_by_name(field.name())
            .ok_or_else(|| LakeError::Schema {
                table: def.name.clone(),
                missing: format!("{} in the rows to write", field.name()),
            })?;
        let column = if column.data_type() == field.data_type() {
            column.clone()
        } else {
            arrow::compute::cast(column, field.data_type()).map_err(fail)?
        };
        columns.push(column);
    }
    RecordBatch::try_new(def.schema.clone(), columns).map_err(fail)
}

fn writer_properties(def: &TableDef) -> WriterProperties {
    let level = ZstdLevel::try_new(1).unwrap_or_default();
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_max_row_group_row_count(Some(65_536))
        // A dictionary that grows beyond this is of values that hardly repeat.
        .set_dictionary_page_size_limit(256 << 10)
        // A writer holds a page of each column, and a row group, in memory.
        .set_data_page_size_limit(256 << 10)
        // Rows that are long make fewer.
        .set_max_row_group_bytes(Some(64 << 20));
    for field in def.schema.fields() {
        // A dictionary of values that hardly repeat, or their smallest and largest, is work for nothing.
        let is_hash = ["_key", "_hash", "_row"]
            .iter()
            .any(|end| field.name().ends_with(end));
        let column = ColumnPath::from(field.name().as_str());
        if is_hash && *field.data_type() == DataType::Int64 {
            properties = properties.set_column_dictionary_enabled(column, false);
        } else if field.name() == "original" {
            properties = properties
                .set_column_dictionary_enabled(column.clone(), false)
                .set_column_statistics_enabled(column, EnabledStatistics::None);
        }
    }
    properties.build()
}

/// Bookkeeping of the log itself (retention of transactions), never part of a row.
pub(crate) fn snapshot_clock() -> i64 {
    chrono::Utc::now().timestamp_millis()
}
