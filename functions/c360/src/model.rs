//! `c360 model`: what the matching model believes, what blocking brought it, and in what two models differ.

use crate::args::{ModelCommand, ResolveArgs};
use crate::chart::{self, Level};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table, plural, section};
use crate::query::all_tables;
use crate::resolve;
use crate::rows::{fetch, quoted};
use lake::Session;
use linkage::Entity;
use pipeline::Run;
use pipeline::resolve::auto_weight;
use pipeline::resolve::explain::{StoredModel, stored_model};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub async fn run(context: &Context, command: ModelCommand) -> Result<()> {
    match command {
        ModelCommand::Show {
            model_id,
            entity,
            chart,
        } => show(context, model_id.as_deref(), entity.kind(), chart).await,
        ModelCommand::Compare { a, b, entity } => {
            compare(context, &a, b.as_deref(), entity.kind()).await
        }
        ModelCommand::Train(args) => {
            let args = ResolveArgs {
                train: true,
                ..args
            };
            resolve::run(context, args).await
        }
    }
}

async fn find(
    run: &Run,
    session: &Session,
    kind: Entity,
    model_id: Option<&str>,
) -> Result<StoredModel> {
    let stored = stored_model(run, session, kind, model_id).await?;
    stored.ok_or_else(|| {
        Error::Refused(match model_id {
            Some(id) => format!("silver.match_models has no {} model {id}", kind.name()),
            None => format!("no {} model yet: `c360 run` trains one", kind.name()),
        })
    })
}

async fn show(
    context: &Context,
    model_id: Option<&str>,
    kind: Entity,
    chart: Option<PathBuf>,
) -> Result<()> {
    let run = context.open()?;
    let session = all_tables(&run).await?;
    let stored = find(&run, &session, kind, model_id).await?;
    if let Some(file) = chart {
        draw(&stored, &file)?;
    }
    let model = &stored.model;
    let mut text = format!(
        "Model {} of {}s: trained on {} and {}.\n\
         Two records drawn at random are one {} in 1 of {:.0}; merged from {:+.1} bits on.\n",
        stored.model_id,
        kind.name(),
        plural(stored.records, "record"),
        plural(stored.pairs, "candidate pair"),
        kind.name(),
        1.0 / model.prior(),
        auto_weight(),
    );
    let mut table = Table::new("llrrrr").head(["comparison", "level", "m", "u", "bits", "filled"]);
    let mut last = "";
    for level in levels(&stored, &[&stored]) {
        let is_first = level.comparison != last;
        last = level.comparison;
        let filled = filled(&stored, level.comparison);
        table.line([
            if is_first {
                level.comparison.replace('_', " ")
            } else {
                String::new()
            },
            level.level.replace('_', " "),
            format!("{:.5}", level.m),
            format!("{:.7}", level.u),
            format!("{:+.1}", (level.m / level.u).log2()),
            match is_first {
                true => format!(
                    "{:.0} %",
                    100.0 * filled as f64 / stored.records.max(1) as f64
                ),
                false => String::new(),
            },
        ]);
    }
    text.push_str(&section(
        "Levels (m: among records of one, u: among strangers; frequent and rare values weigh less and more than this)",
        &table,
    ));
    let sql = format!(
        "SELECT rule, pairs, added_pairs, largest, refused_blocks, refused_pairs FROM silver.blocking_rules \
         WHERE entity = {} ORDER BY pairs DESC, rule",
        quoted(kind.name())
    );
    let mut rules = Table::new("lrrrrr").head([
        "blocking rule",
        "pairs",
        "only by it or later rules",
        "largest block",
        "blocks refused",
        "pairs in them",
    ]);
    for row in fetch(&session, "reading blocking rules", &sql)
        .await?
        .iter()
    {
        let numbers = [
            "pairs",
            "added_pairs",
            "largest",
            "refused_blocks",
            "refused_pairs",
        ];
        let numbers = numbers.map(|column| format::count(row.number(column).unsigned_abs()));
        let line = std::iter::once(row.text("rule").replace('_', " ")).chain(numbers);
        rules.line(line.collect::<Vec<_>>());
    }
    text.push_str(&section("Blocking in the last run", &rules));
    format::print(&text)
}

/// How many of the records that a model was trained on have a value to compare.
fn filled(stored: &StoredModel, comparison: &str) -> u64 {
    let at = stored.model.entity().position(comparison);
    let filled = at.and_then(|at| stored.filled.get(at));
    filled.copied().unwrap_or_default()
}

/// The levels of what records of any of these models have: comparison, level, m and u.
fn levels<'a>(
    stored: &'a StoredModel,
    of: &'a [&'a StoredModel],
) -> impl Iterator<Item = Level<'static>> {
    let estimates = stored.model.estimates();
    let seen = estimates
        .filter(move |(comparison, ..)| of.iter().any(|model| filled(model, comparison) > 0));
    seen.map(|(comparison, level, estimate)| Level {
        comparison,
        level,
        m: estimate.m,
        u: estimate.u,
    })
}

fn draw(stored: &StoredModel, file: &Path) -> Result<()> {
    let levels: Vec<Level<'_>> = levels(stored, &[stored]).collect();
    let of = format!("{} model {}", stored.model.entity().name(), stored.model_id);
    let weights = chart::weights(&format!("What each level weighs: {of}"), &levels);
    let probabilities = chart::probabilities(&format!("m and u: {of}"), &levels);
    chart::write(file, &of, &[weights, probabilities])
}

async fn compare(context: &Context, a: &str, b: Option<&str>, kind: Entity) -> Result<()> {
    let run = context.open()?;
    let session = all_tables(&run).await?;
    let (a, b) = (
        find(&run, &session, kind, Some(a)).await?,
        find(&run, &session, kind, b).await?,
    );
    let mut text = String::new();
    for stored in [&a, &b] {
        text.push_str(&format!(
            "{}: {}, {}; one {} in 1 of {:.0}\n",
            stored.model_id,
            plural(stored.records, "record"),
            plural(stored.pairs, "candidate pair"),
            kind.name(),
            1.0 / stored.model.prior(),
        ));
    }
    let mut table =
        Table::new("llrrr").head(["comparison", "level", &a.model_id, &b.model_id, "more"]);
    let bits = |level: &Level<'_>| (level.m / level.u).log2();
    let both = [&a, &b];
    let of_b: BTreeMap<(&str, &str), f64> = levels(&b, &both)
        .map(|level| ((level.comparison, level.level), bits(&level)))
        .collect();
    for level in levels(&a, &both) {
        let (before, after) = (bits(&level), of_b.get(&(level.comparison, level.level)));
        let shown = |bits: f64| format!("{bits:+.1}");
        table.line([
            level.comparison.replace('_', " "),
            level.level.replace('_', " "),
            shown(before),
            after.map_or_else(|| "–".into(), |after| shown(*after)),
            after.map_or_else(String::new, |after| shown(after - before)),
        ]);
    }
    text.push_str(&section("What each level weighs, in bits", &table));
    text.push_str("\n`c360 model train --plan` shows who would move by a model trained now.\n");
    format::print(&text)
}
