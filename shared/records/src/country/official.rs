//! Official names in other languages: beside the form of state the name stands in another case ("Latvijas Republika",
//! "ესტონეთის რესპუბლიკა", "République d'Haïti") or as an adjective ("Словацкая Республика", "al-Jumhūrīyah
//! al-ʿIrāqīyah").

use super::{names, wording};

/// Endings of a genitive, and of the name itself: Georgian, Latvian, Lithuanian, French, South Slavic, Russian, Polish,
/// Finnish.
const GENITIVES: [(&str, &str); 9] = [
    ("is", "i"),
    ("is", "a"),
    ("as", "a"),
    ("os", "a"),
    ("e", "a"),
    ("ii", "iia"),
    ("ii", "ia"),
    ("ji", "ja"),
    ("n", ""),
];

/// Shorter words have too many neighbours.
const SHORTEST_GENITIVE: usize = 5;

/// Nouns for a state, folded, by their first letters; not the English one, which no other case goes with.
fn has_noun(name: &str) -> bool {
    const NOUNS: [&str; 17] = [
        "confedera",
        "federa",
        "karal",
        "kniazh",
        "konfedera",
        "korol",
        "kralj",
        "kuningas",
        "ljmhwry",
        "lmmlk",
        "pedera",
        "repub",
        "respub",
        "royaume",
        "sahercogo",
        "samepo",
        "tasavalta",
    ];
    let is_noun = |word: &str| NOUNS.iter().any(|noun| word.starts_with(noun));
    name.split(' ')
        .any(|word| word != "republic" && is_noun(word))
}

/// What the name of a state may be, from what its form of state leaves.
pub(super) fn nominatives<'a>(core: &'a str, name: &str) -> impl Iterator<Item = String> + 'a {
    let is_voiced = |rest: &&str| rest.starts_with(['a', 'e', 'h', 'i', 'o', 'u']);
    let core = Some(core).filter(|_| has_noun(name));
    let elided = core.and_then(|core| core.strip_prefix('d').filter(is_voiced));
    let elided = elided.map(str::to_owned);
    let long = core.filter(|core| core.len() >= SHORTEST_GENITIVE);
    let others = long.into_iter().flat_map(|core| {
        GENITIVES.iter().filter_map(move |(genitive, nominative)| {
            Some([core.strip_suffix(genitive)?, nominative].concat())
        })
    });
    elided.into_iter().chain(others)
}

/// Adjectives of states, folded, where the official name has one; the Slavic ones without their ending. Not those that
/// name another state or a part of one as well (Serbian, Slovene).
const ADJECTIVES: &str = "\
alban AL|algerienne DZ|algerische DZ|alzhir DZ|argelina DZ|argentin AR|armian AM|avstrii AT|azerbaidzhan AZ|belgii BE|belorus BY|bilorus BY|bolgar BG|ceca CZ|\
centroafricana CF|checa CZ|chekhii CZ|ches CZ|chesh CZ|chilii CL|cinese CN|dat DK|dominicaine DO|dominicana DO|dominikan DO|ellenica GR|eslovaca SK|eston EE|\
francaise FR|francesa FR|francese FR|frantsuz FR|frantsuzka FR|franzosische FR|gabon GA|gabonaise GA|gabonesa GA|gabunische GA|german DE|greche GR|grets GR|\
gruzin GE|helenica GR|hellenique GR|helvetica CH|helvetique CH|iemen YE|iordan JO|iran IR|islandaise IS|ispan ES|italian IT|italiana IT|italienische IT|\
italienne IT|italii IT|kazakh KZ|kirghize KG|kirgisische KG|kirgiz KG|kirguisa KG|korean KR|korei KR|kyrgyz KG|laos LA|latvii LV|libanaise LB|libanesa LB|\
libanese LB|libanesische LB|litov LT|livan LB|livii LY|ljzyry DZ|llbnny LB|lmgrby MA|lmsry EG|lmwrytny MR|lrdny JO|lrqy IQ|lswdny SD|lswdy SA|lswry SY|\
ltwnsy TN|lymny YE|moldav MD|mongol MN|pol PL|polnische PL|polonaise PL|portoghese PT|portugaise PT|portugal PT|portugiesische PT|portuguesa PT|rosii RU|\
rossii RU|rosyj RU|ru RU|rumun RO|rumyn RO|russa RU|russe RU|russische RU|shved SE|shveitsar CH|sirii SY|slovacca SK|slovaque SK|slovat SK|slowakische SK|\
suica CH|suiza CH|svizra CH|syrienne SY|syrische SY|tcheque CZ|togoische TG|togolaise TG|togolesa TG|togolez TG|tschechische CZ|tsentralnoafrikan CF|tunecina TN|\
tunesische TN|tunis TN|tunisienne TN|tunisina TN|turca TR|turet TR|turkische TR|turkmen TM|turque TR|ugor HU|ukrain UA|uruguayenne UY|uzbek UZ|venger HU|\
vetnam VN";

/// The alpha-2 code of "estonskaia respublika": an adjective of the table and beside it only words of state, one of them
/// its noun.
pub(super) fn of_adjective(name: &str) -> Option<&'static str> {
    const ENDINGS: [&str; 6] = ["skaia", "ska", "skoe", "ske", "skii", "cka"];
    if !has_noun(name) {
        return None;
    }
    let mut found = None;
    for word in name.split(' ').filter(|word| !wording::is_form(word)) {
        let stem = ENDINGS.iter().find_map(|end| word.strip_suffix(end));
        let stem = stem.unwrap_or(word);
        let (_, code) = names::pairs(ADJECTIVES).find(|(adjective, _)| *adjective == stem)?;
        if found.replace(code).is_some() {
            return None;
        }
    }
    found
}

/// What the name may be in an Arabic official name in Latin letters: the one word that is neither article nor of the
/// state, and the noun of an adjective.
pub(super) fn arabic(name: &str) -> impl Iterator<Item = &str> {
    const ARTICLES: [&str; 8] = ["ad", "al", "an", "ar", "as", "ash", "at", "el"];
    const NOUNS: [&str; 5] = ["dawla", "jumhour", "jumhur", "mamlak", "saltana"];
    const ADJECTIVES: [&str; 6] = [
        "arabiy",
        "dimuqratiy",
        "hashimiy",
        "islamiy",
        "muttahid",
        "shabiy",
    ];
    let starts = |word: &str, with: &[&str]| with.iter().any(|start| word.starts_with(start));
    let mut words = name.split(' ').filter(move |word| {
        !ARTICLES.contains(word) && !starts(word, &NOUNS) && !starts(word, &ADJECTIVES)
    });
    let word = words
        .next()
        .filter(|_| words.next().is_none())
        .filter(|_| name.split(' ').any(|word| starts(word, &NOUNS)));
    word.into_iter().flat_map(|word| {
        let nouns = ["iyyah", "iyya", "iyah", "iya", "h"];
        let nouns = nouns.into_iter().find_map(|end| word.strip_suffix(end));
        [word].into_iter().chain(nouns)
    })
}
