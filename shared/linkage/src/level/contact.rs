//! E-mail addresses, phone numbers and domains.

use super::{MISSING, closest};
use crate::distance::{is_similar, is_within};

const EXACT: u8 = 1;

/// Levels of match keys (`Email::match_key`), several of a record parted by spaces. `domain` is the company's own domain
/// of either record, `""` at a provider of mailboxes for everyone.
pub(crate) fn email(a: &str, b: &str, domain_a: &str, domain_b: &str) -> u8 {
    if a.is_empty() || b.is_empty() {
        return MISSING;
    }
    let level = closest(a, b, one_email);
    if level == 6 && !domain_a.is_empty() && domain_a == domain_b {
        5
    } else {
        level
    }
}

fn one_email(a: &str, b: &str) -> u8 {
    if a == b {
        return EXACT;
    }
    let split = |email| str::split_once(email, '@').unwrap_or((email, ""));
    let ((user_a, host_a), (user_b, host_b)) = (split(a), split(b));
    if user_a == user_b && user_a.len() >= 4 {
        return if is_within(host_a, host_b, 2) { 2 } else { 3 };
    }
    let most = if a.len().min(b.len()) < 12 { 1 } else { 2 };
    if is_within(a, b, most) {
        // Users that differ in a digit are two users as often as a typing error.
        let is_numbered = host_a == host_b && letters(user_a).eq(letters(user_b));
        return if is_numbered { 4 } else { 2 };
    }
    let is_like = || user_a.len().min(user_b.len()) >= 5 && is_similar(user_a, user_b, 0.93);
    if host_a == host_b && is_like() { 4 } else { 6 }
}

fn letters(user: &str) -> impl Iterator<Item = u8> {
    user.bytes().filter(|letter| !letter.is_ascii_digit())
}

/// Levels of numbers in E.164, several of a record parted by spaces.
pub(crate) fn phone(a: &str, b: &str) -> u8 {
    if a.is_empty() || b.is_empty() {
        return MISSING;
    }
    closest(a, b, |a, b| {
        if a == b {
            EXACT
        } else if ending(a) == ending(b) {
            2
        } else if is_within(a, b, 1) {
            3
        } else {
            4
        }
    })
}

/// The last eight digits: of short numbers more than there are.
fn ending(phone: &str) -> &str {
    phone
        .len()
        .checked_sub(8)
        .and_then(|from| phone.get(from..))
        .unwrap_or(phone)
}

pub(crate) fn domain(a: &str, b: &str) -> u8 {
    if a.is_empty() || b.is_empty() {
        return MISSING;
    }
    if a == b {
        return EXACT;
    }
    let label = |domain| str::split_once(domain, '.').map_or(domain, |(label, _)| label);
    let (label_a, label_b) = (label(a), label(b));
    let shorter = label_a.len().min(label_b.len());
    if label_a == label_b && shorter >= 3 {
        2
    } else if shorter >= 6 && is_within(label_a, label_b, 1) {
        3
    } else {
        4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails() {
        for (a, b, want) in [
            ("", "jane@acme.com", MISSING),
            ("jane@acme.com", "jane@acme.com", 1),
            ("jane@acme.com", "bob@x.org jane@acme.com", 1),
            ("james.d@merritt-scott.com", "james.d@merritot-scott.com", 2),
            ("emmalloyd@jimenez.com", "emmallod@jimenez.com", 2),
            ("jane.doe@acme.com", "jane.doe@gmail.com", 3),
            ("jdoe71@gmail.com", "jdoe72@gmail.com", 4),
            ("jane@acme.com", "john@zeta.org", 6),
        ] {
            assert_eq!(email(a, b, "", ""), want, "{a} {b}");
            assert_eq!(email(b, a, "", ""), want, "{b} {a}");
        }
        assert_eq!(
            email("a.doe@acme.com", "bob@acme.com", "acme.com", "acme.com"),
            5
        );
    }

    #[test]
    fn phones() {
        for (a, b, want) in [
            ("+12125550187", "+12125550187", 1),
            ("+442079460958", "+12079460958", 2),
            ("+12125550187", "+12125550178", 3),
            ("+12125550187", "+12125559999", 4),
            ("", "+12125550187", MISSING),
        ] {
            assert_eq!(phone(a, b), want, "{a} {b}");
            assert_eq!(phone(b, a), want, "{b} {a}");
        }
    }

    #[test]
    fn domains() {
        assert_eq!(domain("acme.com", "acme.co.uk"), 2);
        assert_eq!(domain("northwind.com", "nortwind.com"), 3);
        assert_eq!(domain("acme.com", "zeta.com"), 4);
    }
}
