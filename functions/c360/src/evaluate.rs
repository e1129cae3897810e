//! `c360 evaluate`: the crosswalk against known truth.

pub mod metrics;
pub mod truth;

use crate::args::EvaluateArgs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table, count, measure};
use metrics::{Bcubed, Pairs, bcubed, pairs};
use serde::Serialize;
use truth::{Truth, compare};

pub async fn run(context: &Context, args: EvaluateArgs) -> Result<()> {
    let truth = Truth::read(&args.truth, "person")?;
    let run = context.open()?;
    let compared = compare(&run, &truth).await?;
    let labels = &compared.labels;
    let report = Evaluation {
        records: labels.len() as u64,
        entities: labels.truths(),
        customers: labels.customers(),
        missing: compared.missing,
        unjudged: compared.unjudged,
        pairwise: pairs(labels, |_| true).into(),
        bcubed: bcubed(labels).into(),
    };
    if args.json {
        let json = serde_json::to_string(&report).map_err(Error::write("the measures"))?;
        println!("{json}");
    } else {
        format::print(&report.to_string())?;
    }
    Ok(())
}

/// How well the crosswalk agrees with the truth, over the truth's records.
#[derive(Clone, Debug, Serialize)]
struct Evaluation {
    records: u64,
    /// Distinct entities of the truth.
    entities: u64,
    /// Distinct customers of those records; a record that the crosswalk lacks counts as a customer of its own.
    customers: u64,
    /// Records of the truth that the crosswalk lacks.
    missing: u64,
    /// Records of the crosswalk, of the entities that the truth speaks of, that the truth lacks: not judged.
    unjudged: u64,
    pairwise: Measures,
    bcubed: Measures,
}

/// `null` where there is nothing to measure: no pair is claimed, or none is true.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Measures {
    pub precision: Option<f64>,
    pub recall: Option<f64>,
    pub f1: Option<f64>,
}

impl Measures {
    fn new(precision: Option<f64>, recall: Option<f64>) -> Measures {
        let f1 = precision.zip(recall).and_then(|(precision, recall)| {
            let sum = precision + recall;
            (sum > 0.0).then(|| 2.0 * precision * recall / sum)
        });
        Measures {
            precision,
            recall,
            f1,
        }
    }
}

impl From<Pairs> for Measures {
    fn from(pairs: Pairs) -> Measures {
        Measures::new(pairs.precision(), pairs.recall())
    }
}

impl From<Bcubed> for Measures {
    fn from(bcubed: Bcubed) -> Measures {
        Measures::new(bcubed.precision, bcubed.recall)
    }
}

impl std::fmt::Display for Evaluation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut table = Table::new("lrrr").head(["", "precision", "recall", "F1"]);
        for (name, measures) in [("pairwise", self.pairwise), ("B-cubed", self.bcubed)] {
            table.line([
                name.to_owned(),
                measure(measures.precision),
                measure(measures.recall),
                measure(measures.f1),
            ]);
        }
        writeln!(f, "{table}")?;
        writeln!(
            f,
            "{} records of {} entities are {} customers.",
            count(self.records),
            count(self.entities),
            count(self.customers)
        )?;
        if self.missing > 0 {
            writeln!(
                f,
                "{} records of the truth are not in the crosswalk; each counts as a customer of its own.",
                count(self.missing)
            )?;
        }
        if self.unjudged > 0 {
            writeln!(
                f,
                "{} records of the crosswalk are not in the truth; they are left out.",
                count(self.unjudged)
            )?;
        }
        Ok(())
    }
}
