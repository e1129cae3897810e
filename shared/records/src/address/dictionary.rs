//! Words of street lines by language, folded: types of streets, units, post-office boxes, directions.

use std::sync::LazyLock;

use super::words::Word;
use crate::lookup::Table;

/// Types of streets that follow the name: "High Street".
const TYPES_LAST: &str = "\
alley aly arcade av ave aven avenue avn bank bend blvd boul boulevard brae broadway bvd bypass byway causeway \
center centre chase cir circle circuit circus cl close common copse corner court courtyard cove cr cres cresc \
crescent croft cross crossing cswy ct ctr cv dale dr drive drove drv esplanade expressway expy freeway fwy \
garden gardens gate gdns glade glen green grn grove grv head heights highway hill hts hwy lane ln loop mall \
manor marg marina mews motorway nagar parade park parkway pass path pde pike pkwy pl place plaza plz point \
promenade quay rd rdg ridge rise road route row rte run sq square st str strand street strt ter terr terrace \
tpke trace track trail trl turnpike vale view vista wa walk way wharf wood wynd xing yard";

/// Types that come before the name: "rue de Rivoli", "ulica Prosta"; and prepositions that begin German ones.
const TYPES_FIRST: &str = "\
al alameda aleja alejach aleje allee alley am an andador auf autopista autoroute av avda ave avenida avenue \
avinguda bd beco blvd boul boulevard bulevar bvd c calle callejon calz calzada cam cami camino campo carrer \
carrera carretera cerrada ch chaussee che chemin circuito cl clos contrada corso cours ctra eje esplanade \
estrada faubourg fbg glorieta im impasse in jardim ladeira largo loc localita lungarno lungomare lungotevere \
montee os osiedle parc pasaje paseo passage passeig pc pca piazza piazzale piazzetta pl plac placa place plaza \
poligono praca praceta privada prol prolongacion promenade pso pza quai quartier r rambla ramblas rodovia rond \
ronda rondo route rte rua rue ruelle salita sentier square str strada sur traverse travesia travessa tv ul \
ulica unter urb urbanizacion v via viale vico vicolo villa vle voie zum zur";

/// Words of both that need company to be sure of: prepositions, single letters, types that are words of towns.
const WEAK: &str = "\
al am an auf bank bend c campo center centre ch chase circle cl clos common copse corner court cove croft \
cross dale garden gardens gate gdns glen green grn grove grv head heights hill hts im in jardim loc localita \
loop mall manor marina nagar os parc park pass path pc pike place point quartier r ridge rise run st str \
strand sur trace track unter v vale view villa vista wa wharf wood yard zum zur";

/// Where a number or letter follows: "Apt 4B".
const UNITS: &str = "\
bat batiment gebaude aufgang hinterhaus vorderhaus porte wing andar apartament apartamento apartment apartments app appartement appt apt apto bldg blk block bloco bloque \
boite bte building bus casa conj conjunto departamento dept depto dpto edif esc escalera etage fl flat floor \
int interior interno level loja lok lokal lot lote lvl m mieszkanie num off office penthouse ph piano piso \
planta pta puerta rm room sala scala shop space spc ste stiege studio suite top tower trailer tur unit whg \
wohnung";

/// What an ordinal before makes a unit: "4th floor", "1er etage", "2. OG".
const LEVELS: &str = "\
andar etage fl floor level og piano pietro piso planta stock verdieping";

/// Ordinals in words, before a level.
const ORDINALS: &str = "\
basement eighth fifth first fourth ground lower ninth second seventh sixth tenth third top upper";

/// Words that name a building or who receives, not a street or a district.
const RECIPIENTS: &str = "\
residence immeuble and associates attn bar biblioteca building buildings cafe care center centre chambers club co college company \
corp corporation cottage dept edificio gmbh group hall hospital hotel house inc institute library limited llc \
llp lodge ltd museum office plc pub restaurant sa sarl school services shop societe spa srl store studio tower \
towers university";

/// Compass words.
const DIRECTIONS: &str = "north south east west northeast northwest southeast southwest nord sud est ouest norte oriente poniente";

/// German and Dutch compounds: "Triftstraße", "Herengracht". The longer of two that share an end first.
const SUFFIXES: [&str; 27] = [
    "plantsoen",
    "chaussee",
    "steenweg",
    "gaessle",
    "strasse",
    "graben",
    "gracht",
    "singel",
    "straat",
    "allee",
    "dreef",
    "gasse",
    "markt",
    "platz",
    "plein",
    "steeg",
    "steig",
    "wegel",
    "damm",
    "dijk",
    "kade",
    "laan",
    "pfad",
    "ring",
    "ufer",
    "str",
    "weg",
];

/// Those that no name of a town ends with.
const SURE_SUFFIXES: [&str; 9] = [
    "strasse", "straat", "gracht", "gasse", "platz", "allee", "laan", "weg", "str",
];

/// Those that are street types as words of their own too.
const SUFFIX_WORDS: &str = "strasse gasse straat weg platz allee laan plein steenweg chaussee";

/// What a word may be in an address, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning(u16);

impl Meaning {
    pub(super) const TYPE_LAST: Meaning = Meaning(1);
    pub(super) const TYPE_FIRST: Meaning = Meaning(1 << 1);
    pub(super) const TYPE_SUFFIX: Meaning = Meaning(1 << 2);
    pub(super) const WEAK: Meaning = Meaning(1 << 3);
    pub(super) const UNIT: Meaning = Meaning(1 << 4);
    pub(super) const LEVEL: Meaning = Meaning(1 << 5);
    pub(super) const ORDINAL: Meaning = Meaning(1 << 6);
    pub(super) const RECIPIENT: Meaning = Meaning(1 << 7);
    pub(super) const DIRECTION: Meaning = Meaning(1 << 8);

    pub(super) fn is(self, other: Meaning) -> bool {
        self.0 & other.0 != 0
    }
}

static MEANINGS: LazyLock<Table<&'static str, Meaning>> = LazyLock::new(|| {
    let mut meanings = Table::with_capacity_and_hasher(1024, Default::default());
    for (list, meaning) in [
        (TYPES_LAST, Meaning::TYPE_LAST),
        (TYPES_FIRST, Meaning::TYPE_FIRST),
        (SUFFIX_WORDS, Meaning::TYPE_SUFFIX),
        (WEAK, Meaning::WEAK),
        (UNITS, Meaning::UNIT),
        (LEVELS, Meaning::LEVEL),
        (ORDINALS, Meaning::ORDINAL),
        (RECIPIENTS, Meaning::RECIPIENT),
        (DIRECTIONS, Meaning::DIRECTION),
    ] {
        for word in list.split(' ') {
            meanings.entry(word).or_insert(Meaning(0)).0 |= meaning.0;
        }
    }
    meanings
});

/// What the word may be, from its text as written and folded.
pub(super) fn meaning(text: &str, folded: &str) -> Meaning {
    let mut meaning = MEANINGS.get(folded).copied().unwrap_or(Meaning(0));
    if text.starts_with('#') {
        meaning.0 |= Meaning::UNIT.0;
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        meaning.0 |= Meaning::ORDINAL.0;
    }
    // Only capitals: "N" and "NW" are directions, "Nw" and "S" within names are rare.
    if matches!(
        text.trim_end_matches('.'),
        "N" | "S" | "E" | "W" | "NE" | "NW" | "SE" | "SW"
    ) {
        meaning.0 |= Meaning::DIRECTION.0;
    }
    if let Some(suffix) = suffix(folded) {
        meaning.0 |= Meaning::TYPE_SUFFIX.0;
        if !SURE_SUFFIXES.contains(&suffix) {
            meaning.0 |= Meaning::WEAK.0; // Kettering, Silver Spring
        }
    }
    meaning
}

/// The type of a street at the end of a compound.
pub(super) fn suffix(folded: &str) -> Option<&'static str> {
    let (_, last) = folded
        .as_bytes()
        .split_last_chunk::<2>()
        .filter(|_| folded.len() > 4)?;
    // Most words end otherwise: two letters tell.
    if !SUFFIXES
        .iter()
        .any(|suffix| suffix.as_bytes().last_chunk() == Some(last))
    {
        return None;
    }
    SUFFIXES
        .into_iter()
        .find(|suffix| folded.len() > suffix.len() + 1 && folded.ends_with(suffix))
}

/// How many words from the start say "post-office box", before its number.
pub(super) fn box_words(words: &[Word]) -> usize {
    let word = |at: usize| words.get(at).map_or("", |word: &Word| word.folded.as_str());
    match (word(0), word(1), word(2)) {
        ("post", "office", "box") | ("p", "o", "box") | ("apartado", "de", "correos") => 3,
        ("po" | "p o" | "gpo" | "g p o" | "gpobox", "box", _)
        | ("private" | "locked", "bag", _)
        | ("postal", "box", _)
        | ("boite" | "case", "postale", _)
        | ("casella", "postale", _)
        | ("caixa" | "cx", "postal", _)
        | ("apartado" | "apdo", "postal" | "correos", _)
        | ("skrytka" | "skr", "pocztowa" | "poczt", _) => 2,
        // "C.P. 123"; with five digits it is a postcode
        ("c p" | "cp", number, _)
            if number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit()) =>
        {
            usize::from(!number.is_empty())
        }
        (
            "pobox" | "postfach" | "postbus" | "bp" | "b p" | "apartado" | "apdo" | "casilla"
            | "box",
            _,
            _,
        ) => 1,
        _ => 0,
    }
}
