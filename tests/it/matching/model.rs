//! What `c360` shows of how it matches: the plan, the model, charts.

use crate::support::Project;

fn people() -> Project {
    let project = Project::of(&["person crm", "person shop"]);
    project.lines(&[
        "person crm 1; given_name=Jane; family_name=Roe; email=jane@home.example; birth_date=1980-02-03",
        "person shop A; given_name=Jane; family_name=Roe; email=jane@home.example; birth_date=1980-02-03",
        "person crm 2; given_name=Li; family_name=Wei; email=li@home.example; birth_date=1991-11-12",
        "person shop B; given_name=Omar; family_name=Haddad; birth_date=1991-11-12",
    ]);
    project.run();
    project
}

/// The line of a table that begins with these words.
fn line<'a>(text: &'a str, start: &str) -> &'a str {
    let found = text
        .lines()
        .find(|line| line.trim_start().starts_with(start));
    found.unwrap_or_else(|| panic!("no line {start:?} in\n{text}"))
}

fn model_ids(project: &Project) -> Vec<String> {
    let models = project.table("silver.match_models");
    let persons = models.find(&[("entity", "person")]);
    persons
        .iter()
        .map(|row| row.get("model_id").to_owned())
        .collect()
}

#[test]
fn the_plan_says_what_is_compared_and_why_and_publishes_nothing() {
    let project = people();
    let versions = project.versions();
    let plan = project.ok(&["explain", "--plan"]);
    assert!(line(&plan, "email").contains("yes"), "{plan}");
    assert!(line(&plan, "email").contains("75.0 % of records have one"));
    assert!(line(&plan, "phone").contains("no record has one"));
    let rules: Vec<&str> = plan
        .lines()
        .skip_while(|line| !line.contains("How records meet"))
        .collect();
    let rules = rules.join("\n");
    let email = line(&rules, "email");
    assert_eq!(
        email.split_whitespace().take(3).collect::<Vec<_>>(),
        ["email", "1", "1"]
    );
    assert!(line(&rules, "customer_number").contains("no two records have it in common"));
    // The pair that the e-mail brings is no other rule's, and the shared birth date is one's of two strangers.
    assert_eq!(
        line(&rules, "birth_date ").split_whitespace().nth(2),
        Some("1")
    );
    assert!(line(&plan, "scratch.comparable_persons").len() > 10);
    assert!(
        plan.contains("DataSourceExec") && plan.contains("output_rows="),
        "the executed plan"
    );
    for value in ["home.example", "jane", "haddad", "Jane", "Haddad"] {
        assert!(!plan.contains(value), "{value:?} in\n{plan}");
    }
    assert_eq!(project.versions(), versions);
    assert!(project.fails(&["explain", "crm:1"]).contains("required"));
    assert!(
        project
            .fails(&["explain", "--plan", "crm:1", "shop:A"])
            .contains("cannot be used")
    );
}

#[test]
fn models_are_trained_compared_and_drawn() {
    let project = people();
    let [first] = model_ids(&project).try_into().unwrap();
    // Nothing is new; a person asks for it all the same, and it comes to the same.
    let crosswalk = project.customers();
    project.ok(&["model", "train"]);
    assert_eq!(
        model_ids(&project),
        std::slice::from_ref(&first),
        "the same records, the same model"
    );
    let runs = project.table("silver.resolve_runs");
    assert_eq!(runs.find(&[("entity", "person")]).len(), 2);
    assert_eq!(project.customers(), crosswalk);
    let planned = project.ok(&["model", "train", "--plan"]);
    assert!(planned.contains("nothing is published"), "{planned}");
    assert_eq!(project.table("silver.resolve_runs").len(), runs.len());

    project.lines(&["person crm 9; given_name=Jane; family_name=Roe; phone=+1 312 867 4411; birth_date=1980-02-03"]);
    project.run_at("2026-03-02");
    let second = model_ids(&project)
        .into_iter()
        .find(|id| *id != first)
        .unwrap();
    let compared = project.ok(&["model", "compare", &first]);
    assert!(
        compared.contains(&first) && compared.contains(&second),
        "{compared}"
    );
    let exact = compared.lines().skip_while(|line| !line.contains("email"));
    let exact = exact.take(1).collect::<String>();
    let bits: Vec<f64> = exact
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    assert_eq!(bits.len(), 3, "{exact}");
    assert!((bits[1] - bits[0] - bits[2]).abs() < 0.11, "{exact}");
    assert!(
        project
            .fails(&["model", "compare", "M-none"])
            .contains("M-none")
    );

    let draw = |arguments: &[&str], name: &str| {
        let file = project.tmp().join(name).display().to_string();
        project.ok(&[arguments, &["--chart", &file]].concat());
        std::fs::read_to_string(file).unwrap()
    };
    let page = draw(&["model", "show"], "model.html");
    assert_eq!(page.matches("<svg").count(), 2);
    assert!(page.contains("birth date") && page.contains(&second));
    assert!(!page.contains("http-equiv=\"refresh\"") && !page.contains("<script"));
    assert!(draw(&["model", "show"], "model.svg").starts_with("<svg"));
    let pair = draw(&["explain", "crm:1", "shop:A"], "pair.svg");
    assert!(pair.contains("crm:1") && pair.contains("email") && pair.contains("match weight"));
    assert!(!pair.contains("jane@"), "a chart has no value of a person");
    let text = project.tmp().join("chart.txt").display().to_string();
    assert!(
        project
            .fails(&["model", "show", "--chart", &text])
            .contains("neither .html nor .svg")
    );
}

/// Pairs of crm and shop that may be one: a name and a city in common, born on two days of one month. And what the pair weighs
/// that nobody decides on.
fn doubtful() -> (Project, impl Fn(&Project) -> f64) {
    let project = Project::of(&["person crm", "person shop"]);
    let mut lines = Vec::new();
    for at in 0..24 {
        let letter = |at: usize| char::from(b'a' + (at % 24) as u8);
        let family = format!("{}{}owski", letter(at * 7 + 3).to_uppercase(), letter(at));
        let given = ["Anna", "Bertram", "Cosima", "Dieter", "Emilia", "Frida"][at % 6];
        let city = ["Denver", "Boston", "Austin", "Tulsa"][at % 4];
        for (source, born) in [("crm", 10 + at % 9), ("shop", 20 + at % 9)] {
            lines.push(format!(
                "person {source} {at}; given_name={given}; family_name={family}; birth_date=19{}-02-{born}; city={city}",
                50 + at
            ));
        }
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    project.lines(&lines);
    project.run();
    let weight = |project: &Project| -> f64 {
        let edges = project.table("silver.scored_edges");
        let edge = edges.one(&[("a_source_record_id", "23"), ("b_source_record_id", "23")]);
        edge.get("match_weight").parse().unwrap()
    };
    (project, weight)
}

#[test]
fn what_stewards_decide_teaches_the_model() {
    let (project, weight) = doubtful();
    let untold = weight(&project);
    let told = |decision: &str| {
        let project = project.fork();
        for at in 0..12 {
            let (crm, shop) = (format!("crm:{at}"), format!("shop:{at}"));
            let why = ["--by", "kim", "--reason", "asked them"];
            project.ok(&[&["steward", decision, &crm, &shop], &why[..]].concat());
        }
        project.ok(&["run", "resolve"]);
        weight(&project)
    };
    let (same, distinct) = (told("same"), told("distinct"));
    // What the model is sure of is confirmed; what stewards deny weighs less.
    assert!(
        distinct < untold - 1.0 && same > untold - 0.1,
        "{distinct} {untold} {same}"
    );
}

#[test]
fn labels_teach_the_model_and_bind_nobody() {
    let (project, weight) = doubtful();
    let (untold, customers) = (weight(&project), project.customers());
    let write = |is_one: bool| {
        let mut labels = "record_id,source,entity_id\n".to_owned();
        for at in 0..12 {
            let other = if is_one { at } else { at + 100 };
            labels.push_str(&format!(
                "{at},crm,E{at}\n{at},shop,E{other}\nnever seen,shop,E{at}\n"
            ));
        }
        std::fs::write(project.root().join("labels.csv"), labels).unwrap();
    };
    write(false);
    project.edit(|toml| toml + "[matching]\nlabels = \"labels.csv\"\n");
    project.ok(&["run", "resolve"]);
    let distinct = weight(&project);
    assert!(distinct < untold - 1.0, "{distinct} {untold}");
    // Another file is another training, and the customers are those of the weights.
    write(true);
    project.ok(&["run", "resolve"]);
    assert!(weight(&project) > distinct + 1.0);
    assert_eq!(project.customers(), customers);

    for (text, why) in [
        (
            Some("source,id\n"),
            "there is no column record_id, only source, id",
        ),
        (Some("source,record_id,entity_id\ncrm,1\n"), "line: 2"),
        (
            Some("source,record_id,entity_id,entity\ncrm,1,E,robot\n"),
            "line 2: \"robot\" is no entity",
        ),
        (None, "labels.csv: the labels of [matching] cannot be read"),
    ] {
        let file = project.root().join("labels.csv");
        match text {
            Some(text) => std::fs::write(&file, text).unwrap(),
            None => std::fs::remove_file(&file).unwrap(),
        }
        let said = project.fails(&["run", "resolve"]);
        assert!(said.contains(why), "{said}");
    }
}
