use super::*;
use proptest::prelude::*;

const NOW: i64 = 100;

fn said(source: &'static str, status: Status, at: i64) -> Statement<'static> {
    Statement {
        source,
        subject: "contact",
        status,
        stated_at: Some(at),
        expires_at: None,
        is_front_desk: false,
    }
}

fn front_desk(status: Status, at: i64) -> Statement<'static> {
    Statement {
        is_front_desk: true,
        ..said("branch", status, at)
    }
}

#[track_caller]
fn check(statements: &[Statement<'_>], expected: Permission) {
    assert_eq!(may_contact(statements, NOW), expected, "{statements:?}");
}

#[test]
fn nothing_said_is_no_consent() {
    check(&[], Permission::Unknown);
    for status in [Status::Pending, Status::Unknown, Status::Expired] {
        check(&[said("crm", status, 1)], Permission::Unknown);
    }
}

#[test]
fn the_newer_statement_of_a_source_replaces_its_older_one() {
    use Permission::*;
    check(
        &[
            said("crm", Status::Denied, 1),
            said("crm", Status::Granted, 2),
        ],
        Granted,
    );
    check(
        &[
            said("crm", Status::Granted, 1),
            said("crm", Status::Withdrawn, 2),
        ],
        Denied,
    );
    check(
        &[
            said("crm", Status::Granted, 1),
            said("crm", Status::Pending, 2),
        ],
        Unknown,
    );
    // without a time is oldest
    let undated = Statement {
        stated_at: None,
        ..said("crm", Status::Denied, 0)
    };
    check(&[undated, said("crm", Status::Granted, 1)], Granted);
    check(&[undated], Denied);
}

#[test]
fn at_the_same_instant_the_more_restrictive_wins() {
    check(
        &[
            said("crm", Status::Granted, 5),
            said("crm", Status::Denied, 5),
        ],
        Permission::Denied,
    );
    check(
        &[
            said("crm", Status::Granted, 5),
            said("crm", Status::Unknown, 5),
        ],
        Permission::Unknown,
    );
}

#[test]
fn across_sources_and_subjects_the_most_restrictive_wins() {
    check(
        &[
            said("crm", Status::Granted, 9),
            said("shop", Status::Denied, 1),
        ],
        Permission::Denied,
    );
    check(
        &[
            said("crm", Status::Granted, 1),
            said("shop", Status::Unknown, 9),
        ],
        Permission::Granted,
    );
    let record = Statement {
        subject: "crm:1",
        ..said("crm", Status::Withdrawn, 1)
    };
    check(
        &[said("crm", Status::Granted, 9), record],
        Permission::Denied,
    );
}

#[test]
fn only_a_yes_lifts_a_no() {
    for status in [Status::Unknown, Status::Pending, Status::Expired] {
        check(
            &[
                said("shop", Status::Denied, 1),
                said("shop", status, 2),
                said("crm", Status::Granted, 3),
            ],
            Permission::Denied,
        );
    }
}

#[test]
fn expiry() {
    let expired = Statement {
        expires_at: Some(NOW),
        ..said("crm", Status::Granted, 2)
    };
    check(&[expired], Permission::Unknown);
    check(
        &[Statement {
            expires_at: Some(NOW + 1),
            ..expired
        }],
        Permission::Granted,
    );
    // it replaced the older grant, and the older denial
    check(
        &[said("crm", Status::Granted, 1), expired],
        Permission::Unknown,
    );
    check(
        &[
            said("crm", Status::Denied, 1),
            expired,
            said("shop", Status::Granted, 1),
        ],
        Permission::Granted,
    );
    // a denial does not expire
    check(
        &[Statement {
            expires_at: Some(3),
            ..said("crm", Status::Denied, 2)
        }],
        Permission::Denied,
    );
}

#[test]
fn the_front_desk_replaces_what_every_source_said_before() {
    use Permission::*;
    check(
        &[
            said("shop", Status::Denied, 1),
            front_desk(Status::Granted, 2),
        ],
        Granted,
    );
    check(
        &[
            said("shop", Status::Denied, 2),
            front_desk(Status::Granted, 2),
        ],
        Granted,
    );
    check(
        &[
            said("shop", Status::Denied, 3),
            front_desk(Status::Granted, 2),
        ],
        Denied,
    );
    check(
        &[
            said("shop", Status::Granted, 1),
            front_desk(Status::Denied, 2),
        ],
        Denied,
    );
    check(
        &[
            said("shop", Status::Granted, 1),
            front_desk(Status::Pending, 2),
        ],
        Unknown,
    );
    check(
        &[
            said("shop", Status::Granted, 3),
            front_desk(Status::Pending, 2),
        ],
        Granted,
    );
    let elsewhere = Statement {
        source: "kiosk",
        ..front_desk(Status::Denied, 2)
    };
    check(&[front_desk(Status::Granted, 2), elsewhere], Denied);
}

#[test]
fn what_is_said_after_as_of_can_only_deny() {
    use Permission::*;
    check(&[said("crm", Status::Granted, NOW + 1)], Unknown);
    check(&[said("crm", Status::Granted, NOW)], Granted);
    check(
        &[
            said("crm", Status::Granted, 1),
            said("shop", Status::Denied, NOW + 1),
        ],
        Denied,
    );
    check(
        &[
            said("crm", Status::Denied, 1),
            said("crm", Status::Granted, NOW + 1),
        ],
        Denied,
    );
    check(
        &[
            said("crm", Status::Denied, 1),
            front_desk(Status::Granted, NOW + 1),
        ],
        Denied,
    );
    check(
        &[
            said("crm", Status::Granted, 1),
            said("crm", Status::Pending, NOW + 1),
        ],
        Granted,
    );
}

fn statuses() -> impl Strategy<Value = Status> {
    prop_oneof![
        4 => Just(Status::Granted),
        1 => Just(Status::Denied),
        1 => Just(Status::Withdrawn),
        1 => Just(Status::Pending),
        1 => Just(Status::Expired),
        1 => Just(Status::Unknown)
    ]
}

prop_compose! {
    fn statement()(
        source in prop::sample::select(vec!["crm", "shop", "branch"]),
        subject in prop::sample::select(vec!["contact", "r1"]),
        status in statuses(),
        stated_at in prop::option::weighted(0.9, 95i64..103),
        expires_at in prop::option::weighted(0.2, 95i64..105),
        is_front_desk in prop::bool::weighted(0.2),
    ) -> Statement<'static> {
        Statement { source, subject, status, stated_at, expires_at, is_front_desk }
    }
}

fn statement_lists() -> impl Strategy<Value = Vec<Statement<'static>>> {
    prop::collection::vec(statement(), 0..7)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn order_and_repetition_never_matter(
        (list, shuffled) in statement_lists().prop_flat_map(|l| (Just(l.clone()), Just(l).prop_shuffle()))
    ) {
        let expected = may_contact(&list, NOW);
        prop_assert_eq!(may_contact(&shuffled, NOW), expected);
        let twice: Vec<_> = list.iter().chain(&shuffled).copied().collect();
        prop_assert_eq!(may_contact(&twice, NOW), expected);
    }

    #[test]
    fn only_a_grant_can_turn_no_into_yes(
        list in statement_lists(),
        extra in statement().prop_filter("no grant", |s| !s.status.is_grant()),
    ) {
        let before = may_contact(&list, NOW);
        let after = may_contact(&[list.as_slice(), &[extra]].concat(), NOW);
        prop_assert!(before == Permission::Granted || after != Permission::Granted);
        // and nothing but a grant can end a denial
        prop_assert!(before != Permission::Denied || after == Permission::Denied);
    }

    #[test]
    fn a_denial_newer_than_everything_denies(list in statement_lists(), source in "[a-z]{3}") {
        let denial = Statement { source: &source, ..said("", Status::Withdrawn, NOW + 10) };
        prop_assert_eq!(may_contact(&[list.as_slice(), &[denial]].concat(), NOW), Permission::Denied);
    }

    #[test]
    fn effects_say_what_was_decided(list in statement_lists()) {
        let effects = effects(&list, NOW);
        prop_assert_eq!(effects.len(), list.len());
        let decided = match () {
            () if effects.contains(&Effect::Denies) => Permission::Denied,
            () if effects.contains(&Effect::Grants) => Permission::Granted,
            () => Permission::Unknown,
        };
        prop_assert_eq!(decided, may_contact(&list, NOW));
        // whatever does nothing may be left out
        for (at, effect) in effects.iter().enumerate() {
            if matches!(effect, Effect::NotYet) {
                let mut without = list.clone();
                without.remove(at);
                prop_assert_eq!(may_contact(&without, NOW), decided);
            }
        }
    }

    #[test]
    fn granted_needs_a_grant_in_force(list in statement_lists()) {
        if may_contact(&list, NOW) == Permission::Granted {
            let in_force = |s: &Statement<'_>| s.status.is_grant()
                && s.stated_at.is_none_or(|at| at <= NOW)
                && s.expires_at.is_none_or(|at| at > NOW);
            prop_assert!(list.iter().any(in_force));
        }
    }
}
