//! Names of people: probablepeople's labelled names, and a list of nicknames.

use records::name::fold;
use records::nickname::same_root;
use records::{PersonName, Rule};

use crate::labelled::{self, Labelled};
use crate::{Score, dataset};

/// What the labels say: given, family and suffix of the first person, folded without spaces.
fn wanted(name: &Labelled) -> [String; 3] {
    let tags: Vec<&str> = name.0.iter().map(|(_, tag)| tag.as_str()).collect();
    let and = tags
        .iter()
        .position(|tag| *tag == "And")
        .unwrap_or(tags.len());
    let joined = |tokens: &[(String, String)], wanted: &[&str]| -> String {
        let words = tokens
            .iter()
            .filter(|(_, tag)| wanted.contains(&tag.as_str()));
        words.map(|(text, _)| fold(text).replace(' ', "")).collect()
    };
    let (first, second) = name.0.split_at(and);
    let part = |wanted: &[&str]| match joined(first, wanted) {
        none if none.is_empty() => joined(second, wanted),
        some => some,
    };
    let suffix = match part(&["SuffixGenerational"]).trim_end_matches('.') {
        "junior" => "jr".to_owned(),
        "jrjr" => "jr".to_owned(),
        suffix => suffix.to_owned(),
    };
    [
        part(&["GivenName", "FirstInitial"]),
        part(&["Surname", "LastInitial"]),
        suffix,
    ]
}

fn found(text: &str) -> [String; 3] {
    let name = PersonName::parse(None, None, None, None, Some(text)).unwrap_or_default();
    [name.given, name.family, name.suffix]
        .map(|part| fold(&part.unwrap_or_default()).replace(' ', ""))
}

#[test]
fn labelled_people() {
    let Some(folder) = dataset("std_names") else {
        return;
    };
    let (mut all, mut longer) = (Score::default(), Score::default());
    for name in labelled::read(&folder.join("probablepeople_person_labeled.xml")).unwrap() {
        let (text, want) = (name.text(), wanted(&name));
        let got = found(&text);
        let miss = || format!("{text} → {got:?}, not {want:?}");
        all.add(&text, got == want, miss);
        if name.0.len() > 1 {
            longer.add(&text, got == want, miss);
        }
    }
    all.report("people: given, family, suffix", 0.90);
    longer.report("people of two words or more", 0.95);
}

#[test]
fn companies_among_people() {
    let Some(folder) = dataset("std_names") else {
        return;
    };
    let is_company = |text: &str| {
        PersonName::parse(None, None, None, None, Some(text))
            .is_some_and(|name| name.rules().contains(Rule::NameCompany))
    };
    let (mut people, mut companies) = (Score::default(), Score::default());
    for name in labelled::read(&folder.join("probablepeople_person_labeled.xml")).unwrap() {
        let text = name.text();
        people.add(&text, !is_company(&text), || text.clone());
    }
    for name in labelled::read(&folder.join("probablepeople_company_labeled.xml")).unwrap() {
        let text = name.text();
        companies.add(&text, is_company(&text), || text.clone());
    }
    people.report("people not taken for companies", 0.999);
    companies.report("companies in the field for a person", 0.60);
}

#[test]
fn nicknames() {
    let Some(folder) = dataset("std_names") else {
        return;
    };
    let list = std::fs::read_to_string(folder.join("nicknames_names.csv")).unwrap();
    let mut score = Score::default();
    for line in list.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        if let [name, _, nickname] = fields[..] {
            score.add(line, same_root(name, nickname), || line.to_owned());
        }
    }
    score.report("pairs of a name and its nickname", 0.0);
}
