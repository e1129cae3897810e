//! A plan filled in: the values one system holds of one person.

use crate::address::Address;
use crate::company::Company;
use crate::country::Country;
use crate::household::{Household, Person};
use crate::kind::{ErrorKind, System};
use crate::moment::{self, Moment};
use crate::names;
use crate::record::{Email, Phone, Plan, name_of};
use crate::rng::Rng;

#[derive(Debug)]
pub(crate) struct Filled<'a> {
    pub(crate) system: System,
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) middle: Option<char>,
    pub(crate) suffix: Option<&'static str>,
    pub(crate) is_female: bool,
    pub(crate) birth_date: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) company: Option<&'a Company>,
    pub(crate) title: Option<&'static str>,
    pub(crate) address: Option<&'a Address>,
    pub(crate) country: Country,
    pub(crate) customer_number: Option<&'a str>,
    /// What this system believes; now and then it is not what the person wants.
    pub(crate) wants_mail: bool,
    pub(crate) created: Moment,
    pub(crate) updated: Moment,
    pub(crate) kinds: Vec<ErrorKind>,
}

/// `keeps_accents`: the person has a record that only its name ties to the others.
pub(crate) fn fill<'a>(
    rng: &mut Rng,
    plan: &Plan,
    person: &'a Person,
    home: &'a Household,
    keeps_accents: bool,
) -> Filled<'a> {
    let mut kinds: Vec<ErrorKind> = plan.apart.into_iter().collect();
    if plan.is_duplicate {
        kinds.push(ErrorKind::Duplicate);
    }
    let (given, family) = name_of(rng, plan, person, &mut kinds);
    let (given, family) = reformat(rng, given, family, keeps_accents, &mut kinds);
    let phone = phone(rng, plan, person, home, &mut kinds);
    let email = email(rng, plan, person, home, &mut kinds);
    let swapped = plan.email == Email::Swapped;
    let (email, phone) = if swapped {
        (phone, email)
    } else {
        (email, phone)
    };
    let address = plan.has_address.then(|| match &home.former_address {
        Some(former) if plan.is_former_address => {
            kinds.push(ErrorKind::Moved);
            former
        }
        _ => &home.address,
    });
    let created = Moment::before(rng, 2900, 20);
    let company = person
        .job
        .as_ref()
        .filter(|_| plan.has_company)
        .map(|job| &job.company);
    let birth_date = birth_date(rng, plan.system, person, &mut kinds);
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.is_empty() {
        kinds.push(ErrorKind::Clean);
    }
    Filled {
        system: plan.system,
        given,
        family,
        middle: person.middle.filter(|_| rng.chance(0.4)),
        suffix: person.suffix.filter(|_| rng.chance(0.85)),
        is_female: person.is_female,
        birth_date,
        email,
        phone,
        title: company.and(person.job.as_ref()).map(|job| job.title),
        company,
        address,
        country: home.country,
        customer_number: person
            .customer_number
            .as_deref()
            .filter(|_| plan.has_customer_number),
        wants_mail: person.wants_mail ^ rng.chance(0.06),
        updated: created.later(rng),
        created,
        kinds,
    }
}

fn reformat(
    rng: &mut Rng,
    given: String,
    family: String,
    keeps_accents: bool,
    kinds: &mut Vec<ErrorKind>,
) -> (String, String) {
    let has_accents = !(given.is_ascii() && family.is_ascii());
    let (given, family) = match rng.below(100) {
        0..=4 => (given.to_uppercase(), family.to_uppercase()),
        5..=8 => (given.to_lowercase(), family.to_lowercase()),
        9..=33 if has_accents && !keeps_accents => (
            names::without_accents(&given),
            names::without_accents(&family),
        ),
        _ => return (given, family),
    };
    kinds.push(ErrorKind::Format);
    (given, family)
}

fn email(
    rng: &mut Rng,
    plan: &Plan,
    person: &Person,
    home: &Household,
    kinds: &mut Vec<ErrorKind>,
) -> Option<String> {
    let personal = &person.email;
    let email = match plan.email {
        Email::Personal | Email::Swapped => personal.clone(),
        Email::Work => person
            .job
            .as_ref()
            .map_or(personal, |job| &job.email)
            .clone(),
        Email::Former => person.former_email.clone(),
        Email::Family => {
            kinds.push(ErrorKind::FamilyEmail);
            home.family_email.as_ref().unwrap_or(personal).clone()
        }
        Email::Tagged => {
            kinds.push(ErrorKind::Format);
            personal.replacen('@', rng.pick(&["+shop@", "+news@", "+work@"]), 1)
        }
        Email::Missing => {
            kinds.push(ErrorKind::Missing);
            return None;
        }
        Email::Invalid => {
            kinds.push(ErrorKind::Invalid);
            let at = personal.find('@').unwrap_or(0);
            return Some(match rng.below(4) {
                0 => personal.replacen('@', ".", 1),
                1 => personal[..=at].to_owned(),
                2 => personal.replacen('@', "@@", 1),
                _ => "does not want to say".to_owned(),
            });
        }
        Email::Placeholder => {
            kinds.push(ErrorKind::Placeholder);
            let domain = person
                .job
                .as_ref()
                .map_or("none.com", |job| &job.company.domain);
            let name = if domain == "none.com" {
                "none"
            } else {
                rng.pick(&["info", "office", "sales"])
            };
            return Some(format!("{name}@{domain}"));
        }
    };
    Some(match rng.below(100) {
        0..=2 => email.to_uppercase(),
        3..=10 => capitalized(&email),
        11 => format!("{email} "),
        _ => email,
    })
}

fn capitalized(email: &str) -> String {
    let mut start = true;
    let mut written = String::with_capacity(email.len());
    for c in email.chars() {
        written.push(if start { c.to_ascii_uppercase() } else { c });
        start = c == '.' || c == '_';
        if c == '@' {
            written.push_str(&email[written.len()..]);
            break;
        }
    }
    written
}

fn phone(
    rng: &mut Rng,
    plan: &Plan,
    person: &Person,
    home: &Household,
    kinds: &mut Vec<ErrorKind>,
) -> Option<String> {
    // Only where the record says its country can the country code be left out.
    let is_local = match plan.system {
        System::Crm | System::Shop | System::Billing => plan.has_address,
        System::Marketing => true,
        System::Support => false,
    };
    Some(match plan.phone {
        Phone::Mobile | Phone::Swapped if plan.system == System::Marketing => person.mobile.e164(),
        Phone::Mobile => person.mobile.typed(rng, is_local),
        Phone::Swapped => {
            kinds.push(ErrorKind::SwappedFields);
            person.mobile.typed(rng, is_local)
        }
        Phone::Former => person.former_mobile.typed(rng, is_local),
        Phone::Home => {
            kinds.push(ErrorKind::FamilyPhone);
            home.landline.typed(rng, is_local)
        }
        Phone::Office => {
            kinds.push(ErrorKind::OfficePhone);
            let switchboard = &person.job.as_ref()?.company.switchboard;
            let extension = if rng.chance(0.2) {
                format!(" ext. {}", rng.between(10, 399))
            } else {
                String::new()
            };
            switchboard.typed(rng, is_local) + &extension
        }
        Phone::Missing => {
            if plan.system != System::Marketing {
                kinds.push(ErrorKind::Missing);
            }
            return None;
        }
        Phone::Invalid => {
            kinds.push(ErrorKind::Invalid);
            rng.pick(&["12345", "call the office", "n.a.", "99", "(000) 12"])
                .to_owned()
        }
        Phone::Placeholder => {
            kinds.push(ErrorKind::Placeholder);
            rng.pick(&[
                "000-000-0000",
                "555-0000",
                "999-999-9999",
                "123-456-7890",
                "0000000000",
            ])
            .to_owned()
        }
    })
}

fn birth_date(
    rng: &mut Rng,
    system: System,
    person: &Person,
    kinds: &mut Vec<ErrorKind>,
) -> Option<String> {
    let known = match system {
        System::Crm => 0.3,
        System::Shop => 0.35,
        _ => return None,
    };
    if !rng.chance(known) {
        return None;
    }
    if rng.chance(0.03) {
        kinds.push(ErrorKind::Placeholder);
        return Some("1900-01-01".to_owned());
    }
    Some(moment::day(person.birth_date))
}
