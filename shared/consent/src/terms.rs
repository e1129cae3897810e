//! What a jurisdiction demands of a grant.

use crate::Status;
use crate::vocabulary::words;

/// Terms of one jurisdiction. The default demands nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Channels on which a grant counts once its owner has confirmed it (double opt-in).
    pub double_opt_in: Vec<&'static str>,
    /// Days that a grant lasts from when it was stated.
    pub grants_last_days: Option<u32>,
    /// Bases that a grant may stand on; one that names none stands on `consent`. `None`: on any.
    pub legal_bases: Option<Vec<String>>,
}

/// A term that a grant does not meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unmet {
    Confirmation,
    LegalBasis,
    /// It would last longer than it may.
    Time,
}

impl Unmet {
    /// Does a grant that fails it count for nothing?
    pub fn is_void(self) -> bool {
        self != Unmet::Time
    }

    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Unmet::Confirmation => "confirmation",
            Unmet::LegalBasis => "legal_basis",
            Unmet::Time => "time",
        }
    }
}

/// What of a statement its terms look at. Times are in microseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated<'a> {
    pub status: Status,
    pub purpose: &'a str,
    pub channel: &'a str,
    pub is_confirmed: bool,
    /// As its source writes it.
    pub legal_basis: Option<&'a str>,
    pub stated_at: Option<i64>,
    pub expires_at: Option<i64>,
}

/// Messages that a contract or the law asks for need no terms.
const SERVICE: &str = "service";
const DAY: i64 = 86_400_000_000;

impl Stated<'_> {
    /// How a statement counts under all of several terms: its status, when it ends, and the first term that it does not meet. Only
    /// grants are held to terms, and none of purpose `service`. One that is not confirmed, or stands on another basis, counts for
    /// nothing ([`Unmet::is_void`]): it is no consent, lifts no denial and replaces no other statement.
    pub fn counted<'t>(
        &self,
        terms: impl Iterator<Item = &'t Terms> + Clone,
    ) -> (Status, Option<i64>, Option<Unmet>) {
        if !self.status.is_grant() || self.purpose == SERVICE {
            return (self.status, self.expires_at, None);
        }
        if !self.is_confirmed
            && terms
                .clone()
                .any(|t| t.double_opt_in.contains(&self.channel))
        {
            return (Status::Unknown, self.expires_at, Some(Unmet::Confirmation));
        }
        let basis = basis(self.legal_basis.unwrap_or_default());
        let refuses = |t: &Terms| {
            t.legal_bases
                .as_ref()
                .is_some_and(|known| !known.contains(&basis))
        };
        if terms.clone().any(refuses) {
            return (Status::Unknown, self.expires_at, Some(Unmet::LegalBasis));
        }
        let Some(days) = terms.filter_map(|t| t.grants_last_days).min() else {
            return (self.status, self.expires_at, None);
        };
        // A grant without a time may be of any age.
        let ends = self
            .stated_at
            .map_or(0, |at| at.saturating_add(i64::from(days) * DAY));
        match self.expires_at {
            Some(expiry) if expiry <= ends => (self.status, self.expires_at, None),
            _ => (self.status, Some(ends), Some(Unmet::Time)),
        }
    }
}

/// A legal basis in snake case: "Legitimate Interest", "legitimate-interest" and "legitimate_interest" are one; none is `consent`.
pub fn basis(text: &str) -> String {
    match words(text) {
        none if none.is_empty() => "consent".into(),
        basis => basis.replace(' ', "_"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant() -> Stated<'static> {
        Stated {
            status: Status::Granted,
            purpose: "marketing",
            channel: "email",
            is_confirmed: false,
            legal_basis: None,
            stated_at: Some(0),
            expires_at: None,
        }
    }

    #[test]
    fn a_grant_meets_the_terms_or_says_which_not() {
        let germany = Terms {
            double_opt_in: vec!["email"],
            ..Terms::default()
        };
        let strict = Terms {
            grants_last_days: Some(10),
            legal_bases: Some(vec!["consent".into()]),
            ..Terms::default()
        };
        let count = |stated: Stated<'_>, terms: &[Terms]| {
            let (status, expires_at, unmet) = stated.counted(terms.iter());
            (status, expires_at, unmet.map(Unmet::name))
        };
        assert_eq!(count(grant(), &[]), (Status::Granted, None, None));
        assert_eq!(
            count(grant(), std::slice::from_ref(&germany)),
            (Status::Unknown, None, Some("confirmation"))
        );
        let confirmed = Stated {
            is_confirmed: true,
            ..grant()
        };
        assert_eq!(
            count(confirmed, std::slice::from_ref(&germany)).0,
            Status::Granted
        );
        let sms = Stated {
            channel: "sms",
            ..grant()
        };
        assert_eq!(
            count(sms, std::slice::from_ref(&germany)).0,
            Status::Granted
        );
        // the strictest of all that apply
        let both = [germany.clone(), strict.clone()];
        assert_eq!(
            count(confirmed, &both),
            (Status::Granted, Some(10 * DAY), Some("time"))
        );
        let interest = Stated {
            legal_basis: Some("Legitimate Interest"),
            ..confirmed
        };
        assert_eq!(
            count(interest, &both),
            (Status::Unknown, None, Some("legal_basis"))
        );
        let shorter = Stated {
            expires_at: Some(DAY),
            ..confirmed
        };
        assert_eq!(count(shorter, &both), (Status::Granted, Some(DAY), None));
        let undated = Stated {
            stated_at: None,
            ..confirmed
        };
        assert_eq!(count(undated, &both).1, Some(0));
        // what is no grant, and what is owed, is held to nothing
        let denied = Stated {
            status: Status::Denied,
            ..interest
        };
        assert_eq!(count(denied, &both), (Status::Denied, None, None));
        let service = Stated {
            purpose: "service",
            ..interest
        };
        assert_eq!(count(service, &both), (Status::Granted, None, None));
    }

    #[test]
    fn bases_have_one_spelling() {
        assert_eq!(basis(" Legitimate-Interest "), "legitimate_interest");
        assert_eq!(basis(""), "consent");
    }
}
