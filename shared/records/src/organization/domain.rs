use crate::email::{Email, is_domain, is_free_mail, is_idn, to_unicode};

/// A path on these belongs to somebody else than the host.
const PROFILE_HOSTS: [&str; 23] = [
    "amazon.com",
    "bit.ly",
    "ebay.com",
    "etsy.com",
    "facebook.com",
    "fb.com",
    "g.page",
    "goo.gl",
    "google.com",
    "instagram.com",
    "linkedin.com",
    "linktr.ee",
    "medium.com",
    "pinterest.com",
    "t.me",
    "tiktok.com",
    "twitter.com",
    "vk.com",
    "wa.me",
    "x.com",
    "xing.com",
    "yelp.com",
    "youtube.com",
];

/// The domain an organization registered, lower-cased: `acme.co.uk` of `https://www.shop.acme.co.uk:443/en`.
///
/// By Mozilla's Public Suffix List, private section included: `acme.github.io` is its owner's, not GitHub's.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Domain(String);

impl Domain {
    /// Reads a web address or a host name. `None` for what is none, and for a profile on a social network or market place.
    pub fn from_website(text: &str) -> Option<Domain> {
        let text = text.trim().trim_matches(['<', '>', '"', '\'']);
        let text = text
            .split_once("://")
            .map_or(text, |(_, rest)| rest)
            .trim_start_matches('/');
        let (authority, path) = match text.find(['/', '?', '#']) {
            Some(at) => (&text[..at], text[at..].trim_matches('/')),
            None => (text, ""),
        };
        let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
        if !user.is_empty()
            && let Ok(email) = Email::parse(authority)
        {
            return Domain::from_email(&email);
        }
        let host = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => host,
        };
        let domain = Domain::registrable(host.trim_end_matches('.'))?;
        if !path.is_empty() && PROFILE_HOSTS.binary_search(&domain.as_str()).is_ok() {
            None
        } else {
            Some(domain)
        }
    }

    /// `None` when the address is at a free-mail provider.
    pub fn from_email(email: &Email) -> Option<Domain> {
        if email.is_free_mail() {
            None
        } else {
            Domain::registrable(email.domain())
        }
    }

    /// The domain of any address: see [`Domain::from_host`].
    pub fn from_any_email(email: &Email) -> Option<Domain> {
        Domain::from_host(email.domain())
    }

    /// What is registered of a host that gets mail; the whole host where it is listed as free mail itself, and not what it
    /// stands under.
    pub fn from_host(host: &str) -> Option<Domain> {
        let domain = Domain::registrable(host)?;
        let whole = Domain(host.to_lowercase());
        match !domain.is_free_mail() && whole.is_free_mail() {
            true => Some(whole),
            false => Some(domain),
        }
    }

    /// Is it a provider of mailboxes for everyone, throw-away ones among them?
    pub fn is_free_mail(&self) -> bool {
        is_free_mail(&self.0)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn registrable(host: &str) -> Option<Domain> {
        let host = host.to_lowercase();
        // As e-mail addresses are written here: in letters.
        let host = match is_idn(&host) {
            true => to_unicode(&host)?,
            false => host,
        };
        if !is_domain(&host) {
            return None;
        }
        // A suffix that stands alone ("co.uk") is kept: somebody has a website there.
        let domain = psl::domain_str(&host).unwrap_or(&host);
        // www.example.np, where each second level is a suffix.
        let domain = domain
            .strip_prefix("www.")
            .filter(|rest| rest.contains('.'))
            .unwrap_or(domain);
        Some(Domain(domain.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_websites() {
        for (text, want) in [
            ("https://www.acme.example/en?x=1", Some("acme.example")),
            ("ACME.example", Some("acme.example")),
            ("http://shop.acme.co.uk:8080", Some("acme.co.uk")),
            ("www.acme.com.au", Some("acme.com.au")),
            ("acme.github.io", Some("acme.github.io")),
            ("www.acme.www.acme.np", Some("acme.np")),
            ("shop.www.acme.np", Some("acme.np")),
            ("//acme.example/", Some("acme.example")),
            ("info@acme.example", Some("acme.example")),
            ("jane@gmail.com", None),
            ("https://www.facebook.com/acme", None),
            ("facebook.com", Some("facebook.com")),
            ("acme", None),
            ("\u{13b1}.example", Some("\u{13b1}.example")),
            ("xn--n9d.example", Some("\u{13b1}.example")),
            ("", None),
            ("n/a", None),
            ("http://localhost", None),
            ("192.168.0.1", None),
            ("acme.or.jp", Some("acme.or.jp")),
            ("a.b.c.acme.de", Some("acme.de")),
            ("www.de", Some("www.de")),
            ("co.uk", Some("co.uk")),
        ] {
            assert_eq!(
                Domain::from_website(text).as_ref().map(Domain::as_str),
                want,
                "{text}"
            );
        }
    }

    #[test]
    fn lists_are_sorted() {
        assert!(PROFILE_HOSTS.is_sorted());
    }

    proptest! {
        #[test]
        fn settles(text in ".{0,30}|(https?://)?[a-z0-9.@:/-]{0,30}") {
            if let Some(once) = Domain::from_website(&text) {
                prop_assert_eq!(Domain::from_website(once.as_str()), Some(once.clone()));
            }
        }
    }
}
