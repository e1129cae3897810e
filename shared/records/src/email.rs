//! E-mail addresses that a message can be sent to.

mod free_mail;
mod lists;

use std::fmt;

use thiserror::Error;

use crate::text;
use free_mail::{FREE_MAIL, FREE_MAIL_FAMILIES};
use lists::{PLACEHOLDERS, ROLES};

/// A deliverable address, lower-cased: `local@domain`, in the form of RFC 5321 without quoted strings and address
/// literals, which no customer has; letters outside ASCII are allowed (RFC 6531).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email {
    address: String,
    at: usize,
}

/// Why a text is no e-mail address. Never holds the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EmailFault {
    #[error("empty")]
    Empty,
    #[error("no @")]
    NoAt,
    #[error("more than one address")]
    ManyAddresses,
    #[error("more than 254 characters, or more than 64 before the @")]
    TooLong,
    #[error("the part before the @ is malformed")]
    LocalPart,
    #[error("the domain is malformed")]
    Domain,
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Email").finish_non_exhaustive()
    }
}

impl Email {
    /// Reads an address, also as `Name <address>`, `mailto:address?subject=…`, or quoted.
    pub fn parse(text: &str) -> Result<Email, EmailFault> {
        let cleaned = text::clean(text).ok_or(EmailFault::Empty)?;
        let bare = unwrap_address(&cleaned);
        if bare.is_empty() {
            return Err(EmailFault::Empty);
        }
        let (local, domain) = bare.rsplit_once('@').ok_or(EmailFault::NoAt)?;
        if local.contains('@') {
            return Err(EmailFault::ManyAddresses);
        }
        if local.len() > 64 || bare.len() > 254 {
            return Err(EmailFault::TooLong);
        }
        if !is_local_part(local) {
            return Err(EmailFault::LocalPart);
        }
        if !is_domain(domain) {
            return Err(EmailFault::Domain);
        }
        let address = bare.to_lowercase();
        let at = address.rfind('@').ok_or(EmailFault::NoAt)?;
        Ok(Email { address, at })
    }

    /// The form to send to.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    fn local(&self) -> &str {
        self.address.get(..self.at).unwrap_or_default()
    }

    pub fn domain(&self) -> &str {
        self.address.get(self.at + 1..).unwrap_or_default()
    }

    /// For matching, never for sending: one key per mailbox. Tags (`+news`) are dropped everywhere, dots at Gmail, and
    /// `googlemail.com` is `gmail.com`.
    pub fn match_key(&self) -> String {
        let (local, domain) = (self.local(), self.domain());
        let untagged = local
            .split('+')
            .next()
            .filter(|untagged| !untagged.is_empty())
            .unwrap_or(local);
        if let "gmail.com" | "googlemail.com" = domain {
            format!("{}@gmail.com", untagged.replace('.', ""))
        } else {
            format!("{untagged}@{domain}")
        }
    }

    /// A provider where anyone gets a mailbox: the domain says nothing on the employer.
    pub fn is_free_mail(&self) -> bool {
        let domain = self.domain();
        FREE_MAIL.binary_search(&domain).is_ok()
            || domain.split_once('.').is_some_and(|(first, rest)| {
                FREE_MAIL_FAMILIES.contains(&first) && rest.len() <= 6 // yahoo.co.uk, hotmail.fr, yahoo.com.br
            })
    }

    /// A mailbox of a function, shared by people: info@, sales@, no-reply@.
    pub fn is_role(&self) -> bool {
        let local = self.local().split('+').next().unwrap_or_default();
        let is_role = |word: &str| ROLES.binary_search(&word).is_ok();
        let mut words = local.split(['.', '-', '_']);
        let first = words.next().unwrap_or_default();
        let joined: String = local.chars().filter(|c| c.is_alphabetic()).collect();
        // info2@, info-de@, sales.us@
        is_role(&joined) || (is_role(first) && words.all(|word| word.len() <= 3))
    }

    /// An address typed to get past a form: none@none.com, test@test.com, noemail@…, a@a.com.
    pub fn is_placeholder(&self) -> bool {
        let (local, domain) = (self.local(), self.domain());
        let site = domain.split('.').next().unwrap_or_default();
        let letters: String = local.chars().filter(|c| c.is_alphabetic()).collect();
        let mut chars = local.chars();
        let first = chars.next();
        let repeated = local.len() >= 3 && chars.all(|c| Some(c) == first);
        domain.ends_with(".invalid")
            || domain == "localhost.localdomain"
            || repeated
            // 123@, a@b.com
            || (local.len() <= 3 && local.bytes().all(|b| b.is_ascii_digit()))
            || (local.len() == 1 && site.len() == 1)
            || PLACEHOLDERS.binary_search(&letters.as_str()).is_ok()
            || (PLACEHOLDERS.binary_search(&site).is_ok() && site != "test")
            || (local == site
                && (local.len() <= 3
                    || matches!(
                        local,
                        "email" | "mail" | "user" | "name" | "domain" | "example"
                    )))
    }
}

/// Strips what surrounds an address: display name, angle brackets, quotes, `mailto:`, a closing full stop or comma.
fn unwrap_address(text: &str) -> &str {
    let inner = match (text.rfind('<'), text.rfind('>')) {
        (Some(open), Some(close)) if open < close => &text[open + 1..close],
        _ => text,
    };
    let inner = inner
        .trim()
        .trim_matches(['"', '\'', '(', ')', '[', ']', '<', '>', ';', ',', ' ']);
    let inner = match inner.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => {
            inner[7..].split('?').next().unwrap_or_default()
        }
        _ => inner,
    };
    inner.trim().trim_end_matches(['.', ',', ';', ':'])
}

/// `dot-atom` of RFC 5322: no empty piece between dots.
fn is_local_part(local: &str) -> bool {
    !local.is_empty()
        && local.split('.').all(|atom| !atom.is_empty())
        && local.chars().all(|c| {
            c.is_ascii_alphanumeric()
                || ".!#$%&'*+-/=?^_`{|}~".contains(c)
                || (!c.is_ascii() && c.is_alphanumeric())
        })
}

/// At least two labels of letters, digits and inner hyphens; the last one holds a letter.
pub(crate) fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c == '-' || c.is_alphanumeric())
    };
    let top = domain.rsplit('.').next().unwrap_or_default();
    domain.len() <= 253
        && domain.contains('.')
        && domain.split('.').all(is_label)
        && top.chars().count() >= 2
        && (top.chars().all(char::is_alphabetic)
            || top
                .get(..4)
                .is_some_and(|start| start.eq_ignore_ascii_case("xn--")))
}

#[cfg(test)]
mod tests;
