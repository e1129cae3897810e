//! Ways to write a country's name: its form of state, brackets and commas, abbreviated words.

/// Words for a form of state, folded, in the larger European languages; and what joins them to the name. Sorted.
const FORMS: [&str; 144] = [
    "and",
    "arab",
    "arabe",
    "bailiwick",
    "bolivarian",
    "bolivariana",
    "co",
    "colony",
    "commonwealth",
    "confederation",
    "cooperative",
    "country",
    "crown",
    "cumhuriyeti",
    "d",
    "da",
    "de",
    "del",
    "della",
    "dem",
    "democratic",
    "democratica",
    "democratico",
    "democratique",
    "demokratische",
    "demokratska",
    "der",
    "des",
    "di",
    "do",
    "du",
    "duchy",
    "dwl",
    "emirat",
    "emirate",
    "empire",
    "estado",
    "etat",
    "fed",
    "federal",
    "federale",
    "federated",
    "federation",
    "federative",
    "federativnaia",
    "federatsiia",
    "former",
    "furstentum",
    "gosudarstvo",
    "grand",
    "grande",
    "hashemite",
    "herzogtum",
    "ile",
    "iles",
    "independent",
    "isla",
    "islamic",
    "islamica",
    "islamique",
    "islamische",
    "islamskaia",
    "island",
    "islands",
    "islas",
    "isle",
    "isles",
    "jamhuri",
    "jmhwry",
    "kingdom",
    "konigreich",
    "koninkrijk",
    "konungariket",
    "korolevstvo",
    "koztarsasag",
    "kraljevina",
    "krallik",
    "kralovstvi",
    "krolestwo",
    "kungariket",
    "l",
    "la",
    "le",
    "les",
    "lyoveldio",
    "mmlk",
    "most",
    "narodnaia",
    "nations",
    "of",
    "operative",
    "oriental",
    "ostrov",
    "ostrova",
    "people",
    "peoples",
    "plurinational",
    "populaire",
    "popular",
    "ppl",
    "principado",
    "principality",
    "principato",
    "principaute",
    "protectorate",
    "prov",
    "province",
    "regno",
    "reino",
    "rep",
    "repubblica",
    "republic",
    "republica",
    "republiek",
    "republik",
    "republika",
    "republikken",
    "republique",
    "repubulika",
    "respublika",
    "respublikasi",
    "respublikasy",
    "royaume",
    "serene",
    "sltn",
    "socialist",
    "socialista",
    "socialiste",
    "sovereign",
    "staat",
    "state",
    "states",
    "stato",
    "sultanat",
    "sultanate",
    "tasavalta",
    "territory",
    "the",
    "union",
    "unitary",
    "united",
    "vabariik",
    "ya",
    "yugoslav",
];

fn is_form(word: &str) -> bool {
    FORMS.binary_search(&word).is_ok()
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
    let mut both_off = head_off;
    while let Some((rest, last)) = both_off.rsplit_once(' ')
        && is_form(last)
    {
        both_off = rest;
    }
    // Japanese and Chinese put it behind: 共和国.
    let both_off = both_off
        .strip_suffix("gong he guo")
        .map_or(both_off, str::trim_end);
    [head_off, both_off]
        .into_iter()
        .filter(|core| core.len() < name.len() && !core.is_empty() && !is_form(core))
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
        assert!(super::FORMS.is_sorted());
    }
}
