use crate::near::DataFile;
use crate::write::{RUN_ID, TRACE_ID};
use crate::{Author, Lake, LakeError, Result};
use arrow::datatypes::SchemaRef;
use deltalake::{DeltaTable, DeltaTableBuilder};
use serde_json::Value;

/// A table as its DDL states it: `layer.name` and its columns.
#[derive(Clone, Debug)]
pub struct TableDef {
    pub name: String,
    pub schema: SchemaRef,
    /// Rows of a page, at most: few where rows are looked up one by one, in the order in which they lie.
    pub page_rows: Option<usize>,
}

/// One pinned version of a table.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub(crate) def: TableDef,
    pub(crate) table: DeltaTable,
}

/// How much a version holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Size {
    pub files: u64,
    pub rows: u64,
    /// Of its Parquet files.
    pub bytes: u64,
}

impl Snapshot {
    pub fn name(&self) -> &str {
        &self.def.name
    }

    pub fn schema(&self) -> &SchemaRef {
        &self.def.schema
    }

    pub fn version(&self) -> i64 {
        self.table.version().map_or(-1, |version| version as i64)
    }

    /// The Parquet files of this version.
    pub(crate) fn files(&self) -> Result<Vec<DataFile>> {
        let log = self
            .table
            .snapshot()
            .map_err(LakeError::delta(&self.def.name))?
            .log_data();
        let mut files: Vec<DataFile> = log
            .iter()
            .map(|file| DataFile::of(&self.table, &file.path(), file.size()))
            .collect();
        files.sort_by(|a, b| a.url.cmp(&b.url));
        Ok(files)
    }

    /// Rows and bytes of this version, by the statistics in the log: nothing is read.
    pub fn size(&self) -> Result<Size> {
        let log = self
            .table
            .snapshot()
            .map_err(LakeError::delta(&self.def.name))?
            .log_data();
        let mut size = Size::default();
        for file in log.iter() {
            size.files += 1;
            size.rows += file.num_records().unwrap_or_default() as u64;
            size.bytes += u64::try_from(file.size()).unwrap_or_default();
        }
        Ok(size)
    }

    /// When this version was committed (µs, UTC), by the time of its file in the log; `None` where that is gone.
    pub fn committed_at(&self) -> Result<Option<i64>> {
        let state = self
            .table
            .snapshot()
            .map_err(LakeError::delta(&self.def.name))?;
        let version = self.table.version();
        let millis = version.and_then(|version| state.version_timestamp(version));
        Ok(millis.map(|millis| millis * 1_000))
    }

    /// The version that an application has recorded on this table, as of this snapshot.
    pub async fn transaction(&self, app_id: &str) -> Result<Option<i64>> {
        transaction(&self.table, &self.def.name, app_id).await
    }
}

/// The URL of one file of a table; the table's own URL is percent-encoded already.
pub(crate) fn url_of(table: &DeltaTable, path: &str) -> String {
    format!(
        "{}/{path}",
        table.table_url().as_str().trim_end_matches('/')
    )
}

pub(crate) async fn transaction(
    table: &DeltaTable,
    name: &str,
    app_id: &str,
) -> Result<Option<i64>> {
    table
        .snapshot()
        .map_err(LakeError::delta(name))?
        .transaction_version(table.log_store().as_ref(), app_id.to_owned())
        .await
        .map_err(LakeError::delta(name))
}

impl Lake {
    /// The newest version of a table; `None` where it has never been written.
    pub async fn snapshot(&self, def: &TableDef) -> Result<Option<Snapshot>> {
        self.load(def, None).await
    }

    /// A given version of a table.
    pub async fn snapshot_at(&self, def: &TableDef, version: i64) -> Result<Option<Snapshot>> {
        self.load(def, u64::try_from(version).ok()).await
    }

    /// Who made a version of a table (`layer.name`), from the log; `None` where the log has it no longer, or does not say.
    pub async fn author_of(&self, table: &str, version: i64) -> Result<Option<Author>> {
        let log = self.files(&format!("{}/_delta_log", table.replace('.', "/")));
        let Some(commit) = log.read_if_present(&format!("{version:020}.json")).await? else {
            return Ok(None);
        };
        let actions = commit.split(|byte| *byte == b'\n');
        let actions = actions.filter_map(|line| serde_json::from_slice::<Value>(line).ok());
        let mut infos =
            actions.filter_map(|mut action| action.get_mut("commitInfo").map(Value::take));
        let info = infos.next().unwrap_or_default();
        let text = |name: &str| Some(info.get(name)?.as_str()?.to_owned());
        Ok(text(RUN_ID).map(|run_id| Author {
            run_id,
            trace_id: text(TRACE_ID),
        }))
    }

    async fn load(&self, def: &TableDef, version: Option<u64>) -> Result<Option<Snapshot>> {
        let mut table = self
            .builder(def)?
            .build()
            .map_err(LakeError::delta(&def.name))?;
        let exists = table
            .verify_deltatable_existence()
            .await
            .map_err(LakeError::delta(&def.name))?;
        if !exists {
            return Ok(None);
        }
        match version {
            Some(version) => table.load_version(version).await,
            None => table.load().await,
        }
        .map_err(LakeError::delta(&def.name))?;
        let snapshot = Snapshot {
            def: def.clone(),
            table,
        };
        snapshot.expect_columns()?;
        Ok(Some(snapshot))
    }

    pub(crate) fn builder(&self, def: &TableDef) -> Result<DeltaTableBuilder> {
        let url = self.table_url(&def.name)?;
        let builder = DeltaTableBuilder::from_url(url.clone())
            .map_err(LakeError::delta(&def.name))?
            .with_storage_backend(self.store.clone(), url);
        Ok(builder)
    }
}

impl Snapshot {
    /// A table written by another version of c360 is refused by name, not misread.
    fn expect_columns(&self) -> Result<()> {
        let schema = self
            .table
            .snapshot()
            .map_err(LakeError::delta(&self.def.name))?
            .schema();
        let missing: Vec<&str> = self
            .def
            .schema
            .fields()
            .iter()
            .map(|field| field.name().as_str())
            .filter(|name| schema.field(name).is_none())
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(LakeError::Schema {
            table: self.def.name.clone(),
            missing: missing.join(", "),
        })
    }
}
