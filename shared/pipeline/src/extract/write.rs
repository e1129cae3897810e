//! The files of one extract: rows → file, manifest, pointer; and what is kept of older ones.

use super::changed::{self, STATE, named};
use super::encode::Encoder;
use super::manifest::{self, Manifest, Part};
use super::{BESIDE, CHANGE_EVENTS, FOLDER};
use crate::golden::publication::{Publication, Versions};
use crate::project::{ExtractRule, Format};
use crate::{PipelineError, Result, Run};
use arrow::array::{Array, RecordBatch};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use bytes::Bytes;
use datafusion::prelude::DataFrame;
use futures::TryStreamExt;
use lake::{Files, Session, fault};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Files of one extract, at most: a column of more values parts it into crumbs.
const MAX_PARTS: usize = 1_000;

const MICROS_PER_DAY: i64 = 86_400_000_000;

/// Writes the rows of `scratch.<name>`, or what changed of them since the newest file.
pub(super) async fn run(
    session: &Session,
    files: &Files,
    publication: &Publication,
    rule: &ExtractRule,
    newest: Option<&Manifest>,
) -> Result<Manifest> {
    let name = &rule.name;
    let what = || PipelineError::query(format!("reading {name}"));
    let folder = format!("{name}/{}", publication.publication_id);
    let all = session.context.table(format!("scratch.{name}")).await;
    let all = all.map_err(what())?;
    let is_changes = !rule.changed_by.is_empty();
    let rows = match is_changes {
        false => all,
        true => {
            changed::check_key(rule, &all).await?;
            let state = encode(all.clone(), Format::Parquet, None, &folder, "state").await?;
            for (_, content) in state.parts {
                files.write(&format!("{folder}/{STATE}"), content).await?;
            }
            let before = match newest {
                Some(newest) => {
                    let path = format!("{name}/{}/{STATE}", newest.publication_id);
                    Some(files.read(&path).await?)
                }
                None => None,
            };
            changed::since(&session.context, rule, all, before)?
        }
    };
    let by = rule.partition_by.as_deref();
    let encoded = encode(rows, rule.format, by, &folder, name).await?;
    let parts: Vec<Part> = encoded.parts.iter().map(|(part, _)| part.clone()).collect();
    let whole = parts.first().filter(|_| by.is_none());
    let manifest = Manifest {
        name: name.clone(),
        publication_id: publication.publication_id.clone(),
        sequence: publication.sequence,
        as_of: chrono::DateTime::from_timestamp_micros(publication.as_of)
            .map_or_else(String::new, |time| {
                time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
            }),
        purpose: rule.purpose.name().to_owned(),
        channel: rule.purpose.channel().map(str::to_owned),
        is_changes: is_changes || name == CHANGE_EVENTS,
        rows: parts.iter().map(|part| part.rows).sum(),
        bytes: parts.iter().map(|part| part.bytes).sum(),
        file: whole.map(|part| part.file.clone()),
        sha256: whole.map(|part| part.sha256.clone()),
        files: parts,
        columns: encoded.columns,
        table_versions: table_versions(publication),
    };
    fault::point(&format!("extract/{name}/computed"));
    for (part, content) in encoded.parts {
        files.write(&part.file, content).await?;
    }
    fault::point(&format!("extract/{name}/file"));
    manifest::write(files, &format!("{folder}/manifest.json"), &manifest).await?;
    fault::point(&format!("extract/{name}/manifest"));
    manifest::write(files, &format!("{name}/manifest.json"), &manifest).await?;
    fault::point(&format!("extract/{name}/pointer"));
    Ok(manifest)
}

/// Removes what nobody needs any more: files that are older than they are kept, and the state beside any but the newest.
pub(super) async fn forget(run: &Run, rule: &ExtractRule) -> Result<()> {
    if rule.keep_days.is_none() && rule.changed_by.is_empty() {
        return Ok(());
    }
    let Some(newest) = manifest::newest(&run.lake.files(FOLDER), &rule.name).await? else {
        return Ok(());
    };
    let files = run.lake.files(&format!("{FOLDER}/{}", rule.name));
    let keeps = |publication_id: &str| {
        let Some(days) = rule.keep_days else {
            return true;
        };
        // `<sequence>-<day>`
        let day = publication_id.rsplit('-').next().unwrap_or_default();
        let day = chrono::NaiveDate::parse_from_str(day, "%Y%m%d").ok();
        let made_at = day.and_then(|day| day.and_hms_opt(0, 0, 0));
        let oldest = run.as_of - i64::from(days) * MICROS_PER_DAY;
        made_at.is_none_or(|time| time.and_utc().timestamp_micros() >= oldest)
    };
    let mut gone = Vec::new();
    for listed in files.list().await? {
        let Some((publication_id, file)) = listed.path.split_once('/') else {
            continue;
        };
        let is_newest = publication_id == newest.publication_id;
        if !is_newest && (file == STATE || !keeps(publication_id)) {
            gone.push(listed.path);
        }
    }
    // The manifest last: while it is there, the next run knows what to remove.
    gone.sort_by_key(|path| path.ends_with("/manifest.json"));
    for path in gone {
        files.delete(&path).await?;
    }
    Ok(())
}

/// The gold tables of the publication, and the silver tables beside them that the SELECTs read.
fn table_versions(publication: &Publication) -> Versions {
    let mut versions = publication.table_versions.clone();
    for table in BESIDE {
        if let Some(version) = publication.version(table) {
            versions.insert(table.to_owned(), version);
        }
    }
    versions
}

struct Encoded {
    columns: Vec<String>,
    parts: Vec<(Part, Bytes)>,
}

/// Rows, sorted by all columns so that equal rows make equal files: one file, or one for each value of a column.
async fn encode(
    rows: DataFrame,
    format: Format,
    partition_by: Option<&str>,
    folder: &str,
    name: &str,
) -> Result<Encoded> {
    let what = || PipelineError::query(format!("reading {name}"));
    let fields = rows.schema().fields().iter();
    let columns: Vec<String> = fields.map(|field| field.name().clone()).collect();
    let first = partition_by.map(|column| named(column).sort(true, true));
    let others = columns.iter().map(|column| named(column).sort(true, true));
    let order = first.into_iter().chain(others).collect();
    let sorted = rows.sort(order).map_err(what())?;
    let mut stream = sorted.execute_stream().await.map_err(what())?;
    let mut parts = Parts {
        format,
        folder,
        name,
        column: partition_by,
        done: Vec::new(),
        open: None,
    };
    if partition_by.is_none() {
        parts.start(None, &stream.schema())?;
    }
    while let Some(batch) = stream.try_next().await.map_err(what())? {
        parts.write(&batch)?;
    }
    parts.end()?;
    Ok(Encoded {
        columns,
        parts: parts.done,
    })
}

/// Files that are made one after the other, of sorted rows.
struct Parts<'a> {
    format: Format,
    folder: &'a str,
    name: &'a str,
    column: Option<&'a str>,
    done: Vec<(Part, Bytes)>,
    open: Option<(Option<String>, u64, Encoder)>,
}

impl Parts<'_> {
    fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        let Some(column) = self.column else {
            return self.append(batch);
        };
        let column = batch.column_by_name(column).ok_or_else(|| {
            PipelineError::Invalid(format!("extract {}: no column {column}", self.name))
        })?;
        let options = FormatOptions::default();
        let shown = ArrayFormatter::try_new(column, &options)
            .map_err(PipelineError::arrow("parting an extract"))?;
        let value = |row: usize| (!column.is_null(row)).then(|| shown.value(row).to_string());
        let mut from = 0;
        while from < batch.num_rows() {
            let of = value(from);
            let mut to = from + 1;
            while to < batch.num_rows() && value(to) == of {
                to += 1;
            }
            if self.open.as_ref().is_none_or(|(open, ..)| *open != of) {
                self.end()?;
                self.start(of, &batch.schema())?;
            }
            self.append(&batch.slice(from, to - from))?;
            from = to;
        }
        Ok(())
    }

    fn append(&mut self, batch: &RecordBatch) -> Result<()> {
        match &mut self.open {
            Some((_, rows, encoder)) => {
                *rows += batch.num_rows() as u64;
                encoder.write(batch)
            }
            None => Ok(()),
        }
    }

    fn start(&mut self, value: Option<String>, schema: &arrow::datatypes::SchemaRef) -> Result<()> {
        if self.done.len() == MAX_PARTS {
            return Err(PipelineError::Invalid(format!(
                "extract {}: {} has more than {MAX_PARTS} values, and each would be a file; write another partition_by",
                self.name,
                self.column.unwrap_or_default()
            )));
        }
        self.open = Some((value, 0, Encoder::new(self.format, schema)?));
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        let Some((value, rows, encoder)) = self.open.take() else {
            return Ok(());
        };
        let content = encoder.finish()?;
        let (folder, name) = (self.folder, self.name);
        let extension = self.format.extension();
        let file = match self.column {
            Some(column) => {
                // as Hive and every reader after it writes them
                let of = value
                    .as_deref()
                    .map_or_else(|| "__HIVE_DEFAULT_PARTITION__".to_owned(), path_safe);
                format!("{folder}/{column}={of}/{name}.{extension}")
            }
            None => format!("{folder}/{name}.{extension}"),
        };
        let part = Part {
            file,
            partition: value,
            rows,
            bytes: content.len() as u64,
            sha256: format!("{:x}", Sha256::digest(&content)),
        };
        self.done.push((part, Bytes::from(content)));
        Ok(())
    }
}

/// A value as part of a path: what is neither letter nor digit is percent-encoded.
fn path_safe(value: &str) -> String {
    let mut safe = String::new();
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' => safe.push(char::from(byte)),
            other => {
                let _ = write!(safe, "%{other:02X}");
            }
        }
    }
    safe
}
