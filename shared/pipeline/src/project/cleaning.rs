//! How the values of a feed are standardized, where the defaults are not what its source needs.

use records::date::DateOrder;
use records::rule::{Rule, Rules};
use serde::Deserialize;

/// Settings of a feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Cleaning {
    /// The rules that are on.
    pub rules: Rules,
    /// Of dates that could be read either way; `None`: told by each column of each file.
    pub date_order: Option<DateOrder>,
    /// Sensitive columns whose values are kept as they are, instead of masked with a keyed hash.
    pub plain: Vec<String>,
}

/// Columns that identify a person to the state; see [`Cleaning::plain`].
pub const SENSITIVE: [&str; 2] = ["national_id", "tax_id"];

impl Default for Cleaning {
    fn default() -> Cleaning {
        Cleaning {
            rules: Rules::ALL,
            date_order: None,
            plain: Vec::new(),
        }
    }
}

impl Cleaning {
    /// What shapes the rows of a file, for the hash of a feed's declaration; empty where nothing is set.
    pub fn shape(&self) -> String {
        if *self == Cleaning::default() {
            return String::new();
        }
        let off = Rule::ALL.iter().filter(|rule| !self.rules.contains(**rule));
        let off: Vec<&str> = off.map(|rule| rule.name()).collect();
        format!("\n{off:?} {:?} {:?}", self.date_order, self.plain)
    }
}

/// The same as it is written in `[[feeds]]`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Written {
    pub rules_off: Vec<String>,
    pub date_order: Option<String>,
    pub keep_plain: Vec<String>,
}

impl Written {
    /// The settings, or what is wrong with one of them.
    pub fn read(self) -> Result<Cleaning, String> {
        let mut rules = Rules::ALL;
        for name in &self.rules_off {
            let rule: Rule = name.parse().map_err(|_| unknown_rule(name))?;
            rules = rules.without(rule);
        }
        let date_order = match self.date_order.as_deref() {
            None => None,
            Some("day_first") => Some(DateOrder::DayFirst),
            Some("month_first") => Some(DateOrder::MonthFirst),
            Some(other) => {
                return Err(format!(
                    "date_order = {other:?} is none; write \"day_first\" or \"month_first\", or leave it out"
                ));
            }
        };
        let mut plain = self.keep_plain;
        plain.sort();
        plain.dedup();
        if let Some(other) = plain
            .iter()
            .find(|name| !SENSITIVE.contains(&name.as_str()))
        {
            return Err(format!(
                "keep_plain names {other:?}, which is kept as it is anyway; sensitive columns are {}",
                SENSITIVE.join(" and ")
            ));
        }
        Ok(Cleaning {
            rules,
            date_order,
            plain,
        })
    }
}

fn unknown_rule(name: &str) -> String {
    let near = Rule::ALL
        .iter()
        .map(|rule| (strsim::osa_distance(name, rule.name()), rule.name()))
        .min();
    let near = near.map_or("", |(_, near)| near);
    format!(
        "rules_off names {name:?}, which is no rule; did you mean {near:?}? `c360 profile --rules` lists them all"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_cannot_be_meant_names_itself_and_its_value() {
        let read = |text: &str| toml::from_str::<Written>(text).unwrap().read();
        for (text, told) in [
            ("rules_off = [\"name.caes\"]", "did you mean \"name.case\""),
            ("date_order = \"ymd\"", "date_order = \"ymd\""),
            ("keep_plain = [\"email\"]", "keep_plain names \"email\""),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(told), "{text}: {error}");
        }
        let settings = read("rules_off = [\"name.case\"]\ndate_order = \"day_first\"").unwrap();
        assert!(!settings.rules.contains(Rule::NameCase));
        assert!(Cleaning::default().shape().is_empty() && !settings.shape().is_empty());
    }
}
