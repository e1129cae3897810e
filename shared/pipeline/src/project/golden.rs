//! `[golden]` and `[segments]`: what of the golden customer is a project's own choice.

use super::Predicate;
use linkage::Entity;
use mastering::SurvivorshipRule;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// What golden rows are measured by, and the groups that customers are put into.
#[derive(Clone, Debug, Default)]
pub struct GoldenRules {
    /// By entity and attribute, how much it counts that it is known; the others count what the defaults say.
    weights: BTreeMap<(&'static str, &'static str), f64>,
    /// In the order of their names.
    pub segments: Vec<Segment>,
    /// In place of the defaults.
    pub survivorship: Vec<SurvivorshipRule>,
}

/// Customers that meet a condition on their row of `gold.dim_customer`.
#[derive(Clone, Debug)]
pub struct Segment {
    pub name: String,
    pub condition: Predicate,
}

/// What `completeness_score` asks after; each counts 1 by default.
const ATTRIBUTES: [(Entity, &[&str]); 2] = [
    (
        Entity::Person,
        &[
            "given_name",
            "family_name",
            "email",
            "phone",
            "address",
            "country",
            "birth_date",
        ],
    ),
    (
        Entity::Account,
        &[
            "legal_name",
            "domain",
            "phone",
            "address",
            "country",
            "registered_number",
            "industry",
        ],
    ),
];

impl GoldenRules {
    /// Every attribute that completeness asks after, with its weight: (entity, attribute, weight).
    pub(crate) fn weights(&self) -> impl Iterator<Item = (&'static str, &'static str, f64)> {
        ATTRIBUTES.iter().flat_map(move |(entity, attributes)| {
            attributes.iter().map(move |attribute| {
                let weight = self.weights.get(&(entity.name(), *attribute));
                (entity.name(), *attribute, weight.copied().unwrap_or(1.0))
            })
        })
    }

    /// Another text where golden rows come out otherwise.
    pub(crate) fn text(&self) -> String {
        let segments = self.segments.iter();
        let conditions: Vec<(&str, &str)> = segments
            .map(|segment| (&*segment.name, &*segment.condition.sql))
            .collect();
        format!("{:?} {conditions:?} {:?}", self.weights, self.survivorship)
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    #[serde(default)]
    completeness: BTreeMap<String, BTreeMap<String, f64>>,
}

pub(super) type WrittenSegments = BTreeMap<String, Spanned<String>>;

impl Written {
    /// `text` is that of the file. Errors: what is wrong, and what to write instead.
    pub fn read(
        self,
        segments: WrittenSegments,
        file: &str,
        text: &str,
    ) -> Result<GoldenRules, String> {
        let mut weights = BTreeMap::new();
        for (entity, of_entity) in self.completeness {
            let at = format!("[golden.completeness.{entity}]");
            let known = ATTRIBUTES.iter().find(|(known, _)| known.name() == entity);
            let Some((known, attributes)) = known else {
                return Err(format!(
                    "{at}: write [golden.completeness.person] or [golden.completeness.account]"
                ));
            };
            for (name, weight) in of_entity {
                let Some(attribute) = attributes.iter().find(|attribute| **attribute == name)
                else {
                    return Err(format!(
                        "{at}: {name:?} is none of {}",
                        attributes.join(", ")
                    ));
                };
                if !(0.0..=1e6).contains(&weight) {
                    return Err(format!(
                        "{at}: {name} = {weight} is no weight; write a number from 0 to 1000000"
                    ));
                }
                weights.insert((known.name(), *attribute), weight);
            }
        }
        let rules = GoldenRules {
            weights,
            segments: Vec::new(),
            survivorship: Vec::new(),
        };
        for (entity, _) in &ATTRIBUTES {
            let total: f64 = rules
                .weights()
                .filter(|(of, ..)| *of == entity.name())
                .map(|(.., weight)| weight)
                .sum();
            if total <= 0.0 {
                return Err(format!(
                    "[golden.completeness.{}]: every weight is 0",
                    entity.name()
                ));
            }
        }
        let mut named = Vec::new();
        for (name, condition) in segments {
            super::check_name(&name).map_err(|_| {
                format!(
                    "[segments] {name:?}: use lower-case letters, digits and _ for a segment's name"
                )
            })?;
            named.push(Segment {
                name,
                condition: Predicate::read(condition, file, text),
            });
        }
        Ok(GoldenRules {
            segments: named,
            ..rules
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Both {
        #[serde(default)]
        golden: Written,
        #[serde(default)]
        segments: WrittenSegments,
    }

    fn read(text: &str) -> Result<GoldenRules, String> {
        let both: Both = toml::from_str(text).unwrap();
        both.golden.read(both.segments, "c360.toml", text)
    }

    #[test]
    fn weights_are_one_unless_said() {
        let rules = read("[golden.completeness.person]\nemail = 3\n").unwrap();
        let weight = |entity, attribute| {
            rules
                .weights()
                .find(|(of, name, _)| (*of, *name) == (entity, attribute))
                .unwrap()
                .2
        };
        assert_eq!(weight("person", "email"), 3.0);
        assert_eq!(weight("person", "phone"), 1.0);
        assert_eq!(weight("account", "phone"), 1.0);
        assert_eq!(rules.weights().count(), 14);
    }

    #[test]
    fn mistakes_are_told() {
        for (text, told) in [
            ("[golden.completeness.dog]\nemail = 1", "dog"),
            ("[golden.completeness.person]\nshoe_size = 1", "shoe_size"),
            ("[golden.completeness.person]\nemail = -1", "no weight"),
            (
                "[golden.completeness.account]\nlegal_name = 0\ndomain = 0\nphone = 0\naddress = 0\ncountry = 0\n\
                 registered_number = 0\nindustry = 0",
                "every weight",
            ),
            ("[segments]\n\"Big spenders\" = \"true\"", "Big spenders"),
        ] {
            assert!(read(text).unwrap_err().contains(told), "{text}");
        }
        let rules = read("[segments]\nbig = \"lifetime_value > 1000\"\n").unwrap();
        assert_eq!(rules.segments[0].condition.place, "c360.toml:2");
    }
}
