//! What a steward is asked first, and what each case says for itself.

use crate::support::Project;

#[test]
fn cases_say_what_hangs_on_them_and_what_speaks_for_and_against() {
    let project = Project::of(&[
        "person crm",
        "person shop",
        "order shop",
        "consent shop",
        "consent crm",
    ]);
    project.lines(&[
        "person crm 1; given_name=Anna; family_name=Novak; birth_date=1970-01-02; email=novak@home.example",
        "person shop 1; given_name=Anna; family_name=Novak; birth_date=1995-06-07; email=novak@home.example",
        "order shop O-1; person_id=1; ordered_at=2026-01-01; amount=100; currency=usd; updated_at=2026-01-01",
        "order shop O-1; person_id=1; ordered_at=2026-01-01; amount=400; currency=usd; updated_at=2026-01-02",
        "order shop O-2; person_id=1; ordered_at=2026-01-01; amount=500; currency=usd",
        "order shop O-3; email=novak@home.example; ordered_at=2026-01-01; amount=99; currency=usd",
        "order shop O-4; person_id=1; ordered_at=2026-01-01; amount=5000; currency=usd; is_deleted=true",
        "consent crm; person_id=1; purpose=marketing; channel=phone; status=granted; stated_at=2026-01-01",
        "consent shop; person_id=1; purpose=all; channel=phone; status=denied; stated_at=2026-01-01",
        // nothing hangs on these; and that one of them said no before, and elsewhere, is no conflict of theirs
        "person crm 2; given_name=John; family_name=Bright; name_suffix=Sr; phone=+1 312 867 4414",
        "person shop 2; given_name=John; family_name=Bright; name_suffix=Jr.; phone=+1 312 867 4414",
        "consent shop; person_id=2; purpose=marketing; channel=phone; status=denied; stated_at=2026-01-01",
        "consent shop; person_id=2; purpose=marketing; channel=phone; status=granted; stated_at=2026-01-02",
        "consent crm; person_id=2; purpose=marketing; channel=phone; status=granted; stated_at=2026-01-01",
        "consent shop; person_id=2; purpose=all; channel=email; status=denied; stated_at=2026-01-01",
        "consent shop; person_id=2; purpose=marketing; channel=email; status=granted; stated_at=2026-01-01",
    ]);
    project.run();
    let queue = project.table("silver.review_queue");
    assert_eq!(queue.len(), 2, "{queue:?}");
    let number = |id: &str, column: &str| -> f64 {
        queue
            .one(&[("a_source_record_id", id)])
            .get(column)
            .parse()
            .unwrap()
    };
    let impact = 4f64.log10() + 1000f64.log10() + 2.0;
    for (id, orders, spend, conflict, impact) in [
        ("1", 3.0, 999.0, "true", impact),
        ("2", 0.0, 0.0, "false", 0.0),
    ] {
        let item = queue.one(&[("a_source_record_id", id)]);
        assert_eq!(
            (number(id, "orders"), number(id, "spend")),
            (orders, spend),
            "{queue:?}"
        );
        assert_eq!(item.get("has_consent_conflict"), conflict, "{queue:?}");
        assert!((number(id, "impact") - impact).abs() < 1e-9, "{queue:?}");
        let priority = number(id, "confidence") * (1.0 + impact);
        assert!(
            (number(id, "priority") - priority).abs() < 1e-9,
            "{queue:?}"
        );
        // Its terms sum up to the weight of the edge.
        let edges = project.table("silver.scored_edges");
        let edge = edges.one(&[("a_source_record_id", id), ("b_source_record_id", id)]);
        let (probability, weight): (f64, f64) = (
            edge.get("match_probability").parse().unwrap(),
            edge.get("match_weight").parse().unwrap(),
        );
        assert_eq!(number(id, "confidence"), probability);
        let said = item.get("explanation");
        let (terms, sum) = said.split_once("; in all ").unwrap();
        assert_eq!(sum, format!("{weight:+.1} bits"), "{said}");
        let bits = terms
            .split([' ', ',', ';'])
            .filter_map(|word| word.parse::<f64>().ok());
        assert!((bits.sum::<f64>() - weight).abs() < 0.5, "{said}");
        assert!(
            said.starts_with("for: ") && said.contains("; against: "),
            "{said}"
        );
    }
    assert!(
        queue
            .one(&[("a_source_record_id", "1")])
            .get("explanation")
            .contains("email exact +")
    );
    let shown = project.ok(&["review", "--limit", "1"]);
    let first = if number("1", "priority") > number("2", "priority") {
        "1"
    } else {
        "2"
    };
    assert!(
        shown.contains(&format!("crm:{first}")) && shown.contains(&format!("shop:{first}")),
        "the most urgent first: {shown}"
    );
    let shown = project.ok(&["review"]);
    for told in [
        "3 orders, spend 999.00, one granted what another denied",
        "birth dates differ",
        "for: ",
        "against: ",
    ] {
        assert!(shown.contains(told), "{told} in\n{shown}");
    }
}

#[test]
fn a_record_that_fits_two_customers_is_one_case_with_both() {
    let project = Project::of(&["person crm", "person shop"]);
    project.lines(&[
        "person crm 3; given_name=Frank; family_name=Okafor; email=okafor@home.example",
        "person crm 4; given_name=Fiona; family_name=Okafor; email=okafor@home.example",
        "person shop 3; full_name=F. Okafor; email=okafor@home.example",
    ]);
    project.run();
    let queue = project.table("silver.review_queue");
    let item = queue.one(&[]);
    assert_eq!(item.get("kind"), "ambiguous_match", "{queue:?}");
    let customers = project.customers();
    assert_eq!(
        (item.get("a_customer_id"), item.get("a_source_system")),
        (customers["shop:3"].as_str(), "shop")
    );
    let mut candidates = ["b", "other"].map(|side| {
        let [source, id, customer] = ["source_system", "source_record_id", "customer_id"]
            .map(|column| item.get(&format!("{side}_{column}")));
        let record = format!("{source}:{id}");
        assert_eq!(customers[&record], customer);
        record
    });
    candidates.sort();
    assert_eq!(candidates, ["crm:3", "crm:4"]);
    let confidence: f64 = item.get("confidence").parse().unwrap();
    assert!(confidence <= 0.5, "only one of two can be right: {queue:?}");
    let shown = project.ok(&["review"]);
    assert!(shown.contains("ambiguous match: shop:3, crm:"), "{shown}");
    // One word settles it: what is left is a pair like any other.
    project.ok(&[
        "steward", "distinct", "shop:3", "crm:4", "--by", "ann", "--reason", "asked",
    ]);
    project.run_at("2030-01-01");
    let queue = project.table("silver.review_queue");
    let item = queue.one(&[]);
    assert_eq!(item.get("kind"), "conflict", "{queue:?}");
    assert!(
        !queue.has(&[("a_source_record_id", "4")]) && !queue.has(&[("b_source_record_id", "4")])
    );
}
