//! Names with one wrong, missing, extra or swapped letter, with letters doubled or not, and without their spaces.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{names, wording};

/// Shorter names have too many neighbours (Iran and Iraq, Mali and Bali).
const SHORTEST: usize = 6;

/// Official names are long: shorter ones are abbreviations, and so is the name in some (Republic of Congo).
fn is_long_official(name: &str) -> bool {
    name.len() >= 10 && wording::without_form(name).all(|core| core.len() >= SHORTEST)
}

/// Each name of the short table as it is, without one letter (`-` before it), with a gap for one letter (the first letter
/// is rarely wrong), and [`squeezed`]: a text with one error meets one of them by a look-up. Built at the first unknown
/// name. `None` stands between two countries.
static NEIGHBOURS: LazyLock<HashMap<String, Option<&'static str>>> = LazyLock::new(|| {
    let mut neighbours = HashMap::new();
    let short = names::countries().flat_map(|(alpha2, _, _, all)| {
        let long = all.filter(|name| name.len() >= SHORTEST);
        long.map(move |name| (name, alpha2))
    });
    let official = names::pairs(names::OFFICIAL).filter(|(name, _)| is_long_official(name));
    for (name, alpha2) in short.chain(official) {
        let shorter = near(name, "").map(|name| format!("-{name}"));
        let others = [name.to_owned(), squeezed(name)];
        for key in shorter.chain(near(name, GAP)).chain(others) {
            let known = neighbours.entry(key).or_insert(Some(alpha2));
            if *known != Some(alpha2) {
                *known = None;
            }
        }
    }
    neighbours
});

const GAP: &str = "?";

/// The name with each letter but the first replaced.
fn near<'a>(name: &'a str, by: &'a str) -> impl Iterator<Item = String> + 'a {
    (1..name.len()).filter_map(move |at| Some([name.get(..at)?, by, name.get(at + 1..)?].concat()))
}

fn swapped(name: &str) -> impl Iterator<Item = String> + '_ {
    (1..name.len()).filter_map(|at| {
        let (a, b) = (name.get(at..at + 1)?, name.get(at + 1..at + 2)?);
        Some([name.get(..at)?, b, a, name.get(at + 2..)?].concat())
    })
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
    let others = [format!("-{name}"), squeezed(name)];
    for key in near(name, GAP)
        .chain(others)
        .chain(near(name, ""))
        .chain(swapped(name))
    {
        match NEIGHBOURS.get(&key) {
            None => {}
            Some(None) => return None,
            Some(near) if found.is_some() && found != *near => return None,
            Some(near) => found = *near,
        }
    }
    found
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
