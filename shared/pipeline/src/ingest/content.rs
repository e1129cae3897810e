//! The bytes of a landing file, read as often as is needed and never as a whole.

use super::encoding::{self, Transcoded};
use super::packing::{self, Limited, Packing};
use super::unreadable_file;
use crate::project::Reading;
use encoding_rs::Encoding;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::time::SystemTime;

/// An open file, and what it was when it was opened.
#[derive(Clone, Debug)]
pub struct Content {
    file: Arc<File>,
    bytes: u64,
    modified: Option<SystemTime>,
    packing: Packing,
    /// Bytes to which it may unpack.
    most: u64,
    encoding: Option<&'static Encoding>,
    /// Only the start of it is read, up to so many bytes unpacked.
    start: Option<u64>,
}

impl Content {
    pub fn new(file: File) -> io::Result<Content> {
        let metadata = file.metadata()?;
        Ok(Content {
            file: Arc::new(file),
            bytes: metadata.len(),
            modified: metadata.modified().ok(),
            packing: Packing::None,
            most: u64::MAX,
            encoding: None,
            start: None,
        })
    }

    /// The same, of which only the start is read.
    pub fn start(mut self, bytes: u64) -> Content {
        self.start = Some(bytes);
        self
    }

    /// Bytes to which it may unpack.
    pub fn most(&self) -> u64 {
        self.most
    }

    /// Bytes as they lie, packed or not.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Did somebody write to the file since it was opened?
    pub fn is_changed(&self) -> bool {
        self.file.metadata().map_or(true, |now| {
            now.len() != self.bytes || now.modified().ok() != self.modified
        })
    }

    /// SHA-256 of the whole file, hexadecimal.
    pub fn hash(&self) -> io::Result<String> {
        let mut hash = Sha256::new();
        let mut bytes = self.from(0);
        let mut part = vec![0; 1 << 20];
        loop {
            let read = bytes.read(&mut part)?;
            if read == 0 {
                let digest = hash.finalize();
                return Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect());
            }
            hash.update(&part[..read]);
        }
    }

    /// The file as it lies, from an offset on.
    pub fn from(&self, offset: u64) -> Bytes {
        Bytes {
            file: self.file.clone(),
            offset,
            end: self.bytes,
        }
    }

    /// Finds how a file is packed, and under which name its content is to be read.
    ///
    /// Errors: a packing that its name claims and its content has not, a zip that does not hold one file.
    pub fn unpack(mut self, name: &str, reading: &Reading) -> Result<(Content, String), String> {
        let (packing, name) = packing::of(&self, name)?;
        self.packing = packing;
        let by_ratio = self.bytes.saturating_mul(reading.max_unpack_ratio);
        self.most = by_ratio.max(reading.max_unpacked_bytes);
        Ok((self, name))
    }

    /// Reads all of a text once, and finds its encoding.
    ///
    /// Errors: a packed file that is torn or a bomb, and whatever cannot be read.
    pub fn survey(mut self, reading: &Reading) -> Result<Content, String> {
        let found =
            encoding::survey(self.unpacked().map_err(unreadable_file)?).map_err(unreadable_file)?;
        self.encoding = Some(reading.encoding.unwrap_or(found));
        Ok(self)
    }

    /// The file as text in UTF-8, without a byte order mark. What cannot be read in its encoding is no UTF-8 here either:
    /// single rows are theirs to answer for.
    pub fn text(&self) -> Result<Box<dyn Read + Send>, String> {
        let unpacked = self.unpacked().map_err(unreadable_file)?;
        let encoding = self.encoding.unwrap_or(encoding_rs::UTF_8);
        Transcoded::open(unpacked, encoding).map_err(unreadable_file)
    }

    /// The file unpacked.
    pub fn unpacked(&self) -> io::Result<Box<dyn Read + Send>> {
        let source = BufReader::with_capacity(64 << 10, self.from(0));
        let unpacked = self.packing.open(source)?;
        let limited = match self.packing {
            Packing::None => unpacked,
            _ => Box::new(Limited::new(unpacked, self.most)),
        };
        Ok(match self.start {
            Some(start) => Box::new(limited.take(start)),
            None => limited,
        })
    }

    /// The file unpacked, to be read at any place: itself, or a copy among the temporary files.
    pub fn in_place(&self) -> Result<Content, String> {
        if matches!(self.packing, Packing::None) {
            return Ok(self.clone());
        }
        let whole = Content {
            start: None,
            ..self.clone()
        };
        let mut copy = tempfile::tempfile().map_err(unreadable_file)?;
        io::copy(&mut whole.unpacked().map_err(unreadable_file)?, &mut copy)
            .map_err(unreadable_file)?;
        Ok(Content {
            most: self.most,
            ..Content::new(copy).map_err(unreadable_file)?
        })
    }
}

/// A file's bytes by position, so that several may read at once.
#[derive(Clone, Debug)]
pub struct Bytes {
    file: Arc<File>,
    offset: u64,
    /// What a writer appends meanwhile is not read.
    end: u64,
}

impl Read for Bytes {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end.saturating_sub(self.offset)).unwrap_or(usize::MAX);
        let wanted = into.len().min(left);
        let read = self.file.read_at(&mut into[..wanted], self.offset)?;
        self.offset += read as u64;
        Ok(read)
    }
}

impl Seek for Bytes {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let offset = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(by) => self.end.checked_add_signed(by),
            SeekFrom::Current(by) => self.offset.checked_add_signed(by),
        };
        self.offset = offset.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.offset)
    }
}
