//! Which systems hold a person, and what each of them got wrong. A plan says which of a person's details a record
//! carries; the systems write it down.

use crate::household::{Household, Person};
use crate::kind::{ErrorKind, System};
use crate::names;
use crate::rng::Rng;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Email {
    Personal,
    Work,
    Former,
    Family,
    /// The personal one with a tag: `jane+shop@…`.
    Tagged,
    Missing,
    Invalid,
    Placeholder,
    /// The phone stands in the e-mail column, and the other way round.
    Swapped,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phone {
    Mobile,
    Home,
    Office,
    Former,
    Missing,
    Invalid,
    Placeholder,
    Swapped,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameForm {
    Exact,
    Nickname,
    Initial,
    Typo,
    Swapped,
    Former,
    GivenOnly,
}

#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) system: System,
    pub(crate) name: NameForm,
    pub(crate) email: Email,
    pub(crate) phone: Phone,
    pub(crate) has_company: bool,
    pub(crate) has_customer_number: bool,
    pub(crate) has_address: bool,
    pub(crate) is_former_address: bool,
    pub(crate) is_duplicate: bool,
    /// The kind, if this record was cut off from the others.
    pub(crate) apart: Option<ErrorKind>,
}

impl Plan {
    /// The exact identifiers the record carries, as bits: those of one person only.
    fn own_identifiers(&self) -> u8 {
        let email = match self.email {
            Email::Personal => 1,
            Email::Work => 2,
            Email::Former => 4,
            _ => 0,
        };
        let phone = match self.phone {
            Phone::Mobile => 8,
            Phone::Former => 16,
            _ => 0,
        };
        email | phone | if self.has_customer_number { 32 } else { 0 }
    }

    /// Those and the ones that others have too: a pair without a common bit shares no exact e-mail, phone or id.
    pub(crate) fn identifiers(&self) -> u8 {
        let shared = match self.phone {
            Phone::Home => 64,
            Phone::Office => 128,
            _ => 0,
        };
        // The family e-mail takes the bit of the former one: a family with it writes no former e-mail.
        self.own_identifiers() | shared | if self.email == Email::Family { 4 } else { 0 }
    }
}

const PRESENCE: [f64; 5] = [0.52, 0.52, 0.47, 0.32, 0.39];
const DUPLICATES: [f64; 5] = [0.05, 0.03, 0.03, 0.02, 0.015];

/// People of whom one record is set apart, where that can be. The tests hold what it gives: 4 to 6 % of all pairs.
const SET_APART: f64 = 0.08;

/// The records of one person: one at least.
pub(crate) fn plan(rng: &mut Rng, person: &Person, home: &Household) -> Vec<Plan> {
    let mut plans: Vec<Plan> = Vec::new();
    let least = rng.weighted(&[30, 35, 15, 8, 12]);
    for system in System::ALL {
        if rng.chance(PRESENCE[system as usize]) || (system as usize == least && plans.is_empty()) {
            plans.push(record(rng, system, person, home, false));
            if rng.chance(DUPLICATES[system as usize]) {
                plans.push(record(rng, system, person, home, true));
            }
        }
    }
    if plans.is_empty() {
        plans.push(record(rng, System::Shop, person, home, false));
    }
    share_customer_number(person, &mut plans);
    if rng.chance(SET_APART) {
        set_apart(rng, person, home, &mut plans);
    }
    connect(rng, &mut plans);
    plans
}

fn record(
    rng: &mut Rng,
    system: System,
    person: &Person,
    home: &Household,
    is_duplicate: bool,
) -> Plan {
    let has_job = person.job.is_some();
    let prefers_work = has_job && rng.chance(if system.has_company() { 0.7 } else { 0.12 });
    let mut email = if prefers_work {
        Email::Work
    } else {
        Email::Personal
    };
    if home.family_email.is_some() && rng.chance(0.07) {
        email = Email::Family;
    }
    let mut phone = match system {
        System::Marketing => Phone::Missing,
        _ => Phone::Mobile,
    };
    if has_job && system.has_company() && rng.chance(0.10) {
        phone = Phone::Office;
    } else if home.members.len() > 1 && rng.chance(0.06) {
        phone = Phone::Home;
    }
    // What the clerk or the form lost. Marketing lives on e-mail, so it is always there.
    if system == System::Marketing {
        if rng.chance(0.35) {
            phone = Phone::Mobile;
        }
    } else {
        match rng.below(1000) {
            0..=269 => phone = Phone::Missing,
            270..=389 => email = Email::Missing,
            390..=404 => phone = Phone::Invalid,
            405..=419 => email = Email::Invalid,
            420..=431 => phone = Phone::Placeholder,
            432..=439 => email = Email::Placeholder,
            440..=442 => (email, phone) = (Email::Swapped, Phone::Swapped),
            443..=450 if email == Email::Personal => {
                (email, phone) = (Email::Tagged, Phone::Mobile)
            }
            _ => {}
        }
    }
    Plan {
        system,
        name: name_form(rng, system, person),
        email,
        phone,
        has_company: has_job && system.has_company() && rng.chance(0.93),
        has_customer_number: false,
        has_address: system.has_address() && rng.chance(0.93),
        is_former_address: home.former_address.is_some() && rng.chance(0.4),
        is_duplicate,
        apart: None,
    }
}

fn name_form(rng: &mut Rng, system: System, person: &Person) -> NameForm {
    if person.former_family.is_some() && rng.chance(0.4) {
        return NameForm::Former;
    }
    match rng.below(1000) {
        0..=69 => NameForm::Nickname,
        70..=89 => NameForm::Initial,
        90..=124 => NameForm::Typo,
        125..=136 => NameForm::Swapped,
        137..=216 if system == System::Marketing => NameForm::GivenOnly,
        137..=146 => NameForm::GivenOnly,
        _ => NameForm::Exact,
    }
}

/// The key that shop and billing share is there when the person has one and both know it.
fn share_customer_number(person: &Person, plans: &mut [Plan]) {
    let knows = |system| plans.iter().any(|p| p.system == system);
    if person.customer_number.is_none() || !(knows(System::Shop) && knows(System::Billing)) {
        return;
    }
    for plan in plans
        .iter_mut()
        .filter(|p| matches!(p.system, System::Shop | System::Billing))
    {
        plan.has_customer_number = true;
    }
}

/// Takes one record's shared identifiers away, and makes sure that name and company, or name and address, still say
/// whose it is: a pair that nothing says anything about is no duplicate that a matcher could be asked to find.
fn set_apart(rng: &mut Rng, person: &Person, home: &Household, plans: &mut [Plan]) {
    let with_company = plans.iter().filter(|p| p.system.has_company()).count();
    let by_company = person.job.is_some() && with_company > 1 && rng.chance(0.8);
    let fits = |p: &Plan| {
        if by_company {
            p.system.has_company()
        } else {
            p.system.has_address()
        }
    };
    let able: Vec<usize> = (0..plans.len()).filter(|i| fits(&plans[*i])).collect();
    if able.len() < 2 {
        return;
    }
    let alone = rng.pick(&able);
    for at in able {
        let plan = &mut plans[at];
        plan.name = NameForm::Exact;
        if by_company {
            plan.has_company = true;
        } else {
            plan.has_address = true;
            plan.is_former_address = false;
        }
    }
    let no_number_left = plans.iter().filter(|p| p.has_customer_number).count() == 2
        && plans[alone].has_customer_number;
    let has_other_email = home.family_email.is_none() && rng.chance(0.6);
    let plan = &mut plans[alone];
    plan.apart = Some(if by_company {
        ErrorKind::NameAndCompany
    } else {
        ErrorKind::NameAndAddress
    });
    plan.email = if has_other_email {
        Email::Former
    } else {
        Email::Missing
    };
    plan.phone = if rng.chance(0.4) {
        Phone::Former
    } else {
        Phone::Missing
    };
    plan.has_customer_number = false;
    if no_number_left {
        plans.iter_mut().for_each(|p| p.has_customer_number = false);
    }
}

/// Gives records that came out without a link to the first one an identifier of its own, except those set apart and
/// some that only share a family e-mail or an office phone.
fn connect(rng: &mut Rng, plans: &mut [Plan]) {
    let Some(anchor) = plans.iter().position(|p| p.apart.is_none()) else {
        return;
    };
    let is_damaged = |p: &Plan| p.email == Email::Swapped;
    if plans[anchor].own_identifiers() & 0b1011 == 0 && !is_damaged(&plans[anchor]) {
        plans[anchor].email = Email::Personal;
    }
    for _ in 0..plans.len() {
        let reached = reached_from(anchor, plans);
        let Some(lost) =
            (0..plans.len()).find(|i| !reached.contains(i) && plans[*i].apart.is_none())
        else {
            return;
        };
        let (has_mobile, email) = (plans[anchor].phone == Phone::Mobile, plans[anchor].email);
        let plan = &mut plans[lost];
        let shares_weakly =
            plan.email == Email::Family || matches!(plan.phone, Phone::Home | Phone::Office);
        if is_damaged(plan) || (shares_weakly && rng.chance(0.2)) {
            // Left as it is; no more than one such record is skipped, which keeps them few.
            return;
        }
        if has_mobile && plan.system != System::Marketing {
            plan.phone = Phone::Mobile;
        } else if matches!(email, Email::Personal | Email::Work) {
            plan.email = email;
        } else {
            plan.phone = Phone::Mobile;
        }
    }
}

fn reached_from(anchor: usize, plans: &[Plan]) -> Vec<usize> {
    let mut reached = vec![anchor];
    let mut at = 0;
    while let Some(from) = reached.get(at).copied() {
        let bits = plans[from].own_identifiers();
        for (to, plan) in plans.iter().enumerate() {
            if plan.own_identifiers() & bits != 0 && !reached.contains(&to) {
                reached.push(to);
            }
        }
        at += 1;
    }
    reached
}

/// Groups of a person's records that share an exact identifier, straight or through another record; each record's
/// group is the index of the group's first record.
pub(crate) fn groups(plans: &[Plan]) -> Vec<usize> {
    let mut group: Vec<usize> = (0..plans.len()).collect();
    for _ in 0..plans.len() {
        for i in 0..plans.len() {
            for j in 0..i {
                if plans[i].identifiers() & plans[j].identifiers() != 0 {
                    let low = group[i].min(group[j]);
                    (group[i], group[j]) = (low, low);
                }
            }
        }
    }
    group
}

/// Given and family name as the record has them.
pub(crate) fn name_of(
    rng: &mut Rng,
    plan: &Plan,
    person: &Person,
    kinds: &mut Vec<ErrorKind>,
) -> (String, String) {
    let (mut given, mut family) = (person.given.clone(), person.family.clone());
    let kind = match plan.name {
        NameForm::Exact => return (given, family),
        NameForm::Nickname => match names::nickname(rng, &given) {
            Some(short) => {
                short.clone_into(&mut given);
                ErrorKind::Nickname
            }
            None => return (given, family),
        },
        NameForm::Initial => {
            given =
                given.chars().take(1).collect::<String>() + if rng.chance(0.5) { "." } else { "" };
            ErrorKind::Initial
        }
        NameForm::Typo => {
            let name = if rng.chance(0.4) {
                &mut given
            } else {
                &mut family
            };
            match names::typo(rng, name) {
                Some(misspelt) => *name = misspelt,
                None => return (given, family),
            }
            ErrorKind::Typo
        }
        NameForm::Swapped => {
            std::mem::swap(&mut given, &mut family);
            ErrorKind::SwappedFields
        }
        NameForm::Former => {
            family = person.former_family.clone().unwrap_or(family);
            ErrorKind::MarriedName
        }
        NameForm::GivenOnly => {
            family.clear();
            ErrorKind::Missing
        }
    };
    kinds.push(kind);
    (given, family)
}
