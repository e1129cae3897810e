//! `std_country`: ISO 3166-1 as pycountry lists it, and the aliases of countrynames and rigour.

#![allow(clippy::unwrap_used)]

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use records::Country;
use records::text::fold;
use serde_json::Value;

use crate::dataset;

#[derive(Default)]
struct Score {
    cases: usize,
    right: usize,
    misses: Vec<String>,
}

impl Score {
    fn count(&mut self, text: &str, want: &str) {
        self.cases += 1;
        match Country::parse(text) {
            Some(country) if country.iso2() == want => self.right += 1,
            Some(country) => self
                .misses
                .push(format!("{want} {text} => {}", country.iso2())),
            None => self.misses.push(format!("{want} {text}")),
        }
    }

    fn share(&self) -> f64 {
        self.right as f64 / self.cases.max(1) as f64
    }

    fn list(&self) {
        println!("misses: {}", self.misses.join(" | "));
    }

    fn print(&self, what: &str) {
        println!(
            "std_country, {what}: {} of {}, {:.2} %",
            self.right,
            self.cases,
            self.share() * 100.0
        );
    }
}

/// Every code and name of ISO 3166-1.
#[test]
fn iso_codes_and_names() {
    let Some(folder) = dataset("std_country") else {
        return;
    };
    let mut score = Score::default();
    for row in entries(&folder.join("pycountry_iso3166-1.json"), "3166-1") {
        let want = row["alpha_2"].as_str().unwrap();
        for field in [
            "alpha_2",
            "alpha_3",
            "numeric",
            "name",
            "official_name",
            "common_name",
        ] {
            if let Some(text) = row[field].as_str() {
                score.count(text, want);
            }
        }
    }
    score.print("ISO 3166-1 codes and names");
    score.list();
    assert!(score.share() >= 0.99);
}

/// The names that rigour holds strong, and every alias of countrynames but those of parts of countries (ISO 3166-2),
/// which are no names of countries. What is left holds cities, counties and misspellings too: the floor says so.
#[test]
fn aliases_in_the_languages_of_the_world() {
    let Some(folder) = dataset("std_country") else {
        return;
    };
    let iso: HashSet<String> = entries(&folder.join("pycountry_iso3166-1.json"), "3166-1")
        .iter()
        .map(|row| row["alpha_2"].as_str().unwrap().to_owned())
        .collect();
    let parts: HashSet<String> = entries(&folder.join("pycountry_iso3166-2.json"), "3166-2")
        .iter()
        .map(|row| fold(row["name"].as_str().unwrap()))
        .collect();
    let mut strong = Score::default();
    for code in &iso {
        let file = folder
            .join("rigour_territories")
            .join(format!("{}.yml", code.to_lowercase()));
        for (key, alias) in lists_of(&file) {
            if key == "names_strong" {
                strong.count(&alias, code);
            }
        }
    }
    strong.print("rigour, strong names");
    strong.list();
    let mut all = Score::default();
    let mut countries = Score::default();
    for (code, alias) in lists_of(&folder.join("countrynames_data.yaml")) {
        if !iso.contains(&code) {
            continue;
        }
        all.count(&alias, &code);
        let place = alias.split(',').next().unwrap_or_default();
        if !parts.contains(&fold(place)) {
            countries.count(&alias, &code);
        }
    }
    all.print("countrynames, every alias");
    countries.print("countrynames, without parts of countries");
    countries.list();
    assert!(strong.share() >= 0.78 && countries.share() >= 0.97);
}

fn entries(path: &Path, key: &str) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    all[key].as_array().unwrap().clone()
}

/// `key:` and below it `  - alias`, as both write YAML.
fn lists_of(path: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut key = String::new();
    let mut all = Vec::new();
    for line in text.lines() {
        if let Some(alias) = line.trim_start().strip_prefix("- ") {
            let alias = alias.split(" #").next().unwrap().trim();
            all.push((
                key.clone(),
                alias.trim_matches(['"', '\'']).replace("''", "'"),
            ));
        } else if let Some((name, _)) = line.split_once(':') {
            key = name.to_owned();
        }
    }
    all
}
