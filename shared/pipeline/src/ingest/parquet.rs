//! Parquet: typed columns, whole or not at all.

use super::content::Bytes as Stretch;
use super::{CHUNK_BYTES, Content, Reader};
use crate::project::Feed;
use bytes::Bytes;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::errors::Result as ParquetResult;
use parquet::file::reader::{ChunkReader, Length};
use std::io::{BufReader, Read};

/// Opens a Parquet file with its own types. It is read through once before any of its rows is used.
pub(super) fn open(feed: &Feed, content: &Content) -> Result<Reader, String> {
    let (first, schema) = batches(feed, content)?;
    let (again, _) = batches(feed, content)?;
    Reader::whole(schema, first, again)
}

fn batches(
    feed: &Feed,
    content: &Content,
) -> Result<(ParquetRecordBatchReader, arrow::datatypes::SchemaRef), String> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(content.clone())
        .map_err(|error| format!("it is no readable Parquet file: {error}"))?;
    let rows = builder.metadata().file_metadata().num_rows().max(1) as u64;
    let groups = builder.metadata().row_groups().iter();
    let bytes: i64 = groups.map(|group| group.total_byte_size()).sum();
    let of_a_row = (bytes.max(1) as u64).div_ceil(rows);
    let most = feed
        .reading
        .chunk_rows()
        .min(4 * CHUNK_BYTES / of_a_row as usize);
    let builder = builder.with_batch_size(most.max(1));
    let schema = builder.schema().clone();
    let reader = builder.build().map_err(|error| error.to_string())?;
    Ok((reader, schema))
}

impl Length for Content {
    fn len(&self) -> u64 {
        self.bytes()
    }
}

impl ChunkReader for Content {
    type T = BufReader<Stretch>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        Ok(BufReader::new(self.from(start)))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        // A footer may lie about lengths: only what is there is read.
        let mut bytes = Vec::new();
        self.from(start)
            .take(length as u64)
            .read_to_end(&mut bytes)?;
        if bytes.len() < length {
            return Err(parquet::errors::ParquetError::EOF(format!(
                "{length} bytes at {start}, where the file has {}",
                bytes.len()
            )));
        }
        Ok(bytes.into())
    }
}
