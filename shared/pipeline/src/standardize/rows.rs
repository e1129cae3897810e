//! Rows on their way into a table, column by column and by name.

use crate::mapping::ROW;
use crate::{PipelineError, Result};
use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, BooleanBuilder, Date32Builder, Float64Builder,
    Int64Builder, ListArray, ListBuilder, PrimitiveArray, RecordBatch, StringArray, StringBuilder,
    TimestampMicrosecondArray, TimestampMicrosecondBuilder, new_empty_array,
};
use arrow::compute::{filter_record_batch, take};
use arrow::datatypes::{DataType, Field, Schema, UInt32Type};
use lake::TableDef;
use std::borrow::Cow;
use std::sync::Arc;

enum Column {
    Text(StringBuilder),
    Integer(Int64Builder),
    Number(Float64Builder),
    Boolean(BooleanBuilder),
    Timestamp(TimestampMicrosecondBuilder),
    Date(Date32Builder),
    Texts(ListBuilder<StringBuilder>),
    /// See [`Rows::constants`].
    Constant,
}

/// Builds rows of one table. A column that a row does not set is null.
pub struct Rows {
    def: TableDef,
    columns: Vec<Column>,
    /// The columns in the order in which a row's cells are set, which hardly differs from row to row, and the next of them.
    order: Vec<usize>,
    next: usize,
    /// Columns that are the same in every row: set once, repeated when the rows are taken.
    constants: Vec<(usize, ArrayRef)>,
    rows: usize,
    /// Rows that were taken back: closed like any other, left out of the batch.
    dropped: Vec<usize>,
}

impl Rows {
    pub fn new(def: &TableDef) -> Rows {
        let mut columns = Vec::new();
        for field in def.schema.fields() {
            columns.push(match field.data_type() {
                DataType::Int64 => Column::Integer(Int64Builder::new()),
                DataType::Float64 => Column::Number(Float64Builder::new()),
                DataType::Boolean => Column::Boolean(BooleanBuilder::new()),
                DataType::Timestamp(..) => {
                    Column::Timestamp(TimestampMicrosecondBuilder::new().with_timezone("UTC"))
                }
                DataType::Date32 => Column::Date(Date32Builder::new()),
                DataType::List(item) => Column::Texts(
                    ListBuilder::new(StringBuilder::new()).with_field(Arc::clone(item)),
                ),
                _ => Column::Text(StringBuilder::new()),
            });
        }
        Rows {
            def: def.clone(),
            columns,
            order: Vec::new(),
            next: 0,
            constants: Vec::new(),
            rows: 0,
            dropped: Vec::new(),
        }
    }

    pub fn len(&self) -> usize {
        self.rows
    }

    pub fn text(&mut self, column: &str, value: Option<&str>) {
        if let (Some(value), Some(Column::Text(builder))) = (value, self.column(column)) {
            builder.append_value(value);
        }
    }

    pub fn integer(&mut self, column: &str, value: Option<i64>) {
        if let (Some(value), Some(Column::Integer(builder))) = (value, self.column(column)) {
            builder.append_value(value);
        }
    }

    pub fn number(&mut self, column: &str, value: Option<f64>) {
        if let (Some(value), Some(Column::Number(builder))) = (value, self.column(column)) {
            builder.append_value(value);
        }
    }

    pub fn boolean(&mut self, column: &str, value: Option<bool>) {
        if let (Some(value), Some(Column::Boolean(builder))) = (value, self.column(column)) {
            builder.append_value(value);
        }
    }

    /// µs since the epoch, UTC.
    pub fn timestamp(&mut self, column: &str, value: Option<i64>) {
        if let (Some(value), Some(Column::Timestamp(builder))) = (value, self.column(column)) {
            builder.append_value(value);
        }
    }

    /// Days since the epoch.
    pub fn date(&mut self, column: &str, value: Option<i32>) {
        if let (Some(value), Some(Column::Date(builder))) = (value, self.column(column)) {
            builder.append_value(value);
        }
    }

    pub fn texts<'a>(&mut self, column: &str, values: impl IntoIterator<Item = &'a str>) {
        if let Some(Column::Texts(builder)) = self.column(column) {
            for value in values {
                builder.values().append_value(value);
            }
            builder.append(true);
        }
    }

    fn column(&mut self, name: &str) -> Option<&mut Column> {
        let fields = self.def.schema.fields();
        let guess = self.order.get(self.next).copied();
        let position = match guess.filter(|guess| fields[*guess].name() == name) {
            Some(position) => position,
            None => {
                let position = fields.iter().position(|field| field.name() == name)?;
                match self.order.get_mut(self.next) {
                    Some(guess) => *guess = position,
                    None => self.order.push(position),
                }
                position
            }
        };
        self.next += 1;
        self.columns.get_mut(position)
    }

    /// A text that every row has.
    pub fn constant_text(&mut self, column: &str, value: &str) {
        self.constant(column, Arc::new(StringArray::from(vec![value])));
    }

    /// A time that every row has (µs since the epoch, UTC).
    pub fn constant_timestamp(&mut self, column: &str, value: i64) {
        let value = TimestampMicrosecondArray::from(vec![value]).with_timezone("UTC");
        self.constant(column, Arc::new(value));
    }

    fn constant(&mut self, column: &str, value: ArrayRef) {
        let mut fields = self.def.schema.fields().iter();
        if let Some(position) = fields.position(|field| field.name() == column) {
            self.columns[position] = Column::Constant;
            self.constants.push((position, value));
        }
    }

    /// Ends a row: what was not set is null.
    pub fn end(&mut self) {
        self.next = 0;
        self.rows += 1;
        for column in &mut self.columns {
            column.fill(self.rows);
        }
    }

    /// Takes back every row from `from` on, and a row that was begun.
    pub fn take_back(&mut self, from: usize) {
        if self.columns.iter().any(|column| column.len() > self.rows) {
            self.end();
        }
        self.dropped.extend(from..self.rows);
    }

    /// The rows so far, as a batch.
    pub fn take(&mut self) -> Result<RecordBatch> {
        let what = || PipelineError::arrow(format!("rows of {}", self.def.name));
        self.dropped.sort_unstable();
        let kept: BooleanArray = (0..self.rows)
            .map(|row| Some(self.dropped.binary_search(&row).is_err()))
            .collect();
        let any_dropped = !self.dropped.is_empty();
        let same = PrimitiveArray::<UInt32Type>::from(vec![0; self.rows]);
        self.rows = 0;
        self.dropped.clear();
        let mut columns: Vec<ArrayRef> = self.columns.iter_mut().map(Column::finish).collect();
        for (position, value) in &self.constants {
            columns[*position] = take(value, &same, None).map_err(what())?;
        }
        let batch = RecordBatch::try_new(self.def.schema.clone(), columns).map_err(what())?;
        if !any_dropped {
            return Ok(batch);
        }
        filter_record_batch(&batch, &kept).map_err(what())
    }
}

impl Column {
    fn fill(&mut self, rows: usize) {
        if matches!(self, Column::Constant) || self.len() >= rows {
            return;
        }
        match self {
            Column::Text(builder) => builder.append_null(),
            Column::Integer(builder) => builder.append_null(),
            Column::Number(builder) => builder.append_null(),
            Column::Boolean(builder) => builder.append_null(),
            Column::Timestamp(builder) => builder.append_null(),
            Column::Date(builder) => builder.append_null(),
            Column::Texts(builder) => builder.append(false),
            Column::Constant => {}
        }
    }

    fn len(&self) -> usize {
        use arrow::array::ArrayBuilder;
        match self {
            Column::Text(builder) => builder.len(),
            Column::Integer(builder) => builder.len(),
            Column::Number(builder) => builder.len(),
            Column::Boolean(builder) => builder.len(),
            Column::Timestamp(builder) => builder.len(),
            Column::Date(builder) => builder.len(),
            Column::Texts(builder) => builder.len(),
            Column::Constant => 0,
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Column::Text(builder) => Arc::new(builder.finish()),
            Column::Integer(builder) => Arc::new(builder.finish()),
            Column::Number(builder) => Arc::new(builder.finish()),
            Column::Boolean(builder) => Arc::new(builder.finish()),
            Column::Timestamp(builder) => Arc::new(builder.finish()),
            Column::Date(builder) => Arc::new(builder.finish()),
            Column::Texts(builder) => Arc::new(builder.finish()),
            Column::Constant => new_empty_array(&DataType::Null),
        }
    }
}

/// A mapped batch as text by column name; lists keep their items.
pub struct MappedRows {
    columns: Vec<MappedColumn>,
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
        Ok(MappedRows { columns, sorted })
    }

    /// A value as cleaned text; `None` when there is nothing in it.
    pub fn get(&self, column: &str, row: usize) -> Option<&str> {
        match self.values(column)? {
            Values::One(array) => present(array, row),
            Values::Many(_) => None,
        }
    }

    /// All values of a column that may be a list.
    pub fn get_all(&self, column: &str, row: usize) -> Vec<Cow<'_, str>> {
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

    fn values(&self, name: &str) -> Option<&Values> {
        let mut columns = self.columns.iter();
        columns
            .find(|column| column.name == name)
            .map(|column| &column.values)
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
