//! What surrounds an address in exports, and what an address is made of.

use std::borrow::Cow;

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use unicode_normalization::char::is_combining_mark;

/// Strips what surrounds an address: display name, angle brackets, pairs of quotes and brackets, `mailto:`, a comment set
/// apart by a space, closing punctuation, and the apostrophe that spreadsheets put before a text. A quote or bracket of
/// which there is only one stays: something was cut off.
pub(super) fn unwrap_address(text: &str) -> &str {
    let mut inner = text;
    loop {
        let before = inner.len();
        inner = inner
            .trim()
            .trim_end_matches(['.', ',', ';', ':'])
            .trim_end();
        if let Some(rest) = inner.strip_suffix('>')
            && let Some((_, address)) = rest.rsplit_once('<')
        {
            inner = address;
        } else if let Some(rest) = inner.strip_suffix(')')
            && let Some((address, _)) = rest.rsplit_once(" (")
        {
            inner = address;
        }
        for (open, close) in [('"', '"'), ('\'', '\''), ('(', ')'), ('[', ']')] {
            inner = inner
                .strip_prefix(open)
                .and_then(|rest| rest.strip_suffix(close))
                .unwrap_or(inner);
        }
        inner = inner.strip_prefix('\'').unwrap_or(inner);
        if let Some(scheme) = inner.get(..7)
            && scheme.eq_ignore_ascii_case("mailto:")
        {
            inner = inner[7..].split('?').next().unwrap_or_default();
        }
        if inner.len() == before {
            return inner;
        }
    }
}

/// `dot-atom` of RFC 5322, with letters of every script (RFC 6532): no empty piece between dots.
pub(super) fn is_local_part(local: &str) -> bool {
    let is_atext =
        |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b) || !b.is_ascii();
    !local.is_empty()
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.bytes().all(is_atext)
        && (local.is_ascii() || local.chars().all(|c| c.is_ascii() || is_letter(c)))
}

/// At least two labels of letters, digits and inner hyphens; the last one is letters only.
pub(crate) fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|c| c == '-' || c.is_ascii_alphanumeric() || (!c.is_ascii() && is_letter(c)))
    };
    let top = domain.rsplit('.').next().unwrap_or_default();
    domain.len() <= 253
        && domain.contains('.')
        && domain.split('.').all(is_label)
        && top.chars().nth(1).is_some()
        && (top
            .chars()
            .all(|c| c.is_alphabetic() || is_combining_mark(c))
            || top
                .get(..4)
                .is_some_and(|start| start.eq_ignore_ascii_case("xn--")))
}

/// Indic and Thai words hold marks that are not letters by themselves.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Is it an internationalized domain, in either spelling?
pub(super) fn is_idn(domain: &str) -> bool {
    !domain.is_ascii()
        || domain.split('.').any(|label| {
            label
                .as_bytes()
                .get(..4)
                .is_some_and(|start| start.eq_ignore_ascii_case(b"xn--"))
        })
}

/// The spelling in letters (U-labels), when the domain is one by IDNA (UTS 46, non-transitional).
pub(super) fn to_unicode(domain: &str) -> Option<String> {
    to_ascii(domain)?;
    let (unicode, outcome) = Uts46::new().to_unicode(
        domain.as_bytes(),
        AsciiDenyList::STD3,
        Hyphens::CheckFirstLast,
    );
    outcome.ok()?;
    Some(unicode.into_owned())
}

/// The spelling in ASCII (A-labels), within the lengths of the DNS.
pub(super) fn to_ascii(domain: &str) -> Option<Cow<'_, str>> {
    Uts46::new()
        .to_ascii(
            domain.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        )
        .ok()
}
