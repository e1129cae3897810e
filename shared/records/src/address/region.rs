//! States and provinces whose codes are in daily use.

use crate::Country;
use crate::text::fold;

/// Code, then folded names and older abbreviations.
const US: &str = "\
AA armed forces americas;AE armed forces europe;AK alaska;AL alabama|ala;AP armed forces pacific;AR arkansas|ark;AS american samoa;AZ arizona|ariz;\
CA california|calif|cal;CO colorado|colo;CT connecticut|conn;DC district of columbia|washington dc|washington d c;DE delaware|del;FL florida|fla;\
GA georgia;GU guam;HI hawaii;IA iowa;ID idaho;IL illinois|ill;IN indiana|ind;KS kansas|kans;KY kentucky;LA louisiana;MA massachusetts|mass;MD maryland;\
ME maine;MI michigan|mich;MN minnesota|minn;MO missouri;MP northern mariana islands;MS mississippi|miss;MT montana|mont;NC north carolina|n carolina;\
ND north dakota|n dakota;NE nebraska|nebr;NH new hampshire;NJ new jersey;NM new mexico;NV nevada|nev;NY new york|new york state;OH ohio;OK oklahoma|okla;\
OR oregon|ore;PA pennsylvania|penn|penna;PR puerto rico;RI rhode island;SC south carolina|s carolina;SD south dakota|s dakota;TN tennessee|tenn;\
TX texas|tex;UT utah;VA virginia;VI virgin islands|us virgin islands;VT vermont;WA washington|washington state|wash;WI wisconsin|wis|wisc;\
WV west virginia|w virginia;WY wyoming|wyo";
const CA: &str = "\
AB alberta|alta;BC british columbia|colombie britannique;MB manitoba;NB new brunswick|nouveau brunswick;NL newfoundland and labrador|newfoundland|nf;\
NS nova scotia|nouvelle ecosse;NT northwest territories;NU nunavut;ON ontario|ont;PE prince edward island|pei;QC quebec|que|pq;SK saskatchewan|sask;YT yukon";
const AU: &str = "\
ACT australian capital territory;NSW new south wales;NT northern territory;QLD queensland;SA south australia;TAS tasmania;VIC victoria;WA western australia";

fn regions(country: Country) -> Option<&'static str> {
    match country {
        Country::US => Some(US),
        Country::CA => Some(CA),
        Country::AU => Some(AU),
        _ => None,
    }
}

pub(super) fn has_codes(country: Option<Country>) -> bool {
    country.and_then(regions).is_some()
}

/// The code of a state or province, from its code or name. Without a country: a name, or a code of a US state.
pub(super) fn code(text: &str, country: Option<Country>) -> Option<&'static str> {
    let folded = fold(text);
    match country {
        Some(country) => find(&folded, regions(country)?),
        None => [US, CA, AU]
            .into_iter()
            .find_map(|regions| find(&folded, regions)),
    }
}

fn find(folded: &str, regions: &'static str) -> Option<&'static str> {
    let joined = if folded.len() <= 5 {
        folded.replace(' ', "")
    } else {
        String::new()
    }; // "n y", "n s w"
    regions.split(';').find_map(|line| {
        let (code, names) = line.split_once(' ')?;
        (code.eq_ignore_ascii_case(&joined) || names.split('|').any(|name| name == folded))
            .then_some(code)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_regions() {
        for (text, country, want) in [
            ("California", "US", Some("CA")),
            ("ca", "US", Some("CA")),
            ("N.Y.", "US", Some("NY")),
            ("Calif.", "US", Some("CA")),
            ("Ontario", "CA", Some("ON")),
            ("Québec", "CA", Some("QC")),
            ("New South Wales", "AU", Some("NSW")),
            ("nsw", "AU", Some("NSW")),
            ("Washington", "", Some("WA")),
            ("Bayern", "DE", None),
            ("Ontario", "", Some("ON")),
            ("Narnia", "US", None),
            ("XX", "US", None),
            ("", "US", None),
        ] {
            assert_eq!(code(text, Country::parse(country)), want, "{text}");
        }
    }
}
