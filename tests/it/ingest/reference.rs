//! Reference data of a user's own: postcodes, mail domains, firmographics.

use crate::support::{Feed, Project};

const PEOPLE: &str = "SELECT id AS source_record_id, name AS full_name, email, line AS address_line1, city, zip AS postcode, \
                      country FROM input";
const ACCOUNTS: &str =
    "SELECT id AS source_record_id, name AS legal_name, web AS website, email FROM input";

fn people() -> Feed {
    Feed::new("people", "crm", "person", PEOPLE)
}

fn accounts() -> Feed {
    Feed::new("accounts", "crm", "account", ACCOUNTS)
}

#[test]
fn postcodes_place_addresses_and_the_list_can_be_replaced() {
    let list = "SELECT country, code AS postcode, place AS city, state AS region, lat AS latitude, lon AS longitude FROM input";
    let project = Project::new(&[people(), Feed::new("zips", "geo", "postcode", list).full()]);
    project.drop(
        "people.csv",
        "id,name,email,line,city,zip,country\n\
         1,Jane Roe,jane@roe.example,12 Main St Apt 4B,Boston,02101-1234,US\n\
         2,Tom Hale,tom@hale.example,10 Downing Street,London,SW1A 2AA,GB\n\
         3,Li Wei,li@wei.example,1 Rue de Rivoli,Paris,75001,FR\n\
         4,Ann Poe,ann@poe.example,12 Rue de Rivoli,Paris,10115,\n\
         5,Bo Yu,bo@yu.example,5 Elm St,Dallas,75201,\n",
    );
    project.drop(
        "zips_2026-01-01.csv",
        "country,code,place,state,lat,lon\n\
         US,2101,Boston,MA,42.25,-71.0\n\
         US,10115,New York,NY,40.8,-73.9\n\
         US,75201,Dallas,TX,32.8,-96.8\n\
         US,02101,Charlestown,MA,42.75,-71.5\n\
         United Kingdom,SW1A,London,,51.5,-0.13\n\
         US,10001,New York,NY,95.0,-73.9\n\
         Nowhere,10002,New York,NY,40.0,-73.9\n\
         US,10003,New York,NY,40.0,\n\
         US,--,New York,NY,40.0,-73.9\n",
    );
    let report = project.run();
    assert_eq!(report.rows("zips"), [9, 0, 5, 4]);
    let reasons = project.table("bronze.quarantine");
    let mut reasons: Vec<&str> = reasons.column("reason");
    reasons.sort_unstable();
    assert_eq!(
        reasons,
        [
            "country is none that is known",
            "latitude lies outside −90 to 90 degrees",
            "of latitude and longitude one is missing",
            "postcode has not the form of US, nor is it a first part of one",
        ]
    );
    let held = project.table("gold.customer_addresses");
    let of =
        |postcode: &str, column: &str| held.one(&[("postcode", postcode)]).get(column).to_owned();
    for (postcode, column, value) in [
        ("02101-1234", "latitude", "42.5"),
        ("02101-1234", "longitude", "-71.25"),
        ("02101-1234", "location_precision", "postcode"),
        // Two places have it.
        ("02101-1234", "postcode_city", ""),
        ("02101-1234", "postcode_region", "MA"),
        ("02101-1234", "house_number", "12"),
        ("02101-1234", "street", "Main St"),
        ("02101-1234", "unit", "Apt 4B"),
        ("SW1A 2AA", "latitude", "51.5"),
        ("SW1A 2AA", "location_precision", "postcode_area"),
        ("SW1A 2AA", "postcode_city", "London"),
        // Nobody says that it is in America, and its city is not there.
        ("10115", "latitude", ""),
        ("75201", "latitude", "32.8"),
        ("75001", "latitude", ""),
        ("75001", "location_precision", ""),
        ("75001", "street", "Rue de Rivoli"),
    ] {
        assert_eq!(of(postcode, column), value, "{column} of {postcode}");
    }
    project.drop(
        "zips_2026-02-01.csv",
        "country,code,place,state,lat,lon\nUS,02101,Boston,MA,42.0,-71.0\n",
    );
    project.drop(
        "zips_2026-02-02.csv",
        "country,code,place,state,lat,lon\nUS,02101,Boston,MA,43.0,-71.0\n",
    );
    // The first of the two comes again, and counts again.
    project.drop(
        "zips_2026-02-03.csv",
        "country,code,place,state,lat,lon\nUS,02101,Boston,MA,42.0,-71.0\n",
    );
    project.run();
    let held = project.table("gold.customer_addresses");
    let latitudes = |postcode| {
        held.one(&[("postcode", postcode)])
            .get("latitude")
            .to_owned()
    };
    assert_eq!(
        (latitudes("02101-1234"), latitudes("SW1A 2AA")),
        ("42.0".into(), "".into())
    );
}

/// What a list says of a domain counts more than what we know of it.
#[test]
fn mail_domains_say_whose_a_domain_is() {
    let list = "SELECT host AS domain, what AS kind, gone AS is_deleted FROM input";
    let feeds = [
        people(),
        accounts(),
        Feed::new("domains", "lists", "mail_domain", list),
    ];
    let project = Project::new(&feeds);
    project.drop(
        "accounts.csv",
        "id,name,web,email\n\
         1,Alder Bakery,https://www.townpages.example/alder,\n\
         2,Birch Books,townpages.example/birch,\n\
         3,Cedar Tools,,office@gmx.net\n\
         4,Village Net,https://villagenet.example,\n\
         5,Yahoo Inc,https://www.yahoo.com,\n\
         6,Two Minds,https://twominds.example,\n",
    );
    project.drop(
        "people.csv",
        "id,name,email,line,city,zip,country\n\
         1,Jane Roe,jane@gmx.net,,,,\n\
         2,Tom Hale,tom@villagenet.example,,,,\n",
    );
    project.run();
    let account = |id: &str| project.customers()[&format!("account crm:{id}")].clone();
    let linked = |id: &str| {
        let links = project.table("silver.account_links");
        let found = links.find(&[("source_record_id", id)]);
        found
            .first()
            .map(|link| link.get("account_customer_id").to_owned())
    };
    assert_eq!((linked("1"), linked("2")), (None, Some(account("4"))));
    let domain = |id: &str| {
        let accounts = project.table("silver.accounts");
        accounts
            .one(&[("source_record_id", id)])
            .get("domain")
            .to_owned()
    };
    assert_eq!(domain("1"), "townpages.example");

    project.drop(
        "domains_2026-01-01.csv",
        "host,what,gone\n\
         townpages.example,shared,\n\
         info@gmx.net,own,\n\
         https://www.villagenet.example/mail,Free Mail,\n\
         *.yahoo.com,own,\n\
         twominds.example,own,\n\
         www.twominds.example,shared,\n\
         no host,own,\n\
         x.example,hers,\n",
    );
    assert_eq!(project.run().rows("domains"), [8, 0, 6, 2]);
    assert_eq!((linked("1"), linked("2")), (Some(account("3")), None));
    assert_eq!(
        (domain("1"), domain("3")),
        (String::new(), "gmx.net".into())
    );
    assert_eq!(domain("5"), "yahoo.com");
    // Where two rows differ, it is not its own.
    assert_eq!(domain("6"), "");
    // A row is taken back by its domain alone.
    project.drop(
        "domains_2026-02-01.csv",
        "host,what,gone\ninfo@gmx.net,,true\n",
    );
    project.run();
    assert_eq!(domain("3"), "");
}

#[test]
fn firmographics_stand_beside_the_account_that_has_the_domain() {
    let list = "SELECT domain, name AS legal_name, sector AS industry, staff AS employee_count, revenue AS annual_revenue, \
                'usd' AS currency, country, founded FROM input";
    let project = Project::new(&[
        accounts(),
        Feed::new("firms", "provider", "firmographic", list),
    ]);
    project.drop(
        "accounts.csv",
        "id,name,web,email\n1,Acme Widgets,https://shop.acme.co.uk,\n2,Globex,,it@globex.example\n\
         3,Blue Sky Travel,facebook.com,\n",
    );
    let firms = "domain,name,sector,staff,revenue,country,founded\n\
         acme.co.uk,ACME WIDGETS LTD,Manufacturing,120,\"1,500,000\",UK,1990\n\
         www.globex.example,Globex Corp,Energy,many,,US,\n\
         facebook.com,Meta Platforms,Advertising,\"60,000\",,US,\n\
         other.example,Other,Retail,3,,US,\n";
    project.drop("firms_2026-01-01.csv", firms);
    assert_eq!(project.run().rows("firms"), [4, 0, 3, 1]);
    // What came in between counts no more when the first list comes again.
    project.drop("firms_2026-01-02.csv", firms.replace("120", "130"));
    project.drop("firms_2026-01-03.csv", firms);
    project.run();
    let firms = project.table("gold.customer_firmographics");
    assert_eq!(firms.len(), 1);
    let acme = firms.one(&[("domain", "acme.co.uk")]);
    assert_eq!(
        acme.get("customer_id"),
        project.customers()["account crm:1"]
    );
    for (column, value) in [
        ("legal_name", "Acme Widgets Ltd"),
        ("employee_count", "120"),
        ("annual_revenue", "1500000"),
        ("currency", "USD"),
        ("country", "GB"),
        ("attributes", "{\"founded\":\"1990\"}"),
        ("source_system", "provider"),
    ] {
        assert_eq!(acme.get(column).trim_end_matches(".0"), value, "{column}");
    }
}
