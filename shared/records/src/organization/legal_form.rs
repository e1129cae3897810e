//! Legal forms at the end (or, in some countries, the start) of a company name.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The usual short form, then the folded spellings (see [`crate::text::fold`], with dots dropped first: "S.A." is "sa").
/// Sources: ISO 20275 entity legal forms, from general knowledge.
const FORMS: [(&str, &str); 90] = [
    ("Inc", "inc|incorporated|incorporation"),
    ("Corp", "corp|corporation"),
    ("Co", "co|company|cie|compagnie"),
    (
        "LLC",
        "llc|l l c|limited liability company|limited liability co|lc",
    ),
    ("PLLC", "pllc|professional limited liability company"),
    ("LLP", "llp|limited liability partnership"),
    ("LLLP", "lllp"),
    ("LP", "lp|limited partnership"),
    ("PC", "pc|professional corporation"),
    ("PA", "pa|professional association"),
    ("Ltd", "ltd|limited|ltd liability co"),
    ("Ltd", "co ltd|company limited|co limited|company ltd"),
    ("PLC", "plc|public limited company|public ltd co"),
    ("CIC", "cic|community interest company"),
    ("DAC", "dac|designated activity company"),
    ("ULC", "ulc|unlimited company|unlimited liability company"),
    (
        "Pty Ltd",
        "pty ltd|pty limited|proprietary limited|pty|propriety limited",
    ),
    ("Pte Ltd", "pte ltd|pte limited|private limited company|pte"),
    (
        "Pvt Ltd",
        "pvt ltd|private limited|pvt limited|private ltd|pvt",
    ),
    ("Sdn Bhd", "sdn bhd|sendirian berhad"),
    ("Bhd", "bhd|berhad"),
    ("PT", "pt|perseroan terbatas"),
    ("Tbk", "tbk"),
    ("CC", "cc|close corporation"),
    ("NPC", "npc"),
    (
        "GmbH",
        "gmbh|ges mbh|gesmbh|mbh|gesellschaft mit beschrankter haftung|gesellschaft mit beschraenkter haftung|g m b h",
    ),
    ("gGmbH", "ggmbh"),
    (
        "GmbH & Co. KG",
        "gmbh and co kg|gmbh co kg|gmbh and co kommanditgesellschaft|gmbh and cokg|gmbh and co",
    ),
    ("AG & Co. KG", "ag and co kg|ag co kg"),
    (
        "GmbH & Co. KGaA",
        "gmbh and co kgaa|se and co kgaa|ag and co kgaa",
    ),
    ("KGaA", "kgaa|kommanditgesellschaft auf aktien"),
    ("AG", "ag|aktiengesellschaft"),
    ("SE", "se|societas europaea"),
    ("KG", "kg|kommanditgesellschaft|co kg"),
    (
        "OHG",
        "ohg|offene handelsgesellschaft|og|offene gesellschaft",
    ),
    (
        "GbR",
        "gbr|gesellschaft burgerlichen rechts|gesellschaft buergerlichen rechts",
    ),
    (
        "UG",
        "ug|ug haftungsbeschrankt|ug haftungsbeschraenkt|unternehmergesellschaft|unternehmergesellschaft haftungsbeschrankt",
    ),
    ("e.K.", "ek|e k|e kfm|eingetragener kaufmann"),
    ("e.V.", "ev|e v|eingetragener verein"),
    ("eG", "eg|e g|eingetragene genossenschaft|egen"),
    (
        "SA",
        "sa|societe anonyme|sociedad anonima|sociedade anonima|s a",
    ),
    (
        "SARL",
        "sarl|s a r l|societe a responsabilite limitee|sarlu",
    ),
    ("SAS", "sas|s a s|societe par actions simplifiee|sasu"),
    ("EURL", "eurl|e u r l"),
    (
        "SNC",
        "snc|s n c|societe en nom collectif|societa in nome collettivo",
    ),
    ("SCI", "sci|societe civile immobiliere"),
    ("SCA", "sca|societe en commandite par actions"),
    ("SCOP", "scop"),
    (
        "SL",
        "sl|s l|sociedad limitada|sociedad de responsabilidad limitada",
    ),
    ("SLU", "slu|s l u|sociedad limitada unipersonal"),
    ("SAU", "sau|s a u"),
    ("SRL", "srl|s r l|societa a responsabilita limitata|srls"),
    ("SpA", "spa|s p a|societa per azioni|sociedad por acciones"),
    ("SAPI de CV", "sapi de cv|s a p i de c v"),
    (
        "SA de CV",
        "sa de cv|s a de c v|sociedad anonima de capital variable",
    ),
    ("S de RL de CV", "s de rl de cv|s de r l de c v|srl de cv"),
    ("S de RL", "s de rl|s de r l"),
    ("SAC", "sac|s a c"),
    ("Ltda", "ltda|limitada|lda"),
    ("EIRELI", "eireli|eirl"),
    ("BV", "bv|b v|besloten vennootschap"),
    ("NV", "nv|n v|naamloze vennootschap"),
    ("VOF", "vof|v o f|vennootschap onder firma"),
    ("CV", "cv|commanditaire vennootschap"),
    (
        "BVBA",
        "bvba|sprl|besloten vennootschap met beperkte aansprakelijkheid",
    ),
    ("VZW", "vzw|asbl"),
    ("AB", "ab|aktiebolag|a b|aktiebolaget"),
    ("HB", "hb|handelsbolag"),
    ("AS", "as|a s|aksjeselskap|aktieselskab|akciova spolecnost"),
    ("ASA", "asa|allmennaksjeselskap"),
    ("ApS", "aps|anpartsselskab"),
    ("I/S", "i s|interessentskab"),
    ("Oy", "oy|osakeyhtio"),
    ("Oyj", "oyj|oy ab|julkinen osakeyhtio"),
    ("Ky", "ky|kommandiittiyhtio"),
    ("ehf", "ehf|hf"),
    ("OÜ", "ou|osauhing"),
    ("SIA", "sia"),
    ("UAB", "uab"),
    (
        "Sp. z o.o.",
        "sp z oo|sp zoo|sp z o o|spolka z ograniczona odpowiedzialnoscia|spzoo",
    ),
    (
        "s.r.o.",
        "sro|s r o|spol s ro|spol sro|spolecnost s rucenim omezenym",
    ),
    ("Kft", "kft|korlatolt felelossegu tarsasag"),
    ("Zrt", "zrt|nyrt|rt"),
    ("d.o.o.", "doo|d o o"),
    ("EOOD", "eood|ood|ead"),
    ("OOO", "ooo|oao|zao|pao|tov"),
    ("A.Ş.", "anonim sirketi|anonim sti|ltd sti|limited sirketi"),
    (
        "KK",
        "kk|k k|kabushiki kaisha|kabushiki gaisha|kabushikikaisha|kabushikigaisha",
    ),
    ("GK", "gk|godo kaisha"),
    ("FZE", "fze|fzco|fz llc|fzc|dmcc|wll|w l l"),
];

/// Forms written in front of the name.
const LEADING: [(&str, &str); 9] = [
    ("PT", "pt"),
    ("AB", "ab"),
    ("OOO", "ooo"),
    ("OOO", "oao"),
    ("OOO", "zao"),
    ("OOO", "pao"),
    ("UAB", "uab"),
    ("SIA", "sia"),
    ("KK", "kabushiki kaisha"),
];

/// Strips the legal form off folded words. Returns how many words to keep (from, to) and the form found first, which for
/// stacked forms ("… Co., Ltd") is the one nearest to the end. A name never loses its last word.
pub(super) fn strip(words: &[&str]) -> (std::ops::Range<usize>, Option<&'static str>) {
    let (mut start, mut end) = (0, words.len());
    let mut form = None;
    while let Some((length, found)) = trailing(&words[..end]) {
        end -= length;
        form = form.or(Some(found));
        // "Smith & Co": the "and" that joined the form goes with it.
        while end > 1 && words[end - 1] == "and" {
            end -= 1;
        }
    }
    if form.is_none() {
        for (found, spelling) in LEADING {
            let length = spelling.split(' ').count();
            if length < end && spelling.split(' ').eq(words[..length].iter().copied()) {
                start = length;
                form = Some(found);
                break;
            }
        }
    }
    (start..end, form)
}

/// Spellings by their last word, the longest first.
static BY_LAST_WORD: LazyLock<HashMap<&'static str, Vec<Spelling>>> = LazyLock::new(|| {
    let mut by_last_word: HashMap<&str, Vec<Spelling>> = HashMap::with_capacity(256);
    for (form, spellings) in FORMS {
        for spelling in spellings.split('|') {
            let words: Vec<&str> = spelling.split(' ').collect();
            if let Some(last) = words.last().copied() {
                by_last_word
                    .entry(last)
                    .or_default()
                    .push(Spelling { words, form });
            }
        }
    }
    for spellings in by_last_word.values_mut() {
        spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.words.len()));
    }
    by_last_word
});

struct Spelling {
    words: Vec<&'static str>,
    form: &'static str,
}

/// The longest legal form at the end, leaving at least one word before it.
fn trailing(words: &[&str]) -> Option<(usize, &'static str)> {
    let spellings = BY_LAST_WORD.get(words.last()?)?;
    let found = spellings
        .iter()
        .find(|spelling| spelling.words.len() < words.len() && words.ends_with(&spelling.words))?;
    Some((found.words.len(), found.form))
}
