//! Rows → the bytes of a file.

use super::cell::neutralize;
use crate::project::Format;
use crate::{PipelineError, Result};
use arrow::array::{Array, RecordBatch};
use arrow::datatypes::{DataType, SchemaRef};
use arrow::json::LineDelimitedWriter;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::ArrowWriter;
use parquet::errors::ParquetError;

/// A file being made.
pub(super) enum Encoder {
    Csv(Box<csv::Writer<Vec<u8>>>),
    Ndjson(LineDelimitedWriter<Vec<u8>>),
    Parquet(Box<ArrowWriter<Vec<u8>>>),
}

impl Encoder {
    pub fn new(format: Format, schema: &SchemaRef) -> Result<Encoder> {
        Ok(match format {
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(Vec::new());
                let names = schema.fields().iter().map(|field| field.name());
                writer.write_record(names).map_err(csv_error)?;
                Encoder::Csv(Box::new(writer))
            }
            Format::Ndjson => Encoder::Ndjson(LineDelimitedWriter::new(Vec::new())),
            Format::Parquet => {
                let writer = ArrowWriter::try_new(Vec::new(), schema.clone(), None);
                Encoder::Parquet(Box::new(writer.map_err(parquet_error)?))
            }
        })
    }

    pub fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        match self {
            Encoder::Csv(writer) => write_csv(writer, batch),
            Encoder::Ndjson(writer) => writer.write(batch).map_err(json_error()),
            Encoder::Parquet(writer) => writer.write(batch).map_err(parquet_error),
        }
    }

    pub fn finish(self) -> Result<Vec<u8>> {
        match self {
            Encoder::Csv(writer) => writer
                .into_inner()
                .map_err(|error| PipelineError::Invalid(format!("writing CSV: {error}"))),
            Encoder::Ndjson(mut writer) => {
                writer.finish().map_err(json_error())?;
                Ok(writer.into_inner())
            }
            Encoder::Parquet(writer) => writer.into_inner().map_err(parquet_error),
        }
    }
}

fn write_csv(writer: &mut csv::Writer<Vec<u8>>, batch: &RecordBatch) -> Result<()> {
    let options = FormatOptions::default();
    let columns = batch
        .columns()
        .iter()
        .map(|column| ArrayFormatter::try_new(column, &options))
        .collect::<Result<Vec<_>, _>>()
        .map_err(PipelineError::arrow("writing CSV"))?;
    for row in 0..batch.num_rows() {
        for (column, formatter) in batch.columns().iter().zip(&columns) {
            let cell = if column.is_null(row) {
                String::new()
            } else {
                formatter.value(row).to_string()
            };
            // Only texts come from people; a number's minus is a minus.
            if column.data_type() == &DataType::Utf8 {
                writer.write_field(neutralize(&cell).as_ref())
            } else {
                writer.write_field(&cell)
            }
            .map_err(csv_error)?;
        }
        writer.write_record(None::<&[u8]>).map_err(csv_error)?;
    }
    Ok(())
}

fn csv_error(error: csv::Error) -> PipelineError {
    PipelineError::Invalid(format!("writing CSV: {error}"))
}

fn parquet_error(error: ParquetError) -> PipelineError {
    PipelineError::Invalid(format!("writing Parquet: {error}"))
}

fn json_error() -> impl FnOnce(arrow::error::ArrowError) -> PipelineError {
    PipelineError::arrow("writing NDJSON")
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{ArrayRef, Int64Array, StringArray, TimestampMicrosecondArray};
    use std::sync::Arc;

    fn rows() -> RecordBatch {
        let times = TimestampMicrosecondArray::from(vec![Some(0), None]).with_timezone("UTC");
        RecordBatch::try_from_iter::<_, &str>([
            (
                "name",
                Arc::new(StringArray::from(vec![Some("=1+1"), Some("a \"b\", c")])) as ArrayRef,
            ),
            ("count", Arc::new(Int64Array::from(vec![-1, 2])) as ArrayRef),
            ("at", Arc::new(times) as ArrayRef),
        ])
        .unwrap()
    }

    fn encode(format: Format) -> String {
        let rows = rows();
        let mut encoder = Encoder::new(format, &rows.schema()).unwrap();
        encoder.write(&rows).unwrap();
        String::from_utf8(encoder.finish().unwrap()).unwrap()
    }

    #[test]
    fn csv_is_quoted_and_neutralized() {
        assert_eq!(
            encode(Format::Csv),
            "name,count,at\n'=1+1,-1,1970-01-01T00:00:00Z\n\"a \"\"b\"\", c\",2,\n"
        );
    }

    #[test]
    fn ndjson_leaves_nulls_out() {
        assert_eq!(
            encode(Format::Ndjson),
            "{\"name\":\"=1+1\",\"count\":-1,\"at\":\"1970-01-01T00:00:00Z\"}\n{\"name\":\"a \\\"b\\\", c\",\"count\":2}\n"
        );
    }
}
