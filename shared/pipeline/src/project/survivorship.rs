//! `[survivorship]`: which value of an attribute survives, where a project wants another than the defaults of
//! `sql/seeds/survivorship.csv`.

use super::Feed;
use linkage::Entity;
use mastering::{ALL_VALUES, Criterion, SurvivorshipRule};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Attributes that every project has; `name` and `address` stand for their parts, which come from one record together.
const ATTRIBUTES: [(Entity, &[&str]); 2] = [
    (
        Entity::Person,
        &[
            "address",
            "birth_date",
            "company_name",
            "country",
            "customer_number",
            "email",
            "gender",
            "lifecycle_stage",
            "name",
            "national_id",
            "phone",
            "segment",
            "tax_id",
        ],
    ),
    (
        Entity::Account,
        &[
            "address",
            "country",
            "customer_number",
            "domain",
            "duns",
            "email",
            "employee_count",
            "industry",
            "legal_name",
            "lei",
            "lifecycle_stage",
            "phone",
            "registration_number",
            "segment",
            "tax_id",
            "trading_name",
            "website",
        ],
    ),
];

/// Of those, which may be lists: the others are one value in the dimensions.
const LISTS: [&str; 4] = ["company_name", "industry", "segment", "trading_name"];

/// And which any text will do for; of the others, only what a record states is a value.
const FREE_TEXTS: [&str; 6] = [
    "company_name",
    "industry",
    "legal_name",
    "lifecycle_stage",
    "segment",
    "trading_name",
];

/// What a source order may name besides the roles of feeds: other roles that the defaults know, kinds of addresses, and where values
/// come from that no source states.
const ROLES: [&str; 16] = [
    "app",
    "billing",
    "crm",
    "delivery",
    "derived",
    "from_email",
    "home",
    "marketing",
    "partner",
    "shop",
    "support",
    "verified_billing",
    "verified_delivery",
    "verified_home",
    "verified_work",
    "work",
];

/// May a steward write a value of it that no record states?
pub fn is_free_text(entity: &str, attribute: &str) -> bool {
    !is_standard(entity, attribute) || FREE_TEXTS.contains(&attribute)
}

/// Is it the name of an attribute that every project has for an entity? A further column of that name is left to silver.
pub(crate) fn is_standard(entity: &str, attribute: &str) -> bool {
    attribute == "account_customer_id"
        || ATTRIBUTES
            .iter()
            .any(|(of, attributes)| of.name() == entity && attributes.contains(&attribute))
}

/// What a criterion asks after that only some attributes have.
fn applies(criterion: &Criterion, attribute: &str) -> bool {
    match criterion {
        Criterion::MostRecentlyVerified => ["email", "phone", "address"].contains(&attribute),
        Criterion::Reachable => ["email", "phone"].contains(&attribute),
        Criterion::NotMarketingForm => attribute == "name",
        Criterion::MostRestrictive => false,
        _ => true,
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    #[serde(default)]
    person: OfEntity,
    #[serde(default)]
    account: OfEntity,
}

#[derive(Deserialize, Default)]
struct OfEntity {
    /// A mapping's further columns.
    #[serde(default)]
    attributes: BTreeMap<String, toml::Value>,
    #[serde(flatten)]
    standard: BTreeMap<String, toml::Value>,
}

impl Written {
    /// Errors: what is wrong, and what to write instead.
    pub fn read(self, feeds: &[Feed]) -> Result<Vec<SurvivorshipRule>, String> {
        let mut rules = Vec::new();
        for (entity, written) in [
            (Entity::Person, self.person),
            (Entity::Account, self.account),
        ] {
            let known = ATTRIBUTES
                .iter()
                .find(|(of, _)| *of == entity)
                .map_or(&[][..], |(_, attributes)| attributes);
            for (attribute, chain) in written.standard {
                let at = format!("[survivorship.{}] {attribute:?}", entity.name());
                if !known.contains(&attribute.as_str()) {
                    return Err(format!(
                        "{at}: no such attribute; write one of {}, or a mapping's further column below [survivorship.{}.attributes]",
                        known.join(", "),
                        entity.name()
                    ));
                }
                let rule = rule(entity, &attribute, &chain, feeds, &at)?;
                if rule.keeps_all && !LISTS.contains(&attribute.as_str()) {
                    return Err(format!(
                        "{at}: it is one value and cannot be a list; {ALL_VALUES:?} is for {} and further columns",
                        LISTS.join(", ")
                    ));
                }
                rules.push(rule);
            }
            for (attribute, chain) in written.attributes {
                let at = format!("[survivorship.{}.attributes] {attribute:?}", entity.name());
                if is_standard(entity.name(), &attribute) {
                    return Err(format!(
                        "{at}: every project has it; write it below [survivorship.{}]",
                        entity.name()
                    ));
                }
                rules.push(rule(entity, &attribute, &chain, feeds, &at)?);
            }
        }
        Ok(rules)
    }
}

fn rule(
    entity: Entity,
    attribute: &str,
    written: &toml::Value,
    feeds: &[Feed],
    at: &str,
) -> Result<SurvivorshipRule, String> {
    let mut chain = Vec::new();
    let mut keeps_all = false;
    let such_as = || format!("{at}: write criteria, such as [\"crm > shop\", \"most_recent\"]");
    for text in written.as_array().ok_or_else(such_as)? {
        let text = text.as_str().ok_or_else(such_as)?.trim();
        if text == ALL_VALUES && !keeps_all {
            keeps_all = true;
            continue;
        }
        let criterion = match Criterion::named(text) {
            Some(named) => named,
            None => order(text, feeds).map_err(|why| format!("{at}: {why}"))?,
        };
        if !applies(&criterion, attribute) {
            return Err(format!("{at}: {text} says nothing of it"));
        }
        if chain.contains(&criterion) {
            return Err(format!("{at}: {text:?} stands twice"));
        }
        chain.push(criterion);
    }
    if chain.is_empty() && !keeps_all {
        return Err(such_as());
    }
    Ok(SurvivorshipRule {
        entity: entity.name().to_owned(),
        attribute: attribute.to_owned(),
        chain,
        keeps_all,
    })
}

fn order(text: &str, feeds: &[Feed]) -> Result<Criterion, String> {
    let criterion = Criterion::source_order(text).ok_or_else(|| {
        format!("{text:?} names nothing, or something twice; write \"crm > shop\"")
    })?;
    let Criterion::SourceOrder(roles) = &criterion else {
        return Ok(criterion);
    };
    for role in roles {
        if !ROLES.contains(&role.as_str()) && !feeds.iter().any(|feed| feed.role == *role) {
            let named: Vec<&str> = Criterion::names()
                .into_iter()
                .filter(|name| Criterion::named(name) != Some(Criterion::MostRestrictive))
                .collect();
            return Err(format!(
                "{role:?} is no role of a feed, no kind of address and no criterion; the criteria, each on its own, are {}, {ALL_VALUES}, and orders of roles such as \"crm > shop\"",
                named.join(", ")
            ));
        }
    }
    Ok(criterion)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<SurvivorshipRule>, String> {
        #[derive(Deserialize)]
        struct Config {
            survivorship: Written,
        }
        let config: Config = toml::from_str(text).unwrap();
        config.survivorship.read(&[])
    }

    #[test]
    fn a_chain_per_attribute() {
        let rules = read(
            "[survivorship.person]\nemail = [\"valid_first\", \"crm > shop\", \"most_frequent\"]\n\
             [survivorship.person.attributes]\ntier = [\"all\", \"max\"]\n",
        )
        .unwrap();
        let words: Vec<String> = rules.iter().map(SurvivorshipRule::in_words).collect();
        assert_eq!(
            words,
            ["valid_first; crm > shop; most_frequent", "all; max"]
        );
        assert!(rules[1].keeps_all);
    }

    #[test]
    fn mistakes_are_told() {
        for (text, told) in [
            ("person]\nemial = [\"longest\"]", "emial"),
            ("person]\nemail = [\"newest\"]", "most_recent, "),
            ("person]\nemail = [\"crm > crm\"]", "twice"),
            ("person]\nemail = [\"longest\", \"longest\"]", "twice"),
            ("person]\nemail = []", "write criteria"),
            ("person]\nemail = [\"all\"]", "one value"),
            ("person]\nemail = [\"most_restrictive\"]", "says nothing"),
            ("person]\ngender = [\"reachable\"]", "says nothing"),
            ("person]\nemail = \"longest\"", "write criteria"),
            ("person]\nemail = [1]", "write criteria"),
            ("person]\nemail = [\"crm > longest\"]", "each on its own"),
            ("account.attributes]\nduns = [\"max\"]", "every project"),
        ] {
            let error = read(&format!("[survivorship.{text}")).unwrap_err();
            assert!(error.contains(told), "{text}: {error}");
        }
    }
}
