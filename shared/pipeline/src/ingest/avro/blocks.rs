//! The container around Avro's rows: a header, then blocks of packed rows, each behind a marker.
//!
//! Blocks packed by `deflate` are unpacked here, into a container that is not packed: the reader of rows brings no inflater
//! that this workspace would not link a second time for.

use super::super::unreadable_file;
use super::Content;
use flate2::read::DeflateDecoder;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Error, ErrorKind, Read, Write};

const CODEC: &[u8] = b"avro.codec";
/// Bytes of a header's value; a block may have some times as many.
const MOST: u64 = 16 << 20;

/// A container whose blocks are not packed by `deflate`: the content itself, or a copy among the temporary files.
pub fn inflated(content: &Content) -> Result<Content, String> {
    let unpacked = content.unpacked().map_err(unreadable_file)?;
    let copied = copy(BufReader::new(unpacked), content.most())
        .map_err(|error| format!("it is no readable Avro file: {error}"))?;
    match copied {
        Some(file) => Content::new(file).map_err(unreadable_file),
        None => Ok(content.clone()),
    }
}

fn copy(mut source: impl Read, mut left: u64) -> io::Result<Option<File>> {
    let mut magic = [0; 4];
    source.read_exact(&mut magic)?;
    if magic != *b"Obj\x01" {
        return Err(Error::new(ErrorKind::InvalidData, "it begins otherwise"));
    }
    let mut header: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    loop {
        let count = long(&mut source)?;
        if count == 0 {
            break;
        }
        if count < 0 {
            long(&mut source)?;
        }
        for _ in 0..count.unsigned_abs().min(1_000) {
            header.push((bytes(&mut source, MOST)?, bytes(&mut source, MOST)?));
        }
    }
    let codec = header.iter_mut().find(|(key, _)| key == CODEC);
    let Some((_, codec)) = codec.filter(|(_, codec)| codec == b"deflate") else {
        return Ok(None);
    };
    *codec = b"null".to_vec();
    let mut marker = [0; 16];
    source.read_exact(&mut marker)?;
    let mut copy = BufWriter::new(tempfile::tempfile()?);
    copy.write_all(&magic)?;
    write_long(&mut copy, header.len() as i64)?;
    for (key, value) in &header {
        write_bytes(&mut copy, key)?;
        write_bytes(&mut copy, value)?;
    }
    write_long(&mut copy, 0)?;
    copy.write_all(&marker)?;
    while let Some(rows) = next_long(&mut source)? {
        let packed = bytes(&mut source, 4 * MOST)?;
        let mut block = Vec::new();
        let mut inflater = DeflateDecoder::new(packed.as_slice()).take(4 * MOST + 1);
        inflater.read_to_end(&mut block)?;
        left = left
            .checked_sub(block.len() as u64)
            .filter(|_| block.len() as u64 <= 4 * MOST)
            .ok_or_else(|| Error::other("it unpacks to more than a file of its size may (max_unpack_ratio and max_unpacked_mb of the feed)"))?;
        let mut behind = [0; 16];
        source.read_exact(&mut behind)?;
        if behind != marker {
            return Err(Error::new(
                ErrorKind::InvalidData,
                "a block does not end in the file's marker",
            ));
        }
        write_long(&mut copy, rows)?;
        write_bytes(&mut copy, &block)?;
        copy.write_all(&marker)?;
    }
    Ok(Some(
        copy.into_inner().map_err(io::IntoInnerError::into_error)?,
    ))
}

/// A number in seven bits a byte, its sign in the last bit.
fn long(source: &mut impl Read) -> io::Result<i64> {
    next_long(source)?.ok_or_else(|| ErrorKind::UnexpectedEof.into())
}

/// Like [`long`]; `None` at the end of the file.
fn next_long(source: &mut impl Read) -> io::Result<Option<i64>> {
    let mut folded = 0_u64;
    for shift in (0..64).step_by(7) {
        let mut byte = [0];
        if source.read(&mut byte)? == 0 {
            return match shift {
                0 => Ok(None),
                _ => Err(ErrorKind::UnexpectedEof.into()),
            };
        }
        folded |= u64::from(byte[0] & 0x7f) << shift;
        if byte[0] < 0x80 {
            return Ok(Some((folded >> 1) as i64 ^ -((folded & 1) as i64)));
        }
    }
    Err(Error::new(
        ErrorKind::InvalidData,
        "a number has too many bytes",
    ))
}

fn bytes(source: &mut impl Read, most: u64) -> io::Result<Vec<u8>> {
    let length = long(source)?;
    let length = u64::try_from(length).ok().filter(|length| *length <= most);
    let length =
        length.ok_or_else(|| Error::new(ErrorKind::InvalidData, "a length is out of bounds"))?;
    let mut bytes = Vec::new();
    source.take(length).read_to_end(&mut bytes)?;
    match bytes.len() as u64 == length {
        true => Ok(bytes),
        false => Err(ErrorKind::UnexpectedEof.into()),
    }
}

fn write_long(copy: &mut impl Write, number: i64) -> io::Result<()> {
    let mut folded = (number << 1 ^ number >> 63) as u64;
    while folded >= 0x80 {
        copy.write_all(&[folded as u8 | 0x80])?;
        folded >>= 7;
    }
    copy.write_all(&[folded as u8])
}

fn write_bytes(copy: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    write_long(copy, bytes.len() as i64)?;
    copy.write_all(bytes)
}
