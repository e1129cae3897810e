//! `c360 explain --plan`: what is compared and how records meet, as chosen from the columns that mappings filled; and the
//! steps of a run with the plans that were executed.

use crate::args::Party;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table, heading, plural, section};
use crate::rows::{Row, fetch, quoted};
use linkage::Entity;
use pipeline::resolve::explain::stored_model;
use pipeline::resolve::{Plan, Rule, rehearse};
use pipeline::{Anew, Run, Steps};

pub async fn run(context: &Context, entity: Party) -> Result<()> {
    let mut run = context.open()?;
    run.steps = Steps::with_plans();
    run.anew = Anew::Pairs;
    let plan = rehearse(&run).await?;
    let shown = show(&run, &plan, entity.kind()).await;
    plan.discard(&run).await;
    format::print(&shown?)
}

async fn show(run: &Run, plan: &Plan, entity: Entity) -> Result<String> {
    let mut text = format!(
        "{} compared, of persons and accounts; nothing is published.\n",
        plural(plan.report().pairs_compared, "pair")
    );
    text.push_str(&comparisons(run, plan, entity).await?);
    text.push_str(&rules(run, plan, entity).await?);
    let mut steps = Table::new("lr").head(["step", "seconds"]);
    for step in run.steps.done() {
        steps.line([step.name, format!("{:.2}", step.seconds)]);
    }
    text.push_str(&section("Steps, in the order of their ends", &steps));
    for step in run.steps.done() {
        if let Some(plan) = &step.plan {
            text.push_str(&format!("{}{plan}", heading(&step.name)));
        }
    }
    Ok(text)
}

/// What is compared, and why.
async fn comparisons(run: &Run, plan: &Plan, entity: Entity) -> Result<String> {
    let Some(model) = stored_model(run, plan.session(), entity, None).await? else {
        return Ok(String::new());
    };
    let mut table = Table::new("llrl").head(["comparison", "compared", "levels", "because"]);
    for (comparison, filled) in entity.comparisons().iter().zip(&model.filled) {
        let share = format::share(*filled, model.records);
        let because = match filled {
            0 => "no record has one".to_owned(),
            _ => format!("{} of records have one", format::percent(share)),
        };
        let is_compared = if *filled > 0 { "yes" } else { "no" };
        table.line([
            comparison.name.replace('_', " "),
            is_compared.to_owned(),
            comparison.levels.len().to_string(),
            because,
        ]);
    }
    let title = format!(
        "What of {}s is compared (model {})",
        entity.name(),
        model.model_id
    );
    Ok(section(&title, &table))
}

/// How records meet, and what each way brings.
async fn rules(run: &Run, plan: &Plan, entity: Entity) -> Result<String> {
    let sql = format!(
        "SELECT * FROM silver.blocking_rules WHERE entity = {}",
        quoted(entity.name())
    );
    let brought = fetch(plan.session(), "reading blocking rules", &sql).await?;
    let mut table = Table::new("lrrrrl").head([
        "blocking rule",
        "pairs",
        "added",
        "largest block",
        "pairs refused",
        "because",
    ]);
    for rule in run.project.matching.rules(entity) {
        let row = brought.iter().find(|row| row.text("rule") == rule.name);
        let number =
            |column: &str| format::count(row.map_or(0, |row| row.number(column)).unsigned_abs());
        table.line([
            rule.name.to_string(),
            number("pairs"),
            number("added_pairs"),
            number("largest"),
            number("refused_pairs"),
            because(run, &rule, entity, row)?,
        ]);
    }
    let title = "How records meet (added: pairs that no rule above brings; refused: of blocks that are too large)";
    Ok(section(title, &table))
}

fn because(run: &Run, rule: &Rule, entity: Entity, row: Option<Row<'_>>) -> Result<String> {
    let described = rule.describe(run, entity).map_err(Error::from)?;
    Ok(match row {
        Some(_) => described,
        None => format!("no two records have it in common: {described}"),
    })
}
