//! The rules of `sql/seeds/survivorship.csv` and of `[survivorship]` as functions of `steps/candidates.sql`.

use crate::cells::{
    bytes, flag_at, flags, integer_at, integers, lists, text_at, texts, time_at, timestamps,
};
use crate::{PipelineError, Result, Run};
use arrow::array::{
    Array, ArrayRef, AsArray, BinaryBuilder, BooleanArray, StringArray, StringBuilder,
};
use arrow::datatypes::DataType;
use datafusion::common::DataFusionError;
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
    of: HashMap<String, Vec<Worded>>,
    otherwise: Worded,
}

/// A rule, and the words for it: every golden value has them.
struct Worded {
    rule: SurvivorshipRule,
    words: String,
}

impl Worded {
    fn of(rule: SurvivorshipRule) -> Worded {
        let words = rule.in_words();
        Worded { rule, words }
    }
}

impl Rules {
    fn of(run: &Run) -> Result<Rules> {
        let defaults =
            parse_survivorship(&run.sql.text(FILE)?).map_err(|error| refuse(error.to_string()))?;
        let mut rules = Rules {
            of: HashMap::new(),
            otherwise: Worded::of(SurvivorshipRule {
                entity: String::new(),
                attribute: String::new(),
                chain: vec![Criterion::MostRecent],
                keeps_all: false,
            }),
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
        of.retain(|other| other.rule.entity != rule.entity);
        of.push(Worded::of(rule));
    }

    fn worded(&self, entity: &str, attribute: &str) -> &Worded {
        let of = self.of.get(attribute);
        of.and_then(|of| of.iter().find(|of| of.rule.entity == entity))
            .unwrap_or(&self.otherwise)
    }

    fn rule(&self, entity: &str, attribute: &str) -> &SurvivorshipRule {
        &self.worded(entity, attribute).rule
    }

    fn ask_for(&self, criterion: &str) -> bool {
        let mut rules = self.of.values().flatten().map(|of| &of.rule);
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
                let rules = self.each(&first, &arrays)?;
                let words = rules.iter().map(|of| Some(of.words.as_str()));
                Arc::new(words.collect::<StringArray>())
            }
            Asked::KeepsAll => {
                let rules = self.each(&first, &arrays)?;
                let kept = rules.iter().map(|of| Some(of.rule.keeps_all));
                Arc::new(kept.collect::<BooleanArray>())
            }
            Asked::DecidedBy => {
                let (a, b) = (bytes(&arrays, 2)?, bytes(&arrays, 3)?);
                let mut names = StringBuilder::new();
                for (row, of) in self.each(&first, &arrays)?.iter().enumerate() {
                    let both = !a.is_null(row) && !b.is_null(row);
                    names.append_option(
                        both.then(|| of.rule.decided_by(a.value(row), b.value(row))),
                    );
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
    /// The rule of each row; its attribute is the second argument.
    fn each(
        &self,
        entities: &StringArray,
        arrays: &[ArrayRef],
    ) -> Result<Vec<&Worded>, DataFusionError> {
        let attributes = texts(arrays, 1)?;
        let rows = 0..entities.len();
        let of = |row| {
            self.rules
                .worded(text_at(entities, row), text_at(&attributes, row))
        };
        Ok(rows.map(of).collect())
    }

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
        let (known, verified) = (timestamps(arrays, 4)?, timestamps(arrays, 5)?);
        let (frequency, completeness) = (integers(arrays, 6)?, integers(arrays, 7)?);
        let (reachable, valid, whole) = (flags(arrays, 8)?, flags(arrays, 9)?, flags(arrays, 10)?);
        let chosen = flags(arrays, 11)?;
        let mut keys = BinaryBuilder::new();
        let mut key = Vec::new();
        for row in 0..entity.len() {
            key.clear();
            let candidate = Candidate {
                value: text_at(&value, row),
                role: text_at(&role, row),
                known_at: time_at(&known, row),
                verified_at: time_at(&verified, row),
                frequency: integer_at(&frequency, row),
                completeness: integer_at(&completeness, row),
                is_reachable: flag_at(&reachable, row),
                is_valid: flag_at(&valid, row) == Some(true),
                is_whole_name: flag_at(&whole, row),
                is_chosen: flag_at(&chosen, row) == Some(true),
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
