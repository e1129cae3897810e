//! Blocking rules: what each is called, and what the comparisons that it makes agree cannot tell in training.

use linkage::Entity;

/// A blocking rule: `sql/silver/blocking/<entity>_<name>.sql`.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its bit in the rules of a pair. Below [`IDENTITIES`]: the value identifies somebody, and deterministic rules speak of
    /// it. From [`LOOSE`] on: the key is one that strangers share, and only small blocks are compared.
    pub number: u8,
    pub name: &'static str,
    /// Comparisons that agree because of the rule. Empty: its pairs train nothing, for they agree in some degree only.
    pub blocked: &'static [&'static str],
}

pub const IDENTITIES: u8 = 8;
pub const LOOSE: u8 = 32;
/// Rules have numbers below this one.
pub const MOST_RULES: u8 = 40;

const fn rule(number: u8, name: &'static str, blocked: &'static [&'static str]) -> Rule {
    Rule {
        number,
        name,
        blocked,
    }
}

const PERSON: [Rule; 24] = [
    rule(0, "email", &["email"]),
    rule(1, "phone", &["phone"]),
    rule(2, "customer_number", &["customer_number"]),
    rule(3, "name_company", &["given_name", "family_name", "company"]),
    rule(8, "national_id", &["national_id"]),
    rule(9, "email_user", &["email"]),
    rule(10, "birth_date_name_start", &BIRTH_DATE_NAMES),
    rule(11, "birth_date_name_sound", &BIRTH_DATE_NAMES),
    rule(
        12,
        "birth_date_postcode",
        &["birth_date", "postcode", "city"],
    ),
    rule(13, "birth_date_city", &["birth_date", "postcode", "city"]),
    rule(14, "names_birth_year", &BIRTH_DATE_NAMES),
    rule(15, "names_birthday", &BIRTH_DATE_NAMES),
    rule(
        16,
        "names_city",
        &["given_name", "family_name", "postcode", "city"],
    ),
    rule(17, "name_sounds_city", &[]),
    rule(18, "name_sounds_postcode", &[]),
    rule(19, "family_postcode", &["family_name", "postcode", "city"]),
    rule(20, "given_postcode", &["given_name", "postcode", "city"]),
    rule(
        21,
        "street_name_start",
        &["given_name", "family_name", "street"],
    ),
    rule(22, "street_postcode", &["street", "postcode", "city"]),
    rule(32, "names", &["given_name", "family_name"]),
    rule(33, "name_sounds", &[]),
    rule(34, "birth_date", &["birth_date"]),
    rule(35, "family_name", &["family_name"]),
    rule(36, "given_name", &["given_name"]),
];

const BIRTH_DATE_NAMES: [&str; 3] = ["birth_date", "given_name", "family_name"];

const ACCOUNT: [Rule; 13] = [
    rule(0, "domain", &["domain"]),
    rule(1, "tax_id", &["tax_id"]),
    rule(8, "phone", &["phone"]),
    rule(9, "registration_number", &["registration_number"]),
    rule(10, "duns", &["duns"]),
    rule(11, "lei", &["lei"]),
    rule(12, "customer_number", &["customer_number"]),
    rule(13, "name_words", &["name"]),
    rule(14, "street_postcode", &["street", "postcode", "city"]),
    rule(15, "street_city", &["street", "postcode", "city"]),
    rule(16, "word_postcode", &["name", "postcode"]),
    rule(17, "word_city", &["name", "postcode", "city"]),
    rule(18, "country_name", &[]),
];

/// In the order of their numbers.
pub fn rules(entity: Entity) -> &'static [Rule] {
    match entity {
        Entity::Person => &PERSON,
        Entity::Account => &ACCOUNT,
    }
}

/// The names of the rules in `bits`, comma-separated.
pub fn names(entity: Entity, bits: i64) -> String {
    let named = rules(entity)
        .iter()
        .filter(|rule| bits >> rule.number & 1 == 1);
    named.map(|rule| rule.name).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_are_unique_and_comparisons_known() {
        for entity in [Entity::Person, Entity::Account] {
            let numbers: BTreeSet<u8> = rules(entity).iter().map(|rule| rule.number).collect();
            assert_eq!(numbers.len(), rules(entity).len());
            assert!(numbers.iter().all(|number| *number < MOST_RULES));
            for name in rules(entity).iter().flat_map(|rule| rule.blocked) {
                assert!(entity.position(name).is_some(), "{name}");
            }
        }
        assert_eq!(names(Entity::Person, 0b1001), "email,name_company");
    }
}
