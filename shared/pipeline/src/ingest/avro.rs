//! Avro object container files: typed columns, whole or not at all.

mod blocks;

use super::{Content, Reader, unreadable_file};
use crate::project::Feed;
use arrow_avro::reader::ReaderBuilder;
use std::io::{BufReader, Read};

type Batches = arrow_avro::reader::Reader<BufReader<Box<dyn Read + Send>>>;

/// Opens an Avro file with its own types. It is read through once before any of its rows is used.
pub(super) fn open(feed: &Feed, content: &Content) -> Result<Reader, String> {
    let content = &blocks::inflated(content)?;
    let first = batches(feed, content)?;
    Reader::whole(first.schema(), first, batches(feed, content)?)
}

fn batches(feed: &Feed, content: &Content) -> Result<Batches, String> {
    let unpacked = content.unpacked().map_err(unreadable_file)?;
    ReaderBuilder::new()
        // Avro says nothing of its rows' size before they are read.
        .with_batch_size(feed.reading.chunk_rows().min(1024))
        .build(BufReader::new(unpacked))
        .map_err(|error| format!("it is no readable Avro file: {error}"))
}
