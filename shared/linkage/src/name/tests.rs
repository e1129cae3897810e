use super::*;
use proptest::prelude::*;

/// "given/family"
fn name(text: &str) -> Name<'_> {
    let (given, family) = text.split_once('/').unwrap();
    Name { given, family }
}

#[track_caller]
fn check(a: &str, b: &str, expected: NameLevel) {
    assert_eq!(level(name(a), name(b)), expected, "{a} {b}");
    assert_eq!(level(name(b), name(a)), expected, "{b} {a}");
}

#[test]
fn levels() {
    check("jane/doe", "jane/doe", NameLevel::Exact);
    check("maryann/doe", "mary ann/doe", NameLevel::Exact);
    check("jane/vanderberg", "jane/van der berg", NameLevel::Exact);
    check("doe/jane", "jane/doe", NameLevel::Swapped);
    check("doe/bob", "robert/doe", NameLevel::Swapped);
    check("bob/doe", "robert/doe", NameLevel::Nickname);
    check("eric/doe", "erik/doe", NameLevel::Nickname);
    check("mary/doe", "mary ann/doe", NameLevel::Nickname);
    check("j/doe", "jane/doe", NameLevel::Initial);
    check("jane/d", "jane/doe", NameLevel::Initial);
    check("jenifer/doe", "jennifer/doe", NameLevel::Nickname);
    check("jenniefr/doe", "jennifer/doe", NameLevel::Typo);
    check("mria/doe", "maria/doe", NameLevel::Typo);
    check("benjjamin/", "benjamin/doe", NameLevel::FamilyMissing);
    check("qustin/doe", "justin/miller", NameLevel::Different);
    check("jane/thompson", "jane/thomson", NameLevel::Typo);
    check("jane/doe", "jane/miller", NameLevel::FamilyChanged);
    check("liz/doe", "elizabeth/miller", NameLevel::FamilyChanged);
    check("jane/doe", "jane/doe miller", NameLevel::FamilyChanged);
    check("jane/", "jane/doe", NameLevel::FamilyMissing);
    check("/doe", "jane/doe", NameLevel::GivenMissing);
    check("john/doe", "jane/doe", NameLevel::GivenDiffers);
    check("john/doe", "jane/miller", NameLevel::Different);
    check("/doe", "jane/miller", NameLevel::Different);
    check("john/", "jane/miller", NameLevel::Different);
    check("/", "jane/doe", NameLevel::Missing);
    check("j/", "jane/doe", NameLevel::Missing);
    check("jane/", "/doe", NameLevel::Missing);
    check("doe/", "jane/doe", NameLevel::Missing);
}

#[test]
fn near_given_names_of_relatives_do_not_agree() {
    for pair in [
        "jane,jean",
        "maria,mario",
        "erik,erika",
        "carl,carla",
        "frances,francis",
        "julia,julio",
        "martin,martina",
        "christian,christina",
        "daniel,danielle",
        "andrea,andreas",
        "paul,paula",
        "louis,louise",
        "john,joan",
        "marion,marian",
        "gerald,gerard",
        "marco,mario",
        "michel,michelle",
        "terry,terri",
        "jean paul,jean pierre",
        "rajesh,rakesh",
        "nicola,nicole",
        "victor,victoria",
        "alexander,alexandra",
        "jan,jane",
        "patrick,patricia",
        "denis,denise",
        "brian,brianna",
        "tyler,taylor",
        "emily,emilia",
        "simon,simone",
        "jayden,kayden",
        "jaxton,paxton",
    ] {
        let (a, b) = pair.split_once(',').unwrap();
        let (a, b) = (
            Name {
                given: a,
                family: "doe",
            },
            Name {
                given: b,
                family: "doe",
            },
        );
        assert_eq!(names_agree(a, b), Agreement::Disagree, "{pair}");
    }
}

#[test]
fn typing_errors_agree_when_the_family_name_does() {
    for pair in [
        "jennifer jennifr",
        "michael micheal",
        "elizabeth elizbeth",
        "william wiliam",
        "robert rober",
        "robert robetr",
        "stephanie stehpanie",
        "jonathan jonathon",
        "patricia patrcia",
        "thomas thoams",
    ] {
        let (a, b) = pair.split_once(' ').unwrap();
        let agreement = |family| {
            names_agree(
                Name {
                    given: a,
                    family: "doe",
                },
                Name { given: b, family },
            )
        };
        assert_eq!(agreement("doe"), Agreement::Agree, "{pair}");
        if level(
            Name {
                given: a,
                family: "doe",
            },
            Name {
                given: b,
                family: "doe",
            },
        ) == NameLevel::Typo
        {
            assert_eq!(agreement("miller"), Agreement::Disagree, "{pair}");
        }
    }
}

fn groups(names: &[&str]) -> usize {
    let names: Vec<(String, String)> = names
        .iter()
        .map(|text| name(text))
        .map(|name| (name.given.to_owned(), name.family.to_owned()))
        .collect();
    name_groups(&names)
}

#[test]
fn people_in_a_shared_value() {
    assert_eq!(groups(&[]), 0);
    assert_eq!(groups(&["/", "/"]), 0);
    assert_eq!(groups(&["/", "jane/doe"]), 1);
    assert_eq!(
        groups(&["jane/doe", "j/doe", "jane/", "/doe", "doe/jane"]),
        1
    );
    assert_eq!(groups(&["jane/doe", "jane/miller"]), 1);
    assert_eq!(
        groups(&["jane/doe", "jane/miller", "jane/smith"]),
        2,
        "three family names are no marriage"
    );
    assert_eq!(groups(&["jane/doe", "john/doe"]), 2);
    assert_eq!(groups(&["j/doe", "jane/doe", "john/doe"]), 2);
    assert_eq!(
        groups(&["heather/doe", "haether/doe", "heatehr/doe"]),
        1,
        "two errors of one name"
    );
    assert_eq!(groups(&["haether/doe", "heatehr/doe"]), 2);
    assert_eq!(groups(&["g/", "doe/gary", "gary/doe"]), 1);
    assert_eq!(groups(&["info/", "jane/doe", "raj/patel", "li/wang"]), 4);
    let crowd: Vec<String> = (0..5000)
        .map(|i| format!("{}{}/family{i}", (b'a' + (i % 26) as u8) as char, i))
        .collect();
    assert_eq!(
        groups(&crowd.iter().map(String::as_str).collect::<Vec<_>>()),
        MOST_GROUPS
    );
}

#[test]
fn similarity() {
    let of = |a, b| compare_names(name(a), name(b)).1;
    assert_eq!(of("jane/doe", "jane/doe"), 1.0);
    assert_eq!(of("doe/jane", "jane/doe"), 1.0);
    assert_eq!(of("bob/doe", "robert/doe"), 1.0);
    assert_eq!(of("/", "jane/doe"), 0.0);
    assert!(of("jennifer/doe", "jenifer/doe") > 0.92);
    assert!(of("jane/doe", "peter/miller") < 0.7);
}

fn keys() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => Just(String::new()),
        2 => "[a-e]{1,2}",
        4 => prop::sample::select(vec![
            "jane", "jean", "john", "jon", "j", "robert", "bob", "rober", "mary ann", "mary", "maryann", "doe", "miller",
            "smith", "smith doe", "smyth", "martin", "martina",
        ])
        .prop_map(str::to_owned),
        1 => "[a-z ]{0,12}".prop_map(|text| text.trim().to_owned()),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn comparing_is_symmetric_and_bounded(a in (keys(), keys()), b in (keys(), keys())) {
        let (a, b) = (Name { given: &a.0, family: &a.1 }, Name { given: &b.0, family: &b.1 });
        let (level, similarity) = compare_names(a, b);
        let (level_back, similarity_back) = compare_names(b, a);
        prop_assert_eq!(level, level_back);
        prop_assert!((similarity - similarity_back).abs() < 1e-9);
        prop_assert!((0.0..=1.0).contains(&similarity));
        prop_assert_ne!(names_agree(a, a), Agreement::Disagree);
    }

    #[test]
    fn groups_do_not_depend_on_order(
        (names, shuffled) in prop::collection::vec((keys(), keys()), 0..12)
            .prop_flat_map(|names| (Just(names.clone()), Just(names).prop_shuffle()))
    ) {
        let count = name_groups(&names);
        prop_assert_eq!(count, name_groups(&shuffled));
        prop_assert!(count <= names.len());
        let twice: Vec<_> = names.iter().chain(&shuffled).cloned().collect();
        prop_assert_eq!(count, name_groups(&twice));
    }
}
