use super::*;
use proptest::prelude::*;

#[test]
fn one_address() {
    let home = "7548 center st san diego 92101";
    for other in [
        home,
        "7548 centre st san diego 92101",
        "7548 center street san diego 92101",
        "7548 center st 92101",
        "7548 center st apt 4 san diego 92101",
        "7548 center st san diego 92110",
        "7548 cetner st san diego",
    ] {
        assert!(
            address_similarity(home, other) >= 0.9,
            "{other}: {}",
            address_similarity(home, other)
        );
    }
    assert_eq!(address_similarity(home, home), 1.0);
    assert_eq!(address_similarity(home, ""), 0.0);
}

#[test]
fn different_addresses() {
    let home = "7548 center st san diego 92101";
    for other in [
        "7549 center st san diego 92101",
        "754 center st san diego 92101",
        "7548 cedar st san diego 92101",
        "7548 center st san antonio 78201",
        "center st san diego 92101",
        "12 oak ave springfield 62701",
    ] {
        assert!(
            address_similarity(home, other) < 0.9,
            "{other}: {}",
            address_similarity(home, other)
        );
    }
    assert!(
        address_similarity(
            "12 oak st colorado springs 80903",
            "12 elm st colorado springs 80903"
        ) < 0.9
    );
    assert!(
        address_similarity(
            "12 oak st apt 4 springfield 62701",
            "12 oak st apt 7 springfield 62701"
        ) < 0.9
    );
}

#[test]
fn one_organization() {
    for (a, b) in [
        ("acme labs", "acme labs"),
        ("acme labs", "labs acme"),
        ("acme labs", "acmelabs"),
        ("acme labs", "acme lasb"),
        ("northwind traders", "nortwind traders"),
        ("northwind traders", "northwnd tradres"),
        ("international widgets", "internatoinal widget"),
        ("siemens", "simens"),
    ] {
        assert!(
            organization_similarity(a, b) >= 0.92,
            "{a}, {b}: {}",
            organization_similarity(a, b)
        );
    }
    assert_eq!(organization_similarity("acme labs", "labs acme"), 1.0);
}

#[test]
fn different_organizations() {
    for (a, b) in [
        ("acme holdings", "acme labs"),
        ("acme", "acme labs"),
        ("acme north", "acme south"),
        ("studio 54", "studio 55"),
        ("pacific foods", "pacific goods"),
        ("first national bank", "first regional bank"),
        ("johnson and johnson", "johnson and smith"),
        ("abc", "abd"),
        ("a b c", "c b a"),
        ("", "acme"),
    ] {
        assert!(
            organization_similarity(a, b) < 0.92,
            "{a}, {b}: {}",
            organization_similarity(a, b)
        );
    }
}

#[test]
fn phonetic_keys() {
    assert_eq!(phonetic("smith"), phonetic("smyth"));
    assert_eq!(phonetic("northwind traders"), phonetic("northwynd traderz"));
    assert_ne!(phonetic("acme labs"), phonetic("acme holdings"));
    assert_eq!(phonetic("studio 54"), format!("{}54", phonetic("studio")));
    assert_eq!(phonetic(""), "");
}

fn keys() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-c1-3]{1,6}( [a-c1-3]{1,6}){0,4}",
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn similarities_are_symmetric_and_bounded(a in keys(), b in keys()) {
        for similarity in [text_similarity, address_similarity, organization_similarity] {
            let value = similarity(&a, &b);
            prop_assert!((0.0..=1.0).contains(&value));
            prop_assert!((value - similarity(&b, &a)).abs() < 1e-9);
        }
        phonetic(&a);
    }

    #[test]
    fn different_house_numbers_are_different_addresses(rest in "[a-z]{3,9}( [a-z]{2,9}){1,4}", x in 1u32..9999, y in 1u32..9999) {
        prop_assume!(x != y);
        let (a, b) = (format!("{x} {rest}"), format!("{y} {rest}"));
        prop_assert!(address_similarity(&a, &b) < 0.9);
    }
}
