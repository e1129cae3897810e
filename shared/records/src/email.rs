//! E-mail addresses that a message can be sent to.

mod disposable;
mod free_mail;
mod lists;
mod syntax;
mod typo;

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

use crate::{Rule, Rules, text};
use lists::{NoPerson, Provider, main_domain, no_person, provider};
pub(crate) use syntax::{is_domain, is_idn, to_unicode};
use syntax::{is_local_part, to_ascii, unwrap_address};

/// A deliverable address, lower-cased: `local@domain` of RFC 5321 as mail systems practise it. Letters outside ASCII are
/// allowed (RFC 6531), and an internationalized domain is written in letters: `müller.example` and
/// `xn--mller-kva.example` are one.
///
/// Refused although a standard allows them, since no customer has one and few systems deliver to them: quoted strings
/// (`"a b"@x.example`), comments within the address, address literals (`a@[127.0.0.1]`), domains of a single label
/// (`a@io`) or with a top-level domain that is not letters. Refused although some providers once gave them out: dots at
/// the end of the local part, or two together.
#[derive(Clone)]
pub struct Email {
    address: String,
    at: usize,
    rules: Rules,
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
        f.debug_struct("Email")
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Email {
    fn eq(&self, other: &Email) -> bool {
        self.address == other.address
    }
}

impl Eq for Email {}

impl Hash for Email {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.address.hash(state);
    }
}

impl Email {
    /// Reads an address, also as `Name <address>`, `mailto:address?subject=…`, or quoted.
    pub fn parse(text: &str) -> Result<Email, EmailFault> {
        Email::parse_with(text, Rules::ALL)
    }

    /// As [`Email::parse`], with the rules that are `on`. An address that only a rule switched off could read is refused.
    pub fn parse_with(text: &str, on: Rules) -> Result<Email, EmailFault> {
        let trimmed = text.trim();
        let mut rules = Rules::NONE;
        let cleaned = if on.contains(Rule::TextMarkup) {
            text::cleaned(trimmed).ok_or(EmailFault::Empty)?
        } else {
            Cow::Borrowed(trimmed)
        };
        if matches!(cleaned, Cow::Owned(_)) && cleaned != trimmed {
            rules = rules.with(Rule::TextMarkup);
        }
        let mut bare = cleaned.as_ref();
        if on.contains(Rule::EmailUnwrap) {
            bare = unwrap_address(bare);
            if bare.len() < cleaned.len() {
                rules = rules.with(Rule::EmailUnwrap);
            }
        }
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
        let lower = |part| lowered(part, on.contains(Rule::EmailCase));
        let (local, mut domain_part) = (lower(local), lower(domain));
        let is_lowered = matches!(local, Cow::Owned(_)) || matches!(domain_part, Cow::Owned(_));
        if on.contains(Rule::EmailIdn) && is_idn(&domain_part) {
            domain_part = Cow::Owned(to_unicode(&domain_part).ok_or(EmailFault::Domain)?);
            if domain_part != lowered(domain, true) {
                rules = rules.with(Rule::EmailIdn);
            }
        }
        if !is_domain(&domain_part) {
            return Err(EmailFault::Domain);
        }
        if is_lowered {
            rules = rules.with(Rule::EmailCase);
        }
        let mut email = Email {
            address: joined(&local, &domain_part),
            at: local.len(),
            rules,
        };
        email.rules = rules.and(email.noticed()).only(on);
        Ok(email)
    }

    /// Every address in a text, between commas, semicolons, bars, slashes or spaces; names around them are left out.
    /// Never empty: when none is valid, the fault of the first. No address comes twice.
    pub fn parse_all(text: &str) -> Result<Vec<Email>, EmailFault> {
        Email::parse_all_with(text, Rules::ALL)
    }

    /// As [`Email::parse_all`], with the rules that are `on`: without `email.several` the text is one address.
    pub fn parse_all_with(text: &str, on: Rules) -> Result<Vec<Email>, EmailFault> {
        let first_fault = match Email::parse_with(text, on) {
            Ok(email) => return Ok(vec![email]),
            Err(fault) if !on.contains(Rule::EmailSeveral) => return Err(fault),
            Err(fault) => fault,
        };
        // One address beside something else: only what stands apart is told from it.
        let marks = match first_fault {
            EmailFault::ManyAddresses => " ,;|/<>()\"",
            _ if text.contains([';', '|', '\n']) => ";|\n",
            fault => return Err(fault),
        };
        let (mut emails, mut first_fault) = (Vec::new(), first_fault);
        let is_blank = |c: char| marks.starts_with(' ') && c.is_whitespace();
        let parts = text.split(|c: char| marks.contains(c) || is_blank(c));
        for part in parts.filter(|part| part.contains('@')) {
            match Email::parse_with(part, on) {
                Ok(mut email) => {
                    email.rules = email.rules.with(Rule::EmailSeveral);
                    if !emails.contains(&email) {
                        emails.push(email);
                    }
                }
                Err(fault) if first_fault == EmailFault::ManyAddresses => first_fault = fault,
                Err(_) => {}
            }
        }
        if emails.is_empty() {
            Err(first_fault)
        } else {
            Ok(emails)
        }
    }

    /// The form to send to.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// For systems without RFC 6531: the domain in ASCII (`xn--…`). `None` when the part before the @ is not ASCII.
    pub fn to_ascii(&self) -> Option<Cow<'_, str>> {
        if self.address.is_ascii() {
            return Some(Cow::Borrowed(&self.address));
        }
        let local = Some(self.local()).filter(|local| local.is_ascii())?;
        Some(Cow::Owned(format!("{local}@{}", to_ascii(self.domain())?)))
    }

    fn local(&self) -> &str {
        self.address.get(..self.at).unwrap_or_default()
    }

    pub fn domain(&self) -> &str {
        self.address.get(self.at + 1..).unwrap_or_default()
    }

    /// For matching, never for sending: one key per mailbox, in lower case. Tags (`+news`) are dropped everywhere, dots at
    /// Gmail, and `googlemail.com` is `gmail.com`; each as far as its rule was on when the address was read.
    pub fn match_key(&self) -> String {
        let (mut local, mut domain) = (self.local(), self.domain());
        if self.rules.contains(Rule::EmailSubaddress)
            && let Some((untagged, _)) = local.split_once('+')
        {
            local = untagged;
        }
        let mut key = String::with_capacity(self.address.len());
        if self.rules.contains(Rule::EmailMailbox) {
            domain = main_domain(domain);
        }
        if self.rules.contains(Rule::EmailMailbox) && domain == "gmail.com" {
            key.extend(local.split('.'));
        } else {
            key.push_str(local);
        }
        key.push('@');
        key.push_str(domain);
        match lowered(&key, true) {
            Cow::Borrowed(_) => key,
            Cow::Owned(lower) => lower,
        }
    }

    /// The same address at the domain that was likely meant (`gmail.com` for `gmial.com`), for a person to decide on.
    pub fn suggestion(&self) -> Option<Email> {
        if !self.rules.contains(Rule::EmailTypo) {
            return None;
        }
        let domain = typo::meant(self.domain())?;
        Email::parse(&format!("{}@{domain}", self.local())).ok()
    }

    /// A provider where anyone gets a mailbox, throw-away ones included: the domain says nothing on the employer.
    pub fn is_free_mail(&self) -> bool {
        self.rules.contains(Rule::EmailFreeMail) || self.is_disposable()
    }

    /// A throw-away mailbox, gone within the day.
    pub fn is_disposable(&self) -> bool {
        self.rules.contains(Rule::EmailDisposable)
    }

    /// A mailbox of a function, shared by people: info@, sales@, no-reply@.
    pub fn is_role(&self) -> bool {
        self.rules.contains(Rule::EmailRole)
    }

    /// An address typed to get past a form: none@none.com, test@test.com, noemail@…, a@a.com.
    pub fn is_placeholder(&self) -> bool {
        self.rules.contains(Rule::EmailPlaceholder)
    }

    /// The rules that changed the text or noticed something about the address.
    pub fn rules(&self) -> Rules {
        self.rules
    }

    fn noticed(&self) -> Rules {
        let (local, domain) = (self.local(), self.domain());
        let (untagged, is_tagged) = match local.split_once('+') {
            Some((untagged, _)) if is_local_part(untagged) => (untagged, true),
            _ => (local, false),
        };
        let main = main_domain(domain);
        let is_other_name = main != domain || (main == "gmail.com" && local.contains('.'));
        let provider = provider(domain);
        let is_mistyped = provider.is_none() && typo::meant(domain).is_some();
        let letters = letters(untagged);
        let things = [
            (Rule::EmailSubaddress, is_tagged),
            (Rule::EmailMailbox, is_other_name),
            (Rule::EmailFreeMail, provider == Some(Provider::Free)),
            (
                Rule::EmailDisposable,
                provider == Some(Provider::Disposable),
            ),
            (Rule::EmailTypo, is_mistyped),
            (Rule::EmailRole, is_role(untagged, &letters)),
            (
                Rule::EmailPlaceholder,
                is_placeholder(untagged, &letters, domain),
            ),
        ];
        let are_so = things.into_iter().filter(|(_, is_so)| *is_so);
        are_so.fold(Rules::NONE, |rules, (rule, _)| rules.with(rule))
    }
}

/// Does a domain, in small letters, give mailboxes to everyone, throw-away ones among them?
pub(crate) fn is_free_mail(domain: &str) -> bool {
    provider(domain).is_some()
}

fn joined(local: &str, domain: &str) -> String {
    let mut address = String::with_capacity(local.len() + 1 + domain.len());
    address.push_str(local);
    address.push('@');
    address.push_str(domain);
    address
}

/// Borrowed when there is nothing to do.
fn lowered(text: &str, is_on: bool) -> Cow<'_, str> {
    let may_be_lowered = |b: u8| b.is_ascii_uppercase() || !b.is_ascii();
    if !is_on || !text.bytes().any(may_be_lowered) {
        return Cow::Borrowed(text);
    }
    if text.is_ascii() {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    // Small letters compose with accents that capitals do not: ẙ.
    let lower: String = text.to_lowercase().nfc().collect();
    if lower == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(lower)
    }
}

/// A function's mailbox: info2@, info-de@, sales.us@.
fn is_role(local: &str, letters: &str) -> bool {
    let is_role = |word: &str| no_person(word) == Some(NoPerson::Role);
    let mut words = local.split(['.', '-', '_']);
    let first = words.next().unwrap_or_default();
    is_role(letters) || (is_role(first) && words.all(|word| word.len() <= 3))
}

fn is_placeholder(local: &str, letters: &str, domain: &str) -> bool {
    let is_placeholder = |word: &str| no_person(word) == Some(NoPerson::Placeholder);
    let site = domain.split('.').next().unwrap_or_default();
    let mut chars = local.chars();
    let first = chars.next();
    let repeated = local.len() >= 3 && chars.all(|c| Some(c) == first);
    domain.ends_with(".invalid")
        || domain == "localhost.localdomain"
        || repeated
        // 123@, a@b.com
        || (local.len() <= 3 && local.bytes().all(|b| b.is_ascii_digit()))
        || (local.len() == 1 && site.len() == 1)
        || is_placeholder(letters)
        || (is_placeholder(site) && site != "test")
        || (local == site
            && (local.len() <= 3
                || matches!(
                    local,
                    "email" | "mail" | "user" | "name" | "domain" | "example"
                )))
}

/// Letters of the local part, without its tag.
fn letters(local: &str) -> Cow<'_, str> {
    if local.bytes().all(|b| b.is_ascii_alphabetic()) {
        Cow::Borrowed(local)
    } else {
        let mut letters = String::with_capacity(local.len());
        for c in local.chars().filter(|c| c.is_alphabetic()) {
            letters.push(c);
        }
        Cow::Owned(letters)
    }
}

#[cfg(test)]
mod tests;
