//! The data dictionary: every table and column, in the words of the DDL.

use super::{LAYERS, Sql};
use crate::Result;
use std::fmt::Write;

impl Sql {
    /// All tables as Markdown: the grain of each, and of each column its type and what it means.
    ///
    /// Errors where the DDL cannot be read.
    pub fn dictionary(&self) -> Result<String> {
        let mut text = String::from(
            "# Data dictionary\n\nWritten by `c360 dictionary` from the DDL in `schema/`: change that, not this file. Times are UTC.\n",
        );
        for layer in LAYERS {
            let _ = write!(text, "\n## {layer}\n");
            for file in self.list(&format!("schema/{layer}")) {
                describe(&self.text(&file)?, &mut text);
            }
        }
        Ok(text)
    }
}

/// One table: what stands above CREATE TABLE is its grain, what stands above a column is its meaning.
fn describe(ddl: &str, text: &mut String) {
    let mut said: Vec<&str> = Vec::new();
    let mut rows = Vec::new();
    for line in ddl.lines() {
        let trimmed = line.trim();
        if let Some(comment) = trimmed.strip_prefix("--") {
            said.push(comment.trim());
        } else if let Some(table) = trimmed.strip_prefix("CREATE TABLE ") {
            let name = table.trim_end_matches('(').trim();
            let about: Vec<&str> = said.drain(..).filter(|line| *line != name).collect();
            let _ = write!(text, "\n### {name}\n\n{}\n", about.join(" "));
        } else if let Some((name, kind)) = column(line) {
            let meaning = said.join(" ").replace('|', "\\|");
            rows.push(format!("| `{name}` | {kind} | {meaning} |\n"));
            said.clear();
        }
    }
    let _ = write!(
        text,
        "\n| column | type | |\n|---|---|---|\n{}",
        rows.concat()
    );
}

/// `  customer_id TEXT,` → its name and type.
fn column(line: &str) -> Option<(&str, &str)> {
    let (name, kind) = line.strip_prefix("  ")?.split_once(' ')?;
    let is_name = name
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    is_name.then(|| (name, kind.trim_end_matches(',').trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_every_table_is_there() {
        let sql = Sql::load(None).unwrap();
        let text = sql.dictionary().unwrap();
        for table in sql.tables() {
            let heading = format!("### {}\n", table.name);
            let from = text.find(&heading).unwrap();
            let rest = &text[from + heading.len()..];
            let section = &rest[..rest.find("\n### ").unwrap_or(rest.len())];
            for field in table.schema.fields() {
                assert!(
                    section.contains(&format!("| `{}` |", field.name())),
                    "{} {}",
                    table.name,
                    field.name()
                );
            }
            let rows = section
                .lines()
                .filter(|line| line.starts_with("| `"))
                .count();
            assert_eq!(rows, table.schema.fields().len(), "{}", table.name);
        }
    }
}
