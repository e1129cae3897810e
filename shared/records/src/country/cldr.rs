//! Names of countries in the languages of the world.
//!
//! The table is made from the territory names of the Unicode CLDR, versions 21 to 47 (`common/main/*.xml`), and the
//! variants (`alt`) of version 47 but short abbreviations, each folded for matching. A folded name that several countries have is the one's that most languages call so, at a tie nobody's;
//! there, and where a script folds to nothing (Vai), the names stand as written too, in small letters, and go first.
//! Copyright © 1991–2025 Unicode, Inc.; Unicode
//! License v3, <https://www.unicode.org/license.txt>, which allows use, copying and change of the data with this notice.

/// `name<tab>code`, one a line, sorted by the bytes of the name.
const NAMES: &str = include_str!("cldr.tsv");

/// The alpha-2 code of a folded name, by bisection: nothing to build when a process starts.
pub(super) fn find(name: &str) -> Option<[u8; 2]> {
    let (mut low, mut high) = (0, NAMES.len());
    let bytes = NAMES.as_bytes();
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes
            .get(low..middle)?
            .iter()
            .rposition(|&b| b == b'\n')
            .map_or(low, |at| low + at + 1);
        let end = start + bytes.get(start..)?.iter().position(|&b| b == b'\n')?;
        let (key, code) = NAMES.get(start..end)?.split_once('\t')?;
        match key.cmp(name) {
            std::cmp::Ordering::Equal => return code.as_bytes().try_into().ok(),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn the_table_is_sorted_and_every_name_is_found() {
        let mut last = "";
        for line in NAMES.lines() {
            let (name, code) = line.split_once('\t').unwrap();
            assert!(last < name, "{name}");
            assert_eq!(
                find(name).as_ref().map(|c| &c[..]),
                Some(code.as_bytes()),
                "{name}"
            );
            last = name;
        }
        let name = fold("Бермудан гӀайренаш");
        assert!(find(&name).is_some(), "keys are folded as texts are");
        assert_eq!(find("a"), None);
        assert_eq!(find("zzzzzz"), None);
        assert_eq!(find(""), None);
    }
}
