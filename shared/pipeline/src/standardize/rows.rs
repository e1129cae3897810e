//! Rows on their way into a table, column by column and by name.

use super::positions::Positions;
use crate::{PipelineError, Result};
use arrow::array::{
    ArrayRef, BooleanArray, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder,
    ListBuilder, PrimitiveArray, RecordBatch, StringArray, StringBuilder,
    TimestampMicrosecondArray, TimestampMicrosecondBuilder, new_empty_array,
};
use arrow::compute::{filter_record_batch, take};
use arrow::datatypes::{DataType, UInt32Type};
use lake::TableDef;
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
    positions: Positions,
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
            positions: Positions::new(),
            constants: Vec::new(),
            rows: 0,
            dropped: Vec::new(),
        }
    }

    pub fn len(&self) -> usize {
        self.rows
    }

    pub fn text(&mut self, column: &'static str, value: Option<&str>) {
        if let (Some(value), Some(Column::Text(builder))) = (value, self.column(column)) {
            builder.append_value(value);
        }
    }

    pub fn integer(&mut self, column: &'static str, value: Option<i64>) {
        if let (Some(value), Some(Column::Integer(builder))) = (value, self.column(column)) {
            builder.append_value(value);
        }
    }

    pub fn number(&mut self, column: &'static str, value: Option<f64>) {
        if let (Some(value), Some(Column::Number(builder))) = (value, self.column(column)) {
            builder.append_value(value);
        }
    }

    pub fn boolean(&mut self, column: &'static str, value: Option<bool>) {
        if let (Some(value), Some(Column::Boolean(builder))) = (value, self.column(column)) {
            builder.append_value(value);
        }
    }

    /// µs since the epoch, UTC.
    pub fn timestamp(&mut self, column: &'static str, value: Option<i64>) {
        if let (Some(value), Some(Column::Timestamp(builder))) = (value, self.column(column)) {
            builder.append_value(value);
        }
    }

    /// Days since the epoch.
    pub fn date(&mut self, column: &'static str, value: Option<i32>) {
        if let (Some(value), Some(Column::Date(builder))) = (value, self.column(column)) {
            builder.append_value(value);
        }
    }

    pub fn texts<'a>(&mut self, column: &'static str, values: impl IntoIterator<Item = &'a str>) {
        if let Some(Column::Texts(builder)) = self.column(column) {
            for value in values {
                builder.values().append_value(value);
            }
            builder.append(true);
        }
    }

    fn column(&mut self, name: &'static str) -> Option<&mut Column> {
        let mut fields = self.def.schema.fields().iter();
        let find = || fields.position(|field| field.name() == name);
        let position = self.positions.of(name, find)?;
        let column = self.columns.get_mut(position)?;
        column.fill(self.rows);
        Some(column)
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
        self.rows += 1;
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
        for column in &mut self.columns {
            column.fill(self.rows);
        }
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
    /// Nulls up to row `rows`: those of many rows at once.
    fn fill(&mut self, rows: usize) {
        let missing = rows.saturating_sub(self.len());
        if missing == 0 {
            return;
        }
        match self {
            Column::Text(builder) => builder.append_nulls(missing),
            Column::Integer(builder) => builder.append_nulls(missing),
            Column::Number(builder) => builder.append_nulls(missing),
            Column::Boolean(builder) => builder.append_nulls(missing),
            Column::Timestamp(builder) => builder.append_nulls(missing),
            Column::Date(builder) => builder.append_nulls(missing),
            Column::Texts(builder) => builder.append_nulls(missing),
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
