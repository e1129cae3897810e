//! CSV and TSV: a header, then one row after another; every column is text.

pub(super) mod cells;
mod sniff;

use super::window::Window;
use super::{CHUNK_BYTES, Chunk, Content, Layout, Reader, Rows, Unreadable, shown};
use crate::project::Feed;
use arrow::array::{ArrayRef, RecordBatch, StringBuilder};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use cells::{Cells, Dialect, Found};
use std::ops::Range;
use std::sync::Arc;

/// A row may have so many times the bytes that a cell may have.
const CELLS_OF_A_ROW: usize = 4;

/// Opens text whose cells stand between delimiters; `usual` is the one that its ending promises.
pub(super) fn open(feed: &Feed, content: &Content, usual: u8) -> Result<Reader, String> {
    let mut window = Window::new(content.text()?);
    window.grow().map_err(super::unreadable_file)?;
    let dialect = sniff::dialect(feed, window.bytes(), window.is_at_end, usual);
    open_window(feed, window, dialect)
}

/// Opens text whose dialect is known.
pub(super) fn open_as(feed: &Feed, content: &Content, dialect: Dialect) -> Result<Reader, String> {
    open_window(feed, Window::new(content.text()?), dialect)
}

fn open_window(feed: &Feed, mut window: Window, dialect: Dialect) -> Result<Reader, String> {
    let (length, first) = first_row(&mut window, dialect)?;
    let names = match sniff::has_header(feed, &first) {
        true => {
            window.take(length);
            header(&first)?
        }
        false => (1..=first.len()).map(|at| format!("column_{at}")).collect(),
    };
    let fields = names
        .iter()
        .map(|name| Field::new(name, DataType::Utf8, true));
    let schema: SchemaRef = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let layout = Layout {
        schema: schema.clone(),
        is_sparse: false,
        absent: Vec::new(),
    };
    let chunks = Chunks {
        window,
        dialect,
        schema,
        most: feed.reading.chunk_rows(),
        row: 0,
        is_in_long_row: false,
    };
    Ok(Reader {
        layout,
        chunks: Box::new(chunks),
    })
}

/// The cells of the first row, and where it ends.
fn first_row(window: &mut Window, dialect: Dialect) -> Result<(usize, Vec<String>), String> {
    let (start, end) = loop {
        let bytes = window.bytes();
        let start = blank(bytes);
        match dialect.find(&bytes[start..], window.is_at_end) {
            Found::More if bytes.len() <= dialect.max_cell => {
                window.grow().map_err(super::unreadable_file)?;
            }
            Found::Nothing => return Err("it is empty: a CSV file starts with a header".into()),
            Found::Row { length, .. } => break (start, start + length),
            Found::More | Found::Torn | Found::TooLong => {
                return Err("its header opens a quote and does not close it".into());
            }
        }
    };
    let line = &window.bytes()[start..end];
    let mut cells = Cells::default();
    cells.split(line, dialect);
    if cells.len() > MAX_COLUMNS {
        return Err(format!(
            "its header has {} columns; up to {MAX_COLUMNS} are read (another delimiter?)",
            cells.len()
        ));
    }
    let mut texts = Vec::with_capacity(cells.len());
    for (position, cell) in cells.iter(line).enumerate() {
        let text = std::str::from_utf8(cell)
            .map_err(|_| format!("the name of column {} is not UTF-8", position + 1))?
            .trim();
        if text
            .chars()
            .any(|letter| letter.is_control() && !letter.is_whitespace())
        {
            return Err(format!(
                "the name of column {} holds control characters: it is no text",
                position + 1
            ));
        }
        if text.contains(['\n', '\r']) {
            return Err(format!(
                "the name of column {} spans lines: a quote is opened and not closed",
                position + 1
            ));
        }
        texts.push(text.to_owned());
    }
    Ok((end, texts))
}

/// The first row as names of columns.
fn header(cells: &[String]) -> Result<Vec<String>, String> {
    let mut names: Vec<String> = Vec::with_capacity(cells.len());
    for (position, cell) in cells.iter().enumerate() {
        let name = match cell.is_empty() {
            true => format!("column_{}", position + 1),
            false => cell.clone(),
        };
        // Names are told to people; data must not be.
        if name.contains('@') {
            return Err(format!(
                "its header has an e-mail address in column {} (a file without a header? then write header = false)",
                position + 1
            ));
        }
        if names.contains(&name) {
            return Err(format!(
                "its header names column {} twice (a file without a header?)",
                position + 1
            ));
        }
        names.push(name);
    }
    Ok(names)
}

/// Columns of a file.
pub(super) const MAX_COLUMNS: usize = 2_000;

/// Line ends before the next row.
fn blank(bytes: &[u8]) -> usize {
    let is_end = |byte: &u8| *byte == b'\n' || *byte == b'\r';
    bytes.iter().take_while(|byte| is_end(byte)).count()
}

/// Cuts a text into rows.
struct Chunks {
    window: Window,
    dialect: Dialect,
    schema: SchemaRef,
    /// Rows of a chunk.
    most: usize,
    /// The last row that was cut.
    row: i64,
    /// A row was too long: the text up to its line's end is left out.
    is_in_long_row: bool,
}

/// One row of a chunk: where it lies, or why it is none.
struct Cut {
    place: Range<usize>,
    fault: Option<String>,
}

impl Iterator for Chunks {
    type Item = Result<Chunk, String>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.cut() {
            Ok(None) => None,
            Ok(Some((text, rows))) => {
                let (first, dialect, schema) = (self.row + 1, self.dialect, self.schema.clone());
                self.row += rows.len() as i64;
                Some(Ok(Box::new(move || {
                    read(&text, &rows, first, dialect, schema)
                })))
            }
            Err(error) => Some(Err(super::unreadable_file(error))),
        }
    }
}

impl Chunks {
    fn cut(&mut self) -> std::io::Result<Option<(Vec<u8>, Vec<Cut>)>> {
        while self.is_in_long_row {
            self.is_in_long_row = !self.window.skip_line() && !self.window.is_at_end;
            if self.is_in_long_row {
                self.window.grow()?;
            }
        }
        let mut rows: Vec<Cut> = Vec::new();
        let mut at = 0;
        while rows.len() < self.most && at < CHUNK_BYTES {
            let bytes = self.window.bytes();
            let start = at + blank(&bytes[at..]);
            match self.dialect.find(&bytes[start..], self.window.is_at_end) {
                Found::Nothing => {
                    at = bytes.len();
                    break;
                }
                // Blank lines without end are not gathered.
                Found::More if rows.is_empty() && start == bytes.len() => {
                    self.window.take(start);
                    at = 0;
                    self.window.grow()?;
                }
                // Rows that are whole go first, so that the window stays small.
                Found::More if !rows.is_empty() && at > 0 => break,
                Found::More if bytes.len() - start > CELLS_OF_A_ROW * self.dialect.max_cell => {
                    self.is_in_long_row = true;
                    rows.push(Cut {
                        place: start..bytes.len(),
                        fault: Some(self.dialect.too_long("a row", CELLS_OF_A_ROW)),
                    });
                    at = bytes.len();
                    break;
                }
                Found::More => self.window.grow()?,
                Found::TooLong => {
                    let line = first_line(&bytes[start..]);
                    rows.push(Cut {
                        place: start..start + line,
                        fault: Some(self.dialect.too_long("a quoted cell", 1)),
                    });
                    at = start + line;
                }
                Found::Torn => {
                    // Reading goes on at the next line: one open quote must not swallow the file.
                    let line = first_line(&bytes[start..]);
                    rows.push(Cut {
                        place: start..start + line,
                        fault: Some("a quote is opened and not closed".into()),
                    });
                    at = start + line;
                }
                Found::Row { length, spans } => {
                    let mut end = start + length;
                    let mut fault = None;
                    if spans {
                        let mut cells = Cells::default();
                        cells.split(&bytes[start..end], self.dialect);
                        fault = wrong_number(cells.len(), self.schema.fields().len());
                        if fault.is_some() {
                            end = start + first_line(&bytes[start..]);
                        }
                    }
                    rows.push(Cut {
                        place: start..end,
                        fault,
                    });
                    at = end;
                }
            }
        }
        let text = self.window.take(at);
        Ok((!rows.is_empty()).then_some((text, rows)))
    }
}

/// The length of the first line, with its line end.
fn first_line(bytes: &[u8]) -> usize {
    memchr::memchr2(b'\n', b'\r', bytes).map_or(bytes.len(), |end| end + 1)
}

fn wrong_number(cells: usize, columns: usize) -> Option<String> {
    (cells != columns).then(|| format!("{cells} cells where the header has {columns} columns"))
}

/// Reads the rows of a chunk into columns; an empty cell is null.
fn read(
    text: &[u8],
    cuts: &[Cut],
    first: i64,
    dialect: Dialect,
    schema: SchemaRef,
) -> Result<Rows, String> {
    let columns = schema.fields().len();
    let mut rows = Rows {
        last: first + cuts.len() as i64 - 1,
        count: cuts.len() as u64,
        ..Rows::default()
    };
    let width = text.len() / columns.max(1);
    let mut builders: Vec<StringBuilder> = (0..columns)
        .map(|_| StringBuilder::with_capacity(cuts.len(), width))
        .collect();
    // Of a chunk that is clean as a whole no cell is looked at twice.
    let is_clean = std::str::from_utf8(text).is_ok() && memchr::memchr(0, text).is_none();
    let mut numbers: Vec<i64> = Vec::with_capacity(cuts.len());
    let mut cells = Cells::default();
    for (position, cut) in cuts.iter().enumerate() {
        let raw = &text[cut.place.clone()];
        let row = first + position as i64;
        let mut fault = cut.fault.clone();
        if fault.is_none() {
            cells.split(raw, dialect);
            fault =
                wrong_number(cells.len(), columns).or_else(|| cells.fault(raw, is_clean, dialect));
        }
        if let Some(reason) = fault {
            rows.unreadable.push(Unreadable {
                row,
                reason,
                raw: shown(raw),
            });
            continue;
        }
        numbers.push(row);
        for (builder, cell) in builders.iter_mut().zip(cells.iter(raw)) {
            match std::str::from_utf8(cell) {
                Ok(text) if !text.is_empty() => builder.append_value(text),
                _ => builder.append_null(),
            }
        }
    }
    if !numbers.is_empty() {
        let columns = builders
            .iter_mut()
            .map(|builder| Arc::new(builder.finish()) as ArrayRef);
        let batch =
            RecordBatch::try_new(schema, columns.collect()).map_err(|error| error.to_string())?;
        rows.batches.push((numbers, batch));
    }
    Ok(rows)
}
