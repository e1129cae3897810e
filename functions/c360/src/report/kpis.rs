//! `gold.kpis`, as the page shows it.

use crate::chart::{self, Measure};
use crate::error::Result;
use crate::golden::{figure, shown};
use crate::rows::{Row, Rows, fetch, quoted};
use lake::Session;
use pipeline::golden::Publication;
use std::collections::BTreeMap;

/// Publications that lines are drawn over.
const DRAWN: usize = 60;

/// The KPIs of one publication after the other.
pub struct Kpis {
    /// Those that are told for all customers, of the newest publications, in their order.
    history: Rows,
    /// All of the last one.
    pub last: Rows,
    /// Ids and dates of the publications of `history`.
    publications: Vec<(String, String)>,
}

impl Kpis {
    pub async fn read(session: &Session, last: &Publication) -> Result<Kpis> {
        let what = "reading the KPIs";
        let history = fetch(
            session,
            what,
            "SELECT kpi, scope, scope_value, value, of_all, publication_id, as_of FROM gold.kpis \
             WHERE scope IN ('all', 'entity') ORDER BY publication_id, kpi, scope, scope_value",
        );
        let newest = format!(
            "SELECT * FROM gold.kpis WHERE publication_id = {} ORDER BY kpi, scope, scope_value",
            quoted(&last.publication_id)
        );
        let history = history.await?;
        let dates: BTreeMap<&str, &str> = history
            .iter()
            .map(|row| (row.text("publication_id"), row.text("as_of")))
            .collect();
        let dates = dates.into_iter().map(|(id, as_of)| {
            let day = as_of.get(..10).unwrap_or(as_of);
            (id.to_owned(), day.to_owned())
        });
        let mut publications: Vec<(String, String)> = dates.collect();
        publications.drain(..publications.len().saturating_sub(DRAWN));
        Ok(Kpis {
            history,
            last: fetch(session, what, &newest).await?,
            publications,
        })
    }

    pub fn last(&self, kpi: &str, scope: &str, value: &str) -> Option<Row<'_>> {
        self.last.iter().find(|row| {
            (row.text("kpi"), row.text("scope"), row.text("scope_value")) == (kpi, scope, value)
        })
    }

    /// A value for each publication.
    pub fn over_time(&self, kpi: &str, scope: &str, value: &str) -> Vec<Option<f64>> {
        let is_it = |row: &Row<'_>| {
            (row.text("kpi"), row.text("scope"), row.text("scope_value")) == (kpi, scope, value)
        };
        let known: BTreeMap<&str, Option<f64>> = self
            .history
            .iter()
            .filter(is_it)
            .map(|row| (row.text("publication_id"), figure(row, "value")))
            .collect();
        let ids = self.publications.iter();
        ids.map(|(id, _)| known.get(id.as_str()).copied().flatten())
            .collect()
    }

    pub fn dates(&self) -> Vec<String> {
        self.publications
            .iter()
            .map(|(_, day)| day.clone())
            .collect()
    }

    /// Bars of some KPIs, side by side for every group that these are told for.
    pub fn bars(&self, title: &str, about: &str, kpis: &[&str], scopes: &[&str]) -> String {
        let mut measures = Vec::new();
        for scope in scopes {
            for kpi in kpis {
                let of_kpi = self
                    .last
                    .iter()
                    .filter(|row| row.text("kpi") == *kpi && row.text("scope") == *scope);
                for row in of_kpi {
                    let Some(value) = figure(row, "value") else {
                        continue;
                    };
                    let is_share = row.get("of_all").is_some();
                    // Of several KPIs, those of one group stand together; of one, its groups of one kind.
                    let value_of = row.text("scope_value").to_owned();
                    let (group, name) = match kpis {
                        [_] => (scope.replace('_', " "), value_of),
                        _ => (value_of, kpi.replace('_', " ")),
                    };
                    measures.push(Measure {
                        group,
                        name,
                        value: if is_share { 100.0 * value } else { value },
                        figure: shown(row, "value"),
                    });
                }
            }
        }
        if kpis.len() > 1 {
            measures.sort_by(|a, b| a.group.cmp(&b.group));
        }
        chart::bars(title, about, "", &measures)
    }
}
