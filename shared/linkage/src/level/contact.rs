//! E-mail addresses, phone numbers and domains.

use super::{MISSING, closest};
use crate::distance::{is_similar, is_within};

const EXACT: u8 = 1;

/// Whose e-mail addresses are compared.
#[derive(Clone, Copy)]
pub(crate) struct Mailbox<'a> {
    /// Match keys (`Email::match_key`), several parted by spaces.
    pub email: &'a str,
    /// The company's own domain; `""` at a provider of mailboxes for everyone.
    pub domain: &'a str,
    pub given: &'a str,
    pub family: &'a str,
}

pub(crate) fn email(a: Mailbox<'_>, b: Mailbox<'_>) -> u8 {
    if a.email.is_empty() || b.email.is_empty() {
        return MISSING;
    }
    let is_of_name = |user: &str| a.has_name_in(user) || b.has_name_in(user);
    let level = closest(a.email, b.email, |a, b| one_email(a, b, is_of_name));
    if level == DIFFERENT && !a.domain.is_empty() && a.domain == b.domain {
        COLLEAGUES
    } else {
        level
    }
}

impl Mailbox<'_> {
    /// jane.doe, jdoe, doe: the user name says no more than the name does, which is compared by itself.
    fn has_name_in(&self, user: &str) -> bool {
        let is_in = |name: &str| name.len() >= 3 && user.contains(name);
        !user.bytes().any(|letter| letter.is_ascii_digit())
            && (is_in(self.family) || is_in(self.given))
    }
}

const TYPO: u8 = 2;
const USER: u8 = 3;
const SIMILAR: u8 = 4;
const COLLEAGUES: u8 = 5;
const DIFFERENT: u8 = 6;

fn one_email(a: &str, b: &str, is_of_name: impl Fn(&str) -> bool) -> u8 {
    if a == b {
        return EXACT;
    }
    let split = |email| str::split_once(email, '@').unwrap_or((email, ""));
    let ((user_a, host_a), (user_b, host_b)) = (split(a), split(b));
    let hosts = host_a.len().min(host_b.len());
    if user_a == user_b && user_a.len() >= 4 {
        let is_slip = is_within(host_a, host_b, if hosts < 10 { 1 } else { 2 });
        return match is_of_name(user_a) {
            _ if is_slip => TYPO,
            true => DIFFERENT,
            false => USER,
        };
    }
    let most = if a.len().min(b.len()) < 12 { 1 } else { 2 };
    if is_within(a, b, most) {
        // Users that differ in a digit are two users as often as a typing error.
        let is_numbered = host_a == host_b && letters(user_a).eq(letters(user_b));
        return if is_numbered { SIMILAR } else { TYPO };
    }
    let is_like = || user_a.len().min(user_b.len()) >= 5 && is_similar(user_a, user_b, 0.93);
    if host_a == host_b && is_like() {
        SIMILAR
    } else {
        DIFFERENT
    }
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
            ("jane@acme.com", "jane@acme.com", EXACT),
            ("jane@acme.com", "bob@x.org jane@acme.com", EXACT),
            (
                "james.d@merritt-scott.com",
                "james.d@merritot-scott.com",
                TYPO,
            ),
            ("emmalloyd@jimenez.com", "emmallod@jimenez.com", TYPO),
            ("sunny71@acme.com", "sunny71@gmail.com", USER),
            ("jane.doe@acme.com", "jane.doe@zeta.org", DIFFERENT),
            ("jdoe71@gmail.com", "jdoe72@gmail.com", SIMILAR),
            ("jane@acme.com", "john@zeta.org", DIFFERENT),
        ] {
            let of = |email| Mailbox {
                email,
                domain: "",
                given: "jane",
                family: "doe",
            };
            assert_eq!(email(of(a), of(b)), want, "{a} {b}");
            assert_eq!(email(of(b), of(a)), want, "{b} {a}");
        }
        let at_acme = |email| Mailbox {
            email,
            domain: "acme.com",
            given: "",
            family: "",
        };
        assert_eq!(
            email(at_acme("a.doe@acme.com"), at_acme("bob@acme.com")),
            COLLEAGUES
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
