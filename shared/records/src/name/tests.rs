use proptest::prelude::*;

use super::*;

fn full(text: &str) -> Option<[String; 4]> {
    parts(PersonName::parse(None, None, None, None, Some(text)))
}

fn parts(name: Option<PersonName>) -> Option<[String; 4]> {
    name.map(|name| {
        [name.given, name.middle, name.family, name.suffix].map(Option::unwrap_or_default)
    })
}

#[test]
fn reads_full_names() {
    for (text, want) in [
        ("Jane Doe", ["Jane", "", "Doe", ""]),
        ("JANE M DOE", ["Jane", "M.", "Doe", ""]),
        ("jane m. doe", ["Jane", "M.", "Doe", ""]),
        ("Doe, Jane M.", ["Jane", "M.", "Doe", ""]),
        ("DOE, JANE M., JR.", ["Jane", "M.", "Doe", "Jr"]),
        ("John Doe, Jr.", ["John", "", "Doe", "Jr"]),
        ("John Doe III", ["John", "", "Doe", "III"]),
        ("John Doe 3rd", ["John", "", "Doe", "III"]),
        ("Dr. John Doe, PhD", ["John", "", "Doe", ""]),
        (
            "Prof. Dr. Hans-Peter Müller",
            ["Hans-Peter", "", "Müller", ""],
        ),
        ("Frau Müller", ["", "", "Müller", ""]),
        ("Mme Dupont", ["", "", "Dupont", ""]),
        ("Mr & Mrs Smith", ["", "", "Smith", ""]),
        ("John & Jane Doe", ["John", "", "Doe", ""]),
        ("Robert \"Bob\" Smith", ["Robert", "", "Smith", ""]),
        ("Robert (Bob) Smith", ["Robert", "", "Smith", ""]),
        ("Robert 'Bob' O'Neil", ["Robert", "", "O'Neil", ""]),
        ("VINCENT VAN GOGH", ["Vincent", "", "van Gogh", ""]),
        ("maria de la cruz", ["Maria", "", "de la Cruz", ""]),
        ("Jan van der Berg", ["Jan", "", "van der Berg", ""]),
        ("SEAN O'NEIL", ["Sean", "", "O'Neil", ""]),
        ("ronald mcdonald", ["Ronald", "", "McDonald", ""]),
        ("FLORA MACDONALD", ["Flora", "", "MacDonald", ""]),
        ("ANA MACHADO", ["Ana", "", "Machado", ""]),
        ("ahmed al-rashid", ["Ahmed", "", "al-Rashid", ""]),
        ("LeBron James", ["LeBron", "", "James", ""]),
        ("J.R.R. Tolkien", ["J.", "R. R.", "Tolkien", ""]),
        ("Jos&eacute; Garc&iacute;a", ["José", "", "García", ""]),
        ("😀 Jane 🎉 Doe ", ["Jane", "", "Doe", ""]),
        ("José Ortega y Gasset", ["José", "", "Ortega y Gasset", ""]),
        ("Yo-Yo Ma", ["Yo-Yo", "", "Ma", ""]),
        ("Van Morrison", ["Van", "", "Morrison", ""]),
        ("Cher", ["Cher", "", "", ""]),
        ("Иван Иванов", ["Иван", "", "Иванов", ""]),
        ("ИВАН ИВАНОВ", ["Иван", "", "Иванов", ""]),
        ("MARY-ANN SMITH-JONES", ["Mary-Ann", "", "Smith-Jones", ""]),
        ("John V", ["John", "", "V.", ""]),
        ("Smith, Dr. John", ["John", "", "Smith", ""]),
        ("JOHN SMITH MD", ["John", "", "Smith", ""]),
        ("Michael D. Smith", ["Michael", "D.", "Smith", ""]),
        (
            "Victoria Lynn Clements, D.O.",
            ["Victoria", "Lynn", "Clements", ""],
        ),
        ("ellen h mc donald", ["Ellen", "H.", "Mc Donald", ""]),
        ("Swanson Peter A", ["Peter", "A.", "Swanson", ""]),
        ("Sammy Davis Jr", ["Sammy", "", "Davis", "Jr"]),
        // Two family names
        ("Ana García López", ["Ana", "", "García López", ""]),
        (
            "MARIA JOSE PEREZ DE LA CRUZ",
            ["Maria", "Jose", "Perez de la Cruz", ""],
        ),
        ("João Silva Neto", ["João", "", "Silva Neto", ""]),
        ("Ana Paula Souza Lima", ["Ana", "Paula", "Souza Lima", ""]),
        (
            "William N. Wood Prince",
            ["William", "N.", "Wood Prince", ""],
        ),
        ("Mary Ann Evans", ["Mary", "Ann", "Evans", ""]),
        // Two people
        ("John and Mary Smith", ["John", "", "Smith", ""]),
        ("Dr. Gomes & Dr. Lui", ["", "", "Gomes", ""]),
        ("John Doe & Jane Roe", ["John", "", "Doe", ""]),
        (
            "Ronald T. & Karen P. Lindsay",
            ["Ronald", "T.", "Lindsay", ""],
        ),
        ("Mr. and Mrs. John Smith", ["John", "", "Smith", ""]),
        ("Smith, John & Mary", ["John", "", "Smith", ""]),
        // Two scripts
        ("Ivan Petrov (Иван Петров)", ["Ivan", "", "Petrov", ""]),
        ("Иван Петров / Ivan Petrov", ["Иван", "", "Петров", ""]),
        ("王小明 Wang Xiaoming", ["Wang", "", "Xiaoming", ""]),
        ("王小明", ["小明", "", "王", ""]),
        ("欧阳娜娜", ["娜娜", "", "欧阳", ""]),
        ("山田 太郎", ["太郎", "", "山田", ""]),
        ("김철수", ["철수", "", "김", ""]),
        ("Nguyễn Văn An", ["Văn", "An", "Nguyễn", ""]),
        // Asides
        ("Jane Doe née Smith", ["Jane", "", "Doe", ""]),
        ("John Smith aka Johnny", ["John", "", "Smith", ""]),
        ("John Smith,aka: Johnny", ["John", "", "Smith", ""]),
        ("i\u{307}. Doe", ["İ.", "", "Doe", ""]),
        ("Jane ʻIolani", ["Jane", "", "ʻIolani", ""]),
        ("Ann McDONALD-SMITH", ["Ann", "", "McDonald-Smith", ""]),
        ("J.D. Salinger", ["J.", "D.", "Salinger", ""]),
        ("RAH\u{331}EL DOE", ["Ra\u{1e96}el", "", "Doe", ""]),
        (
            "EDMUND ''ED'' J. QUARTULLO",
            ["Edmund", "J.", "Quartullo", ""],
        ),
        ("<b>Jane</b> Doe", ["Jane", "", "Doe", ""]),
        // Titles and degrees
        ("State Senator Kwame Raoul", ["Kwame", "", "Raoul", ""]),
        ("Smith, John, Ph. D.", ["John", "", "Smith", ""]),
        ("Jane Doe Attorney at Law", ["Jane", "", "Doe", ""]),
        ("Larry Kassens, FACHE, CPHQ", ["Larry", "", "Kassens", ""]),
        ("JANE DOE RN", ["Jane", "", "Doe", ""]),
        ("Jack Ma", ["Jack", "", "Ma", ""]),
        ("Sister Mary Clarence", ["Mary", "", "Clarence", ""]),
        // One word
        ("STANLEY", ["Stanley", "", "", ""]),
        ("TRUJILLO", ["", "", "Trujillo", ""]),
        // Particles and remarks
        ("Piet v.d. Berg", ["Piet", "", "v.d. Berg", ""]),
        ("Maria del Carmen Ruiz", ["Maria", "del Carmen", "Ruiz", ""]),
        ("O CONNELL, RICHARD P", ["Richard", "P.", "O'Connell", ""]),
        ("Bob Jones, composer", ["Bob", "", "Jones", ""]),
        ("John A. Kenneth Doe", ["John", "A. Kenneth", "Doe", ""]),
        // Case
        ("RONALD McDONALD", ["Ronald", "", "McDonald", ""]),
        ("jANE dOE", ["Jane", "", "Doe", ""]),
        ("İBRAHİM ÇELİK", ["İbrahim", "", "Çelik", ""]),
        ("ΓΙΩΡΓΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ", ["Γιωργος", "", "Παπαδοπουλος", ""]),
        ("abdul rahman khan", ["Abdul Rahman", "", "Khan", ""]),
    ] {
        assert_eq!(full(text), Some(want.map(str::to_owned)), "{text}");
    }
}

#[test]
fn structured_parts_win() {
    for ((given, middle, family, suffix, text), want) in [
        (("Jane", "", "DOE", "", "J. Doe"), ["Jane", "", "Doe", ""]),
        (
            ("JOHN Q", "", "Doe Jr.", "", ""),
            ["John", "Q.", "Doe", "Jr"],
        ),
        (("John", "", "Doe", "jr, MD", ""), ["John", "", "Doe", "Jr"]),
        (
            ("", "", "Garcia Lopez", "", "Ana Garcia Lopez"),
            ["Ana", "", "Garcia Lopez", ""],
        ),
        (
            ("Ana", "", "", "", "Ana Maria Garcia"),
            ["Ana", "Maria", "Garcia", ""],
        ),
        (("", "", "", "", "Watson"), ["", "", "Watson", ""]),
        (("", "", "Watson", "", ""), ["", "", "Watson", ""]),
        (("", "", "Doe, John", "", ""), ["John", "", "Doe", ""]),
        (
            ("Mary Ann", "", "Smith", "", ""),
            ["Mary Ann", "", "Smith", ""],
        ),
        (
            ("Dr. John", "", "Smith PhD", "", ""),
            ["John", "", "Smith", ""],
        ),
        (("N/A", "", "Smith", "", "unknown"), ["", "", "Smith", ""]),
        (("Li", "", "Ma", "", ""), ["Li", "", "Ma", ""]),
        (("J", "", "SMITH", "", ""), ["J.", "", "Smith", ""]),
        (("Anna", "", "VAN", "", ""), ["Anna", "", "Van", ""]),
        (("JP", "", "NG", "", ""), ["JP", "", "Ng", ""]),
    ] {
        let some = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        let name = PersonName::parse(
            some(given),
            some(middle),
            some(family),
            some(suffix),
            some(text),
        );
        assert_eq!(
            parts(name),
            Some(want.map(str::to_owned)),
            "{given}|{middle}|{family}|{suffix}|{text}"
        );
    }
}

#[test]
fn placeholders_are_no_names() {
    for text in [
        "",
        " ",
        "N/A",
        "unknown",
        "test",
        "Test Test",
        "null",
        "-",
        "...",
        "jane@x.example",
        "123",
        "😀",
    ] {
        assert_eq!(full(text), None, "{text}");
    }
}

#[test]
fn keys_fold_and_join() {
    for (text, given, family, key) in [
        (
            "Jean-Pierre van der Berg",
            "jeanpierre",
            "vanderberg",
            "jeanpierre vanderberg",
        ),
        ("Jürgen Müller", "jurgen", "muller", "jurgen muller"),
        ("Jürgen Mueller", "jurgen", "muller", "jurgen muller"),
        ("John Q. O'Neil Jr", "john", "oneil", "john oneil"),
        ("Cher", "cher", "", "cher"),
    ] {
        let keys = PersonName::parse(None, None, None, None, Some(text))
            .unwrap()
            .keys();
        assert_eq!(
            (
                keys.given.as_str(),
                keys.family.as_str(),
                keys.full.as_str()
            ),
            (given, family, key),
            "{text}"
        );
    }
}

#[test]
fn knows_marketing_forms() {
    for (text, want) in [
        ("Friend", true),
        ("Valued Customer", true),
        ("J. Smith", true),
        ("Jane S.", true),
        ("Jane Doe", false),
        ("Jane", false),
        ("Jane Friend", false),
    ] {
        assert_eq!(
            PersonName::parse(None, None, None, None, Some(text))
                .unwrap()
                .is_marketing_form(),
            want,
            "{text}"
        );
    }
}

#[test]
fn full_is_in_reading_order() {
    let name = PersonName::parse(Some("jane"), Some("m"), Some("doe"), Some("JR"), None).unwrap();
    assert_eq!(name.full(), "Jane M. Doe Jr");
}

#[test]
fn companies_are_tagged_and_kept_whole() {
    for (text, want) in [
        ("Acme Inc", Some("Acme Inc")),
        ("ACME HOLDINGS LLC", Some("Acme Holdings LLC")),
        ("First National Bank", Some("First National Bank")),
        ("Müller Bau GmbH", Some("Müller Bau GmbH")),
        ("Jan Jansen BV", Some("Jan Jansen BV")),
        ("Charlotte Church", None),
        ("ETs,A ,", None),
        ("Tyra Banks", None),
        ("John Smith, PA", None),
        ("João Sá", None),
    ] {
        let name = PersonName::parse(None, None, None, None, Some(text)).unwrap();
        assert_eq!(
            name.rules().contains(Rule::NameCompany),
            want.is_some(),
            "{text}"
        );
        if want.is_some() {
            assert_eq!((name.given, name.family.as_deref()), (None, want), "{text}");
        }
    }
}

#[test]
fn tells_which_rules_did_something() {
    use Rule::*;
    for (text, want) in [
        ("Jane Doe", &[][..]),
        ("JANE DOE", &[NameCase]),
        ("Doe, Jane M", &[NameInitial, NameOrder]),
        (
            "Dr. Jane \"Jay\" Doe, PhD",
            &[NameTitle, NameDegree, NameNickname],
        ),
        ("Jane Doe jr.", &[NameSuffix]),
        ("Jane 😀 Doe", &[TextMarkup]),
        ("Jane Doe #2", &[NameMarks]),
        ("John & Mary Doe", &[NameCouple]),
        ("Ivan Petrov (Иван Петров)", &[NameScript]),
    ] {
        let name = PersonName::parse(None, None, None, None, Some(text)).unwrap();
        assert_eq!(name.rules().iter().collect::<Vec<_>>(), want, "{text}");
    }
}

#[test]
fn a_rule_that_is_off_does_nothing() {
    for (rule, text, want) in [
        (Rule::NameCase, "JANE DOE", "JANE DOE"),
        (Rule::NameOrder, "Doe, Jane", "Doe Jane"),
        (Rule::NameTitle, "Dr. Jane Doe", "Dr Jane Doe"),
        (Rule::NameSuffix, "Jane Doe jr", "Jane Doe Jr"),
        (Rule::NameInitial, "Jane M Doe", "Jane M Doe"),
        (
            Rule::NamePlaceholder,
            "Unknown Customer",
            "Unknown Customer",
        ),
    ] {
        let on = Rules::ALL.without(rule);
        let name = PersonName::parse_with(None, None, None, None, Some(text), on).unwrap();
        assert_eq!(name.full(), want, "{text}");
    }
}

#[test]
fn a_partner_of_titles_only_shares_no_name() {
    for text in ["Jane and Mr", "Jane & Dr. Prof."] {
        let name = PersonName::parse(None, None, None, None, Some(text)).unwrap();
        assert_eq!(name.full(), "Jane", "{text}");
    }
}

/// "nan" is what pandas writes for nothing.
#[test]
fn nan_is_nothing_and_nan_is_a_name() {
    for (text, want) in [
        ("NAn ,", Some("NAn")),
        ("Nan", Some("Nan")),
        ("Nan Smith", Some("Nan Smith")),
        ("NAN SMITH", Some("Nan Smith")),
        ("NaN Smith", Some("Smith")),
        ("NaN ,", None),
        ("nan", None),
        ("NAN", None),
    ] {
        let once = PersonName::parse(None, None, None, None, Some(text));
        assert_eq!(
            once.as_ref().map(PersonName::full).as_deref(),
            want,
            "{text}"
        );
        if let Some(once) = once {
            let again = PersonName::parse(
                once.given.as_deref(),
                None,
                once.family.as_deref(),
                None,
                None,
            );
            assert_eq!(again, Some(once), "{text}");
        }
    }
}

proptest! {
    #[test]
    fn without_rules_only_white_space_changes(text in ".{0,40}|[A-Za-z.,'\"() -]{0,40}") {
        let name = PersonName::parse_with(None, None, None, None, Some(&text), Rules::NONE);
        let cleaned = crate::text::clean(&text).unwrap_or_default();
        let is_joined = |name: &PersonName| name.full().split(' ').eq(cleaned.split(' ')) || aside::is_east_asian(&cleaned);
        prop_assert!(name.as_ref().map_or(cleaned.is_empty(), is_joined), "{name:?}");
    }

    /// What was standardized once is standard: the parts read back as they are.
    #[test]
    fn settles(text in ".{0,40}|[A-Za-z.,'\"() -]{0,40}|(Dr|Mr|van|de|O'|Mc|J\\.)? ?[A-Z]{1,8} [A-Za-z]{1,8}( Jr| III|, PhD)?") {
        if let Some(once) = PersonName::parse(None, None, None, None, Some(&text)) {
            let again = PersonName::parse(
                once.given.as_deref(), once.middle.as_deref(), once.family.as_deref(), once.suffix.as_deref(), None,
            );
            prop_assert_eq!(again.as_ref(), Some(&once), "{}", text);
            once.keys();
        }
    }
}
