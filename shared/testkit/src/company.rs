//! Companies: where business customers work.

use std::sync::LazyLock;

use crate::address::Address;
use crate::country::{Country, Phone};
use crate::data::organizations as words;
use crate::names::slug;
use crate::rng::{Rng, scramble};

/// How many companies there are, by country: one for every twelve people, and at least one each.
#[derive(Debug, Clone)]
pub(crate) struct Companies {
    seed: u64,
    counts: [usize; 8],
}

/// One company, made again from its number whenever it is needed.
#[derive(Debug, Clone)]
pub(crate) struct Company {
    pub(crate) index: usize,
    pub(crate) name: String,
    pub(crate) legal_form: &'static str,
    pub(crate) domain: String,
    pub(crate) tax_id: String,
    pub(crate) industry: &'static str,
    pub(crate) employees: i64,
    pub(crate) address: Address,
    pub(crate) switchboard: Phone,
}

struct Words {
    first: Vec<&'static str>,
    second: Vec<&'static str>,
    third: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    first: words::FIRST.split_whitespace().collect(),
    second: words::SECOND.split_whitespace().collect(),
    third: words::THIRD.split_whitespace().collect(),
});

impl Companies {
    pub(crate) fn new(seed: u64, people: usize) -> Companies {
        let counts = Country::SHARES.map(|share| (people * share as usize / 1200).max(1));
        Companies { seed, counts }
    }

    pub(crate) fn len(&self) -> usize {
        self.counts.iter().sum()
    }

    /// The employer of somebody in `country`; a few companies employ many.
    pub(crate) fn draw(&self, rng: &mut Rng, country: Country) -> Company {
        let before: usize = self.counts[..country as usize].iter().sum();
        self.at(before + rng.skewed(self.counts[country as usize]))
    }

    pub(crate) fn at(&self, index: usize) -> Company {
        let mut before = 0;
        let mut country = Country::Us;
        for (of, count) in Country::ALL.iter().zip(self.counts) {
            if index < before + count {
                country = *of;
                break;
            }
            before += count;
        }
        let rng = &mut Rng::new(self.seed, 1, index as u64);
        let name = name(index);
        let (forms, endings): (&[&str], &[&str]) = match country {
            Country::Us => (
                &["Inc.", "LLC", "Corp.", "Inc", "Co."],
                &["com", "com", "com", "io", "net"],
            ),
            Country::Ca => (&["Inc.", "Ltd."], &["ca", "com"]),
            Country::Gb => (
                &["Ltd", "Limited", "PLC", "LLP"],
                &["co.uk", "co.uk", "com"],
            ),
            Country::De => (&["GmbH", "AG", "GmbH & Co. KG"], &["de"]),
            Country::Fr => (&["SARL", "SAS", "S.A."], &["fr"]),
            Country::Nl => (&["B.V.", "N.V."], &["nl"]),
            Country::Au => (&["Pty Ltd"], &["com.au"]),
            Country::Es => (&["S.L.", "S.A."], &["es"]),
        };
        let address = Address::draw(rng, country);
        let switchboard = Phone::landline(rng, country, &address.city);
        Company {
            index,
            domain: format!("{}.{}", slug(&name), rng.pick(endings)),
            tax_id: tax_id(country, scramble(index as u64 + 1_000_003)),
            legal_form: rng.pick(forms),
            industry: rng.pick(words::INDUSTRIES),
            employees: rng.pick(&[8, 15, 40, 120, 250, 600, 2500]),
            name,
            address,
            switchboard,
        }
    }
}

/// A name no other company has: the number counts through all combinations, in a scattered order.
fn name(index: usize) -> String {
    let pairs = WORDS.first.len() * WORDS.second.len();
    // 7919 is prime and divides no list's length, so the walk meets every pair once.
    let at = (index * 7919) % pairs;
    let (first, second) = (
        WORDS.first[at / WORDS.second.len()],
        WORDS.second[at % WORDS.second.len()],
    );
    match index / pairs {
        0 => format!("{first} {second}"),
        round => format!(
            "{} {first} {second}",
            WORDS.third[(round - 1) % WORDS.third.len()]
        ),
    }
}

/// Beginnings of employer identification numbers that were given out, some of them.
const CAMPUSES: [u64; 24] = [
    10, 12, 20, 26, 27, 33, 36, 41, 45, 46, 47, 52, 58, 61, 68, 75, 81, 82, 83, 84, 85, 86, 92, 93,
];

fn tax_id(country: Country, n: u64) -> String {
    match country {
        Country::Us => {
            let campus = CAMPUSES[(n % CAMPUSES.len() as u64) as usize];
            format!("{campus}-{:07}", n / 80 % 10_000_000)
        }
        Country::Ca => format!("{n:09}RT0001"),
        Country::Gb => format!("GB{n:09}"),
        Country::De => format!("DE{n:09}"),
        Country::Fr => format!("FR{:02}{n:09}", n % 97),
        Country::Nl => format!("NL{n:09}B01"),
        Country::Au => format!(
            "{:02} {:03} {:03} {:03}",
            10 + n % 89,
            n / 1_000_000,
            n / 1000 % 1000,
            n % 1000
        ),
        Country::Es => format!("ESB{:08}", n % 100_000_000),
    }
}
