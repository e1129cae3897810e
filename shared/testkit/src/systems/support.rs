//! Support users, tickets and interactions.

use crate::Error;
use crate::data::organizations::SUBJECTS;
use crate::fill::Filled;
use crate::moment::Moment;
use crate::output::{Row, TextFile};
use crate::rng::Rng;
use crate::systems::{Sequence, Written, full_name};

pub(super) const HEADER: &str = "user_id,role,time_zone,display_name,email,phone,phone_confirmed_at,organization,created_at,last_seen_at";
pub(super) const TICKETS: &str =
    "ticket_id,requester_id,status,priority,subject,opened_at,closed_at";
pub(super) const INTERACTIONS: &str = "interaction_id,user_id,kind,channel,detail,occurred_at";

#[derive(Debug)]
pub(super) struct Support {
    users: TextFile,
    tickets: TextFile,
    interactions: TextFile,
    ids: Sequence,
    ticket_ids: Sequence,
    interaction_ids: Sequence,
}

impl Support {
    pub(super) fn new(users: TextFile, tickets: TextFile, interactions: TextFile) -> Support {
        let (ids, ticket_ids, interaction_ids) =
            (Sequence::new(4), Sequence::new(5), Sequence::new(6));
        Support {
            users,
            tickets,
            interactions,
            ids,
            ticket_ids,
            interaction_ids,
        }
    }

    pub(super) fn write(&mut self, rng: &mut Rng, record: &Filled) -> Result<String, Error> {
        let id = format!("U{:09}", self.ids.next());
        let name = match rng.below(100) {
            0..=7 if !record.family.is_empty() && record.suffix.is_none() => {
                format!("{}, {}", record.family, record.given)
            }
            _ => full_name(record, None),
        };
        let confirmed = record
            .phone
            .as_ref()
            .filter(|_| rng.chance(0.3))
            .map(|_| record.updated.plain());
        let row = Row::new(&id)
            .field("end-user")
            .field(rng.pick(&["UTC", "America/New_York", "Europe/Berlin", "Europe/London"]))
            .field(&name)
            .optional(record.email.as_deref())
            .optional(record.phone.as_deref())
            .optional(confirmed.as_deref())
            .optional(record.company.map(|c| c.name.as_str()))
            .field(&record.created.plain())
            .field(&record.updated.plain())
            .end();
        self.users.push(row)?;
        self.facts(rng, &id)?;
        Ok(id)
    }

    fn facts(&mut self, rng: &mut Rng, user: &str) -> Result<(), Error> {
        for _ in 0..rng.weighted(&[30, 40, 20, 10]) {
            let status = rng.pick(&["open", "pending", "solved", "closed", "closed"]);
            let opened = Moment::before(rng, 800, 1);
            let closed = matches!(status, "solved" | "closed")
                .then(|| opened.plus(rng.between(0, 14).unsigned_abs()));
            let row = Row::new(&format!("T{:09}", self.ticket_ids.next()))
                .field(user)
                .field(status)
                .field(rng.pick(&["low", "normal", "normal", "high", "urgent"]))
                .field(rng.pick(SUBJECTS))
                .field(&opened.plain())
                .optional(closed.map(Moment::plain).as_deref())
                .end();
            self.tickets.push(row)?;
        }
        for _ in 0..rng.weighted(&[40, 30, 20, 10]) {
            let kind = rng.pick(&["call", "chat", "email", "review"]);
            let channel = if kind == "call" {
                "phone"
            } else {
                rng.pick(&["web", "email", "app"])
            };
            let row = Row::new(&format!("I{:09}", self.interaction_ids.next()))
                .field(user)
                .field(kind)
                .field(channel)
                .field(rng.pick(&["satisfied", "asked to be called back", "no answer", ""]))
                .field(&Moment::before(rng, 500, 0).plain())
                .end();
            self.interactions.push(row)?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<[Written; 3], Error> {
        let (users, damaged) = self.users.finish()?;
        let (tickets, damaged_tickets) = self.tickets.finish()?;
        let (interactions, _) = self.interactions.finish()?;
        Ok([
            ("support_users", users, damaged),
            ("support_tickets", tickets, damaged_tickets),
            ("support_interactions", interactions, 0),
        ])
    }
}
