//! `c360 export`: one table as CSV, NDJSON or Parquet. The same version of a table gives the same bytes.

use crate::args::{ExportArgs, Format};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::rows::formatters;
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::SchemaRef;
use arrow::json::LineDelimitedWriter;
use futures::StreamExt;
use lake::LakeError;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

pub async fn run(context: &Context, args: ExportArgs) -> Result<()> {
    // Rows come in the order of the table's files: more threads would mix them.
    let run = context.open_ordered()?;
    if run.table(&args.table).is_err() {
        let names: Vec<&str> = run.sql.tables().map(|table| table.name.as_str()).collect();
        return Err(Error::Refused(format!(
            "there is no table {}; there are {}",
            args.table,
            names.join(", ")
        )));
    }
    let (session, _) = run.session(&[args.table.as_str()]).await?;
    let what = format!("exporting {}", args.table);
    let frame = session
        .sql(&what, &format!("SELECT * FROM {}", args.table))
        .await?;
    let schema: SchemaRef = frame.schema().inner().clone();
    let mut batches = frame
        .execute_stream()
        .await
        .map_err(LakeError::query(what.as_str()))?;
    let (target, to) = open(args.out.as_deref())?;
    let mut sink = Sink::open(args.format, target, &schema, to)?;
    while let Some(batch) = batches.next().await {
        sink.write(&batch.map_err(LakeError::query(what.as_str()))?)?;
    }
    sink.finish()
}

type Target = BufWriter<Box<dyn Write + Send>>;

fn open(out: Option<&Path>) -> Result<(Target, PathBuf)> {
    match out {
        Some(path) => {
            let file = File::create(path).map_err(Error::file(path))?;
            Ok((BufWriter::new(Box::new(file)), path.to_owned()))
        }
        None => Ok((
            BufWriter::new(Box::new(std::io::stdout())),
            "standard output".into(),
        )),
    }
}

/// A file under construction, and its name for errors.
struct Sink {
    kind: Kind,
    to: PathBuf,
}

enum Kind {
    Csv(Box<csv::Writer<Target>>),
    Ndjson(LineDelimitedWriter<Target>),
    Parquet(Box<ArrowWriter<Target>>),
}

impl Sink {
    fn open(format: Format, target: Target, schema: &SchemaRef, to: PathBuf) -> Result<Sink> {
        let kind = match format {
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(target);
                let names = schema.fields().iter().map(|field| field.name());
                writer.write_record(names).map_err(csv_error(&to))?;
                Kind::Csv(Box::new(writer))
            }
            Format::Ndjson => Kind::Ndjson(LineDelimitedWriter::new(target)),
            Format::Parquet => {
                let properties = WriterProperties::builder()
                    .set_compression(Compression::SNAPPY)
                    .build();
                let writer = ArrowWriter::try_new(target, schema.clone(), Some(properties))
                    .map_err(Error::write(&to.display().to_string()))?;
                Kind::Parquet(Box::new(writer))
            }
        };
        Ok(Sink { kind, to })
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        match &mut self.kind {
            Kind::Csv(writer) => write_csv(writer, batch, &self.to),
            Kind::Ndjson(writer) => writer
                .write(batch)
                .map_err(Error::write(&self.to.display().to_string())),
            Kind::Parquet(writer) => writer
                .write(batch)
                .map_err(Error::write(&self.to.display().to_string())),
        }
    }

    fn finish(self) -> Result<()> {
        let to = self.to;
        match self.kind {
            Kind::Csv(mut writer) => writer.flush().map_err(Error::file(&to)),
            Kind::Ndjson(mut writer) => {
                writer
                    .finish()
                    .map_err(Error::write(&to.display().to_string()))?;
                writer.into_inner().flush().map_err(Error::file(&to))
            }
            Kind::Parquet(writer) => writer
                .into_inner()
                .map_err(Error::write(&to.display().to_string()))?
                .flush()
                .map_err(Error::file(&to)),
        }
    }
}

/// Times as RFC 3339, a null as an empty cell, a list as a JSON array.
fn write_csv(writer: &mut csv::Writer<Target>, batch: &RecordBatch, to: &Path) -> Result<()> {
    let columns = formatters(batch)?;
    let mut cell = String::new();
    for row in 0..batch.num_rows() {
        for (formatter, column) in columns.iter().zip(batch.columns()) {
            cell.clear();
            if let Some(list) = column.as_list_opt::<i32>() {
                if list.is_valid(row) {
                    cell = json_array(&list.value(row));
                }
            } else if column.is_valid(row) {
                formatter
                    .value(row)
                    .write(&mut cell)
                    .map_err(Error::write(&to.display().to_string()))?;
            }
            writer.write_field(&cell).map_err(csv_error(to))?;
        }
        writer.write_record(None::<&[u8]>).map_err(csv_error(to))?;
    }
    Ok(())
}

fn json_array(items: &dyn Array) -> String {
    let Some(texts) = items.as_string_opt::<i32>() else {
        return String::new();
    };
    let texts: Vec<Option<&str>> = texts.iter().collect();
    serde_json::to_string(&texts).unwrap_or_default()
}

fn csv_error(to: &Path) -> impl FnOnce(csv::Error) -> Error + '_ {
    move |error| match error.into_kind() {
        csv::ErrorKind::Io(source) => Error::file(to)(source),
        other => Error::Write {
            what: to.display().to_string(),
            message: format!("{other:?}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{ArrayRef, ListBuilder, StringArray, StringBuilder};
    use std::sync::Arc;

    #[test]
    fn csv_holds_nulls_lists_and_quotes() {
        let mut tags = ListBuilder::new(StringBuilder::new());
        tags.append_value([Some("Standardized"), Some("Invalid\"Email")]);
        tags.append_null();
        let columns: [(&str, ArrayRef); 2] = [
            ("name", Arc::new(StringArray::from(vec![Some("a,b"), None]))),
            ("tags", Arc::new(tags.finish())),
        ];
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out.csv");
        let (target, to) = open(Some(&path)).unwrap();
        let mut sink = Sink::open(Format::Csv, target, &batch.schema(), to).unwrap();
        sink.write(&batch).unwrap();
        sink.finish().unwrap();
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            "name,tags\n\"a,b\",\"[\"\"Standardized\"\",\"\"Invalid\\\"\"Email\"\"]\"\n,\n"
        );
    }
}
