//! What a mapping takes its columns to be: an object (`address['city']`), a list (`unnest(tags)`) or a plain value.
//!
//! JSON rows name only what they have. A key that no row of a file has is null, as it would be in a file whose other rows
//! have it; the mapping's own words say which shape that null has.

use super::rowwise;
use crate::project::Feed;
use arrow::datatypes::{DataType, Field, Fields, Schema, SchemaRef};
use datafusion::sql::parser::DFParser;
use datafusion::sql::sqlparser::ast::{
    self, AccessExpr, Expr, FunctionArg, FunctionArgExpr, FunctionArguments, Ident, SelectItem,
    SetExpr, Subscript, TableFactor, Value, visit_expressions,
};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Value,
    Object(BTreeMap<String, Shape>),
    List(Box<Shape>),
}

/// The names of a mapping with their shapes, and as they were written.
#[derive(Default)]
pub struct Shapes(BTreeMap<String, (String, Shape)>);

impl Shapes {
    /// Reads a feed's SELECT for a file of these columns. SQL that does not parse has no names; planning it says why.
    pub fn of(feed: &Feed, file: &Schema) -> Shapes {
        let mut shapes = Shapes::default();
        let Ok(mut statements) = DFParser::parse_sql(&feed.mapping) else {
            return shapes;
        };
        let Some(datafusion::sql::parser::Statement::Statement(mut statement)) =
            statements.pop_front()
        else {
            return shapes;
        };
        rowwise::match_case(&mut statement, file);
        let _ = visit_expressions(statement.as_ref(), |expression| {
            shapes.note(expression, Shape::Value);
            ControlFlow::<()>::Continue(())
        });
        if let ast::Statement::Query(query) = statement.as_ref() {
            shapes.follow_aliases(query.body.as_ref(), file);
        }
        shapes
    }

    /// A file's columns with the keys that the mapping asks of their objects, and what was added: `address['city']`.
    pub fn complete(&self, file: &Schema) -> (SchemaRef, Vec<String>) {
        let mut added = Vec::new();
        let fields: Vec<Field> = file
            .fields()
            .iter()
            .map(|field| match self.0.get(field.name()) {
                Some((_, shape)) => {
                    let given = completed(field.data_type(), shape, field.name(), &mut added);
                    Field::new(field.name(), given, true)
                }
                None => field.as_ref().clone(),
            })
            .collect();
        (Arc::new(Schema::new(fields)), added)
    }

    /// The column of a key that no row has.
    pub fn absent(&self, name: &str) -> Field {
        let given = self
            .0
            .get(name)
            .map_or(DataType::Null, |(_, shape)| shape.empty());
        Field::new(name, given, true)
    }

    /// Does the mapping name this column?
    pub fn knows(&self, column: &str) -> bool {
        self.0.contains_key(column) || self.0.contains_key(&column.to_lowercase())
    }

    /// A name as the mapping writes it; unquoted names are compared in lower case.
    pub fn written<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, |(written, _)| written)
    }

    fn note(&mut self, expression: &Expr, shape: Shape) {
        match expression {
            Expr::Identifier(name) => self.name(name, shape),
            // `input.phone`, or `address.city`: the planner decides which, both are noted.
            Expr::CompoundIdentifier(parts) => {
                if let [first, .., last] = parts.as_slice() {
                    let key = BTreeMap::from([(last.value.clone(), shape.clone())]);
                    self.name(last, shape);
                    if !first.value.eq_ignore_ascii_case("input") {
                        self.name(first, Shape::Object(key));
                    }
                }
            }
            Expr::CompoundFieldAccess { root, access_chain } => {
                let shape =
                    access_chain
                        .iter()
                        .rev()
                        .fold(shape, |inner, access| match key_of(access) {
                            Some(key) => Shape::Object(BTreeMap::from([(key, inner)])),
                            None => Shape::List(Box::new(inner)),
                        });
                self.note(root, shape);
            }
            Expr::Function(call) => {
                let name = call.name.to_string().to_lowercase();
                let item = match name.as_str() {
                    "unnest" => shape,
                    "cardinality" | "flatten" => Shape::Value,
                    name if name.starts_with("array_") => Shape::Value,
                    _ => return,
                };
                if let FunctionArguments::List(arguments) = &call.args
                    && let Some(FunctionArg::Unnamed(FunctionArgExpr::Expr(list))) =
                        arguments.args.first()
                {
                    self.note(list, Shape::List(Box::new(item)));
                }
            }
            Expr::Nested(inner) => self.note(inner, shape),
            _ => {}
        }
    }

    fn name(&mut self, name: &Ident, shape: Shape) {
        let key = match name.quote_style {
            Some(_) => name.value.clone(),
            None => name.value.to_lowercase(),
        };
        let known = self
            .0
            .entry(key)
            .or_insert_with(|| (name.value.clone(), Shape::Value));
        known.1.join(shape);
    }

    /// `SELECT item['sku'] … FROM (SELECT unnest(items) AS item FROM input)`: what is asked of an alias is asked of what
    /// it stands for.
    fn follow_aliases(&mut self, body: &SetExpr, file: &Schema) {
        let SetExpr::Select(select) = body else {
            return;
        };
        for table in &select.from {
            let TableFactor::Derived { subquery, .. } = &table.relation else {
                continue;
            };
            let SetExpr::Select(inner) = subquery.body.as_ref() else {
                continue;
            };
            for item in &inner.projection {
                if let SelectItem::ExprWithAlias { expr, alias } = item
                    && file.field_with_name(&alias.value).is_err()
                    && let Some((_, shape)) = self.0.get(&alias.value.to_lowercase())
                    && *shape != Shape::Value
                {
                    self.note(expr, shape.clone());
                }
            }
            self.follow_aliases(subquery.body.as_ref(), file);
        }
    }
}

impl Shape {
    fn join(&mut self, other: Shape) {
        match (self, other) {
            (_, Shape::Value) => {}
            (this @ Shape::Value, other) => *this = other,
            (Shape::Object(keys), Shape::Object(others)) => {
                for (key, shape) in others {
                    keys.entry(key).or_insert(Shape::Value).join(shape);
                }
            }
            (Shape::List(item), Shape::List(other)) => item.join(*other),
            _ => {}
        }
    }

    /// The type of a column that holds nothing.
    fn empty(&self) -> DataType {
        match self {
            Shape::Value => DataType::Null,
            Shape::Object(keys) => DataType::Struct(
                keys.iter()
                    .map(|(key, shape)| Field::new(key, shape.empty(), true))
                    .collect(),
            ),
            Shape::List(item) => {
                DataType::List(Arc::new(Field::new_list_field(item.empty(), true)))
            }
        }
    }
}

/// A type with what the mapping asks of it, where the two agree.
fn completed(given: &DataType, shape: &Shape, path: &str, added: &mut Vec<String>) -> DataType {
    match (given, shape) {
        (DataType::Null, shape) => shape.empty(),
        (DataType::Struct(fields), Shape::Object(keys)) => {
            let mut all: Vec<Field> = Vec::new();
            for field in fields {
                let path = format!("{path}['{}']", field.name());
                let given = match keys.get(field.name()) {
                    Some(shape) => completed(field.data_type(), shape, &path, added),
                    None => field.data_type().clone(),
                };
                all.push(Field::new(field.name(), given, true));
            }
            for (key, shape) in keys {
                if fields.find(key).is_none() {
                    added.push(format!("{path}['{key}']"));
                    all.push(Field::new(key, shape.empty(), true));
                }
            }
            DataType::Struct(Fields::from(all))
        }
        (DataType::List(item), Shape::List(shape)) => {
            let item = completed(item.data_type(), shape, path, added);
            DataType::List(Arc::new(Field::new_list_field(item, true)))
        }
        // Where one row has a list and another a single value, the single value is a list of one; here no row has a list.
        (one, Shape::List(shape)) => {
            let item = completed(one, shape, path, added);
            DataType::List(Arc::new(Field::new_list_field(item, true)))
        }
        (given, _) => given.clone(),
    }
}

fn key_of(access: &AccessExpr) -> Option<String> {
    match access {
        AccessExpr::Dot(Expr::Identifier(name)) => Some(name.value.clone()),
        AccessExpr::Subscript(Subscript::Index {
            index: Expr::Value(value),
        }) => match &value.value {
            Value::SingleQuotedString(key) => Some(key.clone()),
            _ => None,
        },
        _ => None,
    }
}
