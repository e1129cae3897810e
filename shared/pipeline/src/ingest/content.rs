//! The bytes of a landing file, read as often as is needed and never as a whole.

use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::time::SystemTime;

/// An open file, and what it was when it was opened.
#[derive(Clone, Debug)]
pub struct Content {
    file: Arc<File>,
    bytes: u64,
    modified: Option<SystemTime>,
    /// Only the start of a text is read, up to so many bytes.
    start: Option<u64>,
}

impl Content {
    pub fn new(file: File) -> io::Result<Content> {
        let metadata = file.metadata()?;
        Ok(Content {
            file: Arc::new(file),
            bytes: metadata.len(),
            modified: metadata.modified().ok(),
            start: None,
        })
    }

    /// The same, of which a text is read only at its start.
    pub fn start(mut self, bytes: u64) -> Content {
        self.start = Some(bytes);
        self
    }

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

    /// The file from an offset on.
    pub fn from(&self, offset: u64) -> Bytes {
        Bytes {
            file: self.file.clone(),
            offset,
            end: self.bytes,
        }
    }

    /// The file as text in UTF-8, without a byte order mark; single rows that are not UTF-8 are theirs to answer for.
    pub fn text(&self) -> Result<Box<dyn Read + Send>, String> {
        let mut start = Vec::new();
        let read = self.from(0).take(64).read_to_end(&mut start);
        read.map_err(super::unreadable_file)?;
        refuse_utf16(&start)?;
        let mark = if start.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            0
        };
        Ok(Box::new(
            self.from(mark).take(self.start.unwrap_or(u64::MAX)),
        ))
    }
}

fn refuse_utf16(start: &[u8]) -> Result<(), String> {
    let has_mark = start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff");
    let is_nul_at = |odd: usize| {
        let mut every_second = start.iter().skip(odd).step_by(2);
        start.len() >= 4 && every_second.all(|byte| *byte == 0)
    };
    if has_mark || is_nul_at(0) != is_nul_at(1) {
        return Err("it is UTF-16; save it as UTF-8 (`iconv -f UTF-16 -t UTF-8`)".into());
    }
    Ok(())
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
