//! A mapping: one row-wise SELECT from `input`, planned once per file shape and run batch by batch.

mod fault;
mod lineage;
mod rowwise;
mod shape;

pub(crate) use fault::{at_line, line_of};
pub use lineage::{ColumnLineage, MappingLineage};
pub(crate) use rowwise::refused_expression;
pub(crate) use shape::Shapes;

use crate::ingest::Layout;
use crate::project::Feed;
use crate::standardize::columns;
use crate::{PipelineError, Result};
use arrow::array::{ArrayRef, Int64Array, RecordBatch, RecordBatchOptions, new_null_array};
use arrow::compute::{cast, concat_batches};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::catalog::streaming::StreamingTable;
use datafusion::common::DataFusionError;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::execution_plan::reset_plan_states;
use datafusion::physical_plan::memory::MemoryStream;
use datafusion::physical_plan::streaming::PartitionStream;
use datafusion::physical_plan::{ExecutionPlan, collect};
use datafusion::prelude::{SessionConfig, SessionContext};
use fault::Fault;
use std::sync::Arc;

/// The hidden row number that runs through every mapping.
pub const ROW: &str = "__row";

/// A planned mapping.
pub struct Mapping {
    plan: Arc<dyn ExecutionPlan>,
    config: SessionConfig,
    input: SchemaRef,
    output: SchemaRef,
    /// What the mapping names and no row of a file of sparse rows has; it is null.
    pub absent: Vec<String>,
}

/// Rows that a mapping made, and those on which it failed.
#[derive(Default)]
pub struct Mapped {
    pub batches: Vec<RecordBatch>,
    /// Position in the input batch, and why.
    pub failed: Vec<(usize, String)>,
}

impl Mapping {
    /// Plans a feed's SELECT over a file's columns.
    ///
    /// Errors name the mapping's file and line: a missing column (with the columns there are), a wrong type, SQL that is
    /// not row-wise. In a file of sparse rows a missing column is null instead, and listed in [`Mapping::absent`].
    pub async fn plan(feed: &Feed, file: &Layout) -> Result<Mapping> {
        match Mapping::plan_over(feed, file, &file.schema).await {
            Ok(mapping) => Ok(mapping),
            // What holds nothing has no type; where the plan needs one, text.
            Err(error) if file.is_sparse => {
                Mapping::plan_over(feed, file, &untyped_as_text(&file.schema))
                    .await
                    .map_err(|_| error)
            }
            Err(error) => Err(error),
        }
    }

    /// Plans over `columns`, and for each that is missing from sparse rows once more with it.
    async fn plan_over(feed: &Feed, file: &Layout, columns: &SchemaRef) -> Result<Mapping> {
        let is_text = *columns != file.schema;
        let shapes = Shapes::of(feed, columns);
        let mut columns = columns.clone();
        let mut absent = file.absent.clone();
        loop {
            let fault = match Mapping::plan_on(feed, &columns).await {
                Ok(mapping) => return Ok(Mapping { absent, ..mapping }),
                Err(fault) => fault,
            };
            match fault.missing() {
                Some(name) if file.is_sparse && columns.field_with_name(name).is_err() => {
                    absent.push(shapes.written(name).to_owned());
                    let mut fields = columns.fields().to_vec();
                    fields.push(Arc::new(shapes.absent(name)));
                    columns = Arc::new(Schema::new(fields));
                    if is_text {
                        columns = untyped_as_text(&columns);
                    }
                }
                _ => {
                    let line = match fault.line() {
                        None => Mapping::line_of_fault(feed, &columns).await,
                        line => line,
                    };
                    return Err(fault.explain(feed, &file.schema, line));
                }
            }
        }
    }

    async fn plan_on(feed: &Feed, columns: &Schema) -> Result<Mapping, Fault> {
        let (context, input) = Mapping::context(columns)?;
        let state = context.state();
        let plan = rowwise::plan(feed, columns, &state).await?;
        let plan = state.create_physical_plan(&plan).await?;
        let output = plan.schema();
        columns::check(feed, &output)?;
        Ok(Mapping {
            plan,
            config: context.copied_config(),
            input,
            output,
            absent: Vec::new(),
        })
    }

    async fn line_of_fault(feed: &Feed, columns: &Schema) -> Option<usize> {
        let (context, _) = Mapping::context(columns).ok()?;
        rowwise::line_of_fault(feed, columns, &context.state()).await
    }

    /// A session whose one table is `input`.
    fn context(columns: &Schema) -> Result<(SessionContext, SchemaRef), DataFusionError> {
        let input = with_row_field(columns);
        let given = Arc::new(Given(input.clone()));
        let mut config = SessionConfig::new().with_target_partitions(1);
        config.options_mut().sql_parser.collect_spans = true;
        let context = SessionContext::new_with_config(config);
        let table = StreamingTable::try_new(input.clone(), vec![given])?;
        context.register_table("input", Arc::new(table))?;
        Ok((context, input))
    }

    /// The columns that the mapping yields.
    pub fn yields(&self) -> impl Iterator<Item = &str> {
        let fields = self.output.fields().iter();
        fields
            .map(|field| field.name().as_str())
            .filter(|name| *name != ROW)
    }

    /// Is a column that the mapping yields text? What has a type of its own needs no reading.
    pub fn is_text(&self, name: &str) -> bool {
        let field = self.output.field_with_name(name);
        field.is_ok_and(|field| {
            matches!(
                field.data_type(),
                DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
            )
        })
    }

    /// Maps one batch. A row on which an expression fails is found by halving and reported; the rest goes on.
    pub async fn map(&self, rows: &[i64], batch: &RecordBatch) -> Result<Mapped> {
        let batch = self.number(rows, batch)?;
        let mut mapped = Mapped::default();
        let mut work = vec![(0, batch.num_rows())];
        while let Some((start, length)) = work.pop() {
            match self.execute(batch.slice(start, length)).await {
                Ok(output) if output.num_rows() > 0 => mapped.batches.push(output),
                Ok(_) => {}
                Err(error) if length == 1 => {
                    mapped.failed.push((start, reason(&error)));
                }
                Err(_) => {
                    let half = length / 2;
                    work.push((start + half, length - half));
                    work.push((start, half));
                }
            }
        }
        Ok(mapped)
    }

    async fn execute(&self, batch: RecordBatch) -> Result<RecordBatch, DataFusionError> {
        // Each execution has a context of its own, which hands the plan its batch: many may run at once.
        let config = self.config.clone().with_extension(Arc::new(batch));
        let context = TaskContext::default().with_session_config(config);
        // Of its own plan, too: one that is executed again keeps the metrics of every execution.
        let plan = reset_plan_states(self.plan.clone())?;
        let batches = collect(plan, Arc::new(context)).await?;
        Ok(concat_batches(&self.output, &batches)?)
    }

    /// The batch as the plan reads it: with the row number, and with the columns that no row has.
    fn number(&self, rows: &[i64], batch: &RecordBatch) -> Result<RecordBatch> {
        let what = || PipelineError::arrow("numbering the rows of a file");
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(self.input.fields().len());
        for field in self.input.fields() {
            columns.push(match batch.column_by_name(field.name()) {
                _ if field.name() == ROW => Arc::new(Int64Array::from(rows.to_vec())),
                Some(column) if column.data_type() == field.data_type() => column.clone(),
                Some(column) => cast(column, field.data_type()).map_err(what())?,
                None => new_null_array(field.data_type(), rows.len()),
            });
        }
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        RecordBatch::try_new_with_options(self.input.clone(), columns, &options).map_err(what())
    }
}

/// Columns and keys that hold nothing, as text.
fn untyped_as_text(schema: &Schema) -> SchemaRef {
    fn of(given: &DataType) -> DataType {
        match given {
            DataType::Null => DataType::Utf8,
            DataType::List(item) => DataType::List(Arc::new(as_text(item))),
            DataType::Struct(fields) => {
                DataType::Struct(fields.iter().map(|field| as_text(field)).collect())
            }
            other => other.clone(),
        }
    }
    fn as_text(field: &Field) -> Field {
        Field::new(field.name(), of(field.data_type()), true)
    }
    let fields = schema.fields().iter().map(|field| as_text(field));
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

fn with_row_field(schema: &Schema) -> SchemaRef {
    let mut fields: Vec<Field> = schema
        .fields()
        .iter()
        .map(|field| field.as_ref().clone().with_nullable(true))
        .collect();
    fields.push(Field::new(ROW, DataType::Int64, true));
    Arc::new(Schema::new(fields))
}

/// What the engine says, without the values that it quotes: a reason may be printed, the row itself is in the quarantine.
fn reason(error: &DataFusionError) -> String {
    let text = error.find_root().strip_backtrace();
    let line = text.lines().next().unwrap_or_default();
    let mut shown = String::from("the mapping fails on this row: ");
    for (position, part) in line.split(['\'', '"']).enumerate() {
        shown.push_str(if position % 2 == 0 { part } else { "…" });
    }
    shown
}

/// The batch that an execution was given.
#[derive(Debug)]
struct Given(SchemaRef);

impl PartitionStream for Given {
    fn schema(&self) -> &SchemaRef {
        &self.0
    }

    fn execute(&self, context: Arc<TaskContext>) -> SendableRecordBatchStream {
        let batch = context.session_config().get_extension::<RecordBatch>();
        let batches = batch.iter().map(|batch| batch.as_ref().clone()).collect();
        match MemoryStream::try_new(batches, self.0.clone(), None) {
            Ok(stream) => Box::pin(stream),
            Err(error) => Box::pin(
                datafusion::physical_plan::stream::RecordBatchStreamAdapter::new(
                    self.0.clone(),
                    futures::stream::once(async move { Err(error) }),
                ),
            ),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
