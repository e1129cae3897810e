//! Seconds to give ids to a million records, first and again.
//! `cargo run -p mastering --example mastering_speed`

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use mastering::{Previous, assign_ids};

fn main() {
    let clusters: Vec<Vec<String>> = (0..400_000)
        .map(|c| {
            ["crm", "shop", "support"][..2 + usize::from(c % 2 == 0)]
                .iter()
                .map(|s| format!("{s}:{c}"))
                .collect()
        })
        .collect();
    let records = clusters.iter().map(Vec::len).sum::<usize>();

    let start = Instant::now();
    let nothing = Previous {
        customer_of: &HashMap::new(),
        departed: &HashMap::new(),
        issued: &HashSet::new(),
    };
    let first = assign_ids("person", &clusters, &nothing);
    println!(
        "{records} new records: {:.2} s",
        start.elapsed().as_secs_f64()
    );

    let issued: HashSet<&str> = first.ids.iter().map(String::as_str).collect();
    let customer_of: HashMap<String, String> = clusters
        .iter()
        .zip(&first.ids)
        .flat_map(|(keys, id)| keys.iter().map(move |key| (key.clone(), id.clone())))
        .collect();
    let start = Instant::now();
    let again = assign_ids(
        "person",
        &clusters,
        &Previous {
            customer_of: &customer_of,
            departed: &HashMap::new(),
            issued: &issued,
        },
    );
    println!(
        "{records} known records: {:.2} s",
        start.elapsed().as_secs_f64()
    );
    assert!(again == first && again.redirects.is_empty());
}
