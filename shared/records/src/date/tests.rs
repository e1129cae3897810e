use proptest::prelude::*;

use super::*;

fn date(text: &str, country: Option<Country>) -> Option<String> {
    parse_date(text, country).map(|date| date.to_string())
}

#[test]
fn reads_dates() {
    let (us, gb) = (Some(Country::US), Some(Country::GB));
    for (text, country, want) in [
        ("2024-03-01", None, Some("2024-03-01")),
        ("2024-03-01T10:00:00Z", us, Some("2024-03-01")),
        ("2024-03-01 10:00:00", None, Some("2024-03-01")),
        ("20240301", gb, Some("2024-03-01")),
        ("2024/3/1", None, Some("2024-03-01")),
        ("1.3.2024", us, Some("2024-03-01")),
        ("01.03.2024", None, Some("2024-03-01")),
        ("3/1/2024", us, Some("2024-03-01")),
        ("3/1/2024", gb, Some("2024-01-03")),
        ("25/12/1980", us, Some("1980-12-25")),
        ("12/25/1980", gb, Some("1980-12-25")),
        ("12-25-1980", None, Some("1980-12-25")),
        ("1 Mar 2024", None, Some("2024-03-01")),
        ("March 1st, 2024", None, Some("2024-03-01")),
        ("1-Mar-2024", None, Some("2024-03-01")),
        ("2023-02-29", None, None),
        ("31/04/2000", gb, None),
        ("9999-12-31", None, None),
        ("1111-11-11", None, None),
        ("1/2/99", us, None),
        ("", None, None),
        ("garbage", None, None),
        ("1234567", None, None),
        ("2024-03", None, None),
        ("12/25/1980 0:00:00", us, Some("1980-12-25")),
        ("1980-12-25 junk", None, None),
    ] {
        assert_eq!(date(text, country).as_deref(), want, "{text:?}");
    }
}

#[test]
fn reads_timestamps() {
    for (text, want) in [
        ("1970-01-01T00:00:01Z", Some(1_000_000)),
        ("1970-01-01T01:00:01+01:00", Some(1_000_000)),
        ("1970-01-01 00:00:01", Some(1_000_000)),
        ("1970-01-01T00:00:01.5", Some(1_500_000)),
        ("1970-01-02", Some(86_400_000_000)),
        ("1970-01-01 00:00:01+00", Some(1_000_000)),
        ("1970-01-01 01:00:01.000001+01:00", Some(1_000_001)),
        ("1970-01-01 00:01", Some(60_000_000)),
        ("1970-01-01 00:00:01 UTC", Some(1_000_000)),
        ("1700000000", None),
        ("1700000000000", None),
        ("", None),
        ("soon", None),
        ("2024-13-01T00:00:00Z", None),
        ("9999-12-31T00:00:00Z", None),
    ] {
        assert_eq!(parse_timestamp(text), want, "{text:?}");
    }
}

#[test]
fn knows_placeholders() {
    for (text, want) in [
        ("1900-01-01", true),
        ("1970-01-01", true),
        ("2000-01-01", true),
        ("1985-04-12", false),
        ("1985-01-01", false),
    ] {
        assert_eq!(
            is_placeholder_birth_date(parse_date(text, None).unwrap()),
            want,
            "{text}"
        );
    }
}

fn read(text: &str, reading: DateReading) -> Result<String, DateFault> {
    parse_date_with(text, &reading, Rules::ALL).map(|parsed| parsed.date.to_string())
}

const DAY: DateReading = DateReading {
    order: DateOrder::DayFirst,
    latest_year: Some(2026),
    serials: Some(SerialSystem::From1900),
};
const MONTH: DateReading = DateReading {
    order: DateOrder::MonthFirst,
    ..DAY
};

#[test]
fn reads_by_the_order_of_the_column() {
    for (text, day, month) in [
        ("3/1/2024", "2024-01-03", "2024-03-01"),
        ("3.1.2024", "2024-01-03", "2024-03-01"),
        ("25/12/1980", "1980-12-25", "1980-12-25"),
        ("12/25/80", "1980-12-25", "1980-12-25"),
        ("1/2/26", "2026-02-01", "2026-01-02"),
        ("1/2/27", "1927-02-01", "1927-01-02"),
        ("80-12-25", "1980-12-25", "1980-12-25"),
        ("1-Mar-24", "2024-03-01", "2024-03-01"),
        ("Mar 1, '24", "2024-03-01", "2024-03-01"),
        ("12/25/1980 12:00:00 AM", "1980-12-25", "1980-12-25"),
        ("45352", "2024-03-01", "2024-03-01"),
        ("45352.75", "2024-03-01", "2024-03-01"),
        ("10000", "1927-05-18", "1927-05-18"),
        ("73415", "2100-12-31", "2100-12-31"),
        ("Fri, 1 Mar 2024 10:00:00 GMT", "2024-03-01", "2024-03-01"),
    ] {
        assert_eq!(read(text, DAY).as_deref(), Ok(day), "{text}");
        assert_eq!(read(text, MONTH).as_deref(), Ok(month), "{text}");
    }
    let from_1904 = DateReading {
        serials: Some(SerialSystem::From1904),
        ..DAY
    };
    assert_eq!(read("43890", from_1904).as_deref(), Ok("2024-03-01"));
    let strict = DateReading::new(DateOrder::DayFirst);
    for (text, reading, want) in [
        ("1/2/24", strict, DateFault::TwoDigitYear),
        ("45352", strict, DateFault::NotADate),
        ("2024", DAY, DateFault::NotADate),
        ("99999", DAY, DateFault::NotADate),
        ("31/04/2000", DAY, DateFault::Impossible),
        ("2023-02-29", DAY, DateFault::Impossible),
        ("13/13/2000", DAY, DateFault::Impossible),
        ("0000-00-00", DAY, DateFault::Placeholder),
        ("9999-12-31", DAY, DateFault::Placeholder),
        ("0001-01-01 00:00:00", DAY, DateFault::Placeholder),
        ("2500-01-01", DAY, DateFault::Year),
        (" ", DAY, DateFault::Empty),
        ("soon", DAY, DateFault::NotADate),
    ] {
        assert_eq!(read(text, reading), Err(want), "{text}");
    }
}

#[test]
fn reads_names_of_months_in_many_languages() {
    for text in [
        "1. März 2024",
        "1 mars 2024",
        "1 de marzo de 2024",
        "1 marzo 2024",
        "1 mrt 2024",
        "1 maart 2024",
        "1 março 2024",
        "1 marca 2024",
        "1 Maerz 2024",
        "March 1st, 2024",
    ] {
        assert_eq!(read(text, MONTH).as_deref(), Ok("2024-03-01"), "{text}");
    }
    for (text, month) in [
        ("1 juin 2024", 6),
        ("1 juillet 2024", 7),
        ("1 août 2024", 8),
        ("1 mai 2024", 5),
        ("1 maggio 2024", 5),
        ("1 lipca 2024", 7),
        ("1 dezembro 2024", 12),
        ("1 agosto 2024", 8),
    ] {
        assert_eq!(
            read(text, MONTH),
            Ok(format!("2024-{month:02}-01")),
            "{text}"
        );
    }
}

#[test]
fn a_column_tells_its_order() {
    let column = |texts: &[&str]| {
        let mut column = DateColumn::default();
        texts.iter().for_each(|text| column.add(text));
        column
    };
    for (texts, want) in [
        (&["3/1/2024", "25/12/2024"][..], ColumnOrder::DayFirst),
        (
            &["3/1/2024", "12/25/24 10:00", "n/a"],
            ColumnOrder::MonthFirst,
        ),
        (
            &["3/1/2024", "1/1/2024", "2024-03-25", ""],
            ColumnOrder::Ambiguous,
        ),
        (&["25/12/2024", "12/25/2024"], ColumnOrder::Contradictory),
        (&["25/13/2024", "80-12-25"], ColumnOrder::Ambiguous),
        (&["03.25.2024"], ColumnOrder::MonthFirst),
    ] {
        assert_eq!(column(texts).order(), want, "{texts:?}");
    }
    let mut much = column(&["25/12/2024"; 200]);
    much.merge(&column(&["12/25/24", "1/2/2024", "5/5/2024", "45352"]));
    assert_eq!(much.order().order(), Some(DateOrder::DayFirst));
    let want = DateColumn {
        day_first: 200,
        month_first: 1,
        either: 1,
        others: 2,
    };
    assert_eq!(much, want);
}

#[test]
fn says_which_rules_did_something() {
    use Rule::*;
    for (text, want) in [
        ("2024-03-01", &[][..]),
        ("2024-03-01T10:00:00Z", &[DateTime]),
        ("20240301", &[DateFormat]),
        ("3/1/2024", &[DateFormat, DateOrder]),
        ("3/3/2024", &[DateFormat]),
        ("3/25/2024", &[DateFormat, DateSwapped]),
        ("25/3/24", &[DateFormat, DateTwoDigitYear]),
        ("45352", &[DateSerial]),
        ("1900-01-01", &[DatePlaceholder]),
    ] {
        let found = parse_date_with(text, &DAY, Rules::ALL).unwrap().rules;
        let want = want.iter().fold(Rules::NONE, |set, rule| set.with(*rule));
        assert_eq!(found, want, "{text}");
        let off = want.iter().filter(|rule| *rule != DatePlaceholder);
        for rule in off {
            let without = parse_date_with(text, &DAY, Rules::ALL.without(rule));
            assert!(without.is_err(), "{text} without {rule:?}");
        }
    }
}

proptest! {
    #[test]
    fn never_panics(text in ".{0,32}|[0-9TZ:+./ -]{0,32}") {
        parse_timestamp(&text);
        if let Some(date) = parse_date(&text, None) {
            prop_assert_eq!(parse_date(&date.to_string(), None), Some(date));
        }
    }

    #[test]
    fn settles(text in ".{0,24}|[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}|[0-9]{5}|[0-9]{1,2} [a-z]{3} [0-9]{2,4}") {
        for reading in [DAY, MONTH] {
            if let Ok(once) = parse_date_with(&text, &reading, Rules::ALL) {
                let again = parse_date_with(&once.date.to_string(), &reading, Rules::NONE);
                prop_assert_eq!(again.map(|again| again.date), Ok(once.date));
            }
            if let Ok(plain) = parse_date_with(&text, &reading, Rules::NONE) {
                prop_assert_eq!(plain.date.to_string(), text.trim());
            }
        }
        DateColumn::default().add(&text);
    }
}
