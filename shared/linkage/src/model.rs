//! The model of Fellegi and Sunter ("A Theory for Record Linkage", 1969): how probable each level of agreement is among
//! records of one entity (m) and of two (u), and how likely two records are one at all.

mod weights;

use serde::{Deserialize, Serialize};

pub use weights::{AUTO_MERGE, Part, Weights, match_weight_of, probability};

use crate::comparison::{Comparison, Entity};

/// Of the model's written form. A model of another format is refused, not misread.
pub const FORMAT: u16 = 1;

/// How often two records are of relatives (of one household, of one group of companies), per pair that is of one entity.
/// Nobody labels relatives, and they look like duplicates to any estimate: it is believed, not learned.
pub(crate) const RELATIVES_PER_MATCH: f64 = 1.0;

/// A trained model, or the shipped one. Serde writes and reads it: a row of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Model {
    pub(crate) entity: Entity,
    pub(crate) prior: f64,
    pub(crate) relatives_per_match: f64,
    /// By comparison and level, in the entity's order.
    pub(crate) levels: Vec<Vec<Estimate>>,
}

/// What is known of one level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Probability among records of one entity whose values are both known.
    pub m: f64,
    /// The same among records of two unrelated entities.
    pub u: f64,
    /// The same among records of two relatives.
    pub relatives: f64,
}

impl Model {
    /// Before any data is seen: the shipped probabilities, and a prior of one match among a thousand random pairs.
    pub fn shipped(entity: Entity) -> Model {
        let estimates = |comparison: &Comparison| {
            let levels = comparison.levels.iter();
            levels
                .map(|level| Estimate {
                    m: level.m,
                    u: level.u,
                    relatives: level.relatives,
                })
                .collect()
        };
        Model {
            entity,
            prior: 0.001,
            relatives_per_match: RELATIVES_PER_MATCH,
            levels: entity.comparisons().iter().map(estimates).collect(),
        }
    }

    pub fn entity(&self) -> Entity {
        self.entity
    }

    /// Probability that two records drawn at random are of one entity.
    pub fn prior(&self) -> f64 {
        self.prior
    }

    /// (comparison, level, probabilities) of every level: what a table or a chart of m and u shows.
    pub fn estimates(&self) -> impl Iterator<Item = (&'static str, &'static str, Estimate)> {
        let comparisons = self.entity.comparisons().iter().zip(&self.levels);
        comparisons.flat_map(|(comparison, estimates)| {
            let levels = comparison.levels.iter().zip(estimates);
            levels.map(|(level, estimate)| (comparison.name, level.name, *estimate))
        })
    }
}

/// Why a written model cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelFault {
    /// Written in another format than [`FORMAT`].
    Format(u16),
    /// Comparisons or levels are not those of this version: it is to be trained again.
    Levels,
    /// A probability that is none.
    Probability,
}

impl std::fmt::Display for ModelFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ModelFault::Format(format) => write!(f, "model of format {format}, not {FORMAT}"),
            ModelFault::Levels => write!(f, "model of other comparison levels: train it again"),
            ModelFault::Probability => write!(f, "model with a probability outside 0..1"),
        }
    }
}

impl std::error::Error for ModelFault {}

#[derive(Serialize, Deserialize)]
struct Written {
    format: u16,
    entity: Entity,
    prior: f64,
    relatives_per_match: f64,
    levels: Vec<WrittenLevel>,
}

#[derive(Serialize, Deserialize)]
struct WrittenLevel {
    comparison: String,
    level: String,
    m: f64,
    u: f64,
    relatives: f64,
}

impl From<Model> for Written {
    fn from(model: Model) -> Written {
        let level = |(comparison, level, estimate): (&str, &str, Estimate)| WrittenLevel {
            comparison: comparison.to_owned(),
            level: level.to_owned(),
            m: estimate.m,
            u: estimate.u,
            relatives: estimate.relatives,
        };
        Written {
            format: FORMAT,
            entity: model.entity,
            prior: model.prior,
            relatives_per_match: model.relatives_per_match,
            levels: model.estimates().map(level).collect(),
        }
    }
}

impl TryFrom<Written> for Model {
    type Error = ModelFault;

    fn try_from(written: Written) -> Result<Model, ModelFault> {
        if written.format != FORMAT {
            return Err(ModelFault::Format(written.format));
        }
        let mut model = Model::shipped(written.entity);
        let known = model
            .estimates()
            .map(|(comparison, level, _)| (comparison, level));
        let stated = written.levels.iter();
        if !known.eq(stated.map(|level| (level.comparison.as_str(), level.level.as_str()))) {
            return Err(ModelFault::Levels);
        }
        let is_probability = |p: f64| p > 0.0 && p < 1.0;
        let mut all = written
            .levels
            .iter()
            .flat_map(|level| [level.m, level.u, level.relatives]);
        let is_valid = all.all(is_probability)
            && is_probability(written.prior)
            && (0.0..=1000.0).contains(&written.relatives_per_match);
        if !is_valid {
            return Err(ModelFault::Probability);
        }
        model.prior = written.prior;
        model.relatives_per_match = written.relatives_per_match;
        let estimates = model.levels.iter_mut().flatten();
        for (estimate, level) in estimates.zip(&written.levels) {
            *estimate = Estimate {
                m: level.m,
                u: level.u,
                relatives: level.relatives,
            };
        }
        Ok(model)
    }
}

#[cfg(test)]
mod tests;
