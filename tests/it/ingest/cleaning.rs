//! What standardizing does to a feed's values: rules that are counted and can be switched off, the order of dates, seals.

use crate::support::{Feed, Project};
use serde_json::Value;

fn profile(project: &Project, feed: &str) -> Value {
    serde_json::from_str(&project.ok(&["profile", feed, "--json"])).unwrap()
}

fn column<'a>(profile: &'a Value, name: &str) -> &'a Value {
    let mut columns = profile["columns"].as_array().unwrap().iter();
    columns.find(|column| column["column"] == name).unwrap()
}

const PEOPLE: &str =
    "SELECT id AS source_record_id, name AS full_name, email, phone, tax AS tax_id FROM input";

#[test]
fn every_change_is_counted_with_an_example_that_shows_nobody() {
    let project = Project::new(&[Feed::new("people", "crm", "person", PEOPLE)]);
    project.drop(
        "people.csv",
        "id,name,email,phone,tax\n\
         1,JANE ROE,Jane@Corp.example,(212) 555-0142,\n\
         2,\"Wei, Li\",li@corp.example,+1 212 555 0143,\n\
         3,AL BO,nobody,12,\n\
         4,Acme Widgets Inc,info@acme.example,,\n",
    );
    assert_eq!(project.run().rows("people"), [4, 0, 4, 0]);
    let told = profile(&project, "people");
    let name = column(&told, "(name)");
    assert_eq!(name["rules"]["name.case"]["values"], 2, "{name}");
    assert_eq!(name["rules"]["name.case"]["before"], "AAAA AAA");
    assert_eq!(name["rules"]["name.case"]["after"], "Aaaa Aaa");
    assert_eq!(name["rules"]["name.order"]["values"], 1);
    let email = column(&told, "email");
    assert_eq!(
        (&email["filled"], &email["valid"]),
        (&Value::from(4), &Value::from(3))
    );
    assert_eq!(email["rules"]["email.case"]["values"], 1);
    let phone = column(&told, "phone");
    assert_eq!(
        (&phone["filled"], &phone["valid"]),
        (&Value::from(3), &Value::from(2))
    );
    assert_eq!(phone["patterns"][0][0], "(999) 999-9999");
    assert_eq!(column(&told, "full_name")["distinct"], 4);
    for table in ["silver.feed_profiles", "bronze.feed_schemas"] {
        let text = project.ok(&["export", table]);
        for value in ["Jane", "JANE", "Wei", "555", "corp"] {
            assert!(!text.contains(value), "{table} holds {value}");
        }
    }
    let persons = project.table("silver.persons");
    let tags = persons
        .one(&[("source_record_id", "4")])
        .get("tags")
        .to_owned();
    assert!(tags.contains("CompanyInPersonName"), "{tags}");
    // For people: the same, and the sources at a glance.
    let shown = project.ok(&["profile", "people"]);
    assert!(
        shown.contains("name.case") && shown.contains("AAAA AAA"),
        "{shown}"
    );
    let sources: Value = serde_json::from_str(&project.ok(&["profile", "--json"])).unwrap();
    let crm = &sources["sources"][0];
    assert_eq!(
        (&crm["source_system"], &crm["valid_email_share"]),
        (&"crm".into(), &0.75.into())
    );
    assert_eq!(crm["standardized_address_share"], Value::Null);
    assert!(
        project.ok(&["profile"]).contains("75.0 %"),
        "{}",
        project.ok(&["profile"])
    );
    let unknown = project.fails(&["profile", "poeple"]);
    assert!(unknown.contains("there are: people"), "{unknown}");
}

#[test]
fn a_rule_that_is_off_does_nothing_and_the_file_is_read_again() {
    let project = Project::new(&[Feed::new("people", "crm", "person", PEOPLE)]);
    project.drop("people.csv", "id,name,email,phone,tax\n1,JANE ROE,,,\n");
    let name = |project: &Project| {
        project.run();
        project.table("silver.persons").column("full_name")[0].to_owned()
    };
    assert_eq!(name(&project), "Jane Roe");
    project.edit(|toml| toml + "rules_off = [\"name.case\"]\n");
    assert_eq!(name(&project), "JANE ROE");
    project.edit(|toml| toml.replace("name.case", "name.caes"));
    let told = project.fails(&["check"]);
    assert!(told.contains("did you mean \"name.case\""), "{told}");
    assert!(project.fails(&["run"]).contains("name.caes"));
    let rules = project_rules();
    assert!(
        rules.contains("phone.trunk") && rules.contains("address.one_line"),
        "{rules}"
    );
}

fn project_rules() -> String {
    Project::new(&[Feed::new("people", "crm", "person", PEOPLE)]).ok(&["profile", "--rules"])
}

const DATED: &str = "SELECT id AS source_record_id, name AS full_name, born AS birth_date, changed AS updated_at FROM input";

/// Rows whose dates could be read either way, but for one.
fn dated(telling: &str, rows: usize) -> String {
    let mut text = String::from("id,name,born,changed\n");
    for id in 1..rows {
        text.push_str(&format!("{id},Jane Roe,03/04/1985,05/06/2024 10:15\n"));
    }
    text.push_str(&format!("{rows},Li Wei,{telling},05/06/2024 10:16\n"));
    text
}

#[test]
fn a_column_says_whether_the_day_is_first() {
    let born = |telling: &str, rows: usize, setting: &str| {
        let project = Project::new(&[Feed::new("people", "crm", "person", DATED).with(setting)]);
        project.drop("people.csv", dated(telling, rows));
        let report = project.run();
        assert_eq!(report.rows("people"), [rows as u64, 0, rows as u64, 0]);
        let records = project.table("silver.person_records");
        let first = records
            .one(&[("source_record_id", "1")])
            .get("birth_date")
            .to_owned();
        let order = column(&profile(&project, "people"), "birth_date")["date_order"].clone();
        (first, order.as_str().unwrap_or_default().to_owned(), report)
    };
    let (day, order, _) = born("25/12/1990", 10, "");
    assert_eq!((day.as_str(), order.as_str()), ("1985-04-03", "day_first"));
    let (month, order, _) = born("12/25/1990", 10, "");
    assert_eq!(
        (month.as_str(), order.as_str()),
        ("1985-03-04", "month_first")
    );
    // The project's country is the US, where nothing else tells; a person may.
    let (country, order, _) = born("01/02/1990", 10, "");
    assert_eq!(
        (country.as_str(), order.as_str()),
        ("1985-03-04", "by_country")
    );
    let (said, _, _) = born("12/25/1990", 10, "date_order = \"day_first\"");
    assert_eq!(said, "1985-04-03");
    // Whatever the size of a commit.
    let (small, _, _) = born("25/12/1990", 2_000, "commit_rows = 500");
    assert_eq!(small, "1985-04-03");
    // What tells stands far behind the rows that are looked at first.
    let (far, order, _) = born("25/12/1990", 20_000, "");
    assert_eq!((far.as_str(), order.as_str()), ("1985-04-03", "day_first"));
}

#[test]
fn a_column_that_contradicts_itself_is_told() {
    let project = Project::new(&[Feed::new("people", "crm", "person", DATED)]);
    let rows = "1,Jane Roe,25/12/1990,\n2,Li Wei,12/25/1990,\n3,Al Bo,03/04/1985,45000\n4,Zoe Ray,1/2/85,\n";
    project.drop("people.csv", format!("id,name,born,changed\n{rows}"));
    let report = project.run();
    let told = &report.json["drifted"][0]["changes"][0];
    assert!(
        told.as_str()
            .unwrap()
            .contains("birth_date has the day first 1 times and the month first 1 times"),
        "{told}"
    );
    let records = project.table("silver.person_records");
    let born = |id: &str| {
        records
            .one(&[("source_record_id", id)])
            .get("birth_date")
            .to_owned()
    };
    assert_eq!(
        [born("1"), born("2"), born("3"), born("4")],
        ["1990-12-25", "1990-12-25", "1985-03-04", "1985-01-02"]
    );
    // A spreadsheet's number of days.
    let changed = records
        .one(&[("source_record_id", "3")])
        .get("updated_at")
        .to_owned();
    assert!(changed.starts_with("2023-03-15"), "{changed}");
}

const HOLDERS: &str = "SELECT id AS source_record_id, name AS full_name, ssn AS national_id, changed AS updated_at FROM input";

#[test]
fn identifiers_of_people_are_sealed_everywhere() {
    let rows = "id,name,ssn,changed\n1,Jane Roe,536-22-1239,2026-01-01\n2,Li Wei,536 22 1239,2026-01-01\n\
                3,Al Bo,078-05-1121,soon\n4,Zoe Ray,000-00-0000,\n5,Jo Day,536-22-1238,\n6,\"torn 536-22-1237";
    let project = Project::new(&[Feed::new("people", "crm", "person", HOLDERS)]);
    project.drop("people.csv", rows);
    assert_eq!(project.run().rows("people"), [6, 0, 4, 2]);
    let persons = project.table("silver.persons");
    let id = |of: &str| {
        persons
            .one(&[("source_record_id", of)])
            .get("national_id")
            .to_owned()
    };
    let (jane, li) = (id("1"), id("2"));
    assert_eq!(jane, li, "one number, written in two ways");
    assert!(
        jane.starts_with("*****1239~") && jane.len() == 10 + 32,
        "{jane}"
    );
    assert!(id("5").starts_with("*****1238~") && id("5")[10..] != jane[10..]);
    assert_eq!(id("4"), "");
    for table in [
        "silver.person_records",
        "silver.persons",
        "bronze.quarantine",
        "gold.dim_person",
        "silver.feed_profiles",
    ] {
        let text = project.ok(&["export", table]);
        for number in ["536-22", "536 22", "536221", "078-05", "000-00"] {
            let found = text.lines().find(|line| line.contains(number));
            assert!(found.is_none(), "{table}: {found:?}");
        }
    }
    let quarantined = project.table("bronze.quarantine");
    let raw = quarantined
        .one(&[("source_row", "3")])
        .get("raw")
        .to_owned();
    assert!(raw.contains("Al Bo") && raw.contains("*****1121~"), "{raw}");

    // Whoever holds the key makes the same seals in another lake; without it they are others.
    let other = |variables: &[(&str, &str)], setting: &str| {
        let project = Project::new(&[Feed::new("people", "crm", "person", HOLDERS).with(setting)])
            .with_variables(variables.iter().copied());
        project.drop("people.csv", rows);
        project.run();
        project
            .table("silver.persons")
            .one(&[("source_record_id", "1")])
            .get("national_id")
            .to_owned()
    };
    let key = [("C360_HASH_KEY", "0123456789abcdef")];
    assert_eq!(other(&key, ""), other(&key, ""));
    assert_ne!(other(&key, ""), jane);
    assert_ne!(other(&[], ""), jane);
    assert_eq!(other(&[], "keep_plain = [\"national_id\"]"), "536221239");
    let project = Project::new(&[Feed::new("people", "crm", "person", HOLDERS)])
        .with_variables([("C360_HASH_KEY", "short")]);
    project.drop("people.csv", rows);
    let told = project.fails(&["run", "--landing", project.landing().to_str().unwrap()]);
    assert!(told.contains("C360_HASH_KEY is shorter than 16"), "{told}");
}

#[test]
fn several_contacts_in_a_cell_are_several_and_each_is_described() {
    let project = Project::new(&[Feed::new("people", "crm", "person", PEOPLE)]);
    project.drop(
        "people.csv",
        "id,name,email,phone,tax\n\
         1,Jane Roe,jane@corp.example; j.roe@gmial.com,212-555-0142 x12 / 415-555-0143,\n\
         2,Li Wei,info@corp.example,800-356-9377,\n",
    );
    project.run();
    let points = project.table("silver.contact_points");
    let of = |value: &str, column: &str| points.one(&[("value", value)]).get(column).to_owned();
    assert_eq!(of("j.roe@gmial.com", "suggestion"), "j.roe@gmail.com");
    assert!(of("j.roe@gmial.com", "tags").contains("Mistyped"));
    assert!(of("info@corp.example", "tags").contains("Role"));
    assert_eq!(of("+12125550142", "extension"), "12");
    assert_eq!(of("+18003569377", "number_type"), "toll_free");
    assert_eq!(points.find(&[("channel", "phone")]).len(), 3);
    assert_eq!(
        points
            .find(&[("owner_record_id", "1"), ("is_primary", "true")])
            .len(),
        2
    );
}

#[test]
fn identifiers_are_sealed_whatever_they_stand_in() {
    let account = "SELECT id AS source_record_id, name AS legal_name, tax AS tax_id, land AS country, changed AS updated_at FROM input";
    let order = "SELECT id AS source_record_id, who AS person_id, ssn AS national_id FROM input";
    let project = Project::new(&[
        Feed::new("firms", "erp", "account", account),
        Feed::new("orders", "shop", "order", order),
        Feed::new("broken", "crm", "person", HOLDERS),
    ]);
    // A Brazilian's number, rightly written, with a wrong digit, without a country, in a row that cannot stand; a company's.
    project.drop(
        "firms.csv",
        "id,name,tax,land,changed\n1,Ana Souza,529.982.247-25,BR,\n2,Rui Lima,529.982.247-26,BR,\n3,Eva Reis,529.982.247-25,,\n\
         4,Jo Dias,529.982.247-25,BR,soon\n5,Acme Corp,83-4471902,US,\n",
    );
    project.drop("orders.csv", "id,who,ssn\n1,7,536-22-1239\n");
    project.drop("broken.csv", "nr;name;ssn\n1,Jane Roe,536-22-1239,2024\n");
    project.run();
    for table in [
        "silver.account_records",
        "silver.orders",
        "bronze.quarantine",
    ] {
        let text = project.ok(&["export", table]);
        for number in ["529.982", "529982247", "536-22", "536221"] {
            let found = text.lines().find(|line| line.contains(number));
            assert!(found.is_none(), "{table}: {found:?}");
        }
    }
    let firms = project.table("silver.account_records");
    let acme = firms.one(&[("source_record_id", "5")]);
    assert_eq!(acme.get("tax_id"), "834471902");
    let orders = project.table("silver.orders");
    assert!(orders.column("attributes")[0].contains("*****1239~"));
}

#[test]
fn a_lake_stays_with_the_key_it_began_with() {
    let row = "id,name,ssn,changed\n1,Jane Roe,536-22-1239,\n";
    let key = [("C360_HASH_KEY", "0123456789abcdef")];
    let project = Project::new(&[Feed::new("people", "crm", "person", HOLDERS)]);
    project.drop("people_1.csv", row);
    project.run();
    project.drop("people_2.csv", row.replace("Jane", "Joan"));
    let project = project.with_variables(key);
    let told = project.fails(&["run", "--landing", project.landing().to_str().unwrap()]);
    assert!(
        told.contains("is not the key that identifiers of this lake were hashed with"),
        "{told}"
    );

    let project =
        Project::new(&[Feed::new("people", "crm", "person", HOLDERS)]).with_variables(key);
    project.drop("people_1.csv", row);
    project.run();
    let kept = project.lake().join("_c360/keys/identifiers");
    assert!(!std::fs::read_to_string(&kept).unwrap().contains(key[0].1));
    project.drop("people_2.csv", row.replace("Jane", "Joan"));
    project.run();
    let project = project.with_variables([("C360_HASH_KEY", "fedcba9876543210")]);
    project.drop("people_3.csv", row.replace("Jane", "June"));
    let told = project.fails(&["run", "--landing", project.landing().to_str().unwrap()]);
    assert!(told.contains("give the former one"), "{told}");
}

/// The same rows in two lakes, each with a key of its own.
#[test]
fn the_key_of_a_lake_decides_nothing() {
    let rows: String = (0..40)
        .map(|at| {
            format!(
                "{},{} Roe,536-22-12{at:02},2026-01-01\n",
                at % 20,
                ["Jane", "Joan"][(at % 2) ^ (at / 20)]
            )
        })
        .collect();
    let names = || {
        let project = Project::new(&[Feed::new("people", "crm", "person", HOLDERS)]);
        project.drop("people.csv", format!("id,name,ssn,changed\n{rows}"));
        project.run();
        let persons = project.table("silver.persons").settled(&[
            "run_id",
            "original",
            "national_id",
            "national_id_near",
        ]);
        format!("{persons:?}")
    };
    assert_eq!(names(), names());
}

#[test]
fn a_zone_or_a_time_of_day_is_never_dropped() {
    let statements = "SELECT email, purpose, channel, status, at AS stated_at FROM input";
    let people = "SELECT id AS source_record_id, name AS full_name, email FROM input";
    let project = Project::new(&[
        Feed::new("people", "crm", "person", people),
        Feed::new("consents", "crm", "consent", statements),
    ]);
    project.drop(
        "people.csv",
        "id,name,email\n1,Jane Roe,jane@corp.example\n2,Li Wei,li@corp.example\n",
    );
    project.drop(
        "consents.csv",
        "email,purpose,channel,status,at\n\
         jane@corp.example,marketing,email,granted,1/3/2024 9:00 AM\njane@corp.example,marketing,email,unsubscribed,1/3/2024 6:05 p.m.\n\
         li@corp.example,marketing,email,granted,2024-01-03 9:00\nli@corp.example,marketing,email,unsubscribed,1/3/2024 6:05 PM EST\n",
    );
    project.run();
    let consents = project.table("silver.consents");
    let denial = consents.one(&[
        ("contact_value", "jane@corp.example"),
        ("status", "withdrawn"),
    ]);
    assert!(
        denial.get("stated_at").starts_with("2024-01-03T18:05")
            || denial.get("stated_at").starts_with("2024-01-03 18:05")
    );
    let audience = project.extract_text("audience_email");
    assert!(
        !audience.contains("jane@corp.example") && !audience.contains("li@corp.example"),
        "{audience}"
    );
}

#[test]
fn an_opt_out_binds_an_address_whatever_rules_are_off() {
    let people = "SELECT id AS source_record_id, name AS full_name, email FROM input";
    let statements =
        "SELECT id AS person_id, email, purpose, channel, status, at AS stated_at FROM input";
    for rule in ["email.case", "email.unwrap", "email.idn"] {
        let off = format!("rules_off = [\"{rule}\"]");
        let project = Project::new(&[
            Feed::new("people", "crm", "person", people).with(&off),
            Feed::new("grants", "crm", "consent", statements).with(&off),
            Feed::new(
                "denials",
                "marketing",
                "consent",
                "SELECT email, purpose, channel, status FROM input",
            ),
        ]);
        project.drop(
            "people.csv",
            "id,name,email\n1,Jane Roe,JANE.ROE@Corp.example\n",
        );
        project.drop(
            "grants.csv",
            "id,email,purpose,channel,status,at\n1,,marketing,email,granted,2026-01-01\n",
        );
        project.drop(
            "denials.csv",
            "email,purpose,channel,status\njane.roe@corp.example,marketing,email,unsubscribed\n",
        );
        project.run();
        let audience = project.extract_text("audience_email").to_lowercase();
        assert!(
            !audience.contains("jane.roe@corp.example"),
            "{rule}: {audience}"
        );
    }
}

#[test]
fn counts_are_of_rows_that_stand() {
    let mapping = "SELECT id AS source_record_id, make_array(e1, e2) AS email, changed AS updated_at FROM input";
    let project = Project::new(&[Feed::new("people", "crm", "person", mapping)]);
    project.drop(
        "people.csv",
        "id,e1,e2,changed\n1,JANE@corp.example,j@corp.example,\n2,garbage,,\n3,A@corp.example,,soon\n4,li@corp.example; nope,,\n",
    );
    assert_eq!(project.run().rows("people"), [4, 0, 3, 1]);
    let told = profile(&project, "people");
    let email = column(&told, "email");
    assert_eq!(
        (&told["rows"], &email["filled"], &email["valid"]),
        (&3.into(), &3.into(), &2.into())
    );
    assert_eq!(email["rules"]["email.case"]["values"], 1);
    assert!(
        project
            .table("silver.contact_points")
            .has(&[("value", "li@corp.example")])
    );
}

#[test]
fn nobody_is_born_in_the_future() {
    let mapping = "SELECT id AS source_record_id, name AS full_name, born AS birth_date FROM input";
    let project = Project::new(&[Feed::new("people", "crm", "person", mapping)]);
    project.drop("people.csv", "id,name,born\n1,Jane Roe,12/31/26\n2,Li Wei,01/02/2027\n3,Al Bo,1/2/26\n4,Zoe Ray,3.4.1980\n");
    project.run_at("2026-03-01");
    let records = project.table("silver.person_records");
    let born = |id: &str| {
        records
            .one(&[("source_record_id", id)])
            .get("birth_date")
            .to_owned()
    };
    assert_eq!(
        [born("1"), born("2"), born("3"), born("4")],
        ["1926-12-31", "", "2026-01-02", "1980-04-03"]
    );
}
