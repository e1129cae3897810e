//! CRM contacts: typed by sales people.

use crate::Error;
use crate::fill::Filled;
use crate::kind::ErrorKind;
use crate::moment::Moment;
use crate::output::{Row, TextFile};
use crate::rng::Rng;
use crate::systems::{Sequence, Written, accounts};

pub(super) const HEADER: &str = "contact_id,account_id,salutation,first_name,middle_name,last_name,suffix,title,company,\
email,phone,mobile_phone,birthdate,mailing_street,mailing_unit,mailing_city,mailing_state,mailing_postal_code,\
mailing_country,lead_source,email_opt_out,email_opt_out_at,verified_at,created_at,last_modified_at";

#[derive(Debug)]
pub(super) struct Crm {
    contacts: TextFile,
    ids: Sequence,
}

impl Crm {
    pub(super) fn new(contacts: TextFile) -> Crm {
        Crm {
            contacts,
            ids: Sequence::new(0),
        }
    }

    pub(super) fn write(&mut self, rng: &mut Rng, record: &Filled) -> Result<String, Error> {
        let id = format!("003{:09}", self.ids.next());
        let account = record
            .company
            .filter(|_| rng.chance(0.85))
            .map(|company| accounts::account_of(rng, company));
        // Some write a mobile number where it belongs, some in the first phone field they see.
        let is_direct_line = record.kinds.contains(&ErrorKind::OfficePhone) || rng.chance(0.5);
        let (phone, mobile) = if is_direct_line {
            (record.phone.as_deref(), None)
        } else {
            (None, record.phone.as_deref())
        };
        let country = record.address.map(|a| {
            if rng.chance(0.6) {
                a.country.english()
            } else {
                a.country.native()
            }
        });
        let company = record.company.map(|c| match rng.below(10) {
            0 => c.name.to_uppercase(),
            1..=4 => c.name.clone(),
            _ => format!("{} {}", c.name, c.legal_form),
        });
        let is_short = rng.chance(0.4);
        let opted_out = !record.wants_mail && rng.chance(0.5);
        let salutation = rng
            .chance(0.3)
            .then_some(if record.is_female { "Ms." } else { "Mr." });
        let source = rng.pick(&["Web", "Referral", "Trade Show", "Partner", ""]);
        let verified = rng.chance(0.4).then(|| record.updated.iso());
        let middle = record.middle.map(String::from);
        let row = |title: Option<&str>, updated: Moment| {
            Row::new(&id)
                .optional(account.as_deref())
                .optional(salutation)
                .field(&record.given)
                .optional(middle.as_deref())
                .field(&record.family)
                .optional(record.suffix)
                .optional(title)
                .optional(company.as_deref())
                .optional(record.email.as_deref())
                .optional(phone)
                .optional(mobile)
                .optional(record.birth_date.as_deref())
                .optional(record.address.map(|a| a.line1(is_short)).as_deref())
                .optional(record.address.and_then(|a| a.line2()).as_deref())
                .optional(record.address.map(|a| a.city.0))
                .optional(record.address.map(|a| a.city.1))
                .optional(record.address.map(|a| a.postcode.as_str()))
                .optional(country)
                .field(source)
                .field(if opted_out { "true" } else { "false" })
                .optional(opted_out.then(|| record.updated.iso()).as_deref())
                .optional(verified.as_deref())
                .field(&record.created.iso())
                .field(&updated.iso())
                .end()
        };
        if rng.chance(0.004) && record.created < record.updated {
            // The export ran while someone was typing: the older version of the row is in it too.
            self.contacts.push(row(Some("Intern"), record.created))?;
        }
        self.contacts.push(row(record.title, record.updated))?;
        Ok(id)
    }

    pub(super) fn finish(self) -> Result<Written, Error> {
        let (rows, damaged) = self.contacts.finish()?;
        Ok(("crm_contacts", rows, damaged))
    }
}
