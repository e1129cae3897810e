//! Rows on their way into Parquet files that are in no version yet.

use crate::session::stopped;
use crate::table::transaction;
use crate::{Lake, LakeError, Result, Snapshot, Staged, TableDef, fault};
use arrow::datatypes::DataType;
use arrow::record_batch::RecordBatch;
use datafusion::execution::SendableRecordBatchStream;
use deltalake::DeltaTable;
use deltalake::kernel::StructType;
use deltalake::kernel::engine::arrow_conversion::TryIntoKernel;
use deltalake::operations::create::CreateBuilder;
use deltalake::parquet::basic::{Compression, ZstdLevel};
use deltalake::parquet::file::properties::{EnabledStatistics, WriterProperties};
use deltalake::parquet::schema::types::ColumnPath;
use deltalake::protocol::SaveMode;
use deltalake::writer::{DeltaWriter, RecordBatchWriter};
use futures::StreamExt;
use std::collections::BTreeMap;
use tokio::task::JoinSet;

/// Commits between two checkpoints.
const CHECKPOINT_EVERY: &str = "20";

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
    if let Some(rows) = def.page_rows {
        properties = properties
            .set_data_page_row_count_limit(rows)
            // How full a page is, is looked at between batches.
            .set_write_batch_size(rows);
    }
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
