//! What only looks like one customer, and what looks like two. A trap is a pair: `crm:<trap>` and `shop:<trap>`.

use super::{People, resolve};
use crate::support::Project;

/// Two records of each value that stands for none: one name, so that only the value could keep them apart.
fn of_values(prefix: &str, column: &str, name: &str, values: &[&str]) -> (Vec<String>, usize) {
    let lines = values.iter().enumerate().flat_map(|(at, value)| {
        ["crm", "shop"].map(|source| {
            format!("person {source} {prefix}{at}; full_name={name}; {column}={value}")
        })
    });
    (lines.collect(), values.len())
}

fn are_apart(people: &People, prefix: &str, count: usize) {
    for at in 0..count {
        people.are_apart(&[&format!("crm:{prefix}{at}"), &format!("shop:{prefix}{at}")]);
    }
}

#[test]
fn what_stands_for_no_value_identifies_nobody() {
    let traps = [
        of_values(
            "phone",
            "phone",
            "Mary Jones",
            &[
                "555-0000",
                "0000000000",
                "1234567890",
                "999-999-9999",
                "+1 111 111 1111",
                "(212) 555-1212",
            ],
        ),
        of_values(
            "number",
            "customer_number",
            "Mary Jones",
            &[
                "0", "N/A", "unknown", "-", "test", "00000", "null", "123456", "#N/A", "dummy",
            ],
        ),
        of_values(
            "email",
            "email",
            "Mary Jones",
            &[
                "none@none.com",
                "noreply@acme.example",
                "no-reply@acme.example",
                "test@test.com",
                "customer@acme.example",
                "guest@acme.example",
                "walkin@acme.example",
                "pos@acme.example",
                "user@acme.example",
                "123@gmail.com",
                "a@b.com",
            ],
        ),
        of_values(
            "company",
            "company_name",
            "Paul Miller",
            &[
                "Self employed",
                "n/a",
                "Unknown",
                "-",
                "Freelancer",
                "Retired",
                "Student",
                "Independent Contractor",
                "Sole Trader",
                "Privatperson",
                "Autónomo",
                "Consumer",
                "Walk-in",
                "Household",
                "Not employed",
                "Other",
                "Unknown Company",
            ],
        ),
    ];
    let names = [
        "Test Test",
        "Unknown Unknown",
        ".",
        "-",
        "Guest User",
        "Valued Customer",
        "Walk In",
        "Cash Sale",
        "First Last",
        "Accounts Payable",
    ];
    let mut lines: Vec<String> = traps.iter().flat_map(|(lines, _)| lines.clone()).collect();
    for (at, name) in names.iter().enumerate() {
        for source in ["crm", "shop"] {
            lines.push(format!(
                "person {source} name{at}; full_name={name}; company_name=Globex"
            ));
        }
    }
    let people = resolve(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    for (prefix, (_, count)) in ["phone", "number", "email", "company"].iter().zip(&traps) {
        are_apart(&people, prefix, *count);
    }
    are_apart(&people, "name", names.len());
}

#[test]
fn relatives_and_namesakes_stay_apart_and_are_asked_about() {
    let home = "address_line1=12 Oak Avenue; city=Chicago; postcode=60601; country=US";
    let twin = format!("family_name=Kent; birth_date=1990-05-05; email=kents@example.org; {home}");
    let lines = [
        // twins whose names are one letter apart, in a place where fingers slip and in one where they do not
        format!("person crm twins; given_name=Jayden; {twin}"),
        format!("person shop twins; given_name=Kayden; {twin}"),
        format!(
            "person crm twins2; given_name=Jaxton; {}",
            twin.replace("kents", "kents2")
        ),
        format!(
            "person shop twins2; given_name=Paxton; {}",
            twin.replace("kents", "kents2")
        ),
        format!("person crm sons; full_name=John Smithe Sr.; phone=+1 312 867 4401; {home}"),
        format!("person shop sons; full_name=John Smithe, Jr; phone=+1 312 867 4401; {home}"),
        // one number, two people: in two systems that count alike
        "person crm number; full_name=Alice Hart; customer_number=C-5001".into(),
        "person shop number; full_name=Boris Kahn; customer_number=C-5001".into(),
        // a landline of two, and a name too thin to be either
        "person crm line; full_name=Peter Olsen; phone=+1 415 736 2211".into(),
        "person crm line2; full_name=Ingrid Bakke; phone=+1 415 736 2211".into(),
        "person shop line; full_name=P; phone=+1 415 736 2211".into(),
        // a landline of two is still theirs
        "person shop line2; full_name=Ingrid Bakke; phone=+1 415 736 2211".into(),
        // three names at a role address, and one name twice
        "person crm role; full_name=Ada Berg; email=info@globex.example".into(),
        "person shop role; full_name=Bo Carlsen; email=info@globex.example".into(),
    ];
    let people = resolve(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    for trap in ["twins", "twins2", "sons", "number", "line", "role"] {
        people.are_apart(&[&format!("crm:{trap}"), &format!("shop:{trap}")]);
    }
    people.are_one(&["crm:line2", "shop:line2"]);
    for trap in ["sons", "number", "line"] {
        // a line without a name fits whoever has it
        let kind = match trap {
            "line" => "ambiguous_match",
            _ => "conflict",
        };
        people.in_review(&format!("crm:{trap}"), &format!("shop:{trap}"), kind);
    }
}

#[test]
fn a_default_country_is_no_conflict() {
    // the project's default is US; only what is stated can conflict
    let people = resolve(&[
        "person crm one; full_name=Erik Holm; country=SE; email=erik.holm@example.org",
        "person shop one; full_name=Erik Holm; email=erik.holm@example.org; phone=312 867 4410",
        "person crm two; full_name=Nils Moe; country=SE; email=nils.moe@example.org",
        "person shop two; full_name=Nils Moe; country=US; email=nils.moe@example.org",
    ]);
    people.are_one(&["crm:one", "shop:one"]);
    people.are_apart(&["crm:two", "shop:two"]);
    people.in_review("crm:two", "shop:two", "conflict");
}

#[test]
fn companies_that_share_what_stands_for_none_stay_apart() {
    let websites = [
        "n/a",
        "facebook.com",
        "https://facebook.com/acme",
        "www.example.com",
        "none.com",
        "t.me/acme",
        "wix.com",
    ];
    let tax_ids = [
        "000000000",
        "N/A",
        "12-3456789",
        "GB000000000",
        "DE123456789",
        "EXEMPT",
        "applied for",
        "Private",
    ];
    let project = Project::of(&["account crm", "account billing"]);
    let mut lines = Vec::new();
    for (kind, column, values) in [
        ("web", "website", websites.as_slice()),
        ("tax", "tax_id", tax_ids.as_slice()),
    ] {
        for (at, value) in values.iter().enumerate() {
            let letter = char::from(b'a' + at as u8);
            lines.push(format!(
                "account crm {kind}{at}; legal_name=Alpha{kind}{letter} Bakery; {column}={value}"
            ));
            lines.push(format!(
                "account billing {kind}{at}; legal_name=Zephyr{kind}{letter} Plumbing; {column}={value}"
            ));
        }
    }
    project.lines(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    project.run();
    let customers = project.customers();
    for (kind, count) in [("web", websites.len()), ("tax", tax_ids.len())] {
        for at in 0..count {
            assert_ne!(
                customers[&format!("account crm:{kind}{at}")],
                customers[&format!("account billing:{kind}{at}")],
                "{kind}{at}"
            );
        }
    }
}
