//! Small results as text: what `show`, `find` and `explain` read.

use crate::error::{Error, Result};
use arrow::array::{Array, RecordBatch};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use lake::Session;

/// Rows of a query, every cell as text; a null is `None`. Personal data, so it has no `Debug`.
#[derive(Clone, Default)]
pub struct Rows {
    pub names: Vec<String>,
    /// Is the column of numbers (shown right-aligned)?
    pub is_number: Vec<bool>,
    pub cells: Vec<Vec<Option<String>>>,
}

/// One of [`Rows`].
#[derive(Clone, Copy)]
pub struct Row<'a> {
    rows: &'a Rows,
    cells: &'a [Option<String>],
}

impl<'a> Row<'a> {
    pub fn get(self, column: &str) -> Option<&'a str> {
        let at = self.rows.names.iter().position(|name| name == column)?;
        self.cells.get(at)?.as_deref()
    }

    /// `""` for a null.
    pub fn text(self, column: &str) -> &'a str {
        self.get(column).unwrap_or_default()
    }

    /// 0 for a null.
    pub fn number(self, column: &str) -> i64 {
        self.text(column).parse().unwrap_or_default()
    }

    pub fn is_true(self, column: &str) -> bool {
        self.text(column) == "true"
    }
}

impl Rows {
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.cells.iter().map(|cells| Row { rows: self, cells })
    }

    pub fn first(&self) -> Option<Row<'_>> {
        self.iter().next()
    }

    pub fn len(&self) -> usize {
        self.cells.len()
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    fn of(batches: &[RecordBatch]) -> Result<Rows> {
        let mut rows = Rows::default();
        for batch in batches {
            rows.push(batch)?;
        }
        Ok(rows)
    }

    pub fn name_columns(&mut self, schema: &arrow::datatypes::Schema) {
        let fields = schema.fields();
        self.names = fields.iter().map(|field| field.name().clone()).collect();
        self.is_number = fields
            .iter()
            .map(|field| field.data_type().is_numeric())
            .collect();
    }

    pub fn push(&mut self, batch: &RecordBatch) -> Result<()> {
        self.name_columns(&batch.schema());
        let columns = formatters(batch)?;
        for row in 0..batch.num_rows() {
            let cells = columns
                .iter()
                .zip(batch.columns())
                .map(|(formatter, column)| {
                    column
                        .is_valid(row)
                        .then(|| formatter.value(row).to_string())
                });
            self.cells.push(cells.collect());
        }
        Ok(())
    }
}

/// One formatter a column: times as RFC 3339.
pub fn formatters(batch: &RecordBatch) -> Result<Vec<ArrayFormatter<'_>>> {
    const OPTIONS: FormatOptions<'static> = FormatOptions::new();
    batch
        .columns()
        .iter()
        .map(|column| ArrayFormatter::try_new(column, &OPTIONS))
        .collect::<Result<_, _>>()
        .map_err(Error::write("rows"))
}

/// Runs one query to the end.
pub async fn fetch(session: &Session, what: &str, sql: &str) -> Result<Rows> {
    let frame = session.sql(what, sql).await?;
    let batches = frame
        .collect()
        .await
        .map_err(lake::LakeError::query(what))?;
    Rows::of(&batches)
}

/// A text as an SQL literal.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{ArrayRef, Int64Array, StringArray};
    use std::sync::Arc;

    #[test]
    fn cells_are_text_and_nulls_are_none() {
        let columns: [(&str, ArrayRef); 2] = [
            ("name", Arc::new(StringArray::from(vec![Some("a"), None]))),
            ("n", Arc::new(Int64Array::from(vec![1, 2]))),
        ];
        let rows = Rows::of(&[RecordBatch::try_from_iter(columns).unwrap()]).unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows.is_number, [false, true]);
        let row = rows.first().unwrap();
        assert_eq!((row.text("name"), row.number("n")), ("a", 1));
        assert_eq!(rows.iter().nth(1).unwrap().get("name"), None);
        assert_eq!(row.get("no such column"), None);
    }

    #[test]
    fn literals_are_quoted() {
        assert_eq!(quoted("O'Brien'; --"), "'O''Brien''; --'");
    }
}
