//! Seconds to cluster two million records by four million links, and nanoseconds per comparison.
//! `cargo run -p linkage --example linkage_speed`

use std::time::Instant;

use linkage::{
    Link, Name, Traits, address_similarity, cluster, compare_names, names_agree,
    organization_similarity,
};

fn main() {
    let given: Vec<String> = (0..1000).map(|i| format!("given{i:03}")).collect();
    let family: Vec<String> = (0..5000).map(|i| format!("family{i:04}")).collect();
    let people = 800_000;
    let mut records = Vec::new();
    let mut links = Vec::new();
    for person in 0..people {
        let size = 1 + person % 4;
        let first = records.len() as u32;
        for copy in 0..size {
            records.push(Traits {
                birth_date: if copy == 1 { 0 } else { person as i32 + 1 },
                suffix: 0,
                country: 1,
                given: &given[person * 7 % 1000],
                family: if copy == 2 {
                    ""
                } else {
                    &family[person * 31 % 5000]
                },
            });
            let to = first + copy as u32;
            for from in first..to {
                links.push(Link {
                    a: from,
                    b: to,
                    strength: 100 - from % 7,
                    is_weak: from % 3 == 0,
                    is_decided: false,
                });
            }
            // A shared value that identifies nobody ties strangers together.
            if person > 0 && copy == 0 {
                links.push(Link {
                    a: first - 1,
                    b: first,
                    strength: 1,
                    is_weak: true,
                    is_decided: false,
                });
            }
        }
    }
    let start = Instant::now();
    let result = cluster(&records, &links, &[]);
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{} records, {} links, {} cut: {seconds:.2} s",
        records.len(),
        links.len(),
        result.cut.len()
    );

    const TIMES: u32 = 200_000;
    let each = |what: &str, compare: &dyn Fn(usize) -> bool| {
        let start = Instant::now();
        let hits = (0..TIMES as usize).filter(|&i| compare(i)).count();
        println!(
            "{what}: {} ns ({hits} hits)",
            (start.elapsed() / TIMES).as_nanos()
        );
    };
    let name = |i: usize| Name {
        given: &given[i % 1000],
        family: &family[i % 5000],
    };
    each("names_agree", &|i| {
        names_agree(name(i), name(i * 7)) == linkage::Agreement::Agree
    });
    each("compare_names", &|i| {
        compare_names(name(i), name(i * 7)).1 > 0.92
    });
    let address = |i: usize| format!("{} {} st san diego 92101", i % 90, given[i % 1000]);
    let addresses: Vec<String> = (0..1000).map(address).collect();
    each("address_similarity", &|i| {
        address_similarity(&addresses[i % 1000], &addresses[i * 7 % 1000]) > 0.9
    });
    let organization = |i: usize| format!("{} {} holdings", given[i % 1000], family[i % 5000]);
    let organizations: Vec<String> = (0..1000).map(organization).collect();
    each("organization_similarity", &|i| {
        organization_similarity(&organizations[i % 1000], &organizations[i * 7 % 1000]) > 0.92
    });
}
