//! Text for people: aligned tables, figures with thousands separators, headings.

use crate::error::{Error, Result};
use std::io::{IsTerminal, Write as _};
use std::path::Path;

/// Columns of a terminal that reports keep to.
const WIDTH: usize = 100;
/// Below this a column is not narrowed.
const NARROW: usize = 12;

/// 1234567 → `1,234,567`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 row`, `2,000 rows`.
pub fn plural(number: u64, noun: &str) -> String {
    format!(
        "{} {noun}{}",
        count(number),
        if number == 1 { "" } else { "s" }
    )
}

/// 0.12345 → `12.3 %`.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// A part of a whole; nothing of nothing is 0.
pub fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

pub fn seconds(seconds: f64) -> String {
    format!("{seconds:.1} s")
}

/// Seconds as people say them: `45 s`, `12 min`, `3 h`, `9 d`. What lies ahead is 0 s.
pub fn age(seconds: i64) -> String {
    let seconds = seconds.max(0);
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    }
}

/// Bytes in MiB; `–` where they are not known.
pub fn mebibytes(bytes: u64) -> String {
    if bytes == 0 {
        return "–".into();
    }
    format!("{} MiB", count(bytes >> 20))
}

/// A measure between 0 and 1 with four digits; `–` where there is nothing to measure.
pub fn measure(value: Option<f64>) -> String {
    value.map_or_else(|| "–".into(), |value| format!("{value:.4}"))
}

/// A heading: bold on a terminal.
pub fn heading(text: &str) -> String {
    if std::io::stdout().is_terminal() {
        format!("\n\x1b[1m{text}\x1b[0m\n")
    } else {
        format!("\n{text}\n")
    }
}

/// A heading and its table; nothing of an empty table.
pub fn section(title: &str, table: &Table) -> String {
    if table.is_empty() {
        return String::new();
    }
    format!("{}{table}", heading(title))
}

/// Writes to standard output. Unlike `print!`, a reader that went away (`| head`) is an error and no panic.
pub fn print(text: &str) -> Result<()> {
    std::io::stdout()
        .write_all(text.as_bytes())
        .map_err(Error::file(Path::new("standard output")))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// Lines of cells, aligned by column. Cells may be personal data, so it has no `Debug`.
#[derive(Clone)]
pub struct Table {
    align: Vec<Align>,
    head: Option<Vec<String>>,
    lines: Vec<Vec<String>>,
    indent: usize,
    /// Cells are cut where the table would be wider.
    width: Option<usize>,
}

impl Table {
    /// Columns: `l` is left-aligned, `r` right-aligned.
    pub fn new(columns: &str) -> Table {
        let align = columns.chars().map(|c| match c {
            'r' => Align::Right,
            _ => Align::Left,
        });
        Table {
            align: align.collect(),
            head: None,
            lines: Vec::new(),
            indent: 2,
            width: None,
        }
    }

    /// With column heads and a rule below them.
    pub fn head<S: Into<String>>(mut self, cells: impl IntoIterator<Item = S>) -> Table {
        self.head = Some(cells.into_iter().map(Into::into).collect());
        self
    }

    /// Not indented.
    pub fn flush_left(mut self) -> Table {
        self.indent = 0;
        self
    }

    /// Cuts long cells, so that no line is wider than a report.
    pub fn fit(mut self) -> Table {
        self.width = Some(WIDTH);
        self
    }

    pub fn line<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) {
        self.lines.push(
            cells
                .into_iter()
                .map(|cell| one_line(&cell.into()))
                .collect(),
        );
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

impl Table {
    /// Widths of the columns; the widest give way until the table fits.
    fn widths(&self) -> Vec<usize> {
        let mut widths = vec![0; self.align.len()];
        for line in self.head.iter().chain(&self.lines) {
            for (width, cell) in widths.iter_mut().zip(line) {
                *width = (*width).max(cell.chars().count());
            }
        }
        let gaps = self.indent + 2 * widths.len().saturating_sub(1);
        while let Some(limit) = self.width
            && gaps + widths.iter().sum::<usize>() > limit
        {
            match widths.iter_mut().max() {
                Some(widest) if *widest > NARROW => *widest -= 1,
                _ => break,
            }
        }
        widths
    }

    fn put(
        &self,
        f: &mut std::fmt::Formatter<'_>,
        cells: &[String],
        widths: &[usize],
    ) -> std::fmt::Result {
        let mut text = " ".repeat(self.indent);
        for (position, (cell, width)) in cells.iter().zip(widths).enumerate() {
            if position > 0 {
                text.push_str("  ");
            }
            let cell = cut(cell, *width);
            // a width of a format has sixteen bits
            let fill = " ".repeat(width.saturating_sub(cell.chars().count()));
            match self.align.get(position) {
                Some(Align::Right) => text.extend([&fill, &*cell]),
                _ => text.extend([&*cell, &fill]),
            }
        }
        writeln!(f, "{}", text.trim_end())
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let widths = self.widths();
        if let Some(head) = &self.head {
            self.put(f, head, &widths)?;
            let rules: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
            self.put(f, &rules, &widths)?;
        }
        for line in &self.lines {
            self.put(f, line, &widths)?;
        }
        Ok(())
    }
}

/// Control characters become spaces: a cell keeps to its line.
fn one_line(cell: &str) -> String {
    cell.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn cut(cell: &str, width: usize) -> String {
    if cell.chars().count() <= width {
        return cell.to_owned();
    }
    let kept: String = cell.chars().take(width.saturating_sub(1)).collect();
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_000), "1,000");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(plural(1, "row"), "1 row");
        assert_eq!(plural(2_000, "row"), "2,000 rows");
        assert_eq!(percent(share(1, 8)), "12.5 %");
        assert_eq!(percent(share(0, 0)), "0.0 %");
        assert_eq!(age(-3), "0 s");
        assert_eq!(age(7_199), "119 min");
        assert_eq!(age(200_000), "2 d");
    }

    #[test]
    fn tables_are_aligned() {
        let mut table = Table::new("lr").head(["name", "rows"]).flush_left();
        table.line(["a", "1,000"]);
        table.line(["longer\n", "7"]);
        assert_eq!(
            table.to_string(),
            "name      rows\n───────  ─────\na        1,000\nlonger       7\n"
        );
    }

    #[test]
    fn wide_columns_give_way() {
        let mut table = Table::new("ll").fit();
        table.line(["x".repeat(200), "short".into()]);
        let line = table.to_string();
        assert_eq!(line.trim_end().chars().count(), WIDTH);
        assert!(line.contains('…') && line.contains("short"));
    }
}
