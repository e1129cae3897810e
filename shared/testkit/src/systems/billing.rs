//! Billing accounts and subscriptions: what is on the invoice.

use crate::Error;
use crate::fill::Filled;
use crate::output::{Row, TextFile};
use crate::rng::Rng;
use crate::systems::{Sequence, Written, full_name};

pub(super) const HEADER: &str = "account_no,customer_number,status,account_name,company_name,email,phone,street,unit,city,\
region,zip,country_code,payment_method,created_at,modified_at";
pub(super) const SUBSCRIPTIONS: &str =
    "subscription_id,account_no,plan,status,price,currency,started_at,ended_at";

#[derive(Debug)]
pub(super) struct Billing {
    accounts: TextFile,
    subscriptions: TextFile,
    ids: Sequence,
    subscription_ids: Sequence,
}

impl Billing {
    pub(super) fn new(accounts: TextFile, subscriptions: TextFile) -> Billing {
        Billing {
            accounts,
            subscriptions,
            ids: Sequence::new(7),
            subscription_ids: Sequence::new(8),
        }
    }

    pub(super) fn write(&mut self, rng: &mut Rng, record: &Filled) -> Result<String, Error> {
        let id = format!("B-{:09}", self.ids.next());
        let name = full_name(record, record.middle);
        let name = if rng.chance(0.3) {
            name.to_uppercase()
        } else {
            name
        };
        let company = record.company.map(|c| match rng.below(3) {
            0 => c.name.clone(),
            _ => format!("{} {}", c.name, c.legal_form),
        });
        let is_short = rng.chance(0.5);
        let country = record.address.map(|a| {
            if rng.chance(0.7) {
                a.country.iso2()
            } else {
                a.country.iso3()
            }
        });
        let row = Row::new(&id)
            .optional(record.customer_number)
            .field(rng.pick(&["active", "active", "active", "past_due", "closed"]))
            .field(&name)
            .optional(company.as_deref())
            .optional(record.email.as_deref())
            .optional(record.phone.as_deref())
            .optional(record.address.map(|a| a.line1(is_short)).as_deref())
            .optional(record.address.and_then(|a| a.line2()).as_deref())
            .optional(record.address.map(|a| a.city.0))
            .optional(record.address.map(|a| a.city.1))
            .optional(record.address.map(|a| a.postcode.as_str()))
            .optional(country)
            .field(rng.pick(&["card", "bank transfer", "direct debit", "invoice"]))
            .field(&record.created.plain())
            .field(&record.updated.plain())
            .end();
        self.accounts.push(row)?;
        for _ in 0..rng.weighted(&[15, 65, 20]) {
            let (plan, price) = rng.pick(&[
                ("basic", "9.00"),
                ("plus", "19.00"),
                ("pro", "49.00"),
                ("business", "199.00"),
            ]);
            let status = rng.pick(&["active", "active", "active", "cancelled", "paused"]);
            let started = record.created.later(rng);
            let ended = (status == "cancelled").then(|| started.later(rng).plain());
            let row = Row::new(&format!("S{:09}", self.subscription_ids.next()))
                .field(&id)
                .field(plan)
                .field(status)
                .field(price)
                .field(record.country.currency())
                .field(&started.plain())
                .optional(ended.as_deref())
                .end();
            self.subscriptions.push(row)?;
        }
        Ok(id)
    }

    pub(super) fn finish(self) -> Result<[Written; 2], Error> {
        let (rows, damaged) = self.accounts.finish()?;
        let (subscriptions, _) = self.subscriptions.finish()?;
        Ok([
            ("billing_accounts", rows, damaged),
            ("billing_subscriptions", subscriptions, 0),
        ])
    }
}
