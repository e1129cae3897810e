//! Ids that last through merges, splits and a steward's word.

use crate::support::{Project, Table};

const FEEDS: [&str; 3] = ["person crm", "person shop", "person support"];

fn redirects(project: &Project) -> Table {
    project.table("silver.customer_redirects")
}

#[test]
fn a_merge_keeps_one_id_and_redirects_the_other() {
    let project = Project::of(&FEEDS);
    project.lines(&[
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@work.example",
        "person crm 2; given_name=Jane; family_name=Roe; email=jane@work.example; updated_at=2026-01-01",
        "person shop A; given_name=Jane; family_name=Roe; email=jane@home.example",
        "person shop B; given_name=Li; family_name=Wei; email=li@home.example",
    ]);
    project.run();
    let before = project.customers();
    assert_ne!(before["crm:1"], before["shop:A"]);
    project.lines(&["person support X; given_name=Jane; family_name=Roe; email=jane@home.example; phone=+1 312 867 4411",
        "person crm 2; given_name=Jane; family_name=Roe; email=jane@work.example; phone=+1 312 867 4411; updated_at=2026-02-01"]);
    project.run();
    let after = project.customers();
    assert_eq!(
        after["crm:1"], before["crm:1"],
        "the larger part's id survives"
    );
    for record in ["crm:2", "shop:A", "support:X"] {
        assert_eq!(after[record], before["crm:1"], "{record}");
    }
    assert_eq!(after["shop:B"], before["shop:B"], "others are left alone");
    let gone = redirects(&project);
    let row = gone.one(&[("old_customer_id", &before["shop:A"])]);
    assert_eq!(
        (row.get("new_customer_id"), row.get("reason")),
        (before["crm:1"].as_str(), "merged")
    );
    assert!(project.extract("crm_id_map").has(&[
        ("old_customer_id", &before["shop:A"]),
        ("new_customer_id", &before["crm:1"]),
        ("reason", "merged"),
    ]));
    let events = project.extract_text("change_events");
    assert!(
        events
            .lines()
            .any(|line| line.contains("customer.merged") && line.contains(&before["shop:A"])),
        "{events}"
    );
    let shown = project.ok(&["show", &before["shop:A"]]);
    assert!(
        shown.contains(&before["crm:1"]),
        "an old id leads to the new: {shown}"
    );
}

#[test]
fn a_split_leaves_the_id_with_the_larger_part() {
    let project = Project::of(&FEEDS);
    project.lines(&[
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@work.example; updated_at=2026-01-01",
        "person crm 2; given_name=Jane; family_name=Roe; email=jane@work.example; updated_at=2026-01-01",
        "person shop A; given_name=Jane; family_name=Roe; email=jane@work.example; updated_at=2026-01-01",
    ]);
    project.run();
    let before = project.customers();
    assert_eq!(before["crm:1"], before["shop:A"]);
    project.lines(&["person shop A; given_name=Jane; family_name=Roe; email=other.jane@home.example; updated_at=2026-02-01"]);
    project.run();
    let after = project.customers();
    assert_eq!(
        (&after["crm:1"], &after["crm:2"]),
        (&before["crm:1"], &before["crm:1"])
    );
    assert_ne!(after["shop:A"], before["shop:A"]);
    assert!(
        !redirects(&project).has(&[("old_customer_id", &before["crm:1"])]),
        "the id lives on"
    );
    let events = project.extract_text("change_events");
    assert!(events.contains(&after["shop:A"]), "{events}");
    // And together again: the id of the larger part once more.
    project.lines(&["person shop A; given_name=Jane; family_name=Roe; email=jane@work.example; updated_at=2026-02-02"]);
    project.run();
    let again = project.customers();
    assert!(
        ["crm:1", "crm:2", "shop:A"]
            .iter()
            .all(|record| again[*record] == before["crm:1"])
    );
    assert_eq!(
        redirects(&project)
            .one(&[("old_customer_id", &after["shop:A"])])
            .get("new_customer_id"),
        before["crm:1"]
    );
}

fn decide(project: &Project, kind: &str, a: &str, b: &str, day: &str) {
    project.ok(&[
        "steward",
        kind,
        a,
        b,
        "--by",
        "ann",
        "--reason",
        "called them",
        "--as-of",
        day,
    ]);
}

#[test]
fn a_stewards_word_survives_every_rerun() {
    let project = Project::of(&FEEDS);
    project.lines(&[
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@work.example",
        "person shop A; given_name=Jane; family_name=Roe; email=jane@work.example",
        "person crm 2; given_name=Margaret; family_name=Thornbury; email=meg@work.example",
        "person shop B; given_name=Peggy; family_name=Smith; email=peggy@home.example",
    ]);
    project.run();
    decide(&project, "distinct", "crm:1", "shop:A", "2026-03-01");
    decide(&project, "same", "crm:2", "shop:B", "2026-03-01");
    let holds = |what: &str| {
        let customers = project.customers();
        assert_ne!(
            customers["crm:1"], customers["shop:A"],
            "distinct holds {what}"
        );
        assert_eq!(customers["crm:2"], customers["shop:B"], "same holds {what}");
        customers
    };
    project.run();
    let decided = holds("at once");
    assert_eq!(
        project
            .table("silver.review_queue")
            .find(&[("kind", "conflict")])
            .len(),
        0,
        "what is settled is no question"
    );
    // New versions, a third record that would join them, the same files again, another day.
    project.lines(&[
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@work.example; phone=+1 312 867 4411; updated_at=2026-02-01",
        "person shop A; given_name=Jane; family_name=Roe; email=jane@work.example; phone=+1 312 867 4411; updated_at=2026-02-01",
        "person support X; given_name=Jane; family_name=Roe; email=jane@work.example",
    ]);
    project.run();
    assert_eq!(holds("through new versions")["crm:2"], decided["crm:2"]);
    project.run_at("2026-04-01");
    holds("on another day");
    // The newest word counts.
    decide(&project, "same", "shop:A", "crm:1", "2026-04-02");
    project.run_at("2026-04-03");
    let customers = project.customers();
    assert_eq!(customers["crm:1"], customers["shop:A"]);
    let unknown = project.fails(&[
        "steward",
        "same",
        "crm:1",
        "crm:404",
        "--by",
        "ann",
        "--reason",
        "a typing error",
    ]);
    assert!(unknown.contains("crm:404"), "{unknown}");
}

#[test]
fn decisions_that_contradict_each_other_come_back() {
    let project = Project::of(&FEEDS);
    project.lines(&[
        "person crm A; given_name=Jane; family_name=Roe; email=jane@work.example",
        "person crm B; given_name=Li; family_name=Wei; email=li@work.example",
        "person crm C; given_name=Omar; family_name=Haddad; email=omar@work.example",
    ]);
    project.run();
    decide(&project, "same", "crm:A", "crm:B", "2026-03-01");
    decide(&project, "same", "crm:B", "crm:C", "2026-03-01");
    decide(&project, "distinct", "crm:A", "crm:C", "2026-03-01");
    project.run_at("2026-03-02");
    let customers = project.customers();
    assert_ne!(customers["crm:A"], customers["crm:C"], "distinct wins");
    let queue = project.table("silver.review_queue");
    let left = queue.one(&[("kind", "contradiction")]);
    let pair = [
        left.get("a_source_record_id"),
        left.get("b_source_record_id"),
    ];
    assert!(
        pair.contains(&"B"),
        "the same that is not applied: {queue:?}"
    );
    for part in ["not applied", "crm:A", "crm:C", "distinct", "ann"] {
        assert!(left.get("reason").contains(part), "{queue:?}");
    }
    let (not_one, one) = match pair.contains(&"A") {
        true => ("crm:A", "crm:C"),
        false => ("crm:C", "crm:A"),
    };
    let why = project.ok(&["explain", "crm:B", not_one]);
    assert!(
        why.contains("two customers") && why.contains("not applied, since other decisions"),
        "{why}"
    );
    assert!(
        why.contains("distinct, called them (by ann)"),
        "and which: {why}"
    );
    let why = project.ok(&["explain", "crm:B", one]);
    assert!(
        why.contains("one customer") && !why.contains("not applied"),
        "{why}"
    );
    // The steward takes one of them back, and the other is applied.
    decide(&project, "same", "crm:C", "crm:A", "2026-03-03");
    let why = project.ok(&["explain", "crm:A", "crm:C"]);
    assert!(why.contains("the next run will"), "{why}");
    project.run_at("2026-03-04");
    let customers = project.customers();
    assert_eq!(customers["crm:A"], customers["crm:C"]);
    assert_eq!(customers["crm:A"], customers["crm:B"]);
    assert_eq!(project.table("silver.review_queue").len(), 0);
    let why = project.ok(&["explain", "crm:A", "crm:C"]);
    assert!(
        why.contains("before that, a steward decided: distinct"),
        "{why}"
    );
}

#[test]
fn the_decision_recorded_last_counts() {
    let project = Project::of(&FEEDS);
    project.lines(&[
        "person crm A; given_name=Jane; family_name=Roe; email=jane@work.example",
        "person crm B; given_name=Li; family_name=Wei; email=li@work.example",
    ]);
    project.run();
    // As of the same instant, and in both orders, so that no accident of an id decides.
    for kind in ["same", "distinct", "same", "distinct", "same"] {
        decide(&project, kind, "crm:A", "crm:B", "2026-03-10");
        project.run_at("2026-03-10");
        let customers = project.customers();
        assert_eq!(
            customers["crm:A"] == customers["crm:B"],
            kind == "same",
            "{kind}"
        );
    }
    let refused = project.fails(&[
        "steward",
        "distinct",
        "crm:B",
        "crm:A",
        "--by",
        "bea",
        "--reason",
        "two people",
        "--as-of",
        "2026-03-09",
    ]);
    for part in ["2026-03-10", "by ann", "--as-of"] {
        assert!(refused.contains(part), "{refused}");
    }
    assert_eq!(project.table("silver.steward_decisions").len(), 5);
    // The other pairs of these records are free.
    project.lines(&["person crm C; given_name=Omar; family_name=Haddad; email=omar@work.example"]);
    project.run_at("2026-03-10");
    decide(&project, "distinct", "crm:A", "crm:C", "2026-03-01");
}
