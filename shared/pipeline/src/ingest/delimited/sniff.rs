//! What a text is cut by, and whether its first row names the columns: told by its first rows, where the feed does not say.

use super::cells::{Cells, Dialect, Found};
use crate::mapping::Shapes;
use crate::project::Feed;
use arrow::datatypes::Schema;

/// Rows that are looked at.
const ROWS: usize = 30;
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The dialect of the text that begins so; `usual` is the delimiter that its ending promises.
pub fn dialect(feed: &Feed, text: &[u8], is_whole: bool, usual: u8) -> Dialect {
    let reading = &feed.reading;
    let with = |delimiter, quote| Dialect {
        delimiter,
        quote,
        max_cell: reading.max_field_bytes,
    };
    let quotes = match reading.quote {
        Some(quote) => vec![quote],
        None => vec![Some(b'"'), Some(b'\'')],
    };
    let delimiters = match reading.delimiter {
        Some(delimiter) => vec![delimiter],
        None => {
            let others = DELIMITERS.into_iter().filter(|other| *other != usual);
            std::iter::once(usual).chain(others).collect()
        }
    };
    let first = with(delimiters[0], quotes[0]);
    // Of equals the first is meant: the delimiter of the ending, the double quote.
    let mut best = (first, Fit::default());
    for quote in quotes {
        for delimiter in &delimiters {
            let dialect = with(*delimiter, quote);
            let fit = Fit::of(text, is_whole, dialect);
            let is_meant = quote == Some(b'"') || reading.quote.is_some() || fit.is_quoted;
            if is_meant && fit > best.1 {
                best = (dialect, fit);
            }
        }
    }
    best.0
}

/// How well a dialect fits, the more important first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// Are there several cells in the first row?
    has_cells: bool,
    /// Tenths of the rows that have as many cells as the first, all of them quoted well.
    agreeing: usize,
    /// Are most cells in these quotes?
    is_quoted: bool,
}

impl Fit {
    fn of(text: &[u8], is_whole: bool, dialect: Dialect) -> Fit {
        let mut cells = Cells::default();
        let mut widths: Vec<usize> = Vec::new();
        let (mut torn, mut quoted, mut filled, mut at) = (0, 0, 0, 0);
        while widths.len() + torn < ROWS {
            at += super::blank(&text[at..]);
            let rest = &text[at..];
            match dialect.find(rest, is_whole) {
                Found::Row { length, .. } => {
                    cells.split(&rest[..length], dialect);
                    widths.push(cells.len());
                    let is_quoted = |byte: u8| Some(byte) == dialect.quote;
                    let marks = rest[..length].iter().filter(|byte| is_quoted(**byte));
                    quoted += marks.count() / 2;
                    filled += cells
                        .iter(&rest[..length])
                        .filter(|cell| !cell.is_empty())
                        .count();
                    at += length;
                }
                Found::Torn | Found::TooLong => {
                    torn += 1;
                    at += super::first_line(rest);
                }
                Found::More | Found::Nothing => break,
            }
        }
        let Some(first) = widths.first() else {
            return Fit::default();
        };
        let agreeing = widths.iter().filter(|width| *width == first).count();
        Fit {
            has_cells: *first > 1,
            agreeing: agreeing * 10 / (widths.len() + torn),
            is_quoted: quoted > 1 && quoted * 2 > filled,
        }
    }
}

/// Does the first row name the columns? Unless one of its cells looks like data and the mapping knows none of them.
pub fn has_header(feed: &Feed, first: &[String]) -> bool {
    if let Some(header) = feed.reading.header {
        return header;
    }
    let names = Shapes::of(feed, &Schema::empty());
    first.iter().any(|cell| names.knows(cell.trim()))
        || !first.iter().any(|cell| is_data(cell.trim()))
}

/// A number, a date, a time, an e-mail address.
fn is_data(cell: &str) -> bool {
    let is_of_dates = |letter: char| letter.is_ascii_digit() || "-/.: TZ+".contains(letter);
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    cell.parse::<f64>().is_ok()
        || cell.contains('@')
        || (digits > 3 && cell.chars().all(is_of_dates))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, usual: u8) -> (char, Option<char>) {
        let feed = crate::mapping::tests::feed("SELECT id AS source_record_id FROM input");
        let dialect = dialect(&feed, text.as_bytes(), true, usual);
        (dialect.delimiter.into(), dialect.quote.map(char::from))
    }

    #[test]
    fn a_delimiter_is_told_by_the_first_rows() {
        for (text, delimiter, quote) in [
            ("id,name\n1,a\n", ',', '"'),
            ("id;name\n1;a\n", ';', '"'),
            ("id;price\n1;2,50\n2;3,75\n", ';', '"'),
            ("id\tname\n1\ta, b\n", '\t', '"'),
            ("id|name\n1|a\n", '|', '"'),
            ("id\n1\n2\n", ',', '"'),
            ("", ',', '"'),
            ("id,name\n1\n2,a,b\n3,c\n", ',', '"'),
            ("'id','name'\n'1','O''Brien, Pat'\n", ',', '\''),
            ("id,name\n1,O'Brien\n2,D'Arcy\n", ',', '"'),
            ("id;name, first\n1;a\n2;b\n", ';', '"'),
            ("\"id\";\"a,b\"\n\"1\";\"x;y\"\n", ';', '"'),
        ] {
            assert_eq!(found(text, b','), (delimiter, Some(quote)), "{text:?}");
        }
        assert_eq!(found("id,name\n1,a\n", b'\t').0, ',');
    }

    #[test]
    fn a_first_row_of_data_is_no_header() {
        let feed =
            crate::mapping::tests::feed("SELECT id AS source_record_id, \"2024\" AS x FROM input");
        let has = |cells: &[&str]| {
            let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
            has_header(&feed, &cells)
        };
        assert!(
            has(&["id", "name"])
                && has(&["ID", "2023"])
                && has(&["2024", "2025"])
                && has(&["nummer", "name"])
        );
        assert!(
            !has(&["1", "Jane"]) && !has(&["jane@b.example", "x"]) && !has(&["x", "2026-01-05"])
        );
    }
}
