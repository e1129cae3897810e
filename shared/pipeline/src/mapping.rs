//! A mapping: one row-wise SELECT from `input`, planned once per file shape and run batch by batch.

mod rowwise;

pub(crate) use rowwise::{at_line, line_of};

use crate::project::Feed;
use crate::standardize::columns;
use crate::{PipelineError, Result};
use arrow::array::{ArrayRef, Int64Array, RecordBatch, RecordBatchOptions};
use arrow::compute::concat_batches;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::catalog::streaming::StreamingTable;
use datafusion::common::DataFusionError;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::memory::MemoryStream;
use datafusion::physical_plan::streaming::PartitionStream;
use datafusion::physical_plan::{ExecutionPlan, collect};
use datafusion::prelude::{SessionConfig, SessionContext};
use std::sync::{Arc, Mutex, PoisonError};

/// The hidden row number that runs through every mapping.
pub const ROW: &str = "__row";

/// A planned mapping.
pub struct Mapping {
    plan: Arc<dyn ExecutionPlan>,
    context: Arc<TaskContext>,
    slot: Arc<Slot>,
    input: SchemaRef,
    output: SchemaRef,
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
    /// not row-wise.
    pub async fn plan(feed: &Feed, file_schema: &Schema) -> Result<Mapping> {
        let input = with_row_field(file_schema);
        let slot = Arc::new(Slot {
            schema: input.clone(),
            batch: Mutex::new(RecordBatch::new_empty(input.clone())),
        });
        let config = SessionConfig::new().with_target_partitions(1);
        let context = SessionContext::new_with_config(config);
        let wrong = |error: DataFusionError| rowwise::explain(feed, file_schema, &error);
        let table = StreamingTable::try_new(input.clone(), vec![slot.clone()]).map_err(wrong)?;
        context
            .register_table("input", Arc::new(table))
            .map_err(wrong)?;
        let state = context.state();
        let plan = rowwise::plan(feed, file_schema, &state).await?;
        let plan = state.create_physical_plan(&plan).await.map_err(wrong)?;
        let output = plan.schema();
        columns::check(feed, &output)?;
        Ok(Mapping {
            plan,
            context: context.task_ctx(),
            slot,
            input,
            output,
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
        *self
            .slot
            .batch
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = batch;
        let batches = collect(self.plan.clone(), self.context.clone()).await?;
        Ok(concat_batches(&self.output, &batches)?)
    }

    fn number(&self, rows: &[i64], batch: &RecordBatch) -> Result<RecordBatch> {
        let mut columns: Vec<ArrayRef> = batch.columns().to_vec();
        columns.push(Arc::new(Int64Array::from(rows.to_vec())));
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        RecordBatch::try_new_with_options(self.input.clone(), columns, &options)
            .map_err(PipelineError::arrow("numbering the rows of a file"))
    }
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

/// The one batch that the plan reads next.
#[derive(Debug)]
struct Slot {
    schema: SchemaRef,
    batch: Mutex<RecordBatch>,
}

impl PartitionStream for Slot {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, _context: Arc<TaskContext>) -> SendableRecordBatchStream {
        let batch = self
            .batch
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        match MemoryStream::try_new(vec![batch], self.schema.clone(), None) {
            Ok(stream) => Box::pin(stream),
            Err(error) => Box::pin(
                datafusion::physical_plan::stream::RecordBatchStreamAdapter::new(
                    self.schema.clone(),
                    futures::stream::once(async move { Err(error) }),
                ),
            ),
        }
    }
}
