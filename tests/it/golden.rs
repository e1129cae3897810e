//! What a customer is worth and which segments that makes, computed once more: plainly, from the rows that were dropped.

use super::support::{Feed, Project, Random, Table};
use std::collections::{BTreeMap, BTreeSet};

const PEOPLE: usize = 150;

struct Order {
    person: usize,
    /// Days since the start of 2026.
    day: usize,
    cents: Option<i64>,
    currency: &'static str,
    status: &'static str,
}

struct Ticket {
    person: usize,
    opened: usize,
    closed: Option<usize>,
    status: &'static str,
}

struct World {
    orders: Vec<Order>,
    tickets: Vec<Ticket>,
}

fn date(day: usize) -> String {
    let start = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    (start + chrono::Days::new(day as u64)).to_string()
}

fn word(random: &mut Random) -> String {
    let syllable = |random: &mut Random| {
        let consonant = *random.pick(&["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t"]);
        format!(
            "{consonant}{}",
            random.pick(&["a", "e", "i", "o", "u", "au"])
        )
    };
    (0..4).map(|_| syllable(random)).collect()
}

fn world(random: &mut Random) -> World {
    let mut world = World {
        orders: Vec::new(),
        tickets: Vec::new(),
    };
    for person in 0..PEOPLE {
        for _ in 0..[0, 0, 1, 2, 3, 7][random.below(6)] {
            world.orders.push(Order {
                person,
                // few days, so that some are equal
                day: 5 * random.below(18),
                cents: (random.below(10) > 0).then(|| 50 * random.below(400) as i64),
                currency: random.pick::<&'static str>(&["USD", "USD", "EUR"]),
                status: random.pick::<&'static str>(&[
                    "paid",
                    "",
                    "Cancelled",
                    "refunded",
                    "shipped",
                ]),
            });
        }
        for _ in 0..[0, 0, 1, 2][random.below(4)] {
            let opened = random.below(90);
            world.tickets.push(Ticket {
                person,
                opened,
                closed: (random.below(2) == 0).then(|| opened + random.below(40)),
                status: random.pick::<&'static str>(&["open", "", "Solved", "pending"]),
            });
        }
    }
    world
}

fn dropped(world: &World, random: &mut Random) -> Project {
    let ticket = "SELECT source_record_id, person_id, opened_at, closed_at, status FROM input";
    let project = Project::new(&[
        Feed::new(
            "people",
            "crm",
            "person",
            "SELECT id AS source_record_id, given_name, family_name, email FROM input",
        ),
        Feed::new(
            "orders",
            "crm",
            "order",
            "SELECT id AS source_record_id, person_id, ordered_at, amount, currency, status FROM input",
        ),
        Feed::new("tickets", "crm", "ticket", ticket),
    ]);
    let mut people = String::from("id,given_name,family_name,email\n");
    for person in 0..PEOPLE {
        let (given, family) = (word(random), word(random));
        people.push_str(&format!(
            "{person},{given},{family},{given}.{family}@{}.example\n",
            word(random)
        ));
    }
    project.drop("people.csv", people);
    let mut orders = String::from("id,person_id,ordered_at,amount,currency,status\n");
    for (id, order) in world.orders.iter().enumerate() {
        let amount = order.cents.map_or(String::new(), |cents| {
            format!("{}.{:02}", cents / 100, cents % 100)
        });
        let (person, day) = (order.person, date(order.day));
        orders.push_str(&format!(
            "{id},{person},{day},{amount},{},{}\n",
            order.currency, order.status
        ));
    }
    project.drop("orders.csv", orders);
    let mut tickets = String::from("source_record_id,person_id,opened_at,closed_at,status\n");
    for (id, ticket) in world.tickets.iter().enumerate() {
        let closed = ticket.closed.map_or(String::new(), date);
        tickets.push_str(&format!(
            "{id},{},{},{closed},{}\n",
            ticket.person,
            date(ticket.opened),
            ticket.status
        ));
    }
    project.drop("tickets.csv", tickets);
    project
}

/// What scores are made of.
struct Scored {
    person: usize,
    last: usize,
    count: usize,
    money: Option<(&'static str, i64)>,
}

/// Column → text, of one person.
type Figures = BTreeMap<&'static str, String>;

fn figures(world: &World, today: usize) -> Vec<Figures> {
    let counts = |order: &&Order| {
        order.day <= today
            && !["cancelled", "refunded"].contains(&order.status.to_lowercase().as_str())
    };
    let mut of_people: Vec<Figures> = Vec::new();
    let mut scored: Vec<Scored> = Vec::new();
    for person in 0..PEOPLE {
        let mut figures = Figures::new();
        let orders: Vec<&Order> = world
            .orders
            .iter()
            .filter(|order| order.person == person)
            .filter(counts)
            .collect();
        figures.insert("order_count", orders.len().to_string());
        let open = world.tickets.iter().filter(|ticket| {
            let is_open = match ticket.closed {
                Some(closed) => closed > today,
                None => ticket.status != "Solved",
            };
            ticket.person == person && ticket.opened <= today && is_open
        });
        figures.insert("open_ticket_count", open.count().to_string());
        if let (Some(first), Some(last)) = (
            orders.iter().map(|order| order.day).min(),
            orders.iter().map(|order| order.day).max(),
        ) {
            figures.insert("first_order_at", date(first));
            figures.insert("last_order_at", date(last));
            let mut spent: BTreeMap<&'static str, (usize, i64)> = BTreeMap::new();
            for order in &orders {
                if let Some(cents) = order.cents {
                    let of = spent.entry(order.currency).or_default();
                    *of = (of.0 + 1, of.1 + cents);
                }
            }
            let main = spent.iter().max_by_key(|(currency, (count, cents))| {
                (*count, *cents, std::cmp::Reverse(**currency))
            });
            if let Some((currency, (count, cents))) = main {
                figures.insert("currency", (*currency).to_owned());
                figures.insert("lifetime_value", format!("{:.4}", *cents as f64 / 100.0));
                figures.insert(
                    "average_order_value",
                    format!("{:.4}", *cents as f64 / 100.0 / *count as f64),
                );
            }
            scored.push(Scored {
                person,
                last,
                count: orders.len(),
                money: main.map(|(currency, (_, cents))| (*currency, *cents)),
            });
        }
        of_people.push(figures);
    }
    let fifth = |below: usize, of: usize| (1 + 5 * below / of).to_string();
    for one in &scored {
        let earlier = scored.iter().filter(|other| other.last < one.last).count();
        let fewer = scored
            .iter()
            .filter(|other| other.count < one.count)
            .count();
        let figures = &mut of_people[one.person];
        figures.insert("recency_score", fifth(earlier, scored.len()));
        figures.insert("frequency_score", fifth(fewer, scored.len()));
        if let Some((currency, cents)) = one.money {
            let money = scored.iter().filter_map(|other| other.money);
            let alike: Vec<i64> = money
                .filter(|(of, _)| *of == currency)
                .map(|(_, cents)| cents)
                .collect();
            let less = alike.iter().filter(|other| **other < cents).count();
            figures.insert("monetary_score", fifth(less, alike.len()));
        }
    }
    of_people
}

const COLUMNS: [&str; 10] = [
    "order_count",
    "first_order_at",
    "last_order_at",
    "lifetime_value",
    "average_order_value",
    "currency",
    "recency_score",
    "frequency_score",
    "monetary_score",
    "open_ticket_count",
];

#[test]
fn what_customers_are_worth_is_what_their_orders_say_as_of_then() {
    for seed in 0..3 {
        let mut random = Random(seed);
        let world = world(&mut random);
        let project = dropped(&world, &mut random);
        // last month's answer comes again from the same files, and this month's from the same lake
        for today in [45, 75] {
            project.run_at(&format!("{}T00:00:00Z", date(today)));
            let customers: Table = project.table("gold.dim_customer");
            let ids = project.customers();
            assert_eq!(
                ids.values().collect::<BTreeSet<_>>().len(),
                PEOPLE,
                "nobody is merged"
            );
            for (person, expected) in figures(&world, today).into_iter().enumerate() {
                let row = customers.one(&[("customer_id", &ids[&format!("crm:{person}")])]);
                for column in COLUMNS {
                    let mut found = row.get(column).to_owned();
                    if column.ends_with("_value") && !found.is_empty() {
                        found = format!("{:.4}", found.parse::<f64>().unwrap());
                    }
                    if column.ends_with("_at") {
                        found.truncate(10);
                    }
                    let expected = expected.get(column).cloned().unwrap_or_default();
                    assert_eq!(
                        found, expected,
                        "{column} of person {person}, seed {seed}, day {today}"
                    );
                }
            }
        }
    }
}

#[test]
fn texts_need_a_number_that_takes_them() {
    let project = Project::of(&["person crm", "consent crm"]);
    let grant = |contact: &str, channel: &str| {
        format!(
            "consent crm; {contact}; purpose=marketing; channel={channel}; status=granted; stated_at=2026-01-01"
        )
    };
    let lines = [
        "person crm 1; given_name=Ann; family_name=Abel; phone=+44 7400 123456; country=GB"
            .to_owned(),
        "person crm 2; given_name=Bea; family_name=Berg; phone=+44 20 7946 0958; country=GB"
            .to_owned(),
        "person crm 3; given_name=Cleo; family_name=Dahl; email=cleo@example.org".to_owned(),
        "person crm 4; given_name=Dag; family_name=Eide; phone=+44 7400 123457; country=GB"
            .to_owned(),
        grant("phone=+44 7400 123456", "sms"),
        grant("phone=+44 20 7946 0958", "sms"),
        grant("email=cleo@example.org", "email"),
        grant("phone=+44 7400 123457", "phone"),
    ];
    project.lines(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    project.run();
    let customers = project.table("gold.dim_customer");
    for (name, by_email, by_sms) in [
        ("Ann", false, true),
        ("Bea", false, false),
        ("Cleo", true, false),
        ("Dag", false, false),
    ] {
        let row = customers.one(&[("given_name", name)]);
        assert_eq!(
            row.get("is_email_reachable"),
            by_email.to_string(),
            "{name}"
        );
        assert_eq!(row.get("is_sms_reachable"), by_sms.to_string(), "{name}");
        assert_eq!(
            row.get("is_marketing_reachable"),
            (by_email || by_sms).to_string(),
            "{name}"
        );
    }
}

/// Who is in which segment, by `gold.customer_segments`.
fn members(project: &Project) -> BTreeMap<String, BTreeSet<String>> {
    let mut members: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in project.table("gold.customer_segments").iter() {
        let of = members.entry(row.get("segment").to_owned()).or_default();
        assert!(
            of.insert(row.get("customer_id").to_owned()),
            "twice in {}",
            row.get("segment")
        );
    }
    members
}

#[test]
fn segments_are_who_meets_their_condition_and_their_moves_are_counted() {
    let mut random = Random(7);
    let world = world(&mut random);
    let project = dropped(&world, &mut random);
    project.edit(|toml| {
        toml + "[segments]\nspenders = \"lifetime_value > 100\"\n\
                lapsed = \"last_order_at < as_of - INTERVAL '20 days'\"\n\
                nobody = \"order_count > 1000\"\n"
    });
    let expected = |customers: &Table, today: usize| {
        let mut expected: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in customers.iter() {
            let mut put = |segment: &str| {
                expected
                    .entry(segment.to_owned())
                    .or_default()
                    .insert(row.get("customer_id").to_owned());
            };
            if row
                .get("lifetime_value")
                .parse::<f64>()
                .is_ok_and(|value| value > 100.0)
            {
                put("spenders");
            }
            if row
                .get("last_order_at")
                .get(..10)
                .is_some_and(|last| *last < *date(today - 20))
            {
                put("lapsed");
            }
        }
        expected
    };
    let nobody = BTreeSet::new();
    let mut before: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (publication, today) in [(1, 45), (2, 75)] {
        project.run_at(&format!("{}T00:00:00Z", date(today)));
        let now = members(&project);
        assert_eq!(
            now,
            expected(&project.table("gold.dim_customer"), today),
            "day {today}"
        );
        assert!(now["spenders"].len() > 10 && now["lapsed"].len() > 5);
        let sizes = project.table("gold.segment_sizes");
        assert_eq!(
            sizes.len(),
            3 * publication,
            "a row per publication and segment"
        );
        for segment in ["spenders", "lapsed", "nobody"] {
            let (inside, were) = (
                now.get(segment).unwrap_or(&nobody),
                before.get(segment).unwrap_or(&nobody),
            );
            let row = sizes.one(&[
                ("segment", segment),
                (
                    "publication_id",
                    &format!("{publication:06}-{}", date(today).replace('-', "")),
                ),
            ]);
            assert_eq!(row.get("customers"), inside.len().to_string(), "{segment}");
            assert_eq!(
                row.get("customers_joined"),
                inside.difference(were).count().to_string(),
                "{segment}"
            );
            assert_eq!(
                row.get("customers_left"),
                were.difference(inside).count().to_string(),
                "{segment}"
            );
        }
        for row in project.table("gold.customer_segments").iter() {
            let was_in = before
                .get(row.get("segment"))
                .is_some_and(|were| were.contains(row.get("customer_id")));
            let entered = if was_in { 45 } else { today };
            assert_eq!(
                row.get("entered_at")[..10],
                date(entered),
                "{} in {}",
                row.get("customer_id"),
                row.get("segment")
            );
        }
        before = now;
    }
    // The same day again: nothing to do. Another condition: another version, and the old sizes stay.
    let versions = project.versions();
    project.run_at(&format!("{}T10:00:00Z", date(75)));
    assert_eq!(project.versions(), versions);
    project.edit(|toml| toml.replace("lifetime_value > 100", "lifetime_value > 150"));
    project.run_at(&format!("{}T11:00:00Z", date(75)));
    let sizes = project.table("gold.segment_sizes");
    let versions: BTreeSet<&str> = sizes
        .find(&[("segment", "spenders")])
        .iter()
        .map(|row| row.get("segment_version"))
        .collect();
    assert_eq!((sizes.len(), versions.len()), (9, 2));
    assert!(members(&project)["spenders"].len() < before["spenders"].len());
    // A condition that cannot be planned is told with its line, before anything is read.
    for (condition, told) in [
        ("shoe_size > 40", "shoe_size"),
        ("sum(lifetime_value) > 3", "other rows"),
        ("lifetime_value", "not true or false"),
        ("first_order_at < now()", "now"),
    ] {
        project.edit(|toml| {
            let kept: Vec<&str> = toml
                .lines()
                .filter(|line| !line.starts_with("spenders"))
                .collect();
            format!("{}\nspenders = \"{condition}\"\n", kept.join("\n"))
        });
        for said in [
            project.fails(&[
                "check",
                "--landing",
                &project.landing().display().to_string(),
            ]),
            project.try_run(&date(80)).stderr,
        ] {
            assert!(
                said.contains(told) && said.contains("c360.toml:"),
                "{condition}: {said}"
            );
        }
    }
}

#[test]
fn completeness_is_weighed() {
    let project = Project::of(&["person crm"]);
    project.lines(&[
        "person crm 1; given_name=Ann; family_name=Abel; email=ann@example.org",
        "person crm 2; given_name=Bea; family_name=Berg; phone=+1 312 867 4411; country=US",
    ]);
    let scores = |project: &Project| -> Vec<f64> {
        project.run();
        let customers = project.table("gold.dim_customer");
        let score = |name| {
            customers
                .one(&[("given_name", name)])
                .get("completeness_score")
                .parse()
                .unwrap()
        };
        ["Ann", "Bea"].map(score).to_vec()
    };
    let plain = scores(&project);
    assert!(
        (plain[0] - 3.0 / 7.0).abs() < 1e-9 && (plain[1] - 4.0 / 7.0).abs() < 1e-9,
        "{plain:?}"
    );
    project.edit(|toml| toml + "[golden.completeness.person]\nemail = 10\ncountry = 0\nbirth_date = 0\naddress = 0\n");
    let weighed = scores(&project);
    assert!(
        (weighed[0] - 12.0 / 13.0).abs() < 1e-9 && (weighed[1] - 3.0 / 13.0).abs() < 1e-9,
        "{weighed:?}"
    );
    project.edit(|toml| toml.replace("email = 10", "shoe_size = 10"));
    assert!(project.fails(&["check"]).contains("shoe_size"));
}
