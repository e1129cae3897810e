use super::*;
use crate::text::clean;
use proptest::prelude::*;

#[test]
fn sets_the_legal_form_apart() {
    for (text, core, form) in [
        ("The Coca-Cola Company", "The Coca-Cola", Some("Co")),
        (
            "Grupo Bimbo, S.A.B. de C.V.",
            "Grupo Bimbo",
            Some("SAB de CV"),
        ),
        ("Foo S de RL de CV", "Foo", Some("S de RL de CV")),
        ("ООО «Ромашка»", "Ромашка", Some("OOO")),
        (
            "Ромашка, общество с ограниченной ответственностью",
            "Ромашка",
            Some("OOO"),
        ),
        (
            "UAB \"Vilniaus vandenys\"",
            "Vilniaus vandenys",
            Some("UAB"),
        ),
        ("株式会社日立製作所", "日立製作所", Some("KK")),
        ("日立製作所(株)", "日立製作所", Some("KK")),
        ("北京大华有限公司", "北京大华", Some("有限公司")),
        ("MOL Nyrt.", "MOL", Some("Nyrt.")),
        ("Krka, d.d.", "Krka", Some("d.d.")),
        ("Škoda Auto a.s.", "Škoda Auto", Some("AS")),
        ("Acme Public Limted Company", "Acme", Some("LLC")),
        (
            "Acme Gesellschaft mit beschr. Haftung",
            "Acme",
            Some("GmbH"),
        ),
        (
            "PT Telkom Indonesia Tbk",
            "Telkom Indonesia",
            Some("PT Tbk"),
        ),
        ("Acme, LLC dba Acme Tools", "Acme", Some("LLC")),
        ("Northwind X.Y.Z.", "Northwind", Some("XYZ")),
        ("Acme Manufacturing Ltd", "Acme Manufacturing", Some("Ltd")),
        (
            "Acme Manufacturing Limited",
            "Acme Manufacturing",
            Some("Ltd"),
        ),
        ("Acme Enterprises Ltd.", "Acme Enterprises", Some("Ltd")),
        ("Acme Ventures Limited", "Acme Ventures", Some("Ltd")),
        ("Acme Fund LLP", "Acme Fund", Some("LLP")),
        ("Acme Manufacturing LLP", "Acme Manufacturing", Some("LLP")),
        ("Acme Concern S.A.", "Acme Concern", Some("SA")),
        ("Acme Union GmbH", "Acme Union", Some("GmbH")),
        ("Acme Private Company Ltd", "Acme", Some("LLC")),
        // Not legal forms
        ("Siemens IT", "Siemens IT", None),
        ("State Farm", "State Farm", None),
        ("Société Générale", "Société Générale", None),
        ("J & A Smith", "J & A Smith", None),
        ("Air Services U.S.A.", "Air Services U.S.A.", None),
        ("General Electric", "General Electric", None),
        ("Public Storage", "Public Storage", None),
    ] {
        let company = CompanyName::parse(text).unwrap();
        assert_eq!(
            (company.core(), company.legal_form.as_deref()),
            (core, form),
            "{text}"
        );
    }
}

#[test]
fn one_name_has_one_key() {
    for names in [
        &["The Coca-Cola Company", "Coca Cola", "COCA-COLA CO."][..],
        &["Siemens AG", "SIEMENS AKTIENGESELLSCHAFT", "Siemens"],
        &[
            "Orlen Sp. z o.o.",
            "ORLEN SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ",
            "orlen sp zoo",
        ],
        &[
            "Газпром ПАО",
            "Публичное акционерное общество «Газпром»",
            "Gazprom PAO",
        ],
    ] {
        let keys: Vec<String> = names
            .iter()
            .map(|name| CompanyName::parse(name).unwrap().key())
            .collect();
        assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    }
}

#[test]
fn gives_capitals_to_shouted_names() {
    for (text, want) in [
        ("COCA-COLA CO.", "Coca-Cola Co."),
        ("acme gmbh & co. kg", "Acme GmbH & Co. KG"),
        ("acme s.a.", "Acme S.A."),
        ("ACME BANK OF AMERICA LLC", "Acme Bank of America LLC"),
        ("IBM", "IBM"),
        ("eBay", "eBay"),
    ] {
        assert_eq!(CompanyName::parse(text).unwrap().display, want);
    }
}

#[test]
fn reads_companies() {
    for (text, display, form, key) in [
        ("Acme, Inc.", "Acme, Inc.", Some("Inc"), "acme"),
        ("ACME CORPORATION", "Acme Corporation", Some("Corp"), "acme"),
        (
            "The Widget Company LLC",
            "The Widget Company LLC",
            Some("LLC"),
            "widget",
        ),
        (
            "Müller & Söhne GmbH & Co. KG",
            "Müller & Söhne GmbH & Co. KG",
            Some("GmbH & Co. KG"),
            "muller and sohne",
        ),
        (
            "greenfield energy",
            "Greenfield Energy",
            None,
            "greenfield energy",
        ),
        ("IBM", "IBM", None, "ibm"),
        ("L'Oréal S.A.", "L'Oréal S.A.", Some("SA"), "loreal"),
        ("Philips B.V.", "Philips B.V.", Some("BV"), "philips"),
        ("AT&amp;T Inc", "AT&T Inc", Some("Inc"), "at and t"),
        (
            "Toyota Co., Ltd.",
            "Toyota Co., Ltd.",
            Some("Ltd"),
            "toyota",
        ),
        ("AB Volvo", "AB Volvo", Some("AB"), "volvo"),
        (
            "Novo Nordisk A/S",
            "Novo Nordisk A/S",
            Some("AS"),
            "novo nordisk",
        ),
        (
            "Telstra Pty Ltd",
            "Telstra Pty Ltd",
            Some("Pty Ltd"),
            "telstra",
        ),
        ("Limited", "Limited", None, "limited"),
        (
            "SMITH AND SONS LTD",
            "Smith and Sons Ltd",
            Some("Ltd"),
            "smith and sons",
        ),
        ("J.P. Morgan", "J.P. Morgan", None, "jp morgan"),
        (
            "Cemex S.A. de C.V.",
            "Cemex S.A. de C.V.",
            Some("SA de CV"),
            "cemex",
        ),
        (
            "Orlen Sp. z o.o.",
            "Orlen Sp. z o.o.",
            Some("Sp. z o.o."),
            "orlen",
        ),
        (
            "Sony Kabushiki Kaisha",
            "Sony Kabushiki Kaisha",
            Some("KK"),
            "sony",
        ),
        ("Smith & Co", "Smith & Co", Some("Co"), "smith"),
    ] {
        let company = CompanyName::parse(text).unwrap();
        assert_eq!(
            (
                company.display.as_str(),
                company.legal_form.as_deref(),
                company.key().as_str()
            ),
            (display, form, key),
            "{text}"
        );
    }
    for text in [
        "",
        "N/A",
        "-",
        "Self-Employed",
        "none",
        "unknown",
        "!!",
        "Independent Contractor",
        "Sole Trader",
        "Privatperson",
        "Autónomo",
        "Walk-in",
        "\"\\N\"",
        "Unknown Company",
    ] {
        assert_eq!(CompanyName::parse(text), None, "{text}");
    }
}

#[test]
fn a_name_without_words_or_of_one_form_is_kept() {
    for (text, core) in [
        ("№ dba Acme", "dba Acme"),
        (". aka Acme", ". aka Acme"),
        ("ГПУ", "ГПУ"),
    ] {
        let company = CompanyName::parse(text).unwrap();
        assert_eq!(
            (company.core(), company.legal_form.as_deref()),
            (core, None)
        );
    }
}

proptest! {
    #[test]
    fn without_rules_only_white_space_changes(text in ".{0,30}|[A-Za-z .&,-]{0,30}") {
        let company = CompanyName::parse_with(&text, Rules::NONE);
        prop_assert_eq!(company.map(|company| company.display), clean(&text));
    }

    #[test]
    fn settles(text in ".{0,30}|[A-Za-z .&,-]{0,30}") {
        if let Some(once) = CompanyName::parse(&text) {
            let again = CompanyName::parse(&once.display);
            prop_assert_eq!(again.as_ref(), Some(&once));
            prop_assert!(!once.key().is_empty());
        }
    }
}
