//! Domains mistyped in an obvious way: a large provider's name but for one slip, or an end that no domain has.

/// Large providers and the ends of their domains; none given: they have one per country.
const PROVIDERS: [(&str, &[&str]); 12] = [
    ("gmail", &["com"]),
    ("googlemail", &["com"]),
    ("yahoo", &[]),
    ("hotmail", &[]),
    ("outlook", &[]),
    ("icloud", &["com"]),
    ("comcast", &["net"]),
    ("verizon", &["net"]),
    ("sbcglobal", &["net"]),
    ("bellsouth", &["net"]),
    ("protonmail", &["com"]),
    ("freenet", &["de"]),
];

/// No top-level domains, but slips of the three large ones.
const ENDS: [(&str, &str); 20] = [
    ("cim", "com"),
    ("cmo", "com"),
    ("comm", "com"),
    ("con", "com"),
    ("conm", "com"),
    ("coom", "com"),
    ("cpm", "com"),
    ("ent", "net"),
    ("met", "net"),
    ("ner", "net"),
    ("nett", "net"),
    ("nte", "net"),
    ("ocm", "com"),
    ("ogr", "org"),
    ("ogrg", "org"),
    ("orgg", "org"),
    ("rog", "org"),
    ("vom", "com"),
    ("xcom", "com"),
    ("xom", "com"),
];

/// The domain that was likely meant by one that is no known provider's; `None` for most.
pub(super) fn meant(domain: &str) -> Option<String> {
    let (name, end) = domain.split_once('.')?;
    let provider = PROVIDERS
        .iter()
        .find(|(provider, _)| is_slip(name, provider));
    if let Some((provider, ends)) = provider {
        let end = match end {
            // Countries of their own, but slips behind the name of a provider.
            "cm" | "co" | "om" => "com",
            _ => mended(end).unwrap_or(end),
        };
        let is_theirs = if ends.is_empty() {
            end == "com" || end.len() == 2 || (end.len() <= 6 && end.contains('.'))
        } else {
            ends.contains(&end)
        };
        if is_theirs {
            return Some(format!("{provider}.{end}")).filter(|meant| meant != domain);
        }
    }
    let (rest, end) = domain.rsplit_once('.')?;
    mended(end).map(|end| format!("{rest}.{end}"))
}

fn mended(end: &str) -> Option<&'static str> {
    let at = ENDS.binary_search_by_key(&end, |(slip, _)| slip).ok()?;
    ENDS.get(at).map(|(_, meant)| *meant)
}

/// The same, or one letter too many, too few, another, or two swapped; the first letter is right, or swapped with the second.
fn is_slip(typed: &str, meant: &str) -> bool {
    let (typed, meant) = (typed.as_bytes(), meant.as_bytes());
    if typed.len().abs_diff(meant.len()) > 1 {
        return false;
    }
    let start = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (typed, meant) = (&typed[start..], &meant[start..]);
    let end = typed
        .iter()
        .rev()
        .zip(meant.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    match (&typed[..typed.len() - end], &meant[..meant.len() - end]) {
        ([], []) => true,
        ([a, b], [c, d]) => a == d && b == c,
        ([_], [_] | []) | ([], [_]) => start > 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_sorted() {
        assert!(ENDS.is_sorted());
    }

    #[test]
    fn knows_what_was_meant() {
        for (domain, want) in [
            ("gmail.com", None),
            ("gmial.com", Some("gmail.com")),
            ("mgail.com", Some("gmail.com")),
            ("gmail.con", Some("gmail.com")),
            ("gmal.con", Some("gmail.com")),
            ("gmail.co", Some("gmail.com")),
            ("gmaill.com", Some("gmail.com")),
            ("mail.com", None),
            ("email.example", None),
            ("yaho.com", Some("yahoo.com")),
            ("yahho.co.uk", Some("yahoo.co.uk")),
            ("hotmial.fr", Some("hotmail.fr")),
            ("hotmail.cmo", Some("hotmail.com")),
            ("outlook.io", None),
            ("outlok.info", None),
            ("gmail.acme.example", None),
            ("acme.con", Some("acme.com")),
            ("shop.acme.vom", Some("shop.acme.com")),
            ("acme.co", None),
            ("acme.net", None),
            ("freenets.de", Some("freenet.de")),
        ] {
            assert_eq!(meant(domain).as_deref(), want, "{domain}");
        }
    }
}
