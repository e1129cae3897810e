//! `[matching] labels`: records whose true entity somebody knows, for the model to learn from.

use crate::{PipelineError, Result};
use linkage::Entity;
use std::path::Path;

/// A file of `source,record_id,entity_id`, and perhaps `entity` (person or account; person where it is absent): the form that
/// `c360 evaluate --truth` takes. Records of one `entity_id` are one, others of the file are not.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    rows: Vec<Label>,
    /// Hash of the file.
    hash: i64,
}

#[derive(Clone, Debug)]
pub struct Label {
    pub entity: Entity,
    pub source: String,
    pub record_id: String,
    pub entity_id: String,
}

impl Labels {
    /// Errors (`Project`) name the file and the line: a column that is missing, a row of another width, an entity that is neither.
    pub fn read(path: &Path) -> Result<Labels> {
        let fail = |message: String| PipelineError::Project {
            file: path.display().to_string(),
            message,
        };
        let text = std::fs::read_to_string(path)
            .map_err(|error| fail(format!("the labels of [matching] cannot be read ({error})")))?;
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let head = reader.headers().map_err(|error| fail(error.to_string()))?;
        let find = |name: &str| head.iter().position(|column| column.trim() == name);
        let need = |name: &str| {
            find(name).ok_or_else(|| {
                let there: Vec<&str> = head.iter().collect();
                fail(format!(
                    "there is no column {name}, only {}",
                    there.join(", ")
                ))
            })
        };
        let (source, record_id) = (need("source")?, need("record_id")?);
        let (entity_id, entity) = (need("entity_id")?, find("entity"));
        let mut rows = Vec::new();
        for row in reader.records() {
            let row = row.map_err(|error| fail(error.to_string()))?;
            let cell = |at: usize| row.get(at).unwrap_or_default().trim();
            let stated = entity.map(cell).filter(|stated| !stated.is_empty());
            let stated = stated.unwrap_or("person");
            let entity = Entity::named(stated).ok_or_else(|| {
                let line = row.position().map_or(0, csv::Position::line);
                fail(format!(
                    "line {line}: {stated:?} is no entity; write person or account"
                ))
            })?;
            rows.push(Label {
                entity,
                source: cell(source).to_owned(),
                record_id: cell(record_id).to_owned(),
                entity_id: cell(entity_id).to_owned(),
            });
        }
        Ok(Labels {
            rows,
            hash: crate::udf::key_hash(&text),
        })
    }

    pub fn of(&self, entity: Entity) -> impl Iterator<Item = &Label> {
        self.rows.iter().filter(move |label| label.entity == entity)
    }

    /// Another number where the file says something else.
    pub fn hash(&self) -> i64 {
        self.hash
    }
}
