//! Names with one wrong, missing, extra or swapped letter, with letters doubled or not, and without their spaces.

use std::sync::LazyLock;

use super::{names, wording};
use crate::lookup::Table;

/// Shorter names have too many neighbours (Iran and Iraq, Mali and Bali).
const SHORTEST: usize = 6;

/// Official names are long: shorter ones are abbreviations, and so is the name in some (Republic of Congo).
fn is_long_official(name: &str) -> bool {
    name.len() >= 10 && wording::without_form(name).all(|core| core.len() >= SHORTEST)
}

/// Each name of the short table as it is, without one letter (`-` before it), with a gap for one letter (the first letter
/// is rarely wrong), and [`squeezed`]: a text with one error meets one of them by a look-up. Built at the first unknown
/// name. `None` stands between two countries.
static NEIGHBOURS: LazyLock<Table<String, Option<&'static str>>> = LazyLock::new(|| {
    let mut neighbours = Table::default();
    let short = names::countries().flat_map(|(alpha2, _, _, all)| {
        let long = all.filter(|name| name.len() >= SHORTEST);
        long.map(move |name| (name, alpha2))
    });
    let official = names::pairs(names::OFFICIAL).filter(|(name, _)| is_long_official(name));
    for (name, alpha2) in short.chain(official) {
        let mut add = |key: String| {
            let known = neighbours.entry(key).or_insert(Some(alpha2));
            if *known != Some(alpha2) {
                *known = None;
            }
        };
        near(name, "", |shorter| add(format!("-{shorter}")));
        near(name, GAP, |key| add(key.to_owned()));
        add(name.to_owned());
        add(squeezed(name));
    }
    neighbours
});

const GAP: &str = "?";

/// Gives the name with each letter but the first replaced.
fn near(name: &str, by: &str, mut give: impl FnMut(&str)) {
    let mut key = String::with_capacity(name.len() + 1);
    for at in 1..name.len() {
        let (Some(before), Some(behind)) = (name.get(..at), name.get(at + 1..)) else {
            continue;
        };
        key.clear();
        key.extend([before, by, behind]);
        give(&key);
    }
}

/// Gives the name with each two letters swapped but the first.
fn swapped(name: &str, mut give: impl FnMut(&str)) {
    let mut key = String::with_capacity(name.len());
    for at in 1..name.len() {
        let parts = (
            name.get(..at),
            name.get(at..at + 1),
            name.get(at + 1..at + 2),
            name.get(at + 2..),
        );
        if let (Some(before), Some(one), Some(other), Some(behind)) = parts {
            key.clear();
            key.extend([before, other, one, behind]);
            give(&key);
        }
    }
}

/// Without spaces, doubled letters single, behind a mark: "=philipines".
fn squeezed(name: &str) -> String {
    let mut squeezed = String::from("=");
    for letter in name.chars().filter(|letter| *letter != ' ') {
        if !squeezed.ends_with(letter) {
            squeezed.push(letter);
        }
    }
    squeezed
}

/// The alpha-2 code of the one country whose name is that near. Asks about folded names of six letters and more.
pub(super) fn find(name: &str) -> Option<&'static str> {
    if name.len() < SHORTEST || !name.bytes().all(|b| b.is_ascii_lowercase() || b == b' ') {
        return None;
    }
    let name = name.strip_prefix("the ").unwrap_or(name);
    let mut found = None;
    let mut is_clear = true;
    let mut look = |key: &str| {
        if let Some(near) = NEIGHBOURS.get(key) {
            is_clear &= near.is_some() && (found.is_none() || found == *near);
            found = *near;
        }
    };
    near(name, GAP, &mut look);
    look(&format!("-{name}"));
    look(&squeezed(name));
    near(name, "", &mut look);
    swapped(name, &mut look);
    found.filter(|_| is_clear)
}

#[cfg(test)]
mod tests {
    #[test]
    fn forgives_one_letter() {
        for (name, want) in [
            ("germny", Some("DE")),
            ("germanny", Some("DE")),
            ("gremany", Some("DE")),
            ("gernany", Some("DE")),
            ("phillipines", Some("PH")),
            ("the phillipines", Some("PH")),
            ("morroco", Some("MA")),
            ("unitedarabemirates", Some("AE")),
            ("libyan arab jamahiriyah", Some("LY")),
            ("siberia", None),
            ("sussex", None),
            ("california", None),
            ("grmny", None),
        ] {
            assert_eq!(super::find(name), want, "{name}");
        }
    }
}
