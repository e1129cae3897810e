//! The words of source systems, read into ours.

/// What a statement says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    Granted,
    Denied,
    Withdrawn,
    Pending,
    Expired,
    Unknown,
}

impl Status {
    /// Reads the words that systems export (`yes`, `opt-in`, `SUBSCRIBED`, `t`, `1`, `do not contact` …), whatever the
    /// case and punctuation. What it does not know is [`Status::Unknown`], which is not consent.
    pub fn parse(text: &str) -> Status {
        match words(text).as_str() {
            "granted" | "grant" | "given" | "yes" | "y" | "true" | "t" | "1" | "on" | "ok"
            | "opt in" | "optin" | "opted in" | "in" | "subscribed" | "subscribe" | "confirmed"
            | "active" | "accepted" | "accept" | "agreed" | "allowed" | "allow" | "permitted"
            | "consented" | "consent" | "consent given" | "approved" | "single opt in"
            | "double opt in" | "double optin" | "doi" | "verified" | "confirmed opt in" | "ja"
            | "oui" | "si" | "sim" => Status::Granted,
            "denied" | "deny" | "no" | "n" | "false" | "f" | "0" | "off" | "opt out" | "optout"
            | "opted out" | "out" | "refused" | "rejected" | "reject" | "declined" | "decline"
            | "objected" | "objection" | "disallowed" | "not allowed" | "not permitted"
            | "blocked" | "suppressed" | "complained" | "complaint" | "spam" | "do not contact"
            | "do not call" | "do not email" | "do not mail" | "do not sell" | "dnc" | "never"
            | "nein" | "non" | "nao" => Status::Denied,
            "withdrawn" | "withdraw" | "revoked" | "revoke" | "unsubscribed" | "unsubscribe"
            | "unsub" | "cancelled" | "canceled" | "removed" | "stop" | "stopped" => {
                Status::Withdrawn
            }
            "pending"
            | "requested"
            | "unconfirmed"
            | "awaiting"
            | "invited"
            | "awaiting confirmation"
            | "pending confirmation"
            | "double opt in pending" => Status::Pending,
            "expired" | "lapsed" => Status::Expired,
            _ => Status::Unknown,
        }
    }

    /// Reads the status of a refusal (see [`parse_refusal`]): whatever stands beside "do not sell" refuses, but a no. `None` where
    /// nothing stands there: an empty flag is no refusal, and a list of refusals without a status is no flag.
    pub fn of_refusal(text: &str) -> Option<Status> {
        match words(text).as_str() {
            "" => None,
            "no" | "n" | "false" | "f" | "0" | "off" | "nein" | "non" | "nao" | "none" | "null"
            | "not set" | "unset" | "inactive" => Some(Status::Unknown),
            _ => Some(Status::Denied),
        }
    }

    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Status::Granted => "granted",
            Status::Denied => "denied",
            Status::Withdrawn => "withdrawn",
            Status::Pending => "pending",
            Status::Expired => "expired",
            Status::Unknown => "unknown",
        }
    }

    pub fn is_grant(self) -> bool {
        self == Status::Granted
    }

    pub fn is_denial(self) -> bool {
        matches!(self, Status::Denied | Status::Withdrawn)
    }

    /// Higher is more restrictive; decides between statements of the same instant.
    pub(crate) fn restriction(self) -> u8 {
        match self {
            Status::Granted => 0,
            Status::Pending | Status::Expired | Status::Unknown => 1,
            Status::Denied | Status::Withdrawn => 2,
        }
    }
}

/// One of `email`, `sms`, `phone`, `post`, `ads`, `all`; `None` when the word is unknown or empty, so that the caller can
/// quarantine the row rather than guess.
pub fn parse_channel(text: &str) -> Option<&'static str> {
    Some(match words(text).as_str() {
        "email" | "e mail" | "mail" | "emails" | "newsletter" => "email",
        "sms" | "text" | "texts" | "text message" | "mms" | "whatsapp" | "messaging" => "sms",
        "phone" | "call" | "calls" | "telephone" | "tel" | "voice" | "telemarketing" => "phone",
        "post" | "postal" | "postal mail" | "direct mail" | "letter" | "letters" | "print"
        | "paper" => "post",
        "ads" | "ad" | "advertising" | "online ads" | "social" | "retargeting" | "web" => "ads",
        "all" | "any" | "every" | "all channels" | "everything" => "all",
        _ => return None,
    })
}

/// The purpose in our words: `marketing`, `service`, `profiling`, `sale`, `all`; any other purpose keeps its own name in
/// snake case. An empty one is `"all"`, the widest: a caller that reads grants should demand that they name theirs.
pub fn parse_purpose(text: &str) -> String {
    let words = words(text);
    // "email marketing": the channel is said elsewhere
    let how = [
        "email",
        "emails",
        "e",
        "mail",
        "sms",
        "text",
        "texts",
        "phone",
        "telephone",
        "post",
        "postal",
        "direct",
        "by",
        "via",
        "messages",
        "campaign",
        "campaigns",
        "communication",
        "communications",
        "general",
    ];
    let mut what = words.split(' ').filter(|word| !how.contains(word));
    if what.next() == Some("marketing") && what.next().is_none() {
        return "marketing".into();
    }
    match words.as_str() {
        "" | "all" | "any" | "all purposes" | "everything" => "all".into(),
        "newsletter" | "newsletters" | "promotion" | "promotions" | "promotional" | "promo"
        | "offers" | "advertising" => "marketing".into(),
        "service" | "services" | "transactional" | "operational" | "support"
        | "service messages" => "service".into(),
        "profiling" | "personalization" | "personalisation" | "profile" => "profiling".into(),
        "sale" | "sale of data" | "data sale" | "sell" | "sharing" | "share" | "third party"
        | "third parties" => "sale".into(),
        _ => words.replace(' ', "_"),
    }
}

/// What a purpose forbids that is worded as a refusal, as sources keep flags ("do not sell", `DoNotContactEmail`, `GPC`,
/// `email_opt_out`, `unsubscribed`): the purpose and the channel that are denied where the flag is set. Whatever looks like a refusal
/// and says nothing that is known forbids everything. `None` for any other purpose.
///
/// Source of "sale": CCPA §1798.120 and .135 (do not sell or share), Global Privacy Control (W3C draft).
pub fn parse_refusal(text: &str) -> Option<(&'static str, &'static str)> {
    let words = words(text);
    let tokens: Vec<&str> = words.split(' ').collect();
    let compact = tokens.concat();
    let has = |parts: &[&str]| parts.iter().any(|part| compact.contains(part));
    let is_sale_law = has(&["gpc", "globalprivacycontrol"]);
    let is_refusal = is_sale_law
        || has(&[
            "donot",
            "optout",
            "optedout",
            "unsub",
            "nomarketing",
            "noemail",
            "nocalls",
        ])
        || tokens.iter().any(|token| {
            matches!(
                *token,
                "no" | "not" | "never" | "stop" | "dnc" | "dont" | "don"
            )
        });
    let refused = [
        (&["sell", "sale", "share", "sharing"][..], ("sale", "all")),
        (&["email"], ("all", "email")),
        (&["sms", "text", "whatsapp"], ("all", "sms")),
        (&["call", "phone"], ("all", "phone")),
        (&["mail", "post", "letter"], ("all", "post")),
        (&["ads", "advert", "target"], ("all", "ads")),
        (&["track", "profil", "personali"], ("profiling", "all")),
        (&["market", "newsletter", "promo"], ("marketing", "all")),
    ];
    let known = refused
        .iter()
        .find(|(parts, _)| has(parts))
        .map(|(_, what)| *what);
    match (is_refusal, is_sale_law) {
        (false, _) => None,
        (true, true) => Some(("sale", "all")),
        (true, false) => Some(known.unwrap_or(("all", "all"))),
    }
}

/// Does a status say that the grant was confirmed by its owner (double opt-in)?
pub fn is_confirmed(status: &str) -> bool {
    matches!(
        words(status).as_str(),
        "double opt in" | "double optin" | "doi" | "confirmed" | "verified" | "confirmed opt in"
    )
}

/// Lower case, with every run of anything but letters and digits as one space.
pub(crate) fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            words.extend(c.to_lowercase());
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses() {
        for (text, status) in [
            ("Yes", Status::Granted),
            (" OPT-IN ", Status::Granted),
            ("opt_in", Status::Granted),
            ("SUBSCRIBED", Status::Granted),
            ("true", Status::Granted),
            ("1", Status::Granted),
            ("No", Status::Denied),
            ("opted-out", Status::Denied),
            ("Do Not Contact", Status::Denied),
            ("Unsubscribed", Status::Withdrawn),
            ("pending", Status::Pending),
            ("lapsed", Status::Expired),
            ("", Status::Unknown),
            ("not_subscribed", Status::Unknown),
            ("ÿ?", Status::Unknown),
        ] {
            assert_eq!(Status::parse(text), status, "{text}");
        }
        for status in [
            Status::Granted,
            Status::Denied,
            Status::Withdrawn,
            Status::Pending,
            Status::Expired,
            Status::Unknown,
        ] {
            assert_eq!(Status::parse(status.name()), status);
        }
    }

    #[test]
    fn refusals() {
        for (text, refused) in [
            ("Do not sell", ("sale", "all")),
            ("DO_NOT_SELL_OR_SHARE", ("sale", "all")),
            ("DoNotShareMyPersonalInformation", ("sale", "all")),
            ("is_do_not_sell", ("sale", "all")),
            ("GPC", ("sale", "all")),
            ("Sec-GPC", ("sale", "all")),
            ("gpc_signal", ("sale", "all")),
            ("DoNotContactEmail", ("all", "email")),
            ("HasOptedOutOfEmail", ("all", "email")),
            ("email_opt_out", ("all", "email")),
            ("sms opt-out", ("all", "sms")),
            ("do not contact by whatsapp", ("all", "sms")),
            ("DoNotCall", ("all", "phone")),
            ("do not contact", ("all", "all")),
            ("do not process", ("all", "all")),
            ("unsubscribed", ("all", "all")),
            ("stop", ("all", "all")),
            ("donotmail", ("all", "post")),
            ("do_not_sms", ("all", "sms")),
            ("no marketing", ("marketing", "all")),
            ("DoNotMarketTo", ("marketing", "all")),
        ] {
            assert_eq!(parse_refusal(text), Some(refused), "{text}");
        }
        for text in [
            "marketing",
            "sale",
            "donation",
            "orthodontics",
            "notices",
            "notifications",
            "nonprofit",
            "account updates",
            "",
        ] {
            assert_eq!(parse_refusal(text), None, "{text}");
        }
        for (text, status) in [
            ("true", Some(Status::Denied)),
            ("granted", Some(Status::Denied)),
            ("opted out", Some(Status::Denied)),
            ("false", Some(Status::Unknown)),
            ("0", Some(Status::Unknown)),
            ("Not set", Some(Status::Unknown)),
            ("", None),
        ] {
            assert_eq!(Status::of_refusal(text), status, "{text}");
        }
        for (text, purpose) in [
            ("email marketing", "marketing"),
            ("Marketing emails", "marketing"),
            ("marketing", "marketing"),
            ("marketing research", "marketing_research"),
            ("account updates", "account_updates"),
        ] {
            assert_eq!(parse_purpose(text), purpose, "{text}");
        }
        assert!(is_confirmed("Double Opt-In") && is_confirmed("confirmed"));
        assert!(!is_confirmed("double opt in pending") && !is_confirmed("yes"));
        for text in [
            "Double Opt-In",
            "DOI",
            "verified",
            "confirmed opt-in",
            "confirmed",
        ] {
            assert!(
                is_confirmed(text) && Status::parse(text) == Status::Granted,
                "{text}"
            );
        }
    }

    #[test]
    fn channels_and_purposes() {
        for channel in ["email", "sms", "phone", "post", "ads", "all"] {
            assert_eq!(parse_channel(channel), Some(channel));
        }
        assert_eq!(parse_channel("E-Mail"), Some("email"));
        assert_eq!(parse_channel("Direct Mail"), Some("post"));
        assert_eq!(parse_channel("pigeon"), None);
        assert_eq!(parse_channel(""), None);
        assert_eq!(parse_purpose("Newsletter"), "marketing");
        assert_eq!(parse_purpose("Do-It Surveys"), "do_it_surveys");
        assert_eq!(parse_purpose(" "), "all");
    }
}
