//! `std_address`: OpenCage's address-formatting test cases (the formatted text in, the components out) and libpostal's
//! parser cases. Half of the cases, by a hash of the text, is never looked at while developing; its misses are not shown.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;

use records::text::fold;
use records::{AddressComponents, AddressInput, Country, PostalAddress};
use serde_json::Value;

use crate::dataset;

const COUNTRIES: [&str; 18] = [
    "AT", "AU", "BE", "BR", "CA", "CH", "DE", "ES", "FR", "GB", "IE", "IN", "IT", "MX", "NL", "NZ",
    "PL", "US",
];
const FIELDS: [&str; 5] = ["road", "house_number", "city", "postcode", "country"];
/// What else is scored, and reported only.
const MORE: [&str; 3] = ["region", "unit", "po_box"];

type Parts = BTreeMap<&'static str, String>;

/// True positives, false positives, false negatives.
#[derive(Default, Clone, Copy)]
struct Counts(f64, f64, f64);

impl Counts {
    fn add(&mut self, want: Option<&String>, got: Option<&String>) -> bool {
        match (want, got) {
            (None, None) => return true,
            (Some(want), Some(got)) if want == got => self.0 += 1.0,
            (want, got) => {
                self.1 += f64::from(u8::from(got.is_some()));
                self.2 += f64::from(u8::from(want.is_some()));
                return false;
            }
        }
        true
    }

    fn f1(self) -> f64 {
        2.0 * self.0 / (2.0 * self.0 + self.1 + self.2).max(1.0)
    }
}

#[derive(Default)]
struct Score {
    pooled: [Counts; 2],
    by: BTreeMap<String, [Counts; 2]>,
    misses: Vec<String>,
}

impl Score {
    fn count(&mut self, group: &str, text: &str, want: &Parts, fields: &[&'static str]) {
        let half = usize::from(is_unseen(text));
        let got = parts(&parse(text));
        let mut is_right = true;
        for field in fields {
            let (want, got) = (want.get(field), got.get(field));
            is_right &= self.pooled[half].add(want, got);
            for key in [group, field] {
                self.by.entry(key.to_owned()).or_default()[half].add(want, got);
            }
        }
        if !is_right && half == 0 {
            self.misses.push(format!(
                "{group} {text:?}\n   want {want:?}\n   got  {got:?}"
            ));
        }
    }

    fn print(&self, what: &str) {
        let [seen, unseen] = self.pooled.map(Counts::f1);
        println!("{what}: F1 {seen:.3}, unseen half {unseen:.3}");
        let by = self
            .by
            .iter()
            .map(|(key, [seen, unseen])| format!("{key} {:.2}/{:.2}", seen.f1(), unseen.f1()));
        println!("  {}", by.collect::<Vec<_>>().join("  "));
        println!("{}", self.misses.join("\n"));
    }
}

/// FNV-1a of the text: one bit of it says which half.
fn is_unseen(text: &str) -> bool {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    hash >> 32 & 1 == 1
}

fn parse(text: &str) -> Option<AddressComponents> {
    let input = AddressInput {
        line1: Some(text),
        ..AddressInput::default()
    };
    PostalAddress::parse(&input)
        .0
        .map(|address| address.components())
}

/// The scored parts, folded.
fn parts(components: &Option<AddressComponents>) -> Parts {
    let Some(parts) = components else {
        return Parts::new();
    };
    let all = [
        ("road", &parts.road),
        ("house_number", &parts.house_number),
        ("city", &parts.city),
        ("postcode", &parts.postcode),
        ("region", &parts.region),
        ("unit", &parts.unit),
        ("po_box", &parts.po_box),
    ];
    let mut parts: Parts = all
        .into_iter()
        .filter_map(|(key, value)| Some((key, comparable(key, value.as_deref()?))))
        .collect();
    if let Some(country) = components.as_ref().and_then(|parts| parts.country) {
        parts.insert("country", country.iso2().to_owned());
    }
    parts
}

fn comparable(key: &str, value: &str) -> String {
    match key {
        "postcode" => fold(value)
            .replace(' ', "")
            .trim_start_matches("cep")
            .to_owned(),
        "house_number" | "unit" => fold(value).replace(' ', ""),
        _ => fold(value),
    }
}

/// What of a case's components stands in its text: OpenCage's formatter leaves out and replaces.
fn expected(components: &Value, text: &str) -> Parts {
    let folded = format!(" {} ", fold(text));
    let in_text = |value: &str| folded.contains(&format!(" {} ", fold(value)));
    let value = |key: &str| match &components[key] {
        Value::String(text) => Some(text.split([';', ',']).next().unwrap_or_default().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let first = |keys: &[&str]| {
        keys.iter()
            .filter_map(|key| value(key))
            .find(|text| in_text(text))
    };
    let mut want = Parts::new();
    let mut put = |key: &'static str, found: Option<String>| {
        want.extend(found.map(|text| (key, comparable(key, &text))));
    };
    put(
        "road",
        first(&[
            "road",
            "pedestrian",
            "residential",
            "footway",
            "path",
            "street",
        ]),
    );
    put("house_number", first(&["house_number", "housenumber"]));
    put(
        "city",
        first(&[
            "city",
            "town",
            "village",
            "hamlet",
            "municipality",
            "locality",
            "city_district",
            "county",
        ]),
    );
    let tight = folded.replace(' ', "");
    put(
        "postcode",
        value("postcode").filter(|code| tight.contains(&comparable("postcode", code))),
    );
    let last = text.trim().lines().last().unwrap_or_default();
    if let Some(country) = Country::parse(last).filter(|_| components["country"].is_string()) {
        want.insert("country", country.iso2().to_owned());
    }
    want
}

#[test]
fn opencage() {
    let Some(folder) = dataset("std_address") else {
        return;
    };
    let mut score = Score::default();
    for line in fs::read_to_string(folder.join("opencage_cases.jsonl"))
        .unwrap()
        .lines()
    {
        let case: Value = serde_json::from_str(line).unwrap();
        let code = case["components"]["country_code"]
            .as_str()
            .unwrap_or_default()
            .to_uppercase();
        if !COUNTRIES.contains(&code.as_str()) {
            continue;
        }
        let text = case["expected"].as_str().unwrap();
        score.count(&code, text, &expected(&case["components"], text), &FIELDS);
    }
    score.print("std_address, OpenCage");
    assert!(score.pooled.iter().all(|half| half.f1() >= 0.85));
}

#[test]
fn libpostal() {
    let Some(folder) = dataset("std_address") else {
        return;
    };
    let mut score = Score::default();
    let fields = [&FIELDS[..], &MORE[..]].concat();
    for line in fs::read_to_string(folder.join("libpostal_parser_cases.jsonl"))
        .unwrap()
        .lines()
    {
        let case: Value = serde_json::from_str(line).unwrap();
        let mut want = Parts::new();
        for pair in case["components"].as_array().unwrap() {
            let (key, text) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
            let key = if key == "state" { "region" } else { key };
            let Some(key) = fields.iter().copied().find(|field| *field == key) else {
                continue;
            };
            let text = match key {
                "country" => Country::parse(text)
                    .map_or_else(|| text.to_owned(), |country| country.iso2().to_owned()),
                _ => comparable(key, text),
            };
            want.insert(key, text);
        }
        score.count("all", case["address"].as_str().unwrap(), &want, &fields);
    }
    score.print("std_address, libpostal");
}
