//! Rows that must not exist: `sql/checks/<stage>/*.sql`, run before a stage publishes.

use crate::error::FailedCheck;
use crate::{PipelineError, Result, Run};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use lake::Session;

/// Offending rows shown in the error.
const SAMPLE: usize = 3;

impl Run {
    /// Runs every check of a stage; any row returned is a violation and an error.
    pub async fn check(&self, session: &Session, stage: &str) -> Result<()> {
        let mut failed = Vec::new();
        for file in self.sql.list(&format!("checks/{stage}")) {
            let name = file.trim_end_matches(".sql").to_owned();
            let frame = self.frame(session, &name).await?;
            let batches = self.collect(frame, &name).await?;
            let rows: usize = batches.iter().map(|batch| batch.num_rows()).sum();
            if rows == 0 {
                continue;
            }
            let mut sample = Vec::new();
            for batch in &batches {
                for row in 0..batch.num_rows().min(SAMPLE - sample.len().min(SAMPLE)) {
                    sample.push(describe_row(batch, row)?);
                }
            }
            failed.push(FailedCheck {
                check: name.trim_start_matches("checks/").to_owned(),
                rows,
                sample: sample.join(" | "),
            });
        }
        if failed.is_empty() {
            return Ok(());
        }
        Err(PipelineError::ChecksFailed { failed })
    }
}

fn describe_row(batch: &arrow::array::RecordBatch, row: usize) -> Result<String> {
    let options = FormatOptions::default().with_null("null");
    let mut cells = Vec::new();
    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
        let value = ArrayFormatter::try_new(column, &options)
            .map_err(PipelineError::arrow("describing a violation"))?;
        cells.push(format!("{}={}", field.name(), value.value(row)));
    }
    Ok(cells.join(", "))
}
