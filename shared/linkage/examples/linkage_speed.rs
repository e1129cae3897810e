//! Seconds to cluster two million records by four million links, and nanoseconds per comparison.
//! `cargo run -p linkage --example linkage_speed`

use std::time::Instant;

use linkage::{
    Account, Decisions, Edge, Entity, Model, Name, Person, Weights, address_similarity, cluster,
    compare_accounts, compare_names, compare_people, names_agree, organization_similarity,
};

fn main() {
    let given: Vec<String> = (0..1000).map(|i| syllables(i, 3)).collect();
    let family: Vec<String> = (0..5000).map(|i| syllables(i, 4)).collect();
    let mut records = 0u32;
    let mut edges = Vec::new();
    for person in 0..800_000u32 {
        let first = records;
        for to in first..first + 1 + person % 4 {
            for from in first..to {
                let weight = 10.0 - (from % 7) as f32;
                edges.push(Edge {
                    a: from,
                    b: to,
                    weight,
                    is_weak: from % 3 == 0,
                });
            }
            records += 1;
        }
        // A shared value that identifies nobody ties strangers together.
        if person > 0 {
            let weight = 5.0;
            edges.push(Edge {
                a: first - 1,
                b: first,
                weight,
                is_weak: true,
            });
        }
    }
    let start = Instant::now();
    let result = cluster(records as usize, &edges, 4.0, Decisions::default());
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{records} records, {} edges, {} cut: {seconds:.2} s",
        edges.len(),
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

    // People and accounts with all columns filled: of one family (what blocking brings), and at random.
    let emails: Vec<String> = (0..1000)
        .map(|i| format!("{}.{}{i}@mail{}.com", given[i % 1000], i * 7, i % 20))
        .collect();
    let phones: Vec<String> = (0..1000)
        .map(|i| format!("+1212{}", 5_550_000 + i * 37))
        .collect();
    let streets: Vec<String> = (0..1000)
        .map(|i| format!("{} {} st", i % 90, family[i * 13 % 5000]))
        .collect();
    let postcodes: Vec<String> = (0..1000).map(|i| format!("{}", 90_000 + i * 7)).collect();
    let cities: Vec<String> = (0..1000)
        .map(|i| format!("city of {}", given[i * 3 % 1000]))
        .collect();
    let person = |i: usize, of: usize| Person {
        given: &given[i % 1000],
        family: &family[of % 5000],
        birth_date: 19_500_101 + (i as u32 % 50) * 10_000 + i as u32 % 28,
        email: &emails[i % 1000],
        phone: &phones[i % 1000],
        street: &streets[of % 1000],
        postcode: &postcodes[of % 1000],
        city: &cities[of % 1000],
        company: &organizations[i % 1000],
        ..Person::default()
    };
    each("compare_people, one person", &|i| {
        compare_people(&person(i, i), &person(i, i)).0 > 0
    });
    each("compare_people, one family and address", &|i| {
        compare_people(&person(i, i), &person(i * 7, i)).0 > 0
    });
    each("compare_people, strangers", &|i| {
        compare_people(&person(i, i), &person(i * 7, i * 11)).0 > 0
    });
    let account = |i: usize, of: usize| Account {
        name: &organizations[of % 1000],
        domain: &emails[i % 1000],
        phone: &phones[i % 1000],
        street: &streets[of % 1000],
        postcode: &postcodes[of % 1000],
        city: &cities[of % 1000],
        ..Account::default()
    };
    each("compare_accounts, one name and address", &|i| {
        compare_accounts(&account(i, i), &account(i * 7, i)).0 > 0
    });
    each("compare_accounts, strangers", &|i| {
        compare_accounts(&account(i, i), &account(i * 7, i * 11)).0 > 0
    });
    let weights = Weights::new(&Model::shipped(Entity::Person), &[1_000_000; 15]);
    let vector = compare_people(&person(3, 3), &person(21, 3));
    each("match_weight", &|i| {
        weights.match_weight(vector, &[[i as u32 % 100, 7]; 15]) > 0.0
    });
}

/// A name of so many syllables, another for each number.
fn syllables(mut number: usize, count: usize) -> String {
    const SYLLABLES: [&str; 10] = [
        "an", "ber", "cu", "do", "el", "fri", "gus", "ha", "jo", "mik",
    ];
    let mut name = String::new();
    for _ in 0..count {
        name.push_str(SYLLABLES[number % 10]);
        number /= 10;
    }
    name
}
