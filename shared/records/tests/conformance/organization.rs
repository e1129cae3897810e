//! Names of organizations: probablepeople's labelled names, and two lists of legal forms.

use records::CompanyName;
use records::name::fold;

use crate::labelled;
use crate::{Score, dataset};

fn letters(text: &str) -> String {
    let mut folded = fold(&text.replace('&', " and ").replace('.', ""));
    folded.retain(|c| c != ' ');
    folded
}

/// The labels count company, corporation and their short forms as part of the name; here they are legal forms, and set
/// apart. Where the labels name a legal form, it must be the one that was found, and the rest must be the core name.
#[test]
fn labelled_companies() {
    let Some(folder) = dataset("std_names") else {
        return;
    };
    let (mut cores, mut forms) = (Score::default(), Score::default());
    for name in labelled::read(&folder.join("probablepeople_company_labeled.xml")).unwrap() {
        let text = name.text();
        let company = CompanyName::parse(&text);
        let form = letters(&name.words(|tag| tag == "CorporationLegalType"));
        let found = company
            .as_ref()
            .and_then(|company| company.legal_form.clone());
        let core = letters(&name.words(|tag| tag != "CorporationLegalType"));
        let found_core = company
            .as_ref()
            .map(|company| letters(company.core()))
            .unwrap_or_default();
        forms.add(&text, found.is_some() != form.is_empty(), || {
            format!("{text} → {found:?}")
        });
        let is_right = found_core == core;
        cores.add(&text, is_right, || format!("{text} → {found_core:?}"));
    }
    cores.report("companies: core name", 0.90);
    forms.report("companies: legal form", 0.92);
}

#[test]
fn legal_forms() {
    let Some(folder) = dataset("std_org_names") else {
        return;
    };
    let mut all = Score::default();
    let yaml = std::fs::read_to_string(folder.join("rigour_org_types.yml")).unwrap();
    for line in yaml.lines() {
        let entry = line.trim().strip_prefix("- ").unwrap_or_default();
        let form = entry.strip_prefix("display:").unwrap_or(entry);
        // What follows " #" is a remark.
        let form = form
            .split(" #")
            .next()
            .unwrap_or_default()
            .trim()
            .trim_matches(['"', '\'']);
        if !form.is_empty() && !form.contains(':') {
            add(&mut all, form);
        }
    }
    all.report("legal forms of rigour", 0.95);
    let mut short = Score::default();
    let csv = std::fs::read_to_string(folder.join("name_matching_legal_names.csv")).unwrap();
    for line in csv.lines().skip(1) {
        for form in line.splitn(2, ',') {
            add(&mut short, form.trim().trim_matches('"'));
        }
    }
    short.report("legal forms of name_matching", 0.93);
}

/// Is the form seen behind a name, or in front of it, and the name left as it was?
fn add(score: &mut Score, form: &str) {
    let is_seen = |text: &str| {
        CompanyName::parse(text).is_some_and(|company| {
            company.legal_form.is_some() && letters(company.core()) == "northwind"
        })
    };
    let is_right = is_seen(&format!("Northwind {form}")) || is_seen(&format!("{form} Northwind"));
    score.add(form, is_right, || form.to_owned());
}
