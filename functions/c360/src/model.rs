//! `c360 model show`: what the matching model believes, and what blocking brought it.

use crate::args::{ModelCommand, Party};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table, plural, section};
use crate::query::all_tables;
use crate::rows::{fetch, quoted};
use linkage::Entity;
use pipeline::resolve::auto_weight;
use pipeline::resolve::explain::stored_model;

pub async fn run(context: &Context, command: ModelCommand) -> Result<()> {
    let ModelCommand::Show { model_id, entity } = command;
    let run = context.open()?;
    let session = all_tables(&run).await?;
    let kind = match entity {
        Party::Account => Entity::Account,
        Party::Person => Entity::Person,
    };
    let Some(stored) = stored_model(&run, &session, kind, model_id.as_deref()).await? else {
        return Err(Error::Refused(match model_id {
            Some(id) => format!("silver.match_models has no {} model {id}", kind.name()),
            None => format!("no {} model yet: `c360 run` trains one", kind.name()),
        }));
    };
    let model = &stored.model;
    let mut text = format!(
        "Model {} of {}s: trained without labels on {} and {}.\n\
         Two records drawn at random are one {} in 1 of {:.0}; merged from {:+.1} bits on.\n",
        stored.model_id,
        kind.name(),
        plural(stored.records, "record"),
        plural(stored.pairs, "candidate pair"),
        kind.name(),
        1.0 / model.prior(),
        auto_weight(),
    );
    let mut levels = Table::new("llrrrr").head(["comparison", "level", "m", "u", "bits", "filled"]);
    let mut last = "";
    for (comparison, level, estimate) in model.estimates() {
        let at = kind.position(comparison).unwrap_or_default();
        let filled = stored.filled.get(at).copied().unwrap_or_default();
        if filled == 0 {
            continue;
        }
        let is_first = comparison != last;
        last = comparison;
        levels.line([
            if is_first {
                comparison.replace('_', " ")
            } else {
                String::new()
            },
            level.replace('_', " "),
            format!("{:.5}", estimate.m),
            format!("{:.7}", estimate.u),
            format!("{:+.1}", (estimate.m / estimate.u).log2()),
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
        &levels,
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
