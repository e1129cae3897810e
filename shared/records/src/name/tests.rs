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
        (("", "", "", "", "Watson"), ["Watson", "", "", ""]),
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

proptest! {
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
