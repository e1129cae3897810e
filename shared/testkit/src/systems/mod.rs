//! The five systems: what columns each exports, and its facts about a customer.

mod accounts;
mod billing;
mod crm;
mod marketing;
mod shop;
mod support;

use std::path::Path;

use crate::Error;
use crate::company::Companies;
use crate::fill::Filled;
use crate::kind::System;
use crate::output::{Damage, TextFile};
use crate::rng::{Rng, scramble};

/// All extracts, open for writing.
#[derive(Debug)]
pub(crate) struct Systems {
    companies: Companies,
    crm: crm::Crm,
    shop: shop::Shop,
    marketing: marketing::Marketing,
    support: support::Support,
    billing: billing::Billing,
}

/// A file's name with its good and damaged rows.
pub(crate) type Written = (&'static str, u64, u64);

impl Systems {
    pub(crate) fn create(
        landing: &Path,
        seed: u64,
        companies: Companies,
    ) -> Result<Systems, Error> {
        let mut number = 0;
        let mut open = |name: &str, header: Option<&str>, damage: Damage| {
            number += 1;
            let ending = if header.is_some() { "csv" } else { "ndjson" };
            let path = landing.join(format!("{name}_{}.{ending}", crate::EXTRACT_DATE));
            TextFile::create(path, header, damage, Rng::new(seed, 3, number))
        };
        Ok(Systems {
            companies,
            crm: crm::Crm::new(open("crm_contacts", Some(crm::HEADER), Damage::Ragged)?),
            marketing: marketing::Marketing::new(
                open(
                    "marketing_subscribers",
                    Some(marketing::HEADER),
                    Damage::Ragged,
                )?,
                open(
                    "marketing_preferences",
                    Some(marketing::PREFERENCES),
                    Damage::None,
                )?,
            ),
            support: support::Support::new(
                open("support_users", Some(support::HEADER), Damage::Latin1)?,
                open("support_tickets", Some(support::TICKETS), Damage::Ragged)?,
                open(
                    "support_interactions",
                    Some(support::INTERACTIONS),
                    Damage::None,
                )?,
            ),
            billing: billing::Billing::new(
                open("billing_accounts", Some(billing::HEADER), Damage::Ragged)?,
                open(
                    "billing_subscriptions",
                    Some(billing::SUBSCRIPTIONS),
                    Damage::None,
                )?,
            ),
            shop: shop::Shop::new(
                open("shop_customers", None, Damage::Torn)?,
                &landing.join(format!("shop_orders_{}.parquet", crate::EXTRACT_DATE)),
            )?,
        })
    }

    /// Writes one person record with its facts; answers with its record id.
    pub(crate) fn write(&mut self, rng: &mut Rng, record: &Filled) -> Result<String, Error> {
        match record.system {
            System::Crm => self.crm.write(rng, record),
            System::Shop => self.shop.write(rng, record),
            System::Marketing => self.marketing.write(rng, record),
            System::Support => self.support.write(rng, record),
            System::Billing => self.billing.write(rng, record),
        }
    }

    /// Writes the CRM's accounts; `truth` hears of each record id and its company's number.
    pub(crate) fn write_accounts(
        &self,
        landing: &Path,
        seed: u64,
        truth: impl FnMut(&str, usize) -> Result<(), Error>,
    ) -> Result<Written, Error> {
        accounts::write(landing, seed, &self.companies, truth)
    }

    pub(crate) fn finish(self) -> Result<Vec<Written>, Error> {
        let mut written = vec![self.crm.finish()?];
        written.extend(self.shop.finish()?);
        written.extend(self.marketing.finish()?);
        written.extend(self.support.finish()?);
        written.extend(self.billing.finish()?);
        Ok(written)
    }
}

/// The next id of a kind of row: one-to-one, and in no order that tells anything.
#[derive(Debug)]
pub(crate) struct Sequence(u64);

impl Sequence {
    /// Each kind of row starts elsewhere: equal numbers in two systems would look like a shared key.
    pub(crate) fn new(kind: u64) -> Sequence {
        Sequence(kind << 24)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 += 1;
        scramble(self.0)
    }
}

/// "Jane M Doe Jr", of the parts there are.
fn full_name(record: &Filled, middle: Option<char>) -> String {
    let middle = middle.map(String::from);
    let parts = [
        Some(record.given.as_str()),
        middle.as_deref(),
        Some(&record.family),
        record.suffix,
    ];
    parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
