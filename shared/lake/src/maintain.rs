//! Upkeep of one table: small files into larger ones, a checkpoint, files away that no version needs.

use crate::near::DataFile;
use crate::write::{self, EXCLUSIVE};
use crate::{Lake, LakeError, Result, Snapshot, TableDef};
use chrono::Duration;
use deltalake::checkpoints;
use deltalake::kernel::{Action, Transaction};
use deltalake::operations::vacuum::VacuumMode;
use deltalake::protocol::DeltaOperation;
use futures::StreamExt;

/// Files below this are worth joining.
const SMALL_BYTES: i64 = 64 << 20;
/// Fewer small files are left alone.
const SMALL_FILES: usize = 8;

/// What was done to one table.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Maintained {
    pub table: String,
    /// Small files that were joined, and what they became.
    pub joined: usize,
    pub into: usize,
    /// Files that no version within the retention needs.
    pub deleted: usize,
}

impl Lake {
    /// Joins the small files of a table that is only appended to. Of a table that is rewritten never: a rewrite that began
    /// before would bring the joined rows back (delta-rs does not see it as a conflict; both carry `c360.exclusive`, which
    /// is the second guard).
    ///
    /// `Conflict` when another exclusive commit came in between.
    pub async fn compact(&self, def: &TableDef) -> Result<Maintained> {
        let mut done = Maintained {
            table: def.name.clone(),
            ..Maintained::default()
        };
        let Some(snapshot) = self.snapshot(def).await? else {
            return Ok(done);
        };
        let log = snapshot
            .table
            .snapshot()
            .map_err(LakeError::delta(&def.name))?
            .log_data();
        let mut files = Vec::new();
        let mut actions = Vec::new();
        for file in log.iter().filter(|file| file.size() < SMALL_BYTES) {
            files.push(DataFile::of(&snapshot.table, &file.path(), file.size()));
            actions.push(Action::Remove(file.remove_action(false)));
        }
        if files.len() < SMALL_FILES {
            return Ok(done);
        }
        let session = self.session()?;
        session
            .register_files(&def.name, &files, def.schema.clone())
            .await?;
        let sql = format!("SELECT * FROM {}", def.name);
        let mut rows = session
            .sql("joining small files", &sql)
            .await?
            .execute_stream()
            .await
            .map_err(LakeError::query(format!("joining files of {}", def.name)))?;
        let mut stager = self.stager(def).await?;
        while let Some(batch) = rows.next().await {
            let batch =
                batch.map_err(LakeError::query(format!("joining files of {}", def.name)))?;
            stager.write(batch).await?;
        }
        let staged = stager.finish().await?;
        done.joined = files.len();
        done.into = staged.adds.len();
        actions.extend(staged.adds.into_iter().map(|mut add| {
            add.data_change = false;
            Action::Add(add)
        }));
        let exclusive = Transaction::new_with_last_update(
            EXCLUSIVE.to_owned(),
            snapshot.version() + 1,
            Some(write::snapshot_clock()),
        );
        let operation = DeltaOperation::Optimize {
            predicate: None,
            target_size: SMALL_BYTES,
        };
        // On the snapshot whose files were read: a concurrent join of the same files is a conflict, an append is none.
        write::attempt(
            &snapshot.table,
            &def.name,
            actions,
            vec![exclusive],
            operation,
            &self.author,
        )
        .await?;
        Ok(done)
    }

    /// Deletes files that no version of the last `retention` needs, what dead runs left behind included, but for those of
    /// `keep_versions`; then writes a checkpoint and drops log entries that have expired. Returns the deleted files.
    ///
    /// `retention` below the table's own (7 days unless it says otherwise) is refused.
    pub async fn vacuum(
        &self,
        def: &TableDef,
        retention: Duration,
        keep_versions: &[i64],
    ) -> Result<usize> {
        let Some(Snapshot { table, .. }) = self.snapshot(def).await? else {
            return Ok(0);
        };
        let fail = || LakeError::delta(&def.name);
        let newest = table.version();
        let keep: Vec<u64> = keep_versions
            .iter()
            .filter_map(|version| u64::try_from(*version).ok())
            .filter(|version| Some(*version) <= newest)
            .collect();
        let (table, deleted) = table
            .vacuum()
            .with_mode(VacuumMode::Full)
            .with_retention_period(retention)
            .with_keep_versions(&keep)
            .await
            .map_err(fail())?;
        checkpoints::create_checkpoint(&table, None)
            .await
            .map_err(fail())?;
        checkpoints::cleanup_metadata(&table, None)
            .await
            .map_err(fail())?;
        Ok(deleted.files_deleted.len())
    }
}
