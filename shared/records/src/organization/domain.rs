use crate::email::{Email, is_domain};

/// Second-level labels below which anyone registers (`co.uk`, `com.au`): for every two-letter top-level domain.
const OPEN_SECOND_LEVELS: [&str; 10] = [
    "ac", "co", "com", "edu", "gob", "gov", "gouv", "net", "nom", "org",
];
/// The same, for one country only.
const OPEN_SUFFIXES: [&str; 38] = [
    "ad.jp", "ed.jp", "firm.in", "gc.ca", "geek.nz", "gen.in", "gen.nz", "go.id", "go.jp", "go.kr",
    "go.th", "govt.nz", "gr.jp", "gv.at", "id.au", "in.th", "ind.br", "ind.in", "info.pl",
    "k12.tr", "kiwi.nz", "lg.jp", "ltd.uk", "me.uk", "ne.jp", "ne.kr", "nhs.uk", "nic.in", "or.at",
    "or.id", "or.jp", "or.kr", "or.th", "pe.kr", "plc.uk", "re.kr", "sch.uk", "web.id",
];
/// Hosts that give every customer a name below theirs (from the Public Suffix List's private section).
const SITE_HOSTS: [&str; 20] = [
    "appspot.com",
    "azurewebsites.net",
    "bigcartel.com",
    "blogspot.com",
    "business.site",
    "carrd.co",
    "github.io",
    "gitlab.io",
    "godaddysites.com",
    "herokuapp.com",
    "jimdofree.com",
    "myshopify.com",
    "netlify.app",
    "pages.dev",
    "square.site",
    "tumblr.com",
    "vercel.app",
    "webflow.io",
    "wixsite.com",
    "wordpress.com",
];
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
/// An approximation of the Public Suffix List's rules, with the suffixes that customers' records hold.
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

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn registrable(host: &str) -> Option<Domain> {
        let host = host.to_lowercase();
        if !is_domain(&host) {
            return None;
        }
        let host = host
            .strip_prefix("www.")
            .filter(|rest| rest.contains('.'))
            .unwrap_or(&host);
        let starts: Vec<usize> = host.match_indices('.').map(|(at, _)| at + 1).collect();
        // Where the last n labels start.
        let last = |labels: usize| starts.len().checked_sub(labels).map_or(0, |at| starts[at]);
        let start = if is_open_suffix(&host[last(2)..]) {
            last(3)
        } else {
            last(2)
        };
        Some(Domain(host[start..].to_owned()))
    }
}

fn is_open_suffix(suffix: &str) -> bool {
    let is_general = suffix
        .split_once('.')
        .is_some_and(|(second, top)| top.len() == 2 && OPEN_SECOND_LEVELS.contains(&second));
    is_general
        || OPEN_SUFFIXES.binary_search(&suffix).is_ok()
        || SITE_HOSTS.binary_search(&suffix).is_ok()
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
            ("//acme.example/", Some("acme.example")),
            ("info@acme.example", Some("acme.example")),
            ("jane@gmail.com", None),
            ("https://www.facebook.com/acme", None),
            ("facebook.com", Some("facebook.com")),
            ("acme", None),
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
        assert!(OPEN_SUFFIXES.is_sorted() && SITE_HOSTS.is_sorted() && PROFILE_HOSTS.is_sorted());
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
