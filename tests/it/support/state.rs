//! Everything a lake publishes, and what "the same tables" means.

use super::table::Table;
use super::{Project, workspace};
use std::collections::BTreeMap;
use std::fs;

/// Say only which run wrote a row, and which table versions a publication pinned.
const RUN: [&str; 4] = ["run_id", "closed_by", "table_versions", "input_versions"];
/// Say only by which file, and after which history, a row came.
const INGEST: [&str; 8] = [
    "ingested_at",
    "file_key",
    "source_file",
    "source_row",
    "redirected_at",
    "stated_file",
    "generation",
    "source_role",
];
/// A customer's addresses count as one contact point, whose key follows from the customer_id.
const KEYS: [&str; 1] = ["contact_key"];

/// Current state: what must not depend on history.
const CURRENT: [&str; 22] = [
    "silver.crosswalk",
    "silver.review_queue",
    "silver.persons",
    "silver.accounts",
    "silver.customers",
    "silver.households",
    "silver.account_links",
    "gold.dim_customer",
    "gold.dim_person",
    "gold.dim_account",
    "gold.golden_lineage",
    "gold.golden_values",
    "gold.customer_contact_points",
    "gold.customer_addresses",
    "gold.customer_consents",
    "gold.customer_firmographics",
    "gold.customer_preferences",
    "gold.customer_relationships",
    "gold.fact_orders",
    "gold.fact_tickets",
    "gold.fact_interactions",
    "gold.fact_subscriptions",
];
const FILES: [&str; 6] = [
    "audience_email",
    "suppression_email",
    "suppression_sms",
    "suppression_phone",
    "suppression_post",
    "suppression_ads",
];

/// Tables and files by name.
pub struct State(BTreeMap<String, Table>);

impl Project {
    /// Current state, for comparing lakes that came there by different ways.
    pub fn current(&self) -> State {
        let there = self.versions();
        let State(mut state) = self.current_tables(|name| there.contains_key(name));
        for name in FILES {
            state.insert(name.to_owned(), self.extract(name));
        }
        State(state)
    }

    /// Its tables, wherever the lake is.
    pub fn current_tables(&self, is_there: impl Fn(&str) -> bool) -> State {
        let names = CURRENT.iter().filter(|name| is_there(name));
        State(
            names
                .map(|name| ((*name).to_owned(), self.table(name)))
                .collect(),
        )
    }

    /// Every table of `sql/schema` and every file, for comparing lakes of equal history.
    pub fn everything(&self) -> State {
        let State(mut state) = self.tables();
        for name in FILES.iter().chain(&["crm_id_map"]) {
            state.insert((*name).to_owned(), self.extract(name));
        }
        let events = self.extract_text("change_events");
        let rows = events.lines().map(|line| vec![line.to_owned()]).collect();
        let columns = vec!["event".to_owned()];
        state.insert("change_events".into(), Table { columns, rows });
        State(state)
    }

    /// Every table of `sql/schema`, wherever the lake is.
    pub fn tables(&self) -> State {
        let mut state = BTreeMap::new();
        for layer in ["bronze", "silver", "gold"] {
            for file in fs::read_dir(workspace().join("sql/schema").join(layer)).unwrap() {
                let file = file.unwrap().file_name().into_string().unwrap();
                let name = format!("{layer}.{}", file.trim_end_matches(".sql"));
                state.insert(name.clone(), self.table(&name));
            }
        }
        State(state)
    }
}

impl State {
    /// Equal outright, but for the run's own name.
    pub fn assert_equal(&self, other: &State, what: &str) {
        let settle = |state: &State| -> BTreeMap<String, Table> {
            let settled = state
                .0
                .iter()
                .map(|(name, table)| (name.clone(), table.settled(&RUN)));
            settled.collect()
        };
        assert_tables(&settle(self), &settle(other), what);
    }

    /// Equal after a one-to-one renaming of customer_id and household_id, leaving out run and ingest columns.
    pub fn assert_same(&self, other: &State, what: &str) {
        let renamed = other.renamed_as(self, what);
        let without: Vec<&str> = RUN.into_iter().chain(INGEST).chain(KEYS).collect();
        let settle = |tables: &BTreeMap<String, Table>| -> BTreeMap<String, Table> {
            let settled = tables
                .iter()
                .map(|(name, table)| (name.clone(), table.settled(&without)));
            settled.collect()
        };
        assert_tables(&settle(&self.0), &settle(&renamed), what);
    }

    /// These tables, with the ids that `model` gives the customers and households of the same records.
    fn renamed_as(&self, model: &State, what: &str) -> BTreeMap<String, Table> {
        let ids = |state: &State| -> BTreeMap<[String; 3], String> {
            let households = state.0.get("silver.households");
            let households: BTreeMap<&str, &str> = households
                .iter()
                .flat_map(|table| table.iter())
                .map(|row| (row.get("customer_id"), row.get("household_id")))
                .collect();
            let crosswalk = state.0["silver.crosswalk"].iter().flat_map(|row| {
                let id = row.get("customer_id");
                let record = |entity: &str| {
                    let [source, id] =
                        ["source_system", "source_record_id"].map(|column| row.get(column));
                    [entity, source, id].map(str::to_owned)
                };
                let household = households
                    .get(id)
                    .map(|of| (record("household"), (*of).to_owned()));
                [(record(row.get("entity")), id.to_owned())]
                    .into_iter()
                    .chain(household)
            });
            crosswalk.collect()
        };
        let (wanted, found) = (ids(model), ids(self));
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        let mut backwards: BTreeMap<String, String> = BTreeMap::new();
        for (record, id) in &found {
            let model_id = wanted
                .get(record)
                .unwrap_or_else(|| panic!("{what}: {record:?} is in one lake only"));
            let forth = names.entry(id.clone()).or_insert_with(|| model_id.clone());
            assert_eq!(
                forth, model_id,
                "{what}: one customer here is two there: {record:?}"
            );
            let back = backwards
                .entry(model_id.clone())
                .or_insert_with(|| id.clone());
            assert_eq!(
                back, id,
                "{what}: two customers here are one there: {record:?}"
            );
        }
        assert_eq!(
            wanted.len(),
            found.len(),
            "{what}: records in the crosswalk"
        );
        let mut tables = self.0.clone();
        // Wherever an id stands: as a customer, as a value, as the record that a derived value came from.
        for cell in tables
            .values_mut()
            .flat_map(|table| table.rows.iter_mut().flatten())
        {
            if let Some(name) = names.get(cell) {
                cell.clone_from(name);
            }
        }
        tables
    }
}

fn assert_tables(wanted: &BTreeMap<String, Table>, found: &BTreeMap<String, Table>, what: &str) {
    let names = |tables: &BTreeMap<String, Table>| tables.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(wanted), names(found), "{what}: the tables there are");
    for (name, table) in wanted {
        let other = &found[name];
        if table == other {
            continue;
        }
        let only = |a: &Table, b: &Table| {
            let rows = a.rows.iter().filter(|row| !b.rows.contains(row)).take(3);
            rows.map(|row| row.join(" | "))
                .collect::<Vec<_>>()
                .join("\n")
        };
        panic!(
            "{what}: {name} differs, {} rows against {}\n{}\nonly in the first:\n{}\nonly in the second:\n{}",
            table.len(),
            other.len(),
            table.columns.join(" | "),
            only(table, other),
            only(other, table)
        );
    }
}
