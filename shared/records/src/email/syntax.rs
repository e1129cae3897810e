//! What surrounds an address in exports, and what an address is made of.

use std::borrow::Cow;

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use unicode_normalization::char::is_combining_mark;

/// Strips what surrounds an address: display name, angle brackets, pairs of quotes and brackets, `mailto:`, a comment set
/// apart by a space, closing punctuation, and the apostrophe that spreadsheets put before a text. A quote or bracket of
/// which there is only one stays: something was cut off.
pub(super) fn unwrap_address(text: &str) -> &str {
    let is_plain = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    if is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last()) && !text.contains(':')
    {
        return text;
    }
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
    const ATEXT: [bool; 256] = {
        let mut table = [false; 256];
        let marks = b"!#$%&'*+-/=?^_`{|}~.";
        let mut at = 0;
        while at < 256 {
            let byte = at as u8;
            table[at] = byte.is_ascii_alphanumeric() || !byte.is_ascii();
            at += 1;
        }
        let mut at = 0;
        while at < marks.len() {
            table[marks[at] as usize] = true;
            at += 1;
        }
        table
    };
    let mut previous = b'.';
    for byte in local.bytes() {
        if !ATEXT[usize::from(byte)] || (byte == b'.' && previous == b'.') {
            return false;
        }
        previous = byte;
    }
    previous != b'.' && (local.is_ascii() || local.chars().all(|c| c.is_ascii() || is_letter(c)))
}

/// At least two labels of letters, digits and inner hyphens; the last one is letters only.
pub(crate) fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && (label
                .bytes()
                .all(|b| b == b'-' || b.is_ascii_alphanumeric())
                || label.chars().all(|c| {
                    matches!(c, '-' | '0'..='9' | 'A'..='Z' | 'a'..='z')
                        || (!c.is_ascii() && is_letter(c))
                }))
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
pub(crate) fn is_idn(domain: &str) -> bool {
    !domain.is_ascii()
        || domain.split('.').any(|label| {
            label
                .as_bytes()
                .get(..4)
                .is_some_and(|start| start.eq_ignore_ascii_case(b"xn--"))
        })
}

/// The spelling in letters (U-labels), when the domain is one by IDNA (UTS 46, non-transitional).
pub(crate) fn to_unicode(domain: &str) -> Option<String> {
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
