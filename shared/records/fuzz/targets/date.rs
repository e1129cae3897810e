//! No panic; what was read reads back; with no rule on, nothing is changed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use records::date::{
    DateColumn, DateOrder, DateReading, SerialSystem, parse_date,
    parse_date_with, parse_timestamp,
};
use records::{Country, Rules};

fuzz_target!(|input: (bool, Option<i32>, &str)| {
    let (is_day_first, latest_year, text) = input;
    let order = if is_day_first {
        DateOrder::DayFirst
    } else {
        DateOrder::MonthFirst
    };
    let reading = DateReading {
        order,
        latest_year,
        serials: Some(SerialSystem::From1900),
    };
    if let Ok(once) = parse_date_with(text, &reading, Rules::ALL) {
        let again = parse_date_with(&once.date.to_string(), &reading, Rules::NONE);
        assert_eq!(again.map(|again| again.date), Ok(once.date));
    }
    if let Ok(plain) = parse_date_with(text, &reading, Rules::NONE) {
        assert_eq!(plain.date.to_string(), text.trim());
    }
    parse_date(text, Some(Country::US));
    parse_timestamp(text);
    DateColumn::default().add(text);
});
