//! The one decision.

use crate::Status;

/// What one source said about one subject, for one purpose and channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement<'a> {
    /// The source system that said it.
    pub source: &'a str,
    /// What it speaks of: `"contact"` for the contact point itself, or the key of the record that it names.
    pub subject: &'a str,
    pub status: Status,
    /// When it was made, in microseconds since 1970 UTC; `None` is older than any time.
    pub stated_at: Option<i64>,
    /// From this instant on it grants nothing, in microseconds since 1970 UTC. Denials ignore it.
    pub expires_at: Option<i64>,
    /// Taken in person, from a source whose role is `front_desk`, with evidence kept.
    pub is_front_desk: bool,
}

/// The answer. Only `Granted` is consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    Granted,
    Denied,
    Unknown,
}

impl Permission {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Permission::Granted => "granted",
            Permission::Denied => "denied",
            Permission::Unknown => "unknown",
        }
    }
}

impl Statement<'_> {
    /// Its status at `as_of`.
    fn status_at(&self, as_of: i64) -> Status {
        match (self.status, self.expires_at) {
            (Status::Granted, Some(expiry)) if expiry <= as_of => Status::Expired,
            (status, _) => status,
        }
    }

    fn is_known_at(&self, as_of: i64) -> bool {
        self.status.is_denial() || self.stated_at.is_none_or(|at| at <= as_of)
    }
}

/// May the contact point be used, given every statement that binds it for one purpose and channel? `as_of` is in
/// microseconds since 1970 UTC. The rules are in the crate's page; the order of `statements` does not matter.
pub fn may_contact(statements: &[Statement<'_>], as_of: i64) -> Permission {
    let mut known: Vec<&Statement<'_>> =
        statements.iter().filter(|s| s.is_known_at(as_of)).collect();
    known.sort_unstable_by_key(|s| (s.source, s.subject));

    // Outer `None`: the front desk said nothing (of the kind). Inner `None`: it did, without a time.
    let front_desk = || known.iter().filter(|s| s.is_front_desk);
    let front_desk_newest = front_desk().map(|s| s.stated_at).max();
    let front_desk_grant = front_desk()
        .filter(|s| s.status.is_grant())
        .map(|s| s.stated_at)
        .max();
    // A statement taken at the front desk falls only to a newer one from there, any other also to one as old as itself.
    let outlives = |s: &Statement<'_>, other: Option<Option<i64>>| match s.is_front_desk {
        true => other <= Some(s.stated_at),
        false => other < Some(s.stated_at),
    };

    let mut permission = Permission::Unknown;
    for said in known.chunk_by(|a, b| (a.source, a.subject) == (b.source, b.subject)) {
        // An expired grant lifts a denial as well as a standing one: it was a yes when it was said.
        let newest_grant = said
            .iter()
            .filter(|s| s.status.is_grant())
            .map(|s| s.stated_at)
            .max();
        let newest = said
            .iter()
            .map(|s| (s.stated_at, s.status_at(as_of).restriction()))
            .max();
        for s in said {
            let status = s.status_at(as_of);
            if status.is_denial() {
                if newest_grant <= Some(s.stated_at) && outlives(s, front_desk_grant) {
                    return Permission::Denied;
                }
            } else if status.is_grant()
                && newest <= Some((s.stated_at, status.restriction()))
                && outlives(s, front_desk_newest)
            {
                permission = Permission::Granted;
            }
        }
    }
    permission
}

#[cfg(test)]
mod tests;
