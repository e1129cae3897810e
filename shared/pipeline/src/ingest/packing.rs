//! Files that come packed: gzip, Zstandard, bzip2, and a zip of one file.

use super::content::{Bytes, Content};
use flate2::CrcReader;
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use zip::{CompressionMethod, ZipArchive};

/// How the bytes of a file are packed.
#[derive(Clone, Debug)]
pub enum Packing {
    None,
    Gzip,
    Zstd,
    Bzip2,
    /// The one file of a zip.
    Zip {
        start: u64,
        packed: u64,
        is_deflated: bool,
        crc32: u32,
    },
}

const ENDINGS: [(&str, &str); 5] = [
    (".gz", "gzip"),
    (".zst", "Zstandard"),
    (".zstd", "Zstandard"),
    (".bz2", "bzip2"),
    (".zip", "zip"),
];

/// Workbooks are zips of their own.
const WORKBOOKS: [&str; 4] = [".xlsx", ".xlsm", ".xlsb", ".ods"];

/// How a file is packed, by its first bytes, and the name of its content.
pub fn of(content: &Content, name: &str) -> Result<(Packing, String), String> {
    let mut start = [0; 4];
    let read = read_most(&mut content.from(0), &mut start).map_err(super::unreadable_file)?;
    let lower = name.to_lowercase();
    let ending = ENDINGS.iter().find(|(ending, _)| lower.ends_with(ending));
    let is_workbook = WORKBOOKS.iter().any(|ending| lower.ends_with(ending));
    let (packing, kind) = match &start[..read] {
        [0x1f, 0x8b, ..] => (Packing::Gzip, "gzip"),
        [0x28, 0xb5, 0x2f, 0xfd] => (Packing::Zstd, "Zstandard"),
        [b'B', b'Z', b'h', b'1'..=b'9'] => (Packing::Bzip2, "bzip2"),
        [b'P', b'K', 3, 4] | [b'P', b'K', 5, 6] if !is_workbook => {
            let (packing, inner) = of_zip(content)?;
            // The name in the zip says what the file is; where it has no ending, the name of the zip does.
            let name = match inner.contains('.') {
                true => inner,
                false => name.trim_end_matches(".zip").to_owned(),
            };
            return Ok((packing, name));
        }
        _ => (Packing::None, ""),
    };
    match ending {
        Some((ending, claimed)) if *claimed == kind => {
            Ok((packing, name[..name.len() - ending.len()].to_owned()))
        }
        Some((ending, claimed)) => Err(format!(
            "its name ends in {ending}, but its content is not {claimed}; is it torn, or named wrongly?"
        )),
        None => Ok((packing, name.to_owned())),
    }
}

/// The one data file of a zip.
fn of_zip(content: &Content) -> Result<(Packing, String), String> {
    let torn = |error: &dyn std::fmt::Display| format!("it is no readable zip: {error}");
    let mut archive = ZipArchive::new(BufReader::new(content.from(0))).map_err(|e| torn(&e))?;
    let mut found: Option<(Packing, String)> = None;
    let mut others = 0;
    for position in 0..archive.len() {
        let entry = archive.by_index_raw(position).map_err(|e| torn(&e))?;
        let name = entry.name().map_err(|e| torn(&e))?.into_owned();
        if entry.enclosed_name().is_none() || name.starts_with('/') || name.contains('\\') {
            return Err(format!(
                "its zip holds the path {name:?}, which leads out of the zip; pack the file again under its plain name"
            ));
        }
        if entry.is_dir() || name.starts_with("__MACOSX/") || name.ends_with(".DS_Store") {
            continue;
        }
        if entry.encrypted() {
            return Err(format!(
                "{name:?} in its zip is encrypted; drop it without a password"
            ));
        }
        let is_deflated = match entry.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            other => {
                return Err(format!(
                    "{name:?} in its zip is packed by {other}; use deflate, or .gz, .zst or .bz2"
                ));
            }
        };
        let start = entry
            .data_start()
            .ok_or_else(|| torn(&"an entry has no place"))?;
        let packing = Packing::Zip {
            start,
            packed: entry.compressed_size(),
            is_deflated,
            crc32: entry.crc32(),
        };
        others += usize::from(found.replace((packing, name)).is_some());
    }
    match found {
        Some(found) if others == 0 => Ok(found),
        Some(_) => Err(format!(
            "its zip holds {} files; drop one file in a zip, or the files themselves",
            others + 1
        )),
        None => Err("its zip holds no file".into()),
    }
}

impl Packing {
    /// Unpacks as it is read. A torn file is an error where it is torn.
    pub fn open(&self, mut source: BufReader<Bytes>) -> io::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Packing::None => Box::new(source),
            Packing::Gzip => Box::new(MultiGzDecoder::new(source)),
            Packing::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(source)?),
            Packing::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(source)),
            Packing::Zip {
                start,
                packed,
                is_deflated,
                crc32,
            } => {
                source.seek(SeekFrom::Start(*start))?;
                let packed = source.take(*packed);
                let expected = *crc32;
                match is_deflated {
                    true => Box::new(Summed::new(DeflateDecoder::new(packed), expected)),
                    false => Box::new(Summed::new(packed, expected)),
                }
            }
        })
    }
}

/// Compares the checksum at the end.
struct Summed<R> {
    source: CrcReader<R>,
    expected: u32,
}

impl<R: Read> Summed<R> {
    fn new(source: R, expected: u32) -> Summed<R> {
        Summed {
            source: CrcReader::new(source),
            expected,
        }
    }
}

impl<R: Read> Read for Summed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        if read == 0 && !into.is_empty() && self.source.crc().sum() != self.expected {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the checksum in its zip does not match: it is torn",
            ));
        }
        Ok(read)
    }
}

/// A few bytes of packed text can stand for more than any disk holds.
pub struct Limited {
    source: Box<dyn Read + Send>,
    left: u64,
    most: u64,
}

impl Limited {
    pub fn new(source: Box<dyn Read + Send>, most: u64) -> Limited {
        Limited {
            source,
            left: most,
            most,
        }
    }
}

impl Read for Limited {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => {
                return Err(io::Error::other(format!(
                    "it unpacks to more than {} bytes, which a file of its size may not (max_unpack_ratio and max_unpacked_mb of the feed)",
                    self.most
                )));
            }
        }
        Ok(read)
    }
}

/// Fills as much of `into` as there is.
pub fn read_most(source: &mut dyn Read, into: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < into.len() {
        match source.read(&mut into[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
