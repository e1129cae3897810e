//! People, in the households they live in.

use chrono::{Days, NaiveDate};

use crate::address::Address;
use crate::company::{Companies, Company};
use crate::country::{Country, Phone};
use crate::data::given_names::TWINS;
use crate::names::{Culture, slug};
use crate::rng::{Rng, scramble};

#[derive(Debug)]
pub(crate) struct Household {
    pub(crate) country: Country,
    pub(crate) address: Address,
    /// Where they lived before, if they moved.
    pub(crate) former_address: Option<Address>,
    pub(crate) landline: Phone,
    /// An address that several of them use.
    pub(crate) family_email: Option<String>,
    pub(crate) members: Vec<Person>,
}

#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) index: u64,
    pub(crate) given: String,
    pub(crate) middle: Option<char>,
    pub(crate) family: String,
    pub(crate) suffix: Option<&'static str>,
    /// The name before a marriage.
    pub(crate) former_family: Option<String>,
    pub(crate) is_female: bool,
    pub(crate) birth_date: NaiveDate,
    pub(crate) email: String,
    /// Given up; some system still has it.
    pub(crate) former_email: String,
    pub(crate) mobile: Phone,
    pub(crate) former_mobile: Phone,
    pub(crate) job: Option<Job>,
    /// The business key that the shop and billing share.
    pub(crate) customer_number: Option<String>,
    /// Whether this person likes to hear from us; single systems may say otherwise.
    pub(crate) wants_mail: bool,
}

#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) company: Company,
    pub(crate) title: &'static str,
    pub(crate) email: String,
}

/// What a person is before contact details are made up.
struct Sketch {
    given: String,
    family: String,
    former_family: Option<String>,
    suffix: Option<&'static str>,
    is_female: bool,
    birth_date: NaiveDate,
}

impl Household {
    /// Household number `index`; its people are numbered from `first_person`.
    pub(crate) fn at(seed: u64, index: u64, first_person: u64, companies: &Companies) -> Household {
        let rng = &mut Rng::new(seed, 2, index);
        let country = Country::draw(rng);
        let culture = Culture::draw(rng, country);
        let address = Address::draw(rng, country);
        let former_address = rng.chance(0.12).then(|| Address::draw(rng, country));
        let sketches = sketch(rng, culture);
        let family = slug(&sketches[0].family);
        let is_family =
            sketches.len() > 1 && sketches.iter().any(|s| s.family == sketches[1].family);
        let family_email = (is_family && rng.chance(0.35)).then(|| {
            let (name, provider) = (rng.pick(&["family", "home", "the"]), provider(rng, country));
            format!(
                "{name}.{family}{}@{provider}",
                scramble(index) % 100_000_000
            )
        });
        let landline = Phone::landline(rng, country, &address.city);
        let members = (first_person..)
            .zip(sketches)
            .map(|(index, sketch)| person(rng, index, sketch, country, &address, companies))
            .collect();
        Household {
            country,
            address,
            former_address,
            landline,
            family_email,
            members,
        }
    }
}

fn sketch(rng: &mut Rng, culture: &Culture) -> Vec<Sketch> {
    let size = 1 + rng.weighted(&[45, 30, 12, 10, 3]);
    let shares_a_flat = size > 1 && rng.chance(0.06);
    let family = culture.family(rng);
    let mut people: Vec<Sketch> = Vec::with_capacity(size);
    for at in 0..size {
        let is_partner = at == 1;
        let is_female = match people.first() {
            Some(first) if is_partner && rng.chance(0.93) => !first.is_female,
            _ => rng.chance(0.5),
        };
        let birth_date = match people.first() {
            None => day(rng, 1940, 2004),
            Some(first) if is_partner || shares_a_flat => near(rng, first.birth_date),
            Some(first) => child_of(rng, first.birth_date),
        };
        let keeps_own = shares_a_flat || (is_partner && rng.chance(0.25));
        let own = if at > 0 && keeps_own {
            culture.family(rng)
        } else {
            family.clone()
        };
        let married = is_partner && !keeps_own && rng.chance(0.35);
        let mut given = culture.given(rng, is_female).to_owned();
        for _ in 0..8 {
            if people.iter().all(|p| p.given != given) {
                break;
            }
            culture.given(rng, is_female).clone_into(&mut given);
        }
        people.push(Sketch {
            given,
            former_family: married
                .then(|| culture.family(rng))
                .filter(|former| *former != own),
            family: own,
            suffix: None,
            is_female,
            birth_date,
        });
    }
    if !shares_a_flat {
        name_after_the_father(rng, &mut people);
        make_twins(rng, &mut people);
    }
    people
}

/// John Sr and John Jr.
fn name_after_the_father(rng: &mut Rng, people: &mut [Sketch]) {
    let [father, _, rest @ ..] = people else {
        return;
    };
    if let Some(son) = rest
        .first_mut()
        .filter(|son| !son.is_female && !father.is_female)
        && rng.chance(0.12)
    {
        son.given.clone_from(&father.given);
        (father.suffix, son.suffix) = (Some("Sr"), Some("Jr"));
    }
}

fn make_twins(rng: &mut Rng, people: &mut [Sketch]) {
    let [_, _, _, one, two, ..] = people else {
        return;
    };
    if rng.chance(0.08) {
        let (a, b, is_female) = rng.pick(TWINS);
        (one.given, two.given) = (a.to_owned(), b.to_owned());
        (one.is_female, two.is_female) = (is_female, is_female);
        two.birth_date = one.birth_date;
    }
}

fn person(
    rng: &mut Rng,
    index: u64,
    of: Sketch,
    country: Country,
    home: &Address,
    companies: &Companies,
) -> Person {
    let (given, family) = (slug(&of.given), slug(&of.family));
    let initial = &given[..given.len().min(1)];
    let number = scramble(index + 77_777) % 100_000_000;
    // The number makes a mailbox one person's own, as it does in life.
    let local = match rng.below(5) {
        0 => format!("{given}{number}"),
        1 => format!("{initial}{family}{number}"),
        2 => format!("{family}.{given}{number}"),
        3 => format!("{given}_{family}{number}"),
        _ => format!("{given}.{family}{number}"),
    };
    let former_provider = rng.pick(&["aol.com", "hotmail.com", "earthlink.net", "lycos.com"]);
    let is_of_working_age = of.birth_date >= base_date() - Days::new(66 * 365);
    let job = (is_of_working_age && rng.chance(0.52)).then(|| {
        let company = companies.draw(rng, country);
        let email = match rng.below(4) {
            0 => format!("{initial}{family}{}@{}", number % 1000, company.domain),
            _ => format!("{given}.{family}@{}", company.domain),
        };
        Job {
            email,
            title: rng.pick(crate::data::organizations::TITLES),
            company,
        }
    });
    Person {
        index,
        middle: rng
            .chance(0.4)
            .then(|| rng.pick(&['A', 'B', 'C', 'D', 'E', 'J', 'L', 'M', 'R', 'S', 'T'])),
        email: format!("{local}@{}", provider(rng, country)),
        former_email: format!("{family}{initial}{number}@{former_provider}"),
        mobile: Phone::mobile(rng, country, &home.city),
        former_mobile: Phone::mobile(rng, country, &home.city),
        job,
        customer_number: rng
            .chance(0.6)
            .then(|| format!("K-{:09}", scramble(index + 5_000_000))),
        wants_mail: rng.chance(0.7),
        given: of.given,
        family: of.family,
        suffix: of.suffix,
        former_family: of.former_family,
        is_female: of.is_female,
        birth_date: of.birth_date,
    }
}

fn provider(rng: &mut Rng, country: Country) -> &'static str {
    let local: &[&str] = match country {
        Country::Us => &["comcast.net", "att.net", "verizon.net"],
        Country::Ca => &["rogers.com", "bell.net"],
        Country::Gb => &["btinternet.com", "yahoo.co.uk"],
        Country::De => &["web.de", "gmx.de", "t-online.de"],
        Country::Fr => &["orange.fr", "free.fr", "laposte.net"],
        Country::Nl => &["ziggo.nl", "kpnmail.nl"],
        Country::Au => &["bigpond.com", "optusnet.com.au"],
        Country::Es => &["telefonica.net", "yahoo.es"],
    };
    if rng.chance(0.25) {
        return rng.pick(local);
    }
    rng.pick(&[
        "gmail.com",
        "gmail.com",
        "gmail.com",
        "outlook.com",
        "yahoo.com",
        "icloud.com",
    ])
}

/// The day of the extracts; everything happened before it.
pub(crate) fn base_date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 30).unwrap_or_default()
}

fn day(rng: &mut Rng, first_year: i32, last_year: i32) -> NaiveDate {
    let start = NaiveDate::from_ymd_opt(first_year, 1, 1).unwrap_or_default();
    start + Days::new(rng.below((last_year - first_year + 1) as usize * 365) as u64)
}

fn near(rng: &mut Rng, date: NaiveDate) -> NaiveDate {
    (date - Days::new(6 * 365) + Days::new(rng.below(12 * 365) as u64)).min(youngest())
}

fn child_of(rng: &mut Rng, parent: NaiveDate) -> NaiveDate {
    let date = parent + Days::new(21 * 365 + rng.below(16 * 365) as u64);
    // Only grown-ups are customers: those too young are a sister or brother instead.
    if date > youngest() {
        near(rng, parent)
    } else {
        date
    }
}

fn youngest() -> NaiveDate {
    base_date() - Days::new(18 * 366)
}
