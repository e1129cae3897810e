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
            | "double opt in" | "ja" | "oui" | "si" | "sim" => Status::Granted,
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
    match words.as_str() {
        "" | "all" | "any" | "all purposes" | "everything" => "all".into(),
        "marketing" | "direct marketing" | "newsletter" | "newsletters" | "promotion"
        | "promotions" | "promotional" | "promo" | "offers" | "advertising" => "marketing".into(),
        "service" | "services" | "transactional" | "operational" | "support"
        | "service messages" => "service".into(),
        "profiling" | "personalization" | "personalisation" | "profile" => "profiling".into(),
        "sale" | "sale of data" | "data sale" | "sell" | "sharing" | "share" | "third party"
        | "third parties" => "sale".into(),
        _ => words.replace(' ', "_"),
    }
}

/// Lower case, with every run of anything but letters and digits as one space.
fn words(text: &str) -> String {
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
