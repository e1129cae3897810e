//! The SQL of `sql/`, in the binary; a directory may stand in for single files.

mod dictionary;

use crate::{PipelineError, Result};
use arrow::datatypes::{DataType, Field, Schema};
use datafusion::sql::sqlparser::ast::{
    self, ArrayElemTypeDef, CreateTableOptions, SqlOption, Statement,
};
use datafusion::sql::sqlparser::dialect::PostgreSqlDialect;
use datafusion::sql::sqlparser::parser::Parser;
use include_dir::{Dir, include_dir};
use lake::TableDef;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// From what came in to what goes out.
const LAYERS: [&str; 3] = ["bronze", "silver", "gold"];

static SHIPPED: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../sql");

/// Where SQL is read from, and the tables that `sql/schema` declares.
#[derive(Clone, Debug)]
pub struct Sql {
    folder: Option<PathBuf>,
    tables: Arc<BTreeMap<String, TableDef>>,
}

impl Sql {
    /// `folder`: files there stand in for the shipped ones of the same path (for working on SQL, and for tests).
    pub fn load(folder: Option<PathBuf>) -> Result<Sql> {
        let mut sql = Sql {
            folder,
            tables: Arc::default(),
        };
        let mut tables = BTreeMap::new();
        for layer in LAYERS {
            for file in sql.list(&format!("schema/{layer}")) {
                let def = parse_table(&file, &sql.text(&file)?)?;
                tables.insert(def.name.clone(), def);
            }
        }
        sql.tables = Arc::new(tables);
        Ok(sql)
    }

    /// A table as `sql/schema` declares it.
    pub fn table(&self, name: &str) -> Result<&TableDef> {
        self.tables.get(name).ok_or_else(|| PipelineError::Sql {
            file: format!("schema/{}.sql", name.replace('.', "/")),
            message: "there is no such table".into(),
        })
    }

    pub fn tables(&self) -> impl Iterator<Item = &TableDef> {
        self.tables.values()
    }

    /// The text of one file below `sql/`.
    pub fn text(&self, file: &str) -> Result<String> {
        if let Some(folder) = &self.folder {
            let path = folder.join(file);
            if path.exists() {
                return std::fs::read_to_string(&path).map_err(|error| PipelineError::Sql {
                    file: file.to_owned(),
                    message: error.to_string(),
                });
            }
        }
        SHIPPED
            .get_file(file)
            .and_then(|file| file.contents_utf8())
            .map(str::to_owned)
            .ok_or_else(|| PipelineError::Sql {
                file: file.to_owned(),
                message: "there is no such file".into(),
            })
    }

    /// The files of one folder below `sql/`, sorted.
    pub fn list(&self, folder: &str) -> Vec<String> {
        let mut files: Vec<String> = SHIPPED
            .get_dir(folder)
            .map(|dir| {
                dir.files()
                    .filter_map(|file| file.path().to_str())
                    .filter(|path| path.ends_with(".sql"))
                    .map(str::to_owned)
                    .collect()
            })
            .unwrap_or_default();
        files.sort();
        files
    }
}

fn parse_table(file: &str, text: &str) -> Result<TableDef> {
    let fail = |message: String| PipelineError::Sql {
        file: file.to_owned(),
        message,
    };
    let statements =
        Parser::parse_sql(&PostgreSqlDialect {}, text).map_err(|error| fail(error.to_string()))?;
    let [Statement::CreateTable(create)] = statements.as_slice() else {
        return Err(fail("expected one CREATE TABLE".into()));
    };
    let mut fields = Vec::with_capacity(create.columns.len());
    for column in &create.columns {
        let data_type = column_type(&column.data_type).ok_or_else(|| {
            fail(format!(
                "column {}: unknown type {}",
                column.name, column.data_type
            ))
        })?;
        fields.push(Field::new(column.name.value.clone(), data_type, true));
    }
    Ok(TableDef {
        name: create.name.to_string(),
        schema: Arc::new(Schema::new(fields)),
        page_rows: page_rows(&create.table_options).map_err(fail)?,
    })
}

/// `WITH (page_rows = 4096)`, the only option there is.
fn page_rows(options: &CreateTableOptions) -> Result<Option<usize>, String> {
    let options = match options {
        CreateTableOptions::None => return Ok(None),
        CreateTableOptions::With(options) => options.as_slice(),
        other => return Err(format!("unknown option {other}")),
    };
    let mut rows = None;
    for option in options {
        let number = match option {
            SqlOption::KeyValue { key, value } if key.value == "page_rows" => value.to_string(),
            other => return Err(format!("unknown option {other}")),
        };
        let number = number.parse::<usize>();
        rows = Some(number.map_err(|_| "page_rows is no number".to_owned())?);
    }
    Ok(rows)
}

fn column_type(written: &ast::DataType) -> Option<DataType> {
    Some(match written {
        ast::DataType::Text => DataType::Utf8,
        ast::DataType::BigInt(_) => DataType::Int64,
        ast::DataType::Integer(_) | ast::DataType::Int(_) => DataType::Int32,
        ast::DataType::Double(_) | ast::DataType::DoublePrecision => DataType::Float64,
        ast::DataType::Boolean => DataType::Boolean,
        ast::DataType::Date => DataType::Date32,
        ast::DataType::Timestamp(..) => lake::timestamp_type(),
        // Delta names the items of a list "element".
        ast::DataType::Array(ArrayElemTypeDef::SquareBracket(item, _)) => {
            DataType::List(Arc::new(Field::new("element", column_type(item)?, true)))
        }
        _ => return None,
    })
}
