//! `c360 resolve`: the stage alone; with `--plan`, what it would change, before it does.

use crate::args::{ResolveArgs, StageName};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::format::{self, Table, percent, plural};
use crate::rows::{Row, Rows, fetch};
use pipeline::resolve::{IdChurn, Plan};
use pipeline::{Anew, customers, resolve};
use serde_json::{Value, json};

pub async fn run(context: &Context, args: ResolveArgs) -> Result<()> {
    let mut run = context.open()?;
    run.accepts_id_churn = args.accept_id_churn;
    run.anew = match (args.train, args.compare_all) {
        (true, _) => Anew::Model,
        (false, true) => Anew::Pairs,
        (false, false) => Anew::News,
    };
    if !args.plan {
        return crate::run::report(&run, Some(StageName::Resolve), args.json).await;
    }
    customers::check(&run).await?;
    let Some(plan) = resolve::plan(&run).await? else {
        return match args.json {
            true => format::print("{\"is_new\":false}\n"),
            false => format::print("Nothing is new: a run would change nothing.\n"),
        };
    };
    let shown = show(&plan, &args).await;
    plan.discard(&run).await;
    format::print(&shown?)
}

async fn show(plan: &Plan, args: &ResolveArgs) -> Result<String> {
    let what = "reading the plan";
    let entities = fetch(
        plan.session(),
        what,
        "SELECT runs.*, coalesce(moves.consent_statements, 0) AS consent_statements, \
         coalesce(redirects.ids, 0) AS redirects_new \
         FROM silver.resolve_runs AS runs \
         LEFT JOIN (SELECT entity, sum(consent_statements) AS consent_statements \
           FROM scratch.moves GROUP BY entity) AS moves ON moves.entity = runs.entity \
         LEFT JOIN (SELECT redirects.entity, count(*) AS ids FROM silver.customer_redirects AS redirects \
           LEFT ANTI JOIN scratch.previous_customer_redirects AS before \
           ON before.entity = redirects.entity AND before.old_customer_id = redirects.old_customer_id \
           AND before.new_customer_id = redirects.new_customer_id \
           WHERE redirects.new_customer_id IS NOT NULL \
           GROUP BY redirects.entity) AS redirects ON redirects.entity = runs.entity \
         WHERE runs.valid_from = (SELECT max(valid_from) FROM silver.resolve_runs) ORDER BY runs.entity DESC",
    )
    .await?;
    let sql = format!(
        "SELECT * FROM scratch.moves \
         ORDER BY records DESC, consent_statements DESC, old_customer_id, new_customer_id LIMIT {}",
        args.limit
    );
    let moves = fetch(plan.session(), what, &sql).await?;
    let stopped = plan.stopped.as_ref().map(|error| error.to_string());
    if args.json {
        return as_json(plan, &entities, &moves, stopped);
    }
    Ok(as_text(plan, &entities, &moves, stopped))
}

const COUNTS: [&str; 10] = [
    "records",
    "records_kept",
    "records_moved",
    "customers",
    "customers_new",
    "customers_merged",
    "customers_split",
    "customers_deleted",
    "consent_statements",
    "redirects_new",
];

fn as_json(plan: &Plan, entities: &Rows, moves: &Rows, stopped: Option<String>) -> Result<String> {
    let entities = entities.iter().map(|row| {
        let mut of_entity: serde_json::Map<String, Value> = COUNTS
            .iter()
            .map(|name| ((*name).to_owned(), row.number(name).into()))
            .collect();
        of_entity.insert("model_id".into(), row.text("model_id").into());
        (row.text("entity").to_owned(), Value::Object(of_entity))
    });
    let entities: serde_json::Map<String, Value> = entities.collect();
    let moves = moves.iter().map(|row| {
        json!({
            "entity": row.text("entity"),
            "change": row.text("change"),
            "old_customer_id": row.text("old_customer_id"),
            "new_customer_id": row.text("new_customer_id"),
            "records": row.number("records"),
            "consent_statements": row.number("consent_statements"),
            "first_record": row.text("first_record"),
        })
    });
    let plan = json!({
        "is_new": true,
        "pairs_compared": plan.report().pairs_compared,
        "review_queue": plan.report().review_queue,
        "id_churn": plan.report().id_churn,
        "entities": entities,
        "moves": moves.collect::<Vec<_>>(),
        "undecided": stopped,
    });
    let text = serde_json::to_string(&plan).map_err(Error::write("the plan"))?;
    Ok(text + "\n")
}

fn as_text(plan: &Plan, entities: &Rows, moves: &Rows, stopped: Option<String>) -> String {
    let mut text = String::from("A run would publish this; nothing is published.\n");
    for of_entity in entities.iter() {
        text.push_str(&sentence(of_entity, &plan.report().id_churn));
    }
    text.push_str(&format!(
        "{} compared; {} would wait for a steward.\n",
        plural(plan.report().pairs_compared, "pair"),
        plural(plan.report().review_queue, "case"),
    ));
    if !moves.is_empty() {
        let mut table =
            Table::new("lllrrl").head(["change", "from", "to", "records", "consents", "such as"]);
        for row in moves.iter() {
            table.line([
                row.text("change"),
                row.text("old_customer_id"),
                row.text("new_customer_id"),
                row.text("records"),
                row.text("consent_statements"),
                row.text("first_record"),
            ]);
        }
        text.push_str(&format::section("The largest moves", &table));
    }
    if let Some(stopped) = stopped {
        text.push_str(&format!("\nA run would stop: {stopped}\n"));
    }
    text
}

fn sentence(of_entity: Row<'_>, churn: &IdChurn) -> String {
    let number = |name: &str| of_entity.number(name).unsigned_abs();
    let churn = match of_entity.text("entity") {
        "account" => churn.account,
        _ => churn.person,
    };
    format!(
        "{}s: {} in {}. {} new, {} merged into others, {} split, {} deleted; {} redirected. \
         {} of {} that stay would move ({}), and {} with them.\n",
        of_entity.text("entity"),
        plural(number("records"), "record"),
        plural(number("customers"), "customer"),
        number("customers_new"),
        number("customers_merged"),
        number("customers_split"),
        number("customers_deleted"),
        plural(number("redirects_new"), "id"),
        number("records_moved"),
        plural(number("records_kept"), "record"),
        percent(churn.id_churn),
        plural(number("consent_statements"), "consent statement"),
    )
}
