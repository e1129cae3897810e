//! What a mapping yields, as text.

use super::positions::Positions;
use crate::mapping::ROW;
use crate::{PipelineError, Result};
use arrow::array::{Array, ArrayRef, AsArray, ListArray, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use std::borrow::Cow;
use std::sync::Arc;

/// A mapped batch as text by column name; lists keep their items.
pub struct MappedRows {
    columns: Vec<MappedColumn>,
    positions: Positions,
    /// The columns in the order of their names, as they stand in JSON.
    sorted: Vec<usize>,
}

struct MappedColumn {
    name: String,
    /// The name as a key of JSON: `"name":`
    key: String,
    /// None of the entity's own columns, but an attribute.
    is_further: bool,
    values: Values,
}

enum Values {
    One(StringArray),
    Many(ListArray),
}

impl MappedRows {
    /// The columns of a mapped batch but for the row number; `is_further` tells attributes from columns of the entity.
    pub fn new(batch: &RecordBatch, is_further: impl Fn(&str) -> bool) -> Result<MappedRows> {
        let mut columns = Vec::new();
        for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
            if field.name() == ROW {
                continue;
            }
            let values = match list_of(column, field.name())? {
                Some(list) => {
                    let items = Arc::new(text(list.values(), field.name())?);
                    let item = Arc::new(Field::new_list_field(DataType::Utf8, true));
                    let (_, offsets, _, nulls) = list.into_parts();
                    let list = ListArray::try_new(item, offsets, items, nulls).map_err(
                        PipelineError::arrow(format!("reading column {}", field.name())),
                    )?;
                    Values::Many(list)
                }
                None => Values::One(text(column, field.name())?),
            };
            columns.push(MappedColumn {
                name: field.name().clone(),
                key: format!("{}:", serde_json::Value::from(field.name().as_str())),
                is_further: is_further(field.name()),
                values,
            });
        }
        let mut sorted: Vec<usize> = (0..columns.len()).collect();
        sorted.sort_by(|a, b| columns[*a].name.cmp(&columns[*b].name));
        Ok(MappedRows {
            columns,
            positions: Positions::new(),
            sorted,
        })
    }

    /// A value as cleaned text; `None` when there is nothing in it.
    pub fn get(&self, column: &'static str, row: usize) -> Option<&str> {
        match self.values(column)? {
            Values::One(array) => present(array, row),
            Values::Many(_) => None,
        }
    }

    /// All values of a column that may be a list.
    pub fn get_all(&self, column: &'static str, row: usize) -> Vec<Cow<'_, str>> {
        self.values(column)
            .map_or_else(Vec::new, |values| values.all(row))
    }

    /// Shows each column with its values, and the rows that have them.
    pub fn each_column(
        &self,
        rows: usize,
        mut see: impl FnMut(&str, &mut dyn Iterator<Item = (usize, Cow<'_, str>)>),
    ) {
        for column in &self.columns {
            match &column.values {
                Values::One(array) => see(
                    &column.name,
                    &mut (0..rows).filter_map(|row| Some((row, present(array, row)?.into()))),
                ),
                many => see(
                    &column.name,
                    &mut (0..rows).flat_map(|row| {
                        let all = many.all(row).into_iter();
                        all.map(move |text| (row, text))
                    }),
                ),
            }
        }
    }

    /// The values of a row as a JSON object, in the order of their names and without those that hold nothing: all of
    /// them, or the attributes; `shown` tells what stands in place of a value.
    pub fn json(
        &self,
        row: usize,
        only_further: bool,
        shown: impl Fn(&str, &str) -> Option<String>,
    ) -> String {
        let mut json = String::from("{");
        let columns = self.sorted.iter().map(|position| &self.columns[*position]);
        for column in columns.filter(|column| column.is_further || !only_further) {
            match &column.values {
                Values::One(array) => {
                    let Some(text) = present(array, row) else {
                        continue;
                    };
                    json.push_str(&column.key);
                    match shown(&column.name, text) {
                        Some(instead) => push_text(&mut json, &instead),
                        None => push_text(&mut json, text),
                    }
                }
                many => match many.all(row).as_slice() {
                    [] => continue,
                    [one] => {
                        json.push_str(&column.key);
                        push_text(&mut json, one);
                    }
                    all => {
                        json.push_str(&column.key);
                        json.push_str(&serde_json::Value::from(all.to_vec()).to_string());
                    }
                },
            }
            json.push(',');
        }
        if json.len() > 1 {
            json.pop();
        }
        json.push('}');
        json
    }

    fn values(&self, name: &'static str) -> Option<&Values> {
        let mut columns = self.columns.iter();
        let find = || columns.position(|column| column.name == name);
        let position = self.positions.of(name, find)?;
        Some(&self.columns[position].values)
    }
}

impl Values {
    fn all(&self, row: usize) -> Vec<Cow<'_, str>> {
        match self {
            Values::One(array) => present(array, row).map(Cow::from).into_iter().collect(),
            Values::Many(list) if list.is_null(row) => Vec::new(),
            Values::Many(list) => {
                let items = list.value(row);
                let items = items.as_string::<i32>();
                (0..items.len())
                    .filter_map(|item| Some(present(items, item)?.to_owned().into()))
                    .collect()
            }
        }
    }
}

/// A text as JSON; most need no escapes.
fn push_text(json: &mut String, text: &str) {
    let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\' && byte != 0x7f;
    if text.bytes().all(is_plain) {
        json.push('"');
        json.push_str(text);
        json.push('"');
    } else {
        json.push_str(&serde_json::Value::from(text).to_string());
    }
}

fn present(array: &StringArray, row: usize) -> Option<&str> {
    if array.is_null(row) {
        return None;
    }
    let text = array.value(row).trim();
    (!text.is_empty()).then_some(text)
}

/// A list of any width; `None` where the column is none.
fn list_of(column: &ArrayRef, name: &str) -> Result<Option<ListArray>> {
    let item = match column.data_type() {
        DataType::List(_) => return Ok(Some(column.as_list::<i32>().clone())),
        DataType::LargeList(item) => Arc::clone(item),
        _ => return Ok(None),
    };
    let list = cast(column, &DataType::List(item), name)?;
    Ok(Some(list.as_list::<i32>().clone()))
}

/// Values as text: an object or an inner list as JSON, a whole number without a fraction (JSON's 1 and 1.0 are one number,
/// and which of them a file's reader makes depends on the other rows).
fn text(column: &ArrayRef, name: &str) -> Result<StringArray> {
    if column.data_type().is_nested() {
        return as_json(column, name);
    }
    let text = cast(column, &DataType::Utf8, name)?
        .as_string::<i32>()
        .clone();
    if !column.data_type().is_floating() {
        return Ok(text);
    }
    Ok(text
        .iter()
        .map(|number| number.map(|number| number.strip_suffix(".0").unwrap_or(number)))
        .collect())
}

fn cast(column: &ArrayRef, to: &DataType, name: &str) -> Result<ArrayRef> {
    arrow::compute::cast(column, to).map_err(PipelineError::arrow(format!("reading column {name}")))
}

/// Nested values as JSON, without keys that are null.
fn as_json(column: &ArrayRef, name: &str) -> Result<StringArray> {
    let what = || PipelineError::arrow(format!("reading column {name}"));
    let field = Field::new("value", column.data_type().clone(), true);
    let schema = Arc::new(Schema::new(vec![field]));
    let rows = RecordBatch::try_new(schema, vec![Arc::clone(column)]).map_err(what())?;
    let mut writer = arrow::json::LineDelimitedWriter::new(Vec::new());
    writer
        .write(&rows)
        .and_then(|()| writer.finish())
        .map_err(what())?;
    let lines = String::from_utf8_lossy(&writer.into_inner()).into_owned();
    // One line a row: {"value":…}, or {} for null.
    Ok(lines
        .lines()
        .map(|line| line.strip_prefix("{\"value\":")?.strip_suffix('}'))
        .collect())
}
