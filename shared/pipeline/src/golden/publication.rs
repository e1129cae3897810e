//! What was published last, and what it had consumed.

use crate::{PipelineError, Result, Run};
use arrow::array::{ArrayRef, AsArray, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::Int64Type;
use datafusion::catalog::TableProvider;
use datafusion::datasource::empty::EmptyTable;
use lake::{Commit, Session, TableDef};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Delta versions by table.
pub type Versions = BTreeMap<String, i64>;

/// A row of `gold.publications`: table versions that belong together.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Publication {
    /// `<sequence>-<day>`
    pub publication_id: String,
    /// 1, 2, …
    pub sequence: i64,
    pub run_id: String,
    /// µs, UTC
    pub as_of: i64,
    /// What readers read: every gold table, and the silver tables beside them.
    pub table_versions: Versions,
    /// What the run had consumed.
    pub input_versions: Versions,
}

impl Publication {
    /// The last one; `None` before the first. Registers `gold.publications` with the session.
    pub(crate) async fn last(run: &Run, session: &Session) -> Result<Option<Publication>> {
        let def = run.table("gold.publications")?;
        match run.lake.snapshot(def).await? {
            Some(snapshot) => session.register(&snapshot).await?,
            None => session.register_empty(def)?,
        }
        let frame = run.frame(session, "gold/steps/last_publication").await?;
        for batch in run.collect(frame, "reading gold.publications").await? {
            if batch.num_rows() > 0 {
                return Publication::read(&batch).map(Some);
            }
        }
        Ok(None)
    }

    fn read(batch: &RecordBatch) -> Result<Publication> {
        let missing = |name: &str| PipelineError::Invalid(format!("gold.publications: no {name}"));
        let column = |name: &str| batch.column_by_name(name).ok_or_else(|| missing(name));
        let text = |name: &str| -> Result<String> {
            let column = column(name)?.as_string_opt::<i32>();
            Ok(column.ok_or_else(|| missing(name))?.value(0).to_owned())
        };
        let integer = |name: &str| -> Result<i64> {
            let column = column(name)?.as_primitive_opt::<Int64Type>();
            Ok(column.ok_or_else(|| missing(name))?.value(0))
        };
        let versions = |name: &str| -> Result<Versions> {
            serde_json::from_str(&text(name)?)
                .map_err(|error| PipelineError::Invalid(format!("gold.publications: {error}")))
        };
        Ok(Publication {
            publication_id: text("publication_id")?,
            sequence: integer("sequence")?,
            run_id: text("run_id")?,
            as_of: integer("as_of_micros")?,
            table_versions: versions("table_versions")?,
            input_versions: versions("input_versions")?,
        })
    }

    /// The version of a table that belongs to this publication; `None` where the table had never been written.
    pub(crate) fn version(&self, table: &str) -> Option<i64> {
        self.table_versions
            .get(table)
            .or_else(|| self.input_versions.get(table))
            .copied()
            .filter(|version| *version >= 0)
    }

    /// Registers a table as this publication pinned it, under `name`. A table that was never written is empty.
    pub(crate) async fn register(
        &self,
        run: &Run,
        session: &Session,
        table: &str,
        name: &str,
    ) -> Result<()> {
        let def = run.table(table)?;
        let snapshot = match self.version(table) {
            Some(version) => run.lake.snapshot_at(def, version).await?,
            None => None,
        };
        match snapshot {
            Some(snapshot) => session.register_as(name, &snapshot).await?,
            None => session.register_table(name, empty(def))?,
        }
        Ok(())
    }

    /// Appends the row, with `consumed` as app transactions: from here on the run is published.
    pub(crate) async fn publish(
        &self,
        run: &Run,
        consumed: &[(String, i64)],
        base: i64,
    ) -> Result<()> {
        let json = |versions: &Versions| {
            serde_json::to_string(versions)
                .map_err(|error| PipelineError::Invalid(error.to_string()))
        };
        let text = |value: String| -> ArrayRef { Arc::new(StringArray::from(vec![value])) };
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("publication_id", text(self.publication_id.clone())),
            ("sequence", Arc::new(Int64Array::from(vec![self.sequence]))),
            ("as_of", Arc::new(run.as_of_column(1))),
            ("table_versions", text(json(&self.table_versions)?)),
            ("input_versions", text(json(&self.input_versions)?)),
            ("run_id", text(self.run_id.clone())),
        ];
        let batch = RecordBatch::try_from_iter(columns)
            .map_err(PipelineError::arrow("writing gold.publications"))?;
        let mut stager = run.lake.stager(run.table("gold.publications")?).await?;
        stager.write(batch).await?;
        let mut commit = Commit::append().exclusive(base);
        for (app_id, version) in consumed {
            commit = commit.with_transaction(app_id, *version);
        }
        run.lake.commit(stager.finish().await?, commit).await?;
        Ok(())
    }
}

/// A table of no rows.
pub(crate) fn empty(def: &TableDef) -> Arc<dyn TableProvider> {
    Arc::new(EmptyTable::new(def.schema.clone()))
}

/// The last publication and a session over its versions of `tables`; `None` before the first.
pub async fn published(run: &Run, tables: &[&str]) -> Result<Option<(Publication, Session)>> {
    let (session, _) = run.session(&[]).await?;
    let Some(last) = Publication::last(run, &session).await? else {
        return Ok(None);
    };
    for table in tables {
        last.register(run, &session, table, table).await?;
    }
    Ok(Some((last, session)))
}
