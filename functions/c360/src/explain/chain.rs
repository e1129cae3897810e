//! Records that are one customer without a direct link: the shortest way from one to the other.

use super::{Record, in_words, names};
use crate::args::RecordName;
use crate::error::Result;
use crate::format::heading;
use crate::rows::{Rows, fetch, quoted};
use lake::Session;
use std::collections::{BTreeMap, VecDeque};

pub async fn write(session: &Session, entity: &str, a: &Record, b: &Record) -> Result<String> {
    let links = links(session, entity, &a.customer_id).await?;
    let pairs: Vec<(i64, i64)> = links
        .iter()
        .map(|row| (row.number("a_record_key"), row.number("b_record_key")))
        .collect();
    let mut text = heading("How they are linked");
    let Some(path) = shortest(&pairs, a.key, b.key) else {
        text.push_str(
            "  No chain of links is left: the next run will look at this customer anew.\n",
        );
        return Ok(text);
    };
    let mut records = vec![a.clone()];
    let mut here = a.key;
    text.push_str(&format!("  {}\n", a.name));
    for link in path {
        let Some(row) = links.iter().nth(link) else {
            continue;
        };
        let side = if row.number("a_record_key") == here {
            "b"
        } else {
            "a"
        };
        let name = RecordName {
            source: row.text(&format!("{side}_source_system")).to_owned(),
            id: row.text(&format!("{side}_source_record_id")).to_owned(),
        };
        here = row.number(&format!("{side}_record_key"));
        text.push_str(&format!("  → {name}\n      {}\n", in_words(row)));
        records.push(Record {
            name,
            key: here,
            customer_id: a.customer_id.clone(),
        });
    }
    text.push('\n');
    let names = names(session, entity, &records.iter().collect::<Vec<_>>()).await?;
    text.push_str(&names.to_string());
    Ok(text)
}

/// Automatic links inside one customer, and a steward's.
async fn links(session: &Session, entity: &str, customer_id: &str) -> Result<Rows> {
    let id = quoted(customer_id);
    let columns = "a_source_system, a_source_record_id, b_source_system, b_source_record_id";
    let sql = format!(
        "WITH members AS ( \
           SELECT record_key FROM silver.crosswalk WHERE entity = '{entity}' AND customer_id = {id} \
         ), links AS ( \
           SELECT a_record_key, b_record_key, {columns}, decision, reason, match_keys, shared_keys \
           FROM silver.scored_edges WHERE entity = '{entity}' AND decision = 'auto' \
           UNION ALL \
           SELECT record_key('{entity}', a_source_system, a_source_record_id), \
             record_key('{entity}', b_source_system, b_source_record_id), {columns}, \
             'steward', reason, 'a steward', '' \
           FROM silver.steward_decisions WHERE entity = '{entity}' AND kind = 'same' \
         ) \
         SELECT links.* FROM links \
         LEFT SEMI JOIN members AS a ON a.record_key = links.a_record_key \
         LEFT SEMI JOIN members AS b ON b.record_key = links.b_record_key \
         ORDER BY a_record_key, b_record_key"
    );
    fetch(session, "reading links", &sql).await
}

/// Positions of the links on a shortest way, breadth first; of equally short ways always the same.
fn shortest(links: &[(i64, i64)], from: i64, to: i64) -> Option<Vec<usize>> {
    let mut at: BTreeMap<i64, Vec<(i64, usize)>> = BTreeMap::new();
    for (link, (a, b)) in links.iter().enumerate() {
        at.entry(*a).or_default().push((*b, link));
        at.entry(*b).or_default().push((*a, link));
    }
    let mut came_by: BTreeMap<i64, (i64, usize)> = BTreeMap::new();
    let mut queue = VecDeque::from([from]);
    while let Some(here) = queue.pop_front() {
        if here == to {
            let mut path = Vec::new();
            let mut back = to;
            while back != from {
                let (previous, link) = came_by.get(&back)?;
                path.push(*link);
                back = *previous;
            }
            path.reverse();
            return Some(path);
        }
        for (next, link) in at.get(&here).into_iter().flatten() {
            if *next != from && !came_by.contains_key(next) {
                came_by.insert(*next, (here, *link));
                queue.push_back(*next);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::shortest;

    #[test]
    fn the_shortest_way_is_found() {
        let links = [(1, 2), (2, 3), (3, 4), (2, 4), (5, 6)];
        assert_eq!(shortest(&links, 1, 4), Some(vec![0, 3]));
        assert_eq!(shortest(&links, 4, 1), Some(vec![3, 0]));
        assert_eq!(shortest(&links, 1, 5), None);
        assert_eq!(shortest(&[], 1, 1), Some(vec![]));
    }
}
