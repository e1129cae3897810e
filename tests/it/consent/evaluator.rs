//! Who may be contacted, written down once more: slowly, plainly, one history at a time, from the rules in the documents and from
//! nothing of `shared/`. It knows the rows that sources sent, who is one customer with whom, and which records may be the same.

use std::collections::{BTreeMap, BTreeSet};

/// Minutes since 1970; enough for tests.
pub type Time = i64;

pub const CHANNELS: [&str; 5] = ["email", "sms", "phone", "post", "ads"];
pub const PURPOSES: [&str; 4] = ["marketing", "service", "profiling", "sale"];

/// A version of a person's record.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    pub source: &'static str,
    pub id: String,
    pub name: (String, String, String),
    pub email: Option<String>,
    pub phone: Option<String>,
    pub country: Option<&'static str>,
    pub updated_at: Time,
    pub is_deleted: bool,
}

/// A row of a consent feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub source: &'static str,
    pub is_front_desk: bool,
    /// Of `source`.
    pub person_id: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub purpose: &'static str,
    pub channel: &'static str,
    pub status: &'static str,
    pub stated_at: Option<Time>,
    pub expires_at: Option<Time>,
    pub evidence: &'static str,
    pub legal_basis: &'static str,
    pub jurisdiction: &'static str,
}

/// What is known at one moment.
pub struct Known<'a> {
    pub versions: &'a [Version],
    pub rows: &'a [Row],
    /// Record (`source:id`) → customer, of the current ones.
    pub customers: &'a BTreeMap<String, String>,
    /// Pairs of records that may be the same.
    pub alike: &'a [(String, String)],
    pub now: Time,
}

/// `email ann@…`, `phone +1…`, `post CUSTOMER`.
pub type Point = (&'static str, String);
/// By contact point, purpose and channel: granted, denied or unknown. What is missing was never spoken of.
pub type Answer = BTreeMap<(Point, &'static str, &'static str), &'static str>;

/// What one row says of one contact point.
#[derive(Clone, Debug)]
struct Said {
    source: &'static str,
    /// Newer rows of one source about one subject replace older ones.
    subject: String,
    status: &'static str,
    at: Option<Time>,
    /// A grant beyond its reach, or past its time: it was a yes, and is none now.
    is_over: bool,
    is_front_desk: bool,
}

pub fn evaluate(known: &Known<'_>) -> Answer {
    let world = World::of(known);
    let mut said: BTreeMap<(Point, &'static str, &'static str), Vec<Said>> = BTreeMap::new();
    for row in known.rows {
        for (purpose, channel) in meanings(row) {
            for (point, subject, is_own) in world.bound(row, purpose, channel) {
                let so_far = said.entry((point.clone(), purpose, channel)).or_default();
                let Some((status, ends)) = world.counted(row, purpose, channel, &point) else {
                    continue;
                };
                let is_over = !is_own || ends.is_some_and(|ends| ends <= known.now);
                so_far.push(Said {
                    source: row.source,
                    subject,
                    status,
                    at: row.stated_at,
                    is_over,
                    is_front_desk: row.is_front_desk && !row.evidence.is_empty() && is_own,
                });
            }
        }
    }
    let mut answer: Answer = said
        .into_iter()
        .map(|(of, said)| (of, decide(&said, known.now)))
        .collect();
    // Who must not be sold must not be handed to ad platforms either.
    let unsold = answer.iter().filter(|((_, purpose, channel), is)| {
        (*purpose, *channel, **is) == ("sale", "ads", "denied")
    });
    let unsold: Vec<Point> = unsold.map(|((point, ..), _)| point.clone()).collect();
    for point in unsold {
        for purpose in PURPOSES {
            answer.insert((point.clone(), purpose, "ads"), "denied");
        }
    }
    answer
}

fn is_yes(status: &str) -> bool {
    status == "granted" || status == "double opt-in"
}

fn is_no(status: &str) -> bool {
    status == "denied" || status == "withdrawn"
}

/// The purposes and channels that a row speaks of. Who may not be sold may not be sold anywhere.
fn meanings(row: &Row) -> Vec<(&'static str, &'static str)> {
    let is_everywhere = row.channel == "all" || (row.purpose == "sale" && is_no(row.status));
    let channels = CHANNELS
        .into_iter()
        .filter(|channel| is_everywhere || row.channel == *channel);
    let purposes = || {
        PURPOSES
            .into_iter()
            .filter(|purpose| row.purpose == "all" || row.purpose == *purpose)
    };
    channels
        .flat_map(|channel| purposes().map(move |purpose| (purpose, channel)))
        .collect()
}

/// Which kind of contact point a channel reaches.
fn reaches(channel: &str, kind: &str) -> bool {
    match kind {
        "email" => channel == "email" || channel == "ads",
        "phone" => channel == "phone" || channel == "sms" || channel == "ads",
        _ => channel == "post",
    }
}

struct World<'a> {
    known: &'a Known<'a>,
    /// By record, its newest version, where it is there still.
    current: BTreeMap<String, &'a Version>,
}

fn key(source: &str, id: &str) -> String {
    format!("{source}:{id}")
}

fn points_of(version: &Version) -> Vec<Point> {
    let email = version.email.iter().map(|email| ("email", email.clone()));
    let phone = version.phone.iter().map(|phone| ("phone", phone.clone()));
    email.chain(phone).collect()
}

impl<'a> World<'a> {
    fn of(known: &'a Known<'a>) -> World<'a> {
        let mut newest: BTreeMap<String, &Version> = BTreeMap::new();
        for version in known.versions {
            let record = key(version.source, &version.id);
            let is_newer = newest
                .get(&record)
                .is_none_or(|other| other.updated_at < version.updated_at);
            if is_newer {
                newest.insert(record, version);
            }
        }
        newest.retain(|_, version| !version.is_deleted);
        World {
            known,
            current: newest,
        }
    }

    fn customer(&self, record: &str) -> Option<&'a String> {
        self.known.customers.get(record)
    }

    /// What a customer can be reached by today.
    fn points(&self, customer: &str) -> BTreeSet<Point> {
        let mut points = BTreeSet::from([("post", customer.to_owned())]);
        for (record, version) in &self.current {
            if self.customer(record).is_some_and(|one| one == customer) {
                points.extend(points_of(version));
            }
        }
        points
    }

    fn holders(&self, point: &Point) -> BTreeSet<String> {
        let all: BTreeSet<&String> = self.known.customers.values().collect();
        let has = all
            .into_iter()
            .filter(|customer| self.points(customer).contains(point));
        has.cloned().collect()
    }

    /// The only customer that has a contact point.
    fn only_holder(&self, point: &Point) -> Option<String> {
        let holders = self.holders(point);
        (holders.len() == 1)
            .then(|| holders.into_iter().next())
            .flatten()
    }

    /// The contact points that a row binds on a channel, about which subject, and whether a grant of it may grant there.
    fn bound(
        &self,
        row: &Row,
        purpose: &str,
        channel: &'static str,
    ) -> BTreeSet<(Point, String, bool)> {
        let email = row.email.iter().map(|email| ("email", email.clone()));
        let phone = row.phone.iter().map(|phone| ("phone", phone.clone()));
        let named: Vec<Point> = email.chain(phone).collect();
        let reached: Vec<&Point> = named
            .iter()
            .filter(|(kind, _)| reaches(channel, kind))
            .collect();
        let mut bound = BTreeSet::new();
        for point in &reached {
            bound.insert(((*point).clone(), "contact".to_owned(), true));
        }
        // Selling is a matter of whoever has the contact point, whatever is named.
        if !reached.is_empty() && purpose != "sale" {
            return bound;
        }
        // It speaks of a customer. A yes that names a contact point is for that one alone; post has none that could be named.
        let record = row.person_id.as_ref().map(|id| key(row.source, id));
        let is_reached = !reached.is_empty();
        let about: Vec<Option<Point>> = match (named.is_empty(), is_reached) {
            (true, _) => vec![None],
            (false, true) => reached.into_iter().cloned().map(Some).collect(),
            (false, false) => named.iter().cloned().map(Some).collect(),
        };
        for contact in about {
            let is_narrow = contact.is_some() && channel != "post" && is_yes(row.status);
            if is_narrow && !is_reached {
                continue;
            }
            let subject = match (&record, &contact) {
                (Some(record), _) if !is_reached => record.clone(),
                (_, Some((kind, value))) => format!("whoever has {kind} {value}"),
                (_, None) => continue,
            };
            let mut bind = |customer: &str, subject: &str, own: &dyn Fn(&Point) -> bool| {
                for point in self.points(customer) {
                    if reaches(channel, point.0) {
                        let is_own = own(&point);
                        bound.insert((point, subject.to_owned(), is_own));
                    }
                }
            };
            let current = record
                .as_ref()
                .and_then(|record| Some((self.current.get(record)?, self.customer(record)?)));
            if let Some((version, customer)) = current {
                let own = points_of(version);
                bind(customer, &subject, &|point| {
                    !is_narrow && (point.0 == "post" || own.contains(point))
                });
                for other in self.may_be(record.as_ref().unwrap()) {
                    bind(&other, &format!("{subject} may be them"), &|_| false);
                }
            } else {
                // The record is gone: its words hold for who alone has a contact point that it had.
                let had = record.iter().flat_map(|record| self.had(record));
                let heirs: BTreeSet<String> =
                    had.filter_map(|point| self.only_holder(&point)).collect();
                for customer in heirs {
                    bind(&customer, &subject, &|_| false);
                }
                if let Some(contact) = &contact {
                    let only = self.only_holder(contact);
                    for customer in self.holders(contact) {
                        let is_only = only.as_ref() == Some(&customer);
                        bind(&customer, &subject, &|point| is_only && point.0 == "post");
                    }
                }
            }
            // A no holds for whatever the record ever had.
            let own = current
                .map(|(version, _)| points_of(version))
                .unwrap_or_default();
            for point in record.iter().flat_map(|record| self.had(record)) {
                if !own.contains(&point)
                    && reaches(channel, point.0)
                    && (contact.is_none() || !is_yes(row.status) || is_reached)
                {
                    bound.insert((point, subject.clone(), false));
                }
            }
        }
        bound
    }

    /// Every contact point that any version of a record had.
    fn had(&self, record: &str) -> BTreeSet<Point> {
        let versions = self
            .known
            .versions
            .iter()
            .filter(|version| key(version.source, &version.id) == record);
        versions.flat_map(points_of).collect()
    }

    /// Customers that a record is not in, but may belong to.
    fn may_be(&self, record: &str) -> BTreeSet<String> {
        let mut others = BTreeSet::new();
        for (a, b) in self.known.alike {
            for (one, other) in [(a, b), (b, a)] {
                if one == record {
                    others.extend(self.customer(other).cloned());
                }
            }
        }
        others.retain(|other| Some(other) != self.customer(record));
        others
    }

    /// The terms of the tests' `[consent]`: Germany wants grants by e-mail confirmed and based on consent, France lets them last
    /// 100 days. They hold where the row says so, and where whoever has the contact point lives. `None`: it counts for nothing.
    fn counted(
        &self,
        row: &Row,
        purpose: &str,
        channel: &str,
        point: &Point,
    ) -> Option<(&'static str, Option<Time>)> {
        let written = if is_yes(row.status) {
            "granted"
        } else {
            row.status
        };
        if written != "granted" || purpose == "service" {
            return Some((written, row.expires_at));
        }
        let mut places: BTreeSet<&str> = BTreeSet::from([row.jurisdiction]);
        for (record, version) in &self.current {
            let has = match point.0 {
                "post" => self.customer(record) == Some(&point.1),
                _ => points_of(version).contains(point),
            };
            if has {
                places.extend(version.country);
            }
        }
        let is_based = row.legal_basis.is_empty() || row.legal_basis == "consent";
        let is_confirmed = channel != "email" || row.status == "double opt-in";
        if places.contains("DE") && !(is_based && is_confirmed) {
            return None;
        }
        if places.contains("FR") {
            let ends = row.stated_at.map_or(0, |at| at + 100 * 24 * 60);
            let sooner = row.expires_at.map_or(ends, |other| other.min(ends));
            return Some((written, Some(sooner)));
        }
        Some((written, row.expires_at))
    }
}

/// The rules: what is granted needs a yes that stands, and no no that stands.
fn decide(said: &[Said], now: Time) -> &'static str {
    // A no is heard even if its clock is ahead; everything else is not said yet.
    let said: Vec<&Said> = said
        .iter()
        .filter(|one| is_no(one.status) || one.at.is_none_or(|at| at <= now))
        .collect();
    let desk: Vec<&&Said> = said.iter().filter(|one| one.is_front_desk).collect();
    let beaten_at_the_desk = |one: &Said, only_by_a_yes: bool| {
        desk.iter().any(|other| {
            let counts = !only_by_a_yes || other.status == "granted";
            let is_newer = if one.is_front_desk {
                other.at > one.at
            } else {
                other.at >= one.at
            };
            counts && is_newer
        })
    };
    let severity = |one: &Said| match one.status {
        "granted" if !one.is_over => 0,
        "denied" | "withdrawn" => 2,
        _ => 1,
    };
    let mut is_granted = false;
    for one in &said {
        let rivals = said
            .iter()
            .filter(|other| other.source == one.source && other.subject == one.subject);
        if is_no(one.status) {
            let is_lifted = rivals
                .clone()
                .any(|other| other.status == "granted" && other.at > one.at);
            if !is_lifted && !beaten_at_the_desk(one, true) {
                return "denied";
            }
        } else if one.status == "granted" && !one.is_over {
            let is_replaced = rivals
                .clone()
                .any(|other| (other.at, severity(other)) > (one.at, 0));
            if !is_replaced && !beaten_at_the_desk(one, false) {
                is_granted = true;
            }
        }
    }
    if is_granted { "granted" } else { "unknown" }
}
