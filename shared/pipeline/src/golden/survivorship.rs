//! The rules of `sql/seeds/survivorship.csv` and of `[survivorship]` as functions of `steps/candidates.sql`.

use crate::udf_consent::{text_at, time_at, timestamps};
use crate::{PipelineError, Result, Run};
use arrow::array::{
    Array, ArrayRef, AsArray, BinaryArray, BinaryBuilder, BooleanArray, BooleanBuilder, Int64Array,
    ListArray, StringArray, StringBuilder,
};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Int64Type};
use datafusion::common::{DataFusionError, exec_datafusion_err};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use lake::Session;
use mastering::{Candidate, Criterion, SurvivorshipRule, parse_survivorship};
use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

pub(super) const FILE: &str = "seeds/survivorship.csv";

/// Registers functions of what a rule says; entity, attribute and criterion are texts:
///
/// - `survivorship_key(entity, attribute, value, role, known_at, verified_at, frequency, completeness, is_reachable, is_valid,
///   is_whole_name, is_chosen)` → bytes; of a customer's candidates for an attribute, the one with the least survives.
/// - `survivorship_rule(entity, attribute)` → the rule in words.
/// - `keeps_all(entity, attribute)` → is every value kept?
/// - `decided_by(entity, attribute, key, key)` → the criterion by which one is the lesser.
/// - `asks_for(criterion)` → does any rule? Where none does, what it asks for need not be counted.
/// - `golden_object(entity, attributes, values)` → a JSON object of lists of both; an attribute that keeps all is an array in it.
pub(super) fn register(run: &Run, session: &Session) -> Result<()> {
    let rules = Arc::new(Rules::of(run)?);
    for what in [
        Asked::Key,
        Asked::Words,
        Asked::KeepsAll,
        Asked::DecidedBy,
        Asked::Asks,
        Asked::Object,
    ] {
        session
            .context
            .register_udf(ScalarUDF::from(OfRules::new(what, rules.clone())));
    }
    Ok(())
}

/// By attribute and entity.
struct Rules {
    of: HashMap<String, Vec<SurvivorshipRule>>,
    otherwise: SurvivorshipRule,
}

impl Rules {
    fn of(run: &Run) -> Result<Rules> {
        let defaults =
            parse_survivorship(&run.sql.text(FILE)?).map_err(|error| refuse(error.to_string()))?;
        let mut rules = Rules {
            of: HashMap::new(),
            otherwise: SurvivorshipRule {
                entity: String::new(),
                attribute: String::new(),
                chain: vec![Criterion::MostRecent],
                keeps_all: false,
            },
        };
        for rule in defaults {
            // Consents do not survive one by one: `may_contact` decides over all of them.
            if rule.chain == [Criterion::MostRestrictive] {
                continue;
            }
            if rule.chain.contains(&Criterion::MostRestrictive) {
                return Err(refuse(format!(
                    "{} {}: the tie-breaker most_restrictive does not apply to this attribute",
                    rule.entity, rule.attribute
                )));
            }
            rules.set(rule);
        }
        for rule in &run.project.golden.survivorship {
            rules.set(rule.clone());
        }
        Ok(rules)
    }

    /// In place of one of the same attribute.
    fn set(&mut self, rule: SurvivorshipRule) {
        let of = self.of.entry(rule.attribute.clone()).or_default();
        of.retain(|other| other.entity != rule.entity);
        of.push(rule);
    }

    fn rule(&self, entity: &str, attribute: &str) -> &SurvivorshipRule {
        let of = self.of.get(attribute);
        of.and_then(|of| of.iter().find(|rule| rule.entity == entity))
            .unwrap_or(&self.otherwise)
    }

    fn ask_for(&self, criterion: &str) -> bool {
        let mut rules = self.of.values().flatten();
        match Criterion::named(criterion) {
            Some(criterion) => rules.any(|rule| rule.chain.contains(&criterion)),
            None => rules.any(|rule| rule.keeps_all),
        }
    }
}

fn refuse(message: String) -> PipelineError {
    PipelineError::Sql {
        file: FILE.into(),
        message,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Asked {
    Key,
    Words,
    KeepsAll,
    DecidedBy,
    Asks,
    Object,
}

/// Equal where they ask the same of the same rules.
struct OfRules {
    what: Asked,
    signature: Signature,
    rules: Arc<Rules>,
}

impl OfRules {
    fn new(what: Asked, rules: Arc<Rules>) -> OfRules {
        let arguments = match what {
            Asked::Key => 12,
            Asked::Words | Asked::KeepsAll => 2,
            Asked::DecidedBy => 4,
            Asked::Asks => 1,
            Asked::Object => 3,
        };
        OfRules {
            what,
            signature: Signature::any(arguments, Volatility::Immutable),
            rules,
        }
    }
}

impl fmt::Debug for OfRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl PartialEq for OfRules {
    fn eq(&self, other: &OfRules) -> bool {
        self.what == other.what && Arc::ptr_eq(&self.rules, &other.rules)
    }
}

impl Eq for OfRules {}

impl Hash for OfRules {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.what.hash(state);
    }
}

impl ScalarUDFImpl for OfRules {
    fn name(&self) -> &str {
        match self.what {
            Asked::Key => "survivorship_key",
            Asked::Words => "survivorship_rule",
            Asked::KeepsAll => "keeps_all",
            Asked::DecidedBy => "decided_by",
            Asked::Asks => "asks_for",
            Asked::Object => "golden_object",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType, DataFusionError> {
        Ok(match self.what {
            Asked::Key => DataType::Binary,
            Asked::Words | Asked::DecidedBy | Asked::Object => DataType::Utf8,
            Asked::KeepsAll | Asked::Asks => DataType::Boolean,
        })
    }

    fn invoke_with_args(
        &self,
        arguments: ScalarFunctionArgs,
    ) -> Result<ColumnarValue, DataFusionError> {
        let arrays = ColumnarValue::values_to_arrays(&arguments.args)?;
        let first = texts(&arrays, 0)?;
        let rows = first.len();
        let answer: ArrayRef = match self.what {
            Asked::Asks => {
                let asked = (0..rows).map(|row| Some(self.rules.ask_for(text_at(&first, row))));
                Arc::new(asked.collect::<BooleanArray>())
            }
            Asked::Words => {
                let attribute = texts(&arrays, 1)?;
                let mut words = StringBuilder::new();
                for row in 0..rows {
                    let rule = self
                        .rules
                        .rule(text_at(&first, row), text_at(&attribute, row));
                    words.append_value(rule.in_words());
                }
                Arc::new(words.finish())
            }
            Asked::KeepsAll => {
                let attribute = texts(&arrays, 1)?;
                let mut kept = BooleanBuilder::new();
                for row in 0..rows {
                    let rule = self
                        .rules
                        .rule(text_at(&first, row), text_at(&attribute, row));
                    kept.append_value(rule.keeps_all);
                }
                Arc::new(kept.finish())
            }
            Asked::DecidedBy => {
                let attribute = texts(&arrays, 1)?;
                let (a, b) = (bytes(&arrays, 2)?, bytes(&arrays, 3)?);
                let mut names = StringBuilder::new();
                for row in 0..rows {
                    let rule = self
                        .rules
                        .rule(text_at(&first, row), text_at(&attribute, row));
                    let both = !a.is_null(row) && !b.is_null(row);
                    names.append_option(both.then(|| rule.decided_by(a.value(row), b.value(row))));
                }
                Arc::new(names.finish())
            }
            Asked::Key => self.keys(&first, &arrays)?,
            Asked::Object => {
                let (attributes, values) = (lists(&arrays, 1)?, lists(&arrays, 2)?);
                let mut objects = StringBuilder::new();
                for row in 0..rows {
                    let (names, values) = (attributes.value(row), values.value(row));
                    let pairs = names
                        .as_string::<i32>()
                        .iter()
                        .zip(values.as_string::<i32>());
                    let object = self.object(text_at(&first, row), pairs);
                    objects.append_value(object);
                }
                Arc::new(objects.finish())
            }
        };
        Ok(ColumnarValue::Array(answer))
    }
}

impl OfRules {
    fn object<'a>(
        &self,
        entity: &str,
        pairs: impl Iterator<Item = (Option<&'a str>, Option<&'a str>)>,
    ) -> String {
        let mut object = serde_json::Map::new();
        for (attribute, value) in pairs {
            let (Some(attribute), Some(value)) = (attribute, value) else {
                continue;
            };
            let list = match self.rules.rule(entity, attribute).keeps_all {
                true => serde_json::from_str(value).ok(),
                false => None,
            };
            object.insert(attribute.to_owned(), list.unwrap_or_else(|| value.into()));
        }
        serde_json::Value::Object(object).to_string()
    }

    fn keys(&self, entity: &StringArray, arrays: &[ArrayRef]) -> Result<ArrayRef, DataFusionError> {
        let (attribute, value, role) = (texts(arrays, 1)?, texts(arrays, 2)?, texts(arrays, 3)?);
        let known = timestamps(argument(arrays, 4)?)?;
        let verified = timestamps(argument(arrays, 5)?)?;
        let (frequency, completeness) = (integers(arrays, 6)?, integers(arrays, 7)?);
        let (reachable, valid, whole) = (flags(arrays, 8)?, flags(arrays, 9)?, flags(arrays, 10)?);
        let chosen = flags(arrays, 11)?;
        let integer = |column: &Int64Array, row| (!column.is_null(row)).then(|| column.value(row));
        let flag = |column: &BooleanArray, row| (!column.is_null(row)).then(|| column.value(row));
        let mut keys = BinaryBuilder::new();
        let mut key = Vec::new();
        for row in 0..entity.len() {
            key.clear();
            let candidate = Candidate {
                value: text_at(&value, row),
                role: text_at(&role, row),
                known_at: time_at(&known, row),
                verified_at: time_at(&verified, row),
                frequency: integer(&frequency, row),
                completeness: integer(&completeness, row),
                is_reachable: flag(&reachable, row),
                is_valid: flag(&valid, row) == Some(true),
                is_whole_name: flag(&whole, row),
                is_chosen: flag(&chosen, row) == Some(true),
            };
            let rule = self
                .rules
                .rule(text_at(entity, row), text_at(&attribute, row));
            rule.write_key(&candidate, &mut key);
            keys.append_value(&key);
        }
        Ok(Arc::new(keys.finish()))
    }
}

fn argument(arrays: &[ArrayRef], at: usize) -> Result<&ArrayRef, DataFusionError> {
    let missing = || exec_datafusion_err!("argument {at} is missing");
    arrays.get(at).ok_or_else(missing)
}

fn texts(arrays: &[ArrayRef], at: usize) -> Result<StringArray, DataFusionError> {
    let texts = cast(argument(arrays, at)?, &DataType::Utf8)?;
    Ok(texts.as_string().clone())
}

fn lists(arrays: &[ArrayRef], at: usize) -> Result<ListArray, DataFusionError> {
    let texts = DataType::List(Arc::new(Field::new("item", DataType::Utf8, true)));
    let lists = cast(argument(arrays, at)?, &texts)?;
    Ok(lists.as_list().clone())
}

fn bytes(arrays: &[ArrayRef], at: usize) -> Result<BinaryArray, DataFusionError> {
    let bytes = cast(argument(arrays, at)?, &DataType::Binary)?;
    Ok(bytes.as_binary().clone())
}

fn integers(arrays: &[ArrayRef], at: usize) -> Result<Int64Array, DataFusionError> {
    let integers = cast(argument(arrays, at)?, &DataType::Int64)?;
    Ok(integers.as_primitive::<Int64Type>().clone())
}

fn flags(arrays: &[ArrayRef], at: usize) -> Result<BooleanArray, DataFusionError> {
    let flags = cast(argument(arrays, at)?, &DataType::Boolean)?;
    Ok(flags.as_boolean().clone())
}
