//! A stretch of a text that moves along it.

use std::io::{ErrorKind, Read, Result};

/// Bytes read at once, at least and at most.
const STEP: usize = 256 << 10;
const STRIDE: usize = 8 << 20;

/// The part of a text that is looked at: it grows at its end and is cut off at its start.
pub struct Window {
    source: Box<dyn Read + Send>,
    bytes: Vec<u8>,
    /// There is no more text behind the window.
    pub is_at_end: bool,
}

impl Window {
    pub fn new(source: Box<dyn Read + Send>) -> Window {
        Window {
            source,
            bytes: Vec::new(),
            is_at_end: false,
        }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Reads on: as much again as there is, so that a long row is not looked through too often.
    pub fn grow(&mut self) -> Result<()> {
        let known = self.bytes.len();
        let wanted = known.clamp(STEP, STRIDE);
        self.bytes.resize(known + wanted, 0);
        let mut read = 0;
        while read < wanted && !self.is_at_end {
            match self.source.read(&mut self.bytes[known + read..]) {
                Ok(0) => self.is_at_end = true,
                Ok(some) => read += some,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.bytes.truncate(known + read);
                    return Err(error);
                }
            }
        }
        self.bytes.truncate(known + read);
        Ok(())
    }

    /// Cuts off the first `length` bytes and hands them out.
    pub fn take(&mut self, length: usize) -> Vec<u8> {
        let rest = self.bytes.split_off(length);
        std::mem::replace(&mut self.bytes, rest)
    }

    /// Forgets everything up to and including the next line end; true when there was one.
    pub fn skip_line(&mut self) -> bool {
        match memchr::memchr(b'\n', &self.bytes) {
            Some(end) => {
                self.bytes.drain(..=end);
                true
            }
            None => {
                self.bytes.clear();
                false
            }
        }
    }
}
