//! Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods): one sheet, written out as text cells and read like a CSV file.

use super::content::Bytes;
use super::delimited::{self, cells::Dialect};
use super::{Content, Reader, unreadable_file};
use crate::project::Feed;
use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader as Workbook, Xls, Xlsb, Xlsx};
use std::fs::File;
use std::io::{BufReader, BufWriter};
use zip::ZipArchive;

/// A workbook is an archive of XML that must be taken apart in memory.
const MOST: u64 = 100 << 20;

/// Opens the feed's sheet, or the first one.
///
/// Errors: more than 100 MB, more than the feed's limits when unpacked, no sheet of that name (with those there are).
pub(super) fn open(feed: &Feed, content: &Content, ending: &str) -> Result<Reader, String> {
    if content.bytes() > MOST {
        return Err(format!(
            "it has {} MB, and workbooks up to {} MB are read; export the sheet as CSV",
            content.bytes() >> 20,
            MOST >> 20
        ));
    }
    if ending != "xls" {
        refuse_bomb(content)?;
    }
    let source = BufReader::new(content.from(0));
    let sheet = feed.reading.sheet.as_deref();
    let file = match ending {
        "xls" => of_range(Xls::new(source).map_err(unreadable)?, sheet),
        "ods" => of_range(Ods::new(source).map_err(unreadable)?, sheet),
        "xlsb" => of_range(Xlsb::new(source).map_err(unreadable)?, sheet),
        _ => of_cells(Xlsx::new(source).map_err(unreadable)?, sheet),
    }?;
    let text = Content::new(file).map_err(unreadable_file)?;
    let dialect = Dialect {
        delimiter: b',',
        quote: Some(b'"'),
        max_cell: feed.reading.max_field_bytes,
    };
    delimited::open_as(feed, &text, dialect)
}

fn unreadable(error: impl std::fmt::Display) -> String {
    format!("it is no readable workbook: {error}")
}

fn refuse_bomb(content: &Content) -> Result<(), String> {
    let mut archive = ZipArchive::new(BufReader::new(content.from(0))).map_err(unreadable)?;
    let mut unpacked = 0_u64;
    for position in 0..archive.len() {
        let entry = archive.by_index_raw(position).map_err(unreadable)?;
        unpacked = unpacked.saturating_add(entry.size());
    }
    match unpacked > content.most() {
        true => Err(format!(
            "it unpacks to {unpacked} bytes, which a workbook of its size may not (max_unpack_ratio and max_unpacked_mb of the feed)"
        )),
        false => Ok(()),
    }
}

/// The sheet that is meant.
fn chosen(names: &[String], wanted: Option<&str>) -> Result<String, String> {
    let found = match wanted {
        Some(wanted) => names.iter().find(|name| *name == wanted),
        None => names.first(),
    };
    found.cloned().ok_or_else(|| match wanted {
        Some(wanted) => format!("it has no sheet {wanted:?}; it has: {}", names.join(", ")),
        None => "it has no sheet".into(),
    })
}

/// An .xlsx is read cell by cell.
fn of_cells(mut workbook: Xlsx<BufReader<Bytes>>, sheet: Option<&str>) -> Result<File, String> {
    let sheet = chosen(&workbook.sheet_names(), sheet)?;
    let mut cells = workbook
        .worksheet_cells_reader(&sheet)
        .map_err(unreadable)?;
    let mut lines = Lines::new()?;
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        lines.cell(row, column, &text_of_ref(cell.get_value()))?;
    }
    lines.finish()
}

fn of_range<W>(mut workbook: W, sheet: Option<&str>) -> Result<File, String>
where
    W: Workbook<BufReader<Bytes>>,
    W::Error: std::fmt::Display,
{
    let sheet = chosen(&workbook.sheet_names(), sheet)?;
    let range = workbook.worksheet_range(&sheet).map_err(unreadable)?;
    let mut lines = Lines::new()?;
    for (row, column, value) in range.used_cells() {
        lines.cell(row as u32, column as u32, &text_of(value))?;
    }
    lines.finish()
}

/// Cells that come in order, written as CSV.
struct Lines {
    writer: csv::Writer<BufWriter<File>>,
    row: Option<u32>,
    cells: Vec<String>,
    /// Columns of the header, to which shorter rows are filled up.
    width: usize,
}

impl Lines {
    fn new() -> Result<Lines, String> {
        let file = tempfile::tempfile().map_err(unreadable_file)?;
        Ok(Lines {
            writer: csv::WriterBuilder::new()
                .flexible(true)
                .from_writer(BufWriter::new(file)),
            row: None,
            cells: Vec::new(),
            width: 0,
        })
    }

    fn cell(&mut self, row: u32, column: u32, text: &str) -> Result<(), String> {
        if self.row != Some(row) {
            self.end_row()?;
            self.row = Some(row);
        }
        if text.is_empty() {
            return Ok(());
        }
        // Further out than a header may go: there it makes the row, or the header, too long.
        let column = (column as usize).min(delimited::MAX_COLUMNS);
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        text.clone_into(&mut self.cells[column]);
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), String> {
        if self.cells.is_empty() {
            return Ok(());
        }
        if self.width == 0 {
            self.width = self.cells.len();
        }
        let width = self.width.max(self.cells.len());
        self.cells.resize(width, String::new());
        self.writer
            .write_record(&self.cells)
            .map_err(|error| error.to_string())?;
        self.cells.clear();
        Ok(())
    }

    fn finish(mut self) -> Result<File, String> {
        self.end_row()?;
        let buffered = self
            .writer
            .into_inner()
            .map_err(|error| error.to_string())?;
        buffered.into_inner().map_err(|error| error.to_string())
    }
}

fn text_of(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(*number),
        Data::Bool(is_true) => is_true.to_string(),
        Data::DateTime(time) => time_text(time),
        Data::Error(error) => error.to_string(),
    }
}

fn text_of_ref(value: &DataRef) -> String {
    match value {
        DataRef::SharedString(text) => (*text).to_owned(),
        other => text_of(&Data::from(other.clone())),
    }
}

/// A whole number without a fraction: spreadsheets know no integers.
fn number_text(number: f64) -> String {
    match number.fract() == 0.0 && number.abs() < 1e15 {
        true => format!("{}", number as i64),
        false => number.to_string(),
    }
}

/// ISO 8601: a date, a date and time, or a time of day.
fn time_text(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (time.as_f64() < 1.0, clock.as_str()) {
        (true, _) => clock,
        (_, "00:00:00") => date,
        _ => format!("{date}T{clock}"),
    }
}
