//! Marketing subscribers with their consents, and their preferences.

use crate::Error;
use crate::fill::Filled;
use crate::output::{Row, TextFile};
use crate::rng::Rng;
use crate::systems::{Sequence, Written};

pub(super) const HEADER: &str = "subscriber_id,signup_source,list,email,first_name,last_name,mobile,country,email_status,\
email_status_at,sms_opt_in,sms_opt_in_at,consent_evidence,last_changed_at";
pub(super) const PREFERENCES: &str = "subscriber_id,topic,choice,changed_at";

const TOPICS: [&str; 5] = ["product_news", "offers", "events", "surveys", "language"];

#[derive(Debug)]
pub(super) struct Marketing {
    subscribers: TextFile,
    preferences: TextFile,
    ids: Sequence,
}

impl Marketing {
    pub(super) fn new(subscribers: TextFile, preferences: TextFile) -> Marketing {
        Marketing {
            subscribers,
            preferences,
            ids: Sequence::new(3),
        }
    }

    pub(super) fn write(&mut self, rng: &mut Rng, record: &Filled) -> Result<String, Error> {
        let id = format!("SUB{:09}", self.ids.next());
        let status = match rng.below(100) {
            0..=5 => "pending",
            6..=8 => "bounced",
            _ if record.wants_mail => "subscribed",
            _ => "unsubscribed",
        };
        let sms = record.phone.is_some().then(|| {
            if record.wants_mail && rng.chance(0.6) {
                "yes"
            } else {
                "no"
            }
        });
        let stated = record.created.later(rng);
        let country = record.country.iso2();
        let row = Row::new(&id)
            .field(rng.pick(&["footer form", "checkout", "trade fair", "webinar", "raffle"]))
            .field(if record.company.is_some() {
                "business"
            } else {
                "main"
            })
            .optional(record.email.as_deref())
            .field(&record.given)
            .field(&record.family)
            .optional(record.phone.as_deref())
            .field(&if rng.chance(0.2) {
                country.to_lowercase()
            } else {
                country.to_owned()
            })
            .field(status)
            .field(&stated.plain())
            .optional(sms)
            .optional(sms.map(|_| stated.plain()).as_deref())
            .optional(
                (status == "subscribed")
                    .then(|| format!("form-{}", rng.between(1000, 9999)))
                    .as_deref(),
            )
            .field(&record.updated.plain())
            .end();
        self.subscribers.push(row)?;
        let first = rng.below(TOPICS.len());
        for topic in TOPICS.iter().skip(first).take(rng.below(3)) {
            let choice = match *topic {
                "language" => rng.pick(&["en", "en", "de", "fr", "es"]),
                _ => rng.pick(&["yes", "no"]),
            };
            let changed = record.created.later(rng).plain();
            self.preferences.push(
                Row::new(&id)
                    .field(topic)
                    .field(choice)
                    .field(&changed)
                    .end(),
            )?;
        }
        Ok(id)
    }

    pub(super) fn finish(self) -> Result<[Written; 2], Error> {
        let (rows, damaged) = self.subscribers.finish()?;
        let (preferences, _) = self.preferences.finish()?;
        Ok([
            ("marketing_subscribers", rows, damaged),
            ("marketing_preferences", preferences, 0),
        ])
    }
}
