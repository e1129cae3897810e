//! A table as text: what `c360 export` and the extracts give.

use std::fmt;

/// Rows of text under named columns; null and empty are both "".
#[derive(Clone, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// One row of a [`Table`].
#[derive(Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    cells: &'a [String],
}

impl<'a> Row<'a> {
    pub fn get(&self, column: &str) -> &'a str {
        &self.cells[self.table.position(column)]
    }
}

impl Table {
    pub fn from_csv(content: &[u8]) -> Table {
        let mut reader = csv::Reader::from_reader(content);
        let columns = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect();
        let rows = reader
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect();
        Table { columns, rows }
    }

    pub fn position(&self, column: &str) -> usize {
        let found = self.columns.iter().position(|name| name == column);
        found.unwrap_or_else(|| panic!("no column {column} in {:?}", self.columns))
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { table: self, cells })
    }

    /// The rows in which every named column holds the named value.
    pub fn find(&self, wanted: &[(&str, &str)]) -> Vec<Row<'_>> {
        self.iter()
            .filter(|row| {
                wanted
                    .iter()
                    .all(|(column, value)| row.get(column) == *value)
            })
            .collect()
    }

    /// The one such row.
    pub fn one(&self, wanted: &[(&str, &str)]) -> Row<'_> {
        match self.find(wanted).as_slice() {
            [row] => *row,
            found => panic!("{} rows with {wanted:?} in\n{self:?}", found.len()),
        }
    }

    pub fn has(&self, wanted: &[(&str, &str)]) -> bool {
        !self.find(wanted).is_empty()
    }

    /// The values of one column, sorted.
    pub fn column(&self, name: &str) -> Vec<&str> {
        let mut values: Vec<&str> = self.iter().map(|row| row.get(name)).collect();
        values.sort_unstable();
        values
    }

    /// The same rows, without some columns and in one order.
    pub fn settled(&self, without: &[&str]) -> Table {
        let kept: Vec<usize> = (0..self.columns.len())
            .filter(|at| !without.contains(&self.columns[*at].as_str()))
            .collect();
        let pick =
            |cells: &Vec<String>| kept.iter().map(|at| cells[*at].clone()).collect::<Vec<_>>();
        let mut rows: Vec<Vec<String>> = self.rows.iter().map(pick).collect();
        rows.sort_unstable();
        Table {
            columns: pick(&self.columns),
            rows,
        }
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.columns.join(" | "))?;
        for row in &self.rows {
            writeln!(f, "{}", row.join(" | "))?;
        }
        Ok(())
    }
}
