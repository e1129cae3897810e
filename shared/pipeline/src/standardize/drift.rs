//! Are the columns of a file those of the file before it?

use crate::ingest::{Layout, Rows};
use arrow::array::AsArray;
use arrow::datatypes::DataType;
use records::date::parse_date;
use std::fmt;

/// Rows at a file's start that say what its columns look like, however the file is cut.
pub(super) const LOOKED_AT: i64 = 1_000;
/// Values that a column must have before what they look like is said of it.
const ENOUGH: usize = 20;
/// Names at least this much alike (Jaro-Winkler) are one name, changed.
const ALIKE: f64 = 0.9;
/// Columns that are gone up to which a new one is looked for among them: a file of other thousands is another file.
const GONE: usize = 50;
/// Bytes of a name that is compared.
const NAME: usize = 100;

/// A column of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub name: String,
    /// As the file types it; text in CSV.
    pub data_type: String,
    /// What all the values of a text column in the file's first thousand rows look like: integer, number, date, boolean or text.
    pub looks_like: Option<&'static str>,
    /// `false`: a key that rows of the feed may have, and none of this file has.
    pub is_present: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    New,
    Missing,
    /// The name before.
    Renamed(String),
    /// The type before.
    Retyped(String),
}

/// The columns of a file, with what changed since the one before.
#[derive(Clone, Debug, Default)]
pub struct Drift {
    pub columns: Vec<(Column, Option<Change>)>,
}

impl Drift {
    pub fn between(before: &[Column], now: Vec<Column>, is_sparse: bool) -> Drift {
        if before.is_empty() {
            let columns = now.into_iter().map(|column| (column, None)).collect();
            return Drift { columns };
        }
        let mut gone: Vec<&Column> = before.iter().filter(|old| !has(&now, &old.name)).collect();
        let mut columns = Vec::new();
        for mut column in now {
            let change = match before.iter().find(|old| old.name == column.name) {
                Some(old) => {
                    let change = retyped(old, &column).map(Change::Retyped);
                    // Too few values to tell say nothing against what was told before.
                    if column.looks_like.is_none() && column.data_type == old.data_type {
                        column.looks_like = old.looks_like;
                    }
                    change
                }
                None => {
                    let former = gone[..gone.len().min(GONE)]
                        .iter()
                        .position(|old| is_renamed(&old.name, &column.name));
                    Some(match former {
                        Some(at) => Change::Renamed(gone.remove(at).name.clone()),
                        None => Change::New,
                    })
                }
            };
            columns.push((column, change));
        }
        for old in gone {
            let absent = Column {
                is_present: false,
                ..old.clone()
            };
            // Rows of JSON leave out what they do not have, and what was left out before is no news.
            let change = (!is_sparse && old.is_present).then_some(Change::Missing);
            if is_sparse || change.is_some() {
                columns.push((absent, change));
            }
        }
        Drift { columns }
    }

    /// The changes, in words.
    pub fn changes(&self) -> Vec<String> {
        let changed = self.columns.iter();
        changed
            .filter_map(|(column, change)| Some((column, change.as_ref()?)))
            .map(|(column, change)| match change {
                Change::New => format!("new: {}", column.name),
                Change::Missing => format!("missing: {}", column.name),
                Change::Renamed(former) => format!("{former} is {} now", column.name),
                Change::Retyped(former) => {
                    format!("{} was {former}, is {}", column.name, column)
                }
            })
            .collect()
    }
}

impl fmt::Display for Column {
    /// Its type.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.looks_like.unwrap_or(&self.data_type))
    }
}

impl Change {
    pub fn name(&self) -> &'static str {
        match self {
            Change::New => "new",
            Change::Missing => "missing",
            Change::Renamed(_) => "renamed",
            Change::Retyped(_) => "retyped",
        }
    }

    /// The name or the type before.
    pub fn before(&self) -> Option<&str> {
        match self {
            Change::Renamed(before) | Change::Retyped(before) => Some(before),
            Change::New | Change::Missing => None,
        }
    }
}

/// The columns of a file, from its layout and its first rows.
pub fn columns(layout: &Layout, first: &[Rows]) -> Vec<Column> {
    let fields = layout.schema.fields().iter();
    fields
        .map(|field| Column {
            name: field.name().clone(),
            data_type: kind(field.data_type()).to_owned(),
            looks_like: looks(field.name(), first),
            is_present: true,
        })
        .collect()
}

/// A type in a word, the same in every format. What an object is made of is not said: its keys may be data.
fn kind(data_type: &DataType) -> &'static str {
    match data_type {
        DataType::Null => UNTYPED,
        DataType::Boolean => "boolean",
        DataType::Date32 | DataType::Date64 => "date",
        DataType::Timestamp(..) => "timestamp",
        DataType::List(_) | DataType::LargeList(_) => "list",
        DataType::Struct(_) | DataType::Map(..) => "object",
        DataType::Dictionary(_, values) => kind(values),
        number if number.is_integer() => "integer",
        number if number.is_numeric() => "number",
        _ => "text",
    }
}

/// Of what holds nothing.
const UNTYPED: &str = "none";

fn has(columns: &[Column], name: &str) -> bool {
    columns.iter().any(|column| column.name == name)
}

fn retyped(old: &Column, now: &Column) -> Option<String> {
    // What holds nothing has no type yet.
    let is_untyped = |column: &Column| column.data_type == UNTYPED || !column.is_present;
    if is_untyped(old) || is_untyped(now) {
        return None;
    }
    let are_numbers = matches!(
        (&*old.data_type, &*now.data_type),
        ("integer", "number") | ("number", "integer")
    );
    if old.data_type != now.data_type {
        return (!are_numbers).then(|| old.to_string());
    }
    match (old.looks_like, now.looks_like) {
        (Some(before), Some(after)) if before != after => {
            // Whole numbers are numbers, and a text may look like anything for once.
            let is_told = !matches!(
                (before, after),
                ("integer", "number") | ("number", "integer") | ("text", _)
            );
            is_told.then(|| before.to_owned())
        }
        _ => None,
    }
}

fn is_renamed(old: &str, new: &str) -> bool {
    if old.len() > NAME || new.len() > NAME {
        return false;
    }
    let bare = |name: &str| -> String {
        let letters = name.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let (old, new) = (bare(old), bare(new));
    // phone2 is not phone1 with another name.
    let digits = |name: &str| -> String { name.chars().filter(char::is_ascii_digit).collect() };
    old == new || (digits(&old) == digits(&new) && strsim::jaro_winkler(&old, &new) >= ALIKE)
}

/// What the values of a text column look like, where there are enough to tell.
fn looks(name: &str, first: &[Rows]) -> Option<&'static str> {
    let mut seen = 0;
    let mut possible = vec!["integer", "number", "date", "boolean"];
    for (numbers, batch) in first.iter().flat_map(|rows| &rows.batches) {
        let values = batch.column_by_name(name)?.as_string_opt::<i32>()?;
        let looked_at = values
            .iter()
            .zip(numbers)
            .filter(|(_, row)| **row <= LOOKED_AT);
        for text in looked_at.filter_map(|(text, _)| text.map(str::trim)) {
            if text.is_empty() {
                continue;
            }
            seen += 1;
            possible.retain(|kind| is_like(text, kind));
            if possible.is_empty() && seen >= ENOUGH {
                return Some("text");
            }
        }
    }
    (seen >= ENOUGH).then(|| possible.first().copied().unwrap_or("text"))
}

fn is_like(text: &str, kind: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    // Leading zeros mean something: a code, not a number.
    let is_code = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    match kind {
        "integer" => {
            !is_code && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        }
        "number" => {
            !is_code
                && digits.starts_with(|first: char| first.is_ascii_digit())
                && digits.parse::<f64>().is_ok()
        }
        "date" => text.len() >= 6 && parse_date(text, None).is_some(),
        _ => ["true", "false", "yes", "no", "t", "f", "y", "n"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, looks_like: &'static str) -> Column {
        Column {
            name: name.to_owned(),
            data_type: "text".into(),
            looks_like: Some(looks_like),
            is_present: true,
        }
    }

    #[test]
    fn changes_are_told_apart() {
        let before = [
            column("id", "integer"),
            column("E-Mail", "text"),
            column("signup", "date"),
            column("fax", "text"),
        ];
        let now = vec![
            column("id", "number"),
            column("e_mail", "text"),
            column("signup", "integer"),
            column("tier", "text"),
        ];
        let drift = Drift::between(&before, now.clone(), false);
        assert_eq!(
            drift.changes(),
            [
                "E-Mail is e_mail now",
                "signup was date, is integer",
                "new: tier",
                "missing: fax"
            ]
        );
        let sparse = Drift::between(&before, now.clone(), true);
        assert!(!sparse.changes().contains(&"missing: fax".to_owned()));
        // A key that was left out for once is not new when it returns.
        let kept: Vec<Column> = sparse
            .columns
            .into_iter()
            .map(|(column, _)| column)
            .collect();
        let mut again = now;
        again.push(column("fax", "text"));
        assert!(Drift::between(&kept, again, true).changes().is_empty());
        assert!(
            Drift::between(&[], before.to_vec(), false)
                .changes()
                .is_empty()
        );
    }

    #[test]
    fn codes_are_no_numbers() {
        for (text, kind, expected) in [
            ("12", "integer", true),
            ("-12", "integer", true),
            ("007", "integer", false),
            ("0.5", "number", true),
            ("1e5", "number", true),
            ("inf", "number", false),
            ("2024-03-01", "date", true),
            ("soon", "date", false),
            ("Yes", "boolean", true),
        ] {
            assert_eq!(is_like(text, kind), expected, "{text} {kind}");
        }
    }
}
