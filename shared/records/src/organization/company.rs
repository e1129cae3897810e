use std::ops::Range;

use super::legal_form;
use super::words::{NameWords, joined};
use crate::lookup::Phrases;
use crate::name::{title_case, titled};
use crate::rule::{Rule, Rules};
use crate::text::{Case, Reading, ShortFold, cleaned, composed, is_null, one_case, without_markup};

/// A company name for display, and the legal form found in it.
#[derive(Debug, Clone)]
pub struct CompanyName {
    pub display: String,
    /// The usual short form ("GmbH", "Inc", "Pty Ltd"), however it was spelled.
    pub legal_form: Option<String>,
    /// Where the core name is in `display`.
    core: Range<usize>,
    /// Where the trading name is in `display`.
    trading: Option<Range<usize>>,
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
static PLACEHOLDERS: Phrases = Phrases::new(&[
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
]);
const LONGEST_PLACEHOLDER: usize = 22;

impl CompanyName {
    /// Cleans a name: entities, white space, surrounding quotes; names all in capitals or all in small letters get
    /// capitals of their own. `None` for what stands for no company ("N/A", "self-employed", "retired").
    pub fn parse(text: &str) -> Option<CompanyName> {
        CompanyName::parse_with(text, Rules::ALL)
    }

    /// With some rules only (see [`Rule`]). Without any, white space is collapsed and nothing else.
    pub fn parse_with(text: &str, on: Rules) -> Option<CompanyName> {
        let mut reading = Reading::new(on);
        let shown = without_markup(text, &mut reading);
        let text = cleaned(&shown)?;
        let text = match without_marks(&text) {
            bare if reading.may(Rule::OrganizationMarks) && bare.len() < text.len() => {
                reading.note(Rule::OrganizationMarks);
                bare
            }
            _ => text.as_ref(),
        };
        if reading.may(Rule::OrganizationPlaceholder) && is_placeholder(text) {
            return None;
        }
        let case = one_case(text).filter(|_| reading.may(Rule::OrganizationCase));
        let (display, split) = match case {
            Some(case) => {
                let split = Split::new(text, on);
                let display = recase(text, case, split.form_place.clone());
                // Within ASCII case moves nothing, and no form is told by it.
                let split = if text.is_ascii() {
                    split
                } else {
                    Split::new(&display, on)
                };
                (display, split)
            }
            None => (text.to_owned(), Split::new(text, on)),
        };
        if display != text {
            reading.note(Rule::OrganizationCase);
        }
        if split.form.is_some() {
            reading.note(Rule::OrganizationLegalForm);
        }
        if split.trading.is_some() {
            reading.note(Rule::OrganizationTradingName);
        }
        Some(CompanyName {
            core: split.core,
            trading: split.trading,
            legal_form: split.form,
            display,
            rules: reading.did,
        })
    }

    /// The name without its legal form, and without what follows "dba": "Acme" of "Acme, Inc. dba Acme Tools".
    pub fn core(&self) -> &str {
        &self.display[self.core.clone()]
    }

    /// What follows "dba", "t/a" or "trading as".
    pub fn trading_name(&self) -> Option<&str> {
        Some(self.display[self.trading.clone()?].trim())
    }

    /// The rules that changed the name, or noticed something about it.
    pub fn rules(&self) -> Rules {
        self.rules
    }

    /// For matching: folded, without legal form and leading "the", `&` and `+` as "and". Never empty for a name in a
    /// script that can be transliterated.
    pub fn key(&self) -> String {
        let mut key = joined(self.core());
        if key.starts_with("the ") {
            key.drain(.."the ".len());
        }
        key
    }
}

fn is_placeholder(text: &str) -> bool {
    let is_listed = |text: &str| text.is_empty() || PLACEHOLDERS.contains(text);
    is_null(text)
        || ShortFold::<LONGEST_PLACEHOLDER>::new(text).is_some_and(|text| is_listed(&text))
}

/// The parts of a name and where they are in it.
struct Split {
    core: Range<usize>,
    form: Option<String>,
    /// Behind the core.
    form_place: Range<usize>,
    trading: Option<Range<usize>>,
}

impl Split {
    fn new(name: &str, on: Rules) -> Split {
        let mark = trading_name(name).filter(|mark| {
            // Behind marks alone ("- aka Acme") there is no legal name to tell it from.
            on.contains(Rule::OrganizationTradingName) && !joined(&name[..mark.start]).is_empty()
        });
        let legal = &name[..mark.as_ref().map_or(name.len(), |mark| mark.start)];
        let trading = mark.map(|mark| mark.end..name.len());
        let mut split = Split {
            core: trimmed(name, 0..legal.len()),
            form: None,
            form_place: legal.len()..legal.len(),
            trading,
        };
        if on.contains(Rule::OrganizationLegalForm) {
            let words = NameWords::new(legal);
            if let Some(found) = legal_form::find(&words) {
                let core = words.place(&found.core);
                split.form = Some(match found.form {
                    legal_form::UNKNOWN => {
                        words.letters(&(found.core.end..words.len())).to_uppercase()
                    }
                    known => known.to_owned(),
                });
                split.form_place = core.end..legal.len();
                split.core = trimmed(name, core);
            }
        }
        split
    }
}

/// Without quotes around the whole, and without punctuation that holds nothing.
fn without_marks(text: &str) -> &str {
    let is_plain = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    if is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last()) {
        return text;
    }
    let bare = text.trim_matches([' ', ',', ';', '-', '_', '*']);
    let quotes = ['"', '\'', '“', '”', '„', '«', '»'];
    let inner = bare
        .strip_prefix(quotes)
        .and_then(|rest| rest.strip_suffix(quotes));
    let is_lone = || bare.matches(quotes).count() == 1 && !bare.contains('\'');
    match inner {
        Some(inner) if !inner.contains(quotes) || inner.starts_with(quotes) => without_marks(inner),
        None if bare.starts_with(quotes) != bare.ends_with(quotes) && is_lone() => {
            without_marks(bare.trim_matches(quotes))
        }
        _ => bare,
    }
}

/// Without the marks around it; an opening bracket stays with the closing one.
fn trimmed(display: &str, range: Range<usize>) -> Range<usize> {
    let text = &display[range.clone()];
    let bare = text
        .trim_start_matches(|c: char| {
            !c.is_alphanumeric() && !matches!(c, '(' | '[' | '#' | '@' | '+' | '.' | '$')
        })
        .trim_end_matches(|c: char| {
            matches!(
                c,
                ' ' | ',' | ';' | '-' | '–' | '"' | '”' | '“' | '»' | '(' | '\''
            )
        });
    if bare.is_empty() {
        return range;
    }
    let start = bare.as_ptr() as usize - display.as_ptr() as usize;
    start..start + bare.len()
}

/// Where "dba" stands: the name before it is the legal one, the name behind it the one in trade.
fn trading_name(display: &str) -> Option<Range<usize>> {
    const MARKS: [&str; 9] = [
        "dba", "d/b/a", "d.b.a.", "d/b/a/", "t/a", "t/as", "aka", "a/k/a", "fka",
    ];
    let mut at = 0;
    for word in display.split(' ') {
        let end = at + word.len();
        let mark = word.trim_matches(['(', ':', ',']);
        if at > 0 && end < display.len() && MARKS.iter().any(|m| m.eq_ignore_ascii_case(mark)) {
            return Some(at..end);
        }
        at = end + 1;
    }
    let spelled = b" trading as ";
    let is_spelled = |bytes: &[u8]| bytes[0] == b' ' && bytes.eq_ignore_ascii_case(spelled);
    let at = display
        .as_bytes()
        .windows(spelled.len())
        .position(is_spelled)?;
    Some(at..at + spelled.len())
}

/// Capitals for a name that has lost them. In a name all in capitals, short words may be initials and stay as they are,
/// but for those that are surely words. The legal form gets its own.
fn recase(text: &str, case: Case, form: Range<usize>) -> String {
    const SHORT_WORDS: [&str; 34] = [
        "AIR", "AND", "ART", "BAR", "BAY", "BIG", "CAR", "CO", "DAY", "EYE", "FOR", "GAS", "INC",
        "INN", "LAW", "LTD", "NEW", "OIL", "OLD", "ONE", "OUR", "PET", "PRO", "RED", "SEA", "SKY",
        "SON", "SUN", "TAX", "THE", "TOP", "VAN", "VON", "WAY",
    ];
    const SMALL: [&str; 14] = [
        "and", "of", "for", "the", "de", "la", "du", "des", "und", "et", "di", "del", "da", "do",
    ];
    let was_upper = case == Case::Upper;
    // One word in capitals is as likely a brand (IBM, IKEA) as a shout.
    if was_upper && text.chars().count() <= 5 {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for word in text.split(' ') {
        let is_form = form.contains(&at);
        let is_first = at == 0;
        at += word.len() + 1;
        if !is_first {
            out.push(' ');
        }
        let lower = word.to_lowercase();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let bare = lower.trim_matches(['.', ',', '(', ')']);
        if is_form && let Some(usual) = legal_form::usual_case(bare) {
            let start = lower.find(bare).unwrap_or_default();
            out.push_str(&lower[..start]);
            out.push_str(usual);
            out.push_str(&lower[start + bare.len()..]);
        } else if is_form && bare.contains('.') {
            out.push_str(&word.to_uppercase()); // "S.A."
        } else if !is_first && SMALL.contains(&lower.as_str()) {
            out.push_str(&lower);
        } else if was_upper
            && (letters <= 3 || word.contains(['.', '&']))
            && !SHORT_WORDS.contains(&word)
        {
            out.push_str(word);
        } else if lower.contains('-') {
            let pieces: Vec<String> = lower.split('-').map(title_case).collect();
            out.push_str(&pieces.join("-"));
        } else {
            out.push_str(&titled(lower));
        }
    }
    composed(out)
}

#[cfg(test)]
mod tests;
