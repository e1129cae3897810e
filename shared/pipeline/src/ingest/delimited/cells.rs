//! Where a row ends, and where its cells are.

use memchr::{memchr, memchr2, memchr3};

/// How a text is cut into cells.
#[derive(Clone, Copy, Debug)]
pub struct Dialect {
    pub delimiter: u8,
    /// A cell that begins with it ends with it, and may hold line ends; doubled inside it stands for itself.
    pub quote: Option<u8>,
    /// Bytes of a cell; a quote that is open for longer is torn.
    pub max_cell: usize,
}

/// What stands at the start of a text.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// A row with its line end; does it span lines?
    Row { length: usize, spans: bool },
    /// A quote that is not closed, or closed in the middle of a cell behind a line end: an open quote takes the rows behind
    /// it into its cell, up to the next quote of any kind, and the number of cells may even be right.
    Torn,
    /// A quoted cell of more than [`Dialect::max_cell`] bytes, or a quote that is not closed.
    TooLong,
    /// More of the text is needed to tell.
    More,
    /// The text is at its end.
    Nothing,
}

impl Dialect {
    /// Finds the end of the row at the start of `text`, which is no line end.
    pub fn find(&self, text: &[u8], is_at_end: bool) -> Found {
        if text.is_empty() {
            return match is_at_end {
                true => Found::Nothing,
                false => Found::More,
            };
        }
        let line = memchr2(b'\n', b'\r', text);
        let first = &text[..line.unwrap_or(text.len())];
        // Most rows have no quote.
        let is_quoted = self
            .quote
            .is_some_and(|quote| memchr(quote, first).is_some());
        match line {
            Some(end) if !is_quoted => row(text, end, false),
            None if !is_quoted && !is_at_end => Found::More,
            None if !is_quoted => row(text, text.len(), false),
            _ => self.find_quoted(text, is_at_end, self.quote.unwrap_or(b'"')),
        }
    }

    fn find_quoted(&self, text: &[u8], is_at_end: bool, quote: u8) -> Found {
        let mut at = 0;
        let (mut spans, mut is_odd) = (false, false);
        let more = |torn: Found| if is_at_end { torn } else { Found::More };
        let ended = |at: usize, spans: bool, is_odd: bool| match spans && is_odd {
            true => Found::Torn,
            false => row(text, at, spans),
        };
        loop {
            if text.get(at) == Some(&quote) {
                let opened = at;
                loop {
                    let Some(next) = memchr(quote, &text[at + 1..]) else {
                        return match text.len() - opened > self.max_cell + 2 {
                            true => Found::TooLong,
                            false => more(Found::Torn),
                        };
                    };
                    at += 1 + next;
                    match text.get(at + 1) {
                        Some(after) if *after == quote => at += 1,
                        None if !is_at_end => return Found::More,
                        _ => break,
                    }
                }
                if at - opened > self.max_cell + 1 {
                    return Found::TooLong;
                }
                spans |= memchr(b'\n', &text[opened..at]).is_some();
                at += 1;
                match text.get(at) {
                    None => return ended(text.len(), spans, is_odd),
                    Some(b'\n' | b'\r') => return ended(at, spans, is_odd),
                    Some(byte) if *byte == self.delimiter => {
                        at += 1;
                        continue;
                    }
                    // Text behind the closing quote belongs to the cell.
                    Some(_) => is_odd = true,
                }
            }
            match memchr3(self.delimiter, b'\n', b'\r', &text[at..]) {
                Some(next) if text[at + next] == self.delimiter => at += next + 1,
                Some(next) => return ended(at + next, spans, is_odd),
                None if !is_at_end => return Found::More,
                None => return ended(text.len(), spans, is_odd),
            }
        }
    }

    /// The reason of a row that is too long.
    pub fn too_long(&self, what: &str, times: usize) -> String {
        format!(
            "{what} has more than {} bytes, or opens a quote and does not close it (max_field_mb of the feed)",
            times * self.max_cell
        )
    }
}

/// A row that ends at `end`, with its line end of one or two bytes.
fn row(text: &[u8], end: usize, spans: bool) -> Found {
    let line_end = match &text[end..] {
        [b'\r', b'\n', ..] => 2,
        [] => 0,
        _ => 1,
    };
    Found::Row {
        length: end + line_end,
        spans,
    }
}

/// The cells of one row; kept from row to row for its memory.
#[derive(Default)]
pub struct Cells {
    places: Vec<Place>,
    /// Cells whose text differs from what stands in the row: doubled quotes, text behind a closing quote.
    rewritten: Vec<u8>,
}

struct Place {
    from: usize,
    to: usize,
    is_rewritten: bool,
}

impl Cells {
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// The cells of the row that was split last.
    pub fn iter<'a>(&'a self, row: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        self.places
            .iter()
            .map(move |place| match place.is_rewritten {
                true => &self.rewritten[place.from..place.to],
                false => &row[place.from..place.to],
            })
    }

    /// Splits a row, with or without its line end.
    pub fn split(&mut self, row: &[u8], dialect: Dialect) {
        self.places.clear();
        self.rewritten.clear();
        let mut end = row.len();
        while end > 0 && matches!(row[end - 1], b'\n' | b'\r') {
            end -= 1;
        }
        let row = &row[..end];
        let mut at = 0;
        loop {
            match dialect.quote {
                Some(quote) if row.get(at) == Some(&quote) => {
                    at = self.quoted(row, at, quote, dialect)
                }
                _ => {
                    let to = memchr(dialect.delimiter, &row[at..]).map_or(row.len(), |to| at + to);
                    self.places.push(Place {
                        from: at,
                        to,
                        is_rewritten: false,
                    });
                    at = to;
                }
            }
            if at >= row.len() {
                return;
            }
            at += 1;
        }
    }

    /// Reads a quoted cell; returns where its delimiter is.
    fn quoted(&mut self, row: &[u8], opened: usize, quote: u8, dialect: Dialect) -> usize {
        let from = self.rewritten.len();
        let mut at = opened + 1;
        let mut is_rewritten = false;
        loop {
            let closed = memchr(quote, &row[at..]).map_or(row.len(), |next| at + next);
            let is_doubled = row.get(closed + 1) == Some(&quote);
            let after = (closed + 1).min(row.len());
            let to = memchr(dialect.delimiter, &row[after..]).map_or(row.len(), |to| after + to);
            if !is_doubled && !is_rewritten && to == after {
                self.places.push(Place {
                    from: opened + 1,
                    to: closed,
                    is_rewritten: false,
                });
                return to;
            }
            is_rewritten = true;
            self.rewritten.extend_from_slice(&row[at..closed]);
            if is_doubled {
                self.rewritten.push(quote);
                at = closed + 2;
                continue;
            }
            self.rewritten.extend_from_slice(&row[after..to]);
            self.places.push(Place {
                from,
                to: self.rewritten.len(),
                is_rewritten: true,
            });
            return to;
        }
    }

    /// What is wrong with the row that was split last; of a clean text only a cell's length can be.
    pub fn fault(&self, row: &[u8], is_clean: bool, dialect: Dialect) -> Option<String> {
        if is_clean && row.len() <= dialect.max_cell {
            return None;
        }
        for (position, cell) in self.iter(row).enumerate() {
            if cell.len() > dialect.max_cell {
                let what = format!("cell {}", position + 1);
                return Some(dialect.too_long(&what, 1));
            }
            if std::str::from_utf8(cell).is_err() {
                return Some(format!("cell {} is not UTF-8", position + 1));
            }
            if memchr(0, cell).is_some() {
                return Some(format!("cell {} holds a NUL byte", position + 1));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: Dialect = Dialect {
        delimiter: b',',
        quote: Some(b'"'),
        max_cell: 40,
    };

    fn cells(row: &str) -> Vec<String> {
        let mut cells = Cells::default();
        cells.split(row.as_bytes(), CSV);
        cells
            .iter(row.as_bytes())
            .map(|cell| String::from_utf8(cell.to_vec()).unwrap())
            .collect()
    }

    #[test]
    fn cells_are_those_that_the_csv_crate_finds() {
        for row in [
            "a,b,c\n",
            ",,\n",
            "a\r\n",
            "\"a\",\"b,c\"\n",
            "\"a\"\"b\",\"\"\"\"\n",
            "\"a\"b,c\n",
            "a\"b\",c",
            "\"\",x\n",
            "\"a\nb\",c\n",
            "a,\n",
            "a, \"b\"\n",
            "\"a\"\"\"b\"c,d\n",
            "ä,\"ö\"\"ü\"\r\n",
        ] {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(row.as_bytes());
            let expected: Vec<String> = reader
                .records()
                .next()
                .unwrap()
                .unwrap()
                .iter()
                .map(str::to_owned)
                .collect();
            assert_eq!(cells(row), expected, "{row:?}");
            let length = row.len();
            let found = CSV.find(row.as_bytes(), true);
            assert!(
                matches!(found, Found::Row { length: it, .. } if it == length),
                "{row:?}: {found:?}"
            );
        }
    }

    #[test]
    fn an_open_quote_is_torn_and_a_long_one_is_not_looked_for() {
        let find = |text: &str| CSV.find(text.as_bytes(), true);
        assert_eq!(find("1,\"torn"), Found::Torn);
        assert_eq!(find("1,\"open\n2,b\n3,\"c\"\n"), Found::Torn);
        assert_eq!(find(&format!("1,\"{}", "x".repeat(60))), Found::TooLong);
        assert_eq!(find(&format!("1,\"{}\"\n", "x".repeat(41))), Found::TooLong);
        assert!(matches!(
            find(&format!("1,\"{}\"\n", "x".repeat(40))),
            Found::Row { .. }
        ));
        assert_eq!(CSV.find(b"1,\"open", false), Found::More);
        assert_eq!(CSV.find(b"1,\"closed\"", false), Found::More);
        assert_eq!(CSV.find(b"", true), Found::Nothing);
    }
}
