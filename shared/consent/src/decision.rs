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

/// What became of one statement in the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// A grant that stands. It is consent where no denial stands.
    Grants,
    /// A denial that stands.
    Denies,
    /// A denial that a later grant of the same source and subject lifted.
    Lifted,
    /// Its source said something newer about the same subject; or, of the same instant, something more restrictive.
    Replaced,
    /// The front desk said something as new or newer.
    Overruled,
    /// A grant whose time is over.
    Expired,
    /// Made after `as_of`.
    NotYet,
    /// Pending or unknown: no consent.
    Silent,
}

impl Effect {
    /// In words, for people.
    pub fn name(self) -> &'static str {
        match self {
            Effect::Grants => "grants",
            Effect::Denies => "denies",
            Effect::Lifted => "lifted by a later grant",
            Effect::Replaced => "replaced by a newer statement",
            Effect::Overruled => "replaced at the front desk",
            Effect::Expired => "expired",
            Effect::NotYet => "not yet said",
            Effect::Silent => "no consent",
        }
    }
}

/// May the contact point be used, given every statement that binds it for one purpose and channel? `as_of` is in
/// microseconds since 1970 UTC. The rules are in the crate's page; the order of `statements` does not matter.
pub fn may_contact(statements: &[Statement<'_>], as_of: i64) -> Permission {
    let mut permission = Permission::Unknown;
    judge(statements, as_of, |_, effect| match effect {
        Effect::Denies => permission = Permission::Denied,
        Effect::Grants if permission != Permission::Denied => permission = Permission::Granted,
        _ => {}
    });
    permission
}

/// What each statement does in [`may_contact`], in the order of `statements`: the answer is *denied* where one denies, else
/// *granted* where one grants, else *unknown*.
pub fn effects(statements: &[Statement<'_>], as_of: i64) -> Vec<Effect> {
    let mut effects = vec![Effect::Silent; statements.len()];
    judge(statements, as_of, |at, effect| {
        if let Some(place) = effects.get_mut(at) {
            *place = effect;
        }
    });
    effects
}

/// Calls `tell` with the place of each statement and what it does.
fn judge(statements: &[Statement<'_>], as_of: i64, mut tell: impl FnMut(usize, Effect)) {
    let mut known: Vec<(usize, &Statement<'_>)> = Vec::with_capacity(statements.len());
    for (at, statement) in statements.iter().enumerate() {
        match statement.is_known_at(as_of) {
            true => known.push((at, statement)),
            false => tell(at, Effect::NotYet),
        }
    }
    known.sort_unstable_by_key(|(_, s)| (s.source, s.subject));

    // Outer `None`: the front desk said nothing (of the kind). Inner `None`: it did, without a time.
    let front_desk = || known.iter().map(|(_, s)| s).filter(|s| s.is_front_desk);
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

    for said in known.chunk_by(|(_, a), (_, b)| (a.source, a.subject) == (b.source, b.subject)) {
        // An expired grant lifts a denial as well as a standing one: it was a yes when it was said.
        let newest_grant = said
            .iter()
            .filter(|(_, s)| s.status.is_grant())
            .map(|(_, s)| s.stated_at)
            .max();
        let newest = said
            .iter()
            .map(|(_, s)| (s.stated_at, s.status_at(as_of).restriction()))
            .max();
        for (at, s) in said {
            let status = s.status_at(as_of);
            let is_newest = newest <= Some((s.stated_at, status.restriction()));
            let effect = if status.is_denial() {
                match (
                    newest_grant <= Some(s.stated_at),
                    outlives(s, front_desk_grant),
                ) {
                    (true, true) => Effect::Denies,
                    (true, false) => Effect::Overruled,
                    (false, _) => Effect::Lifted,
                }
            } else if !is_newest {
                Effect::Replaced
            } else if !outlives(s, front_desk_newest) {
                Effect::Overruled
            } else if status.is_grant() {
                Effect::Grants
            } else if s.status.is_grant() {
                Effect::Expired
            } else {
                Effect::Silent
            };
            tell(*at, effect);
        }
    }
}

#[cfg(test)]
mod tests;
