//! Parquet: typed columns, whole or not at all.

use super::{BATCH, Input};
use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// Reads a whole Parquet file with its own types.
pub(super) fn read(content: Bytes) -> Result<Input, String> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(content)
        .map_err(|error| format!("it is no readable Parquet file: {error}"))?
        .with_batch_size(BATCH);
    let schema = builder.schema().clone();
    let reader = builder.build().map_err(|error| error.to_string())?;
    let mut batches = Vec::new();
    let mut row = 0;
    for batch in reader {
        let batch = batch.map_err(|error| format!("it is torn after row {row}: {error}"))?;
        let rows = (row + 1..=row + batch.num_rows() as i64).collect();
        row += batch.num_rows() as i64;
        batches.push((rows, batch));
    }
    Ok(Input {
        schema,
        batches,
        unreadable: Vec::new(),
        is_sparse: false,
        absent: Vec::new(),
    })
}
