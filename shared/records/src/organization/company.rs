use super::legal_form;
use crate::name::title_case;
use crate::rule::{Rule, Rules};
use crate::text::{Reading, clean, fold, without_markup};

/// A company name for display, and the legal form found in it.
#[derive(Debug, Clone)]
pub struct CompanyName {
    pub display: String,
    /// The usual short form ("GmbH", "Inc", "Pty Ltd"), however it was spelled.
    pub legal_form: Option<String>,
    rules: Rules,
}

/// Equal when the names are, whatever it took to read them.
impl PartialEq for CompanyName {
    fn eq(&self, other: &CompanyName) -> bool {
        (&self.display, &self.legal_form) == (&other.display, &other.legal_form)
    }
}

impl Eq for CompanyName {}

/// Folded texts that stand for no company.
const PLACEHOLDERS: [&str; 79] = [
    "-",
    "anonymous",
    "autonomo",
    "business",
    "cash customer",
    "company",
    "company name",
    "consultant",
    "consumer",
    "contractor",
    "default",
    "empty",
    "freelance",
    "freelancer",
    "guest",
    "hausfrau",
    "home",
    "homemaker",
    "household",
    "housewife",
    "independant",
    "independent",
    "independent contractor",
    "individual",
    "jubilado",
    "kein",
    "keine",
    "me",
    "my company",
    "myself",
    "n a",
    "na",
    "nan",
    "nil",
    "no company",
    "no name",
    "none",
    "not applicable",
    "not available",
    "not employed",
    "not provided",
    "null",
    "other",
    "own business",
    "owner",
    "particulier",
    "pensioner",
    "personal",
    "privat",
    "private",
    "private customer",
    "private individual",
    "private person",
    "privatkunde",
    "privatperson",
    "rentner",
    "retired",
    "retraite",
    "selbstandig",
    "self",
    "self emp",
    "self employed",
    "self employment",
    "selfemployed",
    "sole proprietor",
    "sole proprietorship",
    "sole trader",
    "student",
    "tbd",
    "test",
    "test company",
    "undefined",
    "unemployed",
    "unknown",
    "unknown company",
    "various",
    "walk in",
    "walkin",
    "xxx",
];

impl CompanyName {
    /// Cleans a name: entities, white space, surrounding quotes; names all in capitals or all in small letters get
    /// capitals of their own. `None` for what stands for no company ("N/A", "self-employed", "retired").
    pub fn parse(text: &str) -> Option<CompanyName> {
        CompanyName::parse_with(text, Rules::ALL)
    }

    /// With some rules only (see [`Rule`]). Without any, white space is collapsed and nothing else.
    pub fn parse_with(text: &str, on: Rules) -> Option<CompanyName> {
        let mut reading = Reading::new(on);
        let text = clean(&without_markup(text, &mut reading))?;
        let text = match text.trim_matches(['"', '\'', '“', '”', '„', ' ', ',', ';', '-', '_', '*'])
        {
            bare if reading.may(Rule::OrganizationMarks) && bare != text => {
                reading.note(Rule::OrganizationMarks);
                bare
            }
            _ => text.as_str(),
        };
        let folded = fold(text);
        if reading.may(Rule::OrganizationPlaceholder)
            && (folded.is_empty() || PLACEHOLDERS.contains(&folded.as_str()))
        {
            return None;
        }
        let display = if is_one_case(text) && reading.may(Rule::OrganizationCase) {
            recase(text)
        } else {
            text.to_owned()
        };
        if display != text {
            reading.note(Rule::OrganizationCase);
        }
        let mut form = None;
        if reading.may(Rule::OrganizationLegalForm) {
            let words = words_of(&display);
            let words: Vec<&str> = words.split(' ').collect();
            form = legal_form::strip(&words).1;
        }
        if form.is_some() {
            reading.note(Rule::OrganizationLegalForm);
        }
        Some(CompanyName {
            display,
            legal_form: form.map(str::to_owned),
            rules: reading.did,
        })
    }

    /// The rules that changed the name, or noticed something about it.
    pub fn rules(&self) -> Rules {
        self.rules
    }

    /// For matching: folded, without legal form and leading "the", `&` and `+` as "and". Never empty for a name in a
    /// script that can be transliterated.
    pub fn key(&self) -> String {
        let words = words_of(&self.display);
        let words: Vec<&str> = words.split(' ').collect();
        let (kept, _) = legal_form::strip(&words);
        match words.get(kept).unwrap_or_default() {
            ["the", rest @ ..] if !rest.is_empty() => rest.join(" "),
            kept => kept.join(" "),
        }
    }
}

/// Folded words with `&` as "and", and dots joining ("S.A." is "sa", "J.P. Morgan" is "jp morgan").
fn words_of(display: &str) -> String {
    if !display.contains(['.', '&', '+']) {
        return fold(display);
    }
    fold(&display.replace('.', "").replace(['&', '+'], " and "))
}

fn is_one_case(text: &str) -> bool {
    let has_lower = text.chars().any(char::is_lowercase);
    let has_upper = text.chars().any(char::is_uppercase);
    has_lower != has_upper
}

/// Capitals for a name that has lost them. In a name all in capitals, short words may be initials and stay as they are,
/// but for those that are surely words.
fn recase(text: &str) -> String {
    const SHORT_WORDS: [&str; 34] = [
        "AIR", "AND", "ART", "BAR", "BAY", "BIG", "CAR", "CO", "DAY", "EYE", "FOR", "GAS", "INC",
        "INN", "LAW", "LTD", "NEW", "OIL", "OLD", "ONE", "OUR", "PET", "PRO", "RED", "SEA", "SKY",
        "SON", "SUN", "TAX", "THE", "TOP", "VAN", "VON", "WAY",
    ];
    const SMALL: [&str; 14] = [
        "and", "of", "for", "the", "de", "la", "du", "des", "und", "et", "di", "del", "da", "do",
    ];
    let was_upper = text.chars().any(char::is_uppercase);
    // One word in capitals is as likely a brand (IBM, IKEA) as a shout.
    if was_upper && text.chars().count() <= 5 {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for (index, word) in text.split(' ').enumerate() {
        let lower = word.to_lowercase();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if index > 0 {
            out.push(' ');
        }
        if let Some(form) = form_case(&lower) {
            out.push_str(form);
        } else if index > 0 && SMALL.contains(&lower.as_str()) {
            out.push_str(&lower);
        } else if was_upper
            && (letters <= 3 || word.contains(['.', '&']))
            && !SHORT_WORDS.contains(&word)
        {
            out.push_str(word);
        } else {
            out.push_str(&title_case(&lower));
        }
    }
    out
}

fn form_case(lower: &str) -> Option<&'static str> {
    Some(match lower.trim_end_matches(['.', ',']) {
        "gmbh" => "GmbH",
        "llc" => "LLC",
        "llp" => "LLP",
        "plc" => "PLC",
        "ag" => "AG",
        "kg" => "KG",
        "ug" => "UG",
        "bv" => "BV",
        "nv" => "NV",
        "sa" => "SA",
        "sas" => "SAS",
        "sarl" => "SARL",
        "srl" => "SRL",
        "spa" => "SpA",
        "aps" => "ApS",
        "inc" => "Inc",
        "ltd" => "Ltd",
        "pty" => "Pty",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            "Unknown Company",
        ] {
            assert_eq!(CompanyName::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn settles(text in ".{0,30}|[A-Za-z .&,-]{0,30}") {
            if let Some(once) = CompanyName::parse(&text) {
                let again = CompanyName::parse(&once.display);
                prop_assert_eq!(again.as_ref(), Some(&once));
                prop_assert!(!once.key().is_empty());
            }
        }
    }
}
