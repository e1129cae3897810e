//! Google's example numbers, as the Python port of libphonenumber reads them.

use records::{Country, Phone};

use crate::dataset;
use crate::split::{Score, is_unseen};

#[test]
fn agrees_with_libphonenumber_on_its_example_numbers() {
    let Some(folder) = dataset("std_phone") else {
        return;
    };
    let mut rows = csv::Reader::from_path(folder.join("example_numbers.csv")).unwrap();
    let [mut national, mut international, mut rfc3966, mut types] =
        [(); 4].map(|()| Score::default());
    for row in rows.records() {
        let row = row.unwrap();
        let [
            region,
            kind,
            in_country,
            abroad,
            e164,
            uri,
            valid,
            number_type,
        ] = [0, 1, 2, 3, 4, 5, 6, 7].map(|column| row.get(column).unwrap());
        let want = (valid == "True").then_some(e164);
        let case = format!("{region} {kind}");
        for (form, text, score) in [
            ("national", in_country, &mut national),
            ("international", abroad, &mut international),
            ("RFC 3966", uri, &mut rfc3966),
        ] {
            let found = Phone::parse(text, Country::parse(region));
            let right = found.as_ref().ok().map(Phone::e164) == want;
            score.count(&case, right);
            if form == "international"
                && let Ok(phone) = &found
            {
                let same = phone
                    .number_type()
                    .name()
                    .eq_ignore_ascii_case(number_type.trim_end_matches("_NUMBER"));
                types.count(&case, same);
                if !same && !is_unseen(&case) {
                    println!(
                        "type {case}: want {number_type}, found {:?}",
                        phone.number_type()
                    );
                }
            }
            if !right && !is_unseen(&case) {
                println!(
                    "{form} {case}: {text:?}, want {want:?}, found {:?}",
                    found.as_ref().map(Phone::e164)
                );
            }
        }
    }
    for (form, score) in [
        ("type", types),
        ("national", national),
        ("international", international),
        ("RFC 3966", rfc3966),
    ] {
        score.print(form);
        assert!(score.percent() >= 99.0);
    }
}
