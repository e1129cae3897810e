//! Legal forms at the end (or, in some countries, the start) of a company name.

mod grammar;
mod table;

use std::ops::Range;
use std::sync::LazyLock;

use super::words::NameWords;
use crate::lookup::Table;
use grammar::{Stem, stem};

/// Initials that are a legal form and none in the table.
pub(super) const UNKNOWN: &str = "";

/// What was found: the words that are left, and the form.
pub(super) struct Found {
    pub(super) core: Range<usize>,
    pub(super) form: &'static str,
}

/// Sets the legal form apart. Of stacked forms ("… Co., Ltd") it is the one nearest to the end. A name never loses its
/// last word.
pub(super) fn find(words: &NameWords) -> Option<Found> {
    if words.len() < 2 {
        return None;
    }
    let mut core = 0..words.len();
    let mut form = None;
    while let Some((length, found)) = trailing(words, &core) {
        core.end -= length;
        form = form.or(Some(found));
        // "Smith & Co": the "and" that joined the form goes with it.
        while core.len() > 1 && matches!(words.word(core.end - 1), "and" | "und" | "et") {
            core.end -= 1;
        }
    }
    // "PT Telkom Tbk" has both its ends; else what looks like a form in front of one behind is part of the name.
    while form.is_none_or(|form| form == "PT Tbk") || core.start > 0 {
        let Some((length, found)) = leading(words, &core) else {
            break;
        };
        core.start += length;
        form = form.or(Some(found));
    }
    form.map(|form| Found { core, form })
}

/// The longest form at the end, leaving at least one word before it.
fn trailing(words: &NameWords, core: &Range<usize>) -> Option<(usize, &'static str)> {
    let first = core.start + 1;
    let exact = (first.max(core.end.saturating_sub(MOST_WORDS))..core.end).find_map(|start| {
        let form = lookup(words, start..core.end, false)?;
        Some((core.end - start, form))
    });
    let exact = exact.or_else(|| Some((1, sign(words, core.end - 1).filter(|_| core.len() > 1)?)));
    // "Public Limted Company" is more than the "Company" in it.
    let run = spelled_out((first..core.end).rev().map(|at| words.word(at)));
    match (exact, run) {
        (Some(exact), Some(run)) if run.0 > exact.0 => Some(run),
        (None, None) => dotted(words, core),
        (exact, run) => exact.or(run),
    }
}

/// ㈱, (株) and their like: one character, in brackets.
fn sign(words: &NameWords, at: usize) -> Option<&'static str> {
    let form = match words.source(at) {
        "㈱" => return Some("KK"),
        "㈲" => return Some("YK"),
        "㈜" => return Some("주식회사"),
        "株" => "KK",
        "有" => "YK",
        "同" | "合" => "GK",
        "주" => "주식회사",
        "유" => "유한회사",
        _ => return None,
    };
    words.is_in_brackets(at).then_some(form)
}

/// "S.A.S.P.J.": initials with full stops behind a name are a legal form, known or not, unless they are a place.
fn dotted(words: &NameWords, core: &Range<usize>) -> Option<(usize, &'static str)> {
    const OTHERS: [&str; 16] = [
        "ad", "bc", "ca", "dc", "eu", "hq", "ii", "la", "ny", "pac", "tv", "uae", "uk", "us",
        "usa", "ussr",
    ];
    let last = core.end.checked_sub(1).filter(|last| *last > core.start)?;
    let source = words.source(last);
    let mut letters = source.split('.');
    let is_initials = source.ends_with('.')
        && source.len() > 3
        && letters.all(|letter| letter.chars().count() < 2)
        && words.source(last - 1).trim_end_matches('.').chars().count() > 1;
    (is_initials && !OTHERS.contains(&words.word(last))).then_some((1, UNKNOWN))
}

fn leading(words: &NameWords, core: &Range<usize>) -> Option<(usize, &'static str)> {
    let last = core.end - 1;
    let longest = last.min(core.start + MOST_WORDS);
    let exact = (core.start + 1..=longest).rev().find_map(|end| {
        let form = lookup(words, core.start..end, true)?;
        Some((end - core.start, form))
    });
    exact
        .or_else(|| Some((1, sign(words, core.start).filter(|_| core.len() > 1)?)))
        .or_else(|| spelled_out((core.start..last).map(|at| words.word(at))))
        .or_else(|| institution(words, core).filter(|_| core.len() > 1))
}

/// A form spelled out (see [`grammar`]), from the outer end of the name inwards: how many words it has.
fn spelled_out<'a>(words: impl Iterator<Item = &'a str>) -> Option<(usize, &'static str)> {
    let (mut heads, mut forms) = (0, 0);
    let mut is_short = false;
    let mut form = None;
    let mut found = None;
    for (at, word) in words.enumerate() {
        match stem(word) {
            // "Acme Manufacturing Ltd", "Acme Enterprise Ltd": the noun is the name's.
            Some(Stem::Head) if at == 1 && is_short && !word.starts_with("comp") => break,
            Some(Stem::Head) => heads += 1,
            Some(stem @ (Stem::Form(name) | Stem::Short(name))) => {
                is_short = matches!(stem, Stem::Short(_));
                forms += 1;
                form = form.or(Some(name));
            }
            Some(Stem::Compound(name)) => {
                forms += 2;
                form = form.or(Some(name));
            }
            Some(Stem::Opener) => {}
            Some(Stem::Inner) => continue,
            None if word.len() <= 3 && at > 0 => continue, // "of", "de", "z"
            None => break,
        }
        if let Some(form) = form
            && heads + forms > 1
        {
            found = Some((at + 1, form));
        }
    }
    found
}

/// Russian institutions are known by their initials: МБОУ, ФГБУ, ГУЗ … in front of the name.
fn institution(words: &NameWords, core: &Range<usize>) -> Option<(usize, &'static str)> {
    const KINDS: [&str; 21] = [
        "бу", "усп", "воу", "двоу", "дт", "ку", "коу", "кп", "нии", "нку", "нц", "о", "оо", "оу",
        "по", "у", "удп", "уз", "ук", "уп", "усо",
    ];
    let initials = words.source(core.start).to_lowercase();
    let kind = initials.trim_start_matches(['ф', 'г', 'м', 'о', 'н', 'к', 'ч', 'р']);
    let kind = kind.trim_start_matches(['б', 'а', 'к']);
    let kind = kind.trim_start_matches(['д', 'с', 'в', 'н', 'п']);
    let is_long = initials.chars().count() > 2;
    let is_cyrillic = initials.chars().all(|c| ('а'..='я').contains(&c));
    (is_long && is_cyrillic && KINDS.contains(&kind)).then(|| {
        // "ФГБОУ ВО"
        let is_level = |at: usize| {
            at + 1 < core.end && matches!(words.word(at), "vo" | "vpo" | "dpo" | "spo" | "do")
        };
        (1 + usize::from(is_level(core.start + 1)), "Institution")
    })
}

/// No spelling in the table has more.
const MOST_WORDS: usize = 12;

/// Names too: a form only with a full stop or a stroke ("S.S.", "I/S").
const AMBIGUOUS: [&str; 54] = [
    "ac", "ad", "aj", "at", "ba", "bl", "ca", "cc", "cia", "cio", "da", "di", "do", "dp", "ed",
    "ei", "ep", "et", "eu", "fa", "if", "ii", "ip", "is", "it", "me", "mei", "na", "nev", "nl",
    "no", "np", "ok", "pat", "pe", "pp", "pr", "ps", "ra", "rf", "ro", "sad", "sal", "sd", "sh",
    "si", "ss", "su", "teo", "too", "ua", "up", "vat", "wa",
];

fn lookup(words: &NameWords, range: Range<usize>, is_leading: bool) -> Option<&'static str> {
    let letters = words.letters(&range);
    let is_native = !words
        .source(range.start)
        .starts_with(|c: char| c < '\u{370}');
    let spelling = SPELLINGS.get(letters)?;
    // "A B Associates", "(P A C)": initials of a name.
    let is_letter = |at: usize| words.word(at).len() == 1;
    if range.len() > 1 && range.clone().all(is_letter) && (is_leading || is_letter(range.start - 1))
    {
        return None;
    }
    let is_bank = || letters == "na" && range.start > 0 && words.word(range.start - 1) == "bank";
    let is_marked =
        || is_bank() || range.len() > 1 || words.source(range.start).contains(['.', '/']);
    let is_here = match (is_leading, is_native) {
        (true, true) => spelling.leads_natively,
        (true, false) => spelling.leads,
        (false, _) => spelling.trails,
    };
    let is_sure =
        letters.len() > 3 || is_native || AMBIGUOUS.binary_search(&letters).is_err() || is_marked();
    let form = if is_native {
        spelling.native.or(spelling.latin)
    } else {
        spelling.latin
    };
    form.filter(|_| is_here && is_sure)
}

/// The usual capitals of a word that is a form: "Ltd", "GmbH".
pub(super) fn usual_case(letters: &str) -> Option<&'static str> {
    let form = SPELLINGS.get(letters)?.latin?;
    form.eq_ignore_ascii_case(letters).then_some(form)
}

#[derive(Default)]
struct Spelling {
    /// The form where the text is in Latin letters, and where it is not.
    latin: Option<&'static str>,
    native: Option<&'static str>,
    trails: bool,
    /// In front of a name, in Latin letters and not.
    leads: bool,
    leads_natively: bool,
}

/// By letters: folded, without spaces.
static SPELLINGS: LazyLock<Table<String, Spelling>> = LazyLock::new(|| {
    let mut spellings: Table<String, Spelling> =
        Table::with_capacity_and_hasher(2048, Default::default());
    let letters = |text: &str| NameWords::new(text).all_letters().to_owned();
    for entry in table::TRAILING.iter().flat_map(|list| list.split(';')) {
        let (form, others) = entry.split_once('=').unwrap_or((entry, ""));
        for text in std::iter::once(form).chain(others.split('|')) {
            let key = letters(text);
            let is_ideographic = text.chars().any(|c| c >= '\u{2e80}');
            if key.len() < 2 || (is_ideographic && key.len() < 6) {
                continue; // "(株)" reads as a syllable that ends many names
            }
            let is_latin = text.chars().all(|c| !c.is_alphabetic() || c < '\u{370}');
            let spelling = spellings.entry(key).or_default();
            spelling.trails = true;
            if text.trim().split(' ').count() > 2 {
                (spelling.leads, spelling.leads_natively) = (true, true);
            }
            if !is_latin {
                spelling.native = spelling.native.or(Some(form));
            }
            if is_latin || letters(text).len() > 4 {
                spelling.latin = spelling.latin.or(Some(form));
            }
        }
    }
    for text in table::LEADING.split('|') {
        let spelling = spellings.entry(letters(text)).or_default();
        if text.starts_with(|c: char| c < '\u{370}') {
            spelling.leads = true;
            spelling.latin = spelling.latin.or(Some(text));
        } else {
            spelling.leads_natively = true;
            spelling.native = spelling.native.or(Some(text));
        }
    }
    spellings
});
