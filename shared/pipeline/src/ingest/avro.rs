//! Avro object container files: typed columns, whole or not at all.

mod blocks;

use super::{Chunk, Content, Layout, Reader, Rows, unreadable_file};
use crate::project::Feed;
use arrow_avro::reader::ReaderBuilder;
use std::io::{BufReader, Read};

type Batches = arrow_avro::reader::Reader<BufReader<Box<dyn Read + Send>>>;

/// Opens an Avro file with its own types. It is read through once before any of its rows is used.
pub(super) fn open(feed: &Feed, content: &Content) -> Result<Reader, String> {
    let content = &blocks::inflated(content)?;
    let mut rows = 0;
    let reader = batches(feed, content)?;
    let schema = reader.schema();
    for batch in reader {
        let batch = batch.map_err(|error| format!("it is torn after row {rows}: {error}"))?;
        rows += batch.num_rows();
    }
    let mut last = 0;
    let chunks = batches(feed, content)?.map(move |batch| {
        let batch = batch.map_err(|error| format!("it is torn after row {last}: {error}"))?;
        let rows = last + 1..=last + batch.num_rows() as i64;
        last += batch.num_rows() as i64;
        let chunk: Chunk = Box::new(move || Ok(Rows::of_batch(rows, batch)));
        Ok(chunk)
    });
    Ok(Reader {
        layout: Layout {
            schema,
            is_sparse: false,
            absent: Vec::new(),
        },
        chunks: Box::new(chunks),
    })
}

fn batches(feed: &Feed, content: &Content) -> Result<Batches, String> {
    let unpacked = content.unpacked().map_err(unreadable_file)?;
    ReaderBuilder::new()
        // Avro says nothing of its rows' size before they are read.
        .with_batch_size(feed.reading.chunk_rows().min(1024))
        .build(BufReader::new(unpacked))
        .map_err(|error| format!("it is no readable Avro file: {error}"))
}
