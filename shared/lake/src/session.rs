use crate::near::{DataFile, Near};
use crate::{Lake, LakeError, Result, Snapshot, Staged, TableDef};
use arrow::array::RecordBatch;
use arrow::datatypes::{Schema, SchemaRef};
use datafusion::catalog::{CatalogProvider, MemoryCatalogProvider, MemorySchemaProvider};
use datafusion::common::TableReference;
use datafusion::datasource::empty::EmptyTable;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{
    ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl,
};
use datafusion::datasource::{MemTable, TableProvider};
use datafusion::error::DataFusionError;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::{SendableRecordBatchStream, SessionStateBuilder};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::prelude::{DataFrame, SQLOptions, SessionConfig, SessionContext};
use datafusion::sql::parser::Statement;
use futures::StreamExt;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::task::{JoinError, JoinSet};

/// A DataFusion session over pinned tables, with scratch space of its own.
pub struct Session {
    pub context: SessionContext,
    near: Option<Arc<Near>>,
    scratch: TempDir,
}

impl Lake {
    /// A fresh session. Tables are registered one by one, so that what a query can see is what was pinned.
    pub fn session(&self) -> Result<Session> {
        let scratch = tempfile::Builder::new().prefix("c360-").tempdir()?;
        // RepartitionExec can wait for ever under a bounded pool with two or more input tasks (datafusion#24883, not
        // in 55.2): with a ceiling one thread works, without one all do.
        let partitions = match self.options.memory_bytes {
            Some(_) => 1,
            None => self.threads(),
        };
        let mut runtime = RuntimeEnvBuilder::new().with_temp_file_path(scratch.path());
        if let Some(bytes) = self.options.memory_bytes {
            runtime = runtime.with_memory_pool(Arc::new(FairSpillPool::new(bytes)));
        }
        let runtime = runtime
            .build_arc()
            .map_err(LakeError::query("starting a session"))?;
        let mut config = SessionConfig::new()
            .with_target_partitions(partitions)
            .with_default_catalog_and_schema("c360", "silver")
            .with_create_default_catalog_and_schema(false)
            .with_information_schema(true);
        let options = config.options_mut();
        // A hash join cannot spill; sort-merge joins do, which are planned for more than one partition only: under a ceiling a
        // join whose smaller side is larger than it ends with an error.
        options.optimizer.prefer_hash_join = self.options.memory_bytes.is_none();
        options.execution.parquet.schema_force_view_types = false;
        options.sql_parser.map_string_types_to_utf8view = false;
        let state = SessionStateBuilder::new()
            .with_config(config)
            .with_runtime_env(runtime)
            .with_default_features()
            .build();
        let context = SessionContext::new_with_state(state);
        match &self.near {
            Some(near) => context.register_object_store(&self.store_url, near.clone()),
            None => context.register_object_store(&self.store_url, self.store.clone()),
        };
        let catalog = MemoryCatalogProvider::new();
        for layer in ["bronze", "silver", "gold", "scratch", "config"] {
            catalog
                .register_schema(layer, Arc::new(MemorySchemaProvider::new()))
                .map_err(LakeError::query("starting a session"))?;
        }
        context.register_catalog("c360", Arc::new(catalog));
        Ok(Session {
            context,
            near: self.near.clone(),
            scratch,
        })
    }
}

impl Session {
    /// Registers a pinned version under its table's name.
    pub async fn register(&self, snapshot: &Snapshot) -> Result<()> {
        self.register_as(snapshot.name(), snapshot).await
    }

    /// Registers a pinned version under another name, such as `scratch.published_customers`.
    pub async fn register_as(&self, name: &str, snapshot: &Snapshot) -> Result<()> {
        self.register_files(name, &snapshot.files()?, snapshot.schema().clone())
            .await
    }

    /// Registers rows that are staged, as if they were published.
    pub async fn register_staged(&self, staged: &Staged) -> Result<()> {
        self.register_files(&staged.def.name, &staged.files(), staged.def.schema.clone())
            .await
    }

    pub(crate) async fn register_files(
        &self,
        name: &str,
        files: &[DataFile],
        schema: SchemaRef,
    ) -> Result<()> {
        if let Some(near) = &self.near {
            let what = || LakeError::query(format!("fetching files of {name}"));
            near.bring(files).await.map_err(what())?;
        }
        let urls: Vec<&str> = files.iter().map(|file| file.url.as_str()).collect();
        let table = self.parquet(&urls, schema)?;
        self.register_table(name, table)
    }

    /// Registers a table that has no rows yet.
    pub fn register_empty(&self, def: &TableDef) -> Result<()> {
        self.register_table(&def.name, Arc::new(EmptyTable::new(def.schema.clone())))
    }

    /// Registers any table under `layer.name`, in place of one of that name.
    pub fn register_table(&self, name: &str, table: Arc<dyn TableProvider>) -> Result<()> {
        let what = || LakeError::query(format!("registering {name}"));
        let reference = TableReference::parse_str(name);
        self.context
            .deregister_table(reference.clone())
            .map_err(what())?;
        self.context
            .register_table(reference, table)
            .map_err(what())?;
        Ok(())
    }

    /// Registers rows that are held in memory, in place of a table of that name.
    pub fn register_rows(&self, name: &str, rows: RecordBatch) -> Result<()> {
        let held = MemTable::try_new(rows.schema(), vec![vec![rows]]);
        let held = held.map_err(LakeError::query(format!("holding {name}")))?;
        self.register_table(name, Arc::new(held))
    }

    /// Runs one query.
    pub async fn sql(&self, what: &str, sql: &str) -> Result<DataFrame> {
        self.context.sql(sql).await.map_err(LakeError::query(what))
    }

    /// Runs one query that somebody typed: it reads tables and changes nothing.
    ///
    /// `OnlyReads` for any other statement, hidden behind EXPLAIN or not; `Query` for SQL that cannot be planned.
    pub async fn query(&self, sql: &str) -> Result<DataFrame> {
        let what = || LakeError::query("the query");
        let state = self.context.state();
        let dialect = state.config_options().sql_parser.dialect;
        let statement = state.sql_to_statement(sql, &dialect).map_err(what())?;
        if !is_question(&statement) {
            return Err(LakeError::OnlyReads);
        }
        let plan = state.statement_to_plan(statement).await.map_err(what())?;
        let only_reads = SQLOptions::new()
            .with_allow_ddl(false)
            .with_allow_dml(false)
            .with_allow_statements(false);
        only_reads
            .verify_plan(&plan)
            .map_err(|_| LakeError::OnlyReads)?;
        Ok(DataFrame::new(state, plan))
    }

    /// Writes rows to Parquet files of this session, one for each stream, all at once, and registers them as
    /// `scratch.name`: a step between two queries, on disk and not in memory. Returns the number of rows.
    pub async fn scratch(&self, name: &str, rows: Vec<SendableRecordBatchStream>) -> Result<u64> {
        let fail = || LakeError::query(format!("computing scratch.{name}"));
        let schema = rows.first().map(|rows| rows.schema());
        let schema = schema.unwrap_or_else(|| Arc::new(Schema::empty()));
        let mut writing = JoinSet::new();
        let mut urls = Vec::new();
        for (at, rows) in rows.into_iter().enumerate() {
            let path = self.scratch.path().join(format!("{name}-{at}.parquet"));
            urls.push(format!("file://{}", path.display()));
            writing.spawn(write_parquet(path, rows));
        }
        let mut count = 0;
        while let Some(written) = writing.join_next().await {
            let written = written.map_err(|error| fail()(stopped(error)))?;
            count += written.map_err(fail())?;
        }
        let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
        let table = self.parquet(&urls, schema)?;
        self.register_table(&format!("scratch.{name}"), table)?;
        Ok(count)
    }

    fn parquet(&self, files: &[&str], schema: SchemaRef) -> Result<Arc<dyn TableProvider>> {
        if files.is_empty() {
            return Ok(Arc::new(EmptyTable::new(schema)));
        }
        let what = || LakeError::query("registering Parquet files");
        let urls = files
            .iter()
            .map(ListingTableUrl::parse)
            .collect::<Result<Vec<_>, _>>()
            .map_err(what())?;
        let options =
            ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension("");
        let config = ListingTableConfig::new_with_multi_paths(urls)
            .with_listing_options(options)
            .with_schema(schema);
        Ok(Arc::new(ListingTable::try_new(config).map_err(what())?))
    }
}

/// Is it of a kind that asks? What it contains is for the plan to say, if there is one.
fn is_question(statement: &Statement) -> bool {
    use datafusion::sql::sqlparser::ast::Statement::{
        ExplainTable, Query, ShowColumns, ShowFunctions, ShowTables, ShowVariable,
    };
    match statement {
        Statement::Explain(explain) => is_question(&explain.statement),
        Statement::Statement(statement) => matches!(
            statement.as_ref(),
            Query(_)
                | ExplainTable { .. }
                | ShowColumns { .. }
                | ShowFunctions { .. }
                | ShowTables { .. }
                | ShowVariable { .. }
        ),
        _ => false,
    }
}

/// A task that did not end.
pub(crate) fn stopped(error: JoinError) -> DataFusionError {
    DataFusionError::ExecutionJoin(Box::new(error))
}

async fn write_parquet(
    path: PathBuf,
    mut rows: SendableRecordBatchStream,
) -> datafusion::error::Result<u64> {
    let file = std::fs::File::create(path)?;
    let mut writer = ArrowWriter::try_new(file, rows.schema(), None)?;
    let mut count = 0;
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        count += batch.num_rows() as u64;
        writer.write(&batch)?;
    }
    writer.close()?;
    Ok(count)
}
