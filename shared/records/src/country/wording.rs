//! Ways to write a country's name: its form of state, brackets and commas, abbreviated words.

use crate::lookup::Words;

/// Words for a form of state, folded, in many languages; and what joins them to the name.
static FORMS: Words = Words::new(
    "\
administrative anachak and arab araba arabe arabische arabiska arabska arabskaia arabta arabu arap arapska bailiwick bailliage bilong blong bolivarian \
bolivariana bolivarianskaia bolivarienne bolivarische bolivarska bondsrepubliek bundesrepublik chumkhurii co colony commonwealth confederacion \
confederation confederazione cooperativa cooperative country crown cumhuriyeti d da de del della dem democratic democratica democratico democratique \
democratische demokraticheskaia demokratichna demokraticka demokratik demokratika demokratiki demokratikus demokratische demokratiska demokratiuli \
demokratska demokratyczna den der des det di didi dimokratika do du ducado ducato ducatul duche duchy dwl emirat emirate emirato emirligi empire \
errepublika eslami estado estados etat etats fed federaalka federacao federace federaci federacija federacion federacja federacyjna federados federal \
federala federale federalna federalnaia federated federatie federatiei federation federativa federative federativna federativnaia federativni \
federativo federatsiia federatsiya federazione federes foderale foderation foderative foderierte folkerepublikken folkrepubliken forbundsrepubliken \
former furstentum ganarajya gertsogstvo gnnrjy gosudarstvo gran grand grande granducato groothertogdom grossherzogtum groussherzogdem groussherzogtum \
gweriniaeth hachemita hachemite hachimite halk haschemitisches hashemita hashemite herzogtum ile iles independen independent isla islam islami islamic \
islamica islamique islamische islamiska islamistskaia islamitische islamska islamskaia islamuri island islands islas isle isles isuramu jamhuri \
jamhuuriyadda jmhwry jmhwryh jmhwryt jomhuri jumhurii jumhuriyah kansantasavalta kepulauan kerajaan kesultanan khashimitskoe khoemry kidemokrasia \
kingdom kiralysag knezevina kniazhestvo kniazivstvo kniezatstvo knizectvi koku konfederatsiia konfoderation kongeriget kongeriket konigreich \
koninkrijk konungariket konungsrikid kooperativnaia korolevstvo korolivstvo koztarsasag kraljevina kralligi krallik kralovstvi kralovstvo krolestwo \
ksiestwo kungariket kuningaskunta kuningriik l la lbrlmny ldymqrty le lefatshe les lfydrly lhshmy lidova liittotasavalta liitvabariik ljmhwry lmmlk \
lrby lshby lslmy lthdy ludova ludowa ludowo lydveldid lyoveldio marele mdynt medinat mmlk mnogonatsionalnoe most muso muungano na narodna narodnaia \
narodno nations negara nepkoztarsasag nezavisimoe ng now oa obedinennaia obedinionnaia of operative oriental ostrov ostrova pederacia pederaciuli \
people peoples persekutuan plurinacional plurinational poblacht popolare populaire popular populara ppl prensligi principado principality principat \
principato principatu principatul principaute protectorate prov province rakyat regatul region regne regno reino rep repiblik repoblikani repubblica \
repubblika republic republica republiek republik republika republiken republikken republique repubulika respublika respublikasi respublikasy ripablik \
royaume rzeczpospolita sahercogo samepo sar savezna saxalxo serene serenissima slmy sltn socialist socialista socialiste socialistische socialisturi \
socjalistyczna soiuz sotsialisticheskaia sotsialistichna sovereign sovetskaia sozialistische special spolkova spoluchena ssr staat staaten state \
states stato statul stet storhertigdomet sultanaat sultanat sultanate sultanato sultanligi ta tasavalta territory teyrnas the ufalme uls unida unie union \
unione unita unitaria unitary united vabariik van velikoe velkovevodstvi vereinigte verenigde volksrepubliek volksrepublik von vorstendom wa watu \
wielkie ya ye yu yugoslav zu",
);

/// Forms only beside another one.
const JOINERS: [&str; 13] = [
    "bilong", "blong", "na", "ng", "now", "oa", "ta", "van", "von", "wa", "ye", "yu", "zu",
];

pub(super) fn is_form(word: &str) -> bool {
    FORMS.contains(word)
}

/// The name without what stands before it, then without what stands behind it too: "kingdom of tonga" and "tonga
/// kingdom of" give "tonga". None that is nothing or the name as it was.
pub(super) fn without_form(name: &str) -> impl Iterator<Item = &str> {
    let mut head_off = name;
    while let Some((first, rest)) = head_off.split_once(' ')
        && is_form(first)
    {
        head_off = rest;
    }
    // East Asian script puts it behind, without a space: 共和国, 王国, 공화국.
    let signs = ["gong he guo", "wang guo", "guo", "gonghwagug", "lian bang"];
    let mut sign_off = head_off;
    while let Some(rest) = signs.iter().find_map(|sign| sign_off.strip_suffix(sign)) {
        sign_off = rest.trim_end();
    }
    let mut both_off = sign_off;
    while let Some((rest, last)) = both_off.rsplit_once(' ')
        && is_form(last)
    {
        both_off = rest;
    }
    let is_whole = |core: &&str| core.len() == name.len() || core.is_empty() || is_form(core);
    // "Van Jordan" is a person.
    let is_formed = name
        .split(' ')
        .any(|word| is_form(word) && !JOINERS.contains(&word));
    [head_off, sign_off, both_off]
        .into_iter()
        .filter(move |core| !is_whole(core) && (is_formed || sign_off.len() < head_off.len()))
}

/// Two states share the short name: the longer form decides.
pub(super) fn is_shared(core: &str) -> bool {
    matches!(
        core,
        "congo"
            | "korea"
            | "georgia"
            | "virgin islands"
            | "saint martin"
            | "samoa"
            | "guinea"
            | "china"
            | "ireland"
            | "yemen"
            | "sudan"
    )
}

/// Parts of other countries that are named so: the state of Georgia, Nigeria's Niger State, Belgium's Luxembourg.
pub(super) fn is_part(name: &str, core: &str) -> bool {
    let is_part = |word| matches!(word, "state" | "province" | "prov" | "region");
    matches!(core, "georgia" | "niger" | "luxembourg") && name.split(' ').any(is_part)
}

/// Whether one of the words says that the republic is the democratic or the people's one.
pub(super) fn is_peoples(name: &str) -> bool {
    const STARTS: [&str; 9] = [
        "dem", "peo", "popul", "narod", "ludo", "folke", "volks", "saxalxo", "ldymqrty",
    ];
    name.split(' ')
        .any(|word| STARTS.iter().any(|start| word.starts_with(start)))
}

/// Whether the words say only a form of state.
pub(super) fn is_only_form(name: &str) -> bool {
    !name.is_empty() && name.split(' ').all(is_form)
}

/// "st lucia", "cook is", "antigua & barbuda", "trinidad et tobago": words written out; `None` when none was short.
pub(super) fn written_out(text: &str, folded: &str) -> Option<String> {
    let word_in_full = |word: &'_ str| match word {
        "st" => Some("saint"),
        "is" | "isl" | "isls" | "isles" | "island" => Some("islands"),
        "rep" => Some("republic"),
        "n" => Some("north"),
        "s" => Some("south"),
        "fr" => Some("french"),
        "et" | "und" | "y" | "e" => Some("and"),
        "the" => Some(""),
        _ => None,
    };
    let has_short = folded.split(' ').any(|word| word_in_full(word).is_some());
    if !has_short && !text.contains(['&', '+']) {
        return None;
    }
    let with_and = crate::text::fold(&text.replace(['&', '+'], " and "));
    let words = with_and
        .split(' ')
        .map(|word| word_in_full(word).unwrap_or(word));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    Some(words.join(" "))
}

/// The two halves of "Iran, Islamic Republic of", "Korea (Republic of)", "Birmanie/Myanmar".
pub(super) fn halves(text: &str) -> Option<(&str, &str)> {
    let (head, tail) = text.split_once([',', '(', '/', '[', ';'])?;
    let tail = tail.trim_end_matches([')', ']', ' ', ',', ';']);
    let head = head.trim_end();
    (head.len() > 1 && tail.len() > 1).then_some((head, tail))
}

#[cfg(test)]
mod tests {
    #[test]
    fn takes_forms_of_state_off() {
        for (name, want) in [
            ("kingdom of tonga", Some("tonga")),
            ("republic of the marshall islands", Some("marshall islands")),
            ("bolivia plurinational state of", Some("bolivia")),
            ("republique du senegal", Some("senegal")),
            ("united states", None),
            ("tonga", None),
        ] {
            assert_eq!(super::without_form(name).next(), want, "{name}");
        }
    }
}
