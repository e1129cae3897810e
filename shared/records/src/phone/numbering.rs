//! Numbering plans: the metadata of Google's libphonenumber (as the `phonenumber` crate carries it), compiled once per
//! country to anchored expressions. The types of a plan are one automaton of many patterns (`regex-automata`, which is
//! `regex` within): one search says whether a number is valid and of which type.
//!
//! The crate's own parser is not used: its validity test accepts any number that a pattern matches a beginning of, it
//! strips trunk prefixes twice (+7 800 …), and its cache of 100 expressions thrashes on data of several countries
//! (0.2 ms a value). The rules here are libphonenumber's `parseHelper`, `maybeStripNationalPrefixAndCarrierCode`,
//! `getRegionCodeForNumberFromRegionList`, `isValidNumberForRegion` and `getNumberTypeHelper`.

use std::borrow::Cow;

use std::sync::{LazyLock, OnceLock};

use phonenumber::metadata::{DATABASE, Descriptor, Metadata};
use regex::{Captures, Regex, RegexBuilder};
use regex_automata::meta::{Config, Regex as Patterns};
use regex_automata::util::syntax;

use super::{PhoneFault, PhoneType};
use crate::Country;
use crate::lookup::Table;

pub(super) struct Plan {
    /// Country calling code, decimal.
    pub(super) code: &'static str,
    /// `None` for codes of no country (+800 …).
    pub(super) country: Option<Country>,
    source: &'static Metadata,
    /// Compiled when the first number of the country is read.
    rules: OnceLock<PlanRules>,
}

struct PlanRules {
    /// Lengths of national numbers, without trunk prefix.
    lengths: Vec<u16>,
    international_prefix: Option<Regex>,
    national_prefix: Option<Regex>,
    transform: Option<String>,
    leading_digits: Option<Regex>,
    general: Option<Regex>,
    /// One pattern for each of `types`, in their order.
    type_patterns: Option<Patterns>,
    types: Vec<PhoneType>,
    /// Asked of fixed lines only: in some plans mobile numbers look alike.
    mobile: Option<Regex>,
}

pub(super) struct Plans {
    plans: Vec<Plan>,
    by_country: Table<Country, usize>,
    /// Plans that share a country calling code, the main country first.
    by_code: Table<&'static str, Vec<usize>>,
}

static PLANS: LazyLock<Plans> = LazyLock::new(Plans::load);

impl Plans {
    pub(super) fn get() -> &'static Plans {
        &PLANS
    }

    fn load() -> Plans {
        let mut loaded = Plans {
            plans: Vec::new(),
            by_country: Table::default(),
            by_code: Table::default(),
        };
        for number in 1..1000_u16 {
            let Some(regions) = DATABASE.region(&number) else {
                continue;
            };
            let code: &'static str = number.to_string().leak(); // 230 strings, once
            let sources: Vec<&'static Metadata> = if regions == ["001"] {
                DATABASE.by_code(&number).unwrap_or_default()
            } else {
                regions
                    .iter()
                    .filter_map(|region| DATABASE.by_id(*region))
                    .collect()
            };
            for source in sources {
                let index = loaded.plans.len();
                let country = Country::parse(source.id());
                loaded
                    .by_country
                    .extend(country.map(|country| (country, index)));
                loaded.by_code.entry(code).or_default().push(index);
                loaded.plans.push(Plan {
                    code,
                    country,
                    source,
                    rules: OnceLock::new(),
                });
            }
        }
        loaded
    }

    pub(super) fn of_country(&self, country: Country) -> Option<&Plan> {
        self.by_country
            .get(&country)
            .and_then(|&index| self.plans.get(index))
    }

    /// The main plan of the country calling code in front, and the rest.
    pub(super) fn split_code<'a>(&self, digits: &'a str) -> Option<(&Plan, &'a str)> {
        (1..=3).find_map(|length| {
            let (code, national) = digits.split_at_checked(length)?;
            let main = *self.by_code.get(code)?.first()?;
            self.plans.get(main).map(|plan| (plan, national))
        })
    }

    pub(super) fn sharing<'a>(&'a self, plan: &Plan) -> impl Iterator<Item = &'a Plan> + use<'a> {
        self.by_code
            .get(plan.code)
            .into_iter()
            .flatten()
            .filter_map(|&index| self.plans.get(index))
    }
}

impl Plan {
    fn rules(&self) -> &PlanRules {
        self.rules.get_or_init(|| {
            let plan = self.source.descriptors();
            // libphonenumber's order: the first type that fits counts.
            let (types, descriptors): (Vec<PhoneType>, Vec<&Descriptor>) = [
                (PhoneType::PremiumRate, plan.premium_rate()),
                (PhoneType::TollFree, plan.toll_free()),
                (PhoneType::SharedCost, plan.shared_cost()),
                (PhoneType::Voip, plan.voip()),
                (PhoneType::Personal, plan.personal_number()),
                (PhoneType::Pager, plan.pager()),
                (PhoneType::Uan, plan.uan()),
                (PhoneType::Voicemail, plan.voicemail()),
                (PhoneType::FixedLine, plan.fixed_line()),
                (PhoneType::Mobile, plan.mobile()),
            ]
            .into_iter()
            .filter_map(|(kind, descriptor)| Some((kind, descriptor?)))
            .unzip();
            let patterns: Vec<String> = descriptors
                .iter()
                .map(|descriptor| format!("^(?:{})$", pattern(descriptor)))
                .collect();
            let trunk = self
                .source
                .national_prefix_for_parsing()
                .map(|prefix| prefix.as_str())
                .or(self.source.national_prefix());
            PlanRules {
                lengths: descriptors
                    .iter()
                    .flat_map(|descriptor| descriptor.possible_length())
                    .copied()
                    .collect(),
                international_prefix: self
                    .source
                    .international_prefix()
                    .and_then(|prefix| starting(prefix.as_str())),
                national_prefix: trunk.and_then(starting),
                transform: self
                    .source
                    .national_prefix_transform_rule()
                    .map(|rule| rule.replace("$1", "${1}").replace("$2", "${2}")),
                leading_digits: self
                    .source
                    .leading_digits()
                    .and_then(|digits| starting(digits.as_str())),
                general: whole(pattern(plan.general())),
                type_patterns: Patterns::builder()
                    .syntax(
                        syntax::Config::new()
                            .ignore_whitespace(true)
                            .unicode(false)
                            .utf8(false),
                    )
                    .configure(Config::new().utf8_empty(false))
                    .build_many(&patterns)
                    .ok(),
                types,
                mobile: plan.mobile().and_then(|mobile| whole(pattern(mobile))),
            }
        })
    }

    /// The digits behind the prefix for calls abroad (00, 011 …), when they start with it.
    pub(super) fn strip_international_prefix<'a>(&self, digits: &'a str) -> Option<&'a str> {
        let found = self.rules().international_prefix.as_ref()?.find(digits)?;
        let rest = digits.get(found.end()..)?;
        (!rest.is_empty() && !rest.starts_with('0')).then_some(rest)
    }

    /// Without the trunk prefix (0 in most of Europe, 1 in North America, 8 in Russia) and carrier code.
    pub(super) fn strip_national_prefix<'a>(&self, digits: &'a str) -> Cow<'a, str> {
        let rules = self.rules();
        let Some(prefix) = &rules.national_prefix else {
            return Cow::Borrowed(digits);
        };
        let stripped = match &rules.transform {
            Some(rule) => match prefix.captures(digits) {
                Some(found) => transformed(digits, &found, rule),
                None => return Cow::Borrowed(digits),
            },
            // Where the prefix ends takes far less time than what its groups are.
            None => match prefix.find(digits) {
                Some(found) => Cow::Borrowed(digits.get(found.end()..).unwrap_or_default()),
                None => return Cow::Borrowed(digits),
            },
        };
        let loses_shape = self.is_shaped(digits) && !self.is_shaped(&stripped);
        if loses_shape || !self.has_length(&stripped) {
            Cow::Borrowed(digits)
        } else {
            stripped
        }
    }

    fn is_shaped(&self, national: &str) -> bool {
        self.rules()
            .general
            .as_ref()
            .is_some_and(|general| general.is_match(national))
    }

    pub(super) fn has_length(&self, national: &str) -> bool {
        self.rules()
            .lengths
            .iter()
            .any(|&length| usize::from(length) == national.len())
    }

    /// Among plans that share a country calling code: is the number this country's, and of which type?
    /// `Some(None)`: it is this country's by its first digits, but the plan has no such number.
    pub(super) fn owns(&self, national: &str) -> Option<Option<PhoneType>> {
        match &self.rules().leading_digits {
            Some(leading) => leading.is_match(national).then(|| self.type_of(national)),
            None => self.type_of(national).map(Some),
        }
    }

    /// `None` for a number that the plan does not have.
    fn type_of(&self, national: &str) -> Option<PhoneType> {
        if !self.is_shaped(national) {
            return None;
        }
        let rules = self.rules();
        let first = rules
            .type_patterns
            .as_ref()?
            .search_half(&national.into())?;
        let found = *rules.types.get(first.pattern().as_usize())?;
        let is_mobile_too = found == PhoneType::FixedLine
            && rules
                .mobile
                .as_ref()
                .is_some_and(|mobile| mobile.is_match(national));
        Some(if is_mobile_too {
            PhoneType::FixedLineOrMobile
        } else {
            found
        })
    }

    pub(super) fn fault(&self, national: &str) -> PhoneFault {
        let (shortest, longest) = (
            self.rules().lengths.iter().min(),
            self.rules().lengths.iter().max(),
        );
        if shortest.is_some_and(|&shortest| national.len() < usize::from(shortest)) {
            PhoneFault::TooShort
        } else if longest.is_some_and(|&longest| national.len() > usize::from(longest)) {
            PhoneFault::TooLong
        } else {
            PhoneFault::NotInPlan
        }
    }
}

/// The digits behind the prefix, put behind what the rule makes of its groups, where the last one is there.
fn transformed<'a>(digits: &'a str, found: &Captures<'_>, rule: &str) -> Cow<'a, str> {
    let end = found.get(0).map_or(0, |whole| whole.end());
    let rest = digits.get(end..).unwrap_or_default();
    if found.len() > 1 && found.get(found.len() - 1).is_some() {
        let mut transformed = String::new();
        found.expand(rule, &mut transformed);
        Cow::Owned(transformed + rest)
    } else {
        Cow::Borrowed(rest)
    }
}

fn pattern(descriptor: &Descriptor) -> &str {
    descriptor.national_number().as_str()
}

fn starting(pattern: &str) -> Option<Regex> {
    compile(&format!("^(?:{pattern})"))
}

fn whole(pattern: &str) -> Option<Regex> {
    compile(&format!("^(?:{pattern})$"))
}

/// ASCII only: the digits are normalized before, and ASCII classes make far smaller automata.
fn compile(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern)
        .ignore_whitespace(true)
        .unicode(false)
        .build()
        .ok()
}
