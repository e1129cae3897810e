//! Why a mapping cannot be planned, as its author needs it: file, line, and the columns there are.

use crate::PipelineError;
use crate::project::Feed;
use arrow::datatypes::Schema;
use datafusion::common::{Column, DataFusionError, SchemaError};

/// What was said on the way to a plan: by the engine, or by us.
pub(super) enum Fault {
    Engine(DataFusionError),
    Refused(PipelineError),
}

impl From<DataFusionError> for Fault {
    fn from(error: DataFusionError) -> Fault {
        Fault::Engine(error)
    }
}

impl From<PipelineError> for Fault {
    fn from(error: PipelineError) -> Fault {
        Fault::Refused(error)
    }
}

impl Fault {
    /// The column that is named and not there.
    pub fn missing(&self) -> Option<&str> {
        let Fault::Engine(error) = self else {
            return None;
        };
        match error.find_root() {
            DataFusionError::SchemaError(error, _) => match error.as_ref() {
                SchemaError::FieldNotFound { field, .. } => Some(&field.name),
                _ => None,
            },
            _ => None,
        }
    }

    /// The error with the line of the mapping where it can be known: where the engine saw it, else `line`.
    pub fn explain(self, feed: &Feed, file: &Schema, line: Option<usize>) -> PipelineError {
        let line = self.line().or(line);
        let error = match self {
            Fault::Engine(error) => error,
            Fault::Refused(error) => return error,
        };
        let root = error.find_root();
        if let DataFusionError::SchemaError(missing, _) = root
            && let SchemaError::FieldNotFound { field, .. } = missing.as_ref()
        {
            let line = line.or_else(|| line_of(&feed.mapping, &field.name));
            let message = missing_column(field, file);
            return at_line(feed, line.unwrap_or(1), message);
        }
        let text = root.message();
        let text = text.lines().next().unwrap_or_default();
        let line = line
            .or_else(|| line_in(text))
            .or_else(|| line_of_quoted(&feed.mapping, text))
            .unwrap_or(1);
        let message = match plain(text) {
            _ if feed.mapping.trim().is_empty() => {
                "the mapping is empty: write one SELECT … FROM input".into()
            }
            text if matches!(root, DataFusionError::SQL(..)) => {
                format!("the SQL cannot be read: {text}")
            }
            text => format!("{text}; the file has: {}", columns_of(file)),
        };
        at_line(feed, line, message)
    }

    /// Where the engine saw it.
    pub fn line(&self) -> Option<usize> {
        let Fault::Engine(error) = self else {
            return None;
        };
        let span = error.diagnostic()?.span?;
        usize::try_from(span.start.line)
            .ok()
            .filter(|line| *line > 0)
    }
}

fn missing_column(field: &Column, file: &Schema) -> String {
    let name = &field.name;
    let what = match &field.relation {
        Some(table) if table.table() != "input" => format!(
            "there is no column {table}.{name} (a key of an object is written {table}['{name}'])"
        ),
        _ => format!("there is no column {name}"),
    };
    format!(
        "{what}; the file has: {}{}",
        columns_of(file),
        delimiter_of(file)
    )
}

/// The engine's words without its own: prefixes, printed structures, advice on casts that ours replaces.
fn plain(text: &str) -> String {
    let text = text
        .replace("Execution error: ", "")
        .replace("datafusion.public.", "");
    let text = text.strip_prefix("ParserError(\"").unwrap_or(&text);
    let mut text = text.trim_end_matches("\")");
    for superfluous in [" No function matches", " Consider aliasing", " {"] {
        text = text.split(superfluous).next().unwrap_or(text);
    }
    let text = text.trim_end_matches('.');
    let is_about_types = ["coerce", "coercion", "operator", "expects", "infer common"];
    if is_about_types.iter().any(|word| text.contains(word)) {
        return format!(
            "{text} (columns of a CSV file are text: CAST(column AS DOUBLE) and the like)"
        );
    }
    if text.starts_with("table '") {
        return format!("{text}: a mapping reads FROM input");
    }
    text.to_owned()
}

/// A file's columns for a message. Names that look like values are not shown: a file without a header has a person there.
pub(super) fn columns_of(file: &Schema) -> String {
    /// As many as a person reads.
    const SHOWN: usize = 60;
    let is_value =
        |name: &str| name.contains('@') || name.bytes().filter(u8::is_ascii_digit).count() >= 5;
    let mut names: Vec<&str> = file
        .fields()
        .iter()
        .map(|field| field.name().as_str())
        .collect();
    let count = names.len();
    if names.iter().any(|name| is_value(name)) {
        return format!(
            "{count} columns, but their names look like data: the file seems to have no header"
        );
    }
    names.truncate(SHOWN);
    let more = match count > SHOWN {
        true => format!(" … and {} more", count - SHOWN),
        false => String::new(),
    };
    format!("{}{more}", names.join(", "))
}

/// One column whose name is a whole header.
fn delimiter_of(file: &Schema) -> String {
    let [field] = file.fields().as_ref() else {
        return String::new();
    };
    let is_within = |delimiter: &&(char, &str)| field.name().contains(delimiter.0);
    match [
        (';', "semicolons"),
        ('\t', "tabs"),
        ('|', "|"),
        (',', "commas"),
    ]
    .iter()
    .find(is_within)
    {
        Some((_, name)) => format!(
            "; its cells seem to stand between {name}: only commas are read in .csv and tabs in .tsv yet"
        ),
        None => String::new(),
    }
}

pub(crate) fn at_line(feed: &Feed, line: usize, message: String) -> PipelineError {
    PipelineError::Mapping {
        file: feed.mapping_file.clone(),
        line,
        message,
    }
}

/// sqlparser's own words: `… at Line: 3, Column: 7`.
fn line_in(message: &str) -> Option<usize> {
    let rest = message.split("Line: ").nth(1)?;
    rest.split(',').next()?.trim().parse().ok()
}

/// The line of the first name in quotes that stands in the mapping.
fn line_of_quoted(sql: &str, message: &str) -> Option<usize> {
    let mut quoted = message.split(['\'', '"', '`']).skip(1).step_by(2);
    quoted.find_map(|name| line_of(sql, name))
}

/// The line of the first whole-word occurrence, comments left out.
pub(crate) fn line_of(sql: &str, word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    if word.is_empty() {
        return None;
    }
    let is_part =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    sql.lines()
        .position(|line| {
            let line = line.split("--").next().unwrap_or_default().to_lowercase();
            line.match_indices(&word).any(|(at, found)| {
                let bytes = line.as_bytes();
                let before = at.checked_sub(1).and_then(|before| bytes.get(before));
                let is_word =
                    word.starts_with(|first: char| first.is_alphanumeric() || first == '_');
                !is_word || !(is_part(before) || is_part(bytes.get(at + found.len())))
            })
        })
        .map(|line| line + 1)
}
