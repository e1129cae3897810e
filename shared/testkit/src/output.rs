//! Text extracts: CSV and NDJSON rows in scattered order, a few of them damaged.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::Error;
use crate::rng::Rng;

/// How many rows wait to be written. Rows leave in random order, so that the records of one person, which are made
/// together, do not lie together; more would only cost memory.
const WINDOW: usize = 4096;

/// What a system's export does to a few of its rows. A damaged row is a copy of a good one, so that what a reader
/// makes of it never adds a record that the truth does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Damage {
    None,
    /// Rows cut short, or with columns too many.
    Ragged,
    /// Ragged rows, and some in Latin-1 inside a UTF-8 file.
    Latin1,
    /// JSON lines cut off in the middle.
    Torn,
}

#[derive(Debug)]
pub(crate) struct TextFile {
    path: PathBuf,
    out: BufWriter<File>,
    waiting: Vec<Vec<u8>>,
    rng: Rng,
    damage: Damage,
    pub(crate) rows: u64,
    pub(crate) damaged: u64,
}

impl TextFile {
    pub(crate) fn create(
        path: PathBuf,
        header: Option<&str>,
        damage: Damage,
        rng: Rng,
    ) -> Result<TextFile, Error> {
        let file = File::create(&path).map_err(|e| Error::io(&path, e))?;
        let mut out = BufWriter::with_capacity(1 << 18, file);
        if let Some(header) = header {
            writeln!(out, "{header}").map_err(|e| Error::io(&path, e))?;
        }
        Ok(TextFile {
            path,
            out,
            waiting: Vec::new(),
            rng,
            damage,
            rows: 0,
            damaged: 0,
        })
    }

    pub(crate) fn push(&mut self, row: String) -> Result<(), Error> {
        self.rows += 1;
        if self.damage != Damage::None && (self.rows == 20 || self.rng.chance(0.0004)) {
            self.damaged += 1;
            let damaged = self.damaged_copy(&row);
            self.scatter(damaged)?;
        }
        if self.damage == Damage::Latin1
            && !row.is_ascii()
            && self.rng.chance(0.01)
            && let Some(damaged) = latin1(&row)
        {
            self.damaged += 1;
            self.scatter(damaged)?;
        }
        self.scatter(row.into_bytes())
    }

    fn scatter(&mut self, row: Vec<u8>) -> Result<(), Error> {
        if self.waiting.len() < WINDOW {
            self.waiting.push(row);
            return Ok(());
        }
        let at = self.rng.below(WINDOW);
        let leaving = std::mem::replace(&mut self.waiting[at], row);
        self.write(&leaving)
    }

    fn damaged_copy(&mut self, row: &str) -> Vec<u8> {
        let is_torn = self.damage == Damage::Torn;
        if !is_torn && self.rng.chance(0.5) {
            return format!("{row},,moved to new system").into_bytes();
        }
        let third_comma = row
            .match_indices(',')
            .nth(2)
            .map_or(row.len(), |(at, _)| at);
        row.as_bytes()[..if is_torn {
            third_comma - 2
        } else {
            third_comma
        }]
            .to_vec()
    }

    fn write(&mut self, row: &[u8]) -> Result<(), Error> {
        self.out
            .write_all(row)
            .and_then(|()| self.out.write_all(b"\n"))
            .map_err(|e| Error::io(&self.path, e))
    }

    /// Writes what waits, and says how many good and damaged rows the file holds.
    pub(crate) fn finish(mut self) -> Result<(u64, u64), Error> {
        while !self.waiting.is_empty() {
            let row = self.waiting.swap_remove(self.rng.below(self.waiting.len()));
            self.write(&row)?;
        }
        self.out.flush().map_err(|e| Error::io(&self.path, e))?;
        Ok((self.rows, self.damaged))
    }
}

/// `None` if a letter has no place in Latin-1.
fn latin1(row: &str) -> Option<Vec<u8>> {
    row.chars()
        .map(|c| u8::try_from(u32::from(c)).ok())
        .collect()
}

/// One CSV row (RFC 4180); an empty field is a missing value.
#[derive(Debug, Default)]
pub(crate) struct Row(String);

impl Row {
    pub(crate) fn new(first: &str) -> Row {
        Row(first.to_owned()).quoted(0)
    }

    pub(crate) fn field(mut self, value: &str) -> Row {
        self.0.push(',');
        let start = self.0.len();
        self.0.push_str(value);
        self.quoted(start)
    }

    pub(crate) fn optional(self, value: Option<&str>) -> Row {
        self.field(value.unwrap_or_default())
    }

    fn quoted(mut self, start: usize) -> Row {
        if self.0[start..].contains([',', '"', '\n', '\r']) {
            let quoted = format!("\"{}\"", self.0[start..].replace('"', "\"\""));
            self.0.replace_range(start.., &quoted);
        }
        self
    }

    pub(crate) fn end(self) -> String {
        self.0
    }
}

/// A file of the truth: written in the order in which people were made.
#[derive(Debug)]
pub(crate) struct TruthFile {
    path: PathBuf,
    out: BufWriter<File>,
}

impl TruthFile {
    pub(crate) fn create(dir: &Path, name: &str, header: &str) -> Result<TruthFile, Error> {
        let path = dir.join(name);
        let file = File::create(&path).map_err(|e| Error::io(&path, e))?;
        let mut truth = TruthFile {
            path,
            out: BufWriter::with_capacity(1 << 16, file),
        };
        truth.line(header)?;
        Ok(truth)
    }

    pub(crate) fn line(&mut self, line: &str) -> Result<(), Error> {
        writeln!(self.out, "{line}").map_err(|e| Error::io(&self.path, e))
    }

    pub(crate) fn finish(mut self) -> Result<(), Error> {
        self.out.flush().map_err(|e| Error::io(&self.path, e))
    }
}
