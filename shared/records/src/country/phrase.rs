//! A country's name among other words.

use super::{Country, folded, known, named, official, wording};
use crate::rule::{Rule, Rules};
use crate::text::fold;

/// The name among other words: form of state, brackets, a place before the comma.
pub(super) fn read(name: &str, text: &str) -> Option<(Country, Rules)> {
    let with_wording =
        |(country, rules): (Country, Rules)| (country, rules.with(Rule::CountryWording));
    let spelled = wording::written_out(text, name);
    if let Some(found) = spelled.as_deref().and_then(|name| known(name, name)) {
        return Some(with_wording(found));
    }
    let found = match wording::halves(text) {
        Some((head, tail)) => {
            let (head, tail) = (fold(head), fold(tail));
            let turned = format!("{tail} {head}");
            let of_head = (wording::is_only_form(&tail) || !wording::is_shared(&head))
                .then(|| known(&head, &head))
                .flatten();
            known(&turned, &turned)
                .or_else(|| unformed(&turned, &turned))
                .or(of_head)
                .or_else(|| known(&tail, &tail).filter(|_| tail.len() > 2))
                .or_else(|| unformed(&tail, &tail))
        }
        None => None,
    };
    found
        .or_else(|| unformed(name, text))
        .or_else(|| unformed(spelled.as_deref()?, text))
        .or_else(|| twice(name))
        .map(with_wording)
}

/// A name without its form of state. Where two states share the short name, the form tells them apart.
fn unformed(name: &str, text: &str) -> Option<(Country, Rules)> {
    let is_ascii = text.is_ascii();
    let of_code = |code| Country::listed(code).map(|country| named(country.0));
    let found = wording::without_form(name).find_map(|core| {
        let found = folded(core, is_ascii).or_else(|| {
            official::nominatives(core, name).find_map(|name| folded(&name, is_ascii))
        })?;
        let is_told = wording::is_peoples(name) && !core.contains(' ');
        match found.0.iso2() {
            "KR" if is_told => of_code("KP"),
            "CG" if is_told => of_code("CD"),
            "CN" => Some(found),
            _ if is_told && wording::is_shared(core) || wording::is_part(name, core) => None,
            _ => Some(found),
        }
    });
    found
        .or_else(|| match official::of_adjective(name)? {
            "KR" if wording::is_peoples(name) => of_code("KP"),
            code => of_code(code),
        })
        .or_else(|| official::arabic(name).find_map(|name| folded(name, is_ascii)))
}

/// Two names of one country: "Éire-Ireland", "Deutschland Germany".
fn twice(name: &str) -> Option<(Country, Rules)> {
    name.match_indices(' ').find_map(|(at, _)| {
        let (one, other) = (name.get(..at)?, name.get(at + 1..)?);
        let found = folded(one, true)?;
        let is_same = |other: (Country, Rules)| other.0 == found.0;
        folded(other, true)
            .or_else(|| unformed(other, other))
            .is_some_and(is_same)
            .then_some(found)
    })
}
